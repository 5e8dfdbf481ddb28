"""How wide text is on a terminal, and what of it may go there.

A cluster is what the eye takes for one character: a letter with its accents, an emoji with its skin tone
and joiners, a flag. Control and direction characters of a draft never reach the terminal.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Cluster:
    """One visible character: its code points ``[start, end)``, what is shown, and its width in cells."""

    start: int
    end: int
    shown: str
    width: int


def clusters(text: str, start: int = 0, end: int | None = None) -> Iterator[Cluster]:
    """Yield the clusters of ``text[start:end]``."""
    end = len(text) if end is None else end
    index = start
    while index < end:
        first = index
        index += 1
        while index < end and _continues(text, first, index):
            index += 1
        yield _cluster(text[first:index], first, index)


def width(text: str) -> int:
    """Return the width of `text` in terminal cells."""
    return sum(cluster.width for cluster in clusters(text))


def printable(text: str) -> str:
    """Return `text` as it may be shown: no control or direction characters."""
    return "".join(cluster.shown for cluster in clusters(text))


def _continues(text: str, first: int, index: int) -> bool:
    char, before = text[index], text[index - 1]
    if before == _JOINER:
        return _wide(text[first]) or text[first] in "\u2764\u2695\u2696\u2708\u26a7"
    if char in (_JOINER, _EMOJI_STYLE) or unicodedata.category(char) in ("Mn", "Me"):
        return text[first] not in "\r\n\t"
    if "\U0001f3fb" <= char <= "\U0001f3ff":
        return _wide(text[first])
    return _regional(char) and _regional(before) and index - first == 1


def _regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in ("W", "F")


def _cluster(text: str, start: int, end: int) -> Cluster:
    char = text[0]
    if char == "\t":
        return Cluster(start, end, "    ", 4)
    if char in _DIRECTION or unicodedata.category(char) in ("Cc", "Cs"):
        picture = chr(0x2400 + ord(char)) if ord(char) < 32 else "\N{REPLACEMENT CHARACTER}"
        return Cluster(start, end, picture, 1)
    if unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return Cluster(start, end, "", 0)
    wide = _wide(char) or _regional(char) or _EMOJI_STYLE in text
    return Cluster(start, end, "".join(c for c in text if c not in _DIRECTION), 2 if wide else 1)
