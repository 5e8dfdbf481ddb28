"""A report as one self-contained page, with a plot of every section; for a dark and a light screen."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from scorer.outcomes import report_words as words
from scorer.outcomes.beliefs import figure_line
from scorer.outcomes.rates import Verdict
from scorer.outcomes.report import Group, Report, Section

_CSS = """\
.outcomes{--mark:#1565c0;--higher:#2e7d32;--lower:#c62828;--quiet:#8a8a8a;--line:#8885;
  font:15px/1.5 system-ui,sans-serif;max-width:60rem}
@media (prefers-color-scheme:dark){.outcomes{--mark:#82b1ff;--higher:#81c784;--lower:#ff8a80;--quiet:#9e9e9e}}
.outcomes h1{font-size:1.5rem}
.outcomes h2{font-size:1.1rem;margin:1.6rem 0 .4rem}
.outcomes .big{font-size:1.05rem}
.outcomes .scroll{overflow-x:auto}
.outcomes table{border-collapse:collapse;width:100%}
.outcomes th{font-weight:600;text-align:left;border-bottom:1px solid var(--line)}
.outcomes th,.outcomes td{padding:.2rem .6rem .2rem 0;vertical-align:middle}
.outcomes td.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.outcomes td.plot{width:16rem;min-width:10rem;padding:0 .6rem}
.outcomes td.verdict{min-width:13rem}
.outcomes svg{display:block;width:100%;height:1.5rem;overflow:visible;color:var(--mark)}
.outcomes .higher svg,.outcomes .higher .verdict{color:var(--higher)}
.outcomes .lower svg,.outcomes .lower .verdict{color:var(--lower)}
.outcomes .not-enough svg,.outcomes .not-enough .verdict{color:var(--quiet)}
.outcomes .note,.outcomes .figure,.outcomes .example{opacity:.75;font-size:.87rem}
.outcomes .example{font-style:italic}
.outcomes ul{padding-left:1.2rem}
"""
_HEAD = f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Outcomes</title>
<style>
body{{margin:2rem auto;max-width:60rem;padding:0 1rem}}
{_CSS}</style>
</head>
<body>
"""
_CLASSES = {Verdict.HIGHER: "higher", Verdict.LOWER: "lower", Verdict.NOT_ENOUGH: "not-enough"}


def page(report: Report) -> str:
    """Return the whole page."""
    return _HEAD + "\n".join(_pieces(report)) + "\n</body>\n</html>\n"


def fragment(report: Report) -> str:
    """Return the report as a piece of HTML that brings its own style, for a notebook."""
    return f"<style>\n{_CSS}</style>\n" + "\n".join(_pieces(report))


def _pieces(report: Report) -> Iterator[str]:
    yield '<section class="outcomes"><h1>What your messages brought</h1>'
    for group in report.overall:
        yield f'<p class="big">{escape(words.overall(group))}</p>'
    if report.invitations:
        yield f'<p class="big">{escape(words.invitations(report.invitations))}</p>'
    several = len(report.overall) > 1
    for section in report.sections:
        yield f"<h2>{escape(words.title(section, several=several))}</h2>"
        yield from _table(section)
        yield from (f'<p class="note">{escape(remark)}</p>' for remark in words.about(section))
    if report.beliefs:
        yield "<h2>What is known from elsewhere, and what yours say</h2><ul>"
        for held in report.beliefs:
            figures = "<br>".join(escape(figure_line(figure)) for figure in held.belief.figures)
            yield f"<li><b>{escape(held.belief.words)}</b><br>{escape(words.held(held))}"
            yield f'<br><span class="figure">{figures}</span></li>'
        yield "</ul>"
    yield "<h2>How to read this</h2><ul><li>In a plot the dashed line is the rate of all groups together.</li>"
    for note in (*words.notes(report), *(f"Read: {line}." for line in words.sources(report))):
        yield f"<li>{escape(note)}</li>"
    yield "</ul></section>"


def _table(section: Section) -> Iterator[str]:
    groups, overall = section.groups, section.overall
    most = min(1.0, max([group.high for group in groups] + [overall]) * 1.05) or 1.0
    yield f'<div class="scroll"><table><thead><tr><th></th><th>{section.measure}</th><th>rate</th>'
    yield "<th>95 % interval</th><th></th></tr></thead><tbody>"
    for group in groups:
        cell, verdict = group.cell, group.comparison.verdict
        shown = "" if verdict is Verdict.ALONE else words.verdict(group.comparison)
        example = f'<br><span class="example">{escape(group.example[:90])}</span>' if group.example else ""
        yield (
            f'<tr class="{_CLASSES.get(verdict, "")}"><td>{escape(group.name)}{example}</td>'
            f'<td class="n">{cell.n_replied:,} of {cell.n_sent:,}</td><td class="n">{words.percent(cell.rate)}</td>'
            f'<td class="plot">{_plot(group, overall, most)}</td><td class="verdict">{escape(shown)}</td></tr>'
        )
    yield "</tbody></table></div>"


def _plot(group: Group, overall: float, most: float) -> str:
    """Return rate and interval as a drawing; the dashed line is the rate of all groups together."""
    low, rate, high, all_ = (
        f"{100 * value / most:.2f}%" for value in (group.low, group.cell.rate, group.high, overall)
    )
    label = f"{words.percent(group.cell.rate)}, 95 % interval {words.interval(group.low, group.high)}"
    return (
        f'<svg role="img" aria-label="{escape(label)}"><title>{escape(label)}</title>'
        f'<line x1="{all_}" x2="{all_}" y1="0" y2="100%" stroke="currentColor" stroke-opacity=".5"'
        f' stroke-dasharray="2 3"/>'
        f'<line x1="{low}" x2="{high}" y1="50%" y2="50%" stroke="currentColor" stroke-width="3" stroke-linecap="round"'
        f' stroke-opacity=".55"/><circle cx="{rate}" cy="50%" r="5" fill="currentColor"/></svg>'
    )
