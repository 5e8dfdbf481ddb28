"""Reading the archive that LinkedIn hands out: messages, invitations, connections.

Five generations of messages.csv are about, with 9 to 13 columns; columns go by their names alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from scorer.errors import InputError
from scorer.outcomes.archive import ExportFile, find
from scorer.outcomes.correspondence import Contents, Invited, outcomes_of
from scorer.outcomes.dates import DateColumn, Order
from scorer.outcomes.options import ReadOptions
from scorer.outcomes.people import Hasher, name_key, profile_key
from scorer.outcomes.sources import rows_of
from scorer.outcomes.spool import Spool, SpooledMessage
from scorer.outcomes.table import OutcomeTable, Provenance
from scorer.outcomes.wording import is_sponsored, plain

SOURCE = "linkedin"
ARCHIVE_FILES = ("messages.csv", "invitations.csv", "connections.csv")
_MESSAGES = ("conversation id", "from", "sender profile url", "to", "date", "content")
_INVITATIONS = ("from", "to", "sent at", "direction")
_CONNECTIONS = ("first name", "last name", "connected on")
_DRAFT = ("is message draft", "is conversation draft")
_YES = frozenset({"yes", "true", "1", "y"})
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)


def is_archive(files: list[ExportFile]) -> bool:
    """Tell whether `files` are those of a LinkedIn archive with anything to read."""
    return find(files, "messages.csv") is not None or find(files, "Invitations.csv") is not None


def read_archive(files: list[ExportFile], hasher: Hasher, options: ReadOptions) -> OutcomeTable:
    """Return the approaches in a LinkedIn archive and what became of them.

    Parameters
    ----------
    files
        What is in the archive.

    Raises
    ------
    InputError
        It is no such archive, or something in it can't be read; names file and line.
    """
    contents = Contents(dates=DateColumn(options.dates))
    with Spool() as spool:
        _connections(find(files, "Connections.csv"), contents, options)
        _invitations(find(files, "Invitations.csv"), contents, options)
        _profile(find(files, "Profile.csv"), contents)
        _messages(find(files, "messages.csv"), contents, options, spool)
        rows, as_of = outcomes_of(contents, spool, hasher, options, SOURCE)
    entry = Provenance(
        source=SOURCE, rows=len(rows), read_at=options.now, window_days=options.window_days,
        as_of=as_of, left_out={reason: n for reason, n in contents.left_out.items() if n},
    )  # fmt: skip
    return OutcomeTable(rows, (entry,))


def _connections(file: ExportFile | None, contents: Contents, options: ReadOptions) -> None:
    """Read who is connected since when."""
    if file is None:
        return
    dates = DateColumn(options.dates)
    found: list[tuple[str | None, str, str]] = []
    for place, row in rows_of(file, _CONNECTIONS):
        name = f"{row['first name']} {row['last name']}".strip()
        profile = profile_key(row.get("url", ""))
        contents.directory.learn(name, profile)
        date = row["connected on"].strip()
        if date and (profile or name_key(name)):  # else a profile that hides itself
            dates.observe(date, place)
            found.append((profile, name, date))
    dates.settle()
    contents.connected = [(profile, name, dates.parse(date)) for profile, name, date in found]


def _invitations(file: ExportFile | None, contents: Contents, options: ReadOptions) -> None:
    """Read the invitations that the owner sent."""
    if file is None:
        return
    # LinkedIn itself writes month/day/year here.
    dates = DateColumn(options.dates, usual=Order.MONTH_FIRST)
    found: Counter[tuple[str | None, str, str, str]] = Counter()
    for place, row in rows_of(file, _INVITATIONS):
        outgoing = row["direction"].strip().upper() == "OUTGOING"
        inviter, invitee = (profile_key(row.get(f"{who}profileurl", "")) for who in ("inviter", "invitee"))
        contents.directory.learn(row["from"], inviter)
        contents.directory.learn(row["to"], invitee)
        owner = inviter if outgoing else invitee
        if owner:
            contents.owners[owner] += 1
        if not outgoing:
            continue
        contents.owner_names |= {key for key in (name_key(row["from"]),) if key}
        date = row["sent at"].strip()
        if not date:
            contents.left_out["rows without a date"] += 1
            continue
        dates.observe(date, place)
        found[invitee, row["to"].strip(), date, plain(row.get("message", ""))] += 1
    dates.settle()
    contents.left_out["duplicated rows"] += sum(found.values()) - len(found)
    contents.invited = [
        Invited(profile, name, dates.parse(date), note) for profile, name, date, note in found
    ]


def _profile(file: ExportFile | None, contents: Contents) -> None:
    """Read the name of the archive's owner."""
    if file is None:
        return
    for _, row in rows_of(file, ("first name", "last name")):
        name = name_key(f"{row['first name']} {row['last name']}")
        contents.owner_names |= {name} if name else set()


def _messages(file: ExportFile | None, contents: Contents, options: ReadOptions, spool: Spool) -> None:
    """Spool the messages that people wrote to people."""
    if file is None:
        return
    left_out = contents.left_out
    for count, (place, row) in enumerate(rows_of(file, _MESSAGES), 1):
        if options.progress and count % 1000 == 0:
            options.progress(count)
        if any(row.get(name, "").strip().lower() in _YES for name in _DRAFT):
            left_out["drafts"] += 1
        elif is_sponsored(row["content"], row["sender profile url"]):
            left_out["sponsored messages"] += 1
        elif not row["date"].strip():
            left_out["rows without a date"] += 1
        else:
            if _ROUNDED.fullmatch(row["conversation id"].strip()):
                raise InputError(
                    f"{place}: a spreadsheet has rounded the conversation ids, so nobody can tell who wrote to whom; "
                    "give the archive as it was downloaded"
                )
            contents.dates.observe(row["date"], place)
            if not spool.add(_spooled(row, contents)):
                left_out["duplicated rows"] += 1
    contents.dates.settle()


def _spooled(row: Mapping[str, str], contents: Contents) -> SpooledMessage:
    sender = profile_key(row["sender profile url"])
    addresses = row.get("recipient profile urls", "").replace(";", ",").split(",")
    to = tuple(key for key in map(profile_key, addresses) if key)
    contents.directory.learn(row["from"], sender)
    if len(to) == 1:
        contents.directory.learn(row["to"], to[0])
    return SpooledMessage(
        row["conversation id"].strip(), row["date"].strip(), sender or "", row["from"].strip(), to,
        row["to"].strip(), row.get("subject", "").strip(), row["content"],
    )  # fmt: skip
