"""Drafts in tables: a row each, columns found by their names, with the line or row as the place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scorer.errors import InputError, ScorerError
from scorer.tables import BadRow, cell_text, plain_name, read_table

# Field -> how tables call its column, likeliest first; case, spaces and underscores make no difference.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "message", "content", "messagetext", "emailbody", "templatetext", "draft"),
    "subject": ("subject", "subjectline", "emailsubject"),
    "id": ("id", "key", "templateid", "name", "templatename", "template", "title"),
    "channel": ("channel",),
    "stage": ("stage",),
    "purpose": ("purpose",),
    "account": ("account",),
    "kind": ("kind",),
    "previous": ("previous", "earlier", "previousmessage"),
    "recipient": ("recipient", "to"),
    "sender": ("sender", "from"),
    "ignore": ("ignore", "scoredraftignore"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds a draft: its line or row from 1, and the fields that are filled."""

    number: int
    values: Mapping[str, str]


def read_rows(path: str) -> Iterator[Row | ScorerError]:
    """Yield the rows of the table at `path`; one without a text is yielded as its error, blank ones are passed over."""
    empty = True
    try:
        table = read_table(path, header=COLUMNS["text"])
        columns = _columns(table.columns)
        if "text" not in columns:
            seen = ", ".join(COLUMNS["text"][:4])
            raise InputError(f"{path}: no column with the drafts; name it one of {seen}")
        for row in table:
            empty = False
            if isinstance(row, BadRow):
                yield InputError(f"{row.place}: {row.reason}")
                continue
            # Each line of JSON Lines may name its fields in another way.
            here = columns if columns["text"] in row.values else _columns(row.values)
            texts = {field: cell_text(row.values.get(name)) for field, name in here.items()}
            values = {field: text for field, text in texts.items() if text.strip()}
            if "text" in values:
                yield Row(row.place.row, values)
            else:
                yield InputError(f"{row.place}: the row has no text")
        if empty:
            yield InputError(f"{path}: no rows below the header")
    except ScorerError as error:
        yield error


def _columns(names: Iterable[str]) -> dict[str, str]:
    """Return field -> the name of its column."""
    by_plain: dict[str, str] = {}
    for name in names:
        by_plain.setdefault(plain_name(name), name)
    return {
        field: next(by_plain[name] for name in known if name in by_plain)
        for field, known in COLUMNS.items()
        if any(name in by_plain for name in known)
    }
