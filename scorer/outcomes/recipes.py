"""Which columns sending tools export, and what each tool divides by.

Names are compared without case, blanks and punctuation: ``deliverCount`` and ``DELIVER_COUNT`` are one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from scorer.outcomes.outcome import Denominator
from scorer.schema import Channel

D = Denominator
TEXT_FIELDS = (
    "template",
    "subject",
    "text",
    "stage",
    "purpose",
    "channel",
    "recipient",
    "name",
    "sent_at",
    "replied_at",
)
COUNT_FIELDS = ("replied", "positive", "automatic", "rate")
FIELDS = (*TEXT_FIELDS, *COUNT_FIELDS, *D)


@dataclass(frozen=True, slots=True)
class Count:
    """Columns that make one counter: sends over a denominator and the replies to them.

    Attributes
    ----------
    replied, positive, automatic, rate
        Columns by preference; `rate` is a share of replies, for tools that give no count.
    """

    denominator: D
    sent: str
    replied: tuple[str, ...] = ()
    positive: tuple[str, ...] = ()
    automatic: tuple[str, ...] = ()
    rate: tuple[str, ...] = ()
    channel: Channel = "email"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a tool's export is read.

    Attributes
    ----------
    needs
        Columns that tell the tool; all of them are there.
    counts
        All that can be made are made, one row each.
    texts
        Field of an outcome -> columns by preference.
    state
        For exports with a row per person: the column that says how far it came with them.
    """

    source: str
    needs: frozenset[str]
    counts: tuple[Count, ...] = ()
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    state: str | None = None


@dataclass(frozen=True, slots=True)
class LeadState:
    """What a lead's state says became of what was sent."""

    reached: bool
    replied: bool = False
    positive: bool | None = None
    channel: Channel = "email"


# lemlist keeps the last thing that happened to a person, in one word: alone, or behind where it happened.
_LEMLIST_WHERE = re.compile(r"^(?:emails?|linkedin|manual|api|aircall|whatsapp|sms)(?=.)")
_LEMLIST: Mapping[str, LeadState] = {
    **dict.fromkeys(("replied", "warmed"), LeadState(True, True)),
    **dict.fromkeys(("interested", "meetingbooked"), LeadState(True, True, True)),
    "notinterested": LeadState(True, True, False),
    **dict.fromkeys(
        "contacted hooked attracted unsubscribed sent opened clicked delivered attachmentopened".split(),
        LeadState(True),
    ),
    **dict.fromkeys(
        "imported scanned scan review reviewed readytosend toreview skipped paused failed sendfailed bounced "
        "notreached notcontacted visitdone invitedone inviteaccepted launched inprogress".split(),
        LeadState(False),
    ),
    "": LeadState(False),
}  # fmt: skip


def lemlist_state(state: str) -> LeadState | None:
    """Return what a lead's state means; None for one that is not known here."""
    name = plain_name(state)
    place = _LEMLIST_WHERE.match(name)
    found = _LEMLIST.get(name) or _LEMLIST.get(name[place.end() :] if place else name)
    return replace(found, channel="message") if found and name.startswith("linkedin") else found


RECIPES: tuple[Recipe, ...] = (
    Recipe(
        "outreach",
        frozenset({"delivercount", "replycount"}),
        (Count(D.DELIVERED, "delivercount", ("replycount",), ("positivereplycount",), ("outofofficereplycount",)),),
        {"template": ("name", "id"), "subject": ("subject",), "text": ("bodytext", "bodyhtml", "body")},
    ),
    Recipe(
        "salesforce",
        frozenset({"allemailsdeliveredcount", "allemailsrepliedcount"}),
        (Count(
            D.DELIVERED, "allemailsdeliveredcount", ("allemailsrepliedcount",),
            automatic=("allemailsoutofofficecount",),
        ),),
        {
            "template": ("name", "emailtemplatename", "emailtemplateid"), "subject": ("subject",),
            "text": ("body", "htmlvalue"),
        },
    ),
    Recipe(
        "instantly",
        frozenset({"contactedcount", "replycountunique"}),
        (Count(
            D.CONTACTED, "contactedcount", ("replycountunique",), ("totalinterested",),
            ("replycountautomaticunique", "replycountautomatic"),
        ),),
        {"template": ("campaignname", "campaignid"), "subject": ("subject",), "text": ("body", "text")},
    ),
    Recipe(
        "heyreach",
        frozenset({"totalmessagestarted", "totalmessagereplies"}),
        (
            Count(D.STARTED, "totalmessagestarted", ("totalmessagereplies",), channel="message"),
            Count(D.STARTED, "totalinmailstarted", ("totalinmailreplies",), channel="inmail"),
        ),
        {"template": ("campaignname", "campaign", "name"), "text": ("message", "text", "body")},
    ),
    Recipe(
        "lemlist",
        frozenset({"emailssent", "emailsreplied"}),
        (
            Count(D.SENT, "emailssent", ("emailsreplied",), ("emailsinterested",)),
            Count(D.SENT, "linkedinsent", ("linkedinreplied",), ("linkedininterested",), channel="message"),
        ),
        {
            "template": ("template", "campaignname", "campaign", "name"), "subject": ("subject",),
            "text": ("text", "body", "message"),
        },
    ),
    Recipe(
        "lemlist",
        frozenset({"email", "state", "firstname"}),
        texts={"recipient": ("email",), "template": ("campaignname", "campaign", "campaignid")},
        state="state",
    ),
    Recipe(
        "smartlead",
        frozenset({"sentcount", "replycount", "opencount"}),
        (Count(D.SENT, "sentcount", ("replycount",), ("positivereplycount", "interestedcount")),),
        {
            "template": ("campaignname", "name", "campaignid"), "subject": ("subject",), "stage": ("sequencenumber",),
            "text": ("sentmessagetext", "emailbody", "body"),
        },
    ),
    Recipe(
        "hubspot",
        frozenset({"enrolled", "replyrate"}),
        (Count(D.ENROLLED, "enrolled", (), rate=("replyrate",)),),
        {"template": ("sequencename", "sequence", "name"), "subject": ("subject",), "text": ("body", "text")},
    ),
    Recipe(
        "mixmax",
        frozenset({"sent", "delivered", "opened", "clicked", "replied"}),
        (Count(D.DELIVERED, "delivered", ("replied",)),),
        {"template": ("sequence", "name", "template", "stage"), "subject": ("subject",), "text": ("body", "text")},
    ),
)  # fmt: skip

# What columns of a table of unknown make are probably called; a guess is shown and never taken unasked.
GUESSES: Mapping[str, tuple[str, ...]] = {
    "template": (
        "template", "templatename", "templateid", "name", "variant", "campaign", "campaignname", "sequence", "id",
    ),
    "subject": ("subject", "subjectline"),
    "text": ("text", "body", "message", "content", "bodytext", "emailbody", "messagetext", "words", "whatiwrote"),
    "stage": ("stage", "step", "sequencenumber", "stepnumber"),
    "purpose": ("purpose",),
    "channel": ("channel",),
    "recipient": ("profileurl", "linkedinurl", "recipientprofileurl", "email", "recipientemail"),
    "name": ("recipient", "recipientname", "fullname", "leadname", "person", "who"),
    "sent_at": ("sentat", "sentdate", "datesent", "date", "day", "when"),
    "replied_at": ("repliedat", "replydate", "answeredat"),
    "replied": (
        "replied", "replies", "replycount", "reply", "answered", "responses", "uniquereplies", "responded", "answer",
        "answers",
    ),
    "positive": ("positive", "positivereplies", "positivereplycount", "interested", "positives"),
    "automatic": ("automatic", "automaticreplies", "outofoffice", "ooo", "autoreplies"),
    "rate": ("replyrate", "responserate"),
    D.DELIVERED: ("delivered", "delivercount", "deliveredcount"),
    D.SENT: ("sent", "sends", "sentcount", "messagessent", "emailssent", "numbersent"),
    D.CONTACTED: ("contacted", "contactedcount", "peoplecontacted", "leadscontacted"),
    D.STARTED: ("started", "conversationsstarted"),
    D.ENROLLED: ("enrolled", "totalenrolled", "contactsenrolled"),
    D.OPENED: ("opened", "opencount"),
    D.ACCEPTED: ("accepted", "connectionsaccepted"),
}  # fmt: skip


def plain_name(column: str) -> str:
    """Return a column's name as it is compared."""
    return re.sub(r"[^a-z0-9]", "", column.lower())
