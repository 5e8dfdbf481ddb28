"""Reading any source of outcomes into one table."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from scorer.errors import InputError
from scorer.outcomes.archive import ExportFile, files_of
from scorer.outcomes.exports import read_export
from scorer.outcomes.linkedin import ARCHIVE_FILES, is_archive, read_archive
from scorer.outcomes.options import ReadOptions
from scorer.outcomes.people import Hasher
from scorer.outcomes.sources import table_of
from scorer.outcomes.table import OutcomeTable
from scorer.tables import ENDINGS


def read_outcomes(path: str | Path, hasher: Hasher, options: ReadOptions | None = None) -> OutcomeTable:
    """Return the outcomes in `path`.

    Parameters
    ----------
    path
        A LinkedIn archive (zip, or the folder it was unpacked to, or its messages.csv), a sending tool's export,
        or a table of one's own with a mapping in `options`.
    hasher
        Under which people are known in the table; see `Hasher.beside`.

    Raises
    ------
    InputError
        Nothing readable is there; one line with file and line, which repeats nothing of what was read.
    """
    source, options = Path(path), options or ReadOptions()
    if source.name.startswith(("~$", ".~lock")):
        raise InputError(
            f"{source}: the lock that an office program keeps while the file is open; give the file itself"
        )
    if source.is_dir() or (
        source.suffix.lower() not in ENDINGS
        and source.is_file()
        and (source.suffix.lower() == ".zip" or zipfile.is_zipfile(source))
    ):
        files = files_of(source)
        if is_archive(files):
            return read_archive(files, hasher, options)
        raise InputError(f"{source}: {_not_an_archive(files)}")
    if not source.exists():
        raise InputError(f"{source}: no such file or folder")
    file = ExportFile(source.parent, source.name, in_zip=False)
    if source.name.lower() in ARCHIVE_FILES and not options.mapping:
        beside = [
            ExportFile(source.parent, item.name, in_zip=False)
            for item in source.parent.iterdir()
            if item.is_file()
        ]
        return read_archive(beside, hasher, options)
    if source.suffix.lower() not in ENDINGS:
        raise InputError(
            f"{source}: neither an archive nor a table; known are a folder, .zip, {', '.join(ENDINGS)}"
        )
    columns, rows = table_of(file)
    return read_export(columns, rows, str(source), hasher, options)


def _not_an_archive(files: list[ExportFile]) -> str:
    """Return what is wrong with a folder or zip that is no LinkedIn archive."""
    names = {PurePosixPath(file.inside).name.lower() for file in files}
    if not names:
        return "is empty"
    if names & {"connections.csv", "profile.csv", "registration.csv", "rich_media.csv"}:
        return (
            "a LinkedIn archive without messages.csv and Invitations.csv; ask LinkedIn for the larger archive, or for "
            "messages and invitations among what you select"
        )
    if any(name.endswith(tuple(ENDINGS)) for name in names):
        return "no LinkedIn archive: no messages.csv or Invitations.csv in it; give a single table by its own path"
    return "another export: no messages.csv and no Invitations.csv in it, as a LinkedIn archive has"
