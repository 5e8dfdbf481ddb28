"""What every format is given: a report with where its draft came from, and how to draw."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scorer.offsets import LineIndex
from scorer.schema import Finding, ResponseEstimate, ScoreReport, Severity

REASONS: Mapping[str, str] = {
    "empty": "there is nothing in it",
    "too_short": "it has too few words to judge",
    "no_words": "it holds no words",
    "not_english": "it is not in English",
    "mostly_quoted": "most of it is quoted",
}
FAMILY_TITLES: Mapping[str, str] = {
    "personalization": "personalization",
    "length": "length",
    "spam": "free of spam",
    "ask": "ask clarity",
    "tone": "tone",
    "safety": "safety",
}


@dataclass(frozen=True, slots=True)
class Style:
    """How to draw: cells per line (at least 60), whether to use colour, whether to be brief."""

    width: int = 80
    colour: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A report with the place its draft came from.

    Attributes
    ----------
    path
        The file; None for literal text and standard input.
    first_line
        The line of the file on which the text begins; None where its lines are not the file's.
    gate
        Why the draft did not pass, when a limit was set and it did not.
    first_column
        The column of that line at which the text begins.
    row
        The line or row of a table that holds the draft; None where the draft is a file of its own.
    sheet
        The sheet of the workbook, where several hold drafts.
    fails_on
        The least severity of a finding with which the draft does not pass; None: none does.
    """

    report: ScoreReport
    path: str | None = None
    first_line: int | None = 1
    gate: str | None = None
    first_column: int = 1
    row: int | None = None
    sheet: str | None = None
    fails_on: Severity | None = Severity.WARNING

    @property
    def name(self) -> str:
        """What people call this draft: its file (with sheet and row), its id, or ``draft``."""
        if self.path and self.row is not None:
            sheet = "" if self.sheet is None else f"[{self.sheet}]"
            return f"{self.path}{sheet}:{self.row}"
        return self.path or self.report.draft.id or "draft"

    @property
    def text(self) -> str:
        """The text the report is on."""
        return self.report.source.text if self.report.source else ""

    def words_of(self, finding: Finding) -> str:
        """Return the words that `finding` points at; empty for something missing."""
        if finding.span is None or self.report.source is None:
            return ""
        return finding.span.of(self.report.source)

    def place(self, finding: Finding, lines: LineIndex) -> tuple[int, int, int, int] | None:
        """Return first line and column, last line and column (past the end) in the file, or None."""
        span = finding.span
        if span is None or span.where != "text" or self.first_line is None or self.row is not None:
            return None
        (line, column), (end_line, end_column) = lines.position(span.start), lines.position(span.end)
        shift, indent = self.first_line - 1, self.first_column - 1
        column += indent if line == 1 else 0
        end_column += indent if end_line == 1 else 0
        return line + shift, column, end_line + shift, end_column

    def line(self, finding: Finding, lines: LineIndex) -> int:
        """Return the line or row of the file to show for `finding`; where the draft begins if it has none."""
        place = self.place(finding, lines)
        return place[0] if place else self.row or self.first_line or 1

    def fingerprints(self) -> list[str]:
        """Return a fingerprint for each finding: its rule and words, counted, so that it outlives moved lines.

        Those of a table's rows tell the drafts apart too, for they share the file.
        """
        draft = "" if self.row is None else f"{self.sheet or ''}{self.report.draft.id}\0"
        seen: Counter[str] = Counter()
        made = []
        for finding in self.report.findings:
            key = f"{draft}{finding.code}\0{' '.join(self.words_of(finding).casefold().split())}"
            seen[key] += 1
            made.append(hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest()[:32])
        return made


def refusal_words(report: ScoreReport) -> str:
    """Return why a refused draft has no number, for people."""
    return REASONS.get(report.reason or "", report.reason or "")


def worst_first(findings: Sequence[Finding]) -> list[Finding]:
    """Return `findings` with errors first, each severity in the order given."""
    return sorted(findings, key=lambda finding: -finding.severity.rank)


def headline(item: Item) -> str:
    """Return one line: score and band, or the refusal."""
    report = item.report
    if report.score is None:
        return f"not scored: {refusal_words(report)}"
    return f"{report.score:.1f} of 100, {report.band}"


def response_words(response: ResponseEstimate) -> str:
    """Return a response estimate, or why there is none, for people."""
    of = f"of those {response.denominator}"
    if response.estimate is None or response.low is None or response.high is None:
        return f"no estimate, {response.reason}; {response.base_rate:.0%} {of} were answered there"
    words = f"{response.estimate:.0%} {of} for drafts like this"
    interval = f"95 % interval {response.low:.0%} to {response.high:.0%}"
    return f"{words} ({interval}); {response.base_rate:.0%} of all it learnt from"


def gain_words(gain: float, kind: str) -> str:
    """Return a suggestion's gain: measured with a decimal, estimated as a round number marked as such."""
    return f"+{gain:.1f} measured" if kind == "measured" else f"about +{max(1, round(gain))} estimated"


LEVELS: Mapping[Severity, str] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}
