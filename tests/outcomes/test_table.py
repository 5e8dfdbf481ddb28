"""The outcome table: what a row means, what may be put into one rate, saving and loading."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.errors import InputError
from scorer.outcomes import Denominator, Outcome, OutcomeTable, Provenance

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)


@st.composite
def outcomes(draw, number):
    counter = draw(st.booleans())
    replied = None if counter else draw(st.sampled_from([None, True, False]))
    n_sent = draw(st.integers(2, 500)) if counter else 1
    n_replied = draw(st.none() | st.integers(0, n_sent)) if counter else None
    return Outcome(
        id=f"r{number}",
        recipient=draw(st.none() | TEXT),
        aliases=tuple(draw(st.lists(TEXT, max_size=2))),
        sent_at=draw(st.none() | st.datetimes(timezones=st.just(UTC))),
        channel=draw(st.sampled_from(["connection_note", "message", "inmail", "email"])),
        stage=draw(st.sampled_from(["initial", "follow_up"])),
        purpose=draw(st.sampled_from([None, "sales", "advice"])),
        subject=draw(st.none() | TEXT),
        text=draw(TEXT),
        previous=tuple(draw(st.lists(TEXT, max_size=2))),
        template=draw(st.none() | TEXT),
        denominator=draw(st.sampled_from(list(Denominator))),
        replied=replied,
        positive=draw(st.sampled_from([None, True, False])) if replied else None,
        automatic=False if counter else draw(st.booleans()),
        accepted=draw(st.sampled_from([None, True, False])),
        hours_to_reply=draw(st.floats(0, 700)) if replied else None,
        n_sent=n_sent,
        n_replied=n_replied,
    )


@st.composite
def tables(draw):
    rows = tuple(draw(outcomes(number)) for number in range(draw(st.integers(0, 4))))
    entry = Provenance(
        source="linkedin",
        rows=len(rows),
        window_days=30.0,
        as_of=draw(st.none() | st.datetimes(timezones=st.just(UTC))),
        left_out={"sponsored": 3},
    )
    return OutcomeTable(rows, (entry,), frozenset(draw(st.sets(st.text("abcdef", min_size=1)))))


@given(table=tables())
def test_a_saved_table_is_loaded_as_it_was(table, tmp_path_factory):
    path = tmp_path_factory.mktemp("table") / "outcomes.jsonl"
    table.save(path)
    assert OutcomeTable.load(path) == table


def message(id_, replied, **others):
    return Outcome(**{"id": id_, "channel": "message", "replied": replied, **others})


def test_young_messages_are_in_no_rate():
    rows = (message("a", True), message("b", False), message("c", None, hours_to_reply=2.0))
    (cell,) = OutcomeTable(rows).binomial()
    assert (cell.n_sent, cell.n_replied, cell.n_young) == (2, 1, 1)
    assert cell.rate == 0.5


def test_different_denominators_are_never_one_group():
    rows = (
        message("a", None, n_sent=100, n_replied=10, denominator=Denominator.SENT),
        message("b", None, n_sent=50, n_replied=10, denominator=Denominator.STARTED),
    )
    table = OutcomeTable(rows)
    assert [(cell.denominator, cell.n_sent) for cell in table.binomial("channel")] == [
        ("sent", 100),
        ("started", 50),
    ]
    with pytest.raises(InputError, match="sent, started"):
        table.one_denominator()
    assert table.only("started").one_denominator() is Denominator.STARTED


def test_positives_are_unknown_where_no_row_says():
    rows = (message("a", True), message("b", True, positive=True), message("c", True, positive=False))
    assert OutcomeTable(rows[:1]).binomial()[0].n_positive is None
    assert OutcomeTable(rows).binomial()[0].n_positive == 1


@pytest.mark.parametrize(
    "values",
    [
        {"n_sent": 0},
        {"n_sent": 10, "n_replied": 11},
        {"n_sent": 10, "n_replied": 2, "n_positive": 3},
        {"n_sent": 10, "n_automatic": -1},
        {"channel": "pigeon"},
        {"purpose": "haunting"},
    ],
)
def test_impossible_rows_are_refused(values):
    with pytest.raises(InputError, match="outcome"):
        message("a", None, **values)


def test_a_later_reading_replaces_rows_and_keeps_the_forgotten_out():
    first = OutcomeTable((message("a", None, recipient="x"), message("b", False, recipient="y"))).without(
        ["y"]
    )
    later = OutcomeTable((message("a", True, recipient="x"), message("b", True, recipient="y")))
    assert first.merged(later).rows == (message("a", True, recipient="x"),)


def test_forgetting_goes_by_alias_too():
    table = OutcomeTable((message("a", True, recipient="x", aliases=("name",)), message("b", True)))
    assert [row.id for row in table.without(["name"])] == ["b"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "not an outcome table"),
        ("CANARY,b\n1,2\n", "not an outcome table"),
        ('{"format": "score-draft outcomes", "version": 99}\n', "another version"),
        ('{"format": "score-draft outcomes", "version": 1, "provenance": 3}\n', "1: the head"),
        ('HEAD\n{"id": "a", "channel": "CANARY"}\n', "2: outcome.channel"),
        ('HEAD\n{"id": "a", "channel": "message"}\n{"id": "CANARY\n', "3: not valid JSON"),
        ('HEAD\n{"id": "a", "channel": "message", "n_sent": true}\n', "2: outcome.n_sent"),
        ('HEAD\n{"id": "a", "channel": "message", "sent_at": "CANARY"}\n', "2: outcome.sent_at"),
        ('HEAD\n{"id": "a", "channel": "message", "CANARY": 1}\n', "2: outcome has an unknown field"),
        ('HEAD\n{"id": "a"}\n', "2: outcome.channel is missing"),
    ],
)
def test_a_damaged_table_is_refused_with_its_place(content, words, tmp_path):
    path = tmp_path / "t.jsonl"
    head = '{"format": "score-draft outcomes", "version": 1, "provenance": [], "forgotten": []}'
    path.write_text(content.replace("HEAD", head))
    with pytest.raises(InputError, match=words) as caught:
        OutcomeTable.load(path)
    assert str(path) in str(caught.value)
    assert "CANARY" not in str(caught.value)


def test_a_missing_table_says_how_to_make_one(tmp_path):
    with pytest.raises(InputError, match="outcomes read"):
        OutcomeTable.load(tmp_path / "none.jsonl")


def test_a_new_table_is_its_owners_alone(tmp_path):
    path = Path(tmp_path / "t.jsonl")
    OutcomeTable((message("a", True, sent_at=datetime(2026, 1, 1, tzinfo=UTC)),)).save(path)
    assert path.stat().st_mode & 0o077 == 0
