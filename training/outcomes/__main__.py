"""``python -m training.outcomes --corpora PATH``: proof of the trainer; writes RESULTS.md beside this."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from training.outcomes import simulations
from training.outcomes.public import Result, borrow, headlines, pizza

HERE = Path(__file__).parent
TASKS = {"pizza": pizza, "borrow": borrow, "headlines": headlines}
PARTS = ("public", "simulated")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training.outcomes", description=__doc__)
    parser.add_argument(
        "--corpora", type=Path, required=True, help="folder with raop, goodfaith_requests, upworthy_ab"
    )
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "score-draft-outcomes")
    parser.add_argument(
        "--only", choices=(*TASKS, *PARTS), action="append", help="print only this; writes nothing"
    )
    parser.add_argument("--runs", type=int, default=400, help="simulated worlds for each line")
    args = parser.parse_args()
    wanted = set(args.only or PARTS)
    lines = [*_public(args, wanted), *_simulated(args, wanted)]
    text = "\n".join(lines) + "\n"
    print(text)
    if args.only is None:
        head = (HERE / "results_head.md").read_text(encoding="utf-8")
        (HERE / "RESULTS.md").write_text(f"{head}\n{text}", encoding="utf-8")
    return 0


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _public(args: argparse.Namespace, wanted: set[str]) -> Iterator[str]:
    tasks = [task for name, task in TASKS.items() if {name, "public"} & wanted]
    if not tasks:
        return
    yield "## Public data\n"
    yield "| task | from | held-out training rows | test split | standard error | goal | known |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | --- |"
    for task in tasks:
        yield from map(_row, task(args.corpora, args.cache, _say))


def _row(result: Result) -> str:
    test = "no split" if result.test is None else f"{result.test:.3f}"
    figure = result.training if result.test is None else result.test
    goal = (
        "" if result.goal is None else f"{result.goal:.2f} {'met' if figure >= result.goal else '**missed**'}"
    )
    return (
        f"| {result.task} | {result.what} | {result.training:.3f} | {test} | {result.error:.3f} | {goal} | "
        f"{result.known} |"
    )


def _simulated(args: argparse.Namespace, wanted: set[str]) -> Iterator[str]:
    if "simulated" not in wanted:
        return
    parts = (
        ("Effects of traits", simulations.effects(args.runs, _say)),
        ("Estimates for templates never seen", simulations.intervals(max(20, args.runs // 4), _say)),
        ("How little is too little", simulations.minimum(max(20, args.runs // 4), _say)),
        ("Trials looked at after every block", simulations.trials(5 * args.runs, _say)),
        ("Plans", simulations.plans()),
    )
    for title, rows in parts:
        yield f"\n## {title}\n"
        yield from rows


if __name__ == "__main__":
    raise SystemExit(main())
