"""Checks of the spam family that need more than a list of words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from scorer import lexicons as lex
from scorer.features import _promotion as promotion
from scorer.features.spam import texts
from scorer.parse import marks
from scorer.parse.folding import HOMOGLYPHS, fold
from scorer.parse.parsed import Link, ParsedDraft, ParsedText, Placeholder
from scorer.rules.base import Check, Context, Hit
from scorer.schema import Edit, Fix, Span

Place = tuple[int, int]
_ARTICLE = re.compile(r"\b(an?) $", re.IGNORECASE)
_VOWEL = re.compile(r"[aeio]|u(?!s|ni(?!n))|h(?:our|onest)", re.IGNORECASE)


def phrases(kind: promotion.PromotionKind) -> Check:
    """Return a check that flags promotional phrases of one kind in body and subject."""

    def check(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
        for hit in promotion.promotional(parsed, kind):
            yield Hit(parsed.span(hit.start, hit.end))
        if parsed.subject is not None:
            for hit in parsed.subject_hits(f"spm_{kind}"):
                yield Hit(parsed.subject.span(hit.start, hit.end))

    return check


def hits(find: Callable[[ParsedDraft], Iterable[lex.Hit]], *, at_least: int = 1) -> Check:
    """Return a check that flags what `find` finds in the body, with the lexicon's plainer word as an unsafe fix."""

    def check(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
        found = tuple(find(parsed))
        if len(found) < at_least:
            return
        for hit in found:
            yield Hit(parsed.span(hit.start, hit.end), fix=swap(parsed.body, hit))

    return check


def swap(source: ParsedText, hit: lex.Hit) -> Fix | None:
    """Return a fix that puts the lexicon's plainer word, keeping a capital and mending "a" and "an" before it."""
    better = lex.load(hit.lexicon).entries.get(hit.entry)
    if better is None:
        return None
    words = source.text[hit.start : hit.end]
    if words[:1].isupper():
        better = better[:1].upper() + better[1:]
    span = source.span(hit.start, hit.end)
    edits = [Edit(span.start, span.end, better, span.where)]
    article = _ARTICLE.search(source.text, max(0, hit.start - 3), hit.start)
    if article:
        wanted = article[1][0] + ("n" if _VOWEL.match(better) else "")
        if wanted != article[1]:
            place = source.span(*article.span(1))
            edits.insert(0, Edit(place.start, place.end, wanted, place.where))
    return Fix(tuple(edits), title=f"Write “{better}”")


def bulk_openers(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag openings for anybody; a known name makes a fix."""
    recipient = parsed.draft.recipient
    first = recipient.name.split()[0] if recipient and recipient.name and recipient.name.strip() else None
    for hit in promotion.bulk_openers(parsed):
        span = parsed.span(hit.start, hit.end)
        usable = first is not None and not hit.entry.startswith(("greetings", "attention"))
        fix = (
            Fix((Edit(span.start, span.end, f"Dear {first}"),), title=f"Write “Dear {first}”")
            if usable
            else None
        )
        yield Hit(span, fix=fix)


def shouts(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag words in capitals; a single short one counts as emphasis."""
    places: list[tuple[ParsedText, Place]] = [(parsed.body, place) for place in parsed.shouts]
    if parsed.subject is not None:
        places += [(parsed.subject, place) for place in marks.find_shouts(parsed.subject.text)]
    words = sum(len(source.text[start:end].split()) for source, (start, end) in places)
    if words < context.number("words"):
        return
    for source, (start, end) in places:
        span = source.span(start, end)
        begins = re.search(r"(?:^|[.!?:]\s+|\n\s*)$", source.text[:start]) is not None
        plain = re.sub(r"\bi\b", "I", source.text[start:end].lower())
        plain = plain[:1].upper() + plain[1:] if begins else plain
        yield Hit(
            span, fix=Fix((Edit(span.start, span.end, plain, span.where),), title="Write it in lower case")
        )


def mark_runs(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag runs of exclamation and question marks; one mark of the run stays."""
    for source in texts(parsed):
        for start, end in marks.find_mark_runs(source.text):
            span = source.span(start, end)
            single = "?" if "?" in source.text[start:end] else "!"
            yield Hit(
                span,
                fix=Fix(
                    (Edit(span.start, span.end, single, span.where),), safe=True, title=f"Keep one “{single}”"
                ),
            )


def exclamations(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag the exclamation marks beyond the allowed number; a full stop takes their place."""
    text = parsed.text
    found = [match.span() for match in re.finditer("!+", text) if not parsed.in_quotes(*match.span())]
    for start, end in found[int(context.number("marks")) :]:
        span = parsed.span(start, end)
        between = parsed.body_start <= start < parsed.signature_start and text[start - 1 : start] not in (
            "?",
            "!",
            ")",
        )
        yield Hit(
            span, fix=Fix((Edit(span.start, span.end, "."),), title="Write a full stop") if between else None
        )


def links(test: Callable[[ParsedDraft, Link], bool]) -> Check:
    """Return a check that flags web links that pass `test`."""

    def check(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
        for link in promotion.web_links(parsed) if parsed.links else ():
            if test(parsed, link):
                yield Hit(parsed.span(link.start, link.end))

    return check


def too_many_links(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag the links beyond the allowed number, a signature's own left out."""
    if not parsed.links or parsed.draft.channel == "connection_note":
        return
    found = [link for link in promotion.web_links(parsed) if link.start < parsed.signature_start]
    for link in found[int(context.number("links")) :]:
        yield Hit(parsed.span(link.start, link.end))


def tracked_links(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag links that follow the reader; the fix keeps the link and drops those parameters."""
    for link in promotion.web_links(parsed) if parsed.links else ():
        if promotion.is_tracked(parsed, link):
            span = parsed.span(link.start, link.end)
            address, mark, fragment = parsed.text[link.start : link.end].partition("#")
            kept = promotion.TRACKING.sub(lambda match: "?" if match[0][0] == "?" else "", address)
            kept = kept.replace("?&", "?").rstrip("?") + mark + fragment
            yield Hit(
                span,
                fix=Fix((Edit(span.start, span.end, kept),), safe=True, title="Drop the tracking parameters"),
            )


_JOINED_SCRIPTS = re.compile("[\u0590-\u08ff\u0900-\u0dff]")


def invisible(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag zero-width and direction marks between Latin letters; other scripts need theirs."""
    for source in texts(parsed):
        given = parsed.draft.text if source.where == "text" else parsed.draft.subject or ""
        for start, end in source.folded.invisible:
            if start == 0 or _JOINED_SCRIPTS.search(given[max(0, start - 2) : end + 2]):
                continue
            yield Hit(
                Span(start, end, source.where),
                fix=Fix((Edit(start, end, "", source.where),), safe=True, title="Remove it"),
            )


def styled(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag words in letters of mathematical or circled alphabets; the fix writes plain ones."""
    for source in texts(parsed):
        given = parsed.draft.text if source.where == "text" else parsed.draft.subject or ""
        merged: list[list[int]] = []
        for start, end in source.folded.styled:
            if merged and given[merged[-1][1] : start].strip(" '’-,.") == "" and start - merged[-1][1] <= 2:
                merged[-1][1] = end
            else:
                merged.append([start, end])
        for start, end in merged:
            if end - start > 1:
                plain = Edit(start, end, fold(given[start:end]).text, source.where)
                yield Hit(
                    Span(start, end, source.where), fix=Fix((plain,), safe=True, title="Write plain letters")
                )


def disguised(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag words with digits, signs or foreign letters for Latin ones; the fix spells them plainly."""
    for source in texts(parsed):
        for start, end, plain in marks.find_leet(source.text):
            yield _spelled(source, start, end, plain)
        given = parsed.draft.text if source.where == "text" else parsed.draft.subject or ""
        for start, end in source.folded.look_alikes:
            plain = "".join(HOMOGLYPHS.get(c, c) for c in given[start:end])
            edit = Edit(start, end, plain, source.where)
            yield Hit(Span(start, end, source.where), fix=Fix((edit,), title=f"Write “{plain}”"))


def _spelled(source: ParsedText, start: int, end: int, plain: str) -> Hit:
    span = source.span(start, end)
    plain = plain.capitalize() if source.text[start].isupper() and plain.islower() else plain
    return Hit(span, fix=Fix((Edit(span.start, span.end, plain, span.where),), title=f"Write “{plain}”"))


def spaced(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag words spelled letter by letter; the fix joins them."""
    for source in texts(parsed):
        for start, end in marks.find_spaced_words(source.text):
            yield _spelled(
                source, start, end, "".join(c for c in source.text[start:end] if c.isalpha()).lower()
            )


def fake_reply(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag ``Re:`` on a first message; the fix drops it."""
    end = promotion.fake_reply(parsed)
    if end and parsed.subject is not None:
        span = parsed.subject.span(0, end)
        rest = (parsed.draft.subject or "")[span.end : span.end + 1]
        edits = (Edit(span.start, span.end + len(rest), rest.upper(), "subject"),)
        yield Hit(
            Span(span.start, span.start + len((parsed.draft.subject or "")[: span.end].rstrip()), "subject"),
            fix=Fix(edits, title="Drop it"),
        )


def markup(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag raw Markdown; the fix leaves the words."""
    for start, end in marks.find_markup(parsed.text):
        if any(p.start < end and start < p.end for p in parsed.placeholders):
            continue
        span = parsed.span(start, end)
        plain = marks.without_markup(parsed.text[start:end])
        while marks.find_markup(plain):
            first, last = marks.find_markup(plain)[0]
            plain = plain[:first] + marks.without_markup(plain[first:last]) + plain[last:]
        yield Hit(span, fix=Fix((Edit(span.start, span.end, plain),), safe=True, title="Write it plain"))


def emoji_runs(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag runs of emoji; the fix keeps the first of each."""
    for start, end in promotion.emoji_runs(parsed):
        first = next(place for place in parsed.emojis if place[0] == start)
        span, keep = parsed.span(start, end), parsed.span(*first)
        yield Hit(span, fix=Fix((Edit(keep.end, span.end, ""),), title="Keep one"))


def many_emojis(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag the first emoji beyond the allowed number."""
    allowed = int(context.number("emojis"))
    for start, end in parsed.emojis[allowed : allowed + 1]:
        yield Hit(parsed.span(start, end))


_CUT_PRICE = re.compile(
    r"\b\d{1,3}\s?(?:%|percent|per cent) (?:off|discount)\b"
    r"|\b(?:only|just|for only|for just|starting at|starting from|from just|as low as|worth)\s[$€£₹]\s?\d[\d,.]{0,10}(?<![.,])(?: (?:a|per) (?:month|year|week|user|seat)|/(?:mo|month|yr|year|user))?"
    r"|[$€£₹]\s?\d[\d,.]{0,10}(?<![.,]) off\b",
    re.IGNORECASE,
)


def cut_prices(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag advertised prices and discounts; salaries, budgets and rounds of money are none."""
    for source in texts(parsed):
        if marks.may_hold_price(source.text):
            yield from (Hit(source.span(*match.span())) for match in _CUT_PRICE.finditer(source.text))


def symbols(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag runs of ornaments."""
    for source in texts(parsed):
        for start, end in marks.find_symbol_noise(source.text):
            holes: list[Link | Placeholder] = [*parsed.links, *parsed.placeholders]
            inside = source.where == "text" and any(k.start <= start < k.end for k in holes)
            if not inside:
                yield Hit(source.span(start, end))
