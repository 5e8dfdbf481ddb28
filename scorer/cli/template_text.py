"""What the template commands say: variables and findings of a template, and its renderings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from scorer.cli.template_files import key_of, parsed, place_of
from scorer.errors import InputError

if TYPE_CHECKING:
    from scorer.drafts import DraftFile
    from scorer.schema import Draft, Finding, Where
    from scorer.templates import Inference, Recipients
    from scorer.templates.syntax import Variable


def inspected(
    file: DraftFile,
    draft: Draft,
    inference: Inference,
    used: Sequence[tuple[Variable, Where]],
    found: Sequence[Finding],
) -> dict[str, Any]:
    """Return what `templates inspect` knows of one template, for JSON."""
    from scorer.templates import count

    return {
        "schema_version": 1,
        "id": draft.id or file.name,
        "dialect": {
            "key": key_of(inference), "confidence": inference.confidence, "others": list(inference.others),
        },
        "wordings": [count(part) for part, _ in parsed(draft, inference)],
        "variables": [
            {"name": v.name, "written": v.raw, "fallback": v.fallback, "where": where, "start": v.start, "end": v.end}
            for v, where in used
        ],
        "findings": [item.to_dict() for item in found],
    }  # fmt: skip


def told(
    file: DraftFile,
    draft: Draft,
    inference: Inference,
    used: Sequence[tuple[Variable, Where]],
    found: Sequence[Finding],
) -> Iterator[str]:
    """Yield the lines that `templates inspect` prints on one template."""
    from scorer.templates import count

    named = inference.dialect
    if named is None:
        unread = any(item.code in ("TPL004", "TPL011") for item in found)
        yield f"{file.name}: {'placeholders of no dialect known here' if unread else 'no placeholders'}"
        yield from _findings(file, found)
        return
    sure = f", {inference.confidence:.0%} sure" if inference.confidence < 1 else ""
    yield f"{file.name}: {named.key} ({named.title}){sure}"
    if inference.others:
        yield f"  fits as well: {', '.join(inference.others)}"
    parts = parsed(draft, inference)
    total = 1
    for part, _ in parts:
        total *= count(part)
    yield f"  wordings: {total:,}"
    names: dict[str, list[Variable]] = {}
    for variable, _ in used:
        names.setdefault(variable.name, []).append(variable)
    for name, own in names.items():
        written = ", ".join(dict.fromkeys(v.raw for v in own))
        back = next((v.fallback for v in own if v.fallback is not None), None)
        fallback = f", fallback “{back}”" if back is not None else ""
        yield f"  {name}: {len(own)} time{'' if len(own) == 1 else 's'} as {written}{fallback}"
    yield from _findings(file, found)


def _findings(file: DraftFile, found: Sequence[Finding]) -> Iterator[str]:
    for item in found:
        if item.span is None:
            where = ""
        elif item.span.where == "subject":
            where = f"subject:{item.span.start + 1}: "
        else:
            line, column = place_of(file, item.span.start)
            where = f"{line}:{column}: "
        yield f"  {where}{item.severity.value} {item.code} {item.name}: {item.message}"
        if item.fix is not None:
            yield f"      {'fix' if item.fix.safe else 'unsafe fix'}: {item.fix.title}"


def renderings(
    draft: Draft,
    inference: Inference,
    people: Recipients,
    numbers: Sequence[int],
    wording: int | None,
    seed: int,
    *,
    every: bool,
    count_only: bool,
) -> Iterator[dict[str, Any]]:
    """Yield the asked renderings of `draft` for the recipients with `numbers`."""
    import random

    from scorer.templates import variables
    from scorer.templates.reading import read
    from scorer.templates.rendering import fill
    from scorer.templates.sampling import EXHAUSTIVE

    body, head = (read(part, inference.dialect) for part in (draft.text, draft.subject or ""))
    names = dict.fromkeys(v.name for part in (body, head) for v in variables(part))
    people = people.with_stand_ins(names, draft.sender)
    chance = random.Random(seed)
    made = 0
    for number in numbers:
        texts, heads = fill(body, people.rows[number]), fill(head, people.rows[number])
        total = texts.count * heads.count
        item = {"id": draft.id, "recipient": people.labels[number], "wordings": total}
        if count_only:
            yield item
            continue
        if wording is not None and wording > total:
            raise InputError(f"--wording must be a number from 1 to {total} for {people.labels[number]}")
        made += total if every else 1
        if made > EXHAUSTIVE:
            raise InputError(
                f"--all would make more than {EXHAUSTIVE} renderings; choose with --row and --wording"
            )
        chosen = range(total) if every else [wording - 1 if wording is not None else chance.randrange(total)]
        for index in chosen:
            first, second = divmod(index, texts.count)
            subject = heads.rendering(first).text if draft.subject is not None else None
            yield {**item, "wording": index + 1, "subject": subject, "text": texts.rendering(second).text}


def rendered_text(results: Sequence[dict[str, Any]], *, count_only: bool) -> Iterator[str]:
    """Yield renderings as text, headed where there are several."""
    for number, item in enumerate(results):
        if count_only:
            yield f"{item['recipient']}: {item['wordings']:,}\n"
            continue
        if number:
            yield "\n"
        if len(results) > 1:
            yield f"--- {item['recipient']}, wording {item['wording']:,} of {item['wordings']:,}\n"
        if item["subject"] is not None:
            yield f"Subject: {item['subject']}\n\n"
        yield item["text"] + ("" if item["text"].endswith("\n") else "\n")
