"""Which column of a table holds what: by the names that tables and sending tools give them, or as told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scorer.drafts import person_from_words
from scorer.errors import InputError, did_you_mean
from scorer.schema import ACCOUNTS, CHANNELS, KINDS, PURPOSES, STAGES
from scorer.tables import cell_text, plain_name

# Field -> how tables call its column, likeliest first; case, spaces and underscores make no difference.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "message", "content", "messagetext", "emailbody", "templatetext", "draft", "bodytext",
        "messagebody", "templatebody", "sentmessagetext",
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
# Counts and marks of the sending tools, handed on unread.
_KEPT = re.compile(
    r"(sent|deliver|repl|accepted|declined|contacted|started|open|click|bounce|optout|unsubscrib|positive|neutral"
    r"|negative|enrolled|completed)\w*|\w+(sent|count|counts|rate|replies|replied)|variant|step|sequencenumber"
    r"|lastusedat|archived|tags|clonedfromid"
)
_CHOICES: Mapping[str, Sequence[str]] = {
    "channel": CHANNELS, "stage": STAGES, "purpose": PURPOSES, "account": ACCOUNTS, "kind": KINDS,
}  # fmt: skip
_PEOPLE = frozenset(("firstname", "lastname", "fullname", "email", "emailaddress", "company", "companyname"))
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
        kept = tuple(c for c in columns if c not in taken and _KEPT.fullmatch(plain_name(c)))
        return cls(fields, kept, tuple(c for c in columns if c not in taken and c not in kept))

    def without_foreign(self, rows: Iterable[Mapping[str, Any]], told: Collection[str]) -> ColumnMap:
        """Return the map without columns that only share a name with ours, as "Stage" of an address book does.

        Parameters
        ----------
        rows
            The first rows of the table; a column none of whose values is one of ours is another's.
        told
            Fields whose column was given.
        """
        seen: dict[str, set[str]] = {}
        for row in rows:
            for choice, text in self.values(row).items():
                if choice in _CHOICES and choice not in told:
                    seen.setdefault(choice, set()).add(_choice(text))
        foreign = {choice for choice, values in seen.items() if not values & set(_CHOICES[choice])}
        if not foreign:
            return self
        fields = {what: column for what, column in self.fields.items() if what not in foreign}
        unused = (*self.unused, *(self.fields[choice] for choice in _CHOICES if choice in foreign))
        return ColumnMap(fields, self.kept, unused)

    def values(self, cells: Mapping[str, Any]) -> dict[str, str]:
        """Return the filled fields of a row."""
        found = ((what, cell_text(cells.get(column))) for what, column in self.fields.items())
        return {what: text for what, text in found if text.strip()}

    def kept_of(self, cells: Mapping[str, Any]) -> dict[str, str]:
        """Return what is handed on with the row."""
        return {column: cell_text(cells.get(column)) for column in self.kept}


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


def draft_values(values: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of a draft from the text of a row's cells: people put together, choices spelt as ours."""
    made: dict[str, Any] = {k: v for k, v in values.items() if not k.startswith("recipient_")}
    for owner in ("recipient", "sender"):
        if owner in made:
            made[owner] = person_from_words(made[owner])
    parts = {part: values.get(f"recipient_{part}", "").strip() for part in _PERSON}
    first = " ".join(filter(None, (parts.pop("first_name"), parts.pop("last_name"))))
    person = {key: value for key, value in {**parts, "name": parts["name"] or first}.items() if value}
    if person:
        made["recipient"] = {**made.get("recipient", {}), **person}
    for choice in _CHOICES:
        if choice in made:
            made[choice] = _choice(made[choice])
    return made


def _choice(text: str) -> str:
    return text.strip().lower().replace(" ", "_").replace("-", "_")
