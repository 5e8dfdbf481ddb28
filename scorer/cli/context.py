"""The options that several commands share, and the drafts and settings they make."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from scorer.drafts import DraftFile, person_from_words, read_draft
from scorer.errors import InputError, did_you_mean
from scorer.schema import ACCOUNTS, CHANNELS, KINDS, PURPOSES, STAGES, Draft

if TYPE_CHECKING:
    from scorer.config import Config
    from scorer.pipeline import Scorer
    from scorer.schema import Kind as DraftKind

# What drafts that come from no file are called in messages.
NAMELESS = ("--text", "<stdin>")


def _choice(words: str, values: Sequence[str]) -> Any:
    return typer.Option(
        help=f"{words}: {', '.join(values)}.",
        show_default=False,
        metavar="NAME",
        autocompletion=completion(values),
    )


def completion(values: Sequence[str]) -> Callable[[str], list[str]]:
    """Return what a shell asks for the values that begin as typed."""
    return lambda incomplete: [value for value in values if value.startswith(incomplete)]


def format_option(formats: Sequence[str]) -> Any:
    """Return the option ``--format`` with these names."""
    return typer.Option(
        "--format",
        "-f",
        help=f"One of {', '.join(formats)}.",
        metavar="NAME",
        autocompletion=completion(formats),
    )


FAIL_ON = ("error", "warning", "hint", "never")
TextOrJson = Annotated[str, typer.Option("--format", "-f", help="text or json.", metavar="NAME")]
MinScore = Annotated[
    float | None,
    typer.Option("--min-score", help="Exit with 1 when a draft scores less or is refused.", metavar="POINTS"),
]
FailOn = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        help=f"Exit with 1 for findings this bad: {', '.join(FAIL_ON)}.",
        metavar="SEVERITY",
        autocompletion=completion(FAIL_ON),
    ),
]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 whatever was found.")]
Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="DRAFT...",
        help="Text, Markdown, TOML or JSON files; - is standard input.",
        show_default=False,
    ),
]
Text = Annotated[
    str | None, typer.Option("--text", help="The draft itself instead of a file.", metavar="WORDS")
]
Subject = Annotated[
    str | None, typer.Option("--subject", help="Subject line of an InMail or e-mail.", metavar="WORDS")
]
Channel = Annotated[str | None, _choice("Where it goes", CHANNELS)]
Stage = Annotated[str | None, _choice("First message or not", STAGES)]
Purpose = Annotated[str | None, _choice("What it is for", PURPOSES)]
Account = Annotated[str | None, _choice("Your LinkedIn account", ACCOUNTS)]
Kind = Annotated[str | None, _choice("What it is", KINDS)]
To = Annotated[
    str | None,
    typer.Option("--to", help='The reader: "Priya Shah, Staff Engineer at Datadog".', metavar="PERSON"),
]
From = Annotated[str | None, typer.Option("--from", help="The writer, likewise.", metavar="PERSON")]
Degree = Annotated[
    str | None,
    typer.Option("--degree", help="Degree of connection to the reader: 1, 2 or 3.", metavar="NUMBER"),
]
Previous = Annotated[
    list[str] | None,
    typer.Option(
        "--previous", help="File with the earlier message; repeat for more, oldest first.", metavar="FILE"
    ),
]
StdinFilename = Annotated[
    str | None,
    typer.Option(
        "--stdin-filename",
        help="What to call standard input; its ending tells how to read it.",
        metavar="NAME",
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option("--select", help="Run only these rules: codes, prefixes or names.", metavar="CODES"),
]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", help="Leave these rules out.", metavar="CODES")]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="Settings file instead of the project's.", metavar="FILE")
]
NoConfig = Annotated[bool, typer.Option("--no-config", help="Read no settings file.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.", metavar="FILE")]
Color = Annotated[str, typer.Option("--color", help="auto, always or never.", metavar="WHEN")]


def checked_choice(option: str, value: str | None, choices: Sequence[str]) -> str | None:
    """Return `value` if it is one of `choices` or None.

    Raises
    ------
    InputError
        It is not; names the option, what it may be, and the nearest.
    """
    if value is None or value in choices:
        return value
    raise InputError(f"{option} must be one of {', '.join(choices)}{did_you_mean(value, choices)}")


def split_codes(values: Sequence[str] | None) -> list[str] | None:
    """Return the codes in repeated or comma-separated option values; None when none was given."""
    if not values:
        return None
    return [code for value in values for code in value.replace(",", " ").split()]


def settings(
    *,
    config_file: Path | None,
    no_config: bool,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    **others: Any,
) -> Config:
    """Return the settings in force, with what the command line says on top."""
    from scorer.config import load_config

    overrides = {"select": split_codes(select), "ignore": split_codes(ignore)}
    overrides |= {key.replace("_", "-"): value for key, value in others.items()}
    return load_config(config_file=config_file, isolated=no_config, overrides=overrides)


def draft_context(
    *,
    subject: str | None = None,
    channel: str | None = None,
    stage: str | None = None,
    purpose: str | None = None,
    account: str | None = None,
    kind: str | None = None,
    to: str | None = None,
    sender: str | None = None,
    degree: str | None = None,
    previous: Sequence[str] | None = None,
) -> dict[str, Any]:
    """Return the fields of a draft that the command line gives."""
    context: dict[str, Any] = {
        "subject": subject,
        "channel": checked_choice("--channel", channel, CHANNELS),
        "stage": checked_choice("--stage", stage, STAGES),
        "purpose": checked_choice("--purpose", purpose, PURPOSES),
        "account": checked_choice("--account", account, ACCOUNTS),
        "kind": checked_choice("--kind", kind, KINDS),
        "recipient": None if to is None else person_from_words(to),
        "sender": None if sender is None else person_from_words(sender),
        "previous": [read_draft(path).values["text"] for path in previous] if previous else None,
    }
    if degree is not None:
        checked_choice("--degree", degree, ("1", "2", "3"))
        context["recipient"] = {**(context["recipient"] or {}), "degree": int(degree)}
    if context["previous"] and stage is None:
        context["stage"] = "follow_up"
    return {key: value for key, value in context.items() if value is not None}


def read_all(paths: Sequence[str] | None, text: str | None, stdin_name: str | None) -> list[DraftFile]:
    """Return the drafts given as files, standard input or words; all are read before any is scored.

    Raises
    ------
    InputError
        Nothing was given, both files and words were, or a file can't be read.
    """
    if text is not None:
        if paths:
            raise InputError("--text and files exclude each other; give one of them")
        return [DraftFile({"text": text}, "--text")]
    if not paths:
        if sys.stdin.isatty():
            raise InputError("no draft given; name a file, give --text, or - for standard input")
        paths = ["-"]
    return [read_draft(path, stdin_name=stdin_name) for path in paths]


def as_draft(file: DraftFile, context: Mapping[str, Any], config: Config) -> Draft:
    """Return the draft of `file`: the command line beats the file, the file beats the settings."""
    defaults: dict[str, Any] = {"channel": config.channel, "account": config.account}
    if file.name not in NAMELESS:
        defaults["id"] = file.name
    if "degree" in context.get("recipient", {}) and len(context["recipient"]) == 1:
        known = file.values.get("recipient")
        context = {
            **context,
            "recipient": {**(known if isinstance(known, dict) else {}), **context["recipient"]},
        }
    draft = file.draft(context, defaults)
    if config.kind != "auto" and draft.kind is None:
        from scorer.library.sources import is_unfilled

        if is_unfilled(draft):
            return replace(draft, kind=cast("DraftKind", config.kind))
    return draft


def load_scorer(config: Config) -> Scorer:
    """Return the scorer that commands use."""
    from scorer.pipeline import Scorer

    scorer = Scorer.load(config=config)
    gc.freeze()
    gc.enable()
    return scorer
