"""A place on disk for the messages of an archive, so that one of any size fits in little memory."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import groupby
from types import TracebackType


@dataclass(frozen=True, slots=True)
class SpooledMessage:
    """A row of messages.csv, people as keys (see `people`), the date as it was written.

    Attributes
    ----------
    to
        Keys of the recipients' profiles; empty in archives that do not have them.
    to_names
        The recipients' names as LinkedIn joins them.
    """

    conversation: str
    date: str
    sender: str
    sender_name: str
    to: tuple[str, ...]
    to_names: str
    subject: str
    content: str


class Spool(AbstractContextManager["Spool"]):
    """Messages in an unnamed temporary database, which is gone when closed, even after a crash."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("")
        self._base.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE message (digest BLOB UNIQUE, conversation, date, sender, sender_name, recipients,"
            " to_names, subject, content);"
            "CREATE TABLE party (person, conversation, PRIMARY KEY (person, conversation)) WITHOUT ROWID;"
        )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._base.close()

    def add(self, message: SpooledMessage) -> bool:
        """Take `message` in; return False when the same is there already."""
        row = (
            message.conversation, message.date, message.sender, message.sender_name, "\n".join(message.to),
            message.to_names, message.subject, message.content,
        )  # fmt: skip
        digest = hashlib.blake2b("\x1f".join(row).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        done = self._base.execute(
            "INSERT OR IGNORE INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (digest, *row)
        )
        if not done.rowcount:
            return False
        people = {person for person in (message.sender, *message.to) if person}
        self._base.executemany(
            "INSERT OR IGNORE INTO party VALUES (?, ?)", [(person, message.conversation) for person in people]
        )
        return True

    def parties(self, limit: int = 2) -> list[tuple[str, int]]:
        """Return the profiles in most conversations, with in how many."""
        return self._base.execute(
            "SELECT person, count(*) FROM party GROUP BY person ORDER BY count(*) DESC, person LIMIT ?",
            (limit,),
        ).fetchall()

    def conversations_of(self, person: str) -> int:
        """Return in how many conversations the profile occurs."""
        found = self._base.execute("SELECT count(*) FROM party WHERE person = ?", (person,)).fetchone()
        return int(found[0])

    def sender_names(self, person: str) -> set[str]:
        """Return the names under which the profile sent messages."""
        rows = self._base.execute("SELECT DISTINCT sender_name FROM message WHERE sender = ?", (person,))
        return {name for (name,) in rows}

    def conversations(self, seconds: Callable[[str], float]) -> Iterator[list[SpooledMessage]]:
        """Yield the messages of each conversation, oldest first.

        A spreadsheet cuts the seconds off. Messages of one moment keep the order of the file, turned round unless its
        conversation runs forwards: LinkedIn writes the newest first.

        Parameters
        ----------
        seconds
            What a date as written amounts to.
        """
        self._base.create_function("seconds", 1, seconds, deterministic=True)
        rows = self._base.execute(
            "SELECT conversation, date, sender, sender_name, recipients, to_names, subject, content,"
            " seconds(date), rowid FROM message ORDER BY conversation, seconds(date), rowid"
        )
        for _, group in groupby(rows, key=lambda row: row[0]):
            found = list(group)
            first, last = found[0], found[-1]
            forwards = first[-2] < last[-2] and first[-1] < last[-1]
            if not forwards:
                found.sort(key=lambda row: (row[-2], -row[-1]))
            yield [
                SpooledMessage(
                    c, date, sender, name, tuple(filter(None, to.split("\n"))), to_names, subject, text
                )
                for c, date, sender, name, to, to_names, subject, text, _, _ in found
            ]
