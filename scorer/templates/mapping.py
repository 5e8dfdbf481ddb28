"""Findings and suggestions on a rendering, brought back to their places in the template."""

from __future__ import annotations

import re
from dataclasses import replace

from scorer.schema import Edit, Finding, Fix, Person, Span, Suggestion
from scorer.templates.rendering import Rendering


def mapped_finding(item: Finding, text: Rendering, subject: Rendering, person: Person | None) -> Finding:
    """Return `item` with its span, and its fix where that changes only the template's own words.

    A fix that would write what is true of this `person` alone is left out.
    """
    if item.span is None:
        return replace(item, fix=None)
    rendering = subject if item.span.where == "subject" else text
    start, end = rendering.origin(item.span.start, item.span.end)
    fix = None
    if item.fix is not None:
        edits = _edits(item.fix.edits, text, subject)
        if edits is not None and not any(_personal(edit.text, person) for edit in edits):
            fix = Fix(edits, item.fix.safe, item.fix.title)
    return replace(item, span=Span(start, end, item.span.where), fix=fix)


def mapped_suggestion(
    item: Suggestion, text: Rendering, subject: Rendering, person: Person | None
) -> Suggestion:
    """Return `item` with its edits, or without any where one of them touches or holds a filled-in value."""
    edits = _edits(item.edits, text, subject) or ()
    return replace(item, edits=() if any(_personal(edit.text, person) for edit in edits) else edits)


def _personal(words: str, person: Person | None) -> bool:
    """Tell whether `words` hold the name, firm, role or school of `person`."""
    if person is None:
        return False
    names = person.name.split() if person.name else []
    facts = (*names, person.company, person.role, person.school)
    return any(re.search(rf"(?<!\w){re.escape(fact)}(?!\w)", words) for fact in facts if fact)


def _edits(edits: tuple[Edit, ...], text: Rendering, subject: Rendering) -> tuple[Edit, ...] | None:
    mapped = []
    for edit in edits:
        rendering = subject if edit.where == "subject" else text
        place = _own(rendering, edit.start, edit.end)
        if place is None:
            return None
        mapped.append(Edit(*place, edit.text, edit.where))
    return tuple(mapped)


def _own(rendering: Rendering, start: int, end: int) -> tuple[int, int] | None:
    """Return the template's ``[start, end)`` when the rendering's lies inside one run of its own words."""
    for low, high, piece in rendering.places():
        if low <= start and end <= high and piece.exact and piece.kind == "text" and not piece.asked:
            return piece.start + start - low, piece.start + end - low
    return None
