"""Every format, against a kept example with an emoji before a finding, and what none may let through."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from stub_scorer import StubScorer

from scorer.offsets import LineIndex
from scorer.output import FORMATS, Item, Style, render
from scorer.output.cells import clusters, printable, width
from scorer.output.csv_format import neutral
from scorer.schema import Draft, Finding, Severity, Span

GOLDEN = Path(__file__).parent / "golden" / "output"
ENDINGS = {"text": "txt", "concise": "concise.txt", "gitlab": "gitlab.json", "rdjson": "rdjson.json", "json": "json", "jsonl": "jsonl", "csv": "csv", "markdown": "md", "html": "html",
           "github": "github.txt", "junit": "xml", "sarif": "sarif"}  # fmt: skip
TEXT = "Hi Priya 🎉\r\n\r\n👩🏽‍💻 I hope this finds you well! Would love to pick your brain about Kafka here."


def item(text: str = TEXT, path: str | None = "draft.txt", first_line: int | None = 1, **context) -> Item:
    return Item(StubScorer().score(Draft(text=text, **context)), path, first_line)


def rendered(name: str, *items: Item, style: Style | None = None) -> str:
    return "".join(render(name, items, style))


@pytest.mark.parametrize("name", FORMATS)
def test_format_is_as_kept(name):
    """UPDATE_GOLDEN=1 writes the examples anew; read the difference before keeping it."""
    made = rendered(name, item(), item(" ", "empty.txt"))
    path = GOLDEN / f"report.{ENDINGS[name]}"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.encode())
    assert made.encode() == path.read_bytes()


def test_json_of_one_draft_is_the_contract_and_of_several_a_list():
    one = item()
    assert json.loads(rendered("json", one)) == one.report.to_dict()
    assert json.loads(rendered("json", one, one)) == [one.report.to_dict()] * 2
    lines = rendered("jsonl", one, one).splitlines()
    assert [json.loads(line) for line in lines] == [one.report.to_dict()] * 2


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_marks_stand_under_the_words_they_mean(columns):
    lines = rendered("text", item(), style=Style(width=columns)).splitlines()
    assert all(width(line) <= columns for line in lines)
    row = next(number for number, line in enumerate(lines) if "finds you" in line)
    at = width(lines[row][: lines[row].index("I hope")])
    assert lines[row + 1][:at].strip() == ""
    assert lines[row + 1][at : at + 27] == "." * 26 + "3"


def test_colour_is_only_drawn_when_asked_for_and_changes_no_word():
    plain = rendered("text", item())
    coloured = rendered("text", item(), style=Style(colour=True))
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured).split() == plain.split()
    assert coloured.count("\x1b[0m") == len(re.findall(r"\x1b\[[1-9][\d;]*m", coloured))


def test_no_control_or_direction_character_reaches_the_terminal():
    nasty = "Hi \x1b[31mred\x1b[0m \u202eright\u202c \x07 \x9b5m why?"
    made = rendered("text", item(nasty, path="a\x1b]0;x\x07.txt"))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", made)


def test_two_findings_at_one_place_are_both_marked():
    report = item("Would love to talk?").report
    span = Span(0, 19)
    wide = Finding("ASK009", "wide", "ask", Severity.HINT, "m", span)
    report = replace(report, findings=(*report.findings, wide))
    lines = rendered("text", Item(report)).splitlines()
    assert "     ..........1" in lines
    assert "     ...................2" in lines


def test_a_finding_is_placed_on_the_line_of_its_file():
    made = rendered("github", item(TEXT, first_line=10))
    assert "::warning file=draft.txt,line=12,endLine=12,col=48,endColumn=62,title=ASK003 vague-ask::" in made
    assert "line=" not in rendered("github", item(TEXT, first_line=None))
    shown = rendered("text", item(TEXT, first_line=10))
    assert "\n  10 Hi Priya" in shown
    assert "vague-ask · 12:48" in shown


def test_workflow_commands_are_worst_first_and_escaped():
    bad = "send me your password, pick your brain?"
    commands = rendered("github", item("pick your brain?"), item(bad, path="a,b:c%.txt")).splitlines()
    assert [line.split(" ")[0] for line in commands[:3]] == ["::error", "::warning", "::warning"]
    assert "file=a%2Cb%3Ac%25.txt," in commands[0]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def test_html_is_whole_self_contained_and_escaped():
    text = "<script>alert(1)</script> & pick your brain?"
    page = rendered("html", item(text, path='"><img src=x>'))
    tags = _Tags()
    tags.feed(page)
    assert not tags.open
    assert {"script", "img", "link"}.isdisjoint(tags.seen)
    assert text.replace("pick your brain", "") in "".join(tags.words).replace("pick your brain1", "")
    assert "http" not in page


def test_a_notebook_shows_the_piece_without_a_page():
    report = item().report
    shown = report._repr_html_()
    tags = _Tags()
    tags.feed(shown)
    assert not tags.open
    assert tags.seen.count("mark") == 3
    assert "<html" not in shown


@pytest.mark.parametrize("cell", ["=1+1", "+1 800 CALL", "-x", "@SUM(A1)", "\t=1", "\r=1", " =1"])
def test_no_cell_is_a_formula(cell):
    assert neutral(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-6.1", "+3", "Hi", "", 4, None, -2.5])
def test_other_cells_stay_as_they_are(cell):
    assert neutral(cell) == cell


def test_csv_has_a_row_for_each_draft():
    rows = list(csv.DictReader(io.StringIO(rendered("csv", item(), item(" ", "=x.txt")))))
    assert [row["draft"] for row in rows] == ["draft.txt", "'=x.txt"]
    assert [row["score"] for row in rows] == ["66.0", ""]
    assert rows[1]["reason"] == "empty"


def test_junit_counts_what_it_lists_and_survives_forbidden_characters():
    root = ElementTree.fromstring(
        rendered("junit", item("pick your brain \x08 <b>?", path="a\x01&.txt"), item())
    )
    for suite in root.iter("testsuite"):
        assert int(suite.get("tests")) == len(list(suite.iter("testcase")))
        assert int(suite.get("failures")) == len(list(suite.iter("failure")))


def test_sarif_is_of_the_shape_of_its_schema():
    twice = "pick your brain, pick your brain?"
    log = json.loads(rendered("sarif", item(), item(twice, path="/a b/ü.txt"), item("x?", path=None)))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert all(rule[key]["text"] for key in ("shortDescription", "fullDescription", "help"))
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
    results = run["results"]
    prints = [result["partialFingerprints"]["codeAndWords/v1"] for result in results]
    assert len(set(prints[-2:])) == 2
    for result in results:
        assert result["message"]["text"]
        assert result["level"] in {"error", "warning", "note"}
        assert "ruleIndex" not in result or rules[result["ruleIndex"]]["id"] == result["ruleId"]
    place = results[-1]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "file:///a%20b/%C3%BC.txt"
    assert place["region"] == {"startLine": 1, "startColumn": 18, "endLine": 1, "endColumn": 33}


def test_the_fingerprint_outlives_other_lines():
    def made(text):
        log = json.loads(rendered("sarif", item(text)))
        return [result["partialFingerprints"] for result in log["runs"][0]["results"]]

    assert made("pick your brain?") == made("Hello,\n\nsome words. pick your brain?")


def test_markdown_lets_no_markup_of_the_draft_through():
    made = rendered("markdown", item("[x](http://y) pick your brain? <b>", path="a|b_[c].md"))
    assert r"a\|b\_\[c\].md" in made
    assert "<b>" not in made


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("abc", 3), ("🎉", 2), ("👩🏽‍💻", 2), ("🇩🇪", 2), ("❤️", 2), ("é", 1), ("e\u0301", 1), ("中文", 4),
        ("a\u200bb", 2), ("\t", 4), ("\x1b", 1), ("", 0),
    ],
)  # fmt: skip
def test_width_in_cells(text, cells):
    assert width(text) == cells


@pytest.mark.parametrize("text", ["", "\u0301", "\u200d", "🇩🇪🇫", "a\u200d🎉", "👍🏽👍", TEXT, "\ufe0f"])
def test_clusters_cover_the_text_once(text):
    found = list(clusters(text))
    assert [c.start for c in found] == [0, *(c.end for c in found[:-1])][: len(found)]
    assert "".join(text[c.start : c.end] for c in found) == text
    assert printable(printable(text)) == printable(text)


def test_brief_report_is_one_line_a_draft():
    made = rendered("text", item(), item(" "), style=Style(quiet=True))
    assert made.splitlines() == [
        "draft.txt: 66.0 fair (2 warnings, 2 hints)",
        "draft.txt: not scored: there is nothing in it",
    ]


def test_place_of_a_finding_needs_a_file_with_lines():
    one = item(TEXT, first_line=None)
    assert one.place(one.report.findings[0], LineIndex(TEXT)) is None
