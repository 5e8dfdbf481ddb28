"""Opening a table of any kind."""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import PurePath
from typing import Any

from scorer.errors import InputError
from scorer.tables import encoding as encodings
from scorer.tables.delimited import delimiter_of, records
from scorer.tables.files import DiskFile, TableFile
from scorer.tables.rows import (
    MAX_CELL,
    BadRow,
    Place,
    Row,
    Table,
    cell_problem,
    column_names,
    header_among,
    named,
    plain_name,
)

ENDINGS = (".csv", ".tsv", ".jsonl", ".ndjson", ".xlsx", ".parquet")
# Records above the header that may hold notes.
_PREAMBLE = 20


def read_table(
    file: str | TableFile,
    *,
    sheet: str | None = None,
    header: Collection[str] = (),
    known: Collection[str] = (),
    show_sheet: bool = True,
) -> Table:
    """Return the table in `file`, read by its ending.

    Parameters
    ----------
    file
        A path, or what else can be opened.
    sheet
        Name of the sheet of a workbook; the first without.
    header
        Names of columns that tell the header, however they are capitalised: the first record that has one of
        them is the header and what stands above is passed over. Without, or where none has one, it is the
        first record that is not blank.
    known
        Further names of columns, which tell the header from a row above it that heads groups of columns.
    show_sheet
        Places name the `sheet`.

    Raises
    ------
    InputError
        There is no such file, no reader for it, or it is not what its ending says.
    """
    file = DiskFile(file) if isinstance(file, str) else file
    ending = PurePath(file.name).suffix.lower()
    if ending not in ENDINGS:
        raise InputError(f"{file.name}: not a table that is read; it must end in {', '.join(ENDINGS)}")
    wanted = frozenset(map(plain_name, header))
    known_names = frozenset(map(plain_name, known))
    with file.open() as stream:
        data = stream.read(encodings.SAMPLE)
    if not data:
        raise InputError(f"{file.name}: is empty")
    if ending == ".xlsx":
        from scorer.tables.workbook import workbook_table

        return workbook_table(file, sheet, wanted, known_names, _PREAMBLE, shown=show_sheet)
    if ending == ".parquet":
        from scorer.tables.parquet import parquet_table

        return parquet_table(file)
    encoding = encodings.detect(data)
    if ending in (".jsonl", ".ndjson"):
        # All rows are looked through: what is null is left out by many programs, so any row may bring a key.
        good = (row for row in _json_rows(file, encoding) if isinstance(row, Row))
        columns = tuple(dict.fromkeys(name for row in good for name in row.values))
        return Table(file.name, columns, encoding, partial(_json_rows, file, encoding))
    return _delimited(file, encoding, data, wanted, known_names)


def sheets_of(file: str | TableFile, *, header: Collection[str]) -> list[str]:
    """Return the sheets of a workbook that are shown and have a column of `header`; none for other tables.

    Raises
    ------
    InputError
        The workbook can't be read.
    """
    file = DiskFile(file) if isinstance(file, str) else file
    if PurePath(file.name).suffix.lower() != ".xlsx":
        return []
    from scorer.tables.workbook import sheets_with

    return sheets_with(file, frozenset(map(plain_name, header)), _PREAMBLE)


@contextmanager
def _text(file: TableFile, encoding: str) -> Iterator[io.TextIOWrapper]:
    with file.open() as stream:
        # Bytes that are no text become lone surrogates, by which their row is found.
        yield io.TextIOWrapper(stream, encoding=encoding, errors="surrogateescape", newline="")


def _delimited(
    file: TableFile, encoding: str, data: bytes, wanted: frozenset[str], known: frozenset[str]
) -> Table:
    delimiter = delimiter_of(file.name, data[:65_536].decode(encoding, "replace").lstrip("\ufeff"))
    with _text(file, encoding) as stream:
        first = islice(records(file.name, stream, delimiter), _PREAMBLE)
        found = header_among((record for record in first if not isinstance(record, BadRow)), wanted, known)
    if found is None:
        raise InputError(f"{file.name}: has no header; the first line must name the columns")
    if any(cell_problem(cell) for cell in found[1]):
        raise InputError(f"{file.name}:{found[0]}: not text that can be read; save it as UTF-8")
    line, cells = found
    while len(cells) > 1 and not cells[-1].strip():
        cells = cells[:-1]
    columns = column_names(cells)
    return Table(
        file.name, columns, encoding, partial(_delimited_rows, file, encoding, delimiter, line, columns)
    )


def _delimited_rows(
    file: TableFile, encoding: str, delimiter: str, header: int, columns: tuple[str, ...]
) -> Iterator[Row | BadRow]:
    with _text(file, encoding) as stream:
        for record in records(file.name, stream, delimiter):
            if isinstance(record, BadRow):
                if record.place.row > header:
                    yield record
            elif record[0] > header:
                row = named(Place(file.name, record[0]), columns, record[1])
                if row is not None:
                    yield row


def _json_rows(file: TableFile, encoding: str) -> Iterator[Row | BadRow]:
    limit = 4 * MAX_CELL
    with _text(file, encoding) as stream:
        number = 0
        while line := stream.readline(limit):
            number += 1
            place = Place(file.name, number)
            if len(line) >= limit:
                while line and not line.endswith("\n"):
                    line = stream.readline(limit)
                yield BadRow(place, f"longer than {limit} characters")
            elif line.strip():
                yield _json_row(place, line)


def _json_row(place: Place, line: str) -> Row | BadRow:
    source = {"": line.rstrip("\r\n")}
    if problem := cell_problem(line):
        return BadRow(place, problem, source)
    try:
        values: Any = json.loads(line)
    except (ValueError, RecursionError):
        return BadRow(place, "not valid JSON", source)
    if not isinstance(values, dict):
        return BadRow(place, "not a JSON object", source)
    problem = next(filter(None, map(cell_problem, values.values())), None)
    return BadRow(place, problem, values) if problem else Row(place, values)
