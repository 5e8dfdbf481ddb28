"""``score-draft fix``: apply the fixes."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from scorer.cli import context as options
from scorer.cli.streams import style_of
from scorer.drafts import DraftFile, write_atomically
from scorer.output.cells import printable
from scorer.schema import Draft, Edit

if TYPE_CHECKING:
    from scorer.pipeline import Scorer
    from scorer.rules.runner import RuleSettings

# A fix may make another rule's fix possible; more rounds than this were never seen to be needed.
MAX_ROUNDS = 5
_DIFF_COLOURS = {"+": "32", "-": "31", "@": "36"}
app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(
    help="Apply the fixes that keep a draft's meaning: in place, or to standard output for standard input."
)
def fix(
    paths: options.Paths = None,
    text: options.Text = None,
    channel: options.Channel = None,
    stage: options.Stage = None,
    kind: options.Kind = None,
    to: options.To = None,
    sender: options.From = None,
    diff: Annotated[bool, typer.Option("--diff", help="Print the changes instead of writing them.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say which fixes would be applied.")
    ] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="Also those that may change the meaning: read the result.")
    ] = False,
    select: options.Select = None,
    ignore: options.Ignore = None,
    config_file: options.ConfigFile = None,
    no_config: options.NoConfig = False,
    stdin_filename: options.StdinFilename = None,
    color: options.Color = "auto",
) -> None:
    """Mend drafts."""
    options.checked_choice("--color", color, ("auto", "always", "never"))
    config = options.settings(config_file=config_file, no_config=no_config, select=select, ignore=ignore)
    context = options.draft_context(channel=channel, stage=stage, kind=kind, to=to, sender=sender)
    files = options.read_all(paths, text, stdin_filename)
    drafts = [options.as_draft(file, context, config) for file in files]
    scorer = options.load_scorer(config)
    colour = style_of(sys.stdout, color).colour
    changed = [
        (file, *mended(scorer, file, draft, config.rules, unsafe=unsafe_fixes))
        for file, draft in zip(files, drafts, strict=True)
    ]
    for file, draft, codes in changed:
        count = f"{len(codes)} fix{'' if len(codes) == 1 else 'es'}"
        listed = f" ({', '.join(dict.fromkeys(codes))})" if codes else ""
        if diff:
            sys.stdout.writelines(_diff(file, draft.text, colour=colour))
        elif dry_run:
            print(f"{file.name}: would apply {count}{listed}")
        elif file.path is None:
            sys.stdout.write(
                file.with_text(draft.text).decode(file.encoding)
                if file.name != "--text"
                else draft.text + "\n"
            )
        elif codes:
            write_atomically(file.path, file.with_text(draft.text))
        if not dry_run:
            print(f"{file.name}: {count}{listed}", file=sys.stderr)


def mended(
    scorer: Scorer, file: DraftFile, draft: Draft, settings: RuleSettings, *, unsafe: bool
) -> tuple[Draft, list[str]]:
    """Return `draft` with its fixes applied until none is left, and the codes of what was applied.

    Only the text is mended: the subject may come from elsewhere than the file.
    """
    from scorer.templates import check as check_template

    codes: list[str] = []
    for _ in range(MAX_ROUNDS):
        report = scorer.score(draft, suggestions=False)
        findings = report.findings
        if report.draft.kind == "template":
            findings += check_template(draft, settings=settings)
        chosen: list[Edit] = []
        for finding in findings:
            if finding.fix is None or not (finding.fix.safe or unsafe):
                continue
            edits = [edit for edit in finding.fix.edits if draft.text[edit.start : edit.end] != edit.text]
            if any(edit.where != "text" or _clashes(edit, other) for edit in edits for other in chosen):
                continue
            if edits:
                chosen += [replace(edit, text=_line_ends(edit.text, file.source)) for edit in edits]
                codes.append(finding.code)
        if not chosen:
            break
        draft = draft.with_edits(chosen)
    return draft, codes


def _clashes(one: Edit, other: Edit) -> bool:
    return one.start == other.start or (one.start < other.end and other.start < one.end)


def _line_ends(text: str, source: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in source else text


def _diff(file: DraftFile, text: str, *, colour: bool) -> Iterator[str]:
    before = (file.source or file.values["text"]).splitlines(keepends=True)
    after = (file.with_text(text)[len(file.bom) :].decode(file.encoding) if file.source else text).splitlines(
        keepends=True
    )
    for line in difflib.unified_diff(before, after, f"{file.name} (before)", f"{file.name} (after)"):
        words = printable(line.rstrip("\r\n"))
        code = _DIFF_COLOURS.get(words[:1]) if colour else None
        yield (f"\x1b[{code}m{words}\x1b[0m" if code else words) + "\n"
