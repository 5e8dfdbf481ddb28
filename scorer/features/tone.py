"""Features of the tone family."""

from __future__ import annotations

from scorer.features._courtesy import COURTESY
from scorer.features._manner import MANNER
from scorer.features._mechanics import MECHANICS
from scorer.features.base import Feature

FEATURES: tuple[Feature, ...] = (*COURTESY, *MANNER, *MECHANICS)
