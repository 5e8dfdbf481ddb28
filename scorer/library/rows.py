"""Drafts in tables: a row each, columns found by their names, with the line or row as the place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scorer.choices import CHOICES, choice_of
from scorer.errors import InputError, ScorerError
from scorer.library.columns import COLUMNS, ColumnMap
from scorer.tables import ENDINGS, BadRow, Place, Table, is_html, read_table, sheets_of, shown, text_of
from scorer.tables import Row as TableRow

TABLE_ENDINGS = ENDINGS
# What is called with a line to be said aloud.
Note = Callable[[str], None]
# Column and what was done with its cell -> in how many rows.
_Remarks = Counter[tuple[str, str]]
# Columns of the tables that a batch itself writes.
_REPORTS = (
    frozenset(("draft", "path", "status", "score")),
    frozenset(("schema_version", "status", "draft", "source")),
)


def unsaid(line: str) -> None:
    """Say nothing of `line`."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds a draft.

    Attributes
    ----------
    number
        Its line or row, from 1.
    values
        The fields that are filled.
    kept
        Other columns that are handed on, such as counts of messages sent and answered.
    cells
        The row as it stands.
    sheet
        The sheet of the workbook, where several hold drafts.
    """

    number: int
    values: Mapping[str, Any]
    kept: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    sheet: str | None = None


class RowError(InputError):
    """A row that holds no draft: its place, why, and its cells, for a file of rejects."""

    def __init__(self, place: Place, reason: str, cells: Mapping[str, Any] | None = None) -> None:
        super().__init__(f"{place}: {reason}")
        self.place, self.reason, self.cells = place, reason, dict(cells or {})

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how a copy is made in another process."""
        return RowError, (self.place, self.reason, self.cells)


class NoDraftsError(InputError):
    """A table none of whose columns holds drafts: in a folder it is something else, such as a list of recipients."""


def open_tables(path: str, told: Mapping[str, str] | None = None) -> Iterator[tuple[Table, ColumnMap]]:
    """Yield the tables at `path` and what their columns hold: one, or all sheets of a workbook that hold drafts.

    Sheets that are hidden or have no column for drafts, such as notes and lists, are left out.

    Raises
    ------
    InputError
        It can't be read, or no column holds the drafts.
    """
    wanted = [told["text"]] if told and "text" in told else COLUMNS["text"]
    names = [name for each in COLUMNS.values() for name in each] + list((told or {}).values())
    sheets = sheets_of(path, header=wanted)
    for sheet in sheets or (None,):
        table = read_table(path, sheet=sheet, header=wanted, known=names, show_sheet=len(sheets) > 1)
        yield _opened(table, told)


def _opened(table: Table, told: Mapping[str, str] | None) -> tuple[Table, ColumnMap]:
    try:
        columns = ColumnMap.of(table.columns, told)
    except InputError as error:
        raise InputError(f"{table.path}: {error}") from None
    if any(made <= set(table.columns) for made in _REPORTS) and "text" not in (told or {}):
        raise NoDraftsError(f"{table.path}: a report of score-draft, not a library")
    if "text" not in columns.fields and table.columns:
        seen = ", ".join(COLUMNS["text"][:4])
        raise NoDraftsError(
            f"{table.path}: no column with the drafts; name it one of {seen}, or give --map text=COLUMN"
        )
    return table, columns


def told_apply(path: str, told: Mapping[str, str]) -> bool:
    """Tell whether the table at `path` can be read and has the columns that were told."""
    try:
        return bool(list(open_tables(path, told)))
    except ScorerError:
        return False


def read_rows(
    path: str, told: Mapping[str, str] | None = None, note: Note = unsaid
) -> Iterator[Row | ScorerError]:
    """Yield the rows of the table at `path`; one that can't be read or has no text is yielded as its error.

    Parameters
    ----------
    told
        Field -> column, where the names of the columns do not tell.
    note
        Is called with a line on what was read otherwise than it stands, a table at a time.
    """
    empty = True
    try:
        for table, columns in open_tables(path, told):
            remarks: _Remarks = Counter()
            for row in table:
                empty = False
                yield _read(row, columns, told or {}, remarks)
            sheet = f"[{table.sheet}]" if table.sheet else ""
            for (column, remark), number in remarks.items():
                rows = "1 row" if number == 1 else f"{number} rows"
                note(f"{table.path}{sheet}: column {column}, {rows}: {remark}")
        if empty:
            yield InputError(f"{shown(path)}: no rows below the header")
    except ScorerError as error:
        yield error


def _read(
    row: TableRow | BadRow, columns: ColumnMap, told: Mapping[str, str], remarks: _Remarks
) -> Row | RowError:
    if isinstance(row, BadRow):
        return RowError(row.place, row.reason, row.values)
    # Rows of JSON Lines may call the text each by another name.
    named = columns.fields.get("text") in row.values or "text" in told
    own = columns if named else ColumnMap.of(tuple(row.values))
    try:
        values = own.values(row.values)
    except InputError as error:
        return RowError(row.place, str(error), row.values)
    for what in ("text", "subject", "previous"):
        if is_html(values.get(what, "")):
            values[what] = text_of(values[what])
            remarks[own.fields[what], "HTML, read as the text that its readers see"] += 1
    if not values.get("text", "").strip():
        return RowError(row.place, "the row has no text", row.values)
    for what in filter(values.__contains__, CHOICES):
        words = values.pop(what)
        if choice := choice_of(what, words):
            values[what] = choice
        else:
            known = ", ".join(CHOICES[what])
            remarks[own.fields[what], f"no {what} that is known here, left aside; known are {known}"] += 1
    return Row(row.place.row, values, columns.kept_of(row.values), row.values, row.place.sheet)
