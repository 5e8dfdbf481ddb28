"""Paragraphs, shouting, repeated marks, disguised words, raw markup."""

from __future__ import annotations

import pytest

from scorer.parse import marks


def cut(text, places):
    return [text[start:end] for start, end in places]


def test_paragraphs_end_at_line_breaks_but_not_at_wrapped_lines():
    wrapped = (
        "This line was wrapped by a mail program that counts the columns\nand so it runs on here.\nA new one."
    )
    assert len(marks.find_paragraphs(wrapped, 0, len(wrapped))) == 2
    text = "One.\n\nTwo.\nThree."
    assert cut(text, marks.find_paragraphs(text, 0, len(text))) == ["One.", "Two.", "Three."]


@pytest.mark.parametrize(
    ("text", "shouts"),
    [
        ("CALL ME NOW please", ["CALL ME NOW"]),
        ("this is VERY good", ["VERY"]),
        ("THANK YOU so much", ["THANK YOU"]),
        ("REQUEST FOR NETWORKING", ["REQUEST FOR NETWORKING"]),
        ("NHS, IKEA, ASML and an MBA from INSEAD", []),
        ("the UK, the US and IT at WHO", []),
        ("Best,\nJOHN SMITH", []),
        ("BSc, PhD, McDonald, iOS", []),
        ("I am A B", []),
    ],
)
def test_shouting_and_acronyms(text, shouts):
    assert cut(text, marks.find_shouts(text)) == shouts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("get it F R E E now", ["F R E E"]),
        ("c-a-s-h for you", ["c-a-s-h"]),
        ("pick A B C D", []),
        ("the U.S.S.R. and J. R. R. T.", []),
        ("I a m", []),
    ],
)
def test_spaced_words(text, words):
    assert cut(text, marks.find_spaced_words(text)) == words


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("fr€e", ["free"]),
        ("m0ney!", ["money"]),
        ("ca$h", ["cash"]),
        ("B2B, 4G, H2O, k8s, G20", []),
        ("free cash", []),
    ],
)
def test_leet(text, plain):
    assert [found[2] for found in marks.find_leet(text)] == plain


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("**big**", "big"),
        ("__big__", "big"),
        ("~~old~~", "old"),
        ("[paper](https://example.org)", "paper: https://example.org"),
    ],
)
def test_markup_is_found_and_written_plain(markup, plain):
    text = f"so {markup} it"
    assert cut(text, marks.find_markup(text)) == [markup]
    assert marks.without_markup(markup) == plain


@pytest.mark.parametrize(
    "text", ["2 ** 8 ** 2", "my_file_name", "__init__.py", "#1 in Leeds", "a [b] (c)", "*really*"]
)
def test_no_markup(text):
    assert marks.find_markup(text) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [("$99 and 50% off", ["$99", "50% off"]), ("20 dollars", ["20 dollars"]), ("grew by 50% in 2024", [])],
)
def test_prices(text, found):
    assert cut(text, marks.find_prices(text)) == found
