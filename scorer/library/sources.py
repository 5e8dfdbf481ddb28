"""What the gate judges: each draft with its place, from files, folders and tables."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from scorer.drafts import DraftFile, read_draft
from scorer.errors import InputError, ScorerError
from scorer.library.columns import draft_values
from scorer.library.rows import (
    TABLE_ENDINGS,
    NoDraftsError,
    Note,
    Row,
    RowError,
    read_rows,
    told_apply,
    unsaid,
)
from scorer.parse.surface import find_placeholders
from scorer.schema import Draft
from scorer.tables import Place, shown

TEXT_ENDINGS = (".txt", ".md", ".markdown")

# A library is one of templates when at least so many, and such a share, of so many first drafts hold placeholders.
_LOOKED_AT, _FEWEST_TEMPLATES, _SHARE_OF_TEMPLATES = 500, 2, 1 / 3

# How the Markdown report of a batch begins.
REPORT_HEAD = b"# Library\n\n```\n"

# A draft file -> the draft, with what the command line and the settings add.
Complete = Callable[[DraftFile], Draft]


@dataclass(frozen=True, slots=True)
class _Reading:
    """How drafts are read: completed, what was `told` of the columns of a table, and who hears of them."""

    complete: Complete
    told_of: Callable[[str], Mapping[str, str] | None]
    note: Note
    stdin_name: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A draft with its place.

    Attributes
    ----------
    path
        The file, as it is shown; None for literal text and standard input without a name.
    first_line, first_column
        Where in the file the text begins; None where its lines are not the file's.
    row
        The line or row of the table that holds the draft; None for a file of its own.
    key
        The draft's own name in its table, which outlives moved rows; None where it has none.
    ignore
        Codes of rules (or their prefixes) that the table's ``ignore`` column silences.
    kept
        Other columns of the table, handed on: counts of messages sent and answered.
    sheet
        The sheet of the workbook, where several hold drafts.
    """

    draft: Draft
    path: str | None
    first_line: int | None = 1
    first_column: int = 1
    row: int | None = None
    key: str | None = None
    ignore: tuple[str, ...] = ()
    kept: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None

    @property
    def name(self) -> str:
        """What people call it: its file, with row and key where it stands in a table."""
        name = self.path or self.draft.id or "draft"
        if self.row is not None:
            name = str(Place(name, self.row, self.sheet))
        return name + (f" ({self.key})" if self.key is not None else "")


def read_sources(
    paths: Sequence[str],
    complete: Complete,
    *,
    stdin_name: str | None = None,
    told: Mapping[str, str] | None = None,
    skip: Collection[str] = (),
    note: Note = unsaid,
) -> Iterator[Source | ScorerError]:
    """Yield the drafts at `paths` in order; what cannot be read is yielded as its error, in its place.

    A folder stands for the text files and tables in it and below it, by name, those of linked folders last;
    hidden ones and tables that hold no drafts, such as lists of recipients, are left out.
    A row of a table is a draft, its place the line or row; `told` says what its columns hold, field -> column. Of
    several tables it is those that have such columns that it speaks of; the others are read by their names.
    Files in `skip` (absolute paths) are left out of folders. What is given twice, alone and in a folder, is read once.
    Where many of the drafts hold placeholders they are a library of templates, and one with a single variable is a
    template, too, instead of a draft that was left unfilled.
    A table that was read otherwise than it stands is told to `note`, in a line.
    """
    meant = told and {path for path in tables_at(paths, skip) if told_apply(path, told)}

    def told_of(path: str) -> Mapping[str, str] | None:
        return told if not meant or os.path.normpath(path) in meant else None

    reading = _Reading(complete, told_of, note, stdin_name)
    seen: set[str] = set()
    found = (
        _folder(path, reading, skip, seen) if path != "-" and os.path.isdir(path) else _at(path, reading)
        for path in paths
        if path == "-" or os.path.isdir(path) or _is_new(path, seen)
    )
    return _as_library(chain.from_iterable(found))


def _as_library(sources: Iterator[Source | ScorerError]) -> Iterator[Source | ScorerError]:
    """Yield `sources`, templates with one variable marked so where the first of them are mostly such."""
    first = list(islice(sources, _LOOKED_AT))
    drafts = [each for each in first if isinstance(each, Source)]
    unfilled = sum(is_unfilled(each.draft) for each in drafts)
    of_templates = unfilled >= _FEWEST_TEMPLATES and unfilled >= _SHARE_OF_TEMPLATES * len(drafts)
    for each in chain(first, sources):
        if of_templates and isinstance(each, Source) and each.draft.kind is None and is_unfilled(each.draft):
            yield replace(each, draft=replace(each.draft, kind="template"))
        else:
            yield each


def is_unfilled(draft: Draft) -> bool:
    """Tell whether a draft holds a placeholder and names no reader for whom it would have been filled in."""
    named = draft.recipient is not None and draft.recipient.name is not None
    return not named and bool(find_placeholders(draft.text))


def tables_at(paths: Sequence[str], skip: Collection[str] = ()) -> Iterator[str]:
    """Yield the tables at `paths` and in their folders, those in `skip` left out."""
    for path in paths:
        below = _files_below(path, skip) if os.path.isdir(path) else (path,)
        yield from (os.path.normpath(each) for each in below if each.lower().endswith(TABLE_ENDINGS))


def _at(path: str, reading: _Reading) -> Iterator[Source | ScorerError]:
    stdin_name = reading.stdin_name
    if path != "-" and path.lower().endswith(TABLE_ENDINGS):
        yield from _table(os.path.normpath(path), reading)
    elif path == "-" and stdin_name and stdin_name.lower().endswith(TABLE_ENDINGS):
        yield InputError(f"{stdin_name}: a table is not read from standard input; name the file")
    else:
        yield from _file(path, reading.complete, stdin_name)


def is_report(path: str) -> bool:
    """Tell whether a text file is a report that a batch wrote, and no draft."""
    try:
        with open(path, "rb") as file:
            return file.read(len(REPORT_HEAD)) == REPORT_HEAD
    except OSError:
        return False


def holds_drafts(path: str) -> bool:
    """Tell whether a file would be read as drafts if its folder were."""
    if path.lower().endswith(TABLE_ENDINGS):
        return told_apply(path, {})
    return path.lower().endswith(TEXT_ENDINGS) and os.path.isfile(path) and not is_report(path)


def _is_new(path: str, seen: set[str]) -> bool:
    """Tell whether a file was not read before, and note it."""
    place = os.path.abspath(path)
    new = place not in seen
    seen.add(place)
    return new


def _folder(
    folder: str, reading: _Reading, skip: Collection[str], seen: set[str]
) -> Iterator[Source | ScorerError]:
    found = False
    for path in _files_below(folder, skip):
        if not _is_new(path, seen) or is_report(path):
            found = True
            continue
        for each in _at(path, reading):
            if not isinstance(each, NoDraftsError):
                found = True
                yield each
    if not found:
        wanted = ", ".join(f"*{ending}" for ending in (*TEXT_ENDINGS, *TABLE_ENDINGS))
        yield InputError(f"{folder}: no drafts in this folder; looked for {wanted}")


def _files_below(folder: str, skip: Collection[str]) -> Iterator[str]:
    for place, names in _folders_below(folder):
        for name in sorted(names):
            path = os.path.join(place, name)
            wanted = name.lower().endswith((*TEXT_ENDINGS, *TABLE_ENDINGS)) and not name.startswith(
                (".", "~$")
            )
            if skip and os.path.abspath(path) in skip:
                continue
            # A pipe or device in a folder would hang the run; a broken link is reported when it is opened.
            if wanted and (os.path.isfile(path) or os.path.islink(path)):
                yield path


def _folders_below(folder: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the folders that are not hidden with the names of their files; linked ones last, each once."""
    top = os.path.realpath(folder)
    seen: set[str] = set()
    waiting = [folder]
    for start in waiting:  # grows as links are met
        for place, folders, names in os.walk(start):
            real = os.path.realpath(place)
            # A link upwards is a loop.
            if real in seen or (place != folder and os.path.commonpath((real, top)) == real):
                folders.clear()
                continue
            seen.add(real)
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            waiting += filter(os.path.islink, (os.path.join(place, name) for name in folders))
            yield place, names


def _file(path: str, complete: Complete, stdin_name: str | None) -> Iterator[Source | ScorerError]:
    try:
        file = read_draft(path if path == "-" else os.path.normpath(path), stdin_name=stdin_name)
        shown = None if file.name == "<stdin>" else file.name
        yield Source(complete(file), shown, file.first_line, file.first_column)
    except ScorerError as error:
        yield error


def _table(path: str, reading: _Reading) -> Iterator[Source | ScorerError]:
    name = shown(path)
    for row in read_rows(path, reading.told_of(path), reading.note):
        if isinstance(row, ScorerError):
            yield row
            continue
        try:
            yield _from_row(name, row, reading.complete)
        except ScorerError as error:
            place = Place(name, row.number, row.sheet)
            yield RowError(place, str(error).removeprefix(f"{place}: "), row.cells)


def _from_row(path: str, row: Row, complete: Complete) -> Source:
    values = draft_values(row.values)
    ignored = re.findall(r"[^\s,;|]+", values.pop("ignore", "").upper())
    key = values.pop("id", None)
    place = str(Place(path, row.number, row.sheet))
    draft = complete(DraftFile({**values, "id": key or place}, place, start=None))
    ignore = tuple(ignored)
    return Source(draft, path, None, row=row.number, key=key, ignore=ignore, kept=row.kept, sheet=row.sheet)
