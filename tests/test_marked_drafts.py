"""The marked drafts: every part and entity lies in its draft, and no test author is among them."""

import json
from pathlib import Path

import pytest

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
