"""``score-draft batch``: a whole library at once."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scorer.cli import context as options
from scorer.cli.check import Jobs, Renderings
from scorer.errors import InputError, ScorerError
from scorer.output.cells import printable

if TYPE_CHECKING:
    from scorer.library.sameness import Cluster
    from scorer.library.sources import Source
    from scorer.library.stored import Scored, Store

ORDERS = ("library", "worst", "best")
UNREADABLE = 2
# Larger libraries would need too much memory to be searched for doubles within a report.
_MOST_COMPARED = 20_000
_SHOWN = 5

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(
    help="Score a library: folders of .txt and .md, .csv, .tsv, .xlsx, .jsonl, .parquet.",
    epilog="What was scored is kept in a cache by content, so the next run scores what changed, and a run that "
    "was stopped goes on where it was. Exit codes: 0 fine; 1 a draft did not pass --min-score or --fail-on; "
    "2 wrong usage, or a file that could not be read or written; 130 interrupted. Rows that cannot be read are told "
    "and go to the rejects; they do not change the code.",
)
def batch(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH...", help="Files and folders.", show_default=False)
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to",
            help="Write to this file, by its ending: .csv .jsonl .parquet .xlsx .md .html; or to FOLDER/, a Parquet "
            "file for each table. May be repeated.",
            metavar="FILE",
        ),
    ] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", help="Which column holds a field, such as text=Body.", metavar="FIELD=COLUMN"),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be read, and score nothing.")
    ] = False,
    show_text: Annotated[
        bool, typer.Option("--show-text", help="With --dry-run: show the beginning of the first texts, too.")
    ] = False,
    rejects: Annotated[
        Path | None,
        typer.Option(
            "--rejects",
            help="Where rows that can't be read go, as JSON Lines; unless given, beside the first --to.",
            metavar="FILE",
        ),
    ] = None,
    sort: Annotated[
        str, typer.Option("--sort", help=f"Order of the output: {', '.join(ORDERS)}.", metavar="ORDER")
    ] = "library",
    min_score: options.MinScore = None,
    fail_on: options.FailOn = None,
    jobs: Jobs = 1,
    cluster: Annotated[
        str | None,
        typer.Option("--cluster", help="Score on the Dask cluster of this scheduler.", metavar="ADDRESS"),
    ] = None,
    cache: Annotated[
        Path | None, typer.Option("--cache", help="Keep reports in this file.", metavar="FILE")
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Keep no reports beyond this run.")] = False,
    renderings: Renderings = 8,
    channel: options.Channel = None,
    stage: options.Stage = None,
    purpose: options.Purpose = None,
    account: options.Account = None,
    kind: options.Kind = None,
    sender: options.From = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    config_file: options.ConfigFile = None,
    no_config: options.NoConfig = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")] = False,
) -> None:
    """Score the drafts of a library, write them as asked, and sum up."""
    from scorer.cli.score import gate_of
    from scorer.library.batch import runner_for, score_library
    from scorer.library.columns import parse_map
    from scorer.library.outputs import PARTS, Whole, target, write_output
    from scorer.library.sources import read_sources
    from scorer.library.stored import Store, maker_of
    from scorer.library.summary import lines, summarise

    options.checked_choice("--fail-on", fail_on, options.FAIL_ON)
    options.checked_choice("--sort", sort, ORDERS)
    if not paths:
        raise InputError("no library given; name files or folders")
    if "-" in paths:
        raise InputError("a library is not read from standard input; name its files or folders")
    if cache is not None and no_cache:
        raise InputError("--cache and --no-cache exclude each other")
    targets = [target(words) for words in to or ()]
    told = parse_map(mapped or ())
    config = options.settings(
        config_file=config_file, no_config=no_config, select=select, ignore=ignore,
        min_score=min_score, fail_on=fail_on,
    )  # fmt: skip
    context = options.draft_context(
        channel=channel, stage=stage, purpose=purpose, account=account, kind=kind, sender=sender
    )
    complete = partial(options.as_draft, context=context, config=config)
    files = [path for name, path in targets if name != PARTS]
    written = files + [path for path in (rejects or _beside(targets),) if path]
    _spare(paths, written)
    _try(written)
    _apart(paths, [path for name, path in targets if name == PARTS])
    sources = partial(
        read_sources, paths, complete, told=told, skip={os.path.abspath(path) for path in written}
    )
    if dry_run:
        raise typer.Exit(_preview(paths, told, sources, show_text=show_text))

    scorer = options.load_scorer(config)
    maker = maker_of(scorer.versions, config, renderings)
    store = Store(None if no_cache else str(cache or _cache_file()), maker)
    rejected: list[ScorerError] = []
    try:
        others = store.drop_others()
        if others:
            _say(f"the cache holds {others} reports of other versions or settings; they are made anew")
        watch = sys.stderr.isatty() and not quiet
        with (
            runner_for(config, scorer, renderings=renderings, n_jobs=jobs, cluster=cluster) as runner,
            _progress(sources if watch else None) as progress,
        ):
            score_library(sources(note=_say), store, runner, rejected=rejected.append, progress=progress)
        unreadable = _reject(rejected, rejects or _beside(targets))
        if not len(store):
            raise InputError("nothing to score in the library")
        gate = partial(gate_of, config=config)
        failed = 0

        def counted() -> Iterator[Scored]:
            nonlocal failed
            for item in store.items("library"):
                failed += gate(item.report) is not None
                yield item

        summary = summarise(counted())
        whole = Whole(store, summary, sort, gate, _clusters(store, targets))
        for name, path in targets:
            write_output(name, path, whole)
        if not quiet:
            for line in lines(summary):
                print(printable(line))
        if failed:
            _say(f"{failed} of {len(store)} drafts do not pass")
    finally:
        store.close()
    if unreadable:
        raise typer.Exit(UNREADABLE)
    raise typer.Exit(1 if failed else 0)


def _say(words: str) -> None:
    print(f"score-draft: {words}", file=sys.stderr)


def _cache_file() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(base) / "score-draft" / "reports.sqlite"


def _beside(targets: Sequence[tuple[str, Path]]) -> Path | None:
    first = next((path for _, path in targets if not path.exists() or path.is_file() or path.is_dir()), None)
    return None if first is None else first.with_name(f"{first.stem}.rejects.jsonl")


def _reject(errors: Sequence[ScorerError], path: Path | None) -> int:
    """Hand on what could not be read; return how many files are among it."""
    from scorer.library.outputs import replacing
    from scorer.library.rows import RowError

    rows = [error for error in errors if isinstance(error, RowError)]
    whole = [error for error in errors if not isinstance(error, RowError)]
    for error in [*whole, *rows[:_SHOWN]]:
        _say(str(error))
    if len(rows) > _SHOWN:
        _say(f"and {len(rows) - _SHOWN} more rows")
    if path is None:
        if rows:
            _say(f"{len(rows)} rows left out; with --rejects FILE they are written there")
    elif rows:
        with replacing(path) as file:
            for row in rows:
                place = row.place
                made = {"path": place.path, "sheet": place.sheet, "row": place.row, "reason": row.reason}
                words = json.dumps({**made, "cells": row.cells}, ensure_ascii=False, default=str)
                file.write((words + "\n").encode("utf-8", "replace"))
        _say(f"{len(rows)} rows left out, with their reasons in {path}")
    elif path.is_file() and _holds_rejects(path):
        path.unlink()  # those of an earlier run
    return len(whole)


def _holds_rejects(path: Path) -> bool:
    """Tell whether a file of an earlier run stands there, and not somebody else's."""
    try:
        with path.open(encoding="utf-8") as file:
            first = json.loads(file.readline(1 << 22))
    except (OSError, ValueError):
        return False
    return isinstance(first, dict) and {"path", "row", "reason", "cells"} <= first.keys()


def _spare(paths: Sequence[str], written: Sequence[Path]) -> None:
    """Refuse to write over a file of the library."""
    from scorer.library.sources import holds_drafts

    for out in filter(Path.exists, written):
        for path in paths:
            if not os.path.exists(path):
                continue
            given = os.path.isfile(path) and os.path.samefile(path, out)
            within = os.path.isdir(path) and Path(path).resolve() in out.resolve().parents
            if given or (within and holds_drafts(str(out))):
                raise InputError(f"{out}: is in the library and would be written over; name another file")


def _apart(paths: Sequence[str], folders: Sequence[Path]) -> None:
    """Refuse a folder for parts that is the library or holds some of it: tables would be written over."""
    for folder in folders:
        if folder.exists() and not folder.is_dir():
            raise InputError(f"{folder}: is a file; name a folder for the parts")
        for path in map(Path, paths):
            if path.resolve() == folder.resolve() or folder.resolve() in path.resolve().parents:
                raise InputError(f"{folder}: holds the library; name another folder for the parts")


def _try(written: Sequence[Path]) -> None:
    """Refuse what cannot be written before hours of scoring."""
    for out in written:
        folder = out.resolve().parent
        if out.is_dir():
            raise InputError(f"{out}: is a folder; name a file")
        if not folder.is_dir():
            raise InputError(f"{out}: cannot be written: there is no such folder; make it first")
        if not os.access(out if out.exists() and not out.is_file() else folder, os.W_OK):
            raise InputError(f"{out}: cannot be written: no permission")


def _clusters(store: Store, targets: Sequence[tuple[str, Path]]) -> Sequence[Cluster] | None:
    if not any(name == "html" for name, _ in targets) or len(store) > _MOST_COMPARED:
        return None
    from scorer.library.sameness import find_clusters

    return find_clusters(store.drafts())


def _preview(
    paths: Sequence[str],
    told: Mapping[str, str],
    sources: Callable[..., Iterator[Source | ScorerError]],
    *,
    show_text: bool,
) -> int:
    """Print what would be read; return the exit code."""
    from itertools import islice

    from scorer.library.rows import RowError, open_tables
    from scorer.library.sources import tables_at

    for path in tables_at(paths):
        try:
            tables = list(open_tables(path, told))
        except ScorerError:
            continue  # said below, with its place
        for table, columns in tables:
            written = f", {table.encoding}" if table.encoding else ""
            sheet = f"[{table.sheet}]" if table.sheet else ""
            print(printable(f"{path}{sheet}{written}"))
            for what, column in columns.fields.items():
                print(printable(f"  {what:<22} {column}"))
            for title, names in (("kept along", columns.kept), ("not used", columns.unused)):
                if names:
                    print(printable(f"  {title:<22} {', '.join(names)}"))
    drafts = templates = 0
    errors: list[ScorerError] = []
    first: list[Source] = []
    notes: list[str] = []
    for source in sources(note=notes.append):
        if isinstance(source, ScorerError):
            errors.append(source)
            continue
        drafts += 1
        templates += source.draft.kind == "template"
        if len(first) < _SHOWN:
            first.append(source)
    for line in notes:
        print(printable(line))
    rows = sum(isinstance(error, RowError) for error in errors)
    print(f"{drafts} drafts; {rows} rows and {len(errors) - rows} files can't be read")
    for source in first:
        words = f": {' '.join(source.draft.text.split())[:60]}" if show_text else ""
        print(printable(f"  {source.name}{words}"))
    for error in islice(errors, 2 * _SHOWN):
        _say(str(error))
    return UNREADABLE if len(errors) > rows or not drafts else 0


@contextmanager
def _progress(
    sources: Callable[[], Iterator[Source | ScorerError]] | None,
) -> Iterator[Callable[[int, bool], None]]:
    """Give what counts drafts: a bar with the time left on standard error, or nothing."""
    if sources is None:
        yield lambda number, new: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    total = sum(not isinstance(source, ScorerError) for source in sources())
    bar = Progress(
        TextColumn("Scoring"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        TextColumn("{task.fields[kept]}"), console=console, transient=True,
    )  # fmt: skip
    kept = 0
    with bar:
        task: Any = bar.add_task("", total=total, kept="")

        def advance(number: int, new: bool) -> None:
            nonlocal kept
            kept += 0 if new else number
            bar.update(task, advance=number, kept=f"{kept} from the cache" if kept else "")

        yield advance
