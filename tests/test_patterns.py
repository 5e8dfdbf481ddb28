from __future__ import annotations

from scorer import Draft, Person, Scorer
from scorer.parse.parser import Parser
from scorer.patterns import _PATTERNS, Facts, facts_of, with_pattern
from scorer.rules import RULES


def test_every_pattern_belongs_to_a_rule():
    assert set(_PATTERNS) <= {rule.code for rule in RULES}


def test_a_pattern_speaks_of_the_drafts_own_facts(parser: Parser):
    draft = Draft(
        text="Hi Priya, I would love to pick your brain.",
        recipient=Person(name="Dr. Priya Shah", company="Datadog", role="Staff Engineer"),
    )
    facts = facts_of(parser.parse(draft))
    assert with_pattern("ASK003", "Ask.", facts) == (
        "Ask. For example: “Could you tell me [one fact about Datadog]? One line is plenty.”"
    )
    assert "Hi Priya, I saw that Datadog [" in with_pattern("PER008", "", facts)
    assert with_pattern("SPM001", "As it is.", facts) == "As it is."


def test_unknown_facts_stay_gaps(parser: Parser):
    facts = facts_of(parser.parse(Draft(text="I would love to pick your brain about things.")))
    assert "their firm" in with_pattern("ASK003", "", facts)
    assert facts.hello == ""


def test_estimated_suggestions_show_a_pattern():
    report = Scorer.load().score(
        Draft(text="Hi Priya, I'd love to pick your brain sometime about your career. Thanks!")
    )
    estimated = [s for s in report.suggestions if s.gain_kind == "estimated"]
    assert any("For example: “" in s.message for s in estimated)
    assert all("For example" not in s.message for s in report.suggestions if s.gain_kind == "measured")


def test_no_gap_stands_inside_another():
    """“[one fact about [their firm]]” is no pattern that anybody can fill in."""
    for code in _PATTERNS:
        filled = with_pattern(
            code, "Do it.", Facts("", "[their firm]", "[their work]", "[what you do]", "[before]")
        )
        depth = 0
        for character in filled:
            depth += (character == "[") - (character == "]")
            assert 0 <= depth <= 1, code
