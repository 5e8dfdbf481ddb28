"""The net for sentence starts: what it is sure of is set, the rest is the parser's, and forced starts stay."""

from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from scorer.parse.starts import REACH, SentenceStarts, inputs

WIDTH = 3


@pytest.fixture
def doc(nlp: Language) -> Doc:
    doc = nlp.make_doc("Hello there.\n\nSee you on Monday")
    doc.tensor = np.zeros((len(doc), WIDTH), dtype=np.float32)
    doc.tensor[:, 0] = range(len(doc))
    return doc


def net(points: dict[int, float], offset: float) -> SentenceStarts:
    """A net that adds up the inputs by `points` and `offset`."""
    starts = SentenceStarts()
    into = np.zeros(((2 * REACH + 1) * WIDTH + 6, 2), dtype=np.float32)
    into[:, 0] = [points.get(i, 0.0) for i in range(len(into))]
    starts.weights = (
        into, np.zeros(2, np.float32), np.array([1, 0], np.float32), np.array([offset], np.float32),
    )  # fmt: skip
    return starts


def test_a_word_is_read_with_its_neighbours(doc: Doc) -> None:
    words = [token for token in doc if not token.is_space]
    read = inputs(doc, words)
    assert read.shape == (len(words), 5 * WIDTH + 6)
    at = [word.text for word in words].index("See")
    neighbours = [words[at + step].i for step in (-2, -1, 0, 1, 2)]
    assert read[at, 0 : 5 * WIDTH : WIDTH].tolist() == neighbours
    assert read[at, 5 * WIDTH :].tolist() == [1, 1, 1, 1, 0, 0]
    assert read[0, : 2 * WIDTH].tolist() == [0] * 2 * WIDTH
    assert read[0, 5 * WIDTH :].tolist() == [0, 0, 1, 0, 1, 0]


def test_what_is_sure_is_set_and_the_rest_left_open(doc: Doc) -> None:
    after_stop = 5 * WIDTH
    net({after_stop: 9.0}, -4.0)(doc)
    assert {t.text: t.is_sent_start for t in doc if not t.is_space} == {
        "Hello": True, "there": False, ".": False, "See": True, "you": False, "on": False, "Monday": False,
    }  # fmt: skip
    unsure = Doc(doc.vocab, words=["Hello", "there"])
    unsure.tensor = np.zeros((2, WIDTH), dtype=np.float32)
    net({}, 0.0)(unsure)
    assert unsure[1].is_sent_start is None


def test_starts_that_stand_are_kept(doc: Doc) -> None:
    doc[1].is_sent_start = True
    net({}, -9.0)(doc)
    assert doc[1].is_sent_start


def test_without_words_or_weights_nothing_happens(nlp: Language, doc: Doc) -> None:
    SentenceStarts()(doc)
    assert doc[1].is_sent_start is None
    blank = nlp.make_doc(" \n ")
    blank.tensor = np.zeros((len(blank), WIDTH), dtype=np.float32)
    net({}, 9.0)(blank)


def test_weights_are_kept_to_half_precision(doc: Doc, tmp_path: Path) -> None:
    starts = net({0: 0.25, 4: -1.5}, 0.5)
    starts.to_disk(tmp_path / "starts")
    for again in (
        SentenceStarts().from_disk(tmp_path / "starts"),
        SentenceStarts().from_bytes(starts.to_bytes()),
    ):
        for mine, theirs in zip(starts.weights, again.weights, strict=True):
            assert np.array_equal(mine, theirs)


def test_the_shipped_net_ends_sentences_without_marks(nlp: Language) -> None:
    doc = nlp("thanks for the quick reply i will call you on monday morning. does nine work for you")
    starts = [sent[0].text for sent in doc.sents]
    assert starts[0] == "thanks"
    assert "does" in starts
