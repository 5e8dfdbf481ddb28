"""Features of the length family: size against the channel, sentences, layout, subject, readability."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable
from typing import Any

from scorer.features import readability
from scorer.features.base import UNDEFINED, Direction, Example, Feature
from scorer.limits import limits
from scorer.parse.marks import find_bullets
from scorer.parse.parsed import ParsedDraft
from scorer.schema import Draft, Measurement, Span

# Sentences of more words than this are long (REA-01 and house judgement).
LONG_SENTENCE = 25
# A paragraph of more words than this is a wall of text.
WALL = 60
# Words below which a message says nothing (LEN-08).
VERY_SHORT = 10
# Words that a formula needs before its grade means anything; below, it abstains. ARI needs no syllables.
LEAST_WORDS_ARI = 20
LEAST_WORDS_GRADE = 30
LEAST_WORDS_SMOG = 40
# InMail lengths in characters at which reply rates were measured to fall.
INMAIL_STEPS = (400, 800, 1200)


def characters(parsed: ParsedDraft) -> int:
    """Return the characters that are sent: spaces included, surrounding white space and comments not."""
    text, folded = parsed.draft.text, parsed.body.folded
    left_out = sum(end - start for start, end in (*folded.comments, *folded.quoted))
    if left_out:
        keep, position = [], 0
        for start, end in sorted((*folded.comments, *folded.quoted)):
            keep.append(text[position:start])
            position = max(position, end)
        text = "".join(keep) + text[position:]
    return len(text.strip().replace("\r\n", "\n"))


def worst_case(parsed: ParsedDraft) -> int:
    """Return the characters sent when every variable takes a long value."""
    known = limits()
    longer = sum(known.placeholder_characters(p.name) - (p.end - p.start) for p in parsed.placeholders)
    return characters(parsed) + longer


def overflow(parsed: ParsedDraft, limit: int) -> Span | None:
    """Return the part of the text behind its first `limit` characters; None when all fits."""
    over = characters(parsed) - limit
    text = parsed.draft.text
    end = len(text.rstrip())
    start = end
    while start > 0 and over > 0:
        start -= 1
        over -= text[start] != "\r"
    return Span(start, end) if start < end else None


def _number(value: float, *spans: Span) -> Measurement:
    return Measurement(float(value), spans)


def _of_limit(parsed: ParsedDraft, size: int, account: str) -> Measurement:
    limit = limits().hard_limit(parsed.draft.channel, account)
    return UNDEFINED if limit is None else _number(min(size / limit, 20.0))


def _over_limit(parsed: ParsedDraft) -> Measurement:
    limit = limits().hard_limit(parsed.draft.channel, parsed.draft.account)
    if limit is None:
        return UNDEFINED
    span = overflow(parsed, limit)
    return _number(0) if span is None else _number(max(0, characters(parsed) - limit), span)


def _band_distance(parsed: ParsedDraft, *, above: bool) -> Measurement:
    band = limits().band(parsed.draft.channel, parsed.draft.stage)
    words = len(parsed.words)
    return _number(max(0, words - band.high) if above else max(0, band.low - words))


def _over_step(step: int) -> Callable[[ParsedDraft], Measurement]:
    def extract(parsed: ParsedDraft) -> Measurement:
        if parsed.draft.channel != "inmail":
            return UNDEFINED
        return _number(characters(parsed) > step)

    return extract


def _sentence_words(parsed: ParsedDraft) -> list[int]:
    return [words for _, words in parsed.main_sentences]


def _long_sentences(parsed: ParsedDraft) -> Measurement:
    long = [s for s, words in parsed.main_sentences if words > LONG_SENTENCE]
    return _number(len(long), *(parsed.span(s.start, s.end) for s in long))


def _longest_sentence(parsed: ParsedDraft) -> Measurement:
    if not parsed.main_sentences:
        return UNDEFINED
    sentence, words = max(parsed.main_sentences, key=lambda pair: pair[1])
    return _number(words, parsed.span(sentence.start, sentence.end))


def _mean_sentence(parsed: ParsedDraft) -> Measurement:
    words = _sentence_words(parsed)
    return _number(sum(words) / len(words)) if words else UNDEFINED


def _sentence_spread(parsed: ParsedDraft) -> Measurement:
    words = _sentence_words(parsed)
    if len(words) < 2:
        return UNDEFINED
    mean = sum(words) / len(words)
    return _number(math.sqrt(sum((number - mean) ** 2 for number in words) / len(words)))


def _longest_paragraph(parsed: ParsedDraft) -> Measurement:
    if not parsed.paragraphs:
        return UNDEFINED
    start, end, words = max(parsed.paragraphs, key=lambda paragraph: paragraph[2])
    return _number(words, parsed.span(start, end))


def walls(parsed: ParsedDraft, limit: int = WALL) -> list[Span]:
    """Return the paragraphs of more than `limit` words."""
    return [parsed.span(start, end) for start, end, words in parsed.paragraphs if words > limit]


def _walls(parsed: ParsedDraft) -> Measurement:
    found = walls(parsed)
    return _number(len(found), *found)


def line_per_sentence(parsed: ParsedDraft) -> float:
    """Return the share of paragraphs that hold one sentence only; NaN below three paragraphs.

    Items of a list do not count.
    """
    listed = set(find_bullets(parsed.text, [(start, end) for start, end, _ in parsed.paragraphs]))
    starts = [sentence.start for sentence, _ in parsed.main_sentences]
    inside = [
        sum(start <= first < end for first in starts)
        for start, end, words in parsed.paragraphs
        if words and (start, end) not in listed
    ]
    return sum(number <= 1 for number in inside) / len(inside) if len(inside) >= 3 else math.nan


def _bullets(parsed: ParsedDraft) -> Measurement:
    found = find_bullets(parsed.text, [(start, end) for start, end, _ in parsed.paragraphs])
    return _number(len(found), *(parsed.span(*item) for item in found))


def _frame_share(parsed: ParsedDraft) -> Measurement:
    if not parsed.words:
        return UNDEFINED
    return _number(1 - len(parsed.main_words) / len(parsed.words))


def _greeting_share(parsed: ParsedDraft) -> Measurement:
    if not parsed.words:
        return UNDEFINED
    return _number(parsed.count_words(0, parsed.body_start) / len(parsed.words))


def has_subject_line(parsed: ParsedDraft) -> bool:
    """Tell whether the reader sees a subject line on this channel."""
    return parsed.draft.channel in ("inmail", "email")


def subject_words(parsed: ParsedDraft) -> int:
    """Return the words of the subject line, 0 without one."""
    return sum(any(c.isalnum() for c in piece) for piece in (parsed.draft.subject or "").split())


def _subject(value: Callable[[ParsedDraft], float]) -> Callable[[ParsedDraft], Measurement]:
    def extract(parsed: ParsedDraft) -> Measurement:
        if not has_subject_line(parsed) or not subject_words(parsed):
            return UNDEFINED
        return _number(value(parsed))

    return extract


def _subject_missing(parsed: ParsedDraft) -> Measurement:
    return _number(not subject_words(parsed)) if has_subject_line(parsed) else UNDEFINED


def _subject_distance(parsed: ParsedDraft) -> float:
    words = subject_words(parsed)
    return max(3 - words, words - 7, 0)


def _formula(
    name: str, least: int, low: float = -5.0, high: float = 40.0
) -> Callable[[ParsedDraft], Measurement]:
    def extract(parsed: ParsedDraft) -> Measurement:
        counts = readability.count(parsed.prose)
        if counts is None or counts.words < least:
            return UNDEFINED
        return _number(min(max(getattr(counts, name), low), high))

    return extract


_GRADES = ("automated_readability_index", "flesch_kincaid_grade", "coleman_liau_index", "gunning_fog")


def median_grade(parsed: ParsedDraft) -> float:
    """Return the median school grade of four formulas; NaN where they abstain."""
    counts = readability.count(parsed.prose)
    if counts is None or counts.words < LEAST_WORDS_GRADE:
        return math.nan
    grades: list[float] = [getattr(counts, name) for name in _GRADES]
    return min(max(statistics.median(grades), -5.0), 40.0)


def _per_word(value: Callable[[readability.Counts], float]) -> Callable[[ParsedDraft], Measurement]:
    def extract(parsed: ParsedDraft) -> Measurement:
        counts = readability.count(parsed.prose)
        return UNDEFINED if counts is None else _number(min(value(counts) / counts.words, 10.0))

    return extract


def _example(text: str, value: float, *spans: str, check: bool = False, **fields: Any) -> Example:
    return Example(Draft(text=text, **fields), value, spans if spans or check else None)


_NOTE: dict[str, Any] = {"channel": "connection_note"}
_INMAIL: dict[str, Any] = {"channel": "inmail"}
_EMAIL: dict[str, Any] = {"channel": "email"}
_LONG = (
    "I wanted to write because the note that you left under the survey of river gauges last spring made me "
    "change how our little team reads its own sensors every single morning."
)
_PLAIN = (
    "I read your note on the gripper last week. It helped our small team fix a stubborn fault. "
    "We run a warehouse in Leeds with forty robots. Could you tell me which sensor you chose in the end? "
    "A single line would help us a lot."
)
_HEAVY = (
    "Comprehensive organisational transformation necessitates multidisciplinary collaboration. "
    "Accordingly, our consultancy facilitates sophisticated technological implementations, "
    "encompassing infrastructure modernisation, regulatory accountability, operational sustainability "
    "and international administration, thereby accelerating competitive differentiation across "
    "geographically distributed manufacturing enterprises."
)


def _feature(
    name: str,
    summary: str,
    unit: str,
    high: float,
    extract: Callable[[ParsedDraft], Measurement],
    examples: tuple[Example, ...],
    *,
    low: float = 0.0,
    direction: Direction = "none",
    evidence: tuple[str, ...] = (),
) -> Feature:
    return Feature(
        name=f"length.{name}", summary=summary, unit=unit, low=low, high=high, extract=extract,
        direction=direction, evidence=evidence, examples=examples,
    )  # fmt: skip


_MANY = 100_000.0

FEATURES: tuple[Feature, ...] = (
    _feature(
        "words", "Words of the whole message.", "words", _MANY, lambda p: _number(len(p.words)),
        (_example("Hi Ana, did the pump arrive?", 6), _example("I don't know.", 3)),
        direction="in_between", evidence=("LEN-06", "LEN-08", "LEN-13"),
    ),
    _feature(
        "characters", "Characters that are sent, spaces included.", "characters", _MANY,
        lambda p: _number(min(characters(p), _MANY)),
        (_example("Hi Ana\r\n\r\nDid it arrive?  \n", 22), _example("Two words<!-- score-draft: ignore -->", 9)),
        direction="in_between", evidence=("LEN-01", "LEN-05"),
    ),
    _feature(
        "main_words", "Words between greeting and sign-off.", "words", _MANY, lambda p: _number(len(p.main_words)),
        (
            _example("Hi Ana,\n\nDid the pump arrive?\n\nBest,\nTom", 4),
            _example("Did the pump arrive?", 4),
        ),
        direction="in_between", evidence=("LEN-06", "LEN-08"),
    ),
    _feature(
        "words_below_band", "Words missing to the lower end of what earns full marks on the channel.", "words", 100,
        lambda p: _band_distance(p, above=False),
        (_example("Hi Ana, did the pump arrive?", 34), _example("Hi Ana, did the pump arrive?", 8, **_NOTE)),
        direction="lower_better", evidence=("LEN-08", "LEN-13"),
    ),
    _feature(
        "words_above_band", "Words beyond the upper end of what earns full marks on the channel.", "words", _MANY,
        lambda p: _band_distance(p, above=True),
        (_example("word " * 90, 15), _example("word " * 90, 30, stage="follow_up"), _example("word " * 90, 0, **_EMAIL)),
        direction="lower_better", evidence=("LEN-06", "LEN-08"),
    ),
    _feature(
        "limit_share", "Share of the channel's hard limit that is used, for the sender's account.", "share", 20,
        lambda p: _of_limit(p, characters(p), p.draft.account),
        (
            _example("x" * 150, 0.75, **_NOTE),
            _example("x" * 150, 0.5, account="premium", **_NOTE),
            _example("x" * 150, math.nan, **_EMAIL),
        ),
        evidence=("PLT-01", "PLT-02", "PLT-07"),
    ),
    _feature(
        "worst_case_share", "Share of a free account's limit that is used when every variable takes a long value.",
        "share", 20, lambda p: _of_limit(p, worst_case(p), "free"),
        (
            _example("Hi {{first_name}}, ok", 0.095, **_NOTE),
            _example("x" * 150, 0.75, account="premium", **_NOTE),
            _example("x" * 150, math.nan, **_EMAIL),
        ),
        direction="lower_better", evidence=("PLT-01",),
    ),
    _feature(
        "characters_over_limit", "Characters beyond the channel's hard limit.", "characters", _MANY, _over_limit,
        (
            _example("x" * 205, 5, "xxxxx", **_NOTE),
            _example("x" * 205, 0, check=True, account="premium", **_NOTE),
            _example("x" * 205, math.nan, **_EMAIL),
        ),
        direction="lower_better", evidence=("PLT-01", "PLT-02", "PLT-07"),
    ),
    *(
        _feature(
            f"inmail_over_{step}", f"Whether an InMail has more than {step} characters (0 or 1).", "flag", 1,
            _over_step(step),
            (
                _example("x" * (step + 1), 1, **_INMAIL),
                _example("x" * step, 0, **_INMAIL),
                _example("x" * (step + 1), math.nan),
            ),
            direction="lower_better", evidence=("LEN-01", "LEN-02", "LEN-03", "LEN-04"),
        )
        for step in INMAIL_STEPS
    ),
    _feature(
        "very_short", "Whether the message has fewer than ten words (0 or 1).", "flag", 1,
        lambda p: _number(len(p.words) < VERY_SHORT),
        (_example("Hi Ana, coffee?", 1), _example(_PLAIN, 0)),
        direction="lower_better", evidence=("LEN-08",),
    ),
    _feature(
        "sentences", "Sentences between greeting and sign-off.", "sentences", _MANY,
        lambda p: _number(len(p.main_sentences)),
        (_example("Hi Ana,\n\nThe pump came. It works.\n\nBest,\nTom", 2), _example("Did the pump arrive?", 1)),
    ),
    _feature(
        "mean_sentence_words", "Mean words of a sentence.", "words", _MANY, _mean_sentence,
        (_example("The pump came. It works well now.", 3.5), _example("👍", math.nan)),
        direction="lower_better", evidence=("REA-01",),
    ),
    _feature(
        "longest_sentence_words", "Words of the longest sentence.", "words", _MANY, _longest_sentence,
        (_example("The pump came. It works well now.", 4, "It works well now."), _example("👍", math.nan)),
        direction="lower_better", evidence=("REA-01",),
    ),
    _feature(
        "long_sentences", "Sentences of more than 25 words.", "sentences", _MANY, _long_sentences,
        (_example(f"Hi Ana, {_LONG}", 1, _LONG), _example(_PLAIN, 0, check=True)),
        direction="lower_better", evidence=("REA-01",),
    ),
    _feature(
        "sentence_spread", "Standard deviation of the words per sentence; regular lengths read like a machine's.",
        "words", _MANY, _sentence_spread,
        (_example("The pump came. It works well now.", 0.5), _example("The pump came.", math.nan)),
    ),
    _feature(
        "paragraphs", "Paragraphs between greeting and sign-off.", "paragraphs", _MANY,
        lambda p: _number(len(p.paragraphs)),
        (_example("Hi Ana,\n\nThe pump came.\n\nIt works.", 2), _example("The pump came. It works.", 1)),
        direction="in_between", evidence=("REA-05",),
    ),
    _feature(
        "longest_paragraph_words", "Words of the longest paragraph.", "words", _MANY, _longest_paragraph,
        (_example("Hi Ana,\n\nThe pump came.\n\nIt works well now.", 4, "It works well now."), _example("", math.nan)),
        direction="lower_better", evidence=("REA-05",),
    ),
    _feature(
        "walls_of_text", "Paragraphs of more than 60 words without a break.", "paragraphs", _MANY, _walls,
        (_example("word " * 61, 1, "word " * 60 + "word"), _example("word " * 40 + "\n\n" + "word " * 40, 0, check=True)),
        direction="lower_better", evidence=("REA-05",),
    ),
    _feature(
        "line_per_sentence", "Share of paragraphs with a single sentence.", "share", 1,
        lambda p: _number(line_per_sentence(p)),
        (_example("It broke.\n\nWe fixed it.\n\nIt broke again.", 1), _example("It broke.", math.nan)),
    ),
    _feature(
        "list_items", "Items of lists.", "items", _MANY, _bullets,
        (
            _example("Hi Ana,\n\nTwo are left:\n- the pump\n- the valve\n\nCould you send both?", 2, "- the pump", "- the valve"),
            _example("It came - at last.", 0, check=True),
        ),
    ),
    _feature(
        "frame_share", "Share of the words that are greeting, sign-off or signature.", "share", 1, _frame_share,
        (_example("Hi Ana,\n\nDid the pump arrive?\n\nBest,\nTom", 0.5), _example("Did it arrive?", 0)),
    ),
    _feature(
        "greeting_share", "Share of the words that stand in the greeting.", "share", 1, _greeting_share,
        (_example("Hi Ana, did it arrive?", 0.4), _example("Did it arrive?", 0)),
    ),
    _feature(
        "subject_words", "Words of the subject line.", "words", _MANY, _subject(subject_words),
        (
            _example("Hi Ana", 3, subject="Pump for Leeds", **_EMAIL),
            _example("Hi Ana", math.nan, subject="Pump for Leeds"),
        ),
        direction="in_between", evidence=("SUB-01", "SUB-02"),
    ),
    _feature(
        "subject_characters", "Characters of the subject line.", "characters", _MANY,
        _subject(lambda p: len((p.draft.subject or "").strip())),
        (
            _example("Hi Ana", 14, subject="Pump for Leeds ", **_EMAIL),
            _example("Hi Ana", math.nan, subject="", **_INMAIL),
        ),
        direction="in_between", evidence=("SUB-01", "SUB-02"),
    ),
    _feature(
        "subject_off_band", "Words by which the subject line misses three to seven.", "words", _MANY,
        _subject(_subject_distance),
        (
            _example("Hi Ana", 1, subject="Leeds pump", **_INMAIL),
            _example("Hi Ana", 0, subject="Pump for Leeds", **_INMAIL),
            _example("Hi Ana", math.nan, **_INMAIL),
        ),
        direction="lower_better", evidence=("SUB-01", "SUB-02"),
    ),
    _feature(
        "subject_missing", "Whether an InMail or e-mail has no subject line (0 or 1).", "flag", 1, _subject_missing,
        (
            _example("Hi Ana", 1, **_INMAIL),
            _example("Hi Ana", 0, subject="Pump for Leeds", **_EMAIL),
            _example("Hi Ana", math.nan),
        ),
        direction="lower_better", evidence=("SUB-01", "SUB-05"),
    ),
    _feature(
        "automated_readability_index", "School grade by characters and sentence length (ARI); from 20 words on.",
        "grade", 40, _formula("automated_readability_index", LEAST_WORDS_ARI),
        (_example(_PLAIN, 1.498), _example("Did the pump arrive?", math.nan)),
        low=-5, direction="in_between", evidence=("REA-01", "REA-03"),
    ),
    _feature(
        "flesch_kincaid_grade", "School grade by syllables and sentence length; from 30 words on.", "grade", 40,
        _formula("flesch_kincaid_grade", LEAST_WORDS_GRADE),
        (_example(_PLAIN, 1.8502), _example("Did the pump arrive?", math.nan)),
        low=-5, direction="in_between", evidence=("REA-01", "REA-03"),
    ),
    _feature(
        "flesch_reading_ease", "Reading ease by syllables and sentence length, 100 easy; from 30 words on.", "points",
        130, _formula("flesch_reading_ease", LEAST_WORDS_GRADE, -100.0, 130.0),
        (_example(_PLAIN, 98.184), _example("Did the pump arrive?", math.nan)),
        low=-100, direction="in_between", evidence=("REA-01", "REA-03"),
    ),
    _feature(
        "smog_index", "School grade by words of three and more syllables; from 40 words on.", "grade", 40,
        _formula("smog_index", LEAST_WORDS_SMOG),
        (_example(_PLAIN, 3.1291), _example("Did the pump arrive?", math.nan)),
        low=-5, direction="in_between", evidence=("REA-01", "REA-03"),
    ),
    _feature(
        "coleman_liau_index", "School grade by letters and sentences; from 30 words on.", "grade", 40,
        _formula("coleman_liau_index", LEAST_WORDS_GRADE),
        (_example(_PLAIN, 2.9217), _example("Did the pump arrive?", math.nan)),
        low=-5, direction="in_between", evidence=("REA-01", "REA-03"),
    ),
    _feature(
        "gunning_fog", "School grade by sentence length and hard words; from 30 words on.", "grade", 40,
        _formula("gunning_fog", LEAST_WORDS_GRADE),
        (_example(_PLAIN, 3.68), _example("Did the pump arrive?", math.nan)),
        low=-5, direction="in_between", evidence=("REA-01", "REA-03"),
    ),
    _feature(
        "grade_over_ten", "School grades above ten, by the median of four formulas; from 30 words on.", "grades", 40,
        lambda p: _number(max(0.0, median_grade(p) - 10) if not math.isnan(grade := median_grade(p)) else grade),
        (_example(_PLAIN, 0), _example(_HEAVY, 30), _example("Did the pump arrive?", math.nan)),
        direction="lower_better", evidence=("REA-01", "REA-03"),
    ),
    _feature(
        "syllables_per_word", "Mean syllables of a word.", "syllables", 10, _per_word(lambda c: c.syllables),
        (_example("The pump came.", 1), _example("An extraordinary pump.", 2.6667)),
        direction="lower_better", evidence=("REA-01",),
    ),
    _feature(
        "long_word_share", "Share of words with seven and more letters.", "share", 1,
        _per_word(lambda c: c.long_words),
        (_example("The pump came.", 0), _example("Our engineers repaired it.", 0.5)),
        direction="lower_better", evidence=("REA-01",),
    ),
)  # fmt: skip
