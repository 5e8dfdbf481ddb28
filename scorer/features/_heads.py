"""What the trained heads say of a draft, once for all features that ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from scorer.features.base import UNDEFINED
from scorer.heads import Heads
from scorer.parse.parsed import ParsedDraft
from scorer.schema import Measurement


@cache
def shared_heads() -> Heads:
    """Return the shipped heads, loaded at the first draft."""
    return Heads.load()


def text_score(output: str) -> Callable[[ParsedDraft], Measurement]:
    """Return an extractor of a whole-text head's probability; undefined for a text without words."""

    def extract(parsed: ParsedDraft) -> Measurement:
        scores = parsed.notes.get("text_scores")
        if scores is None:
            scores = shared_heads().text_scores(parsed.text) if parsed.words else {}
            parsed.notes["text_scores"] = scores
        return Measurement(scores[output]) if output in scores else UNDEFINED

    return extract


def sentence_scores(parsed: ParsedDraft, output: str) -> list[float]:
    """Return a sentence head's probability for each of the draft's sentences, in order."""
    scores = parsed.notes.get("sentence_scores")
    if scores is None:
        scores = shared_heads().sentence_scores([sentence.text for sentence in parsed.sentences])
        parsed.notes["sentence_scores"] = scores
    return [float(score) for score in scores[output]]
