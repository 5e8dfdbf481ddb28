"""Findings -> fixes -> scored again -> suggestions ranked by the points they bring."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from scorer.model.base import Judge
from scorer.schema import Draft, Edit, Finding, Suggestion

# Each edit costs a whole new parse; the likeliest ones are tried, the others are estimated.
MAX_RESCORED = 3
MAX_SUGGESTIONS = 5

Rescore = Callable[[Sequence[Draft]], Sequence[float]]


def suggest(
    draft: Draft,
    score: float,
    findings: Sequence[Finding],
    reads: Mapping[str, tuple[str, ...]],
    values: Mapping[str, float],
    judge: Judge,
    rescore: Rescore,
    gate: Callable[[str], float] = lambda code: 0.0,
    pattern: Callable[[str, str], str] = lambda code, message: message,
) -> tuple[Suggestion, ...]:
    """Return what to change, most points first.

    Parameters
    ----------
    reads
        Rule code -> names of the features that the rule reads, for the estimate.
    rescore
        Returns the scores of edited drafts, in order.
    gate
        Rule code -> points that the score gains where its findings no longer cost or cap anything.
    pattern
        Rule code and message -> the message with a pattern of what to write behind it, for suggestions
        whose words only the writer can supply.
    """
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.code, []).append(finding)
    estimates = {code: judge.potential(values, reads.get(code, ())) + gate(code) for code in groups}
    editable = {code: edits for code, group in groups.items() if (edits := _edits(group))}
    order = sorted(
        editable, key=lambda code: (-max(f.severity.rank for f in groups[code]), -estimates[code], code)
    )
    measured: dict[str, float] = {}
    tried = order[:MAX_RESCORED]
    if tried:
        after = rescore([draft.with_edits(editable[code]) for code in tried])
        measured = {code: new - score for code, new in zip(tried, after, strict=True)}
    suggestions: list[Suggestion] = []
    for code, group in groups.items():
        message = group[0].message
        if code in measured:
            if measured[code] > 0.05:
                suggestions.append(Suggestion((code,), message, measured[code], "measured", editable[code]))
        elif estimates[code] > 0.05:
            gain = min(estimates[code], 100.0 - score)
            suggestions.append(Suggestion((code,), pattern(code, message), gain, "estimated"))
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
