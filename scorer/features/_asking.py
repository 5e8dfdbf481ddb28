"""How asks, questions and roles are measured; `ask` declares them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from scorer.features.base import UNDEFINED, count
from scorer.lexicons import Hit
from scorer.parse.parsed import Ask, AskKind, ParsedDraft, Role, Sentence
from scorer.schema import Measurement

Extract = Callable[[ParsedDraft], Measurement]

_MINUTES = re.compile(
    r"\b(?:\d{1,3}|one|two|three|five|ten|fifteen|twenty|thirty|a (?:few|couple of)|half an|an|quarter of an|a quarter of an)"
    r"[ -]?(?:min(?:ute)?s?|hours?|hrs?|half hour)\b"
)
_CLOSED = re.compile(
    r"(?:^|[,;:(–—-] ?|[.!?] |\b(?:and|but|so|or|if not|also|then) )(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|"
    r"may|might|any chance|ok|okay|mind|open to|up for|worth|interested|which|want|fancy)\b|\w+ or (?:\w+ ){0,4}\w+\?"
)
_OPEN = re.compile(r"\b(?:how|what|why|tell me|describe|in what way)\b")


def flag(value: bool, spans: Iterable[tuple[int, int]], parsed: ParsedDraft) -> Measurement:
    """Return 1 with `spans` when `value`, else 0."""
    return Measurement(1.0, tuple(parsed.span(*span) for span in spans)) if value else Measurement(0.0)


def ask_sentences(parsed: ParsedDraft) -> frozenset[int]:
    """Return the indices of all sentences in which something is asked."""
    return frozenset(index for ask in parsed.asks for index in (ask.sentence, *ask.again))


def n_kind(kind: AskKind) -> Extract:
    """Return an extractor that counts the asks of `kind`."""
    return lambda parsed: count([(a.start, a.end) for a in parsed.asks if a.kind == kind], parsed)


def over_asks(value: Callable[[list[Ask]], float]) -> Extract:
    """Return an extractor of `value` over the asks; undefined without any."""

    def extract(parsed: ParsedDraft) -> Measurement:
        return Measurement(value(list(parsed.asks))) if parsed.asks else UNDEFINED

    return extract


def max_effort(parsed: ParsedDraft) -> Measurement:
    """Return the greatest effort asked for and where."""
    if not parsed.asks:
        return UNDEFINED
    most = max(ask.effort for ask in parsed.asks)
    return Measurement(
        float(most), tuple(parsed.span(a.start, a.end) for a in parsed.asks if a.effort == most)
    )


def fitting_effort(parsed: ParsedDraft) -> int:
    """Return the effort that channel, stage and acquaintance bear: 1 to 3 (evidence.md, section 16)."""
    draft = parsed.draft
    known = (draft.recipient is not None and draft.recipient.degree == 1) or parsed.purpose in {
        "reconnect",
        "event",
    }
    base = 1 if draft.channel == "connection_note" else 2
    return min(3, base + known)


def excess_effort(parsed: ParsedDraft) -> Measurement:
    """Return how far the greatest effort goes beyond `fitting_effort`."""
    if not parsed.asks:
        return UNDEFINED
    limit = fitting_effort(parsed)
    over = [ask for ask in parsed.asks if ask.effort > limit]
    most = max((ask.effort - limit for ask in over), default=0)
    return Measurement(float(most), tuple(parsed.span(a.start, a.end) for a in over))


def vague_hits(parsed: ParsedDraft) -> list[Hit]:
    """Return vague phrases that stand in a sentence that asks."""
    hits = parsed.hits("ask_vague")
    if not hits:
        return []
    indices = ask_sentences(parsed)
    places = [(s.start, s.end) for s in parsed.sentences if s.index in indices]
    return [hit for hit in hits if any(start <= hit.start < end for start, end in places)]


def vague(parsed: ParsedDraft) -> Measurement:
    """Count `vague_hits`."""
    return count([(hit.start, hit.end) for hit in vague_hits(parsed)], parsed)


def phrases(lexicon: str) -> Extract:
    """Return an extractor that counts the entries of `lexicon`."""
    return lambda parsed: count([(hit.start, hit.end) for hit in parsed.hits(lexicon)], parsed)


def any_phrase(lexicon: str) -> Extract:
    """Return an extractor that is 1 when an entry of `lexicon` stands in the draft."""

    def extract(parsed: ParsedDraft) -> Measurement:
        hits = parsed.hits(lexicon)
        return flag(bool(hits), [(hit.start, hit.end) for hit in hits], parsed)

    return extract


_GROUPS = {"call": "talk", "meeting": "talk", "connect": "", "reply": ""}


def competing_asks(parsed: ParsedDraft) -> list[Ask]:
    """Return the asks that want something else than the first weighty one; connecting and replying weigh nothing."""
    first: str | None = None
    others: dict[str, Ask] = {}
    for ask in parsed.asks:
        group = _GROUPS.get(ask.kind, ask.kind)
        if not group:
            continue
        if first is None:
            first = group
        elif group != first or group == "information":
            key = f"information{ask.start}" if group == "information" else group
            others.setdefault(key, ask)
    return sorted(others.values(), key=lambda ask: ask.start)


def competing(parsed: ParsedDraft) -> Measurement:
    """Count `competing_asks`."""
    return count([(ask.start, ask.end) for ask in competing_asks(parsed)], parsed)


def questions(parsed: ParsedDraft) -> list[Sentence]:
    """Return the sentences with a question mark between greeting and sign-off, without "How are you?"."""
    found = [s for s, _ in parsed.main_sentences if "?" in s.text]
    if not found:
        return found
    idle = [hit for hit in parsed.body.lexicon_hits.get("ask_not", ()) if hit.entry.startswith("how")]
    return [s for s in found if not any(s.start <= hit.start < s.end for hit in idle)]


def n_questions(parsed: ParsedDraft) -> Measurement:
    """Count question marks of `questions`, a run of them once."""
    spans = [(s.start, s.end) for s in questions(parsed)]
    return count(spans, parsed)


def question_run(parsed: ParsedDraft) -> Measurement:
    """Return the length of the longest run of questions one after the other."""
    best: list[Sentence] = []
    run: list[Sentence] = []
    for sentence in questions(parsed):
        run = [*run, sentence] if run and sentence.index == run[-1].index + 1 else [sentence]
        best = run if len(run) > len(best) else best
    return Measurement(float(len(best)), (parsed.span(best[0].start, best[-1].end),) if len(best) > 1 else ())


def n_open(parsed: ParsedDraft) -> Measurement:
    """Count questions that begin with how, what or why and so take more than a word to answer."""
    lower = parsed.body.lower
    spans = [(s.start, s.end) for s in questions(parsed) if _OPEN.search(lower, s.start, s.end)]
    return count(spans, parsed)


def easy_question(parsed: ParsedDraft) -> Measurement:
    """Tell whether a light question can be answered by yes, no or a choice."""
    lower = parsed.body.lower
    spans = [
        (a.start, a.end) for a in parsed.asks
        if a.question and a.effort < 3 and _CLOSED.search(lower[a.start : a.end])
    ]  # fmt: skip
    return flag(bool(spans), spans, parsed)


def ask_place(which: int) -> Extract:
    """Return an extractor of the share of the main words that stand before the first (0) or last (-1) ask."""

    def extract(parsed: ParsedDraft) -> Measurement:
        total = len(parsed.main_words)
        if not parsed.asks or not total:
            return UNDEFINED
        places = sorted((ask.start, ask.end) for ask in parsed.asks)
        before = parsed.count_words(parsed.body_start, places[which][0])
        return Measurement(min(1.0, before / total), (parsed.span(*places[which]),))

    return extract


def ends_with_ask(parsed: ParsedDraft) -> Measurement:
    """Tell whether one of the last two sentences asks."""
    if not parsed.asks:
        return Measurement(0.0)
    indices = ask_sentences(parsed)
    last = [s for s, _ in parsed.main_sentences][-2:]
    spans = [(s.start, s.end) for s in last if s.index in indices]
    return flag(bool(spans), spans, parsed)


def ask_paragraph(parsed: ParsedDraft) -> Measurement:
    """Return the number of words of the paragraph in which the first ask stands."""
    if not parsed.asks:
        return UNDEFINED
    at = parsed.asks[0].start
    words = next((words for start, end, words in parsed.paragraphs if start <= at < end), 0)
    return Measurement(float(min(words, 2000)))


def longest_ask(parsed: ParsedDraft) -> Measurement:
    """Return the number of words of the longest sentence that asks."""
    indices = ask_sentences(parsed)
    found = [(words, s) for s, words in parsed.main_sentences if s.index in indices]
    if not found:
        return UNDEFINED
    words, sentence = max(found, key=lambda pair: pair[0])
    return Measurement(float(min(words, 500)), (parsed.span(sentence.start, sentence.end),))


def has_role(role: Role) -> Extract:
    """Return an extractor that is 1 when a sentence plays `role`."""

    def extract(parsed: ParsedDraft) -> Measurement:
        spans = [(s.start, s.end) for s in parsed.with_role(role)]
        return flag(bool(spans), spans, parsed)

    return extract


def role_share(role: Role) -> Extract:
    """Return an extractor of the share of main sentences that play `role`."""

    def extract(parsed: ParsedDraft) -> Measurement:
        main = parsed.main_sentences
        if not main:
            return UNDEFINED
        return Measurement(sum(role in sentence.roles for sentence, _ in main) / len(main))

    return extract


def reason_before(parsed: ParsedDraft) -> Measurement:
    """Tell whether a reason stands before the first ask or in its sentence."""
    if not parsed.asks:
        return UNDEFINED
    first = parsed.asks[0].sentence
    spans = [(s.start, s.end) for s in parsed.with_role("reason") if s.index <= first]
    return flag(bool(spans), spans, parsed)


def time_stated(parsed: ParsedDraft) -> Measurement:
    """Tell whether the time that the reader must give is named."""
    lower = parsed.body.lower
    spans = []
    indices = ask_sentences(parsed)
    for sentence in parsed.sentences:
        if sentence.index in indices:
            spans += [match.span() for match in _MINUTES.finditer(lower, sentence.start, sentence.end)]
    return flag(bool(spans), spans, parsed)


def hidden(parsed: ParsedDraft) -> Measurement:
    """Count wishes that no question or request makes plain ("I would love to learn from you")."""
    return count(
        [(a.start, a.end) for a in parsed.asks if not a.question and not a.direct and not a.again], parsed
    )


def next_step(parsed: ParsedDraft) -> Measurement:
    """Tell whether the reader can see what to do next: a specific or light ask that is put plainly."""
    spans = [
        (a.start, a.end) for a in parsed.asks
        if (a.question or a.direct) and (a.specific or a.effort == 1) and a.kind != "connect"
    ]  # fmt: skip
    return flag(bool(spans), spans, parsed)
