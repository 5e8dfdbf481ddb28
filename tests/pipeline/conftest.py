from pathlib import Path

import pytest
from spacy.language import Language

from scorer.parse.language import load_language
from scorer.resources import models_dir


@pytest.fixture(scope="session")
def artefact() -> Path:
    return models_dir() / "en_draft"


@pytest.fixture(scope="session")
def nlp(artefact: Path) -> Language:
    return load_language(artefact)
