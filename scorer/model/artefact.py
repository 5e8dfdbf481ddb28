"""Verify an artefact folder against its manifest before anything in it is opened.

A joblib file can run code when it is loaded, so nothing is read whose hash was not checked first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scorer.errors import ArtefactError

MANIFEST = "manifest.json"


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def verified_manifest(
    folder: Path, files: tuple[str, ...], *, remedy: str = "install score-draft again"
) -> Mapping[str, Any]:
    """Return the manifest of `folder` after checking the hash of each of `files`.

    Parameters
    ----------
    remedy
        What an error tells the user to do.

    Raises
    ------
    ArtefactError
        The folder, its manifest or a file is missing, or a file is not the one the manifest names.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise ArtefactError(f"no model in {folder.name!r}: {MANIFEST} is missing; train one or {remedy}")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        hashes = dict(manifest["files"])
    except (ValueError, KeyError, TypeError):
        raise ArtefactError(f"{folder.name}/{MANIFEST} is not a manifest; {remedy}") from None
    for name in files:
        if name not in hashes or not (folder / name).is_file():
            raise ArtefactError(f"{folder.name}/{name} is missing; {remedy}")
        if sha256(folder / name) != hashes[name]:
            raise ArtefactError(
                f"{folder.name}/{name} was changed after it was made (its hash is not the manifest's); "
                f"{remedy}, or write a new manifest if you made it yourself"
            )
    return dict(manifest)


def write_manifest(folder: Path, files: tuple[str, ...], **facts: Any) -> None:
    """Write the manifest of `folder` for `files`, with `facts` beside the hashes."""
    manifest = {**facts, "files": {name: sha256(folder / name) for name in sorted(files)}}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
