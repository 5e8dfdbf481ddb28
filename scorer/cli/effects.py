"""``score-draft effects``: which traits go with replies, over all templates together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from scorer.cli import context as options
from scorer.cli.streams import write
from scorer.errors import InputError

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(help="Show which traits of your messages go with replies, and why that is no proof.")
def effects(
    outcomes: Annotated[
        Path, typer.Argument(metavar="TABLE", help="The outcome table, as `outcomes read` wrote it.")
    ],
    denominator: Annotated[
        str | None,
        typer.Option("--denominator", help="Use rows counted over this only.", metavar="NAME"),
    ] = None,
    format_name: options.TextOrJson = "text",
    output: options.Output = None,
) -> None:
    """Show pooled effects of traits."""
    from scorer.outcomes.effects_text import as_dict, lines
    from scorer.outcomes.outcome import Denominator
    from scorer.outcomes.sample import sample_of
    from scorer.outcomes.table import OutcomeTable
    from scorer.outcomes.traits import pooled_effects

    options.checked_choice("--format", format_name, ("text", "json"))
    options.checked_choice("--denominator", denominator, tuple(Denominator))
    table = OutcomeTable.load(outcomes).messages
    if denominator is not None:
        table = table.only(denominator)
        if not len(table):
            raise InputError(f"no outcome is counted over {denominator}")
    scorer = options.load_scorer(options.settings(config_file=None, no_config=True))
    found = pooled_effects(sample_of(table, scorer))
    if format_name == "json":
        write([json.dumps(as_dict(found), ensure_ascii=False, indent=2) + "\n"], output)
    else:
        write((line + "\n" for line in lines(found)), output)
