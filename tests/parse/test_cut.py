"""A draft with sentences taken out is annotated from the longer one, as a new reading would be."""

import pytest

from scorer.parse.idle import find_idle, removal
from scorer.schema import Draft, Edit

IDLE = (
    "Hi Anna,\n\nI read your post on kiln sensors on Monday.\n\n"
    "I really do appreciate it very much, honestly.\n\n"
    "Which sensor did you settle on for the second kiln? One line is plenty.\n\nBest,\nTom"
)


def reading(doc):
    return [
        (t.text, t.tag_, t.pos_, t.dep_, t.head.i, t.lemma_, str(t.morph), t.ent_iob_, t.ent_type_, t.is_sent_start)
        for t in doc
        if not t.is_space
    ]  # fmt: skip


def test_the_rest_is_annotated_as_a_new_reading_annotates_it(parser):
    parsed = parser.parse(Draft(text=IDLE))
    idle = find_idle(parsed)
    assert [sentence.text for sentence in idle] == ["I really do appreciate it very much, honestly."]
    cuts = removal(parsed, idle)
    shorter = parser.without(parsed, cuts)
    again = parser.parse(parsed.draft.with_edits(cuts))
    assert shorter.draft == again.draft
    assert reading(shorter.doc) == reading(again.doc)
    assert [s.text for s in shorter.sentences] == [s.text for s in again.sentences]
    assert [s.roles for s in shorter.sentences] == [s.roles for s in again.sentences]
    assert shorter.asks == again.asks


def test_positions_hold_behind_emoji_and_styled_letters(parser):
    text = "Hi Anna 👩‍👩‍👧,\n\n𝐈 read your post. I really do appreciate it.\n\nWhich sensor did you use?"
    parsed = parser.parse(Draft(text=text))
    at = text.index("I really")
    shorter = parser.without(parsed, [Edit(at, at + len("I really do appreciate it."), "")])
    assert "appreciate" not in shorter.text
    assert [t.text for t in shorter.doc if not t.is_space][-5:] == ["sensor", "did", "you", "use", "?"]
    assert [t.lemma_ for t in shorter.doc][-3:-1] == ["you", "use"]


@pytest.mark.parametrize("gone", ["your post on ", "kiln sensors"])
def test_a_word_whose_head_is_gone_hangs_on_what_is_left(parser, gone):
    parsed = parser.parse(Draft(text=IDLE))
    at = IDLE.index(gone)
    shorter = parser.without(parsed, [Edit(at, at + len(gone), "")])
    assert all(t.head.i < len(shorter.doc) for t in shorter.doc)
    assert all(t.has_head() and t.dep_ for t in shorter.doc)
    # One root a sentence, as the parser leaves it.
    assert all(sum(t.head == t for t in sent) == 1 for sent in shorter.doc.sents)


@pytest.mark.parametrize("half", ["Which sen", "Ann"])
def test_half_a_word_taken_out_needs_a_new_reading(parser, half):
    parsed = parser.parse(Draft(text=IDLE))
    at = IDLE.index(half)
    assert parser.without(parsed, [Edit(at, at + len(half), "")]) is None


def test_half_a_name_taken_out_needs_a_new_reading(parser):
    text = "I met Maria Sanchez in Leeds last week. She says you hire."
    parsed = parser.parse(Draft(text=text))
    assert any(ent.text == "Maria Sanchez" for ent in parsed.doc.ents)
    at = text.index("Maria ")
    assert parser.without(parsed, [Edit(at, at + len("Maria "), "")]) is None
