"""What the trained heads say of a draft, once for all features that ask.

A head must not know whom it is about: names of people are replaced by one and the same before it reads.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from scorer.features.base import UNDEFINED
from scorer.heads import Heads
from scorer.parse.parsed import ParsedDraft
from scorer.schema import Measurement

ANYBODY = "Alex"


@cache
def shared_heads() -> Heads:
    """Return the shipped heads, loaded at the first draft."""
    return Heads.load()


def neutral_text(parsed: ParsedDraft, start: int = 0, end: int | None = None) -> str:
    """Return folded ``[start, end)`` of the body with every person's name replaced by `ANYBODY`."""
    text = parsed.text
    end = len(text) if end is None else end
    names = [(ent.start_char, ent.end_char) for ent in parsed.entities("PERSON")]
    names += [(mention.start, mention.end) for mention in parsed.mentions if mention.fact == "name"]
    pieces: list[str] = []
    position = start
    for first, last in sorted(names):
        if position <= first and last <= end:
            pieces += [text[position:first], ANYBODY]
            position = last
    return "".join([*pieces, text[position:end]])


def text_score(output: str) -> Callable[[ParsedDraft], Measurement]:
    """Return an extractor of a whole-text head's probability; undefined for a text without words."""

    def extract(parsed: ParsedDraft) -> Measurement:
        scores = parsed.notes.get("text_scores")
        if scores is None:
            scores = shared_heads().text_scores(neutral_text(parsed)) if parsed.words else {}
            parsed.notes["text_scores"] = scores
        return Measurement(scores[output]) if output in scores else UNDEFINED

    return extract


def sentence_scores(parsed: ParsedDraft, output: str) -> list[float]:
    """Return a sentence head's probability for each of the draft's sentences, in order."""
    scores = parsed.notes.get("sentence_scores")
    if scores is None:
        texts = [neutral_text(parsed, sentence.start, sentence.end) for sentence in parsed.sentences]
        scores = shared_heads().sentence_scores(texts)
        parsed.notes["sentence_scores"] = scores
    return [float(score) for score in scores[output]]
