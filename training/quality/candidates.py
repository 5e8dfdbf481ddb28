"""The models that were compared, from the naive to the one that ships."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestRegressor
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, RidgeCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from scorer.features import FEATURES
from scorer.model.estimator import AdditiveRegressor
from scorer.model.standin import EvidenceJudge
from training.quality.data import Corpus

Array = NDArray[np.float64]
NAMES = tuple(feature.name for feature in FEATURES)
_SIGN = {"higher_better": 1, "lower_better": -1}
MONOTONE = [_SIGN.get(feature.direction, 0) for feature in FEATURES]


@dataclass(frozen=True)
class Rows:
    """Texts, features, ratings and authors of some drafts, row by row."""

    texts: list[str]
    X: Array
    y: Array
    authors: NDArray[np.str_]

    def take(self, index: NDArray[np.int64]) -> Rows:
        return Rows([self.texts[i] for i in index], self.X[index], self.y[index], self.authors[index])


Candidate = Callable[[Rows, Rows], Array]


def rows_of(corpus: Corpus, X: Array) -> Rows:
    return Rows([draft.text for draft in corpus.drafts], X, corpus.overall, corpus.authors)


def _column(name: str) -> int:
    return NAMES.index(name)


def length_only(train: Rows, test: Rows) -> Array:
    """Regression on the number of words, its logarithm and the excess over the channel's band."""
    columns = [
        _column("length.words"),
        _column("length.words_above_band"),
        _column("length.words_below_band"),
    ]

    def design(rows: Rows) -> Array:
        X = np.nan_to_num(rows.X[:, columns])
        return np.column_stack([X, np.log1p(X[:, 0])])

    return np.asarray(LinearRegression().fit(design(train), train.y).predict(design(test)))


def tfidf_ridge(train: Rows, test: Rows) -> Array:
    """Ridge regression on TF-IDF of words and word pairs."""
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True), RidgeCV(np.logspace(-1, 2, 7))
    )
    return np.asarray(model.fit(train.texts, train.y).predict(test.texts))


def evidence_weights(train: Rows, test: Rows) -> Array:
    """Score by the evidence table's weights; nothing is fitted (rules only)."""
    judge = EvidenceJudge()
    return np.array([judge.judge(dict(zip(NAMES, row, strict=True))).raw for row in test.X])


def ridge_on_features(train: Rows, test: Rows) -> Array:
    """Ridge regression on all features, undefined ones at their median."""
    model = make_pipeline(
        SimpleImputer(strategy="median", keep_empty_features=True),
        StandardScaler(),
        RidgeCV(np.logspace(0, 4, 9)),
    )
    return np.asarray(model.fit(train.X, train.y).predict(test.X))


def random_forest(train: Rows, test: Rows) -> Array:
    """Random forest on all features; not additive."""
    model = make_pipeline(
        SimpleImputer(strategy="median", keep_empty_features=True),
        RandomForestRegressor(300, min_samples_leaf=3, max_features=0.3, random_state=0),
    )
    return np.asarray(model.fit(train.X, train.y).predict(test.X))


def boosted_trees(train: Rows, test: Rows) -> Array:
    """Gradient boosting with interactions; neither additive nor monotone."""
    model = HistGradientBoostingRegressor(
        max_iter=250, learning_rate=0.05, max_leaf_nodes=12, min_samples_leaf=15, l2_regularization=5.0,
        max_features=0.3, random_state=0, early_stopping=False,
    )  # fmt: skip
    return np.asarray(model.fit(train.X, train.y).predict(test.X))


def additive_free(train: Rows, test: Rows) -> Array:
    """Additive, without monotone directions."""
    return AdditiveRegressor().fit(train.X, train.y).predict(test.X)


def additive_monotone(train: Rows, test: Rows) -> Array:
    """Additive and monotone in the evidence's directions: the one that ships."""
    return AdditiveRegressor(monotonic_cst=MONOTONE).fit(train.X, train.y).predict(test.X)


CANDIDATES: dict[str, Candidate] = {
    "length only": length_only,
    "TF-IDF, ridge": tfidf_ridge,
    "evidence weights": evidence_weights,
    "ridge on features": ridge_on_features,
    "random forest": random_forest,
    "boosted trees": boosted_trees,
    "additive": additive_free,
    "additive, monotone (ships)": additive_monotone,
}
