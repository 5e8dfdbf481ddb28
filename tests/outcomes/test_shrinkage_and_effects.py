"""Rates drawn together, and effects of traits: known ones are found, none are found where none are."""

import numpy as np
import pytest

from scorer.errors import InputError
from scorer.outcomes.effects import clustered, estimate_effects, holm
from scorer.outcomes.shrinkage import shrunk_rates
from scorer.outcomes.simulate import World, draw


def test_few_sends_are_drawn_in_more_than_many():
    rates = shrunk_rates([4, 80, 40, 40], [10, 400, 400, 400])
    assert rates[0].rate < 0.35
    assert rates[1].rate == pytest.approx(0.2, abs=0.03)
    assert all(rate.low < rate.rate < rate.high for rate in rates)
    assert sum(rate.best for rate in rates) == pytest.approx(1)


def test_alike_variants_come_close_and_order_does_not_matter():
    rates = shrunk_rates([12, 9, 11], [100, 100, 100])
    assert max(rate.rate for rate in rates) - min(rate.rate for rate in rates) < 0.02
    turned = shrunk_rates([11, 9, 12], [100, 100, 100])
    assert turned[0].rate == pytest.approx(rates[2].rate)


def test_nothing_sent_yet_leaves_what_was_known_before():
    (rate, _) = shrunk_rates([0, 0], [0, 0], before=0.1)
    assert 0.05 < rate.rate < 0.2
    assert shrunk_rates([], []) == ()


def test_intervals_of_many_variants_cover():
    random = np.random.default_rng(5)
    covered = []
    for _ in range(12):
        true = random.beta(8, 60, 12)
        sent = random.integers(20, 200, 12)
        rates = shrunk_rates(random.binomial(sent, true).tolist(), sent.tolist())
        covered += [rate.low <= t <= rate.high for rate, t in zip(rates, true, strict=True)]
    assert 0.90 <= np.mean(covered) <= 0.99


def _effects(world, seed):
    sample = draw(world, seed).sample.collapsed()
    names = list(sample.columns)
    return estimate_effects(
        names, sample.X, np.empty((len(sample), 0)), sample.replied, sample.sent, sample.template
    ).effects


def test_known_effects_are_recovered_with_intervals_that_cover():
    world = World(effects=(0.5, -0.5, 0.25), score_slope=0.0)
    true = np.array([0.5, -0.5, 0.25, 0.0, 0.0, 0.0])
    covered, signs = [], []
    for seed in range(60):
        for effect, beta in zip(_effects(world, seed), true, strict=True):
            covered.append(np.log(effect.low) <= beta <= np.log(effect.high))
            if abs(beta) == 0.5:
                signs.append((effect.odds_ratio > 1) == (beta > 0))
    # 360 intervals: 0.95 with a standard error of about 0.015 (intervals of one draw hang together).
    assert 0.91 <= np.mean(covered) <= 0.99
    assert np.mean(signs) > 0.95


def test_null_data_show_nothing():
    world = World(effects=(0.0, 0.0, 0.0), score_slope=0.0)
    runs = [_effects(world, seed) for seed in range(60)]
    false = np.mean([effect.p < 0.05 for effects in runs for effect in effects])
    assert false < 0.09
    assert np.mean([any(effect.shown for effect in effects) for effects in runs]) <= 0.12


def test_a_cluster_that_is_repeated_adds_no_certainty():
    random = np.random.default_rng(0)
    has = (random.random(30) < 0.5).astype(float)
    replied, sent = random.binomial(20, 0.2, 30).astype(float), np.full(30, 20.0)
    design = np.column_stack([np.ones(30), has])
    _, error, _ = clustered(design, replied, sent, np.arange(30))
    twice = np.repeat(np.arange(30), 2)
    _, same, _ = clustered(design[twice], replied[twice], sent[twice], twice)
    assert same[1] == pytest.approx(error[1], rel=0.02)


def test_too_few_templates_or_replies_are_refused():
    lacking, clusters = np.zeros((10, 1)), np.arange(10)
    with pytest.raises(InputError, match="at least 20"):
        estimate_effects(["a"], lacking, np.empty((10, 0)), np.full(10, 30.0), np.full(10, 90.0), clusters)
    with pytest.raises(InputError, match="replies"):
        estimate_effects(["a"], lacking, np.empty((10, 0)), np.full(10, 1.0), np.full(10, 9.0), clusters)


def test_a_trait_that_hardly_any_template_has_is_left_out_and_said():
    sample = draw(World(), 1).sample.collapsed()
    rare = np.zeros((len(sample), 1))
    rare[0] = 1
    found = estimate_effects(
        ["common", "rare"], np.hstack([sample.X[:, :1], rare]), np.empty((len(sample), 0)),
        sample.replied, sample.sent, sample.template,
    )  # fmt: skip
    assert [effect.name for effect in found.effects] == ["common"]
    assert "rare" in found.left_out


def test_traits_that_go_together_are_named():
    sample = draw(World(), 2).sample.collapsed()
    double = np.column_stack([sample.X[:, 0], sample.X[:, 0]])
    double[:3, 1] = 1 - double[:3, 1]
    found = estimate_effects(
        ["one", "other"], double, np.empty((len(sample), 0)), sample.replied, sample.sent, sample.template
    )
    assert found.together
    assert found.together[0][:2] == ("one", "other")


def test_holm_against_the_definition():
    p = np.array([0.01, 0.04, 0.03])
    assert holm(p).tolist() == pytest.approx([0.03, 0.06, 0.06])
