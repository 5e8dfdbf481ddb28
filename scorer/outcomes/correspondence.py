"""Who wrote to whom in an archive, and the rows of the outcome table that come of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from scorer.errors import InputError
from scorer.outcomes.dates import DateColumn
from scorer.outcomes.options import ReadOptions
from scorer.outcomes.outcome import Outcome
from scorer.outcomes.people import Directory, Hasher, name_key, profile_key, split_names
from scorer.outcomes.recurring import Likeness, recurring
from scorer.outcomes.spool import Spool, SpooledMessage
from scorer.outcomes.threads import Approach, Message, approaches
from scorer.outcomes.wording import is_automatic, plain
from scorer.schema import MAX_CHARACTERS, Channel


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that the owner sent; `note` is empty for a blank one."""

    profile: str | None
    name: str
    sent_at: datetime
    note: str


@dataclass(slots=True, kw_only=True)
class Contents:
    """What an archive holds beside its messages.

    Attributes
    ----------
    connected
        Profile, name and day of each connection; None when the archive does not say.
    owners, owner_names
        Whose archive it is, as the invitations and the profile say.
    left_out
        How many things were left out, by reason.
    """

    dates: DateColumn
    directory: Directory = field(default_factory=Directory)
    connected: list[tuple[str | None, str, datetime]] | None = None
    invited: list[Invited] = field(default_factory=list)
    owners: Counter[str] = field(default_factory=Counter)
    owner_names: set[str] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)


def outcomes_of(
    contents: Contents, spool: Spool, hasher: Hasher, options: ReadOptions, source: str
) -> tuple[tuple[Outcome, ...], datetime | None]:
    """Return the rows of the table, oldest first, and the last moment the archive knows of."""
    reader = _Reader(contents, spool, options)
    found = reader.approaches()
    as_of = options.as_of or reader.last
    if as_of is None:
        return (), None
    return tuple(_rows(found, contents, hasher, timedelta(days=options.window_days), as_of, source)), as_of


def _owner(contents: Contents, spool: Spool, me: str | None) -> str:
    """Return the profile key of the archive's owner; empty when there is nothing to own.

    Raises
    ------
    InputError
        Nothing tells whose archive it is.
    """
    if me is not None:
        key = profile_key(me) or ""
        if not spool.conversations_of(key) and key not in contents.owners:
            raise InputError("--me: that profile does not occur in this archive")
        return key
    if contents.owners:
        return contents.owners.most_common(1)[0][0]
    named = {
        profile for name in contents.owner_names for profile in contents.directory.profiles.get(name, ())
    }
    if len(named) == 1:
        return named.pop()
    parties = spool.parties()
    if not parties:
        return ""
    if len(parties) == 1 or parties[0][1] > parties[1][1]:
        return parties[0][0]
    raise InputError("can't tell whose archive this is; give your own profile address with --me URL")


class _Reader:
    """Goes through the conversations of an archive and finds the approaches in each."""

    def __init__(self, contents: Contents, spool: Spool, options: ReadOptions) -> None:
        self.contents, self.spool = contents, spool
        self.me = _owner(contents, spool, options.me)
        my_names = {name_key(name) for name in spool.sender_names(self.me)} if self.me else set()
        self.my_names = {name for name in my_names if name} | contents.directory.aliases(self.me)
        if not self.me:
            self.my_names |= contents.owner_names
        self.last: datetime | None = None
        person = contents.directory.person
        self.connected: dict[str, datetime] = {}
        for profile, name, day in contents.connected or ():
            self._see(day)
            if key := person(profile, name):
                self.connected[key] = day
        self.invited: dict[str, list[Invited]] = defaultdict(list)
        for invitation in sorted(contents.invited, key=lambda invitation: invitation.sent_at):
            self._see(invitation.sent_at)
            key = person(invitation.profile, invitation.name)
            if key is None:
                contents.left_out["invitations to closed accounts"] += 1
            else:
                self.invited[key].append(invitation)

    def _see(self, moment: datetime) -> None:
        self.last = max(self.last or moment, moment)

    def approaches(self) -> list[tuple[str, Approach]]:
        """Return person and approach of all conversations and invitations, oldest first."""
        found: list[tuple[str, Approach]] = []
        moment = self.contents.dates.parse
        for conversation in self.spool.conversations(lambda date: moment(date).timestamp()):
            last = moment(conversation[-1].date)
            self._see(last)
            others = self._others(conversation)
            if len(others) > 1:
                self.contents.left_out["conversations in groups"] += 1
                continue
            # Of closed accounts nothing is left but their conversation.
            person = next(iter(others), f"conversation {conversation[0].conversation}")
            notes = [note for note in self.invited.get(person, []) if note.sent_at <= last]
            self.invited[person] = [note for note in self.invited.get(person, []) if note.sent_at > last]
            messages = self._with_notes(person, notes, self._messages(conversation))
            found += [(person, approach) for approach in approaches(messages)]
        for person, notes in self.invited.items():
            found += [(person, approach) for approach in approaches(self._with_notes(person, notes, []))]
        return sorted(found, key=lambda item: (item[1].sent_at, item[0]))

    def _mine(self, message: SpooledMessage) -> bool:
        return message.sender == self.me if message.sender else name_key(message.sender_name) in self.my_names

    def _others(self, conversation: Sequence[SpooledMessage]) -> set[str]:
        """Return the keys of everybody but the owner in a conversation."""
        directory = self.contents.directory
        profiles = {person for m in conversation for person in (m.sender, *m.to)} - {"", self.me}
        names = {name for m in conversation if not m.sender for name in (m.sender_name,)}
        for listed in {m.to_names for m in conversation if not m.to}:
            names.update(split_names(listed, directory.whole))
        familiar = self.my_names.union(*(directory.aliases(profile) for profile in profiles))
        unfamiliar = (name for name in names if name_key(name) not in familiar)
        return profiles | {
            key for name in unfamiliar if (key := directory.person(None, name)) and key != self.me
        }

    def _messages(self, conversation: Sequence[SpooledMessage]) -> list[Message]:
        # Only an InMail has a subject, and what follows it in the thread is InMail too.
        channel: Channel = "inmail" if conversation[0].subject and self._mine(conversation[0]) else "message"
        moment = self.contents.dates.parse
        found = []
        for message in conversation:
            mine, text = self._mine(message), plain(message.content)
            found.append(
                Message(moment(message.date), True, text, plain(message.subject) or None, channel) if mine
                else Message(moment(message.date), False, automatic=is_automatic(text))
            )  # fmt: skip
        return found

    def _with_notes(self, person: str, notes: Sequence[Invited], messages: list[Message]) -> list[Message]:
        """Return `messages` with the invitations among them; the copy that LinkedIn puts in the thread goes."""
        kept = list(messages)
        for index, note in enumerate(notes):
            wanted = note.note.split()
            copy = next((m for m in kept if m.mine and wanted and m.text.split() == wanted), None)
            if copy is not None:
                kept.remove(copy)
            following = notes[index + 1].sent_at if index + 1 < len(notes) else None
            accepted = self._accepted(person, note.sent_at, following)
            kept.append(Message(note.sent_at, True, note.note, channel="connection_note", accepted=accepted))
        return kept

    def _accepted(self, person: str, sent_at: datetime, following: datetime | None) -> bool | None:
        """Return whether an invitation was accepted before `following`, the next one to the same person."""
        if self.contents.connected is None:
            return None
        day = self.connected.get(person)
        if day is None or day.date() < sent_at.date():
            return False
        return following is None or day.date() < following.date()


def _rows(
    found: Iterable[tuple[str, Approach]],
    contents: Contents,
    hasher: Hasher,
    window: timedelta,
    as_of: datetime,
    source: str,
) -> Iterator[Outcome]:
    kept: list[tuple[str, Approach]] = []
    for person, approach in found:
        if len(approach.text) > MAX_CHARACTERS:
            contents.left_out[f"messages over {MAX_CHARACTERS} characters"] += 1
        elif not approach.text and approach.channel != "connection_note":
            contents.left_out["messages without words"] += 1
        else:
            kept.append((person, approach))
    likenesses = [Likeness.of(a.text, contents.directory.aliases(p) or {p}) for p, a in kept]
    ids: Counter[str] = Counter()
    for (person, approach), leader in zip(kept, recurring(likenesses), strict=True):
        name = hasher.digest(source, person, approach.sent_at.isoformat(), approach.channel)
        ids[name] += 1
        young = approach.sent_at + window > as_of
        yield Outcome(
            id=name if ids[name] == 1 else f"{name}-{ids[name]}",
            recipient=hasher.person(person),
            aliases=tuple(sorted(map(hasher.person, contents.directory.aliases(person) - {person}))),
            sent_at=approach.sent_at,
            channel=approach.channel,
            stage=approach.stage,
            subject=approach.subject,
            text=approach.text,
            previous=approach.previous,
            template=None if leader is None else f"t-{hasher.digest('template', likenesses[leader].key)[:6]}",
            source=source,
            replied=approach.replied(window, as_of),
            automatic=approach.automatic,
            accepted=None if young else approach.accepted,
            hours_to_reply=approach.hours_to_reply,
        )
