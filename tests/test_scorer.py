"""The whole pipeline: what must hold for every text, and that the parts agree with one another."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scorer import Draft, InputError, Person, Scorer
from scorer.schema import CHANNELS, STAGES, ScoreReport

GOOD = (
    "Hi Priya,\n\nYour cold-storage talk in Leeds answered half of my questions: we lose two hours a night "
    "at our York depot to the same sensor fault. Which sensor did you change to? One line is plenty.\n\n"
    "Thanks either way,\nTom"
)
PLEADING = "Dear sir, kindly give me any job!!! I am hard working. Please please help me, I have no money."

WORDS = st.lists(
    st.sampled_from(
        [
            "Hi Priya,", "Could you call me?", "FREE!!!", "👩🏽‍💻", "𝗯𝗼𝗹𝗱", "{{first_name}}", "\n\n", "\r\n",
            "I loved your talk in Leeds.", "https://bit.ly/x", "> quoted", "Thanks,", "Sam", "…", "\u200b", "naïve",
            "Send me your password.", "¿Qué tal?", "مرحبا", "12:30", "PS call me", "\t", "“quoted words”", "!!", "?",
        ]
    ),
    max_size=14,
).map(" ".join)  # fmt: skip
ANY = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=120)


@pytest.fixture(scope="session")
def scorer() -> Scorer:
    return Scorer.load()


def check(draft: Draft, report: ScoreReport) -> None:
    if report.status == "refused":
        assert report.score is None
        assert report.reason
        assert not report.findings
        return
    assert 0 <= report.score <= 100
    assert sum(report.contributions.values()) == pytest.approx(report.score, abs=1e-6)
    for finding in report.findings:
        if finding.span is not None:
            source = draft.text if finding.span.where == "text" else draft.subject or ""
            assert 0 <= finding.span.start <= finding.span.end <= len(source)
    for suggestion in report.suggestions:
        assert suggestion.gain > 0
    json.dumps(report.to_dict(), allow_nan=False)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=WORDS | ANY,
    subject=st.none() | ANY,
    previous=st.none() | WORDS,
    channel=st.sampled_from(CHANNELS),
    stage=st.sampled_from(STAGES),
)
@example(text="a" * 5000, subject=None, previous=None, channel="message", stage="initial")
@example(
    text="\n" * 3000 + "Hello there you all", subject="", previous="", channel="inmail", stage="follow_up"
)
def test_never_crashes_and_stays_consistent(scorer, text, subject, previous, channel, stage):
    draft = Draft(text=text, subject=subject, previous=previous, channel=channel, stage=stage)
    check(draft, scorer.score(draft))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(WORDS, min_size=1, max_size=6))
def test_many_equals_one_by_one(scorer, texts):
    drafts = [Draft(text=text) for text in texts]
    assert [r.to_dict() for r in scorer.score_many(drafts)] == [scorer.score(d).to_dict() for d in drafts]


@pytest.mark.parametrize("enabled", [True, False])
def test_a_batch_leaves_the_garbage_collector_as_it_was(scorer, enabled):
    if not enabled:
        gc.disable()
    try:
        reports = scorer.score_many([Draft(text=GOOD), Draft(text=PLEADING)])
        next(reports)
        assert gc.isenabled() is enabled
        reports.close()
        assert gc.isenabled() is enabled
    finally:
        gc.enable()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=WORDS, tail=st.sampled_from([" ", "\n", "  \n\n", "\t"]))
def test_trailing_white_space_does_not_move_the_score(scorer, text, tail):
    one, two = scorer.score(Draft(text=text.rstrip())), scorer.score(Draft(text=text.rstrip() + tail))
    assert one.score == pytest.approx(two.score, abs=0.05) if one.score is not None else two.score is None


@pytest.mark.parametrize(
    "text", [GOOD, PLEADING, "Hi Ann, it's Bob's idea - \"small steps\" - isn't it? Shall we talk on May 3?"]
)
def test_quote_style_and_line_ends_do_not_move_the_score(scorer, text):
    curly = text.replace("'", "’").replace(' "', " “").replace('"', "”")
    base = scorer.score(Draft(text=text)).score
    assert scorer.score(Draft(text=curly)).score == pytest.approx(base, abs=1e-9)
    assert scorer.score(Draft(text=text.replace("\n", "\r\n"))).score == pytest.approx(base, abs=1e-9)


def test_measured_gain_is_what_scoring_the_edited_draft_gives(scorer):
    draft = Draft(text=PLEADING + " pls reply asap, thx", recipient=Person(name="Priya Shah"))
    report = scorer.score(draft)
    measured = [s for s in report.suggestions if s.gain_kind == "measured"]
    assert measured
    for suggestion in measured:
        after = scorer.score(draft.with_edits(suggestion.edits)).score
        assert after - report.score == pytest.approx(suggestion.gain, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("Hello", "too_short"),
        ("👍🎉", "no_words"),
        (
            "Hola Marta, me gustaría hablar con usted sobre el puesto de ingeniero en su empresa.",
            "not_english",
        ),
        ("Sehr geehrter Herr Maier, ich würde gerne mit Ihnen über die Stelle sprechen.", "not_english"),
        ("Bonjour, je vous écris pour vous parler de mon projet et de notre rencontre.", "not_english"),
        ("Olá, eu gostaria de falar com você sobre a vaga na sua empresa. Obrigado!", "not_english"),
        ("Namaste sir, mera naam Ravi hai aur mujhe aapki company mein kaam karna hai.", "not_english"),
        (
            "ok sure\n\nOn Monday Ann wrote:\n> one two three four five six seven eight nine ten",
            "mostly_quoted",
        ),
    ],
)
def test_refused_with_a_reason_and_no_number(scorer, text, reason):
    report = scorer.score(Draft(text=text))
    assert (report.status, report.reason, report.score) == ("refused", reason, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "a\ud800b"},
        {"text": "a\x00b"},
        {"text": "x" * 2_000_000},
        {"text": 3},
        {"text": "hello", "channel": "pigeon"},
        {"text": "hello", "stage": None},
        {"text": "hello", "recipient": "Ann"},
        {"text": "hello", "secret-canary": 1},
    ],
)
def test_bad_input_is_one_clear_line_without_the_input(fields):
    with pytest.raises(InputError) as caught:
        Draft.from_dict(fields)
    message = str(caught.value)
    assert "\n" not in message
    assert "canary" not in message
    assert "pigeon" not in message


def test_threads_may_share_a_scorer(scorer):
    drafts = [Draft(text=text) for text in (GOOD, PLEADING) * 8]
    alone = [scorer.score(draft).to_dict() for draft in drafts]
    with ThreadPoolExecutor(4) as pool:
        assert [report.to_dict() for report in pool.map(scorer.score, drafts)] == alone


def test_processes_keep_the_order(scorer):
    drafts = [Draft(text=f"{text} Number {n}.", id=str(n)) for n, text in enumerate((GOOD, PLEADING) * 70)]
    reports = list(scorer.score_many(drafts, n_jobs=2, suggestions=False))
    assert [report.draft.id for report in reports] == [draft.id for draft in drafts]


def test_scoring_imports_neither_scikit_learn_nor_spacys_command_line():
    code = (
        "import sys; from scorer import score; score('Hi Ann, could you tell me which sensor you used?');"
        "print([m for m in ('sklearn', 'spacy.cli', 'torch', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_better_drafts_score_higher(scorer):
    assert scorer.score(Draft(text=GOOD)).score > scorer.score(Draft(text=PLEADING)).score + 20
