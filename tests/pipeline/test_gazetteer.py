from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Span

from scorer.parse.gazetteer import CITY, FIRM, PERSON, SIZE, SMALL, TOWN, Gazetteer, NameCheck

PLACES = {
    "nashik": CITY,
    "lancaster": CITY | PERSON,
    "vercel": SMALL | FIRM,
    "castleford": TOWN,
    "são tomé": CITY,
}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.of(PLACES)


def test_names_are_found_whatever_their_case_and_accents(gazetteer: Gazetteer) -> None:
    assert gazetteer.mark("NASHIK") == CITY
    assert gazetteer.mark("Sao Tome") == gazetteer.mark("São Tomé") == CITY
    assert gazetteer.mark("Lancaster") & PERSON
    assert gazetteer.mark("Castleford") & SIZE == TOWN
    assert gazetteer.mark("Nashville") == gazetteer.mark("") == gazetteer.mark("\ud800") == 0


def test_a_saved_list_is_the_same(gazetteer: Gazetteer, tmp_path: Path) -> None:
    gazetteer.save(tmp_path / "places.npz")
    again = Gazetteer.load(tmp_path / "places.npz")
    assert len(again) == len(PLACES)
    assert all(again.mark(name) == mark for name, mark in PLACES.items())


def test_component_keeps_its_list(gazetteer: Gazetteer, tmp_path: Path) -> None:
    check = NameCheck()
    check.gazetteer = gazetteer
    check.to_disk(tmp_path / "names")
    for again in (NameCheck().from_disk(tmp_path / "names"), NameCheck().from_bytes(check.to_bytes())):
        assert all(again.gazetteer.mark(name) == mark for name, mark in PLACES.items())


def looked_over(
    nlp: Language, gazetteer: Gazetteer, text: str, label: str, **pos: str
) -> list[tuple[str, str]]:
    """Return the entities left of one between the bars of `text`."""
    words = text.split()
    first, last = (i for i, word in enumerate(words) if word == "|")
    words = [word for word in words if word != "|"]
    doc = Doc(
        nlp.vocab,
        words=words,
        pos=[pos.get(word, "PROPN" if word[0].isupper() else "NOUN") for word in words],
    )
    doc.ents = [Span(doc, first, last - 1, label)]
    check = NameCheck()
    check.gazetteer = gazetteer
    return [(ent.text, ent.label_) for ent in check(doc).ents]


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("coach | Ana Cruz - Analyst | , Bo", "PERSON", [("Ana Cruz", "PERSON")]),
        ("coach | Ana Cruz / Ops | said", "PERSON", [("Ana Cruz", "PERSON")]),
        ("| Dana Dana | , hello", "PERSON", [("Dana", "PERSON"), ("Dana", "PERSON")]),
        ("the | Leeds depot | opened", "PLACE", [("Leeds", "PLACE")]),
        ("with | ana cruz | today", "PERSON", [("ana cruz", "PERSON")]),
        ("the | Acme depot | opened", "ORG", [("Acme depot", "ORG")]),
        ("by | Acme Power | , Inc. today", "ORG", [("Acme Power , Inc.", "ORG")]),
        ("by | Acme Power | GmbH today", "ORG", [("Acme Power GmbH", "ORG")]),
        ("by | Acme Power | , today", "ORG", [("Acme Power", "ORG")]),
        # A city's name that nobody else bears is a place wherever it stands; a town's is only after some words.
        ("the | Nashik | plant", "ORG", [("Nashik", "PLACE")]),
        ("the | Castleford | plant", "ORG", [("Castleford", "ORG")]),
        ("the | Lancaster | plant", "ORG", [("Lancaster", "ORG")]),
        ("the | Vercel | plant", "ORG", [("Vercel", "ORG")]),
    ],
)
def test_names_are_cut_where_they_end(
    nlp: Language, gazetteer: Gazetteer, text: str, label: str, expected: list[tuple[str, str]]
) -> None:
    assert looked_over(nlp, gazetteer, text, label) == expected


def test_an_adjective_is_no_place(nlp: Language, gazetteer: Gazetteer) -> None:
    assert looked_over(nlp, gazetteer, "the | Lisbonite | plant", "PLACE", Lisbonite="ADJ") == []


def entities(nlp: Language, text: str) -> dict[str, str]:
    return {ent.text: ent.label_ for ent in nlp(text).ents}


@pytest.mark.parametrize("word", ["in", "at", "from", "near"])
@pytest.mark.parametrize("town", ["Nashik", "Castleford", "Huddersfield", "Thrissur", "Wolfenbüttel"])
def test_towns_are_no_firms(nlp: Language, word: str, town: str) -> None:
    assert entities(nlp, f"Hi Priya, I met two farmers {word} {town} last week.")[town] == "PLACE"


@pytest.mark.parametrize("firm", ["Siemens", "Vercel", "Stripe", "Holiday Inn", "Bharat Wire Ropes"])
def test_firms_stay_firms(nlp: Language, firm: str) -> None:
    assert (
        entities(nlp, f"Hi Priya, I have been working at {firm} as an engineer since May.").get(firm) == "ORG"
    )


def test_ordinary_words_and_acronyms_are_no_names(nlp: Language) -> None:
    found = entities(
        nlp,
        "Dear Ms Rao,\n\nI sell vacuum pumps since 1998 and cook with cardamom in my free time. As SVP you hire "
        "people from ECE. Would a call suit?\n\nBest,\nJan Kovář",
    )
    assert found == {"Rao": "PERSON", "Jan Kovář": "PERSON"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dr Wetherill, the Urdu line on your poster is upside down.", "Wetherill"),
        ("Hello Kirtana mam, thanks for adding me to your list.", "Kirtana"),
        ("Dear Mrs Lindqvist, my first message went out too soon.", "Lindqvist"),
    ],
)
def test_titles_are_no_part_of_a_name(nlp: Language, text: str, name: str) -> None:
    assert entities(nlp, text).get(name) == "PERSON"


def test_a_mere_title_is_nobody(nlp: Language) -> None:
    assert "PERSON" not in entities(nlp, "Dear Ma'am,\n\nI read your blog on glazes.").values()
