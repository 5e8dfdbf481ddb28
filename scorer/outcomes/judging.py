"""How good a response model is, on messages it has not seen.

Two questions are asked. *Later messages*: trained on the first three quarters of the time, tested on the last, without
anyone who was in the first. *Others*: nested cross-validation in which neither a person nor a template is on both
sides, with the penalty chosen anew inside each part. Intervals come from drawing whole groups again (cluster
bootstrap).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scorer.outcomes.logistic import Array, sigmoid
from scorer.outcomes.rates import wilson
from scorer.outcomes.response import fit_response, folds_of, recalibration
from scorer.outcomes.sample import Ints, Sample, groups_of

LATER_SHARE = 0.25
MIN_TESTED = 20  # replies, and messages without one, below which a test says nothing
_DRAWS, _SEED, _BINS = 500, 20261123, 5


@dataclass(frozen=True, slots=True)
class Bin:
    """Messages with like estimates: how many, what was estimated, what happened, and its Wilson interval."""

    n_sent: int
    estimated: float
    observed: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Skill:
    """What a model does on messages it has not seen.

    Attributes
    ----------
    n_sent, n_replied
        Messages tested on.
    auc
        Chance that an answered message got a higher estimate than an unanswered one, with its 95 % interval.
    brier, brier_base
        Mean squared error, and that of the base rate alone.
    brier_gain
        `brier_base` less `brier`, with its 95 % interval; above 0 the model is better than the base rate.
    intercept, slope
        Calibration line, with standard errors; well calibrated is 0 and 1.
    bins
        Calibration curve.
    """

    n_sent: int
    n_replied: int
    auc: tuple[float, float, float]
    brier: float
    brier_base: float
    brier_gain: tuple[float, float, float]
    intercept: tuple[float, float]
    slope: tuple[float, float]
    bins: tuple[Bin, ...]


def auc(estimate: Array, replied: Array, sent: Array) -> float:
    """Return the area under the curve of counts; NaN where all or none were answered."""
    silent = sent - replied
    _, place = np.unique(estimate, return_inverse=True)
    up, down = np.bincount(place, weights=replied), np.bincount(place, weights=silent)
    total = up.sum() * down.sum()
    below = np.cumsum(down) - down
    return float((up * (below + down / 2)).sum() / total) if total else float("nan")


def brier(p: Array | float, replied: Array, sent: Array) -> float:
    """Return the mean squared error of estimated rates over single messages."""
    return float((replied * (1 - p) ** 2 + (sent - replied) * np.square(p)).sum() / sent.sum())


def later(sample: Sample) -> tuple[Ints, Ints]:
    """Return earlier rows to train on and later rows to test on; people of both are left out of the test."""
    order = np.argsort(sample.when, kind="stable")
    reached = np.cumsum(sample.sent[order]) / sample.sent.sum()
    cut = sample.when[order][min(int(np.searchsorted(reached, 1 - LATER_SHARE)), len(order) - 1)]
    train = np.flatnonzero(sample.when <= cut)
    known = np.isin(sample.person, sample.person[train])
    return train, np.flatnonzero((sample.when > cut) & ~known)


def judge_later(sample: Sample) -> Skill | None:
    """Return the skill on later messages; None where too few are left to say."""
    if np.isnan(sample.when).any():
        return None
    train, test = later(sample)
    past, future = sample.take(train), sample.take(test)
    if not _enough(future) or not _enough(past):
        return None
    logits = fit_response(past, groups_of(past)).logits(future)
    return skill(logits, np.full(len(future), past.base_rate), future, groups_of(future))


def judge_others(
    sample: Sample, groups: Ints, *, progress: Callable[[int, int], None] | None = None
) -> tuple[Skill, Array]:
    """Return the skill on other people and templates, and the held-out log-odds of every row."""
    logits, base = np.empty(len(sample)), np.empty(len(sample))
    folds = list(folds_of(groups))
    for number, (train, held) in enumerate(folds, 1):
        part = sample.take(train)
        logits[held] = fit_response(part, groups[train]).logits(sample.take(held))
        base[held] = part.base_rate
        if progress is not None:
            progress(number, len(folds))
    return skill(logits, base, sample, groups), logits


def skill(logits: Array, base: Array, sample: Sample, groups: Ints) -> Skill:
    """Return the skill of held-out `logits` beside held-out base rates."""
    p, replied, sent = sigmoid(logits), sample.replied, sample.sent
    names, index = np.unique(groups, return_inverse=True)
    random = np.random.default_rng(_SEED)
    aucs, gains = np.empty(_DRAWS), np.empty(_DRAWS)
    for draw in range(_DRAWS):
        weight = np.bincount(random.integers(len(names), size=len(names)), minlength=len(names))[index]
        k, n = replied * weight, sent * weight
        aucs[draw] = auc(p, k, n)
        gains[draw] = brier(base, k, n) - brier(p, k, n)
    own, alone = brier(p, replied, sent), brier(base, replied, sent)
    line, error = (
        recalibration(logits, sample) if np.ptp(logits) > 1e-9 else (np.array([0.0, 1.0]), np.zeros(2))
    )
    return Skill(
        int(sent.sum()), int(replied.sum()), (auc(p, replied, sent), *_ends(aucs)), own, alone,
        (alone - own, *_ends(gains)), (float(line[0]), float(error[0])), (float(line[1]), float(error[1])),
        _bins(p, sample),
    )  # fmt: skip


def _ends(draws: Array) -> tuple[float, float]:
    low, high = np.nanquantile(draws, [0.025, 0.975])
    return float(low), float(high)


def _bins(p: Array, sample: Sample) -> tuple[Bin, ...]:
    order = np.argsort(p, kind="stable")
    reached = (np.cumsum(sample.sent[order]) - sample.sent[order] / 2) / sample.sent.sum()
    number = np.minimum((reached * _BINS).astype(int), _BINS - 1)
    bins = []
    for place in range(_BINS):
        rows = order[number == place]
        sent, replied = sample.sent[rows].sum(), sample.replied[rows].sum()
        if sent:
            low, high = wilson(int(replied), int(sent))
            estimated = float((p[rows] * sample.sent[rows]).sum() / sent)
            bins.append(Bin(int(sent), estimated, float(replied / sent), low, high))
    return tuple(bins)


def _enough(sample: Sample) -> bool:
    replied = sample.replied.sum()
    return bool(replied >= MIN_TESTED and sample.sent.sum() - replied >= MIN_TESTED)
