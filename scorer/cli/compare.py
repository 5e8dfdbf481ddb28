"""``score-draft compare``: which of two drafts is better, and why."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from scorer.cli import context as options
from scorer.cli.streams import style_of, write
from scorer.errors import InputError
from scorer.output.base import FAMILY_TITLES, Item, headline, worst_first
from scorer.output.cells import printable
from scorer.schema import FAMILIES, SCHEMA_VERSION, Finding, ScoreReport

# Differences smaller than this many points are noise to a reader.
NOTICEABLE = 0.5
SHOWN = 6
app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(help="Tell which of two drafts is better, and why.")
def compare(
    first: Annotated[
        str, typer.Argument(metavar="A", help="A draft; - is standard input.", show_default=False)
    ],
    second: Annotated[str, typer.Argument(metavar="B", help="Another.", show_default=False)],
    channel: options.Channel = None,
    stage: options.Stage = None,
    purpose: options.Purpose = None,
    account: options.Account = None,
    to: options.To = None,
    sender: options.From = None,
    previous: options.Previous = None,
    format_name: options.TextOrJson = "text",
    output: options.Output = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    config_file: options.ConfigFile = None,
    no_config: options.NoConfig = False,
    color: options.Color = "auto",
) -> None:
    """Score two drafts and show what tells them apart."""
    options.checked_choice("--format", format_name, ("text", "json"))
    options.checked_choice("--color", color, ("auto", "always", "never"))
    if first == second == "-":
        raise InputError("only one of the two drafts can be standard input")
    config = options.settings(config_file=config_file, no_config=no_config, select=select, ignore=ignore)
    context = options.draft_context(
        channel=channel,
        stage=stage,
        purpose=purpose,
        account=account,
        to=to,
        sender=sender,
        previous=previous,
    )
    files = options.read_all([first, second], None, None)
    drafts = [options.as_draft(file, context, config) for file in files]
    scorer = options.load_scorer(config)
    pair = [scorer.score(draft, suggestions=False) for draft in drafts]
    names = (files[0].name, files[1].name)
    if format_name == "json":
        pieces: Iterator[str] = iter(
            [json.dumps(as_dict(names, pair[0], pair[1]), ensure_ascii=False, indent=2) + "\n"]
        )
    else:
        colour = style_of(sys.stdout, color).colour and output is None
        pieces = (line + "\n" for line in _told(names, pair[0], pair[1], colour=colour))
    write(pieces, output)


def as_dict(names: tuple[str, str], a: ScoreReport, b: ScoreReport) -> dict[str, Any]:
    """Return the comparison as plain data; differences are B minus A, in score points."""
    scored = a.score is not None and b.score is not None
    return {
        "schema_version": SCHEMA_VERSION,
        "drafts": [{"name": n, "status": r.status, "reason": r.reason, "score": _rounded(r.score),
                    "band": r.band}
                   for n, r in zip(names, (a, b), strict=True)],
        "better": better(names, a, b),
        "difference": _rounded((b.score or 0.0) - (a.score or 0.0)) if scored else None,
        "families": {name: _rounded(b.families[name] - a.families[name]) for name in FAMILIES
                     if name in a.families and name in b.families},
        "contributions": {name: round(change, 2) for name, change in contribution_changes(a, b)},
        "only_in_first": [finding.to_dict() for finding in only_in(a, b)],
        "only_in_second": [finding.to_dict() for finding in only_in(b, a)],
    }  # fmt: skip


def better(names: tuple[str, str], a: ScoreReport, b: ScoreReport) -> str | None:
    """Return the name of the better draft; None when neither is."""
    if a.score is None or b.score is None:
        return (
            names[1] if a.score is None and b.score is not None else names[0] if a.score is not None else None
        )
    difference = round(b.score, 1) - round(a.score, 1)
    if abs(difference) < NOTICEABLE:
        return None
    return names[1] if difference > 0 else names[0]


def contribution_changes(a: ScoreReport, b: ScoreReport) -> list[tuple[str, float]]:
    """Return what moves the score differently, B minus A, the largest first."""
    names = {*a.contributions, *b.contributions}
    changes = [(name, b.contributions.get(name, 0.0) - a.contributions.get(name, 0.0)) for name in names]
    return sorted((c for c in changes if abs(c[1]) >= 0.005), key=lambda change: (-abs(change[1]), change[0]))


def only_in(here: ScoreReport, there: ScoreReport) -> list[Finding]:
    """Return the findings of `here` whose code `there` has not, or has fewer times."""
    spare = Counter(finding.code for finding in there.findings)
    left: list[Finding] = []
    for finding in here.findings:
        if spare[finding.code]:
            spare[finding.code] -= 1
        else:
            left.append(finding)
    return left


def _one_each(findings: Sequence[Finding]) -> list[Finding]:
    """Return the first finding of each code, in order."""
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.code, finding)
    return list(first.values())


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _told(names: tuple[str, str], a: ScoreReport, b: ScoreReport, *, colour: bool) -> Iterator[str]:
    def paint(words: str, code: str) -> str:
        return f"\x1b[{code}m{words}\x1b[0m" if colour else words

    def signed(points: float) -> str:
        return paint(f"{points:+6.1f}", "32" if points > 0 else "31")

    for letter, name, report in zip("AB", names, (a, b), strict=True):
        yield f"{letter}  {printable(name)}: {headline(Item(report))}"
    winner = better(names, a, b)
    yield ""
    if winner is None:
        yield "Neither is better." if a.score is None else "They are as good as each other."
    else:
        gap = (
            f" by {abs((b.score or 0) - (a.score or 0)):.1f} points"
            if a.score is not None and b.score is not None
            else ""
        )
        yield paint(f"{'AB'[winner == names[1]]} is better{gap}.", "1")
    if a.score is None or b.score is None:
        return
    yield "\nFamilies                 A     B   B - A"
    for name in FAMILIES:
        if name in a.families and name in b.families:
            change = b.families[name] - a.families[name]
            shown = signed(change) if abs(change) >= NOTICEABLE else "     ="
            yield f"  {FAMILY_TITLES[name]:<18} {a.families[name]:5.0f} {b.families[name]:5.0f}  {shown}"
    changes = [change for change in contribution_changes(a, b) if abs(change[1]) >= NOTICEABLE][:SHOWN]
    if changes:
        yield "\nWhat moves the score, in points (B - A)"
        for name, change in changes:
            yield f"  {signed(change)}  {name}"
    for letter, here, there in (("A", a, b), ("B", b, a)):
        findings = only_in(here, there)
        if findings:
            yield f"\nFound only in {letter}"
            times = Counter(finding.code for finding in findings)
            for finding in _one_each(worst_first(findings)):
                head = f"{finding.severity.value:<7} {finding.code} {finding.name}"
                count = f" ({times[finding.code]} times)" if times[finding.code] > 1 else ""
                yield f"  {head}{count}: {printable(finding.message)}"
