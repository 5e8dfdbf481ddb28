"""CSV and TSV, record by record, with the line on which each begins."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterator

from scorer.errors import InputError
from scorer.tables.rows import MAX_CELL, BadRow, Place

_DELIMITERS = ",;\t|"
# A cell between quotation marks, and one that is cut off at the end.
_QUOTED = re.compile(r'(?:^|(?<=[,;\t|\n]))"(?:[^"]|"")*(?:"|\Z)')
# Characters of one record; what is longer is no row of a table.
_MAX_RECORD = 4 * MAX_CELL
_UNCLOSED = "a quotation mark is opened and never closed"


def delimiter_of(path: str, head: str) -> str:
    """Return what separates the cells, from the first lines of the file."""
    if path.lower().endswith(".tsv"):
        return "\t"
    # What stands between quotation marks does not count, line breaks included.
    lines = ["".join(line.split('"')[::2]) for line in _QUOTED.sub("", head).splitlines()[:20]]
    # Every row has as many delimiters, while commas in a text come as they please.
    agreeing = {each: _agreeing([line.count(each) for line in lines]) for each in _DELIMITERS}
    return max(_DELIMITERS, key=lambda each: agreeing[each])


def _agreeing(counts: list[int]) -> tuple[int, int]:
    """Return how many lines have the commonest number of a delimiter, and that number."""
    often = Counter(filter(None, counts))
    return max(((lines, count) for count, lines in often.items()), default=(0, 0))


class _Lines:
    """Lines of a file for the CSV reader, those of the record at hand kept to go back to."""

    def __init__(self, path: str, stream: io.TextIOBase) -> None:
        self.path, self.stream = path, stream
        self.waiting: deque[str] = deque()
        self.record: list[str] = []
        self.number = 0  # lines handed out
        self.size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.waiting.popleft() if self.waiting else self.stream.readline(_MAX_RECORD)
        if not line:
            raise StopIteration
        self.size += len(line)
        if self.size >= _MAX_RECORD:
            begins = self.number - len(self.record) + 1
            raise InputError(
                f"{self.path}:{begins}: a cell that begins here has more than {MAX_CELL} characters, or a "
                "quotation mark is never closed; mend this row, what follows it can't be read"
            )
        self.number += 1
        self.record.append(line)
        return line

    def begin(self) -> None:
        """Forget the record read last."""
        self.record, self.size = [], 0

    def go_back(self) -> None:
        """Put all lines of the record but the first back."""
        self.waiting.extendleft(reversed(self.record[1:]))
        self.number -= len(self.record) - 1
        del self.record[1:]


def records(path: str, stream: io.TextIOBase, delimiter: str) -> Iterator[tuple[int, list[str]] | BadRow]:
    """Yield the line on which each record begins and its cells; a `BadRow` for what is no record.

    After a quotation mark that is never closed, reading goes on with the next line.

    Raises
    ------
    InputError
        A record is too large; what comes after it can't be told apart from it.
    """
    csv.field_size_limit(max(csv.field_size_limit(), _MAX_RECORD))
    lines = _Lines(path, stream)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.begin()
        begins = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # More than a line: the mark that opened is the likely culprit, not the one that was met.
            unclosed = len(lines.record) > 1 or "unexpected end" in str(error)
            source = lines.record[0]
            lines.go_back()
            reason = _UNCLOSED if unclosed else "a quotation mark stands inside a cell; double it"
            yield BadRow(Place(path, begins), reason, {"": source.rstrip("\r\n")})
            continue
        yield begins, cells
