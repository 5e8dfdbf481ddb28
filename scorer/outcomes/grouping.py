"""What outcomes can be grouped by, and what the groups are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from scorer.outcomes.table import Outcome, OutcomeTable
from scorer.schema import Draft, band_of

if TYPE_CHECKING:
    from scorer.pipeline import Scorer

BY = ("stage", "channel", "length", "purpose", "score", "template")
LENGTHS = ((200, "up to 200 characters"), (400, "201-400"), (800, "401-800"), (1200, "801-1,200"))
LONGEST = "over 1,200"
NO_TEXT = "no text"
ONE_OF_A_KIND = "written once"
ORDER: Mapping[str, tuple[str, ...]] = {
    "length": (*(name for _, name in LENGTHS), LONGEST, NO_TEXT),
    "score": ("excellent", "good", "fair", "weak", "poor", "not scored", NO_TEXT),
    "stage": ("first message", "1st follow-up", "2nd follow-up", "3rd or later"),
}


def length_band(text: str) -> str:
    """Return the band of lengths that `text` falls in; the bands are those of the evidence on InMails."""
    if not text:
        return NO_TEXT
    return next((name for most, name in LENGTHS if len(text) <= most), LONGEST)


def stage_name(outcome: Outcome) -> str:
    """Return which message in a row this is."""
    names = ORDER["stage"]
    if outcome.stage == "initial":
        return names[0]
    return names[min(max(1, len(outcome.previous)), 3)]


def channel_name(outcome: Outcome) -> str:
    """Return the channel; for an invitation, whether it carries a note."""
    if outcome.channel == "connection_note":
        return "with a note" if outcome.text else "without a note"
    return {"inmail": "InMail", "email": "e-mail"}.get(outcome.channel, "message")


def labels_of(judgements: Mapping[str, tuple[str | None, str]]) -> dict[str, Callable[[Outcome], str]]:
    """Return for each grouping what tells the group of an outcome; `judgements` are those of `judged`."""
    return {
        "stage": stage_name,
        "channel": channel_name,
        "length": lambda row: length_band(row.text),
        "purpose": lambda row: (
            row.purpose or judgements.get(row.id, (None, ""))[0] or ("not clear" if row.text else NO_TEXT)
        ),
        "score": lambda row: judgements.get(row.id, (None, NO_TEXT))[1],
        "template": lambda row: row.template or (ONE_OF_A_KIND if row.text else NO_TEXT),
    }


def judged(
    table: OutcomeTable, scorer: Scorer | None, progress: Callable[[int], None] | None
) -> dict[str, tuple[str | None, str]]:
    """Return purpose and score band of each row that has a text; like drafts are judged once."""
    drafts: dict[Draft, list[str]] = {}
    for row in table:
        if row.text:
            drafts.setdefault(_nameless(row.draft()), []).append(row.id)
    if not drafts:
        return {}
    if scorer is None:
        from scorer.pipeline import Scorer

        scorer = Scorer.load()
    found: dict[str, tuple[str | None, str]] = {}
    reports = scorer.score_many(drafts, suggestions=False)
    for count, (ids, report) in enumerate(zip(drafts.values(), reports, strict=True), 1):
        band = "not scored" if report.score is None else band_of(round(report.score, 1))
        found |= dict.fromkeys(ids, (report.draft.purpose, band))
        if progress and count % 50 == 0:
            progress(count)
    return found


def _nameless(draft: Draft) -> Draft:
    return replace(draft, id=None)
