"""Promotional wording in context: which hits of the spam lexicons count, and which are innocent there.

Features count what these functions return and rules point at it, so both always agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, get_args

from scorer.lexicons import Hit
from scorer.parse.parsed import Link, ParsedDraft

PromotionKind = Literal["offer", "urgency", "hard_sell", "earnings", "guarantee", "click", "scam"]
KINDS: tuple[PromotionKind, ...] = get_args(PromotionKind)
_LEXICON_OF = {kind: f"spm_{kind}" for kind in KINDS}

_WORDS_BEFORE = 40

# What stands before an innocent hit: another's words, a denial, a thing that is known to both.
_BEFORE: dict[str, re.Pattern[str]] = {
    "guarantee": re.compile(
        r"(?:\b(?:no|not|never|cannot|without|nobody|hardly|loan|credit|bank|rent|years?|months?|personal|export|minimum|capital|performance)|n't)"
        r"(?: \w+){0,2} $"
    ),
    "urgency": re.compile(
        r"\b(?:no|not in a|in a|any|without|your|my|our|their|his|her|the|have|has|had|given|with|i|we|they|he|she|to|that|such)"
        r"(?: (?:huge|real|big|great|particular|very|quick|long))? $"
    ),
    "hard_sell": re.compile(r"\b(?:i|i'll|i'd|we|they|he|she|to|who|it's|of|when i|you)(?: (?:can|could|will|would|might))? $"),
    "click": re.compile(
        r"\b(?:i|i've|i'd|i'll|we|we've|they|he|she|who|people|customers|users|readers|visitors|clients|patients|students|to|that|your|would|did|already|the|my|our|a|one)"
        r"(?: (?:already|also|often|still|now|just|happily|can|could|will|had to|have to|tried to))? $"
    ),
    "earnings": re.compile(r"\b(?:helped|let|lets|made|makes|his|her|their|your|who) $|\b(?:don't|doesn't|didn't|not|never) $"),
}  # fmt: skip
_GUARANTEE_TERM = re.compile(r"[ -](?:claims?|schemes?|funds?|period|card|company|fee)\b")
_URGENCY_FIRM = re.compile(
    r"(?:don't|do not|limited time|only|spots|slots|seats|act|last chance|expires|while|ends|hurry up|urgent)"
)

_DENIAL = re.compile(
    r"(?:\b(?:no|not|never|without|isn't|aren't|don't|avoid|against|victims? of|fraud|thesis on|research on|paper on|stud(?:y|ies|ying)|report\w* an?|warn\w*) (?:\w+ ){0,2})$"
)

# Words that praise as well as advertise: they are hype only before a thing that is for sale or a role to fill.
_AMBIGUOUS = frozenset(
    "amazing awesome incredible incredibly fantastic fabulous phenomenal spectacular insane insanely epic magical massive powerful "
    "robust exponential exponentially killer unicorn* ultimate greatest legendary unbelievable explosive guru* ninja* disruptive "
    "disrupting transformative transformational 10x 100x unprecedented unmatched seamless pioneering visionary sensational "
    "superstar* robust".split()
) | {
    "state of the art",
    "next generation",
    "next gen",
    "cutting edge",
    "bleeding edge",
    "world class",
    "rock star*",
    "award winning",
}
_FOR_SALE = re.compile(
    r"[ ,-]+(?:(?:\w+[ ,-]+){0,2})(?:products?|platforms?|solutions?|tools?|services?|software|apps?|systems?|suite|results?|roi|returns?|growth|offers?|deals?|"
    r"opportunit(?:y|ies)|courses?|program(?:me)?s?|packages?|technolog(?:y|ies)|ai|features?|benefits?|value|savings|leads|agency|compan(?:y|ies)|startups?|start-up|"
    r"brand|communit(?:y|ies)|team|role|salary|perks|culture|developers?|engineers?|sales|marketing|strateg(?:y|ies)|insights|experience|customer|training|webinar|event|automation|crm|saas)\b"
)
_ABOUT_READER = re.compile(r"\b(?:your|you|you've|you're|her|his|their)(?: [\w'-]+){0,3} $")

_LEVERAGE_WHAT = re.compile(
    r" (?:your|our|my|the|this|these|those|their|its|each|ai|data|technology|synerg\w+|existing|new|cutting|power|strengths|opportunit\w+|networks?|expertise|"
    r"skills|social|linkedin|resources)\b"
)

_SHORTENERS = frozenset(
    "bit.ly tinyurl.com t.co goo.gl ow.ly is.gd v.gd buff.ly rebrand.ly cutt.ly rb.gy tiny.cc shorturl.at t.ly s.id bl.ink soo.gd "
    "shorte.st adf.ly bit.do mcaf.ee short.io tny.im dlvr.it hubs.ly hubs.la snip.ly clck.ru qr.ae trib.al spr.ly surl.li tr.ee".split()
)
_CALENDARS = (
    "calendly.com", "cal.com", "savvycal.com", "meetings.hubspot.com", "tidycal.com", "zcal.co", "calendar.app.google", "calendar.google.com",
    "koalendar.com", "youcanbook.me", "acuityscheduling.com", "reclaim.ai", "vyte.in", "oncehub.com", "appointlet.com", "book.ms", "chilipiper.com",
    "outlook.office365.com", "outlook.office.com", "meetings-eu1.hubspot.com", "setmore.com", "simplybook.me", "lemcal.com", "motion.com",
)  # fmt: skip
TRACKING = re.compile(
    r"[?&](?:utm_\w+|gclid|fbclid|msclkid|mc_[ce]id|igshid|mkt_tok|_hs\w+|hsa_\w+|hsCtaTracking|trk\w*|li_fat_id|vero_id|oly_\w+|sc_cid|cmpid)=[^&#\s]*",
    re.IGNORECASE,
)


def promotional(parsed: ParsedDraft, kind: PromotionKind) -> tuple[Hit, ...]:
    """Return the promotional phrases of one kind in the body that are meant so."""
    found = parsed.hits(_LEXICON_OF[kind])
    return tuple(hit for hit in found if not _innocent(parsed, kind, hit)) if found else ()


def all_promotional(parsed: ParsedDraft) -> tuple[Hit, ...]:
    """Return the promotional phrases of all kinds, by place; of two at one place only the longer."""
    kept: list[Hit] | None = parsed.notes.get("promotional")
    if kept is None:
        kept = []
        hits = (hit for kind in KINDS for hit in promotional(parsed, kind))
        for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
            if not kept or hit.start >= kept[-1].end:
                kept.append(hit)
        parsed.notes["promotional"] = kept
    return tuple(kept)


def _before(parsed: ParsedDraft, hit: Hit) -> str:
    return parsed.body.lower[max(0, hit.start - _WORDS_BEFORE) : hit.start]


def _innocent(parsed: ParsedDraft, kind: PromotionKind, hit: Hit) -> bool:
    before = _before(parsed, hit)
    if _DENIAL.search(before) or before.endswith(("-", "one of ")):
        return True
    if kind == "urgency" and _URGENCY_FIRM.match(hit.entry) and not hit.entry.startswith("limited time"):
        return False
    if kind == "guarantee" and _GUARANTEE_TERM.match(parsed.body.lower, hit.end):
        return True
    pattern = _BEFORE.get(kind)
    return pattern is not None and pattern.search(before) is not None


def hype(parsed: ParsedDraft) -> tuple[Hit, ...]:
    """Return words that praise the sender's own thing; praise of the reader is none."""

    def meant(hit: Hit) -> bool:
        if _ABOUT_READER.search(_before(parsed, hit)):
            return False
        return hit.entry not in _AMBIGUOUS or _FOR_SALE.match(parsed.body.lower, hit.end) is not None

    return tuple(hit for hit in parsed.hits("spm_hype") if meant(hit))


def buzzwords(parsed: ParsedDraft) -> tuple[Hit, ...]:
    """Return business jargon; "leverage" counts as a verb only, for as a noun it is a term of finance."""
    lower = parsed.body.lower
    return tuple(
        hit for hit in parsed.hits("spm_buzzword")
        if hit.entry != "leverage" or _LEVERAGE_WHAT.match(lower, hit.end)
    )  # fmt: skip


def weak_words(parsed: ParsedDraft) -> tuple[Hit, ...]:
    """Return single promotional words outside innocent uses and outside longer promotional phrases."""
    found = parsed.hits("spm_weak")
    if not found:
        return ()
    covered = [
        *parsed.hits("spm_innocent", innocent=True),
        *all_promotional(parsed),
        *parsed.hits("spm_hype"),
    ]
    kept = (hit for hit in found if not any(c.start < hit.end and hit.start < c.end for c in covered))
    return tuple(hit for hit in kept if not _ABOUT_READER.search(_before(parsed, hit)))


def bulk_openers(parsed: ParsedDraft) -> tuple[Hit, ...]:
    """Return openings that fit anybody; with a name behind them they are greetings."""
    start = len(parsed.text) - len(parsed.text.lstrip())

    def meant(hit: Hit) -> bool:
        opens = hit.start == start or (
            hit.entry.startswith(("to whom", "greetings of", "greetings for")) and hit.start < start + 60
        )
        return opens and re.match(r" [A-Z][a-z]", parsed.text[hit.end : hit.end + 3]) is None

    return tuple(hit for hit in parsed.hits("spm_bulk_opener", innocent=True) if meant(hit))


def bulk_marks(parsed: ParsedDraft) -> tuple[Hit, ...]:
    """Return footers, opt-outs and assurances of bulk mail."""
    return tuple(hit for hit in parsed.hits("spm_bulk_mark") if not _says_i(_before(parsed, hit)))


_SAYS_I: Callable[[str], object] = re.compile(
    r"\b(?:i|i'd|i'll|i've|we|we'd|people|users|customers|members|want to|our|my|your|the)(?: (?:had|have|want|would like|can|will|used)(?: to)?)? $"
).search


def _says_i(before: str) -> bool:
    return bool(_SAYS_I(before))


def web_links(parsed: ParsedDraft) -> tuple[Link, ...]:
    """Return links with a scheme, ``www`` or a path; a bare ``Booking.com`` is the name of a firm."""
    return tuple(
        link for link in parsed.links
        if link.kind == "url" and ("/" in (text := parsed.text[link.start : link.end]) or text.lower().startswith("www."))
    )  # fmt: skip


def is_short(link: Link) -> bool:
    """Tell whether the link hides where it leads."""
    return link.host in _SHORTENERS


def is_calendar(link: Link) -> bool:
    """Tell whether the link leads to a booking page."""
    return any(link.host == host or link.host.endswith("." + host) for host in _CALENDARS)


def is_tracked(parsed: ParsedDraft, link: Link) -> bool:
    """Tell whether the link carries parameters that follow the reader."""
    return TRACKING.search(parsed.text, link.start, link.end) is not None


def emoji_runs(parsed: ParsedDraft) -> tuple[tuple[int, int], ...]:
    """Return runs of two and more emoji with at most a space between them."""
    runs: list[list[int]] = []
    for start, end in parsed.emojis:
        if runs and start - runs[-1][1] <= 1 and not parsed.text[runs[-1][1] : start].strip():
            runs[-1][1:] = [end, runs[-1][2] + 1]
        else:
            runs.append([start, end, 1])
    return tuple((start, end) for start, end, number in runs if number > 1)


def fake_reply(parsed: ParsedDraft) -> int:
    """Return the characters of a ``Re:`` or ``Fwd:`` on the subject of a first message, 0 without."""
    if parsed.subject is None or parsed.draft.stage == "follow_up" or parsed.draft.earlier:
        return 0
    if parsed.body.folded.quoted:  # the mail that is answered or passed on stands below
        return 0
    match = re.match(r"\s*(?:(?:re|fwd?|aw|wg) ?(?:\[\d+\])?:\s*)+", parsed.subject.text, re.IGNORECASE)
    return match.end() if match else 0
