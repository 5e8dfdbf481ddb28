"""Remake ``models/heads`` from the corpora: ``python -m training.heads --corpora PATH``."""

from __future__ import annotations

import argparse
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np
import sklearn
from scipy.stats import spearmanr

from scorer.errors import ScorerError
from scorer.heads import LinearHead
from training.heads import ask, formality, offensive, politeness, promotional, report, swaps, warmth
from training.heads.common import SEED, Builder, Trained
from training.heads.corpora import Corpora
from training.heads.design import measure

BUILDERS: dict[str, Builder] = {
    "politeness": politeness.build,
    "warmth": warmth.build,
    "formality": formality.build,
    "promotional": promotional.build,
    "offensive": offensive.build,
    "ask": ask.build,
}


def judge(head: LinearHead, texts: list[str]) -> np.ndarray:
    """Return the first output's probability of each text."""
    data = measure(texts)
    place = np.minimum(np.searchsorted(head.keys, data.keys), len(head.keys) - 1)
    values = np.where(head.keys[place] == data.keys, head.weights[place, 0], 0) * data.values
    z = (
        np.bincount(data.rows, weights=values, minlength=data.n)
        + data.cues @ head.cue_weights[:, 0]
        + head.bias[0]
    )
    return np.asarray(1 / (1 + np.exp(-(head.slope[0] * z + head.shift[0]))))


def lengths(corpora: Corpora, trained: dict[str, Trained]) -> list[tuple[str, ...]]:
    """Measure how much each text head goes by length."""
    mails = [row["text"].split(" ") for row in corpora.rows("email_politeness_synthetic/data", "text")]
    mails = [words for words in mails if 10 <= len(words) <= 300]
    table: list[tuple[str, ...]] = [("head", "e-mails", "rank correlation", "quarter to whole")]
    for name, result in trained.items():
        if result.head.unit != "text":
            continue
        p = judge(result.head, [" ".join(words) for words in mails])
        quarter = judge(result.head, [" ".join(words[: max(len(words) // 4, 5)]) for words in mails])
        rank = float(spearmanr(p, [len(words) for words in mails])[0])
        table.append((name, str(len(mails)), f"{rank:+.3f}", f"{(p - quarter).mean():+.3f}"))
    return table


def names(corpora: Corpora, trained: dict[str, Trained]) -> list[tuple[str, ...]]:
    """Measure how much each head goes by the name in a text."""
    table: list[tuple[str, ...]] = [("head", "between groups", "one text")]
    for name, result in trained.items():
        swap = swaps.names(corpora, partial(judge, result.head), result.head.threshold[0])
        table.append((name, f"{swap.gap:.4f}", f"{swap.largest:.4f}"))
    return table


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training.heads", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with one sub-folder per corpus")
    parser.add_argument("--out", type=Path, default=Path("models/heads"), help="where the heads go")
    parser.add_argument(
        "--only", choices=BUILDERS, action="append", help="train this head alone (no RESULTS.md)"
    )
    options = parser.parse_args()
    try:
        trained: dict[str, Trained] = {}
        for name in options.only or BUILDERS:
            start, corpora = time.monotonic(), Corpora(options.corpora)
            trained[name] = result = BUILDERS[name](corpora)
            about = {
                "seed": SEED,
                "scikit_learn": sklearn.__version__,
                "numpy": np.__version__,
                "corpora": dict(sorted(corpora.used.items())),
            }
            result.head.save(options.out / name, about)
            (options.out / name / "card.md").write_text(report.card(name, result), encoding="utf-8")
            print(f"{name}: {len(result.head.keys):,} keys, {time.monotonic() - start:.0f} s", flush=True)
            for figure in result.figures:
                print(f"  {figure.what}: {figure.ours:.3f} {figure.goal} {figure.reached}", flush=True)
        if not options.only:
            corpora = Corpora(options.corpora)
            text = report.results(trained, lengths(corpora, trained), names(corpora, trained))
            (Path(__file__).parent / "RESULTS.md").write_text(text, encoding="utf-8")
    except ScorerError as error:
        print(f"training.heads: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
