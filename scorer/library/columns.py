"""Which column of a table holds what: by the names that tables and sending tools give them, or as told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scorer.drafts import person_from_words
from scorer.errors import InputError, did_you_mean
from scorer.tables import cell_text, plain_name

# Field -> how tables call its column, likeliest first; case, spaces and underscores make no difference.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "message", "content", "messagetext", "emailbody", "templatetext", "draft", "bodytext",
        "messagebody", "templatebody", "sentmessagetext", "bodyhtml", "htmlbody", "htmlvalue",
    ),
    "subject": ("subject", "subjectline", "emailsubject", "templatesubject"),
    "id": ("id", "key", "templateid", "name", "templatename", "template", "title", "campaignname", "statsid"),
    "channel": ("channel", "messagetype"),
    "stage": ("stage",),
    "purpose": ("purpose", "goal"),
    "account": ("account",),
    "kind": ("kind",),
    "previous": ("previous", "earlier", "previousmessage"),
    "recipient": ("recipient", "to"),
    "recipient_name": ("recipientname", "fullname", "contactname", "leadname"),
    "recipient_first_name": ("firstname", "recipientfirstname", "fname"),
    "recipient_last_name": ("lastname", "recipientlastname", "lname"),
    "recipient_company": ("company", "companyname", "recipientcompany", "organization"),
    "recipient_role": ("role", "position", "jobtitle", "recipientrole", "headline"),
    "sender": ("sender", "from"),
    "ignore": ("ignore", "scoredraftignore"),
}  # fmt: skip
FIELDS = tuple(COLUMNS)
# Counts and marks of the sending tools, handed on unread. "Reply text" and "Opening line" are words of people.
_EVENT = (
    r"sent|sends|deliver(?:ed|y)?|repl(?:y|ies|ied)|accepted|declined|contacted|started|open(?:s|ed)?|click(?:s|ed)?"
    r"|bounced?|bounces|optouts?|optedout|unsubscribe[ds]?|positive|neutral|negative|enrolled|completed|interested"
    r"|outofoffice"
)
_COUNT = re.compile(
    rf"(?:all|total|unique|number|of|emails?|messages?|linkedin|connections?|requests?|invites?|inmails?|people|leads"
    rf"|contacts|automatic|{_EVENT}){{0,5}}(?:{_EVENT})(?:at|date|on|unique|automatic|total|counts?|rates?){{0,3}}"
)
_MARKS = frozenset("variant step sequencenumber lastusedat archived tags clonedfromid".split())
# What a count, rate or date is written with, and yes or no.
_FIGURE = re.compile(r"[\d\s.,:/%+TZ-]*|true|false|yes|no", re.IGNORECASE)
_PEOPLE = frozenset(("firstname", "lastname", "fullname", "email", "emailaddress", "company", "companyname"))
_OWNERS = ("recipient", "sender")
_PERSON = ("name", "first_name", "last_name", "company", "role")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Field -> column of one table, the columns kept along, and the others.

    Raises
    ------
    InputError
        See `of`.
    """

    fields: Mapping[str, str]
    kept: tuple[str, ...] = ()
    unused: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, columns: Sequence[str], told: Mapping[str, str] | None = None) -> ColumnMap:
        """Return what `columns` hold; what is `told`, field -> column, beats their names.

        Raises
        ------
        InputError
            A column that was told is not there.
        """
        by_plain: dict[str, str] = {}
        for name in columns:
            by_plain.setdefault(plain_name(name), name)
        fields = {
            what: next(by_plain[name] for name in names if name in by_plain)
            for what, names in COLUMNS.items()
            if any(name in by_plain for name in names)
        }
        for what, name in (told or {}).items():
            if plain_name(name) not in by_plain and name not in columns:
                raise InputError(
                    f"no column for {what} as --map says{did_you_mean(name, columns)}; "
                    f"there are {', '.join(columns)}"
                )
            fields[what] = name if name in columns else by_plain[plain_name(name)]
        # Beside people a title is a job.
        if (
            not (told or {}).get("id")
            and plain_name(fields.get("id", "")) == "title"
            and _PEOPLE & by_plain.keys()
        ):
            fields.setdefault("recipient_role", fields["id"])
            del fields["id"]
        taken = set(fields.values())
        kept = tuple(
            c
            for c in columns
            if c not in taken and (plain_name(c) in _MARKS or _COUNT.fullmatch(plain_name(c)))
        )
        return cls(fields, kept, tuple(c for c in columns if c not in taken and c not in kept))

    def values(self, cells: Mapping[str, Any]) -> dict[str, Any]:
        """Return the filled fields of a row: text, people also as mappings, earlier messages also as a list.

        Raises
        ------
        InputError
            Another field is nested.
        """
        found = {what: _value(what, column, cells.get(column)) for what, column in self.fields.items()}
        return {what: value for what, value in found.items() if value}

    def kept_of(self, cells: Mapping[str, Any]) -> dict[str, str]:
        """Return what is handed on with the row: marks, and counts that are figures."""
        found = {column: cell_text(cells.get(column)) for column in self.kept}
        return {
            column: text if plain_name(column) in _MARKS or _FIGURE.fullmatch(text) else ""
            for column, text in found.items()
        }


def parse_map(words: Iterable[str]) -> dict[str, str]:
    """Return field -> column from ``field=Column`` words.

    Raises
    ------
    InputError
        No such form, or no such field.
    """
    told = {}
    for word in words:
        what, sign, column = word.partition("=")
        if not sign or not column:
            raise InputError("--map must be FIELD=COLUMN, for example text=Body")
        if what not in COLUMNS:
            raise InputError(
                f"--map has no such field{did_you_mean(what, COLUMNS) or '; fields are ' + ', '.join(FIELDS)}"
            )
        told[what] = column
    return told


def draft_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a draft from those of a row: people put together."""
    made: dict[str, Any] = {k: v for k, v in values.items() if not k.startswith("recipient_")}
    for owner in _OWNERS:
        if isinstance(made.get(owner), str):
            made[owner] = person_from_words(made[owner])
    parts = {part: values.get(f"recipient_{part}", "").strip() for part in _PERSON}
    first = " ".join(filter(None, (parts.pop("first_name"), parts.pop("last_name"))))
    person = {key: value for key, value in {**parts, "name": parts["name"] or first}.items() if value}
    if person:
        made["recipient"] = {**made.get("recipient", {}), **person}
    return made


def _value(what: str, column: str, cell: Any) -> Any:
    """Return a cell as the field `what` takes it; empty or None where it is blank."""
    if isinstance(cell, (Mapping, list)):
        if (
            not cell
            or (what in _OWNERS and isinstance(cell, Mapping))
            or (what == "previous" and isinstance(cell, list))
        ):
            return cell
        raise InputError(f"column {column} holds a list or an object; {what} must be text")
    text = cell_text(cell)
    return text if text.strip() else None
