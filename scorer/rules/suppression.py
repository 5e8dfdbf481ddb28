"""Suppression comments in a draft: ``<!-- score-draft: ignore PER001 -->`` and its relatives.

``ignore CODES`` silences codes on the line it stands on (or the next line, when it is alone on its line);
``disable CODES`` … ``enable CODES`` between the two; ``ignore-file CODES`` everywhere. No codes means all.
Findings without a place listen to ``ignore-file`` only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from scorer.parse.parsed import ParsedDraft
from scorer.schema import Finding

_DIRECTIVE = re.compile(
    r"<!--\s*score-draft:\s*(?P<verb>ignore-file|ignore-next|ignore|disable|enable)\b[ :]*(?P<codes>[A-Za-z0-9 ,]*?)\s*-->"
)


@dataclass(frozen=True, slots=True)
class Suppression:
    """Codes (prefixes; empty means all) silenced in ``[start, end)`` of the given text; `whole` everywhere."""

    start: int
    end: int
    codes: tuple[str, ...]
    whole: bool = False
    at: tuple[int, int] = (0, 0)

    def covers(self, finding: Finding) -> bool:
        """Tell whether this comment silences `finding`."""
        if self.codes and not any(finding.code.startswith(code) for code in self.codes):
            return False
        if self.whole:
            return True
        span = finding.span
        return (
            span is not None
            and span.where == "text"
            and span.start < self.end
            and self.start < max(span.end, span.start + 1)
        )


@dataclass(frozen=True, slots=True)
class Suppressions:
    """All suppressions of one draft."""

    items: tuple[Suppression, ...] = ()

    @classmethod
    def of(cls, parsed: ParsedDraft) -> Suppressions:
        """Return the suppressions written in the draft's text."""
        text = parsed.draft.text
        return cls(tuple(parse_directives(text))) if parsed.body.folded.comments else cls()

    def covers(self, finding: Finding) -> bool:
        """Tell whether any comment silences `finding`."""
        return any(item.covers(finding) for item in self.items)


def parse_directives(text: str) -> list[Suppression]:
    """Return the suppressions that the comments in `text` ask for."""
    items: list[Suppression] = []
    open_since: list[tuple[int, tuple[str, ...], tuple[int, int]]] = []
    for match in _DIRECTIVE.finditer(text):
        codes = tuple(code.upper() for code in re.split(r"[ ,]+", match["codes"]) if code)
        verb, at = match["verb"], match.span()
        line_start = text.rfind("\n", 0, match.start()) + 1
        line_end = _line_end(text, match.end())
        alone = not text[line_start : match.start()].strip() and not text[match.end() : line_end].strip()
        if verb == "ignore-file":
            items.append(Suppression(0, len(text), codes, whole=True, at=at))
        elif verb == "ignore-next" or (verb == "ignore" and alone):
            items.append(Suppression(line_end, _line_end(text, line_end + 1), codes, at=at))
        elif verb == "ignore":
            items.append(Suppression(line_start, line_end, codes, at=at))
        elif verb == "disable":
            open_since.append((match.start(), codes, at))
        else:
            closing = [item for item in open_since if not codes or item[1] == codes]
            items += [Suppression(start, match.start(), known, at=where) for start, known, where in closing]
            open_since = [item for item in open_since if item not in closing]
    items += [Suppression(start, len(text), codes, at=at) for start, codes, at in open_since]
    return items


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
