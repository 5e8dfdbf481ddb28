"""The example templates that are shipped for users say what they should."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from scorer.drafts import read_draft
from scorer.errors import InputError
from scorer.schema import Draft
from scorer.templates import check, infer
from scorer.templates.lists import read_recipients

FOLDER = Path(__file__).parents[2] / "data/examples/templates"
FILES = sorted(FOLDER.glob("[0-9]*.md"))


def test_there_are_about_twenty_in_at_least_eight_dialects():
    found = {getattr(infer(read_draft(str(path)).values["text"]).dialect, "key", None) for path in FILES}
    assert len(FILES) >= 20
    assert len(found) >= 8


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_only_those_that_say_so_are_broken(path):
    values = read_draft(str(path)).values
    draft = Draft.from_dict(values)
    codes = {f.code for f in check(draft) if f.severity == "error"}
    wanted = {"06-broken-brace": {"TPL004"}, "07-misspelt": {"TPL001"}, "08-mixed-tools": {"TPL005"}}
    assert codes == wanted.get(path.stem, set())


def test_the_list_of_recipients_has_gaps():
    people = read_recipients(str(FOLDER / "recipients.csv"))
    assert len(people.rows) == 6
    assert people.filled("first_name") == people.filled("company") == 5


def test_the_list_of_recipients_in_other_forms(tmp_path):
    import openpyxl

    people = read_recipients(str(FOLDER / "recipients.csv"))
    with (FOLDER / "recipients.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    book = openpyxl.Workbook()
    for cells in (rows[0], *(row.values() for row in rows)):
        book.active.append(list(cells))
    book.save(tmp_path / "people.xlsx")
    (tmp_path / "people.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "people.json").write_text(json.dumps(rows))
    for ending in ("xlsx", "jsonl", "json"):
        assert read_recipients(str(tmp_path / f"people.{ending}")).rows == people.rows


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("people.csv", 'name\n"Ann\n', ":2: a quotation mark is opened and never closed"),
        ("people.json", "[1]", "recipient 1 is not an object"),
        ("people.json", "{", ":1: not valid JSON"),
        ("people.txt", "Ann", "not a table that is read"),
        ("people.xlsx", "no book", "not an XLSX file that can be read"),
    ],
)
def test_bad_lists_are_refused_with_their_place(name, content, words, tmp_path):
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(InputError) as error:
        read_recipients(str(path))
    assert words in str(error.value)
    assert name in str(error.value)
