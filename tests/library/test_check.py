"""The gate on the command line: exit codes, baselines, formats, odd input; with a scorer without models."""

from __future__ import annotations

import json
import os
import random
import sys
from xml.etree import ElementTree

import pytest
from stub_scorer import StubScorer
from typer.testing import CliRunner

from scorer.cli import context
from scorer.cli.app import app
from scorer.cli.check import FORMATS

GOOD = "Hi Priya, loved your talk on Kafka. Which broker did you pick?\n"
BAD = "Hi Priya, I would like to pick your brain. When?\n"
WORST = "send me your password?\n"
CANARY = "zebra-canary-42"


class Stub(StubScorer):
    def __init__(self, config):
        self.config = config

    def score_many(self, drafts, *, n_jobs=1, suggestions=True):
        return (self.score(draft, suggestions=suggestions) for draft in drafts)


@pytest.fixture(autouse=True)
def _place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    for name in [name for name in os.environ if name.startswith("SCORE_DRAFT_")] + [
        "NO_COLOR",
        "FORCE_COLOR",
    ]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(context, "load_scorer", Stub)
    (tmp_path / "lib" / "deep").mkdir(parents=True)
    for name, text in (("good.txt", GOOD), ("bad.md", BAD), ("deep/worst.md", WORST)):
        (tmp_path / "lib" / name).write_text(text)


def run(*args, stdin=None):
    result = CliRunner().invoke(app, list(args), input=stdin)
    assert result.exit_code in (0, 1, 2), result.output
    return result


# --- exit codes


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("lib/good.txt",), 0),
        (("lib",), 1),  # an error, which is what the gate asks for unless told otherwise
        (("lib", "--fail-on", "never"), 0),
        (("lib/bad.md",), 0),
        (("lib/bad.md", "--fail-on", "warning"), 1),
        (("lib/bad.md", "--fail-on", "error", "--min-score", "80"), 0),
        (("lib/bad.md", "--min-score", "80.1"), 1),
        (("lib", "--exit-zero"), 0),
        (("nowhere",), 2),
        (("lib", "--min-score", "101"), 2),
        (("lib", "--format", "html"), 2),
        (("lib", "--format", "jsno"), 2),
        (("lib", "--fail-on", "fatal"), 2),
        (("lib", "--baseline", "none.json"), 2),
        (("lib", "--no-worse"), 2),
        (("lib", "--report", "sarif"), 2),
        (("lib", "--report", "word=x"), 2),
        (("lib", "--exit-zero", "nowhere"), 2),
    ],
)
def test_exit_codes(args, code):
    result = run("check", *args)
    assert result.exit_code == code
    if code == 2:
        assert len(result.stderr.strip().splitlines()[-1]) < 250
        assert result.stderr.startswith("score-draft: ")


def test_settings_of_the_project_set_the_gate(tmp_path):
    (tmp_path / "score-draft.toml").write_text('fail-on = "warning"\nmin-score = 50\n')
    assert run("check", "lib/bad.md").exit_code == 1
    (tmp_path / "score-draft.toml").write_text('fail-on = "never"\nformat = "html"\n')
    assert run("check", "lib").exit_code == 0


def test_standard_input_is_checked():
    assert run("check", "-", stdin=WORST).exit_code == 1
    assert "mail.md" in run("check", "-", "--stdin-filename", "mail.md", stdin=WORST).stdout


def test_what_fails_is_told_and_nothing_else():
    out = run("check", "lib").stdout
    assert "lib/deep/worst.md: 50.0 of 100, fair; 1 finding of severity error" in out
    assert "  1:1  error   SAF001  Never ask for it." in out
    assert "good.txt" not in out
    assert "bad.md" not in out
    assert "1 of 3 drafts does not pass." in out
    assert "Library score: mean 73.3, median 80.0, of 3 drafts." in out
    assert "ASK003" in run("check", "lib", "--show", "warning").stdout
    assert "ASK003" in run("check", "lib/bad.md", "--min-score", "85").stdout


# --- baseline


def test_a_baseline_lets_pass_what_was_there_and_stops_what_is_new(tmp_path):
    made = run("baseline", "write", "lib")
    assert made.exit_code == 0
    assert ".score-draft-baseline.json: 3 drafts, 2 findings" in made.stdout
    since = (
        "check",
        "lib",
        "--baseline",
        ".score-draft-baseline.json",
        "--fail-on",
        "hint",
        "--min-score",
        "85",
    )
    assert run(*since, "--no-worse").exit_code == 0
    (tmp_path / "lib/deep/worst.md").rename(tmp_path / "lib/elsewhere.md")
    (tmp_path / "lib/bad.md").write_text("A line above.\n\n" + BAD)
    assert run(*since, "--no-worse").exit_code == 0
    (tmp_path / "lib/bad.md").write_text(BAD + "I hope this finds you well.\n")
    result = run(*since)
    assert result.exit_code == 1
    assert (
        "lib/bad.md: 78.0 of 100, good; below the 85 that were asked for, and fallen from 80; 1 new"
        in result.stdout
    )
    assert "TON007" in result.stdout
    assert "ASK003" not in result.stdout


def test_the_librarys_score_must_not_fall(tmp_path):
    run("baseline", "write", "lib")
    against = ("check", "lib", "--baseline", ".score-draft-baseline.json", "--fail-on", "never")
    (tmp_path / "lib/new.md").write_text(WORST + WORST)
    assert run(*against).exit_code == 0
    result = run(*against, "--no-worse")
    assert result.exit_code == 1
    assert "Not passed: the library's mean score fell from 73.33 to 57.5." in result.stdout
    (tmp_path / "lib/new.md").write_text(GOOD + "And why?")
    assert run(*against, "--no-worse").exit_code == 0
    # A part of the library is judged with the rest as the baseline knows it.
    assert run("check", "lib/new.md", *against[2:], "--no-worse").exit_code == 0
    (tmp_path / "lib/good.txt").write_text(BAD + BAD)
    assert run("check", "lib/good.txt", *against[2:], "--no-worse").exit_code == 1


def test_scores_of_other_models_are_not_compared(tmp_path):
    run("baseline", "write", "lib", "--baseline", "b.json")
    data = (tmp_path / "b.json").read_text().replace('"stub 1"', '"older"')
    (tmp_path / "b.json").write_text(data)
    result = run("check", "lib", "--baseline", "b.json", "--no-worse")
    assert result.exit_code == 2
    assert "other models" in result.stderr
    assert run("check", "lib", "--baseline", "b.json", "--min-score", "85").exit_code == 0


def test_stale_entries_are_told_and_pruned(tmp_path):
    run("baseline", "write", "lib", "--baseline", "b.json")
    (tmp_path / "lib/bad.md").write_text(GOOD + "Once more, why?")
    out = run("check", "lib", "--baseline", "b.json").stdout
    assert "1 stale in the baseline" in out
    assert "  lib/bad.md: ASK003" in out
    assert "stale" not in run("check", "lib/good.txt", "--baseline", "b.json").stdout
    assert run("baseline", "prune", "lib", "--baseline", "b.json").stdout.startswith(
        "dropped lib/bad.md: ASK003\n"
    )
    assert "stale" not in run("check", "lib", "--baseline", "b.json").stdout
    (tmp_path / "lib/bad.md").write_text(BAD)
    assert run("check", "lib", "--baseline", "b.json", "--fail-on", "warning").exit_code == 1
    assert "1  SAF001" in run("baseline", "show", "--baseline", "b.json").stdout


def test_a_check_may_take_what_is_better_over(tmp_path):
    run("baseline", "write", "lib", "--baseline", "b.json")
    (tmp_path / "lib/bad.md").write_text(GOOD)
    run("check", "lib", "--baseline", "b.json", "--update-baseline")
    (tmp_path / "lib/bad.md").write_text(BAD)
    result = run("check", "lib", "--baseline", "b.json", "--min-score", "85")
    assert result.exit_code == 1
    assert run("check", "lib", "--select", "TON", "--baseline", "b.json").exit_code == 0


def test_no_baseline_is_written_from_a_library_that_cannot_be_read(tmp_path):
    (tmp_path / "lib/broken.md").write_bytes(b"\xff\x00\xff")
    assert run("baseline", "write", "lib").exit_code == 2
    assert not (tmp_path / ".score-draft-baseline.json").exists()


# --- formats


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_the_failing_draft_and_can_go_to_a_file(tmp_path, name):
    shown = run("check", "lib", "--format", name)
    assert shown.exit_code == 1
    assert "lib/deep/worst.md" in shown.stdout
    assert run("check", "lib", "-o", "made", "--format", name).stdout == ""
    assert (tmp_path / "made").read_text() == shown.stdout
    assert run("check", "lib", "--format", "text", "--report", f"{name}=also").exit_code == 1
    assert (tmp_path / "also").read_text() == shown.stdout


def test_json_is_one_object_with_the_verdict():
    made = json.loads(run("check", "lib", "--format", "json").stdout)
    assert (made["schema_version"], made["passed"], made["summary"]["failed"]) == (1, False, 1)
    worst = next(draft for draft in made["drafts"] if not draft["passed"])
    assert (worst["path"], worst["score"], worst["gate"]) == (
        "lib/deep/worst.md",
        50.0,
        "1 finding of severity error",
    )
    assert [(f["code"], f["line"], f["column"]) for f in worst["findings"]] == [("SAF001", 1, 1)]
    lines = run("check", "lib", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines[:-1]] == made["drafts"]
    assert json.loads(lines[-1])["summary"] == made["summary"]
    made = json.loads(run("check", "nowhere", "--format", "json").stdout)
    assert (made["passed"], made["summary"]["unreadable"]) == (
        False,
        ["nowhere: no such file; to score words typed here use --text"],
    )


def test_formats_for_machines_are_what_they_say():
    ElementTree.fromstring(run("check", "lib", "--format", "junit").stdout)
    issues = json.loads(run("check", "lib", "--format", "gitlab").stdout)
    assert {"description", "check_name", "fingerprint", "severity", "location"} <= set(issues[0])
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert all(issue["severity"] in {"info", "minor", "major", "critical", "blocker"} for issue in issues)
    result = run("check", "lib", "--format", "github")
    assert result.stdout.startswith("::error file=lib/deep/worst.md,line=1,")
    assert "good.txt" not in result.stdout
    assert "1 of 3 drafts does not pass." in result.stderr


def test_a_tables_column_may_be_named(tmp_path):
    (tmp_path / "t.csv").write_text(f'no,Wording\n1,"{WORST.strip()}"\n')
    assert "--map text=COLUMN" in run("check", "t.csv").stderr
    assert "t.csv:2: 50.0 of 100" in run("check", "t.csv", "--map", "text=Wording").stdout
    assert run("baseline", "write", "t.csv", "--map", "text=Wording").exit_code == 0
    assert run("same", "t.csv", "--map", "text=Wording").exit_code == 0
    assert run("check", "t.csv", "--map", "Wording").exit_code == 2


def test_colour_only_when_asked_for():
    assert "\x1b" not in run("check", "lib").stdout
    assert "\x1b[31m" in run("check", "lib", "--color", "always").stdout


# --- odd input


def test_what_cannot_be_read_is_told_and_the_rest_is_judged(tmp_path):
    (tmp_path / "lib/utf.md").write_bytes(b"\xff\xfe\x00caf\xe9" + CANARY.encode())
    (tmp_path / "lib/latin.md").write_bytes(f"caf\x81 {CANARY}".encode("latin-1"))
    (tmp_path / "lib/gone.md").symlink_to(tmp_path / "nowhere")
    (tmp_path / "lib/loop.md").symlink_to(tmp_path / "lib/loop.md")
    (tmp_path / "lib/front.md").write_text(f"---\nchanel: inmail {CANARY}\n---\nHi?")
    (tmp_path / "lib/big.md").write_bytes(b"x" * 1_000_001)
    os.mkfifo(tmp_path / "lib/pipe.md")
    result = run("check", "lib", "--fail-on", "never")
    assert result.exit_code == 2
    assert "drafts pass" in result.stdout
    for name in ("latin.md", "gone.md", "loop.md", "front.md", "big.md"):
        assert [line for line in result.stderr.splitlines() if f"lib/{name}" in line], name
    assert "pipe.md" not in result.output
    assert CANARY not in result.output


def test_a_path_below_a_file_is_told():
    assert "bad.md/x.md: cannot be read: Not a directory" in run("check", "lib/bad.md/x.md").stderr


@pytest.mark.parametrize("content", ["", " \n", "\ufeff", "!!!", "\r\n\r\n"])
def test_an_empty_draft_fails_only_where_a_score_is_asked_for(tmp_path, content):
    (tmp_path / "e.md").write_bytes(content.encode())
    assert run("check", "e.md", "--fail-on", "never").exit_code == 0
    if not content.strip("\ufeff \r\n"):
        assert run("check", "e.md", "--fail-on", "never", "--min-score", "1").exit_code == 1


def test_an_empty_folder_and_no_text_files_are_told(tmp_path):
    (tmp_path / "none").mkdir()
    (tmp_path / "none/.hidden.md").write_text(WORST)
    (tmp_path / "none/image.png").write_bytes(b"\x89PNG")
    result = run("check", "none")
    assert result.exit_code == 2
    assert "none: no drafts in this folder" in result.stderr


def test_columns_stay_right_behind_emoji_and_carriage_returns(tmp_path):
    (tmp_path / "e.md").write_bytes("Hi 🎉\r\n\r\n👩🏽‍💻 Let me pick your brain?\r\n".encode())
    made = json.loads(run("check", "e.md", "--format", "json").stdout)
    (finding,) = made["drafts"][0]["findings"]
    assert (finding["line"], finding["column"]) == (3, 13)
    sarif = json.loads(run("check", "e.md", "--format", "sarif").stdout)
    region = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 13, "endLine": 3, "endColumn": 28}
    rdjson = json.loads(run("check", "e.md", "--format", "rdjson").stdout)
    start = rdjson["diagnostics"][0]["location"]["range"]["start"]
    line = (tmp_path / "e.md").read_bytes().split(b"\r\n")[start["line"] - 1]
    assert line[start["column"] - 1 :].startswith(b"pick your brain")


def test_a_text_inside_a_line_of_its_file_is_placed_there(tmp_path):
    (tmp_path / "d.toml").write_text('channel = "message"\ntext = "Hi, pick your brain?"\n')
    made = json.loads(run("check", "d.toml", "--format", "json").stdout)
    finding = made["drafts"][0]["findings"][0]
    line = (tmp_path / "d.toml").read_text().splitlines()[finding["line"] - 1]
    assert line[finding["column"] - 1 :].startswith("pick your brain")


def test_two_thousand_files_are_judged_in_order(tmp_path):
    many = tmp_path / "many"
    many.mkdir()
    for at in range(2_000):
        (many / f"{at:05}.txt").write_text(BAD if at % 10 else GOOD)
    made = [json.loads(line) for line in run("check", "many", "--format", "jsonl").stdout.splitlines()]
    assert [draft["path"] for draft in made[:-1]] == [f"many/{at:05}.txt" for at in range(2_000)]
    assert made[-1]["summary"]["drafts"] == 2_000


def test_odd_bytes_never_crash_the_gate(tmp_path):
    rng = random.Random(5)
    (tmp_path / "odd").mkdir()
    pieces = [b"\r", b"\n", b"\x00", b"\xef\xbb\xbf", b"---\n", "🎉\u202e".encode(), b"pick your brain", b"\xff",
              b"<!-- score-draft: ignore ASK -->", b"{{", b"subject: x\n", b" ", "\u0301".encode()]  # fmt: skip
    for at in range(150):
        (tmp_path / "odd" / f"{at}.md").write_bytes(b"".join(rng.choices(pieces, k=rng.randint(0, 12))))
    for name in FORMATS:
        made = run("check", "odd", "--format", name, "--show", "hint")
        assert made.exit_code == 2
        if name in ("json", "gitlab", "sarif", "rdjson"):
            json.loads(made.stdout)
        if name == "junit":
            ElementTree.fromstring(made.stdout)
    assert all(line.startswith("score-draft: ") for line in made.stderr.splitlines())


def test_help_starts_without_heavy_libraries():
    import subprocess

    script = (
        "import sys;from scorer.cli.app import app;"
        "import scorer.cli.check, scorer.cli.baseline, scorer.cli.same;"
        "print([m for m in ('numpy','scipy','spacy','sklearn','pandas') if m in sys.modules])"
    )
    made = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert made.stdout == "[]\n"


def test_junit_fails_what_the_gate_fails(tmp_path):
    (tmp_path / "w.txt").write_text("Hi Priya, may I pick your brain?")
    for limit, fails in (("error", False), ("warning", True), ("never", False)):
        made = run("check", "w.txt", "--format", "junit", "--fail-on", limit)
        failures = sum(int(s.get("failures")) for s in ElementTree.fromstring(made.stdout).iter("testsuite"))
        assert (failures > 0, made.exit_code == 1) == (fails, fails)


def test_rows_alike_have_fingerprints_of_their_own(tmp_path):
    (tmp_path / "t.csv").write_text("name,text\n" + "a,May I pick your brain?\n" * 2)
    issues = json.loads(run("check", "t.csv", "--format", "gitlab").stdout)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) > 1
