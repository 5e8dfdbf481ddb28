"""The command that shows what a library holds twice."""

from __future__ import annotations

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from scorer.cli.app import app

ONE = (
    "Hi Ann,\n\nis the yard at the harbour still free on Thursday, and may I bring the two boats from Vigo?\n"
)
OTHER = "Hello Raj, which oven do you use at night?\n"


@pytest.fixture(autouse=True)
def _place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    (tmp_path / "lib").mkdir()
    for name, text in (("a.md", ONE), ("b.md", OTHER), ("c.txt", ONE.upper())):
        (tmp_path / "lib" / name).write_text(text)
    (tmp_path / "lib/t.csv").write_text(
        'id,text\nrow,"' + ONE.replace("Thursday", "Friday") + '"\n=x,Something else?\n'
    )


def run(*args):
    return CliRunner().invoke(app, ["same", *args])


def test_each_kind_comes_with_what_to_do_and_where():
    out = run("lib").stdout
    assert "Exact copies (1)\nKeep one and delete the rest" in out
    assert "  2 drafts: “Hi Ann is the yard" in out
    assert "    lib/a.md\n    lib/c.txt\n" in out
    assert "Near copies (1)" in out
    assert "    lib/t.csv:2 (row)\n" in out
    assert out.endswith("3 of 5 drafts in 2 clusters.\n")


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("lib",), 0),
        (("lib", "--fail-on", "exact"), 1),
        (("lib", "--fail-on", "exact,near"), 1),
        (("lib", "--fail-on", "repeat"), 0),
        (("lib", "--fail-on", "exact", "--kind", "near"), 0),
        (("lib/b.md", "--fail-on", "exact"), 0),
        (("lib", "--fail-on", "twins"), 2),
        (("lib", "--kind", "twins"), 2),
        (("nowhere",), 2),
        ((), 2),
    ],
)
def test_exit_codes(args, code):
    assert run(*args).exit_code == code


def test_nothing_twice_is_said():
    assert run("lib/b.md").stdout == "Nothing stands twice in 1 draft.\n"


def test_other_formats_say_the_same():
    made = json.loads(run("lib", "--format", "json").stdout)
    assert made["drafts"] == 5
    assert [cluster["kind"] for cluster in made["clusters"]] == ["exact", "near"]
    lines = run("lib", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == made["clusters"]
    rows = list(csv.DictReader(io.StringIO(run("lib", "--format", "csv").stdout)))
    assert [(row["cluster"], row["kind"], row["path"], row["row"]) for row in rows] == [
        ("1", "exact", "lib/a.md", ""),
        ("1", "exact", "lib/c.txt", ""),
        ("2", "near", "lib/a.md", ""),
        ("2", "near", "lib/c.txt", ""),
        ("2", "near", "lib/t.csv", "2"),
    ]


def test_long_clusters_are_cut_unless_asked_for(tmp_path):
    for at in range(30):
        (tmp_path / "lib" / f"copy{at}.md").write_text(OTHER)
    assert "    and 19 more\n" in run("lib", "--kind", "exact").stdout
    assert "more\n" not in run("lib", "--kind", "exact", "--all").stdout
