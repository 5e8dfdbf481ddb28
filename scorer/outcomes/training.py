"""The whole of training: check, fit, judge, and write a model with its card."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np

from scorer.errors import InputError
from scorer.heads.grams import KEYS_VERSION
from scorer.model.artefact import MANIFEST, write_manifest
from scorer.model.response import ARRAYS, CARD, FORMAT, ResponseModel
from scorer.outcomes.card import card
from scorer.outcomes.effects import Effects
from scorer.outcomes.judging import Skill, judge_later, judge_others
from scorer.outcomes.response import as_model, fit_response
from scorer.outcomes.sample import Sample, groups_of
from scorer.outcomes.traits import pooled_effects

CURVE = "calibration.png"


@dataclass(frozen=True, slots=True)
class Trained:
    """A response model with what is known of it.

    Attributes
    ----------
    model, penalty
        The model, and the strength of its features' prior.
    others, later
        Skill on other people and templates, and on later messages; None where it could not be measured.
    grouped_by_template
        Whether held-out messages were always from other templates.
    effects, no_effects
        Pooled effects of traits, or why there are none.
    """

    model: ResponseModel
    penalty: float
    others: Skill
    later: Skill | None
    grouped_by_template: bool
    effects: Effects | None
    no_effects: str


def train(sample: Sample, name: str, *, progress: Callable[[str, int, int], None] | None = None) -> Trained:
    """Return the model of `sample`, fitted and judged; the sample has been checked before."""

    def step(number: int, n: int) -> None:
        if progress is not None:
            progress("folds judged", number, n)

    groups = groups_of(sample)
    others, _ = judge_others(sample, groups, progress=step)
    fitted = fit_response(sample, groups, final=True)
    effects, why = None, ""
    try:
        effects = pooled_effects(sample)
    except InputError as error:
        why = str(error)
    return Trained(
        as_model(fitted, sample, name), fitted.penalty, others, judge_later(sample),
        groups is not sample.person, effects, why,
    )  # fmt: skip


def write_model(trained: Trained, sample: Sample, folder: Path) -> None:
    """Write the model to `folder`, all or nothing; a response model that is there is replaced.

    Raises
    ------
    InputError
        Something else is there, or the place can't be written.
    """
    check_target(folder)
    target = folder.resolve()
    try:
        temporary = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    except OSError as error:
        raise InputError(f"{folder}: cannot be written: {error.strerror or 'unknown reason'}") from None
    try:
        _fill(temporary, trained, sample)
        temporary.chmod(0o755)
        if target.exists():
            old = temporary.with_name(temporary.name + ".old")
            os.rename(target, old)
            os.rename(temporary, target)
            shutil.rmtree(old)
        else:
            os.rename(temporary, target)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written: {error.strerror or 'unknown reason'}") from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def check_target(folder: Path) -> None:
    """Refuse a place that holds anything but a response model.

    Raises
    ------
    InputError
        It does.
    """
    if not folder.exists():
        if not folder.resolve().parent.is_dir():
            raise InputError(f"{folder}: the folder that it would be in does not exist")
        return
    known = {MANIFEST, ARRAYS, CARD, CURVE}
    try:
        kind = json.loads((folder / MANIFEST).read_text(encoding="utf-8")).get("kind")
    except (OSError, ValueError, AttributeError):
        kind = None
    if kind != "response" or not {entry.name for entry in folder.iterdir()} <= known:
        raise InputError(f"{folder}: is there already and is no response model; give another name")


def _fill(folder: Path, trained: Trained, sample: Sample) -> None:
    np.savez_compressed(folder / ARRAYS, **trained.model.arrays())  # type: ignore[arg-type]
    now = datetime.now(UTC)
    has_curve = _curve(folder / CURVE, trained)
    (folder / CARD).write_text(card(trained, sample, now, curve=has_curve), encoding="utf-8")
    model = trained.model
    write_manifest(
        folder, (ARRAYS, CARD, CURVE) if has_curve else (ARRAYS, CARD),
        kind="response", format=FORMAT, name=model.name, denominator=model.denominator, judge=model.judge,
        features=list(model.features), contexts=list(model.contexts), keys_version=KEYS_VERSION,
        made=now.isoformat(timespec="seconds"), made_by=f"score-draft {version('score-draft')}",
        n_sent=int(sample.sent.sum()), n_replied=int(sample.replied.sum()), base_rate=model.base_rate,
    )  # fmt: skip


def _curve(path: Path, trained: Trained) -> bool:
    """Draw the calibration curve if matplotlib is there; return whether it was."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return False
    figure = Figure(figsize=(5, 5), layout="constrained")
    axes = figure.add_subplot()
    top = 0.05
    for skill, label, colour in (
        (trained.others, "other people and templates", "tab:blue"),
        (trained.later, "later messages", "tab:orange"),
    ):
        if skill is None:
            continue
        x = np.array([entry.estimated for entry in skill.bins])
        y = np.array([entry.observed for entry in skill.bins])
        reach = np.abs(np.array([[entry.low, entry.high] for entry in skill.bins]).T - y)
        axes.errorbar(100 * x, 100 * y, yerr=100 * reach, fmt="o-", capsize=3, color=colour, label=label)
        top = max(top, float((y + reach[1]).max()), float(x.max()))
    axes.plot([0, 100 * top], [0, 100 * top], "--", color="grey", label="perfect")
    axes.set(
        xlabel="estimated, % answered", ylabel="observed, % answered (95 % interval)", title="Calibration"
    )
    axes.legend()
    figure.savefig(path, dpi=120)
    return True
