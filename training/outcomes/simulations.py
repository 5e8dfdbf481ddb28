"""Worlds with known effects: what the methods find, how often intervals cover, how often they cry wolf."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import numpy as np

from scorer.errors import InputError
from scorer.outcomes.effects import estimate_effects
from scorer.outcomes.logistic import sigmoid
from scorer.outcomes.response import as_model, fit_response
from scorer.outcomes.sample import groups_of
from scorer.outcomes.simulate import World, draw
from scorer.outcomes.trial import duration, read_pair, sample_size

Say = Callable[[str], None]

WORLDS: tuple[tuple[str, World], ...] = (
    ("60 templates of 25", World()),
    ("60 templates of 25, 60 idle features", World(noise=60)),
    ("12 templates of 80", World(n_templates=12, per_template=80)),
    ("400 templates of 3", World(n_templates=400, per_template=3)),
    ("1,500 messages of their own", World(n_templates=1500, per_template=1)),
    ("no effect at all, 60 of 25", World(effects=(0.0, 0.0, 0.0), score_slope=0.0)),
)


def effects(n: int, say: Say) -> Iterator[str]:
    """Yield a table on pooled effects."""
    yield "| data | intervals that cover | right sign (effects of 0.4) | p < 0.05 where nothing is | any effect shown where nothing is |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, world in WORLDS:
        true = np.array([*world.effects, *[0.0] * world.noise])[:6]
        covered, signs, false, any_false = [], [], [], []
        for seed in range(n):
            sample = draw(world, seed).sample.collapsed()
            nuisance = ((sample.score - 60) / 10)[:, None]
            try:
                found = estimate_effects(
                    sample.columns[:6],
                    sample.X[:, :6],
                    nuisance,
                    sample.replied,
                    sample.sent,
                    sample.template,
                )
            except InputError:
                continue
            beta = dict(zip(sample.columns[:6], true, strict=True))
            for effect in found.effects:
                value = beta[effect.name]
                covered.append(np.log(effect.low) <= value <= np.log(effect.high))
                if abs(value) >= 0.4:
                    signs.append((effect.odds_ratio > 1) == (value > 0))
                if value == 0:
                    false.append(effect.p < 0.05)
            any_false.append(any(e.shown and beta[e.name] == 0 for e in found.effects))
        if covered:
            sign = f"{np.mean(signs):.1%}" if signs else "-"
            yield f"| {name} | {np.mean(covered):.1%} | {sign} | {np.mean(false):.1%} | {np.mean(any_false):.1%} |"
        else:
            yield f"| {name} | refused: fewer than 20 templates | | | |"
        say(f"effects: {name}")


def intervals(n: int, say: Say) -> Iterator[str]:
    """Yield a table on estimates for templates never seen."""
    yield "| data | intervals that cover | mean width | log-loss against base rate (x 1000) | worst twentieth |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, world in WORLDS:
        covered, width, gain = _estimates(world, n, least=50)
        yield (
            f"| {name} | {np.mean(covered):.1%} | {np.mean(width):.2f} | {np.mean(gain):+.2f} | "
            f"{np.quantile(gain, 0.95):+.2f} |"
        )
        say(f"estimates: {name}")


def minimum(n: int, say: Say) -> Iterator[str]:
    """Yield a table on how little is too little."""
    yield "| replies | share of models worse than the base rate | log-loss against base rate (x 1000) | intervals that cover | mean width |"
    yield "| ---: | ---: | ---: | ---: | ---: |"
    for replies in (10, 20, 50, 100, 200, 400):
        per_template = 10.0
        world = World(
            n_templates=max(6, round(replies / 0.19 / per_template)), per_template=per_template, noise=20
        )
        covered, width, gain = _estimates(world, n, least=1)
        yield (
            f"| about {replies} | {np.mean(np.array(gain) > 0):.0%} | {np.mean(gain):+.2f} | "
            f"{np.mean(covered):.1%} | {np.mean(width):.2f} |"
        )
        say(f"minimum: {replies}")


def _estimates(world: World, n: int, least: int) -> tuple[list[float], list[float], list[float]]:
    covered, width, gain = [], [], []
    for seed in range(n):
        sample = draw(world, seed).sample
        if not least <= sample.replied.sum() < len(sample):
            continue
        fitted = fit_response(sample, groups_of(sample), final=True)
        model = as_model(fitted, sample, "simulated")
        fresh = draw(World(**{**_fields(world), "n_templates": 200, "per_template": 1.0}), 10_000 + seed)
        rate, low, high = model.rates(fitted.design(fresh.sample))
        truth = sigmoid(fresh.truth)
        covered.append(float(np.mean((low <= truth) & (truth <= high))))
        width.append(float(np.mean(high - low)))
        gain.append(
            1000 * float(np.mean(_loss(truth, rate) - _loss(truth, np.full(len(truth), sample.base_rate))))
        )
    return covered, width, gain


def _fields(world: World) -> dict[str, object]:
    return {name: getattr(world, name) for name in World.__dataclass_fields__}


def _loss(truth: np.ndarray, p: np.ndarray) -> np.ndarray:
    return -(truth * np.log(p) + (1 - truth) * np.log(1 - p))


def trials(n: int, say: Say) -> Iterator[str]:
    """Yield a table on A/A and A/B trials that are looked at after every block."""
    yield "| rates | planned for | messages per variant | A better | B better | no difference worth having | not enough data |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    for a, b, base, wish in (
        (0.05, 0.05, 0.05, 0.10), (0.10, 0.10, 0.10, 0.15), (0.30, 0.30, 0.10, 0.20), (0.10, 0.15, 0.10, 0.15),
        (0.10, 0.20, 0.10, 0.20), (0.10, 0.11, 0.10, 0.20),
    ):  # fmt: skip
        length = duration(base, wish).for_power
        seen = dict.fromkeys(("first", "second", "same", "unknown"), 0)
        for seed in range(n):
            draws = random.Random(f"{a} {b} {wish} {seed}")
            blocks = [(draws.random() < a, draws.random() < b) for _ in range(length)]
            seen[read_pair(blocks, base, wish).verdict] += 1
        share = " | ".join(f"{seen[name] / n:.1%}" for name in seen)
        yield f"| {a:.0%} and {b:.0%} | {base:.0%} to {wish:.0%} | {length:,} | {share} |"
        say(f"trials: {a} {b}")


def plans() -> Iterator[str]:
    """Yield a table of plans beside statsmodels."""
    from statsmodels.stats.proportion import power_proportions_2indep

    yield "| rates | messages per variant | power by statsmodels at that number | at one fewer | looking as you like, 80 % power | median |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for base, wish in ((0.05, 0.06), (0.05, 0.07), (0.10, 0.15), (0.15, 0.20), (0.20, 0.30)):
        size, lasts = sample_size(base, wish), duration(base, wish)
        at, below = (
            power_proportions_2indep(wish - base, base, number, return_results=False)
            for number in (size, size - 1)
        )
        yield (
            f"| {base:.0%} to {wish:.0%} | {size:,} | {at:.5f} | {below:.5f} | {lasts.for_power:,} | "
            f"{lasts.median:,} |"
        )
