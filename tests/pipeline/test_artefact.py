"""What the shipped pipeline must hold; its accuracy is on its card, here stand only easy cases and guards."""

import json
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from scorer.parse.components import ADDRESS, BOUNDARIES, LEMMAS, NAMES, STARTS

DRAFT = (
    "Hi Priya,\n\nI saw your talk in Berlin last week and it was great. I work at Siemens as an engineer.\n"
    "Could you send me the slides? Please let me know.\n\nBest regards,\nDaniel Okafor"
)
COMPONENTS = [
    BOUNDARIES,
    "tok2vec",
    "tagger",
    "morphologizer",
    STARTS,
    "parser",
    "trainable_lemmatizer",
    LEMMAS,
    "ner",
    NAMES,
    ADDRESS,
]


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(DRAFT)


def test_components(nlp: Language) -> None:
    assert nlp.pipe_names == COMPONENTS


def test_labels(nlp: Language) -> None:
    assert set(nlp.get_pipe("ner").labels) == {"PERSON", "ORG", "PLACE", "SCHOOL", "ROLE", "EVENT"}
    assert {"nsubj", "obj", "conj", "advmod", "vocative"} <= set(nlp.get_pipe("parser").labels)
    assert {"VB", "VBP", "NNP", "MD"} <= set(nlp.get_pipe("tagger").labels)
    assert any("Mood=Imp" in label for label in nlp.get_pipe("morphologizer").labels)


def test_sentences_follow_line_breaks(doc: Doc) -> None:
    first = [sentence.text.strip() for sentence in doc.sents]
    assert first[0] == "Hi Priya,"
    assert first[-1] == "Daniel Okafor"
    assert len(first) == 7


def test_plain_annotations(doc: Doc) -> None:
    by_text = {token.text: token for token in doc}
    assert by_text["saw"].lemma_ == "see"
    assert by_text["saw"].pos_ == "VERB"
    assert by_text["slides"].lemma_ == "slide"
    assert by_text["slides"].head.text == "send"
    assert by_text["let"].morph.get("Mood") == ["Imp"]
    assert by_text["talk"].pos_ == "NOUN"


def test_entities(doc: Doc) -> None:
    assert [(ent.text, ent.label_) for ent in doc.ents if ent.label_ in {"PERSON", "ORG", "PLACE"}] == [
        ("Priya", "PERSON"),
        ("Berlin", "PLACE"),
        ("Siemens", "ORG"),
        ("Daniel Okafor", "PERSON"),
    ]


def test_loads_with_plain_spacy(artefact: Path, doc: Doc) -> None:
    plain = spacy.load(artefact)(DRAFT)
    assert [(t.text, t.tag_, t.dep_, t.lemma_, t.ent_type_) for t in plain] == [
        (t.text, t.tag_, t.dep_, t.lemma_, t.ent_type_) for t in doc
    ]


def test_one_at_a_time_equals_stream(nlp: Language, doc: Doc) -> None:
    streamed = list(nlp.pipe([DRAFT, "Thanks!", DRAFT]))
    for other in (streamed[0], streamed[2]):
        assert [(t.tag_, t.dep_, t.lemma_, t.ent_type_) for t in other] == [
            (t.tag_, t.dep_, t.lemma_, t.ent_type_) for t in doc
        ]


def test_meta(nlp: Language) -> None:
    assert nlp.meta["license"] == "CC BY-SA 4.0"
    assert nlp.meta["spacy_version"] == ">=3.8,<3.9"
    assert {"name", "url", "license"} <= set(nlp.meta["sources"][0])
    assert nlp.meta["performance"]


def test_strings_hold_no_names(artefact: Path) -> None:
    strings = set(json.loads((artefact / "vocab" / "strings.json").read_text(encoding="utf-8")))
    assert len(strings) < 2000
    assert not any("@" in string for string in strings)
    assert strings.isdisjoint({"Bush", "George", "Kay", "Mann", "Sara", "Shackleton", "Priya", "Berlin"})


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n" * 1000,
        "a" * 20_000,
        "!" * 20_000,
        "👩‍💻" * 500,
        "\x00\x01\x7f",
        "\u202e\u200b\ufeff\u00ad",
        "ﬁ İ ß ﷽ Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L",
        "漢字かな交じり文 العربية עברית",
        "\U0010ffff\ue000",
        "\r\n\r\n\t\x0b\x0c\u2028\u2029\u0085",
        "({[<" * 2000,
    ],
)
def test_odd_texts_survive(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert sum(len(sentence) for sentence in doc.sents) == len(doc)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_survives(nlp: Language, text: str) -> None:
    assert nlp(text).text == text
