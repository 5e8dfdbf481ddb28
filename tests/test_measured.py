"""Rules on the rated drafts: the figures exist, and a rule that is often wrong may not warn."""

import csv
from pathlib import Path

import pytest

from scorer.rules import RULES
from scorer.rules.measured import ENOUGH, FLOOR, Measured, measured
from scorer.rules.wording import READS_GENERIC, READS_LIKE_MASS_MAIL, READS_UNCLEAR, TONE_READS_OFF
from scorer.schema import Severity

DRAFTS = Path(__file__).parents[1] / "data" / "drafts"


def test_every_figure_is_of_a_rule_and_possible():
    codes = {rule.code for rule in RULES}
    for code, figures in measured().items():
        assert code in codes
        assert 0 <= figures.right <= figures.judged <= figures.hits


@pytest.mark.parametrize(
    "rule", [r for r in RULES if r.severity is not Severity.HINT], ids=lambda rule: rule.code
)
def test_a_rule_that_is_often_wrong_only_hints_or_is_off(rule):
    figures = measured().get(rule.code)
    if figures is None or figures.judged < ENOUGH:
        return
    assert figures.precision >= FLOOR or not rule.default, figures.line


def test_figures_agree_with_the_verdicts():
    judged: dict[str, int] = {}
    with (DRAFTS / "verdicts.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            judged[row["code"]] = judged.get(row["code"], 0) + 1
    # Those that hang on wording alone are judged by the readers' ratings.
    by_ratings = {rule.code for rule in (READS_GENERIC, READS_UNCLEAR, TONE_READS_OFF, READS_LIKE_MASS_MAIL)}
    for code, figures in measured().items():
        assert code in by_ratings or figures.judged <= judged.get(code, 0), code


def test_the_line_says_what_was_not_judged():
    assert Measured(2000, 10, 0, 0).line == "5.0 findings for 1,000 machine-written drafts; none was judged"
    assert "4 of 5 judged were right (precision 0.80)" in Measured(2000, 10, 5, 4).line
