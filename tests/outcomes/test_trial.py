"""Planning and reading trials: against statsmodels, against brute force, and A/A trials that are looked at daily."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.errors import InputError
from scorer.outcomes.trial import (
    discordance,
    duration,
    interval,
    log_evidence,
    mixture_shape,
    odds_ratio,
    power_of,
    read_pair,
    sample_size,
)

RATES = [(0.05, 0.06), (0.05, 0.07), (0.15, 0.20), (0.2, 0.1), (0.01, 0.5)]


@pytest.mark.parametrize(("base", "wish"), RATES)
def test_plan_matches_statsmodels(base, wish):
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    n = sample_size(base, wish)

    def reference(size):
        return proportion.power_proportions_2indep(wish - base, base, size, return_results=False)

    assert reference(n) >= 0.8 > reference(n - 1)
    assert power_of(base, wish, n) == pytest.approx(reference(n), abs=1e-9)


def test_published_sample_sizes():
    assert sample_size(0.05, 0.06) == 8158
    assert sample_size(0.15, 0.20) == 906


@pytest.mark.parametrize(("base", "wish"), [(0, 0.1), (0.1, 1), (0.1, 0.1)])
def test_no_plan_for_impossible_rates(base, wish):
    with pytest.raises(InputError):
        sample_size(base, wish)


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.5, 60))
def test_the_evidence_is_the_mean_likelihood_under_the_mixture(wins, losses, shape):
    steps = 4000
    grid = [(i + 0.5) / steps for i in range(steps)]
    beta = math.lgamma(2 * shape) - 2 * math.lgamma(shape)
    logs = [beta + (shape + wins - 1) * math.log(p) + (shape + losses - 1) * math.log(1 - p) for p in grid]
    top = max(logs)
    mean = top + math.log(sum(math.exp(value - top) for value in logs) / steps)
    expected = mean + (wins + losses) * math.log(2)
    assert log_evidence(wins, losses, shape) == pytest.approx(expected, abs=0.05)


@given(st.integers(0, 80), st.integers(0, 80))
def test_interval_holds_the_estimate_and_its_ends_are_on_the_limit(wins, losses):
    shape = mixture_shape(1.5)
    low, high = interval(wins, losses, shape)
    centre = math.log((wins + 0.5) / (losses + 0.5))
    assert low < centre < high
    for end in (low, high):
        if abs(end) < 19.9:
            assert log_evidence(wins, losses, shape, end) == pytest.approx(math.log(20), abs=1e-6)


def test_a_shared_blocks_order_is_symmetric():
    outcomes = [(random.Random(i).random() < 0.2, random.Random(-i - 1).random() < 0.1) for i in range(400)]
    one = read_pair(outcomes, 0.1, 0.15)
    other = read_pair([(b, a) for a, b in outcomes], 0.1, 0.15)
    assert (one.first_only, one.second_only) == (other.second_only, other.first_only)
    assert one.low == pytest.approx(1 / other.high)
    assert one.p == pytest.approx(other.p)


def _walk(base, other, n, seed, every=25):
    """Yield readings of a growing trial, as somebody who looks every few blocks sees them."""
    draw = random.Random(seed)
    outcomes = [(draw.random() < base, draw.random() < other) for _ in range(n)]
    for size in range(every, n + 1, every):
        yield read_pair(outcomes[:size], 0.1, 0.2)


def test_looking_after_every_outcome_finds_no_false_winner_more_often_than_allowed():
    # A reading holds all earlier ones, so its verdict tells whether any of them called a winner. 200 trials without a
    # difference: 5 % allows 10, and more than 18 would have a chance below 1 %.
    false = sum(
        reading.verdict in ("first", "second")
        for seed in range(200)
        for reading in _walk(0.1, 0.1, 300, seed, 300)
    )
    assert false <= 18


def test_a_verdict_stays():
    for seed in range(8):
        seen = None
        for reading in _walk(0.08, 0.25, 400, seed, every=40):
            if seen is not None:
                assert reading.verdict == seen
            seen = reading.verdict if reading.verdict != "unknown" else seen
        assert seen == "second"


def test_equal_variants_end_in_no_difference_worth_having():
    verdicts = [list(_walk(0.3, 0.3, 900, seed, every=900))[-1].verdict for seed in range(20)]
    assert verdicts.count("same") >= 15


def test_the_missing_number_brings_a_verdict_if_all_goes_on():
    reading = read_pair([(False, True), (True, False), (False, False), (False, True)] * 12, 0.1, 0.2)
    assert reading.verdict == "unknown"
    assert reading.more_blocks > 0
    longer = [(False, True), (True, False), (False, False), (False, True)] * (
        12 + reading.more_blocks // 4 + 3
    )
    assert read_pair(longer, 0.1, 0.2).verdict != "unknown"


def test_no_outcome_at_all():
    reading = read_pair([], 0.1, 0.2)
    assert reading.verdict == "unknown"
    assert reading.p == 1
    assert reading.more_blocks > 0


def test_the_stated_duration_has_the_stated_power():
    base, wish = 0.1, 0.2
    lasts = duration(base, wish)
    assert lasts.median < sample_size(base, wish) < lasts.for_power < 2 * sample_size(base, wish)
    found = 0
    for seed in range(100):
        draw = random.Random(seed)
        outcomes = [(draw.random() < base, draw.random() < wish) for _ in range(lasts.for_power)]
        found += read_pair(outcomes, base, wish).verdict == "second"
    assert 70 <= found <= 92


def test_odds_and_discordance():
    assert odds_ratio(0.2, 0.1) == odds_ratio(0.1, 0.2) == pytest.approx(2.25)
    assert discordance(0.5, 0.5) == 0.5
