"""The command line: parse arguments, call, print.

One module a command, each with a `typer.Typer` called ``app``, imported when the command is used. To add one:
a module here and a line in `COMMANDS`.
"""

from __future__ import annotations

import gc
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from scorer.cli.version import version_line

        print(version_line())
        return
    # Nothing that start-up makes is garbage; looking for some costs a twentieth of a cold score.
    gc.disable()
    from scorer.cli.app import app

    app(prog_name="score-draft")
