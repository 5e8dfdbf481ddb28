"""Writing a scored library: tables, JSON Lines, Markdown and the page, each whole or not at all.

The same library and versions give the same bytes, workbooks and Parquet too.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from scorer.errors import InputError, did_you_mean
from scorer.library.sameness import Cluster
from scorer.library.sources import REPORT_HEAD
from scorer.library.stored import Scored, Store
from scorer.library.summary import Summary, lines
from scorer.output.csv_format import line, neutral
from scorer.output.markdown import escaped
from scorer.schema import FAMILIES, Severity

# A Parquet file for each table of the library.
PARTS = "parts"
FORMATS = ("csv", "jsonl", "parquet", "xlsx", "markdown", "html")
_ENDINGS = {".csv": "csv", ".jsonl": "jsonl", ".parquet": "parquet", ".xlsx": "xlsx", ".md": "markdown",
            ".markdown": "markdown", ".html": "html", ".htm": "html"}  # fmt: skip
_NUMBERS = ("score", *FAMILIES)
_COUNTS = ("row", "errors", "warnings", "hints", "n_words", "n_characters")
COLUMNS = (
    "draft", "path", "row", "id", "status", "reason", "score", "band", *FAMILIES, "errors", "warnings",
    "hints", "codes", "kind", "channel", "stage", "purpose", "n_words", "n_characters", "gate",
)  # fmt: skip
# Numbers as tables write them; what begins with a nought or is longer is a code.
_WHOLE, _DECIMAL = re.compile(r"-?(?:0|[1-9]\d{0,14})"), re.compile(r"-?(?:0|[1-9]\d{0,14})\.\d{1,15}")
_SHEET_ROWS = 1_048_575
_WRITTEN = datetime(1980, 1, 1)  # the oldest that an archive can say
_ROWS_AT_ONCE = 1024


@dataclass(frozen=True, slots=True)
class Whole:
    """All that the outputs are made from.

    Attributes
    ----------
    gate
        Report -> why it does not pass the user's limits, if it does not.
    clusters
        What is the same in the library, positions in library order; None where it was not looked for.
    path
        The file of which the drafts are meant; None for all.
    """

    store: Store
    summary: Summary
    order: str
    gate: Callable[[Any], str | None]
    clusters: Sequence[Cluster] | None = None
    path: str | None = None

    def items(self) -> Iterator[Scored]:
        """Yield the drafts with their reports, in the order asked for."""
        return self.store.items(self.order, self.path)

    def kept(self) -> tuple[str, ...]:
        """Return the columns handed on, in order of appearance."""
        return tuple(dict.fromkeys(name for cells in self.store.kept() for name in cells))


def target(words: str) -> tuple[str, Path]:
    """Return format and file of ``FILE`` or ``FORMAT=FILE``; of a folder, ``FOLDER/``, the format is ``parts``.

    Raises
    ------
    InputError
        No such format, or an ending that tells none.
    """
    name, sign, file = words.partition("=")
    if not sign and (words.endswith(("/", os.sep)) or Path(words).is_dir()):
        return PARTS, Path(words)
    if sign and name in FORMATS and file:
        return name, Path(file)
    ending = Path(words).suffix.lower()
    if ending not in _ENDINGS:
        near = did_you_mean(ending, _ENDINGS) or f"; it may end in {', '.join(_ENDINGS)}"
        raise InputError(f"--to {words}: no format for this ending{near}; or give FORMAT=FILE")
    return _ENDINGS[ending], Path(words)


def write_output(name: str, path: Path, whole: Whole) -> None:
    """Write the library in format `name` to `path`, whole or not at all.

    Raises
    ------
    InputError
        The place can't be written, or the format can't hold the library.
    """
    if name == PARTS:
        for source, part in _parts(whole.store.paths(), path):
            with replacing(part) as file:
                _parquet(file, replace(whole, path=source), part)
        return
    with replacing(path) as file:
        _WRITERS[name](file, whole, path)


def _parts(sources: Sequence[str], folder: Path) -> list[tuple[str, Path]]:
    """Return the tables with the file in `folder` for each, which stands there as the table in the library."""
    root = os.path.commonpath([os.path.dirname(os.path.abspath(source)) for source in sources])
    parts: dict[Path, str] = {}
    for source in sources:
        part = folder / Path(os.path.relpath(os.path.abspath(source), root)).with_suffix(".parquet")
        if part in parts:
            raise InputError(
                f"{folder}: {parts[part]} and {source} would have one part; give them other names"
            )
        parts[part] = source
    try:
        for part in parts:
            part.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made: {error.strerror or 'unknown reason'}") from None
    return [(source, part) for part, source in parts.items()]


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write, which takes the place of `path` when all went well.

    Raises
    ------
    InputError
        The place can't be written.
    """
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():  # a pipe or device is written to, never replaced
            with target.open("wb") as file:
                yield file
            return
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(temporary, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~mask)
            os.replace(temporary, target)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written: {error.strerror or 'unknown reason'}; what was scored is kept"
        ) from None


def record(item: Scored, gate: str | None, kept: Iterable[str] = ()) -> dict[str, Any]:
    """Return the cells of a draft by `COLUMNS` and `kept`."""
    report, source, facts = item.report, item.source, item.report.draft
    severities = [finding.severity for finding in report.findings]
    counts = {f"{s.value}s": severities.count(s) for s in Severity}
    return {
        "draft": source.name, "path": source.path, "row": source.row, "id": source.key or facts.id,
        "status": report.status, "reason": report.reason, "score": report.score, "band": report.band,
        **{name: report.families.get(name) for name in FAMILIES}, **counts,
        "codes": " ".join(dict.fromkeys(finding.code for finding in report.findings)),
        "kind": facts.kind, "channel": facts.channel, "stage": facts.stage, "purpose": facts.purpose,
        "n_words": facts.n_words, "n_characters": facts.n_characters, "gate": gate,
        **{_kept_column(name): source.kept.get(name) for name in kept},
    }  # fmt: skip


def records(whole: Whole) -> Iterator[dict[str, Any]]:
    """Yield the cells of each draft."""
    kept = whole.kept()
    for item in whole.items():
        yield record(item, whole.gate(item.report), kept)


def _columns(whole: Whole) -> list[str]:
    return [*COLUMNS, *map(_kept_column, whole.kept())]


def _kept_column(name: str) -> str:
    return f"kept: {name}" if name in COLUMNS else name


def _number_columns(whole: Whole) -> dict[str, type[int] | type[float]]:
    """Return which columns handed on hold numbers alone, and of which kind."""
    kinds: dict[str, type[int] | type[float]] = {}
    words = set()
    for cells in whole.store.kept():
        for name, text in cells.items():
            if _WHOLE.fullmatch(text):
                kinds.setdefault(_kept_column(name), int)
            elif _DECIMAL.fullmatch(text):
                kinds[_kept_column(name)] = float
            elif text:
                words.add(_kept_column(name))
    return {column: kind for column, kind in kinds.items() if column not in words}


def _typed_records(whole: Whole, numbers: Mapping[str, type[int] | type[float]]) -> Iterator[dict[str, Any]]:
    """Yield the cells of each draft, those of the columns in `numbers` as such."""
    for cells in records(whole):
        yield cells | {c: kind(cells[c]) if cells[c] else None for c, kind in numbers.items()}


def _csv(file: IO[bytes], whole: Whole, path: Path) -> None:
    columns = _columns(whole)
    file.write(line(columns).encode())
    for cells in records(whole):
        shown = (f"{cells[c]:.1f}" if c in _NUMBERS and cells[c] is not None else cells[c] for c in columns)
        file.write(line(shown).encode("utf-8", "replace"))


def _jsonl(file: IO[bytes], whole: Whole, path: Path) -> None:
    for item in whole.items():
        report = item.report.to_dict()
        for name in ("features", "contributions", "suggestions"):
            del report[name]  # not kept in bulk
        source = {"path": item.source.path, "row": item.source.row, "id": item.source.key}
        if item.source.sheet is not None:
            source["sheet"] = item.source.sheet
        made = {**report, "source": source, "gate": whole.gate(item.report), "kept": dict(item.source.kept)}
        file.write((json.dumps(made, ensure_ascii=False) + "\n").encode("utf-8", "replace"))


def _parquet(file: IO[bytes], whole: Whole, path: Path) -> None:
    try:
        import pyarrow as arrow
        from pyarrow.parquet import ParquetWriter
    except ImportError:
        raise InputError(
            f'{path}: writing Parquet needs an extra: pip install "score-draft[tables]"'
        ) from None
    numbers = _number_columns(whole)
    kinds = dict.fromkeys(_NUMBERS, arrow.float64()) | dict.fromkeys(_COUNTS, arrow.int64())
    kinds |= {name: arrow.int64() if kind is int else arrow.float64() for name, kind in numbers.items()}
    schema = arrow.schema([(name, kinds.get(name, arrow.string())) for name in _columns(whole)])
    with ParquetWriter(file, schema) as writer:
        rows: list[dict[str, Any]] = []
        for cells in _typed_records(whole, numbers):
            rows.append(cells)
            if len(rows) == _ROWS_AT_ONCE:
                writer.write_batch(arrow.RecordBatch.from_pylist(rows, schema))
                rows = []
        writer.write_batch(arrow.RecordBatch.from_pylist(rows, schema))


def _xlsx(file: IO[bytes], whole: Whole, path: Path) -> None:
    try:
        from openpyxl import Workbook
    except ImportError:
        raise InputError(f'{path}: writing XLSX needs an extra: pip install "score-draft[tables]"') from None
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if len(whole.store) > _SHEET_ROWS:
        raise InputError(
            f"{path}: a sheet holds {_SHEET_ROWS} rows and there are {len(whole.store)}; write CSV"
        )

    def cell(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return neutral(ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)[:32_000])

    book = Workbook(write_only=True)
    book.properties.created = _WRITTEN
    sheet = book.create_sheet("Drafts")
    sheet.freeze_panes = "B2"
    columns = _columns(whole)
    sheet.append([cell(name) for name in columns])
    for cells in _typed_records(whole, _number_columns(whole)):
        sheet.append([cell(cells[name]) for name in columns])
    with tempfile.TemporaryFile() as raw:
        book.save(raw)
        _without_dates(raw, file)


def _without_dates(raw: IO[bytes], file: IO[bytes]) -> None:
    """Copy a workbook without the time at which it was written."""
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in sorted(source.namelist()):
            part = zipfile.ZipInfo(name, _WRITTEN.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            if name == "docProps/core.xml":
                data = re.sub(
                    rb"(?<=Z\">|F\">)[^<]*(?=</dcterms:)", b"1980-01-01T00:00:00Z", source.read(name)
                )
                copy.writestr(part, data)
                continue
            with source.open(name) as opened, copy.open(part, "w") as written:
                while piece := opened.read(1 << 20):
                    written.write(piece)


def _markdown(file: IO[bytes], whole: Whole, path: Path) -> None:
    def put(words: str = "") -> None:
        file.write(f"{words}\n".encode("utf-8", "replace"))

    file.write(REPORT_HEAD)
    for words in lines(whole.summary):
        put(words.replace("`", "'"))
    put("```\n")
    put("| draft | score | band | errors | warnings | findings |\n| --- | ---: | --- | ---: | ---: | --- |")
    for cells in records(whole):
        score = "" if cells["score"] is None else f"{cells['score']:.1f}"
        band = cells["band"] or f"not scored: {cells['reason']}"
        put(
            f"| {_cell(cells['draft'])} | {score} | {band} | {cells['errors']} | {cells['warnings']} "
            f"| {cells['codes']} |"
        )


def _cell(text: str) -> str:
    return escaped(" ".join(text.split())).replace("|", "\\|")


def _html(file: IO[bytes], whole: Whole, path: Path) -> None:
    from scorer.library.page import render

    for piece in render(whole):
        file.write(piece.encode("utf-8", "replace"))


_WRITERS: Mapping[str, Callable[[IO[bytes], Whole, Path], None]] = {
    "csv": _csv, "jsonl": _jsonl, "parquet": _parquet, "xlsx": _xlsx, "markdown": _markdown, "html": _html,
}  # fmt: skip
