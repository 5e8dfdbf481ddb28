"""Training of the heads on real text: ``python -m training.heads --corpora PATH`` remakes all of ``models/heads``.

One module per head with a ``build(corpora) -> Trained``, listed in ``BUILDERS`` of `__main__`. A new head measures
its texts with `design.measure`, judges itself with `common.cross_decide`, fits one `common.Fitted` per output
with `common.fit`, and packs them with `common.make_head`; a head of unit ``sentence`` gives `measure` the number of
the message each sentence is from and may use the cues of place. `Heads` finds every folder in ``models/heads``.
Needs scikit-learn and scipy, which scoring does not.
"""
