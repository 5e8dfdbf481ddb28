"""Where greeting, sign-off, signature and postscript lie, and which role each sentence plays."""

from __future__ import annotations

from itertools import pairwise

import pytest

from scorer.parse.parser import Parser
from scorer.parse.parts import find_layout
from scorer.schema import Draft

BODY = "the rye rose twice."


@pytest.mark.parametrize(
    "greeting",
    [
        "Hi Ana,", "hey there,", "Hello there!", "Dear Mr. Tuilagi,", "Dear Dr Lindqvist-Bose,", "Good morning Thulani.", "Morning Tamsin,", "Hi all -",
        "Dear Sir/Madam,", "Respected Sir,", "Namaste Ma'am,", "Hello Graciela —", "Ana,", "Ms. Ruiz:", "Parveen!", "Dr Wetherill,", "Dear {{first_name}},",
        "Hi [Name],", "To whom it may concern,", "Hi Jean-Luc O'Neill,",
    ],
)  # fmt: skip
def test_greeting(greeting: str):
    text = f"{greeting} {BODY}"
    zone = find_layout(text).greeting
    assert zone is not None
    assert text[slice(*zone)] == greeting


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, the rye rose twice.", "Yesterday, we baked.", "Congratulations, Ana.", "So, about the oven.", "Evening classes are full, sadly.",
        "In June, the mill stood still.", "You answered my question on rye.", "Quick question, if I may.",
    ],
)  # fmt: skip
def test_no_greeting(text: str):
    assert find_layout(text).greeting is None


def test_greeting_without_comma_stops_before_the_sentence():
    text = "Hi I saw your post, and liked it."
    zone = find_layout(text).greeting
    assert zone is not None
    assert text[slice(*zone)] == "Hi"


@pytest.mark.parametrize(
    ("tail", "sign_off", "signature"),
    [
        ("\n\nThanks,\nAde", "Thanks,", "Ade"),
        (" Thanks, Ade", "Thanks,", "Ade"),
        ("\nBest wishes\nPhilip Moss\nBristol Ovens Ltd", "Best wishes", "Philip Moss\nBristol Ovens Ltd"),
        ("\nThanks, Ade", "Thanks", "Ade"),
        ("\n\nWith warmest regards,\nThe Guild", "With warmest regards,", "The Guild"),
        ("\nRuth Alderson\n0113 496 0128", None, "Ruth Alderson\n0113 496 0128"),
        ("\n- Dev", None, "- Dev"),
        (" – Marta", None, "– Marta"),
        ("\nThank you for your time,\nSam", "Thank you for your time,", "Sam"),
        ("\nKind regards", "Kind regards", None),
        ("\nLet me know", None, None),
        ("", None, None),
    ],
)
def test_sign_off_and_signature(tail: str, sign_off: str | None, signature: str | None):
    text = f"Hi Ana, {BODY}{tail}"
    layout = find_layout(text)
    assert (text[slice(*layout.sign_off)].rstrip(", ") if layout.sign_off else None) == (
        sign_off and sign_off.rstrip(", ")
    )
    assert (text[slice(*layout.signature)] if layout.signature else None) == signature


def test_postscript_is_the_last_paragraph():
    text = f"Hi Ana, {BODY}\n\nBest,\nSam\n\nPS the oven works."
    layout = find_layout(text)
    assert layout.postscript is not None
    assert text[slice(*layout.postscript)] == "PS the oven works."
    assert text[slice(*layout.signature)] == "Sam"


def roles(parser: Parser, text: str) -> list[set[str]]:
    return [set(sentence.roles) for sentence in parser.parse(Draft(text=text)).sentences]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("I run a bakery in Leeds.", "introduction"),
        ("My name is Sam.", "introduction"),
        ("This is Sam from the mill.", "introduction"),
        ("We met at the rye fair.", "common_ground"),
        ("I enjoyed your talk on crusts.", "common_ground"),
        ("I'm writing because our oven broke.", "reason"),
        ("I can send you our figures.", "value"),
        ("Could you call me?", "ask"),
        ("I appreciate your patience.", "thanks"),
    ],
)
def test_role(parser: Parser, text: str, role: str):
    assert role in roles(parser, "Hi Ana, " + text)[1]


def test_a_thankful_sign_off_thanks(parser: Parser):
    assert roles(parser, "Hi Ana, the rye rose.\nMany thanks,\nSam")[2] == {"sign_off", "thanks"}


def test_sentences_cover_the_text_in_order_without_overlap(parser: Parser):
    text = "Hi Ana, it costs £2,140 on Tuesday 18 June, 9.30 to 5, all in.\nCould you come?\n\nBest,\nSam"
    sentences = parser.parse(Draft(text=text)).sentences
    assert [s.text for s in sentences] == [
        "Hi Ana,", "it costs £2,140 on Tuesday 18 June, 9.30 to 5, all in.", "Could you come?", "Best,", "Sam",
    ]  # fmt: skip
    assert all(a.end <= b.start for a, b in pairwise(sentences))
