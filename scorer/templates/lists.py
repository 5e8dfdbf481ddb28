"""Reading a list of recipients from a file: any table, or JSON with a list of objects."""

from __future__ import annotations

import json
from pathlib import Path, PurePath
from typing import Any

from scorer.errors import InputError
from scorer.tables import BadRow, cell_text, read_table
from scorer.templates.recipients import Recipients

MAX_BYTES = 50_000_000


def read_recipients(path: str) -> Recipients:
    """Return the recipients in the file at `path`; a table's header names the columns.

    Raises
    ------
    InputError
        Nothing readable is there, or no rows; one line with the file's name, and the line where there is one.
    """
    try:
        size = Path(path).stat().st_size
        if Path(path).is_dir():
            raise InputError(f"{path}: is a folder; give one file with the recipients")
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a valid file name"
        raise InputError(f"{path}: cannot be read: {reason}") from None
    if size > MAX_BYTES:
        raise InputError(f"{path}: larger than {MAX_BYTES} bytes; give a part of the list")
    rows = _objects(path) if PurePath(path).suffix.lower() == ".json" else _rows(path)
    try:
        return Recipients.of(rows)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _rows(path: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    table = read_table(path)
    for number, column in enumerate(table.columns, 1):
        base, _, count = column.rpartition(" (")
        if count.rstrip(")").isdigit() and base in table.columns:  # as `read_table` numbers repeated names
            raise InputError(f"{path}: column {number} has the name of an earlier column")
    for row in table:
        if isinstance(row, BadRow):
            raise InputError(f"{row.place}: {row.reason}")
        rows.append({column: cell_text(value) for column, value in row.values.items()})
    return rows


def _objects(path: str) -> list[dict[str, Any]]:
    try:
        rows = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError(f"{path}: not valid UTF-8") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"{path}:{getattr(error, 'lineno', 1)}: not valid JSON") from None
    rows = rows if isinstance(rows, list) else [rows]
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise InputError(f"{path}: recipient {number} is not an object with columns")
        if any(isinstance(value, (list, dict)) for value in row.values()):
            raise InputError(
                f"{path}: recipient {number} holds lists or objects; give a list of flat objects"
            )
    return rows
