"""The commands train, effects and experiment as a user meets them, with the real pipeline."""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scorer.cli.app import app
from scorer.outcomes import Outcome, OutcomeTable

CANARY = "Zyxomma Quillfeather"
EXAMPLES = Path(__file__).parents[2] / "data" / "examples"
OPENERS = (
    "I saw your talk on valves.",
    "Your post on seals was good.",
    "We met at the fair in May.",
    "I read your paper.",
)
ASKS = (
    "Could you tell me which sensor you use?", "Can we talk for 30 minutes next week?", "Any thoughts?",
    "Would you look at one page of my plan by Friday?", "Which supplier did you pick, and why?",
)  # fmt: skip
THANKS = ("", " Thanks a lot.")


def run(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args], prog_name="score-draft")


def outcomes(n, rate=0.25):
    draw = random.Random(1)
    texts = [
        f"Hi {{name}}, {opener} {ask}{thanks}" for opener in OPENERS for ask in ASKS for thanks in THANKS
    ]
    rows = []
    for number in range(n):
        template = number % len(texts)
        rows.append(
            Outcome(
                id=f"r{number}", channel="message", text=texts[template].replace("{name}", CANARY.split()[0]),
                template=f"T{template}", recipient=f"hash-{number}", replied=draw.random() < rate,
                sent_at=datetime(2025, 3, 1, tzinfo=UTC) + timedelta(hours=5 * number),
            )
        )  # fmt: skip
    return OutcomeTable(tuple(rows))


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    outcomes(480).save(folder / "table.jsonl")
    made = run("train", folder / "table.jsonl", "--to", folder / "model")
    assert made.exit_code == 0, made.output
    return folder, made


def test_training_says_how_good_it_is_and_where_it_is(place):
    folder, made = place
    for words in (
        "replies to 480 messages sent",
        "AUC on unseen people",
        "AUC on later messages",
        "Brier",
        "written to",
    ):
        assert words in made.output
    assert {"manifest.json", "response.npz", "card.md"} <= {
        path.name for path in (folder / "model").iterdir()
    }


def test_the_model_holds_no_text(place):
    folder, made = place
    for path in (folder / "model").iterdir():
        content = path.read_bytes()
        for word in (*CANARY.split(), "valves", "hash-1"):
            assert word.encode() not in content
    assert CANARY.split()[0] not in made.output


def test_the_estimate_stands_beside_the_score_and_does_not_move_it(place):
    folder, _ = place
    words = "Hi Ann, I saw your talk on valves. Could you tell me which sensor you use? Thanks a lot."
    plain = json.loads(run("score", "--text", words, "-f", "json").stdout)
    own = json.loads(run("score", "--text", words, "-f", "json", "--response-model", folder / "model").stdout)
    assert plain["response"] is None
    response = own.pop("response")
    plain.pop("response")
    assert own == plain
    assert 0 < response["low"] < response["estimate"] < response["high"] < 1
    assert response["denominator"] == "sent"
    assert response["base_rate"] == pytest.approx(0.25, abs=0.07)
    shown = run("score", "--text", words, "--response-model", folder / "model").stdout
    assert "by your own data" in shown
    assert "95 % interval" in " ".join(shown.split())


def test_a_draft_unlike_all_that_or_of_another_channel_gets_a_reason(place):
    folder, _ = place
    mail = run(
        "score", "--text", "Hi Ann, could you tell me which sensor you use?", "--channel", "email", "-f", "json",
        "--response-model", folder / "model",
    )  # fmt: skip
    response = json.loads(mail.stdout)["response"]
    assert response["estimate"] is None
    assert "email" in response["reason"]
    other = run(
        "score", EXAMPLES / "04-cold-pitch-hype.md", "-f", "json", "--channel", "message", "--response-model",
        folder / "model",
    )  # fmt: skip
    assert "unlike" in json.loads(other.stdout)["response"]["reason"]


def test_a_missing_or_altered_model_is_one_line(place, tmp_path):
    made = run("score", "--text", "Hi Ann, which sensor is it?", "--response-model", tmp_path / "none")
    assert made.exit_code == 2
    assert made.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (outcomes(40), "too few to learn from"),
        (outcomes(200, rate=1.1), "all 200 messages were answered"),
        (OutcomeTable(tuple(row for row in outcomes(480) if row.template == "T1") * 1), "too few"),
    ],
)
def test_refusals_are_one_line_and_write_nothing(tmp_path, table, words):
    table.save(tmp_path / "table.jsonl")
    made = run("train", tmp_path / "table.jsonl", "--to", tmp_path / "model")
    assert made.exit_code == 2
    assert words in made.stderr
    assert made.stderr.count("\n") == 1
    assert CANARY.split()[0] not in made.output
    assert not (tmp_path / "model").exists()


def test_effects_say_that_they_are_no_proof(place):
    folder, _ = place
    made = run("effects", folder / "table.jsonl")
    assert made.exit_code == 0, made.output
    assert "associations" in made.stdout
    assert "says thanks" in made.stdout
    data = json.loads(run("effects", folder / "table.jsonl", "-f", "json").stdout)
    assert data["n_templates"] == 40
    assert any(effect["trait"] == "says thanks" for effect in data["effects"])


def test_an_experiment_from_plan_to_reading(tmp_path):
    planned = run("experiment", "plan", "--base", "10%", "--wish", "15%")
    assert "686 messages per variant" in planned.stdout
    file, people = tmp_path / "trial.jsonl", tmp_path / "people.txt"
    people.write_text(f"Ann Lee\n{CANARY}\nhttps://www.linkedin.com/in/cy-poe/\nDi Fox\n")
    begun = run(
        "experiment", "start", file, "--variant", "A", "--variant", "B", "--base", "0.10", "--wish", "0.15",
        "--people", people, "--seed", "3",
    )  # fmt: skip
    assert begun.exit_code == 0, begun.output
    assert CANARY in begun.stdout
    assert "messages are few" in begun.stderr
    assert CANARY not in file.read_text()
    assert run("experiment", "record", file, "replied", CANARY, "1").exit_code == 0
    assert run("experiment", "record", file, "replied", "linkedin.com/in/cy-poe").exit_code == 0
    assert "noted 1" in run("experiment", "record", file, "no", "--rest-up-to", "4").stdout
    made = run("experiment", "read", file)
    assert "4 of 4 messages have an outcome" in made.stdout
    assert "A and B: not enough data, " in made.stdout
    data = json.loads(run("experiment", "read", file, "-f", "json").stdout)
    assert sum(variant["replied"] for variant in data["variants"]) == 3


def test_outcomes_of_people_are_taken_from_a_table(tmp_path):
    from scorer.outcomes.people import Hasher, name_key

    file, people = tmp_path / "trial.jsonl", tmp_path / "people.txt"
    people.write_text("Ann Lee\nBob Ray\n")
    run(
        "experiment",
        "start",
        file,
        "--variant",
        "A",
        "--variant",
        "B",
        "--base",
        "10%",
        "--wish",
        "20%",
        "--people",
        people,
    )
    hasher = Hasher.beside(file)
    later = datetime.now(UTC) + timedelta(days=1)
    rows = tuple(
        Outcome(
            id=name, channel="message", text="Hi", recipient=hasher.person(name_key(name)), replied=replied, sent_at=later
        )
        for name, replied in (("Ann Lee", True), ("Bob Ray", False), ("Cy Poe", True))
    )  # fmt: skip
    OutcomeTable(rows).save(tmp_path / "table.jsonl")
    made = run("experiment", "record", file, "--from", tmp_path / "table.jsonl")
    assert "noted 2" in made.stdout, made.output


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("plan", "--base", "ten", "--wish", "15%"), "--base must be a share"),
        (("plan", "--base", "10%", "--wish", "10%"), "nothing can't be found"),
        (("plan", "--base", "10%", "--wish", "15%", "--variants", "1"), "--variants"),
        (("start", "x.jsonl", "--variant", "A", "--base", "10%", "--wish", "15%"), "two or more variants"),
        (("read", "nowhere.jsonl"), "no such experiment"),
        (("record", "nowhere.jsonl", "replied", "1"), "no such experiment"),
    ],
)
def test_wrong_use_is_one_line(tmp_path, monkeypatch, args, words):
    monkeypatch.chdir(tmp_path)
    made = run("experiment", *args)
    assert made.exit_code == 2
    assert words in made.stderr
    assert made.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())
