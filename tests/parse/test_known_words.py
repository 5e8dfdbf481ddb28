from __future__ import annotations

import hashlib
import json

import pytest

from scorer.lexicons import load
from scorer.parse.known_words import is_known
from scorer.resources import models_dir


@pytest.mark.parametrize(
    "word",
    ["kitchen", "colour", "color", "organised", "webinar", "shortlisted", "whilst", "bakeries"],
)
def test_words_of_any_english_are_known(word: str):
    assert is_known(word)


@pytest.mark.parametrize("word", ["recieve", "adress", "kkiln", "zxqvb", "oppurtunity", "buisness"])
def test_slips_are_unknown(word: str):
    assert not is_known(word)


def test_no_listed_misspelling_passes_for_a_word():
    wrong = [word for word in load("ton_misspellings").entries if word.isalpha()]
    assert len(wrong) > 1000
    assert not [word for word in wrong if is_known(word)]


def test_corrections_are_words():
    fixes = {better for better in load("ton_misspellings").entries.values() if better and better.isalpha()}
    assert len(fixes) > 600
    strange = sorted(better for better in fixes if not is_known(better.lower()))
    assert not strange


def test_no_correction_is_itself_listed_as_a_misspelling():
    entries = load("ton_misspellings").entries
    assert not [word for word, better in entries.items() if better in entries]


def test_the_shipped_set_is_the_one_in_its_manifest():
    folder = models_dir() / "lexicon"
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    for name, digest in files.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
