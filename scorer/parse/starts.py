"""Where sentences start, decided by a small net before the parser: the parser alone runs sentences together."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc, Token

_FILE = "starts.npz"
# Words read on each side of the one in question.
REACH = 2
# Above the first a sentence starts, below the second none does; between them the parser decides.
_SURE, _NEVER = 0.8, 0.2
_ENDS = frozenset(".!?")
_CUES = 6


def inputs(doc: Doc, words: list[Token]) -> NDArray[np.float32]:
    """Return what the net reads of each word: the encodings around it, and how it is written.

    Parameters
    ----------
    words
        The tokens of `doc` that are no white space, n of them.

    Returns
    -------
    NDArray
        Shape (n, 5 * width + 6), for an encoder of that width.
    """
    n, width = len(words), doc.tensor.shape[1]
    padded = np.zeros((n + 2 * REACH, width), dtype=np.float32)
    padded[REACH : REACH + n] = doc.tensor[[word.i for word in words]]
    cues = np.zeros((n, _CUES), dtype=np.float32)
    before = None
    for row, word in zip(cues, words, strict=True):
        text = word.text
        row[0] = before is not None and before.text in _ENDS
        row[1] = before is not None and before.is_punct
        row[2] = text[0].isupper()
        row[3] = word.i > 0 and doc[word.i - 1].is_space and "\n" in doc[word.i - 1].text
        row[4] = before is None
        row[5] = word.is_punct
        before = word
    return np.hstack([*(padded[at : at + n] for at in range(2 * REACH + 1)), cues])


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
        for word, chance in zip(words[1:], self.chances(doc, words)[1:].tolist(), strict=True):
            if not word.is_sent_start and (chance > _SURE or chance < _NEVER):
                word.is_sent_start = chance > _SURE
        return doc

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
