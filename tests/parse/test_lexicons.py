"""Word lists: what their index takes for granted."""

from __future__ import annotations

from scorer import lexicons


def test_no_entry_has_a_word_longer_than_is_looked_up():
    words = {
        word for name in lexicons.names() for entry in lexicons.load(name).entries for word in entry.split()
    }
    assert max(map(len, words)) < lexicons._LONGEST


def test_an_entry_is_found_as_the_last_words_of_a_text():
    text = "Could we hop on a quick call"
    for end in range(len(text) + 1):
        assert all(hit.end <= end for hits in lexicons.find_all(text[:end]).values() for hit in hits)
    assert any(hit.end == len(text) for hits in lexicons.find_all(text).values() for hit in hits)
