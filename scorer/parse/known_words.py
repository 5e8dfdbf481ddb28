"""A compact set of English word forms: tells words from likely slips without carrying a word list.

The set is a Bloom filter of 2**21 bits with four hashes, built by ``training/lexicon.py``. It never calls a
word of its sources unknown; about one non-word in six hundred passes for a word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache, lru_cache

from scorer.errors import ArtefactError
from scorer.lexicons import load
from scorer.resources import models_dir

BITS = 2**21
HASHES = 4
# Endings and beginnings that make a word out of a known one; the second part is put back before looking up.
_ENDINGS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"),
    ("er", ""), ("er", "e"), ("ers", ""), ("ers", "e"), ("ly", ""), ("ness", ""), ("less", ""),
    ("able", ""), ("able", "e"), ("ise", "ize"), ("ised", "ized"), ("ising", "izing"),
    ("isation", "ization"), ("our", "or"), ("ours", "ors"), ("oured", "ored"), ("ouring", "oring"),
    ("ment", ""), ("ful", ""), ("like", ""), ("wise", ""), ("ish", ""),
)  # fmt: skip
_BEGINNINGS = (
    "un",
    "re",
    "pre",
    "non",
    "over",
    "under",
    "co",
    "mis",
    "out",
    "sub",
    "micro",
    "multi",
    "bio",
    "geo",
    "agri",
    "eco",
)


def indices(word: str) -> Iterable[int]:
    """Return the bits of `word` in the filter."""
    digest = hashlib.blake2b(word.encode(), digest_size=4 * HASHES).digest()
    return (int.from_bytes(digest[4 * n : 4 * n + 4], "little") % BITS for n in range(HASHES))


@cache
def _filter() -> bytes:
    path = models_dir() / "lexicon" / "known_words.bloom"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ArtefactError("the set of known words is missing; install score-draft again") from error
    if len(data) != BITS // 8:
        raise ArtefactError("the set of known words is damaged; install score-draft again")
    return data


def _in_set(word: str) -> bool:
    data = _filter()
    return all(data[index >> 3] >> (index & 7) & 1 for index in indices(word))


@lru_cache(maxsize=8192)
def is_known(word: str) -> bool:
    """Tell whether lower-case `word` is an English word form, a form made from one, or a compound of two."""
    if word in load("ton_misspellings").entries:
        return False
    if _in_set(word):
        return True
    for ending, restored in _ENDINGS:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            if len(stem) > 2 and _in_set(stem + restored):
                return True
            if len(stem) > 3 and stem[-1] == stem[-2] and _in_set(stem[:-1]):
                return True
    if any(
        word.startswith(part) and len(word) > len(part) + 3 and _in_set(word[len(part) :])
        for part in _BEGINNINGS
    ):
        return True
    return len(word) > 8 and any(
        _in_set(word[:cut]) and _in_set(word[cut:]) for cut in range(4, len(word) - 3)
    )
