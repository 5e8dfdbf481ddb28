"""Rows of the tables in an export, one after another, each with its place."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from pathlib import PurePosixPath
from typing import IO, Any

from scorer.errors import InputError
from scorer.outcomes.archive import ExportFile

TABLES = (".csv", ".tsv", ".xlsx")
Record = tuple[str, list[str]]  # place and cells
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20
_LONGEST_CELL = 1 << 24
# Notes may stand above the names of the columns; not more lines than this.
_PREAMBLE = 20


def rows_of(file: ExportFile, required: Sequence[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield place and cells of each row of a CSV file, the cells by the lower-case names of their columns.

    Parameters
    ----------
    required
        Columns that tell the line with the names; notes above it are passed over.

    Raises
    ------
    InputError
        A column is missing, or the file is no such table; names the line.
    """
    records = _records(file)
    best: list[str] = []
    for _, (_, cells) in zip(range(_PREAMBLE), records, strict=False):
        names = [cell.strip().lower() for cell in cells]
        if len(set(required) & set(names)) > len(set(required) & set(best)):
            best = names
        if set(required) <= set(names):
            yield from _named(names, records)
            return
    missing = [name for name in required if name not in best]
    raise InputError(f"{file.name}: has no column {' and no '.join(name.upper() for name in missing)}")


def table_of(file: ExportFile) -> tuple[list[str], Iterator[tuple[str, Mapping[str, str]]]]:
    """Return the columns of a table as written, and its rows with their places.

    Raises
    ------
    InputError
        The file is empty or no table.
    """
    records = _records(file)
    first = next((cells for _, cells in records if any(cell.strip() for cell in cells)), None)
    if first is None:
        raise InputError(f"{file.name}: is empty")
    columns = [cell.strip() for cell in first]
    return [column for column in columns if column], _named(columns, records)


def _named(columns: Sequence[str], records: Iterator[Record]) -> Iterator[tuple[str, dict[str, str]]]:
    for place, cells in records:
        if any(cell.strip() for cell in cells[len(columns) :]):
            raise InputError(f"{place}: more cells than columns; is a comma or a quotation mark missing?")
        if any(cells):
            yield place, {**dict.fromkeys(columns, ""), **dict(zip(columns, cells, strict=False))}


def _records(file: ExportFile) -> Iterator[Record]:
    """Yield all records; a place is the line on which the record begins."""
    if PurePosixPath(file.inside).suffix.lower() == ".xlsx":
        return _sheet(file)
    return _lines(file)


def _lines(file: ExportFile) -> Iterator[Record]:
    encoding = _encoding(file)
    with file.open() as stream:
        text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
        first = text.readline()
        separator = max(",;\t", key=first.count)
        csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
        reader = csv.reader(chain([first], text), delimiter=separator, strict=True)
        begins = 1
        try:
            for cells in reader:
                yield f"{file.name}:{begins}", cells
                begins = reader.line_num + 1
        except csv.Error:
            raise InputError(
                f"{file.name}:{begins}: not a readable row; is a quotation mark missing or too many?"
            ) from None


def _encoding(file: ExportFile) -> str:
    """Return how the file is written: by its mark, else UTF-8 if it is, else as Windows spreadsheets write."""
    with file.open() as stream:
        chunk = stream.read(_CHUNK)
        for mark, encoding in _MARKS:
            if chunk.startswith(mark):
                return encoding
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk:
                decoder.decode(chunk)
                chunk = stream.read(_CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _sheet(file: ExportFile) -> Iterator[Record]:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise InputError(
            f"{file.name}: reading .xlsx needs openpyxl; install score-draft[tables] or save it as CSV"
        ) from None
    with file.open() as stream:
        try:
            book = load_workbook(_seekable(stream), read_only=True, data_only=True)
        except Exception:  # openpyxl lets many kinds through
            raise InputError(f"{file.name}: not a readable .xlsx file; open it and save it as CSV") from None
        sheet = book.worksheets[0]
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            yield f"{file.name}:{number}", [_shown(value) for value in row]
        book.close()


def _seekable(stream: IO[bytes]) -> IO[bytes]:
    return stream if stream.seekable() else io.BytesIO(stream.read())


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
