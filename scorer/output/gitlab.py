"""Code Quality report of GitLab: a list of issues for the widget of a merge request."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from scorer.offsets import LineIndex
from scorer.output.base import Item, Style, headline
from scorer.schema import Severity

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.HINT: "info"}


def render(items: Iterable[Item], style: Style) -> Iterator[str]:
    """Yield one list; a draft that does not pass is an issue of its own."""
    issues = [issue for item in items for issue in _issues(item)]
    seen: Counter[object] = Counter()
    for issue in issues:  # rows with the same name and words
        seen[issue["fingerprint"]] += 1
        if (again := seen[issue["fingerprint"]]) > 1:
            issue["fingerprint"] = _digest(f"{issue['fingerprint']}\0{again}")
    yield json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _issues(item: Item) -> Iterator[dict[str, object]]:
    lines = LineIndex(item.text)
    if item.gate:
        line = item.row or item.first_line or 1
        yield _issue(item, "score-draft", "gate", f"{headline(item)}; {item.gate}", "major", line)
    for finding, fingerprint in zip(item.report.findings, item.fingerprints(), strict=True):
        severity = _SEVERITIES[finding.severity]
        line = item.line(finding, lines)
        yield _issue(item, f"{finding.code} {finding.name}", fingerprint, finding.message, severity, line)


def _issue(
    item: Item, check: str, fingerprint: str, description: str, severity: str, line: int
) -> dict[str, object]:
    """Return one issue; GitLab wants fingerprints unique in the whole report, so the draft is part of it."""
    draft = item.name
    if item.row is not None:
        draft = f"{item.path}\0{item.sheet or ''}\0{item.report.draft.id}\0{item.text}"
    return {
        "description": description,
        "check_name": check,
        "fingerprint": _digest(f"{draft}\0{fingerprint}"),
        "severity": severity,
        "location": {"path": PurePath(item.path or item.name).as_posix(), "lines": {"begin": line}},
    }


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
