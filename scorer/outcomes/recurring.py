"""Which messages were made from one template, where the source does not say: by their wording."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SHINGLE: Final = 3
_ALIKE: Final = 0.5
# A run of words in more templates than this ("hope you are well") tells none of them.
_COMMON: Final = 200
NAME: Final = "{name}"


@dataclass(frozen=True, slots=True)
class Likeness:
    """A text as it is compared: without names and numbers, as runs of three words."""

    key: str
    shingles: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, text: str, names: Iterable[str] = ()) -> Likeness:
        """Return the likeness of `text`, in which the words of `names` (the reader, the firm) count as blanks."""
        blanks = {word for name in names for word in _words(name) if len(word) > 1}
        words = [NAME if word in blanks or word.isdigit() else word for word in _words(text)]
        words = [word for i, word in enumerate(words) if word != NAME or i == 0 or words[i - 1] != NAME]
        runs = range(max(1, len(words) - _SHINGLE + 1)) if words else ()
        return cls(" ".join(words), frozenset(tuple(words[i : i + _SHINGLE]) for i in runs))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def recurring(texts: Sequence[Likeness]) -> list[int | None]:
    """Return for each text the index of the first one made from the same template; None for one of a kind.

    Two texts are of one template when they share half of the runs of three words that either has (Jaccard),
    measured against the template's first text. Linear in practice: only templates sharing a run are compared.
    """
    leaders: dict[tuple[str, ...], list[int]] = {}
    found: list[int | None] = []
    for index, text in enumerate(texts):
        shared: Counter[int] = Counter()
        for run in text.shingles:
            owners = leaders.get(run, ())
            if len(owners) <= _COMMON:
                shared.update(owners)
        best, most = None, _ALIKE
        for leader, count in shared.items():
            alike = count / (len(text.shingles) + len(texts[leader].shingles) - count)
            if alike > most or (alike == most and (best is None or leader < best)):
                best, most = leader, alike
        if best is None and text.shingles:
            for run in text.shingles:
                leaders.setdefault(run, []).append(index)
            best = index
        found.append(best)
    sizes = Counter(found)
    return [None if leader is None or sizes[leader] < 2 else leader for leader in found]
