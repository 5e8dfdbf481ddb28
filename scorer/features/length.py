"""Features of the length family."""

from __future__ import annotations

from scorer.features.base import Feature

FEATURES: tuple[Feature, ...] = ()
