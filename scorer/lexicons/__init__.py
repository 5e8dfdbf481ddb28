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
        entry, _, better = line.partition("->")
        if entry.strip() and not line.startswith("#"):
            entries[" ".join(entry.split())] = better.strip() or None
    header = "\n".join(line.lstrip("# ") for line in lines if line.startswith("#"))
    return Lexicon(name, entries, header)


@cache
def names() -> tuple[str, ...]:
    """Return the names of all lexicons, sorted."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.txt")))


class _Node:
    __slots__ = ("ends", "exact", "prefixes")

    def __init__(self) -> None:
        self.exact: dict[str, _Node] = {}
        self.prefixes: list[tuple[str, _Node]] = []
        self.ends: list[tuple[str, str]] = []


@cache
def _trie() -> _Node:
    root = _Node()
    for name in names():
        for entry in load(name).entries:
            node = root
            for word in re.findall(r"[^\s\-/,]+", entry):
                if word.endswith("*"):
                    stem = word[:-1]
                    child = next((n for s, n in node.prefixes if s == stem), None)
                    if child is None:
                        child = _Node()
                        node.prefixes.append((stem, child))
                    node = child
                else:
                    node = node.exact.setdefault(word, _Node())
            node.ends.append((name, entry))
    return root


@cache
def _root_prefixes() -> dict[str, list[tuple[str, _Node]]]:
    """Group the root's prefixes by their first two letters, so that a word meets only those that can fit."""
    table: dict[str, list[tuple[str, _Node]]] = {}
    for stem, node in _trie().prefixes:
        table.setdefault(stem[:2], []).append((stem, node))
    return table


def find_all(text: str) -> dict[str, list[Hit]]:
    """Return all hits of all lexicons in `text`, by lexicon, in order of place.

    One pass over the words through a trie of all entries; of two hits of one lexicon from the same place
    only the longer one counts. Time is linear in the text.
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals lower-case into two characters; then compare as given
        lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    found = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(lowered)]
    hits: dict[str, list[Hit]] = {}
    root, root_prefixes = _trie(), _root_prefixes()
    for first in range(len(found)):
        longest: dict[str, Hit] = {}
        for name, entry, last in _matches(root, root_prefixes, found, first, lowered):
            hit = Hit(name, found[first][1], found[last][2], entry)
            if name not in longest or hit.end > longest[name].end:
                longest[name] = hit
        for name, hit in longest.items():
            kept = hits.setdefault(name, [])
            if not kept or hit.start >= kept[-1].end:
                kept.append(hit)
    return hits


def _matches(
    root: _Node,
    root_prefixes: dict[str, list[tuple[str, _Node]]],
    found: list[tuple[str, int, int]],
    first: int,
    text: str,
) -> Iterator[tuple[str, str, int]]:
    word = found[first][0]
    stack = [(node, first) for stem, node in root_prefixes.get(word[:2], ()) if word.startswith(stem)]
    node = root.exact.get(word)
    if node is not None:
        stack.append((node, first))
    while stack:
        node, index = stack.pop()
        for name, entry in node.ends:
            yield name, entry, index
        if (not node.exact and not node.prefixes) or index + 1 >= len(found):
            continue
        if not _GAP.fullmatch(text, found[index][2], found[index + 1][1]):
            continue
        word = found[index + 1][0]
        child = node.exact.get(word)
        if child is not None:
            stack.append((child, index + 1))
        stack.extend((n, index + 1) for stem, n in node.prefixes if word.startswith(stem))
