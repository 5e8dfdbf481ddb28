import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Span

from scorer.parse.address import mark_address
from scorer.parse.components import mark_boundaries
from scorer.parse.tokenization import TOKENIZER


@pytest.fixture(scope="module")
def blank() -> Language:
    return spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})


def starts(blank: Language, text: str) -> list[str]:
    return [token.text for token in mark_boundaries(blank(text)) if token.i and token.is_sent_start]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi Priya,\nsaw your talk", ["saw"]),
        ("Hi Priya\n\nsaw your talk", ["saw"]),
        ("First.\nSecond", ["Second"]),
        ("Points:\n- one\n- two", ["-", "-"]),
        ("Points\r\n1. one\r\n2. two", ["1", "2"]),
        ("no break here", []),
        ("a\n \n b", ["b"]),
        ("This line was wrapped by an old mail program that cuts at\nseventy columns", []),
        ("This line is quite long but the next one begins in upper case so\nIt is new", ["It"]),
    ],
)
def test_line_breaks_start_sentences(blank: Language, text: str, expected: list[str]) -> None:
    assert starts(blank, text) == expected


def test_space_never_starts_a_sentence(blank: Language) -> None:
    doc = mark_boundaries(blank("One.\n\nTwo.   Three."))
    assert not any(token.is_sent_start for token in doc if token.is_space)


def test_endless_sentence_is_cut(blank: Language) -> None:
    assert len(starts(blank, "word " * 2000)) == 3
    assert starts(blank, "word " * 299 + "end. Next " + "word " * 100) == ["Next"]
    assert starts(blank, "A word. " * 90) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi Priya,\n\nSaw it.\n\nBest,\nDaniel Okafor\nEngineer", ["Priya", "Daniel Okafor"]),
        ("hi sarah, quick one", ["sarah"]),
        ("Hello Mr. Fernández,\nI lead", ["Fernández"]),
        ("Good morning Wei Ling – hello", ["Wei Ling"]),
        ("Dear Anna & Tom,\nhello", ["Anna", "Tom"]),
        ("Hi Anna-Lena,", ["Anna-Lena"]),
        ("ok. Thanks, Sofia", ["Sofia"]),
        ("Many thanks\nAnna-Lena Vogt | CEO", ["Anna-Lena Vogt"]),
        ("hello jo\ncan you help\ncheers\nmike", ["jo", "mike"]),
        ("Hi there,\nhello", []),
        ("Hi team, hello", []),
        ("Hi {{first_name}}, hello", []),
        ("Hi Priya saw your talk", []),
        ("Thanks for your help", []),
        ("Best regards,\nThe team at the mill", []),
        ("", []),
        ("Hi", []),
        ("\n\n", []),
    ],
)
def test_greeted_and_signing_persons(blank: Language, text: str, expected: list[str]) -> None:
    doc = mark_address(blank(text))
    assert [ent.text for ent in doc.ents] == expected
    assert {ent.label_ for ent in doc.ents} <= {"PERSON"}


def test_wrong_label_in_greeting_is_mended(blank: Language) -> None:
    doc = blank("Hi Chase, hello")
    doc.ents = [Span(doc, 1, 2, "ORG")]
    assert [(e.text, e.label_) for e in mark_address(doc).ents] == [("Chase", "PERSON")]


def test_found_person_is_widened_to_the_whole_name(blank: Language) -> None:
    doc = blank("Hi Priya Shah, hello")
    doc.ents = [Span(doc, 1, 2, "PERSON")]
    assert [e.text for e in mark_address(doc).ents] == ["Priya Shah"]


def test_found_person_is_not_narrowed(blank: Language) -> None:
    doc = blank("Hi Priya, Anna Shah")
    doc.ents = [Span(doc, 0, 2, "PERSON")]
    assert [e.text for e in mark_address(doc).ents] == ["Hi Priya"]


def test_direct_address_and_introduction(nlp: Language) -> None:
    for text, name in (
        ("Priya, your talk in Leeds was superb.", "Priya"),
        ("Hello there, my name is Daniel Okafor and I fix roofs.", "Daniel Okafor"),
        ("Could you send me the plan? It helps a lot.\n\nDaniel", "Daniel"),
        ("Could you send me the plan? It helps a lot. - Daniel", "Daniel"),
        ("Dear Priya ma'am,\n\nplease help.", "Priya"),
    ):
        assert (name, "PERSON") in [(e.text, e.label_) for e in nlp(text).ents]


def test_a_line_of_a_name_and_a_comma_heads_a_message_wherever_it_stands(blank: Language) -> None:
    doc = blank("Sounds good\n\nTammi,\n\nthe draft is attached.\n\nThanks,\nDebra Okoye,\n\nnine works")
    assert [ent.text for ent in mark_address(doc).ents] == ["Tammi", "Debra Okoye"]
    for text in (
        "Thanks,\nso much",
        "Hello all,\nsee you",
        "that one,\nsee you",
        "Three Long Words,\nsee you",
    ):
        assert not mark_address(blank(f"Sounds good\n\n{text} at nine tomorrow.")).ents, text


def test_the_header_of_a_quoted_mail_names_a_person_last_name_first(blank: Language) -> None:
    doc = blank('fine by me\n\n"Lenhart, Matthew J." <mlen@example.com> 03/23/2001 wrote: nine?')
    assert [ent.text for ent in mark_address(doc).ents] == ["Lenhart, Matthew J."]
    assert not mark_address(blank('they said "Hello, World" and left, so ask them')).ents
    assert not mark_address(blank('a "Hello,')).ents
