"""A LinkedIn archive of any generation is read back to what was planted in it."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outcomes import invented

from scorer.errors import InputError
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


@pytest.mark.parametrize("order", [(0, -1), (-1, 0)])
def test_another_generation_of_the_same_archive_adds_nothing(order, tmp_path):
    archive = invented.invent(5)
    generations = list(invented.GENERATIONS)
    first, second = (
        read_outcomes(
            invented.zipped(tmp_path / f"{n}.zip", archive.files(generations[n])), HASHER, ReadOptions()
        )
        for n in order
    )
    both = first.merged(second)
    assert len(both) == len(first)
    assert found(both, archive) == planted(archive)
    assert [row.id for row in both] == [row.id for row in first]


def test_a_copy_that_a_spreadsheet_saved_adds_nothing(tmp_path):
    archive = invented.invent(11)
    files = archive.files("2026")
    whole = read_outcomes(invented.zipped(tmp_path / "a.zip", files), HASHER, ReadOptions())
    files["messages.csv"] = resaved(files["messages.csv"], "DATE", "%m/%d/%Y %H:%M", "utf-8", ",")
    copy = read_outcomes(invented.unpacked(tmp_path / "x", files), HASHER, ReadOptions())
    assert len(whole.merged(copy)) == len(whole)


def in_one_minute(backwards):
    me, them = f'"{invented.ME}",{invented.MY_URL}', "Ann Lee,https://www.linkedin.com/in/ann"
    rows = [
        f"1,{me},Ann Lee,https://www.linkedin.com/in/ann,2/13/2025 9:05,Hi Ann",
        f"1,{me},Ann Lee,https://www.linkedin.com/in/ann,2/13/2025 9:05,one question",
        f"1,{them},{me},2/13/2025 9:05,Yes?",
        f"2,{me},Bo Ek,https://www.linkedin.com/in/bo,6/13/2025 9:05,Hi Bo",
    ]
    head = "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,CONTENT"
    return "\n".join([head, *(reversed(rows) if backwards else rows), ""]).encode()


def test_messages_of_one_minute_are_in_the_order_of_writing(tmp_path):
    path = invented.zipped(tmp_path / "a.zip", {"messages.csv": in_one_minute(backwards=True)})
    table = read_outcomes(path, HASHER, ReadOptions(me=invented.MY_URL))
    assert [(row.text, row.replied) for row in table] == [("Hi Ann\n\none question", True), ("Hi Bo", None)]


def test_rounded_conversation_ids_are_refused(tmp_path):
    data = in_one_minute(backwards=True).replace(b"\n1,", b"\n6.34568E+18,")
    path = invented.zipped(tmp_path / "a.zip", {"messages.csv": data})
    with pytest.raises(InputError, match="spreadsheet has rounded the conversation ids"):
        read_outcomes(path, HASHER, ReadOptions(me=invented.MY_URL))


@pytest.mark.parametrize(
    "suffix", ["LCSW", "BSN", "CEng", "PharmD", "she/her", "CPSM", "Founder", "MSW", "Ph.D."]
)
def test_letters_behind_a_name_make_no_group(suffix, tmp_path):
    data = (
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
        f'1,,"{invented.ME}",{invented.MY_URL},"Ann Lee, {suffix}",2025-01-01 10:00:00 UTC,,Hi Ann,SENT\n'
        f'2,,"{invented.ME}",{invented.MY_URL},"Bo Ek, Cy Poe",2025-06-01 10:00:00 UTC,,Hi both,SENT\n'
    )
    path = invented.zipped(tmp_path / "a.zip", {"messages.csv": data.encode()})
    table = read_outcomes(path, HASHER, ReadOptions(me=invented.MY_URL))
    assert [row.text for row in table] == ["Hi Ann"]
    assert table.provenance[0].left_out == {"conversations in groups": 1}


def test_a_zip_that_was_cut_off_is_called_so(tmp_path):
    whole = invented.zipped(tmp_path / "a.zip", invented.invent(1).files("2026")).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="not downloaded to its end"):
        read_outcomes(tmp_path / "cut.zip", HASHER, ReadOptions())
