"""Hard limits and sensible lengths by channel, stage and account, read from one dated data file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class HardLimit:
    """What a channel refuses to send: more than `free` or `premium` characters, spaces included."""

    free: int
    premium: int
    source: tuple[str, ...]

    def of(self, account: str) -> int:
        """Return the limit in characters for ``free`` or ``premium``."""
        return self.premium if account == "premium" else self.free


@dataclass(frozen=True, slots=True)
class Band:
    """How long a message should be, in words.

    Attributes
    ----------
    low, high
        Full marks from `low` to `high`, both included.
    acceptable
        Still fine up to here; a longer one deserves a word.
    strong
        Far too long above.
    least
        Too short to say anything below.
    source
        Evidence ids, or ``house``.
    """

    low: int
    high: int
    acceptable: int
    strong: int
    least: int
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """The whole data file."""

    date: date
    hard: Mapping[tuple[str, str], HardLimit]
    bands: Mapping[str, Band]
    placeholder: Mapping[str, int]

    def hard_limit(self, channel: str, account: str, where: str = "text") -> int | None:
        """Return the most characters that `channel` takes in ``text`` or ``subject``, None without a limit."""
        limit = self.hard.get((channel, where))
        return None if limit is None else limit.of(account)

    def band(self, channel: str, stage: str) -> Band:
        """Return the lengths for a first message or a follow-up on `channel`; notes have no follow-up."""
        key = "follow_up" if stage == "follow_up" and channel != "connection_note" else channel
        return self.bands[key]

    def placeholder_characters(self, name: str) -> int:
        """Return the characters that a long value of the variable `name` (snake case) takes."""
        endings = [key for key in self.placeholder if name == key or name.endswith("_" + key)]
        return self.placeholder[max(endings, key=len)] if endings else self.placeholder["default"]


@cache
def limits() -> Limits:
    """Return the limits that the package ships."""
    return _read(tomllib.loads((Path(__file__).parent / "limits.toml").read_text(encoding="utf-8")))


def _read(data: Mapping[str, Any]) -> Limits:
    hard: dict[tuple[str, str], HardLimit] = {}
    bands: dict[str, Band] = {}
    for channel, table in data.items():
        if not isinstance(table, dict) or channel == "placeholder":
            continue
        for where in ("text", "subject"):
            if where in table:
                row = table[where]
                hard[channel, where] = HardLimit(row["free"], row["premium"], tuple(row["source"]))
        if "words" in table:
            row = table["words"]
            low, high = row["full"]
            bands[channel] = Band(
                low, high, row["acceptable"], row["strong"], row["least"], tuple(row["source"])
            )
    return Limits(data["date"], hard, bands, dict(data["placeholder"]))
