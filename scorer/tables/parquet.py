"""Parquet, some hundred rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from scorer.errors import InputError
from scorer.tables.files import TableFile
from scorer.tables.rows import BadRow, Place, Row, Table, cell_problem

_BATCH = 256
# Bytes of one column in one row group, unpacked.
_MAX_CHUNK = 1_000_000_000


@contextmanager
def _opened(file: TableFile) -> Iterator[Any]:
    try:
        from pyarrow import parquet
    except ImportError:
        raise InputError(
            f'{file.name}: reading Parquet needs an extra: pip install "score-draft[tables]", or save it as CSV'
        ) from None
    with file.open() as stream:
        try:
            opened = parquet.ParquetFile(stream)
        except Exception:  # whatever a broken file makes the reader raise
            raise _broken(file.name) from None
        for group in range(opened.metadata.num_row_groups):
            about = opened.metadata.row_group(group)
            for column in range(about.num_columns):
                if about.column(column).total_uncompressed_size > _MAX_CHUNK:
                    name = about.column(column).path_in_schema
                    raise InputError(
                        f"{file.name}: column {name} holds more than {_MAX_CHUNK} bytes in row group "
                        f"{group + 1}; is a cell too large?"
                    )
        yield opened


def _broken(place: str) -> InputError:
    return InputError(f"{place}: not a Parquet file that can be read; write it anew")


def parquet_table(file: TableFile) -> Table:
    """Return the table in the Parquet file `file`."""
    with _opened(file) as opened:
        columns = tuple(opened.schema_arrow.names)
    return Table(file.name, columns, None, partial(_rows, file))


def _rows(file: TableFile) -> Iterator[Row | BadRow]:
    number = 0
    with _opened(file) as opened:
        batches = opened.iter_batches(batch_size=_BATCH)
        while True:
            try:
                batch = next(batches, None)
                rows = [] if batch is None else batch.to_pylist()
            except Exception:  # a damaged page
                raise _broken(f"{file.name}:{number + 1}") from None
            if batch is None:
                return
            for values in rows:
                number += 1
                place = Place(file.name, number)
                problem = next(filter(None, map(cell_problem, values.values())), None)
                if problem:
                    yield BadRow(place, problem, values)
                elif any(value not in (None, "") for value in values.values()):
                    yield Row(place, values)
