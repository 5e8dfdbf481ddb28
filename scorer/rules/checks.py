"""Reusable checks, so that most rules are a list of words or a limit and a message."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator

from scorer import lexicons as lex
from scorer.parse.parsed import ParsedDraft
from scorer.rules.base import Check, Context, Hit
from scorer.schema import Edit, Fix, Span


def phrases(
    *lexicons: str,
    guard: Callable[[ParsedDraft, lex.Hit], bool] | None = None,
    at_least: int = 1,
    subject: bool = True,
    safe: bool = False,
) -> Check:
    """Return a check that flags the entries of `lexicons` in body and subject.

    Parameters
    ----------
    guard
        Tells for a hit in the body whether it is innocent there and stays unflagged.
    at_least
        Flags only when this many hits stand in the draft.
    safe
        Whether an entry's replacement keeps the meaning, so that it may be applied unasked.
    """

    def check(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
        found = [hit for hit in parsed.hits(*lexicons) if guard is None or not guard(parsed, hit)]
        places = [(parsed.body, hit) for hit in found]
        if subject and parsed.subject is not None:
            places += [(parsed.subject, hit) for hit in parsed.subject_hits(*lexicons)]
        if len(places) < at_least:
            return
        for source, hit in places:
            span = source.span(hit.start, hit.end)
            yield Hit(
                span,
                fix=replacement(
                    span,
                    source.text[hit.start : hit.end],
                    lex.load(hit.lexicon).entries[hit.entry],
                    safe=safe,
                ),
            )

    return check


def replacement(span: Span, words: str, better: str | None, *, safe: bool) -> Fix | None:
    """Return a fix that puts `better` in place of `words`, keeping a capital; None without one."""
    if better is None:
        return None
    text = "" if better == "-" else better
    if text and words[:1].isupper() and not (words.isupper() and len(words) > 1):
        text = text[0].upper() + text[1:]
    return Fix(
        (Edit(span.start, span.end, text, span.where),),
        safe=safe,
        title=f"Write “{text}”" if text else "Remove it",
    )


def above(feature: str, option: str, *, point: bool = True) -> Check:
    """Return a check that fires when `feature` is above the rule's `option`, pointing at its spans."""
    return _limit(feature, option, lambda value, limit: value > limit, point=point)


def below(feature: str, option: str, *, point: bool = False) -> Check:
    """Return a check that fires when `feature` is below the rule's `option`."""
    return _limit(feature, option, lambda value, limit: value < limit, point=point)


def _limit(feature: str, option: str, fires: Callable[[float, float], bool], *, point: bool) -> Check:
    def check(parsed: ParsedDraft, context: Context) -> Iterable[Hit]:
        measurement = context.measurements[feature]
        if math.isnan(measurement.value) or not fires(measurement.value, context.number(option)):
            return ()
        return tuple(Hit(span) for span in measurement.spans) if point and measurement.spans else (Hit(),)

    return check
