from __future__ import annotations

import itertools

import pytest

from scorer.features import measure
from scorer.parse.parser import Parser
from scorer.rules import RULES, ActiveRules, run
from scorer.schema import Draft, Edit

TON = tuple(rule for rule in RULES if rule.prefix == "TON")


def safe_edits(parser: Parser, draft: Draft) -> list[Edit]:
    parsed = parser.parse(draft)
    findings = run(ActiveRules.of(TON), parsed, measure(parsed))
    edits = sorted({edit for f in findings if f.fix and f.fix.safe for edit in f.fix.edits})
    assert all(one.end <= two.start for one, two in itertools.pairwise(edits))
    return edits


def words(parser: Parser, text: str, kind: str) -> list[str]:
    parsed = parser.parse(Draft(text=text))
    return [parsed.text[start:end] for start, end in getattr(parsed.writing, kind)]


def test_greeting_and_signature_do_not_count_as_main_words(parser: Parser):
    parsed = parser.parse(Draft(text="Hi Dana,\n\nThe kiln works again.\n\nBest,\nSam"))
    assert parsed.writing.n_words == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We met at the the kiln.", [" the"]),
        ("He had had enough of that that day.", []),
        ("It was very very cold.", []),
        ("Call 10 10 20.", []),
        ("See Bora Bora and New York New York.", []),
        ("We met there. There is a kiln.", []),
        ("All is well, says kelly\n\nkelly smith", []),
    ],
)
def test_doubled_words(parser: Parser, text: str, expected: list[str]):
    assert words(parser, text, "doubled") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It took an hour and a half.", []),
        ("She is at a university with an eight-year grant.", []),
        ("We need a expert and an baker.", ["a", "an"]),
        ("An unusual use of a unit.", []),
        ("Plan A is a RSVP list.", []),
    ],
)
def test_articles_follow_the_sound(parser: Parser, text: str, expected: list[str]):
    assert words(parser, text, "articles") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Perhaps i may ask.", 1),
        ("See point (i) and the rest, i.e. rye.", 0),
        ("Set x_i = 3 in the code.", 0),
        ("When i'm there, i'll ask.", 2),
    ],
)
def test_lower_case_i(parser: Parser, text: str, expected: int):
    assert len(words(parser, text, "lower_i")) == expected


def test_names_links_and_tags_are_no_unknown_words(parser: Parser):
    text = "Ask Grzegorz about github.com/qwxz/zzkiln or #qqwert, and read notes_zzq.txt."
    assert words(parser, text, "unknown") == []


@pytest.mark.parametrize(
    "text",
    [
        "u told me to to write. i recieved ur note n i'am glad, pls reply.",
        "hi sir, saw ur post. pls tell if i shud come tmrw. im in bus now.",
        "thx. could of been worse. i dont know. lets connect. a idea for a hour.",
    ],
)
def test_safe_fixes_never_meet_and_come_to_rest(parser: Parser, text: str):
    assert safe_edits(parser, Draft(text=text).with_edits(safe_edits(parser, Draft(text=text)))) == []
