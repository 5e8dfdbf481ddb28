"""The quality classifier as a scikit-learn estimator: additive, monotone where the evidence gives a direction."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.utils.validation import check_is_fitted, validate_data

Array = NDArray[np.float64]


class AdditiveRegressor(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """Average of boosted one-feature trees over bootstrap samples of groups.

    Every tree splits on a single feature, so the prediction is a sum of one step function for each feature
    (a generalised additive model); averaging over resampled authors smooths the steps.

    Parameters
    ----------
    n_members
        Boosted models that are averaged.
    monotonic_cst
        1, -1 or 0 for each column.
    stretch
        Factor on the distance from the mean; 1 gives the least squared error, more widens the scores to the
        spread of the readers' own.

    Attributes
    ----------
    members_
        The fitted models.
    mean_
        Mean prediction on the training data.
    """

    def __init__(
        self,
        n_members: int = 10,
        max_iter: int = 300,
        learning_rate: float = 0.04,
        max_leaf_nodes: int = 4,
        min_samples_leaf: int = 25,
        l2_regularization: float = 5.0,
        max_features: float = 0.3,
        monotonic_cst: Any = None,
        stretch: float = 1.0,
        random_state: int = 0,
    ) -> None:
        self.n_members = n_members
        self.max_iter = max_iter
        self.learning_rate = learning_rate
        self.max_leaf_nodes = max_leaf_nodes
        self.min_samples_leaf = min_samples_leaf
        self.l2_regularization = l2_regularization
        self.max_features = max_features
        self.monotonic_cst = monotonic_cst
        self.stretch = stretch
        self.random_state = random_state

    def fit(self, X: Any, y: Any, groups: Any = None) -> AdditiveRegressor:  # noqa: N803
        """Fit to features ``(n_drafts, n_features)``, NaN allowed, and ratings 0 to 100 ``(n_drafts,)``."""
        X, y = validate_data(self, X, y, y_numeric=True, ensure_all_finite="allow-nan")  # noqa: N806
        rng = np.random.default_rng(self.random_state)
        labels = np.arange(len(y)) if groups is None else np.asarray(groups)
        unique = np.unique(labels)
        self.members_ = []
        for member in range(self.n_members):
            if self.n_members == 1:
                rows = np.arange(len(y))
            else:
                chosen = rng.choice(unique, size=len(unique), replace=True)
                rows = np.concatenate([np.flatnonzero(labels == label) for label in chosen])
            model = HistGradientBoostingRegressor(
                max_iter=self.max_iter,
                learning_rate=self.learning_rate,
                max_leaf_nodes=self.max_leaf_nodes,
                min_samples_leaf=min(self.min_samples_leaf, max(1, len(rows) // 20)),
                l2_regularization=self.l2_regularization,
                max_features=self.max_features,
                monotonic_cst=self.monotonic_cst,
                interaction_cst="no_interactions",
                early_stopping=False,
                random_state=self.random_state + member,
            )
            self.members_.append(model.fit(X[rows], y[rows]))
        self.mean_ = float(self._average(X).mean())
        return self

    def predict(self, X: Any) -> Array:  # noqa: N803
        """Return predicted ratings, not limited to 0-100."""
        check_is_fitted(self)
        X = validate_data(self, X, reset=False, ensure_all_finite="allow-nan")  # noqa: N806
        predicted: Array = self.mean_ + self.stretch * (self._average(X) - self.mean_)
        return predicted

    def _average(self, X: Array) -> Array:  # noqa: N803
        return np.asarray(np.mean([model.predict(X) for model in self.members_], axis=0))

    def step_functions(self) -> tuple[float, list[tuple[Array, Array, float]]]:
        """Return the base and, for each column, ``(thresholds, points, missing)``.

        ``thresholds`` ascend; ``points`` has one more entry; together with the base they give `predict`
        exactly: ``base + sum(points[searchsorted(thresholds, x, side="left")])``.
        """
        check_is_fitted(self)
        base = float(np.mean([model._baseline_prediction.item() for model in self.members_]))
        trees: list[list[Any]] = [[] for _ in range(self.n_features_in_)]
        constant = 0.0
        for model in self.members_:
            for (predictor,) in model._predictors:
                nodes = predictor.nodes
                if nodes[0]["is_leaf"]:
                    constant += float(nodes[0]["value"])
                else:
                    trees[int(nodes[0]["feature_idx"])].append(nodes)
        functions = [self._step_function(column) for column in trees]
        base = self.mean_ + self.stretch * (base + constant / self.n_members - self.mean_)
        return base, functions

    def _step_function(self, trees: list[Any]) -> tuple[Array, Array, float]:
        thresholds = np.unique(
            np.concatenate([t["num_threshold"][~t["is_leaf"].astype(bool)] for t in trees])
            if trees
            else np.empty(0)
        )
        probes = np.append(thresholds, np.inf)
        points = np.zeros(len(probes))
        missing = 0.0
        for nodes in trees:
            points += [_leaf(nodes, probe) for probe in probes]
            missing += _leaf(nodes, np.nan)
        scale = self.stretch / self.n_members
        return thresholds, points * scale, missing * scale


def _leaf(nodes: Any, value: float) -> float:
    index = 0
    while not nodes[index]["is_leaf"]:
        node = nodes[index]
        goes_left = bool(node["missing_go_to_left"]) if np.isnan(value) else value <= node["num_threshold"]
        index = int(node["left"] if goes_left else node["right"])
    return float(nodes[index]["value"])
