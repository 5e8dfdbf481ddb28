"""Reading tables: every kind and encoding, places of rows, and rows that can't be read."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from scorer.errors import InputError
from scorer.tables import BadRow, Place, Row, cell_text, read_table

TEXT = "Hi Zoë,\r\n\r\nstill “free” on Thursday?\nTom"


def values(table):
    return [row.values for row in table if isinstance(row, Row)]


def bad(table):
    return [(row.place.row, row.reason) for row in table if isinstance(row, BadRow)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize(("ending", "mark"), [("csv", ","), ("csv", ";"), ("csv", "|"), ("tsv", "\t")])
def test_delimited_text_in_any_dress(tmp_path, encoding, ending, mark):
    path = tmp_path / f"t.{ending}"
    lines = [mark.join(cells) for cells in (["Name", "Body"], ["a", f'"{TEXT}"'], ["b", '"x, ""y"";"'])]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    table = read_table(str(path))
    assert table.columns == ("Name", "Body")
    assert list(table) == [
        Row(Place(str(path), 2), {"Name": "a", "Body": TEXT}),
        Row(Place(str(path), 6), {"Name": "b", "Body": 'x, "y";'}),
    ]
    assert values(table) == values(table), "each pass reads the file anew"
    assert table.encoding == ("utf-16-le" if encoding == "utf-16-le" else encoding)


def test_repeated_nameless_and_missing_columns(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("id,text,text,,\n1,a,b,c\n\n2,x\n3,a,b,c,d\n")
    table = read_table(str(path))
    assert table.columns == ("id", "text", "text (2)")
    path.write_text("id,text,text,,note\n1,a,b,c\n\n2,x\n3,a,b,c,d,e,f\n")
    table = read_table(str(path))
    assert table.columns == ("id", "text", "text (2)", "column 4", "note")
    assert values(table) == [
        {"id": "1", "text": "a", "text (2)": "b", "column 4": "c", "note": ""},
        {"id": "2", "text": "x", "text (2)": "", "column 4": "", "note": ""},
    ]
    assert bad(table) == [(5, "7 cells where the header has 5; is a quotation mark missing?")]


def test_notes_above_the_header_are_passed_over(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text('Notes:\n"a, long ""note"""\n\nFirst Name,URL\nAnn,x\n')
    table = read_table(str(path), header=("first_name",))
    assert table.columns == ("First Name", "URL")
    assert [str(row.place) for row in table] == [f"{path}:5"]
    assert read_table(str(path)).columns == ("Notes:",)


def test_after_an_open_quote_reading_goes_on_with_the_next_line(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text('id,text\n1,"never closed\n2,fine\n3,"also\nfine"\n4,"bad" end\n5,good\n')
    table = read_table(str(path))
    assert [row["id"] for row in values(table)] == ["2", "3", "5"]
    assert bad(table) == [
        (2, "a quotation mark is opened and never closed"),
        (6, "a quotation mark stands inside a cell; double it"),
    ]
    assert next(iter(table)).values == {"": '1,"never closed'}, "what was written there is kept"


def test_a_damaged_row_is_told_and_the_others_are_read(tmp_path):
    path = tmp_path / "t.csv"
    good = "é" * 50
    path.write_bytes(f"id,text\n1,{good}\n".encode() + b"2,a\x00b\n3,\xff\xfe\n" + b"4,ok\n")
    table = read_table(str(path))
    assert table.encoding == "utf-8"
    assert [row["id"] for row in values(table)] == ["1", "4"]
    assert bad(table) == [(3, "holds a NUL byte"), (4, "holds bytes that are no text in the file's encoding")]


def test_json_lines(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text("\n".join([json.dumps({"text": TEXT, "n": 3}), "", "{broken", "[1]", '{"body": "x"}']))
    table = read_table(str(path))
    assert table.columns == ("text", "n", "body")
    assert values(table) == [{"text": TEXT, "n": 3}, {"body": "x"}]
    assert bad(table) == [(3, "not valid JSON"), (4, "not a JSON object")]


def test_xlsx(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    for cells in ((None,), ("id", "text", "sent"), ("a", TEXT, 40), (None, None, None), ("b", "x", 2.5)):
        book.active.append(cells)
    book.create_sheet("More").append(["text"])
    book["More"].append(["y"])
    path = tmp_path / "t.xlsx"
    book.save(path)
    table = read_table(str(path))
    assert [(row.place.row, row.values["sent"]) for row in table] == [(3, 40), (5, 2.5)]
    assert [str(row.place) for row in read_table(str(path), sheet="More")] == [f"{path}[More]:2"]
    with pytest.raises(InputError, match="has no sheet of that name; it has Sheet, More"):
        read_table(str(path), sheet="x")


def test_parquet(tmp_path):
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "t.parquet"
    parquet.write_table(
        arrow.table({"text": [TEXT, None, "x"], "sent": [1, None, 3]}), path, row_group_size=2
    )
    table = read_table(str(path))
    assert table.columns == ("text", "sent")
    assert [(row.place.row, row.values["sent"]) for row in table] == [(1, 1), (3, 3)]


def test_a_huge_cell_ends_the_table_with_its_place_and_little_memory(tmp_path):
    path = tmp_path / "t.csv"
    with path.open("wb") as file:
        file.write(b'id,text\n1,fine\n2,"')
        file.truncate(1 << 30)  # a gigabyte of nothing
    table, read = read_table(str(path)), []
    with pytest.raises(
        InputError, match=r"t\.csv:3: a cell that begins here has more than 1000000 characters"
    ):
        read.extend(table)
    assert [row.values["id"] for row in read] == ["1"]


def test_a_huge_line_of_json_is_one_bad_row(tmp_path):
    path = tmp_path / "t.jsonl"
    path.write_text('{"text": "' + "x" * 9_000_000 + '"}\n{"text": "y"}\n')
    table = read_table(str(path))
    assert bad(table) == [(1, "longer than 4000000 characters")]
    assert values(table) == [{"text": "y"}]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.csv", b"", "is empty"),
        ("t.csv", b"\n\n", "has no header"),
        ("t.ods", b"x", "not a table that is read"),
        ("t.xlsx", b"PK\x03\x04 no archive", "not an XLSX file that can be read"),
        ("t.parquet", b"PAR1 no parquet PAR1", "not a Parquet file that can be read"),
    ],
)
def test_what_is_no_table_is_one_line(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=said) as caught:
        list(read_table(str(path)))
    assert "\n" not in str(caught.value)
    with pytest.raises(InputError, match=r"No such file|not a table"):
        read_table(str(tmp_path / "none" / name))


def test_cells_as_text():
    assert cell_text(datetime(2026, 1, 2)) == "2026-01-02"
    assert cell_text(datetime(2026, 1, 2, 15, 30)) == "2026-01-02T15:30:00"
    assert [cell_text(cell) for cell in (None, "a", 3, 3.0, 2.5, True, float("nan"))] == [
        "", "a", "3", "3", "2.5", "true", "",
    ]  # fmt: skip
