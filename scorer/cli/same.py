"""``score-draft same``: what a library holds twice."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scorer.cli import context as options
from scorer.cli.check import UNREADABLE, Library, Map, report_unreadable
from scorer.cli.streams import style_of, write
from scorer.errors import InputError, ScorerError
from scorer.output.cells import printable

if TYPE_CHECKING:
    from scorer.library.sameness import Cluster
    from scorer.library.sources import Source
    from scorer.output import Style

FORMATS = ("text", "json", "jsonl", "csv")
KINDS = ("exact", "near", "formula", "repeat", "opener", "closer")
TITLES = {
    "exact": "Exact copies",
    "near": "Near copies",
    "formula": "One formula, other fillings",
    "repeat": "Follow-ups that repeat the first message",
    "opener": "The same opener",
    "closer": "The same closer",
}
_SHOWN_WORDS, _SHOWN_MEMBERS = 40, 12

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(
    help="Find what a library holds twice: copies, near copies, formulas, repeats, shared openers and closers.",
    epilog="In the words shown, … stands for what differs and □ for a placeholder.",
)
def same(
    paths: Library = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            help=f"Only these kinds: {', '.join(KINDS)}.",
            metavar="NAMES",
            autocompletion=options.completion(KINDS),
        ),
    ] = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option("--fail-on", help="Exit with 1 when these kinds are found.", metavar="KINDS"),
    ] = None,
    format_name: Annotated[
        str,
        options.format_option(FORMATS),
    ] = "text",
    output: options.Output = None,
    columns: Map = None,
    every: Annotated[
        bool, typer.Option("--all", help="Name all drafts of each cluster, not the first few.")
    ] = False,
    color: options.Color = "auto",
) -> None:
    """Print the clusters of a library."""
    from scorer.library.columns import parse_map
    from scorer.library.sameness import find_clusters
    from scorer.library.sources import Source, read_sources

    options.checked_choice("--color", color, ("auto", "always", "never"))
    options.checked_choice("--format", format_name, FORMATS)
    wanted, failing = _kinds("--kind", kind) or KINDS, _kinds("--fail-on", fail_on)
    if not paths:
        raise InputError("nothing to compare; name files or folders")
    config = options.settings(config_file=None, no_config=False)
    complete = partial(options.as_draft, context={}, config=config)
    unreadable: list[ScorerError] = []
    sources: list[Source] = []
    notes: list[str] = []
    for each in read_sources(paths, complete, told=parse_map(columns or ()), note=notes.append):
        (sources if isinstance(each, Source) else unreadable).append(each)  # type: ignore[arg-type]
    clusters = [c for c in find_clusters(source.draft for source in sources) if c.kind in wanted]
    style = style_of(sys.stdout, color if output is None or color == "always" else "never")
    if format_name == "text":
        write(_text(clusters, sources, style, every=every), output)
    elif format_name == "csv":
        write(_csv(clusters, sources), output)
    else:
        rows = [_as_dict(cluster, sources) for cluster in clusters]
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
        whole = [json.dumps({"drafts": len(sources), "clusters": rows}, ensure_ascii=False, indent=2) + "\n"]
        write(lines if format_name == "jsonl" else whole, output)
    report_unreadable([*notes, *unreadable])
    if unreadable:
        raise typer.Exit(UNREADABLE)
    raise typer.Exit(1 if failing and any(c.kind in failing for c in clusters) else 0)


def _kinds(option: str, given: Sequence[str] | None) -> tuple[str, ...] | None:
    names = [name for value in given or () for name in value.replace(",", " ").split()]
    for name in names:
        options.checked_choice(option, name, KINDS)
    return tuple(names) or None


def _text(
    clusters: Sequence[Cluster], sources: Sequence[Source], style: Style, *, every: bool
) -> Iterator[str]:
    def pen(words: str, code: str) -> str:
        return f"\x1b[{code}m{words}\x1b[0m" if style.colour else words

    for kind, group in groupby(clusters, key=lambda cluster: cluster.kind):
        found = list(group)
        yield f"{pen(f'{TITLES[kind]} ({len(found)})', '1')}\n{found[0].advice}\n\n"
        for cluster in found:
            words = cluster.shared.split()
            shown = " ".join(words[:_SHOWN_WORDS]) + (" …" if len(words) > _SHOWN_WORDS else "")
            alike = (
                "" if kind in ("exact", "opener", "closer") else f", {cluster.similarity:.0%} alike at least"
            )
            number = len(cluster.members)
            yield (
                pen(f"  {number} draft{'' if number == 1 else 's'}{alike}: “{printable(shown)}”", "36") + "\n"
            )
            members = cluster.members if every else cluster.members[:_SHOWN_MEMBERS]
            yield from (f"    {printable(sources[at].name)}\n" for at in members)
            if len(members) < number:
                yield f"    and {number - len(members)} more\n"
        yield "\n"
    together = len({at for cluster in clusters for at in cluster.members})
    if clusters:
        number = len(clusters)
        yield f"{together} of {len(sources)} drafts in {number} cluster{'' if number == 1 else 's'}.\n"
    else:
        yield f"Nothing stands twice in {len(sources)} draft{'' if len(sources) == 1 else 's'}.\n"


def _as_dict(cluster: Cluster, sources: Sequence[Source]) -> dict[str, Any]:
    members = [
        {"path": source.path, "sheet": source.sheet, "row": source.row, "id": source.key}
        for source in (sources[at] for at in cluster.members)
    ]
    return {
        "kind": cluster.kind,
        "similarity": cluster.similarity,
        "shared": cluster.shared,
        "advice": cluster.advice,
        "members": members,
    }


def _csv(clusters: Sequence[Cluster], sources: Sequence[Source]) -> Iterator[str]:
    """Yield a row for each member of each cluster."""
    from scorer.output.csv_format import line

    yield line(("cluster", "kind", "similarity", "path", "sheet", "row", "id", "shared"))
    for number, cluster in enumerate(clusters, 1):
        for source in (sources[at] for at in cluster.members):
            yield line(
                (
                    number,
                    cluster.kind,
                    cluster.similarity,
                    source.path,
                    source.sheet,
                    source.row,
                    source.key,
                    cluster.shared,
                )
            )
