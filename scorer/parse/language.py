"""Importing spaCy and loading the shipped pipeline, both without the parts that scoring never needs."""

import hashlib
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from scorer.errors import ArtefactError

if TYPE_CHECKING:
    from spacy.language import Language

MANIFEST = "manifest.json"


def import_spacy() -> ModuleType:
    """Import spaCy without its command line, which is a third of the time and nothing that scoring uses.

    ``spacy/__init__`` imports ``info`` from ``spacy.cli``. While it runs, an empty module stands there; it is
    taken away again, so that a later ``import spacy.cli`` or ``spacy.info()`` gets the real one. Where spaCy
    is already imported, or needs more of its command line, this is a plain import.
    """
    if "spacy" in sys.modules:
        return sys.modules["spacy"]
    package, module = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    package.__path__ = []
    setattr(module, "info", _info)  # noqa: B010 (mypy knows no such attribute)
    placeholders = {package.__name__: package, module.__name__: module}
    sys.modules.update(placeholders)
    try:
        import spacy
    except ImportError:
        for name in [name for name in sys.modules if name == "spacy" or name.startswith("spacy.")]:
            del sys.modules[name]
        import spacy
    finally:
        for name, placeholder in placeholders.items():
            if sys.modules.get(name) is placeholder:
                del sys.modules[name]
    if vars(spacy).get("cli") is package:
        del vars(spacy)["cli"]
    return spacy


def _info(*args: Any, **kwargs: Any) -> Any:
    from spacy.cli.info import info

    return info(*args, **kwargs)


def verify(path: Path) -> None:
    """Check that the artefact at ``path`` is complete and unaltered.

    Raises
    ------
    ArtefactError
        The manifest is missing or unreadable, or a file it lists is missing or has other content.
    """
    try:
        files = dict(json.loads((path / MANIFEST).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArtefactError(
            "the language pipeline has no readable manifest; install score-draft again"
        ) from error
    for name, expected in files.items():
        try:
            actual = hashlib.sha256((path / name).read_bytes()).hexdigest()
        except OSError as error:
            raise ArtefactError(
                f"the language pipeline lacks its file {name}; install score-draft again"
            ) from error
        if actual != expected:
            raise ArtefactError(f"the language pipeline's file {name} was altered; install score-draft again")


def load_language(path: Path) -> "Language":
    """Load the pipeline at ``path`` after verifying it.

    Matrices are multiplied with numpy's BLAS, up to three times as fast as the one that thinc brings; the
    choice stays with this pipeline's models and changes nothing for other users of spaCy in the process.

    Raises
    ------
    ArtefactError
        The artefact is incomplete or altered, or was made for another version of spaCy.
    """
    verify(path)
    spacy = import_spacy()
    from thinc.api import NumpyOps

    from scorer.parse import components, tokenization  # noqa: F401 (they register themselves)

    try:
        nlp: Language = spacy.load(path)
    except (ValueError, OSError) as error:
        raise ArtefactError(
            f"the language pipeline does not fit spaCy {spacy.__version__}; install score-draft again"
        ) from error
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.components:
        model = getattr(component, "model", None)
        for node in model.walk() if model is not None else ():
            node.ops = ops
    return nlp
