"""From texts to the matrix a head is trained on, and back to the plain arrays that ship."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from scorer.heads import cues
from scorer.heads.grams import Grams, hash_texts

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Measured:
    """Hashed texts: binary n-grams divided by the norm of their block, and the cues."""

    rows: NDArray[np.int64]
    keys: NDArray[np.uint32]
    values: NDArray[np.float32]
    cues: NDArray[np.float32]

    @property
    def n(self) -> int:
        return len(self.cues)

    def take(self, chosen: NDArray[np.int64]) -> Measured:
        """Return the rows `chosen`, in that order."""
        starts = np.searchsorted(self.rows, np.arange(self.n + 1))
        lengths = (starts[1:] - starts[:-1])[chosen]
        index = np.repeat(starts[:-1][chosen] - np.append(0, np.cumsum(lengths)[:-1]), lengths)
        index += np.arange(len(index))
        rows = np.repeat(np.arange(len(chosen)), lengths)
        return Measured(rows, self.keys[index], self.values[index], self.cues[chosen])


def measure(texts: Sequence[str], messages: NDArray[np.int64] | None = None) -> Measured:
    """Hash `texts`; `messages` tells which message each is a sentence of, ascending (None: each its own)."""
    message = np.arange(len(texts)) if messages is None else messages
    opens = np.flatnonzero(np.append(True, message[1:] != message[:-1]))
    # A chunk ends where a message ends, so that the cues of place see it whole.
    bounds = np.unique(opens[np.searchsorted(opens, np.arange(0, opens[-1] + 1, _CHUNK))])
    rows, keys, values, dense = [], [], [], []
    for first, end in pairwise((*bounds.tolist(), len(texts))):
        part = texts[first:end]
        grams = hash_texts(part)
        rows.append(grams.rows + first)
        keys.append(grams.keys)
        values.append(gram_values(grams))
        dense.append(cues.measure(part, grams, message[first:end]))
    return Measured(*map(np.concatenate, (rows, keys, values, dense)))


def gram_values(grams: Grams) -> NDArray[np.float32]:
    is_char = (grams.keys & np.uint32(1)).astype(bool)
    return 1 / np.where(is_char, grams.char_norms[grams.rows], grams.word_norms[grams.rows])


def stack(*parts: Measured) -> Measured:
    """Return the texts of all `parts` one after the other."""
    shifts = np.append(0, np.cumsum([part.n for part in parts]))
    rows = np.concatenate([part.rows + shift for part, shift in zip(parts, shifts, strict=False)])
    return Measured(
        rows,
        np.concatenate([part.keys for part in parts]),
        np.concatenate([part.values for part in parts]),
        np.concatenate([part.cues for part in parts]),
    )


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one head with their scales; a scale is a prior and ships inside the weight."""

    keys: NDArray[np.uint32]
    scales: NDArray[np.float32]
    cues: tuple[int, ...]
    cue_scales: NDArray[np.float32]

    @classmethod
    def fit(
        cls,
        data: Measured,
        *,
        min_texts: int = 3,
        cue_names: Sequence[str] = cues.NAMES,
        word_weight: float = 1.0,
        char_weight: float = 1.0,
        cue_weight: float = 0.3,
    ) -> Columns:
        """Keep the n-grams of at least `min_texts` texts, scaled by inverse document frequency."""
        keys, counts = np.unique(data.keys, return_counts=True)
        kept = counts >= min_texts
        keys, counts = keys[kept], counts[kept]
        block = np.where(keys & np.uint32(1), char_weight, word_weight)
        scales = block * (np.log((1 + data.n) / (1 + counts)) + 1) / 5
        keys, scales = keys[block > 0], scales[block > 0]
        chosen = tuple(i for i, name in enumerate(cues.NAMES) if name in set(cue_names))
        spread = data.cues[:, chosen].std(axis=0)
        cue_scales = np.where(spread > 0.01, cue_weight / np.maximum(spread, 0.01), 0.0)
        return cls(keys, scales.astype(np.float32), chosen, cue_scales.astype(np.float32))

    def matrix(self, data: Measured) -> sp.csr_matrix:
        """Return the design matrix: n-gram columns, then cue columns."""
        place = np.minimum(np.searchsorted(self.keys, data.keys), len(self.keys) - 1)
        known = self.keys[place] == data.keys
        values = data.values[known] * self.scales[place[known]]
        left = sp.csr_matrix((values, (data.rows[known], place[known])), shape=(data.n, len(self.keys)))
        right = sp.csr_matrix(data.cues[:, self.cues] * self.cue_scales)
        return sp.hstack([left, right], format="csr")
