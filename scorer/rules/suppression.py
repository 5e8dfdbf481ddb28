"""Suppression comments in a draft: ``<!-- score-draft: ignore PER001 -->`` and its relatives.

``ignore CODES`` silences codes on the line it stands on (or the next line, when it is alone on its line);
``disable CODES`` … ``enable CODES`` between the two; ``ignore-file CODES`` everywhere. No codes means all.
Findings without a place listen to ``ignore-file`` only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from scorer.parse.parsed import ParsedDraft
from scorer.schema import Finding

_DIRECTIVE = re.compile(
    r"<!--\s*score-draft:\s*(?P<verb>ignore-file|ignore-next|ignore|disable|enable)\b[ :]*(?P<codes>[A-Za-z0-9 ,]*?)\s*-->"
)
_ANY = re.compile(r"<!--\s*score-draft:[^\n]{0,200}?-->")


@dataclass(frozen=True, slots=True)
class Suppression:
    """Codes (prefixes; empty means all) silenced in ``[start, end)`` of the given text; `whole` everywhere.

    `at` is where the comment stands; an `idle` one enables what is not disabled.
    """

    start: int
    end: int
    codes: tuple[str, ...]
    whole: bool = False
    at: tuple[int, int] = (0, 0)
    idle: bool = False

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


def unused(
    text: str,
    items: Sequence[Suppression],
    silenced: Sequence[Finding],
    ran: Collection[str],
    known: Collection[str],
    *,
    all_ran: bool,
) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the place and the message of each comment in `text` that is good for nothing.

    Parameters
    ----------
    items, silenced
        The suppressions, and the findings that they silenced.
    ran, known
        Codes of the rules that ran, and of all rules; a comment for a rule that did not run may be needed.
    all_ran
        Whether a comment without codes can be judged.
    """
    understood = {match.start() for match in _DIRECTIVE.finditer(text)}
    for match in _ANY.finditer(text):
        if match.start() not in understood:
            yield match.span(), "This comment is not understood: write ignore, disable or enable, then codes."
    for item in items:
        if item.idle:
            what = " ".join(item.codes) or "this comment"
            yield item.at, f"Nothing is disabled here that {what} would enable: take it out."
            continue
        here = [finding.code for finding in silenced if item.covers(finding)]
        if not item.codes:
            if all_ran and not here:
                yield item.at, "This comment silences nothing: take it out."
            continue
        for code in item.codes:
            rules = [name for name in known if name.startswith(code)]
            if not rules:
                yield item.at, f"No rule is called {code}: correct the code or take it out."
            elif set(rules) & set(ran) and not any(name.startswith(code) for name in here):
                yield item.at, f"Nothing is left that {code} would silence: take it out of the comment."


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
            # One by one, for they may be enabled one by one.
            open_since += [(match.start(), (code,), at) for code in codes] or [(match.start(), (), at)]
        else:
            closing = [item for item in open_since if not codes or "".join(item[1]).startswith(codes)]
            items += [Suppression(start, match.start(), known, at=where) for start, known, where in closing]
            open_since = [item for item in open_since if item not in closing]
            needless = tuple(
                code for code in codes if not any("".join(c[1]).startswith(code) for c in closing)
            )
            if needless or not closing:
                items.append(Suppression(0, 0, needless, at=at, idle=True))
    items += [Suppression(start, len(text), codes, at=at) for start, codes, at in open_since]
    return items


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
