"""All heads together: each text is hashed once, and every head reads the same n-grams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorer.errors import ArtefactError
from scorer.heads import cues
from scorer.heads.grams import KeyTable, hash_texts
from scorer.heads.linear import LinearHead, Unit
from scorer.resources import models_dir

REQUIRED: tuple[str, ...] = ("politeness", "warmth", "formality", "promotional", "offensive", "ask", "roles")
_LONGEST_TEXT = 20_000  # characters; what comes after changes no judgement of a message


@dataclass(frozen=True, slots=True)
class _Bank:
    """The heads of one unit as one matrix, so that a text needs one look-up for all of them."""

    outputs: tuple[str, ...]
    keys: KeyTable
    weights: NDArray[np.float32]
    cue_weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    slope: NDArray[np.float32]
    shift: NDArray[np.float32]

    @classmethod
    def of(cls, heads: Sequence[LinearHead]) -> _Bank:
        outputs = tuple(output for head in heads for output in head.outputs)
        keys = np.sort(np.concatenate([head.keys for head in heads])) if heads else np.zeros(0, np.uint32)
        keys = keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys
        weights = np.zeros((len(keys), len(outputs)), dtype=np.float32)
        column = 0
        for head in heads:
            weights[np.searchsorted(keys, head.keys), column : column + len(head.outputs)] = head.weights
            column += len(head.outputs)

        def join(name: str) -> NDArray[np.float32]:
            return np.concatenate([getattr(head, name) for head in heads], axis=-1)

        if not heads:
            empty = np.zeros(0, np.float32)
            return cls(
                (), KeyTable(keys), weights, np.zeros((len(cues.NAMES), 0), np.float32), empty, empty, empty
            )
        return cls(outputs, KeyTable(keys), weights, *map(join, ("cue_weights", "bias", "slope", "shift")))

    def probabilities(
        self, texts: Sequence[str], messages: NDArray[np.int64] | None = None
    ) -> NDArray[np.float64]:
        """Return the calibrated probabilities, one row per text; a row is the same whatever stands beside it."""
        grams = hash_texts(texts)
        known, place = self.keys.find(grams.keys)
        rows = grams.rows[known]
        is_char = (grams.keys[known] & np.uint32(1)).astype(bool)
        norms = np.where(is_char, grams.char_norms[rows], grams.word_norms[rows])
        sums = np.zeros((grams.n, len(self.outputs)))
        if len(rows):  # in ascending order
            parts = np.take(self.weights, place, axis=0) / norms[:, None]
            firsts = np.flatnonzero(np.append(True, rows[1:] != rows[:-1]))
            sums[rows[firsts]] = np.add.reduceat(parts, firsts, axis=0, dtype=np.float64)
        # einsum, since a product by BLAS rounds by the number of rows.
        told = np.einsum("ij,jk->ik", cues.measure(texts, grams, messages), self.cue_weights)
        logits = (sums + told + self.bias) * self.slope + self.shift
        return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Heads:
    """The trained heads, ready to judge; immutable and safe to share between threads."""

    heads: Mapping[str, LinearHead]
    _texts: _Bank
    _sentences: _Bank

    @classmethod
    def load(cls, path: Path | None = None) -> Heads:
        """Read all heads of a folder.

        Parameters
        ----------
        path
            The folder with one sub-folder per head; None takes the shipped one.

        Raises
        ------
        ArtefactError
            A head is missing, altered, or made for another version.
        """
        folder = models_dir() / "heads" if path is None else path
        found = sorted(p.parent.name for p in folder.glob("*/manifest.json"))
        missing = [name for name in REQUIRED if name not in found]
        if missing:
            raise ArtefactError(
                f"models/heads: {', '.join(missing)} missing; install score-draft again or retrain with "
                "`python -m training.heads`"
            )
        heads = {name: LinearHead.load(folder / name) for name in found}
        by_unit: dict[Unit, list[LinearHead]] = {"text": [], "sentence": []}
        for head in heads.values():
            by_unit[head.unit].append(head)
        return cls(heads, _Bank.of(by_unit["text"]), _Bank.of(by_unit["sentence"]))

    def text_scores(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Judge whole texts.

        Returns
        -------
        list of dict
            For each text and output a calibrated probability from 0 to 1: ``politeness`` (of being among the
            politer half of requests), ``warmth`` (written to be warm rather than tough), ``formality`` (raters
            call it formal rather than informal), ``promotional`` (reads as a promotion or mass mail),
            ``offensive`` (raters call it offensive).
        """
        if not self._texts.outputs or not texts:
            return [{} for _ in texts]
        scores = self._texts.probabilities([text[:_LONGEST_TEXT] for text in texts])
        return [dict(zip(self._texts.outputs, row, strict=True)) for row in scores.tolist()]

    def sentence_scores(self, messages: Sequence[Sequence[str]]) -> list[dict[str, list[float]]]:
        """Judge each sentence of messages, which are given as their sentences in order.

        Returns
        -------
        list of dict
            For each message and output the probabilities of its sentences: ``ask`` (asks the reader for an action,
            information or a commitment), and ``role_greeting`` to ``role_sign_off`` (plays that part of the
            message).
        """
        outputs = self._sentences.outputs
        texts = [sentence[:_LONGEST_TEXT] for sentences in messages for sentence in sentences]
        if not texts or not outputs:
            return [{output: [] for output in outputs} for _ in messages]
        sizes = [len(sentences) for sentences in messages]
        scores = self._sentences.probabilities(texts, np.repeat(np.arange(len(sizes)), sizes))
        ends = np.cumsum(sizes)[:-1]
        return [dict(zip(outputs, part.T.tolist(), strict=True)) for part in np.split(scores, ends)]

    def threshold(self, output: str) -> float:
        """Return the probability from which `output` counts as present (chosen on training data)."""
        for head in self.heads.values():
            if output in head.outputs:
                return float(head.threshold[head.outputs.index(output)])
        raise KeyError(output)
