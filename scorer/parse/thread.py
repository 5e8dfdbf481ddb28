"""A follow-up beside the earlier messages of its thread: what is copied, what is taken up, what is new."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorer.parse.folding import fold
from scorer.parse.tailoring import is_common

if TYPE_CHECKING:
    from scorer.parse.parsed import ParsedDraft

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# So many words in a row say the same by choice, not by chance.
_SHINGLE = 5
_ENDING = re.compile(r"(?:'s|s|es|ed|ing|ly)$")


@dataclass(frozen=True, slots=True)
class Thread:
    """What `compare` found; positions in the folded body.

    Attributes
    ----------
    copied
        Stretches of at least five words that stand word for word in an earlier message.
    copied_share
        Share of the words between greeting and sign-off that they cover.
    taken_up, new
        Content words that an earlier message had too, and uncommon words and numbers that none had.
    words_before
        Words of the last earlier message.
    """

    copied: tuple[tuple[int, int], ...]
    copied_share: float
    taken_up: tuple[str, ...]
    new: tuple[str, ...]
    words_before: int


def stem(word: str) -> str:
    """Return `word` without a common ending, to match forms of one word."""
    return (_ENDING.sub("", word) if len(word) > 5 else word.removesuffix("s")).rstrip("e")


def compare(parsed: ParsedDraft) -> Thread:
    """Return the body of `parsed`, without greeting and sign-off, beside its earlier messages."""
    words = [
        (m.group(), m.start(), m.end())
        for m in _WORD.finditer(parsed.body.lower, parsed.body_start, parsed.signature_start)
    ]
    shingles: set[tuple[str, ...]] = set()
    before: set[str] = set()
    old: list[str] = []
    for text in parsed.draft.earlier:
        old = _WORD.findall(fold(text).text.lower())
        shingles.update(tuple(old[i : i + _SHINGLE]) for i in range(len(old) - _SHINGLE + 1))
        before.update(stem(word) for word in old)
    ranges: list[tuple[int, int]] = []
    for i in range(len(words) - _SHINGLE + 1):
        if tuple(word for word, _, _ in words[i : i + _SHINGLE]) in shingles:
            if ranges and i <= ranges[-1][1]:
                ranges[-1] = (ranges[-1][0], i + _SHINGLE)
            else:
                ranges.append((i, i + _SHINGLE))
    taken_up: dict[str, None] = {}
    new: dict[str, None] = {}
    names = {
        stem(token.lower_)
        for m in parsed.mentions
        if m.fact in {"name", "company", "school"}
        for token in parsed.doc
        if m.start <= token.idx < m.end
    }
    for token in parsed.main_words:
        low = token.lower_
        key = stem(low)
        if token.is_stop or key in names or (len(low) < 4 and not low[0].isdigit()):
            continue
        if key in before:
            taken_up[key] = None
        elif low[0].isdigit() or not is_common(low):
            new[key] = None
    copied = sum(stop - start for start, stop in ranges)
    return Thread(
        copied=tuple((words[start][1], words[stop - 1][2]) for start, stop in ranges),
        copied_share=copied / len(words) if words else 0.0,
        taken_up=tuple(taken_up),
        new=tuple(new),
        words_before=len(old),
    )
