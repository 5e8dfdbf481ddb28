"""Rows of the tables in an export as text, one after another, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from scorer.errors import InputError
from scorer.tables import BadRow, Table, TableFile, cell_text, plain_name, read_table

Placed = tuple[str, dict[str, str]]


def rows_of(file: TableFile, required: Sequence[str]) -> Iterator[Placed]:
    """Yield place and cells of each row of a table, the cells by the lower-case names of their columns.

    Parameters
    ----------
    required
        Columns that tell the line with the names; notes above it are passed over.

    Raises
    ------
    InputError
        A column is missing, or the file is no such table; names the line.
    """
    table = read_table(file, header=required)
    there = set(map(plain_name, table.columns))
    missing = [name for name in required if plain_name(name) not in there]
    if missing:
        raise InputError(f"{file.name}: has no column {' and no '.join(name.upper() for name in missing)}")
    return _placed(table, {column: column.lower() for column in table.columns})


def table_of(file: TableFile) -> tuple[list[str], Iterator[Placed]]:
    """Return the columns of a table as written, and its rows with their places.

    Raises
    ------
    InputError
        The file is empty or no table.
    """
    table = read_table(file)
    return list(table.columns), _placed(table, {column: column for column in table.columns})


def _placed(table: Table, names: Mapping[str, str]) -> Iterator[Placed]:
    for row in table:
        if isinstance(row, BadRow):
            raise InputError(f"{row.place}: {row.reason}")
        values = row.values
        yield str(row.place), {name: _shown(values.get(column)) for column, name in names.items()}


def _shown(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return cell.strftime("%Y-%m-%d %H:%M:%S") if isinstance(cell, datetime) else cell_text(cell)
