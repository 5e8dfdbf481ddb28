"""Links, contact data, emoji, quotation marks and placeholders, with what only looks like them."""

from __future__ import annotations

import pytest

from scorer.parse.surface import find_emojis, find_inline_quotes, find_links, find_placeholders


def cut(text, found):
    return [text[item.start : item.end] for item in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://example.org/a?b=1, please", [("url", "https://example.org/a?b=1")]),
        ("(www.example.com).", [("url", "www.example.com")]),
        ("it is at http://localhost/wiki", [("url", "http://localhost/wiki")]),
        ("short rb.gy/x1 and bit.ly/2", [("url", "rb.gy/x1"), ("url", "bit.ly/2")]),
        ("write to ana.ruiz@example.org!", [("email", "ana.ruiz@example.org")]),
        (
            "ring +44 7700 900123 or (020) 7946 0958",
            [("phone", "+44 7700 900123"), ("phone", "(020) 7946 0958")],
        ),
        ("call 9876543210", [("phone", "9876543210")]),
    ],
)
def test_links_are_found_whole(text, expected):
    assert [(link.kind, text[link.start : link.end]) for link in find_links(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "from 2019-2024", "on 12.05.2024 at 10:30", "it cost 1 250 000 in all", "version 2.10.3", "e.g. this and i.e. that",
        "and/or, w/o, 24/7", "a ratio of 3:1", "order 12345", "end of sentence.Next one", "node.js and config.py",
    ],
)  # fmt: skip
def test_what_only_looks_like_contact_data_is_left_alone(text):
    assert find_links(text) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hi {{firstName}},", "first_name"),
        ("Hi {{ first_name | default: 'there' }},", "first_name"),
        ("Hi {first_name},", "first_name"),
        ("Hi *|FNAME|*,", "fname"),
        ("Hi [First Name],", "first_name"),
        ("Hi [[first name]],", "first_name"),
        ("Hi <<First Name>>,", "first_name"),
        ("Hi %%first_name%%,", "first_name"),
        ("Hi %FIRST_NAME%,", "first_name"),
        ("Hi __FIRST_NAME__,", "first_name"),
        ("Hi $first_name,", "first_name"),
        ("Hi ${firstName},", "first_name"),
        ("Hi #firstName#,", "first_name"),
    ],
)
def test_placeholders_of_many_dialects(text, name):
    (found,) = find_placeholders(text)
    assert found.name == name
    assert text[found.end :] == ","


@pytest.mark.parametrize(
    "text",
    [
        "Sam Lee [he/him]",
        "salt [and/or] pepper",
        "See [link](https://a.example) for more",
        "I read [the second one] twice", "a < b and b > a", "100% of it", "it is 5 % of 20 %", "my_file_name here",
        "#hiring #openToWork", "f(x) = {1, 2}", "AAPL at $AAPL", "(see above)", "C# and F#", "arr[0] and arr[1]", "*really* good",
    ],
)  # fmt: skip
def test_ordinary_marks_are_no_placeholders(text):
    assert find_placeholders(text) == ()


def test_an_emoji_sequence_counts_once():
    text = "hi 👩‍💻 👍🏽 🇮🇳 ❤️ done :)"
    assert [text[start:end] for start, end in find_emojis(text)] == ["👩‍💻", "👍🏽", "🇮🇳", "❤️", ":)"]


@pytest.mark.parametrize("text", ["at 8:30", "https://example.org", "a ratio 3:2", "list: (one)"])
def test_no_emoticon(text):
    assert find_emojis(text) == ()


def test_inline_quotes_stay_on_one_line():
    text = 'You said "mind the gap" and "no\nmore'
    assert [text[start:end] for start, end in find_inline_quotes(text)] == ['"mind the gap"']


@pytest.mark.parametrize("unit", ["{", "[", "a.", "1 ", "http://", "{{a|", "<<", "@a.", "%a"])
def test_hostile_repetition_is_read_to_the_end(unit):
    text = unit * (20_000 // len(unit))
    for found in (find_links(text), find_placeholders(text)):
        assert all(0 <= item.start < item.end <= len(text) for item in found)
