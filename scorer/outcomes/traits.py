"""The traits whose effects on replies are looked at: few, plain, and chosen before any data are seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorer.outcomes.effects import Effects, estimate_effects
from scorer.outcomes.logistic import Array
from scorer.outcomes.sample import Sample

Values = Mapping[str, Array]


@dataclass(frozen=True, slots=True)
class Trait:
    """Something that a message has or lacks.

    Attributes
    ----------
    name
        For people.
    has
        Feature values -> which messages have it; an undefined value counts as lacking.
    evidence
        Ids of the evidence base, for what is known of it from elsewhere; empty where nothing is.
    """

    name: str
    has: Callable[[Values], NDArray[np.bool_]]
    evidence: tuple[str, ...] = ()


def _least(feature: str, least: float) -> Callable[[Values], NDArray[np.bool_]]:
    return lambda values: values[feature] >= least


def _between(feature: str, low: float, high: float) -> Callable[[Values], NDArray[np.bool_]]:
    return lambda values: (values[feature] >= low) & (values[feature] <= high)


TRAITS: tuple[Trait, ...] = (
    Trait("75 words or fewer", _between("length.words", 0, 75), ("LEN-06", "LEN-01")),
    Trait("two or more details only this reader has", _least("personalization.details", 2), ("PER-14",)),
    Trait("exactly one ask", _between("ask.n_asks", 1, 1), ("ASK-03",)),
    Trait("one or two questions", _between("ask.n_questions", 1, 2), ("ASK-01", "ASK-05")),
    Trait("a reason for the ask", _least("ask.reason", 1), ("STR-07",)),
    Trait(
        "asks for a call or meeting",
        lambda values: (values["ask.n_call"] + values["ask.n_meeting"]) >= 1,
        ("ASK-06",),
    ),
    Trait("offers something", _least("tone.offers", 1), ("VAL-01",)),
    Trait("says thanks", _least("tone.gratitude", 1), ("TON-05",)),
    Trait("free to say no", _least("ask.way_out", 1), ("ASK-09",)),
    Trait("a link", _least("spam.links", 1), ()),
    Trait("promotional words", _least("spam.promotional_phrases", 1), ()),
)

# Said with every table of effects, whatever it shows.
CONFOUNDING = (
    "These are associations, not effects of the wording: nobody drew lots for who got which message.",
    "Whom you wrote to, when, and how well you knew them can make the same difference. Channel and stage "
    "are held equal; nothing else about the reader is.",
    "To know whether a trait itself brings replies, try it: score-draft experiment plan.",
)


def trait_matrix(sample: Sample, traits: tuple[Trait, ...] = TRAITS) -> Array:
    """Return which rows have which traits, ``(n, k)`` of 0 and 1."""
    values = dict(zip(sample.columns, sample.X.T, strict=True))
    with np.errstate(invalid="ignore"):
        return np.column_stack([trait.has(values).astype(float) for trait in traits])


def pooled_effects(sample: Sample, traits: tuple[Trait, ...] = TRAITS) -> Effects:
    """Return how each trait goes with replies over all templates together; see `effects`.

    Raises
    ------
    InputError
        Too few templates, replies or non-replies.
    """
    whole = sample.collapsed()
    # Nobody can be held equal to more than one channel at once: the commonest of each kind is the base.
    nuisance = whole.context
    if nuisance.size:
        commonest = set()
        for kind in ("channel", "stage"):
            own = [i for i, name in enumerate(whole.contexts) if name.startswith(kind)]
            if own:
                commonest.add(max(own, key=lambda i: float(nuisance[:, i] @ whole.sent)))
        nuisance = np.delete(nuisance, sorted(commonest), axis=1)
    return estimate_effects(
        [trait.name for trait in traits],
        trait_matrix(whole, traits),
        nuisance,
        whole.replied,
        whole.sent,
        whole.template,
    )
