"""The command line: what goes in, what comes out, exit codes, one-line errors that repeat nothing."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from stub_scorer import StubScorer
from typer.testing import CliRunner

from scorer.cli import context
from scorer.cli.app import COMMANDS, app
from scorer.cli.streams import style_of, wants_json
from scorer.rules import ALL_RULES, RULES, RuleSettings

GOOD = "Hi Priya, loved your talk on Kafka. Which broker did you pick?\n"
BAD = "Hi Priya, I would like to pick your brain. When?\n"
WORST = "send me your password?\n"
CANARY = "zebra-canary-42"


@pytest.fixture(autouse=True)
def _place(tmp_path, monkeypatch):
    """An empty folder to work in, no settings of the machine, and a scorer without models."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    for name in [name for name in os.environ if name.startswith("SCORE_DRAFT_")] + [
        "NO_COLOR",
        "FORCE_COLOR",
    ]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(context, "load_scorer", lambda config: StubScorer())
    for name, text in (("good.txt", GOOD), ("bad.txt", BAD), ("worst.txt", WORST), ("empty.txt", " \n")):
        (tmp_path / name).write_text(text)


def run(*args, stdin=None):
    return CliRunner().invoke(app, list(args), input=stdin)


# --- what is scored


@pytest.mark.parametrize(
    "args",
    [("good.txt",), ("score", "good.txt"), ("score", "-"), ("-",), (), ("--text", GOOD), ("-f", "text", "-")],
)
def test_a_draft_is_scored_whichever_way_it_comes(args):
    result = run(*args, stdin=GOOD)
    assert result.exit_code == 0
    assert "90.0" in result.stdout
    assert result.stderr == ""


def test_several_drafts_are_scored_in_order():
    result = run("bad.txt", "good.txt", "--format", "jsonl")
    assert [json.loads(line)["draft"]["id"] for line in result.stdout.splitlines()] == ["bad.txt", "good.txt"]


def test_context_comes_from_options(monkeypatch):
    seen = []
    monkeypatch.setattr(
        StubScorer, "score", lambda self, draft, suggestions=True: seen.append(draft) or _report(draft)
    )
    (context_file := open("earlier.txt", "w")).write("Hello again")  # noqa: SIM115
    context_file.close()
    result = run(
        "good.txt",
        "--subject",
        "Kafka",
        "--channel",
        "inmail",
        "--purpose",
        "advice",
        "--account",
        "premium",
        "--to",
        "Priya Shah, Staff Engineer at Datadog",
        "--from",
        "Sam Lee",
        "--degree",
        "2",
        "--previous",
        "earlier.txt",
        "--kind",
        "draft",
    )
    assert result.exit_code == 0
    (draft,) = seen
    assert (draft.subject, draft.channel, draft.purpose, draft.account) == (
        "Kafka",
        "inmail",
        "advice",
        "premium",
    )
    assert (draft.recipient.name, draft.recipient.role, draft.recipient.company, draft.recipient.degree) == (
        "Priya Shah", "Staff Engineer", "Datadog", 2)  # fmt: skip
    assert (draft.sender.name, draft.previous, draft.stage) == ("Sam Lee", ("Hello again",), "follow_up")


def _report(draft):
    return type(STUB).score(STUB, draft)


STUB = type("Plain", (), {"score": StubScorer.score})()


def test_the_file_says_more_than_the_settings_and_less_than_the_options(tmp_path):
    (tmp_path / "score-draft.toml").write_text('channel = "email"\naccount = "premium"\n')
    (tmp_path / "d.toml").write_text(f"text = {json.dumps(GOOD)}\nchannel = 'inmail'\nstage = 'follow_up'\n")
    made = json.loads(run("d.toml", "--stage", "initial", "-f", "json").stdout)
    assert (made["draft"]["channel"], made["draft"]["stage"]) == ("inmail", "initial")
    assert json.loads(run("good.txt", "-f", "json").stdout)["draft"]["channel"] == "email"


def test_standard_input_takes_its_kind_from_its_name():
    made = run(
        "-", "--stdin-filename", "d.json", "-f", "json", stdin=json.dumps({"text": GOOD, "channel": "email"})
    )
    assert (
        json.loads(made.stdout)["draft"] | {"id": "d.json", "channel": "email"}
        == json.loads(made.stdout)["draft"]
    )


def test_a_file_name_of_any_bytes_can_be_shown(tmp_path):
    (tmp_path / "caf\udce9\x1b[31m.txt").write_text(GOOD)
    made = subprocess.run(
        [
            sys.executable,
            "-c",
            "from scorer.cli import main; main()",
            "score",
            b"caf\xe9\x1b[31m.txt",
            "-f",
            "jsonl",
        ],
        capture_output=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["draft"]["id"] == "caf\ufffd\ufffd[31m.txt"


def test_a_reader_that_has_seen_enough_is_no_crash():
    command = f"{sys.executable} -c 'from scorer.cli import main; main()' rules -f json"
    made = subprocess.run(
        ["bash", "-c", f"{command} | head -c 1; exit ${{PIPESTATUS[0]}}"], capture_output=True, check=False
    )
    assert (made.returncode, made.stdout, made.stderr) == (0, b"[", b"")


# --- exit codes


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("bad.txt",), 0),
        (("worst.txt",), 0),
        (("bad.txt", "--fail-on", "error"), 0),
        (("bad.txt", "--fail-on", "warning"), 1),
        (("good.txt", "--fail-on", "hint"), 0),
        (("good.txt", "bad.txt", "--fail-on", "hint"), 1),
        (("bad.txt", "--fail-on", "warning", "--exit-zero"), 0),
        (("good.txt", "--min-score", "90"), 0),
        (("good.txt", "--min-score", "90.1"), 1),
        (("empty.txt",), 0),
        (("empty.txt", "--min-score", "1"), 1),
        (("bad.txt", "--fail-on", "never"), 0),
    ],
)
def test_exit_codes_follow_the_gates(args, code):
    for name in ("text", "json", "github"):
        assert run(*args, "--format", name).exit_code == code


def test_a_refused_draft_says_why():
    assert "not scored: there is nothing in it" in run("empty.txt").stdout


def test_gates_may_stand_in_the_settings(tmp_path):
    (tmp_path / "score-draft.toml").write_text('fail-on = "warning"\n')
    assert run("bad.txt").exit_code == 1
    assert run("bad.txt", "--no-config").exit_code == 0


def test_a_crash_is_neither_1_nor_a_page_of_traceback(monkeypatch):
    def crash(config):
        raise ZeroDivisionError(CANARY)

    monkeypatch.setattr(context, "load_scorer", crash)
    result = run("good.txt")
    assert result.exit_code == 70
    assert result.stderr.count("\n") == 1
    assert CANARY not in result.output
    assert "ZeroDivisionError" in result.stderr
    assert "Traceback" in run("--traceback", "good.txt").stderr


def test_interrupt(monkeypatch):
    def interrupt(config):
        raise KeyboardInterrupt

    monkeypatch.setattr(context, "load_scorer", interrupt)
    assert run("good.txt").exit_code == 130


# --- bad input

ODD = {
    "utf8.txt": CANARY.encode() + b"\n\xff\xfe",
    "nul.txt": CANARY.encode() + b"\x00",
    "large.txt": b"zebra " * 350_000,
    "long.txt": b"zebra " * 20_000,
    "type.toml": b"text = 3",
    "field.toml": f'text="x"\nchanel="{CANARY}"'.encode(),
    "value.toml": f'text="x"\nchannel="{CANARY}"'.encode(),
    "broken.toml": f'text = "{CANARY}'.encode(),
    "broken.json": b'{"text": ' + CANARY.encode(),
    "list.json": b"[]",
}


@pytest.mark.parametrize(
    "args",
    [
        *((name,) for name in ODD),
        ("missing.txt",),
        (".",),
        ("good.txt", "--channel", "fax"),
        ("good.txt", "--stage", CANARY),
        ("good.txt", "--degree", "7"),
        ("good.txt", "--format", "xlsx"),
        ("good.txt", "--fail-on", "sometimes"),
        ("good.txt", "--color", "blue"),
        ("good.txt", "--select", "QQQ1"),
        ("good.txt", "--config", "none.toml"),
        ("good.txt", "--min-score", "many"),
        ("good.txt", "--min-score", "101"),
        ("good.txt", "--nonsense"),
        ("good.txt", "--text", CANARY),
        ("good.txt", "--previous", "none.txt"),
        ("good.txt", "-o", "none/report.txt"),
        (f"Hi Priya, {CANARY} is here and free",),
        ("compare", "good.txt"),
        ("compare", "-", "-"),
        ("explain", "QQQ001"),
        ("explian", "ASK001"),
        ("config",),
        ("config", "shw"),
        ("good.txt", "--no-config", "--config", "x.toml"),
        ("fix", "missing.txt"),
        ("score", "a\nb"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_exit_2(args, tmp_path):
    for name, data in ODD.items():
        (tmp_path / name).write_bytes(data)
    result = run(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    assert result.stderr.startswith("score-draft: ")
    assert CANARY not in result.stderr
    assert "zebra" not in result.stderr


def test_an_error_names_the_nearest_thing():
    assert 'did you mean "email"' in run("good.txt", "--channel", "emial").stderr
    assert 'did you mean "explain"' in run("explian", "x").stderr
    assert "--text" in run("missing.txt").stderr


def test_in_json_an_error_stands_in_place_of_the_report():
    for args in (
        ("missing.txt", "--format", "json"),
        ("missing.txt", "-f", "jsonl"),
        ("missing.txt", "--format=json"),
    ):
        result = run(*args)
        assert result.exit_code == 2
        made = json.loads(result.stdout)
        assert made["schema_version"] == 1
        assert made["error"]["kind"] == "input"
        assert "missing.txt" in made["error"]["message"]
        assert "score" not in made


def test_one_bad_file_stops_all_before_anything_is_written(tmp_path):
    result = run("good.txt", "missing.txt", "-o", "report.txt")
    assert result.exit_code == 2
    assert not (tmp_path / "report.txt").exists()


def test_a_report_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    (tmp_path / "report.json").write_text("kept")
    monkeypatch.setattr(StubScorer, "score", lambda *_, **__: 1 / 0)
    assert run("good.txt", "-f", "json", "-o", "report.json").exit_code == 70
    assert (tmp_path / "report.json").read_text() == "kept"
    assert not list(tmp_path.glob(".report*"))


def test_the_report_file_holds_what_would_be_printed(tmp_path):
    run("bad.txt", "-f", "json", "-o", "report.json")
    assert (tmp_path / "report.json").read_text() == run("bad.txt", "-f", "json").stdout


# --- how it looks


def test_colour_follows_terminal_environment_and_option(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setenv("TERM", "xterm")
    assert style_of(Terminal(), "auto").colour
    assert not style_of(io.StringIO(), "auto").colour
    assert style_of(io.StringIO(), "always").colour
    assert not style_of(Terminal(), "never").colour
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert style_of(io.StringIO(), "auto").colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not style_of(Terminal(), "auto").colour
    assert style_of(Terminal(), "always").colour
    monkeypatch.setenv("COLUMNS", "20")
    assert style_of(Terminal(), "auto").width == 60


def test_suggestions_can_be_left_out():
    assert "What to change first" in run("bad.txt").stdout
    assert "What to change first" not in run("bad.txt", "--no-suggestions").stdout


def test_quiet_is_a_line_a_draft():
    assert run("bad.txt", "good.txt", "-q").stdout.count("\n") == 2


# --- fix


def test_fix_changes_the_file_and_nothing_twice(tmp_path):
    source = b"\xef\xbb\xbf---\r\nchannel: email\r\n---\r\nHi,\r\nWould love to pick your brain?\r\n"
    (tmp_path / "d.md").write_bytes(source)
    result = run("fix", "d.md")
    assert result.exit_code == 0
    assert "2 fixes (TON008, ASK003)" in result.stderr
    mended = source.replace(b"Would love", b"I would love").replace(b"pick your brain", b"ask you")
    assert (tmp_path / "d.md").read_bytes() == mended
    assert "0 fixes" in run("fix", "d.md").stderr
    assert (tmp_path / "d.md").read_bytes() == mended


def test_unsafe_fixes_are_applied_only_when_asked_for(tmp_path):
    assert "0 fixes" in run("fix", "worst.txt").stderr
    assert "1 fix " in run("fix", "worst.txt", "--unsafe-fixes").stderr
    assert (tmp_path / "worst.txt").read_text() == "?\n"


def test_the_placeholders_of_a_template_are_mended(tmp_path):
    (tmp_path / "t.txt").write_text("Hi {{first_name, how is {{company}} and {{frist_name}}?")
    result = run("fix", "t.txt", "--kind", "template", "--unsafe-fixes")
    assert "TPL004" in result.stderr
    assert (tmp_path / "t.txt").read_text() == "Hi {{first_name}}, how is {{company}} and {{first_name}}?"


def test_it_is_said_that_a_template_is_judged_unfilled(tmp_path):
    (tmp_path / "t.txt").write_text("Hi {{first_name}}, how is {{company}}?")
    assert "a template, judged unfilled" in run("score", "t.txt", "--kind", "template").stderr
    assert run("score", "t.txt", "--kind", "template", "--format", "json").stderr == ""


def test_fixes_side_by_side_are_both_applied_and_empty_ones_not_counted(monkeypatch):
    from scorer.cli.fix import mended
    from scorer.drafts import DraftFile
    from scorer.schema import Draft, Edit, Finding, Fix, Severity

    def finding(code, start, end, text):
        return Finding(code, code, "tone", Severity.HINT, "m", None, Fix((Edit(start, end, text),), True))

    class Once:
        def score(self, draft, *, suggestions):
            found = [
                finding("A", 0, 2, "Hi"),
                finding("B", 0, 2, "HI"),
                finding("C", 2, 4, "!"),
                finding("D", 1, 3, "x"),
            ]
            report = StubScorer().score(Draft(text="x?"))
            return replace(
                report, findings=tuple(found) if draft.text == "hi!!" else (finding("E", 0, 2, "Hi"),)
            )

    draft, codes = mended(Once(), DraftFile({}, "x"), Draft(text="hi!!"), RuleSettings(), unsafe=False)
    assert (draft.text, codes) == ("Hi!", ["A", "C"])


def test_fix_can_only_show(tmp_path):
    result = run("fix", "bad.txt", "--diff")
    assert (
        "-Hi Priya, I would like to pick your brain. When?\n+Hi Priya, I would like to ask you. When?"
        in result.stdout
    )
    assert "would apply 1 fix (ASK003)" in run("fix", "bad.txt", "--dry-run").stdout
    assert (tmp_path / "bad.txt").read_text() == BAD


def test_fix_of_standard_input_and_words_goes_to_standard_output():
    for args in (("fix", "-"), ("fix", "--text", BAD.rstrip())):
        result = run(*args, stdin=BAD)
        assert result.stdout == "Hi Priya, I would like to ask you. When?\n"


# --- compare


def test_compare_says_which_and_why():
    result = run("compare", "bad.txt", "good.txt")
    assert result.exit_code == 0
    assert "B is better by 10.0 points." in result.stdout
    assert "+10.0  ask.n_asks" in result.stdout
    assert "Found only in A\n  warning ASK003 vague-ask" in result.stdout
    assert "Found only in B" not in result.stdout


def test_compare_as_json_and_with_a_refused_draft():
    made = json.loads(run("compare", "bad.txt", "good.txt", "-f", "json").stdout)
    assert (made["better"], made["difference"], made["families"]["ask"]) == ("good.txt", 10.0, 10.0)
    assert [finding["code"] for finding in made["only_in_first"]] == ["ASK003"]
    assert "A is better." in run("compare", "bad.txt", "empty.txt").stdout
    assert "as good as each other" in run("compare", "bad.txt", "bad.txt").stdout
    assert "Neither" in run("compare", "empty.txt", "empty.txt").stdout


# --- rules, explain, config


def test_rules_are_listed():
    lines = run("rules").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [rule.code for rule in ALL_RULES]
    made = json.loads(run("rules", "--select", "ASK", "-f", "json").stdout)
    assert {rule["code"][:3] for rule in made} == {"ASK"}


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_every_rule_can_be_explained(rule):
    result = run("explain", rule.code.lower())
    assert result.exit_code == 0
    words = " ".join(result.stdout.split())
    for part in (rule.code, rule.name, rule.summary, rule.why, rule.message, *rule.options):
        assert " ".join(part.split()) in words
    assert ("house judgement" in words) == (not rule.evidence)
    assert all(key in words for key in rule.evidence)
    assert len(json.loads(run("explain", rule.code, "-f", "json").stdout)["evidence"]) == len(rule.evidence)


def test_config_show_tells_where_values_come_from(tmp_path):
    (tmp_path / "score-draft.toml").write_text('channel = "email"\n')
    shown = run("config", "show", "--origin", "--ignore", "LEN").stdout
    assert 'channel = "email"' in shown
    assert "score-draft.toml:1" in shown
    assert "command line" in shown
    import tomllib

    assert tomllib.loads(run("config", "show").stdout)["channel"] == "email"


def test_config_schema_is_a_schema():
    assert json.loads(run("config", "schema").stdout)["type"] == "object"


# --- the frame


def test_help_names_every_command_and_needs_none_of_them():
    made = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv=['score-draft','--help']\n"
         "from scorer.cli import main\ntry: main()\nexcept SystemExit: pass\n"
         "heavy = {'spacy','numpy','sklearn','rich','scorer.rules','scorer.pipeline','scorer.output.text'}\n"
         "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert all(f"  {name} " in made.stdout for name in COMMANDS)
    assert made.stderr.strip() == "[]"


def test_every_command_has_its_module_and_help():
    for name in COMMANDS:
        result = run(name, "--help")
        assert result.exit_code == 0
        assert f"score-draft {name}" in result.stdout


def test_no_arguments_on_a_terminal_print_help(monkeypatch):
    from scorer.cli import app as frame

    monkeypatch.setattr(frame.sys, "stdin", type("Terminal", (), {"isatty": lambda self: True})())
    assert frame._with_command([]) == ["--help"]


def test_json_is_seen_in_the_arguments():
    assert wants_json(["--format", "json"])
    assert wants_json(["-f", "jsonl"])
    assert not wants_json(["json", "--format", "text"])


def _process(*args, stdin=b"", **env):
    command = [sys.executable, "-c", "from scorer.cli import main; main()", *args]
    keep = {key: value for key, value in os.environ.items() if not key.startswith("SCORE_DRAFT_")}
    return subprocess.run(command, input=stdin, capture_output=True, check=False, env={**keep, **env})


def test_version_from_a_process():
    made = _process("--version")
    assert made.returncode == 0
    assert made.stdout.decode().startswith("score-draft ")


def test_the_package_runs_as_a_module():
    command = [sys.executable, "-m", "scorer"]
    made = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
    assert made.stdout.startswith("score-draft ")
    wrong = subprocess.run([*command, "no-such-command"], capture_output=True, text=True)
    assert wrong.returncode == 2
    assert "score-draft" in wrong.stderr


def test_a_real_draft_from_end_to_end(tmp_path):
    text = "Hi Priya,\n\nYour talk on Kafka 🎉 made me think. Which broker did you pick?\n\nThanks,\nSam\n"
    made = _process("-", "--format", "json", stdin=text.encode())
    assert made.returncode == 0, made.stderr
    report = json.loads(made.stdout)
    assert report["status"] == "scored"
    assert 0 <= report["score"] <= 100
    assert report["draft"]["id"] is None
    shown = _process("-", stdin=text.encode(), PYTHONIOENCODING="ascii")
    assert shown.returncode == 0, shown.stderr
    assert b"\x1b" not in shown.stdout


def test_completion_scripts_are_made():
    made = _process(_SCORE_DRAFT_COMPLETE="source_bash")
    assert b"complete" in made.stdout


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("score-draft expl", ["explain"]), ("score-draft draft.txt --chan", ["--channel"]),
        ("score-draft score --channel in", ["inmail"]), ("score-draft --format=x --fail-on w", ["warning"]),
        ("score-draft explain ASK00", [rule.code for rule in RULES if rule.code.startswith("ASK00")]),
    ],
)  # fmt: skip
def test_a_shell_is_offered_what_fits(typed, offered):
    index = str(len(typed.split()) - 1)
    made = _process(_SCORE_DRAFT_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD=index)
    assert made.stdout.decode().split() == offered
