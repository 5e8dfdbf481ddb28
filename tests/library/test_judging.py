"""Judging with the shipped models: templates as their readers will see them, worker processes, the ignore column."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scorer.config import load_config
from scorer.library.check import judge
from scorer.library.sources import Source, read_sources
from scorer.pipeline import Scorer
from scorer.schema import Draft

EXAMPLES = Path(__file__).parents[2] / "data/examples"
TEMPLATE = "Hi {{first_name}},\n\nI saw your post about {{topic}} at {{company}}. How do you handle reviews in a big team?\n"
BRAIN = "Hi Priya, your talk on Kafka was clear. I would like to pick your brain. When would suit you?"


@pytest.fixture(scope="module")
def scorer():
    return Scorer.load(config=load_config(isolated=True))


def judged(scorer, *sources, **options):
    refused = []
    return list(judge(sources, scorer, unreadable=refused.append, **options))


def codes(each):
    return [finding.code for finding in each.report.findings]


def test_worker_processes_change_nothing(scorer):
    sources = list(read_sources([str(EXAMPLES)], lambda file: file.draft({}, {"id": file.name})))
    sources.append(Source(Draft(text=TEMPLATE), "t.md"))
    here, there = judged(scorer, *sources), judged(scorer, *sources, n_jobs=2)
    assert [each.report for each in here] == [each.report for each in there]
    assert [each.source for each in here] == sources


def test_a_template_is_judged_filled_in_unless_asked_not_to(scorer):
    (filled,) = judged(scorer, Source(Draft(text=TEMPLATE), "t.md"))
    assert "TPL003" in codes(filled)
    assert filled.report.draft.kind == "template"
    (plain,) = judged(scorer, Source(Draft(text=TEMPLATE), "t.md"), renderings=0)
    assert "TPL003" not in codes(plain)
    assert filled.report.score != plain.report.score


def test_the_ignore_column_silences_and_is_checked(scorer):
    row = Source(Draft(text=BRAIN), "t.csv", row=2, ignore=("ASK003",))
    (loud,) = judged(scorer, replace(row, ignore=()))
    assert "ASK003" in codes(loud)
    (quiet,) = judged(scorer, row)
    assert "ASK003" not in codes(quiet)
    assert "SUP001" not in codes(quiet)
    (needless,) = judged(scorer, replace(row, ignore=("ASK003", "SAF001", "XYZ")))
    assert [f.message for f in needless.report.findings if f.code == "SUP001"] == [
        "The ignore column names SAF001, which silences nothing here: take it out.",
        "The ignore column names XYZ, which silences nothing here: take it out.",
    ]


def test_a_comment_that_silences_nothing_is_found(scorer):
    used = BRAIN.replace("brain.", "brain. <!-- score-draft: ignore ASK003 -->")
    assert "SUP001" not in codes(judged(scorer, Source(Draft(text=used), "d.md"))[0])
    needless = "Hi Priya, which broker did you pick? <!-- score-draft: ignore ASK003 -->"
    assert "SUP001" in codes(judged(scorer, Source(Draft(text=needless), "d.md"))[0])
