"""Extractors of the personalization family: name, details, praise, common ground, merge marks, thread."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Literal

from scorer.features.base import UNDEFINED, count
from scorer.lexicons import Hit
from scorer.parse.mentions import name_parts
from scorer.parse.parsed import Mention, ParsedDraft
from scorer.parse.tailoring import Detail, reader_names
from scorer.schema import Measurement

Range = tuple[int, int]
# A name this near the start is as good as a greeting ("Thanks for accepting, Noriko.").
_OPENING = 60
_FACTS = frozenset({"company", "role", "school"})
_BROKEN_GREETING = re.compile(
    r"\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))"
    r"(?: +(?=[,!.])|[ ,]+(?:null|undefined|none|nan|n/a|#n/a|unknown|firstname|first name|first_name|test)(?=[ ,!.]))"
)
_BROKEN_PLACE = re.compile(
    r"\b(?:at|with|from|for)(?: +(?:(?=[,.](?:\s|$))|(?:null|undefined|#n/a|nan)(?!\w))|  +(?=(?:and|is|has|as)\b))"
)
# Without one of these no merge field came out empty; looking for them first is cheap.
_GAPS = (" ,", " .", "  ", "null", "undefined", "#n/a", "nan")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def recipient_name(parsed: ParsedDraft) -> str | None:
    """Return the given name of the reader, or None."""
    recipient = parsed.draft.recipient
    return recipient.name if recipient and recipient.name and name_parts(recipient.name) else None


def name_mentions(parsed: ParsedDraft) -> list[Mention]:
    """Return the mentions of the reader's name before the sign-off."""
    return [
        m for m in parsed.mentions if m.who == "recipient" and m.fact == "name" and m.start < parsed.signature_start
    ]  # fmt: skip


def named_at_head(parsed: ParsedDraft) -> Range | None:
    """Return where the draft addresses its reader by name at the start; None when it does not."""
    salutation = parsed.tailoring.salutation
    if salutation and salutation.name and salutation.right is not False:
        return salutation.name
    for mention in name_mentions(parsed):
        if mention.start < _OPENING:
            return mention.start, mention.end
    return None


def greeting_names_reader(parsed: ParsedDraft) -> Measurement:
    """Return 1 when the draft opens with the reader's name."""
    place = named_at_head(parsed)
    return Measurement(1.0, (parsed.span(*place),)) if place else Measurement(0.0)


def greets_wrong_name(parsed: ParsedDraft) -> Measurement:
    """Return 1 when somebody else than the given reader is greeted."""
    if recipient_name(parsed) is None:
        return UNDEFINED
    salutation = parsed.tailoring.salutation
    if salutation and salutation.right is False and salutation.name:
        return Measurement(1.0, (parsed.span(*salutation.name),))
    return Measurement(0.0)


def impersonal_greeting(parsed: ParsedDraft) -> Measurement:
    """Return 1 when the greeting fits anybody."""
    salutation = parsed.tailoring.salutation
    if salutation is None or salutation.nobody is None or salutation.name:
        return Measurement(0.0)
    return Measurement(1.0, (parsed.span(*salutation.nobody),))


def name_in_subject(parsed: ParsedDraft) -> Measurement:
    """Return 1 when the subject names the reader."""
    name = recipient_name(parsed)
    if name is None or parsed.subject is None or not parsed.subject.text.strip():
        return UNDEFINED
    known = reader_names(name)
    for word in _TOKEN.finditer(parsed.subject.lower):
        if word.group().removesuffix("'s") in known and parsed.subject.text[word.start()].isupper():
            return Measurement(1.0, (parsed.subject.span(word.start(), word.end()),))
    return Measurement(0.0)


def name_count(parsed: ParsedDraft) -> Measurement:
    """Return how often the reader's name stands before the sign-off."""
    if recipient_name(parsed) is None:
        return UNDEFINED
    return count([(m.start, m.end) for m in name_mentions(parsed)][:20], parsed)


def fact_mentioned(fact: Literal["company", "role", "school"]) -> Callable[[ParsedDraft], Measurement]:
    """Return an extractor: 1 when the given `fact` of the reader stands in the text."""

    def extract(parsed: ParsedDraft) -> Measurement:
        recipient = parsed.draft.recipient
        if recipient is None or not getattr(recipient, fact):
            return UNDEFINED
        spans = [(m.start, m.end) for m in parsed.mentions if m.who == "recipient" and m.fact == fact]
        return Measurement(float(bool(spans)), tuple(parsed.span(*span) for span in spans[:1]))

    return extract


def reader_facts(parsed: ParsedDraft) -> Measurement:
    """Return how many of the given facts stand in the text."""
    recipient = parsed.draft.recipient
    if recipient is None or not (recipient.company or recipient.role or recipient.school):
        return UNDEFINED
    first: dict[str, Mention] = {}
    for mention in parsed.mentions:
        if mention.who == "recipient" and mention.fact != "name":
            first.setdefault(mention.fact, mention)
    return count([(m.start, m.end) for m in first.values()], parsed)


def company_tied(parsed: ParsedDraft) -> Measurement:
    """Return 1 when the reader's firm stands with its possessive or with "your ... at"."""
    recipient = parsed.draft.recipient
    if recipient is None or not recipient.company:
        return UNDEFINED
    text = parsed.body.lower
    for mention in parsed.mentions:
        if mention.who == "recipient" and mention.fact == "company":
            before = text[max(0, mention.start - 40) : mention.start]
            if text.startswith(("'s", "' "), mention.end) or (
                before.endswith((" at ", " with ", " in ", " for ")) and "you" in before
            ):
                return Measurement(1.0, (parsed.span(mention.start, mention.end),))
    return Measurement(0.0)


def details(parsed: ParsedDraft) -> Measurement:
    """Return the number of distinct details."""
    return _details(parsed, parsed.tailoring.details)


def details_of(*kinds: str) -> Callable[[ParsedDraft], Measurement]:
    """Return an extractor: the number of distinct details of `kinds`."""

    def extract(parsed: ParsedDraft) -> Measurement:
        return _details(parsed, (d for d in parsed.tailoring.details if d.kind in kinds))

    return extract


def _details(parsed: ParsedDraft, found: Iterable[Detail]) -> Measurement:
    spans = [(d.start, d.end) for d in found]
    return Measurement(float(min(len(spans), 30)), tuple(parsed.span(*span) for span in spans[:30]))


def detail_density(parsed: ParsedDraft) -> Measurement:
    """Return details per 100 words."""
    words = len(parsed.main_words)
    return UNDEFINED if words < 5 else Measurement(min(100.0 * len(parsed.tailoring.details) / words, 50.0))


def name_only(parsed: ParsedDraft) -> Measurement:
    """Return 1 when the name is the only thing that fits this reader."""
    named = named_at_head(parsed)
    if named and not parsed.tailoring.details and parsed.tailoring.content:
        return Measurement(1.0, (parsed.span(*named),))
    return Measurement(0.0)


def could_go_to_anyone(parsed: ParsedDraft) -> Measurement:
    """Return the share of content sentences without a detail."""
    content = parsed.tailoring.content
    if not content:
        return UNDEFINED
    tailored = parsed.tailoring.tailored
    return Measurement(sum(index not in tailored for index in content) / len(content))


def uncommon_words(parsed: ParsedDraft) -> Measurement:
    """Return uncommon words per 100 words."""
    words = len(parsed.main_words)
    return UNDEFINED if words < 5 else Measurement(min(100.0 * parsed.tailoring.uncommon / words, 100.0))


def addressed_share(parsed: ParsedDraft) -> Measurement:
    """Return the share of content sentences that speak of the reader."""
    content = parsed.tailoring.content
    return Measurement(len(parsed.tailoring.addressed) / len(content)) if content else UNDEFINED


def opens_with_reader(parsed: ParsedDraft) -> Measurement:
    """Return 1 when the first content sentence speaks of the reader."""
    content = parsed.tailoring.content
    return Measurement(float(content[0] in parsed.tailoring.addressed)) if content else UNDEFINED


def first_detail(parsed: ParsedDraft) -> Measurement:
    """Return the share of content sentences before the first detail; 1 without any."""
    content = parsed.tailoring.content
    if not content:
        return UNDEFINED
    tailored = parsed.tailoring.tailored
    before = next((n for n, index in enumerate(content) if index in tailored), len(content))
    return Measurement(before / len(content))


def reader_focus(parsed: ParsedDraft) -> Measurement:
    """Return the share of words about the reader among personal pronouns."""
    reader, writer = parsed.tailoring.reader_words, parsed.tailoring.writer_words
    return Measurement(reader / (reader + writer)) if reader + writer else UNDEFINED


def _shown(parsed: ParsedDraft, hit: Hit, *, after: bool) -> bool:
    """Tell whether a detail other than a bare fact backs what stands at `hit`."""
    sentence = parsed.sentence_at(hit.start)
    if sentence is None:
        return False
    near = {sentence.index, sentence.index + 1} if after else {sentence.index}
    return any(d.sentence in near and d.kind not in _FACTS for d in parsed.tailoring.details)


def phrases_shown(*lexicons: str, shown: bool, after: bool = True) -> Callable[[ParsedDraft], Measurement]:
    """Return an extractor: hits of `lexicons` whose sentence (or the next, with `after`) has a detail or has none."""

    def extract(parsed: ParsedDraft) -> Measurement:
        hits = [hit for hit in parsed.hits(*lexicons) if _shown(parsed, hit, after=after) is shown]
        return count([(hit.start, hit.end) for hit in hits][:20], parsed)

    return extract


def shown_ground(parsed: ParsedDraft) -> Measurement:
    """Return the number of sentences that refer to something shared or read, with a detail."""
    tailored = parsed.tailoring.tailored
    found = [s for s in parsed.sentences if "common_ground" in s.roles and s.index in tailored]
    return count([(s.start, s.end) for s in found][:20], parsed)


def phrase_count(*lexicons: str) -> Callable[[ParsedDraft], Measurement]:
    """Return an extractor: hits of `lexicons` in the body."""

    def extract(parsed: ParsedDraft) -> Measurement:
        return count([(hit.start, hit.end) for hit in parsed.hits(*lexicons)][:20], parsed)

    return extract


def referral(parsed: ParsedDraft) -> Measurement:
    """Return 1 when a named third person brought the two together."""
    for hit in parsed.hits("per_referral"):
        sentence = parsed.sentence_at(hit.start)
        if sentence is None:
            continue
        known = [m for m in parsed.mentions if m.fact == "name"]
        for token in parsed.tokens(sentence):
            if not -45 <= token.idx - hit.start <= hit.end - hit.start + 30:
                continue
            if token.ent_type_ == "PERSON" and not any(m.start <= token.idx < m.end for m in known):
                return Measurement(1.0, (parsed.span(hit.start, hit.end),))
    return Measurement(0.0)


def introduction(parsed: ParsedDraft) -> Measurement:
    """Return 0 without an introduction of the writer, 1 for a vague one, 2 with a firm, place, school or number."""
    best = 0
    spans: tuple[Range, ...] = ()
    theirs = [(m.start, m.end) for m in parsed.mentions if m.who == "recipient"]
    for sentence in parsed.with_role("introduction"):
        facts = any(
            m.who == "sender" and m.fact != "name" and sentence.start <= m.start < sentence.end
            for m in parsed.mentions
        )
        concrete = facts or any(
            t.ent_type_ in {"ORG", "PLACE", "SCHOOL", "ROLE"} or t.text[:1].isdigit()
            for t in parsed.tokens(sentence)
            if not any(start <= t.idx < end for start, end in theirs)
        )
        if 1 + concrete > best:
            best, spans = 1 + concrete, ((sentence.start, sentence.end),)
    return Measurement(float(best), tuple(parsed.span(*span) for span in spans))


def placeholders(*, certain: bool) -> Callable[[ParsedDraft], Measurement]:
    """Return an extractor: unfilled placeholders; undefined for a template, whose placeholders belong there."""

    def extract(parsed: ParsedDraft) -> Measurement:
        if parsed.kind == "template":
            return UNDEFINED
        return count([(p.start, p.end) for p in parsed.placeholders if p.certain is certain][:20], parsed)

    return extract


def merge_breaks(parsed: ParsedDraft) -> Measurement:
    """Return the number of places where a merge field came out empty."""
    text = parsed.body.lower
    head = _BROKEN_GREETING.match(text)
    found = [head.span()] if head else []
    if any(gap in text for gap in _GAPS):
        found += [match.span() for match in _BROKEN_PLACE.finditer(text)]
    return count(found[:20], parsed)


def copied_share(parsed: ParsedDraft) -> Measurement:
    """Return the share of words that stand word for word in an earlier message."""
    if not parsed.draft.earlier:
        return UNDEFINED
    return Measurement(parsed.thread.copied_share, tuple(parsed.span(*span) for span in parsed.thread.copied))


def new_words(parsed: ParsedDraft) -> Measurement:
    """Return the number of telling words that no earlier message had."""
    return Measurement(float(min(len(parsed.thread.new), 60))) if parsed.draft.earlier else UNDEFINED


def taken_up(parsed: ParsedDraft) -> Measurement:
    """Return the number of content words taken up from the earlier messages."""
    return Measurement(float(min(len(parsed.thread.taken_up), 60))) if parsed.draft.earlier else UNDEFINED
