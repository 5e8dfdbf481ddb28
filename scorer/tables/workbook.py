"""XLSX: the rows of a sheet, cell values as last calculated."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import IO, Any

from scorer.errors import InputError, ScorerError
from scorer.tables.files import TableFile
from scorer.tables.rows import BadRow, Place, Row, Table, column_names, header_among, is_header, named

# Bytes of one part of the workbook, unpacked: all texts of a workbook are in one.
_MAX_PART = 256_000_000


@contextmanager
def _book(file: TableFile) -> Iterator[Any]:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise InputError(
            f'{file.name}: reading XLSX needs an extra: pip install "score-draft[tables]", or save it as CSV'
        ) from None
    try:
        with file.open() as stream:
            largest = _largest_part(file.name, stream)
            if largest > _MAX_PART:
                raise InputError(
                    f"{file.name}: one part of it is {largest} bytes unpacked, more than {_MAX_PART}; "
                    "is a cell too large?"
                )
            book = load_workbook(stream, read_only=True, data_only=True)
            try:
                for sheet in book.worksheets:
                    sheet.reset_dimensions()  # what programs write there is often wrong
                yield book
            finally:
                book.close()
    except ScorerError:
        raise
    except Exception:  # whatever a broken archive or sheet makes the reader raise
        raise _broken(file.name) from None


@contextmanager
def _sheet(file: TableFile, name: str | None) -> Iterator[Any]:
    with _book(file) as book:
        sheets = {sheet.title: sheet for sheet in book.worksheets}
        if name is not None and name not in sheets:
            raise InputError(f"{file.name}: has no sheet of that name; it has {', '.join(sheets)}")
        yield sheets[name] if name is not None else book.worksheets[0]


def sheets_with(file: TableFile, wanted: frozenset[str], preamble: int) -> list[str]:
    """Return the names of the sheets that are shown and have one of the `wanted` columns, in order."""
    with _book(file) as book:
        return [
            sheet.title
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
            and any(is_header(cells, wanted) for cells in sheet.iter_rows(max_row=preamble, values_only=True))
        ]


def _largest_part(name: str, stream: IO[bytes]) -> int:
    try:
        with zipfile.ZipFile(stream) as archive:
            return max((part.file_size for part in archive.infolist()), default=0)
    except zipfile.BadZipFile:
        raise _broken(name) from None


def _broken(name: str) -> InputError:
    return InputError(f"{name}: not an XLSX file that can be read; save it anew or as CSV")


def workbook_table(
    file: TableFile,
    sheet: str | None,
    wanted: frozenset[str],
    known: frozenset[str],
    preamble: int,
    *,
    shown: bool = True,
) -> Table:
    """Return the table on a sheet of the workbook `file`; places name the sheet if it is to be `shown`."""
    with _sheet(file, sheet) as opened:
        first = opened.iter_rows(max_row=preamble, values_only=True)
        found = header_among(enumerate(first, 1), wanted, known)
    if found is None:
        raise InputError(f"{file.name}: has no header; the first row must name the columns")
    cells = found[1]
    while len(cells) > 1 and cells[-1] in (None, ""):
        cells = cells[:-1]
    columns = column_names(cells)
    place = sheet if shown else None
    return Table(file.name, columns, None, partial(_rows, file, sheet, place, found[0], columns), place)


def _rows(
    file: TableFile, sheet: str | None, shown: str | None, header: int, columns: tuple[str, ...]
) -> Iterator[Row | BadRow]:
    with _sheet(file, sheet) as opened:
        for number, cells in enumerate(opened.iter_rows(min_row=header + 1, values_only=True), header + 1):
            row = named(Place(file.name, number, shown), columns, cells)
            if row is not None:
                yield row
