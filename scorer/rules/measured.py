"""What each rule did on the rated drafts: hits and precision, made by ``python -m training.rules``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "measured.csv"
# A rule that is right less often than this, of enough hits, may only hint or is off unless selected.
FLOOR = 0.8
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """How often a rule fired and how often it was right.

    Attributes
    ----------
    drafts, hits
        Rated drafts, and findings of the rule in them.
    judged, right
        Findings that were judged one by one, and those of them that were judged right.
    """

    drafts: int
    hits: int
    judged: int
    right: int

    @property
    def per_thousand(self) -> float:
        """Findings for each 1,000 drafts."""
        return 1000 * self.hits / self.drafts if self.drafts else 0.0

    @property
    def precision(self) -> float | None:
        """Share of the judged findings that were right; None when none was judged."""
        return self.right / self.judged if self.judged else None

    @property
    def line(self) -> str:
        """Both figures in words."""
        often = f"{self.per_thousand:.1f} findings for 1,000 machine-written drafts"
        if self.precision is None:
            return f"{often}; none was judged"
        return f"{often}; {self.right} of {self.judged} judged were right (precision {self.precision:.2f})"


@cache
def measured() -> dict[str, Measured]:
    """Return the figures by rule code; a rule that was never measured is absent."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Measured(*(int(row[name]) for name in ("drafts", "hits", "judged", "right")))
            for row in csv.DictReader(file)
        }
