"""Workflow commands that GitHub shows as annotations, worst first, since a run shows only a few."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scorer.offsets import LineIndex
from scorer.output.base import Item, Style, headline
from scorer.schema import Finding, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


def render(items: Iterable[Item], style: Style) -> Iterator[str]:
    """Yield one command for each finding of all drafts, worst first, then one for each draft."""
    kept = list(items)
    found = [
        (finding, item, lines)
        for item in kept
        for lines in (LineIndex(item.text),)
        for finding in item.report.findings
    ]
    found.sort(key=lambda entry: -entry[0].severity.rank)
    for finding, item, lines in found:
        yield _command(finding, item, lines)
    for item in kept:
        level = "error" if item.gate else "notice"
        words = f"{headline(item)}; {item.gate}" if item.gate else headline(item)
        yield f"::{level} {_file(item)}title=score-draft::{_data(words)}\n"


def _command(finding: Finding, item: Item, lines: LineIndex) -> str:
    place = item.place(finding, lines)
    at = ""
    if item.path and item.row is not None:
        at = f"line={item.row},"
    elif item.path and place:
        line, column, end_line, end_column = place
        at = f"line={line},endLine={end_line}," + (
            f"col={column},endColumn={max(column, end_column - 1)}," if line == end_line else ""
        )
    title = _property(f"{finding.code} {finding.name}")
    return f"::{_COMMANDS[finding.severity]} {_file(item)}{at}title={title}::{_data(finding.message)}\n"


def _file(item: Item) -> str:
    return f"file={_property(item.path)}," if item.path else ""


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
