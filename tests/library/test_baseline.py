"""The baseline: what is known stays known through edits and renames, what is new is seen, what is gone is told."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stub_scorer import StubScorer

from scorer.errors import InputError
from scorer.library.baseline import Baseline, Judged, fingerprint
from scorer.library.sources import Source
from scorer.schema import Draft, Finding, Severity, Span, Versions

BAD = "Hi Priya, I would like to pick your brain about Kafka.\nWhen would suit you?"
LONG = "We make fish crates that stack wet, and the quays in Vigo have used them since spring. How do you stack yours?"


def judged(path: str, text: str, *, row: int | None = None, key: str | None = None, **context) -> Judged:
    draft = Draft(text=text, **context)
    return Judged(Source(draft, path, row=row, key=key), StubScorer().score(draft))


def new(baseline: Baseline, *drafts: Judged) -> list[tuple[str, str]]:
    found = baseline.compare(drafts).new
    return [(each.source.name, f.code) for each, fresh in zip(drafts, found, strict=True) for f in fresh]


def stale(baseline: Baseline, *drafts: Judged) -> list[str]:
    return [each.words for each in baseline.compare(drafts).stale]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def of(folder: Path, *drafts: Judged) -> Baseline:
    return Baseline.of(drafts, folder, drafts[0].report.versions)


def test_what_is_known_is_not_new(folder):
    assert new(of(folder, judged("a.md", BAD)), judged("a.md", BAD)) == []
    assert new(of(folder, judged("a.md", LONG)), judged("a.md", LONG), judged("b.md", BAD)) == [
        ("b.md", "ASK003")
    ]


@pytest.mark.parametrize(
    "edited",
    [
        "One line more.\n\n" + BAD,
        BAD.replace("\n", "\r\n\r\n"),
        BAD + "\nThanks for reading this far, and for the talk.",
        "🎉🎉 " + BAD,
    ],
)  # fmt: skip
def test_moved_lines_are_not_new(folder, edited):
    baseline = of(folder, judged("a.md", BAD))
    assert new(baseline, judged("a.md", edited)) == []
    assert stale(baseline, judged("a.md", edited)) == []


def test_a_renamed_file_is_not_new_nor_one_renamed_and_edited(folder):
    baseline = of(folder, judged("a.md", LONG + " " + BAD), judged("b.md", BAD))
    moved = judged("sub/c.md", LONG + " " + BAD + "\nP.S. Greetings to Ann."), judged("z.md", BAD)
    assert new(baseline, *moved) == []
    assert stale(baseline, *moved) == []


def test_a_copy_is_new_even_if_only_the_copy_is_looked_at(folder):
    (folder / "a.md").write_text(BAD)
    baseline = of(folder, judged("a.md", BAD))
    assert new(baseline, judged("copy.md", BAD)) == [("copy.md", "ASK003")]
    assert new(baseline, judged("a.md", BAD), judged("copy.md", BAD)) == [("copy.md", "ASK003")]
    (folder / "a.md").unlink()
    assert new(baseline, judged("copy.md", BAD)) == []


def test_one_more_of_the_same_is_new(folder):
    baseline = of(folder, judged("a.md", BAD))
    assert new(baseline, judged("a.md", BAD + " Let me pick your brain.")) == [("a.md", "ASK003")]


def test_what_is_fixed_or_gone_is_stale_and_what_was_not_looked_at_is_not(folder):
    (folder / "there.md").write_text(BAD)
    baseline = of(
        folder, judged("a.md", BAD), judged("there.md", BAD), judged("gone.md", BAD + " pick your brain")
    )
    assert stale(baseline, judged("a.md", LONG)) == ["a.md: ASK003", "gone.md: ASK003 (2 times)"]


def test_rows_are_known_by_their_key_or_words_not_by_their_place(folder):
    rows = [judged("t.csv", BAD, row=2), judged("t.csv", LONG + " pick your brain", row=3, key="crates")]
    baseline = of(folder, *rows)
    moved = [
        judged("t.csv", "Hello, why?", row=2),
        judged("t.csv", "Entirely other words now, pick your brain?", row=3, key="crates"),
        judged("t.csv", BAD, row=9),
    ]
    assert new(baseline, *moved) == []
    assert new(baseline, judged("t.csv", "Other words, pick your brain?", row=2)) == [("t.csv:2", "ASK003")]


def test_a_long_place_is_known_by_its_rule():
    def made(words):
        return fingerprint(
            Finding("LEN004", "long", "length", Severity.HINT, "m", Span(0, len(words))), words
        )

    assert made("a b c") == made("A  b\nc")
    assert made("a b c") != made("a b d")
    assert made("w " * 13) == made("other " * 40)


def test_the_file_holds_no_text_and_comes_back_the_same(folder):
    drafts = [judged("a.md", BAD, id="a.md"), judged("ü b.md", LONG), judged("e.md", " ")]
    baseline = of(folder, *drafts)
    baseline.write(folder / "base.json")
    written = (folder / "base.json").read_bytes()
    assert not any(word in written for word in (b"brain", b"Kafka", b"crates", b"Priya"))
    assert Baseline.read(folder / "base.json") == baseline
    of(folder, *drafts).write(folder / "again.json")
    assert (folder / "again.json").read_bytes() == written
    assert json.loads(written)["library"] == {"scored": 2, "mean": 85.0, "median": 85.0}


def test_names_are_relative_to_the_baseline(folder, monkeypatch):
    (folder / "lib").mkdir()
    baseline = of(folder, judged("lib/a.md", BAD))
    monkeypatch.chdir(folder / "lib")
    assert baseline.entries[0].id == "lib/a.md"
    edited = judged("a.md", "Nothing left of it, pick your brain?")
    assert new(baseline, edited) == []


def test_pruning_takes_what_is_better_and_lets_nothing_in(folder):
    worse, better = BAD + " send me your password", LONG
    baseline = of(
        folder, judged("a.md", BAD), judged("b.md", BAD + " once more"), judged("gone.md", BAD + " gone now")
    )
    now = [
        judged("a.md", worse),
        judged("b.md", better),
        judged("new.md", "Bread at night? Let me pick your brain."),
    ]
    pruned = baseline.pruned(now, baseline.compare(now))
    assert [(entry.id, entry.score, len(entry.findings)) for entry in pruned.entries] == [
        ("a.md", 80.0, 1),
        ("b.md", 90.0, 0),
    ]
    assert new(pruned, *now) == [("a.md", "SAF001"), ("new.md", "ASK003")]


def test_scores_of_other_models_do_not_compare():
    baseline = Baseline(Path(), {"model": "a", "pipeline": "b"}, ())
    assert baseline.comparable(Versions("9", "a", "b"))
    assert not baseline.comparable(Versions("9", "other", "b"))


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"null", b"\xff\xfe", b'{"format": 1}', b'{"format": 1, "versions": {}, "drafts": [1]}',
     b'{"format": 99, "versions": {}, "drafts": []}', b'{"format": 1, "versions": {}, "drafts": [{"id": null}]}',
     b"[" * 100_000],
)  # fmt: skip
def test_what_is_no_baseline_is_refused_in_one_line(tmp_path, content):
    path = tmp_path / "base.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"base\.json: .*baseline write$") as caught:
        Baseline.read(path)
    assert "\n" not in str(caught.value)


def test_a_missing_baseline_is_refused(tmp_path):
    with pytest.raises(InputError, match="no such baseline"):
        Baseline.read(tmp_path / "none.json")


LINES = st.lists(
    st.sampled_from(
        [
            "pick your brain",
            "Would love that",
            "send me your password",
            "the boats",
            "Why is that?",
            "🎉",
            "x y z",
        ]
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_shuffled_lines_and_files_bring_nothing_new_and_nothing_stale(library, rng):
    texts = [" .\n".join(lines) for lines in library]
    baseline = Baseline.of(
        [judged(f"{at}.md", text) for at, text in enumerate(texts)], Path(os.getcwd()), None
    )
    names = [f"{at}.md" for at in range(len(texts))]
    moved = []
    for name, lines in zip(names, library, strict=True):
        rng.shuffle(lines)
        moved.append(judged(name, " .\n".join(lines)))
    rng.shuffle(moved)
    assert new(baseline, *moved) == []
    renamed = [judged(f"r{at}.md", text) for at, text in enumerate(texts)]
    rng.shuffle(renamed)
    comparison = baseline.compare(renamed)
    assert not any(comparison.new)
    assert not comparison.stale


def test_what_rules_that_did_not_run_had_found_is_kept(folder):
    known = of(folder, judged("a.md", BAD))
    nothing_ran = known.compare([judged("a.md", LONG)], ran=["LEN001"])
    kept = known.pruned([judged("a.md", LONG)], nothing_ran).entries[0].findings
    assert {key.partition(":")[0] for key in kept} == {"ASK003"}
    everything_ran = known.compare([judged("a.md", LONG)])
    assert known.pruned([judged("a.md", LONG)], everything_ran).entries[0].findings == {}


def test_rows_without_a_name_in_tables_that_were_not_looked_at_stay(folder):
    (folder / "t.csv").write_text("text\n")
    row, other = judged("t.csv", BAD, row=2), judged("a.md", LONG)
    of(folder, row, other).write(folder / "known.json")
    known = Baseline.read(folder / "known.json")
    comparison = known.compare([other])
    assert comparison.stale == ()
    assert new(known.pruned([other], comparison), row, other) == []
    (folder / "t.csv").unlink()
    assert len(known.compare([other]).stale) == 1


def test_drafts_of_two_sheets_are_two(folder):
    first = Judged(
        Source(Draft(text=BAD), "b.xlsx", row=2, key="intro", sheet="March"), judged("", BAD).report
    )
    second = Judged(
        Source(Draft(text=LONG), "b.xlsx", row=2, key="intro", sheet="April"), judged("", LONG).report
    )
    assert [entry.id for entry in of(folder, first, second).entries] == [
        "b.xlsx#March!intro",
        "b.xlsx#April!intro",
    ]


def test_what_was_a_template_is_one_when_it_comes_alone(folder):
    text = "Hi {{first_name}}, how do you stack your crates?"
    report = judged("a.md", text, kind="template").report
    made = Baseline.of(
        [Judged(Source(Draft(text=text), "a.md"), report), judged("b.md", LONG)], folder, report.versions
    )
    made.write(folder / "known.json")
    known = Baseline.read(folder / "known.json")

    def kind(path, words, **context):
        return known.as_before(Source(Draft(text=words, **context), path)).draft.kind

    assert kind("a.md", text + " By hand?") == "template"
    assert kind("moved.md", text) == "template"
    assert kind("b.md", LONG) is None
    assert kind("a.md", text, kind="draft") == "draft"
