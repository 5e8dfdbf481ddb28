"""Findings -> fixes -> scored again -> suggestions ranked by the points they bring."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scorer.schema import Draft, Edit, Finding, Suggestion

# Each edit costs a whole new parse; the likeliest ones are tried, the others are estimated.
MAX_RESCORED = 3
MAX_SUGGESTIONS = 5
LEAST_GAIN = 0.05  # points; what brings less is not worth a line


@dataclass(frozen=True, slots=True)
class Advice:
    """What the findings of one rule advise.

    Attributes
    ----------
    message
        What to do; with a pattern behind it where only the writer can supply the words.
    edits
        What does it; empty where no edit can.
    estimate
        Points that it may bring, for where nothing can be scored again.
    """

    code: str
    message: str
    edits: tuple[Edit, ...]
    estimate: float


def advise(findings: Sequence[Finding], estimate: Callable[[str], float]) -> list[Advice]:
    """Return the advice of each rule that fired, the likeliest to be worth trying first.

    Parameters
    ----------
    estimate
        Rule code -> points that mending its findings may bring.
    """
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.code, []).append(finding)
    rank = {code: max(f.severity.rank for f in group) for code, group in groups.items()}
    advice = [Advice(code, group[0].message, _edits(group), estimate(code)) for code, group in groups.items()]
    return sorted(advice, key=lambda a: (-rank[a.code], -a.estimate, a.code))


def trials(draft: Draft, advice: Sequence[Advice]) -> dict[str, Draft]:
    """Return the edited drafts that are worth scoring again, by rule code."""
    return {a.code: draft.with_edits(a.edits) for a in [a for a in advice if a.edits][:MAX_RESCORED]}


def suggest(
    score: float, advice: Sequence[Advice], after: Mapping[str, float], pattern: Callable[[str, str], str]
) -> tuple[Suggestion, ...]:
    """Return what to change, most points first.

    Parameters
    ----------
    after
        Rule code -> the score after its edits, for the `trials`.
    pattern
        Rule code and message -> the message with a pattern of what to write behind it, for suggestions
        whose words only the writer can supply.
    """
    suggestions: list[Suggestion] = []
    for a in advice:
        if a.code in after:
            if after[a.code] - score > LEAST_GAIN:
                gain = after[a.code] - score
                suggestions.append(Suggestion((a.code,), a.message, gain, "measured", a.edits))
        elif a.estimate > LEAST_GAIN:
            gain = min(a.estimate, 100.0 - score)
            suggestions.append(Suggestion((a.code,), pattern(a.code, a.message), gain, "estimated"))
    suggestions.sort(key=lambda suggestion: (-suggestion.gain, suggestion.codes))
    return tuple(suggestions[:MAX_SUGGESTIONS])


def _edits(group: Sequence[Finding]) -> tuple[Edit, ...]:
    """Return the edits of all fixes in `group` that do not overlap, by place."""
    kept: list[Edit] = []
    for finding in group:
        if finding.fix is None:
            continue
        for edit in finding.fix.edits:
            if not any(_clash(edit, other) for other in kept):
                kept.append(edit)
    return tuple(sorted(kept, key=lambda edit: (edit.where, edit.start, edit.end)))


def _clash(one: Edit, other: Edit) -> bool:
    if one.where != other.where:
        return False
    if one.start == one.end == other.start == other.end:
        return True
    return one.start < other.end and other.start < one.end


def safe_edits(findings: Sequence[Finding], *, unsafe: bool = False) -> tuple[Edit, ...]:
    """Return the edits that may be applied unasked (all of them with `unsafe`), without overlaps."""
    return _edits([f for f in findings if f.fix is not None and (unsafe or f.fix.safe)])
