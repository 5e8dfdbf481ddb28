"""``score-draft train``: a response model of the user's own outcomes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from scorer.cli import context as options
from scorer.cli.streams import write
from scorer.errors import InputError

DENOMINATORS = ("sent", "delivered", "opened", "contacted", "started", "accepted", "enrolled")
app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(
    help="Train a response model on your own outcomes; score --response-model then shows its estimate.",
    epilog="It refuses fewer than 50 replies or 50 messages without one, and says how many are missing. The model is a "
    "folder of numbers with a card; it holds no text and no name.",
)
def train(
    outcomes: Annotated[
        Path, typer.Argument(metavar="TABLE", help="The outcome table, as `outcomes read` wrote it.")
    ],
    to: Annotated[
        Path, typer.Option("--to", help="The folder to write the model to.", metavar="MODEL")
    ] = Path("response-model"),
    denominator: Annotated[
        str | None,
        typer.Option(
            "--denominator",
            help="Learn from rows counted over this only.",
            metavar="NAME",
            autocompletion=options.completion(DENOMINATORS),
        ),
    ] = None,
    invitations: Annotated[
        bool,
        typer.Option("--invitations", help="Learn which invitations to connect are accepted instead."),
    ] = False,
    no_times: Annotated[
        bool,
        typer.Option(
            "--no-times", help="Do without times: test on other templates and people, not on later ones."
        ),
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing when all is well.")] = False,
) -> None:
    """Train, judge and write a response model."""
    from scorer.outcomes.card import summary
    from scorer.outcomes.sample import check_table, sample_of
    from scorer.outcomes.table import OutcomeTable
    from scorer.outcomes.training import check_target, write_model
    from scorer.outcomes.training import train as fit

    options.checked_choice("--denominator", denominator, DENOMINATORS)
    check_target(to)
    table = OutcomeTable.load(outcomes)
    table = table.invitations if invitations else table.messages
    if denominator is not None:
        table = table.only(denominator)
        if not len(table):
            raise InputError(f"no outcome is counted over {denominator}")
    check_table(table, times=not no_times)
    config = options.settings(config_file=None, no_config=True)
    scorer = options.load_scorer(config)
    sample = sample_of(table, scorer, progress=_progress("drafts scored", quiet))
    trained = fit(
        sample, to.resolve().name, progress=lambda what, number, n: _progress(what, quiet)(number, n)
    )
    write_model(trained, sample, to)
    if not quiet:
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
        lines = (*summary(trained, sample), f"written to {to}; its card is {to / 'card.md'}")
        write(
            [*(f"{line}\n" for line in lines), f"next: score-draft score --response-model {to} DRAFT\n"], None
        )


def _progress(what: str, quiet: bool) -> Callable[[int, int], None]:
    """Return what shows how far it is, on a terminal only."""

    def show(number: int, n: int) -> None:
        if not quiet and sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{number:,} of {n:,} {what}")
            sys.stderr.flush()

    return show
