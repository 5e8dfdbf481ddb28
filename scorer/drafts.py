"""Reading one draft from a file or standard input, and writing its mended text back.

A file is TOML, JSON (by its ending), or the message itself, with front matter in front if there is any:
``---``, lines ``key: value`` (an indented block under ``recipient:`` and ``sender:``), ``---``. UTF-8, and
UTF-16 or UTF-32 with a byte order mark, are read. No error repeats anything of what was read.
"""

from __future__ import annotations

import codecs
import json
import os
import re
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path, PurePath
from typing import Any

from scorer.choices import CHOICES, choice_of
from scorer.errors import InputError, did_you_mean
from scorer.offsets import LineIndex
from scorer.schema import Draft, Person

MAX_BYTES = 1_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FRONT_MATTER = re.compile(r"---[ \t]*(?:\r\n|\n|\r)(?P<block>.*?)^---[ \t]*(?:\r\n|\n|\r|\Z)", re.S | re.M)
_FRONT_LINE = re.compile(r"(?P<indent>[ \t]*)(?P<key>[A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(?P<value>.*?))?[ \t]*$")
_DRAFT_KEYS = tuple(item.name for item in fields(Draft))
_PERSON_KEYS = tuple(item.name for item in fields(Person))
_PEOPLE = ("recipient", "sender")


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A draft as read, with what is needed to name places in its file and to write it back.

    Attributes
    ----------
    values
        Fields of `Draft` that the file gives; `text` among them.
    name
        How messages name the file; ``<stdin>`` or ``<text>`` where there is none.
    path
        The file; None for standard input and literal text.
    source
        Everything decoded, without the byte order mark.
    encoding, bom
        How `source` was written.
    start
        Code point of `source` at which the text stands word for word; None where it is escaped.
    """

    values: Mapping[str, Any]
    name: str
    path: Path | None = None
    source: str = ""
    encoding: str = "utf-8"
    bom: bytes = b""
    start: int | None = 0

    @property
    def first_line(self) -> int | None:
        """The line of the file, from 1, on which the text begins; None where that can't be said."""
        return None if self.start is None else LineIndex(self.source).position(self.start)[0]

    @property
    def first_column(self) -> int:
        """The column of that line, from 1, at which the text begins."""
        return 1 if self.start is None else LineIndex(self.source).position(self.start)[1]

    def draft(self, context: Mapping[str, Any], defaults: Mapping[str, Any]) -> Draft:
        """Return the draft; `context` beats what the file says, `defaults` fill what is left.

        Raises
        ------
        InputError
            A field of the wrong type or with an unknown value, named with the file.
        """
        try:
            return Draft.from_dict({**defaults, **self.values, **context})
        except InputError as error:
            raise InputError(f"{self.name}: {error}") from None

    def with_text(self, text: str) -> bytes:
        """Return the content of the file with `text` in place of the draft's, all else byte for byte.

        Raises
        ------
        InputError
            The text is written in a way that can't be replaced without touching the rest.
        """
        return self.bom + self._source_with(text).encode(self.encoding)

    def _source_with(self, text: str) -> str:
        old = self.values["text"]
        kind = _kind(self.name)
        if kind == "text":
            start = self.start or 0
            return self.source[:start] + text + self.source[start + len(old) :]
        wanted = {**_parsed(self.source, kind, self.name), "text": text}
        for encode in (_plain, _escaped, _escaped_ascii):
            for match in re.finditer(re.escape(encode(old)), self.source):
                changed = self.source[: match.start()] + encode(text) + self.source[match.end() :]
                try:
                    if _parsed(changed, kind, self.name) == wanted:
                        return changed
                except InputError:
                    continue
        raise InputError(f"{self.name}: its text can't be replaced in place; use --diff and edit it by hand")


def _plain(text: str) -> str:
    return text


def _escaped(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _escaped_ascii(text: str) -> str:
    return json.dumps(text)[1:-1]


def read_draft(path: str, *, stdin_name: str | None = None) -> DraftFile:
    """Return the draft file at `path`; ``-`` reads standard input.

    Parameters
    ----------
    stdin_name
        What standard input is called in messages; its ending says how to read it.

    Raises
    ------
    InputError
        Nothing readable is there: one line with the name and, where there is one, the line.
    """
    if path == "-":
        name = stdin_name or "<stdin>"
        return parse_draft(_limited(sys.stdin.buffer.read(MAX_BYTES + 1), name), name)
    name = _shown(path)
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except IsADirectoryError:
        raise InputError(f"{name}: is a folder; give the files in it, for example folder/*.txt") from None
    except FileNotFoundError:
        raise InputError(f"{name}: no such file; to score words typed here use --text") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a valid file name"
        raise InputError(f"{name}: cannot be read: {reason}") from None
    return replace(parse_draft(_limited(data, name), name), path=Path(path))


def _shown(path: str) -> str:
    """Return `path` as messages show it; what looks like a message typed as a file name is not repeated."""
    typed = (len(path) > 255 or "\n" in path or path.count(" ") > 3) and not os.path.lexists(path)
    return (
        "the file given"
        if typed
        else "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in path)
    )


def _limited(data: bytes, name: str) -> bytes:
    if len(data) > MAX_BYTES:
        raise InputError(f"{name}: larger than {MAX_BYTES} bytes; is it really one draft?")
    return data


def parse_draft(data: bytes, name: str) -> DraftFile:
    """Return the draft in `data`, read by the ending of `name`; see `read_draft`."""
    bom, encoding = next(((bom, encoding) for bom, encoding in _BOMS if data.startswith(bom)), (b"", "utf-8"))
    try:
        source = data[len(bom) :].decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and not bom and _kind(name) == "text" and _is_windows_text(data):
            return _of_text(data.decode("cp1252"), name, "cp1252", b"")
        line = data[: len(bom) + error.start].count(b"\n") + 1
        shown = "UTF-8" if encoding == "utf-8" else encoding[:6].upper()
        at = len(bom) + error.start
        raise InputError(f"{name}:{line}: not valid {shown} at byte {at}; save the file as UTF-8") from None
    if "\x00" in source:
        line = source.count("\n", 0, source.index("\x00")) + 1
        raise InputError(f"{name}:{line}: holds a NUL byte; is it really a text file?")
    kind = _kind(name)
    if kind == "text":
        return _of_text(source, name, encoding, bom)
    values = _parsed(source, kind, name)
    _check_keys(values, _DRAFT_KEYS, lambda key: _where(name, source, kind, key))
    for owner in _PEOPLE:
        if isinstance(values.get(owner), str):
            values[owner] = person_from_words(values[owner])
        elif isinstance(values.get(owner), Mapping):
            _check_keys(values[owner], _PERSON_KEYS, lambda key: _where(name, source, kind, key))
    text = values.get("text")
    if not isinstance(text, str):
        raise InputError(f"{name}: " + ("the draft has no text" if text is None else "text must be text"))
    start = source.find(text) if text and source.count(text) == 1 else -1
    return DraftFile(_in_our_words(values), name, None, source, encoding, bom, start if start >= 0 else None)


def _of_text(source: str, name: str, encoding: str, bom: bytes) -> DraftFile:
    values, start = _front_matter(source, name)
    values = {**_in_our_words(values), "text": source[start:]}
    return DraftFile(values, name, None, source, encoding, bom, start)


def _in_our_words(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return `values`, choices that are written otherwise in our words; what is none of them is told later."""
    return {
        key: (choice_of(key, value) or value) if key in CHOICES and isinstance(value, str) else value
        for key, value in values.items()
    }


# What older Windows programs write: curly quotes, dashes, signs, and letters with accents inside words.
_WINDOWS = re.compile(
    rb"[\x80\x82\x84\x85\x8b\x91-\x97\x99\x9b\xa0\xa3\xa7\xa9\xab\xae\xb0\xb4\xb7\xbb\xbd]"
    rb"|(?<=[A-Za-z])[\xc0-\xff]|[\xc0-\xff](?=[A-Za-z])|[\x00-\x7f]"
)


def _is_windows_text(data: bytes) -> bool:
    """Tell whether bytes that are no UTF-8 are text of Windows-1252, and not something broken."""
    return b"\x00" not in data and not _WINDOWS.sub(b"", data)


def _kind(name: str) -> str:
    return {".toml": "toml", ".json": "json"}.get(PurePath(name).suffix.lower(), "text")


def _parsed(source: str, kind: str, name: str) -> dict[str, Any]:
    try:
        values = tomllib.loads(source) if kind == "toml" else json.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = found[1] if found else source.count("\n") + 1  # else it is the end of the document
        raise InputError(f"{name}:{line}: not valid TOML") from None
    except json.JSONDecodeError as error:
        raise InputError(f"{name}:{error.lineno}: not valid JSON") from None
    except (RecursionError, ValueError):
        raise InputError(f"{name}: not valid {kind.upper()}") from None
    if isinstance(values, list):
        raise InputError(f"{name}: holds a list; a draft file holds one draft")
    if not isinstance(values, dict):
        raise InputError(f"{name}: must hold a table of the draft's fields")
    return values


def _check_keys(values: Mapping[str, Any], known: tuple[str, ...], where: Callable[[str], str]) -> None:
    for key in values:
        if key not in known:
            near = did_you_mean(key, known) or f"; known are {', '.join(known)}"
            raise InputError(f"{where(key)}: unknown field{near}")


def _where(name: str, source: str, kind: str, key: str) -> str:
    pattern = rf'^\s*"?{re.escape(key)}"?\s*=' if kind == "toml" else rf'"{re.escape(key)}"\s*:'
    found = re.search(pattern, source, re.M)
    return f"{name}:{source.count(chr(10), 0, found.end()) + 1}" if found else name


def _front_matter(source: str, name: str) -> tuple[dict[str, Any], int]:
    """Return the fields in front of the message, and where the message begins."""
    match = _FRONT_MATTER.match(source)
    if match is None:
        return {}, 0
    lines = list(_front_lines(match["block"]))
    if not lines or any(line is None for _, line in lines):
        return {}, 0  # two rules around ordinary words, no front matter
    values: dict[str, Any] = {}
    person: dict[str, Any] | None = None
    for number, line in lines:
        if line is None:
            continue
        key, value = line["key"], _scalar(line["key"], line["value"])
        where = f"{name}:{number}"
        if line["indent"] and person is None:
            raise InputError(f"{where}: indented, but not under recipient or sender")
        if line["indent"] and person is not None:
            _check_keys({key: value}, _PERSON_KEYS, lambda _, where=where: where)  # type: ignore[misc]
            person[key] = value
            continue
        _check_keys({key: value}, tuple(k for k in _DRAFT_KEYS if k != "text"), lambda _, where=where: where)  # type: ignore[misc]
        person = {} if key in _PEOPLE else None
        if person is not None and value is not None:
            person = person_from_words(value) if isinstance(value, str) else {}
        values[key] = person if person is not None else value
    return values, match.end()


def _front_lines(block: str) -> Iterator[tuple[int, re.Match[str] | None]]:
    for number, line in enumerate(block.splitlines(), 2):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, _FRONT_LINE.match(line)


def _scalar(key: str, value: str | None) -> str | int | None:
    if value is None or value in {"", "null", "~"}:
        return None
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].replace("\\n", "\n") if value[0] == '"' else value[1:-1]
    return int(value) if key == "degree" and re.fullmatch(r"\d", value) else value


def person_from_words(words: str) -> dict[str, Any]:
    """Return name, role and company from words such as ``Priya Shah, Staff Engineer at Datadog``."""
    name, _, rest = words.partition(",")
    if not rest:
        found = re.fullmatch(
            r"(?P<name>.+?)(?:\s+(?:at|from|@)\s+|\s*\(\s*)(?P<company>[^()]+?)\s*\)?", name.strip()
        )
        return (
            {"name": found["name"], "company": found["company"]} if found else {"name": name.strip() or None}
        )
    person: dict[str, Any] = {"name": name.strip() or None}
    role, _, company = (part.strip() for part in re.sub(r"\s+@\s*", " at ", rest).partition(" at "))
    if not company:
        role, _, company = (part.strip() for part in rest.partition(","))
    return person | {key: value for key, value in (("role", role), ("company", company)) if value}


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` to `path` all or nothing; the file keeps its permissions.

    Raises
    ------
    InputError
        The place can't be written.
    """
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():  # a pipe or device is written to, never replaced
            target.write_bytes(data)
            return
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(temporary, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
            os.replace(temporary, target)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or 'unknown reason'}") from None


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
