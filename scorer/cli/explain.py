"""``score-draft explain``: all there is to know of a rule."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from scorer.cli import context as options
from scorer.cli.streams import write
from scorer.errors import ConfigError, did_you_mean

if TYPE_CHECKING:
    from scorer.rules import RuleWords
    from scorer.schema import Draft

SHOWN_EXAMPLES = 2


def _codes(incomplete: str) -> list[tuple[str, str]]:
    from scorer.rules import ALL_RULES

    return [(rule.code, rule.summary) for rule in ALL_RULES if rule.code.startswith(incomplete.upper())]


app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(help="Explain a rule: why it matters, examples, options, and the evidence with its grade.")
def explain(
    code: Annotated[
        str,
        typer.Argument(
            metavar="CODE",
            help="A code such as ASK003, or a rule's name.",
            show_default=False,
            autocompletion=_codes,
        ),
    ],
    format_name: options.TextOrJson = "text",
) -> None:
    """Explain one rule."""
    from scorer.rules import ALL_RULES, by_code

    options.checked_choice("--format", format_name, ("text", "json"))
    rule = by_code(code)
    if rule is None:
        near = did_you_mean(code, [name for known in ALL_RULES for name in (known.code, known.name)])
        raise ConfigError(f"unknown rule{near or '; see: score-draft rules'}")
    if format_name == "json":
        from scorer.cli.rules import as_dict
        from scorer.config import Config
        from scorer.evidence import evidence
        from scorer.rules.measured import measured

        data = as_dict(rule, Config())
        data["evidence"] = [
            {"id": key, "grade": evidence()[key].grade, "line": evidence()[key].line} for key in rule.evidence
        ]
        figures = measured().get(rule.code)
        data["measured"] = (
            {"drafts": figures.drafts, "hits": figures.hits, "judged": figures.judged, "right": figures.right}
            if figures
            else None
        )
        write([json.dumps(data, ensure_ascii=False, indent=2) + "\n"], None)
        return
    write((line + "\n" for line in told(rule)), None)


def told(rule: RuleWords) -> Iterator[str]:
    """Yield the explanation of `rule`, line by line."""
    from scorer.evidence import GRADES, evidence
    from scorer.rules.measured import measured

    columns = max(60, min(shutil.get_terminal_size((80, 24)).columns, 100))
    yield f"{rule.code} {rule.name} ({rule.severity.value}, {rule.scored_family})"
    yield from _paragraph(rule.summary, columns)
    yield "\nWhy"
    yield from _paragraph(rule.why, columns, "  ")
    yield "\nWhat it tells the writer"
    yield from _paragraph(rule.message, columns, "  ")
    given = getattr(rule, "given", "")
    yield f"\nFlagged{f', with {given}' if given else ''}"
    for bad in rule.bad[:SHOWN_EXAMPLES]:
        yield from _quoted(bad.draft, columns)
        flags = f"flags “{' '.join(bad.flags.split())}”" if bad.flags else "flags what is missing"
        yield from _paragraph(flags, columns, "      ")
        if bad.fixed is not None:
            yield from _paragraph(f"fixed: {' '.join(bad.fixed.split())}", columns, "      ")
    yield "\nLeft alone"
    for good in rule.good[:SHOWN_EXAMPLES]:
        yield from _quoted(good.draft, columns)
        yield from _paragraph(f"because {good.because}", columns, "      ")
    yield "\nOptions"
    if not rule.options:
        yield "  none"
    for name, option in rule.options.items():
        default = json.dumps(option.default)
        yield from _paragraph(f"{name} = {default}: {option.summary}", columns, "  ")
    yield "\nEvidence"
    if not rule.evidence:
        yield "  house judgement: no study is claimed"
    for key in rule.evidence:
        row = evidence()[key]
        yield from _paragraph(row.line, columns, "  ")
        grades = "; ".join(f"{letter}: {GRADES[letter]}" for letter in row.grade if letter in GRADES)
        yield from _paragraph(f"grade {grades}. {row.source_url}".rstrip(), columns, "    ")
    yield "\nMeasured"
    figures = measured().get(rule.code)
    yield from _paragraph(figures.line if figures else "not measured on drafts", columns, "  ")
    if not rule.default:
        yield "  off unless selected: it was right too seldom"
    yield "\nTo silence it"
    yield f'  in a draft: <!-- score-draft: ignore {rule.code} -->; in the settings: ignore = ["{rule.code}"]'


def _paragraph(words: str, columns: int, indent: str = "") -> list[str]:
    return textwrap.wrap(
        words,
        columns,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _quoted(draft: Draft, columns: int) -> Iterator[str]:
    around = [draft.channel.replace("_", " ")] if draft.channel != "message" else []
    around += ["follow-up"] if draft.stage == "follow_up" else []
    if draft.subject:
        yield from _paragraph(f"Subject: {draft.subject}", columns, "  | ")
    for line in draft.text.splitlines() or [""]:
        yield from _paragraph(line, columns, "  | ") or ["  |"]
    if around:
        yield f"      ({', '.join(around)})"
