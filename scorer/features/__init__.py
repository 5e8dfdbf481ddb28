"""All features, in the classifier's column order: one explicit tuple."""

from __future__ import annotations

from scorer.features._heads import judge_wording
from scorer.features.ask import FEATURES as ASK
from scorer.features.base import Direction, Example, Feature
from scorer.features.length import FEATURES as LENGTH
from scorer.features.personalization import FEATURES as PERSONALIZATION
from scorer.features.spam import FEATURES as SPAM
from scorer.features.tone import FEATURES as TONE
from scorer.features.wording import FEATURES as WORDING
from scorer.parse.parsed import ParsedDraft
from scorer.schema import Measurement

__all__ = ["FEATURES", "Direction", "Example", "Feature", "judge_wording", "measure"]

FEATURES: tuple[Feature, ...] = (*PERSONALIZATION, *LENGTH, *SPAM, *ASK, *TONE, *WORDING)


def measure(parsed: ParsedDraft) -> dict[str, Measurement]:
    """Return every feature of `parsed` by name, in column order."""
    return {feature.name: feature.extract(parsed) for feature in FEATURES}
