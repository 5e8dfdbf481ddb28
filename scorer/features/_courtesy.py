"""Politeness strategies: how the draft thanks, asks, hedges, praises and addresses the reader."""

from __future__ import annotations

import math

from scorer.features._phrases import phrases, places, ratio, shown
from scorer.features.base import UNDEFINED, Feature
from scorer.parse.parsed import ParsedDraft
from scorer.parse.writing import Range
from scorer.schema import Measurement


def _greeting(parsed: ParsedDraft) -> Measurement:
    found = parsed.with_role("greeting")
    return Measurement(float(bool(found)), tuple(parsed.span(s.start, s.end) for s in found[:1]))


def _closing_thanks(parsed: ParsedDraft) -> Measurement:
    """1 when thanks stand in the last sentence of the main part or after it."""
    main = parsed.writing.main_sentences
    if not main:
        return UNDEFINED
    late = [hit for hit in parsed.hits("ton_gratitude") if hit.start >= main[-1].start]
    return Measurement(float(bool(late)), tuple(parsed.span(hit.start, hit.end) for hit in late))


def _direct_requests(parsed: ParsedDraft) -> tuple[Range, ...]:
    return tuple((ask.start, ask.end) for ask in parsed.asks if ask.direct)


def _please(parsed: ParsedDraft, *, at_start: bool) -> tuple[Range, ...]:
    starts = parsed.writing.please_starts
    if at_start:
        return starts
    opening = {start for start, _ in starts}
    return tuple(place for place in parsed.writing.please if place[0] not in opening)


def _sentiment(parsed: ParsedDraft) -> Measurement:
    """Pleasant words as a share of pleasant and unpleasant ones."""
    good, bad = parsed.hits("ton_positive"), parsed.hits("ton_negative")
    if not good and not bad:
        return UNDEFINED
    return Measurement(len(good) / (len(good) + len(bad)), tuple(parsed.span(h.start, h.end) for h in bad))


def _per_hundred(parsed: ParsedDraft, lexicon: str) -> Measurement:
    n_words = parsed.writing.n_words
    if n_words == 0:
        return UNDEFINED
    hits = parsed.hits(lexicon)
    spans = tuple(parsed.span(hit.start, hit.end) for hit in hits)
    return Measurement(min(100.0, 100.0 * len(hits) / n_words), spans)


COURTESY: tuple[Feature, ...] = (
    phrases(
        "gratitude",
        "Words of thanks.",
        "ton_gratitude",
        direction="in_between",
        evidence=("TON-02", "TON-05", "TON-08"),
        examples=(
            shown("Thank you for the notes on heat pumps.", 1, "Thank you for"),
            shown("Your notes on heat pumps saved me a week.", 0),
            shown("Thanks for the notes, I really appreciate it.", 2, "Thanks for", "appreciate"),
        ),
    ),
    ratio(
        "closing_thanks",
        "Whether the draft ends with thanks.",
        _closing_thanks,
        unit="yes or no",
        high=1,
        direction="higher_better",
        evidence=("TON-08",),
        examples=(
            shown("Could you tell me who runs the workshop?\n\nThanks,\nSam", 1, "Thanks"),
            shown(
                "Thanks for the talk last May. I am back in Leeds now. Who runs the workshop these days?", 0
            ),
            shown("Hi Dana,", math.nan),
        ),
    ),
    phrases(
        "thanks_in_advance",
        "Thanks for what has not been granted yet.",
        "ton_thanks_in_advance",
        direction="none",
        evidence=("TON-08",),
        examples=(
            shown("Could you send me the programme? Thanks in advance.", 1, "Thanks in advance"),
            shown("Thanks for telling me in advance that the hall is closed.", 0),
        ),
    ),
    phrases(
        "deference",
        "Polite praise of something the reader did.",
        "ton_deference",
        direction="in_between",
        evidence=("TON-02",),
        examples=(
            shown("Congratulations on the new bakery.", 1, "Congratulations"),
            shown("The new bakery opens on Monday.", 0),
            shown("I enjoyed your piece on rye.", 1, "enjoyed your"),
        ),
    ),
    phrases(
        "hedges",
        "Words that soften a claim or a request.",
        "ton_hedges",
        direction="in_between",
        evidence=("TON-02", "TON-10"),
        examples=(
            shown("Perhaps the second lens is better.", 1, "Perhaps"),
            shown("The second lens is better.", 0),
        ),
    ),
    phrases(
        "indirect_requests",
        "Requests put as a question of ability, possibility or willingness.",
        "ton_indirect_request",
        direction="higher_better",
        evidence=("TON-02",),
        examples=(
            shown("Could you tell me which sensor you used?", 1, "Could you"),
            shown("Tell me which sensor you used.", 0),
            shown("Do you by any chance still have the drawing?", 1, "by any chance"),
        ),
    ),
    places(
        "direct_requests",
        "Requests put as a command or a bare question.",
        _direct_requests,
        unit="requests",
        direction="none",
        evidence=("TON-02", "ASK-08"),
        examples=(
            shown("Send me your phone list.", 1, "Send me your phone list."),
            shown("I would be grateful for a pointer.", 0),
        ),
    ),
    phrases(
        "counterfactual_requests",
        "Requests with could, would or might.",
        "ton_counterfactual",
        direction="higher_better",
        evidence=("TON-02",),
        examples=(
            shown("Would you look at one page?", 1, "Would you"),
            shown("Will you look at one page?", 0),
        ),
    ),
    phrases(
        "indicative_requests",
        "Requests with can, will or shall.",
        "ton_indicative",
        direction="none",
        evidence=("TON-02",),
        examples=(
            shown("Can you look at one page?", 1, "Can you"),
            shown("Could you look at one page?", 0),
        ),
    ),
    places(
        "please_at_start",
        "Sentences that begin with please or kindly.",
        lambda p: _please(p, at_start=True),
        unit="sentences",
        direction="lower_better",
        evidence=("TON-02", "TON-10"),
        examples=(
            shown("Please send the drawing.", 1, "Please"),
            shown("Could you please send the drawing?", 0),
        ),
    ),
    places(
        "please_inside",
        "The word please inside a sentence.",
        lambda p: _please(p, at_start=False),
        unit="words",
        direction="none",
        evidence=("TON-02", "TON-11"),
        examples=(
            shown("Could you please send the drawing?", 1, "please"),
            shown("Please send the drawing.", 0),
        ),
    ),
    places(
        "direct_question_starts",
        "Questions that begin with what, why, who, how and the like.",
        lambda p: p.writing.wh_starts,
        unit="sentences",
        direction="none",
        evidence=("TON-02",),
        examples=(
            shown("Why is the second pump smaller?", 1, "Why"),
            shown("Could you tell me why the second pump is smaller?", 0),
        ),
    ),
    places(
        "you_starts",
        "Sentences that begin with you or your.",
        lambda p: p.writing.you_starts,
        unit="sentences",
        direction="none",
        evidence=("TON-02",),
        examples=(
            shown("Your talk changed how we store onions.", 1, "Your"),
            shown("I heard your talk on storing onions.", 0),
        ),
    ),
    phrases(
        "apologies",
        "Words of apology.",
        "ton_apology",
        direction="lower_better",
        evidence=("TON-02",),
        examples=(
            shown("Sorry to bother you, but the link is dead.", 1, "Sorry"),
            shown("The link on page two is dead.", 0),
        ),
    ),
    ratio(
        "greeting",
        "Whether the draft greets the reader.",
        _greeting,
        unit="yes or no",
        high=1,
        direction="higher_better",
        evidence=("STR-01", "STR-02", "TON-02"),
        examples=(
            shown("Hi Dana,\n\nThe kiln is free on Friday.", 1, "Hi Dana,"),
            shown("The kiln is free on Friday.", 0),
        ),
    ),
    phrases(
        "factuality",
        "Words that stress that something is true.",
        "ton_factuality",
        direction="none",
        evidence=("TON-02",),
        examples=(
            shown("In fact the pump never ran.", 1, "In fact"),
            shown("The pump never ran.", 0),
        ),
    ),
    ratio(
        "positive_words",
        "Pleasant words for each hundred words of the main part.",
        lambda p: _per_hundred(p, "ton_positive"),
        unit="words per 100 words",
        high=100,
        direction="in_between",
        evidence=("TON-01", "TON-02"),
        examples=(
            shown("That was a good talk, very useful here.", 25, "good", "useful"),
            shown("That was a talk about cement.", 0),
            shown("🙂", math.nan),
        ),
    ),
    ratio(
        "negative_words",
        "Unpleasant words for each hundred words of the main part.",
        lambda p: _per_hundred(p, "ton_negative"),
        unit="words per 100 words",
        high=100,
        direction="lower_better",
        evidence=("TON-01", "TON-02"),
        examples=(
            shown("That was a terrible talk.", 20, "terrible"),
            shown("That was a talk about cement.", 0),
        ),
    ),
    ratio(
        "pleasant_share",
        "Pleasant words among pleasant and unpleasant ones.",
        _sentiment,
        unit="share",
        high=1,
        direction="none",
        evidence=("TON-01",),
        examples=(
            shown("A useful talk with a boring start.", 0.5, "boring"),
            shown("The talk starts at nine.", math.nan),
        ),
    ),
    phrases(
        "courtesy_titles",
        "Forms of address that show deference.",
        "ton_titles",
        direction="none",
        examples=(
            shown("Good morning sir, the report is ready.", 1, "sir"),
            shown("Good morning, the report is ready.", 0),
        ),
    ),
    phrases(
        "warmth",
        "Words of warmth towards the reader.",
        "ton_warmth",
        direction="in_between",
        evidence=("TON-01",),
        examples=(
            shown("No rush, and good luck with the harvest.", 2, "No rush", "good luck"),
            shown("The harvest starts on Monday.", 0),
        ),
    ),
)
