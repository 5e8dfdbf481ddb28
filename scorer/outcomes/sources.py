"""Rows of the tables in an export."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from scorer.errors import InputError
from scorer.outcomes.archive import ExportFile


def rows_of(file: ExportFile, required: Sequence[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield place and cells (by lower-case column) of the rows of a CSV file, preamble skipped."""
    with file.open() as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        reader = csv.reader(text)
        head: list[str] | None = None
        for cells in reader:
            names = [cell.strip().lower() for cell in cells]
            if head is None:
                if all(name in names for name in required):
                    head = names
                continue
            if not any(cells):
                continue
            yield f"{file.name}:{reader.line_num}", dict(zip(head, cells, strict=False))
        if head is None:
            raise InputError(f"{file.name}: no columns {', '.join(required)}")


TABLES = (".csv", ".tsv", ".xlsx", ".parquet", ".jsonl")


def table_of(file: ExportFile) -> tuple[list[str], Iterator[tuple[str, Mapping[str, str]]]]:
    """Return the columns of a table and its rows with their places."""
    rows = list(rows_of(file, ()))
    return (list(rows[0][1]) if rows else []), iter(rows)
