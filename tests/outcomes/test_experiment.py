"""The experiment's file: assignment, recording by several at once, a kill in the middle, and what it says."""

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pytest

from scorer.errors import InputError
from scorer.outcomes.experiment import Experiment, Plan, load, record, start, verdict
from scorer.outcomes.experiment_text import as_dict, lines


def plan(**changes):
    values = {"variants": ("A", "B"), "base": 0.1, "wish": 0.2, "seed": 7, "places": 400} | changes
    return Plan(**values)


def test_assignment_is_blocked_reproducible_and_moves_with_the_seed():
    three = plan(variants=("A", "B", "C"), places=300)
    order = [three.variant_of(place) for place in range(300)]
    for block in range(100):
        assert sorted(order[3 * block : 3 * block + 3]) == [0, 1, 2]
    assert order == [replace(three).variant_of(place) for place in range(300)]
    assert order != [replace(three, seed=8).variant_of(place) for place in range(300)]
    firsts = Counter(order[::3])
    assert all(20 <= n <= 47 for n in firsts.values())


def test_saved_and_read_back(tmp_path):
    path = tmp_path / "trial.jsonl"
    start(path, plan(people=("h1", "h2"), places=2))
    assert load(path).plan == plan(people=("h1", "h2"), places=2)
    with pytest.raises(InputError, match="is there already"):
        start(path, plan())


def test_outcomes_are_kept_corrected_and_counted(tmp_path):
    path = tmp_path / "trial.jsonl"
    start(path, plan())
    assert record(path, {0: True, 1: False})[1] == 2
    assert record(path, {0: True})[1] == 0
    after, changed = record(path, {0: False, 2: True})
    assert changed == 2
    assert load(path).outcomes == after.outcomes == {0: False, 1: False, 2: True}
    assert after.waiting == 1
    with pytest.raises(InputError, match="no message 401"):
        record(path, {3: True, 400: True})
    assert 3 not in load(path).outcomes


def test_a_cut_off_line_is_dropped_and_written_over(tmp_path):
    path = tmp_path / "trial.jsonl"
    start(path, plan())
    record(path, {0: True})
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"message": 2, "repl')
    assert load(path).outcomes == {0: True}
    record(path, {1: False})
    assert load(path).outcomes == {0: True, 1: False}
    assert path.read_bytes().startswith(whole)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not an experiment"),
        (b"hello\n", "not an experiment"),
        (b'{"format": "other"}\n', "not an experiment"),
        (b"[1]\n", "not an experiment"),
    ],
)
def test_another_file_is_no_experiment(tmp_path, content, words):
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        load(path)
    with pytest.raises(InputError, match=words):
        record(path, {0: True})
    assert path.read_bytes() == content


def test_a_damaged_line_is_named(tmp_path):
    path = tmp_path / "trial.jsonl"
    start(path, plan())
    record(path, {0: True})
    path.write_bytes(path.read_bytes() + b"nonsense\n")
    with pytest.raises(InputError, match=":3: damaged"):
        load(path)


RECORDER = """
import sys
from pathlib import Path
from scorer.outcomes.experiment import record
path, first = Path(sys.argv[1]), int(sys.argv[2])
for place in range(first, first + 40):
    record(path, {place: place % 3 == 0})
    print(place, flush=True)
"""


def recorder(path, first):
    return subprocess.Popen(
        [sys.executable, "-c", RECORDER, str(path), str(first)], stdout=subprocess.PIPE, text=True
    )


def test_several_record_at_once_and_nothing_is_lost(tmp_path):
    path = tmp_path / "trial.jsonl"
    start(path, plan())
    running = [recorder(path, first) for first in (0, 40, 80)]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    for process in running:
        process.stdout.close()
    assert load(path).outcomes == dict.fromkeys(range(120), False) | dict.fromkeys(range(0, 120, 3), True)


def test_what_was_noted_survives_a_kill(tmp_path):
    path = tmp_path / "trial.jsonl"
    start(path, plan())
    process = recorder(path, 0)
    seen = [int(process.stdout.readline()) for _ in range(10)]
    process.kill()
    process.wait(60)
    process.stdout.close()
    kept = load(path).outcomes
    assert set(seen) <= set(kept)
    record(path, {399: True})
    assert load(path).outcomes[399] is True


@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
def test_only_the_owner_may_read_it(tmp_path):
    path = tmp_path / "trial.jsonl"
    start(path, plan())
    assert path.stat().st_mode & 0o077 == 0


def answered(made, rates):
    """Return an experiment in which each variant is answered at its rate, evenly spread and without ties."""
    outcomes, seen = {}, Counter()
    for place in range(made.places):
        variant = made.variant_of(place)
        seen[variant] += 1
        outcomes[place] = (seen[variant] * rates[variant] + 0.37 * variant) % 1 < rates[variant]
    return Experiment(made, outcomes)


def test_verdicts_are_the_four_sentences():
    made = plan(places=2000)
    (reading,) = answered(made, (0.1, 0.3)).readings().values()
    assert verdict(reading, "A", "B", 2) == "B better"
    (reading,) = answered(made, (0.3, 0.1)).readings().values()
    assert verdict(reading, "A", "B", 2) == "A better"
    (reading,) = answered(plan(places=8000), (0.2, 0.2)).readings().values()
    assert verdict(reading, "A", "B", 2) == "no difference worth having"
    (reading,) = Experiment(made, {}).readings().values()
    assert verdict(reading, "A", "B", 2).startswith("not enough data, ")
    assert verdict(reading, "A", "B", 2).endswith(" more")


def test_more_comparisons_need_more_evidence():
    two = answered(plan(places=600), (0.1, 0.22))
    four = answered(plan(variants=tuple("ABCD"), places=1200), (0.1, 0.22, 0.1, 0.1))
    assert two.counts()[1] == four.counts()[1]
    (alone,) = two.readings().values()
    shared = four.readings()[0, 1]
    assert alone.high - alone.low < shared.high - shared.low


def test_text_and_data_say_the_same():
    experiment = answered(plan(places=800), (0.1, 0.3))
    words = "\n".join(lines(experiment))
    data = as_dict(experiment)
    assert data["comparisons"][0]["verdict"] == "B better"
    assert "A and B: B better" in words
    assert json.loads(json.dumps(data)) == data


@pytest.mark.parametrize(
    "changes",
    [
        {"variants": ("A",)}, {"variants": ("A", "A")}, {"base": 0.2}, {"places": 1}, {"alpha": 0.0},
        {"people": ("x", "x")},
    ],
)  # fmt: skip
def test_impossible_plans_are_refused(changes):
    with pytest.raises(InputError):
        plan(**changes)
