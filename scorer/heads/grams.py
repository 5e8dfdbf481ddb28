"""Hashed n-grams of many texts at once: the one representation that all heads share.

A text becomes a set of 32-bit keys: word 1-, 2- and 3-grams (even keys) and character 3-, 4- and 5-grams
inside words (odd keys). Everything is computed over arrays of code points, so that the cost of a draft is a
handful of numpy calls. A key says nothing about the words it was made from, so that a trained head carries no
vocabulary.

A word in the middle of a sentence that begins with a capital is most likely a name; it is replaced by one
placeholder, so that no head learns names and swapping one does not move a score.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

U64 = NDArray[np.uint64]
Ints = NDArray[np.int64]

# Increase when any key changes: a head trained with other keys must not be used.
KEYS_VERSION = 1

_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_SHIFT = np.uint64(29)
_ROLL = 0x9E3779B97F4A7C15
_LONGEST = 40  # characters of a word that count
_POWERS = np.array([pow(_ROLL, k, 1 << 64) for k in range(1, _LONGEST + 1)], dtype=np.uint64)
_SECOND, _THIRD = np.uint64(0xD6E8FEB86659FD93), np.uint64(0xA0761D6478BD642F)
_BOUNDARY, _NAME = np.uint64(0x1234567), np.uint64(0x7654321)
_ROW_BITS = np.uint64(32)

_SPACE, _LETTER, _DIGIT, _MARK, _LINE = range(5)
_FOLD = {
    0x2018: "'",
    0x2019: "'",
    0x201C: '"',
    0x201D: '"',
    0x2013: "-",
    0x2014: "-",
    0xA0: " ",
    0x2026: "...",
}


# What is ASCII stays as it is, and marks are dropped, so that folding runs apart is folding the whole.
_BEYOND_ASCII = re.compile("[^\x00-\x7f]{1,64}")


def _ascii_classes() -> NDArray[np.uint8]:
    table = np.full(128, _MARK, dtype=np.uint8)
    for code in range(128):
        character = chr(code)
        if character.isalpha() or character in "'_":
            table[code] = _LETTER
        elif character.isdigit():
            table[code] = _DIGIT
        elif character in "\n\r":
            table[code] = _LINE
        elif character.isspace() or code < 32:
            table[code] = _SPACE
    return table


_CLASSES = _ascii_classes()
_ENDS = np.zeros(128, dtype=bool)
_ENDS[[ord(c) for c in "!.:?\n\r"]] = True


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-grams of `n` texts, each key once per text, ordered by text and key.

    Attributes
    ----------
    rows, keys
        Text number and 32-bit key of every n-gram; word keys are even, character keys odd.
    word_norms, char_norms
        Per text, the square root of the number of its distinct word and character keys (at least 1).
    words
        Per text, the number of words.
    capitals
        Per text, the number of words of three or more letters in capitals.
    """

    n: int
    rows: Ints
    keys: NDArray[np.uint32]
    word_norms: NDArray[np.float32]
    char_norms: NDArray[np.float32]
    words: Ints
    capitals: Ints


def fold(text: str) -> str:
    """Return `text` with curly quotes, dashes, wide and accented letters in their plain form."""
    return text if text.isascii() else _BEYOND_ASCII.sub(lambda run: _plain(run.group()), text)


@lru_cache(maxsize=4096)
def _plain(run: str) -> str:
    plain = unicodedata.normalize("NFKD", run.translate(_FOLD))
    return "".join(c for c in plain if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")


class KeyTable:
    """Ascending keys to look others up in, by their first bits: keys are hashes, so these spread evenly.

    Attributes
    ----------
    keys
        32-bit keys in ascending order; one may stand there several times.
    """

    __slots__ = ("_first", "_padded", "_shift", "keys")

    def __init__(self, keys: NDArray[np.uint32]) -> None:
        self.keys = keys
        self._padded = np.append(keys, np.uint32(0xFFFFFFFF))
        bits = max(4, len(keys).bit_length())
        self._shift = np.uint32(32 - bits)
        begins = np.arange(1 << bits, dtype=np.uint32) << self._shift
        self._first = np.searchsorted(keys, begins).astype(np.int32)

    def find(self, wanted: NDArray[np.uint32]) -> tuple[Ints, Ints]:
        """Return which of `wanted` are among the keys, in order, and the first place of each in `keys`."""
        place = self._first[wanted >> self._shift]
        behind = np.flatnonzero(self._padded[place] < wanted)
        while len(behind):
            place[behind] += 1
            behind = behind[self._padded[place[behind]] < wanted[behind]]
        found = np.flatnonzero((self._padded[place] == wanted) & (place < len(self.keys)))
        return found, place[found].astype(np.int64)


def _mix(values: U64) -> U64:
    values = (values ^ (values >> _SHIFT)) * _MIX_1
    values = (values ^ (values >> _SHIFT)) * _MIX_2
    return values ^ (values >> _SHIFT)


def hash_texts(texts: Sequence[str]) -> Grams:
    """Return the n-grams of `texts`; the time is linear in their length."""
    folded = ["\n" + fold(text) + "\n" for text in texts]
    joined = "".join(folded)
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32)
    row_of_char = np.repeat(np.arange(len(folded)), [len(text) for text in folded])
    # Beyond ASCII what NFKD leaves is other scripts' letters, or symbols such as emoji: one mark each.
    kinds = np.where(codes < 128, _CLASSES[np.minimum(codes, 127)], np.where(codes < 0x2000, _LETTER, _MARK))
    upper = (codes >= 65) & (codes <= 90)
    codes = np.where(kinds == _DIGIT, 48, np.where(upper, codes + 32, codes)).astype(np.uint64)
    scrambled = _mix(codes + np.uint64(1))

    in_word = (kinds == _LETTER) | (kinds == _DIGIT)
    begins = np.empty(len(codes), dtype=bool)  # of a token: a word, a mark, or a line break
    begins[1:] = ~(in_word[1:] & in_word[:-1])
    begins[0] = True
    starts = np.flatnonzero(begins)
    token_of_char = np.cumsum(begins) - 1
    place = np.minimum(np.arange(len(codes)) - starts[token_of_char], _LONGEST - 1)
    hashes = _mix(np.add.reduceat(scrambled * _POWERS[place], starts))
    token_kinds = kinds[starts]
    lengths = np.diff(np.append(starts, len(codes)))

    kept = np.flatnonzero(token_kinds != _SPACE)
    hashes, token_kinds, lengths, starts_kept = hashes[kept], token_kinds[kept], lengths[kept], starts[kept]
    row = row_of_char[starts_kept]
    is_word = (token_kinds == _LETTER) | (token_kinds == _DIGIT)
    first_code = codes[starts_kept]
    ends_sentence = _ENDS[np.minimum(first_code, np.uint64(127)).astype(np.intp)]
    n_upper = np.add.reduceat(upper.astype(np.int64), starts)[kept]
    all_capitals = (n_upper == lengths) & (lengths >= 3) & (token_kinds == _LETTER)
    n = len(folded)
    words = np.bincount(row[is_word], minlength=n)
    capitals = np.bincount(row[all_capitals], minlength=n)

    after_end = np.empty(len(kept), dtype=bool)
    after_end[0] = True
    after_end[1:] = ends_sentence[:-1]
    is_name = upper[starts_kept] & (n_upper < lengths) & (token_kinds == _LETTER) & ~after_end
    # In a headline most words have a capital and none can be taken for a name.
    n_names = np.bincount(row[is_name], minlength=n)
    headline = (n_names >= 4) & (2 * n_names > words)
    is_name &= ~headline[row]
    hashes = np.where(is_name, _NAME, hashes)
    hashes = np.where(token_kinds == _LINE, _BOUNDARY, hashes)

    heads = np.where(ends_sentence, _BOUNDARY, hashes)
    same_2 = row[1:] == row[:-1]
    pairs = heads[:-1] + hashes[1:] * _SECOND
    triples = pairs[:-1] + hashes[2:] * _THIRD
    same_3 = same_2[1:] & same_2[:-1]
    word_keys = _mix(np.concatenate((hashes, pairs[same_2], triples[same_3])))
    word_rows = np.concatenate((row, row[:-1][same_2], row[:-2][same_3]))

    char_keys, char_rows = _characters(scrambled, in_word, token_of_char, kept[is_name], row_of_char)
    even = np.uint64(0xFFFFFFFE)
    low = np.concatenate((word_keys & even, (char_keys & even) | np.uint64(1)))
    rows = np.concatenate((word_rows, char_rows)).astype(np.uint64)
    both = np.sort((rows << _ROW_BITS) | low)
    both = both[np.append(True, both[1:] != both[:-1])]
    keys = both.astype(np.uint32)
    rows_out = (both >> _ROW_BITS).astype(np.int64)
    odd = (keys & np.uint32(1)).astype(np.float64)
    n_char = np.bincount(rows_out, weights=odd, minlength=n)
    n_all = np.bincount(rows_out, minlength=n)
    return Grams(
        n,
        rows_out,
        keys,
        np.sqrt(np.maximum(n_all - n_char, 1)).astype(np.float32),
        np.sqrt(np.maximum(n_char, 1)).astype(np.float32),
        words,
        capitals,
    )


def _characters(
    scrambled: U64, in_word: NDArray[np.bool_], token_of_char: Ints, names: Ints, row_of_char: Ints
) -> tuple[U64, Ints]:
    """Hash windows of 3 to 5 characters whose inside lies in one word; their ends may be its edges."""
    usable = in_word.copy()
    if len(names):
        is_name = np.zeros(token_of_char[-1] + 1, dtype=bool)
        is_name[names] = True
        usable &= ~is_name[token_of_char]
    symbols = np.where(usable, scrambled, np.uint64(0))
    keys, rows = [], []
    window = symbols * _POWERS[0]
    inside = np.ones(len(symbols), dtype=bool)
    for size in range(2, 6):
        if len(symbols) < size:
            break
        window = window[:-1] + symbols[size - 1 :] * _POWERS[size - 1]
        if size > 2:
            inside = inside[:-1] & usable[size - 2 : -1]
            chosen = np.flatnonzero(inside)
            keys.append(_mix(window[chosen] + np.uint64(size)))
            rows.append(row_of_char[chosen])
        else:
            inside = inside[:-1]
    if not keys:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    return np.concatenate(keys), np.concatenate(rows)


def phrase_keys(phrases: Sequence[str]) -> NDArray[np.uint32]:
    """Return the keys of phrases of one to three lower-case words; ``^`` stands for a sentence's start.

    The same keys as `hash_texts` gives, so that a word list costs nothing beyond a look-up.
    """
    parts = [phrase.split() for phrase in phrases]
    words = sorted({word for part in parts for word in part} - {"^"})
    lengths = np.array([len(word) for word in words])
    starts = np.append(0, np.cumsum(lengths)[:-1])
    codes = np.frombuffer("".join(words).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    place = np.arange(len(codes)) - np.repeat(starts, lengths)
    hashes = _mix(np.add.reduceat(_mix(codes + np.uint64(1)) * _POWERS[place], starts))
    known = {"^": int(_BOUNDARY), **dict(zip(words, hashes.tolist(), strict=True))}
    columns = np.array([[known[w] for w in part] + [0] * (3 - len(part)) for part in parts], dtype=np.uint64)
    total = columns[:, 0] + columns[:, 1] * _SECOND + columns[:, 2] * _THIRD
    return (_mix(total).astype(np.uint32)) & np.uint32(0xFFFFFFFE)
