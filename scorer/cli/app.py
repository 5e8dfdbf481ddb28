"""The frame around all commands: which there are, how they are found, and what an error becomes.

Exit codes: 0 fine; 1 a gate that the user set was not passed; 2 wrong usage, settings or input; 70 an error
of the program itself; 130 interrupted. Errors are one line on standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from scorer.errors import InputError, ScorerError, did_you_mean

# Command -> module and what it does; a module is imported when its command is used.
COMMANDS: dict[str, tuple[str, str]] = {
    "score": ("scorer.cli.score", "Score drafts: what is wrong, where, and what to change first."),
    "fix": ("scorer.cli.fix", "Apply the fixes that keep a draft's meaning."),
    "compare": ("scorer.cli.compare", "Tell which of two drafts is better, and why."),
    "batch": ("scorer.cli.batch", "Score a library: folders, spreadsheets, exports."),
    "check": ("scorer.cli.check", "Check a library: the gate, with or without a baseline."),
    "baseline": ("scorer.cli.baseline", "Keep what is wrong already, so that only what is new fails."),
    "same": ("scorer.cli.same", "Find what a library holds twice."),
    "templates": ("scorer.cli.templates", "Read, convert, fill in and score templates."),
    "outcomes": ("scorer.cli.outcomes", "Learn from your own messages: which were answered."),
    "train": ("scorer.cli.train", "Train a response model on your own outcomes."),
    "effects": ("scorer.cli.effects", "Show which traits of your messages go with replies."),
    "experiment": ("scorer.cli.experiment", "Plan, run and read a trial of message variants."),
    "rules": ("scorer.cli.rules", "List the rules."),
    "explain": ("scorer.cli.explain", "Explain a rule: why, examples, options, evidence."),
    "config": ("scorer.cli.config", "Show the settings in force, or their schema."),
}
DEFAULT_COMMAND = "score"
USAGE, CRASH, INTERRUPTED = 2, 70, 130
_OWN_OPTIONS = frozenset(
    {"--help", "-h", "--version", "-V", "--install-completion", "--show-completion", "--traceback"}
)


class Commands(TyperGroup):
    """A group that imports a command when it is used, and takes anything else for drafts to score."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command called `cmd_name`, or None."""
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(import_module(COMMANDS[cmd_name][0]).app)
        command.name = cmd_name
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the table of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default command in front where none is named."""
        completing = ctx.resilient_parsing and not args
        return super().parse_args(ctx, args if completing else _with_command(args))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, turning every error into one line and an exit code."""
        given = list(sys.argv[1:] if args is None else args)
        show = "--traceback" in given
        try:
            code = super().main(given, "score-draft", complete_var, False, windows_expand_args, **extra)
            sys.stdout.flush()
        except BrokenPipeError:  # the reader has seen enough
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115 (must outlive this call)
            code = 0
        except Exception as error:
            if show:
                import traceback

                traceback.print_exc()
            code = _explained(error, given)
        except KeyboardInterrupt:
            code = INTERRUPTED
        sys.exit(code if isinstance(code, int) else 0)


def _with_command(args: list[str]) -> list[str]:
    """Return `args` with the default command in front, unless they name one or ask about the program."""
    own = next((index for index, arg in enumerate(args) if arg != "--traceback"), len(args))
    rest = args[own:]
    if not rest:
        if sys.stdin.isatty():
            return [*args, "--help"]
    elif rest[0] in COMMANDS or rest[0] in _OWN_OPTIONS:
        return args
    elif rest[0].isalpha() and not os.path.lexists(rest[0]) and (near := did_you_mean(rest[0], COMMANDS)):
        raise InputError(f"no command and no file is called that{near}")
    return [*args[:own], DEFAULT_COMMAND, *rest]


def _explained(error: Exception, args: Sequence[str]) -> int:
    """Print the one line for `error`; return the exit code."""
    if isinstance(error, typer.Abort):
        return INTERRUPTED
    if isinstance(error, ScorerError):
        kind, message, code = type(error).__name__.removesuffix("Error").lower(), str(error), USAGE
    elif hasattr(error, "format_message"):  # the argument parser's own
        kind, message, code = "usage", " ".join(error.format_message().split()), USAGE
    else:
        kind, code = "internal", CRASH
        message = (
            f"internal error ({type(error).__name__}), please report it; run with --traceback to see where"
        )
    from scorer.cli.streams import wants_json

    if wants_json(args):
        from scorer.output.json_format import error as error_json

        print(error_json(kind, message), end="")
    print(f"score-draft: {message}", file=sys.stderr)
    return code


def _version(asked: bool) -> None:
    if asked:
        from scorer.cli.version import version_line

        print(version_line())
        raise typer.Exit


app = typer.Typer(
    cls=Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Score a LinkedIn or outreach draft from 0 to 100, offline: what is wrong, where, and what first.",
    epilog="`score-draft draft.txt` is short for `score-draft score draft.txt`; `-` is standard input. "
    "Exit codes: 0 fine, 1 a gate was not passed, 2 wrong usage, settings or input, 70 internal error.",
)


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option("--version", "-V", help="Show the version and exit.", is_eager=True, callback=_version),
    ] = False,
    traceback: Annotated[
        bool, typer.Option("--traceback", help="Show where an internal error happened.")
    ] = False,
) -> None:
    """Take the options that stand before the command."""
