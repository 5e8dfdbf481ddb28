"""Reading a list of recipients from a file: comma, semicolon or tab separated, JSON or JSON lines."""

from __future__ import annotations

import codecs
import csv
import io
import json
from pathlib import PurePath
from typing import Any

from scorer.errors import InputError
from scorer.templates.recipients import Recipients

MAX_BYTES = 50_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_recipients(path: str) -> Recipients:
    """Return the recipients in the file at `path`; the first line of a table names its columns.

    Raises
    ------
    InputError
        Nothing readable is there, or no rows; one line with the file's name, and the line where there is one.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder; give one file with the recipients") from None
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a valid file name"
        raise InputError(f"{path}: cannot be read: {reason}") from None
    if len(data) > MAX_BYTES:
        raise InputError(f"{path}: larger than {MAX_BYTES} bytes; give a part of the list")
    text = _decoded(data, path)
    ending = PurePath(path).suffix.lower()
    if ending in (".xlsx", ".parquet", ".xls", ".ods"):
        raise InputError(
            f"{path}: recipients are read from .csv, .tsv, .json and .jsonl; save the list as CSV"
        )
    rows = (
        _json_rows(text, path, lines=ending == ".jsonl")
        if ending in (".json", ".jsonl")
        else _table(text, path)
    )
    try:
        return Recipients.of(rows)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _decoded(data: bytes, path: str) -> str:
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        if mark:
            raise InputError(f"{path}: not valid {encoding[:6].upper()}; save the file as UTF-8") from None
        text = data.decode("cp1252", "replace")
    if "\x00" in text:
        raise InputError(f"{path}: holds a NUL byte; is it really a text file?")
    return text


def _json_rows(text: str, path: str, *, lines: bool) -> list[dict[str, Any]]:
    rows: list[Any] = []
    numbered = enumerate(text.splitlines(), 1) if lines else [(1, text)]
    for number, part in numbered:
        if not part.strip():
            continue
        try:
            value = json.loads(part)
        except (json.JSONDecodeError, RecursionError) as error:
            line = number + getattr(error, "lineno", 1) - 1
            raise InputError(f"{path}:{line}: not valid JSON") from None
        rows += value if isinstance(value, list) else [value]
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise InputError(f"{path}: recipient {number} is not an object with columns")
    return rows


def _table(text: str, path: str) -> list[dict[str, Any]]:
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        names = [name.strip() for name in reader.fieldnames or ()]
        twice = next((n for n, name in enumerate(names, 1) if name and name in names[: n - 1]), None)
        if twice is not None:
            raise InputError(f"{path}:1: column {twice} has the name of an earlier column")
        reader.fieldnames = names
        rows = [row for row in reader if any((value or "").strip() for key, value in row.items() if key)]
    except csv.Error as error:
        raise InputError(f"{path}:{reader.line_num}: not a readable table: {error}") from None
    for row in rows:
        row.pop(None, None)
    return rows
