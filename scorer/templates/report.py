"""The report on a template: what its renderings score, what broke, what is wrong and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from scorer.schema import (
    Band,
    Draft,
    DraftFacts,
    Finding,
    RefusalReason,
    Severity,
    Suggestion,
    Versions,
    Where,
)
from scorer.templates.inference import Inference
from scorer.templates.joins import Join
from scorer.templates.recipients import Recipients
from scorer.templates.sampling import Plan
from scorer.templates.swap import SwapTest

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class TemplateFinding:
    """A finding with its place in the template, and the share of the renderings that it was seen in."""

    finding: Finding
    share: float = 1.0

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: a finding as reports have it, and its share."""
        return {**self.finding.to_dict(), "share": round(self.share, 4)}


@dataclass(frozen=True, slots=True)
class RenderingScore:
    """One rendering with its score.

    Attributes
    ----------
    recipient
        What the row is called.
    """

    score: float
    band: Band
    recipient: str
    text: str
    subject: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, ready for JSON."""
        return {
            "score": round(self.score, 1),
            "band": self.band,
            "recipient": self.recipient,
            "subject": self.subject,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Length:
    """The longest rendering of text or subject against the channel's limits.

    Attributes
    ----------
    characters
        As the channel counts them: without white space around and without comments.
    limits
        Account -> most characters; empty where the channel has no limit.
    """

    where: Where
    characters: int
    recipient: str
    text: str
    limits: Mapping[str, int]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, ready for JSON."""
        return {
            "where": self.where,
            "characters": self.characters,
            "recipient": self.recipient,
            "text": self.text,
            "limits": {
                account: {"limit": n, "fits": self.characters <= n} for account, n in self.limits.items()
            },
        }


@dataclass(frozen=True, slots=True)
class BrokenJoin:
    """A broken join with the first rendering that shows it, and the share of renderings that do."""

    join: Join
    where: Where
    recipient: str
    rendering: str
    share: float

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, ready for JSON."""
        join = self.join
        return {
            "kind": join.kind,
            "where": self.where,
            "start": join.start,
            "end": join.end,
            "variables": list(join.names),
            "recipient": self.recipient,
            "rendering": self.rendering,
            "rendered_start": join.rendered_start,
            "rendered_end": join.rendered_end,
            "share": round(self.share, 4),
        }


@dataclass(frozen=True, slots=True)
class VariableUse:
    """A variable of the template.

    Attributes
    ----------
    name, written
        Canonical name; the ways it is written.
    count
        Places where it stands.
    fallback
        Whether every one of them has a fallback.
    filled
        Recipients with a value for it.
    """

    name: str
    written: tuple[str, ...]
    count: int
    fallback: bool
    filled: int

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, ready for JSON."""
        return {
            "name": self.name, "written": list(self.written), "count": self.count,
            "fallback": self.fallback, "filled": self.filled,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class TemplateReport:
    """The verdict on one template.

    Attributes
    ----------
    status, reason
        ``scored``, or ``refused`` with the reason that most renderings were refused for.
    score, band
        Of the median rendering, 0 to 100.
    families
        Those of the median rendering; personalization is kept to what the swap test allows.
    best, median, worst
        Renderings; the worst is what an unlucky reader gets.
    median_interval
        Where the true median score lies with 95 % confidence; a point when all renderings were made.
    wordings
        How many wordings the choices make for one recipient: the fewest and the most.
    scored
        Different renderings that were scored; alike ones count once.
    stand_ins
        Variables for which values were invented, because nothing is known of them.
    findings
        What is wrong, with its place in the template.
    """

    draft: DraftFacts
    versions: Versions
    dialect: Inference
    variables: tuple[VariableUse, ...]
    recipients: Recipients
    plan: Plan
    wordings: tuple[int, int]
    swap: SwapTest
    lengths: tuple[Length, ...]
    joins: tuple[BrokenJoin, ...]
    template_findings: tuple[TemplateFinding, ...]
    status: Literal["scored", "refused"] = "scored"
    reason: RefusalReason | None = None
    score: float | None = None
    band: Band | None = None
    families: Mapping[str, float] = field(default_factory=dict)
    best: RenderingScore | None = None
    median: RenderingScore | None = None
    worst: RenderingScore | None = None
    median_interval: tuple[float, float] | None = None
    scored: int = 0
    refused: int = 0
    stand_ins: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    judged_by: str = ""
    source: Draft | None = field(default=None, repr=False, compare=False)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, with their places in the template."""
        return tuple(item.finding for item in self.template_findings)

    @property
    def worst_severity(self) -> Severity | None:
        """The worst severity among the findings; None without findings."""
        return max((item.severity for item in self.findings), key=lambda s: s.rank, default=None)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, ready for JSON; its shape changes only with `SCHEMA_VERSION`."""
        from dataclasses import asdict

        named = self.dialect.dialect
        return {
            "schema_version": SCHEMA_VERSION,
            "type": "template",
            "versions": asdict(self.versions),
            "status": self.status,
            "reason": self.reason,
            "draft": asdict(self.draft),
            "score": None if self.score is None else round(self.score, 1),
            "band": self.band,
            "judged_by": self.judged_by,
            "families": {name: round(value, 1) for name, value in self.families.items()},
            "scores": {
                name: None if item is None else item.to_dict()
                for name, item in (("best", self.best), ("median", self.median), ("worst", self.worst))
            },
            "median_interval": None
            if self.median_interval is None
            else [round(v, 1) for v in self.median_interval],
            "dialect": {
                "key": named.key if named else None,
                "title": named.title if named else None,
                "confidence": self.dialect.confidence,
                "others": list(self.dialect.others),
            },
            "variables": [item.to_dict() for item in self.variables],
            "renderings": {
                **self.plan.to_dict(),
                "wordings": list(self.wordings),
                "recipients": len(self.recipients.rows),
                "recipients_from": self.recipients.source,
                "scored": self.scored,
                "refused": self.refused,
                "stand_ins": list(self.stand_ins),
            },
            "lengths": [item.to_dict() for item in self.lengths],
            "joins": [item.to_dict() for item in self.joins],
            "swap": self.swap.to_dict(),
            "findings": [item.to_dict() for item in self.template_findings],
            "suggestions": [item.to_dict() for item in self.suggestions],
        }
