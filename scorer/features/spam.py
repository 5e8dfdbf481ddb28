"""Features of the spam family."""

from __future__ import annotations

from scorer.features.base import Feature

FEATURES: tuple[Feature, ...] = ()
