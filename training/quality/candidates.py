"""The models that were compared, from the naive to the one that ships."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestRegressor
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression, RidgeCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import SplineTransformer, StandardScaler

from scorer.features import FEATURES
from scorer.model.estimator import AdditiveRegressor
from scorer.model.standin import EvidenceJudge
from scorer.schema import FAMILIES
from training.quality.data import Corpus

Array = NDArray[np.float64]
NAMES = tuple(feature.name for feature in FEATURES)
# Rated so or higher, a draft counts as good where a model has to tell good from the rest.
GOOD = 60.0
_SIGN = {"higher_better": 1, "lower_better": -1}
MONOTONE = [_SIGN.get(feature.direction, 0) for feature in FEATURES]
# Measured and shown, but no part of a verdict: formulas that a firm's long name or one more sentence moves a lot,
# and shares that any padding dilutes. Leaving them out costs 0.006 of rank correlation (0.802 to 0.797).
_UNSTEADY = re.compile(
    r"flesch|fog|smog|coleman|automated_readability|grade_over|syllables|long_word|_share$|length\.characters"
)
JUDGED = np.array([_UNSTEADY.search(name) is None for name in NAMES])


def steady(X: Array) -> Array:
    """Return the features with those that are no part of a verdict held constant."""
    return np.where(JUDGED, X, 0.0)


@dataclass(frozen=True)
class Rows:
    """Texts, features, ratings and authors of some drafts, row by row."""

    texts: list[str]
    X: Array
    y: Array
    authors: NDArray[np.str_]

    def take(self, index: NDArray[np.int64]) -> Rows:
        return Rows([self.texts[i] for i in index], self.X[index], self.y[index], self.authors[index])

    def with_features(self, X: Array) -> Rows:
        return Rows(self.texts, X, self.y, self.authors)


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


def tfidf_logistic(train: Rows, test: Rows) -> Array:
    """Logistic regression on TF-IDF: the chance of being rated good, in percent."""
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        LogisticRegression(C=10.0, max_iter=2000),
    )
    return np.asarray(100 * model.fit(train.texts, train.y >= GOOD).predict_proba(test.texts)[:, 1])


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


def boosted_additive(train: Rows, test: Rows) -> Array:
    """Gradient boosting without interactions, monotone in the evidence's directions."""
    model = HistGradientBoostingRegressor(
        max_iter=400, learning_rate=0.05, max_leaf_nodes=4, min_samples_leaf=15, l2_regularization=5.0,
        interaction_cst="no_interactions", monotonic_cst=MONOTONE, random_state=0, early_stopping=False,
    )  # fmt: skip
    return np.asarray(model.fit(train.X, train.y).predict(test.X))


def logistic_splines(train: Rows, test: Rows) -> Array:
    """Logistic regression on splines: the chance of being rated good, in percent."""
    model = make_pipeline(
        SimpleImputer(strategy="median", keep_empty_features=True),
        SplineTransformer(n_knots=4, degree=1, extrapolation="constant"),
        StandardScaler(),
        LogisticRegression(C=0.002, max_iter=2000),
    )
    return np.asarray(100 * model.fit(train.X, train.y >= GOOD).predict_proba(test.X)[:, 1])


def additive_free(train: Rows, test: Rows) -> Array:
    """Additive, without monotone directions."""
    return AdditiveRegressor().fit(train.X, train.y).predict(test.X)


def additive_monotone(train: Rows, test: Rows) -> Array:
    """Additive and monotone in the evidence's directions."""
    return AdditiveRegressor(monotonic_cst=MONOTONE).fit(train.X, train.y).predict(test.X)


def ships(train: Rows, test: Rows) -> Array:
    """Additive, monotone, and without the features that padding moves."""
    return AdditiveRegressor(monotonic_cst=MONOTONE).fit(steady(train.X), train.y).predict(steady(test.X))


def without_family(family: str) -> Candidate:
    """Return the one that ships without a family's features: what the family is worth."""
    kept = np.array([not name.startswith(f"{family}.") for name in NAMES])

    def predict(train: Rows, test: Rows) -> Array:
        return ships(
            train.with_features(np.where(kept, train.X, 0.0)), test.with_features(np.where(kept, test.X, 0.0))
        )

    return predict


SHIPS = "additive, monotone, steady (ships)"
CANDIDATES: dict[str, Candidate] = {
    "length only": length_only,
    "TF-IDF, logistic regression": tfidf_logistic,
    "TF-IDF, ridge": tfidf_ridge,
    "evidence weights": evidence_weights,
    "ridge on features": ridge_on_features,
    "logistic regression on splines": logistic_splines,
    "random forest": random_forest,
    "boosted trees": boosted_trees,
    "boosted, additive, monotone": boosted_additive,
    "additive": additive_free,
    "additive, monotone": additive_monotone,
    SHIPS: ships,
    **{f"{SHIPS.partition(' (')[0]}, without {family}": without_family(family) for family in FAMILIES},
}
