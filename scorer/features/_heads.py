"""What the trained heads say of a draft, once for all features that ask.

A head must not know whom it is about: names of people, and the given names of firms and schools, are each replaced by
one and the same before it reads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from scorer.features.base import UNDEFINED
from scorer.heads import Heads
from scorer.parse.parsed import ParsedDraft
from scorer.schema import Measurement

ANYBODY = "Alex"
ANYWHERE = "Orbis"


@cache
def shared_heads() -> Heads:
    """Return the shipped heads, loaded at the first draft."""
    return Heads.load()


_Names = list[tuple[int, int, str]]


def _names(parsed: ParsedDraft) -> _Names:
    """Return where names of people, and of given firms and schools, stand, with what is read instead."""
    names = [(ent.start_char, ent.end_char, ANYBODY) for ent in parsed.entities("PERSON")]
    names += [(m.start, m.end, ANYBODY) for m in parsed.mentions if m.fact == "name"]
    # A given firm may be read as a person; what was given is surer.
    places = [(m.start, m.end, ANYWHERE) for m in parsed.mentions if m.fact in {"company", "school"}]
    names = [n for n in names if not any(n[0] < p[1] and p[0] < n[1] for p in places)] + places
    return sorted(names)


def _neutral(text: str, names: _Names, start: int, end: int) -> str:
    """Return ``text[start:end]`` with `names` replaced."""
    pieces: list[str] = []
    position = start
    for first, last, instead in names:
        if position <= first and last <= end:
            pieces += [text[position:first], instead]
            position = last
    return "".join([*pieces, text[position:end]])


def neutral_text(parsed: ParsedDraft, start: int = 0, end: int | None = None) -> str:
    """Return folded ``[start, end)`` of the body with the names of people and of given firms and schools replaced."""
    return _neutral(parsed.text, _names(parsed), start, len(parsed.text) if end is None else end)


def judge_wording(drafts: Sequence[ParsedDraft]) -> None:
    """Let all heads read `drafts` at once and note what they say: far less work than one draft after the other."""
    if not drafts:
        return
    heads = shared_heads()
    names = [_names(parsed) for parsed in drafts]
    texts = [_neutral(d.text, n, 0, len(d.text)) for d, n in zip(drafts, names, strict=True)]
    for parsed, scores in zip(drafts, heads.text_scores(texts), strict=True):
        parsed.notes["text_scores"] = scores if parsed.words else {}
    sentences = [
        [_neutral(d.text, n, s.start, s.end) for s in d.sentences] for d, n in zip(drafts, names, strict=True)
    ]
    for parsed, by_output in zip(drafts, heads.sentence_scores(sentences), strict=True):
        parsed.notes["sentence_scores"] = by_output


def text_score(output: str) -> Callable[[ParsedDraft], Measurement]:
    """Return an extractor of a whole-text head's probability; undefined for a text without words."""

    def extract(parsed: ParsedDraft) -> Measurement:
        if "text_scores" not in parsed.notes:
            judge_wording([parsed])
        scores = parsed.notes["text_scores"]
        return Measurement(scores[output]) if output in scores else UNDEFINED

    return extract


def sentence_scores(parsed: ParsedDraft, output: str) -> list[float]:
    """Return a sentence head's probability for each of the draft's sentences, in order."""
    if "sentence_scores" not in parsed.notes:
        judge_wording([parsed])
    scores: list[float] = parsed.notes["sentence_scores"][output]
    return scores
