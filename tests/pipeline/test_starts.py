"""The net for sentence starts: what it is sure of is set, the rest is the parser's, and forced starts stay."""

from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from scorer.parse.starts import N_GAPS, REACH, Kind, SentenceStarts, inputs, kind_of

WIDTH = 3
OF_A_WORD = WIDTH + len(Kind) + N_GAPS


@pytest.fixture
def doc(nlp: Language) -> Doc:
    doc = nlp.make_doc("Hello there.\n\nSee you on Monday")
    doc.tensor = np.zeros((len(doc), WIDTH), dtype=np.float32)
    doc.tensor[:, 0] = range(len(doc))
    return doc


def net(points: dict[int, float], offset: float) -> SentenceStarts:
    """A net that adds up the inputs by `points` and `offset`."""
    starts = SentenceStarts()
    into = np.zeros(((2 * REACH + 1) * OF_A_WORD, 2), dtype=np.float32)
    into[:, 0] = [points.get(i, 0.0) for i in range(len(into))]
    starts.weights = (
        into, np.zeros(2, np.float32), np.array([1, 0], np.float32), np.array([offset], np.float32),
    )  # fmt: skip
    return starts


def test_a_word_is_read_with_its_neighbours(doc: Doc) -> None:
    words = [token for token in doc if not token.is_space]
    read = inputs(doc, words).reshape(len(words), 2 * REACH + 1, OF_A_WORD)
    at = [word.text for word in words].index("See")
    assert read[at, :, 0].tolist() == [words[at + step].i for step in (-2, -1, 0, 1, 2)]
    kinds = read[at, :, WIDTH : WIDTH + len(Kind)].argmax(axis=1).tolist()
    assert kinds == [Kind.LOWER, Kind.STOP, Kind.TITLE, Kind.LOWER, Kind.LOWER]
    assert read[at, :, WIDTH + len(Kind) :].argmax(axis=1).tolist() == [1, 0, 2, 1, 1]
    assert not read[0, :REACH].any()
    assert not read[-1, REACH + 1 :].any()
    assert (read[:, REACH, WIDTH:].sum(axis=1) == 2).all()


def test_a_space_before_a_word_is_no_line_break(nlp: Language) -> None:
    doc = nlp.make_doc("one  two\n three")
    doc.tensor = np.zeros((len(doc), WIDTH), dtype=np.float32)
    words = [token for token in doc if not token.is_space]
    gaps = inputs(doc, words).reshape(3, 2 * REACH + 1, OF_A_WORD)[:, REACH, -N_GAPS:].argmax(axis=1)
    assert gaps.tolist() == [2, 1, 2]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.LOWER, "hello e-mail don't ünïcode"),
        (Kind.LETTER, "A I"),
        (Kind.TITLE, "Hello Ümit"),
        (Kind.CAPITALS, "IBM ASAP"),
        (Kind.MIXED, "iPhone McDonald"),
        (Kind.NUMBER, "7 2nd 9:30"),
        (Kind.ADDRESS, "https://example.com www.example.com a@example.com"),
        (Kind.STOP, "."),
        (Kind.CALL, "! ?! ???"),
        (Kind.DOTS, "... …"),
        (Kind.COMMA, ", ;"),
        (Kind.COLON, ":"),
        (Kind.DASH, "- –"),
        (Kind.OPENING, "( “"),
        (Kind.CLOSING, ") ”"),
        (Kind.QUOTE, "\" ''"),
        (Kind.LINE, "---- *** ____"),
        (Kind.OTHER, "@bob & 👍 #1"),
    ],
)
def test_words_are_told_apart_by_how_they_are_written(kind: Kind, words: str) -> None:
    assert {word: kind_of(word) for word in words.split()} == dict.fromkeys(words.split(), kind)


def test_what_is_sure_is_set_and_the_rest_left_open(doc: Doc) -> None:
    after_stop = OF_A_WORD * (REACH - 1) + WIDTH + Kind.STOP
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


@pytest.mark.parametrize(
    "text",
    [
        'He said "we are done here." She left the room at nine.',
        "See the list... | Nobody knows it yet.",
        '"I would like that," he wrote. "It helps us all."',
    ],
)
def test_the_shipped_net_knows_a_quote_that_closes_from_one_that_opens(nlp: Language, text: str) -> None:
    starts = [sent.text for sent in nlp(text).sents]
    assert len(starts) == 2, starts
    assert not starts[0].endswith(' "')
