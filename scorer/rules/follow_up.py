"""Rules of the follow_up family."""

from __future__ import annotations

from scorer.rules.base import Rule

RULES: tuple[Rule, ...] = ()
