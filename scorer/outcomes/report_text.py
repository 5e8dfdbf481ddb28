"""A report for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from scorer.outcomes import report_words as words
from scorer.outcomes.beliefs import figure_line
from scorer.outcomes.rates import Verdict
from scorer.outcomes.report import Group, Report
from scorer.output import Style
from scorer.output.cells import printable, width
from scorer.output.csv_format import line

_BAR, _NAME = 20, 40
_COLOURS = {Verdict.HIGHER: "32", Verdict.LOWER: "31"}


def render(report: Report, style: Style) -> Iterator[str]:
    """Yield the report, piece by piece."""
    for group in report.overall:
        yield _wrapped(words.overall(group), style) + "\n"
    if report.invitations:
        yield _wrapped(words.invitations(report.invitations), style) + "\n"
    several = len(report.overall) > 1
    for section in report.sections:
        yield "\n" + _bold(words.title(section, several=several), style) + "\n"
        yield from _table(section.groups, style)
        for remark in () if style.quiet else words.about(section):
            yield _wrapped(remark, style, "  ") + "\n"
    if report.beliefs:
        yield "\n" + _bold("What is known from elsewhere, and what yours say", style) + "\n"
        for held in report.beliefs:
            yield _wrapped(held.belief.words, style, "  ") + "\n"
            for figure in () if style.quiet else held.belief.figures:
                yield _wrapped(figure_line(figure), style, "      ") + "\n"
            yield _wrapped(words.held(held), style, "    ") + "\n"
    if style.quiet:
        return
    yield "\n" + _bold("How to read this", style) + "\n"
    for note in (*words.notes(report), *(f"Read: {source}." for source in words.sources(report))):
        yield _wrapped(note, style, "  ") + "\n"


def _table(groups: Sequence[Group], style: Style) -> Iterator[str]:
    names = [_name(group) for group in groups]
    widest = max(map(width, names))
    most = max(group.high for group in groups) or 1.0
    bars = style.width >= widest + _BAR + 78
    for name, group in zip(names, groups, strict=True):
        cell, verdict = group.cell, words.verdict(group.comparison)
        if group.comparison.verdict is Verdict.ALONE:
            verdict = ""
        colour = _COLOURS.get(group.comparison.verdict)
        counts = f"{cell.n_replied:,} of {cell.n_sent:,}"
        rate = f"{words.percent(cell.rate):>6}  ({words.interval(group.low, group.high)})"
        shown = f"  {name}{' ' * (widest - width(name))}  {counts:>14}  {rate:<26}"
        if bars:
            shown += f" {_bar(group, most)}  "
        if widest + 46 + bars * (_BAR + 3) + len(verdict) > style.width and verdict:
            yield shown.rstrip() + "\n      " + _coloured(verdict, colour, style) + "\n"
        else:
            yield (shown + " " + _coloured(verdict, colour, style)).rstrip() + "\n"
        if group.example:
            example = textwrap.shorten(
                printable(group.example.replace("\n", " ")), style.width - 8, placeholder="…"
            )
            yield f"      {example}\n"


def _name(group: Group) -> str:
    return printable(textwrap.shorten(group.name, _NAME, placeholder="…") or group.name[:_NAME])


def _bar(group: Group, most: float) -> str:
    """Return the interval as a line with the rate in it."""
    low, rate, high = (round(value / most * (_BAR - 1)) for value in (group.low, group.cell.rate, group.high))
    return "".join("●" if at == rate else "─" if low <= at <= high else " " for at in range(_BAR))


def _wrapped(text: str, style: Style, indent: str = "") -> str:
    return textwrap.fill(
        text, min(style.width, 110), initial_indent=indent, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _bold(text: str, style: Style) -> str:
    return _coloured(text, "1", style)


def _coloured(text: str, code: str | None, style: Style) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if style.colour and code and text else text


def csv_lines(report: Report) -> Iterator[str]:
    """Yield the groups of all sections as CSV, ready for a spreadsheet."""
    rows = report.to_rows()
    columns = list(dict.fromkeys(name for row in rows for name in row))
    yield line(columns)
    for row in rows:
        yield line(row.get(name) for name in columns)
