"""What a table is made of: rows with their places, and the names of its columns."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

# Characters of one cell. Spreadsheets hold 32,767 at most, a message has a few thousand.
MAX_CELL = 1_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: file, line or row from 1 as people count it, and the sheet of a workbook."""

    path: str
    row: int
    sheet: str | None = None

    def __str__(self) -> str:
        """Return ``file:row`` or ``file[sheet]:row``."""
        sheet = "" if self.sheet is None else f"[{self.sheet}]"
        return f"{self.path}{sheet}:{self.row}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells by the names of their columns, as the file types them; empty ones are ``""`` or None."""

    place: Place
    values: Mapping[str, Any]

    def text(self, column: str) -> str:
        """Return the cell in `column` as text; empty where there is none."""
        return cell_text(self.values.get(column))


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that can't be read, why, and as much of it as is known."""

    place: Place
    reason: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is read as it is gone through; each pass opens the file anew.

    Attributes
    ----------
    path
        The file as given.
    columns
        Their names in order: repeated ones numbered, nameless ones called ``column 3``. Of JSON Lines, the
        keys of all rows.
    encoding
        How text is written in it; None for workbooks and Parquet.
    sheet
        The sheet of a workbook, if its places name it.
    """

    path: str
    columns: tuple[str, ...]
    encoding: str | None
    open_rows: Callable[[], Iterator[Row | BadRow]] = field(repr=False)
    sheet: str | None = None

    def __iter__(self) -> Iterator[Row | BadRow]:
        """Yield the rows; blank ones are passed over.

        Raises
        ------
        InputError
            The rest of the file can't be read; names the place.
        """
        return self.open_rows()


def cell_text(value: Any) -> str:
    """Return a cell as text: whole numbers without a point, dates as ISO 8601, lists and objects as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return "" if value != value else str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, (Mapping, list)):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, datetime) and value.time() == time.min:  # how workbooks hold a date alone
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def plain_name(column: str) -> str:
    """Return the name of a column as columns are compared: lower-case letters and digits alone."""
    return "".join(char for char in column.lower() if char.isalnum())


def column_names(cells: Iterable[Any]) -> tuple[str, ...]:
    """Return a name for each column, none of them twice."""
    seen: Counter[str] = Counter()
    names = []
    for number, cell in enumerate(cells, 1):
        name = " ".join(cell_text(cell).split()) or f"column {number}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def is_header(cells: Sequence[Any], wanted: frozenset[str]) -> bool:
    """Tell whether `cells` name columns: one is `wanted`, or, where none are, any cell is filled."""
    names = {plain_name(cell_text(cell)) for cell in cells} - {""}
    return bool(names & wanted) if wanted else bool(names)


def header_among(
    records: Iterable[tuple[int, Sequence[Any]]], wanted: frozenset[str], known: frozenset[str]
) -> tuple[int, Sequence[Any]] | None:
    """Return the number and cells of the header among the first `records`.

    It is the first with a `wanted` name, or that is not blank where none has one. One with gaps may head groups of
    columns only: of such it is the one with most names that are `known`.
    """
    first: tuple[int, Sequence[Any]] | None = None
    best: tuple[int, Sequence[Any]] | None = None
    most = 0
    for number, cells in records:
        names = {plain_name(cell_text(cell)) for cell in cells} - {""}
        if first is None and names:
            first = number, cells
        if wanted & names and (best is None or len(names & known) > most):
            best, most = (number, cells), len(names & known)
        if best is not None and all(cell_text(cell).strip() for cell in best[1]):
            return best
        if not wanted and first is not None:
            break
    return best or first


def named(place: Place, columns: Sequence[str], cells: Sequence[Any]) -> Row | BadRow | None:
    """Return a row made of `cells`; None for a blank one."""
    if not any(cell not in (None, "") for cell in cells):
        return None
    values = dict(zip(columns, cells, strict=False))
    values.update(dict.fromkeys(columns[len(cells) :], ""))
    over = [cell for cell in cells[len(columns) :] if cell_text(cell).strip()]
    if over:
        filled = len(columns) + len(over)
        reason = f"{filled} cells where the header has {len(columns)}; is a quotation mark missing?"
        return BadRow(place, reason, {**values, "": over})
    problem = next(filter(None, map(cell_problem, cells)), None)
    return BadRow(place, problem, values) if problem else Row(place, values)


def cell_problem(cell: Any) -> str | None:
    """Return what is wrong with a cell: too large, NUL bytes, or bytes that are no text."""
    if not isinstance(cell, str):
        return None
    if len(cell) > MAX_CELL:
        return f"a cell has more than {MAX_CELL} characters"
    if "\x00" in cell:
        return "holds a NUL byte"
    if any("\ud800" <= char <= "\udfff" for char in cell) if not cell.isascii() else False:
        return "holds bytes that are no text in the file's encoding"
    return None
