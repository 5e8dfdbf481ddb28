"""The marked drafts: every part and entity lies in its draft, and no test author is among them."""

import csv
import json
from pathlib import Path

import pytest

from scorer.rules import RULES
from training.quality.data import TEST_AUTHORS
from training.rules.labels import RULES_FOR

DRAFTS = Path(__file__).parents[1] / "data" / "drafts"
PARTS = {
    "greeting", "introduction", "common_ground", "reason", "value", "ask", "thanks", "sign_off", "signature", "postscript",
}  # fmt: skip


def records(name: str) -> list[dict]:
    return [json.loads(line) for line in (DRAFTS / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {record["id"]: record["text"] for record in records("drafts.jsonl")}


def test_at_least_five_hundred_are_marked_and_none_twice():
    ids = [record["id"] for record in records("spans.jsonl")]
    assert len(ids) == len(set(ids)) >= 500
    assert not {i.split("-")[0] for i in ids} & {"a04", "a09", "a17", "a21"}


def test_marks_lie_in_their_drafts(texts):
    for record in records("spans.jsonl"):
        text = texts[record["id"]]
        for label, start, end in record["parts"]:
            assert label in PARTS
            assert text[start:end].strip(), record["id"]
        for label, start, end in record["entities"]:
            assert label in {"PERSON", "ORG", "PLACE"}
            assert text[start:end] == text[start:end].strip() != ""


def test_weaknesses_have_known_labels_and_lie_in_their_drafts(texts):
    marked = [record for record in records("spans.jsonl") if "findings" in record]
    assert len(marked) >= 500
    for record in marked:
        for label, start, end in record["findings"]:
            assert label in RULES_FOR or label == "other", record["id"]
            assert (start is None) == (end is None)
            assert start is None or texts[record["id"]][start:end].strip(), record["id"]


def test_a_label_names_rules_that_exist():
    codes = [rule.code for rule in RULES]
    for label, beginnings in RULES_FOR.items():
        for beginning in beginnings:
            assert any(code.startswith(beginning) for code in codes), label


def test_names_are_of_authors_who_are_not_tested_on(texts):
    named = records("names.jsonl")
    spans = {record["id"].split("-")[0] for record in records("spans.jsonl")}
    assert not {record["id"].split("-")[0] for record in named} & (spans | TEST_AUTHORS)
    for record in named:
        ends = [0]
        for label, start, end in record["entities"]:
            assert label in {"PERSON", "ORG", "PLACE"}
            assert texts[record["id"]][start:end].strip()
            assert start >= ends[-1], record["id"]
            ends.append(end)


def test_three_readers_compared_every_draft_that_followed_the_advice(texts):
    followed = {record["id"]: record["text"] for record in records("followed.jsonl")}
    assert len(followed) == 60
    assert {i.split("-")[0] for i in followed} == TEST_AUTHORS
    assert all(text.strip() != texts[i].strip() for i, text in followed.items())
    with (DRAFTS / "comparisons.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted((row["id"], row["reader"]) for row in rows) == sorted(
        (i, reader) for i in followed for reader in "ABC"
    )
    assert {row["better"] for row in rows} <= {"after", "before", "neither"}


def test_fresh_drafts_were_read():
    fresh = records("fresh.jsonl")
    assert len(fresh) >= 50
    assert all(0 <= record["overall"] <= 100 and record["text"].strip() for record in fresh)
