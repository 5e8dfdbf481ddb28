"""Fold a text into what the language pipeline should read, keeping the way back to each given position.

Folding drops what is not the writer's own words or cannot be seen (quoted mail, suppression comments,
zero-width and direction marks, carriage returns, a second space after a full stop, spaces at line ends) and turns
styled letters, look-alikes from other alphabets, exotic spaces and curly quotes into plain ones. Emoji sequences
keep their joiners.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from scorer.offsets import Alignment

_INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufeff"
)
_PLAIN = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u02bc": "'", "\u00b4": "'", "`": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"',
    "\u2010": "-", "\u2011": "-", "\u2212": "-", "\u2028": "\n", "\u2029": "\n", "\u0085": "\n",
    "\u2026": "...", "\t": " ", "\x0b": "\n", "\x0c": "\n",
}  # fmt: skip

# Signs that compatibility folding would spell out: trade marks, numero, telephone, litre, kelvin, emoji letters.
_SIGNS = frozenset("\u2116\u2120\u2121\u2122\u212a\u212b\u213b\u2113\u2139\u24c2")

# What stays as it is wherever it stands.
_PLAIN_ASCII = frozenset(map(chr, range(0x20, 0x7F))) - {"`"} | {"\n"}

# Letters of other alphabets that look like Latin ones, and those.
HOMOGLYPHS = dict(zip(
    "аеорсухіјѕԁһѵАВЕКМНОРСТУХІЈЅοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxijsdhvABEKMHOPCTYXIJSoABEZHIKMNOPTYX", strict=True,
))  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
# White space inside a line, and what folding makes a line break of.
_GAP, _BREAK = r"[^\S\r\n\x0b\x0c\x85\u2028\u2029]", r"[\r\n\x0b\x0c\x85\u2028\u2029]"
# Spaces that say nothing: all but one after the end of a sentence, and those before a line break.
_IDLE_SPACES = re.compile(
    rf"(?<=[.!?:;]){_GAP}+(?={_GAP}\S)|(?<=[.!?:;][\"')]){_GAP}+(?={_GAP}\S)|{_GAP}+(?={_BREAK})"
)

_COMMENT = re.compile(r"<!--\s*score-draft:[^\n]{0,200}?-->[ \t]*(?:\r?\n)?")
_QUOTE_LINE = re.compile(r"^[ \t]{0,3}>.*(?:\n|\Z)", re.MULTILINE)
# Where a mail client starts the earlier mail; everything below it is somebody else's text or sent before.
_QUOTE_TAIL = re.compile(
    r"^[ \t]*(?:-{2,}[ ]?(?:Original Message|Forwarded message)[ ]?-{2,}"
    r"|On [^\n]{4,120}(?:\n[^\n]{0,80})?wrote:[ \t]*$"
    r"|From: [^\n]{1,120}\n(?:Sent|Date|To): )",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and its way back.

    Attributes
    ----------
    text
        What the language pipeline reads.
    alignment
        Positions of `text` in the given text; None when both are the same.
    quoted
        Spans of the given text that are quoted mail.
    comments
        Spans of the given text that are suppression comments.
    invisible, styled
        Spans of the given text with zero-width or direction marks, and with styled letters.
    look_alikes
        Words of the given text that hold letters of another alphabet in place of Latin ones.
    """

    text: str
    alignment: Alignment | None = None
    quoted: tuple[tuple[int, int], ...] = ()
    comments: tuple[tuple[int, int], ...] = ()
    invisible: tuple[tuple[int, int], ...] = ()
    styled: tuple[tuple[int, int], ...] = ()
    look_alikes: tuple[tuple[int, int], ...] = ()


# A draft is looked at before it is parsed, and batches are of this many.
@lru_cache(maxsize=64)
def fold(text: str) -> Folded:
    """Return `text` folded and without white space at its end; plain ASCII without quoted mail stays as it is."""
    comments = _ranges(_COMMENT, text) if "<!--" in text else ()
    quoted = _quoted(text)
    idle = (
        _ranges(_IDLE_SPACES, text)
        if not text.isascii() or any(mark in text for mark in ("  ", " \n", " \r", "\t", "\x0b", "\x0c"))
        else ()
    )
    if (
        not comments
        and not quoted
        and not idle
        and text.isascii()
        and not any(c in text for c in "\r\t`\x0b\x0c")
    ):
        return Folded(text.rstrip())
    look_alikes = () if text.isascii() else _look_alikes(text)
    foreign = frozenset(index for start, end in look_alikes for index in range(start, end))
    dropped = [False] * len(text)
    for start, end in (*comments, *quoted, *idle):
        dropped[start:end] = [True] * (end - start)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    invisible: list[int] = []
    styled: list[int] = []
    for index, char in enumerate(text):
        if dropped[index]:
            continue
        if char in _PLAIN_ASCII:
            out.append(char)
            starts.append(index)
            ends.append(index + 1)
            continue
        if char in _INVISIBLE:
            if _joins_emoji(text, index):
                pass
            else:
                invisible.append(index)
                continue
        if char == "\r":
            if text[index + 1 : index + 2] == "\n":
                continue
            char = "\n"
        plain = HOMOGLYPHS.get(char) if index in foreign else _PLAIN.get(char)
        if plain is None:
            plain = _plain_letter(char)
            if plain is None:
                plain = " " if char not in " \n" and char.isspace() else char
            elif plain.isalpha():
                styled.append(index)
        for piece in plain:
            out.append(piece)
            starts.append(index)
            ends.append(index + 1)
    while out and out[-1].isspace():
        out.pop()
        starts.pop()
        ends.pop()
    return Folded(
        "".join(out), Alignment(starts, ends), quoted, comments, _runs(invisible), _runs(styled), look_alikes
    )


def _look_alikes(text: str) -> tuple[tuple[int, int], ...]:
    """Return words with look-alikes among Latin letters, and words of nothing else in a mostly Latin text."""
    latin = len(_LATIN.findall(text))
    mostly_latin = 2 * latin > sum(char.isalpha() for char in text)
    found: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        word = match.group()
        n_alike = sum(char in HOMOGLYPHS for char in word)
        if n_alike and ((n_alike == len(word) and mostly_latin) or _LATIN.search(word)):
            found.append(match.span())
    return tuple(found)


def _quoted(text: str) -> tuple[tuple[int, int], ...]:
    ranges: list[tuple[int, int]] = []
    if "wrote:" in text or "--" in text or "From:" in text:
        tail = _QUOTE_TAIL.search(text.replace("\r\n", " \n"))
        if tail:
            ranges.append((tail.start(), len(text)))
    if ">" in text:
        limit = ranges[0][0] if ranges else len(text)
        ranges = [r for r in _ranges(_QUOTE_LINE, text) if r[1] <= limit] + ranges
    return tuple(ranges)


def _ranges(pattern: re.Pattern[str], text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in pattern.finditer(text))


def _runs(indices: list[int]) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    for index in indices:
        if runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return tuple(runs)


def _joins_emoji(text: str, index: int) -> bool:
    """Tell whether the joiner at `index` stands between two symbols, as in family or flag emoji."""
    if text[index] != "\u200d" or index == 0 or index + 1 >= len(text):
        return False
    before = text[index - 1]
    return (before == "\ufe0f" or ord(before) > 0x2000) and ord(text[index + 1]) > 0x2000


def _plain_letter(char: str) -> str | None:
    """Return the plain letters of a styled, full-width or circled letter or digit; None for any other."""
    code = ord(char)
    if char in _SIGNS or not (
        0x1D400 <= code <= 0x1D7FF
        or 0xFF01 <= code <= 0xFF5E
        or 0x2460 <= code <= 0x24FF
        or 0x2100 <= code <= 0x214F
        or 0x1F130 <= code <= 0x1F169
    ):
        return None
    plain = unicodedata.normalize("NFKC", char)
    if plain == char and 0x1F130 <= code <= 0x1F169:
        plain = chr(ord("A") + (code - 0x1F130) % 32) if (code - 0x1F130) % 32 < 26 else char
    return plain if plain.isascii() and plain.isalnum() else None
