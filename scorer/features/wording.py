"""Features that trained heads read off the wording; what each head learned from is on its card.

A head weighs thousands of word and letter sequences, so such a feature has no place in the text to point at.
"""

from __future__ import annotations

from collections.abc import Callable

from scorer.features._heads import sentence_scores, shared_heads, text_score
from scorer.features.base import UNDEFINED, Direction, Example, Feature
from scorer.parse.parsed import ParsedDraft
from scorer.schema import Draft, Measurement

_SPECIFIC = Draft(
    text="Hi Priya, your cold-storage talk in Leeds answered half my questions: our York depot loses two hours a "
    "night to that sensor fault. Which sensor did you change to? One line is plenty, thank you."
)
_MAILSHOT = Draft(
    text="Dear Sir/Madam, CONGRATULATIONS!!! Act now and earn $5,000 a week with our exclusive offer. Limited time "
    "only. Click here and send your bank details today!!!"
)
_RUDE = Draft(text="You stupid idiots, answer me or go to hell.")
_KIND = Draft(text="Thank you so much for your help, I really appreciate it. Could you perhaps have a look?")

_INTRODUCED = Draft(
    text="Hi Priya, I'm Tom, I run a small bakery in Leeds. I'm writing because our oven broke. Could you send a fitter?"
)
_THANKS = Draft(text="Thank you so much for the lift on Friday.")
_SIGNED = Draft(text="Hi Ana,\n\nThe boxes came on Monday.\n\nKind regards,\nTom")


def _probability(
    name: str,
    summary: str,
    output: str,
    direction: Direction,
    *examples: Example,
    evidence: tuple[str, ...] = (),
) -> Feature:
    return Feature(
        name=name, summary=summary, unit="probability", low=0.0, high=1.0, extract=text_score(output),
        direction=direction, evidence=evidence, examples=examples,
    )  # fmt: skip


def _strongest_ask(parsed: ParsedDraft) -> Measurement:
    scores = sentence_scores(parsed, "ask")
    return Measurement(max(scores)) if scores and parsed.words else UNDEFINED


def _asking_sentences(parsed: ParsedDraft) -> Measurement:
    limit = shared_heads().threshold("ask")
    asking = [
        sentence
        for sentence, score in zip(parsed.sentences, sentence_scores(parsed, "ask"), strict=True)
        if score >= limit
    ]
    return Measurement(float(len(asking)), tuple(parsed.span(s.start, s.end) for s in asking))


def _surest(role: str) -> Callable[[ParsedDraft], Measurement]:
    """Return an extractor of the highest probability that any sentence plays `role`."""

    def extract(parsed: ParsedDraft) -> Measurement:
        scores = sentence_scores(parsed, f"role_{role}")
        return Measurement(max(scores)) if scores and parsed.words else UNDEFINED

    return extract


def _role(
    name: str, what: str, role: str, direction: Direction, *examples: Example, evidence: tuple[str, ...] = ()
) -> Feature:
    return Feature(
        name=name, summary=f"How likely some sentence {what}, by its wording and place.", unit="probability",
        low=0.0, high=1.0, extract=_surest(role), direction=direction, evidence=evidence, examples=examples,
    )  # fmt: skip


FEATURES: tuple[Feature, ...] = (
    _role(
        "personalization.common_ground_wording", "names what writer and reader share", "common_ground",
        "higher_better", Example(_SPECIFIC, 0.7, within=0.3), Example(_MAILSHOT, 0.1, within=0.25), evidence=("STR-03",),
    ),
    _role(
        "ask.introduction_wording", "says who writes", "introduction", "higher_better",
        Example(_INTRODUCED, 0.7, within=0.3), Example(_SPECIFIC, 0.3, within=0.3), evidence=("STR-03",),
    ),
    _role(
        "ask.reason_wording", "says why the writer writes", "reason", "higher_better",
        Example(_INTRODUCED, 0.5, within=0.4), Example(_KIND, 0.3, within=0.3), evidence=("STR-07",),
    ),
    _role(
        "ask.value_wording", "has something in it for the reader", "value", "none",
        Example(_MAILSHOT, 0.8, within=0.25), Example(_KIND, 0.2, within=0.3),
    ),
    _role(
        "ask.request_wording", "asks the reader for something", "ask", "none",
        Example(_SPECIFIC, 0.9, within=0.25), Example(_THANKS, 0.1, within=0.3),
    ),
    _role(
        "tone.greeting_wording", "greets", "greeting", "none",
        Example(_SPECIFIC, 0.9, within=0.3), Example(_RUDE, 0.2, within=0.3),
    ),
    _role(
        "tone.thanks_wording", "thanks", "thanks", "none",
        Example(_THANKS, 0.8, within=0.3), Example(_RUDE, 0.05, within=0.2),
    ),
    _role(
        "tone.sign_off_wording", "closes the message", "sign_off", "none",
        Example(_SIGNED, 0.7, within=0.35), Example(_RUDE, 0.05, within=0.25),
    ),
    _probability(
        "personalization.wording", "How personal careful readers find such wording.", "reader_personalization",
        "higher_better", Example(_SPECIFIC, 0.75, within=0.25), Example(_MAILSHOT, 0.1, within=0.25),
    ),
    _probability(
        "length.wording", "How fitting in length and form careful readers find such a text.", "reader_length",
        "higher_better", Example(_SPECIFIC, 0.8, within=0.25), Example(_MAILSHOT, 0.4, within=0.4),
    ),
    _probability(
        "spam.wording", "How much such wording reads like mass promotion to careful readers.", "reader_spam",
        "lower_better", Example(_MAILSHOT, 0.85, within=0.3), Example(_SPECIFIC, 0.1, within=0.2),
    ),
    _probability(
        "spam.promotional_wording", "How much the wording resembles advertising mail and messages.", "promotional",
        "lower_better", Example(_MAILSHOT, 0.9, within=0.4), Example(_SPECIFIC, 0.05, within=0.2),
    ),
    _probability(
        "ask.wording", "How clear and easy to answer careful readers find asks in such wording.", "reader_ask",
        "higher_better", Example(_SPECIFIC, 0.75, within=0.25), Example(_MAILSHOT, 0.15, within=0.3),
    ),
    Feature(
        name="ask.strongest_ask",
        summary="Probability that the sentence that asks most plainly asks for something.",
        unit="probability", low=0.0, high=1.0, extract=_strongest_ask, direction="none",
        examples=(
            Example(Draft(text="Could you send me the report by Friday?"), 0.9, within=0.2),
            Example(Draft(text="The weather was lovely in Leeds."), 0.1, within=0.3),
        ),
    ),
    Feature(
        name="ask.asking_sentences",
        summary="Sentences that a trained head takes for asks.",
        unit="sentences", low=0.0, high=5000.0, extract=_asking_sentences, direction="none",
        examples=(
            Example(Draft(text="Could you send me the report by Friday?"), 1),
            Example(Draft(text="The weather was lovely in Leeds."), 0),
        ),
    ),
    _probability(
        "tone.wording", "How right in tone careful readers find such wording.", "reader_tone",
        "higher_better", Example(_SPECIFIC, 0.8, within=0.25), Example(_RUDE, 0.2, within=0.35),
    ),
    _probability(
        "tone.politeness", "How polite raters of requests would find the wording.", "politeness",
        "none", Example(_KIND, 0.9, within=0.3), Example(_RUDE, 0.1, within=0.3), evidence=("TON-02", "TON-03"),
    ),
    _probability(
        "tone.warm_wording", "How much the wording resembles messages written to be warm.", "warmth",
        "none", Example(_KIND, 0.8, within=0.4), Example(_RUDE, 0.2, within=0.4),
    ),
    _probability(
        "tone.formality", "How formal raters would find the wording.", "formality",
        "none", Example(_SPECIFIC, 0.5, within=0.5), Example(_RUDE, 0.3, within=0.5),
    ),
    _probability(
        "tone.offence", "How likely raters would call the wording offensive.", "offensive",
        "lower_better", Example(_RUDE, 0.8, within=0.4), Example(_KIND, 0.05, within=0.2),
    ),
)  # fmt: skip
