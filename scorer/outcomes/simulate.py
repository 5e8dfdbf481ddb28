"""Outcomes drawn from known effects, to see whether the methods find them; used by tests and training/outcomes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorer.outcomes.logistic import Array, sigmoid
from scorer.outcomes.sample import Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """How answers come about.

    Attributes
    ----------
    n_templates, per_template
        Number of templates, and messages sent of each on average (the numbers vary as in life, exponentially).
    base
        Reply rate of a message without any trait.
    effects
        Log odds ratio of each trait; two templates in five have each.
    noise
        Columns without any effect.
    score_slope
        Log-odds per 10 points of score.
    template_sd
        Spread of the templates' own luck, in log-odds.
    """

    n_templates: int = 60
    per_template: float = 25.0
    base: float = 0.15
    effects: tuple[float, ...] = (0.4, -0.4, 0.2)
    noise: int = 3
    score_slope: float = 0.1
    template_sd: float = 0.3


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample with the truth behind it: each row's true log-odds with its template's luck, and without."""

    sample: Sample
    truth: Array
    line: Array


def draw(world: World, seed: int) -> Drawn:
    """Return one row for each message of a drawn world; every message has a reader of its own."""
    random = np.random.default_rng(seed)
    n_traits = len(world.effects) + world.noise
    has = (random.random((world.n_templates, n_traits)) < 0.4).astype(float)
    score = np.clip(random.normal(60, 15, world.n_templates), 5, 98)
    beta = np.array([*world.effects, *[0.0] * world.noise])
    line = np.log(world.base / (1 - world.base)) + has @ beta + world.score_slope * (score - 60) / 10
    truth = line + random.normal(0, world.template_sd, world.n_templates)
    sizes = 1 + random.exponential(max(world.per_template - 1, 1e-9), world.n_templates).astype(int)
    template = np.repeat(np.arange(world.n_templates), sizes)
    n = len(template)
    sample = Sample(
        columns=tuple(f"trait.{number}" for number in range(n_traits)),
        X=has[template],
        score=score[template],
        contexts=("channel=message", "stage=initial"),
        context=np.ones((n, 2)),
        replied=(random.random(n) < sigmoid(truth[template])).astype(float),
        sent=np.ones(n),
        person=np.arange(n),
        template=template,
        draft=template,
        when=random.uniform(0, 365, n),
    )
    return Drawn(sample, truth[template], line[template])
