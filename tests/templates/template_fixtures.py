"""Templates written for the tests, by dialect."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "fixtures"


@dataclass(frozen=True)
class Fixture:
    dialect: str
    text: str
    names: tuple[str, ...]
    wordings: int = 1
    fallbacks: tuple[str, ...] = ()
    broken: str | None = None


def read_fixtures() -> list[Fixture]:
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            text, _, rest = line.rpartition(" => ")
            rest, _, broken = rest.partition("!")
            words = rest.split()
            found.append(
                Fixture(
                    path.stem,
                    text.replace("\\n", "\n"),
                    tuple(w for w in words if w[:2] != "f:" and not (w[0] == "x" and w[1:].isdigit())),
                    next((int(w[1:]) for w in words if w[0] == "x" and w[1:].isdigit()), 1),
                    tuple(w[2:] for w in words if w[:2] == "f:"),
                    broken or None,
                )
            )
    return found


FIXTURES = read_fixtures()
