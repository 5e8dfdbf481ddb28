"""``score-draft templates``: placeholders of sending tools, and templates as their readers will see them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scorer.cli import context as options
from scorer.cli.streams import style_of, write
from scorer.cli.template_files import key_of, located, parsed, place_of, read
from scorer.cli.template_text import inspected, rendered_text, renderings, told
from scorer.errors import InputError
from scorer.schema import Severity

if TYPE_CHECKING:
    from scorer.schema import Finding

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="TEMPLATE...",
        help="Text, Markdown, TOML or JSON files, or folders; - is standard input.",
        show_default=False,
    ),
]
DialectName = Annotated[
    str | None,
    typer.Option(
        "--dialect", help="How placeholders are written: a dialect or a sending tool.", metavar="NAME"
    ),
]
Tool = Annotated[
    str | None, typer.Option("--for", help="The sending tool that must read it.", metavar="TOOL")
]
RecipientList = Annotated[
    str | None,
    typer.Option(
        "--recipients",
        "-r",
        help="Table to fill the template with: .csv, .tsv, .xlsx, .jsonl, .json, .parquet.",
        metavar="FILE",
    ),
]
Seed = Annotated[int, typer.Option("--seed", help="For what is drawn by chance.", metavar="NUMBER")]
app = typer.Typer(
    rich_markup_mode=None,
    add_completion=False,
    help="Templates: their dialects, their variables, their renderings, their scores.",
)


@app.callback(invoke_without_command=True)
def root(ctx: typer.Context) -> None:
    """Show what there is where no command is named."""
    if ctx.invoked_subcommand is None:
        print(ctx.get_help())


@app.command(help="List the dialects of placeholders and the sending tools that read them.")
def dialects(format_name: options.TextOrJson = "text", output: options.Output = None) -> None:
    """List the dialects."""
    from scorer.templates.dialects import DIALECTS

    options.checked_choice("--format", format_name, ("text", "json"))
    if format_name == "json":
        rows = [
            {
                "key": d.key, "title": d.title, "example": d.example, "tools": list(d.tools), "certain": d.certain,
                "fallback": bool(d.fallback or d.wrapped), "choice": d.spin, "conditions": d.blocks is not None,
            }
            for d in DIALECTS
        ]  # fmt: skip
        write([json.dumps(rows, ensure_ascii=False, indent=2) + "\n"], output)
        return
    width, shown = max(len(d.key) for d in DIALECTS), max(len(d.example) for d in DIALECTS)
    write(
        (f"{d.key:<{width}}  {d.example:<{shown}}  {', '.join(d.tools) or '-'}\n" for d in DIALECTS), output
    )


app.command("list-dialects", hidden=True)(dialects)


@app.command(
    help="Tell the dialect and the variables of templates, and what is wrong with their placeholders."
)
def inspect(
    paths: Paths = None,
    text: options.Text = None,
    subject: options.Subject = None,
    dialect: DialectName = None,
    tool: Tool = None,
    recipients: RecipientList = None,
    format_name: options.TextOrJson = "text",
    fail_on: options.FailOn = "never",
    select: options.Select = None,
    ignore: options.Ignore = None,
    config_file: options.ConfigFile = None,
    no_config: options.NoConfig = False,
    output: options.Output = None,
    stdin_filename: options.StdinFilename = None,
) -> None:
    """Inspect templates; several of them help each other to tell the dialect."""
    from scorer.templates import dialect_of, variables
    from scorer.templates.checks import check_parsed

    options.checked_choice("--format", format_name, ("text", "json"))
    options.checked_choice("--fail-on", fail_on, options.FAIL_ON)
    if tool is not None:
        dialect_of(tool, "--for")
    config = options.settings(config_file=config_file, no_config=no_config, select=select, ignore=ignore)
    files, drafts, inferred, rows = read(paths, text, subject, dialect, recipients, stdin_filename, config)
    made: list[dict[str, Any]] = []
    lines: list[str] = []
    failed = False
    for file, draft, inference in zip(files, drafts, inferred, strict=True):
        found = check_parsed(draft, inference, recipients=rows, tool=tool, settings=config.rules)
        failed |= _fails(found, fail_on)
        used = [(v, where) for part, where in parsed(draft, inference) for v in variables(part)]
        made.append(inspected(file, draft, inference, used, found))
        lines += told(file, draft, inference, used, found)
    if format_name == "json":
        write([json.dumps(made[0] if len(made) == 1 else made, ensure_ascii=False, indent=2) + "\n"], output)
    else:
        write((line + "\n" for line in lines), output)
    raise typer.Exit(1 if failed else 0)


@app.command(help="Fill a template in, for one recipient or all, in one wording or all.")
def render(
    paths: Paths = None,
    text: options.Text = None,
    subject: options.Subject = None,
    dialect: DialectName = None,
    recipients: RecipientList = None,
    row: Annotated[
        int | None, typer.Option("--row", help="Number of the recipient, from 1.", metavar="NUMBER", min=1)
    ] = None,
    wording: Annotated[
        int | None,
        typer.Option(
            "--wording",
            help="Number of the wording, from 1; drawn by chance without.",
            metavar="NUMBER",
            min=1,
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All wordings, 10,000 at most.")] = False,
    count_only: Annotated[bool, typer.Option("--count", help="Only count the wordings.")] = False,
    seed: Seed = 0,
    format_name: options.TextOrJson = "text",
    output: options.Output = None,
    stdin_filename: options.StdinFilename = None,
) -> None:
    """Render templates."""
    from scorer.config import load_config
    from scorer.templates import built_in

    options.checked_choice("--format", format_name, ("text", "json"))
    config = load_config()
    _, drafts, inferred, rows = read(paths, text, subject, dialect, recipients, stdin_filename, config)
    people = rows or built_in()
    if row is not None and row > len(people.rows):
        raise InputError(f"--row must be a number from 1 to {len(people.rows)}")
    numbers = [row - 1] if row is not None else list(range(len(people.rows)))
    results = [
        item
        for draft, inference in zip(drafts, inferred, strict=True)
        for item in renderings(
            draft, inference, people, numbers, wording, seed, every=every, count_only=count_only
        )
    ]
    if format_name == "json":
        write([json.dumps(results, ensure_ascii=False, indent=2) + "\n"], output)
        return
    write(rendered_text(results, count_only=count_only), output)


@app.command(help="Rewrite templates in another dialect; converting back changes nothing.")
def convert(
    paths: Paths = None,
    text: options.Text = None,
    to: Annotated[
        str | None, typer.Option("--to", help="Dialect or sending tool to write for.", metavar="NAME")
    ] = None,
    dialect: DialectName = None,
    in_place: Annotated[bool, typer.Option("--in-place", "-i", help="Change the files themselves.")] = False,
    lossy: Annotated[
        bool,
        typer.Option(
            "--lossy", help="Leave out fallbacks and filters that the dialect cannot write; each is told."
        ),
    ] = False,
    output: options.Output = None,
    stdin_filename: options.StdinFilename = None,
) -> None:
    """Convert templates: all are converted before anything is written."""
    from scorer.config import load_config
    from scorer.drafts import write_atomically
    from scorer.parse.surface import find_placeholders
    from scorer.templates.conversion import convert as converted
    from scorer.templates.dialects import dialect_of

    if to is None:
        raise InputError("--to is missing: name the dialect or the sending tool to write for")
    target = dialect_of(to, "--to")
    files, drafts, inferred, _ = read(paths, text, None, dialect, None, stdin_filename, load_config())
    if not in_place and len(files) > 1:
        raise InputError("several templates can only be converted --in-place; or give them one at a time")
    if in_place and output is not None:
        raise InputError("--in-place and --output exclude each other: choose one")
    if in_place and any(file.path is None for file in files):
        raise InputError("--in-place needs files")
    results = []
    for file, draft, inference in zip(files, drafts, inferred, strict=True):
        if inference.dialect is None and find_placeholders(f"{draft.subject or ''}\n{draft.text}"):
            raise InputError(
                f"{file.name}: its placeholders are of no dialect known here; see templates inspect, or give --dialect"
            )
        source = inference.dialect or target
        body = located(file, lambda d=draft, s=source: converted(d.text, s, target, lossy=lossy))
        if (
            file.values.get("subject")
            and converted(draft.subject or "", source, target, lossy=lossy).text != draft.subject
        ):
            raise InputError(
                f"{file.name}: its subject has placeholders too; convert that by hand, it is in the front matter"
            )
        results.append((file, body, source))
    for file, body, source in results:
        for note in body.notes:
            line, column = place_of(file, note.start)
            print(f"{file.name}:{line}:{column}: {note.message} ({note.kind})", file=sys.stderr)
        if in_place and file.path is not None:
            if body.text != file.values["text"]:
                write_atomically(file.path, file.with_text(body.text))
            print(f"{file.name}: {source.key} -> {target.key}", file=sys.stderr)
        elif output is not None:
            write_atomically(output, file.with_text(body.text))
        elif file.path is None and file.name == "--text":
            write([body.text + "\n"], None)
        else:
            sys.stdout.buffer.write(file.with_text(body.text))
            sys.stdout.flush()


@app.command(help="Score templates as their readers will see them: best, median and worst rendering.")
def score(
    paths: Paths = None,
    text: options.Text = None,
    subject: options.Subject = None,
    channel: options.Channel = None,
    stage: options.Stage = None,
    purpose: options.Purpose = None,
    account: options.Account = None,
    sender: options.From = None,
    dialect: DialectName = None,
    tool: Tool = None,
    recipients: RecipientList = None,
    seed: Seed = 0,
    max_renderings: Annotated[
        int,
        typer.Option(
            "--max-renderings", help="All are made up to this many.", metavar="NUMBER", min=1, max=1_000_000
        ),
    ] = 10_000,
    sample: Annotated[
        int,
        typer.Option(
            "--sample",
            help="How many are drawn when there are more.",
            metavar="NUMBER",
            min=20,
            max=1_000_000,
        ),
    ] = 1_000,
    jobs: Annotated[int, typer.Option("--jobs", "-j", help="Processes that score.", metavar="N", min=1)] = 1,
    format_name: options.TextOrJson = "text",
    output: options.Output = None,
    min_score: options.MinScore = None,
    min_worst: Annotated[
        float | None,
        typer.Option(
            "--min-worst", help="Exit with 1 when the worst rendering scores less.", metavar="POINTS"
        ),
    ] = None,
    fail_on: options.FailOn = "never",
    select: options.Select = None,
    ignore: options.Ignore = None,
    config_file: options.ConfigFile = None,
    no_config: options.NoConfig = False,
    no_suggestions: Annotated[
        bool, typer.Option("--no-suggestions", help="Leave the suggestions out: faster.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="One line a template.")] = False,
    color: options.Color = "auto",
    stdin_filename: options.StdinFilename = None,
) -> None:
    """Score templates."""
    from scorer.output.template_text import lines
    from scorer.templates import dialect_of, score_template

    options.checked_choice("--color", color, ("auto", "always", "never"))
    options.checked_choice("--format", format_name, ("text", "json", "jsonl"))
    options.checked_choice("--fail-on", fail_on, options.FAIL_ON)
    config = options.settings(config_file=config_file, no_config=no_config, select=select, ignore=ignore)
    context = options.draft_context(
        channel=channel, stage=stage, purpose=purpose, account=account, sender=sender
    )
    if tool is not None:
        dialect_of(tool, "--for")
    files, drafts, inferred, rows = read(
        paths, text, subject, dialect, recipients, stdin_filename, config, context
    )
    scorer = options.load_scorer(config)
    style = style_of(sys.stdout, color, quiet=quiet)
    if output is not None and color != "always":
        style = replace(style, colour=False)
    failed: list[bool] = []

    def pieces() -> Iterator[str]:
        several: list[dict[str, Any]] = []
        for number, (file, draft, inference) in enumerate(zip(files, drafts, inferred, strict=True)):
            report = score_template(
                scorer, draft, rows, seed, dialect=key_of(inference), tool=tool, limit=max_renderings, sample=sample,
                n_jobs=jobs, suggestions=not no_suggestions and not quiet,
                progress=_progress(file.name) if sys.stderr.isatty() else None,
            )  # fmt: skip
            if dialect is None:
                report = replace(report, dialect=inference)
            failed.append(
                _fails(report.findings, fail_on)
                or _below(report.score, min_score)
                or _below(report.worst.score if report.worst else None, min_worst)
            )
            if format_name == "json":
                several.append(report.to_dict())
            elif format_name == "jsonl":
                yield json.dumps(report.to_dict(), ensure_ascii=False) + "\n"
            else:
                if number and not quiet:
                    yield "\n"
                told = lines(
                    report,
                    file.name,
                    first_line=file.first_line,
                    width=style.width,
                    colour=style.colour,
                    quiet=quiet,
                )
                yield from (line + "\n" for line in told)
        if format_name == "json":
            yield (
                json.dumps(several[0] if len(several) == 1 else several, ensure_ascii=False, indent=2) + "\n"
            )

    write(pieces(), output)
    raise typer.Exit(1 if any(failed) else 0)


def _progress(name: str) -> Callable[[int, int], None]:
    """Return what shows on the terminal how far a long scoring is."""

    def show(done: int, total: int) -> None:
        if total >= 100 and (done % 50 == 0 or done == total):
            end = "\r\x1b[K" if done == total else ""
            print(f"\r{name}: {done:,} of {total:,} renderings{end}", end="", file=sys.stderr, flush=True)

    return show


def _fails(found: Sequence[Finding], fail_on: str | None) -> bool:
    if fail_on is None or fail_on == "never":
        return False
    return any(f.severity.rank >= Severity(fail_on).rank for f in found)


def _below(score: float | None, least: float | None) -> bool:
    return least is not None and (score is None or round(score, 1) < least)
