"""The report on a template for people: scores, findings, and what the unluckiest reader gets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from textwrap import wrap

from scorer.offsets import LineIndex
from scorer.output.base import FAMILY_TITLES, REASONS, gain_words
from scorer.output.cells import printable
from scorer.schema import FAMILIES, Severity
from scorer.templates.report import BrokenJoin, TemplateFinding, TemplateReport

_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "33", Severity.HINT: "36"}
_BANDS = {"excellent": "1;32", "good": "32", "fair": "33", "weak": "31", "poor": "1;31"}
_VERDICTS = {
    "constant": "every reader gets the same words",
    "name_only": "nothing but the name depends on the reader",
    "slight": "little besides the name depends on the reader",
    "partly": "some of it depends on the reader",
    "mostly": "much of it depends on the reader",
}
_MAX_SAME = 3


def lines(
    report: TemplateReport,
    name: str,
    *,
    first_line: int | None = 1,
    width: int = 80,
    colour: bool = False,
    quiet: bool = False,
) -> Iterator[str]:
    """Yield the report line by line, without line ends.

    Parameters
    ----------
    name
        What the template is called.
    first_line
        Line of its file on which the text begins; None where its lines are not the file's.
    """

    def pen(words: str, code: str) -> str:
        return f"\x1b[{code}m{words}\x1b[0m" if colour and words else words

    columns = max(60, min(width, 100))
    if report.score is None:
        headline = f"not scored: {REASONS.get(report.reason or '', report.reason or '')}"
    else:
        headline = (
            pen(f"{report.score:.1f} of 100, {report.band}", _BANDS[report.band or "poor"]) + " (median)"
        )
        if report.best and report.worst:
            headline += f"; worst {report.worst.score:.1f}, best {report.best.score:.1f}"
    yield f"{pen(printable(name), '1')}: {headline}"
    if quiet:
        return
    yield from (f"  {line}" for line in _facts(report))
    if report.families:
        yield ""
        for family in FAMILIES:
            value = report.families[family]
            note = ""
            if family == "personalization" and value >= report.swap.cap - 0.05 and report.swap.cap < 100:
                note = "  (held there by the swap test)"
            yield f"  {FAMILY_TITLES[family]:<16}{value:5.1f}{note}"
    if report.template_findings:
        yield ""
        index = LineIndex(report.source.text if report.source else "")
        for group in _grouped(report.template_findings):
            yield from _finding(group, index, first_line, columns, pen)
    if report.suggestions:
        yield ""
        yield pen("What to change first", "1")
        for advice in report.suggestions[:5]:
            gain = gain_words(advice.gain, advice.gain_kind)
            words = wrap(printable(advice.message) + f" ({', '.join(advice.codes)})", columns - 22)
            yield f"  {pen(gain.ljust(20), '32')}{words[0] if words else ''}"
            yield from (" " * 22 + line for line in words[1:])
    for item in _shown_joins(report.joins):
        yield ""
        yield f"Broken for {printable(item.recipient)} ({_percent(item.share)} of renderings):"
        yield from _excerpt(item, columns)
    if report.worst is not None:
        yield ""
        yield f"{pen('The worst rendering', '1')}: {report.worst.score:.1f}, for {printable(report.worst.recipient)}"
        if report.worst.subject is not None:
            yield f"  | Subject: {printable(report.worst.subject)}"
        for line in report.worst.text.splitlines() or [""]:
            for part in wrap(
                printable(line), columns - 4, drop_whitespace=False, replace_whitespace=False
            ) or [""]:
                yield f"  | {part}".rstrip()


def _facts(report: TemplateReport) -> Iterator[str]:
    dialect = report.dialect
    if dialect.dialect is None:
        yield "no placeholders: the same text for everybody"
    else:
        sure = f"{dialect.confidence:.0%} sure" if dialect.confidence < 1 else "as given"
        others = f"; fits {', '.join(dialect.others)} as well" if dialect.others else ""
        yield f"dialect {dialect.dialect.key} ({dialect.dialect.title}), {sure}{others}"
    if report.variables:
        yield "variables " + ", ".join(
            f"{v.name} x{v.count}" if v.count > 1 else v.name for v in report.variables
        )
    plan, (least, most) = report.plan, report.wordings
    wordings = f"{most}" if least == most else f"{least} to {most}"
    source = "built-in recipients" if report.recipients.source == "built-in" else "recipients"
    counted = f"{wordings} wording{'' if most == 1 else 's'} for {len(report.recipients.rows)} {source}"
    if plan.exhaustive:
        yield f"{counted}: all {plan.total} renderings made, {report.scored} different ones scored"
    else:
        yield f"{counted}, {plan.total} renderings: {len(plan.drawn)} drawn with seed {plan.seed}"
        low, high = report.median_interval or (0.0, 0.0)
        yield (
            f"with 95 % confidence the median is between {low:.1f} and {high:.1f}, and at most "
            f"{plan.beyond:.2%} of all renderings score below the worst drawn"
        )
    if report.stand_ins:
        yield f"invented values were used for {', '.join(report.stand_ins)}: give --recipients to use yours"
    for length in report.lengths:
        if length.limits:
            limits = ", ".join(
                f"{account} {limit} {'fits' if length.characters <= limit else 'OVER'}"
                for account, limit in length.limits.items()
            )
            yield f"longest {length.where}: {length.characters} characters, for {length.recipient} (limit: {limits})"
    share = f"{report.swap.share:.0%} of the content changes with the reader"
    yield f"swap test: {share}; {_VERDICTS[report.swap.verdict]}"


def _grouped(items: Sequence[TemplateFinding]) -> list[list[TemplateFinding]]:
    groups: dict[tuple[str, str, Severity], list[TemplateFinding]] = {}
    for item in items:
        groups.setdefault((item.finding.code, item.finding.message, item.finding.severity), []).append(item)
    return list(groups.values())


def _finding(
    group: list[TemplateFinding],
    index: LineIndex,
    first_line: int | None,
    columns: int,
    pen: Callable[[str, str], str],
) -> Iterator[str]:
    item = group[0].finding
    places = []
    for each in group[: _MAX_SAME + 1]:
        span = each.finding.span
        if span is None:
            places.append("the whole template")
        elif span.where == "subject":
            places.append(f"subject:{span.start + 1}")
        else:
            line, column = index.position(span.start)
            places.append(f"{line + (first_line or 1) - 1}:{column}")
    where = " ".join(places[:_MAX_SAME]) + (" …" if len(places) > _MAX_SAME else "")
    share = max(each.share for each in group)
    seen = f" · in {_percent(share)} of renderings" if share < 1 else ""
    head = pen(f"{item.severity.value:<8}", _COLOURS[item.severity])
    yield f"  {head}{item.code} {item.name} · {where}{seen}"
    yield from (f"          {line}" for line in wrap(printable(item.message), columns - 10))
    if item.fix is not None:
        yield f"          {'fix' if item.fix.safe else 'unsafe fix'}: {printable(item.fix.title)}"


def _shown_joins(joins: Sequence[BrokenJoin]) -> list[BrokenJoin]:
    return sorted(joins, key=lambda item: -item.share)[:_MAX_SAME]


def _excerpt(item: BrokenJoin, columns: int) -> Iterator[str]:
    """Yield the words around a broken join with a mark under it."""
    text, start = item.rendering, item.join.rendered_start
    low = max(text.rfind("\n", 0, start) + 1, start - columns // 2)
    high = text.find("\n", start)
    high = min(len(text) if high < 0 else high, low + columns - 6)
    yield f"  | {printable(text[low:high])}"
    mark = max(1, min(item.join.rendered_end, high) - start)
    yield f"  | {' ' * len(printable(text[low:start]))}{'^' * mark}"


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else f"{share:.1%}"
