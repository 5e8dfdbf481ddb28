"""What a table is read from: a file on disk, or one inside an archive."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import IO, Protocol

from scorer.errors import InputError


class TableFile(Protocol):
    """A file that can be opened again and again."""

    @property
    def name(self) -> str:
        """How messages name it; it ends as the file does."""

    def open(self) -> AbstractContextManager[IO[bytes]]:
        """Open it for reading."""


def shown(path: str) -> str:
    """Return `path` as messages and outputs show it: bytes that are no text and line breaks replaced."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in path)


@dataclass(frozen=True, slots=True)
class DiskFile:
    """A file on disk, named by its path."""

    path: str

    @property
    def name(self) -> str:
        """How messages name it."""
        return shown(self.path)

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open it for reading.

        Raises
        ------
        InputError
            It can't be read.
        """
        try:
            with open(self.path, "rb") as file:
                yield file
        except OSError as error:
            raise InputError(f"{self.name}: cannot be read: {error.strerror or 'unknown reason'}") from None
