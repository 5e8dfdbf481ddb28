"""Fitting a response model: the shipped judgement as a start, moved as far as held-out data justify.

Every coefficient has a normal prior. That of the score is centred on a cautious guess (`PRIOR_SLOPE`), those of the
features on zero with a strength chosen by cross-validation, so that little data change little. Messages made from one
template share its luck; the spread of templates is estimated (empirical Bayes) and widens every interval.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorer.heads.grams import hash_texts
from scorer.model.response import (
    PRIOR_SLOPE,
    SCORE_CENTRE,
    SCORE_STEP,
    Basis,
    Domain,
    ResponseModel,
    Wording,
)
from scorer.outcomes.logistic import Array, Fit, deviance, fit, sigmoid
from scorer.outcomes.sample import Ints, Sample

# Prior precision of standardised features; the last leaves them out. Precision 100 means effects of about 0.1.
PENALTIES = (1e5, 10_000.0, 3_000.0, 1_000.0, 300.0, 100.0, 30.0)
FOLDS = 5
_SLOPE_PRECISION = 1 / PRIOR_SLOPE**2  # the prior guess may well be wrong: no effect is one deviation away
_CONTEXT_PRECISION = 1.0
_WORDING_PRECISION = 1.0
_CUT = 3.0  # standard deviations at which a feature is cut off
_MOST_TEMPLATES = 300
# Before the data speak, templates differ by this much for reasons that no feature sees, worth this much evidence.
_LEAST_SD = 0.2
_TEMPLATE_SD, _TEMPLATE_WEIGHT = 0.4, 50.0
# A model of wording pays from here on, and only learns from words that this many drafts share.
WORDING_REPLIES, WORDING_DRAFTS, _SHARED = 400, 1500, 5
_WORDING_PENALTY = 20.0
_AXES, _EXPLAINED = 30, 0.9


@dataclass(frozen=True, slots=True)
class Fitted:
    """What a fit gives: all of a `ResponseModel` but its names.

    Attributes
    ----------
    basis, domain, wording, coef, covariance, template_sd
        As in `ResponseModel`.
    penalty
        Prior precision of the features.
    """

    basis: Basis
    domain: Domain | None
    wording: Wording | None
    coef: Array
    covariance: Array
    template_sd: float
    penalty: float

    def design(self, sample: Sample, wording: Array | None = None) -> Array:
        """Return the design of `sample`; `wording` gives that column where it is known from elsewhere."""
        columns = [
            np.ones(len(sample)), (sample.score - SCORE_CENTRE) / SCORE_STEP, *sample.context.T,
            *self.basis(sample.X).T,
        ]  # fmt: skip
        if self.wording is not None:
            columns.append(
                np.array([self.wording(text) for text in sample.texts]) if wording is None else wording
            )
        return np.column_stack(columns)

    def logits(self, sample: Sample) -> Array:
        """Return log-odds for `sample`, templates unknown."""
        return np.asarray(self.design(sample) @ self.coef)


def fit_response(
    sample: Sample, groups: Ints, penalty: float | None = None, *, final: bool = False
) -> Fitted:
    """Return a fit.

    Parameters
    ----------
    groups
        Rows of one group are never on both sides of a split.
    penalty
        Prior precision of the features; None chooses it by cross-validation.
    final
        Also estimate the spread of templates and where the training drafts lie.
    """
    chosen = choose_penalty(sample, groups) if penalty is None else penalty
    wording, verdicts = _wording(sample, groups)
    together = sample.collapsed() if verdicts is None else sample
    start = Fitted(make_basis(sample.X), None, wording, np.empty(0), np.empty((0, 0)), 0.0, chosen)
    design = start.design(together, verdicts)
    precision, mean = _prior(together, start, chosen)
    if not final:
        found = fit(design, together.replied, together.sent, precision, mean=mean)
        return _with(start, None, found.coef, found.covariance, 0.0)
    spread = _template_spread(sample, groups, chosen)
    found = _with_templates(design, together, precision, mean, spread)
    return _with(start, make_domain(sample, groups, start.basis), found.coef, found.covariance, spread)


def _with(start: Fitted, domain: Domain | None, coef: Array, covariance: Array, spread: float) -> Fitted:
    return Fitted(start.basis, domain, start.wording, coef, covariance, spread, start.penalty)


def as_model(fitted: Fitted, sample: Sample, name: str) -> ResponseModel:
    """Return the model that a final fit makes."""
    if fitted.domain is None:
        raise ValueError("only a final fit makes a model")
    return ResponseModel(
        name=name, denominator=sample.denominator, judge=sample.judge, features=sample.columns,
        contexts=sample.contexts, basis=fitted.basis, domain=fitted.domain, wording=fitted.wording,
        coef=fitted.coef, covariance=fitted.covariance, template_sd=fitted.template_sd,
        base_rate=sample.base_rate,
    )  # fmt: skip


def _prior(sample: Sample, start: Fitted, penalty: float) -> tuple[Array, Array]:
    n_features = len(start.basis.source)
    precision = np.concatenate(
        [
            [0.0, _SLOPE_PRECISION],
            np.full(sample.context.shape[1], _CONTEXT_PRECISION),
            np.full(n_features, penalty),
            [_WORDING_PRECISION] if start.wording is not None else [],
        ]
    )
    mean = np.zeros(len(precision))
    mean[1] = PRIOR_SLOPE
    return precision, mean


def _with_templates(design: Array, sample: Sample, precision: Array, mean: Array, spread: float) -> Fit:
    """Return the fit in which every template has an effect of its own, with that spread; the effects are dropped."""
    names, index = np.unique(sample.template, return_inverse=True)
    sizes = np.bincount(index, weights=sample.sent)
    often = np.flatnonzero(sizes > 1)
    often = often[np.argsort(-sizes[often], kind="stable")][:_MOST_TEMPLATES]
    place = np.full(len(names), -1)
    place[often] = np.arange(len(often))
    own = np.zeros((len(sample), len(often)))
    rows = np.flatnonzero(place[index] >= 0)
    own[rows, place[index][rows]] = 1.0
    found = fit(
        np.hstack([design, own]), sample.replied, sample.sent,
        np.concatenate([precision, np.full(len(often), 1 / spread**2)]),
        mean=np.concatenate([mean, np.zeros(len(often))]),
    )  # fmt: skip
    width = design.shape[1]
    return Fit(found.coef[:width], found.covariance[:width, :width])


def _template_spread(sample: Sample, groups: Ints, penalty: float) -> float:
    """Return how far templates lie from their estimates beyond chance and beyond what the fits own up to.

    By moments, from templates held out: (answers - expected)² exceeds the binomial variance by n(n - 1)(pq)² times the
    variance in log-odds. A prior of `_TEMPLATE_SD` stands in where templates were sent too seldom to tell.
    """
    over, known = _TEMPLATE_SD**2 * _TEMPLATE_WEIGHT, _TEMPLATE_WEIGHT
    for train, held in folds_of(groups):
        part, rest = sample.take(train).collapsed(), sample.take(held)
        start = Fitted(make_basis(part.X), None, None, np.empty(0), np.empty((0, 0)), 0.0, penalty)
        precision, mean = _prior(part, start, penalty)
        found = fit(start.design(part), part.replied, part.sent, precision, mean=mean)
        design = start.design(rest)
        p = sigmoid(design @ found.coef)
        doubt = np.einsum("ij,jk,ik->i", design, found.covariance, design)
        index = np.unique(rest.template, return_inverse=True)[1]
        n, k, expected, binomial, own = (
            np.bincount(index, weights=weight)
            for weight in (rest.sent, rest.replied, rest.sent * p, rest.sent * p * (1 - p), rest.sent * doubt)
        )
        unit = binomial / n  # pq
        pairs = n * (n - 1) * unit**2
        # Each template weighs by what it tells: one over the variance of its own squared error.
        weight = 1 / (binomial + pairs * _TEMPLATE_SD**2) ** 2
        over += float((weight * pairs * ((k - expected) ** 2 - binomial - pairs * own / n)).sum())
        known += float((weight * pairs**2).sum())
    return float(np.sqrt(max(over / known, _LEAST_SD**2)))


def make_basis(X: Array) -> Basis:  # noqa: N803
    """Return how to standardise the columns of `X` that vary."""
    defined = ~np.isnan(X)
    n = np.maximum(defined.sum(axis=0), 1)
    centre = np.where(defined, X, 0.0).sum(axis=0) / n
    spread = np.sqrt(np.where(defined, (X - centre) ** 2, 0.0).sum(axis=0) / n)
    low, high = centre - _CUT * spread, centre + _CUT * spread
    cut = np.where(defined, np.clip(X, low, high), 0.0)
    centre = cut.sum(axis=0) / n
    scale = np.sqrt(np.where(defined, (cut - centre) ** 2, 0.0).sum(axis=0) / n)
    kept = np.flatnonzero((scale > 1e-9) & (n >= min(10, len(X))))
    return Basis(kept.astype(np.int64), low[kept], high[kept], centre[kept], scale[kept])


def make_domain(sample: Sample, groups: Ints, basis: Basis) -> Domain:
    """Return where the drafts lie; the limit comes from drafts held out with all of their group."""
    Z = basis(sample.X)  # noqa: N806
    distances = np.empty(len(Z))
    for train, held in folds_of(groups):
        distances[held] = _domain(Z[train], 0.0).distance(Z[held])
    # Each draft counts once, however often it was sent.
    first = np.unique(sample.draft, return_index=True)[1]
    return _domain(Z, float(np.quantile(distances[first], 0.95)))


def _domain(Z: Array, limit: float) -> Domain:  # noqa: N803
    unique = np.unique(Z, axis=0)
    _, singular, axes = np.linalg.svd(unique, full_matrices=False)
    variance = singular**2 / len(unique)
    n = int(np.searchsorted(np.cumsum(variance) / max(variance.sum(), 1e-12), _EXPLAINED)) + 1
    n = max(1, min(n, _AXES, len(unique) // 3 + 1))
    rest = max(float(variance[n:].sum()), 0.05 * float(variance.sum()), 1e-6)
    spread = np.sqrt(np.maximum(variance[:n], 1e-3 * variance[0] + 1e-9))
    return Domain(axes[:n], spread, rest, limit)


def folds_of(groups: Ints, n_folds: int = FOLDS, seed: int = 0) -> Iterator[tuple[Ints, Ints]]:
    """Yield rows to train on and rows held out; a group is never on both sides, and folds are even in rows."""
    names, index = np.unique(groups, return_inverse=True)
    sizes = np.bincount(index)
    shuffled = np.random.default_rng(seed).permutation(len(names))
    order = shuffled[np.argsort(-sizes[shuffled], kind="stable")]
    load = np.zeros(min(n_folds, len(names)))
    fold = np.empty(len(names), dtype=np.int64)
    for group in order:
        fold[group] = load.argmin()
        load[fold[group]] += sizes[group]
    for number in range(len(load)):
        held = fold[index] == number
        yield np.flatnonzero(~held), np.flatnonzero(held)


def choose_penalty(sample: Sample, groups: Ints) -> float:
    """Return the strongest penalty whose held-out deviance is within half a standard error of the least."""
    losses = np.zeros((FOLDS, len(PENALTIES)))
    used = 0
    for number, (train, held) in enumerate(folds_of(groups, seed=1)):
        part, rest = sample.take(train).collapsed(), sample.take(held)
        start = Fitted(make_basis(part.X), None, None, np.empty(0), np.empty((0, 0)), 0.0, 0.0)
        design, held_design = start.design(part), start.design(rest)
        coef = None
        for place, penalty in enumerate(PENALTIES):
            precision, mean = _prior(part, start, penalty)
            coef = fit(design, part.replied, part.sent, precision, mean=mean, start=coef).coef
            losses[number, place] = (
                deviance(rest.replied, rest.sent, sigmoid(held_design @ coef)) / rest.sent.sum()
            )
        used = number + 1
    losses = losses[:used]
    mean_loss = losses.mean(axis=0)
    best = int(mean_loss.argmin())
    gap = losses - losses[:, [best]]
    error = gap.std(axis=0, ddof=1) / np.sqrt(used) if used > 1 else np.zeros(len(PENALTIES))
    return PENALTIES[int(np.flatnonzero(mean_loss <= mean_loss[best] + error / 2)[0])]


def _wording(sample: Sample, groups: Ints) -> tuple[Wording | None, Array | None]:
    """Return a model of wording and its held-out verdicts on the sample; nothing where data are not large."""
    n_drafts = len(np.unique(sample.draft))
    if not sample.texts or sample.replied.sum() < WORDING_REPLIES or n_drafts < WORDING_DRAFTS:
        return None, None
    verdicts = np.empty(len(sample))
    for train, held in folds_of(groups, seed=2):
        part = fit_wording([sample.texts[i] for i in train], sample.replied[train], sample.sent[train])
        verdicts[held] = [part(sample.texts[i]) for i in held]
    whole = fit_wording(sample.texts, sample.replied, sample.sent)
    return whole, verdicts


def fit_wording(
    texts: Sequence[str], replied: Array, sent: Array, penalty: float = _WORDING_PENALTY
) -> Wording:
    """Return a linear model over the hashed words and letters of `texts`.

    A key enters only if several texts share it, so that no name and no phrase of a single message is in the model.
    """
    import scipy.sparse as sp
    from sklearn.linear_model import LogisticRegression

    grams = hash_texts(texts)
    keys, inverse, count = np.unique(grams.keys, return_inverse=True, return_counts=True)
    shared = count >= _SHARED
    column = np.cumsum(shared) - 1
    entry = shared[inverse]
    is_char = (grams.keys & np.uint32(1)).astype(bool)
    norms = np.where(is_char, grams.char_norms[grams.rows], grams.word_norms[grams.rows])
    matrix = sp.csr_matrix(
        (1 / norms[entry], (grams.rows[entry], column[inverse[entry]])), shape=(len(texts), int(shared.sum()))
    )
    # A count of replies is that many answered and the rest unanswered messages.
    doubled = sp.vstack([matrix, matrix]).tocsr()
    target = np.repeat([1, 0], len(texts))
    weight = np.concatenate([replied, sent - replied])
    used = weight > 0
    model = LogisticRegression(C=1 / penalty, max_iter=300)
    model.fit(doubled[used], target[used], sample_weight=weight[used])
    verdicts = np.asarray(matrix @ model.coef_[0]) + model.intercept_[0]
    return Wording(
        keys[shared].astype(np.uint32), model.coef_[0].astype(float), float(model.intercept_[0]),
        float(verdicts.mean()), float(max(verdicts.std(), 1e-9)),
    )  # fmt: skip


def recalibration(logits: Array, sample: Sample) -> tuple[NDArray[np.float64], Array]:
    """Return intercept and slope of a calibration line through held-out `logits`, and their standard errors.

    Well calibrated is 0 and 1 (Cox 1958).
    """
    design = np.column_stack([np.ones(len(logits)), logits])
    found = fit(design, sample.replied, sample.sent, np.zeros(2), start=np.array([0.0, 1.0]))
    return found.coef, np.sqrt(np.diag(found.covariance))
