"""Sentences that only take up room: bare thanks, filler, heaps of keywords, the same thing twice.

A draft must not score higher for them; `scorer.scoring` compares it with the same draft without.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scorer.parse.parsed import ParsedDraft, Sentence
from scorer.schema import Edit, Finding

# Parts of a message that have a job to do, whatever their words.
_AT_WORK = frozenset({"greeting", "ask", "sign_off", "signature", "postscript"})
_WORDY = frozenset({"NOUN", "ADJ", "ADV", "VERB", "X", "INTJ"})
_LONGEST_CLOSING = 4  # words
_HEAP = 4
# The end of a sentence inside what the pipeline took for one.
_END = re.compile(r"[.!?]+[\"')”’]*\s+")
# Words that say nothing by themselves; a sentence of nothing else, beside function words, only takes up room.
_EMPTY = frozenset(
    """
    actually add admit again agree all appreciate appreciated appreciation are basic basically be believe
    best bit bunch case clear clearly come comes consider considered course day days definitely do easy end
    especially essentially everybody everyone everything fact feel fine frankly general generally get given
    go goes good grateful gratitude great guess happen happens happy hear heart honest honestly hope however
    hugely imagine importantly indeed infinitely just keep kind kindly know known life like literally long
    look lot lots make makes many matter matters mean meant mention million moment nice note nothing obvious
    obviously ok okay one others overall perfectly personally plain point possible probably put quite real
    reality really regard respect right said say saying says see seem seriously short simple simply
    sincerely something sort speak speaking state stuff sum sure surely take talk tell terms thank thanked
    thankful thanks thing things think thought thoughts thousand time times told totally true truly truth
    ultimately understand use usual usually very want way ways well whatever whole without word words world
    yes
    """.split()
)


def find_idle(parsed: ParsedDraft) -> tuple[Sentence, ...]:
    """Return the sentences that only take up room, in order.

    Those are: a sentence of words that say nothing (bare thanks among them), a heap of at least four keywords
    without a verb, and a sentence that stood there before.
    """
    idle: list[Sentence] = []
    seen: set[str] = set()
    for sentence in parsed.sentences:
        text = sentence.text.casefold().strip()
        again = text in seen and len(text.split()) > 2
        seen.add(text)
        if again:
            idle.append(sentence)
        elif sentence.roles & _AT_WORK or text.endswith("?") or _closes(text):
            continue
        elif _says_nothing(parsed, sentence) or _is_heap(parsed, sentence):
            idle.append(sentence)
    return tuple(idle)


def _closes(text: str) -> bool:
    """Tell whether `text` looks like the line before a signature, such as "Thanks either way,"."""
    return text.endswith(",") and len(text.split()) <= _LONGEST_CLOSING


def _says_nothing(parsed: ParsedDraft, sentence: Sentence) -> bool:
    n_words = 0
    for token in parsed.tokens(sentence):
        low = token.text.lower()
        if not any(c.isalnum() for c in low):
            continue
        n_words += 1
        if not (token.is_stop or low in _EMPTY or low.startswith("'")):
            return False
    return n_words >= 3


def _is_heap(parsed: ParsedDraft, sentence: Sentence) -> bool:
    marks = sum(sentence.text.count(mark) for mark in ",;|•·")
    if marks < _HEAP - 1:
        return False
    words = [token for token in parsed.tokens(sentence) if token.text[0].isalnum()]
    return (
        _HEAP <= len(words) <= 2 * (marks + 1)
        and all(token.pos_ in _WORDY and not token.ent_type_ for token in words)
        and not any(token.morph.get("VerbForm", []) == ["Fin"] for token in words)
    )


def cutting(parsed: ParsedDraft, findings: Sequence[Finding]) -> tuple[Edit, ...]:
    """Return the edits that take what `findings` point at out of the draft's text, with the rest of its sentence.

    Where the pipeline took several sentences for one, only those between the nearest marks go.
    """
    text = parsed.draft.text
    cuts: set[tuple[int, int]] = set()
    for finding in findings:
        if finding.span is None:
            continue
        for sentence in parsed.sentences:
            whole = parsed.span(sentence.start, sentence.end)
            if not finding.span.overlaps(whole):
                continue
            ends = [whole.start + m.end() for m in _END.finditer(text[whole.start : whole.end])]
            start = max((end for end in ends if end <= finding.span.start), default=whole.start)
            stop = min((end for end in ends if end >= finding.span.end), default=whole.end)
            cuts.add((start, stop))
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(cuts):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return tuple(Edit(start, stop, "") for start, stop in merged)


def removal(parsed: ParsedDraft, sentences: Sequence[Sentence]) -> tuple[Edit, ...]:
    """Return the edits that take `sentences` out of the draft's text."""
    spans = (parsed.span(sentence.start, sentence.end) for sentence in sentences)
    return tuple(Edit(span.start, span.end, "") for span in spans)
