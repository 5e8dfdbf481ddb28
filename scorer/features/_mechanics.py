"""Whom the draft speaks of, and the slips of the keyboard in it."""

from __future__ import annotations

import math

from scorer.features._phrases import phrases, places, ratio, shown
from scorer.features.base import UNDEFINED, Feature
from scorer.parse.parsed import ParsedDraft
from scorer.parse.writing import Range
from scorer.schema import Measurement


def _per_hundred(parsed: ParsedDraft, ranges: tuple[Range, ...]) -> Measurement:
    n_words = parsed.writing.n_words
    if n_words == 0:
        return UNDEFINED
    return Measurement(min(100.0, 100.0 * len(ranges) / n_words), tuple(parsed.span(*r) for r in ranges))


def _contractions(parsed: ParsedDraft) -> Measurement:
    writing = parsed.writing
    both = writing.contractions + writing.full_forms
    return Measurement(writing.contractions / both) if both else UNDEFINED


def _self_starts(parsed: ParsedDraft) -> Measurement:
    main = parsed.writing.main_sentences
    if not main:
        return UNDEFINED
    starts = parsed.writing.self_starts
    return Measurement(len(starts) / len(main), tuple(parsed.span(*r) for r in starts))


def _self_share(parsed: ParsedDraft) -> Measurement:
    writing = parsed.writing
    own, other = len(writing.first_singular) + len(writing.first_plural), len(writing.second)
    return Measurement(own / (own + other)) if own + other else UNDEFINED


def _self_opening(parsed: ParsedDraft) -> Measurement:
    """1 when the first main sentence begins with the writer and names the reader nowhere."""
    writing = parsed.writing
    if not writing.main_sentences:
        return UNDEFINED
    first = writing.main_sentences[0]
    begins = any(first.start <= start < first.end for start, _ in writing.self_starts)
    names = any(first.start <= start < first.end for start, _ in writing.second)
    about = begins and not names
    return Measurement(float(about), (parsed.span(first.start, first.end),) if about else ())


MECHANICS: tuple[Feature, ...] = (
    ratio(
        "first_person_singular",
        "I, me and my for each hundred words of the main part.",
        lambda p: _per_hundred(p, p.writing.first_singular),
        unit="words per 100 words",
        high=100,
        direction="none",
        evidence=("STR-06",),
        examples=(
            shown("I lost my keys again.", 40, "I", "my"),
            shown("The keys are lost again.", 0),
            shown("🙂", math.nan),
        ),
    ),
    ratio(
        "first_person_plural",
        "We, us and our for each hundred words of the main part.",
        lambda p: _per_hundred(p, p.writing.first_plural),
        unit="words per 100 words",
        high=100,
        direction="none",
        evidence=("STR-05", "STR-06", "TON-02"),
        examples=(
            shown("We lost our keys again.", 40, "We", "our"),
            shown("The US office lost them.", 0),
        ),
    ),
    ratio(
        "second_person",
        "You and your for each hundred words of the main part.",
        lambda p: _per_hundred(p, p.writing.second),
        unit="words per 100 words",
        high=100,
        direction="none",
        evidence=("STR-06", "TON-02"),
        examples=(
            shown("You lost your keys again.", 40, "You", "your"),
            shown("The keys are lost again.", 0),
        ),
    ),
    ratio(
        "self_focus",
        "First-person words among first- and second-person ones.",
        _self_share,
        unit="share",
        high=1,
        direction="lower_better",
        evidence=("STR-06",),
        examples=(
            shown("I read your piece.", 0.5),
            shown("I run my firm.", 1),
            shown("The kiln is free.", math.nan),
        ),
    ),
    ratio(
        "self_starts",
        "Share of sentences that begin with the writer.",
        _self_starts,
        unit="share",
        high=1,
        direction="lower_better",
        examples=(
            shown("I bake bread. Your oven is bigger.", 0.5, "I"),
            shown("Your oven is bigger.", 0),
        ),
    ),
    ratio(
        "self_opening",
        "Whether the first sentence is about the writer alone.",
        _self_opening,
        unit="yes or no",
        high=1,
        direction="lower_better",
        examples=(
            shown("I am a results-driven baker. Your oven is bigger.", 1, "I am a results-driven baker."),
            shown("I saw your new oven. It is bigger.", 0),
        ),
    ),
    ratio(
        "contractions",
        "Contracted forms among those that could be.",
        _contractions,
        unit="share",
        high=1,
        direction="none",
        examples=(
            shown("I'm here and it is late.", 0.5),
            shown("I am here and it is late.", 0),
            shown("Late again.", math.nan),
        ),
    ),
    places(
        "lower_case_i",
        "The word I in lower case.",
        lambda p: p.writing.lower_i,
        unit="slips",
        direction="lower_better",
        evidence=("REA-06",),
        examples=(
            shown("Last week i saw your talk.", 1, "i"),
            shown("Last week I saw your talk, i.e. the one on rye.", 0),
        ),
    ),
    places(
        "uncapitalised",
        "Sentences that begin in lower case.",
        lambda p: p.writing.uncapitalised,
        unit="sentences",
        direction="lower_better",
        evidence=("REA-06",),
        examples=(
            shown("The kiln works. we fire it on Friday.", 1, "w"),
            shown("The kiln works. We fire it on Friday.", 0),
        ),
    ),
    places(
        "unended",
        "Paragraphs that stop without a mark.",
        lambda p: p.writing.unended,
        unit="paragraphs",
        direction="lower_better",
        evidence=("REA-06",),
        examples=(
            shown("We fire the kiln on Friday and on Saturday", 1, "Saturday"),
            shown("We fire the kiln on Friday and on Saturday.", 0),
        ),
    ),
    phrases(
        "misspellings",
        "Words that a list of frequent misspellings holds.",
        "ton_misspellings",
        direction="lower_better",
        evidence=("REA-06", "REA-07"),
        examples=(
            shown("I recieved your adress.", 2, "recieved", "adress"),
            shown("I received your address and the new timetable.", 0),
        ),
    ),
    places(
        "unknown_words",
        "Lower-case words that are no English word form.",
        lambda p: p.writing.unknown,
        unit="words",
        direction="lower_better",
        evidence=("REA-06",),
        examples=(
            shown("The proffile shows a kkiln.", 2, "proffile", "kkiln"),
            shown("The powertrain shortlist favours Grzegorz.", 0),
        ),
    ),
    places(
        "doubled_words",
        "The same word twice in a row.",
        lambda p: p.writing.doubled,
        unit="slips",
        direction="lower_better",
        evidence=("REA-06",),
        examples=(
            shown("We met at the the kiln.", 1, " the"),
            shown("I know that that kiln had had its day.", 0),
        ),
    ),
    places(
        "article_errors",
        "A or an before the wrong sound.",
        lambda p: p.writing.articles,
        unit="slips",
        direction="lower_better",
        evidence=("REA-06",),
        examples=(
            shown("It was a interesting talk.", 1, "a"),
            shown("It took an hour at a university.", 0),
        ),
    ),
)
