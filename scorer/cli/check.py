"""``score-draft check``: the gate for a library of drafts and templates."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scorer.cli import context as options
from scorer.cli.streams import style_of, write
from scorer.errors import InputError, ScorerError
from scorer.output import render
from scorer.schema import Severity

if TYPE_CHECKING:
    from scorer.config import Config
    from scorer.library.baseline import Baseline, Judged
    from scorer.library.check import Result
    from scorer.output import Style

FORMATS = ("text", "concise", "json", "jsonl", "markdown", "github", "gitlab", "junit", "sarif", "rdjson")
FOR_PEOPLE = ("text", "concise", "markdown", "github")
UNREADABLE = 2

Library = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH...", help="Files and folders; - is standard input.", show_default=False),
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", help="Processes that score.", metavar="N", min=1)]
Renderings = Annotated[
    int,
    typer.Option(
        "--renderings",
        help="How often a template is filled in before it is judged; 0 judges it as it stands, faster.",
        metavar="N",
        min=0,
    ),
]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        help="What a table's column holds, where its name does not tell; repeat.",
        metavar="FIELD=COLUMN",
    ),
]
BaselineFile = Annotated[
    Path | None,
    typer.Option("--baseline", help="Judge only what is new since this baseline.", metavar="FILE"),
]
app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(
    help="Check a library: exit with 1 when a draft scores too little or has findings that are too bad.",
    epilog="Exit codes: 0 all pass; 1 something does not; 2 wrong usage, settings or input, or a draft that "
    "cannot be read. Errors fail unless --fail-on says otherwise. With --baseline only what is new counts; make "
    "one with `score-draft baseline write`.",
)
def check(
    paths: Library = None,
    min_score: options.MinScore = None,
    fail_on: options.FailOn = None,
    baseline: BaselineFile = None,
    no_worse: Annotated[
        bool,
        typer.Option("--no-worse", help="The library's mean score must not be below the baseline's."),
    ] = False,
    update_baseline: Annotated[
        bool,
        typer.Option(
            "--update-baseline", help="Take what became better over into the baseline; lets nothing new in."
        ),
    ] = False,
    format_name: Annotated[
        str | None,
        options.format_option(FORMATS),
    ] = None,
    output: options.Output = None,
    report: Annotated[
        list[str] | None,
        typer.Option(
            "--report", help="Write this format to this file as well; may be repeated.", metavar="FORMAT=FILE"
        ),
    ] = None,
    show: Annotated[
        str | None,
        typer.Option(
            "--show",
            help="Least severity reported: error, warning, hint. Unless given, people and GitHub see what "
            "fails, the other formats get all.",
            metavar="SEVERITY",
            autocompletion=options.completion(tuple(Severity)),
        ),
    ] = None,
    exit_zero: options.ExitZero = False,
    channel: options.Channel = None,
    stage: options.Stage = None,
    purpose: options.Purpose = None,
    account: options.Account = None,
    kind: options.Kind = None,
    sender: options.From = None,
    jobs: Jobs = 1,
    renderings: Renderings = 8,
    columns: Map = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    config_file: options.ConfigFile = None,
    no_config: options.NoConfig = False,
    stdin_filename: options.StdinFilename = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Failing drafts and the verdict alone.")
    ] = False,
    color: options.Color = "auto",
) -> None:
    """Judge a library and print what does not pass."""
    from scorer.library.baseline import Baseline
    from scorer.library.check import check as judge_all
    from scorer.library.check import codes_run
    from scorer.output.gate import RENDERERS

    options.checked_choice("--color", color, ("auto", "always", "never"))
    options.checked_choice("--format", format_name, FORMATS)
    options.checked_choice("--fail-on", fail_on, options.FAIL_ON)
    options.checked_choice("--show", show, tuple(Severity))
    config = options.settings(
        config_file=config_file, no_config=no_config, select=select, ignore=ignore,
        min_score=min_score, fail_on=fail_on, format=format_name,
    )  # fmt: skip
    if config.origins["fail-on"] == "built-in default":
        config = replace(config, fail_on="error")
    if config.format not in FORMATS:
        config = replace(config, format="text")
    if baseline is None and (no_worse or update_baseline):
        raise InputError("--no-worse and --update-baseline need a --baseline FILE")
    reports = [_report(words) for words in report or ()]
    known = Baseline.read(baseline) if baseline else None
    context = options.draft_context(
        channel=channel, stage=stage, purpose=purpose, account=account, kind=kind, sender=sender
    )
    judged, unreadable = judged_library(
        paths,
        config,
        context,
        jobs=jobs,
        renderings=renderings,
        columns=columns,
        known=known,
        stdin_name=stdin_filename,
        quiet=quiet,
    )
    failures = [str(error) for error in unreadable]
    verdict = partial(judge_all, judged, config, known, no_worse=no_worse, unreadable=failures)
    result = verdict(show=_shown(show, config.format, config))
    # What could not be read would be missing from the baseline.
    if known and baseline and update_baseline and not unreadable:
        known.pruned(judged, known.compare(judged, codes_run(judged, config))).write(baseline)
    style = style_of(sys.stdout, color, quiet=quiet)
    plain = replace(style, colour=False)
    write(_rendered(config.format, result, plain if output and color != "always" else style), output)
    for name, path in reports:
        write(_rendered(name, verdict(show=_shown(show, name, config)), plain), path)
    if config.format not in RENDERERS:
        for line in result.gate.lines():
            print(f"score-draft: {line}", file=sys.stderr)
    report_unreadable(unreadable)
    if unreadable:
        raise typer.Exit(UNREADABLE)
    raise typer.Exit(0 if result.gate.passed or exit_zero else 1)


def _report(words: str) -> tuple[str, Path]:
    """Return format and file of a --report."""
    name, sign, file = words.partition("=")
    if not sign or not file:
        raise InputError("--report must be FORMAT=FILE, for example sarif=findings.sarif")
    options.checked_choice("--report", name, FORMATS)
    return name, Path(file)


def _shown(asked: str | None, format_name: str, config: Config) -> Severity:
    """Return the least severity to report."""
    if asked is not None:
        return Severity(asked)
    if format_name in FOR_PEOPLE and config.fail_on != "never":
        return Severity(config.fail_on)
    return Severity.HINT


def _rendered(format_name: str, result: Result, style: Style) -> Iterator[str]:
    from scorer.output.gate import RENDERERS

    if format_name in RENDERERS:
        return RENDERERS[format_name](result.items, result.gate, style)
    matter = [item for item in result.items if item.gate or item.report.findings]
    return render(format_name, matter if format_name in FOR_PEOPLE else result.items, style)


def judged_library(
    paths: list[str] | None,
    config: Config,
    context: dict[str, Any],
    *,
    jobs: int,
    renderings: int,
    columns: list[str] | None = None,
    known: Baseline | None = None,
    stdin_name: str | None = None,
    quiet: bool = False,
) -> tuple[list[Judged], list[ScorerError]]:
    """Return the drafts at `paths` with their reports, and what could not be read.

    Parameters
    ----------
    known
        A baseline that says which drafts were templates.

    Raises
    ------
    InputError
        Nothing was given, or nothing of it could be read.
    """
    from scorer.library.check import judge
    from scorer.library.columns import parse_map
    from scorer.library.sources import Source, read_sources

    if not paths:
        if sys.stdin.isatty():
            raise InputError("nothing to check; name files or folders, or - for standard input")
        paths = ["-"]
    unreadable: list[ScorerError] = []
    complete = partial(options.as_draft, context=context, config=config)
    notes: list[str] = []
    told = parse_map(columns or ())
    sources = read_sources(paths, complete, stdin_name=stdin_name, told=told, note=notes.append)
    judged: list[Judged] = []
    progress = sys.stderr.isatty() and not quiet
    scorer = options.load_scorer(config)
    if known is not None:
        sources = (known.as_before(each) if isinstance(each, Source) else each for each in sources)
    for each in judge(sources, scorer, n_jobs=jobs, renderings=renderings, unreadable=unreadable.append):
        judged.append(each)
        if progress and len(judged) % 16 == 0:
            print(f"\r{len(judged)} drafts", end="", file=sys.stderr, flush=True)
    if progress:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    report_unreadable(notes)
    return judged, unreadable


def report_unreadable(errors: Sequence[ScorerError | str]) -> None:
    """Print a line for each thing that could not be read, or not as it stands."""
    for error in errors:
        print(f"score-draft: {error}", file=sys.stderr)
