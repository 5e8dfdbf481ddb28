"""The trained classifier as plain arrays: one piecewise linear function for each feature, no scikit-learn needed."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scorer.errors import ArtefactError
from scorer.model.artefact import verified_manifest
from scorer.model.base import Judgement
from scorer.schema import FAMILIES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ARRAYS = "additive.npz"


@dataclass(frozen=True, slots=True)
class Shape:
    """What one feature contributes, in score points: a piecewise linear function.

    Attributes
    ----------
    knots, points
        Ascending values and the contribution at each, relative to the average draft; flat outside.
    missing
        The contribution of an undefined value.
    good
        The mean contribution among the drafts that readers found good.
    """

    knots: tuple[float, ...]
    points: tuple[float, ...]
    missing: float
    good: float

    def __call__(self, value: float) -> float:
        """Return the contribution of `value`."""
        if math.isnan(value):
            return self.missing
        knots, points = self.knots, self.points
        if value <= knots[0]:
            return points[0]
        if value >= knots[-1]:
            return points[-1]
        right = bisect_right(knots, value)
        low, high = knots[right - 1], knots[right]
        share = (value - low) / (high - low)
        return points[right - 1] + share * (points[right] - points[right - 1])


@dataclass(frozen=True, slots=True)
class _Table:
    """All functions side by side, so that one pass works out all contributions.

    Attributes
    ----------
    knots, points
        Shape (functions, most knots), filled up with infinity and the last point.
    places
        Where each function's row begins in them, counted in one dimension, shape (functions,).
    first, last, missing
        First and last knot, and the contribution of an undefined value, shape (functions,).
    """

    knots: NDArray[np.float64]
    points: NDArray[np.float64]
    places: NDArray[np.int64]
    first: NDArray[np.float64]
    last: NDArray[np.float64]
    missing: NDArray[np.float64]

    @classmethod
    def of(cls, functions: Sequence[Shape]) -> _Table:
        import numpy as np

        most = max((len(function.knots) for function in functions), default=0) + 1
        knots = np.full((len(functions), most), np.inf)
        points = np.zeros((len(functions), most))
        for row, function in enumerate(functions):
            n = len(function.knots)
            knots[row, :n], points[row, :n], points[row, n:] = (
                function.knots,
                function.points,
                function.points[-1],
            )
        return cls(
            knots,
            points,
            places=np.arange(len(functions)) * most,
            first=np.array([function.knots[0] for function in functions], dtype=np.float64),
            last=np.array([function.knots[-1] for function in functions], dtype=np.float64),
            missing=np.array([function.missing for function in functions], dtype=np.float64),
        )

    def __call__(self, values: Sequence[float]) -> list[float]:
        """Return what `Shape` returns for each function and its value."""
        import numpy as np

        given = np.array(values, dtype=np.float64)
        undefined = np.isnan(given)
        given[undefined] = 0.0
        given = np.minimum(np.maximum(given, self.first), self.last)
        # At the last knot the next one is infinite, and nothing is added to the point there.
        right = self.places + (self.knots <= given[:, None]).sum(axis=1)
        left = right - 1
        low, start = self.knots.take(left), self.points.take(left)
        share = (given - low) / (self.knots.take(right) - low)
        found = start + share * (self.points.take(right) - start)
        found[undefined] = self.missing[undefined]
        return found.tolist()  # type: ignore[no-any-return]


class AdditiveJudge:
    """Judges with an additive model: ``base`` plus one piecewise linear function for each feature.

    Parameters
    ----------
    functions
        Feature name -> function; features without an effect are absent.
    base
        Points of the average draft.
    ranges
        Family -> the sums of contributions that count as 0 and as 100.
    """

    def __init__(
        self,
        functions: Mapping[str, Shape],
        base: float,
        ranges: Mapping[str, tuple[float, float]],
        name: str,
    ) -> None:
        self._functions = dict(functions)
        self._family_of = {name: name.partition(".")[0] for name in functions}
        self._table = _Table.of(tuple(functions.values()))
        self._base = base
        self._ranges = dict(ranges)
        self._name = name

    @property
    def name(self) -> str:
        """Name and version of the classifier."""
        return self._name

    @property
    def functions(self) -> Mapping[str, Shape]:
        """The functions by feature."""
        return self._functions

    @classmethod
    def load(cls, folder: Path, columns: Sequence[str]) -> AdditiveJudge:
        """Return the classifier in `folder`.

        Parameters
        ----------
        columns
            Names of the features that this version measures, in order.

        Raises
        ------
        ArtefactError
            Missing, altered, or trained on other features.
        """
        manifest = verified_manifest(folder, (ARRAYS,))
        if tuple(manifest.get("features", ())) != tuple(columns):
            raise ArtefactError(
                f"the classifier in {folder.name!r} was trained on other features than this version measures; "
                "train it again or install the version it was made with"
            )
        import numpy as np

        with np.load(folder / ARRAYS, allow_pickle=False) as arrays:
            names = [str(name) for name in arrays["names"]]
            ends = arrays["n_knots"].cumsum().tolist()
            knots, points = arrays["knots"].tolist(), arrays["points"].tolist()
            missing, good = arrays["missing"].tolist(), arrays["good"].tolist()
            base = float(arrays["base"])
            ranges = {
                family: (float(low), float(high))
                for family, (low, high) in zip(FAMILIES, arrays["ranges"], strict=True)
            }
        functions: dict[str, Shape] = {}
        start = 0
        for index, (name, end) in enumerate(zip(names, ends, strict=True)):
            functions[name] = Shape(
                tuple(knots[start:end]), tuple(points[start:end]), missing[index], good[index]
            )
            start = end
        return cls(functions, base, ranges, f"{manifest['name']} {manifest['version']}")

    def judge(self, values: Mapping[str, float]) -> Judgement:
        """Return the verdict on a draft from its feature values (NaN where undefined)."""
        found = self._table([values.get(name, math.nan) for name in self._functions])
        contributions = {name: points for name, points in zip(self._functions, found, strict=True) if points}
        sums = dict.fromkeys(FAMILIES, 0.0)
        for name, points in contributions.items():
            sums[self._family_of[name]] += points
        families = {family: _standing(total, *self._ranges[family]) for family, total in sums.items()}
        return Judgement(self._base, contributions, families)

    def potential(self, values: Mapping[str, float], names: tuple[str, ...]) -> float:
        """Return the points gained if the named features contributed what they do in good drafts."""
        gain = 0.0
        for name in names:
            function = self._functions.get(name)
            if function is not None:
                gain += max(0.0, function.good - function(values.get(name, math.nan)))
        return gain


def _standing(total: float, low: float, high: float) -> float:
    if high <= low:
        return 100.0
    return min(100.0, max(0.0, 100.0 * (total - low) / (high - low)))
