"""All rules: one explicit tuple, in order of code."""

from __future__ import annotations

from scorer.rules.ask import RULES as ASK
from scorer.rules.base import Bad, Context, Good, Hit, Option, Rule, RuleWords
from scorer.rules.comments import RULES as COMMENTS
from scorer.rules.follow_up import RULES as FOLLOW_UP
from scorer.rules.length import RULES as LENGTH
from scorer.rules.personalization import RULES as PERSONALIZATION
from scorer.rules.runner import ActiveRules, RuleSettings, run
from scorer.rules.safety import RULES as SAFETY
from scorer.rules.spam import RULES as SPAM
from scorer.rules.template import TEMPLATE_RULES
from scorer.rules.tone import RULES as TONE
from scorer.rules.wording import READS_GENERIC, READS_LIKE_MASS_MAIL, READS_UNCLEAR, TONE_READS_OFF

__all__ = [
    "ALL_RULES", "RULES", "TEMPLATE_RULES", "ActiveRules", "Bad", "Context", "Good", "Hit", "Option", "Rule", "RuleSettings",
    "RuleWords", "by_code", "run",
]  # fmt: skip

RULES: tuple[Rule, ...] = (
    *PERSONALIZATION, READS_GENERIC, *LENGTH, *SPAM, READS_LIKE_MASS_MAIL, *ASK, READS_UNCLEAR,
    *TONE, TONE_READS_OFF, *FOLLOW_UP, *SAFETY, *COMMENTS,
)  # fmt: skip

# Those for drafts, and those for templates, whose checks run in `scorer.templates`.
ALL_RULES: tuple[RuleWords, ...] = (*RULES, *TEMPLATE_RULES)


def by_code(key: str) -> RuleWords | None:
    """Return the rule with code, alias or name `key` (any case), or None."""
    wanted = key.lower()
    return next(
        (r for r in ALL_RULES if wanted in {r.code.lower(), r.name, *(a.lower() for a in r.aliases)}), None
    )
