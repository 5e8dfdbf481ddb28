"""One message and what became of it, or a counter over many.

What a rate is divided by is written on every row, because tools divide by different things.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from scorer.errors import InputError
from scorer.schema import CHANNELS, PURPOSES, STAGES, Channel, Draft, Purpose, Stage


class Denominator(StrEnum):
    """What the replies are divided by; two rates compare only when this is the same."""

    SENT = "sent"
    DELIVERED = "delivered"
    OPENED = "opened"
    CONTACTED = "contacted"
    STARTED = "started"
    ACCEPTED = "accepted"
    ENROLLED = "enrolled"

    @property
    def words(self) -> str:
        """What is counted, for people."""
        return _DENOMINATOR_WORDS[self]


_DENOMINATOR_WORDS: Mapping[Denominator, str] = {
    Denominator.SENT: "messages sent",
    Denominator.DELIVERED: "messages delivered (sent less bounced)",
    Denominator.OPENED: "messages opened",
    Denominator.CONTACTED: "people contacted",
    Denominator.STARTED: "conversations started",
    Denominator.ACCEPTED: "invitations accepted",
    Denominator.ENROLLED: "people enrolled in a sequence",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One message and its answer, or a counter over many messages.

    Attributes
    ----------
    id
        Name of the row, unique in its table.
    recipient
        Keyed hash of who got it; None for a counter or when nobody knows. See `people.Hasher`.
    aliases
        Keyed hashes of what else the same person is known by, so that one can be found by name too.
    sent_at
        When it went out (UTC); None when the source does not say.
    channel, stage, purpose, subject, text
        As in `scorer.schema.Draft`; `text` is empty where the source has none (a blank invitation, a bare counter).
    previous
        The sender's own earlier, unanswered messages to this person, oldest first, for a follow-up.
    template
        Which template it was made from, as the source says or as recognised from like texts.
    source
        What the row was read from, such as ``linkedin`` or ``outreach``.
    denominator
        What `n_sent` counts.
    replied
        Whether a person answered within the window; None when it is too young to say, and for a counter.
        A message sent less than a window ago is None even when the answer is there already: counting
        the quick answers of young messages alone would flatter them.
    positive
        Whether the answer was favourable; None when nobody knows.
    automatic
        Whether an automatic reply (out of office) came. It is never a reply.
    accepted
        For an invitation, whether it was accepted; None when unknown or too young.
    hours_to_reply
        Hours from sending to the first answer by a person.
    noted
        What the user noted by hand: ``replied``, ``no`` or ``positive``. It holds against what a later reading says,
        once the message is old enough to count.
    n_sent, n_replied, n_positive, n_automatic
        Counts; for one message they follow from the flags (1 and 0 or 1). `n_replied` is None where `replied` is.
    """

    id: str
    channel: Channel
    text: str = ""
    recipient: str | None = None
    aliases: tuple[str, ...] = ()
    sent_at: datetime | None = None
    stage: Stage = "initial"
    purpose: Purpose | None = None
    subject: str | None = None
    previous: tuple[str, ...] = ()
    template: str | None = None
    source: str = "other"
    denominator: Denominator = Denominator.SENT
    replied: bool | None = None
    positive: bool | None = None
    automatic: bool = False
    accepted: bool | None = None
    hours_to_reply: float | None = None
    noted: str | None = None
    n_sent: int = 1
    n_replied: int | None = None
    n_positive: int | None = None
    n_automatic: int = 0

    def __post_init__(self) -> None:
        for name, choices in (("channel", CHANNELS), ("stage", STAGES), ("purpose", PURPOSES)):
            value = getattr(self, name)
            if value not in choices and not (name == "purpose" and value is None):
                raise InputError(f"outcome.{name} must be one of {', '.join(choices)}")
        if self.n_sent < 1:
            raise InputError("outcome.n_sent must be at least 1")
        if not self.is_counter:
            self._count_one()
        for name in ("n_replied", "n_positive", "n_automatic"):
            count = getattr(self, name)
            if count is not None and not 0 <= count <= self.n_sent:
                raise InputError(f"outcome.{name} must lie between 0 and n_sent")
        if self.n_positive and self.n_positive > (self.n_replied or 0):
            raise InputError("outcome.n_positive must not exceed n_replied")

    def _count_one(self) -> None:
        """Let the counts of a single message follow from its flags, or the flags from the counts."""
        for flag, count in (("replied", "n_replied"), ("positive", "n_positive")):
            said, counted = getattr(self, flag), getattr(self, count)
            if said is None and counted is not None:
                object.__setattr__(self, flag, bool(counted))
            else:
                object.__setattr__(self, count, None if said is None else int(said))
        object.__setattr__(self, "automatic", self.automatic or bool(self.n_automatic))
        object.__setattr__(self, "n_automatic", int(self.automatic))

    @property
    def is_counter(self) -> bool:
        """Whether the row counts several messages."""
        return self.n_sent > 1

    @property
    def known(self) -> bool:
        """Whether it is known how many were answered."""
        return self.n_replied is not None

    def with_note(self, noted: str | None) -> Outcome:
        """Return the row with what the user noted; that of a message too young to count changes nothing yet.

        Parameters
        ----------
        noted
            ``replied``, ``no`` or ``positive``; None changes nothing.
        """
        if noted is None or not self.known:
            return replace(self, noted=noted)
        positive = {"positive": True, "no": None}.get(noted, self.positive)
        return replace(
            self, noted=noted, replied=noted != "no", positive=positive, n_replied=None, n_positive=None
        )

    def draft(self) -> Draft:
        """Return the message as a draft, for scoring and measuring."""
        return Draft(
            text=self.text,
            subject=self.subject,
            channel=self.channel,
            stage=self.stage,
            purpose=self.purpose,
            previous=self.previous or None,
            id=self.id,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, ready for JSON; what is unknown or at its default is left out."""
        data: dict[str, Any] = {}
        for item in FIELDS:
            value = getattr(self, item.name)
            if value == item.default or (item.name in _FOLLOWING and not self.is_counter):
                continue
            data[item.name] = (
                value.isoformat() if isinstance(value, datetime)
                else list(value) if isinstance(value, tuple)
                else value
            )  # fmt: skip
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Outcome:
        """Return the row in plain data.

        Raises
        ------
        InputError
            An unknown, missing or wrong field; names the field, never its value.
        """
        values = dict(data)
        for name in values:
            if name not in TYPES:
                raise InputError("outcome has an unknown field; was it written by a newer version?")
            if not isinstance(values[name], TYPES[name]) or (
                isinstance(values[name], bool) and bool not in TYPES[name]
            ):
                raise InputError(f"outcome.{name} has a value of the wrong type")
        for name in ("id", "channel"):
            if name not in values:
                raise InputError(f"outcome.{name} is missing")
        try:
            if values.get("sent_at") is not None:
                values["sent_at"] = as_utc(datetime.fromisoformat(values["sent_at"]))
            values["denominator"] = Denominator(values.get("denominator", "sent"))
        except ValueError:
            raise InputError("outcome.sent_at or outcome.denominator has a value that is not one") from None
        for name in ("aliases", "previous"):
            values[name] = tuple(values.get(name) or ())
        return cls(**values)


FIELDS = fields(Outcome)
_FOLLOWING = frozenset({"n_sent", "n_replied", "n_positive", "n_automatic"})
TYPES: Mapping[str, tuple[type, ...]] = {
    **{
        name: (str, type(None))
        for name in ("recipient", "sent_at", "purpose", "subject", "template", "noted")
    },
    **dict.fromkeys(("id", "channel", "text", "stage", "source", "denominator"), (str,)),
    **{name: (bool, type(None)) for name in ("replied", "positive", "accepted")},
    **{name: (int, type(None)) for name in ("n_replied", "n_positive")},
    **dict.fromkeys(("aliases", "previous"), (list, tuple)),
    "automatic": (bool,),
    "hours_to_reply": (int, float, type(None)),
    "n_sent": (int,),
    "n_automatic": (int,),
}


def as_utc(moment: datetime) -> datetime:
    """Return `moment` in UTC; one without a zone is taken to be in it."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
