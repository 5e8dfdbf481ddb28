"""A LinkedIn archive of any generation is read back to what was planted in it."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outcomes import invented

from scorer.outcomes.options import ReadOptions
from scorer.outcomes.people import Hasher, name_key, profile_key
from scorer.outcomes.reading import read_outcomes

HASHER = Hasher(b"0" * 32)


def planted(archive):
    return sorted(
        (
            t.sent_at,
            t.channel,
            t.stage,
            t.text,
            t.person,
            t.subject or "",
            t.previous,
            str((t.replied, t.automatic, t.accepted)),
        )
        for t in archive.truth
    )


def found(table, archive):
    who = {}
    for truth in archive.truth:
        who |= {
            HASHER.person(key): truth.person
            for key in (profile_key(truth.person), truth.person, name_key(truth.name))
            if key
        }
    return sorted(
        (
            row.sent_at, row.channel, row.stage, row.text, who[row.recipient], row.subject or "", row.previous,
            str((row.replied, row.automatic, row.accepted)),
        )
        for row in table
    )  # fmt: skip


@pytest.mark.parametrize("generation", invented.GENERATIONS)
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_planted_truth_is_recovered(generation, seed, tmp_path_factory):
    archive = invented.invent(seed)
    path = invented.zipped(
        tmp_path_factory.mktemp("a") / "export.zip", archive.files(generation, quote_all=seed % 2 == 0)
    )
    table = read_outcomes(path, HASHER, ReadOptions())
    assert found(table, archive) == planted(archive)


def resaved(data: bytes, date_column: str, pattern: str, encoding: str, separator: str) -> bytes:
    """Return a CSV as a spreadsheet saves it after opening it: other dates, separator, line ends and encoding."""
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    for row in rows:
        moment = datetime.strptime(row[date_column], "%Y-%m-%d %H:%M:%S UTC")
        row[date_column] = moment.strftime(pattern)
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], delimiter=separator, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize(
    ("pattern", "encoding", "separator"),
    [
        ("%m/%d/%Y %H:%M", "utf-8-sig", ","),
        ("%d/%m/%Y %H:%M", "utf-8-sig", ";"),
        ("%d.%m.%Y %H:%M", "utf-16", "\t"),
        ("%Y-%m-%d %H:%M", "utf-8", ","),
    ],
)
def test_an_archive_that_a_spreadsheet_saved_again_is_the_same(pattern, encoding, separator, tmp_path):
    archive = invented.invent(11)
    files = archive.files("2026")
    files["messages.csv"] = resaved(files["messages.csv"], "DATE", pattern, encoding, separator)
    table = read_outcomes(invented.unpacked(tmp_path / "x" / "nested", files).parent, HASHER, ReadOptions())
    assert found(table, archive) == planted(archive)
    assert table.provenance[0].left_out == archive.left_out


def test_the_owner_can_be_named_where_nothing_tells(tmp_path):
    archive = invented.Archive()
    them = ("Ann Lee", "https://www.linkedin.com/in/ann")
    archive.say("1", (invented.ME, invented.MY_URL), [them], invented.START, "Hi Ann")
    archive.say("1", them, [(invented.ME, invented.MY_URL)], invented.START + timedelta(hours=2), "Hi Sam")
    path = invented.zipped(tmp_path / "a.zip", archive.files("2026"))
    options = ReadOptions(me=invented.MY_URL, as_of=invented.AS_OF)
    (row,) = read_outcomes(path, HASHER, options)
    assert (row.text, row.replied, row.hours_to_reply) == ("Hi Ann", True, 2.0)
    files = {**archive.files("2026"), "Profile.csv": b"First Name,Last Name\nSam,Lee\n"}
    assert (
        read_outcomes(invented.zipped(tmp_path / "b.zip", files), HASHER, ReadOptions(as_of=invented.AS_OF))[
            0
        ]
        == row
    )


def test_a_rested_conversation_is_opened_anew_and_a_split_message_is_one(tmp_path):
    archive = invented.Archive()
    me, them = (invented.ME, invented.MY_URL), ("Ann Lee", "https://www.linkedin.com/in/ann")
    days = [0, 0.01, 1, 2, 200, 230]
    texts = ["Hi Ann", "one question:", "Yes?", "Thanks!", "Hi again", "Still curious"]
    for day, text in zip(days, texts, strict=True):
        sender, to = (them, me) if text == "Yes?" else (me, them)
        archive.say("1", sender, [to], invented.START + timedelta(days=day), text)
    path = invented.zipped(tmp_path / "a.zip", archive.files("2026"))
    table = read_outcomes(path, HASHER, ReadOptions(me=invented.MY_URL, as_of=invented.AS_OF))
    assert [(row.text, row.stage, row.previous, row.replied) for row in table] == [
        ("Hi Ann\n\none question:", "initial", (), True),
        ("Hi again", "initial", (), False),
        ("Still curious", "follow_up", ("Hi again",), False),
    ]
