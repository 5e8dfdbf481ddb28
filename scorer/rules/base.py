"""What a rule is: plain data with a check, its reasons and its examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from scorer.parse.parsed import ParsedDraft
from scorer.schema import Draft, Fix, Measurement, Severity, Span

OptionValue = float | int | bool | str


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule fires; no span for something that is missing.

    Attributes
    ----------
    message
        Replaces the rule's own message where the place has more to say.
    """

    span: Span | None = None
    message: str | None = None
    fix: Fix | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """A setting of a rule: default and one line of meaning."""

    default: OptionValue
    summary: str


@dataclass(frozen=True, slots=True)
class Bad:
    """A draft that the rule must flag.

    Attributes
    ----------
    flags
        The exact words flagged, in order; None for a finding without a place.
    fixed
        The text after the fix, where the rule offers one.
    """

    draft: Draft
    flags: str | None
    fixed: str | None = None


@dataclass(frozen=True, slots=True)
class Good:
    """A near miss that the rule must leave alone, with the reason."""

    draft: Draft
    because: str


@dataclass(frozen=True)
class Context:
    """What a check may read besides the parsed draft."""

    measurements: Mapping[str, Measurement]
    options: Mapping[str, OptionValue] = field(default_factory=dict)

    def value(self, name: str) -> float:
        """Return the value of feature `name`, NaN when undefined."""
        return self.measurements[name].value

    def number(self, option: str) -> float:
        """Return a numeric option."""
        return float(self.options[option])


Check = Callable[[ParsedDraft, Context], Iterable[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWords:
    """All that there is to tell of a rule: what it finds, why it matters, and with which examples.

    Attributes
    ----------
    code, name
        Stable identity: ``PER001`` and a readable slug. Codes are never reused.
    summary
        One line: what is found.
    why
        Why it matters to the reader of the message.
    evidence
        Ids of the evidence base; empty is shown as house judgement.
    message
        What the writer is told; says what to do.
    scored_family
        The score family the finding counts in; FUP rules feed the family they concern, SAF rules cap the score.
    kinds
        Whether the rule applies to drafts, templates or both.
    bad, good
        At least two examples each, most instructive first; executed as tests.
    default
        Whether the rule is on unless selected.
    """

    code: str
    name: str
    summary: str
    why: str
    message: str
    severity: Severity
    scored_family: Literal["personalization", "length", "spam", "ask", "tone", "safety"]
    bad: tuple[Bad, ...]
    good: tuple[Good, ...]
    evidence: tuple[str, ...] = ()
    options: Mapping[str, Option] = field(default_factory=dict)
    kinds: tuple[Literal["draft", "template"], ...] = ("draft", "template")
    aliases: tuple[str, ...] = ()
    default: bool = True

    @property
    def prefix(self) -> str:
        """The family prefix of the code, ``PER``."""
        return self.code[:3]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(RuleWords):
    """One thing that can be wrong with a draft.

    Attributes
    ----------
    reads
        Names of the features the check looks at.
    yields_to
        Codes of rules, or their beginnings, that say the same more exactly: where one of them fires, this one is silent.
    """

    check: Check
    reads: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()
