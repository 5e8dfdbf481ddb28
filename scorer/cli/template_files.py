"""Templates as given on the command line: their files, dialects and recipients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorer.cli import context as options
from scorer.errors import InputError

if TYPE_CHECKING:
    from scorer.drafts import DraftFile
    from scorer.schema import Draft, Where
    from scorer.templates import Inference, Recipients
    from scorer.templates.syntax import Template

ENDINGS = (".txt", ".md", ".markdown", ".toml", ".json")


def read(
    paths: Sequence[str] | None,
    text: str | None,
    subject: str | None,
    dialect: str | None,
    recipients: str | None,
    stdin_name: str | None,
    config: Any,
    context: dict[str, Any] | None = None,
) -> tuple[list[DraftFile], list[Draft], list[Inference], Recipients | None]:
    """Return files, drafts, the dialect of each, and the recipients; all are read before anything is done."""
    from scorer.templates import Inference, dialect_of, infer, infer_library
    from scorer.templates.inference import settle
    from scorer.templates.lists import read_recipients

    given = dialect_of(dialect, "--dialect") if dialect is not None else None
    rows = read_recipients(recipients) if recipients is not None else None
    files = options.read_all(_expanded(paths), text, stdin_name)
    extra = {**(context or {}), **({"subject": subject} if subject is not None else {})}
    drafts = [replace(options.as_draft(file, extra, config), kind="template") for file in files]
    if given is not None:
        return files, drafts, [Inference(given, 1.0)] * len(drafts), rows
    library = infer_library([part for d in drafts for part in (d.text, d.subject) if part])
    return files, drafts, [settle(infer(d.text, d.subject), library) for d in drafts], rows


def _expanded(paths: Sequence[str] | None) -> list[str] | None:
    """Return `paths` with each folder replaced by the text files in it and below it, in order of name."""
    if not paths:
        return None
    found: list[str] = []
    for path in paths:
        folder = Path(path)
        if path == "-" or not folder.is_dir():
            found.append(path)
            continue
        inside = sorted(
            str(p)
            for p in folder.rglob("*")
            if p.suffix.lower() in ENDINGS and p.is_file() and p.stem.lower() != "readme"
        )
        if not inside:
            raise InputError(f"{path}: no templates in this folder; they end in {', '.join(ENDINGS)}")
        found += inside
    return found


def key_of(inference: Inference) -> str | None:
    """Return the name of the dialect; None where there are no placeholders."""
    return inference.dialect.key if inference.dialect is not None else None


def parsed(draft: Draft, inference: Inference) -> list[tuple[Template, Where]]:
    """Return text and subject of `draft` as parsed templates; none without a dialect."""
    from scorer.templates import parse

    if inference.dialect is None:
        return []
    parts: list[tuple[str | None, Where]] = [(draft.text, "text"), (draft.subject, "subject")]
    return [(parse(part, inference.dialect), where) for part, where in parts if part is not None]


def place_of(file: DraftFile, start: int) -> tuple[int, int]:
    """Return line and column in `file` of a place in its text."""
    from scorer.offsets import LineIndex

    line, column = LineIndex(file.values["text"]).position(start)
    return line + (file.first_line or 1) - 1, column


def located(file: DraftFile, convert: Any) -> Any:
    """Return what `convert` does; a place that cannot be converted is named with its file."""
    from scorer.templates.conversion import ConversionError

    try:
        return convert()
    except ConversionError as error:
        line, column = place_of(file, error.start)
        words = str(error).partition(": ")[2]
        raise InputError(f"{file.name}:{line}:{column}: {words}") from None
