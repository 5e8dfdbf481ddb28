"""Word and phrase lists, one file each, and the single pass that finds all of them in a text.

A file is UTF-8. Lines from ``#`` are comments; the header names source, licence and date. An entry is a
phrase in lower case; ``*`` at the end of a word stands for any ending (``guarantee*``); ``word -> better``
adds a replacement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[%$#&@€£]+[^\W_]*")
# Between two words of one phrase only these may stand; a full stop or a blank line ends a phrase.
_GAPS = frozenset({"", "\n", *("".join(p) for n in (1, 2, 3) for p in product(" ,-/", repeat=n))})
_LONGEST = 40  # characters; no entry has a longer word
_JOINED, _SPLIT = re.compile("[-/,]"), str.maketrans("-/,", "   ")


@dataclass(frozen=True, slots=True)
class Hit:
    """A lexicon entry found in a text: ``[start, end)`` in code points of that text."""

    lexicon: str
    start: int
    end: int
    entry: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One list.

    Attributes
    ----------
    entries
        Each phrase with its replacement, or None.
    header
        The comment lines at the top: what it is, source, licence, date.
    """

    name: str
    entries: Mapping[str, str | None]
    header: str


@cache
def load(name: str) -> Lexicon:
    """Return the lexicon `name` (the file name without ``.txt``)."""
    lines = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    entries: dict[str, str | None] = {}
    for line in lines:
        if line and line[0] != "#":
            entry, _, better = line.partition("->")
            if entry := " ".join(entry.split()):
                entries[entry] = better.strip() or None
    header = "\n".join(line.lstrip("# ") for line in lines if line.startswith("#"))
    return Lexicon(name, entries, header)


@cache
def names() -> tuple[str, ...]:
    """Return the names of all lexicons, sorted."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.txt")))


# An entry's words after those that found it, its lexicon, and the entry itself.
_Rest = tuple[tuple[str, ...], str, str]


@dataclass(frozen=True, slots=True)
class _Index:
    """All entries of all lexicons by how they begin; a word of an entry that ends in ``*`` is a stem.

    Attributes
    ----------
    singles
        One-word entries by their word.
    pairs
        Longer entries by their first two words.
    stemmed
        Entries whose second word is a stem, by their first word.
    stems
        Entries whose first word is a stem, by its first two letters.
    """

    singles: dict[str, list[_Rest]]
    pairs: dict[str, dict[str, list[_Rest]]]
    stemmed: dict[str, list[_Rest]]
    stems: dict[str, list[tuple[str, _Rest]]]


@cache
def _index() -> _Index:
    index = _Index({}, {}, {}, {})
    for name in names():
        for entry in load(name).entries:
            words = tuple((entry.translate(_SPLIT) if _JOINED.search(entry) else entry).split())
            first = words[0]
            if first[-1] == "*":
                index.stems.setdefault(first[:2], []).append((first[:-1], (words[1:], name, entry)))
            elif len(words) == 1:
                index.singles.setdefault(first, []).append(((), name, entry))
            elif words[1][-1] == "*":
                index.stemmed.setdefault(first, []).append((words[1:], name, entry))
            else:
                seconds = index.pairs.setdefault(first, {})
                seconds.setdefault(words[1], []).append((words[2:], name, entry))
    return index


@dataclass(frozen=True, slots=True)
class _Begun:
    """The entries that may begin with one word: by itself, with the words after it, or with its next word's."""

    alone: tuple[_Rest, ...]
    followed: tuple[_Rest, ...]
    seconds: Mapping[str, list[_Rest]]


@lru_cache(maxsize=16384)
def _begun(word: str) -> _Begun | None:
    """Return the entries that may begin with `word`; None for most words."""
    index = _index()
    stems = [rest for stem, rest in index.stems.get(word[:2], ()) if word.startswith(stem)]
    alone = (*index.singles.get(word, ()), *(rest for rest in stems if not rest[0]))
    followed = (*(rest for rest in stems if rest[0]), *index.stemmed.get(word, ()))
    seconds = index.pairs.get(word, {})
    return _Begun(alone, followed, seconds) if alone or followed or seconds else None


def lower(text: str) -> str:
    """Return `text` in lower case, character by character, so that positions stay."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals lower-case into two characters; these stay as given
        lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return lowered


def find_all(text: str) -> dict[str, list[Hit]]:
    """Return all hits of all lexicons in `text`, by lexicon, in order of place.

    One pass over the words through an index of all entries; of two hits of one lexicon from the same place
    only the longer one counts. Time is linear in the text.
    """
    lowered = lower(text)
    found = [(match.group(), *match.span()) for match in _WORD.finditer(lowered)]
    found.append(("", len(text), len(text)))  # no word: after the last one nothing follows
    hits: dict[str, list[Hit]] = {}
    for first, (word, start, end) in enumerate(found):
        begun = _begun(word[:_LONGEST])
        if begun is None:
            continue
        following = begun.seconds and begun.seconds.get(found[first + 1][0])
        if not following and not begun.followed and not begun.alone:
            continue
        longest = {name: (end, entry) for _, name, entry in reversed(begun.alone)}
        if (following or begun.followed) and lowered[end : found[first + 1][1]] in _GAPS:
            for name, entry, last in _longer(begun.followed, following or (), found, first, lowered):
                if name not in longest or last > longest[name][0]:
                    longest[name] = (last, entry)
        for name, (last, entry) in longest.items():
            kept = hits.get(name)
            if kept is None:
                hits[name] = [Hit(name, start, last, entry)]
            elif start >= kept[-1].end:
                kept.append(Hit(name, start, last, entry))
    return hits


_Found = list[tuple[str, int, int]]


def _longer(
    followed: Sequence[_Rest], seconds: Sequence[_Rest], found: _Found, first: int, text: str
) -> Iterator[tuple[str, str, int]]:
    """Yield the entries of several words that begin at word `first`, with where they end.

    Parameters
    ----------
    followed, seconds
        Entries of which the first word is found, and those of which the first two are.
    """
    candidates = [(rest, first + 1) for rest in followed]
    candidates += [(rest, first + 2) for rest in seconds]
    for (rest, name, entry), at in candidates:
        if not rest or _continues(found, at, rest, text):
            yield name, entry, found[at + len(rest) - 1][2]


def _continues(found: _Found, at: int, rest: tuple[str, ...], text: str) -> bool:
    """Tell whether the words from `at` on are `rest`, each joined to the one before by a mere gap."""
    if at + len(rest) > len(found):
        return False
    for offset, wanted in enumerate(rest, at):
        word = found[offset][0]
        if word != wanted and not (wanted[-1] == "*" and word.startswith(wanted[:-1])):
            return False
        if text[found[offset - 1][2] : found[offset][1]] not in _GAPS:
            return False
    return True
