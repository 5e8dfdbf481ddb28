"""Layered settings, each with its origin; unknown keys are refused.

Order, weakest first: built-in defaults, the user's file, the nearest project file, the command line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scorer.rules.runner import RuleSettings


@dataclass(frozen=True)
class Config:
    """Settings of a scorer."""

    rules: RuleSettings = field(default_factory=RuleSettings)
    origins: Mapping[str, str] = field(default_factory=dict)
