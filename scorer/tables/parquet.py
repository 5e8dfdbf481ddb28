"""Parquet, some hundred rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from scorer.errors import InputError
from scorer.tables.rows import BadRow, Place, Row, Table, cell_problem

_BATCH = 256
# Bytes of one column in one row group, unpacked.
_MAX_CHUNK = 1_000_000_000


def _opened(path: str) -> Any:
    try:
        from pyarrow import parquet
    except ImportError:
        raise InputError(
            f'{path}: reading Parquet needs an extra: pip install "score-draft[tables]", or save it as CSV'
        ) from None
    try:
        file = parquet.ParquetFile(path)
    except Exception:  # whatever a broken file makes the reader raise
        raise _broken(path) from None
    for group in range(file.metadata.num_row_groups):
        about = file.metadata.row_group(group)
        for column in range(about.num_columns):
            if about.column(column).total_uncompressed_size > _MAX_CHUNK:
                name = about.column(column).path_in_schema
                raise InputError(
                    f"{path}: column {name} holds more than {_MAX_CHUNK} bytes in row group {group + 1}; "
                    "is a cell too large?"
                )
    return file


def _broken(path: str) -> InputError:
    return InputError(f"{path}: not a Parquet file that can be read; write it anew")


def parquet_table(path: str) -> Table:
    """Return the table in the Parquet file at `path`."""
    with _opened(path) as file:
        columns = tuple(file.schema_arrow.names)
    return Table(path, columns, None, partial(_rows, path))


def _rows(path: str) -> Iterator[Row | BadRow]:
    number = 0
    with _opened(path) as file:
        batches = file.iter_batches(batch_size=_BATCH)
        while True:
            try:
                batch = next(batches, None)
                rows = [] if batch is None else batch.to_pylist()
            except Exception:  # a damaged page
                raise _broken(f"{path}:{number + 1}") from None
            if batch is None:
                return
            for values in rows:
                number += 1
                place = Place(path, number)
                problem = next(filter(None, map(cell_problem, values.values())), None)
                if problem:
                    yield BadRow(place, problem, values)
                elif any(value not in (None, "") for value in values.values()):
                    yield Row(place, values)
