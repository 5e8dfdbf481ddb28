"""Lemmas are looked over: case by tag, regular endings by the pipeline's own words."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from scorer.parse.lemmas import LemmaCheck, bases


@pytest.fixture
def check(nlp: Language) -> LemmaCheck:
    return LemmaCheck(nlp.vocab)


@pytest.mark.parametrize(
    ("form", "tag", "expected"),
    [
        ("making", "VBG", ["mak", "make"]),
        ("putting", "VBG", ["put", "putt", "putte"]),
        ("varied", "VBD", ["vary", "vari", "varie"]),
        ("libraries", "NNS", ["library", "librarie", "librari"]),
        ("nicest", "JJS", ["nic", "nice"]),
        ("made", "VBD", []),
        ("red", "VBD", []),
        ("running", "NN", []),
    ],
)
def test_bases_by_the_spelling_rules(form: str, tag: str, expected: list[str]) -> None:
    assert list(bases(form, tag)) == expected


@pytest.mark.parametrize(
    ("form", "tag", "said", "mended"),
    [
        # Endings cut off so that no word is left.
        ("submitting", "VBG", "submitte", "submit"),
        ("celebrated", "VBD", "celebrat", "celebrate"),
        ("factories", "NNS", "factorie", "factory"),
        ("finishes", "VBZ", "finishe", "finish"),
        ("hottest", "JJS", "hottest", "hot"),
        ("Influencing", "VBG", "Influencing", "influence"),
        # A base that is a word stands, also where another would be one; so do plurals that are their own lemmas.
        ("being", "VBG", "be", "be"),
        ("regards", "NNS", "regards", "regards"),
        ("left", "VBD", "leave", "leave"),
        # None of the bases is a word: the lemmatizer's answer stands.
        ("zorbling", "VBG", "zorbl", "zorbl"),
        # Case.
        ("FREE", "JJ", "FREE", "free"),
        ("American", "JJ", "American", "American"),
        ("ARGUMENT", "NN", "ARGUMENT", "argument"),
        ("CPA", "NN", "CPA", "CPA"),
        ("WHY", "WRB", "WHY", "why"),
        ("Kendra", "NNP", "kendra", "Kendra"),
        ("kerala", "NNP", "kerala", "kerala"),
        ("I", "PRP", "I", "I"),
    ],
)
def test_what_is_mended_and_what_stands(
    check: LemmaCheck, form: str, tag: str, said: str, mended: str
) -> None:
    assert check.mended(form, tag, said) == mended


def test_a_text_is_mended_word_by_word(nlp: Language, check: LemmaCheck) -> None:
    doc = Doc(
        nlp.vocab,
        words=["Putting", "Kendra", "first"],
        tags=["VBG", "NNP", "RB"],
        lemmas=["putt", "kendra", ""],
    )
    for _ in range(2):
        assert [token.lemma_ for token in check(doc)] == ["put", "Kendra", ""]
    assert len(check(Doc(nlp.vocab))) == 0


def test_the_shipped_pipeline_has_it(nlp: Language) -> None:
    assert nlp.pipe_names.index("score_draft_lemmas") == nlp.pipe_names.index("trainable_lemmatizer") + 1
    doc = nlp("They were submitting libraries.")
    assert [token.lemma_ for token in doc][2:4] == ["submit", "library"]
