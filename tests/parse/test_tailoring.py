"""What in a draft fits only its reader, and a follow-up beside its thread."""

from __future__ import annotations

import pytest

from scorer.parse.parser import Parser
from scorer.schema import Draft, Person

PRIYA = Person(name="Priya Shah", company="Datadog", role="Staff Engineer")


def details(parser: Parser, text: str, sender: Person | None = None) -> list[tuple[str, str]]:
    parsed = parser.parse(Draft(text=text, recipient=PRIYA, sender=sender))
    return [(detail.kind, parsed.text[detail.start : detail.end]) for detail in parsed.tailoring.details]


@pytest.mark.parametrize(
    "text",
    [
        "Hi Priya, I came across your profile and was impressed by your background.",
        "Hi Priya, are you free on Tuesday at 10 for 15 minutes, or in March?",
        "Hi Priya, I work at Lantern in Bristol on kiln firing.",
        "Hi Priya, see https://example.com/Lantern for your free guide.",
        "Hi Priya, we would cut your bill by 30%.",
    ],
)
def test_what_fits_anybody_or_the_writer_is_no_detail(parser: Parser, text):
    assert details(parser, text) == []


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Hi Priya, your talk in Ghent helped us.", "name", "Ghent"),
        ("Hi Priya, how does Datadog do it?", "company", "Datadog"),
        ('Hi Priya, your book "The slow kiln" helped us.', "quotation", '"The slow kiln"'),
        ("Hi Priya, you told us about clay roof tiles.", "phrase", "clay roof"),
        ("Hi Priya, your 1974 photo hangs here.", "number", "1974"),
    ],
)
def test_details_about_the_reader(parser: Parser, text, kind, words):
    assert (kind, words) in details(parser, text)


def test_the_writers_own_firm_is_no_detail(parser: Parser):
    text = "Hi Priya, your questions reached Lantern last week."
    assert ("name", "Lantern") in details(parser, text)
    assert details(parser, text, Person(company="Lantern")) == []


def test_a_detail_said_twice_counts_once(parser: Parser):
    assert len(details(parser, "Hi Priya, your talk in Ghent was fine. You and Ghent!")) == 1


@pytest.mark.parametrize(
    ("text", "name", "nobody", "right"),
    [
        ("Hi Priya, hello to you", "Priya", None, True),
        ("Hi Daniel, hello to you", "Daniel", None, False),
        ("Dear Sir or Madam, hello to you", None, "Sir or Madam", None),
        ("Good evening Priya ma'am, hello to you", "Priya", None, True),
        ("Hi {{first_name}}, hello to you", None, None, None),
        ("To whom it may concern, hello to you", None, "whom it may concern", None),
    ],
)
def test_salutation(parser: Parser, text, name, nobody, right):
    parsed = parser.parse(Draft(text=text, recipient=PRIYA))
    salutation = parsed.tailoring.salutation
    assert salutation is not None
    assert (salutation.name and parsed.text[slice(*salutation.name)]) == name
    assert (salutation.nobody and parsed.text[slice(*salutation.nobody)]) == nobody
    assert salutation.right is right


def test_no_greeting(parser: Parser):
    salutation = parser.parse(
        Draft(text="Certainly! Here is a note for you.", recipient=PRIYA)
    ).tailoring.salutation
    assert salutation is None or salutation.name is None


def test_thread_tells_copied_taken_up_and_new(parser: Parser):
    previous = "Hi Priya, could we compare how our teams sample spans?"
    parsed = parser.parse(
        Draft(
            text="Hi Priya, our sampling of spans now drops 4% in Kafka.", previous=previous, recipient=PRIYA
        )
    )
    assert parsed.thread.copied == ()
    assert set(parsed.thread.taken_up) >= {"sampl", "span"}
    assert {"4", "kafka"} <= set(parsed.thread.new)
    again = parser.parse(Draft(text=previous, previous=previous, recipient=PRIYA))
    assert again.thread.copied_share == 1.0


def test_curly_quotes_and_trailing_space_change_nothing(parser: Parser):
    plain = parser.parse(Draft(text='Hi Priya, your "slow kiln" isn\'t cold.', recipient=PRIYA))
    curly = parser.parse(
        Draft(text="Hi Priya, your \u201cslow kiln\u201d isn\u2019t cold.  \n", recipient=PRIYA)
    )
    assert plain.tailoring == curly.tailoring
