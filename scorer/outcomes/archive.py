"""Finding the files of an export in a folder or a zip, at whatever depth, without unpacking it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from scorer.errors import InputError


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file of an export.

    Attributes
    ----------
    name
        How messages name it: the export's path, and the path inside it.
    """

    export: Path
    inside: str
    in_zip: bool

    @property
    def name(self) -> str:
        """How messages name the file."""
        return f"{self.export}{'!' if self.in_zip else '/'}{self.inside}"

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open the file for reading as a stream.

        Raises
        ------
        InputError
            It can't be read or is damaged.
        """
        try:
            if not self.in_zip:
                with open(self.export / self.inside, "rb") as file:
                    yield file
                return
            with zipfile.ZipFile(self.export) as archive, archive.open(self.inside) as file:
                yield file
        except RuntimeError:
            raise InputError(f"{self.name}: locked with a password; unpack it and give the folder") from None
        except (zipfile.BadZipFile, NotImplementedError, EOFError):
            raise InputError(f"{self.name}: damaged; download the export again") from None
        except PermissionError:
            raise InputError(
                f"{self.name}: cannot be read; is it open in another program, or not yours to read?"
            ) from None
        except OSError as error:
            raise InputError(f"{self.name}: cannot be read: {error.strerror or 'damaged'}") from None


def files_of(export: Path) -> list[ExportFile]:
    """Return the files in the folder or zip `export`, shallow ones first.

    Raises
    ------
    InputError
        There is no such folder or zip, or it can't be read.
    """
    try:
        if export.is_dir():
            names = [path.relative_to(export).as_posix() for path in export.rglob("*") if path.is_file()]
            in_zip = False
        else:
            with zipfile.ZipFile(export) as archive:
                names = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
            in_zip = True
    except FileNotFoundError:
        raise InputError(f"{export}: no such file or folder") from None
    except zipfile.BadZipFile:
        raise InputError(f"{export}: not a zip file, or one that was not downloaded to its end") from None
    except OSError as error:
        raise InputError(f"{export}: cannot be read: {error.strerror}") from None
    kept = [name for name in names if not _junk(PurePosixPath(name))]
    return [ExportFile(export, name, in_zip) for name in sorted(kept, key=lambda n: (n.count("/"), n))]


def _junk(path: PurePosixPath) -> bool:
    """Tell whether the file is what an operating system or office program left behind."""
    return "__MACOSX" in path.parts or path.name.startswith(("._", "~$", ".~lock"))


def find(files: list[ExportFile], name: str) -> ExportFile | None:
    """Return the shallowest of `files` called `name`, whatever its case; None without one."""
    return next((file for file in files if PurePosixPath(file.inside).name.lower() == name.lower()), None)
