"""The quality classifier as a scikit-learn estimator: additive, monotone where the evidence gives a direction."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.linear_model import Ridge
from sklearn.utils.validation import check_is_fitted, validate_data

Array = NDArray[np.float64]

# A column counts as varying, and its rare values as learnable, from this many drafts on.
_MIN_DRAFTS = 8


class AdditiveRegressor(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """Ridge regression on linear splines: a sum of one piecewise linear function for each feature.

    Every feature gets knots at quantiles of its training values and one coefficient for each piece between
    two knots, so that a sign on its coefficients makes the function monotone. An undefined value has a
    coefficient of its own.

    Parameters
    ----------
    alpha
        Ridge penalty on the standardised pieces.
    quantiles
        Where the knots stand.
    monotonic_cst
        1, -1 or 0 for each column; None leaves all free.
    stretch
        Factor on the distance from the mean; 1 gives the least squared error, more widens the scores towards
        the spread of the readers' own.

    Attributes
    ----------
    knots_
        For each column its knots, ascending; fewer than two where it hardly varies.
    coef_
        Points of each basis column.
    intercept_, mean_
        Constant, and mean prediction on the training data.
    """

    def __init__(
        self,
        alpha: float = 300.0,
        quantiles: tuple[float, ...] = (0.02, 0.35, 0.7, 0.98),
        monotonic_cst: Any = None,
        stretch: float = 1.0,
    ) -> None:
        self.alpha = alpha
        self.quantiles = quantiles
        self.monotonic_cst = monotonic_cst
        self.stretch = stretch

    def fit(self, X: Any, y: Any) -> AdditiveRegressor:  # noqa: N803
        """Fit to features ``(n_drafts, n_features)``, NaN allowed, and ratings 0 to 100 ``(n_drafts,)``."""
        X, y = validate_data(self, X, y, y_numeric=True, ensure_all_finite="allow-nan")  # noqa: N806
        self.knots_ = [_knots(X[:, column], self.quantiles) for column in range(X.shape[1])]
        basis, signs = self._basis(X)
        centre, spread = basis.mean(axis=0), basis.std(axis=0)
        # A piece that nearly all drafts share would get a huge weight from a handful of them.
        scale = np.where(spread > 0.02, 1 / np.maximum(spread, 1e-9), 0.0)
        scaled = (basis - centre) * scale
        # Non-negative least squares: a decreasing piece enters with its sign turned, a free one twice.
        turn = np.where(signs < 0, -1.0, 1.0)
        free = np.flatnonzero(signs == 0)
        model = Ridge(alpha=self.alpha, positive=True, tol=1e-6, max_iter=20_000)
        model.fit(np.hstack([scaled * turn, -scaled[:, free]]), y)
        coefficients = model.coef_[: len(signs)] * turn
        coefficients[free] -= model.coef_[len(signs) :]
        self.coef_ = coefficients * scale
        self.intercept_ = float(model.intercept_ - centre @ self.coef_)
        self.mean_ = float(self._raw(X).mean())
        return self

    def predict(self, X: Any) -> Array:  # noqa: N803
        """Return predicted ratings, not limited to 0-100."""
        check_is_fitted(self)
        X = validate_data(self, X, reset=False, ensure_all_finite="allow-nan")  # noqa: N806
        predicted: Array = self.mean_ + self.stretch * (self._raw(X) - self.mean_)
        return predicted

    def _raw(self, X: Array) -> Array:  # noqa: N803
        return np.asarray(self.intercept_ + self._basis(X)[0] @ self.coef_)

    def _basis(self, X: Array) -> tuple[Array, NDArray[np.int64]]:  # noqa: N803
        directions = (
            np.zeros(X.shape[1], int) if self.monotonic_cst is None else np.asarray(self.monotonic_cst)
        )
        pieces: list[Array] = []
        signs: list[int] = []
        for column, knots in enumerate(self.knots_):
            missing = np.isnan(X[:, column])
            pieces.append(missing.astype(float))
            signs.append(0)
            x = np.nan_to_num(X[:, column])
            for low, high in pairwise(knots):
                pieces.append(np.where(missing, 0.0, np.clip((x - low) / (high - low), 0.0, 1.0)))
                signs.append(int(directions[column]))
        return np.array(pieces).T, np.array(signs)

    def functions(self) -> tuple[float, list[tuple[Array, Array, float]]]:
        """Return the base and, for each column, ``(knots, points, missing)``.

        The prediction is ``base + sum(interp(x, knots, points))``, with ``missing`` for an undefined ``x``.
        """
        check_is_fitted(self)
        base = self.mean_ + self.stretch * (self.intercept_ - self.mean_)
        shapes: list[tuple[Array, Array, float]] = []
        start = 0
        for knots in self.knots_:
            n_pieces = max(len(knots) - 1, 0)
            own = self.coef_[start : start + 1 + n_pieces] * self.stretch
            shapes.append((knots, np.concatenate([[0.0], np.cumsum(own[1:])]), float(own[0])))
            start += 1 + n_pieces
        return base, shapes


def _knots(values: Array, quantiles: tuple[float, ...]) -> Array:
    """Return knots at quantiles; for a value most drafts share, from it to the middle of the others."""
    defined = values[~np.isnan(values)]
    if len(defined) < _MIN_DRAFTS:
        return np.empty(0)
    knots = np.unique(np.quantile(defined, quantiles))
    if len(knots) < 2:
        usual = float(np.median(defined))
        others = defined[defined != usual]
        knots = np.unique([usual, float(np.median(others))]) if len(others) >= _MIN_DRAFTS else np.empty(0)
    return np.asarray(knots, dtype=float)
