import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scorer.errors import ArtefactError
from scorer.parse.language import MANIFEST, load_language, verify


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_spacy_is_imported_without_its_command_line() -> None:
    modules = python(
        "import sys; from scorer.parse.language import import_spacy; import_spacy();"
        "print(*({'spacy.cli', 'spacy.cli.download', 'typer', 'weasel', 'requests'} & set(sys.modules)))"
    )
    assert modules == ""


def test_spacy_alone_still_imports_its_command_line() -> None:
    # When this fails the trick has become needless: take it out.
    assert python("import sys, spacy; print('spacy.cli' in sys.modules)") == "True"


def test_command_line_can_be_imported_afterwards() -> None:
    said = python(
        "from scorer.parse.language import import_spacy; spacy = import_spacy();"
        "import spacy.cli; from spacy.cli.info import info;"
        "print(spacy.cli.__file__ is not None, callable(spacy.cli.download), info.__module__);"
        "print('spacy_version' in spacy.info(silent=True) or 'spaCy version' in str(spacy.info(silent=True)))"
    )
    assert said.splitlines() == ["True True spacy.cli.info", "True"]


def test_already_imported_spacy_is_left_alone() -> None:
    said = python(
        "import spacy, sys; cli = sys.modules['spacy.cli'];"
        "from scorer.parse.language import import_spacy;"
        "print(import_spacy() is spacy, sys.modules['spacy.cli'] is cli)"
    )
    assert said == "True True"


def test_intact_artefact_passes(artefact: Path) -> None:
    verify(artefact)


def test_every_file_is_in_the_manifest(artefact: Path) -> None:
    listed = set(json.loads((artefact / MANIFEST).read_text(encoding="utf-8"))["files"])
    there = {p.relative_to(artefact).as_posix() for p in artefact.rglob("*") if p.is_file()}
    assert there - {MANIFEST, "card.md"} == listed


@pytest.fixture
def copy(artefact: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(artefact, tmp_path / "model"))


def test_altered_file_is_refused(copy: Path) -> None:
    path = copy / "tagger" / "model"
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(ArtefactError, match="tagger/model"):
        load_language(copy)


def test_missing_file_is_refused(copy: Path) -> None:
    (copy / "ner" / "model").unlink()
    with pytest.raises(ArtefactError, match="ner/model"):
        load_language(copy)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"files": 3}'])
def test_bad_manifest_is_refused(copy: Path, content: str) -> None:
    (copy / MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(ArtefactError, match="manifest"):
        load_language(copy)


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="manifest"):
        load_language(tmp_path / "nowhere")
