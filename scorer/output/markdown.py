"""Markdown: for a pull request, an issue, a chat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scorer.offsets import LineIndex
from scorer.output.base import FAMILY_TITLES, Item, Style, gain_words, headline, response_words, worst_first


def render(items: Iterable[Item], style: Style) -> Iterator[str]:
    """Yield a section for each report."""
    for number, item in enumerate(items):
        yield ("\n" if number else "") + "\n".join(_section(item)) + "\n"


def _section(item: Item) -> Iterator[str]:
    report = item.report
    yield f"## {escaped(item.name)}: {headline(item)}"
    if item.gate:
        yield f"\n**{item.gate}**"
    if report.score is None:
        return
    yield "\n| family | score |"
    yield "| --- | ---: |"
    for name, value in report.families.items():
        yield f"| {FAMILY_TITLES.get(name, name)} | {value:.0f} |"
    if report.response is not None:
        yield f"\nAnswered, by your own data: {escaped(response_words(report.response))}."
    if report.findings:
        yield "\n### Findings\n"
        lines = LineIndex(item.text)
        for finding in worst_first(report.findings):
            place = item.place(finding, lines)
            words = " ".join(item.words_of(finding).split())
            at = f" (line {place[0]}, column {place[1]})" if place else ""
            quoted = f" “{escaped(words)}”" if words else ""
            head = f"**{finding.severity.value}** {finding.code} {finding.name}{at}"
            yield f"- {head}:{quoted} {escaped(finding.message)}"
    if report.suggestions:
        yield "\n### What to change first\n"
        for suggestion in report.suggestions:
            gain = gain_words(suggestion.gain, suggestion.gain_kind)
            yield f"1. {gain}: {escaped(suggestion.message)} ({', '.join(suggestion.codes)})"
    yield f"\n_Judged by {escaped(report.judged_by)}; score-draft {report.versions.scorer}._"


def escaped(words: str) -> str:
    """Return `words` with everything that Markdown or HTML would take for markup made plain."""
    return (
        re.sub(r"([\\`*_{}\[\]<>#|~!])", r"\\\1", words)
        .replace("@", "&#64;")
        .replace("\n", " ")
        .replace("\r", "")
    )
