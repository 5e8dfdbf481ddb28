"""Features of the ask family: is there one ask, is it easy to answer, is there a reason, where does it stand."""

from __future__ import annotations

import math
from typing import Any

from scorer.features import _asking as m
from scorer.features._sensitive import asked_for
from scorer.features.base import Direction, Example, Feature, count
from scorer.parse.parsed import AskKind, ParsedDraft, Role
from scorer.schema import Draft, Measurement, Person

_CALL = "Hi Ana, I run a bakery in Leeds. Could you spare 15 minutes on Tuesday for a call about your ovens?"
_NONE = "Hi Ana, I saw your ovens at the fair. They were lovely."
_BRAIN = "Hi Ana, I would love to pick your brain sometime."
_TWO = "Hi Ana, could you review my resume? And could you refer me to the hiring manager?"
_LOVELY = "Your talk on rye was a joy."


def _example(text: str, value: float, *spans: str, **context: Any) -> Example:
    return Example(Draft(text=text, **context), value, spans or None)


def _n_asks(parsed: ParsedDraft) -> Measurement:
    return count([(ask.start, ask.end) for ask in parsed.asks], parsed)


def _sensitive(parsed: ParsedDraft) -> Measurement:
    return count([(item.start, item.end) for item in asked_for(parsed)], parsed)


_KINDS: tuple[tuple[AskKind, str, Direction, str, str], ...] = (
    ("connect", "to connect or stay in touch", "none", "I'd love to connect.", "We connected two parts with glue."),
    ("reply", "for a bare answer or interest", "none", "Would that be of interest?", "Nobody replied in June."),
    ("call", "for a call or talk", "none", "Could we talk for ten minutes?", "The call went well."),
    ("meeting", "to meet or attend", "none", "Would you like to meet for coffee?", "The meeting went well."),
    ("referral", "for a referral, an introduction or the right person", "none",
     "Could you introduce me to your editor?", "He introduced me to rye."),
    ("advice", "for advice, feedback or experience", "none", "Do you have any tips on sourdough?", "Her advice was sound."),
    ("click", "to click, sign up, follow or fill in", "lower_better", "Please fill in our survey.", "The survey ended in May."),
    ("buy", "for money: buy, invest, sponsor, donate", "lower_better", "Would you sponsor our team?", "Our sponsor left."),
    ("information", "for a fact, a file or a permission", "none", "Which flour do you use?", "It is the same flour."),
    ("favour", "for work or support of another kind", "none", "Could you translate it?", "We translate menus."),
)  # fmt: skip

_ROLES: tuple[tuple[Role, str, str], ...] = (
    ("introduction", "say who the writer is", "I run a bakery in Leeds."),
    ("common_ground", "show what both share or what is known of the reader", "We met at the rye fair."),
    ("value", "offer the reader something", "I can send you our recipe."),
    ("reason", "give the reason for writing", "I'm writing because our oven broke."),
    ("ask", "ask for something", "Could you call me?"),
)

FEATURES: tuple[Feature, ...] = (
    Feature(
        name="ask.n_asks", summary="Distinct things asked of the reader.", unit="asks", low=0, high=200,
        direction="in_between", evidence=("ASK-03", "ASK-08", "LEN-12"), extract=_n_asks,
        examples=(
            _example(_CALL, 1, "Could you spare 15 minutes on Tuesday for a call about your ovens?"),
            _example(_TWO, 2),
            _example("Hi Ana, how are you? " + _LOVELY, 0),
            _example("Hi Ana, could we talk on Friday? Morning or afternoon? Let me know.", 1),
        ),
    ),
    Feature(
        name="ask.has_ask", summary="Whether anything is asked at all.", unit="flag", low=0, high=1,
        direction="higher_better", evidence=("ASK-02", "ASK-08"),
        extract=lambda parsed: Measurement(float(bool(parsed.asks))),
        examples=(_example(_CALL, 1), _example(_NONE, 0)),
    ),
    Feature(
        name="ask.n_kinds", summary="Different kinds of things asked for.", unit="kinds", low=0, high=10,
        direction="lower_better", evidence=("LEN-12",),
        extract=lambda parsed: Measurement(float(len({ask.kind for ask in parsed.asks}))),
        examples=(_example(_TWO, 2), _example(_CALL, 1), _example(_NONE, 0)),
    ),
    *(
        Feature(
            name=f"ask.n_{kind}", summary=f"Asks {what}.", unit="asks", low=0, high=200, direction=direction,
            extract=m.n_kind(kind), examples=(_example(f"Hi Ana, {_LOVELY} {yes}", 1, yes), _example(f"Hi Ana, {_LOVELY} {no}", 0)),
        )
        for kind, what, direction, yes, no in _KINDS
    ),
    Feature(
        name="ask.max_effort", summary="Effort of the heaviest ask: 1 a word or click, 2 some minutes, 3 time, favours or money.",
        unit="level", low=1, high=3, direction="lower_better", evidence=("ASK-06", "LEN-12"), extract=m.max_effort,
        examples=(
            _example("Hi Ana, is the shop still open on Mondays?", 1),
            _example(_CALL, 2),
            _example("Hi Ana, could you give us a 45 minute demo?", 3),
            _example(_NONE, math.nan),
        ),
    ),
    Feature(
        name="ask.mean_effort", summary="Mean effort of the asks.", unit="level", low=1, high=3,
        direction="lower_better", evidence=("ASK-06", "LEN-12"),
        extract=m.over_asks(lambda asks: sum(ask.effort for ask in asks) / len(asks)),
        examples=(_example(_CALL, 2), _example(_TWO, 3), _example(_NONE, math.nan)),
    ),
    Feature(
        name="ask.excess_effort", summary="Levels of effort beyond what channel, stage and acquaintance bear.",
        unit="levels", low=0, high=2, direction="lower_better", evidence=("ASK-06", "ASK-07"), extract=m.excess_effort,
        examples=(
            _example(_CALL, 1, channel="connection_note"),
            _example(_CALL, 0),
            _example("Hi Ana, would you meet me for lunch?", 1, purpose="networking"),
            _example("Hi Ana, would you meet me for lunch?", 0, purpose="networking", recipient=Person(name="Ana Lopes", degree=1)),
        ),
    ),
    Feature(
        name="ask.n_vague", summary="Vague phrases inside asks.", unit="phrases", low=0, high=500,
        direction="lower_better", evidence=("ASK-03",), extract=m.vague,
        examples=(_example(_BRAIN, 1, "pick your brain"), _example(_CALL, 0), _example("Hi Ana, we found synergies. " + _LOVELY, 0)),
    ),
    Feature(
        name="ask.specific_share", summary="Share of the asks that say what, when or how much.", unit="share", low=0, high=1,
        direction="higher_better", evidence=("ASK-03",),
        extract=m.over_asks(lambda asks: sum(ask.specific for ask in asks) / len(asks)),
        examples=(_example(_CALL, 1), _example(_BRAIN, 0), _example(_NONE, math.nan)),
    ),
    Feature(
        name="ask.direct_share", summary="Share of the asks that are commands or bare questions.", unit="share", low=0, high=1,
        direction="none", evidence=("TON-02", "ASK-08"),
        extract=m.over_asks(lambda asks: sum(ask.direct for ask in asks) / len(asks)),
        examples=(_example("Send me your price list.", 1), _example(_CALL, 0), _example(_NONE, math.nan)),
    ),
    Feature(
        name="ask.n_hidden", summary="Wishes that stand in for an ask and are no question or request.", unit="asks",
        low=0, high=200, direction="lower_better", extract=m.hidden,
        examples=(_example(_BRAIN, 1, "I would love to pick your brain sometime."), _example(_CALL, 0)),
    ),
    Feature(
        name="ask.n_competing", summary="Asks for something else than the first one.", unit="asks", low=0, high=200,
        direction="lower_better", evidence=("LEN-12", "ASK-03"), extract=m.competing,
        examples=(
            _example(_TWO, 1, "And could you refer me to the hiring manager?"),
            _example("Hi Ana, could we meet for coffee, or have a quick call?", 0),
            _example(_CALL, 0),
        ),
    ),
    Feature(
        name="ask.n_questions", summary="Questions, pleasantries apart.", unit="questions", low=0, high=5000,
        direction="in_between", evidence=("ASK-01", "ASK-05"), extract=m.n_questions,
        examples=(_example(_CALL, 1), _example("Hi Ana, how are you? Is it open? Who runs it?", 2), _example(_NONE, 0)),
    ),
    Feature(
        name="ask.question_run", summary="Most questions one after the other.", unit="questions", low=0, high=5000,
        direction="lower_better", evidence=("ASK-01",), extract=m.question_run,
        examples=(_example("Hi Ana, is it open? Who runs it? " + _LOVELY, 2), _example(_CALL, 1), _example(_NONE, 0)),
    ),
    Feature(
        name="ask.n_open_questions", summary="Questions with how, what or why.", unit="questions", low=0, high=5000,
        direction="none", extract=m.n_open,
        examples=(_example("Hi Ana, how do you keep the crust?", 1, "how do you keep the crust?"), _example(_CALL, 0)),
    ),
    Feature(
        name="ask.n_broad", summary="Questions that take an essay to answer.", unit="phrases", low=0, high=500,
        direction="lower_better", evidence=("ASK-03",), extract=m.phrases("ask_broad"),
        examples=(
            _example("Hi Ana, could you tell me about your career?", 1, "tell me about your career"),
            _example("Hi Ana, could you tell me about your oven?", 0),
        ),
    ),
    Feature(
        name="ask.easy_question", summary="Whether a light question can be answered by yes, no or a choice.", unit="flag",
        low=0, high=1, direction="higher_better", evidence=("ASK-04", "ASK-06"), extract=m.easy_question,
        examples=(
            _example("Hi Ana, would a Tuesday or a Wednesday suit you?", 1),
            _example("Hi Ana, how did you become a baker?", 0),
            _example(_NONE, 0),
        ),
    ),
    Feature(
        name="ask.first_at", summary="Share of the words that stand before the first ask.", unit="share", low=0, high=1,
        direction="in_between", extract=m.ask_place(0),
        examples=(_example("Could you call me?", 0), _example(_CALL, 0.3158), _example(_NONE, math.nan)),
    ),
    Feature(
        name="ask.last_at", summary="Share of the words that stand before the last ask.", unit="share", low=0, high=1,
        direction="in_between", extract=m.ask_place(-1),
        examples=(_example("Could you call me?", 0), _example(_CALL, 0.3158), _example(_NONE, math.nan)),
    ),
    Feature(
        name="ask.at_end", summary="Whether one of the last two sentences asks.", unit="flag", low=0, high=1,
        direction="higher_better", extract=m.ends_with_ask,
        examples=(
            _example(_CALL, 1),
            _example("Hi Ana, could you call me? The oven broke. It was old. We miss it.", 0),
            _example(_NONE, 0),
        ),
    ),
    Feature(
        name="ask.paragraph_words", summary="Words in the paragraph that holds the first ask.", unit="words", low=0, high=2000,
        direction="lower_better", evidence=("REA-05",), extract=m.ask_paragraph,
        examples=(_example("Hi Ana,\n\nWe met in May.\n\nCould you call me?", 4), _example(_NONE, math.nan)),
    ),
    Feature(
        name="ask.longest_words", summary="Words in the longest sentence that asks.", unit="words", low=1, high=500,
        direction="lower_better", evidence=("ASK-04",), extract=m.longest_ask,
        examples=(_example("Hi Ana, could you call me?", 4, "could you call me?"), _example(_NONE, math.nan)),
    ),
    Feature(
        name="ask.reason", summary="Whether a reason for writing is given.", unit="flag", low=0, high=1,
        direction="higher_better", evidence=("STR-07",), extract=m.has_role("reason"),
        examples=(_example("Hi Ana, I'm writing because our oven broke.", 1), _example(_NONE, 0)),
    ),
    Feature(
        name="ask.reason_before", summary="Whether a reason stands before the first ask or with it.", unit="flag", low=0, high=1,
        direction="higher_better", evidence=("STR-07",), extract=m.reason_before,
        examples=(
            _example("Hi Ana, I'm writing because our oven broke. Could you call me?", 1),
            _example("Hi Ana, could you call me? It is because our oven broke.", 0),
            _example(_NONE, math.nan),
        ),
    ),
    Feature(
        name="ask.way_out", summary="Whether the reader is left free to decline.", unit="flag", low=0, high=1,
        direction="higher_better", evidence=("ASK-09",), extract=m.any_phrase("ask_way_out"),
        examples=(_example(_CALL + " No worries if not.", 1, "No worries if"), _example(_CALL, 0)),
    ),
    Feature(
        name="ask.alternative", summary="Whether another way or time to answer is offered.", unit="flag", low=0, high=1,
        direction="higher_better", evidence=("ASK-06",), extract=m.any_phrase("ask_offer_alternative"),
        examples=(
            _example("Hi Ana, could we talk on Tuesday or Wednesday?", 1, "or Wednesday"),
            _example("Hi Ana, could we talk on Tuesday?", 0),
        ),
    ),
    Feature(
        name="ask.deadline", summary="Whether it is said by when an answer is wanted.", unit="flag", low=0, high=1,
        direction="none", evidence=("ASK-10",), extract=m.any_phrase("ask_deadline"),
        examples=(_example("Hi Ana, could you tell me by Friday?", 1, "by Friday"), _example(_CALL, 0)),
    ),
    Feature(
        name="ask.time_stated", summary="Whether an ask names the time it takes.", unit="flag", low=0, high=1,
        direction="higher_better", extract=m.time_stated,
        examples=(_example(_CALL, 1, "15 minutes"), _example("We baked for 15 minutes. Could you call me?", 0)),
    ),
    Feature(
        name="ask.n_presumed", summary="Phrases that take the reader's consent for granted.", unit="phrases", low=0, high=500,
        direction="lower_better", evidence=("ASK-09",), extract=m.phrases("ask_presume"),
        examples=(
            _example("Hi Ana, let me know when you are free. I'll call you Tuesday.", 2),
            _example("Hi Ana, let me know if a call would suit you.", 0),
        ),
    ),
    Feature(
        name="ask.next_step", summary="Whether the reader can see what to do next: a plain ask that is light or specific.",
        unit="flag", low=0, high=1, direction="higher_better", evidence=("ASK-03", "ASK-06"), extract=m.next_step,
        examples=(_example(_CALL, 1), _example(_BRAIN, 0), _example(_NONE, 0)),
    ),
    Feature(
        name="ask.introduced", summary="Whether the writer says who they are.", unit="flag", low=0, high=1,
        direction="higher_better", evidence=("STR-03",), extract=m.has_role("introduction"),
        examples=(_example(_CALL, 1, "I run a bakery in Leeds."), _example(_NONE, 0)),
    ),
    Feature(
        name="ask.common_ground", summary="Whether common ground or knowledge of the reader is shown.", unit="flag", low=0, high=1,
        direction="higher_better", evidence=("STR-03", "STR-04"), extract=m.has_role("common_ground"),
        examples=(_example(_NONE, 1, "I saw your ovens at the fair."), _example("Hi Ana, we sell flour.", 0)),
    ),
    *(
        Feature(
            name=f"ask.{role}_share", summary=f"Share of the sentences that {what}.", unit="share", low=0, high=1,
            direction="none", extract=m.role_share(role),
            examples=(_example(f"Hi Ana, rye is great. {yes}", 0.5), _example("Hi Ana, rye is great.", 0), _example("Hi Ana,", math.nan)),
        )
        for role, what, yes in _ROLES
    ),
    Feature(
        name="ask.n_sensitive", summary="Requests for contact data, identity, money data or secrets.", unit="requests",
        low=0, high=200, direction="lower_better", evidence=("PLT-21", "INA-01", "SPM-05"), extract=_sensitive,
        examples=(
            _example("Hi Ana, could you send me your phone number?", 1, "your phone number"),
            _example("Hi Ana, my phone number is 0113 496 0128.", 0),
        ),
    ),
)  # fmt: skip
