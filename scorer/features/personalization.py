"""Features of the personalization family."""

from __future__ import annotations

import math

from scorer.features import _reader as reader
from scorer.features.base import Example, Feature
from scorer.schema import Draft, Person

_PRIYA = Person(name="Priya Shah", company="Datadog", role="Staff Engineer", school="IIT Madras")
_GENERIC = "Hi Priya, I came across your profile and would love to connect and explore opportunities."
_TALK = "Hi Priya, your talk in Ghent on sampling spans changed how we store ours."


def _at(
    text: str, value: float, *spans: str, subject: str | None = None, to: Person | None = _PRIYA
) -> Example:
    return Example(Draft(text=text, subject=subject, channel="inmail", recipient=to), value, spans or None)


def _after(
    text: str, value: float, previous: str = "Hi Priya, could we compare how our teams sample spans in Kafka?"
) -> Example:
    return Example(Draft(text=text, stage="follow_up", recipient=_PRIYA, previous=previous), value)


_NAN = math.nan

FEATURES: tuple[Feature, ...] = (
    Feature(
        name="personalization.greeting_names_reader",
        summary="The draft opens with the reader's name (any name, when the reader's is not given).",
        unit="0 or 1", low=0, high=1, direction="higher_better", evidence=("PER-06", "PER-08", "SEED-02"),
        extract=reader.greeting_names_reader,
        examples=(_at(_TALK, 1, "Priya"), _at("Hi there, may I ask you one thing?", 0), _at("Thanks for accepting, Priya. One question.", 1, "Priya")),
    ),
    Feature(
        name="personalization.greets_wrong_name",
        summary="The greeting names somebody else than the given reader.",
        unit="0 or 1", low=0, high=1, direction="lower_better", extract=reader.greets_wrong_name,
        examples=(_at("Hi Daniel, may I ask you one thing?", 1, "Daniel"), _at(_TALK, 0), _at(_TALK, _NAN, to=None)),
    ),
    Feature(
        name="personalization.impersonal_greeting",
        summary="The greeting fits anybody.",
        unit="0 or 1", low=0, high=1, direction="lower_better", evidence=("PER-13",), extract=reader.impersonal_greeting,
        examples=(_at("Dear Sir or Madam, may I ask you one thing?", 1, "Sir or Madam"), _at("Dear Ms Shah, may I ask you one thing?", 0)),
    ),
    Feature(
        name="personalization.name_in_subject",
        summary="The subject line names the reader.",
        unit="0 or 1", low=0, high=1, evidence=("PER-04", "PER-05"), extract=reader.name_in_subject,
        examples=(_at(_TALK, 1, "Priya", subject="Priya, one question on sampling"), _at(_TALK, 0, subject="Sampling spans"), _at(_TALK, _NAN)),
    ),
    Feature(
        name="personalization.name_count",
        summary="How often the reader's name stands before the sign-off.",
        unit="mentions", low=0, high=20, direction="in_between", extract=reader.name_count,
        examples=(_at(_TALK, 1, "Priya"), _at("Hi Priya, you know, Priya, that this works, Priya.", 3), _at(_TALK, _NAN, to=None)),
    ),
    Feature(
        name="personalization.company_mentioned",
        summary="The reader's given firm stands in the text.",
        unit="0 or 1", low=0, high=1, direction="higher_better", evidence=("PER-16",), extract=reader.fact_mentioned("company"),
        examples=(_at("Hi Priya, how does Datadog sample spans?", 1, "Datadog"), _at(_TALK, 0), _at(_TALK, _NAN, to=None)),
    ),
    Feature(
        name="personalization.role_mentioned",
        summary="The reader's given role, or its field, stands in the text.",
        unit="0 or 1", low=0, high=1, direction="higher_better", extract=reader.fact_mentioned("role"),
        examples=(_at("Hi Priya, as a staff engineer you see every outage.", 1, "staff engineer"), _at(_TALK, 0)),
    ),
    Feature(
        name="personalization.school_mentioned",
        summary="The reader's given school stands in the text.",
        unit="0 or 1", low=0, high=1, extract=reader.fact_mentioned("school"),
        examples=(_at("Hi Priya, I am at IIT Madras too, two years below you.", 1, "IIT Madras"), _at(_TALK, 0)),
    ),
    Feature(
        name="personalization.reader_facts",
        summary="How many of the reader's given facts (firm, role, school) stand in the text.",
        unit="facts", low=0, high=3, direction="higher_better", evidence=("PER-16", "SEED-02"), extract=reader.reader_facts,
        examples=(_at("Hi Priya, from IIT Madras to Datadog is quite a way.", 2), _at(_TALK, 0), _at(_TALK, _NAN, to=None)),
    ),
    Feature(
        name="personalization.company_tied_to_reader",
        summary="The reader's firm stands in the possessive or in “your … at”.",
        unit="0 or 1", low=0, high=1, direction="higher_better", extract=reader.company_tied,
        examples=(_at("Hi Priya, Datadog's new agent broke our build.", 1, "Datadog"), _at("Hi Priya, your team at Datadog wrote it.", 1, "Datadog"),
                  _at("Hi Priya, we sell to Datadog already.", 0)),
    ),
    Feature(
        name="personalization.details",
        summary="How many distinct details fit only this reader.",
        unit="details", low=0, high=30, direction="higher_better", evidence=("PER-01", "PER-14"), extract=reader.details,
        examples=(_at(_GENERIC, 0), _at("Hi Priya, your talk in Ghent with Tomas helped us.", 2, "Ghent", "Tomas")),
    ),
    Feature(
        name="personalization.named_details",
        summary="How many of these details are names, numbers or quotations.",
        unit="details", low=0, high=30, direction="higher_better", evidence=("PER-14",), extract=reader.details_of("name", "number", "quotation"),
        examples=(_at("Hi Priya, your talk in Ghent with Tomas helped us.", 2), _at(_GENERIC, 0)),
    ),
    Feature(
        name="personalization.phrase_details",
        summary="How many of these details are unusual phrases about the reader's matter.",
        unit="details", low=0, high=30, direction="higher_better", evidence=("PER-14",), extract=reader.details_of("phrase"),
        examples=(_at("Hi Priya, your note on clay roof tiles helped us.", 1, "clay roof"), _at(_GENERIC, 0)),
    ),
    Feature(
        name="personalization.detail_density",
        summary="Details that fit only this reader, per 100 words.",
        unit="details per 100 words", low=0, high=50, direction="higher_better", evidence=("PER-14",), extract=reader.detail_density,
        examples=(_at("Hi Priya, your talk in Ghent with Tomas helped us a lot.", 20), _at(_GENERIC, 0), _at("Hi Priya, hello.", _NAN)),
    ),
    Feature(
        name="personalization.name_only",
        summary="The name is the only thing that fits this reader.",
        unit="0 or 1", low=0, high=1, direction="lower_better", evidence=("PER-05",), extract=reader.name_only,
        examples=(_at(_GENERIC, 1, "Priya"), _at(_TALK, 0)),
    ),
    Feature(
        name="personalization.could_go_to_anyone",
        summary="Share of content sentences without a detail that fits only this reader.",
        unit="share", low=0, high=1, direction="lower_better", evidence=("PER-01", "PER-13"), extract=reader.could_go_to_anyone,
        examples=(_at(_GENERIC, 1), _at("Hi Priya, your talk in Ghent helped us. May I ask one question?", 0.5)),
    ),
    Feature(
        name="personalization.uncommon_words",
        summary="Words outside those that messages to anybody use, whoever they speak of.",
        unit="words per 100 words", low=0, high=100, direction="higher_better", extract=reader.uncommon_words,
        examples=(_at("Hi Priya, our kiln cracks every third celadon vase we fire here.", 50), _at(_GENERIC, 0)),
    ),
    Feature(
        name="personalization.reader_sentences",
        summary="Share of content sentences that speak of the reader.",
        unit="share", low=0, high=1, extract=reader.addressed_share,
        examples=(_at("Hi Priya, your talk helped us. I work at a bank.", 0.5), _at("We make the best pumps in town.", 0)),
    ),
    Feature(
        name="personalization.opens_with_reader",
        summary="The first content sentence speaks of the reader.",
        unit="0 or 1", low=0, high=1, direction="higher_better", evidence=("PER-14",), extract=reader.opens_with_reader,
        examples=(_at(_TALK, 1), _at("Hi Priya, we make the best pumps in town.", 0)),
    ),
    Feature(
        name="personalization.before_first_detail",
        summary="Share of content sentences before the first detail about the reader; 1 without any.",
        unit="share", low=0, high=1, direction="lower_better", extract=reader.first_detail,
        examples=(_at("Hi Priya, your talk in Ghent helped us. May I ask one question?", 0), _at(_GENERIC, 1)),
    ),
    Feature(
        name="personalization.reader_focus",
        summary="Share of words about the reader among the personal pronouns of reader and writer.",
        unit="share", low=0, high=1, evidence=("STR-06",), extract=reader.reader_focus,
        examples=(_at("Hi Priya, your talk helped my team.", 0.5), _at("Hi Priya, good morning.", _NAN)),
    ),
    Feature(
        name="personalization.shown_common_ground",
        summary="Sentences that take up something shared or read, with a detail.",
        unit="sentences", low=0, high=20, direction="higher_better", evidence=("STR-04", "PER-14", "PER-15"), extract=reader.shown_ground,
        examples=(_at("Hi Priya, we met at the kiln day in Paide. Did you like it?", 1, "we met at the kiln day in Paide."), _at(_GENERIC, 0)),
    ),
    Feature(
        name="personalization.claimed_common_ground",
        summary="Claims to share something that nothing shows.",
        unit="claims", low=0, high=20, direction="lower_better", evidence=("STR-04",), extract=reader.phrases_shown("per_common_claim", shown=False),
        examples=(_at("Hi Priya, I believe we have a lot in common.", 1, "we have a lot in common"),
                  _at("Hi Priya, we have a lot in common: you fixed the Aberdeen ferry radar, and so did I.", 0)),
    ),
    Feature(
        name="personalization.praise_with_detail",
        summary="Praise whose sentence, or the next, says what is praised.",
        unit="phrases", low=0, high=20, extract=reader.phrases_shown("per_praise", shown=True),
        examples=(_at("Hi Priya, I was impressed by your talk in Ghent on clay roof tiles.", 1, "impressed by your"), _at(_GENERIC, 0)),
    ),
    Feature(
        name="personalization.praise_without_detail",
        summary="Praise that could be said to anybody.",
        unit="phrases", low=0, high=20, direction="lower_better", extract=reader.phrases_shown("per_praise", shown=False),
        examples=(_at("Hi Priya, you are an inspiration to us all.", 1, "you are an inspiration"), _at(_TALK, 0)),
    ),
    Feature(
        name="personalization.stock_lines",
        summary="Lines that pretend to have looked at the reader and fit everybody.",
        unit="phrases", low=0, high=20, direction="lower_better", evidence=("PER-14",), extract=reader.phrases_shown("per_stock", shown=False),
        examples=(_at(_GENERIC, 1, "came across your profile"),
                  _at("Hi Priya, I came across your profile through the Ghent hackathon where Tomas beat you.", 0)),
    ),
    Feature(
        name="personalization.named_referral",
        summary="A named third person brought the two together.",
        unit="0 or 1", low=0, high=1, direction="higher_better", extract=reader.referral,
        examples=(_at("Hi Priya, Tomas Novak suggested I write to you.", 1, "suggested I"), _at("Hi Priya, somebody suggested I write to you.", 0)),
    ),
    Feature(
        name="personalization.introduction",
        summary="How well the writer says who writes: 0 not at all, 1 vaguely, 2 with a firm, place, role or number.",
        unit="level", low=0, high=2, direction="higher_better", evidence=("STR-03", "PER-16"), extract=reader.introduction,
        examples=(_at("Hi Priya, may I ask one question?", 0), _at("Hi Priya, I work in Leeds on bin routes.", 2)),
    ),
    Feature(
        name="personalization.placeholders",
        summary="Unfilled placeholders in a draft.",
        unit="placeholders", low=0, high=20, direction="lower_better", extract=reader.placeholders(certain=True),
        examples=(_at("Hi {{first_name}}, may I ask one question?", 1, "{{first_name}}"), _at(_TALK, 0)),
    ),
    Feature(
        name="personalization.likely_placeholders",
        summary="Bracketed words in a draft that look like unfilled placeholders.",
        unit="placeholders", low=0, high=20, direction="lower_better", extract=reader.placeholders(certain=False),
        examples=(_at("Hi [Name], may I ask one question?", 1, "[Name]"), _at("Hi Priya, the report [sic] was late.", 0)),
    ),
    Feature(
        name="personalization.merge_breaks",
        summary="Places where a merge field came out empty.",
        unit="places", low=0, high=20, direction="lower_better", extract=reader.merge_breaks,
        examples=(_at("Hi , may I ask one question?", 1, "Hi "), _at(_TALK, 0)),
    ),
    Feature(
        name="personalization.over_detail",
        summary="Details of private life, or of having watched the reader.",
        unit="phrases", low=0, high=20, direction="lower_better", extract=reader.phrase_count("per_over_detail"),
        examples=(_at("Hi Priya, I saw that you opened my message twice.", 1, "saw that you opened my"), _at(_TALK, 0)),
    ),
    Feature(
        name="personalization.copied_share",
        summary="Share of a follow-up's words that stand word for word in an earlier message.",
        unit="share", low=0, high=1, direction="lower_better", evidence=("FUP-10",), extract=reader.copied_share,
        examples=(_after("Hi Priya, could we compare how our teams sample spans in Kafka?", 1), _after("Hi Priya, we moved to Pulsar since.", 0), _at(_TALK, _NAN)),
    ),
    Feature(
        name="personalization.new_words",
        summary="Telling words and numbers of a follow-up that no earlier message had.",
        unit="words", low=0, high=60, direction="higher_better", evidence=("FUP-10",), extract=reader.new_words,
        examples=(_after("Hi Priya, since then we moved 40 topics to Pulsar.", 2), _after("Hi Priya, any thoughts on this?", 0), _at(_TALK, _NAN)),
    ),
    Feature(
        name="personalization.taken_up_words",
        summary="Content words that a follow-up takes up from the earlier messages.",
        unit="words", low=0, high=60, direction="higher_better", evidence=("FUP-10",), extract=reader.taken_up,
        examples=(_after("Hi Priya, the spans from my note now sit in Kafka.", 2), _after("Hi Priya, any thoughts?", 0), _at(_TALK, _NAN)),
    ),
)  # fmt: skip
