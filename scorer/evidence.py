"""What the rules and features rest on: one row for each figure, with its grade and source.

Grades: A randomised experiments, meta-analyses of trials, or the platform's own rule page; B large
first-party data or controlled observation; C vendor studies with a stated size; D folklore and
third-hand claims. A figure of grade D is never shown as a fact.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GRADES = {
    "A": "experiment or platform rule",
    "B": "large or controlled observation",
    "C": "vendor study",
    "D": "folklore, unverified",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure of the evidence base.

    Attributes
    ----------
    grade
        A to D, see `GRADES`; where a source mixes two, the weaker one is written second.
    odds_ratio
        How the odds of the outcome change; empty where the source gives none.
    """

    id: str
    family: str
    grade: str
    design: str
    outcome: str
    value: str
    unit: str
    odds_ratio: str
    n: str
    channel: str
    year: str
    source_title: str
    source_url: str

    @property
    def line(self) -> str:
        """One line for people: id, grade, what was measured how, source; no figure for grade D."""
        strength = f", odds ratio {self.odds_ratio}" if self.odds_ratio and "D" not in self.grade else ""
        size = f", n {self.n}" if self.n else ""
        year = f", {self.year}" if self.year else ""
        return f"{self.id} [{self.grade}] {self.outcome} ({self.design}{size}{strength}{year}): {self.source_title}"


@cache
def evidence() -> Mapping[str, Evidence]:
    """Return the evidence base by id."""
    with (Path(__file__).parent / "evidence.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: Evidence(**row) for row in csv.DictReader(file)}
