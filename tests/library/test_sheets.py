"""Workbooks whose drafts stand in another sheet than the first, or in several."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from scorer.cli.app import app
from scorer.library.sources import Source, read_sources
from scorer.schema import Draft

TEXT = "Hi Priya, your note on kiln sensors was of use to me. Which sensor did you settle on?"


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    book = Workbook()
    book.active.title = "Read me"
    book.active.append(["How to use this file"])
    book.active.append(["Copy a template, fill it in."])
    return book


def read(path: Path) -> list[tuple[str, str]]:
    sources = read_sources([str(path)], lambda file: Draft(text=file.values["text"], id=file.values["id"]))
    return [
        (each.name if isinstance(each, Source) else str(each)).replace(f"{path.parent}/", "")
        for each in sources
    ]


def test_the_sheet_with_drafts_is_found(book: Workbook, tmp_path: Path) -> None:
    sheet = book.create_sheet("Templates")
    for row in (["Name", "Body"], ["one", TEXT], ["two", f"{TEXT} Thanks."]):
        sheet.append(row)
    book.save(tmp_path / "b.xlsx")
    assert read(tmp_path / "b.xlsx") == ["b.xlsx:2 (one)", "b.xlsx:3 (two)"]


def test_all_sheets_with_drafts_are_read_and_named(book: Workbook, tmp_path: Path) -> None:
    for title, column in (("First", "Body"), ("Follow-ups", "Message"), ("Old", "Body")):
        sheet = book.create_sheet(title)
        for row in (
            [f"{title} messages", None],
            ["Name", column],
            [title.lower(), f"{TEXT} {title}."],
            ["gap", None],
        ):
            sheet.append(row)
    book["Old"].sheet_state = "hidden"
    book.create_sheet("People").append(["First name", "Company"])
    book.save(tmp_path / "b.xlsx")
    assert read(tmp_path / "b.xlsx") == [
        "b.xlsx[First]:3 (first)", "b.xlsx[First]:4: the row has no text",
        "b.xlsx[Follow-ups]:3 (follow-ups)", "b.xlsx[Follow-ups]:4: the row has no text",
    ]  # fmt: skip


def test_without_any_the_error_is_as_for_other_tables(book: Workbook, tmp_path: Path) -> None:
    book.save(tmp_path / "b.xlsx")
    (told,) = read(tmp_path / "b.xlsx")
    assert "no column with the drafts" in told


def test_sheets_survive_the_cache_and_reach_the_outputs(
    book: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for title in ("First", "Second"):
        sheet = book.create_sheet(title)
        sheet.append(["Body"])
        sheet.append([f"{TEXT} {title}."])
    book.save("b.xlsx")
    made = []
    for _ in range(2):
        arguments = ["batch", "b.xlsx", "--cache", "kept", "--to", "o.jsonl", "--to", "o.csv", "--quiet"]
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, result.output
        made.append((Path("o.jsonl").read_text(), Path("o.csv").read_text()))
    assert made[0] == made[1]
    sources = [json.loads(line)["source"] for line in made[0][0].splitlines()]
    assert [(s["sheet"], s["row"]) for s in sources] == [("First", 2), ("Second", 2)]
    assert "b.xlsx[First]:2" in made[0][1]
    shown = CliRunner().invoke(app, ["batch", "b.xlsx", "--dry-run"]).stdout
    assert "b.xlsx[First]\n  text" in shown
    assert "b.xlsx[Second]\n  text" in shown


def test_check_and_same_name_the_sheet(
    book: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for title in ("March", "April"):
        sheet = book.create_sheet(title)
        for row in (["Name", "Body"], ["intro", f"{TEXT} Let me pick your brain ASAP."]):
            sheet.append(row)
    book.save("b.xlsx")

    def run(*arguments: str) -> str:
        return CliRunner().invoke(app, [*arguments, "b.xlsx"]).stdout

    shown = run("check", "--format", "concise", "--show", "hint")
    assert "b.xlsx[March]:2" in shown
    assert "b.xlsx[April]:2" in shown
    drafts = json.loads(run("check", "--format", "json"))["drafts"]
    assert [draft["sheet"] for draft in drafts] == ["March", "April"]
    issues = json.loads(run("check", "--format", "gitlab"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) > 0
    (cluster,) = json.loads(run("same", "--format", "json"))["clusters"]
    assert [member["sheet"] for member in cluster["members"]] == ["March", "April"]
