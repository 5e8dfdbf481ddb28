"""Libraries as people keep them: exports beside notes, reports beside what they report on, two runs at once."""

import json
import os
import threading
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from scorer.cli.app import app
from scorer.config import Config
from scorer.drafts import parse_draft
from scorer.errors import InputError
from scorer.library.columns import ColumnMap
from scorer.library.sources import Source, read_sources
from scorer.library.stored import Store, maker_of
from scorer.schema import Draft, Versions
from scorer.tables.delimited import delimiter_of

TEXT = "Hi Priya, your note on kiln sensors was of use to me, truly. Which sensor did you settle on, and why?"


def read(*paths: Path, told: dict[str, str] | None = None) -> list[str]:
    def complete(file):
        values = {key: file.values[key] for key in ("text", "id", "channel", "stage") if key in file.values}
        return Draft(**values)

    found = read_sources([str(path) for path in paths], complete, told=told)
    return [f"{e.draft.id} {e.draft.stage}" if isinstance(e, Source) else str(e) for e in found]


@pytest.mark.parametrize(
    ("head", "delimiter"),
    [
        (f"Name;Body\none;{TEXT}\ntwo;{TEXT}, {TEXT}\n", ";"),
        (f"Name\tBody\none\t{TEXT}\n", "\t"),
        (f'Name,Body\none,"{TEXT}"\ntwo,"a; b; c; d"\n', ","),
        ("Exported on Monday, 3 May\nName;Body;Sent\none;Hi, you, there, all;1\n", ";"),
        ("text\nHello there\n", ","),
        (
            'name;text\na;"Hi Ann,\nyour talk, and the notes.\nThanks,\nMax"\nb;"Hi Bob,\nyes, ""so"".\nThanks,\nMax"\n',
            ";",
        ),
        ('name,text\na,"one; two;\nthree; four;\nfive; six; and it is cut off he', ","),
    ],
)
def test_the_delimiter_is_what_every_row_has(head: str, delimiter: str) -> None:
    assert delimiter_of("t.csv", head) == delimiter


def test_a_title_beside_people_is_a_job() -> None:
    columns = ColumnMap.of(("First Name", "Title", "Email", "Body"))
    assert "id" not in columns.fields
    assert columns.fields["recipient_role"] == "Title"
    assert ColumnMap.of(("Title", "Body")).fields["id"] == "Title"
    assert ColumnMap.of(("First Name", "Title", "Body"), {"id": "Title"}).fields["id"] == "Title"


def test_counts_are_handed_on_and_words_of_people_are_not() -> None:
    counts = (
        "deliverCount",
        "Reply Rate",
        "allEmailsRepliedCount",
        "total_opens",
        "Sent at",
        "replied",
        "Variant",
    )
    words = ("Reply text", "Opener", "Opening line", "discount", "Sent by")
    columns = ColumnMap.of(("text", *counts, *words))
    assert columns.kept == counts
    assert columns.kept_of(
        {"replied": "No thanks, call Jane.", "Sent at": "2024-05-01T10:00Z", "Variant": "Short"}
    ) == (dict.fromkeys(counts, "") | {"Sent at": "2024-05-01T10:00Z", "Variant": "Short"})


def test_linked_folders_are_read_once_and_without_loops(tmp_path: Path) -> None:
    library, other = tmp_path / "lib", tmp_path / "other"
    (library / "real").mkdir(parents=True)
    other.mkdir()
    (library / "real" / "a.txt").write_text(TEXT)
    (other / "b.txt").write_text(TEXT)
    for name, target in (("again", library / "real"), ("up", tmp_path), ("more", other), ("most", other)):
        (library / name).symlink_to(target)
    (other / "back").symlink_to(library)
    found = read_sources([str(library)], lambda file: file.draft({}, {}))
    assert [each.path for each in found if isinstance(each, Source)] == [
        str(library / "real" / "a.txt"),
        str(library / "more" / "b.txt"),
    ]


def test_a_row_that_heads_groups_of_columns_is_not_the_header(tmp_path: Path) -> None:
    rows = [
        ["Contact", "", "Message", ""],
        ["Name", "Company", "Subject", "Body"],
        ["a", "x", "message", TEXT],
    ]
    book = Workbook()
    for row in rows:
        book.active.append([cell or None for cell in row])
    book.save(tmp_path / "t.xlsx")
    (tmp_path / "t.csv").write_text("".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows))
    assert read(tmp_path / "t.csv", tmp_path / "t.xlsx") == ["a initial"] * 2


def test_counts_are_numbers_and_any_file_name_can_be_written(tmp_path: Path) -> None:
    from openpyxl import load_workbook
    from pyarrow import parquet

    table = Path(os.fsdecode(os.fsencode(tmp_path) + b"/x\xff.csv"))
    table.write_text(f'text,Sent,Reply rate,Step\n"{TEXT}",1200,0.5,01\n"{TEXT} Thanks.",,1,2\n')
    result = batch(table, "--no-cache", "--to", tmp_path / "o.parquet", "--to", tmp_path / "o.xlsx")
    assert result.exit_code == 0, result.output
    rows = parquet.read_table(tmp_path / "o.parquet").to_pylist()
    assert [(r["Sent"], r["Reply rate"], r["Step"]) for r in rows] == [(1200, 0.5, "01"), (None, 1.0, "2")]
    assert rows[0]["path"].endswith("/x\ufffd.csv")
    names, *cells = load_workbook(tmp_path / "o.xlsx").active.values
    assert [row[names.index("Sent")] for row in cells] == [1200, None]


def test_codes_to_ignore_may_stand_between_semicolons(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f'text,ignore\n"{TEXT}","ask003;TON015, PER"\n')
    (source,) = read_sources([str(tmp_path / "t.csv")], lambda file: file.draft({}, {}))
    assert isinstance(source, Source)
    assert source.ignore == ("ASK003", "TON015", "PER")


def test_a_column_of_the_same_name_but_of_another_trade_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "apollo.csv").write_text(
        f'id,Stage,Account,Body\n1,Cold,ACME,"{TEXT}"\n2,Warm,Zeta,"{TEXT}"\n'
    )
    assert read(tmp_path / "apollo.csv") == ["1 initial", "2 initial"]


def test_what_is_told_of_columns_holds_for_the_tables_that_have_them(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'id,Words\n1,"{TEXT}"\n')
    (tmp_path / "b.csv").write_text(f'id,Body\n2,"{TEXT}"\n')
    (tmp_path / "people.csv").write_text("first name,company\nAnn,ACME\n")
    assert read(tmp_path, told={"text": "Words"}) == ["1 initial", "2 initial"]
    wrong = read(tmp_path / "a.csv", told={"text": "Wrods"})
    assert len(wrong) == 1
    assert "did you mean" in wrong[0].lower()


def test_text_of_older_windows_programs_is_read() -> None:
    text = "Hi Zoë, it’s about your café – a £5 idea. Which day suits you?"
    draft = parse_draft(text.encode("cp1252"), "d.txt")
    assert (draft.values["text"], draft.encoding) == (text, "cp1252")
    for broken in (b"Hi \xff there", b"Hi \x81x", "Zoë".encode("cp1252") + b" \xf0\x9f\x98"):
        with pytest.raises(InputError, match="not valid UTF-8"):
            parse_draft(broken, "d.txt")


def test_what_is_given_twice_is_read_once(tmp_path: Path) -> None:
    folder = tmp_path / "lib"
    folder.mkdir()
    table, draft = folder / "t.csv", folder / "d.txt"
    table.write_text(f'id,body\n1,"{TEXT}"\n')
    draft.write_text(TEXT)
    expected = sorted(read(folder))
    assert len(expected) == 2
    assert sorted(read(table, folder, draft, folder)) == expected


def test_a_table_on_standard_input_is_not_taken_for_one_draft() -> None:
    result = CliRunner().invoke(
        app, ["check", "-", "--stdin-filename", "lib.csv"], input=f"id,body\n1,{TEXT}\n"
    )
    assert result.exit_code == 2
    assert "lib.csv: a table is not read from standard input" in result.stderr


def test_files_that_exist_are_named_whatever_their_names(tmp_path: Path) -> None:
    name = f"two\nlines and a good many words {'x' * 120}.txt"
    (tmp_path / name).write_text("")
    assert "the file given" not in read(tmp_path / name)[0]


def batch(*arguments: object):
    return CliRunner().invoke(app, ["batch", *map(str, arguments), "--quiet"])


def test_reports_beside_the_library_are_no_drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text(f'id,body\n1,"{TEXT}"\n2,\n')
    for _ in range(2):
        for kind in ("csv", "jsonl", "md"):
            result = batch(".", "--no-cache", "--to", f"o.{kind}")
            assert result.exit_code == 0, result.output
    rows = [json.loads(line) for line in Path("o.jsonl").read_text().splitlines()]
    assert [row["source"]["path"] for row in rows] == ["t.csv"]


def test_what_is_left_aside_is_said_once_on_standard_error(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f'id,channel,body\n1,owl,"{TEXT}"\n2,owl,"{TEXT} Thanks."\n')
    said = f"{table}: column channel, 2 rows: no channel that is known here"
    for command in (["batch", "--no-cache", "--jobs", "2"], ["check"], ["same"]):
        result = CliRunner().invoke(app, [*command, str(table)])
        assert result.stderr.count(said) == 1, result.output
    assert said in CliRunner().invoke(app, ["batch", str(table), "--dry-run"]).stdout


def test_a_library_is_not_written_over(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(f'id,body\n1,"{TEXT}"\n')
    result = batch(table, "--no-cache", "--to", table)
    assert result.exit_code == 2
    assert "written over" in result.stderr
    assert table.read_text().startswith("id,body")


def test_a_draft_in_the_librarys_folder_is_not_written_over(tmp_path: Path) -> None:
    library = tmp_path / "lib"
    library.mkdir()
    table, draft = library / "t.csv", library / "a.md"
    table.write_text(f'id,body\n1,"{TEXT}"\n')
    draft.write_text(TEXT)
    for target in (table, draft):
        result = batch(library, "--no-cache", "--to", target)
        assert result.exit_code == 2
        assert "written over" in result.stderr
    assert table.read_text().startswith("id,body")
    assert draft.read_text() == TEXT
    for _ in range(2):
        assert (
            batch(library, "--no-cache", "--to", library / "o.md", "--to", library / "o.csv").exit_code == 0
        )


def test_somebody_elses_file_is_not_removed(tmp_path: Path) -> None:
    table, notes = tmp_path / "t.csv", tmp_path / "notes.jsonl"
    table.write_text(f'id,body\n1,"{TEXT}"\n')
    notes.write_text('{"mine": 1}\n')
    assert batch(table, "--no-cache", "--rejects", notes).exit_code == 0
    assert notes.read_text() == '{"mine": 1}\n'
    table.write_text(f'id,body\n1,"{TEXT}"\n2,\n')
    rejects = tmp_path / "r.jsonl"
    assert batch(table, "--no-cache", "--rejects", rejects).exit_code == 0
    assert rejects.exists()
    table.write_text(f'id,body\n1,"{TEXT}"\n')
    assert batch(table, "--no-cache", "--rejects", rejects).exit_code == 0
    assert not rejects.exists()


def test_another_model_in_the_same_folder_makes_other_reports(tmp_path: Path) -> None:
    config = Config(response_model=str(tmp_path))
    makers = set()
    for content in ("one", "two", "two"):
        (tmp_path / "manifest.json").write_text(content)
        makers.add(maker_of(Versions("1", "m", "p"), config, 8))
    assert len(makers) == 2


def test_two_runs_share_a_cache(tmp_path: Path) -> None:
    failed: list[BaseException] = []

    def work(maker: str) -> None:
        try:
            store = Store(str(tmp_path / "cache"), maker)
            for number in range(150):
                key = store.add(Source(Draft(text=f"{maker} {number}"), None))
                assert not store.has(key)
                store.put([(key, json.dumps({"score": number}))])
                assert store.has(key)
            store.finish()
            store.drop_others()
            store.close()
        except BaseException as error:
            failed.append(error)

    runs = [threading.Thread(target=work, args=(maker,)) for maker in "ab"]
    for each in runs:
        each.start()
    for each in runs:
        each.join()
    assert not failed
