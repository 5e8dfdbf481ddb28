"""Small models trained on real public text, whose outputs are measurements of a draft.

Plain arrays and numpy only; `training/heads` makes them, and each has a card with its figures.
"""

from scorer.heads.collection import REQUIRED, Heads
from scorer.heads.linear import LinearHead

__all__ = ["REQUIRED", "Heads", "LinearHead"]
