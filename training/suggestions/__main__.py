"""``python -m training.suggestions``: check the advice on the rated drafts and write ``models/quality/suggestions.md``.

Three questions. Does an edit bring the points that were stated? Every first suggestion with an edit is applied to the
drafts of the test authors and scored again. How many drafts get advice at all? And is a draft better for it? For sixty
test drafts somebody followed the advice (``followed.jsonl``), and three readers said, blind and in random order, which version
they would rather get (``comparisons.csv``).
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from scorer import Scorer
from scorer.errors import InputError, ScorerError
from scorer.outcomes.rates import wilson
from scorer.schema import BANDS, ScoreReport
from training.quality.data import Corpus, load

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = ("id", "reader", "better")
WITHIN = 0.5


def stated_and_brought(scorer: Scorer, reports: Sequence[ScoreReport]) -> list[tuple[float, float]]:
    """Return the stated and the true gain of every first suggestion that was measured."""
    pairs = []
    for report in reports:
        first = report.suggestions[0] if report.suggestions else None
        if first is None or first.gain_kind != "measured" or report.source is None or report.score is None:
            continue
        after = scorer.score(report.source.with_edits(first.edits), suggestions=False).score
        pairs.append((first.gain, (after if after is not None else 0.0) - report.score))
    return pairs


def advised(reports: Sequence[ScoreReport]) -> list[tuple[str, int, int]]:
    """Return for each band how many drafts it holds and how many of them get a suggestion."""
    rows = []
    for _, band in BANDS:
        inside = [r for r in reports if r.band == band]
        rows.append((band, len(inside), sum(bool(r.suggestions) for r in inside)))
    return rows


def read_comparisons(path: Path) -> list[dict[str, str]]:
    """Return the readers' choices.

    Raises
    ------
    InputError
        The file or a column is missing.
    """
    if not path.is_file():
        raise InputError(f"{path} is missing; give the folder of the rated drafts with --drafts")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for column in COLUMNS:
            if column not in (reader.fieldnames or ()):
                raise InputError(f"{path}: column {column!r} is missing")
        return list(reader)


def page(
    test: Corpus,
    reports: Sequence[ScoreReport],
    gains: Sequence[tuple[float, float]],
    choices: Sequence[dict[str, str]],
    n_followed: int,
    rescored: Sequence[tuple[float, float]],
) -> str:
    """Return the Markdown page."""
    off = [abs(stated - brought) for stated, brought in gains]
    lines = [
        "# The advice", "",
        "Made by `python -m training.suggestions`. Drafts, rewritings and readings are machine-made, see the data card.", "",
        f"Of {len(test.drafts)} test drafts, {len(gains)} have an edit as first suggestion. Applied and scored again, "
        f"{sum(o <= WITHIN for o in off)} bring the stated gain within {WITHIN} points; the largest gap is {max(off, default=0):.3f}.", "",
        "| band by score | drafts | with a suggestion |", "| --- | --- | --- |",
    ]  # fmt: skip
    lines += [f"| {name} | {n} | {with_one} |" for name, n, with_one in advised(reports)]
    lines += [
        "", f"Following the top suggestions (three at most) in {n_followed} test drafts, every other sentence left as it was:", "",
        "| reader | after is better | before is better | no difference | share of all |", "| --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for reader in (*sorted({c["reader"] for c in choices}), None):
        own = Counter(c["better"] for c in choices if reader in (None, c["reader"]))
        lines.append(
            f"| {reader or 'all'} | {own['after']} | {own['before']} | {own['neither']} | {own['after'] / own.total():.2f} |"
        )
    by_draft = Counter(c["id"] for c in choices if c["better"] == "after")
    majority, ids = sum(n >= 2 for n in by_draft.values()), {c["id"] for c in choices}
    low, high = wilson(majority, len(ids))
    before, after = (np.array([pair[k] for pair in rescored]) for k in (0, 1))
    lines += [
        "", f"By majority of the three, the later version is better in {majority} of {len(ids)} drafts "
        f"({majority / len(ids):.2f}, 95 % interval {low:.2f} to {high:.2f}). The score rises from {before.mean():.1f} to "
        f"{after.mean():.1f} on average, and in {int((after > before).sum())} of {len(rescored)} drafts.",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training.suggestions", description=__doc__)
    parser.add_argument("--drafts", type=Path, default=ROOT / "data" / "drafts")
    parser.add_argument("--to", type=Path, default=ROOT / "models" / "quality" / "suggestions.md")
    args = parser.parse_args()
    try:
        _, test = load(args.drafts).split()
        choices = read_comparisons(args.drafts / "comparisons.csv")
        with (args.drafts / "followed.jsonl").open(encoding="utf-8") as file:
            followed = {record["id"]: record["text"] for record in map(json.loads, file)}
        scorer = Scorer.load()
        reports = list(scorer.score_many(test.drafts))
        rescored = []
        for report in reports:
            draft = report.source
            if draft is not None and draft.id in followed and report.score is not None:
                after = scorer.score(replace(draft, text=followed[draft.id]), suggestions=False).score
                rescored.append((report.score, after or 0.0))
        text = page(test, reports, stated_and_brought(scorer, reports), choices, len(followed), rescored)
    except ScorerError as error:
        print(error, file=sys.stderr)
        return 2
    args.to.write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
