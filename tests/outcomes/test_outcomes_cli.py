"""``score-draft outcomes`` as its user meets it: files in, tables and reports out, errors that repeat nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from outcomes import invented
from typer.testing import CliRunner

from scorer.cli.app import app
from scorer.outcomes import OutcomeTable
from scorer.outcomes import archive as archive_module
from scorer.outcomes.reading import read_outcomes

CANARY = "zebra-canary-42"
SAMPLES = Path(__file__).parents[2] / "data" / "outcomes"


@pytest.fixture(autouse=True)
def _place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def run(*args):
    return CliRunner().invoke(app, ["outcomes", *map(str, args)])


def refused(*args):
    """Return the one line with which a command refuses."""
    result = run(*args)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert CANARY not in result.stderr
    return result.stderr


def archive(path, seed=1, generation="2026", **options):
    made = invented.invent(seed, **options)
    invented.zipped(path, made.files(generation), folder="Basic_LinkedInDataExport/")
    return made


def test_from_an_archive_to_a_report():
    made = archive(Path("a.zip"), people=80)
    said = run("read", "a.zip", "--to", "t.jsonl")
    assert said.exit_code == 0
    assert "left out: duplicated rows 3" in said.stdout
    rows = OutcomeTable.load("t.jsonl").messages
    known = [t for t in made.truth if t.channel != "connection_note" and t.replied is not None]
    replied = sum(t.replied for t in known)
    text = run("report", "t.jsonl", "--by", "stage,channel,length").stdout
    assert f"{replied} of {len(known)} messages sent were answered" in text
    assert sum(row.known for row in rows) == len(known)
    report = json.loads(run("report", "t.jsonl", "--by", "stage", "--format", "json").stdout)
    assert report["schema_version"] == 1
    assert report["overall"][0]["n_replied"] == replied
    groups = report["sections"][0]["groups"]
    assert sum(group["n_sent"] for group in groups) == len(known)


def test_alone_the_command_says_what_there_is():
    result = run()
    assert result.exit_code == 0
    assert "forget" in result.stdout


def test_reading_again_changes_nothing_and_a_newer_archive_adds():
    archive(Path("a.zip"))
    run("read", "a.zip", "--to", "t.jsonl")
    before = OutcomeTable.load("t.jsonl")
    assert "0 rows are new" in run("read", "a.zip", "--to", "t.jsonl").stdout
    after = OutcomeTable.load("t.jsonl")
    assert after.rows == before.rows
    assert len(after.provenance) == 1


def test_the_window_and_the_last_day_can_be_set():
    archive(Path("a.zip"))
    run("read", "a.zip", "--to", "a.jsonl")
    run("read", "a.zip", "--to", "b.jsonl", "--window", "1", "--as-of", "2026-06-01")
    usual, short = OutcomeTable.load("a.jsonl"), OutcomeTable.load("b.jsonl")
    assert all(row.known for row in short.messages)
    assert sum(row.replied or 0 for row in short) < sum(row.replied or 0 for row in usual)


@pytest.mark.parametrize("form", ["csv", "html", "text"])
def test_reports_show_no_words_of_messages_unless_asked(form):
    made = invented.Archive()
    for number in range(30):
        at = invented.START.replace(minute=number)
        them = (f"Ann {CANARY} {number}", f"https://www.linkedin.com/in/{CANARY}-{number}")
        made.say(
            f"c{number}",
            (invented.ME, invented.MY_URL),
            [them],
            at,
            f"Hello Ann, one question on the {CANARY} of yours: why?",
        )
    made.say(
        "z", (invented.ME, invented.MY_URL), [("Z", "https://www.linkedin.com/in/z")], invented.AS_OF, "Bye"
    )
    invented.zipped(Path("a.zip"), made.files("2026"))
    read = run("read", "a.zip", "--to", "t.jsonl")
    assert CANARY not in read.output
    assert (
        CANARY
        not in run("report", "t.jsonl", "--by", "template,length,stage,channel", "--format", form).output
    )
    assert CANARY not in run("list", "t.jsonl").output
    shown = run("report", "t.jsonl", "--by", "template", "--format", form, "--show-text")
    assert CANARY in shown.output


def test_no_name_and_no_address_of_anybody_is_kept():
    made = archive(Path("a.zip"), people=60)
    run("read", "a.zip", "--to", "t.jsonl")
    kept = "".join(path.read_text() for path in Path().iterdir() if path.suffix != ".zip")
    people = [row for row in made.messages if row["FROM"] != invented.ME] + made.invitations
    assert len(people) > 20
    assert "linkedin.com" not in kept
    for row in made.connections:
        assert f"{row['First Name']} {row['Last Name']}" not in kept
    assert "Good question" not in kept  # what others wrote


def test_someone_is_forgotten_by_name_or_address_and_stays_forgotten():
    made = archive(Path("a.zip"), people=40)
    run("read", "a.zip", "--to", "t.jsonl")
    known = [t for t in made.truth if t.name]
    by_name, by_address = known[0], next(t for t in known if t.name != known[0].name)
    for person, truth in ((by_name.name, by_name), (by_address.person, by_address)):
        count = sum(t.person == truth.person for t in made.truth)
        said = run("forget", person, "--from", "t.jsonl").stdout
        assert said.startswith(f"removed {count} row")
        assert person not in said
    size = len(OutcomeTable.load("t.jsonl"))
    assert "people who were forgotten" in run("read", "a.zip", "--to", "t.jsonl").stdout
    assert len(OutcomeTable.load("t.jsonl")) == size


def test_a_table_without_its_key_is_not_added_to():
    archive(Path("a.zip"))
    run("read", "a.zip", "--to", "t.jsonl")
    Path(".score-draft-salt").unlink()
    before = Path("t.jsonl").read_bytes()
    assert ".score-draft-salt: missing" in refused("read", "a.zip", "--to", "t.jsonl")
    assert ".score-draft-salt: missing" in refused("forget", CANARY, "--from", "t.jsonl")
    assert Path("t.jsonl").read_bytes() == before


def test_namesakes_are_not_forgotten_unasked():
    made = invented.Archive()
    for number in range(2):
        them = ("Ann Lee", f"https://www.linkedin.com/in/ann-{number}")
        made.say(f"c{number}", (invented.ME, invented.MY_URL), [them], invented.START, "Hi Ann")
    invented.zipped(Path("a.zip"), made.files("2026"))
    run("read", "a.zip", "--to", "t.jsonl")
    assert "2 people go by that name" in refused("forget", "Ann Lee", "--from", "t.jsonl")
    assert run("forget", "Ann Lee", "--from", "t.jsonl", "--namesakes").stdout.startswith("removed 2 rows")


def test_an_answer_is_noted_by_hand():
    archive(Path("a.zip"))
    run("read", "a.zip", "--to", "t.jsonl")
    row = next(row for row in OutcomeTable.load("t.jsonl") if row.replied is False)
    assert run("add", row.id, "positive", "--to", "t.jsonl").exit_code == 0
    noted = next(r for r in OutcomeTable.load("t.jsonl") if r.id == row.id)
    assert (noted.replied, noted.positive, noted.n_replied, noted.n_positive) == (True, True, 1, 1)
    assert "no message of that id" in refused("add", "none", "no", "--to", "t.jsonl")
    assert "RESULT must be one of" in refused("add", row.id, CANARY, "--to", "t.jsonl")


def test_the_samples_are_what_their_maker_makes_and_can_be_read():
    made = __import__("runpy").run_path(str(SAMPLES / "make.py"))["files"]()
    for name, data in made.items():
        assert (SAMPLES / name).read_bytes() == data
    for name in ("linkedin-archive", "outreach-templates.csv", "heyreach-campaigns.csv"):
        assert run("read", SAMPLES / name, "--to", "t.jsonl").exit_code == 0
    assert len(OutcomeTable.load("t.jsonl").denominators) == 3
    text = run("report", "t.jsonl", "--by", "channel").stdout
    assert "such rates are never put together" in " ".join(text.split())


def _files(**files):
    invented.zipped(Path("x.zip"), {name.replace("__", "."): data for name, data in files.items()})
    return "x.zip"


MESSAGES = "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT\n"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"posts__json": b"{}", "notes__html": b"<p>"}, "another export"),
        ({"tweets__csv": b"a,b\n"}, "no LinkedIn archive"),
        ({"Connections__csv": b"First Name,Last Name,Connected On\n"}, "ask LinkedIn for the larger archive"),
        ({}, "is empty"),
        ({"messages__csv": b"FROM,TO\nzebra-canary-42,b\n"}, "messages.csv: has no column CONVERSATION ID and no SENDER"),
        ({"messages__csv": (MESSAGES + "1,a,u/a,b,2025-01-01,,x\n2,a,u/a,b,zebra-canary-42,,x\n").encode()}, "messages.csv:3: not a date"),
        ({"messages__csv": (MESSAGES + "1,a,u/a,b,25/01/2025,,x\n2,a,u/a,b,01/25/2025,,x\n").encode()}, "messages.csv:3: dates in two orders"),
        ({"messages__csv": (MESSAGES + "1,a,u/a,b,05/01/2025,,x\n").encode()}, "messages.csv:2: day/month or month/day"),
        ({"messages__csv": (MESSAGES + '1,a,u/a,b,2025-01-01,,"zebra-canary-42\n').encode()}, "messages.csv:2: a quotation mark is opened"),
        ({"messages__csv": (MESSAGES + "1,a,u/a,b,2025-01-01,,x\n1,b,u/b,a,2025-01-02,,y\n").encode()}, "can't tell whose archive"),
    ],
)  # fmt: skip
def test_what_is_no_archive_or_a_broken_one_is_refused_with_its_place(files, words):
    assert words in refused("read", _files(**files), "--to", "t.jsonl")
    assert not Path("t.jsonl").exists()
    assert not Path(".score-draft-salt").exists()


def test_other_bad_sources_and_options_are_refused():
    Path("half.zip").write_bytes(archive_bytes()[:3000])
    Path("~$book.xlsx").write_bytes(b"x")
    Path("book.xlsx").write_bytes(b"not a workbook")
    Path("notes.docx").write_text("x")
    archive(Path("a.zip"))
    for args, words in (
        (("read", "none.zip"), "no such file"),
        (("read", "half.zip"), "half.zip"),
        (("read", "~$book.xlsx"), "the lock that an office program keeps"),
        (("read", "book.xlsx"), "not an XLSX file that can be read"),
        (("read", "notes.docx"), "neither an archive nor a table"),
        (("read", "a.zip", "--window", "0"), "--window"),
        (("read", "a.zip", "--as-of", "soon"), "--as-of"),
        (("read", "a.zip", "--dates", "ymd"), "--dates must be one of"),
        (
            ("read", "a.zip", "--me", f"https://www.linkedin.com/in/{CANARY}"),
            "--me: that profile does not occur",
        ),
        (("read", "a.zip", "--map", "x"), "--map wants FIELD=COLUMN"),
    ):
        assert words in refused(*args, "--to", "t.jsonl")
        assert not Path("t.jsonl").exists()


def archive_bytes():
    archive(Path("whole.zip"))
    return Path("whole.zip").read_bytes()


def test_a_file_that_another_program_holds_says_so(monkeypatch):
    def held(*_, **__):
        raise PermissionError(13, "Permission denied")

    Path("t.csv").write_text("a,b\n")
    monkeypatch.setattr(archive_module, "open", held, raising=False)
    assert "t.csv: cannot be read; is it open in another program" in refused(
        "read", "t.csv", "--to", "t.jsonl"
    )


def test_a_bad_second_source_leaves_the_table_as_it_was():
    archive(Path("a.zip"))
    run("read", "a.zip", "--to", "t.jsonl")
    before = Path("t.jsonl").read_bytes()
    refused("read", _files(messages__csv=b"A,B\n1,2\n"), "--to", "t.jsonl")
    assert Path("t.jsonl").read_bytes() == before


@pytest.mark.parametrize("replies", [0, 5, 40])
def test_few_replies_none_or_nothing_but_replies_name_no_winner(replies):
    lines = "".join(f"{'short' if i % 2 else 'long'},{'yes' if i < replies else 'no'}\n" for i in range(40))
    Path("t.csv").write_text("kind,answered\n" + lines)
    run("read", "t.csv", "--to", "t.jsonl", "--map", "template=kind", "--map", "replied=answered")
    report = json.loads(run("report", "t.jsonl", "--by", "template", "--format", "json").stdout)
    assert {group["verdict"] for group in report["sections"][0]["groups"]} == {"not enough data"}
    assert all(group["more"] > 0 for group in report["sections"][0]["groups"])


def test_the_report_scores_texts_and_sees_purposes():
    run("read", SAMPLES / "outreach-templates.csv", "--to", "t.jsonl")
    report = json.loads(run("report", "t.jsonl", "--by", "score,purpose", "--format", "json").stdout)
    by = {section["by"]: {group["group"] for group in section["groups"]} for section in report["sections"]}
    assert by["score"] <= {"excellent", "good", "fair", "weak", "poor", "not scored"}
    assert by["purpose"]


def test_a_page_stands_alone_and_an_odd_template_name_stays_text():
    Path("t.csv").write_text("name,replyCount,deliverCount\n<script>alert(1)</script>,6,50\n=1+1,1,50\n")
    run("read", "t.csv", "--to", "t.jsonl")
    page = run("report", "t.jsonl", "--by", "template", "--format", "html").stdout
    assert "<script" not in page
    assert "http" not in page.split("</style>")[1].split("How to read this")[0]
    assert page.count("<svg") == 2
    assert "'=1+1" in run("report", "t.jsonl", "--by", "template", "--format", "csv").stdout


def test_the_report_is_a_frame_and_shows_itself_in_a_notebook(tmp_path):
    from scorer.outcomes.people import Hasher
    from scorer.outcomes.report import report_on

    table = read_outcomes(SAMPLES / "linkedin-archive", Hasher(b"0" * 32))
    report = report_on(table, ("stage", "channel"))
    frame = report.to_frame()
    assert list(frame["by"].unique()) == ["stage", "channel"]
    assert frame.loc[frame["by"] == "stage", "n_sent"].sum() == sum(row.known for row in table.messages)
    assert "<svg" in report._repr_html_()
    assert len(table.to_frame()) == len(table)


def test_nothing_heavy_is_loaded_to_read_an_archive():
    archive(Path("a.zip"))
    code = (
        "import sys\nfrom scorer.cli import main\nsys.argv = ['score-draft', 'outcomes', 'read', 'a.zip', '--to', 't.jsonl']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'spacy', 'sklearn', 'numpy', 'pandas', 'scipy', 'openpyxl'} & set(sys.modules)\nassert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_what_was_noted_by_hand_stays_and_waits_until_it_counts():
    archive(Path("a.zip"))
    run("read", "a.zip", "--to", "t.jsonl")
    rows = OutcomeTable.load("t.jsonl").messages
    young = next(row for row in rows if row.replied is None)
    unanswered = next(row for row in rows if row.replied is False)
    assert (
        "it counts once the message is old enough"
        in run("add", young.id, "replied", "--to", "t.jsonl").stdout
    )
    assert run("add", unanswered.id, "positive", "--to", "t.jsonl").stdout == "noted: positive\n"
    before = OutcomeTable.load("t.jsonl")
    assert "2 answers noted by hand stay as noted" in run("read", "a.zip", "--to", "t.jsonl").stdout
    assert OutcomeTable.load("t.jsonl").rows == before.rows
    by_id = {row.id: row for row in before}
    assert (by_id[young.id].replied, by_id[young.id].noted) == (None, "replied")
    assert (by_id[unanswered.id].replied, by_id[unanswered.id].positive) == (True, True)
    listed = run("list", "t.jsonl").stdout
    assert "replied, too young to count" in listed
    late = run("read", "a.zip", "--to", "t.jsonl", "--as-of", "2099-01-01").stdout
    assert "known up to 2099-01-01" in late
    assert {row.id: row.replied for row in OutcomeTable.load("t.jsonl")}[young.id] is True


def test_invitations_are_listed_as_accepted_or_not():
    archive(Path("a.zip"), people=60)
    run("read", "a.zip", "--to", "t.jsonl")
    invitations = OutcomeTable.load("t.jsonl").invitations
    lines = [line for line in run("list", "t.jsonl").stdout.splitlines() if "connection_note" in line]
    assert sum("  accepted" in line for line in lines) == sum(row.replied is True for row in invitations) > 0
    assert sum("  not accepted" in line for line in lines) == sum(row.replied is False for row in invitations)


def test_counters_that_take_the_place_of_older_ones_are_said():
    Path("jan.csv").write_text("name,replyCount,deliverCount\nA,10,100\nB,5,100\n")
    Path("feb.csv").write_text("name,replyCount,deliverCount\nA,12,120\nB,5,100\n")
    run("read", "jan.csv", "--to", "t.jsonl")
    assert "took the place" not in run("read", "jan.csv", "--to", "t.jsonl").stdout
    said = run("read", "feb.csv", "--to", "t.jsonl").stdout
    assert "took the place of older ones of the same template: 1" in said
