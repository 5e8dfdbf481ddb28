"""Suppression comments: where each begins and ends to silence."""

import pytest

from scorer.rules.suppression import Suppression, parse_directives, unused

A, B = "ASK003", "TON001"


def silenced(text: str) -> set[tuple[str, str]]:
    """Code (or all) and the marked words x, y, z that lie in its reach."""
    return {
        (code, word)
        for item in parse_directives(text)
        for code in item.codes or ("all",)
        for word in "xyz"
        if item.start <= text.index(f"@{word}") < item.end
    }


def comment(words: str) -> str:
    return f"<!-- score-draft: {words} -->"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (f"disable {A} {B}", f"enable {A}", {(A, "x"), (B, "x"), (B, "y"), (B, "z")}),
        (f"disable {A} {B}", "enable", {(A, "x"), (B, "x")}),
        (f"disable {A}", f"enable {A}, {B}", {(A, "x")}),
        (f"disable {A} {B}", f"enable {B} {A}", {(A, "x"), (B, "x")}),
        (f"disable {A}", "enable ASK", {(A, "x")}),
        (f"disable {A}", f"enable {B}", {(A, "x"), (A, "y"), (A, "z")}),
        ("disable", "enable", {("all", "x")}),
        ("disable", f"enable {A}", {("all", "x"), ("all", "y"), ("all", "z")}),
        (f"ignore {A}", f"ignore-next {B}", {(A, "x"), (B, "y")}),
    ],
)
def test_what_lies_between_two_comments(first: str, second: str, expected: set[tuple[str, str]]) -> None:
    text = f"{comment(first)}\n@x one\n{comment(second)}\n@y two\nand @z three"
    assert silenced(text) == expected


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("ignore AKS003", "No rule is called AKS003"),
        ("ignore FOO123", "No rule is called FOO123"),
        (f"enable {A}", f"Nothing is disabled here that {A} would enable"),
        ("enable", "Nothing is disabled here that this comment would enable"),
    ],
)
def test_comments_that_silence_nothing_are_told(words: str, told: str) -> None:
    text = f"@x one\n{comment(words)}\n@y two"
    ((_, message),) = unused(text, parse_directives(text), (), (), (A, B), all_ran=False)
    assert message.startswith(told)


def test_an_enable_is_judged_code_by_code() -> None:
    text = f"{comment(f'disable {A}')}\n@x\n{comment(f'enable {A} {B}')}\n@y"
    idle = [item.codes for item in parse_directives(text) if item.idle]
    assert idle == [(B,)]


def test_on_a_line_with_words_and_for_the_whole_file() -> None:
    assert silenced(f"@x one {comment(f'ignore {A}')}\n@y\n@z") == {(A, "x")}
    (whole,) = parse_directives(f"@x\n{comment(f'ignore-file {A.lower()}')}")
    assert whole == Suppression(0, len(f"@x\n{comment(f'ignore-file {A}')}"), (A,), whole=True, at=whole.at)
