"""Run rules over a measured draft: check, stamp, suppress, de-duplicate, sort."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from scorer.parse.parsed import ParsedDraft
from scorer.rules.base import Context, OptionValue, Rule, RuleWords
from scorer.rules.suppression import Suppressions, unused
from scorer.schema import Finding, Measurement, Severity, Span


@dataclass(frozen=True)
class RuleSettings:
    """Which rules run and how.

    Attributes
    ----------
    select, ignore
        Codes or prefixes of codes; an empty `select` means every rule that is on by default.
    severities
        Code -> severity instead of the rule's own.
    options
        Code -> option -> value instead of the rule's default.
    accepted
        Words, in lower case, that no rule may flag: findings at exactly these are left out.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, OptionValue]] = field(default_factory=dict)
    accepted: frozenset[str] = frozenset()

    def enabled(self, rule: RuleWords) -> bool:
        """Tell whether `rule` runs; the longest matching prefix decides, and ignoring wins a tie."""
        chosen = max(
            (len(key) for key in self.select if rule.code.startswith(key) or key == "ALL"), default=-1
        )
        ignored = max((len(key) for key in self.ignore if rule.code.startswith(key)), default=-1)
        if self.select:
            return chosen > ignored
        return rule.default and ignored < 0


@dataclass(frozen=True, slots=True)
class ActiveRules:
    """The rules that run under some settings, with their options; build once, run on many drafts.

    Attributes
    ----------
    by_kind
        ``draft`` or ``template`` -> the rules for it, in order.
    """

    settings: RuleSettings
    by_kind: Mapping[str, tuple[tuple[Rule, Mapping[str, OptionValue]], ...]]

    @classmethod
    def of(cls, rules: Iterable[Rule], settings: RuleSettings | None = None) -> ActiveRules:
        """Return those of `rules` that run under `settings`, the defaults without."""
        settings = settings or RuleSettings()
        ready = []
        for rule in rules:
            if settings.enabled(rule):
                given = settings.options.get(rule.code, {})
                options = {name: given.get(name, option.default) for name, option in rule.options.items()}
                ready.append((rule, options))
        by_kind = {
            kind: tuple((rule, options) for rule, options in ready if kind in rule.kinds)
            for kind in ("draft", "template")
        }
        return cls(settings, by_kind)


def run(
    rules: ActiveRules, parsed: ParsedDraft, measurements: Mapping[str, Measurement]
) -> tuple[Finding, ...]:
    """Return the findings of `rules` in `parsed`, by place, those without a place last.

    Findings that a comment in the draft suppresses are left out, as are repeated ones of one rule at one place.
    """
    settings = rules.settings
    ran = rules.by_kind[parsed.kind]
    suppressions = Suppressions.of(parsed)
    seen: set[tuple[str, object]] = set()
    findings: list[Finding] = []
    silenced: list[Finding] = []
    for finding in _found(ran, settings, parsed, measurements):
        key = (finding.code, finding.span)
        if key in seen:
            continue
        if suppressions.covers(finding):
            silenced.append(finding)
            continue
        if settings.accepted and finding.span and finding.span.of(parsed.draft).lower() in settings.accepted:
            continue
        seen.add(key)
        findings.append(finding)
    findings = _yielded(ran, findings)
    if parsed.body.folded.comments:
        findings += _needless(ran, parsed, settings, suppressions, silenced)
    return tuple(sorted(findings, key=_order))


_Ran = Sequence[tuple[Rule, Mapping[str, OptionValue]]]


def _found(
    rules: _Ran, settings: RuleSettings, parsed: ParsedDraft, measurements: Mapping[str, Measurement]
) -> Iterator[Finding]:
    plain = Context(measurements, {})
    for rule, options in rules:
        for hit in rule.check(parsed, Context(measurements, options) if options else plain):
            yield Finding(
                code=rule.code,
                name=rule.name,
                family=rule.scored_family,
                severity=settings.severities.get(rule.code) or hit.severity or rule.severity,
                message=hit.message or rule.message,
                span=hit.span,
                fix=hit.fix,
            )


def _yielded(rules: _Ran, findings: Sequence[Finding]) -> list[Finding]:
    """Leave out the findings whose rule gives way to another one that fired."""
    fired = {finding.code for finding in findings}
    stronger = {rule.code: rule.yields_to for rule, _ in rules if rule.yields_to and rule.code in fired}
    if not stronger:
        return list(findings)
    return [
        finding
        for finding in findings
        if not any(code.startswith(stronger.get(finding.code, ())) for code in fired - {finding.code})
    ]


def _needless(
    rules: _Ran,
    parsed: ParsedDraft,
    settings: RuleSettings,
    suppressions: Suppressions,
    silenced: Sequence[Finding],
) -> Iterator[Finding]:
    """Yield a finding for each suppression comment that silences nothing; only the runner can know."""
    from scorer.rules.comments import UNUSED_SUPPRESSION, known_codes

    ran = [each.code for each, _ in rules]
    if UNUSED_SUPPRESSION.code not in ran:
        return
    rule = UNUSED_SUPPRESSION
    found = unused(
        parsed.draft.text,
        suppressions.items,
        silenced,
        ran,
        known_codes(),
        all_ran=not settings.select and not settings.ignore,
    )
    for (start, end), message in found:
        severity = settings.severities.get(rule.code) or rule.severity
        yield Finding(rule.code, rule.name, rule.scored_family, severity, message, Span(start, end))


def _order(finding: Finding) -> tuple[bool, str, int, int, str]:
    span = finding.span
    if span is None:
        return True, "", 0, 0, finding.code
    return False, span.where, span.start, span.end, finding.code
