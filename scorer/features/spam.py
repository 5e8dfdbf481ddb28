"""Features of the spam family: promotion, hype, shouting, links, disguise, marks of bulk sending."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from scorer.features import _promotion as promotion
from scorer.features.base import UNDEFINED, Direction, Example, Feature, count
from scorer.lexicons import Hit
from scorer.parse import marks
from scorer.parse.parsed import Link, ParsedDraft, ParsedText
from scorer.schema import Draft, Measurement, Span


def texts(parsed: ParsedDraft) -> tuple[ParsedText, ...]:
    """Return the body and, where there is one, the subject."""
    return (parsed.body,) if parsed.subject is None else (parsed.body, parsed.subject)


def _hits(find: Callable[[ParsedDraft], Iterable[Hit]]) -> Callable[[ParsedDraft], Measurement]:
    return lambda parsed: count([(hit.start, hit.end) for hit in find(parsed)], parsed)


def _kind(kind: promotion.PromotionKind) -> Callable[[ParsedDraft], Measurement]:
    return _hits(lambda parsed: promotion.promotional(parsed, kind))


def _links(test: Callable[[ParsedDraft, Link], bool]) -> Callable[[ParsedDraft], Measurement]:
    def extract(parsed: ParsedDraft) -> Measurement:
        if not parsed.links:
            return Measurement(0.0)
        return count([(k.start, k.end) for k in promotion.web_links(parsed) if test(parsed, k)], parsed)

    return extract


def _kinds(parsed: ParsedDraft) -> Measurement:
    return Measurement(float(sum(bool(promotion.promotional(parsed, kind)) for kind in promotion.KINDS)))


def _hype_rate(parsed: ParsedDraft) -> Measurement:
    if not parsed.words:
        return UNDEFINED
    found = promotion.hype(parsed)
    return Measurement(min(100.0 * len(found) / len(parsed.words), 100.0))


def _exclamations(parsed: ParsedDraft) -> Measurement:
    text = parsed.text
    if "!" not in text:
        return Measurement(0.0)
    return Measurement(
        float(text.count("!")), tuple(parsed.span(m.start(), m.end()) for m in re.finditer("!+", text))
    )


def _on_texts(find: Callable[[str], Iterable[tuple[int, int]]]) -> Callable[[ParsedDraft], Measurement]:
    def extract(parsed: ParsedDraft) -> Measurement:
        spans = [source.span(*place) for source in texts(parsed) for place in find(source.text)]
        return Measurement(float(len(spans)), tuple(spans))

    return extract


def _shouted_words(parsed: ParsedDraft) -> Measurement:
    number = sum(len(parsed.text[start:end].split()) for start, end in parsed.shouts)
    return Measurement(float(number), tuple(parsed.span(*place) for place in parsed.shouts))


def _capital_share(parsed: ParsedDraft) -> Measurement:
    letters = sum(map(str.isalpha, parsed.text))
    return Measurement(min(1.0, sum(map(str.isupper, parsed.text)) / letters)) if letters >= 20 else UNDEFINED


def _folded_away(which: str) -> Callable[[ParsedDraft], Measurement]:
    def extract(parsed: ParsedDraft) -> Measurement:
        spans = tuple(
            Span(start, end, source.where)
            for source in texts(parsed)
            for start, end in getattr(source.folded, which)
        )
        return Measurement(float(sum(span.end - span.start for span in spans)), spans)

    return extract


def disguised(parsed: ParsedDraft) -> Measurement:
    """Return the words in disguise: spaced letters, digits or foreign letters in place of Latin ones."""
    spans: list[Span] = []
    for source in texts(parsed):
        leet = ((start, end) for start, end, _ in marks.find_leet(source.text))
        spans += (source.span(start, end) for start, end in (*marks.find_spaced_words(source.text), *leet))
        spans += (Span(start, end, source.where) for start, end in source.folded.look_alikes)
    spans.sort(key=lambda span: (span.where, span.start))
    return Measurement(float(len(spans)), tuple(spans))


def _fake_reply(parsed: ParsedDraft) -> Measurement:
    if parsed.subject is None:
        return UNDEFINED
    end = promotion.fake_reply(parsed)
    return Measurement(float(end > 0), (parsed.subject.span(0, end),) if end else ())


def _example(text: str, value: float, *spans: str, check: bool = False, **fields: Any) -> Example:
    return Example(Draft(text=text, **fields), value, spans if spans or check else None)


def _feature(
    name: str,
    summary: str,
    unit: str,
    extract: Callable[[ParsedDraft], Measurement],
    *examples: Example,
    high: float = 100_000.0,
    direction: Direction = "lower_better",
    evidence: tuple[str, ...] = (),
) -> Feature:
    return Feature(
        name=f"spam.{name}", summary=summary, unit=unit, low=0.0, high=high, extract=extract, direction=direction,
        evidence=evidence, examples=examples,
    )  # fmt: skip


_E = _example

FEATURES: tuple[Feature, ...] = (
    _feature(
        "promotional_phrases", "Promotional phrases of all kinds.", "phrases", _hits(promotion.all_promotional),
        _E("Act now and get our special offer.", 2, "Act now", "special offer"),
        _E("Are you free on Thursday for the offer letter?", 0, check=True),
        evidence=("SPM-01", "SPM-03", "SPM-06", "SPM-10", "SPM-28"),
    ),
    _feature(
        "promotional_kinds", "How many kinds of promotional phrases occur.", "kinds", _kinds,
        _E("Act now, buy now: risk-free.", 2), _E("Could you share the report?", 0), high=len(promotion.KINDS),
        evidence=("SPM-01", "SPM-03", "SPM-28"),
    ),
    _feature(
        "offers", "Discounts, gifts and trials held out to the reader.", "phrases", _kind("offer"),
        _E("We have a special offer and a free trial for you.", 2, "special offer", "free trial"),
        _E("I got a job offer from them.", 0, check=True), evidence=("SPM-14", "SPM-28"),
    ),
    _feature(
        "urgency", "Pressure by a deadline or short supply.", "phrases", _kind("urgency"),
        _E("Only a few spots left, so act fast.", 2, "Only a few spots", "act fast"),
        _E("No hurry at all, and I know you have limited time.", 0, check=True), evidence=("SPM-03", "SPM-04"),
    ),
    _feature(
        "hard_sell", "Phrases that push a purchase.", "phrases", _kind("hard_sell"),
        _E("No obligation, risk-free. Buy now.", 3, "No obligation", "risk-free", "Buy now"),
        _E("I start today and could use your advice.", 0, check=True), evidence=("SPM-01", "SPM-07", "SPM-09"),
    ),
    _feature(
        "earnings_claims", "Promises of income, growth and savings.", "phrases", _kind("earnings"),
        _E("Earn extra from home with passive income.", 2, "Earn extra", "passive income"),
        _E("I work from home on Fridays.", 0, check=True), evidence=("SPM-12", "SPM-16"),
    ),
    _feature(
        "guarantees", "Guarantees and proofs nobody can give in a first message.", "phrases", _kind("guarantee"),
        _E("We guarantee proven results.", 2, "guarantee", "proven results"),
        _E("I can't guarantee that it works.", 0, check=True), evidence=("SPM-10",),
    ),
    _feature(
        "click_calls", "Calls to click, subscribe, register or follow.", "phrases", _kind("click"),
        _E("Click here and subscribe to our channel.", 2, "Click here", "subscribe to our"),
        _E("I subscribe to your newsletter.", 0, check=True), evidence=("SPM-06",),
    ),
    _feature(
        "scam_patterns", "Patterns of schemes: loans, prizes, crypto, network marketing.", "phrases", _kind("scam"),
        _E("You have won a cash prize.", 2, "You have won", "cash prize"),
        _E("I study loan contracts in rural banks.", 0, check=True), evidence=("SPM-26", "SPM-28"),
    ),
    _feature(
        "bulk_openers", "Openings that fit anybody.", "phrases", _hits(promotion.bulk_openers),
        _E("Dear Friend,\nI sell pumps.", 1, "Dear Friend"),
        _E("Dear Sir James,\nI mend pumps.", 0, check=True), evidence=("SPM-02",),
    ),
    _feature(
        "bulk_marks", "Footers, opt-outs and assurances of bulk mail.", "phrases", _hits(promotion.bulk_marks),
        _E("This is not spam. Reply STOP to opt out.", 3, "This is not spam", "Reply STOP", "to opt out"),
        _E("I unsubscribe from lists too, so I liked your post.", 0, check=True), evidence=("PLT-16", "PLT-18"),
    ),
    _feature(
        "hype", "Words that praise the sender's own thing.", "words", _hits(promotion.hype),
        _E("Our revolutionary, game-changing platform.", 2, "revolutionary", "game-changing"),
        _E("Your award-winning film moved me.", 0, check=True),
    ),
    _feature(
        "hype_rate", "Words of hype in a hundred words.", "per 100 words", _hype_rate,
        _E("Our revolutionary pump works well.", 20.0), _E("Our pump works well.", 0.0), high=100,
    ),
    _feature(
        "buzzwords", "Business jargon.", "phrases", _hits(promotion.buzzwords),
        _E("Let's leverage our synergies.", 2, "leverage", "synergies"),
        _E("The bank's leverage ratio fell.", 0, check=True), evidence=("SPM-24", "SPM-25"),
    ),
    _feature(
        "weak_words", "Single promotional words outside innocent uses.", "words", _hits(promotion.weak_words),
        _E("A cheap discount and instant cash.", 4, "cheap", "discount", "instant", "cash"),
        _E("Feel free to say no; are you free on Monday?", 0, check=True), evidence=("SPM-17", "SPM-19", "SPM-29"),
    ),
    _feature(
        "exclamations", "Exclamation marks.", "marks", _exclamations,
        _E("Great!! See you!", 3, "!!", "!"), _E("Great. See you.", 0, check=True), evidence=("SPM-08", "SPM-11"),
    ),
    _feature(
        "mark_runs", "Runs of exclamation or question marks.", "runs", _on_texts(marks.find_mark_runs),
        _E("Really?? Wow!!!", 2, "??", "!!!"), _E("Really?! Wow!", 0, check=True), evidence=("SPM-08",),
    ),
    _feature(
        "shouted_words", "Words in capitals that are no acronyms or names.", "words", _shouted_words,
        _E("This is an AMAZING deal, CALL ME NOW.", 4, "AMAZING", "CALL ME NOW"),
        _E("The NHS and IKEA use SQL; my MBA is from INSEAD.", 0, check=True), evidence=("SPM-15",),
    ),
    _feature(
        "capital_share", "Share of the letters that are capitals.", "share", _capital_share,
        _E("ABCDEFGHIJ abcdefghij", 0.5), _E("Hi", float("nan")), high=1, evidence=("SPM-15",),
    ),
    _feature(
        "links", "Links to web pages.", "links", _links(lambda parsed, link: True),
        _E("See https://example.org/a and www.example.com.", 2, "https://example.org/a", "www.example.com"),
        _E("I worked at Booking.com for years.", 0, check=True),
    ),
    _feature(
        "short_links", "Links that hide where they lead.", "links", _links(lambda parsed, link: promotion.is_short(link)),
        _E("See bit.ly/3abc", 1, "bit.ly/3abc"), _E("See https://lnkd.in/abc", 0, check=True),
    ),
    _feature(
        "calendar_links", "Links to a booking page.", "links", _links(lambda parsed, link: promotion.is_calendar(link)),
        _E("Pick a slot: https://calendly.com/tom/15", 1, "https://calendly.com/tom/15"),
        _E("See https://example.org/calendar", 0, check=True),
    ),
    _feature(
        "tracked_links", "Links with parameters that follow the reader.", "links", _links(promotion.is_tracked),
        _E("See https://example.org/a?utm_source=li", 1, "https://example.org/a?utm_source=li"),
        _E("See https://example.org/a?page=2", 0, check=True),
    ),
    _feature(
        "links_in_note", "Links in a connection note.", "links",
        lambda p: _links(lambda _, link: True)(p) if p.draft.channel == "connection_note" else UNDEFINED,
        _E("See https://example.org/a", 1, "https://example.org/a", channel="connection_note"),
        _E("See https://example.org/a", float("nan")),
    ),
    _feature(
        "emojis", "Emoji and emoticons.", "emoji", lambda p: count(list(p.emojis), p),
        _E("Hi 👋 thanks :)", 2, "👋", ":)"), _E("Hi, thanks.", 0, check=True), evidence=("TON-09",),
    ),
    _feature(
        "emoji_runs", "Runs of two and more emoji.", "runs", lambda p: count(list(promotion.emoji_runs(p)), p),
        _E("Big news 🚀🚀🚀 soon", 1, "🚀🚀🚀"), _E("Hi 👋 thanks 👍🏽", 0, check=True), evidence=("TON-09",),
    ),
    _feature(
        "styled_letters", "Letters of mathematical, circled or full-width alphabets.", "letters", _folded_away("styled"),
        _E("𝗕𝗶𝗴 news", 3, "𝗕𝗶𝗴"), _E("Big news ™", 0, check=True),
    ),
    _feature(
        "invisible_characters", "Zero-width and direction marks.", "characters", _folded_away("invisible"),
        _E("fr\u200bee", 1, "\u200b"), _E("👩‍💻 here", 0, check=True),
    ),
    _feature(
        "disguised_words", "Words with spaced letters, or digits and foreign letters for Latin ones.", "words", disguised,
        _E("Get F R E E m0ney", 2, "F R E E", "m0ney"), _E("Options A B C D and B2B, 4G, kΩ.", 0, check=True),
    ),
    _feature(
        "fake_reply_subject", "Whether the subject of a first message claims to be a reply (0 or 1).", "flag", _fake_reply,
        _E("Hi Ana", 1, "Re: ", subject="Re: our chat", channel="email"),
        _E("Hi Ana", 0, check=True, subject="Re: our chat", channel="email", stage="follow_up"), high=1,
    ),
    _feature(
        "price_marks", "Prices, amounts of money and percentages off.", "marks", lambda p: count(list(marks.find_prices(p.text)), p),
        _E("Only $99 today, 50% off", 2, "$99", "50% off"), _E("We grew 50% in 2024.", 0, check=True), direction="none",
        evidence=("SPM-12", "SPM-16"),
    ),
    _feature(
        "symbol_noise", "Runs of ornaments such as $$$ and ***.", "runs", _on_texts(marks.find_symbol_noise),
        _E("$$$ for you ***", 2, "$$$", "***"), _E("R&D costs $5 at C++ shops.", 0, check=True),
    ),
    _feature(
        "raw_markup", "Markdown that reaches the reader as stars and brackets.", "marks",
        lambda p: count([r for r in marks.find_markup(p.text) if not _in_placeholder(p, r)], p),
        _E("This is **big** news", 1, "**big**"), _E("2 * 3 * 4 and my_file_name", 0, check=True),
    ),
)  # fmt: skip


def _in_placeholder(parsed: ParsedDraft, place: tuple[int, int]) -> bool:
    return any(p.start < place[1] and place[0] < p.end for p in parsed.placeholders)
