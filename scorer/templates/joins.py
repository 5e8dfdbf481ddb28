"""Broken joins: places where filled-in values and the words around them do not fit together.

A pattern counts only where it touches a join, so that what the writer wrote as it stands is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scorer.templates.rendering import Piece, Rendering

_GREETING = r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))"
_LINKING = r"(?:at|from|with|to|for|of|in|about|by|on|as|the|your|and|or|called|named|via|near|into|like)"
# Words that begin with a vowel letter and a consonant's sound, and the other way round.
_CONSONANT_SOUND = re.compile(
    r"(?:uni(?!m|n)|use|usu|util|eu|ewe|one\b|once|ubiq|ur[aeiou]|u\b)", re.IGNORECASE
)
_VOWEL_SOUND = re.compile(r"(?:hour|honest|honou?r|heir)", re.IGNORECASE)
_LETTERS_WITH_VOWEL = frozenset("AEFHILMNORSX")
_EIGHT = re.compile(r"8|1[18](?!\d)|1[18](?=,\d{3}(?!\d))")
# A full stop that belongs to the word before it.
_SHORTENED = re.compile(
    r"(?:\b(?:inc|ltd|co|corp|bros|jr|sr|st|dr|no|llc|plc|dept|univ|intl|est|vs|etc|ph\.d|[a-z])|\.[a-z])\Z",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(an?)([ \t]+)(?=(\S+))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Pattern:
    kind: str
    pattern: re.Pattern[str]
    message: str


def _p(kind: str, pattern: str, message: str) -> _Pattern:
    return _Pattern(kind, re.compile(pattern, re.IGNORECASE | re.MULTILINE), message)


_PATTERNS = (
    _p("empty-greeting", rf"^[ \t]*{_GREETING}[ \t]+(?=[,.!:;\n-])", "The greeting has a gap where a name belongs."),
    _p("space-before-punctuation", r"(?<=\S)[ \t]+(?=[,.;!?](?:\s|$))|(?<=\w)[ \t]+(?=:(?:\s|$))",
       "A gap stands in front of a punctuation mark."),
    _p("dangling-word", rf"\b{_LINKING}[ \t]*(?=[,.;!?](?:\s|$))", "The word that should follow is missing."),
    _p("dangling-word", rf"\b{_LINKING}[ \t]*$", "The word that should follow is missing."),
    _p("leading-space", r"^[ \t]+(?=\S)", "The line begins with a gap."),
    _p("ownerless", r"(?<!\S)['’]s\b", "The name that owns this is missing."),
    _p("double-space", r"(?<=\S)[ \t]{2,}(?=\S)", "Two spaces stand where a value is missing."),
    _p("double-punctuation", r"(?<![.?!,])(?:\.\.(?!\.)|,,|[,;]\.|\.,(?=\s)|[!?]\.(?=\s|$))",
       "Two punctuation marks stand together."),
    _p("repeated-word", r"\b([^\W\d_]{2,})[ \t]+\1\b", "A word stands twice."),
    _p("double-possessive", r"['’]s['’]s?\b|['’]s['’](?=\s)", "The value brings its own possessive."),
    _p("empty-brackets",
       r"\([ \t]*\)|\"[ \t]*\"|“[ \t]*”|«[ \t]*»|(?<!\w)'[ \t]*'(?!\w)|‘[ \t]*’",
       "Nothing stands between these marks."),
    _p("leading-punctuation", r"^[ \t]*[,.;!?](?=[ \t]\w)", "The line begins with a punctuation mark."),
    _p("null-value", r"(?<![\w-])(?:null|none|n/a|nan|undefined|#n/a|unknown)(?![\w-])",
       "The data holds a word for nothing."),
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Join:
    """A broken join.

    Attributes
    ----------
    start, end
        Its place in the template: the tag whose value does not fit, or the words beside it.
    rendered_start, rendered_end
        Its place in the rendering.
    names
        Canonical names of the variables at the place.
    """

    start: int
    end: int
    kind: str
    rendered_start: int
    rendered_end: int
    message: str
    names: tuple[str, ...] = ()


def find_joins(rendering: Rendering) -> tuple[Join, ...]:
    """Return the broken joins of `rendering`, by place in the template."""
    text = rendering.text
    joints = tuple(_joints(rendering))
    found: dict[tuple[int, int, str], Join] = {}
    if not joints:
        return ()
    for kind, start, end, message in _matches(text, joints):
        touching = [(low, high, piece) for low, high, piece in joints if low <= end and start <= high]
        if kind in _ABSENCES:  # what stands around a whole value is as the writer put it
            touching = [item for item in touching if _leaves_a_gap(item[2])]
        if not touching or any(
            low <= start and end <= high for low, high, _ in touching if low < high and kind in _INSIDE
        ):
            continue
        if kind == "double-punctuation" and text[start:end] == ".," and _SHORTENED.search(text, 0, start):
            continue
        if kind == "null-value" and not any(
            p.kind == "value" and (lo, hi) == (start, end) for lo, hi, p in touching
        ):
            continue
        filled = [piece for _, _, piece in touching if piece.name or piece.kind != "text"] or [touching[0][2]]
        place = (min(p.start for p in filled), max(p.end for p in filled))
        names = tuple(dict.fromkeys(piece.name for piece in filled if piece.name))
        key = (*place, "gap" if kind in _GAPS else kind)
        found.setdefault(key, Join(*place, kind, start, end, message, names))
    return tuple(sorted(found.values()))


def _leaves_a_gap(piece: Piece) -> bool:
    return piece.kind == "text" or piece.words != piece.words.strip() or not piece.words


# Kinds that are one gap seen in several ways: the first of them is told.
_GAPS = frozenset(
    {
        "empty-greeting",
        "space-before-punctuation",
        "dangling-word",
        "ownerless",
        "leading-space",
        "double-space",
    }
)
_ABSENCES = _GAPS | {"leading-punctuation", "empty-brackets"}
# Kinds that say nothing inside one value, which is as its owner writes it.
_INSIDE = frozenset({"repeated-word", "double-punctuation", "double-possessive"})


def _joints(rendering: Rendering) -> Iterator[tuple[int, int, Piece]]:
    """Yield the pieces that are not the writer's own running text, and the seams between such texts."""
    pieces = list(rendering.places())
    for number, (low, high, piece) in enumerate(pieces):
        if piece.kind != "text":
            yield low, high, piece
        elif number and pieces[number - 1][2].kind == "text":
            yield low, low, piece


def _matches(text: str, joints: tuple[tuple[int, int, Piece], ...]) -> Iterator[tuple[str, int, int, str]]:
    for item in _PATTERNS:
        for match in item.pattern.finditer(text):
            yield item.kind, match.start(), match.end(), item.message
    for match in _ARTICLE.finditer(text):
        at = match.end()
        if any(low == at < high for low, high, _ in joints):
            vowel = begins_with_vowel(match[3])
            wanted = "an" if vowel else "a"
            if vowel is not None and match[1].lower() != wanted:
                yield "article", match.start(), at, f"Before this value the article is “{wanted}”."
    if not text.strip():
        yield "empty", 0, len(text), "Nothing is left when the values are missing."


def begins_with_vowel(word: str) -> bool | None:
    """Tell whether `word` takes "an": by its sound as far as its letters show it, None where they don't."""
    bare = word.strip("\"'“”‘’(.,;:!?)")
    if not bare:
        return False
    if bare[0].isdigit():
        return bool(_EIGHT.match(bare))
    head = re.split(r"[-&/]|(?<=[A-Z])(?=\d)", bare)[0]
    if head.isupper() and head.isalpha():
        if len(head) <= 3 or not re.search("[AEIOU]", head[1:]):
            return head[0] in _LETTERS_WITH_VOWEL
        if len(head) <= 5:  # spelt out, as HVAC, or spoken, as NASA
            return None
    if _VOWEL_SOUND.match(bare):
        return True
    return bare[0].lower() in "aeiouáéíóúäöåèàâêîôøæ" and not _CONSONANT_SOUND.match(bare)
