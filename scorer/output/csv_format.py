"""CSV: one row a draft, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from scorer.output.base import Item, Style
from scorer.schema import FAMILIES, ResponseEstimate, Severity

COLUMNS = (
    "draft", "status", "reason", "score", "band", *FAMILIES, "errors", "warnings", "hints", "codes",
    "suggestion", "gain", "gain_kind", "kind", "channel", "stage", "purpose", "n_words", "n_characters",
    "reply_rate", "reply_rate_low", "reply_rate_high",
)  # fmt: skip


def render(items: Iterable[Item], style: Style) -> Iterator[str]:
    """Yield a header and a row for each report."""
    yield line(COLUMNS)
    for item in items:
        report = item.report
        facts = report.draft
        best = report.suggestions[0] if report.suggestions else None
        counts = [sum(f.severity is severity for f in report.findings) for severity in Severity]
        yield line(
            (
                item.path or facts.id, report.status, report.reason,
                None if report.score is None else f"{report.score:.1f}", report.band,
                *(f"{report.families[name]:.1f}" if name in report.families else None for name in FAMILIES),
                *counts, " ".join(dict.fromkeys(finding.code for finding in report.findings)),
                best and best.message, best and f"{best.gain:.1f}", best and best.gain_kind,
                facts.kind, facts.channel, facts.stage, facts.purpose, facts.n_words, facts.n_characters,
                *_reply_rate(report.response),
            )
        )  # fmt: skip


def _reply_rate(response: ResponseEstimate | None) -> tuple[str | None, ...]:
    numbers = (response.estimate, response.low, response.high) if response else (None, None, None)
    return tuple(None if number is None else f"{number:.4f}" for number in numbers)


def line(cells: Iterable[object]) -> str:
    """Return `cells` as a line of CSV, none of them a formula."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(neutral(cell) for cell in cells)
    return buffer.getvalue()


def neutral(cell: object) -> object:
    """Return `cell` such that no spreadsheet takes text for a formula: an apostrophe in front."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")):
        return cell if _is_number(cell) else "'" + cell
    return cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
