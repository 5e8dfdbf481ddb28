"""Heads that learn from the wording alone how readers rate each scale: their outputs are features.

Ridge regression on the same hashed n-grams as the other heads, target the log-odds of the mean rating on its
scale. For the drafts it is trained on, the classifier must not see what the head has memorised, so their values
come from models that have not seen their author.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorer.heads import LinearHead
from training.heads.common import Part, Recipe, cross_decide, fit, make_head
from training.heads.design import measure
from training.quality.data import Corpus

# Output -> rated scale, its lowest and highest value.
OUTPUTS = {
    "reader_personalization": ("pers", 1, 5),
    "reader_ask": ("ask", 1, 5),
    "reader_tone": ("tone", 1, 5),
    "reader_length": ("length", 1, 5),
    "reader_spam": ("spam", 1, 5),
}
RECIPE = Recipe("squared", penalty=0.3, min_texts=3, word_weight=2.0, cue_weight=0.3, keep=30_000)

Array = NDArray[np.float64]


def target(corpus: Corpus, output: str) -> Array:
    """Return the log-odds of the mean rating's place on its scale."""
    scale, low, high = OUTPUTS[output]
    share = np.clip((corpus.scale(scale) - low) / (high - low), 0.04, 0.96)
    return np.asarray(np.log(share / (1 - share)))


def _parts(corpus: Corpus, texts: Sequence[str]) -> dict[str, Part]:
    measured = measure(texts)
    return {output: Part(measured, target(corpus, output)) for output in OUTPUTS}


def held_out(
    corpus: Corpus, texts: Sequence[str], fold: NDArray[np.int64], recipe: Recipe = RECIPE
) -> dict[str, Array]:
    """Return each output's probability for every draft from models that have not seen its fold."""
    return {
        output: 1 / (1 + np.exp(-cross_decide([part], fold, recipe)))
        for output, part in _parts(corpus, texts).items()
    }


def train(corpus: Corpus, texts: Sequence[str], folder: Path, recipe: Recipe = RECIPE) -> LinearHead:
    """Fit on all drafts of `corpus` and write the head to `folder`."""
    fitted = [
        (output, fit([part], recipe), (1.0, 0.0), 0.5) for output, part in _parts(corpus, texts).items()
    ]
    head = make_head("readers", "text", fitted)
    head.save(folder, {"data": "data/drafts (machine-written, machine-rated), training authors", "seed": 0})
    return head
