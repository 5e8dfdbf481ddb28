"""Tables of any kind, row by row: CSV, TSV, JSON Lines, XLSX and Parquet, in the encodings that occur.

`read_table` opens a table; going through it yields a `Row` with its place, or a `BadRow` that says why a row
could not be read. A bad row never ends the reading; only what makes the rest unreadable is an `InputError`.
"""

from __future__ import annotations

from scorer.tables.files import TableFile, shown
from scorer.tables.markup import is_html, text_of
from scorer.tables.reading import ENDINGS, read_table, sheets_of
from scorer.tables.rows import MAX_CELL, BadRow, Place, Row, Table, cell_text, plain_name

__all__ = [
    "ENDINGS", "MAX_CELL", "BadRow", "Place", "Row", "Table", "TableFile", "cell_text", "is_html", "plain_name",
    "read_table", "sheets_of", "shown", "text_of",
]  # fmt: skip
