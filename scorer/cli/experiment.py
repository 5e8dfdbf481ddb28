"""``score-draft experiment``: plan a trial of message variants, run it, and read it whenever one likes."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scorer.cli import context as options
from scorer.cli.streams import write
from scorer.drafts import read_draft
from scorer.errors import InputError

if TYPE_CHECKING:
    from scorer.outcomes.experiment import Experiment

RESULTS = ("replied", "no")
app = typer.Typer(
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    help="Plan, run and read a trial of message variants.",
)
Base = Annotated[
    str,
    typer.Option("--base", help="The reply rate so far: 10% or 0.10.", metavar="RATE", show_default=False),
]
Wish = Annotated[
    str,
    typer.Option(
        "--wish", help="The rate that would be worth a change: 15%.", metavar="RATE", show_default=False
    ),
]
File = Annotated[Path, typer.Argument(metavar="FILE", help="The experiment's file, as `start` wrote it.")]
Alpha = Annotated[
    float, typer.Option("--alpha", help="Chance of any false winner, over all readings.", metavar="SHARE")
]


@app.command(help="Tell how many messages it takes to find a wished-for reply rate.")
def plan(
    base: Base,
    wish: Wish,
    variants: Annotated[int, typer.Option("--variants", help="How many variants.", metavar="NUMBER")] = 2,
    alpha: Alpha = 0.05,
    power: Annotated[
        float, typer.Option("--power", help="Chance to find the difference if it is there.", metavar="SHARE")
    ] = 0.8,
    per_week: Annotated[
        float | None,
        typer.Option(
            "--per-week", help="Messages you send a week; tells how long it takes.", metavar="NUMBER"
        ),
    ] = None,
    format_name: options.TextOrJson = "text",
) -> None:
    """Print sample sizes."""
    from scorer.outcomes.trial import duration, sample_size

    options.checked_choice("--format", format_name, ("text", "json"))
    if not 2 <= variants <= 26:
        raise InputError("--variants must be 2 to 26")
    if not 0 < alpha <= 0.2 or not 0.5 <= power < 1:
        raise InputError("--alpha must lie between 0 and 0.2, --power between 0.5 and 1")
    if per_week is not None and per_week <= 0:
        raise InputError("--per-week must be more than 0")
    low, high = rate(base, "--base"), rate(wish, "--wish")
    pairs = variants * (variants - 1) // 2
    fixed = sample_size(low, high, alpha=alpha / pairs, power=power)
    lasts = duration(low, high, alpha=alpha / pairs, power=power)
    if format_name == "json":
        data = {
            "base": low, "wish": high, "variants": variants, "alpha": alpha, "power": power,
            "per_variant": fixed, "always_valid_per_variant": lasts.for_power,
            "always_valid_median_per_variant": lasts.median,
        }  # fmt: skip
        write([json.dumps(data, indent=2) + "\n"], None)
        return
    pace = "" if per_week is None else f", {lasts.for_power * variants / per_week:,.0f} weeks at your pace"
    lines = [
        f"to find {high:.1%} where it was {low:.1%} ({power:.0%} power, {alpha:.0%} false winners"
        + (f", shared out over {pairs} comparisons):" if pairs > 1 else "):"),
        f"  one look at the end:     {fixed:>8,} messages per variant, {fixed * variants:,} in all",
        f"  looking as you like:     {lasts.for_power:>8,} per variant, {lasts.for_power * variants:,} in "
        f"all{pace}",
        f"    half of such trials end by {lasts.median:,} per variant, because a clear winner shows early",
        f"next: score-draft experiment start trial.jsonl --variant a.txt --variant b.txt --base {base} "
        f"--wish {wish}",
    ]
    write((line + "\n" for line in lines), None)


@app.command(
    help="Begin an experiment: write its file and print who gets which variant.",
    epilog="People are stored as keyed hashes; the list that is printed is the only one with names. Variants come in "
    "blocks, each once in random order, so they stay even; send in the order of the list.",
)
def start(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The experiment's file to write.")],
    variant: Annotated[
        list[str],
        typer.Option("--variant", help="A variant's name or text file; give two or more.", metavar="NAME"),
    ],
    base: Base,
    wish: Wish,
    people: Annotated[
        Path | None,
        typer.Option(
            "--people", help="Text file with one person (name or profile address) a line.", metavar="FILE"
        ),
    ] = None,
    count: Annotated[
        int | None,
        typer.Option("--count", help="Number of messages, where no people are given.", metavar="NUMBER"),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", help="Decides the order; random without.", metavar="NUMBER")
    ] = None,
    alpha: Alpha = 0.05,
    denominator: Annotated[
        str, typer.Option("--denominator", help="What counts as a try.", metavar="NAME")
    ] = "sent",
    output: options.Output = None,
) -> None:
    """Begin an experiment."""
    import csv
    import io
    import secrets
    from datetime import UTC, datetime

    from scorer.outcomes.experiment import Plan, text_hash
    from scorer.outcomes.experiment import start as begin
    from scorer.outcomes.outcome import Denominator
    from scorer.outcomes.people import Hasher
    from scorer.outcomes.trial import duration

    options.checked_choice("--denominator", denominator, tuple(Denominator))
    low, high = rate(base, "--base"), rate(wish, "--wish")
    if people is not None and count is not None:
        raise InputError("--people and --count exclude each other; give one of them")
    texts, names = [], []
    if len(variant) < 2:
        raise InputError("an experiment needs two or more variants; give --variant once for each")
    for given in variant:
        path = Path(given)
        if path.is_file():
            texts.append(text_hash(read_draft(given).values["text"]))
        names.append(path.stem if path.is_file() else given)
    if texts and len(texts) != len(names):
        raise InputError("some variants are text files and some are not; give files for all or for none")
    if len(set(texts)) != len(texts):
        raise InputError("two variants hold the same text")
    listed = _people(people) if people is not None else []
    pairs = len(names) * (len(names) - 1) // 2
    hasher = Hasher.beside(file)
    places = len(listed) or count or len(names) * duration(low, high, alpha=alpha / pairs).for_power
    made = Plan(
        variants=tuple(names), base=low, wish=high, alpha=alpha, places=places,
        seed=secrets.randbits(48) if seed is None else seed, denominator=Denominator(denominator),
        started=datetime.now(UTC).isoformat(timespec="seconds"),
        people=tuple(_hash(hasher, person) for person in listed), texts=tuple(texts),
    )  # fmt: skip
    begin(file, made)
    if listed:
        hasher.keep(file)
    if places < (enough := len(names) * duration(low, high, alpha=alpha / pairs).for_power):
        print(f"score-draft: {places:,} messages are few; it takes about {enough:,}", file=sys.stderr)
    buffer = io.StringIO()
    sheet = csv.writer(buffer, lineterminator="\n")
    sheet.writerow(["message", "variant", *(["person"] if listed else [])])
    for place in range(places):
        sheet.writerow(
            [place + 1, names[made.variant_of(place)], *([_neutral(listed[place])] if listed else [])]
        )
    write([buffer.getvalue()], output)
    print(
        f"{file}: {places:,} messages planned; next: score-draft experiment record {file} replied 1",
        file=sys.stderr,
    )


@app.command(
    help="Note outcomes: replied or no, for messages by number or person.",
    epilog="Note a `no` only when your window has passed for it, and wait as long for every variant. --rest-up-to N "
    "notes all messages up to number N that have no outcome yet.",
)
def record(
    file: File,
    result: Annotated[
        str | None, typer.Argument(metavar="RESULT", help="replied or no.", show_default=False)
    ] = None,
    who: Annotated[
        list[str] | None,
        typer.Argument(metavar="WHO...", help="Numbers, ranges such as 3-9, or people.", show_default=False),
    ] = None,
    table: Annotated[
        Path | None,
        typer.Option("--from", help="Take outcomes of its people from this outcome table.", metavar="TABLE"),
    ] = None,
    rest_up_to: Annotated[
        int | None,
        typer.Option("--rest-up-to", help="All up to this number without an outcome.", metavar="NUMBER"),
    ] = None,
) -> None:
    """Note outcomes."""
    from scorer.outcomes.experiment import load
    from scorer.outcomes.experiment import record as note

    before = load(file)
    if table is not None:
        if result is not None or rest_up_to is not None:
            raise InputError("--from takes the place of a result and numbers; leave them out")
        _noted(*note(file, _from_table(table, before)))
        return
    options.checked_choice("RESULT", result, RESULTS)
    if result is None or not (who or rest_up_to is not None):
        raise InputError("say replied or no, and which messages: numbers, people, or --rest-up-to NUMBER")
    places = _places(who or (), before, file)
    if rest_up_to is not None:
        if not 1 <= rest_up_to <= before.plan.places:
            raise InputError(f"--rest-up-to must be 1 to {before.plan.places}")
        places += [place for place in range(rest_up_to) if place not in before.outcomes]
    _noted(*note(file, dict.fromkeys(places, result == "replied")))


def _noted(after: Experiment, changed: int) -> None:
    print(f"noted {changed:,}; {len(after.outcomes):,} of {after.plan.places:,} messages have an outcome")


def _from_table(path: Path, experiment: Experiment) -> dict[int, bool]:
    """Return what the table knows of the experiment's people: of their first message after its start."""
    from datetime import datetime

    from scorer.outcomes.table import OutcomeTable

    plan = experiment.plan
    if not plan.people:
        raise InputError("this experiment was started without --people, so nobody can be found in a table")
    by_hash = {person: place for place, person in enumerate(plan.people)}
    begun = datetime.fromisoformat(plan.started)
    found: dict[int, bool] = {}
    rows = [row for row in OutcomeTable.load(path) if row.sent_at is not None and row.sent_at >= begun]
    for row in sorted(rows, key=lambda row: row.sent_at or begun):
        place = next((by_hash[name] for name in (row.recipient, *row.aliases) if name in by_hash), None)
        if place is not None and row.replied is not None and row.denominator is plan.denominator:
            found.setdefault(place, row.replied)
    if not found:
        raise InputError(
            f"{path}: knows no outcome of this experiment's people after its start; is it in the "
            "experiment's folder, and has the window passed?"
        )
    return found


@app.command(
    help="Say what the experiment shows; may be asked as often as one likes.",
    epilog="The verdict stays valid however often you look and whenever you stop. Rates are drawn towards each other "
    "as far as the variants look alike, so the best one's is not the luckiest one's.",
)
def read(file: File, format_name: options.TextOrJson = "text", output: options.Output = None) -> None:
    """Read an experiment."""
    from scorer.outcomes.experiment import load
    from scorer.outcomes.experiment_text import as_dict, lines

    options.checked_choice("--format", format_name, ("text", "json"))
    experiment = load(file)
    if format_name == "json":
        write([json.dumps(as_dict(experiment), ensure_ascii=False, indent=2) + "\n"], output)
    else:
        write((line + "\n" for line in lines(experiment)), output)


def rate(given: str, option: str) -> float:
    """Return the share in words such as ``10%``, ``10 %`` or ``0.1``.

    Raises
    ------
    InputError
        It is none, or not between 0 and 1.
    """
    words = given.strip()
    try:
        value = float(words.removesuffix("%")) / (100 if words.endswith("%") else 1)
    except ValueError:
        value = -1.0
    if not 0 < value < 1:
        raise InputError(f"{option} must be a share between 0 and 1, such as 10% or 0.10")
    return value


def _people(path: Path) -> list[str]:
    file = read_draft(str(path))
    listed = [line.strip() for line in file.values["text"].splitlines() if line.strip()]
    if not listed:
        raise InputError(f"{path}: names nobody; write one person a line")
    return listed


def _hash(hasher: Any, person: str) -> str:
    from scorer.outcomes.people import name_key, profile_key

    address = "/" in person or "@" in person
    key = (profile_key(person) if address else None) or name_key(person) or person
    return str(hasher.person(key))


def _neutral(person: str) -> object:
    from scorer.output.csv_format import neutral

    return neutral(person)


def _places(who: Sequence[str], experiment: Experiment, file: Path) -> list[int]:
    """Return the places that numbers, ranges and people name."""
    import re

    from scorer.outcomes.people import Hasher

    by_hash = {person: place for place, person in enumerate(experiment.plan.people)}
    hasher = Hasher.beside(file) if by_hash else None
    places: list[int] = []
    for given in who:
        if found := re.fullmatch(r"(\d+)(?:-(\d+))?", given):
            first, last = int(found[1]), int(found[2] or found[1])
            if not 1 <= first <= last <= experiment.plan.places:
                raise InputError(
                    f"there is no such message; this experiment has 1 to {experiment.plan.places}"
                )
            places += range(first - 1, last)
        elif hasher is not None and (place := by_hash.get(_hash(hasher, given))) is not None:
            places.append(place)
        else:
            raise InputError("a person given is not in this experiment; give the number from its list")
    return places
