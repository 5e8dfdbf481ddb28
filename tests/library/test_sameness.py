"""Sameness: planted clusters come back, small libraries give what comparing all pairs by hand gives."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.library import sameness
from scorer.library._shingles import SLOT, Wording, common_length, shared_words, shingles
from scorer.library.sameness import ADVICE, FORMULA, FORMULA_FLOOR, KINDS, NEAR, find_clusters
from scorer.schema import Draft

ROOT = Path(__file__).parents[2]
FIRST = (
    "Hi {name}, I read your post about {topic} on Tuesday and kept thinking about the part on {detail}. "
    "We run the same thing at a smaller shop in Leeds and hit a wall with the second step. "
    "How did you get past it?\n\nBest,\nSam"
)
WRITTEN = [
    json.loads(line) for line in (ROOT / "data/drafts/drafts.jsonl").read_text(encoding="utf-8").splitlines()
]


def clusters(*texts: str, **kinds) -> list[tuple[str, tuple[int, ...]]]:
    return [(c.kind, c.members) for c in find_clusters([Draft(text=text) for text in texts])]


def test_the_same_words_are_an_exact_copy_whatever_their_dress():
    text = "Hi Ann, is the yard still free on Thursday? Sam"
    dressed = (
        "hi  ANN,\r\n\r\nis the yard still “free” on Thursday?\u200b\n\n Sam <!-- score-draft: ignore TON -->"
    )
    assert clusters(text, "Something else entirely is written here.", dressed) == [("exact", (0, 2))]


def test_a_few_changed_words_make_a_near_copy():
    one = FIRST.format(name="Priya", topic="Kafka", detail="rebalancing")
    found = find_clusters([Draft(text=one), Draft(text=one.replace("Tuesday", "Friday")), Draft(text=one)])
    assert [(c.kind, c.members) for c in found] == [("exact", (0, 2)), ("near", (0, 1, 2))]
    assert 0.7 <= found[1].similarity < 1
    assert "on … and kept thinking" in found[1].shared


def test_one_skeleton_with_other_fillings_is_a_formula():
    texts = [
        FIRST.format(name=name, topic=topic, detail=detail).replace("Leeds", town)
        for name, topic, detail, town in (
            ("Priya", "moving Kafka to the cloud", "what broke on the first night", "Leeds"),
            ("Tom", "hospital meals", "the trays", "a town by the sea"),
            ("Ana", "night shifts in a bakery", "why nobody swaps them", "Porto"),
        )
    ]
    found = find_clusters([Draft(text=text) for text in texts])
    assert [(c.kind, c.members) for c in found] == [("formula", (0, 1, 2))]
    assert "I read your post about … on Tuesday and kept thinking about the part on …" in found[0].shared


def test_placeholders_of_any_dialect_are_one_word():
    double, square = (
        "Hi {{first_name}}, is the yard at {{ company }} free this week?",
        "Hi [First Name], is the yard at *|COMPANY|* free this week?",
    )
    found = find_clusters([Draft(text=double), Draft(text=square)])
    assert [(c.kind, c.members) for c in found] == [("exact", (0, 1))]
    assert found[0].shared == f"Hi {SLOT} is the yard at {SLOT} free this week"


def test_what_is_asked_for_and_chosen_from_counts():
    yard = "{} is the yard at {} free this week, or next?"
    found = find_clusters(
        [
            Draft(text=yard.format("{Hi|Hello}", "{{company}}")),
            Draft(text=yard.format("{Ahoy|Good morning}", "{{icebreaker}}")),
            Draft(text=yard.format("{Hi|Hello}", "[Company]")),
        ]
    )
    assert ("exact", (0, 2)) in [(c.kind, c.members) for c in found]
    assert ("exact", (0, 1, 2)) not in [(c.kind, c.members) for c in found]


def test_openers_and_closers_are_told_apart_from_copies():
    one = "Hi Ann,\nI came across your profile and liked the boats. Which wood is it? Let me know what you think.\nSam"
    two = (
        "Hello Raj,\nI came across your profile and wondered how a bakery plans its nights. Is it by hand?\n\n"
        "Let me know what you think.\n\nBest regards,\nSam"
    )
    found = find_clusters([Draft(text=one), Draft(text=two)])
    assert [(c.kind, c.members) for c in found] == [("opener", (0, 1)), ("closer", (0, 1))]
    assert found[0].shared == "I came across your profile and …"
    assert found[1].shared == "Let me know what you think"
    assert {c.kind for c in find_clusters([Draft(text=one), Draft(text=one)])} == {"exact"}


def test_a_follow_up_that_says_the_first_message_again():
    first = FIRST.format(name="Priya", topic="Kafka", detail="rebalancing")
    again = "Hi Priya, just checking in. " + first.partition(", ")[2]
    fresh = "Hi Priya, the second step works now: it was the broker's clock. Shall I send you the script?"
    found = find_clusters(
        [
            Draft(text=again, stage="follow_up", previous=first),
            Draft(text=fresh, stage="follow_up", previous=first),
            Draft(text=first),
            Draft(text=again + " Thanks!", stage="follow_up"),
        ]
    )
    repeats = [(c.members, c.similarity) for c in found if c.kind == "repeat"]
    assert [members for members, _ in repeats] == [(2, 3), (0,)]
    assert all(similarity > 0.5 for _, similarity in repeats)


def test_texts_without_words_belong_nowhere():
    assert clusters("", " ", "!!!", "🎉", "") == []


def test_1300_messages_written_one_by_one_hold_no_copies():
    found = find_clusters([Draft(text=row["text"], stage=row["stage"]) for row in WRITTEN])
    assert {c.kind for c in found} <= {"opener", "closer", "repeat"}
    assert sum(c.kind == "repeat" for c in found) <= 3


def test_planted_clusters_are_recovered_among_written_messages():
    rng = random.Random(11)
    spare = [word for row in WRITTEN[600:] for word in row["text"].split()]
    texts = [row["text"] for row in WRITTEN[:600]]
    long = [at for at, text in enumerate(texts) if len(text.split()) >= 60]
    planted: list[tuple[str, list[str]]] = []
    for number, at in enumerate(long[:45]):
        words = texts[at].split()
        kind = ("exact", "near", "formula")[number % 3]
        copies = []
        for _ in range(3):
            copy = list(words)
            if kind == "near":
                copy[rng.randrange(5, len(copy))] = rng.choice(spare)
            if kind == "formula":  # four slots, evenly spread, filled with one to four other words
                for slot in range(4, len(words), len(words) // 4):
                    copy[slot] = " ".join(rng.choice(spare) for _ in range(rng.randint(1, 4)))
            copies.append(" ".join(copy))
        planted.append((kind, [texts[at], *copies]))
    library = texts + [copy for _, copies in planted for copy in copies[1:]]
    rng.shuffle(library)
    found = find_clusters([Draft(text=text) for text in library])
    for kind, copies in planted:
        want = {at for at, text in enumerate(library) if text in copies}
        holding = [c for c in found if want <= set(c.members) and c.kind in KINDS[:3]]
        assert holding, kind
        assert set(holding[0].members) == want
        assert KINDS.index(holding[0].kind) <= KINDS.index(kind)


# --- against comparing all pairs one by one

WORDS = st.sampled_from("we saw your post about boats in leeds and would like to hear how it went".split())
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=24).map(" ".join), min_size=1, max_size=12)


def brute(texts: list[str]) -> dict[str, list[tuple[int, ...]]]:
    """The definition, word for word, without matrices."""
    words = [Wording.of(text).words for text in texts]

    def around(places, similar):
        groups: dict[int, list[int]] = {}
        for at in places:
            rated = [(similar(words[leader], words[at]), -leader) for leader in groups]
            value, leader = max(rated, default=(0, 0))
            if value > 0:
                groups[-leader].append(at)
            else:
                groups[at] = [at]
        return groups

    def jaccard(one, other, size):
        a, b = shingles(one, size), shingles(other, size)
        return len(a & b) / len(a | b)

    def near(one, other):
        value = jaccard(one, other, 3)
        return value if value >= NEAR else 0

    def formula(one, other):
        if min(len(one), len(other)) < sameness.MIN_FORMULA_WORDS or jaccard(one, other, 2) < FORMULA_FLOOR:
            return 0
        value = subsequence(one, other) / max(len(one), len(other))
        return value if value >= FORMULA else 0

    exact = around(range(len(texts)), lambda one, other: float(one == other))
    nears = around(exact, near)
    formulas = around(nears, formula)

    def widen(groups, finer):
        return {first: sorted(o for at in group for o in finer[at]) for first, group in groups.items()}

    wide_near = widen(nears, exact)
    wide_formula = widen(formulas, wide_near)
    return {
        "exact": [tuple(g) for g in exact.values() if len(g) > 1],
        "near": [tuple(g) for f, g in wide_near.items() if len(g) > len(exact[f])],
        "formula": [tuple(g) for f, g in wide_formula.items() if len(g) > len(wide_near[f])],
    }


def subsequence(one, other) -> int:
    """Longest common subsequence by the textbook table."""
    row = [0] * (len(other) + 1)
    for word in one:
        before = 0
        for at, mate in enumerate(other, 1):
            before, row[at] = row[at], before + 1 if word == mate else max(row[at], row[at - 1])
    return row[-1]


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(1, 4))
def test_small_libraries_equal_brute_force(texts, block):
    before = sameness._BLOCK
    sameness._BLOCK = block  # so that several blocks are needed
    try:
        found = find_clusters([Draft(text=text) for text in texts])
    finally:
        sameness._BLOCK = before
    for kind, want in brute(texts).items():
        assert sorted(c.members for c in found if c.kind == kind) == sorted(want), kind


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, max_size=30), st.lists(WORDS, max_size=30))
def test_common_length_is_the_textbook_one(one, other):
    assert common_length(one, other) == subsequence(one, other)
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    assert common_length(one, other) >= sum(block.size for block in blocks)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_shared_words_stand_in_every_member_in_order(texts):
    members = [Wording.of(text) for text in texts]
    shown = shared_words(members).replace("…", " ").split()
    for member in members:
        assert subsequence(shown, member.words) == len(shown)


def test_the_same_library_gives_the_same_bytes_in_another_process():
    script = (
        "import json,sys;from scorer.schema import Draft;from scorer.library.sameness import find_clusters;"
        "texts=json.load(sys.stdin);print([repr(c) for c in find_clusters([Draft(text=t) for t in texts])])"
    )
    texts = [re.sub("Kafka", "Rust", row["text"]) for row in WRITTEN[:80]] + [
        row["text"] for row in WRITTEN[:80]
    ]
    made = {
        subprocess.run(
            [sys.executable, "-c", script], input=json.dumps(texts), capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed, "PATH": "", "OMP_NUM_THREADS": "1"},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(made) == 1
    assert "exact" in made.pop()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_comes_with_advice(kind):
    assert ADVICE[kind].endswith(".")
