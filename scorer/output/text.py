"""The report for people: score, families, the draft with its findings marked in place, what to change.

Only the sixteen basic colours are used, and never as the only sign, so dark, light and colourless
terminals say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scorer.offsets import LineIndex
from scorer.output.base import (
    FAMILY_TITLES,
    Item,
    Style,
    gain_words,
    refusal_words,
    response_words,
    worst_first,
)
from scorer.output.cells import Cluster, clusters, printable, width
from scorer.schema import FAMILIES, Finding, Fix, ScoreReport, Severity, Suggestion

_RESET = "\x1b[0m"
_BANDS = {"excellent": "1;32", "good": "32", "fair": "33", "weak": "31", "poor": "1;31"}
_SEVERITIES = {Severity.ERROR: "1;31", Severity.WARNING: "33", Severity.HINT: "36"}
_UNDERLINES = {Severity.ERROR: "^", Severity.WARNING: "~", Severity.HINT: "."}
_EIGHTHS = " ▏▎▍▌▋▊▉"
_DIM, _BOLD = "2", "1"
_MAX_WIDTH = 100
_MAX_PLACES = 4


@dataclass(frozen=True, slots=True)
class _Pen:
    """Paints words, or leaves them plain."""

    colour: bool

    def __call__(self, words: str, code: str) -> str:
        return f"\x1b[{code}m{words}{_RESET}" if self.colour and words else words


def render(items: Iterable[Item], style: Style) -> Iterator[str]:
    """Yield the report on each draft, one blank line between."""
    pen = _Pen(style.colour)
    columns = max(60, min(style.width, _MAX_WIDTH))
    for number, item in enumerate(items):
        if number and not style.quiet:
            yield "\n"
        lines = _brief(item, pen) if style.quiet else _report(item, pen, columns)
        yield "".join(line.rstrip() + "\n" for line in lines)


def _brief(item: Item, pen: _Pen) -> Iterator[str]:
    report = item.report
    name = printable(item.name)
    if report.score is None:
        yield f"{name}: not scored: {refusal_words(report)}"
    else:
        counts = [
            f"{n} {severity}{'s' if n > 1 else ''}"
            for severity in Severity
            if (n := sum(f.severity is severity for f in report.findings))
        ]
        verdict = pen(f"{report.score:.1f} {report.band}", _BANDS[report.band or "poor"])
        yield f"{name}: {verdict}" + (f" ({', '.join(counts)})" if counts else "")
    if item.gate:
        yield f"{name}: {item.gate}"


def _report(item: Item, pen: _Pen, columns: int) -> Iterator[str]:
    report = item.report
    facts = report.draft
    about = [facts.channel.replace("_", " "), "follow-up" if facts.stage == "follow_up" else "first message"]
    about += [facts.purpose.replace("_", " ")] if facts.purpose else []
    about += ["template"] if facts.kind == "template" else []
    about.append(f"{facts.n_words} word{'' if facts.n_words == 1 else 's'}, {facts.n_characters} characters")
    yield pen(_clipped(printable(item.name), columns), _BOLD)
    yield from (pen(line, _DIM) for line in _wrapped(" · ".join(about), columns))
    yield ""
    if report.score is None:
        yield pen("  not scored", "1;33") + f": {refusal_words(report)}"
        yield from ([f"  {pen(item.gate, '31')}"] if item.gate else [])
        return
    yield from _verdict(report, pen, columns)
    if item.gate:
        yield f"  {pen(item.gate, '31')}"
    findings = report.findings
    groups = _groups(findings)
    numbers = {id(finding): number for number, group in enumerate(groups, 1) for finding in group}
    if report.source is not None:
        yield from _heading("Draft", pen, columns)
        if report.source.subject:
            yield from _marked(report.source.subject, "subject", 1, findings, numbers, pen, columns)
        yield from _marked(report.source.text, "text", item.first_line or 1, findings, numbers, pen, columns)
    yield from _heading("Findings", pen, columns)
    if not findings:
        yield "  " + pen("Nothing to complain about.", "32")
    lines = LineIndex(report.source.text) if report.source else LineIndex("")
    for number, group in enumerate(groups, 1):
        yield from _finding(group, number, lines, item, pen, columns)
    if report.suggestions:
        yield from _heading("What to change first", pen, columns)
        for suggestion in report.suggestions:
            yield from _suggestion(suggestion, report, pen, columns)
    yield ""
    versions = report.versions
    judge = report.judged_by or versions.model
    judged = f"Judged by {judge} and {len(findings)} finding{'' if len(findings) == 1 else 's'} of the rules"
    made = f"score-draft {versions.scorer}, pipeline {versions.pipeline}"
    yield from (pen(line, _DIM) for line in _wrapped(f"{judged}; {made}.", columns))


def _verdict(report: ScoreReport, pen: _Pen, columns: int) -> Iterator[str]:
    score, band = report.score or 0.0, report.band or "poor"
    code = _BANDS[band]
    label = max(len(FAMILY_TITLES[name]) for name in FAMILIES)
    length = columns - label - 10
    number = pen(f"{score:.1f}".ljust(label), f"1;{code.removeprefix('1;')}")
    yield f"  {number}  {_bar(score, length, code, pen)}  {pen(band, code)}"
    yield ""
    for name in FAMILIES:
        if name in report.families:
            value = report.families[name]
            colour = "32" if value >= 70 else "33" if value >= 50 else "31"
            yield f"  {FAMILY_TITLES[name].ljust(label)}  {_bar(value, length, colour, pen)} {value:>4.0f}"
    if report.response is not None:
        yield ""
        words = f"Answered, by your own data: {response_words(report.response)}."
        yield from (f"  {line}" for line in _wrapped(words, columns - 2))


def _bar(value: float, length: int, code: str, pen: _Pen) -> str:
    eighths = round(max(0.0, min(100.0, value)) / 100 * length * 8)
    full, part = divmod(eighths, 8)
    bar = "█" * full + (_EIGHTHS[part] if part else "")
    return pen(bar, code) + pen("·" * (length - len(bar)), _DIM)


def _heading(title: str, pen: _Pen, columns: int) -> Iterator[str]:
    yield ""
    yield pen(f"── {title} " + "─" * (columns - len(title) - 4), _DIM)


def _marked(
    text: str,
    where: str,
    first_line: int,
    findings: Sequence[Finding],
    numbers: dict[int, int],
    pen: _Pen,
    columns: int,
) -> Iterator[str]:
    """Yield the text wrapped to the width, each marked span underlined with its finding's number."""
    here = [finding for finding in findings if finding.span is not None and finding.span.where == where]
    gutter = 5
    for number, row in _rows(text, columns - gutter - 5, first_line):
        label = ("subj" if where == "subject" else str(number)) if number else ""
        left = pen(f"{label:>4} ", _DIM)
        start, end = (row[0].start, row[-1].end) if row else (0, 0)
        touching = [
            f for f in here if f.span and f.span.start < end and start < max(f.span.end, f.span.start + 1)
        ]
        yield left + _painted(row, touching, pen)
        for marks in _mark_rows(row, touching, numbers, pen):
            yield " " * gutter + marks


def _rows(text: str, columns: int, first_line: int) -> Iterator[tuple[int, list[Cluster]]]:
    """Yield display rows with their line number, 0 on the rows that go on with a line; breaks at spaces."""
    number, row, used = first_line, list[Cluster](), 0
    fresh = True
    everything = list(clusters(text))
    for cluster in everything:
        char = text[cluster.start]
        if char in "\r\n":
            if char == "\r" and text[cluster.start + 1 : cluster.start + 2] == "\n":
                continue
            yield number if fresh else 0, row
            number, row, used, fresh = number + 1, [], 0, True
            continue
        if used + cluster.width > columns:
            cut = max((i + 1 for i, c in enumerate(row) if c.shown == " "), default=len(row))
            yield number if fresh else 0, row[:cut]
            fresh = False
            row = row[cut:]
            used = sum(c.width for c in row)
        row.append(cluster)
        used += cluster.width
    if row or not everything:
        yield number if fresh else 0, row


def _painted(row: Sequence[Cluster], touching: Sequence[Finding], pen: _Pen) -> str:
    if not pen.colour:
        return "".join(cluster.shown for cluster in row)
    pieces: list[str] = []
    current, held = "", ""
    for cluster in row:
        over = [f for f in touching if f.span and f.span.start < cluster.end and cluster.start < f.span.end]
        code = _SEVERITIES[worst_first(over)[0].severity] if over else ""
        if code != current:
            pieces.append(pen(held, current) if current else held)
            current, held = code, ""
        held += cluster.shown
    pieces.append(pen(held, current) if current else held)
    return "".join(pieces)


def _mark_rows(
    row: Sequence[Cluster], touching: Sequence[Finding], numbers: dict[int, int], pen: _Pen
) -> Iterator[str]:
    """Yield the rows under a display row: a mark along each span, its number behind; clashing marks stack."""
    marks: list[tuple[int, str, Severity]] = []
    for finding in touching:
        if finding.span is None:
            continue
        before = sum(c.width for c in row if c.end <= finding.span.start)
        long = sum(c.width for c in row if c.start < finding.span.end and finding.span.start < c.end)
        label = str(numbers[id(finding)]) if finding.span.end <= row[-1].end else ""
        marks.append((before, _UNDERLINES[finding.severity] * max(1, long) + label, finding.severity))
    marks.sort(key=lambda mark: mark[0])
    while marks:
        line, at, waiting = "", 0, []
        for column, mark, severity in marks:
            if column < at:
                waiting.append((column, mark, severity))
                continue
            line += " " * (column - at) + pen(mark, _SEVERITIES[severity])
            at = column + len(mark)
        yield line
        marks = waiting


def _groups(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Return the findings that say the same together, worst first: one number and one entry each."""
    groups: dict[tuple[str, Severity, str], list[Finding]] = {}
    for finding in worst_first(findings):
        groups.setdefault((finding.code, finding.severity, finding.message), []).append(finding)
    return list(groups.values())


def _finding(
    group: Sequence[Finding], number: int, lines: LineIndex, item: Item, pen: _Pen, columns: int
) -> Iterator[str]:
    finding = group[0]
    code = _SEVERITIES[finding.severity]
    places = [_place(finding, lines, item) for finding in group]
    shown = " ".join(places[:_MAX_PLACES]) + (" …" if len(places) > _MAX_PLACES else "")
    head = f"{pen(f'{number:>4}', code)} {pen(finding.severity.value.ljust(7), code)}"
    yield f"{head} {pen(finding.code, _BOLD)} {finding.name} {pen('· ' + shown, _DIM)}"
    yield from (f"     {line}" for line in _wrapped(printable(finding.message), columns - 5))
    fixes = dict.fromkeys(_fix_words(one.fix) for one in group if one.fix is not None)
    for fix in fixes:
        yield from (pen(f"     {line}", _DIM) for line in _wrapped(fix, columns - 5))


def _fix_words(fix: Fix) -> str:
    return f"{'fix' if fix.safe else 'unsafe fix'}: {printable(fix.title) or 'see score-draft fix --diff'}"


def _place(finding: Finding, lines: LineIndex, item: Item) -> str:
    span = finding.span
    if span is None:
        return "the whole draft"
    if span.where == "subject":
        return f"subject:{span.start + 1}"
    line, column = (item.place(finding, lines) or lines.position(span.start))[:2]
    return f"{line}:{column}"


def _suggestion(suggestion: Suggestion, report: ScoreReport, pen: _Pen, columns: int) -> Iterator[str]:
    gain = gain_words(suggestion.gain, suggestion.gain_kind)
    words = printable(suggestion.message) + f" ({', '.join(suggestion.codes)})"
    margin = 22
    for number, line in enumerate(_wrapped(words, columns - margin)):
        yield (
            f"  {pen(gain.ljust(margin - 2), '32' if not number else _DIM)}{line}"
            if not number
            else " " * margin + line
        )


def _clipped(words: str, columns: int) -> str:
    return words if width(words) <= columns else "…" + words[-(columns - 1) :]


def _wrapped(words: str, columns: int) -> list[str]:
    """Return `words` broken at spaces into lines of at most `columns` cells."""
    lines: list[str] = []
    for word in words.split():
        if lines and width(lines[-1]) + 1 + width(word) <= columns:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines
