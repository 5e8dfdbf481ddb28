"""Conversion between code points, lines and columns, and UTF-16 units: the only place that converts.

Everything inside the package counts code points of the text as given. Editors (LSP) and LanguageTool
clients count UTF-16 units, people count lines and columns, and the language pipeline sees a folded text
(no zero-width characters, plain letters for styled ones) whose positions differ from the given text's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


def utf16_offset(text: str, index: int) -> int:
    """Return how many UTF-16 units stand before code point `index` of `text`."""
    return index + sum(1 for char in text[:index] if ord(char) > 0xFFFF)


def code_point_offset(text: str, units: int) -> int:
    """Return the code point index at `units` UTF-16 units; inside a surrogate pair, the pair's own index."""
    seen = 0
    for index, char in enumerate(text):
        width = 2 if ord(char) > 0xFFFF else 1
        if seen + width > units:
            return index
        seen += width
    return len(text)


class LineIndex:
    r"""Line and column of each code point of a text; ``\r\n``, ``\n`` and ``\r`` end a line.

    Lines and columns count from 1, as editors show them.
    """

    def __init__(self, text: str) -> None:
        starts = [0]
        for index, char in enumerate(text):
            if char == "\n" or (char == "\r" and text[index + 1 : index + 2] != "\n"):
                starts.append(index + 1)
        self._starts = starts
        self._length = len(text)

    def position(self, index: int) -> tuple[int, int]:
        """Return ``(line, column)`` of code point `index`, both from 1."""
        line = bisect_right(self._starts, index) - 1
        return line + 1, index - self._starts[line] + 1

    def utf8_position(self, text: str, index: int) -> tuple[int, int]:
        """Return ``(line, column)`` of code point `index` of `text`, the column in bytes of UTF-8, from 1."""
        line = bisect_right(self._starts, index) - 1
        return line + 1, len(text[self._starts[line] : index].encode("utf-8", "replace")) + 1

    def index(self, line: int, column: int) -> int:
        """Return the code point index of ``(line, column)``, clipped into the text."""
        if line > len(self._starts):
            return self._length
        return min(self._starts[max(line, 1) - 1] + max(column, 1) - 1, self._length)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Positions of a derived text in the text it was made from.

    Attributes
    ----------
    starts
        For each code point of the derived text, the index in the given text where it begins.
    ends
        For each code point of the derived text, the index in the given text just after it.
    """

    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the given text that the derived span ``[start, end)`` came from."""
        if not self.starts:
            return 0, 0
        if start >= len(self.starts):
            return self.ends[-1], self.ends[-1]
        first = self.starts[start]
        return first, max(first, self.ends[end - 1]) if end > start else first

    def derived(self, index: int) -> int:
        """Return the first index of the derived text that begins at or after `index` of the given text."""
        return bisect_left(self.starts, index)
