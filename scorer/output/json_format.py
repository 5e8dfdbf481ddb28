"""JSON: the report as the outside contract has it; several reports are a list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from scorer.output.base import Item, Style
from scorer.schema import SCHEMA_VERSION


def render(items: Iterable[Item], style: Style) -> Iterator[str]:
    """Yield one object for one report, a list for several."""
    reports = [item.report.to_dict() for item in items]
    yield json.dumps(reports[0] if len(reports) == 1 else reports, ensure_ascii=False, indent=2) + "\n"


def error(kind: str, message: str) -> str:
    """Return what stands in place of a report when there is none: exactly one of the two is printed."""
    return json.dumps({"schema_version": SCHEMA_VERSION, "error": {"kind": kind, "message": message}}) + "\n"
