"""Reports that were made already, kept by the content of their drafts, and the order of a run.

One SQLite file: what is in it outlives a killed run and is not made again. Reports hold no text of a draft but
what findings quote. The texts of the run itself lie in a private file that is gone when the run ends.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from scorer.config import Config
from scorer.errors import InputError
from scorer.library.sources import Source
from scorer.schema import (
    Draft,
    DraftFacts,
    Edit,
    Finding,
    Fix,
    ResponseEstimate,
    ScoreReport,
    Severity,
    Span,
    Versions,
)

_FORMAT = 1
# Seconds to wait while another run writes to the same file.
_PATIENCE = 60.0
# Drafts of a run written at a time.
_TOGETHER = 256
# Bytes of the file up to which the reports of other versions and settings are kept, for runs that use them.
_LARGEST = 1 << 30
_MADE_BY = 0x5C04E  # application id of the file
_TABLES = """
CREATE TABLE IF NOT EXISTS report (key BLOB PRIMARY KEY, maker TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
ATTACH '' AS run;
CREATE TABLE run.item (position INTEGER PRIMARY KEY, key BLOB NOT NULL, source TEXT NOT NULL, score REAL);
"""
ORDERS: Mapping[str, str] = {
    "library": "position",
    "worst": "score IS NOT NULL, score, position",
    "best": "score IS NULL, score DESC, position",
}


@dataclass(frozen=True, slots=True)
class Scored:
    """A draft of the library with its report."""

    source: Source
    report: ScoreReport


class Store:
    """The kept reports, and the drafts of this run in their order.

    Parameters
    ----------
    path
        The file; None keeps nothing beyond this run.
    maker
        What makes the reports: see `maker_of`. Reports by others are not used.

    Raises
    ------
    InputError
        The file is none of ours, or can't be opened.
    """

    def __init__(self, path: str | None, maker: str) -> None:
        self.path, self.maker = path, maker
        if path is not None and os.path.dirname(path):
            try:
                os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            except OSError as error:
                raise InputError(f"{path}: cannot be written: {error.strerror or 'unknown reason'}") from None
        with self._told():
            self._base = sqlite3.connect(path or "", isolation_level=None, timeout=_PATIENCE)
            if path is not None:
                self._check()
                os.chmod(path, 0o600)
            self._base.executescript(_TABLES)
        self._added = 0
        self._waiting: list[tuple[int, bytes, str]] = []

    def _check(self) -> None:
        # In this order, for another run that makes the file at this moment marks it before it adds tables.
        empty = not self._base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        ours, form = (
            self._base.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        )
        if not empty and (ours, form) != (_MADE_BY, _FORMAT):
            raise InputError(
                f"{self.path}: not a cache of this version of score-draft; remove it, or name another with --cache"
            )
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.execute(f"PRAGMA application_id = {_MADE_BY}")
        self._base.execute(f"PRAGMA user_version = {_FORMAT}")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            place = self.path or "the temporary folder"
            if "not a database" in str(error):
                words = "not a cache of score-draft; remove it, or name another with --cache"
            elif "full" in str(error) or "disk I/O" in str(error):
                words = "cannot be written, the disk may be full; what was scored before is kept"
            elif "locked" in str(error):
                words = "in use by another run; wait for it, or name another with --cache"
            else:
                words = f"cannot be used as a cache ({error}); remove it, or name another with --cache"
            raise InputError(f"{place}: {words}") from None
        except OSError as error:
            raise InputError(
                f"{self.path}: cannot be written: {error.strerror or 'unknown reason'}"
            ) from None

    def close(self) -> None:
        """Close the files."""
        self._base.close()

    def drop_others(self) -> int:
        """Remove the reports that other versions or settings made where the file is large; return how many."""
        with self._told():
            pages, size = (
                self._base.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size")
            )
            if pages * size <= _LARGEST:
                return 0
            return self._base.execute("DELETE FROM report WHERE maker <> ?", (self.maker,)).rowcount

    def add(self, source: Source) -> bytes:
        """Append a draft to the run; return the key of its report."""
        content = asdict(source.draft)
        key = _key_of(content, source.ignore, self.maker)
        draft = {k: v for k, v in content.items() if v is not None}
        facts = [draft, source.path, source.first_line, source.first_column, source.row, source.key,
                 source.ignore, source.kept, source.sheet]  # fmt: skip
        self._waiting.append((self._added, key, json.dumps(facts)))
        self._added += 1
        if len(self._waiting) >= _TOGETHER:
            self._write_waiting()
        return key

    def _write_waiting(self) -> None:
        # A transaction of its own: a longer one would hold a view of the kept reports, which others may change.
        with self._told():
            self._base.execute("BEGIN")
            self._base.executemany(
                "INSERT INTO run.item (position, key, source) VALUES (?, ?, ?)", self._waiting
            )
            self._base.execute("COMMIT")
        self._waiting.clear()

    def __len__(self) -> int:
        """Return how many drafts the run has so far."""
        return self._added

    def has(self, key: bytes) -> bool:
        """Tell whether there is a report under `key`."""
        with self._told():
            return self._base.execute("SELECT 1 FROM report WHERE key = ?", (key,)).fetchone() is not None

    def put(self, pairs: Iterable[tuple[bytes, str]]) -> None:
        """Keep reports for good, all or none of them."""
        with self._told():
            self._base.execute("BEGIN IMMEDIATE")
            self._base.executemany(
                "INSERT OR REPLACE INTO report VALUES (?, ?, ?)",
                [(key, self.maker, body) for key, body in pairs],
            )
            self._base.execute("COMMIT")

    def finish(self) -> None:
        """Make the run ready to be gone through."""
        self._write_waiting()
        with self._told():
            self._base.execute(
                "UPDATE run.item SET score = "
                "(SELECT json_extract(body, '$.score') FROM report r WHERE r.key = item.key)"
            )

    def items(self, order: str = "library", path: str | None = None) -> Iterator[Scored]:
        """Yield the drafts with their reports, in an order of `ORDERS`; those of one file if `path` is given."""
        rows = self._base.execute(
            "SELECT source, body FROM run.item i JOIN report r ON r.key = i.key "
            f"WHERE ?1 IS NULL OR json_extract(source, '$[{_PATH}]') = ?1 ORDER BY {ORDERS[order]}",
            (path,),
        )
        for source, body in rows:
            facts = _source(json.loads(source))
            yield Scored(facts, report_of(json.loads(body), facts.draft))

    def paths(self) -> tuple[str, ...]:
        """Return the files of the drafts, in library order."""
        rows = self._base.execute(
            f"SELECT json_extract(source, '$[{_PATH}]') FROM run.item ORDER BY position"
        )
        return tuple(dict.fromkeys(path for (path,) in rows if path is not None))

    def drafts(self) -> Iterator[Draft]:
        """Yield the drafts alone, in library order."""
        for (source,) in self._base.execute("SELECT source FROM run.item ORDER BY position"):
            yield _source(json.loads(source)).draft

    def kept(self) -> Iterator[dict[str, str]]:
        """Yield the cells handed on of each draft, by column, in library order."""
        rows = self._base.execute(
            f"SELECT json_extract(source, '$[{_KEPT}]') FROM run.item ORDER BY position"
        )
        return (json.loads(kept) if kept != "{}" else {} for (kept,) in rows)


# Where `_source` finds the file and the columns handed on.
_PATH, _KEPT = 1, 7


def _source(facts: Sequence[Any]) -> Source:
    draft, path, line, column, row, key, ignore, kept, sheet = facts
    return Source(Draft.from_dict(draft), path, line, column, row, key, tuple(ignore), kept, sheet)


def _key_of(content: Mapping[str, Any], ignore: Sequence[str], maker: str) -> bytes:
    """Return the key of the report on a draft: of its content and what reports on it, not of its name or place."""
    given = json.dumps([{**content, "id": None}, ignore, maker], sort_keys=True)
    return hashlib.sha256(given.encode()).digest()


def maker_of(versions: Versions, config: Config, renderings: int) -> str:
    """Return what makes a report what it is: the versions of the models, and the settings that count."""
    rules = config.rules
    settings = [
        rules.select, rules.ignore, sorted(rules.severities.items()), sorted(rules.accepted),
        sorted((code, sorted(given.items())) for code, given in rules.options.items()),
        sorted(config.dictionary), _made_of(config.response_model), renderings,
    ]  # fmt: skip
    digest = hashlib.sha256(json.dumps(settings, default=str).encode()).hexdigest()[:16]
    return f"{versions.scorer} | {versions.model} | {versions.pipeline} | {digest}"


def _made_of(model: str) -> str:
    """Return a digest of a response model: another one may come to stand in its folder."""
    if not model:
        return ""
    try:
        return hashlib.sha256(Path(model, "manifest.json").read_bytes()).hexdigest()
    except OSError:
        return model  # loading it tells what is wrong


def report_of(data: Mapping[str, Any], draft: Draft) -> ScoreReport:
    """Return the report that ``to_dict`` gave `data` of, on `draft`."""
    return ScoreReport(
        draft=DraftFacts(**{**data["draft"], "id": draft.id}),
        versions=Versions(**data["versions"]),
        status=data["status"],
        reason=data["reason"],
        score=data["score"],
        band=data["band"],
        families=data["families"],
        findings=tuple(map(_finding, data["findings"])),
        judged_by=data["judged_by"],
        response=ResponseEstimate(**data["response"]) if data["response"] else None,
        source=draft,
    )


def _finding(data: Mapping[str, Any]) -> Finding:
    span = None if data["start"] is None else Span(data["start"], data["end"], data["where"])
    fix = data["fix"] and Fix(
        tuple(Edit(e["start"], e["end"], e["text"], e["where"]) for e in data["fix"]["edits"]),
        data["fix"]["safe"],
        data["fix"]["title"],
    )
    return Finding(
        data["code"], data["name"], data["family"], Severity(data["severity"]), data["message"], span, fix
    )
