"""Public corpora with outcomes as samples of the trainer; read where they lie, never copied."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorer.features import FEATURES, measure
from scorer.outcomes.sample import Sample
from scorer.parse.parser import refusal
from scorer.pipeline import COLUMNS, Scorer
from scorer.schema import MAX_CHARACTERS, Draft
from scorer.scoring import bend

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Measured:
    """Features and raw scores of texts; a text that can't be scored has NaN features and the middle score."""

    X: Array
    score: Array


def read(corpora: Path, name: str) -> list[dict[str, Any]]:
    """Return the rows of a corpus."""
    with gzip.open(corpora / name / "data.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def measured(texts: Sequence[str], cache: Path, progress: Callable[[str], None]) -> Measured:
    """Return features and scores of `texts`, kept in `cache` under a hash of texts and versions."""
    scorer = Scorer.load()
    stamp = "\x00".join((scorer.judge.name, scorer.parser.version, *COLUMNS, *texts))
    path = cache / f"{hashlib.sha256(stamp.encode('utf-8', 'replace')).hexdigest()[:24]}.npz"
    if path.is_file():
        with np.load(path, allow_pickle=False) as arrays:
            return Measured(arrays["X"], arrays["score"])
    X = np.full((len(texts), len(FEATURES)), np.nan)
    score = np.full(len(texts), 50.0)
    drafts = [Draft(text=text[:MAX_CHARACTERS].replace("\x00", " ")) for text in texts]
    good = [index for index, draft in enumerate(drafts) if refusal(draft) is None]
    for done, (index, parsed) in enumerate(
        zip(good, scorer.parser.parse_many(drafts[i] for i in good), strict=True)
    ):
        values = {name: measurement.value for name, measurement in measure(parsed).items()}
        X[index] = [values[name] for name in COLUMNS]
        score[index] = bend(scorer.judge.judge(values).raw)
        if done % 1000 == 999:
            progress(f"{done + 1:,} of {len(good):,} texts measured")
    cache.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, X=X, score=score)
    return Measured(X, score)


def sample(
    texts: Sequence[str], values: Measured, answered: Sequence[int], blocks: dict[str, Array]
) -> Sample:
    """Return a sample of single messages, each to somebody else; `blocks` are verdicts of other models."""
    n = len(texts)
    return Sample(
        columns=COLUMNS,
        X=values.X,
        score=values.score,
        contexts=tuple(blocks),
        context=np.column_stack([np.empty((n, 0)), *blocks.values()]),
        replied=np.asarray(answered, dtype=float),
        sent=np.ones(n),
        person=np.arange(n),
        template=np.arange(n),
        draft=np.arange(n),
        when=np.full(n, np.nan),
    )
