"""Readers of the corpora folder; a missing file or column is one clear line."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scorer.errors import InputError

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Corpora:
    """A folder of corpora, one sub-folder each with gzipped JSON lines.

    Attributes
    ----------
    used
        SHA-256 of every file read so far, for the manifests.
    """

    root: Path
    used: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.root.is_dir():
            raise InputError(
                "the corpora folder does not exist; give --corpora the folder with one sub-folder each"
            )

    def rows(self, name: str, *columns: str) -> list[Row]:
        """Read ``<name>.jsonl.gz`` and see that every row has all `columns`."""
        path = self.root / f"{name}.jsonl.gz"
        try:
            packed = path.read_bytes()
            lines = gzip.decompress(packed).decode("utf-8").strip("\n").split("\n")
            rows = [json.loads(line) for line in lines]
        except (OSError, EOFError, ValueError) as error:
            raise InputError(f"{name}.jsonl.gz: {_reason(error)}; see the corpora folder's README") from None
        for number, row in enumerate(rows, 1):
            for column in columns:
                if not isinstance(row, dict) or column not in row:
                    raise InputError(f"{name}.jsonl.gz: row {number} has no column {column!r}")
        if not rows:
            raise InputError(f"{name}.jsonl.gz: holds no rows")
        self.used[name] = hashlib.sha256(packed).hexdigest()
        return rows


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "is missing"
    if isinstance(error, json.JSONDecodeError | UnicodeDecodeError):
        return "is not JSON lines in UTF-8"
    return "cannot be read as a gzip file"
