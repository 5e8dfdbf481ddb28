"""Word and phrase lists, one file each, and the single pass that finds all of them in a text.

A file is UTF-8. Lines from ``#`` are comments; the header names source, licence and date. An entry is a
phrase in lower case; ``*`` at the end of a word stands for any ending (``guarantee*``); ``word -> better``
adds a replacement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[%$#&@€£]+[^\W_]*")
# Between two words of one phrase only these may stand; a full stop or a line break ends a phrase.
_GAP = re.compile(r"[ ,\-/]{1,3}|\n(?!\n)|")
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
    begins
        Whole words that some entry begins with; most words of a text begin none.
    """

    singles: dict[str, list[_Rest]]
    pairs: dict[tuple[str, str], list[_Rest]]
    stemmed: dict[str, list[_Rest]]
    stems: dict[str, list[tuple[str, _Rest]]]
    begins: set[str]


@cache
def _index() -> _Index:
    index = _Index({}, {}, {}, {}, set())
    for name in names():
        for entry in load(name).entries:
            words = tuple((entry.translate(_SPLIT) if _JOINED.search(entry) else entry).split())
            first = words[0]
            if first[-1] == "*":
                index.stems.setdefault(first[:2], []).append((first[:-1], (words[1:], name, entry)))
                continue
            index.begins.add(first)
            if len(words) == 1:
                index.singles.setdefault(first, []).append(((), name, entry))
            elif words[1][-1] == "*":
                index.stemmed.setdefault(first, []).append((words[1:], name, entry))
            else:
                index.pairs.setdefault((first, words[1]), []).append((words[2:], name, entry))
    return index


def find_all(text: str) -> dict[str, list[Hit]]:
    """Return all hits of all lexicons in `text`, by lexicon, in order of place.

    One pass over the words through an index of all entries; of two hits of one lexicon from the same place
    only the longer one counts. Time is linear in the text.
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals lower-case into two characters; then compare as given
        lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    found = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(lowered)]
    hits: dict[str, list[Hit]] = {}
    index = _index()
    for first, (word, _, _) in enumerate(found):
        if word not in index.begins and word[:2] not in index.stems:
            continue
        longest: dict[str, Hit] = {}
        for name, entry, last in _matches(index, found, first, lowered):
            hit = Hit(name, found[first][1], found[last][2], entry)
            if name not in longest or hit.end > longest[name].end:
                longest[name] = hit
        for name, hit in longest.items():
            kept = hits.setdefault(name, [])
            if not kept or hit.start >= kept[-1].end:
                kept.append(hit)
    return hits


def _matches(
    index: _Index, found: list[tuple[str, int, int]], first: int, text: str
) -> Iterator[tuple[str, str, int]]:
    word = found[first][0]
    for _, name, entry in index.singles.get(word, ()):
        yield name, entry, first
    candidates = [(rest, first + 1) for stem, rest in index.stems.get(word[:2], ()) if word.startswith(stem)]
    if first + 1 < len(found) and _GAP.fullmatch(text, found[first][2], found[first + 1][1]):
        candidates += [(rest, first + 1) for rest in index.stemmed.get(word, ())]
        candidates += [(rest, first + 2) for rest in index.pairs.get((word, found[first + 1][0]), ())]
    for (rest, name, entry), at in candidates:
        if _continues(found, at, rest, text):
            yield name, entry, at + len(rest) - 1


def _continues(found: list[tuple[str, int, int]], at: int, rest: tuple[str, ...], text: str) -> bool:
    """Tell whether the words from `at` on are `rest`, each joined to the one before by a mere gap."""
    if at + len(rest) > len(found):
        return False
    for offset, wanted in enumerate(rest, at):
        word = found[offset][0]
        if word != wanted and not (wanted[-1] == "*" and word.startswith(wanted[:-1])):
            return False
        if not _GAP.fullmatch(text, found[offset - 1][2], found[offset][1]):
            return False
    return True
