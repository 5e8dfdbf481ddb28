"""Where sentences start, decided by a small net before the parser: the parser alone runs sentences together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum, auto
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from spacy.tokens import Doc, Token

_FILE = "starts.npz"
# Words read on each side of the one in question.
REACH = 2
# Above the first a sentence starts, below the second none does; between them the parser decides.
_SURE, _NEVER = 0.65, 0.35
# Before a word stands nothing, a space, or a line break (also at the text's start).
N_GAPS = 3


class Kind(IntEnum):
    """How a word is written."""

    LOWER = 0
    LETTER = auto()
    TITLE = auto()
    CAPITALS = auto()
    MIXED = auto()
    NUMBER = auto()
    ADDRESS = auto()
    STOP = auto()
    CALL = auto()
    DOTS = auto()
    COMMA = auto()
    COLON = auto()
    DASH = auto()
    OPENING = auto()
    CLOSING = auto()
    QUOTE = auto()
    LINE = auto()
    OTHER = auto()


_SIGNS = {
    sign: kind
    for kind, signs in {
        Kind.STOP: ".",
        Kind.COMMA: ", ;",
        Kind.COLON: ":",
        Kind.DASH: "- -- – —",
        Kind.OPENING: "( [ { < “ ‘",
        Kind.CLOSING: ") ] } > ”",
        Kind.QUOTE: "\" ' '' `` ’",
    }.items()
    for sign in signs.split()
}


@lru_cache(maxsize=20_000)
def kind_of(word: str) -> Kind:
    """Tell letters by their case, signs by what they do, and numbers and addresses from both."""
    if word in _SIGNS:
        return _SIGNS[word]
    if "://" in word or "@" in word[1:] or word.startswith("www."):
        return Kind.ADDRESS
    if word[0].isalpha():
        if word.islower():
            return Kind.LOWER
        if word.isupper():
            return Kind.CAPITALS if len(word) > 1 else Kind.LETTER
        return Kind.TITLE if word[1:].islower() else Kind.MIXED
    if word[0].isdigit():
        return Kind.NUMBER
    signs = set(word)
    if signs <= set("!?"):
        return Kind.CALL
    if signs <= set(".…"):
        return Kind.DOTS
    return Kind.LINE if len(word) > 2 and not any(map(str.isalnum, word)) else Kind.OTHER


def inputs(doc: Doc, words: list[Token]) -> NDArray[np.float32]:
    """Return what the net reads of each word: how it and those around it are encoded and written.

    Parameters
    ----------
    words
        The tokens of `doc` that are no white space, n of them.

    Returns
    -------
    NDArray
        Shape (n, 5 * (width + len(Kind) + N_GAPS)), for an encoder of that width.
    """
    n, width = len(words), doc.tensor.shape[1]
    padded = np.zeros((n + 2 * REACH, width + len(Kind) + N_GAPS), dtype=np.float32)
    own = padded[REACH : REACH + n]
    own[:, :width] = doc.tensor[[word.i for word in words]]
    rows = np.arange(n)
    own[rows, width + np.fromiter((kind_of(word.text) for word in words), np.intp, n)] = 1
    own[rows, width + len(Kind) + np.fromiter(_gaps(doc, words), np.intp, n)] = 1
    return np.hstack([padded[step : step + n] for step in range(2 * REACH + 1)])


def _gaps(doc: Doc, words: list[Token]) -> Iterator[int]:
    """Yield what stands before each word: 0 for nothing, 1 for a space, 2 for a line break or the text's start."""
    yield 2
    for before, word in pairwise(words):
        if word.i - before.i == 1:
            yield 1 if before.whitespace_ else 0
        else:
            between = doc[before.i + 1 : word.i]
            yield 2 if any("\n" in space.text for space in between) else 1


def starts_of(doc: Doc) -> NDArray[np.int64]:
    """Return for each token whether a sentence starts with it: 1 for yes, -1 for no, 0 for not yet known."""
    return np.asarray(doc.to_array("SENT_START")).astype(np.int64)


def with_starts(doc: Doc, at: ArrayLike, said: ArrayLike) -> Doc:
    """Return `doc` with `said` of its tokens `at`: 1 where a sentence starts, -1 where none does.

    All at once, for spaCy looks through the whole text whenever a single token is told.
    """
    starts = starts_of(doc)
    starts[np.asarray(at, dtype=np.intp)] = said
    return doc.from_array(["SENT_START"], starts.astype(np.uint64))  # type: ignore[arg-type]


class SentenceStarts:
    """Pipeline component: settles where a sentence starts and where none does, as far as it is sure.

    Attributes
    ----------
    weights
        Of a net with one hidden layer of rectified units and a logistic output: matrix (inputs, hidden),
        offsets (hidden,), matrix (hidden,), offset (1,).
    """

    def __init__(self) -> None:
        self.weights: tuple[NDArray[np.float32], ...] = ()

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc` with sentence starts set; those set before stay."""
        words = [token for token in doc if not token.is_space]
        if not words or not self.weights:
            return doc
        at = np.fromiter((word.i for word in words[1:]), np.intp)
        chances = self.chances(doc, words)[1:]
        said = (chances > _SURE).astype(np.int64) - (chances < _NEVER)
        free = (said != 0) & (starts_of(doc)[at] != 1)
        return with_starts(doc, at[free], said[free])

    def chances(self, doc: Doc, words: list[Token]) -> NDArray[np.float32]:
        """Return for each of `words` how likely a sentence starts with it, shape (n,)."""
        into, offsets, out, offset = self.weights
        hidden = np.maximum(inputs(doc, words) @ into + offsets, 0)
        return np.asarray(0.5 + 0.5 * np.tanh((hidden @ out + offset) / 2))

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write the weights into the folder `path`."""
        Path(path).mkdir(parents=True, exist_ok=True)
        with (Path(path) / _FILE).open("wb") as file:
            self._save(file)

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> SentenceStarts:
        """Read the weights from the folder `path`."""
        with (Path(path) / _FILE).open("rb") as file:
            return self._load(file)

    def to_bytes(self, **_: Any) -> bytes:
        """Return the weights."""
        out = BytesIO()
        self._save(out)
        return out.getvalue()

    def from_bytes(self, data: bytes, **_: Any) -> SentenceStarts:
        """Take over the weights of `to_bytes`."""
        return self._load(BytesIO(data))

    def _save(self, file: BinaryIO) -> None:
        np.savez_compressed(file, *(weight.astype(np.float16) for weight in self.weights))

    def _load(self, file: BinaryIO) -> SentenceStarts:
        with np.load(file, allow_pickle=False) as arrays:
            self.weights = tuple(arrays[name].astype(np.float32) for name in sorted(arrays))
        return self
