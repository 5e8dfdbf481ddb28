"""All rules: one explicit tuple, in order of code."""

from __future__ import annotations

from scorer.rules.ask import RULES as ASK
from scorer.rules.base import Bad, Context, Good, Hit, Option, Rule
from scorer.rules.comments import RULES as COMMENTS
from scorer.rules.follow_up import RULES as FOLLOW_UP
from scorer.rules.length import RULES as LENGTH
from scorer.rules.personalization import RULES as PERSONALIZATION
from scorer.rules.runner import RuleSettings, run
from scorer.rules.safety import RULES as SAFETY
from scorer.rules.spam import RULES as SPAM
from scorer.rules.tone import RULES as TONE

__all__ = ["RULES", "Bad", "Context", "Good", "Hit", "Option", "Rule", "RuleSettings", "by_code", "run"]

RULES: tuple[Rule, ...] = (*PERSONALIZATION, *LENGTH, *SPAM, *ASK, *TONE, *FOLLOW_UP, *SAFETY, *COMMENTS)


def by_code(key: str) -> Rule | None:
    """Return the rule with code, alias or name `key` (any case), or None."""
    wanted = key.lower()
    return next(
        (r for r in RULES if wanted in {r.code.lower(), r.name, *(a.lower() for a in r.aliases)}), None
    )
