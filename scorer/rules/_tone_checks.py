"""Checks of the tone rules that are more than a word list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from scorer.features._manner import addresses, faces, names_a_thing
from scorer.lexicons import Hit as Phrase
from scorer.lexicons import load
from scorer.parse.parsed import ParsedDraft, Sentence
from scorer.parse.writing import Range
from scorer.rules.base import Context, Hit
from scorer.rules.checks import replacement
from scorer.schema import Edit, Fix, Span

SERVILE = frozenset({"sales", "partnership", "fundraising", "recruiting"})
# Verbs that ask for work or data when they follow "please" or "kindly" at the start of a sentence.
_ORDERS = frozenset(
    [
        "send",
        "give",
        "provide",
        "reply",
        "respond",
        "revert",
        "arrange",
        "forward",
        "refer",
        "review",
        "share",
        "check",
        "approve",
        "schedule",
        "introduce",
        "connect",
        "do",
        "help",
        "tell",
        "call",
        "confirm",
        "advise",
        "guide",
        "fill",
        "submit",
        "answer",
        "book",
        "sign",
        "suggest",
        "recommend",
        "consider",
        "look",
    ]
)
_NO_ORDER = re.compile(
    r"\b(?:if|whenever|when you|no rush|feel free|either|or not|unless|don't)\b", re.IGNORECASE
)
_ABBREVIATED = frozenset({"u", "r"})


def slips(
    find: Callable[[ParsedDraft], Iterable[Range]], mend: Callable[[str], str], title: str
) -> Callable[[ParsedDraft, Context], Iterator[Hit]]:
    """Return a check that flags what `find` returns; `mend` makes the right words of the flagged ones."""

    def check(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
        for start, end in _apart(find(parsed), _respelt(parsed)):
            span = parsed.span(start, end)
            words = _as_start(parsed, start, mend(parsed.text[start:end]))
            yield Hit(span, fix=Fix((Edit(span.start, span.end, words),), safe=True, title=title))

    return check


def habit(
    find: Callable[[ParsedDraft], Iterable[Range]], title: str
) -> Callable[[ParsedDraft, Context], Iterator[Hit]]:
    """Return a check that flags the first place of a habit; its safe fix writes capitals everywhere."""

    def check(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
        places = _apart(find(parsed), [*_respelt(parsed), *parsed.writing.articles])
        if places:
            spans = [parsed.span(*place) for place in places]
            edits = tuple(
                Edit(span.start, span.end, parsed.text[start:end].upper())
                for span, (start, end) in zip(spans, places, strict=True)
            )
            yield Hit(spans[0], fix=Fix(edits, safe=True, title=title))

    return check


def _as_start(parsed: ParsedDraft, start: int, words: str) -> str:
    """Return `words` with a capital where a sentence wants one at `start`."""
    wanting = any(start == place for place, _ in parsed.writing.uncapitalised)
    return words[:1].upper() + words[1:] if wanting else words


def _respelt(parsed: ParsedDraft) -> list[Range]:
    """Return the places that a safe respelling covers."""
    return [
        (hit.start, hit.end)
        for name, guard in (("ton_netspeak", is_no_netspeak), ("ton_misspellings", is_name_like))
        for hit in parsed.hits(name)
        if load(name).entries[hit.entry] is not None and not guard(parsed, hit)
    ]


def _apart(places: Iterable[Range], covered: Sequence[Range]) -> list[Range]:
    """Return the places that meet nothing in `covered`, so that safe fixes never meet."""
    return [
        (start, end) for start, end in places if not any(start < high and low < end for low, high in covered)
    ]


def is_name_like(parsed: ParsedDraft, hit: Phrase) -> bool:
    """Tell whether a listed slip is a capitalised word inside a sentence, or an acronym: a name."""
    words = parsed.text[hit.start : hit.end]
    if words.isupper() and len(words) <= 4:
        return True
    if not words[:1].isupper() or words[:2] in {"I'", "Im"}:
        return False
    before = parsed.text[: hit.start].rstrip()
    return (
        bool(before) and before[-1] not in ".!?:\n\"'(" and "\n" not in parsed.text[len(before) : hit.start]
    )


def is_no_netspeak(parsed: ParsedDraft, hit: Phrase) -> bool:
    """Tell whether a listed abbreviation names something, stands in a code, or is the language R."""
    words = parsed.text[hit.start : hit.end]
    around = parsed.text[max(0, hit.start - 1) : hit.start] + parsed.text[hit.end : hit.end + 1]
    if any(char in "-/&.'@#_+" for char in around.rstrip(".").strip()):
        return True
    if words.lower() in _ABBREVIATED and not words.islower():
        return True
    return is_name_like(parsed, hit) and words.lower() not in {"pls", "plz", "thx", "lol", "omg"}


def kindly_inside(parsed: ParsedDraft, hit: Phrase) -> bool:
    """Tell whether "kindly" is an adverb of praise there ("she kindly offered"), not an order."""
    if hit.entry != "kindly":
        return False
    return parsed.text[hit.start].islower() and not parsed.text[: hit.start].rstrip().lower().endswith(
        ("please", "and")
    )


def please_orders(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag "Please send ..." and the like at the start of a sentence that nothing else softens."""
    for start, end in parsed.writing.please_starts:
        sentence = parsed.sentence_at(start)
        if sentence is None or "?" in sentence.text or _NO_ORDER.search(sentence.text):
            continue
        words = [t for t in parsed.tokens(sentence) if t.idx >= end and not t.is_space][:2]
        greets = len(words) > 1 and words[0].lower_ == "tell" and words[1].text[0].isupper()
        if (
            not words
            or words[0].lower_ not in _ORDERS
            or greets
            or [t.lower_ for t in words] in (["do", "not"], ["do", "n't"])
            or parsed.hits_within(sentence, "ton_indirect_request", "ton_hedges")
        ):
            continue
        span = parsed.span(start, words[0].idx + len(words[0]))
        opening = Edit(span.start, span.end, f"Could you {words[0].lower_}")
        edits = [opening]
        if sentence.text.endswith((".", "!")):
            mark = parsed.span(sentence.end - 1, sentence.end)
            edits.append(Edit(mark.start, mark.end, "?"))
        yield Hit(span, fix=Fix(tuple(edits), title="Ask instead of ordering"))


def bare_demands(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag demands without please, a softener or thanks in their sentence."""
    for hit in parsed.hits("ton_demand"):
        sentence = parsed.sentence_at(hit.start)
        if sentence is None or "?" in sentence.text or _NO_ORDER.search(sentence.text):
            continue
        before = parsed.text[sentence.start : hit.start].strip().lower()
        if before in {"", "just", "so", "and", "then", "also"} and not parsed.hits_within(
            sentence, "ton_indirect_request", "ton_hedges", "ton_gratitude"
        ):
            yield Hit(parsed.span(hit.start, hit.end))


def praise_stack(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag a sentence that piles up more words of praise than the option allows."""
    measured = context.measurements["tone.praise_stack"]
    if measured.value > context.number("most"):
        yield Hit(Span(measured.spans[0].start, measured.spans[-1].end))


def self_centred(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag the opening when the first sentences all begin with the writer and never name the reader."""
    writing = parsed.writing
    main = writing.main_sentences
    wanted = int(context.number("sentences"))
    if len(main) <= wanted:
        return
    opening = main[:wanted]
    for sentence in opening:
        own = any(sentence.start <= start < sentence.end for start, _ in writing.self_starts)
        reader = any(sentence.start <= start < sentence.end for start, _ in writing.second)
        named = any(
            m.who == "recipient" and sentence.start <= m.start < sentence.end for m in parsed.mentions
        )
        if not own or reader or named or sentence.roles & {"common_ground", "thanks"}:
            return
    yield Hit(parsed.span(opening[0].start, opening[-1].end))


def stock_opening(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag a wish for the reader's health that could open any message; the fix removes its sentence."""
    for hit in parsed.hits("ton_finds_you_well"):
        sentence = parsed.sentence_at(hit.start)
        if sentence is None or sentence.index > 3:
            continue
        whole = sentence.start == hit.start and len(sentence.text.split()) <= 12 and "?" not in sentence.text
        yield Hit(parsed.span(hit.start, hit.end), fix=_without(parsed, sentence) if whole else None)


def _without(parsed: ParsedDraft, sentence: Sentence) -> Fix | None:
    following = parsed.sentences[sentence.index + 1] if sentence.index + 1 < len(parsed.sentences) else None
    if following is None or following.roles & {"sign_off", "signature"}:
        return None
    start, end = (
        parsed.span(sentence.start, sentence.end).start,
        parsed.span(following.start, following.end).start,
    )
    return Fix((Edit(start, end, ""),), title="Remove it")


def stock_phrases(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag stock phrases when a draft holds more different ones than the option allows."""
    if context.value("tone.stock_phrases") > context.number("most"):
        wishes = [(hit.start, hit.end) for hit in parsed.hits("ton_finds_you_well")]
        for hit in parsed.hits("ton_machine"):
            if any(hit.start < high and low < hit.end for low, high in wishes):
                continue  # the stock opening has a rule of its own
            yield Hit(parsed.span(hit.start, hit.end))


def too_many(feature: str) -> Callable[[ParsedDraft, Context], Iterator[Hit]]:
    """Return a check that flags the places of `feature` after the first `most`."""

    def check(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
        most = int(context.number("most"))
        for span in context.measurements[feature].spans[most:]:
            yield Hit(span)

    return check


def thankless(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag a draft that asks for work neither softly nor with thanks; the fix adds a line of thanks."""
    main = parsed.writing.main_sentences
    if not main or parsed.draft.channel == "connection_note":
        return
    soft = [hit.start for hit in parsed.hits("ton_indirect_request", "ton_hedges", "ton_positive")]
    heavy = [ask for ask in parsed.asks if ask.effort == 3]
    if not heavy or any(ask.start <= start < ask.end for ask in heavy for start in soft):
        return
    if parsed.hits("ton_gratitude", "ton_warmth") or "thanks" in {
        r for s in parsed.sentences for r in s.roles
    }:
        return
    place = parsed.span(main[-1].end - 1, main[-1].end).end
    yield Hit(fix=Fix((Edit(place, place, "\n\nThank you for reading."),), title="Add a line of thanks"))


def emoji_to_stranger(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag emoji in a first InMail or e-mail, unless the reader is a first-degree connection."""
    draft = parsed.draft
    if draft.stage != "initial" or draft.channel not in {"inmail", "email"}:
        return
    if (draft.recipient is not None and draft.recipient.degree == 1) or draft.purpose in {
        "reconnect",
        "thanks",
    }:
        return
    places = [place for place in faces(parsed) if place[0] < parsed.signature_start]
    edits: list[Edit] = []
    for start, end in places:
        spaced = start > 0 and parsed.text[start - 1] == " "
        span = parsed.span(start - spaced, end)
        edits.append(Edit(span.start, span.end, ""))
    if edits:
        yield Hit(parsed.span(*places[0]), fix=Fix(tuple(edits), title="Remove all emoji"))


def familiar(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag pet names and chummy forms of address to somebody who is not known to be close."""
    draft = parsed.draft
    if draft.purpose == "reconnect" or (draft.recipient is not None and draft.recipient.degree == 1):
        return
    for start, end in addresses(parsed):
        yield Hit(parsed.span(start, end))


def nothing_offered(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag a first message that sells, recruits or raises money and offers the reader nothing."""
    draft = parsed.draft
    if draft.purpose not in SERVILE or draft.stage != "initial" or draft.channel == "connection_note":
        return
    if (
        context.value("tone.offers") == 0
        and not parsed.with_role("value")
        and parsed.asks
        and not names_a_thing(parsed)
    ):
        yield Hit()


def vague_offer(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag promises without a benefit when no concrete offer stands beside them."""
    if context.value("tone.concrete_offers") > 0:
        return
    for hit in parsed.hits("ton_vague_value"):
        yield Hit(parsed.span(hit.start, hit.end))


def listed(
    *lexicons: str,
    guard: Callable[[ParsedDraft, Phrase], bool] | None = None,
    safe: bool = False,
    stage: str | None = None,
) -> Callable[[ParsedDraft, Context], Iterator[Hit]]:
    """Return a check for entries of `lexicons` in the body, with their replacement as the fix."""

    def check(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
        if stage is not None and parsed.draft.stage != stage:
            return
        for hit in parsed.hits(*lexicons):
            if guard is None or not guard(parsed, hit):
                span = parsed.span(hit.start, hit.end)
                better = load(hit.lexicon).entries[hit.entry]
                if better and safe:
                    better = _as_start(parsed, hit.start, better)
                words = parsed.text[hit.start : hit.end]
                yield Hit(span, fix=replacement(span, words, better, safe=safe))

    return check
