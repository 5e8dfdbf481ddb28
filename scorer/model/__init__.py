"""What judges a draft as a whole, behind one interface."""

from __future__ import annotations

from scorer.model.base import Judge, Judgement
from scorer.model.standin import EvidenceJudge

__all__ = ["EvidenceJudge", "Judge", "Judgement", "load_judge"]


def load_judge(path: object = None) -> Judge:
    """Return the judge."""
    return EvidenceJudge()
