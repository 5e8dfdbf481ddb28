"""``python -m training.behaviour``: measure every case, write the table."""

from __future__ import annotations

import argparse
import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from scorer import Draft, Scorer
from training.behaviour.cases import Expected, cases, swaps

ROOT = Path(__file__).resolve().parents[2]
_SWAPS = {
    "first": "first name (36, by perceived race and gender)",
    "last": "surname (100, many countries)",
    "companies": "company (20)",
    "schools": "school (20)",
}


def scores(scorer: Scorer, drafts: Sequence[Draft]) -> list[float]:
    """Return the scores of drafts that none is refused of."""
    reports = scorer.score_many(drafts, suggestions=False)
    return [report.score if report.score is not None else float("nan") for report in reports]


def held(expected: Expected, change: float) -> bool:
    """Tell whether a change of the score, in points, is the one expected."""
    match expected:
        case Expected.LOWER:
            return change < 0
        case Expected.HIGHER:
            return change > 0
        case Expected.NOT_HIGHER:
            return change < 0.05
        case Expected.SAME:
            return abs(change) <= 1.0


def directions(scorer: Scorer) -> Iterable[str]:
    """Yield the table of single changes, worst first within each kind."""
    rows: dict[tuple[Expected, str], list[tuple[float, int]]] = defaultdict(list)
    every = list(cases())
    before = dict(zip([c.draft for c in every], scores(scorer, [c.before for c in every]), strict=True))
    for case, after in zip(every, scores(scorer, [c.after for c in every]), strict=True):
        rows[case.expected, case.test].append((after - before[case.draft], case.draft))
    for (expected, test), found in sorted(rows.items()):
        changes = [change for change, _ in found]
        broken = [number for change, number in found if not held(expected, change)]
        yield (
            f"| {test} | {expected} | {len(found)} | {len(found) - len(broken)} | {statistics.mean(changes):+.2f} | "
            f"{min(changes):+.2f} | {max(changes):+.2f} | {', '.join(map(str, broken)) or '-'} |"
        )


def invariance(scorer: Scorer) -> Iterable[str]:
    """Yield the table of swapped names: distance of each variant from the middle of its draft's variants."""
    for kind, title in _SWAPS.items():
        moves: list[float] = []
        n_drafts = 0
        for _, variants in swaps(kind):
            values = scores(scorer, variants)
            middle = statistics.median(values)
            moves += [abs(value - middle) for value in values]
            n_drafts += 1
        yield (
            f"| {title} | {n_drafts} | {len(moves)} | {statistics.mean(moves):.3f} | {max(moves):.2f} | "
            f"{sum(move > 1 for move in moves)} |"
        )


def table(scorer: Scorer) -> str:
    """Return both tables as Markdown."""
    return "\n".join(
        [
            "# Behaviour of the score",
            "",
            "Made by `python -m training.behaviour`: hand-written drafts (training/behaviour/drafts.toml), each changed in one way.",
            "Points are of 100; `broken` names the drafts whose score did not move as expected.",
            "",
            "| change | score must be | cases | held | mean | smallest | largest | broken |",
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
            *directions(scorer),
            "",
            "| swapped | drafts | variants | mean distance from the middle | largest | over 1 point |",
            "| --- | --- | --- | --- | --- | --- |",
            *invariance(scorer),
            "",
        ]
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training.behaviour", description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT / "models" / "quality" / "behaviour.md")
    args = parser.parse_args()
    text = table(Scorer.load())
    args.to.write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
