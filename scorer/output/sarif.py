"""SARIF 2.1.0: for code scanning and editors.

Columns count Unicode code points, as everything here does. A finding's fingerprint is made of its rule and
the words it points at, so it survives lines moving; the same words twice are told apart by a count.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from scorer.offsets import LineIndex
from scorer.output.base import LEVELS, Item, Style
from scorer.rules import ALL_RULES, RuleWords
from scorer.schema import Finding

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(items: Iterable[Item], style: Style) -> Iterator[str]:
    """Yield one run over all drafts."""
    results: list[dict[str, Any]] = []
    used: set[str] = set()
    version = ""
    for item in items:
        version = item.report.versions.scorer
        used |= {finding.code for finding in item.report.findings}
        results += _results(item)
    rules = [rule for rule in ALL_RULES if rule.code in used]
    index = {rule.code: number for number, rule in enumerate(rules)}
    for result in results:
        if result["ruleId"] in index:
            result["ruleIndex"] = index[result["ruleId"]]
    driver = {"name": "score-draft", "semanticVersion": version, "rules": [_rule(rule) for rule in rules]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    yield (
        json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)
        + "\n"
    )


def _rule(rule: RuleWords) -> dict[str, Any]:
    evidence = ", ".join(rule.evidence) or "house judgement"
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.message}\n\nEvidence: {evidence}. See: score-draft explain {rule.code}"},
        "defaultConfiguration": {"level": LEVELS[rule.severity], "enabled": rule.default},
        "properties": {"tags": [rule.scored_family]},
    }


def _results(item: Item) -> Iterator[dict[str, Any]]:
    lines = LineIndex(item.text)
    for finding, fingerprint in zip(item.report.findings, item.fingerprints(), strict=True):
        result: dict[str, Any] = {
            "ruleId": finding.code,
            "level": LEVELS[finding.severity],
            "message": {"text": finding.message},
            "partialFingerprints": {"codeAndWords/v1": fingerprint},
        }
        if item.path is not None:
            result["locations"] = [_location(item, finding, lines)]
        yield result


def _location(item: Item, finding: Finding, lines: LineIndex) -> dict[str, Any]:
    path = PurePath(item.path or "")
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    place = item.place(finding, lines)
    if item.row is not None:
        physical["region"] = {"startLine": item.row}
    elif place:
        names = ("startLine", "startColumn", "endLine", "endColumn")
        physical["region"] = dict(zip(names, place, strict=True))
    return {"physicalLocation": physical}
