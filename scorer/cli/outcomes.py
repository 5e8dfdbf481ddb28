"""``score-draft outcomes``: read what became of one's messages, and see what it shows."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scorer.cli import context as options
from scorer.cli.streams import style_of, write
from scorer.errors import InputError
from scorer.schema import CHANNELS

if TYPE_CHECKING:
    from datetime import datetime

    from scorer.outcomes import OutcomeTable

BY = ("stage", "channel", "length", "purpose", "score", "template")
FORMATS = ("text", "json", "html", "csv")
RESULTS = ("replied", "no", "positive")
app = typer.Typer(
    rich_markup_mode=None,
    add_completion=False,
    help="Learn from your own messages: which were answered.",
)


@app.callback(invoke_without_command=True)
def root(ctx: typer.Context) -> None:
    """Show what there is where no command is named."""
    if ctx.invoked_subcommand is None:
        print(ctx.get_help())


Table = Annotated[
    Path, typer.Argument(metavar="TABLE", help="The outcome table, as `outcomes read` wrote it.")
]


@app.command(
    help="Read a LinkedIn archive, a sending tool's export or your own table into an outcome table.",
    epilog="People are stored as keyed hashes; the key lies beside the table in .score-draft-salt. Your own "
    "messages are stored as they are, those of others are not stored. Reading again replaces and adds.",
)
def read(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="PATH", help="Archive (zip or folder), or a table: .csv, .tsv, .xlsx, .jsonl, .parquet."
        ),
    ],
    to: Annotated[
        Path, typer.Option("--to", help="The outcome table to write or to add to.", metavar="TABLE")
    ],
    window: Annotated[
        float, typer.Option("--window", help="Days within which an answer counts.", metavar="DAYS")
    ] = 30.0,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", help="Last day the source knows of; else the last date in it.", metavar="YYYY-MM-DD"
        ),
    ] = None,
    me: Annotated[
        str | None,
        typer.Option("--me", help="Your profile address, where the archive does not tell it.", metavar="URL"),
    ] = None,
    dates: Annotated[
        str | None,
        typer.Option("--dates", help="What 03/04/2025 means: day-first, month-first.", metavar="ORDER"),
    ] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", help="For a table of your own: FIELD=COLUMN; repeat.", metavar="FIELD=COLUMN"),
    ] = None,
    denominator: Annotated[
        str | None,
        typer.Option(
            "--denominator",
            help="What its sends count: sent, delivered, opened, contacted, started, accepted, enrolled.",
            metavar="NAME",
        ),
    ] = None,
    channel: options.Channel = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing when all is well.")] = False,
) -> None:
    """Read a source into an outcome table."""
    from scorer.outcomes.dates import Order
    from scorer.outcomes.options import ReadOptions
    from scorer.outcomes.outcome import Denominator
    from scorer.outcomes.people import Hasher
    from scorer.outcomes.reading import read_outcomes
    from scorer.outcomes.table import OutcomeTable

    if window <= 0:
        raise InputError("--window must be more than 0 days")
    options.checked_choice("--channel", channel, CHANNELS)
    options.checked_choice("--dates", dates, tuple(Order))
    options.checked_choice("--denominator", denominator, tuple(Denominator))
    before = OutcomeTable.load(to) if to.exists() else None
    hasher = Hasher.beside(to)
    with _progress("rows read", quiet=quiet) as progress:
        found = read_outcomes(
            source,
            hasher,
            ReadOptions(
                window_days=window, as_of=_moment(as_of), me=me, dates=Order(dates) if dates else None,
                mapping=_mapping(mapping), denominator=Denominator(denominator) if denominator else None,
                channel=channel, progress=progress,  # type: ignore[arg-type]  # checked above
            ),
        )  # fmt: skip
    after = found if before is None else before.merged(found)
    hasher.keep(to)
    after.save(to)
    if not quiet:
        write(_summary(found, before, after, to), None)


@app.command(
    help="Show reply rates with their intervals, and what they can and can't tell yet.",
    epilog="Template names and counts are shown, words of messages only with --show-text.",
)
def report(
    table: Table,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            help=f"Only by these: {', '.join(BY)}.",
            metavar="NAMES",
            autocompletion=options.completion(BY),
        ),
    ] = None,
    format_name: Annotated[
        str,
        options.format_option(FORMATS),
    ] = "text",
    output: options.Output = None,
    worth: Annotated[
        float,
        typer.Option(
            "--worth",
            help="The difference worth having, in percent of the others' rate; a third unless said.",
            metavar="PERCENT",
            show_default=False,
        ),
    ] = 100 / 3,
    show_text: Annotated[
        bool, typer.Option("--show-text", help="Show the beginning of a message of each template.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Leave the explanations out.")] = False,
    color: options.Color = "auto",
) -> None:
    """Report on an outcome table."""
    from scorer.outcomes.report import report_on
    from scorer.outcomes.table import OutcomeTable

    options.checked_choice("--format", format_name, FORMATS)
    options.checked_choice("--color", color, ("auto", "always", "never"))
    names = options.split_codes(by) or list(BY)
    for name in names:
        options.checked_choice("--by", name, BY)
    if not 0 < worth <= 1000:
        raise InputError("--worth must be more than 0 and at most 1000 percent")
    outcomes = OutcomeTable.load(table)
    with _progress("texts scored", quiet=quiet) as progress:
        made = report_on(outcomes, names, worth=worth / 100, show_text=show_text, progress=progress)
    style = style_of(sys.stdout, "never" if output and color != "always" else color, quiet=quiet)
    pieces: Iterable[str]
    if format_name == "json":
        pieces = [json.dumps(made.to_dict(), indent=2, ensure_ascii=False) + "\n"]
    elif format_name == "html":
        from scorer.outcomes.report_html import page

        pieces = [page(made)]
    elif format_name == "csv":
        from scorer.outcomes.report_text import csv_lines

        pieces = csv_lines(made)
    else:
        from scorer.outcomes.report_text import render

        pieces = render(made, style)
    write(pieces, output)


@app.command(help="Remove a person from a table, by name or profile address, and keep them out from now on.")
def forget(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Name, profile address or e-mail address.")],
    table: Annotated[Path, typer.Option("--from", help="The outcome table.", metavar="TABLE")],
    namesakes: Annotated[bool, typer.Option("--namesakes", help="Remove all people of that name.")] = False,
) -> None:
    """Remove somebody."""
    from scorer.outcomes.people import Hasher, name_key, profile_key
    from scorer.outcomes.table import OutcomeTable

    before = OutcomeTable.load(table)
    hasher = Hasher.beside(table)
    keys = {key for key in (profile_key(person), name_key(person)) if key}
    hashes = {hasher.person(key) for key in keys}
    gone = [row for row in before if not hashes.isdisjoint((row.recipient, *row.aliases))]
    people = {row.recipient for row in gone if row.recipient}
    if len(people) > 1 and not namesakes:
        raise InputError(
            f"{len(people)} people go by that name; give the profile address, or --namesakes to remove them all"
        )
    after = before.without(hashes | people)
    after.save(table)
    count = len(before) - len(after)
    what = (
        "nothing of that person was in the table" if not count else f"removed {count} row{'s' * (count != 1)}"
    )
    print(f"{what}; a later reading will leave them out")


@app.command("list", help="List the messages of a table with their ids; words of them only with --show-text.")
def list_(
    table: Table,
    show_text: Annotated[bool, typer.Option("--show-text", help="Show how each message begins.")] = False,
) -> None:
    """List the rows of an outcome table."""
    from scorer.outcomes.table import OutcomeTable
    from scorer.output.cells import printable

    def lines() -> Iterator[str]:
        for row in OutcomeTable.load(table):
            day = f"{row.sent_at:%Y-%m-%d}" if row.sent_at else "no date"
            result = {True: "replied", False: "no", None: "too young"}[row.replied]
            if row.channel == "connection_note" and row.accepted is not None:
                answered = ", replied" if row.replied else ""
                result = ("accepted" if row.accepted else "not accepted") + answered
            if row.noted and not row.known:
                result = f"{row.noted}, too young to count"
            if row.is_counter:
                result = f"{row.n_replied} of {row.n_sent}"
            words = f"  {printable(' '.join(row.text.split()))[:60]}" if show_text else ""
            yield f"{row.id:<24}  {day:<10}  {row.channel:<15}  {row.stage:<9}  {result}{words}\n"

    write(lines(), None)


@app.command(help="Note what became of one message: replied, no or positive.")
def add(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The message's id in the table.")],
    result: Annotated[str, typer.Argument(metavar="RESULT", help="replied, no or positive.")],
    table: Annotated[Path, typer.Option("--to", help="The outcome table.", metavar="TABLE")],
) -> None:
    """Note an answer."""
    from dataclasses import replace

    from scorer.outcomes.table import OutcomeTable

    options.checked_choice("RESULT", result, RESULTS)
    before = OutcomeTable.load(table)
    row = next((row for row in before if row.id == id_), None)
    if row is None:
        raise InputError(f"{table}: has no message of that id; `score-draft outcomes list` shows them")
    if row.is_counter:
        raise InputError(
            f"{table}: that row counts {row.n_sent} messages; an answer can be noted on single ones"
        )
    changed = row.with_note(result)
    replace(before, rows=tuple(changed if item is row else item for item in before)).save(table)
    if changed.known:
        print(f"noted: {result}")
    else:
        print(f"noted: {result}; it counts once the message is old enough, when its source is read again")


def _mapping(given: list[str] | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in given or ():
        field, equals, column = item.partition("=")
        if not equals or not field or not column:
            raise InputError("--map wants FIELD=COLUMN, for example --map replied=Answers")
        found[field.strip().lower()] = column
    return found


def _moment(text: str | None) -> datetime | None:
    from datetime import datetime, timedelta

    from scorer.outcomes.outcome import as_utc

    if text is None:
        return None
    try:
        moment = as_utc(datetime.fromisoformat(text))
    except ValueError:
        raise InputError("--as-of must be a day such as 2026-03-31") from None
    return moment + timedelta(days=1, seconds=-1) if len(text) <= 10 else moment


@contextmanager
def _progress(what: str, *, quiet: bool) -> Iterator[Callable[[int], None] | None]:
    """Show a count on standard error while something is going on, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield None
        return

    def show(count: int) -> None:
        sys.stderr.write(f"\r{count:,} {what}")
        sys.stderr.flush()

    try:
        yield show
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _summary(
    found: OutcomeTable, before: OutcomeTable | None, after: OutcomeTable, to: Path
) -> Iterator[str]:
    messages, invitations = found.messages, found.invitations
    known = sum(row.n_sent for row in messages if row.known)
    replied = sum(row.n_replied or 0 for row in messages)
    young = sum(row.n_sent for row in messages if not row.known)
    sent = f"{known:,} messages with a known outcome, {replied:,} answered"
    if young:
        sent += f"; {young:,} too young to say"
    yield f"{len(found):,} rows: {sent}\n"
    people = len({row.recipient for row in found if row.recipient})
    if people:
        stages = sum(row.stage == "follow_up" for row in messages)
        yield f"{people:,} people: {len(messages) - stages:,} first messages, {stages:,} follow-ups"
        yield f", {len(invitations):,} invitations\n" if invitations else "\n"
    for entry in found.provenance:
        if entry.as_of and entry.window_days:
            yield f"answers within {entry.window_days:g} days count, known up to {entry.as_of:%Y-%m-%d}\n"
        for reason, count in entry.left_out.items():
            yield f"left out: {reason} {count:,}\n"
    for name in found.denominators:
        yield f"divided by: {name.words}\n"
    if before is not None:
        old = {row.id: row for row in before}
        new = sum(row.id not in old for row in after)
        yield f"{new:,} rows are new, the table had {len(before):,}\n"
        counters = ((old.get(row.id), row) for row in after if row.is_counter)
        replaced = [
            row for was, row in counters if was and (was.n_sent, was.n_replied) != (row.n_sent, row.n_replied)
        ]
        if replaced:
            yield f"counters with other numbers took the place of older ones of the same template: {len(replaced):,}; "
            yield "if they count another time, read them into a table of their own\n"
        if noted := sum(row.noted is not None for row in after):
            yield f"{noted:,} answers noted by hand stay as noted\n"
    forgotten = len({row.id for row in found} - {row.id for row in after})
    if forgotten:
        yield f"left out: rows of people who were forgotten {forgotten:,}\n"
    yield f"written to {to}; next: score-draft outcomes report {to}\n"
