"""Public benchmarks: requests that were granted or not, and headlines that were drawn by lot."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from scorer.outcomes.judging import auc
from scorer.outcomes.response import fit_response, folds_of
from training.outcomes.blocks import (
    LETTERS,
    WORDS,
    Block,
    linear,
    meanings,
    naive_bayes,
    neighbours,
    splines,
    verdicts,
)
from training.outcomes.corpora import Measured, measured, read, sample

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Say = Callable[[str], None]

HISTORY = (
    "account_age_in_days_at_request",
    "days_since_first_post_on_raop_at_request",
    "number_of_comments_at_request",
    "number_of_comments_in_raop_at_request",
    "number_of_posts_at_request",
    "number_of_posts_on_raop_at_request",
    "number_of_subreddits_at_request",
    "upvotes_minus_downvotes_at_request",
    "upvotes_plus_downvotes_at_request",
)


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table: figure on held-out training data, on the test split, goal, what is known."""

    task: str
    what: str
    training: float
    test: float | None
    error: float
    goal: float | None
    known: str


def stacked(
    texts: list[str], values: Measured, y: Array, blocks: dict[str, Block], train: Ints, test: Ints
) -> tuple[float, float, float]:
    """Return the trainer's AUC on held-out training rows and on `test`, with the latter's standard error.

    The blocks' verdicts on training rows come from other folds than the trainer's own cross-validation, so the first
    figure is a little kind; nothing of `test` is used before the last line.
    """
    n = len(y)
    columns = {name: verdicts(block, train, test, n, np.arange(n)) for name, block in blocks.items()}
    whole = sample(texts, values, y.astype(int).tolist(), columns)
    past = whole.take(train)
    held_out = np.zeros(len(train))
    for inside, held in folds_of(past.person):
        part = past.take(inside)
        held_out[held] = fit_response(part, part.person).logits(past.take(held))
    training = auc(held_out, past.replied, past.sent)
    future = whole.take(test)
    figure = auc(fit_response(past, past.person).logits(future), future.replied, future.sent)
    return training, figure, _auc_error(figure, y[test])


def _auc_error(area: float, y: Array) -> float:
    """Return the standard error of an area under the curve (Hanley and McNeil 1982)."""
    up, down = float(y.sum()), float(len(y) - y.sum())
    one, two = area / (2 - area), 2 * area**2 / (1 + area)
    return float(
        np.sqrt((area * (1 - area) + (up - 1) * (one - area**2) + (down - 1) * (two - area**2)) / (up * down))
    )


def pizza(corpora: Path, cache: Path, say: Say) -> list[Result]:
    """Return figures on Random Acts of Pizza: which requests were granted."""
    rows = read(corpora, "raop")
    texts = [f"{row['title'] or ''}\n\n{row['text'] or ''}" for row in rows]
    values = measured(texts, cache, say)
    y = np.array([float(row["received"]) for row in rows])
    train, test = (
        np.array([i for i, row in enumerate(rows) if row["split"] == split])
        for split in ("kaggle_train", "kaggle_test")
    )
    history = np.array([[np.sign(row[name]) * np.log1p(abs(row[name])) for name in HISTORY] for row in rows])
    asked = [float(row["unix_timestamp_of_request_utc"]) for row in rows]
    moments = [datetime.fromtimestamp(seconds, UTC) for seconds in asked]
    when = np.array(
        [[s / 1e6, m.hour, m.day, m.month, m.weekday()] for s, m in zip(asked, moments, strict=True)]
    )
    words: dict[str, Block] = {
        "words": linear(texts, y, [{**WORDS, "ngram_range": (1, 2), "min_df": 3}, LETTERS], 0.1),
        "ratios": naive_bayes(texts, y, {**WORDS, "min_df": 3}, 0.1),
        "shape": splines(values.X, y, 3000),
        "meaning": neighbours(meanings(texts), y, 0.3, 0.3),
    }
    known_text = "published 0.625 (text features); naive 0.658"
    known_all = "published 0.672; naive 0.695"
    results = []
    for what, blocks, goal, known in (
        ("features and score alone", {}, None, known_text),
        ("text alone", words, 0.66, known_text),
        (
            "text, requester's history and time",
            {**words, "history": splines(np.hstack([history, when]), y, 100)},
            0.70,
            known_all,
        ),
    ):
        results.append(
            Result("Random Acts of Pizza", what, *stacked(texts, values, y, blocks, train, test), goal, known)
        )
        say(f"pizza: {what}")
    return results


def borrow(corpora: Path, cache: Path, say: Say) -> list[Result]:
    """Return figures on requests to borrow money; there is no official split, so all come from held-out folds."""
    rows = [row for row in read(corpora, "goodfaith_requests") if row["source"] == "borrow"]
    texts = [row["text"] for row in rows]
    values = measured(texts, cache, say)
    y = np.array([float(row["outcome"]) for row in rows])
    blocks: dict[str, Block] = {
        "words": linear(texts, y, [WORDS], 1.0),
        "ratios": naive_bayes(texts, y, {**WORDS, "ngram_range": (1, 2)}, 2.0),
    }
    results = []
    for what, used in (("features and score alone", {}), ("text", blocks)):
        figure, error = nested(texts, values, y, used)
        results.append(
            Result("borrow requests", what, figure, None, error, 0.70 if used else None, "naive 0.696")
        )
        say(f"borrow: {what}")
    return results


def nested(texts: list[str], values: Measured, y: Array, blocks: dict[str, Block]) -> tuple[float, float]:
    """Return the AUC of 10-fold cross-validation in which blocks and trainer are made anew in each part."""
    n = len(y)
    logits = np.zeros(n)
    for train, held in folds_of(np.arange(n), 10):
        columns = {name: verdicts(block, train, held, n, np.arange(n)) for name, block in blocks.items()}
        whole = sample(texts, values, y.astype(int).tolist(), columns)
        past = whole.take(train)
        logits[held] = fit_response(past, past.person).logits(whole.take(held))
    figure = auc(logits, y, np.ones(n))
    return figure, _auc_error(figure, y)


def headlines(corpora: Path, cache: Path, say: Say) -> list[Result]:
    """Return how often the better of two headlines is found; which was shown was drawn by lot.

    A pair is the best and the worst of a test with a difference at p < 0.05. One test in five is held out.
    """
    rows = read(corpora, "upworthy_ab")
    texts = [row["headline"] for row in rows]
    values = measured(texts, cache, say)
    pairs = _pairs(rows)
    held = np.array([int(hashlib.sha256(pair.test.encode()).hexdigest(), 16) % 5 == 0 for pair in pairs])
    clear = np.array([pair.extreme and pair.z > 1.96 for pair in pairs])
    tests = np.unique([pair.test for pair in pairs], return_inverse=True)[1]
    train, test = np.flatnonzero(~held), np.flatnonzero(held & clear)
    scores = np.zeros(len(train))
    for inside, out in folds_of(tests[train]):
        scores[out] = _preferred(texts, values, pairs, train[inside], train[out])
    training = float(np.mean(scores[clear[train]] > 0))
    figure = float(np.mean(_preferred(texts, values, pairs, train, test) > 0))
    say("headlines")
    error = float(np.sqrt(figure * (1 - figure) / len(test)))
    return [
        Result(
            "Upworthy pairs (winner)",
            f"text, {len(test)} pairs",
            training,
            figure,
            error,
            0.70,
            "naive 0.687",
        )
    ]


@dataclass(frozen=True, slots=True)
class _Pair:
    worse: int
    better: int
    z: float
    test: str
    extreme: bool


def _pairs(rows: list[dict[str, Any]]) -> list[_Pair]:
    """Return all pairs of headlines of one test shown 1,000 times each with the same picture and text."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        blocks[row["test_id"], row["eyecatcher_id"], row["excerpt"], row["lede"]].append(index)
    pairs = []
    for (test, *_), indices in blocks.items():
        merged: dict[str, list[int]] = {}
        for index in indices:
            entry = merged.setdefault(rows[index]["headline"], [0, 0, index])
            entry[0] += rows[index]["clicks"]
            entry[1] += rows[index]["impressions"]
        shown = sorted((e for e in merged.values() if e[1] >= 1000), key=lambda e: e[0] / e[1])
        for low, high in combinations(shown, 2):
            p = (low[0] + high[0]) / (low[1] + high[1])
            error = np.sqrt(max(p * (1 - p), 1e-9) * (1 / low[1] + 1 / high[1]))
            z = float((high[0] / high[1] - low[0] / low[1]) / error)
            pairs.append(_Pair(low[2], high[2], z, test, low is shown[0] and high is shown[-1]))
    return pairs


def _preferred(texts: list[str], values: Measured, pairs: list[_Pair], train: Ints, test: Ints) -> Array:
    """Return for the pairs `test` by how much the better headline is preferred; fitted to differences of `train`.

    All pairs teach, the clearer ones more.
    """
    used = sorted({index for row in train for index in (pairs[row].worse, pairs[row].better)})
    sides = []
    for options in ({**WORDS, "token_pattern": _MARKS}, LETTERS):
        vectors = TfidfVectorizer(sublinear_tf=True, **options).fit([texts[i] for i in used])
        sides.append(vectors.transform(texts))
    # A feature that no headline has, such as a subject's length, is 0 for all.
    shape = np.where(np.isnan(values.X[used]).all(axis=0), 0.0, values.X)
    centre, spread = np.nanmean(shape[used], axis=0), np.nanstd(shape[used], axis=0)
    spread = np.where(spread > 1e-6, spread, np.inf)
    sides.append(sp.csr_matrix(_SHAPE * np.clip(np.nan_to_num((shape - centre) / spread), -3, 3)))
    table = sp.hstack(sides).tocsr()

    def differences(rows: Ints) -> sp.csr_matrix:
        return table[[pairs[row].better for row in rows]] - table[[pairs[row].worse for row in rows]]

    weight = np.minimum([pairs[row].z for row in train], 4.0)
    known = differences(train)
    model = LogisticRegression(C=_FREEDOM, fit_intercept=False, max_iter=300)
    target = np.repeat([1, 0], len(train))
    model.fit(sp.vstack([known, -known]), target, sample_weight=np.concatenate([weight, weight]))
    return np.asarray(differences(test) @ model.coef_[0])


_MARKS = r"(?u)\b\w+\b|[$%#?!:;()'\".,*-]"
_SHAPE, _FREEDOM = 0.03, 0.3
