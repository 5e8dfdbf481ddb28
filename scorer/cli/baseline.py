"""``score-draft baseline``: what was wrong already, so that the gate judges what is new."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scorer.cli import context as options
from scorer.cli.check import UNREADABLE, Jobs, Library, Map, Renderings, judged_library, report_unreadable
from scorer.cli.streams import write as write_out

if TYPE_CHECKING:
    from scorer.errors import ScorerError
    from scorer.library.baseline import Baseline

File = Annotated[Path, typer.Option("--baseline", "-b", help="The baseline.", metavar="FILE")]
DEFAULT = Path(".score-draft-baseline.json")

app = typer.Typer(
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    help="Keep what is wrong already, so that `score-draft check --baseline` judges only what is new.",
)


@app.command(help="Write a baseline that knows every finding and score of a library.")
def write(
    paths: Library = None,
    baseline: File = DEFAULT,
    channel: options.Channel = None,
    account: options.Account = None,
    kind: options.Kind = None,
    jobs: Jobs = 1,
    renderings: Renderings = 8,
    columns: Map = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    config_file: options.ConfigFile = None,
    no_config: options.NoConfig = False,
) -> None:
    """Judge a library and keep what was found."""
    from scorer.library.baseline import Baseline

    config = options.settings(config_file=config_file, no_config=no_config, select=select, ignore=ignore)
    context = options.draft_context(channel=channel, account=account, kind=kind)
    judged, unreadable = judged_library(
        paths, config, context, jobs=jobs, renderings=renderings, columns=columns
    )
    versions = judged[0].report.versions if judged else None
    made = Baseline.of(judged, baseline.absolute().parent, versions)
    _finish(made, baseline, unreadable)


@app.command(
    help="Drop what is fixed or gone from a baseline and take better scores over; lets nothing new in."
)
def prune(
    paths: Library = None,
    baseline: File = DEFAULT,
    channel: options.Channel = None,
    account: options.Account = None,
    kind: options.Kind = None,
    jobs: Jobs = 1,
    renderings: Renderings = 8,
    columns: Map = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    config_file: options.ConfigFile = None,
    no_config: options.NoConfig = False,
) -> None:
    """Judge a library and take out of the baseline what is not found any more."""
    from scorer.library.baseline import Baseline
    from scorer.library.check import codes_run

    known = Baseline.read(baseline)
    config = options.settings(config_file=config_file, no_config=no_config, select=select, ignore=ignore)
    context = options.draft_context(channel=channel, account=account, kind=kind)
    judged, unreadable = judged_library(
        paths, config, context, jobs=jobs, renderings=renderings, columns=columns, known=known
    )
    comparison = known.compare(judged, codes_run(judged, config))
    for stale in comparison.stale:
        write_out([f"dropped {stale.words}\n"], None)
    _finish(known.pruned(judged, comparison), baseline, unreadable)


@app.command(help="Show what a baseline holds.")
def show(baseline: File = DEFAULT) -> None:
    """Print the figures of a baseline and its findings by rule."""
    from collections import Counter

    from scorer.library.baseline import Baseline

    known = Baseline.read(baseline)
    write_out([f"{line}\n" for line in _told(known, baseline)], None)
    codes: Counter[str] = Counter()
    for entry in known.entries:
        for key, number in entry.findings.items():
            codes[key.partition(":")[0]] += number
    write_out(
        (f"{number:>7}  {code}\n" for code, number in sorted(codes.items(), key=lambda c: (-c[1], c[0]))),
        None,
    )


def _finish(made: Baseline, path: Path, unreadable: list[ScorerError]) -> None:
    """Write the baseline, unless a draft could not be read: it would be missing from it."""
    report_unreadable(unreadable)
    if unreadable:
        raise typer.Exit(UNREADABLE)
    made.write(path)
    write_out([f"{line}\n" for line in _told(made, path)], None)


def _told(known: Baseline, path: Path) -> list[str]:
    from scorer.library.baseline import library_score

    findings = sum(sum(entry.findings.values()) for entry in known.entries)
    score = library_score(entry.score for entry in known.entries)
    drafts = f"{len(known.entries)} draft{'' if len(known.entries) == 1 else 's'}"
    lines = [f"{path}: {drafts}, {findings} finding{'' if findings == 1 else 's'}"]
    if score["mean"] is not None:
        lines.append(
            f"library score: mean {score['mean']:.1f}, median {score['median']:.1f}, of {score['scored']} drafts"
        )
    return lines
