"""Intervals, sample sizes and verdicts, held against scipy, statsmodels and simulation."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from scorer.outcomes.rates import Verdict, compare, dispersion, holm, needed, wilson


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_interval_is_scipys(count):
    k, n = count
    theirs = binomtest(k, n).proportion_ci(method="wilson")
    assert wilson(k, n) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_no_trial_says_nothing():
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("base", "other"), [(0.05, 0.06), (0.05, 0.07), (0.15, 0.20), (0.3, 0.2), (0.9, 0.95)]
)
def test_needed_in_each_group_is_statsmodels(base, other):
    from statsmodels.stats import proportion

    theirs = proportion.samplesize_proportions_2indep_onetail(
        diff=other - base, prop2=base, power=0.8, alpha=0.05
    )
    corrected = theirs / 4 * (1 + (1 + 4 / (theirs * abs(other - base))) ** 0.5) ** 2
    assert needed(base, other) == pytest.approx(corrected, rel=0.005, abs=1)


def test_needed_in_each_group_is_about_what_the_field_quotes():
    assert needed(0.05, 0.06) == pytest.approx(8_200, rel=0.03)
    assert needed(0.15, 0.20) == pytest.approx(900, rel=0.06)


def test_needed_beside_a_given_group():
    assert needed(0.15, 0.20, needed(0.15, 0.20)) == pytest.approx(needed(0.15, 0.20), abs=1)
    assert needed(0.15, 0.20, 100_000) < needed(0.15, 0.20)
    assert needed(0.15, 0.20, 50) is None


def test_power_is_what_was_asked_for():
    rng = random.Random(5)
    n = needed(0.2, 0.4)
    found = sum(
        compare([(binomial(rng, n, 0.4), n), (binomial(rng, n, 0.2), n)])[0].verdict is Verdict.HIGHER
        for _ in range(400)
    )
    assert 0.76 < found / 400 < 0.88


def test_noise_names_a_group_in_at_most_one_of_twenty_sections():
    rng = random.Random(7)
    sections = [compare([(binomial(rng, 80, 0.2), 80) for _ in range(8)]) for _ in range(400)]
    named = sum(any(c.verdict in (Verdict.HIGHER, Verdict.LOWER) for c in section) for section in sections)
    assert named / 400 <= 0.05 + 0.02


def test_unlike_templates_alone_do_not_make_a_trait_matter():
    """Templates differ among themselves; a trait that is dealt to them at random is not to be found more than allowed."""
    rng, found, unadjusted = random.Random(9), 0, 0
    for _ in range(300):
        groups = {
            side: [(binomial(rng, 300, rng.uniform(0.05, 0.35)), 300) for _ in range(8)] for side in "ab"
        }
        totals = [(sum(k for k, _ in group), sum(n for _, n in group)) for group in groups.values()]
        spread = dispersion(groups)
        found += compare(totals, spread=spread)[0].verdict in (Verdict.HIGHER, Verdict.LOWER)
        unadjusted += compare(totals)[0].verdict in (Verdict.HIGHER, Verdict.LOWER)
    assert found / 300 <= 0.09
    assert unadjusted / 300 > 0.4  # what is said without it


def test_one_template_in_each_group_tells_nothing_of_the_group():
    assert dispersion({"short": [(20, 100)], "long": [(2, 100)]}) is None


def test_verdicts():
    higher, lower = compare([(60, 100), (20, 100)])
    assert (higher.verdict, lower.verdict) == (Verdict.HIGHER, Verdict.LOWER)
    small, rest = compare([(1, 5), (200, 1000)])
    assert small.verdict is Verdict.NOT_ENOUGH
    base = 200.5 / 1001  # half a reply is added on both sides
    assert small.more == needed(base, base * 4 / 3, 1000) - 5
    assert rest.verdict is Verdict.NOT_ENOUGH
    even = compare([(2000, 10_000), (2010, 10_000)])
    assert {c.verdict for c in even} == {Verdict.NO_DIFFERENCE}


@pytest.mark.parametrize("counts", [[(5, 5)], [(0, 7)], [(0, 0)], []])
def test_alone_there_is_nothing_to_compare(counts):
    assert all(c.verdict is Verdict.ALONE for c in compare(counts))


@pytest.mark.parametrize("counts", [[(9, 9), (30, 30)], [(0, 9), (0, 30)], [(0, 0), (3, 30)]])
def test_all_or_nothing_replied_is_not_enough(counts):
    assert all(c.verdict in (Verdict.NOT_ENOUGH, Verdict.ALONE) for c in compare(counts))


def test_holm_by_hand():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


def binomial(rng, n, p):
    return sum(rng.random() < p for _ in range(n))
