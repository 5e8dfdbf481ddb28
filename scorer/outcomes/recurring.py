"""Which messages were made from one template, where the source does not say: by their wording."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_RUN: Final = 3
_ALIKE: Final = 0.5
# Of a long text only this many runs of words are kept, those with the smallest hashes, which are a fair sample.
_SKETCH: Final = 64
# By so many of them a template is found again; two texts that share half their runs miss all 8 once in 6,000 times.
_INDEXED: Final = 8
# A run of words in more templates than this ("hope you are well") tells none of them.
_COMMON: Final = 200
# Templates that a text is compared with, those that share most runs with it.
_CANDIDATES: Final = 5
_NAME: Final = "{name}"


@dataclass(frozen=True, slots=True)
class Likeness:
    """A text as it is compared: without names and numbers, as a sample of its runs of three words.

    Attributes
    ----------
    key
        Hash of the whole; the same for texts that differ in names and numbers alone.
    runs
        The smallest hashes of its runs of words, in order.
    """

    key: str
    runs: array[int]

    @classmethod
    def of(cls, text: str, names: Iterable[str] = ()) -> Likeness:
        """Return the likeness of `text`, in which the words of `names` (the reader, the firm) count as blanks."""
        blanks = {word for name in names for word in _words(name) if len(word) > 1}
        words = [_NAME if word in blanks or word.isdigit() else word for word in _words(text)]
        words = [word for i, word in enumerate(words) if word != _NAME or i == 0 or words[i - 1] != _NAME]
        starts = range(max(1, len(words) - _RUN + 1)) if words else ()
        hashes = {crc32(" ".join(words[i : i + _RUN]).encode()) for i in starts}
        key = hashlib.blake2b(" ".join(words).encode(), digest_size=8).hexdigest()
        return cls(key, array("L", sorted(hashes)[:_SKETCH]))

    def alike(self, other: Likeness) -> float:
        """Return the share of runs that both have among those that either has, 0 to 1 (bottom-k estimate)."""
        mine, theirs = set(self.runs), set(other.runs)
        either = mine | theirs
        if len(mine) == _SKETCH or len(theirs) == _SKETCH:
            either = set(sorted(either)[:_SKETCH])
        return len(mine & theirs & either) / len(either) if either else 0.0


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def recurring(texts: Sequence[Likeness]) -> list[int | None]:
    """Return for each text the index of the first one made from the same template; None for one of a kind.

    Two texts are of one template when they share half of the runs of three words that either has (Jaccard),
    measured against the template's first text. Linear in practice: only the few templates that share most are compared.
    """
    index: dict[int, list[int]] = {}
    found: list[int | None] = []
    for number, text in enumerate(texts):
        near: Counter[int] = Counter()
        for run in text.runs:
            leaders = index.get(run, ())
            if len(leaders) <= _COMMON:
                near.update(leaders)
        best, most = None, 0.0
        for leader, _ in near.most_common(_CANDIDATES):
            alike = text.alike(texts[leader])
            if alike >= _ALIKE and (alike > most or (alike == most and best is not None and leader < best)):
                best, most = leader, alike
        if best is None and text.runs:
            for run in text.runs[:_INDEXED]:
                index.setdefault(run, []).append(number)
            best = number
        found.append(best)
    sizes = Counter(found)
    return [None if leader is None or sizes[leader] < 2 else leader for leader in found]
