"""Plain messages that hold percent signs, brackets, hashes and braces are no templates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scorer.parse.surface import find_placeholders
from scorer.schema import Draft
from scorer.templates import DIALECTS, check, infer, infer_library, parse, variables

ROOT = Path(__file__).parents[2]
SNIPPETS = (Path(__file__).parent / "plain.txt").read_text(encoding="utf-8").splitlines()
# Held back for measuring the model; no other test reads them.
HELD_BACK = {"a04", "a09", "a17", "a21"}


def messages(number: int):
    """Drafts of the corpus without placeholders, each with two snippets at changing places."""
    drafts = (json.loads(line) for line in (ROOT / "data/drafts/drafts.jsonl").open(encoding="utf-8"))
    texts = (d["text"] for d in drafts if d["author"] not in HELD_BACK)
    plain = [text for text in texts if not find_placeholders(text) and infer(text).dialect is None]
    for index in range(number):
        text = plain[index * 7 % len(plain)]
        first, second = SNIPPETS[index % len(SNIPPETS)], SNIPPETS[(index * 5 + 3) % len(SNIPPETS)]
        parts = text.split("\n\n")
        parts.insert(index % (len(parts) + 1), first)
        yield "\n\n".join(parts) + f" {second}"


MESSAGES = list(messages(1_000))


def test_there_are_1000_different_messages_with_such_signs():
    assert len(set(MESSAGES)) == 1_000
    for sign in "%[]#{}":
        assert sum(sign in text for text in MESSAGES) >= 150


def test_no_message_is_taken_for_a_template_or_has_a_finding():
    wrong = [text for text in MESSAGES if infer(text).dialect is not None or check(Draft(text=text))]
    assert wrong == []


def test_no_message_is_flagged_for_an_unfilled_placeholder():
    assert [find_placeholders(text) for text in MESSAGES if find_placeholders(text)] == []


def test_all_together_are_no_library_of_templates():
    assert infer_library(MESSAGES).dialect is None


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_a_snippet_alone_has_no_finding(snippet):
    assert check(Draft(text=snippet)) == ()
    assert find_placeholders(snippet) == ()


@pytest.mark.parametrize("dialect", [d for d in DIALECTS if not d.certain], ids=lambda d: d.key)
def test_a_dialect_of_common_signs_finds_no_variable_in_plain_messages_even_when_given(dialect):
    allowed = {"%TEMP%", "%PATH%"}  # what that dialect would indeed fill in
    for text in SNIPPETS:
        found = {text[v.start : v.end] for v in variables(parse(text, dialect))}
        assert found <= allowed
