"""``score-draft config``: the settings in force, and their schema."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from scorer.cli import context as options
from scorer.cli.streams import write

app = typer.Typer(
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    help="Show the settings in force, or their schema.",
)


@app.command(help="Print the settings in force as TOML.")
def show(
    origin: Annotated[bool, typer.Option("--origin", help="Say where each value comes from.")] = False,
    format_name: options.TextOrJson = "text",
    select: options.Select = None,
    ignore: options.Ignore = None,
    config_file: options.ConfigFile = None,
    no_config: options.NoConfig = False,
) -> None:
    """Print each setting with its value."""
    options.checked_choice("--format", format_name, ("text", "json"))
    config = options.settings(config_file=config_file, no_config=no_config, select=select, ignore=ignore)
    if format_name == "json":
        data = {
            key: {"value": value, "origin": config.origins[key]} if origin else value
            for key, value in config.settings.items()
        }
        write([json.dumps(data, ensure_ascii=False, indent=2) + "\n"], None)
        return
    lines = [(f"{key} = {_toml(value)}", config.origins[key]) for key, value in config.settings.items()]
    width = max(len(line) for line, _ in lines)
    write((f"{line:<{width}}  # {where}\n" if origin else f"{line}\n" for line, where in lines), None)


@app.command(help="Print the JSON Schema of a settings file, for editors.")
def schema() -> None:
    """Print the schema."""
    from scorer.config import json_schema

    write([json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"], None)


def _toml(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)
