"""One head: a linear model over hashed n-grams and cues, as plain arrays with a manifest."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scorer.errors import ArtefactError
from scorer.heads import cues
from scorer.heads.grams import KEYS_VERSION

FORMAT = 1
Unit = Literal["text", "sentence"]
_ARRAYS = ("keys", "weights", "cue_weights", "bias", "slope", "shift", "threshold")


@dataclass(frozen=True, slots=True)
class LinearHead:
    """A trained linear model with `k` outputs.

    ``z = sum over n-grams of weights / norm of their block + cues @ cue_weights + bias``, and the output is
    the calibrated probability ``1 / (1 + exp(-(slope * z + shift)))``.

    Attributes
    ----------
    name, unit
        What it judges, and whether it reads whole texts or single sentences.
    outputs
        Names of the `k` outputs.
    keys
        32-bit n-gram keys in ascending order, ``(n,)``.
    weights
        ``(n, k)``.
    cue_weights
        ``(len(cues.NAMES), k)``.
    bias, slope, shift
        ``(k,)`` each.
    threshold
        ``(k,)``: the probability from which an output counts as present, chosen on training data.
    """

    name: str
    unit: Unit
    outputs: tuple[str, ...]
    keys: NDArray[np.uint32]
    weights: NDArray[np.float32]
    cue_weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    slope: NDArray[np.float32]
    shift: NDArray[np.float32]
    threshold: NDArray[np.float32]

    def save(self, folder: Path, about: dict[str, object]) -> None:
        """Write ``weights.npz`` and ``manifest.json``, which `about` extends (data, seed, versions)."""
        folder.mkdir(parents=True, exist_ok=True)
        buffer = io.BytesIO()
        arrays = {name: getattr(self, name) for name in _ARRAYS}
        arrays["weights"] = self.weights.astype(np.float16)
        np.savez_compressed(buffer, **arrays)
        (folder / "weights.npz").write_bytes(buffer.getvalue())
        manifest = {
            "format": FORMAT,
            "keys_version": KEYS_VERSION,
            "name": self.name,
            "unit": self.unit,
            "outputs": self.outputs,
            "cues": cues.NAMES,
            "phrases": cues.FINGERPRINT,
            "sha256": hashlib.sha256(buffer.getvalue()).hexdigest(),
            **about,
        }
        text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
        (folder / "manifest.json").write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LinearHead:
        """Read a head; nothing is unpacked before its hash is the manifest's.

        Raises
        ------
        ArtefactError
            A file is missing, was altered, or was made for another version of the n-grams or cues.
        """
        where = f"models/heads/{folder.name}"
        again = "install score-draft again or retrain with `python -m training.heads`"
        try:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            packed = (folder / "weights.npz").read_bytes()
        except (OSError, ValueError):
            raise ArtefactError(
                f"{where}: manifest.json or weights.npz is missing or unreadable; {again}"
            ) from None
        if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
            raise ArtefactError(f"{where}/manifest.json: not a manifest of format {FORMAT}; {again}")
        if hashlib.sha256(packed).hexdigest() != manifest.get("sha256"):
            raise ArtefactError(f"{where}/weights.npz: its hash is not the manifest's; {again}")
        if manifest.get("keys_version") != KEYS_VERSION or manifest.get("phrases") != cues.FINGERPRINT:
            raise ArtefactError(
                f"{where}: was trained with other n-grams or cues than this version's; {again}"
            )
        try:
            with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
                keys = arrays["keys"].astype(np.uint32)
                rest = [arrays[name].astype(np.float32) for name in _ARRAYS[1:]]
            head = cls(
                str(manifest["name"]), manifest["unit"], tuple(map(str, manifest["outputs"])), keys, *rest
            )
        except (KeyError, TypeError, ValueError):
            raise ArtefactError(
                f"{where}: an entry or array is missing or of a wrong type; {again}"
            ) from None
        k = len(head.outputs)
        fits = (
            head.unit in ("text", "sentence")
            and head.weights.shape == (len(keys), k)
            and head.cue_weights.shape == (len(cues.NAMES), k)
            and all(a.shape == (k,) for a in (head.bias, head.slope, head.shift, head.threshold))
            and bool(np.all(keys[1:] > keys[:-1]))
            and all(
                np.isfinite(a).all()
                for a in (head.weights, head.cue_weights, head.bias, head.slope, head.shift)
            )
        )
        if not fits:
            raise ArtefactError(f"{where}: its arrays do not fit together; {again}")
        return head
