"""JUnit XML: one test suite a draft, one case a finding, failed where it fails the draft."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from scorer.offsets import LineIndex
from scorer.output.base import Item, Style, headline
from scorer.schema import Finding

# XML 1.0 allows no other characters, escaped or not.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(items: Iterable[Item], style: Style) -> Iterator[str]:
    """Yield the document, suite by suite."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="score-draft">\n'
    for item in items:
        yield "".join(f"{line}\n" for line in _suite(item))
    yield "</testsuites>\n"


def _suite(item: Item) -> Iterator[str]:
    findings = item.report.findings
    refused = item.report.score is None
    failures = sum(_fails(item, finding) for finding in findings) + bool(item.gate)
    tests = len(findings) + 1
    name = _attribute(item.name)
    counts = f'tests="{tests}" failures="{failures}" errors="0" skipped="{int(refused and not item.gate)}"'
    yield f"  <testsuite name={name} {counts}>"
    yield f'    <testcase classname={name} name="score">'
    if item.gate:
        yield f"      <failure message={_attribute(item.gate)}/>"
    elif refused:
        yield f"      <skipped message={_attribute(headline(item))}/>"
    yield f"      <system-out>{_text(headline(item))}</system-out>"
    yield "    </testcase>"
    lines = LineIndex(item.text)
    for finding in findings:
        yield from _case(item, finding, lines, name)
    yield "  </testsuite>"


def _case(item: Item, finding: Finding, lines: LineIndex, name: str) -> Iterator[str]:
    place = item.place(finding, lines)
    at = f":{place[0]}:{place[1]}" if place else ""
    title = _attribute(f"{finding.code} {finding.name}{at}")
    yield f"    <testcase classname={name} name={title}>"
    if _fails(item, finding):
        yield f'      <failure type="{finding.severity}" message={_attribute(finding.message)}/>'
    else:
        yield f"      <system-out>{_text(finding.message)}</system-out>"
    yield "    </testcase>"


def _fails(item: Item, finding: Finding) -> bool:
    return item.fails_on is not None and finding.severity.rank >= item.fails_on.rank


def _attribute(words: str) -> str:
    return quoteattr(_FORBIDDEN.sub("\ufffd", words))


def _text(words: str) -> str:
    return _FORBIDDEN.sub("\ufffd", words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
