"""Diagnostics for reviewdog (Reviewdog Diagnostic Format): ends are exclusive, columns count bytes of UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from scorer.offsets import LineIndex
from scorer.output.base import Item, Style
from scorer.schema import Edit, Finding, Severity

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.HINT: "INFO"}


def render(items: Iterable[Item], style: Style) -> Iterator[str]:
    """Yield one result with a diagnostic for each finding."""
    diagnostics = [diagnostic for item in items for diagnostic in _diagnostics(item)]
    result = {"source": {"name": "score-draft"}, "diagnostics": diagnostics}
    yield json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def _diagnostics(item: Item) -> Iterator[dict[str, Any]]:
    lines = LineIndex(item.text)
    for finding in item.report.findings:
        location: dict[str, Any] = {"path": item.path or item.name}
        location["range"] = _range(item, finding, lines)
        diagnostic: dict[str, Any] = {
            "message": finding.message,
            "location": location,
            "severity": _SEVERITIES[finding.severity],
            "code": {"value": finding.code},
        }
        edits = finding.fix.edits if finding.fix is not None and finding.fix.safe else ()
        if _exact(item) and len(edits) == 1 and edits[0].where == "text":
            diagnostic["suggestions"] = [{"range": _edited(item, edits[0], lines), "text": edits[0].text}]
        yield diagnostic


def _exact(item: Item) -> bool:
    """Tell whether columns of the text are columns of the file."""
    return item.row is None and item.first_line is not None and item.first_column == 1


def _range(item: Item, finding: Finding, lines: LineIndex) -> dict[str, Any]:
    span = finding.span
    if span is None or span.where != "text" or not _exact(item):
        return {"start": {"line": item.line(finding, lines)}}
    return _edited(item, Edit(span.start, span.end, ""), lines)


def _edited(item: Item, edit: Edit, lines: LineIndex) -> dict[str, Any]:
    return {
        "start": _position(item, edit.start, lines),
        "end": _position(item, edit.end, lines),
    }


def _position(item: Item, index: int, lines: LineIndex) -> dict[str, int]:
    line, column = lines.utf8_position(item.text, index)
    return {"line": line + (item.first_line or 1) - 1, "column": column}
