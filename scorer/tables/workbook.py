"""XLSX: the rows of one sheet, cell values as last calculated."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from scorer.errors import InputError, ScorerError
from scorer.tables.rows import BadRow, Place, Row, Table, column_names, is_header, named

# Bytes of one part of the workbook, unpacked: all texts of a workbook are in one.
_MAX_PART = 256_000_000


@contextmanager
def _sheet(path: str, name: str | None) -> Iterator[Any]:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise InputError(
            f'{path}: reading XLSX needs an extra: pip install "score-draft[tables]", or save it as CSV'
        ) from None
    try:
        with zipfile.ZipFile(path) as archive:
            largest = max((part.file_size for part in archive.infolist()), default=0)
        if largest > _MAX_PART:
            raise InputError(
                f"{path}: one part of it is {largest} bytes unpacked, more than {_MAX_PART}; is a cell too large?"
            )
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            sheets = {sheet.title: sheet for sheet in book.worksheets}
            if name is not None and name not in sheets:
                raise InputError(f"{path}: has no sheet of that name; it has {', '.join(sheets)}")
            sheet = sheets[name] if name is not None else book.worksheets[0]
            sheet.reset_dimensions()  # what programs write there is often wrong
            yield sheet
        finally:
            book.close()
    except ScorerError:
        raise
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or 'unknown reason'}") from None
    except Exception:  # whatever a broken archive or sheet makes the reader raise
        raise InputError(f"{path}: not an XLSX file that can be read; save it anew or as CSV") from None


def workbook_table(path: str, sheet: str | None, wanted: frozenset[str], preamble: int) -> Table:
    """Return the table on a sheet of the workbook at `path`."""
    found: tuple[int, tuple[Any, ...]] | None = None
    with _sheet(path, sheet) as opened:
        for number, cells in enumerate(opened.iter_rows(values_only=True), 1):
            if number > preamble:
                break
            if is_header(cells, wanted):
                found = number, cells
                break
            if found is None and is_header(cells, frozenset()):
                found = number, cells
        title = opened.title
    if found is None:
        raise InputError(f"{path}: has no header; the first row must name the columns")
    cells = found[1]
    while len(cells) > 1 and cells[-1] in (None, ""):
        cells = cells[:-1]
    columns = column_names(cells)
    shown = None if sheet is None else title
    return Table(path, columns, None, partial(_rows, path, sheet, shown, found[0], columns))


def _rows(
    path: str, sheet: str | None, shown: str | None, header: int, columns: tuple[str, ...]
) -> Iterator[Row | BadRow]:
    with _sheet(path, sheet) as opened:
        for number, cells in enumerate(opened.iter_rows(min_row=header + 1, values_only=True), header + 1):
            row = named(Place(path, number, shown), columns, cells)
            if row is not None:
                yield row
