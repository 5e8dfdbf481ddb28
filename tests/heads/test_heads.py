"""The heads: n-grams, artefacts, and judgements that any reader would make."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.errors import ArtefactError
from scorer.heads import REQUIRED, Heads, grams
from scorer.heads.grams import KeyTable, fold, hash_texts, phrase_keys
from scorer.resources import models_dir

POLITE = (
    "Hi Priya,\n\nThank you for the talk last week, I learned a lot. Would you mind if I asked you one short "
    "question about it? No rush at all.\n\nMany thanks,\nSam"
)
RUDE = "Why did you not answer? This is ridiculous. You need to call me now, and don't ignore me again."
SPAM = (
    "CONGRATULATIONS!!! You have been selected to earn $5000 a week from home. Click here now, limited time "
    "offer, 100% free, no obligation! Unsubscribe below."
)


@pytest.fixture(scope="module")
def heads() -> Heads:
    return Heads.load()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(models_dir() / "heads", tmp_path / "heads"))


def test_a_phrase_has_the_key_it_has_inside_a_text() -> None:
    keys = set(hash_texts(["Well. Could you please help? I don't know, Priya."]).keys.tolist())
    for phrase in ("could", "could you", "could you please", "^ could you", "don't", "^ i don't"):
        assert phrase_keys([phrase])[0] in keys
    assert phrase_keys(["^ you"])[0] not in keys
    assert phrase_keys(["well could"])[0] not in keys


def test_names_inside_a_sentence_leave_no_trace() -> None:
    one, other = hash_texts(["I met Lakisha at work."]), hash_texts(["I met Emily at work."])
    np.testing.assert_array_equal(one.keys, other.keys)


def test_curly_and_straight_quotes_are_one() -> None:
    np.testing.assert_array_equal(hash_texts(["I don’t"]).keys, hash_texts(["I don't"]).keys)


@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_a_text_has_the_same_n_grams_alone_and_among_others(texts: list[str]) -> None:
    together = hash_texts(texts)
    for row, text in enumerate(texts):
        alone = hash_texts([text])
        np.testing.assert_array_equal(together.keys[together.rows == row], alone.keys)
        assert together.word_norms[row] == alone.word_norms[0]
        assert together.words[row] == alone.words[0]


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_gets_probabilities(heads: Heads, text: str) -> None:
    (scores,) = heads.text_scores([text])
    assert set(REQUIRED) - {"ask", "roles"} <= set(scores)
    assert all(0 <= p <= 1 for p in scores.values())


def test_tone(heads: Heads) -> None:
    polite, rude = heads.text_scores([POLITE, RUDE])
    assert polite["politeness"] > 0.7 > 0.3 > rude["politeness"]
    assert polite["warmth"] > rude["warmth"]


def test_formality(heads: Heads) -> None:
    formal, casual = heads.text_scores(
        [
            "We respectfully request your consideration of the enclosed proposal.",
            "hey dude, gonna grab some food lol, u in?",
        ]
    )
    assert formal["formality"] > 0.7 > 0.3 > casual["formality"]


def test_promotion(heads: Heads) -> None:
    limit = heads.threshold("promotional")
    spam, polite = heads.text_scores([SPAM, POLITE])
    assert spam["promotional"] >= limit > polite["promotional"]


def test_offence(heads: Heads) -> None:
    limit = heads.threshold("offensive")
    insult, polite = heads.text_scores(["you are a stupid bitch", POLITE])
    assert insult["offensive"] >= limit > 0.1 > polite["offensive"]


def test_asks(heads: Heads) -> None:
    asks = ["Could you send me the slides?", "Please let me know which day works for you."]
    rest = ["I read your post about cold starts.", "It was a pleasure to see the team again."]
    p = heads.sentence_scores([[*asks, *rest]])[0]["ask"]
    assert len(p) == 4
    assert min(p[:2]) >= heads.threshold("ask") > max(p[2:])


def test_no_sentences(heads: Heads) -> None:
    assert heads.sentence_scores([]) == []
    assert heads.sentence_scores([[]])[0]["ask"] == []


def test_an_unknown_output_has_no_threshold(heads: Heads) -> None:
    with pytest.raises(KeyError):
        heads.threshold("charm")


def test_altered_weights_are_refused(copy: Path) -> None:
    packed = bytearray((copy / "ask" / "weights.npz").read_bytes())
    packed[len(packed) // 2] ^= 1
    (copy / "ask" / "weights.npz").write_bytes(bytes(packed))
    with pytest.raises(ArtefactError, match=r"ask/weights\.npz: its hash") as caught:
        Heads.load(copy)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_head_is_named(copy: Path, name: str) -> None:
    shutil.rmtree(copy / name)
    with pytest.raises(ArtefactError, match=name):
        Heads.load(copy)


@pytest.mark.parametrize("file", ["weights.npz", "manifest.json"])
def test_a_missing_file_is_one_line(copy: Path, file: str) -> None:
    (copy / "warmth" / file).unlink()
    with pytest.raises(ArtefactError, match="warmth"):
        Heads.load(copy)


@pytest.mark.parametrize(
    ("key", "value"),
    [("keys_version", 0), ("phrases", "x"), ("format", 99), ("outputs", ["a", "b"]), ("unit", "page")],
)
def test_a_head_for_another_version_is_refused(copy: Path, key: str, value: object) -> None:
    path = copy / "formality" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {key: value}))
    with pytest.raises(ArtefactError, match="formality"):
        Heads.load(copy)


def test_all_heads_together_are_small() -> None:
    files = (models_dir() / "heads").glob("*/weights.npz")
    assert sum(path.stat().st_size for path in files) <= 3_000_000


def test_import_brings_neither_scikit_learn_nor_spacy() -> None:
    code = "import sys, scorer.heads; print(sorted({'sklearn', 'spacy', 'scipy'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_sentences_get_their_parts(heads: Heads) -> None:
    sentences = [
        "Hi Priya,",
        "I'm Tom, I run a bakery in Leeds.",
        "Could you send me the plan by Friday?",
        "Many thanks,",
    ]
    (scores,) = heads.sentence_scores([sentences])
    likely = {role: int(np.argmax(scores[f"role_{role}"])) for role in ("greeting", "introduction", "ask")}
    assert likely == {"greeting": 0, "introduction": 1, "ask": 2}


@given(st.lists(st.lists(st.text(max_size=60), max_size=4), max_size=5))
@settings(max_examples=60, deadline=None)
def test_a_message_gets_the_same_alone_and_among_others(heads: Heads, messages: list[list[str]]) -> None:
    """To the last bit: what is scored again from a cache must not differ from what was scored at once."""
    assert heads.sentence_scores(messages) == [heads.sentence_scores([message])[0] for message in messages]
    texts = ["\n".join(message) for message in messages]
    assert heads.text_scores(texts) == [heads.text_scores([text])[0] for text in texts]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(st.integers(0, 2**32 - 1), st.integers(0, 40)), max_size=60),
    st.lists(st.one_of(st.integers(0, 2**32 - 1), st.integers(0, 40), st.just(2**32 - 1)), max_size=60),
)
def test_keys_are_found_where_a_plain_search_finds_them(kept, asked):
    table = KeyTable(np.sort(np.array(kept, dtype=np.uint32)))
    found, place = table.find(np.array(asked + kept, dtype=np.uint32))
    in_order = sorted(kept)
    wanted = [(i, in_order.index(key)) for i, key in enumerate(asked + kept) if key in in_order]
    assert list(zip(found.tolist(), place.tolist(), strict=True)) == wanted


@given(st.text(st.sampled_from("aZ ’“é́ﬁ№Å각\u200b😀—…"), max_size=90))
def test_folding_run_by_run_is_folding_the_whole(text):
    plain = unicodedata.normalize("NFKD", text.translate(grams._FOLD))
    whole = "".join(c for c in plain if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    assert fold(text) == whole
