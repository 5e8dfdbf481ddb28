import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.parse.tokenization import split_words


def words(text: str) -> list[str]:
    return [word for word, _ in split_words(text) if not word.isspace()]


@pytest.mark.parametrize(
    "placeholder",
    [
        "{{first_name}}",
        "{{ contact.first_name }}",
        "{first_name}",
        "{FirstName}",
        "{first name}",
        "{{first_name|there}}",
        "[First Name]",
        "[Company]",
        "[insert company name]",
        "<Company>",
        "<<first name>>",
        "<%= first_name %>",
        "{% first_name %}",
        "${firstName}",
        "$FIRSTNAME",
        "%FIRST_NAME%",
        "%%first_name%%",
        "*|FNAME|*",
        "__NAME__",
        "#FirstName#",
        "[[name]]",
        "«First Name»",
    ],
)
def test_placeholder_is_one_word(placeholder: str) -> None:
    assert words(f"Hi {placeholder}, I saw {placeholder}'s post.")[1:5] == [placeholder, ",", "I", "saw"]


@pytest.mark.parametrize(
    "word",
    [
        "e-mail",
        "co-founder",
        "w/",
        "w/o",
        "b/c",
        "24/7",
        "!!!!",
        "?!",
        "...",
        "5:30",
        "11/28/2000",
        "713-853-3989",
        "646-8420",
        "+44-20-7946",
        "1,200",
        "2.5",
        "1st",
        "U.S.",
        "e.g.",
        "Dr.",
        "Capt.",
        "p.m",
        "non-British",
        "comp.lang.python",
        "P&L",
        "AT&T",
        "C++",
        "C#",
        "Node.js",
        "deck.pdf",
        "https://example.com/a?b=c&d=1",
        "www.example.co.uk/x",
        "example.com",
        "sam.lee+jobs@mail.example.co.uk",
        "@samlee",
        "#hiring",
        "O'Brien",
        "👩‍💻",
        "👍🏽",
        "🇬🇧",
        "❤️",
        "1️⃣",
        ":)",
        ":-)",
        "<3",
        "naïve",
        "नमस्ते",
    ],
)
def test_word_stays_whole(word: str) -> None:
    assert words(f"so {word} then") == ["so", word, "then"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don't", ["do", "n't"]),
        ("don’t", ["do", "n’t"]),
        ("I'm", ["I", "'m"]),
        ("cannot", ["can", "not"]),
        ("gonna", ["gon", "na"]),
        ("dont", ["do", "nt"]),
        ("Priya's", ["Priya", "'s"]),
        ("5pm", ["5", "pm"]),
        ("$50k", ["$", "50k"]),
        ("20%", ["20", "%"]),
        ("ex-Google", ["ex", "-", "Google"]),
        ("well-known", ["well", "-", "known"]),
        ("10-15", ["10", "-", "15"]),
        ("and/or", ["and", "/", "or"]),
        ("(hello)", ["(", "hello", ")"]),
        ("he said so.I went", ["he", "said", "so", ".", "I", "went"]),
        ("done.Thanks", ["done", ".", "Thanks"]),
        ("see example.com.", ["see", "example.com", "."]),
        ("[This is it.]", ["[", "This", "is", "it", ".", "]"]),
    ],
)
def test_split(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text())
def test_parts_give_the_text_back(text: str) -> None:
    assert "".join(word + " " * space for word, space in split_words(text)) == text


@given(st.text(alphabet="a1.-'’@#{}[]<>%$*|_/:!? \n\u0301\u200d👍", max_size=400))
def test_no_empty_words(text: str) -> None:
    assert all(word for word, _ in split_words(text))


def test_matching_does_not_look_ahead_without_bound() -> None:
    # The longest look-ahead is an address; a run of openers of the same length costs the same per character.
    for opener in (
        "{",
        "[first ",
        "http://",
        "a@",
        "a.",
        "%a",
        "$A",
        "<<",
        "*|",
        "re-",
        "1,",
        "1-",
        "'",
        "a_",
    ):
        text = opener * 20_000
        assert "".join(word + " " * space for word, space in split_words(text)) == text
