"""The verdict on a whole library, in the formats that have room for one: text, JSON, JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from scorer.offsets import LineIndex
from scorer.output.base import Item, Style, headline, worst_first
from scorer.output.cells import printable, width
from scorer.output.markdown import escaped
from scorer.schema import SCHEMA_VERSION, Finding, Severity, Versions

_SEVERITIES = {Severity.ERROR: "1;31", Severity.WARNING: "33", Severity.HINT: "36"}
_SHOWN_STALE = 10


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether a library passes, and its figures.

    Attributes
    ----------
    drafts, failed
        Drafts judged in this run, and how many of them do not pass.
    scored, mean, median
        Of the whole library, drafts known from the baseline alone included; scores from 0 to 100.
    mean_before
        The library's mean in the baseline.
    known
        Findings left out because the baseline has them.
    stale
        What the baseline has and nobody finds any more, in words.
    reason
        Why the library as a whole does not pass.
    unreadable
        What could not be read, a line each.
    """

    drafts: int
    failed: int
    scored: int
    mean: float | None = None
    median: float | None = None
    mean_before: float | None = None
    known: int = 0
    stale: tuple[str, ...] = ()
    reason: str | None = None
    versions: Versions | None = None
    unreadable: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether all could be read, and no draft and nothing about the whole fails."""
        return not self.failed and self.reason is None and not self.unreadable

    def lines(self) -> Iterator[str]:
        """Yield the verdict in words."""
        plural = "" if self.drafts == 1 else "s"
        if self.failed:
            yield f"{self.failed} of {self.drafts} draft{plural} {'does' if self.failed == 1 else 'do'} not pass."
        elif self.drafts:
            yield f"{'The draft passes' if self.drafts == 1 else f'All {self.drafts} drafts pass'}."
        if self.mean is not None:
            before = f" (baseline: {self.mean_before:.1f})" if self.mean_before is not None else ""
            yield f"Library score: mean {self.mean:.1f}{before}, median {self.median:.1f}, of {_drafts(self.scored)}."
        if self.unreadable:
            yield f"{len(self.unreadable)} could not be read."
        if self.reason:
            yield f"Not passed: {self.reason}."
        if self.known:
            yield f"{self.known} finding{'' if self.known == 1 else 's'} known from the baseline left out."
        if self.stale:
            yield f"{len(self.stale)} stale in the baseline; drop with: score-draft baseline prune"
            yield from (f"  {words}" for words in self.stale[:_SHOWN_STALE])
            if len(self.stale) > _SHOWN_STALE:
                yield f"  and {len(self.stale) - _SHOWN_STALE} more"


def _drafts(number: int) -> str:
    return f"{number} draft{'' if number == 1 else 's'}"


def text(items: Sequence[Item], gate: Gate, style: Style) -> Iterator[str]:
    """Yield each draft that has something to report, with its findings, and the verdict."""

    def pen(words: str, code: str) -> str:
        return f"\x1b[{code}m{words}\x1b[0m" if style.colour else words

    for item in items:
        if not item.gate and (style.quiet or not item.report.findings):
            continue
        name, verdict = printable(item.name), headline(item)
        yield f"{pen(name, '1')}: {verdict}{pen(f'; {item.gate}', '31') if item.gate else ''}\n"
        if style.quiet:
            continue
        lines = LineIndex(item.text)
        places = {id(finding): _place(item, finding, lines) for finding in item.report.findings}
        indent = max((width(place) for place in places.values()), default=0)
        for finding in worst_first(item.report.findings):
            severity = pen(f"{finding.severity.value:<7}", _SEVERITIES[finding.severity])
            yield f"  {places[id(finding)]:<{indent}}  {severity} {finding.code}  {printable(finding.message)}\n"
        yield "\n"
    yield from (f"{printable(line)}\n" for line in gate.lines())


def _place(item: Item, finding: Finding, lines: LineIndex) -> str:
    place = item.place(finding, lines)
    if place:
        return f"{place[0]}:{place[1]}"
    if finding.span is None:
        return "-"
    return f"{finding.span.where}:{finding.span.start + 1}"


def as_dict(item: Item) -> dict[str, Any]:
    """Return a draft with its place and findings as plain data."""
    lines = LineIndex(item.text)
    findings = []
    for finding, fingerprint in zip(item.report.findings, item.fingerprints(), strict=True):
        place = item.place(finding, lines)
        findings.append(
            finding.to_dict()
            | {
                "line": item.line(finding, lines),
                "column": place[1] if place else None,
                "fingerprint": fingerprint,
            }
        )
    report = item.report
    return {
        "path": item.path,
        "sheet": item.sheet,
        "row": item.row,
        "id": report.draft.id,
        "passed": item.gate is None,
        "gate": item.gate,
        "status": report.status,
        "reason": report.reason,
        "score": None if report.score is None else round(report.score, 1),
        "band": report.band,
        "findings": findings,
    }


def _summary(gate: Gate) -> dict[str, Any]:
    figures = asdict(gate)
    versions = figures.pop("versions")
    return {"schema_version": SCHEMA_VERSION, "versions": versions, "passed": gate.passed, "summary": figures}


def render_json(items: Sequence[Item], gate: Gate, style: Style) -> Iterator[str]:
    """Yield one object: the verdict, its figures, and each draft."""
    data = {**_summary(gate), "drafts": [as_dict(item) for item in items]}
    yield json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def render_jsonl(items: Sequence[Item], gate: Gate, style: Style) -> Iterator[str]:
    """Yield a line for each draft, and the verdict last."""
    for item in items:
        yield json.dumps(as_dict(item), ensure_ascii=False) + "\n"
    yield json.dumps(_summary(gate), ensure_ascii=False) + "\n"


def markdown(items: Sequence[Item], gate: Gate, style: Style) -> Iterator[str]:
    """Yield the verdict and a table of the drafts that do not pass, for a pull request or a job's summary."""
    yield f"## score-draft: {'passed' if gate.passed else 'not passed'}\n\n"
    yield from (f"{escaped(line.strip())}\n\n" for line in gate.lines())
    failing = [item for item in items if item.gate]
    if failing:
        yield "| draft | score | why |\n| --- | ---: | --- |\n"
    for item in failing:
        score = "-" if item.report.score is None else f"{item.report.score:.1f}"
        yield f"| {escaped(item.name)} | {score} | {escaped(item.gate or '')} |\n"


RENDERERS = {"text": text, "json": render_json, "jsonl": render_jsonl, "markdown": markdown}
