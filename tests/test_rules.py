"""Every rule's own examples, and what holds for all rules."""

from __future__ import annotations

import re

import pytest

from scorer.features import FEATURES, measure
from scorer.parse.parser import Parser
from scorer.rules import RULES, ActiveRules, RuleSettings, run
from scorer.rules.base import Rule
from scorer.schema import Draft

BAD = [pytest.param(r, e, id=f"{r.code}-{n}") for r in RULES for n, e in enumerate(r.bad)]
GOOD = [pytest.param(r, e, id=f"{r.code}-{n}") for r in RULES for n, e in enumerate(r.good)]


def findings_of(parser: Parser, rule: Rule, draft: Draft):
    parsed = parser.parse(draft)
    return run(ActiveRules.of((rule,), RuleSettings(select=(rule.code,))), parsed, measure(parsed))


@pytest.mark.parametrize(("rule", "bad"), BAD)
def test_bad_example_is_flagged_at_the_stated_words(parser: Parser, rule, bad):
    findings = findings_of(parser, rule, bad.draft)
    assert findings, "nothing found"
    flagged = [finding.span.of(bad.draft) if finding.span else None for finding in findings]
    assert bad.flags in flagged
    if bad.fixed is not None:
        finding = findings[flagged.index(bad.flags)]
        assert finding.fix is not None
        assert bad.draft.with_edits(finding.fix.edits).text == bad.fixed


@pytest.mark.parametrize(("rule", "good"), GOOD)
def test_near_miss_is_left_alone(parser: Parser, rule, good):
    assert not findings_of(parser, rule, good.draft), good.because


def test_at_least_75_rules_with_unique_codes_and_names():
    assert len(RULES) >= 75
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert {rule.prefix for rule in RULES} == {"PER", "LEN", "SPM", "ASK", "TON", "FUP", "SAF", "SUP"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_declaration_is_complete(rule):
    assert re.fullmatch(r"(PER|LEN|SPM|ASK|TON|FUP|SAF|SUP)\d{3}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert rule.summary.endswith(".")
    assert rule.why.endswith(".")
    assert rule.message
    assert len(rule.bad) >= 2
    assert len(rule.good) >= 2
    assert set(rule.reads) <= {feature.name for feature in FEATURES}


def test_evidence_cited_exists():
    from scorer.evidence import evidence

    known = set(evidence())
    for item in (*RULES, *FEATURES):
        assert set(item.evidence) <= known, item.name
