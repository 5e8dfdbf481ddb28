"""What a feature is: one measured property of a draft, declared once."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from scorer.parse.parsed import ParsedDraft
from scorer.schema import Draft, Measurement

Direction = Literal["higher_better", "lower_better", "in_between", "none"]

UNDEFINED = Measurement(math.nan)
NONE = Measurement(0.0)


@dataclass(frozen=True, slots=True)
class Example:
    """A draft and the value it must measure; executed as a test.

    Attributes
    ----------
    spans
        The exact words that the measurement points at, in order; None when not checked.
    within
        How far the value may be off; wide for trained heads, whose values move with their data.
    """

    draft: Draft
    value: float
    spans: tuple[str, ...] | None = None
    within: float = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One measured property of a draft.

    Attributes
    ----------
    name
        ``family.snake_case``; the classifier's column name.
    summary
        One line: what is measured.
    unit
        What one step of the value means: asks, words, share, …
    low, high
        Range of defined values, both included.
    direction
        How a careful reader's judgement moves with the value, all else equal.
    evidence
        Ids of the evidence base for that direction; empty means house judgement.
    extract
        ParsedDraft -> Measurement; pure. NaN, never 0, where the feature is not defined.
    """

    name: str
    summary: str
    unit: str
    low: float
    high: float
    extract: Callable[[ParsedDraft], Measurement]
    direction: Direction = "none"
    evidence: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def family(self) -> str:
        """The family, the name's first part."""
        return self.name.partition(".")[0]


def count(spans: list[tuple[int, int]], parsed: ParsedDraft) -> Measurement:
    """Return the number of folded `spans` as a measurement that points at them."""
    return Measurement(float(len(spans)), tuple(parsed.span(*span) for span in spans)) if spans else NONE
