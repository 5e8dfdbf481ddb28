"""The outcome table: which messages went out, and what became of them.

A row is one message with its answer, or a counter over many (a template's 412 sends and 31 replies).
Rows with different denominators are never put into one rate.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorer.drafts import write_atomically
from scorer.errors import InputError
from scorer.outcomes.outcome import FIELDS, TYPES, Denominator, Outcome, as_utc

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Cell", "Denominator", "Outcome", "OutcomeTable", "Provenance"]

FORMAT, VERSION = "score-draft outcomes", 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where rows came from and what was left out; no path and no name is kept.

    Attributes
    ----------
    window_days
        Days within which an answer counts.
    as_of
        The last moment the source can know of.
    left_out
        How many things were left out, by reason.
    """

    source: str
    rows: int
    read_at: datetime | None = None
    window_days: float | None = None
    as_of: datetime | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, ready for JSON."""
        return {
            "source": self.source,
            "rows": self.rows,
            "read_at": self.read_at.isoformat() if self.read_at else None,
            "window_days": self.window_days,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "left_out": dict(self.left_out),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Provenance:
        """Return the provenance in plain data; a `ValueError`, `KeyError` or `TypeError` when it is none."""
        moments = {
            name: as_utc(datetime.fromisoformat(data[name])) if data.get(name) else None
            for name in ("read_at", "as_of")
        }
        return cls(
            source=str(data["source"]), rows=int(data["rows"]), window_days=data.get("window_days"),
            left_out={str(reason): int(n) for reason, n in (data.get("left_out") or {}).items()}, **moments,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """The replies of one group of rows over one denominator.

    Attributes
    ----------
    key
        The group, one word or number for each thing it was grouped by; None where a row does not say.
    n_sent, n_replied
        Of rows whose answer is known.
    n_positive
        Favourable answers; None when no row of the group says.
    n_automatic
        Automatic replies, not among `n_replied`.
    n_young
        Messages too young to say, not among `n_sent`.
    """

    key: tuple[Any, ...]
    denominator: Denominator
    n_sent: int
    n_replied: int
    n_positive: int | None
    n_automatic: int
    n_young: int

    @property
    def rate(self) -> float:
        """Replies per `denominator`, 0 to 1; NaN without any."""
        return self.n_replied / self.n_sent if self.n_sent else math.nan


By = str | Callable[[Outcome], Any]


@dataclass(frozen=True, slots=True)
class OutcomeTable(Sequence[Outcome]):
    """Outcomes with where they came from.

    Attributes
    ----------
    rows
        The outcomes, in the order read.
    provenance
        One entry for each reading.
    forgotten
        Keyed hashes of people who were removed and must not come back with a later reading.
    """

    rows: tuple[Outcome, ...]
    provenance: tuple[Provenance, ...] = ()
    forgotten: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Outcome]:
        return iter(self.rows)

    def __getitem__(self, index: Any) -> Any:
        return self.rows[index]

    @property
    def denominators(self) -> tuple[Denominator, ...]:
        """The denominators that occur, most sends first."""
        counts: Counter[Denominator] = Counter()
        for row in self.rows:
            counts[row.denominator] += row.n_sent
        return tuple(name for name, _ in counts.most_common())

    def one_denominator(self) -> Denominator:
        """Return the one denominator of all rows.

        Raises
        ------
        InputError
            The rows are counted over different things, or there are none.
        """
        found = self.denominators
        if len(found) != 1:
            names = ", ".join(found) or "none"
            raise InputError(
                f"the outcomes need one denominator, but have {names}; choose one with only(...)"
            )
        return found[0]

    def only(self, denominator: Denominator | str) -> OutcomeTable:
        """Return the table of the rows counted over `denominator`."""
        wanted = Denominator(denominator)
        return replace(self, rows=tuple(row for row in self.rows if row.denominator is wanted))

    def where(self, keep: Callable[[Outcome], bool]) -> OutcomeTable:
        """Return the table of the rows that `keep` keeps."""
        return replace(self, rows=tuple(row for row in self.rows if keep(row)))

    @property
    def messages(self) -> OutcomeTable:
        """The rows that hoped for an answer: all but invitations to connect, which ask to be accepted."""
        return self.where(lambda row: row.channel != "connection_note")

    @property
    def invitations(self) -> OutcomeTable:
        """The invitations to connect whose acceptance the source can know, accepted ones in place of answered ones."""
        invited = (row for row in self.rows if row.channel == "connection_note" and not row.is_counter)
        return replace(
            self,
            rows=tuple(
                replace(
                    row,
                    replied=row.accepted,
                    positive=None,
                    automatic=False,
                    n_replied=None,
                    n_positive=None,
                    n_automatic=0,
                )
                for row in invited
            ),
        )

    def without(self, people: Iterable[str]) -> OutcomeTable:
        """Return the table without the `people` (keyed hashes), who are kept out from now on."""
        gone = self.forgotten | frozenset(people)
        rows = tuple(row for row in self.rows if gone.isdisjoint((row.recipient, *row.aliases)))
        return replace(self, rows=rows, forgotten=gone)

    def merged(self, other: OutcomeTable) -> OutcomeTable:
        """Return both together; a row of `other` takes the place of the same one, a like reading of a like one.

        The same is a row with its id, or the same words to the same person in the same minute: archives of different
        years, or resaved by a spreadsheet, name people and write dates differently.
        """
        newer = {row.id: row for row in other.rows}
        known = {row.id for row in self.rows}
        alike: dict[tuple[object, ...], list[Outcome]] = {}
        for row in other.rows:
            if row.id not in known and (moment := _moment_of(row)) is not None:
                alike.setdefault(moment, []).append(row)
        kept = []
        for row in self.rows:
            same = newer.pop(row.id, None)
            if same is None:
                copies = (r for r in alike.get(_moment_of(row) or (), ()) if _same_person(row, r))
                copy = next((r for r in copies if r.id in newer), None)
                same = None if copy is None else _under_one_id(row, newer.pop(copy.id))
            kept.append(row if same is None else same.with_note(row.noted))
        told = [replace(entry, read_at=None).to_dict() for entry in other.provenance]
        older = (entry for entry in self.provenance if replace(entry, read_at=None).to_dict() not in told)
        both = OutcomeTable((*kept, *newer.values()), (*older, *other.provenance), self.forgotten)
        return both.without(other.forgotten)

    def binomial(self, by: By | Sequence[By] = ()) -> tuple[Cell, ...]:
        """Return sends and replies of each group; different denominators are always different groups.

        Parameters
        ----------
        by
            Fields of `Outcome`, or functions of an outcome; nothing makes one group per denominator.

        Returns
        -------
        tuple of Cell
            In the order in which the groups first occur.

        Raises
        ------
        InputError
            `by` names no field.
        """
        names = (by,) if isinstance(by, str) or callable(by) else tuple(by)
        keys = [_key_function(name) for name in names]
        groups: dict[tuple[Any, ...], list[Outcome]] = {}
        for row in self.rows:
            groups.setdefault((row.denominator, *(key(row) for key in keys)), []).append(row)
        return tuple(_cell(denominator, tuple(key), rows) for (denominator, *key), rows in groups.items())

    def to_frame(self) -> pd.DataFrame:
        """Return the rows as a pandas frame, a column for each field.

        Raises
        ------
        InputError
            pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            raise InputError("a data frame needs pandas; install score-draft[notebooks]") from None
        names = [item.name for item in FIELDS]
        frame = pd.DataFrame([[getattr(row, name) for name in names] for row in self.rows], columns=names)
        frame["sent_at"] = pd.to_datetime(frame["sent_at"], utc=True)
        return frame

    def save(self, path: str | Path) -> None:
        """Write the table to `path` as JSON lines, all or nothing, readable by its owner alone if new.

        Raises
        ------
        InputError
            The place can't be written.
        """
        target = Path(path)
        head = {
            "format": FORMAT,
            "version": VERSION,
            "provenance": [entry.to_dict() for entry in self.provenance],
            "forgotten": sorted(self.forgotten),
        }
        lines = (
            json.dumps(line, ensure_ascii=False) for line in chain([head], map(Outcome.to_dict, self.rows))
        )
        data = "".join(f"{line}\n" for line in lines).encode()
        new = not target.exists()
        write_atomically(target, data)
        if new and target.is_file():
            target.chmod(0o600)

    @classmethod
    def load(cls, path: str | Path) -> OutcomeTable:
        """Return the table written to `path` by `save`.

        Raises
        ------
        InputError
            There is no such file, or it is something else; names the line, never what it holds.
        """
        try:
            with open(path, encoding="utf-8") as file:
                head = _head(file.readline(), str(path))
                rows = tuple(_row(line, f"{path}:{n}") for n, line in enumerate(file, 2) if line.strip())
        except FileNotFoundError:
            raise InputError(
                f"{path}: no such table; make one with score-draft outcomes read ARCHIVE --to {path}"
            ) from None
        except UnicodeDecodeError:
            raise InputError(
                f"{path}: not an outcome table; make one with score-draft outcomes read"
            ) from None
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}") from None
        try:
            provenance = tuple(Provenance.from_dict(entry) for entry in head["provenance"])
            forgotten = frozenset(str(person) for person in head["forgotten"])
        except (KeyError, TypeError, ValueError):
            raise InputError(f"{path}:1: the head of the outcome table is damaged") from None
        return cls(rows, provenance, forgotten)


def _moment_of(row: Outcome) -> tuple[object, ...] | None:
    """Return what a message shares with its copy from another reading; None for counters and undated rows."""
    if row.is_counter or row.sent_at is None or row.recipient is None:
        return None
    minute = row.sent_at.replace(second=0, microsecond=0)
    return row.source, row.denominator, row.channel, minute, " ".join(row.text.split())


def _same_person(one: Outcome, other: Outcome) -> bool:
    return not {one.recipient, *one.aliases}.isdisjoint((other.recipient, *other.aliases))


def _under_one_id(old: Outcome, new: Outcome) -> Outcome:
    """Return `new` under the id of `old`, with all that either knows of the person, and the exacter moment."""
    person = old.recipient if len(old.aliases) >= len(new.aliases) else new.recipient
    everything = {old.recipient, *old.aliases, new.recipient, *new.aliases} - {person, None}
    exact = old.sent_at if new.sent_at is None or not new.sent_at.second else new.sent_at
    return replace(
        new, id=old.id, recipient=person, aliases=tuple(sorted(filter(None, everything))), sent_at=exact
    )


def _head(line: str, path: str) -> dict[str, Any]:
    try:
        head = json.loads(line)
        known = isinstance(head, dict) and head.get("format") == FORMAT
    except (ValueError, RecursionError):
        known = False
    if not known:
        raise InputError(f"{path}: not an outcome table; make one with score-draft outcomes read")
    if head.get("version") != VERSION:
        raise InputError(f"{path}: an outcome table of another version; read the sources again")
    return dict(head)


def _row(line: str, place: str) -> Outcome:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise InputError(f"{place}: not valid JSON") from None
    if not isinstance(data, dict):
        raise InputError(f"{place}: not an outcome")
    try:
        return Outcome.from_dict(data)
    except InputError as error:
        raise InputError(f"{place}: {error}") from None


def _key_function(name: By) -> Callable[[Outcome], Any]:
    if callable(name):
        return name
    if name not in TYPES:
        raise InputError(f"outcomes can't be grouped by that; fields are {', '.join(TYPES)}")
    return lambda row: getattr(row, name)


def _cell(denominator: Denominator, key: tuple[Any, ...], rows: Sequence[Outcome]) -> Cell:
    known = [row for row in rows if row.known]
    positive = [row.n_positive for row in known if row.n_positive is not None]
    return Cell(
        key=key,
        denominator=denominator,
        n_sent=sum(row.n_sent for row in known),
        n_replied=sum(row.n_replied or 0 for row in known),
        n_positive=sum(positive) if positive else None,
        n_automatic=sum(row.n_automatic for row in known),
        n_young=sum(row.n_sent for row in rows) - sum(row.n_sent for row in known),
    )
