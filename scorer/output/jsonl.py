"""JSON Lines: one report a line, written as they come."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from scorer.output.base import Item, Style


def render(items: Iterable[Item], style: Style) -> Iterator[str]:
    """Yield one line for each report."""
    for item in items:
        yield json.dumps(item.report.to_dict(), ensure_ascii=False) + "\n"
