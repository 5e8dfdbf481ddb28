"""SUP rules: the suppression comments themselves."""

from __future__ import annotations

from scorer.rules.base import Bad, Good, Rule
from scorer.schema import Draft, Severity

_ASK = "Hi Priya, which broker did you pick for the Kafka move?"


def known_codes() -> tuple[str, ...]:
    """Return the codes of all rules."""
    from scorer.rules import ALL_RULES

    return tuple(rule.code for rule in ALL_RULES)


# The check is the runner's: only there it is known what each comment silenced.
UNUSED_SUPPRESSION = Rule(
    code="SUP001",
    name="unused-suppression",
    summary="A comment that should silence a rule silences nothing.",
    why="A comment that outlived its finding, or names a rule that does not exist, hides the next real finding.",
    message="This comment silences nothing: take it out.",
    severity=Severity.WARNING,
    scored_family="tone",
    check=lambda parsed, context: (),
    bad=(
        Bad(
            Draft(text=f"{_ASK} <!-- score-draft: ignore ASK999 -->"),
            "<!-- score-draft: ignore ASK999 -->",
        ),
        Bad(
            Draft(text=f"<!-- score-draft: silence vague-ask -->\n{_ASK}"),
            "<!-- score-draft: silence vague-ask -->",
        ),
    ),
    good=(
        Good(Draft(text=f"{_ASK} <!-- price list: ask Ann -->"), "a comment that is not for the scorer"),
        Good(
            Draft(text=f"<!-- score-draft: ignore TON -->\n{_ASK}"),
            "no tone rule ran, so nobody can tell whether the comment is needed",
        ),
    ),
)

RULES: tuple[Rule, ...] = (UNUSED_SUPPRESSION,)
