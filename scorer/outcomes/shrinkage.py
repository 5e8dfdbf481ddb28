"""Reply rates of many variants at once, drawn towards each other as far as the data say they are alike.

Each variant's rate is drawn from one Beta distribution whose mean and tightness are unknown too; both are averaged over
on a grid (Gelman et al., Bayesian Data Analysis, 3rd ed., section 5.3). The best of thirty templates with twenty sends
each is mostly the luckiest; its drawn-in rate says what to expect next time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import betaln

_SEED, _DRAWS, _BEFORE = 20261123, 20_000, 10


@dataclass(frozen=True, slots=True)
class ShrunkRate:
    """One variant's rate given all of them.

    Attributes
    ----------
    rate, low, high
        Posterior mean and central 95 % interval.
    best
        Probability that no other variant has a higher rate.
    """

    rate: float
    low: float
    high: float
    best: float


def shrunk_rates(
    replied: Sequence[int], sent: Sequence[int], *, before: float | None = None
) -> tuple[ShrunkRate, ...]:
    """Return the rates of variants with `replied` answers to `sent` messages each, in the order given.

    The mean is a priori uniform, the tightness (prior messages) log-uniform from 2 to 20,000.

    Parameters
    ----------
    before
        Rate known from before; it counts like `_BEFORE` messages for the mean.
    """
    k, n = np.asarray(replied, dtype=float), np.asarray(sent, dtype=float)
    if not len(k):
        return ()
    means = (np.arange(200) + 0.5) / 200
    pooled = (k.sum() + 1) / (n.sum() + 2)
    # Finer where the pooled rate is, so that rare replies are resolved as well.
    means = np.unique(np.concatenate([means, np.clip(pooled * np.geomspace(0.2, 5, 120), 1e-5, 1 - 1e-5)]))
    widths = np.gradient(means)
    sizes = np.geomspace(2, 20_000, 40)
    a, b = means[:, None] * sizes, (1 - means)[:, None] * sizes
    log_weight = np.log(widths)[:, None] + sum(
        betaln(a + ki, b + ni - ki) - betaln(a, b) for ki, ni in zip(k, n, strict=True)
    )
    if before is not None:
        known = before * np.log(means) + (1 - before) * np.log1p(-means)
        log_weight = log_weight + _BEFORE * known[:, None]
    weight = np.exp(log_weight - log_weight.max())
    weight = (weight / weight.sum()).ravel()
    kept = weight > 1e-7
    weight, a, b = weight[kept] / weight[kept].sum(), a.ravel()[kept], b.ravel()[kept]
    random = np.random.default_rng(_SEED)
    chosen = random.choice(len(weight), size=_DRAWS, p=weight)
    draws = random.beta(a[chosen, None] + k, b[chosen, None] + n - k)
    wins = np.bincount(draws.argmax(axis=1), minlength=len(k)) / _DRAWS
    ends = np.quantile(draws, [0.025, 0.975], axis=0)
    return tuple(
        ShrunkRate(float(weight @ ((a + ki) / (a + b + ni))), float(low), float(high), float(win))
        for ki, ni, win, low, high in zip(k, n, wins, *ends, strict=True)
    )
