"""One line a finding, as compilers write them: ``file:line:column: severity CODE message``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scorer.offsets import LineIndex
from scorer.output.base import Item, Style, headline
from scorer.output.cells import printable


def render(items: Iterable[Item], style: Style) -> Iterator[str]:
    """Yield a line for each finding by place, and one with the score for each draft."""
    for item in items:
        lines = LineIndex(item.text)
        for finding in item.report.findings:
            place = item.place(finding, lines)
            at = f"{place[0]}:{place[1]}" if place else str(item.line(finding, lines))
            where = printable(item.path or item.name)
            words = f"{finding.severity} {finding.code} {finding.message}"
            yield f"{where}:{at}: {printable(words)}\n"
        yield f"{printable(item.name)}: {headline(item)}{f'; {item.gate}' if item.gate else ''}\n"
