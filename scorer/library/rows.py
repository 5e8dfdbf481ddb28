"""Drafts in tables: a row each, columns found by their names, with the line or row as the place.

CSV and TSV (with whatever of comma, semicolon and tab separates them; UTF-8, UTF-16 with its mark, or
Windows-1252), JSON Lines, and XLSX with the extra ``tables``.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from scorer.errors import InputError, ScorerError

TABLE_ENDINGS = (".csv", ".tsv", ".jsonl", ".xlsx")
MAX_BYTES = 200_000_000

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


_Cells = Mapping[str, Any]


def read_rows(path: str) -> Iterator[Row | ScorerError]:
    """Yield the rows of the table at `path`; one without a text is yielded as its error, blank ones are passed over."""
    empty = True
    try:
        for number, cells in _raw_rows(path):
            empty = False
            if isinstance(cells, ScorerError):
                yield cells
                continue
            columns = _columns(cells)
            if "text" not in columns:
                seen = ", ".join(COLUMNS["text"][:4])
                raise InputError(f"{path}:{number}: no column with the drafts; name it one of {seen}")
            values = {field: str(cells[name]) for field, name in columns.items() if _filled(cells[name])}
            if values.get("text", "").strip():
                yield Row(number, values)
            elif any(map(_filled, cells.values())):
                yield InputError(f"{path}:{number}: the row has no text")
        if empty:
            yield InputError(f"{path}: no rows below the header")
    except ScorerError as error:
        yield error
    except csv.Error:
        yield InputError(
            f"{path}: not a table that can be read; is a quote left open, or a cell larger than 128 kB?"
        )


def _filled(cell: object) -> bool:
    return cell is not None and str(cell).strip() != ""


def _columns(cells: _Cells) -> dict[str, str]:
    """Return field -> the name of its column."""
    by_plain: dict[str, str] = {}
    for name in cells:
        by_plain.setdefault("".join(char for char in str(name).lower() if char.isalnum()), name)
    return {
        field: next(by_plain[name] for name in names if name in by_plain)
        for field, names in COLUMNS.items()
        if any(name in by_plain for name in names)
    }


def _raw_rows(path: str) -> Iterator[tuple[int, Any]]:
    """Yield line or row with its cells by column name."""
    ending = PurePath(path).suffix.lower()
    if ending == ".xlsx":
        yield from _sheet_rows(path)
        return
    text = _decoded(path)
    yield from _json_rows(path, text) if ending == ".jsonl" else _csv_rows(path, text)


def _decoded(path: str) -> str:
    """Return the text of the file: UTF-8, UTF-16 with its mark, or else Windows-1252."""
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or 'unknown reason'}") from None
    if len(data) > MAX_BYTES:
        raise InputError(f"{path}: larger than {MAX_BYTES} bytes; split it")
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise InputError(f"{path}: not text that can be read; save it as UTF-8")


def _csv_rows(path: str, text: str) -> Iterator[tuple[int, _Cells]]:
    head = text[:20_000]
    delimiter = "\t" if path.lower().endswith(".tsv") else max(",;\t", key=head.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names = next(reader, [])
    line = reader.line_num + 1
    for cells in reader:
        yield line, dict(zip(names, cells, strict=False))
        line = reader.line_num + 1


def _json_rows(path: str, text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            cells = json.loads(line)
        except (ValueError, RecursionError):
            cells = None
        if isinstance(cells, dict):
            yield number, {key: cell for key, cell in cells.items() if not isinstance(cell, (dict, list))}
        else:
            yield number, InputError(f"{path}:{number}: not a JSON object")


def _sheet_rows(path: str) -> Iterator[tuple[int, _Cells]]:
    """Yield the rows of the first sheet."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise InputError(
            f'{path}: reading XLSX needs an extra: pip install "score-draft[tables]", or save it as CSV'
        ) from None
    if not Path(path).is_file():
        raise InputError(f"{path}: no such file")
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True)
        names = ["" if cell is None else str(cell) for cell in next(rows, ())]
        yield from ((number, dict(zip(names, cells, strict=False))) for number, cells in enumerate(rows, 2))
    except Exception:  # whatever a broken archive or sheet makes the reader raise
        raise InputError(f"{path}: not an XLSX file that can be read; save it anew or as CSV") from None
