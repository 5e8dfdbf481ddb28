"""From the messages of one conversation to the approaches in it and what became of each.

An approach is the first message of a conversation (or the first after a long rest of one that had been
going), and each follow-up while no person has answered. An answer belongs to the message that it follows.
What is written once both are talking is conversation, not outreach, and is no row. An invitation asks to be accepted,
so the message after it is a first message, not a follow-up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from scorer.schema import Channel, Stage

# People press enter too early: what follows within this time is the same message.
BURST = timedelta(hours=1)
# A conversation that rested as long is opened anew.
REST = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation between two.

    Attributes
    ----------
    mine
        Whether the owner of the archive wrote it.
    automatic
        For the other's: whether it is an automatic reply.
    accepted
        For an invitation, whether it was accepted.
    """

    sent_at: datetime
    mine: bool
    text: str = ""
    subject: str | None = None
    channel: Channel = "message"
    automatic: bool = False
    accepted: bool | None = None


@dataclass(slots=True)
class Approach:
    """One message that hoped for an answer.

    Attributes
    ----------
    replied_at
        When the other answered it, a follow-up not having come first; None if not.
    """

    sent_at: datetime
    channel: Channel
    stage: Stage
    text: str
    subject: str | None = None
    previous: tuple[str, ...] = ()
    accepted: bool | None = None
    automatic: bool = False
    replied_at: datetime | None = None
    _last: datetime = field(init=False)

    def __post_init__(self) -> None:
        self._last = self.sent_at

    @property
    def hours_to_reply(self) -> float | None:
        """Hours from sending to the answer."""
        return (self.replied_at - self.sent_at).total_seconds() / 3600 if self.replied_at else None

    def replied(self, window: timedelta, as_of: datetime) -> bool | None:
        """Return whether a person answered within `window`; None while `window` was not over at `as_of`."""
        if self.sent_at + window > as_of:
            return None
        return self.replied_at is not None and self.replied_at - self.sent_at <= window

    def joins(self, message: Message) -> bool:
        """Tell whether `message` is the rest of this one."""
        return (
            message.channel == self.channel != "connection_note"
            and message.sent_at - self._last <= BURST
        )  # fmt: skip

    def join(self, message: Message) -> None:
        """Take `message` in as the rest of this one."""
        self.text = f"{self.text}\n\n{message.text}" if self.text else message.text
        self._last = message.sent_at


def approaches(messages: Iterable[Message]) -> list[Approach]:
    """Return the approaches among the messages of one conversation, oldest first."""
    found: list[Approach] = []
    waiting: list[Approach] = []  # sent and unanswered
    talking = False
    last: datetime | None = None
    for message in sorted(messages, key=lambda message: message.sent_at):
        if not message.mine:
            if message.automatic:
                if waiting:
                    waiting[-1].automatic = True
                continue
            if waiting:
                waiting[-1].replied_at = message.sent_at
            waiting, talking = [], True
        elif not talking or (last is not None and message.sent_at - last >= REST):
            talking = False
            if waiting and waiting[-1].joins(message):
                waiting[-1].join(message)
            else:
                said = tuple(a.text for a in waiting if a.text and a.channel != "connection_note")
                stage: Stage = "follow_up" if said else "initial"
                approach = Approach(
                    message.sent_at,
                    message.channel,
                    stage,
                    message.text,
                    message.subject,
                    said,
                    message.accepted,
                )
                found.append(approach)
                waiting.append(approach)
        last = message.sent_at
    return found
