"""``score-draft templates``: what goes in, what comes out, exit codes, one-line errors that repeat nothing."""

from __future__ import annotations

import json
import os
from types import SimpleNamespace

import pytest
from stub_scorer import StubScorer
from typer.testing import CliRunner

from scorer.cli import context
from scorer.cli.app import app
from scorer.config import Config
from scorer.templates import DIALECTS

TEXT = "{Hi|Hello} {{first_name}}, may I pick your brain on {{company|your firm}}?\n"
ROWS = "First Name;Company\nAna;Acme\n;Zoé & Co\n"
CANARY = "zebra-canary-42"


class Scorer(StubScorer):
    config = Config()
    judge = SimpleNamespace(name="stub 1")

    def score_many(self, drafts, *, n_jobs=1, suggestions=True):
        return (self.score(draft, suggestions=suggestions) for draft in drafts)


@pytest.fixture(autouse=True)
def _place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    for name in [n for n in os.environ if n.startswith("SCORE_DRAFT_")] + ["NO_COLOR", "FORCE_COLOR"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(context, "load_scorer", lambda config: Scorer())
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8-sig")


def run(*args, stdin=None):
    return CliRunner().invoke(app, ["templates", *args], input=stdin)


def test_without_a_command_help_is_shown():
    result = run()
    assert result.exit_code == 0
    assert "convert" in result.stdout


@pytest.mark.parametrize("name", ["dialects", "list-dialects"])
def test_dialects_are_listed(name):
    assert [line.split()[0] for line in run(name).stdout.splitlines()] == [d.key for d in DIALECTS]
    assert {row["key"] for row in json.loads(run(name, "-f", "json").stdout)} == {d.key for d in DIALECTS}


def test_inspect_tells_dialect_variables_and_findings():
    result = run("inspect", "a.txt", "-r", "rows.csv", "--for", "instantly")
    assert result.exit_code == 0
    assert "double-snake" in result.stdout
    assert "wordings: 2" in result.stdout
    assert "1:1: error TPL006" in result.stdout
    assert "1 of 2 recipients" in result.stdout
    data = json.loads(run("inspect", "a.txt", "-f", "json").stdout)
    assert [v["name"] for v in data["variables"]] == ["first_name", "company"]
    assert run("inspect", "a.txt", "--for", "instantly", "--fail-on", "error").exit_code == 1


def test_inspect_tells_placeholders_that_no_dialect_has(tmp_path):
    (tmp_path / "b.txt").write_text("Hi {{first_name||there}}, well", encoding="utf-8")
    (tmp_path / "c.txt").write_text("Hi there, well", encoding="utf-8")
    result = run("inspect", "b.txt", "c.txt", "--fail-on", "error")
    assert result.exit_code == 1
    assert "b.txt: placeholders of no dialect known here\n  1:4: error TPL004" in result.stdout
    assert "c.txt: no placeholders" in result.stdout


def test_inspect_says_in_which_part_a_variable_stands():
    made = json.loads(
        run("inspect", "--text", "Hi {{first_name}}", "--subject", "{{company}}", "-f", "json").stdout
    )
    assert [(v["name"], v["where"]) for v in made["variables"]] == [
        ("first_name", "text"),
        ("company", "subject"),
    ]


def test_templates_of_one_folder_settle_the_dialect_together(tmp_path):
    folder = tmp_path / "lib"
    folder.mkdir()
    (folder / "1.txt").write_text("Hi {{firstName}}")
    (folder / "2.txt").write_text("{{RANDOM|Hi|Hello}} {{firstName}}")
    (folder / "README.md").write_text("Hi {{firstName}} [Name]")
    data = json.loads(run("inspect", "lib", "-f", "json").stdout)
    assert [item["dialect"]["key"] for item in data] == ["instantly", "instantly"]


def test_render_fills_in():
    assert run("render", "a.txt", "-r", "rows.csv", "--row", "2", "--wording", "2").stdout == (
        "Hello , may I pick your brain on Zoé & Co?\n"
    )
    made = json.loads(run("render", "a.txt", "-r", "rows.csv", "--all", "-f", "json").stdout)
    assert [m["text"][:3] for m in made] == ["Hi ", "Hel", "Hi ", "Hel"]
    assert run("render", "a.txt", "-r", "rows.csv", "--count").stdout == "row 1: 2\nrow 2: 2\n"
    again = run("render", "a.txt", "--seed", "4").stdout
    assert again == run("render", "a.txt", "--seed", "4").stdout


def test_convert_there_and_back_is_byte_for_byte(tmp_path):
    source = b"\xef\xbb\xbfHi {{first_name}},\r\nhow is {{company}}? \xf0\x9f\x8c\x85\r\n"
    (tmp_path / "b.txt").write_bytes(source)
    assert run("convert", "b.txt", "--to", "hubspot", "--in-place").exit_code == 0
    assert b"{{ contact.firstname }}" in (tmp_path / "b.txt").read_bytes()
    assert run("convert", "b.txt", "--to", "double-snake", "-i").exit_code == 0
    assert (tmp_path / "b.txt").read_bytes() == source


def test_convert_writes_to_standard_output_or_a_file(tmp_path):
    assert run("convert", "a.txt", "--to", "instantly").stdout.startswith("{{RANDOM|Hi|Hello}} {{firstName}}")
    assert run("convert", "--text", "Hi {{ first_name }}", "--to", "percent").stdout == "Hi %FIRSTNAME%\n"
    assert "respelt" in run("convert", "--text", "Hi {{ first_name }}", "--to", "percent").stderr
    assert run("convert", "a.txt", "--to", "instantly", "-o", "c.txt").exit_code == 0
    assert "RANDOM" in (tmp_path / "c.txt").read_text()


def test_nothing_is_written_when_one_of_several_cannot_be_converted(tmp_path):
    (tmp_path / "z.txt").write_text("Well,\nhi {{first_name|there}}")
    (tmp_path / "y.txt").write_text("Hi {{first_name}}")
    result = run("convert", "y.txt", "z.txt", "--to", "percent", "--in-place")
    assert result.exit_code == 2
    assert result.stderr.startswith("score-draft: z.txt:2:4: percent has no way to write a fallback")
    assert (tmp_path / "y.txt").read_text() == "Hi {{first_name}}"


def test_score_shows_best_median_and_worst():
    result = run("score", "a.txt", "-r", "rows.csv", "--no-suggestions")
    assert result.exit_code == 0
    for words in (
        "(median)",
        "4 renderings made",
        "swap test",
        "The worst rendering",
        "TPL007",
        "Broken for row 2",
    ):
        assert words in result.stdout
    data = json.loads(run("score", "a.txt", "-r", "rows.csv", "-f", "json").stdout)
    assert data["type"] == "template"
    assert data["renderings"]["total"] == 4
    assert len(run("score", "a.txt", "-q").stdout.splitlines()) == 1


def test_gates_of_the_median_the_worst_and_the_findings():
    assert run("score", "a.txt", "--min-score", "99").exit_code == 1
    assert run("score", "a.txt", "--min-worst", "99").exit_code == 1
    assert run("score", "a.txt", "-r", "rows.csv", "--fail-on", "error").exit_code == 1
    assert run("score", "a.txt", "--min-score", "1").exit_code == 0


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("score", "none.txt"), "none.txt: no such file"),
        (("score", "a.txt", "-r", "none.csv"), "none.csv: no such file"),
        (("score", "a.txt", "-r", "empty.csv"), "empty.csv: the recipients are empty"),
        (("score", "a.txt", "-r", "bad.json"), "bad.json:1: not valid JSON"),
        (("score", "a.txt", "-r", "twice.csv"), "twice.csv: column 2 has the name of an earlier column"),
        (("score", "a.txt", "-r", "x.xlsx"), "save it anew or as CSV"),
        (("score", "a.txt", "--dialect", "lemlst"), 'did you mean "lemlist"?'),
        (("inspect", "a.txt", "--for", "mailchmp"), 'did you mean "mailchimp"?'),
        (("convert", "a.txt"), "--to is missing"),
        (("convert", "a.txt", "--to", "mailchimp"), "a.txt:1:1: mailchimp has no way to write a choice"),
        (("render", "a.txt", "--row", "99"), "--row must be a number from 1 to 12"),
        (("convert", "a.txt", "--to", "lemlist", "-i", "-o", "b.txt"), "exclude each other"),
        (("convert", "--text", "Hi {{first_name||there}}", "--to", "lemlist"), "of no dialect known here"),
        (("inspect", "--text", "Hi there", "--for", "nonsense"), "no sending tool of that name"),
        (("render", "--all", "--text", "{a|b}" * 70 + " {{first_name}}"), "more than 10000 renderings"),
        (("score", "a.txt", "-r", "nested.json"), "holds lists or objects; give a list of flat objects"),
        (("inspect", "void"), "no templates in this folder"),
        (("score", "a.txt", "-f", "yaml"), "--format must be one of"),
    ],
)  # fmt: skip
def test_bad_input_is_one_clear_line(tmp_path, args, words):
    (tmp_path / "empty.csv").write_text("First Name\n")
    (tmp_path / "bad.json").write_text("{" + CANARY)
    (tmp_path / "nested.json").write_text('{"rows": [{"first_name": "Ana"}]}')
    (tmp_path / "twice.csv").write_text(f"a,a\n{CANARY},1\n")
    (tmp_path / "x.xlsx").write_bytes(b"PK")
    (tmp_path / "void").mkdir()
    result = run(*args)
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert CANARY not in result.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_recipients_are_read_in_any_usual_encoding(tmp_path, encoding):
    (tmp_path / "r.csv").write_bytes('first_name,company\n"Zoé\nAnn",Café\n'.encode(encoding))
    made = run("render", "--text", "{{first_name}} of {{company}}", "-r", "r.csv").stdout
    assert made == "Zoé\nAnn of Café\n"
    (tmp_path / "r.jsonl").write_text('{"firstName": "Zoé"}\n\n{"firstName": "Bo"}\n', encoding="utf-8")
    assert "Bo" in run("render", "--text", "{{first_name}}", "-r", "r.jsonl", "--row", "2").stdout
