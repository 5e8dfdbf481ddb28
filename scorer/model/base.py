"""The interface between a judge of whole drafts and the score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Judgement:
    """An additive verdict on one draft.

    Attributes
    ----------
    base
        Score points of a draft before any feature speaks.
    contributions
        Score points that each feature adds (or takes), by feature name; features that add nothing may be
        absent. ``base + sum(contributions)`` is the raw verdict, not yet limited to 0-100.
    families
        0-100 for each of the five families: where the draft stands between the worst and the best that the
        family's features can contribute.
    """

    base: float
    contributions: Mapping[str, float]
    families: Mapping[str, float]

    @property
    def raw(self) -> float:
        """The verdict before limits and gates."""
        return self.base + sum(self.contributions.values())


class Judge(Protocol):
    """Judges measured drafts; pure and safe to share between threads."""

    @property
    def name(self) -> str:
        """What the report says judged it, with version."""

    def judge(self, values: Mapping[str, float]) -> Judgement:
        """Return the verdict on a draft from its feature values (NaN where undefined)."""

    def potential(self, values: Mapping[str, float], names: tuple[str, ...]) -> float:
        """Return the points gained if the named features stood where they stand in good drafts; at least 0."""
