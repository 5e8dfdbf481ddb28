"""Tables of drafts: columns by name, encodings, places of rows, and what is wrong with a row or a file."""

from __future__ import annotations

import json

import pytest

from scorer.choices import choice_of
from scorer.errors import InputError
from scorer.library.rows import Row, read_rows
from scorer.library.sources import Source, read_sources
from scorer.schema import PURPOSES, Person

TEXT = "Hi Priya,\n\nhow is the café? 🎉"


def rows(path):
    return list(read_rows(str(path)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize(("ending", "mark"), [("csv", ","), ("csv", ";"), ("csv", "\t"), ("tsv", "\t")])
def test_csv_in_any_dress(tmp_path, encoding, ending, mark):
    text = TEXT.replace("🎉", "!") if encoding == "cp1252" else TEXT
    lines = [["Template Name", "BODY", "Subject line"], ["a", f'"{text}"', ""], ["b", '"x ""y"""', "s"]]
    path = tmp_path / f"t.{ending}"
    path.write_bytes("\r\n".join(mark.join(line) for line in lines).encode(encoding))
    assert rows(path) == [
        Row(2, {"text": text, "id": "a"}),
        Row(5, {"text": 'x "y"', "id": "b", "subject": "s"}),
    ]


def test_json_lines_may_differ_in_their_fields(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text(
        "\n".join(
            [
                json.dumps({"text": TEXT, "extra": [1]}),
                "",
                json.dumps({"body": "x", "id": 7}),
                "{broken",
                "[1]",
            ]
        )
    )
    found = rows(path)
    assert found[:2] == [Row(1, {"text": TEXT}), Row(3, {"text": "x", "id": "7"})]
    assert [str(error).removeprefix(str(path)) for error in found[2:]] == [
        ":4: not valid JSON",
        ":5: not a JSON object",
    ]


def test_json_lines_may_bring_a_field_late(tmp_path):
    path = tmp_path / "t.jsonl"
    made = [{"text": "x"}] * 99 + [{"text": "y", "channel": "email", "sent": 5, "note": "z"}]
    path.write_text("\n".join(map(json.dumps, made)))
    last = Row(100, {"text": "y", "channel": "email"}, {"sent": "5"})
    assert rows(path)[-1] == last
    told = list(read_rows(str(path), {"text": "note"}))
    assert told[-1].values["text"] == "z"
    assert "the row has no text" in str(told[0])


def test_nested_values_are_people_and_threads_or_told(tmp_path):
    path = tmp_path / "t.jsonl"
    person = {"name": "Priya Shah", "company": "Datadog"}
    made = [
        {"text": TEXT, "recipient": person, "previous": ["First.", "Second."], "tags": ["a", "b"]},
        {"text": [TEXT]},
        {"text": TEXT, "recipient": [person]},
        {"text": TEXT, "sender": {"nom": "Priya"}},
        {"text": TEXT, "previous": [1]},
    ]
    path.write_text("\n".join(map(json.dumps, made)))
    source, *wrong = read_sources([str(path)], lambda file: file.draft({}, {}))
    assert source.draft.recipient == Person(**person)
    assert source.draft.earlier == ("First.", "Second.")
    assert source.kept == {"tags": '["a", "b"]'}
    assert [str(error).removeprefix(str(path)) for error in wrong] == [
        ":2: column text holds a list or an object; text must be text",
        ":3: column recipient holds a list or an object; recipient must be text",
        ":4: sender has an unknown field; known fields are name, company, role, school, degree",
        ":5: draft.previous must be text, not int",
    ]


def test_xlsx_is_read_from_its_first_sheet(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    for cells in (("id", "text", "ignore"), ("a", TEXT, "ASK"), (None, None, None), ("c", "x", None)):
        book.active.append(cells)
    book.save(tmp_path / "t.xlsx")
    assert rows(tmp_path / "t.xlsx") == [
        Row(2, {"text": TEXT, "id": "a", "ignore": "ASK"}),
        Row(4, {"text": "x", "id": "c"}),
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.csv", b"", "is empty"),
        ("t.csv", b"text,id\n", "no rows below the header"),
        ("t.csv", b"a,b\n1,2\n", "no column with the drafts; name it one of text, body, message, content"),
        ("t.csv", b"text\n" + b"x" * 1_000_001 + b"\n", "a cell has more than 1000000 characters"),
        ("t.csv", b"text\n\x00\x00\n", ":2: holds a NUL byte"),
        ("t.xlsx", b"PK\x03\x04 no archive", "t.xlsx: "),
        ("t.parquet", b"PAR1 no table", "t.parquet: "),
    ],
)
def test_a_table_that_cannot_be_read_is_one_line(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    (error,) = rows(tmp_path / name)
    assert isinstance(error, InputError)
    assert said in str(error)
    assert "\n" not in str(error)


@pytest.mark.parametrize("ending", ["csv", "jsonl", "xlsx", "parquet"])
def test_a_missing_table_is_one_line(tmp_path, ending):
    (error,) = rows(tmp_path / f"none.{ending}")
    assert str(error).startswith(f"{tmp_path}/none.{ending}: ")


def test_a_bad_row_is_told_with_its_place_and_the_rest_is_read(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        "id,text,channel,to,ignore\na,x,Connection Note,Ann Lee at Datadog,ask003 PER\n,,,,\nb,,email,,\nc,y,pigeon,,\nd,z,,,\n"
    )
    found = list(read_sources([str(path)], lambda file: file.draft({}, {})))
    good = [source for source in found if isinstance(source, Source)]
    assert [(s.row, s.key, s.ignore) for s in good] == [
        (2, "a", ("ASK003", "PER")),
        (5, "c", ()),
        (6, "d", ()),
    ]
    assert good[0].draft.channel == "connection_note"
    assert good[0].draft.recipient.company == "Datadog"
    assert [str(error).removeprefix(str(path)) for error in found if not isinstance(error, Source)] == [
        ":4: the row has no text",
    ]


def test_a_foreign_word_is_left_aside_aloud(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("text,Channel,stage,purpose\nx,LinkedIn,bump,Sales\ny,pigeon,Follow-up 2,Zeal\nz,owl,,\n")
    notes = []
    found = list(read_sources([str(path)], lambda file: file.draft({}, {}), note=notes.append))
    assert [(s.draft.channel, s.draft.stage, s.draft.purpose) for s in found] == [
        ("message", "follow_up", "sales"),
        ("message", "follow_up", None),
        ("message", "initial", None),
    ]
    assert sorted(notes) == [
        f"{path}: column Channel, 2 rows: no channel that is known here, left aside; known are "
        "connection_note, message, inmail, email",
        f"{path}: column purpose, 1 row: no purpose that is known here, left aside; known are "
        + ", ".join(PURPOSES),
    ]


def test_html_is_read_as_text_and_said(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        'name,bodyHtml\na,"<p>Hi {{first_name}},</p><p>R&amp;D?</p>"\nb,R&amp;D < 3\nc,<p> </p>\n'
    )
    notes = []
    plain, left, blank = read_rows(str(path), note=notes.append)
    assert plain.values["text"] == "Hi {{first_name}},\n\nR&D?"
    assert left.values["text"] == "R&amp;D < 3"
    assert str(blank) == f"{path}:4: the row has no text"
    assert notes == [f"{path}: column bodyHtml, 2 rows: HTML, read as the text that its readers see"]


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("message", ["message", "LinkedIn", "LinkedIn message", "linkedin_dm"]),
        (
            "connection_note",
            ["Connection note", "connection request", "LinkedIn invitation", "Invite", "connect"],
        ),
        ("inmail", ["InMail", "LinkedIn InMail"]),
        ("email", ["E-mail", "Email 2", "MAIL"]),
        (None, ["pigeon", "linked in a chain", "", "2"]),
    ],
)
def test_what_people_call_channels(channel, words):
    assert {choice_of("channel", each) for each in words} == {channel}


def test_tables_in_a_folder_are_part_of_it(tmp_path):
    (tmp_path / "b.csv").write_text("text\nfirst\nsecond\n")
    (tmp_path / "a.md").write_text("alone")
    found = list(read_sources([str(tmp_path)], lambda file: file.draft({}, {})))
    assert [(source.draft.text, source.row) for source in found] == [
        ("alone", None),
        ("first", 2),
        ("second", 3),
    ]


def test_a_list_of_recipients_in_a_folder_is_no_part_of_the_library(tmp_path):
    (tmp_path / "people.csv").write_text("first_name,company\nAnn,Datadog\n")
    (tmp_path / "a.md").write_text("alone")
    found = list(read_sources([str(tmp_path)], lambda file: file.draft({}, {})))
    assert [source.path for source in found] == [str(tmp_path / "a.md")]
    (named,) = read_sources([str(tmp_path / "people.csv")], lambda file: file.draft({}, {}))
    assert "no column with the drafts" in str(named)
