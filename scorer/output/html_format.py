"""One self-contained page, and the piece of it that a notebook shows for a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from scorer.output.base import (
    FAMILY_TITLES,
    Item,
    Style,
    gain_words,
    refusal_words,
    response_words,
    worst_first,
)
from scorer.schema import FAMILIES, Finding, ScoreReport

_CSS = """\
.score-draft{--error:#c62828;--warning:#b26a00;--hint:#00708a;--good:#2e7d32;--line:#8884;
  font:15px/1.5 system-ui,sans-serif;max-width:46rem}
@media (prefers-color-scheme:dark){
  .score-draft{--error:#ff8a80;--warning:#ffb74d;--hint:#4dd0e1;--good:#81c784}}
.score-draft .score{font-size:2.2rem;font-weight:700;margin-right:.5rem}
.score-draft .excellent,.score-draft .good{color:var(--good)}
.score-draft .fair{color:var(--warning)}
.score-draft .weak,.score-draft .poor,.score-draft .gate{color:var(--error)}
.score-draft .families{display:grid;grid-template-columns:max-content 1fr max-content;gap:.15rem .8rem;
  align-items:center;margin:.5rem 0}
.score-draft .bar{height:.55rem;border-radius:.3rem;background:var(--line);overflow:hidden}
.score-draft .bar i{display:block;height:100%;background:currentColor}
.score-draft .text{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--line);
  border-radius:.4rem;padding:.7rem .9rem;margin:.8rem 0;unicode-bidi:plaintext}
.score-draft mark{background:none;color:inherit;text-decoration:underline 2px;text-underline-offset:.2em}
.score-draft mark.error{text-decoration-color:var(--error);background:#c6282822}
.score-draft mark.warning{text-decoration-color:var(--warning);background:#b26a0022}
.score-draft mark.hint{text-decoration-color:var(--hint);text-decoration-style:dotted}
.score-draft sup{font-size:.7em;opacity:.75}
.score-draft li{margin:.35rem 0}
.score-draft b.error{color:var(--error)}
.score-draft b.warning{color:var(--warning)}
.score-draft b.hint{color:var(--hint)}
.score-draft .gain{font-weight:600;color:var(--good)}
.score-draft .made,.score-draft .about{opacity:.7;font-size:.85rem}
"""
_HEAD = f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>score-draft</title>
<style>
body{{margin:2rem auto;max-width:46rem;padding:0 1rem}}
{_CSS}</style>
</head>
<body>
"""


def render(items: Iterable[Item], style: Style) -> Iterator[str]:
    """Yield the page, report by report."""
    yield _HEAD
    for item in items:
        yield "\n".join(_report(item)) + "\n"
    yield "</body>\n</html>\n"


def fragment(report: ScoreReport) -> str:
    """Return `report` as a piece of HTML that brings its own style, for a notebook."""
    return f"<style>\n{_CSS}</style>\n" + "\n".join(_report(Item(report)))


def section(item: Item) -> str:
    """Return the section on a draft, without the style it needs: see `style`."""
    return "\n".join(_report(item))


def style() -> str:
    """Return the style sheet of the sections."""
    return _CSS


def _report(item: Item) -> Iterator[str]:
    report = item.report
    facts = report.draft
    yield '<section class="score-draft">'
    if item.path or facts.id:
        yield f"<h2>{escape(item.name)}</h2>"
    if report.score is None:
        yield f'<p class="gate">Not scored: {escape(refusal_words(report))}.</p>'
    else:
        number = f'<span class="score {report.band}">{report.score:.1f}</span>'
        yield f'<p>{number}<span class="{report.band}">{report.band}</span></p>'
    if item.gate:
        yield f'<p class="gate">{escape(item.gate)}</p>'
    about = [
        facts.channel,
        facts.stage,
        facts.purpose,
        f"{facts.n_words} words",
        f"{facts.n_characters} characters",
    ]
    yield f'<p class="about">{escape(" · ".join(part.replace("_", " ") for part in about if part))}</p>'
    if report.score is not None:
        yield from _scored(report)
    yield "</section>"


def _scored(report: ScoreReport) -> Iterator[str]:
    yield '<div class="families">'
    for name in FAMILIES:
        if name in report.families:
            value = report.families[name]
            band = "good" if value >= 70 else "fair" if value >= 50 else "weak"
            bar = f'<span class="bar {band}"><i style="width:{value:.0f}%"></i></span>'
            yield f"<span>{FAMILY_TITLES[name]}</span>{bar}<span>{value:.0f}</span>"
    yield "</div>"
    if report.response is not None:
        yield f"<p>Answered, by your own data: {escape(response_words(report.response))}.</p>"
    numbered = list(enumerate(report.findings, 1))
    if report.source is not None:
        if report.source.subject:
            subject = _marked(report.source.subject, "subject", numbered)
            yield f'<div class="text"><b>Subject:</b> {subject}</div>'
        yield f'<div class="text">{_marked(report.source.text, "text", numbered)}</div>'
    if numbered:
        number_of = {id(finding): number for number, finding in numbered}
        yield "<ul>"
        for finding in worst_first(report.findings):
            severity = finding.severity.value
            mark = f"<sup>{number_of[id(finding)]}</sup> " if finding.span else ""
            head = f'<b class="{severity}">{severity}</b> {mark}<code>{escape(finding.code)}</code>'
            yield f"<li>{head} {escape(finding.name)}: {escape(finding.message)}</li>"
        yield "</ul>"
    if report.suggestions:
        yield "<p><b>What to change first</b></p><ol>"
        for suggestion in report.suggestions:
            gain = escape(gain_words(suggestion.gain, suggestion.gain_kind))
            codes = escape(", ".join(suggestion.codes))
            words = f"{escape(suggestion.message)} <small>({codes})</small>"
            yield f'<li><span class="gain">{gain}</span> {words}</li>'
        yield "</ol>"
    versions = report.versions
    made = f"score-draft {versions.scorer}, pipeline {versions.pipeline}"
    yield f'<p class="made">Judged by {escape(report.judged_by or versions.model)}; {escape(made)}.</p>'


def _marked(text: str, where: str, numbered: list[tuple[int, Finding]]) -> str:
    """Return `text` escaped, each stretch marked with the worst of the findings over it."""
    here = [(n, f, f.span) for n, f in numbered if f.span is not None and f.span.where == where]
    cuts = sorted({0, len(text), *(edge for _, _, span in here for edge in (span.start, span.end))})
    pieces: list[str] = []
    for start, end in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        over = [f for _, f, span in here if span.start < end and start < span.end]
        if over:
            title = escape("; ".join(f"{f.code}: {f.message}" for f in over))
            worst = worst_first(over)[0].severity
            pieces.append(f'<mark class="{worst}" title="{title}">{escape(text[start:end])}</mark>')
        else:
            pieces.append(escape(text[start:end]))
        ending = [
            str(n)
            for n, _, span in here
            if (span.end == end and end > start) or span.start == span.end == start
        ]
        if ending:
            pieces.append(f"<sup>{','.join(ending)}</sup>")
    return "".join(pieces)
