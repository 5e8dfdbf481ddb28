"""Weights taken from the evidence table: what judged drafts before a classifier was trained, and its baseline.

Each entry is a log-odds weight of the evidence base, scaled to points; no figure here was fitted to data.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from scorer.model.base import Judgement
from scorer.schema import FAMILIES

# One log-odds unit is worth this many points, so that the usual sum of strengths (about 1.2) reaches 90 from 55.
POINTS_PER_LOG_ODD = 30.0
BASE = 52.0

Term = tuple[str, float, Callable[[float], float]]


def _present(value: float) -> float:
    return 1.0 if value > 0 else 0.0


def _capped(limit: float) -> Callable[[float], float]:
    return lambda value: min(value, limit) / limit


# feature, log-odds weight, shape of the effect between 0 and 1; ids are those of the evidence table, section 19.
TERMS: tuple[Term, ...] = ()


class EvidenceJudge:
    """Judges by the evidence table's starting weights."""

    name = "evidence weights (no classifier)"

    def judge(self, values: Mapping[str, float]) -> Judgement:
        """Return the verdict on a draft from its feature values."""
        contributions: dict[str, float] = {}
        for feature, weight, shape in TERMS:
            value = values.get(feature, math.nan)
            if not math.isnan(value):
                points = POINTS_PER_LOG_ODD * weight * shape(value)
                if points:
                    contributions[feature] = contributions.get(feature, 0.0) + points
        return Judgement(BASE, contributions, {family: _standing(family, contributions) for family in FAMILIES})

    def potential(self, values: Mapping[str, float], names: tuple[str, ...]) -> float:
        """Return the points gained if the named features gave their best; at least 0."""
        now = self.judge(values).contributions
        best = {
            feature: max(0.0, POINTS_PER_LOG_ODD * weight) for feature, weight, _ in TERMS if feature in names
        }
        return max(0.0, sum(points - now.get(feature, 0.0) for feature, points in best.items()))


def _standing(family: str, contributions: Mapping[str, float]) -> float:
    low = sum(min(0.0, POINTS_PER_LOG_ODD * w) for f, w, _ in TERMS if f.startswith(f"{family}."))
    high = sum(max(0.0, POINTS_PER_LOG_ODD * w) for f, w, _ in TERMS if f.startswith(f"{family}."))
    now = sum(points for name, points in contributions.items() if name.startswith(f"{family}."))
    return 100.0 if high == low else 100.0 * (now - low) / (high - low)
