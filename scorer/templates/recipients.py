"""Who a template is filled in for: rows of a list of recipients, or a built-in set of awkward ones."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from scorer.errors import InputError
from scorer.schema import Person
from scorer.templates.names import NOT_THE_RECIPIENT, canonical, distance, split_words

# Things said of anything, for a variable of which nothing is known; long enough to count, and each different.
_STAND_INS = (
    "the reading hour", "the ferry timetable", "last winter's stock count", "the roof garden", "the second kiln",
    "the choir on Mondays", "the parts catalogue", "the tram extension", "the seed library", "the blue prototype",
    "the harbour lights", "the village shop",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recipients:
    """Rows to fill a template with.

    Attributes
    ----------
    rows
        Canonical name of the variable -> value; an absent or empty value is missing.
    labels
        What people call each row: ``row 3``, or what is special about a built-in recipient.
    columns
        The names of the columns as given; canonical ones for the built-in set.
    source
        ``built-in`` or ``given``.
    """

    rows: tuple[Mapping[str, str], ...]
    labels: tuple[str, ...]
    columns: tuple[str, ...]
    source: Literal["built-in", "given"] = "given"

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]], labels: Sequence[str] | None = None) -> Recipients:
        """Return recipients from rows with columns of any names.

        A column is matched by its canonical name; ``name`` is the full name; first and last name are taken
        from the full name, or make it, where only one of them is given.

        Raises
        ------
        InputError
            There are no rows, or no columns.
        """
        given = list(rows)
        if not given:
            raise InputError("the recipients are empty: at least one row is needed")
        columns = tuple(dict.fromkeys(str(key) for row in given for key in row if key is not None))
        if not columns:
            raise InputError("the recipients have no columns; the first line must name them")
        named = tuple(labels) if labels is not None else tuple(f"row {n}" for n in range(1, len(given) + 1))
        return cls(tuple(_canonical_row(row) for row in given), named, columns)

    def person(self, index: int) -> Person | None:
        """Return what a scorer may know of the recipient in row `index`; None without a name, firm or role."""
        row = self.rows[index]
        facts = {
            "name": row.get("full_name") or row.get("first_name"),
            "company": row.get("company"),
            "role": row.get("role") or row.get("headline"),
            "school": row.get("school"),
        }
        given = {key: value for key, value in facts.items() if value and value.strip()}
        return Person(**given) if given else None  # type: ignore[arg-type]

    def filled(self, name: str) -> int:
        """Return how many rows have a value for the variable `name`."""
        return sum(bool(row.get(name, "").strip()) for row in self.rows)

    def has(self, name: str) -> bool:
        """Tell whether the variable `name` has a column, or belongs to the message or its writer."""
        return name in NOT_THE_RECIPIENT or any(name in row for row in self.rows)

    def with_stand_ins(self, names: Iterable[str], sender: Person | None = None) -> Recipients:
        """Return the recipients with values for what their rows do not hold.

        What belongs to the writer comes from `sender` as far as it is known. The rest is invented: for the
        built-in recipients every variable, for given ones only what no list of recipients holds.
        """
        invent_all = self.source == "built-in"
        known = _of_sender(sender)
        missing = [
            name
            for name in names
            if not self.filled(name) and (name in NOT_THE_RECIPIENT or (invent_all and not self.has(name)))
        ] + [name for name in known if invent_all]
        if not missing:
            return self
        everybody = _everybody()
        rows = tuple(
            {
                **row,
                **{
                    name: known.get(name)
                    or everybody.get(name)
                    or _STAND_INS[(number + shift * 5) % len(_STAND_INS)]
                    for shift, name in enumerate(missing)
                },
            }
            for number, row in enumerate(self.rows)
        )
        return Recipients(rows, self.labels, self.columns, self.source)


def _of_sender(sender: Person | None) -> dict[str, str]:
    if sender is None:
        return {}
    first, _, last = (sender.name or "").partition(" ")
    facts = {
        "sender_name": sender.name, "sender_first_name": first, "sender_last_name": last,
        "sender_company": sender.company, "sender_role": sender.role, "signature": sender.name,
    }  # fmt: skip
    return {name: value for name, value in facts.items() if value}


def _canonical_row(row: Mapping[str, Any]) -> dict[str, str]:
    """Return the values by the columns' own names and by canonical ones, for which the nearest column counts."""
    own: dict[str, str] = {}
    shared: dict[str, list[tuple[int, str]]] = {}
    for key, value in row.items():
        if key is None:
            continue
        words = split_words(str(key))
        name = "full_name" if words == ("name",) else canonical(str(key))
        text = "" if value is None else str(value)
        own.setdefault("_".join(words), text)
        shared.setdefault(name, []).append((distance(words, name), text))
    values = {name: min(found, key=lambda item: (not item[1], item[0]))[1] for name, found in shared.items()}
    values |= own
    full, first, last = (values.get(name, "").strip() for name in ("full_name", "first_name", "last_name"))
    if full and not first:
        values["first_name"] = full.split()[0]
    if full and not last and len(full.split()) > 1:
        values["last_name"] = " ".join(full.split()[1:])
    if not full and (first or last):
        values["full_name"] = f"{first} {last}".strip()
    return values


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("recipients.toml").read_text(encoding="utf-8"))


def _everybody() -> Mapping[str, str]:
    values: dict[str, str] = _data()["everybody"]
    return values


@cache
def built_in() -> Recipients:
    """Return the built-in recipients: an ordinary one first, then long names, accents, a missing company."""
    people = _data()["recipient"]
    labels = [person["label"] for person in people]
    columns = tuple(dict.fromkeys(key for person in people for key in person if key != "label"))
    rows = tuple(
        _canonical_row(
            {
                **dict.fromkeys(columns, ""),
                **{k: v for k, v in person.items() if k != "label"},
                **_everybody(),
            }
        )
        for person in people
    )
    return Recipients(rows, tuple(labels), columns, "built-in")
