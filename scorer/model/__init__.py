"""What judges a draft as a whole, behind one interface."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scorer.model.additive import AdditiveJudge
from scorer.model.base import Judge, Judgement
from scorer.model.standin import EvidenceJudge
from scorer.resources import models_dir

__all__ = ["EVIDENCE", "AdditiveJudge", "EvidenceJudge", "Judge", "Judgement", "load_judge"]

# Asks for the evidence table's weights instead of a classifier; nothing falls back to them unasked.
EVIDENCE = "evidence"


def load_judge(columns: Sequence[str], model: str | Path | None = None) -> Judge:
    """Return the judge.

    Parameters
    ----------
    columns
        Names of the features that are measured, in order.
    model
        Folder of a classifier; None takes the shipped one, `EVIDENCE` the evidence table's weights.

    Raises
    ------
    ArtefactError
        The classifier is missing, altered, or made for other features.
    """
    if model == EVIDENCE:
        return EvidenceJudge()
    return AdditiveJudge.load(Path(model) if model else models_dir() / "quality", columns)
