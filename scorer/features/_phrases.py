"""Short forms for features that count entries of word lists or places in the text."""

from __future__ import annotations

import math
from collections.abc import Callable

from scorer.features.base import NONE, Direction, Example, Feature, count
from scorer.parse.parsed import ParsedDraft
from scorer.parse.writing import Range
from scorer.schema import Draft, Measurement


def shown(text: str, value: float, *spans: str) -> Example:
    """Return an example draft of nothing but `text`; `spans` are checked where the value is not 0."""
    return Example(Draft(text=text), value, spans if spans or value == 0 else None)


def phrases(
    name: str,
    summary: str,
    *lexicons: str,
    direction: Direction,
    examples: tuple[Example, ...],
    evidence: tuple[str, ...] = (),
    distinct: bool = False,
) -> Feature:
    """Return a feature that counts entries of `lexicons` in the body; each entry once if `distinct`."""

    def extract(parsed: ParsedDraft) -> Measurement:
        hits = parsed.hits(*lexicons)
        if not hits:
            return NONE
        value = len({hit.entry for hit in hits}) if distinct else len(hits)
        return Measurement(float(value), tuple(parsed.span(hit.start, hit.end) for hit in hits))

    return Feature(
        name=f"tone.{name}",
        summary=summary,
        unit="phrases",
        low=0,
        high=math.inf,
        extract=extract,
        direction=direction,
        evidence=evidence,
        examples=examples,
    )


def places(
    name: str,
    summary: str,
    find: Callable[[ParsedDraft], tuple[Range, ...]],
    *,
    unit: str,
    direction: Direction,
    examples: tuple[Example, ...],
    evidence: tuple[str, ...] = (),
) -> Feature:
    """Return a feature that counts the places that `find` returns."""
    return Feature(
        name=f"tone.{name}",
        summary=summary,
        unit=unit,
        low=0,
        high=math.inf,
        extract=lambda parsed: count(list(find(parsed)), parsed),
        direction=direction,
        evidence=evidence,
        examples=examples,
    )


def ratio(
    name: str,
    summary: str,
    measure: Callable[[ParsedDraft], Measurement],
    *,
    unit: str,
    high: float,
    direction: Direction,
    examples: tuple[Example, ...],
    evidence: tuple[str, ...] = (),
) -> Feature:
    """Return a feature with a value of its own between 0 and `high`."""
    return Feature(
        name=f"tone.{name}",
        summary=summary,
        unit=unit,
        low=0,
        high=high,
        extract=measure,
        direction=direction,
        evidence=evidence,
        examples=examples,
    )
