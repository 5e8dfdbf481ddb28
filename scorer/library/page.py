"""The report on a library: one page that opens offline, its style and script inside it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from scorer.library.stored import Scored
from scorer.output.base import FAMILY_TITLES, Item
from scorer.output.html_format import section, style
from scorer.schema import BANDS, FAMILIES, Severity

if TYPE_CHECKING:
    from scorer.library.outputs import Whole

_FREQUENT = 15
_CLUSTERS = 200
_MEMBERS = 20
# By which the page sorts, as by the score.
_RANKS = {band: rank for rank, (_, band) in enumerate(sorted(BANDS))}


def render(whole: Whole) -> Iterator[str]:
    """Yield the page piece by piece."""
    summary = whole.summary
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'\">\n<title>Library: score-draft</title>\n"
        f"<style>\n{style()}{_part('page.css')}</style>\n</head>\n<body>\n<h1>Library</h1>\n"
    )
    refused = f", {summary.refused} not scored" if summary.refused else ""
    if summary.mean is None:
        yield f"<p>{summary.drafts} drafts, none of them scored.</p>\n"
    else:
        yield (
            f'<p class="lead">{summary.drafts} drafts{refused} · mean <b>{summary.mean:.1f}</b> · median '
            f"<b>{summary.median:.1f}</b></p>\n"
        )
        yield '<div class="cards">\n'
        most = max(summary.bands.values()) or 1
        yield '<section><h2>Distribution</h2><table class="bars">'
        for band, number in summary.bands.items():
            yield _bar(band, number, number / most, band)
        yield '</table></section>\n<section><h2>Families, weakest first</h2><table class="bars">'
        for name, value in summary.families.items():
            yield _bar(FAMILY_TITLES[name], f"{value:.0f}", value / 100, "")
        yield "</table></section>\n"
        yield from _frequent(whole)
        yield "</div>\n"
    yield from _clusters(whole)
    yield from _table(whole)
    yield f"<script>\n{_part('page.js')}</script>\n</body>\n</html>\n"


def _part(name: str) -> str:
    return files("scorer.library").joinpath(name).read_text(encoding="utf-8")


def _bar(name: str, number: object, share: float, kind: str) -> str:
    return (
        f'<tr><th scope="row">{escape(name)}</th><td class="number">{number}</td>'
        f'<td class="track"><i class="{kind}" style="width:{share:.1%}"></i></td></tr>'
    )


def _frequent(whole: Whole) -> Iterator[str]:
    summary = whole.summary
    yield "<section><h2>Most frequent findings</h2>"
    if summary.first:
        first = ", ".join(f"<code>{each.code}</code> {escape(each.name)}" for each in summary.first)
        yield f"<p>Mend first: {first}</p>"
    yield "<ol>"
    for each in summary.frequent[:_FREQUENT]:
        share = f"{each.drafts / summary.drafts:.0%}"
        yield (
            f'<li><button type="button" class="code {each.severity.value}" data-code="{each.code}" '
            f'title="Show the drafts that have it">{each.code}</button> {escape(each.name)} '
            f"<small>{each.drafts} draft{'' if each.drafts == 1 else 's'}, {share}: {each.words}</small></li>"
        )
    yield "</ol></section>\n"


def _clusters(whole: Whole) -> Iterator[str]:
    if whole.clusters is None:
        yield '<p class="note">The library is too large to look for doubles here: see score-draft same.</p>\n'
        return
    if not whole.clusters:
        return
    wanted = {at for cluster in whole.clusters[:_CLUSTERS] for at in cluster.members[:_MEMBERS]}
    names = {at: item.source.name for at, item in enumerate(whole.store.items()) if at in wanted}
    yield f"<details><summary><h2>The same twice ({len(whole.clusters)} clusters)</h2></summary>\n"
    kind = ""
    for cluster in whole.clusters[:_CLUSTERS]:
        if cluster.kind != kind:
            kind = cluster.kind
            yield f"<h3>{kind}</h3><p>{escape(cluster.advice)}</p>"
        members = ", ".join(escape(names[at]) for at in cluster.members[:_MEMBERS] if at in names)
        more = len(cluster.members) - _MEMBERS
        members += f" and {more} more" if more > 0 else ""
        yield (
            f'<div class="cluster"><q>{escape(cluster.shared[:400])}</q>'
            f"<small>{len(cluster.members)} drafts: {members}</small></div>\n"
        )
    if len(whole.clusters) > _CLUSTERS:
        yield f"<p>and {len(whole.clusters) - _CLUSTERS} more: see score-draft same.</p>"
    yield "</details>\n"


def _table(whole: Whole) -> Iterator[str]:
    heads = ("draft", "score", "band", *FAMILIES, "errors", "warnings")
    yield '<h2>Drafts</h2>\n<form class="filter"><label>Filter <input type="search" id="words" '
    yield 'placeholder="name, band or code"></label><label>Least score <input type="number" id="least" min="0" '
    yield 'max="100"></label><label>Most <input type="number" id="most" min="0" max="100"></label>'
    yield '<output id="shown"></output></form>\n<div class="scroll"><table id="drafts"><thead><tr>'
    for name in heads:
        kind = "text" if name == "draft" else "number"
        title = FAMILY_TITLES.get(name, name)
        yield f'<th scope="col" data-kind="{kind}"><button type="button">{title}</button></th>'
    yield "</tr></thead>\n"
    for item in whole.items():
        yield from _rows(item, whole.gate(item.report), len(heads))
    yield "</table></div>\n"


def _rows(item: Scored, gate: str | None, width: int) -> Iterator[str]:
    report, name = item.report, escape(item.source.name)
    codes = " ".join(dict.fromkeys(finding.code for finding in report.findings))
    score = "" if report.score is None else f"{report.score:.1f}"
    band = report.band or "not scored"
    rank = "" if report.band is None else _RANKS[report.band]
    yield (
        f'<tbody data-codes="{codes}"><tr><td><button type="button" class="open" aria-expanded="false">{name}'
        f'</button></td><td class="number">{score}</td>'
        f'<td class="{report.band or "none"}" data-key="{rank}">{band}</td>'
    )
    for family in FAMILIES:
        value = report.families.get(family)
        yield f'<td class="number">{"" if value is None else f"{value:.0f}"}</td>'
    for severity in (Severity.ERROR, Severity.WARNING):
        yield f'<td class="number">{sum(f.severity is severity for f in report.findings)}</td>'
    kept = " · ".join(f"{k}: {v}" for k, v in item.source.kept.items() if v)
    note = f'<p class="about">{escape(kept)}</p>' if kept else ""
    whole = section(Item(report, item.source.path, gate=gate, row=item.source.row, sheet=item.source.sheet))
    yield f'</tr><tr class="more" hidden><td colspan="{width}">{whole}{note}</td></tr></tbody>\n'
