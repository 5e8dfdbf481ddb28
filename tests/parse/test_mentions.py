"""Facts given with the draft, found in its text."""

from __future__ import annotations

import pytest

from scorer.parse.mentions import find_mentions, name_parts, nicknames, plain
from scorer.schema import Draft, Person


def found(text: str, **facts: str) -> list[tuple[str, str]]:
    draft = Draft(text=text, recipient=Person(**facts))
    return [(mention.fact, text[mention.start : mention.end]) for mention in find_mentions(text, draft)]


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("Hi Priya Shah, hello", "Priya Shah", ["Priya Shah"]),
        ("hi priya, hello", "Priya Shah", ["priya"]),
        ("Hi Bob, hello", "Robert Lee", ["Bob"]),
        ("Dear Ms Munoz, hello", "Inés Muñoz", ["Munoz"]),
        ("Dear Ms Muñoz, hello", "Ines Munoz", ["Muñoz"]),
        ("Hi JFK, hello", "John Francis Kelly", ["JFK"]),
        ("Hi J.F.K., hello", "John Francis Kelly", ["J.F.K."]),
        ("Hi Jean, hello", "Jean-Luc Petit", ["Jean"]),
        ("Will you, Will, be there?", "Will Gray", ["Will", "Will"]),
        ("I hope you will come", "Will Hope", []),
        ("The IT people said so", "Ian Thomas", []),
        ("A letter de facto", "Ana de Souza", []),
        ("A shahtoosh shawl", "Priya Shah", []),
        ("Dear Dr.\nHalloran", "Dr Aoife Halloran", ["Halloran"]),
    ],
)
def test_names(text, name, words):
    assert [word for _, word in found(text, name=name)] == words


@pytest.mark.parametrize(
    ("text", "company", "words"),
    [
        ("How is Acme these days?", "Acme Technologies Ltd", ["Acme"]),
        ("How is acme these days?", "Acme", ["acme"]),
        ("It is a peach of a day.", "Peach Consulting Partners", []),
        ("A letter to NASA.", "National Aeronautics and Space Administration", ["NASA"]),
        ("A nasa is a trap.", "National Aeronautics and Space Administration", []),
        ("We use IT.", "Institute of Technology", []),
    ],
)
def test_companies(text, company, words):
    assert [word for _, word in found(text, company=company)] == words


def test_the_longest_mention_wins_and_whose_it_is_stays_known():
    text = "Hi Priya Shah, this is Sam from Datadog."
    draft = Draft(
        text=text, recipient=Person(name="Priya Shah"), sender=Person(name="Sam Lee", company="Datadog")
    )
    assert [(m.who, m.fact, text[m.start : m.end]) for m in find_mentions(text, draft)] == [
        ("recipient", "name", "Priya Shah"),
        ("sender", "name", "Sam"),
        ("sender", "company", "Datadog"),
    ]


def test_a_role_is_found_by_its_field():
    assert found("You run corrosion control, I hear.", role="Senior Corrosion Engineer") == [
        ("role", "corrosion")
    ]


def test_an_empty_or_odd_name_finds_nothing():
    for name in ("", " ", "-", "()", ",", "...", "Dr."):
        assert found("Hi there - (hello), Dr. who...", name=name) == []


def test_positions_stay_with_one_character_for_each():
    assert len(plain("Größe İstanbul ﬁn Łódź")) == len("Größe İstanbul ﬁn Łódź")


def test_name_parts_drop_titles_and_additions():
    assert name_parts("Prof. Dr. Ada King (she/her), PhD") == ["Ada", "King"]


def test_nicknames_go_both_ways():
    assert "bob" in nicknames("Robert")
    assert "robert" in nicknames("Bob")
    assert nicknames("Zzyzx") == ()
