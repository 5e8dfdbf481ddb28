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
    return min(value, 1.0)


def _up_to(limit: float) -> Callable[[float], float]:
    return lambda value: min(max(value, 0.0), limit) / limit


def _one_or_two(value: float) -> float:
    return 1.0 if 1 <= value <= 2 else 0.0


def _more_than(limit: float) -> Callable[[float], float]:
    return lambda value: 1.0 if value > limit else 0.0


# Feature, log-odds weight, shape of its effect between 0 and 1; weights are those of the evidence table.
TERMS: tuple[Term, ...] = (
    ("personalization.details", 0.25, _up_to(3)),
    ("personalization.greeting_names_reader", 0.03, _present),
    ("personalization.placeholders", -0.30, _present),
    ("personalization.merge_breaks", -0.30, _present),
    ("personalization.stock_lines", -0.15, _present),
    ("personalization.shown_common_ground", 0.10, _present),
    ("personalization.praise_without_detail", -0.05, _present),
    ("personalization.copied_share", -0.10, _up_to(1)),
    ("length.words_above_band", -0.40, _up_to(150)),
    ("length.words_below_band", -0.20, _up_to(25)),
    ("length.inmail_over_800", -0.05, _present),
    ("length.inmail_over_1200", -0.05, _present),
    ("length.grade_over_ten", -0.05, _up_to(4)),
    ("length.walls_of_text", -0.03, _present),
    ("length.subject_missing", -0.08, _present),
    ("length.subject_off_band", -0.08, _up_to(8)),
    ("spam.promotional_phrases", -0.40, _up_to(3)),
    ("spam.hype", -0.10, _up_to(3)),
    ("spam.mark_runs", -0.10, _present),
    ("spam.shouted_words", -0.10, _up_to(3)),
    ("spam.weak_words", -0.03, _more_than(1)),
    ("ask.has_ask", 0.20, _present),
    ("ask.n_vague", -0.20, _present),
    ("ask.excess_effort", -0.15, _up_to(2)),
    ("ask.n_questions", 0.08, _one_or_two),
    ("ask.n_questions", -0.10, _more_than(3)),
    ("ask.n_competing", -0.10, _present),
    ("ask.reason", 0.05, _present),
    ("ask.introduced", 0.10, _present),
    ("ask.way_out", 0.03, _present),
    ("ask.n_sensitive", -0.50, _present),
    ("tone.offers", 0.25, _present),
    ("tone.gratitude", 0.07, _present),
    ("tone.greeting", 0.05, _present),
    ("tone.warmth", 0.05, _present),
    ("tone.gushing", -0.05, _present),
    ("tone.emoji", -0.05, _present),
    ("tone.netspeak", -0.15, _present),
    ("tone.misspellings", -0.15, _up_to(2)),
    ("tone.guilt", -0.10, _present),
    ("tone.pressure", -0.10, _present),
    ("tone.begging", -0.10, _present),
    ("tone.rudeness", -0.30, _present),
)


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
        return Judgement(
            BASE, contributions, {family: _standing(family, contributions) for family in FAMILIES}
        )

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
