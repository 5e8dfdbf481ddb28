"""Names of variables: what ``fname``, ``{{contact.firstname}}`` and ``[First Name]`` have in common.

A name is split into words, and the words are looked up in `ALIASES`. What is not found there keeps its own
words: a variable of the user's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from scorer.parse.known_words import is_known as is_word

# Canonical name -> other spellings, as words.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "first_name": ("name", "fname", "first", "given_name", "forename", "recipient_first_name", "recipient_name",
                   "candidate_first_name", "prospect_first_name", "lead_first_name", "contact_first_name",
                   "contact_name", "candidate_name", "prospect_name", "lead_name", "merge_first_name", "nickname",
                   "nick_name", "preferred_name", "preferred_first_name"),
    "last_name": ("lname", "last", "surname", "family_name", "recipient_last_name", "merge_last_name"),
    "salutation": ("honorific", "courtesy_title", "name_prefix", "prefix", "mr_ms"),
    "full_name": ("recipient_full_name", "candidate_full_name", "display_name"),
    "company": ("company_name", "organization", "organisation", "organization_name", "organisation_name", "firm",
                "employer", "account_name", "business_name", "business", "current_company", "recipient_company",
                "prospect_company", "lead_company", "their_company", "org"),
    "role": ("title", "job_title", "position", "occupation", "job", "current_position", "current_title",
             "recipient_title", "recipient_role", "designation", "job_role"),
    "headline": ("linkedin_headline", "profile_headline"),
    "industry": ("sector", "vertical", "field"),
    "department": ("team", "team_name", "dept"),
    "city": ("town", "location", "location_city"),
    "region": ("state", "province", "county", "area"),
    "country": (),
    "school": ("university", "college", "alma_mater", "university_name", "school_name"),
    "email": ("email_address", "mail", "e_mail"),
    "phone": ("phone_number", "mobile", "telephone"),
    "website": ("company_website", "domain", "company_domain", "site", "web_site", "company_url"),
    "link": ("url", "calendar_link", "booking_link", "meeting_link", "calendly_link", "landing_page", "demo_link",
             "calendar", "booking_url", "meeting_url"),
    "linkedin_url": ("profile_url", "linkedin_profile", "linkedin", "linkedin_link", "profile_link"),
    "icebreaker": ("ice_breaker", "personalization", "personalisation", "personal_line", "personalized_line",
                   "personalised_line", "opening_line", "opener", "custom_intro", "first_line", "custom_line",
                   "compliment", "personal_note", "intro_line", "custom_opener", "hook", "snippet"),
    "topic": ("subject", "theme", "subject_matter", "post_topic", "article_topic", "article", "post", "article_title",
              "post_title"),
    "project": ("project_name",),
    "product": ("product_name", "service", "service_name", "offer", "solution"),
    "event": ("event_name", "conference", "conference_name", "webinar", "meetup"),
    "mutual_connection": ("connection", "referrer", "referral", "mutual", "connection_name", "referral_name",
                          "mutual_contact", "common_connection", "referrer_name"),
    "skill": ("skills", "expertise", "speciality", "specialty"),
    "pain_point": ("painpoint", "challenge", "problem", "pain"),
    "competitor": ("competitor_name",),
    "achievement": ("accomplishment", "award", "recent_news", "news", "milestone"),
    "reason": ("reason_for_contact", "why"),
    "date": ("today", "meeting_date", "event_date"),
    "day": ("weekday", "day_of_week", "meeting_day"),
    "time": ("meeting_time",),
    "open_role": ("vacancy", "opening", "open_position", "job_opening", "role_name", "position_name", "job_name"),
    "sender_first_name": ("my_first_name", "user_first_name", "owner_first_name", "your_first_name",
                          "sending_user_first_name"),
    "sender_last_name": ("my_last_name", "user_last_name", "owner_last_name"),
    "sender_name": ("my_name", "user_name", "your_name", "sender_full_name", "owner_name", "user_full_name",
                    "recruiter_name", "hiring_manager"),
    "sender_company": ("my_company", "your_company", "sender_company_name", "user_company", "company_of_sender"),
    "sender_role": ("my_title", "sender_title", "your_title", "user_title", "sender_job_title", "my_role"),
    "sender_email": ("my_email", "user_email"),
    "sender_phone": ("my_phone", "user_phone"),
    "signature": ("email_signature", "sender_signature", "account_signature"),
    "unsubscribe": ("unsubscribe_link", "unsubscribe_url", "unsub"),
}  # fmt: skip
# What belongs to the message or its writer, so no recipient column has to hold it.
NOT_THE_RECIPIENT = frozenset(
    {
        "signature",
        "unsubscribe",
        "link",
        "date",
        "day",
        "time",
        "product",
        *(k for k in ALIASES if k[:6] == "sender"),
    }
)
# Names (and an address that is made of them) say who is written to, not what is said to them.
NAMES = frozenset({"first_name", "last_name", "full_name", "salutation", "email"})
# Objects that a path begins with, as in ``contact.firstname``; the writer's own keep a mark.
_THEIRS = frozenset(
    "contact lead recipient prospect candidate subscriber person custom customer user_data properties".split()
)
_OURS = frozenset("sender user owner me mysender sending_user".split())
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def split_words(raw: str) -> tuple[str, ...]:
    """Return the words of `raw` in lower case, however they are joined."""
    spaced = _HUMP.sub(" ", raw)
    return tuple(word for word in re.split(r"[^a-z0-9]+", spaced.lower()) if word)


@cache
def _canonical() -> Mapping[str, str]:
    """Return spelling without separators -> canonical name."""
    return {
        spelling.replace("_", ""): name for name, others in ALIASES.items() for spelling in (name, *others)
    }


@cache
def _spellings() -> Mapping[str, tuple[str, ...]]:
    """Return spelling without separators -> its words, for names written without any (``FIRSTNAME``)."""
    return {
        spelling.replace("_", ""): tuple(spelling.split("_"))
        for name, others in ALIASES.items()
        for spelling in (*others, name)
    }


def known_words(flat: str) -> tuple[str, ...]:
    """Return the words of a known name written in one (``firstname``), or the whole as one word."""
    return _spellings().get(flat.lower(), tuple(flat.lower().split("_")))


def canonical(raw: str) -> str:
    """Return the canonical name of the variable `raw`; its own words joined by ``_`` when it is not known."""
    head, dot, rest = raw.rpartition(".")
    if dot:
        objects = {word.lower() for word in head.split(".")}
        if objects & _OURS:
            name = canonical(rest)
            return (
                name
                if name.startswith("sender_")
                else _canonical().get("sender" + "".join(split_words(rest)), f"sender_{name}")
            )
        if rest.lower() == "name":
            whose = split_words(head)
            firm = objects & {"account", "company", "organization", "organisation"}
            return "company" if firm else "full_name" if objects & _THEIRS else "_".join((*whose, "name"))
        return canonical(rest)
    words = split_words(raw)
    known = _canonical().get("".join(words))
    if known is None and len(words) > 1 and words[0] in _THEIRS:
        known = _canonical().get("".join(words[1:]))
    return known or "_".join(words)


def distance(words: tuple[str, ...], name: str) -> int:
    """Return how far a spelling is from the canonical `name`: 0 for itself, then its place among the aliases."""
    spelling = "".join(words)
    spellings = [other.replace("_", "") for other in (name, *ALIASES.get(name, ()))]
    return spellings.index(spelling) if spelling in spellings else len(spellings)


def is_known(name: str) -> bool:
    """Tell whether the canonical `name` is one of `ALIASES`."""
    return name in ALIASES


def nearest(name: str, columns: Iterable[str] | None = None) -> str | None:
    """Return the known name (or column) that `name` is probably a misspelling of; None when none is near."""
    wanted = name.replace("_", "")
    if columns is None:
        spellings, words = _canonical(), name.split("_")
        if wanted.rstrip("0123456789") in spellings:  # one of several
            return None
        if not all(map(is_word, words)):
            cutoff = 0.8
        elif len(words) > 1:
            cutoff = 0.88
        else:  # a word that means something else: a variable of one's own
            return None
        near = get_close_matches(wanted, spellings, n=1, cutoff=cutoff)
        return spellings[near[0]] if near else None
    by_flat = {canonical(column).replace("_", ""): column for column in columns}
    by_flat |= {"".join(split_words(column)): column for column in columns}
    near = get_close_matches(wanted, by_flat, n=1, cutoff=0.75)
    return by_flat[near[0]] if near else None


@dataclass(frozen=True, slots=True)
class NameStyle:
    """A way to write the words of a name.

    Attributes
    ----------
    pattern
        What a name in this style looks like.
    join, split
        From words to the name and back.
    """

    pattern: str
    join: Callable[[tuple[str, ...]], str]
    split: Callable[[str], tuple[str, ...]]

    def words(self, raw: str) -> tuple[str, ...] | None:
        """Return the words of `raw`, or None when joining them again would not give `raw`."""
        if not re.fullmatch(self.pattern, raw):
            return None
        words = self.split(raw)
        return words if words and self.join(words) == raw else None


def _flat(words: tuple[str, ...]) -> str:
    """Join a known name's words without a sign between them, and others by ``_``, so that they come apart again."""
    joined = "".join(words)
    return joined if known_words(joined) == words else "_".join(words)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


STYLES: Mapping[str, NameStyle] = {
    "snake": NameStyle(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", "_".join, lambda raw: tuple(raw.split("_"))),
    "upper": NameStyle(
        r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*", lambda w: "_".join(w).upper(), lambda raw: tuple(raw.lower().split("_"))
    ),
    "camel": NameStyle(
        r"[a-z][a-z0-9]*(?:[A-Z][a-z0-9]*)*", lambda w: w[0] + "".join(map(_capital, w[1:])), split_words
    ),
    "pascal": NameStyle(r"(?:[A-Z][a-z0-9]*)+", lambda w: "".join(map(_capital, w)), split_words),
    "title": NameStyle(r"[A-Z][a-z0-9]*(?: [A-Z][a-z0-9]*)*", lambda w: " ".join(map(_capital, w)),
                       lambda raw: tuple(raw.lower().split(" "))),
    "flat": NameStyle(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", _flat, known_words),
    "flat_upper": NameStyle(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*", lambda w: _flat(w).upper(), known_words),
    "number": NameStyle(r"[0-9]{1,2}", "".join, lambda raw: (raw,)),
}  # fmt: skip
