"""A reply rate learnt from one's own outcomes, applied to a draft: plain arrays, no scikit-learn.

    log-odds = base rate + slope · score + sum of small feature effects + channel and stage [+ wording]

It starts from the shipped judgement: without data the slope is a cautious guess and all else is zero. The interval
holds what is uncertain in the coefficients and how far templates differ for reasons that no feature sees. A draft
unlike those it learnt from gets no number. The estimate stands beside the score and never moves it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorer.errors import ArtefactError
from scorer.heads.grams import KEYS_VERSION, hash_texts
from scorer.model.artefact import verified_manifest
from scorer.schema import Draft, ResponseEstimate

Array = NDArray[np.float64]

FORMAT = 1
ARRAYS = "response.npz"
CARD = "card.md"
_AGAIN = "train it again with score-draft train"
_WIDE = 2.131  # 95 % of a t distribution with 15 degrees of freedom: the templates' spread is an estimate too

# A step on the score, in points, and what it is worth in log-odds before any data speak: half of what the evidence
# table's own weights make of it, because they overlap and come from other channels.
SCORE_STEP, SCORE_CENTRE = 10.0, 60.0
PRIOR_SLOPE = 0.5 * SCORE_STEP / 30.0


@dataclass(frozen=True, slots=True)
class Basis:
    """How feature values become columns: cut to the range seen in training, then standardised.

    Attributes
    ----------
    source
        Which feature each column is made from.
    low, high
        Ends of the range; what lies outside is moved to its end.
    centre, scale
        Mean and spread in training. An undefined value stands at the mean.
    """

    source: NDArray[np.int64]
    low: Array
    high: Array
    centre: Array
    scale: Array

    def __call__(self, X: Array) -> Array:  # noqa: N803 (the field's name for a feature matrix)
        """Return the columns ``(n, k)`` of feature values ``(n, p)``."""
        z = (np.clip(X[:, self.source], self.low, self.high) - self.centre) / self.scale
        return np.nan_to_num(z, nan=0.0)


@dataclass(frozen=True, slots=True)
class Domain:
    """Where the training drafts lie, to tell what is unlike them.

    Attributes
    ----------
    axes
        Principal axes of the standardised features ``(r, k)``.
    spread
        Standard deviation along each axis ``(r,)``.
    rest
        Mean squared distance from the space of the axes.
    limit
        Distance of the 95th percentile of training drafts, each seen by axes made without its like.
    """

    axes: Array
    spread: Array
    rest: float
    limit: float

    def distance(self, Z: Array) -> Array:  # noqa: N803
        """Return for each row of standardised features how far it lies from the training drafts; about 1 inside."""
        along = Z @ self.axes.T
        outside = np.maximum((Z * Z).sum(axis=1) - (along * along).sum(axis=1), 0.0)
        inside = ((along / self.spread) ** 2).mean(axis=1)
        return np.asarray(np.sqrt(0.5 * inside + 0.5 * outside / self.rest))


@dataclass(frozen=True, slots=True)
class Wording:
    """A linear model over hashed words and letters; only large data have one, and it names no word.

    Attributes
    ----------
    keys, weights
        Ascending 32-bit keys and their log-odds.
    bias, centre, scale
        Constant, and what standardises the sum.
    """

    keys: NDArray[np.uint32]
    weights: Array
    bias: float
    centre: float
    scale: float

    def __call__(self, text: str) -> float:
        """Return the standardised verdict on a text."""
        grams = hash_texts([text])
        place = np.minimum(np.searchsorted(self.keys, grams.keys), len(self.keys) - 1)
        known = self.keys[place] == grams.keys
        is_char = (grams.keys[known] & np.uint32(1)).astype(bool)
        norms = np.where(is_char, grams.char_norms[0], grams.word_norms[0])
        total = float((self.weights[place[known]] / norms).sum()) + self.bias
        return (total - self.centre) / self.scale


@dataclass(frozen=True, slots=True)
class ResponseModel:
    """A trained response model; immutable and safe to share between threads.

    Attributes
    ----------
    name
        What a report calls it.
    denominator
        What the rate is a share of, such as ``sent``.
    judge
        The classifier whose score it stands on.
    features
        Names of the features, in the order of `basis`.
    contexts
        Channels and stages it has seen, such as ``channel=message``; each but the commonest has a coefficient.
    basis, domain, wording
        See there; `wording` is None for all but large data.
    coef, covariance
        Of constant, score, contexts, features and wording, in this order.
    template_sd
        Spread of templates around the line, in log-odds.
    base_rate
        Share answered in training.
    folder
        Where it was loaded from.
    """

    name: str
    denominator: str
    judge: str
    features: tuple[str, ...]
    contexts: tuple[str, ...]
    basis: Basis
    domain: Domain
    wording: Wording | None
    coef: Array
    covariance: Array
    template_sd: float
    base_rate: float
    folder: Path | None = None

    @classmethod
    def load(cls, folder: str | Path, features: tuple[str, ...], judge: str) -> ResponseModel:
        """Return the model in `folder`.

        Parameters
        ----------
        features
            Names of the features that this version measures.
        judge
            Name of the classifier in use.

        Raises
        ------
        ArtefactError
            Missing, altered, or made for other features or another classifier.
        """
        folder = Path(folder)
        manifest = verified_manifest(folder, (ARRAYS,), remedy=_AGAIN)
        if manifest.get("kind") != "response" or manifest.get("format") != FORMAT:
            raise ArtefactError(f"{folder.name}: no response model of this version; {_AGAIN}")
        if tuple(manifest.get("features", ())) != features or manifest.get("keys_version") != KEYS_VERSION:
            raise ArtefactError(f"{folder.name}: was trained on other features than this version's; {_AGAIN}")
        if manifest.get("judge") != judge:
            raise ArtefactError(f"{folder.name}: stands on the scores of another classifier; {_AGAIN}")
        try:
            with np.load(folder / ARRAYS, allow_pickle=False) as arrays:
                return _from_arrays(manifest, {name: arrays[name] for name in arrays.files}, folder)
        except (KeyError, TypeError, ValueError):
            raise ArtefactError(f"{folder.name}/{ARRAYS}: an array is missing or damaged; {_AGAIN}") from None

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return all numbers of the model, as they are stored."""
        arrays: dict[str, NDArray[Any]] = {
            "source": self.basis.source, "low": self.basis.low, "high": self.basis.high,
            "centre": self.basis.centre, "scale": self.basis.scale, "axes": self.domain.axes,
            "spread": self.domain.spread, "rest_limit": np.array([self.domain.rest, self.domain.limit]),
            "coef": self.coef, "covariance": self.covariance,
            "rates": np.array([self.template_sd, self.base_rate]),
        }  # fmt: skip
        if self.wording is not None:
            arrays |= {
                "wording_keys": self.wording.keys,
                "wording_weights": self.wording.weights,
                "wording_scale": np.array([self.wording.bias, self.wording.centre, self.wording.scale]),
            }
        return arrays

    def estimate(self, draft: Draft, values: Mapping[str, float], score: float) -> ResponseEstimate:
        """Return the expected reply rate of a draft, or why there is none.

        Parameters
        ----------
        values
            Feature values, NaN where undefined.
        score
            0 to 100.
        """
        X = np.array([[values.get(name, math.nan) for name in self.features]])  # noqa: N806
        Z = self.basis(X)  # noqa: N806
        reason = self._unlike(draft, Z)
        nothing = ResponseEstimate(denominator=self.denominator, model=self.name, base_rate=self.base_rate)
        if reason is not None:
            return replace(nothing, reason=reason)
        own = contexts_of(draft.channel, draft.stage)
        row = [1.0, (score - SCORE_CENTRE) / SCORE_STEP]
        row += [float(name in own) for name in self.contexts]
        row += Z[0].tolist()
        if self.wording is not None:
            row.append(self.wording(draft.text))
        rate, low, high = self.rates(np.array([row]))
        return replace(nothing, estimate=float(rate[0]), low=float(low[0]), high=float(high[0]))

    def rates(self, design: Array) -> tuple[Array, Array, Array]:
        """Return expected rate and 95 % interval for rows of the design (columns in the order of `coef`)."""
        middle = design @ self.coef
        variance = np.einsum("ij,jk,ik->i", design, self.covariance, design) + self.template_sd**2
        reach = _WIDE * np.sqrt(variance)
        # The mean of a rate whose log-odds spread like this (MacKay 1992, the evidence framework for classification).
        mean = middle / np.sqrt(1 + math.pi * variance / 8)
        ends = (1 / (1 + np.exp(-np.clip(z, -35, 35))) for z in (mean, middle - reach, middle + reach))
        rate, low, high = ends
        return rate, low, high

    def _unlike(self, draft: Draft, Z: Array) -> str | None:  # noqa: N803
        missing = [name for name in contexts_of(draft.channel, draft.stage) if name not in self.contexts]
        if missing:
            what = missing[0].partition("=")[2].replace("_", " ")
            return f"nothing was learnt from any {what}"
        if float(self.domain.distance(Z)[0]) > self.domain.limit:
            return "the draft is unlike the messages it learnt from"
        return None


def contexts_of(channel: str, stage: str) -> tuple[str, str]:
    """Return the names under which a model knows a channel and a stage."""
    return f"channel={channel}", f"stage={stage}"


def _from_arrays(
    manifest: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], folder: Path
) -> ResponseModel:
    basis = Basis(
        arrays["source"].astype(np.int64), *(arrays[name] for name in ("low", "high", "centre", "scale"))
    )
    rest, limit = (float(value) for value in arrays["rest_limit"])
    template_sd, base_rate = (float(value) for value in arrays["rates"])
    wording = None
    if "wording_keys" in arrays:
        bias, centre, scale = (float(value) for value in arrays["wording_scale"])
        wording = Wording(arrays["wording_keys"], arrays["wording_weights"], bias, centre, scale)
    contexts = tuple(map(str, manifest["contexts"]))
    size = 2 + len(contexts) + len(basis.source) + (wording is not None)
    if arrays["coef"].shape != (size,) or arrays["covariance"].shape != (size, size):
        raise ValueError
    return ResponseModel(
        name=str(manifest["name"]), denominator=str(manifest["denominator"]), judge=str(manifest["judge"]),
        features=tuple(map(str, manifest["features"])), contexts=contexts, basis=basis,
        domain=Domain(arrays["axes"], arrays["spread"], rest, limit), wording=wording, coef=arrays["coef"],
        covariance=arrays["covariance"], template_sd=template_sd, base_rate=base_rate, folder=folder,
    )  # fmt: skip
