"""Folding: what the pipeline reads, and the way back to each given position."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.parse.folding import fold


def given_words(text, words):
    """Return what stands in `text` where `words` stand in its folding."""
    folded = fold(text)
    start = folded.text.index(words)
    end = start + len(words)
    if folded.alignment is not None:
        start, end = folded.alignment.span(start, end)
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("plain text", "plain text"),
        ("it\u2019s \u201cfine\u201d", 'it\'s "fine"'),
        ("a\r\nb\rc", "a\nb\nc"),
        ("𝗕𝗶𝗴 𝘯𝘦𝘸𝘴", "Big news"),
        ("Ｈｅｌｌｏ", "Hello"),
        ("fr\u200bee\u00ad", "free"),
        ("a\u00a0b\u2009c", "a b c"),
        ("so\u2026", "so..."),
        ("Pump\u2122 No\u2116 5\u2113", "Pump\u2122 No\u2116 5\u2113"),
        ("\u2139\ufe0f news", "\u2139\ufe0f news"),
        ("👩\u200d💻", "👩\u200d💻"),
    ],
)
def test_folded_text(text, folded):
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "words", "there"),
    [
        ("a\r\n𝗕𝗶𝗴 deal", "Big", "𝗕𝗶𝗴"),
        ("fr\u200bee now", "free", "fr\u200bee"),
        ("so\u2026 yes", "yes", "yes"),
        ("<!-- score-draft: ignore -->\nHi Ana", "Hi Ana", "Hi Ana"),
    ],
)
def test_the_way_back(text, words, there):
    assert given_words(text, words) == there


def test_styled_letters_are_told_from_signs_and_digits():
    text = "𝗕𝗶𝗴 ™ ① ℹ️"
    assert [text[start:end] for start, end in fold(text).styled] == ["𝗕𝗶𝗴"]


def test_quoted_mail_is_left_out():
    text = "Hi Ana\n> old words\nnew words\n\nOn Mon, 4 May 2026, Tom wrote:\nolder words"
    folded = fold(text)
    assert "old words" not in folded.text
    assert "older words" not in folded.text
    assert "new words" in folded.text
    assert len(folded.quoted) == 2


def test_an_arrow_or_a_comparison_quotes_nothing():
    text = "if a > b then\nsee this -> that"
    assert fold(text).quoted == ()


@given(st.text(max_size=200))
def test_any_text_folds_and_maps_back(text):
    folded = fold(text)
    assert "\r" not in folded.text
    for position in range(len(folded.text)):
        start, end = (
            (position, position + 1)
            if folded.alignment is None
            else folded.alignment.span(position, position + 1)
        )
        assert 0 <= start < end <= len(text)


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing_more(text):
    once = fold(text).text
    if not fold(once).quoted and not fold(once).comments:
        assert fold(once).text == once


@pytest.mark.parametrize(
    ("given", "plain", "words"),
    [
        ("Get it frее now", "Get it free now", ["frее"]),
        ("This is а test of the fold", "This is a test of the fold", ["а"]),
        ("Привет, kΩ and TGFβ", "Привет, kΩ and TGFβ", []),
        ("Dear Наталья Сосо", "Dear Наталья Сосо", []),
    ],
)
def test_look_alikes_become_latin_where_the_word_or_the_text_is(given: str, plain: str, words: list[str]):
    folded = fold(given)
    assert folded.text == plain
    assert [given[start:end] for start, end in folded.look_alikes] == words


def test_idle_spaces_are_dropped_and_positions_kept():
    given = "Hi Bo.  One thing:  rope. \nWe saw  it at  ."
    folded = fold(given)
    assert folded.text == "Hi Bo. One thing: rope.\nWe saw  it at  ."
    assert folded.alignment is not None
    start, end = folded.alignment.span(folded.text.index("rope"), folded.text.index("rope") + 4)
    assert given[start:end] == "rope"
