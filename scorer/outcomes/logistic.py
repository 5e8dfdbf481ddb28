"""Penalised logistic regression on counts, with the spread of its coefficients.

The penalty is a normal prior on each coefficient, so the fit is the mode of a posterior and its curvature there gives
the covariance (Laplace's approximation; Gelman et al., Bayesian Data Analysis, 3rd ed., section 4.1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_STEPS, _TOLERANCE = 60, 1e-9


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted regression.

    Attributes
    ----------
    coef
        ``(k,)``, on the scale of log-odds.
    covariance
        ``(k, k)``, inverse of the penalised curvature.
    """

    coef: Array
    covariance: Array


def sigmoid(z: Array) -> Array:
    """Return probabilities of log-odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(z, -35.0, 35.0))))


def log_odds(p: Array | float) -> Array:
    """Return log-odds of probabilities, which are kept off 0 and 1."""
    p = np.clip(p, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(p / (1 - p)))


def deviance(replied: Array, sent: Array, p: Array) -> float:
    """Return minus twice the log-likelihood of binomial counts, without the constant."""
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return float(-2 * np.sum(replied * np.log(p) + (sent - replied) * np.log1p(-p)))


def fit(
    X: Array,  # noqa: N803 (the field's name for a design matrix)
    replied: Array,
    sent: Array,
    precision: Array,
    *,
    mean: Array | None = None,
    offset: Array | None = None,
    start: Array | None = None,
) -> Fit:
    """Return the mode of the posterior and its covariance.

    Parameters
    ----------
    X
        Design matrix ``(n, k)``.
    replied, sent
        Counts ``(n,)``.
    precision
        Prior precision ``(k,)`` of each coefficient; 0 leaves it free.
    mean
        Prior mean ``(k,)``; zeros without.
    offset
        Log-odds ``(n,)`` added with coefficient one; zeros without.
    start
        Coefficients to start from.
    """
    centre = np.zeros(X.shape[1]) if mean is None else mean
    base = np.zeros(len(X)) if offset is None else offset
    coef = centre.copy() if start is None else start.copy()

    def loss(at: Array) -> float:
        gap = at - centre
        z = X @ at + base
        return float(np.sum(sent * np.logaddexp(0, z) - replied * z) + 0.5 * np.sum(precision * gap * gap))

    current = loss(coef)
    for _ in range(_STEPS):
        p = sigmoid(X @ coef + base)
        gradient = X.T @ (sent * p - replied) + precision * (coef - centre)
        step = np.linalg.solve(_curvature(X, sent, p, precision), gradient)
        size = 1.0
        while (new := loss(coef - size * step)) > current + 1e-12 * abs(current) and size > 1e-6:
            size /= 2
        coef = coef - size * step
        done = current - new < _TOLERANCE * (1 + abs(new))
        current = new
        if done:
            break
    p = sigmoid(X @ coef + base)
    return Fit(coef, np.asarray(np.linalg.inv(_curvature(X, sent, p, precision))))


def _curvature(X: Array, sent: Array, p: Array, precision: Array) -> Array:  # noqa: N803
    weight = sent * p * (1 - p)
    curvature = (X * weight[:, None]).T @ X
    # A hair of precision keeps a free coefficient of a column without variation from dividing by zero.
    curvature[np.diag_indices_from(curvature)] += precision + 1e-8
    return np.asarray(curvature)
