"""Which renderings of a template are looked at: all of them, or a sample whose error is known.

Up to `EXHAUSTIVE` renderings (wordings times recipients) all are made. Above that, renderings are drawn
independently and uniformly with a fixed seed, and three bounds hold with `CONFIDENCE`, whatever the scores
look like:

* the share of renderings that score at most x differs from the sample's, for every x at once, by at most
  ``sqrt(ln(2 / (1 - CONFIDENCE)) / (2 n))``: the Dvoretzky-Kiefer-Wolfowitz inequality with the tight constant
  of Massart (Annals of Probability 18 (1990) 1269-1283);
* so the true median lies between the sample's quantiles at 0.5 minus and plus that much;
* at most ``1 - (1 - CONFIDENCE) ** (1 / n)`` of all renderings score below the worst one drawn: n independent
  draws all miss a share p of them with probability ``(1 - p) ** n``. The same for the best.

Besides the sample, renderings are made in which every option of every choice and every recipient occurs; they
count for the worst and the best, and for broken joins, but not for the median.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from scorer.templates.rendering import Filled

EXHAUSTIVE = 10_000
SAMPLE = 1_000
CONFIDENCE = 0.95
MAX_COVERING = 400


@dataclass(frozen=True, slots=True)
class Wording:
    """A rendering by number: of which recipient, which wording of the subject and of the text."""

    row: int
    subject: int
    text: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The renderings to look at.

    Attributes
    ----------
    total
        Renderings that there are: for each recipient the wordings of subject and text, alike or not.
    drawn
        Those that speak for all: every one, or the sample (one may be drawn twice).
    covering
        Further ones, in which every option and every recipient occurs.
    exhaustive
        Whether `drawn` is all of them.
    """

    total: int
    drawn: tuple[Wording, ...]
    covering: tuple[Wording, ...]
    exhaustive: bool
    seed: int

    @property
    def rank_error(self) -> float:
        """By how much, at most, the share of renderings up to any score differs from the sample's; 0 for all."""
        return 0.0 if self.exhaustive else math.sqrt(math.log(2 / (1 - CONFIDENCE)) / (2 * len(self.drawn)))

    @property
    def beyond(self) -> float:
        """Which share of all renderings, at most, is worse than the worst drawn; 0 when all were."""
        return 0.0 if self.exhaustive else 1 - (1 - CONFIDENCE) ** (1 / len(self.drawn))

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, ready for JSON."""
        return {
            "total": self.total,
            "method": "all" if self.exhaustive else "sample",
            "drawn": len(self.drawn),
            "seed": None if self.exhaustive else self.seed,
            "confidence": None if self.exhaustive else CONFIDENCE,
            "rank_error": round(self.rank_error, 4),
            "beyond_extremes": round(self.beyond, 4),
        }


def plan(
    subjects: Sequence[Filled],
    texts: Sequence[Filled],
    *,
    limit: int = EXHAUSTIVE,
    sample: int = SAMPLE,
    seed: int = 0,
) -> Plan:
    """Return which renderings to make for recipients with these filled-in subjects and texts.

    Parameters
    ----------
    limit
        All renderings are made when there are no more than this.
    sample
        How many are drawn otherwise.
    """
    sizes = [s.count * t.count for s, t in zip(subjects, texts, strict=True)]
    total = sum(sizes)
    if total <= limit:
        drawn = tuple(
            Wording(row, *divmod(index, texts[row].count))
            for row, size in enumerate(sizes)
            for index in range(size)
        )
        return Plan(total, drawn, (), True, seed)
    chance = random.Random(seed)
    drawn = tuple(_locate(chance.randrange(total), sizes, texts) for _ in range(sample))
    return Plan(total, drawn, tuple(dict.fromkeys(_covering(subjects, texts)))[:MAX_COVERING], False, seed)


def _locate(index: int, sizes: Sequence[int], texts: Sequence[Filled]) -> Wording:
    for row, size in enumerate(sizes):
        if index < size:
            return Wording(row, *divmod(index, texts[row].count))
        index -= size
    raise IndexError("no rendering of that number")


def _covering(subjects: Sequence[Filled], texts: Sequence[Filled]) -> Iterator[Wording]:
    """Yield renderings with every recipient, every option of the text, every option of the subject."""
    rows = len(texts)
    for row in range(rows):
        yield Wording(row, 0, 0)
    # Conditions decide which options a recipient can get, so each recipient's own are gone through, a few at a time.
    for row in range(min(rows, 12)):
        for number, index in enumerate(texts[row].covering()):
            if number % min(rows, 12) == row:
                yield Wording(row, 0, index)
        for index in subjects[row].covering():
            yield Wording(row, index, 0)
