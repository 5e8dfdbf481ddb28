"""What all heads share: fitting over several corpora, calibration, thresholds, and the figures' table."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import f1_score

from scorer.heads import LinearHead, cues
from training.heads.corpora import Corpora
from training.heads.design import Columns, Measured, stack

SEED = 0
Loss = Literal["squared", "logistic"]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# The cues of place say nothing about a text on its own.
OWN_CUES = tuple(name for name in cues.NAMES if not name.startswith("place."))


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one corpus with their target; `weight` is that of each row."""

    data: Measured
    target: Floats
    weight: float | Floats = 1.0

    def take(self, chosen: Ints) -> Part:
        weight = self.weight if isinstance(self.weight, float) else self.weight[chosen]
        return Part(self.data.take(chosen), self.target[chosen], weight)

    @property
    def weights(self) -> Floats:
        return np.full(self.data.n, self.weight) if isinstance(self.weight, float) else self.weight


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a head is fitted; every value was chosen by cross-validation on training data."""

    loss: Loss
    penalty: float
    min_texts: int = 3
    word_weight: float = 1.0
    char_weight: float = 1.0
    cue_weight: float = 0.2
    cue_names: tuple[str, ...] = OWN_CUES
    keep: int = 60_000


@dataclass(frozen=True, slots=True)
class Fitted:
    """Fitted weights in the shipped form: pruned and rounded as in the artefact, not yet calibrated."""

    keys: NDArray[np.uint32]
    weights: NDArray[np.float32]
    cue_weights: NDArray[np.float32]
    bias: float

    def decide(self, data: Measured) -> Floats:
        """Return z for every text."""
        place = np.minimum(np.searchsorted(self.keys, data.keys), len(self.keys) - 1)
        known = self.keys[place] == data.keys
        values = np.where(known, self.weights[place], 0) * data.values
        return (
            np.bincount(data.rows, weights=values, minlength=data.n)
            + data.cues @ self.cue_weights
            + self.bias
        )


def fit(parts: Sequence[Part], recipe: Recipe) -> Fitted:
    """Fit one output on several corpora.

    The first part is the anchor: the others share its weights, but each has an intercept of its own, so that
    a difference between two corpora is not learned as one between two classes.
    """
    data = stack(*[part.data for part in parts])
    columns = Columns.fit(
        data,
        min_texts=recipe.min_texts,
        cue_names=recipe.cue_names,
        word_weight=recipe.word_weight,
        char_weight=recipe.char_weight,
        cue_weight=recipe.cue_weight,
    )
    source = np.repeat(np.arange(len(parts)), [part.data.n for part in parts])
    # Ten: a large column makes the penalty on the intercept vanish.
    tens = np.full(data.n, 10.0, dtype=np.float32)
    offsets = sp.csr_matrix((tens, (np.arange(data.n), source)), shape=(data.n, len(parts)))
    matrix = sp.hstack([columns.matrix(data), offsets], format="csr")
    target = np.concatenate([part.target for part in parts])
    weight = np.concatenate([part.weights for part in parts])
    if recipe.loss == "squared":
        model = Ridge(alpha=recipe.penalty, solver="sparse_cg", tol=1e-4, fit_intercept=False)
        coefficients = model.fit(matrix, target, sample_weight=weight).coef_
    else:
        model = LogisticRegression(C=1 / recipe.penalty, max_iter=400, fit_intercept=False, random_state=SEED)
        coefficients = model.fit(matrix, target, sample_weight=weight).coef_[0]
    n = len(columns.keys)
    weights = coefficients[:n] * columns.scales
    strongest = np.sort(np.argsort(-np.abs(weights), kind="stable")[: recipe.keep])
    cue_weights = np.zeros(len(cues.NAMES))
    cue_weights[list(columns.cues)] = coefficients[n : n + len(columns.cues)] * columns.cue_scales
    rounded = weights[strongest].astype(np.float16).astype(np.float32)
    bias = float(coefficients[n + len(columns.cues)] * 10)
    return Fitted(columns.keys[strongest], rounded, cue_weights.astype(np.float32), bias)


def folds(groups: Sequence[str], n: int = 5) -> Ints:
    """Give every row a fold by its group's name, the same in every run."""
    return np.array([zlib.crc32(f"{SEED}{group}".encode()) % n for group in groups])


def cross_decide(parts: Sequence[Part], fold: Ints, recipe: Recipe) -> Floats:
    """Return z for every row of the first part from a model that has not seen its fold."""
    anchor, others = parts[0], parts[1:]
    z = np.zeros(anchor.data.n)
    for number in np.unique(fold):
        seen, unseen = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        z[unseen] = fit([anchor.take(seen), *others], recipe).decide(anchor.data.take(unseen))
    return z


def platt(z: Floats, truth: Ints, weight: Floats | None = None) -> tuple[float, float]:
    """Return slope and shift of the logistic curve that turns held-out `z` into probabilities."""
    model = LogisticRegression(C=1e6).fit(z[:, None], truth, sample_weight=weight)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def probability(z: Floats, curve: tuple[float, float]) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(curve[0] * z + curve[1], -30, 30))))


def best_threshold(p: Floats, truth: Ints, weight: Floats | None = None) -> float:
    """Return the threshold with the highest F1 on held-out folds."""
    grid = np.arange(0.05, 0.96, 0.01)
    return float(grid[int(np.argmax([f1_score(truth, p >= t, sample_weight=weight) for t in grid]))])


def calibration_error(p: Floats, truth: Ints, n_bins: int = 10) -> float:
    """Return the expected calibration error over equally filled bins."""
    bins = np.array_split(np.argsort(p, kind="stable"), n_bins)
    return float(sum(len(b) / len(p) * abs(p[b].mean() - truth[b].mean()) for b in bins if len(b)))


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the results table.

    Attributes
    ----------
    data
        ``train`` (held-out folds of training data), ``test`` (a test split, used for the figure alone) or
        ``measure`` (a corpus that never trains anything).
    goal
        As a text such as ``>= 0.85``; empty where none was set.
    """

    what: str
    data: Literal["train", "test", "measure"]
    ours: float
    naive: str = ""
    published: str = ""
    goal: str = ""

    @property
    def reached(self) -> str:
        if not self.goal:
            return ""
        sign, bound = self.goal.split()
        fine = self.ours >= float(bound) if sign == ">=" else self.ours <= float(bound)
        return "yes" if fine else "**no**"


@dataclass(frozen=True, slots=True)
class Trained:
    """A head with its figures and what its card must say."""

    head: LinearHead
    figures: list[Figure]
    recipe: Recipe
    data: str
    limits: str
    tables: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)


def make_head(
    name: str,
    unit: Literal["text", "sentence"],
    outputs: Sequence[tuple[str, Fitted, tuple[float, float], float]],
) -> LinearHead:
    """Pack outputs (name, weights, calibration curve, threshold) into one head."""
    keys = np.unique(np.concatenate([fitted.keys for _, fitted, _, _ in outputs]))
    weights = np.zeros((len(keys), len(outputs)), dtype=np.float32)
    for i, (_, fitted, _, _) in enumerate(outputs):
        weights[np.searchsorted(keys, fitted.keys), i] = fitted.weights

    def row(values: Sequence[float]) -> NDArray[np.float32]:
        return np.array(values, dtype=np.float32)

    return LinearHead(
        name,
        unit,
        tuple(output for output, _, _, _ in outputs),
        keys,
        weights,
        np.column_stack([fitted.cue_weights for _, fitted, _, _ in outputs]),
        row([fitted.bias for _, fitted, _, _ in outputs]),
        row([curve[0] for _, _, curve, _ in outputs]),
        row([curve[1] for _, _, curve, _ in outputs]),
        row([threshold for _, _, _, threshold in outputs]),
    )


Builder = Callable[[Corpora], Trained]
