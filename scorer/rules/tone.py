"""Rules of the tone family."""

from __future__ import annotations

from scorer.rules.base import Rule

RULES: tuple[Rule, ...] = ()
