"""``score-draft rules``: list the rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import typer

from scorer.cli import context as options
from scorer.cli.streams import write

if TYPE_CHECKING:
    from scorer.config import Config
    from scorer.rules import RuleWords

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(help="List the rules: code, severity, name, what they find.")
def rules(
    select: options.Select = None,
    ignore: options.Ignore = None,
    format_name: options.TextOrJson = "text",
    output: options.Output = None,
    config_file: options.ConfigFile = None,
    no_config: options.NoConfig = False,
) -> None:
    """List the rules that the settings turn on; without --select all are listed, those off marked so."""
    from scorer.rules import ALL_RULES

    options.checked_choice("--format", format_name, ("text", "json"))
    config = options.settings(config_file=config_file, no_config=no_config, select=select, ignore=ignore)
    shown = [rule for rule in ALL_RULES if not (select or ignore) or config.rules.enabled(rule)]
    if format_name == "json":
        text = json.dumps([as_dict(rule, config) for rule in shown], ensure_ascii=False, indent=2) + "\n"
        write([text], output)
    else:
        write(_table(shown, config), output)


def as_dict(rule: RuleWords, config: Config) -> dict[str, Any]:
    """Return what there is to know of `rule` as plain data."""
    return {
        "code": rule.code,
        "name": rule.name,
        "aliases": list(rule.aliases),
        "family": rule.scored_family,
        "severity": (config.rules.severities.get(rule.code) or rule.severity).value,
        "enabled": config.rules.enabled(rule),
        "summary": rule.summary,
        "why": rule.why,
        "message": rule.message,
        "evidence": list(rule.evidence),
        "options": {
            name: {
                "value": config.rules.options.get(rule.code, {}).get(name, option.default),
                "default": option.default,
                "summary": option.summary,
            }
            for name, option in rule.options.items()
        },
        "kinds": list(rule.kinds),
    }


def _table(shown: list[RuleWords], config: Config) -> Iterator[str]:
    width = max((len(rule.name) for rule in shown), default=0)
    for rule in shown:
        severity = config.rules.severities.get(rule.code) or rule.severity
        off = "" if config.rules.enabled(rule) else "off: "
        yield f"{rule.code}  {severity.value:<7}  {rule.name:<{width}}  {off}{rule.summary}\n"
