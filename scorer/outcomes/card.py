"""The model card of a response model: what it learnt from, how good it is, what it may be used for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from scorer.model.response import PRIOR_SLOPE, SCORE_STEP
from scorer.outcomes.effects_text import lines as effect_lines
from scorer.outcomes.judging import Skill
from scorer.outcomes.outcome import Denominator
from scorer.outcomes.response import PENALTIES
from scorer.outcomes.sample import Sample

if TYPE_CHECKING:
    from scorer.outcomes.training import Trained

_DAY = 86_400


def card(trained: Trained, sample: Sample, made: datetime, *, curve: bool) -> str:
    """Return the card as Markdown; it holds counts and figures, never words of a message or a name."""
    return "\n".join(_lines(trained, sample, made, curve)) + "\n"


def _lines(trained: Trained, sample: Sample, made: datetime, curve: bool) -> Iterator[str]:
    model = trained.model
    sent, replied = int(sample.sent.sum()), int(sample.replied.sum())
    yield f"# {model.name}: a response model of one's own messages\n"
    yield (
        "Estimates which share of messages like a draft would be answered. It stands beside the score and "
        "never moves it. It holds numbers only: no text, no name. Made for the person whose messages these "
        "were; it says nothing about anybody else's."
    )
    yield "\n## Learnt from\n"
    yield f"* {replied:,} replies to {sent:,} {_words(sample.denominator)}: {sample.base_rate:.1%} answered"
    yield f"* {len(np.unique(sample.template)):,} templates or texts, {len(np.unique(sample.person)):,} people"
    if not np.isnan(sample.when).all():
        first, last = (
            datetime.fromtimestamp(float(moment) * _DAY, UTC)
            for moment in (np.nanmin(sample.when), np.nanmax(sample.when))
        )
        yield f"* sent from {first:%Y-%m-%d} to {last:%Y-%m-%d}"
    seen = ", ".join(name.partition("=")[2].replace("_", " ") for name in sample.contexts)
    yield f"* {seen}; for anything else it abstains"
    yield f"* scores of {sample.judge}; made {made:%Y-%m-%d}"
    yield "\n## How good it is\n"
    if trained.grouped_by_template:
        yield "Held-out messages went to other people and were made from other templates than those learnt from."
    else:
        yield (
            "Held-out messages went to other people, but the templates were the same: people and templates "
            "hang together in these data. For a new template the figures are too kind."
        )
    yield ""
    yield "| figure | other people | later messages |"
    yield "| --- | --- | --- |"
    both = (trained.others, trained.later)
    for name, say in _FIGURES:
        yield (
            f"| {name} | "
            + " | ".join("too few to say" if skill is None else say(skill) for skill in both)
            + " |"
        )
    yield f"\n{_judgement(trained.others)}"
    yield "\n## Calibration\n"
    for title, skill in (("Other people", trained.others), ("Later messages", trained.later)):
        if skill is None:
            continue
        yield f"{title}:\n"
        yield "| messages | estimated | answered | 95 % interval |"
        yield "| ---: | ---: | ---: | --- |"
        for entry in skill.bins:
            yield (
                f"| {entry.n_sent:,} | {entry.estimated:.1%} | {entry.observed:.1%} | "
                f"{entry.low:.1%} to {entry.high:.1%} |"
            )
        yield ""
    if curve:
        yield "![calibration](calibration.png)\n"
    yield "## How it was made\n"
    slope = float(model.coef[1])
    spread = float(np.sqrt(model.covariance[1, 1]))
    yield (
        f"Logistic regression on counts. Ten points of score: odds x {np.exp(slope):.2f} (95 % interval "
        f"{np.exp(slope - 1.96 * spread):.2f} to {np.exp(slope + 1.96 * spread):.2f}); before the data it "
        f"was {np.exp(PRIOR_SLOPE):.2f} by assumption ({SCORE_STEP:g} points)."
    )
    if trained.penalty == PENALTIES[0]:
        yield "The features add nothing that held-out messages confirm, so they were left out: the score alone speaks."
    else:
        yield (
            f"{len(model.basis.source)} features with a normal prior of standard deviation "
            f"{trained.penalty**-0.5:.3f}, chosen by nested cross-validation."
        )
    yield (
        "Words themselves are used too (hashed, each shared by several messages)."
        if model.wording is not None
        else "Words themselves are not used: the data are not large enough to pay for it."
    )
    yield (
        f"Templates differ by {model.template_sd:.2f} in log-odds for reasons that no feature sees; every "
        "interval includes it. A draft farther from the training messages than 95 in 100 held-out ones gets "
        "no estimate."
    )
    yield "\n## Traits\n"
    if trained.effects is None:
        yield f"Not estimated: {trained.no_effects}."
    else:
        yield "```"
        yield from effect_lines(trained.effects)
        yield "```"


_FIGURES: tuple[tuple[str, Callable[[Skill], str]], ...] = (
    ("messages, replies", lambda s: f"{s.n_sent:,}, {s.n_replied:,}"),
    ("AUC (0.5 is guessing)", lambda s: f"{s.auc[0]:.3f} ({s.auc[1]:.3f} to {s.auc[2]:.3f})"),
    ("Brier score; of the base rate", lambda s: f"{s.brier:.4f}; {s.brier_base:.4f}"),
    (
        "better than the base rate by",
        lambda s: f"{s.brier_gain[0]:+.4f} ({s.brier_gain[1]:+.4f} to {s.brier_gain[2]:+.4f})",
    ),
    (
        "calibration intercept, slope (0, 1)",
        lambda s: f"{s.intercept[0]:+.2f} ± {s.intercept[1]:.2f}, {s.slope[0]:.2f} ± {s.slope[1]:.2f}",
    ),
)


def _judgement(skill: Skill) -> str:
    if skill.brier_gain[1] > 0:
        return "On unseen messages the model is better than the base rate; the interval excludes no gain."
    if skill.brier_gain[2] < 0:
        return "**On unseen messages the model is worse than the base rate. Do not use it.**"
    return (
        "**On unseen messages the model can't be told from the base rate.** Its estimates stay near that "
        "rate; read them as such, and come back with more outcomes."
    )


def _words(denominator: str) -> str:
    return Denominator(denominator).words


def summary(trained: Trained, sample: Sample) -> Iterator[str]:
    """Yield what the command line says after training."""
    skill = trained.others
    yield (
        f"learnt from {int(sample.replied.sum()):,} replies to {int(sample.sent.sum()):,} "
        f"{_words(sample.denominator)} ({sample.base_rate:.1%})"
    )
    yield f"AUC on unseen people: {skill.auc[0]:.3f} (95 % interval {skill.auc[1]:.3f} to {skill.auc[2]:.3f})"
    if trained.later is not None:
        later = trained.later.auc
        yield f"AUC on later messages: {later[0]:.3f} (95 % interval {later[1]:.3f} to {later[2]:.3f})"
    yield f"Brier score {skill.brier:.4f}, base rate alone {skill.brier_base:.4f}"
    yield _judgement(skill).replace("**", "")
