"""Where output goes and how it may look there."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO, cast

from scorer.drafts import write_atomically
from scorer.output import Style

JSON_FORMATS = ("json", "jsonl")


def wants_json(args: Sequence[str]) -> bool:
    """Tell whether the arguments ask for JSON, so that an error is JSON too."""
    following = zip(args, [*args[1:], ""], strict=True)
    return any(
        arg.partition("=")[2] in JSON_FORMATS or value in JSON_FORMATS
        for arg, value in following
        if arg.partition("=")[0] in ("--format", "-f")
    )


def style_of(stream: TextIO, colour: str, *, quiet: bool = False) -> Style:
    """Return how to draw on `stream`.

    Parameters
    ----------
    colour
        ``always``, ``never``, or ``auto``: NO_COLOR forbids it, FORCE_COLOR asks for it, a terminal has it.
    """
    tty = stream.isatty()
    if colour == "auto":
        wanted = not os.environ.get("NO_COLOR") and (
            bool(os.environ.get("FORCE_COLOR")) or (tty and os.environ.get("TERM") != "dumb")
        )
    else:
        wanted = colour == "always"
    return Style(width=max(60, shutil.get_terminal_size((80, 24)).columns), colour=wanted, quiet=quiet)


def write(pieces: Iterable[str], output: Path | None) -> None:
    """Write `pieces` to standard output as they come, or to the file `output` all or nothing."""
    if output is not None:
        write_atomically(output, "".join(pieces).encode("utf-8", "replace"))
        return
    out = cast(TextIO, sys.stdout)
    reconfigure = getattr(out, "reconfigure", None)
    if reconfigure is not None and (out.encoding or "").lower().replace("-", "") != "utf8":
        reconfigure(errors="replace") if out.isatty() else reconfigure(encoding="utf-8")
    for piece in pieces:
        out.write(piece)
    out.flush()
