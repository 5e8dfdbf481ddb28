"""``score-draft score``: the main job."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from scorer.cli import context as options
from scorer.cli.streams import style_of, write
from scorer.output import FORMATS, Item, render
from scorer.schema import ScoreReport, Severity

if TYPE_CHECKING:
    from scorer.config import Config
    from scorer.drafts import DraftFile
    from scorer.schema import Draft

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(help="Score drafts: what is wrong, where, and what to change first.")
def score(
    paths: options.Paths = None,
    text: options.Text = None,
    subject: options.Subject = None,
    channel: options.Channel = None,
    stage: options.Stage = None,
    purpose: options.Purpose = None,
    account: options.Account = None,
    to: options.To = None,
    sender: options.From = None,
    degree: options.Degree = None,
    previous: options.Previous = None,
    kind: options.Kind = None,
    format_name: Annotated[
        str | None,
        options.format_option(tuple(FORMATS)),
    ] = None,
    output: options.Output = None,
    min_score: options.MinScore = None,
    fail_on: options.FailOn = None,
    exit_zero: options.ExitZero = False,
    select: options.Select = None,
    ignore: options.Ignore = None,
    config_file: options.ConfigFile = None,
    no_config: options.NoConfig = False,
    response_model: Annotated[
        str | None,
        typer.Option("--response-model", help="Your own response model, made by train.", metavar="FOLDER"),
    ] = None,
    no_suggestions: Annotated[
        bool, typer.Option("--no-suggestions", help="Leave the suggestions out: faster.")
    ] = False,
    stdin_filename: options.StdinFilename = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="One line a draft.")] = False,
    color: options.Color = "auto",
) -> None:
    """Score drafts and print the reports."""
    options.checked_choice("--color", color, ("auto", "always", "never"))
    options.checked_choice("--format", format_name, tuple(FORMATS))
    options.checked_choice("--fail-on", fail_on, options.FAIL_ON)
    config = options.settings(
        config_file=config_file, no_config=no_config, select=select, ignore=ignore,
        min_score=min_score, fail_on=fail_on, format=format_name,
        response_model=response_model,
    )  # fmt: skip
    context = options.draft_context(
        subject=subject, channel=channel, stage=stage, purpose=purpose, account=account, kind=kind,
        to=to, sender=sender, degree=degree, previous=previous,
    )  # fmt: skip
    files = options.read_all(paths, text, stdin_filename)
    drafts = [options.as_draft(file, context, config) for file in files]
    failed: list[str] = []
    items = _items(files, drafts, config, failed, suggestions=not no_suggestions)
    style = style_of(sys.stdout, color, quiet=quiet)
    if output is not None and color != "always":
        style = replace(style, colour=False)
    write(render(config.format, _noted(items) if config.format == "text" else items, style), output)
    raise typer.Exit(1 if failed and not exit_zero else 0)


def _items(
    files: Sequence[DraftFile],
    drafts: Sequence[Draft],
    config: Config,
    failed: list[str],
    *,
    suggestions: bool,
) -> Iterator[Item]:
    """Yield each report as it is made; why a draft did not pass is noted in `failed`."""
    scorer = options.load_scorer(config)
    for file, draft in zip(files, drafts, strict=True):
        report = scorer.score(draft, suggestions=suggestions)
        gate = gate_of(report, config)
        if gate:
            failed.append(gate)
        path = None if file.name in options.NAMELESS else file.name
        yield Item(report, path, file.first_line, gate, file.first_column)


def _noted(items: Iterator[Item]) -> Iterator[Item]:
    """Yield `items`; at the end, say how templates among them were judged."""
    templates = 0
    for item in items:
        templates += item.report.draft.kind == "template"
        yield item
    if templates:
        what = "a template, judged" if templates == 1 else f"{templates} templates, judged"
        print(f"note: {what} unfilled; as readers will see it: score-draft templates score", file=sys.stderr)


def gate_of(report: ScoreReport, config: Config) -> str | None:
    """Return why `report` does not pass the limits in the settings; None when it does."""
    if config.min_score > 0:
        if report.score is None:
            return f"not scored, so not at least {config.min_score:g}"
        if round(report.score, 1) < config.min_score:
            return f"below the {config.min_score:g} that were asked for"
    worst = report.worst_severity
    if config.fail_on != "never" and worst is not None and worst.rank >= Severity(config.fail_on).rank:
        return f"has findings of severity {config.fail_on} or worse"
    return None
