"""Which traits of messages go with replies, over all templates together.

One template alone seldom has the numbers; the traits are shared by many. All traits enter one logistic regression,
beside channel and stage. Messages made from one template share its luck, so the spread is measured between
templates: the delete-one-cluster jackknife (Bell and McCaffrey 2002, "CR3") with a t distribution. The p-values are
corrected for the number of traits (Holm 1979). What is measured here is a correlation: nothing was assigned at random.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorer.errors import InputError
from scorer.outcomes.logistic import Array, fit, sigmoid

# Fewer clusters make the spread between them a guess; see training/outcomes/RESULTS.md for the coverage.
MIN_CLUSTERS = 20
MIN_WITH = 5  # clusters that have a trait, and that lack it
MIN_REPLIES = 50
ALPHA = 0.05
# A free coefficient runs away where all messages with a trait were answered; log-odds of 5 are no effect of wording.
_PRECISION = 1 / 25.0
_TOGETHER = 0.6


@dataclass(frozen=True, slots=True)
class Effect:
    """How one trait goes with replies, all others equal.

    Attributes
    ----------
    name
        The trait.
    odds_ratio, low, high
        Odds of a reply with the trait over those without, and the 95 % interval.
    p, p_adjusted
        Against no effect; adjusted for all traits looked at (Holm).
    n_with, n_without
        Messages that have it, and that lack it.
    """

    name: str
    odds_ratio: float
    low: float
    high: float
    p: float
    p_adjusted: float
    n_with: int
    n_without: int

    @property
    def shown(self) -> bool:
        """Whether the effect remains when all comparisons are counted."""
        return self.p_adjusted < ALPHA

    @property
    def verdict(self) -> str:
        """What may be said of it."""
        if not self.shown:
            return "not shown"
        return "goes with more replies" if self.odds_ratio > 1 else "goes with fewer replies"


@dataclass(frozen=True, slots=True)
class Effects:
    """The effects of all traits with what limits them.

    Attributes
    ----------
    effects
        In the order given, less those that could not be estimated.
    left_out
        Trait -> why it could not be estimated.
    together
        Pairs of traits so correlated that their effects can hardly be told apart.
    n_clusters, n_sent, n_replied
        What the estimates stand on.
    """

    effects: tuple[Effect, ...]
    left_out: dict[str, str]
    together: tuple[tuple[str, str, float], ...]
    n_clusters: int
    n_sent: int
    n_replied: int


def estimate_effects(
    names: Sequence[str],
    traits: Array,
    nuisance: Array,
    replied: Array,
    sent: Array,
    clusters: NDArray[np.int64],
) -> Effects:
    """Return the effect of each trait.

    Parameters
    ----------
    names
        Names of the traits.
    traits
        ``(n, k)``, 0 or 1.
    nuisance
        ``(n, m)`` other columns to hold equal, such as channels.
    replied, sent
        Counts of each row.
    clusters
        The template of each row, numbered from 0.

    Raises
    ------
    InputError
        Too few templates, replies or non-replies for any trait.
    """
    n_clusters = len(np.unique(clusters))
    n_replied, n_sent = int(replied.sum()), int(sent.sum())
    if min(n_replied, n_sent - n_replied) < MIN_REPLIES:
        raise InputError(
            f"{n_replied} replies to {n_sent} messages; effects of traits need at least {MIN_REPLIES} replies and "
            f"{MIN_REPLIES} messages without one"
        )
    if n_clusters < MIN_CLUSTERS:
        raise InputError(
            f"{n_clusters} different templates or messages; effects of traits need at least {MIN_CLUSTERS}, because "
            "what one template does may be its own luck"
        )
    left_out: dict[str, str] = {}
    chosen: list[int] = []
    for index, name in enumerate(names):
        having = len(np.unique(clusters[traits[:, index] > 0.5]))
        lacking = len(np.unique(clusters[traits[:, index] < 0.5]))
        if min(having, lacking) < MIN_WITH:
            left_out[name] = f"{having} templates have it and {lacking} lack it; it takes {MIN_WITH} of each"
        else:
            chosen.append(index)
    varying = nuisance[:, nuisance.std(axis=0) > 0] if nuisance.size else np.empty((len(sent), 0))
    allowed = max(1, (n_clusters - 1 - varying.shape[1]) // 3)
    for index in chosen[allowed:]:
        left_out[names[index]] = f"{n_clusters} templates tell at most {allowed} traits apart"
    chosen = chosen[:allowed]
    together = []
    for place, i in enumerate(chosen):
        for j in chosen[place + 1 :]:
            r = _correlation(traits[:, i], traits[:, j], sent)
            if abs(r) > _TOGETHER:
                together.append((names[i], names[j], r))
    X = np.column_stack([np.ones(len(sent)), traits[:, chosen], varying])  # noqa: N806
    coef, error, freedom = clustered(X, replied, sent, clusters)
    from scipy.stats import t

    inner = slice(1, 1 + len(chosen))
    reach = t.ppf(1 - ALPHA / 2, freedom[inner]) * error[inner]
    p = 2 * t.sf(np.abs(coef[inner]) / np.maximum(error[inner], 1e-12), freedom[inner])
    adjusted = holm(p)
    effects = tuple(
        Effect(
            name=names[index],
            odds_ratio=_odds(beta),
            low=_odds(beta - half),
            high=_odds(beta + half),
            p=float(p[place]),
            p_adjusted=float(adjusted[place]),
            n_with=int(sent[traits[:, index] > 0.5].sum()),
            n_without=int(sent[traits[:, index] < 0.5].sum()),
        )
        for place, (index, beta, half) in enumerate(zip(chosen, coef[inner], reach, strict=True))
    )
    return Effects(effects, left_out, tuple(together), n_clusters, n_sent, n_replied)


def clustered(
    X: Array,  # noqa: N803
    replied: Array,
    sent: Array,
    clusters: NDArray[np.int64],
) -> tuple[Array, Array, Array]:
    """Return coefficients, their standard errors between clusters, and degrees of freedom.

    Each cluster is left out in turn; a Newton step from the full fit stands in for a new fit. The degrees of freedom
    of a column are those of the share that each cluster has in its variance, so that an effect carried by a few
    clusters gets a wide interval.
    """
    precision = np.full(X.shape[1], _PRECISION)
    precision[0] = 0.0
    coef = fit(X, replied, sent, precision).coef
    p = sigmoid(X @ coef)
    weight = sent * p * (1 - p)
    residual = replied - sent * p
    order = np.argsort(clusters, kind="stable")
    starts = np.flatnonzero(np.diff(clusters[order], prepend=-1))
    curvature = (X * weight[:, None]).T @ X + np.diag(precision + 1e-8)
    gradient = X.T @ residual - precision * coef
    shifts = []
    for rows in np.split(order, starts[1:]):
        own = X[rows]
        without = curvature - (own * weight[rows, None]).T @ own
        left = gradient - own.T @ residual[rows]
        try:
            shifts.append(np.linalg.solve(without, left))
        except np.linalg.LinAlgError:
            shifts.append(np.zeros(X.shape[1]))
    moved = np.array(shifts)
    n = len(moved)
    moved = moved - moved.mean(axis=0)
    # The jackknife overshoots by about the share of clusters that the columns use up (measured: see RESULTS.md).
    spare = max(1, n - X.shape[1]) / n
    error = np.sqrt(spare * (n - 1) / n * (moved * moved).sum(axis=0))
    # How evenly the clusters carry a column: 1/sum of squared shares of the weighted design left after the others.
    inverse = np.linalg.inv(curvature)
    carried = X @ inverse * np.sqrt(weight)[:, None]
    share = np.add.reduceat((carried * carried)[order], starts, axis=0)
    share /= share.sum(axis=0)
    freedom = np.clip(1 / (share * share).sum(axis=0) - 1, 1.0, n - 1)
    return coef, error, freedom


def holm(p: Array) -> Array:
    """Return p-values corrected for their number, keeping the chance of any false one at the level (Holm 1979)."""
    order = np.argsort(p)
    steps = np.maximum.accumulate((len(p) - np.arange(len(p))) * p[order])
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(1.0, steps)
    return adjusted


def _odds(log_ratio: float) -> float:
    return float(np.exp(np.clip(log_ratio, -20, 20)))


def _correlation(a: Array, b: Array, weight: Array) -> float:
    share = weight / weight.sum()
    a, b = a - share @ a, b - share @ b
    spread = float(np.sqrt((share @ (a * a)) * (share @ (b * b))))
    return float(share @ (a * b)) / spread if spread else 0.0
