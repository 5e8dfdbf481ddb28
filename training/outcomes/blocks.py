"""What large data can feed the trainer besides features: held-out verdicts of models of words and numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from scorer.outcomes.response import folds_of
from scorer.parse.language import load_language
from scorer.resources import models_dir

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
# Rows to fit on, rows to judge -> log-odds of the latter.
Block = Callable[[Ints, Ints], Array]

_TOKENS = r"(?u)\b\w+\b|[$€£%#?!:;()]"
WORDS: dict[str, Any] = {"ngram_range": (1, 3), "min_df": 2, "token_pattern": _TOKENS}
_RARE = 1e-3
LETTERS: dict[str, Any] = {"analyzer": "char_wb", "ngram_range": (3, 5), "min_df": 5}


def linear(texts: Sequence[str], y: Array, grams: Sequence[dict[str, Any]], C: float) -> Block:
    """Logistic regression on TF-IDF of n-grams."""

    def block(train: Ints, test: Ints) -> Array:
        left, right = [], []
        for options in grams:
            vectors = TfidfVectorizer(sublinear_tf=True, **options)
            left.append(vectors.fit_transform([texts[i] for i in train]))
            right.append(vectors.transform([texts[i] for i in test]))
        return _fitted(sp.hstack(left).tocsr(), y[train], sp.hstack(right).tocsr(), C)

    return block


def naive_bayes(texts: Sequence[str], y: Array, grams: dict[str, Any], C: float) -> Block:
    """Logistic regression on n-grams weighted by their log-count ratio (Wang and Manning 2012)."""

    def block(train: Ints, test: Ints) -> Array:
        vectors = TfidfVectorizer(sublinear_tf=True, **grams)
        left = vectors.fit_transform([texts[i] for i in train])
        right = vectors.transform([texts[i] for i in test])
        there = (left > 0).astype(float)
        up, down = (np.asarray(there[y[train] == value].sum(axis=0)).ravel() + 1 for value in (1, 0))
        ratio = sp.diags(np.log(up / up.sum() / (down / down.sum())))
        return _fitted(left @ ratio, y[train], right @ ratio, C)

    return block


def splines(X: Array, y: Array, penalty: float) -> Block:
    """Logistic regression on piecewise linear functions with knots at quantiles."""

    def block(train: Ints, test: Ints) -> Array:
        left, right = [], []
        for column in X.T:
            seen = column[train]
            knots = (
                np.unique(np.nanquantile(seen, (0.02, 0.2, 0.4, 0.6, 0.8, 0.98)))
                if np.isfinite(seen).any()
                else ()
            )
            if len(knots) < 2:
                knots = np.unique([np.nanmin(seen), np.nanmax(seen)]) if np.isfinite(seen).any() else ()
            for low, high in pairwise(knots):
                piece = np.nan_to_num(np.clip((column - low) / (high - low), 0, 1))
                left.append(piece[train])
                right.append(piece[test])
        A, B = np.array(left).T, np.array(right).T
        centre, spread = A.mean(axis=0), np.maximum(A.std(axis=0), 1e-6)
        return _fitted(
            np.clip((A - centre) / spread, -3, 3),
            y[train],
            np.clip((B - centre) / spread, -3, 3),
            1 / penalty,
        )

    return block


def meanings(texts: Sequence[str]) -> Array:
    """Return the mean vector of each text's words, frequent words weighing less (Arora et al. 2017), standardised.

    Shape (texts, 64): the vectors are those of the shipped pipeline. Word frequencies are those of `texts`; no outcome
    goes in.
    """
    nlp = load_language(models_dir() / "en_draft")
    words = [[token.lower_ for token in nlp.make_doc(text)] for text in texts]
    counts = Counter(word for text in words for word in text)
    total = sum(counts.values())
    vectors = {word: nlp.vocab.get_vector(word) * _RARE / (_RARE + n / total) for word, n in counts.items()}
    weights = {word: _RARE / (_RARE + n / total) for word, n in counts.items()}
    zero = np.zeros(nlp.vocab.vectors_length)
    means = np.array(
        [
            sum((vectors[word] for word in text), zero) / max(sum(weights[word] for word in text), 1e-9)
            for text in words
        ]
    )
    return np.asarray((means - means.mean(axis=0)) / (means.std(axis=0) + 1e-9))


def neighbours(X: Array, y: Array, C: float, gamma: float) -> Block:
    """Support vectors with a radial kernel; `gamma` is divided by the number of columns."""

    def block(train: Ints, test: Ints) -> Array:
        machine = SVC(C=C, gamma=gamma / X.shape[1], class_weight="balanced").fit(X[train], y[train])
        return np.asarray(machine.decision_function(X[test]))

    return block


def verdicts(block: Block, train: Ints, test: Ints, n: int, groups: Ints) -> Array:
    """Return standardised verdicts: held-out ones on `train`, on `test` those of a fit to all of `train`."""
    column = np.zeros(n)
    for inside, held in folds_of(groups[train], seed=3):
        column[train[held]] = block(train[inside], train[held])
    if len(test):
        column[test] = block(train, test)
    return (column - column[train].mean()) / column[train].std()


def _fitted(A: Any, y: Array, B: Any, C: float) -> Array:
    return np.asarray(LogisticRegression(C=C, max_iter=500).fit(A, y).decision_function(B))
