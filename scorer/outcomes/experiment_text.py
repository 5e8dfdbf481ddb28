"""What an experiment shows, in words and as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scorer.outcomes.experiment import Experiment, verdict
from scorer.outcomes.shrinkage import ShrunkRate, shrunk_rates


def lines(experiment: Experiment) -> Iterator[str]:
    """Yield the lines of a reading, for people."""
    plan = experiment.plan
    yield (
        f"{len(experiment.outcomes):,} of {plan.places:,} messages have an outcome; wished for: {plan.wish:.1%} "
        f"instead of {plan.base:.1%} of those {plan.denominator}"
    )
    yield ""
    width = max(7, *(len(name) for name in plan.variants))
    yield f"{'variant':<{width}}  answered         raw  expected  95 % interval    best"
    for name, (replied, known), shrunk in zip(
        plan.variants, experiment.counts(), _rates(experiment), strict=True
    ):
        raw = f"{replied / known:.1%}" if known else "-"
        interval = f"{shrunk.low:.1%} to {shrunk.high:.1%}"
        answered = f"{replied:,} of {known:,}"
        yield (
            f"{name:<{width}}  {answered:<13}  {raw:>5}  {shrunk.rate:>8.1%}  {interval:<15}  {shrunk.best:>4.0%}"
        )
    yield ""
    for (first, second), reading in experiment.readings().items():
        a, b = plan.variants[first], plan.variants[second]
        yield f"{a} and {b}: {verdict(reading, a, b, len(plan.variants))}"
        if reading.blocks:
            high = f"{reading.high:.2f}" if reading.high < 1000 else "any"
            yield (
                f"  odds of a reply with {b} against {a}: {reading.ratio:.2f}, always-valid interval "
                f"{reading.low:.2f} to {high}, p {reading.p:.3f}; fair pairs: {reading.blocks:,}"
            )
    if experiment.waiting:
        yield f"waiting for their counterpart in another variant: {experiment.waiting:,}"


def as_dict(experiment: Experiment) -> dict[str, Any]:
    """Return a reading as plain data, ready for JSON."""
    plan = experiment.plan
    return {
        "denominator": str(plan.denominator),
        "base": plan.base,
        "wish": plan.wish,
        "alpha": plan.alpha,
        "variants": [
            {
                "name": name,
                "replied": replied,
                "known": known,
                "expected": round(shrunk.rate, 4),
                "low": round(shrunk.low, 4),
                "high": round(shrunk.high, 4),
                "best": round(shrunk.best, 4),
            }
            for name, (replied, known), shrunk in zip(
                plan.variants, experiment.counts(), _rates(experiment), strict=True
            )
        ],
        "comparisons": [
            {
                "variants": [plan.variants[first], plan.variants[second]],
                "verdict": verdict(reading, plan.variants[first], plan.variants[second], len(plan.variants)),
                "odds_ratio": round(reading.ratio, 4),
                "low": round(reading.low, 4),
                "high": round(reading.high, 4),
                "p": round(reading.p, 6),
                "pairs": reading.blocks,
            }
            for (first, second), reading in experiment.readings().items()
        ],
        "waiting": experiment.waiting,
    }


def _rates(experiment: Experiment) -> tuple[ShrunkRate, ...]:
    counts = experiment.counts()
    return shrunk_rates([k for k, _ in counts], [n for _, n in counts], before=experiment.plan.base)
