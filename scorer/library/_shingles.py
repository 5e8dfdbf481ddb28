"""What sameness compares: words, runs of words, first and last sentence of a draft.

A draft is folded, comments and quoted mail left out, letters in lower case; a placeholder of whatever dialect
is one word, the same where it asks for the same, and of a choice all wordings count. Sets of shingles (runs of
words; Broder 1997) are compared by Jaccard similarity, all pairs at once as a product of sparse matrices:
exact, so nothing is missed by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from scorer.parse.folding import fold
from scorer.parse.parsed import Placeholder
from scorer.parse.parts import find_layout
from scorer.parse.surface import find_placeholders
from scorer.schema import Draft
from scorer.templates.names import canonical, is_known

SLOT = "□"
_WORD = re.compile(r"□\w*|[^\W_]+(?:['.-][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')]*\s+|\n+")


@dataclass(frozen=True)
class Wording:
    """The words of one draft, as they are compared (`words`) and as they are shown (`shown`)."""

    words: tuple[str, ...]
    shown: tuple[str, ...]
    text: str

    @classmethod
    def of(cls, text: str) -> Wording:
        """Return the wording of a draft's text."""
        folded = fold(text).text
        for place in reversed(find_placeholders(folded)):
            folded = f"{folded[: place.start]} {_said(folded, place)} {folded[place.end :]}"
        return cls._of(folded, folded)

    @classmethod
    def _of(cls, piece: str, text: str) -> Wording:
        found = _WORD.findall(piece)
        shown = tuple(SLOT if word.startswith(SLOT) else word for word in found)
        return cls(tuple(word.casefold() for word in found), shown, text)

    @cached_property
    def sentences(self) -> tuple[Wording, ...]:
        """The sentences between greeting and sign-off that hold words."""
        zones = find_layout(self.text)
        pieces = _SENTENCE_END.split(self.text[zones.body_start : zones.signature_start])
        found = (Wording._of(piece, "") for piece in pieces)
        return tuple(sentence for sentence in found if sentence.words)


def _said(text: str, place: Placeholder) -> str:
    """Return what a placeholder stands for: the words of a choice, else the slot with the variable's name."""
    name, tag = canonical(place.name), text[place.start : place.end]
    if "|" in tag and tag[0] in "{[" and "_" not in name and not is_known(name):
        return re.sub(r"[{}\[\]|]|\brandom\b", " ", tag, flags=re.IGNORECASE)
    return f"{SLOT}{name}"


def wordings(drafts: Iterable[Draft]) -> list[Wording]:
    """Return the wording of each draft, in order."""
    return [Wording.of(draft.text) for draft in drafts]


def shingles(words: Sequence[str], size: int) -> set[tuple[str, ...]]:
    """Return the runs of `size` words in `words`; all of a shorter text is its one run."""
    if not words:
        return set()
    return {tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1))}


def shingle_matrix(texts: Sequence[Sequence[str]], size: int) -> Any:
    """Return a sparse matrix of ones and zeros: a row for each text, a column for each shingle."""
    columns: dict[tuple[str, ...], int] = {}
    indices: list[int] = []
    pointers = [0]
    for words in texts:
        indices += [columns.setdefault(shingle, len(columns)) for shingle in shingles(words, size)]
        pointers.append(len(indices))
    ones = np.ones(len(indices), dtype=np.int32)
    return csr_matrix((ones, indices, pointers), shape=(len(texts), max(1, len(columns))))


def common_length(first: Sequence[str], second: Sequence[str]) -> int:
    """Return the length of the longest common subsequence of words.

    Computed on the bits of one integer, a column at a time (Hyyrö, "Bit-parallel LCS-length computation
    revisited", 2004).
    """
    places: dict[str, int] = {}
    for at, word in enumerate(first):
        places[word] = places.get(word, 0) | 1 << at
    full = (1 << len(first)) - 1
    state = full
    for word in second:
        matched = state & places.get(word, 0)
        state = ((state + matched) | (state - matched)) & full
    return len(first) - state.bit_count()


def common_places(first: Sequence[str], second: Sequence[str]) -> list[int]:
    """Return where in `first` the words stand that it shares, in order, with `second`."""
    from difflib import SequenceMatcher

    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return [block.a + step for block in blocks for step in range(block.size)]


def shared_words(members: Sequence[Wording]) -> str:
    """Return the words of the first member that all the others share in the same order, gaps shown as …."""
    first = members[0]
    kept = list(range(len(first.words)))
    for other in dict.fromkeys(member.words for member in members[1:]):
        places = common_places([first.words[at] for at in kept], other)
        kept = [kept[place] for place in places]
    pieces: list[str] = []
    before = -1
    for at in kept:
        if at != before + 1:
            pieces.append("…")
        pieces.append(first.shown[at])
        before = at
    if before != len(first.words) - 1:
        pieces.append("…")
    return " ".join(pieces)


def shares(texts: Sequence[Sequence[str]], others: Sequence[Sequence[str]], size: int) -> Any:
    """Return, for each of `texts`, which share of its runs of `size` words stands in each of `others`."""
    matrix = shingle_matrix([*texts, *others], size)
    mine, theirs = matrix[: len(texts)], matrix[len(texts) :]
    common = (mine @ theirs.T).tocsr().astype(np.float64)
    common.data /= np.repeat(np.diff(mine.indptr), np.diff(common.indptr))
    return common
