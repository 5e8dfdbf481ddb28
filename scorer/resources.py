"""Where the shipped model artefacts lie, for a wheel, an editable install and a source checkout alike."""

from pathlib import Path

from scorer.errors import ArtefactError


def models_dir() -> Path:
    """Return the folder of the shipped artefacts.

    A wheel carries them as ``scorer/_models``; an editable install and a source checkout have them as
    ``models/`` beside the package.

    Raises
    ------
    ArtefactError
        Neither place exists: the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "_models", package.parent / "models"):
        if candidate.is_dir():
            return candidate
    raise ArtefactError("the shipped models are missing from this installation; install score-draft again")
