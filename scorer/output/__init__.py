"""One module per format; each turns a stream of reports into pieces of text.

To add a format: a module with ``render(items, style)``, a line in `FORMATS`, its name in `config.FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import cast

from scorer.output.base import Item, Style

__all__ = ["FORMATS", "Item", "Style", "render"]

# Name -> module, imported when used: a run needs one of them.
FORMATS = {
    "text": "scorer.output.text",
    "concise": "scorer.output.concise",
    "json": "scorer.output.json_format",
    "jsonl": "scorer.output.jsonl",
    "csv": "scorer.output.csv_format",
    "markdown": "scorer.output.markdown",
    "html": "scorer.output.html_format",
    "github": "scorer.output.github",
    "gitlab": "scorer.output.gitlab",
    "junit": "scorer.output.junit",
    "sarif": "scorer.output.sarif",
    "rdjson": "scorer.output.rdjson",
}

Renderer = Callable[[Iterable[Item], Style], Iterator[str]]


def render(name: str, items: Iterable[Item], style: Style | None = None) -> Iterator[str]:
    """Yield the reports in `items` in format `name`, piece by piece, lines ended."""
    renderer = cast(Renderer, import_module(FORMATS[name]).render)
    return renderer(items, style or Style())
