"""Who is written to must not move the score: names swapped in otherwise identical drafts."""

from __future__ import annotations

import statistics

import pytest

from scorer import Draft, Person, Scorer

# First names that Bertrand and Mullainathan (AER 2004) chose as perceived white and black, women and men,
# and names from the rest of the world.
NAMES = (
    "Emily Anne Jill Allison Laurie Sarah Meredith Carrie Kristen Aisha Keisha Tamika Lakisha Tanisha Latoya Kenya "
    "Latonya Ebony Todd Neil Geoffrey Brett Brendan Greg Matthew Jay Brad Rasheed Tremayne Kareem Darnell Tyrone "
    "Hakim Jamal Leroy Jermaine Priya Oluwaseun Nguyen Xiaoming Sven Fatima José Łukasz Wei Chidi Þóra Grace Mark Will"
).split()
DRAFTS = (
    "Hi {n},\n\nYour talk in Leeds on cold storage answered half of my questions: we lose two hours a night at our "
    "York depot. Which sensor did you change to? One line is plenty.\n\nThanks either way,\nTom",
    "Dear {n}, I am a student looking for a job. Could you refer me for any role in your company? Kindly revert.",
    "{n}, we make fish crates that stack wet. Should I drop two at your gate on Tuesday, or is someone else the "
    "better person to ask? Joe",
    "Hello {n}! I came across your profile and was impressed. I would love to connect and explore synergies.",
    "Hi {n}, congrats on the move to the harbour office, Marta told me. Do you still need the tide tables from 2019? "
    "I have them scanned. Best, Ingrid",
)


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer.load()


@pytest.mark.parametrize("text", DRAFTS)
@pytest.mark.parametrize("known", [True, False], ids=["name given", "name not given"])
def test_the_readers_name_does_not_move_the_score(scorer: Scorer, text: str, known: bool):
    scores = [
        scorer.score(
            Draft(text=text.format(n=name), recipient=Person(name=name) if known else None), suggestions=False
        ).score
        for name in NAMES
    ]
    middle = statistics.median(scores)
    moves = [abs(score - middle) for score in scores]
    assert statistics.mean(moves) <= 0.3
    assert max(moves) <= 1.0, NAMES[moves.index(max(moves))]
