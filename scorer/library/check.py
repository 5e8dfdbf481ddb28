"""The gate: judge a library, compare it with its baseline, say what does not pass and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from scorer.config import Config
from scorer.errors import InputError, ScorerError
from scorer.library.baseline import TOLERANCE, Baseline, Judged, Stale, library_score
from scorer.library.sources import Source
from scorer.output.base import Item
from scorer.output.gate import Gate
from scorer.pipeline import Scorer
from scorer.rules import ALL_RULES
from scorer.rules.comments import UNUSED_SUPPRESSION
from scorer.schema import Finding, ScoreReport, Severity

# How often a template is filled in for the gate: enough for its broken joins and its middle score.
RENDERINGS = 8

# Sources are handed to a worker process in batches of this size.
_BATCH = 32


def judge(
    sources: Iterable[Source | ScorerError],
    scorer: Scorer,
    *,
    n_jobs: int = 1,
    renderings: int = RENDERINGS,
    unreadable: Callable[[ScorerError], None],
) -> Iterator[Judged]:
    """Yield each draft with its report, in order, reading `sources` as it goes.

    What a table's ``ignore`` column silences is left out; a code there that silences nothing is a finding.

    Parameters
    ----------
    n_jobs
        Worker processes; 1 works in this process. The result is the same.
    renderings
        A template is filled in about this often, and judged by the middle one; 0 judges it as it stands.
    unreadable
        Is called with what could not be read.
    """

    def readable() -> Iterator[Source]:
        for source in sources:
            if isinstance(source, Source):
                yield source
            else:
                unreadable(source)

    remaining = readable()
    batches = iter(lambda: list(islice(remaining, _BATCH)), [])
    if n_jobs == 1:
        for batch in batches:
            yield from _judged(batch, scorer, renderings)
        return
    from joblib import Parallel, delayed

    parallel = Parallel(n_jobs=n_jobs, return_as="generator", pre_dispatch="2*n_jobs")
    for done in parallel(delayed(_judged_by_worker)(batch, scorer.config, renderings) for batch in batches):
        yield from done


@cache
def _worker_scorer(config: Config) -> Scorer:
    return Scorer.load(config=config)


def _judged_by_worker(batch: list[Source], config: Config, renderings: int) -> list[Judged]:
    return list(_judged(batch, _worker_scorer(config), renderings))


def _judged(batch: Sequence[Source], scorer: Scorer, renderings: int) -> Iterator[Judged]:
    reports = scorer.score_many((source.draft for source in batch), suggestions=False)
    for source, report in zip(batch, reports, strict=True):
        if report.draft.kind == "template" and renderings:
            report = _filled_in(source, scorer, renderings)
        lean = replace(report, features={}, contributions={}, source=source.draft)
        yield Judged(source, _without_ignored(lean, source, scorer.config))


def _filled_in(source: Source, scorer: Scorer, renderings: int) -> ScoreReport:
    """Return the report on a template as its readers will see it."""
    from scorer.templates import score_template

    made = score_template(scorer, source.draft, limit=renderings, sample=renderings)
    return ScoreReport(
        draft=made.draft,
        versions=made.versions,
        status=made.status,
        reason=made.reason,
        score=made.score,
        band=made.band,
        families=made.families,
        findings=made.findings,
        judged_by=made.judged_by,
    )


def _without_ignored(report: ScoreReport, source: Source, config: Config) -> ScoreReport:
    if not source.ignore:
        return report
    codes = source.ignore
    kept = [finding for finding in report.findings if not finding.code.startswith(codes)]
    if config.rules.enabled(UNUSED_SUPPRESSION):
        kept += [_needless(code, config) for code in codes if _is_needless(code, report, config)]
    return replace(report, findings=tuple(kept))


def _is_needless(code: str, report: ScoreReport, config: Config) -> bool:
    ran = [rule.code for rule in ALL_RULES if config.rules.enabled(rule) and rule.code.startswith(code)]
    known = any(rule.code.startswith(code) for rule in ALL_RULES)
    return (bool(ran) or not known) and not any(f.code.startswith(code) for f in report.findings)


def _needless(code: str, config: Config) -> Finding:
    rule = UNUSED_SUPPRESSION
    severity = config.rules.severities.get(rule.code) or rule.severity
    message = f"The ignore column names {code}, which silences nothing here: take it out."
    return Finding(rule.code, rule.name, rule.scored_family, severity, message)


@dataclass(frozen=True, slots=True)
class Result:
    """What the gate found: the drafts with what is new in them, and the verdict on the whole."""

    items: tuple[Item, ...]
    gate: Gate


def check(
    judged: Sequence[Judged],
    config: Config,
    baseline: Baseline | None = None,
    *,
    no_worse: bool = False,
    show: Severity = Severity.HINT,
    unreadable: Sequence[str] = (),
) -> Result:
    """Return which of `judged` pass the limits in `config`, only what is new counting with a `baseline`.

    Parameters
    ----------
    no_worse
        The library's mean score must not have fallen since the baseline.
    show
        The least severity that is handed on; a draft under the score limit keeps all its findings.
    unreadable
        What could not be read, a line each.

    Raises
    ------
    InputError
        Scores are to be compared that different models made.
    """
    versions = judged[0].report.versions if judged else None
    comparable = baseline is None or baseline.comparable(versions)
    if no_worse and not comparable:
        raise InputError(
            "the baseline's scores come from other models and do not compare; "
            "write it anew with: score-draft baseline write"
        )
    comparison = baseline.compare(judged, codes_run(judged, config)) if baseline else None
    items: list[Item] = []
    for at, each in enumerate(judged):
        fresh = comparison.new[at] if comparison else each.report.findings
        entry = comparison.entries[at] if comparison else None
        before = entry.score if entry else None
        reason = _low(each.report.score, config, entry is not None, before, comparable)
        kept = [finding for finding in fresh if reason or finding.severity.rank >= show.rank]
        reason = "; ".join(filter(None, (reason, _bad(fresh, config, comparison is not None))))
        report = replace(each.report, findings=tuple(kept))
        source = each.source
        items.append(
            Item(
                report,
                source.path,
                source.first_line,
                reason or None,
                source.first_column,
                source.row,
                source.sheet,
                None if config.fail_on == "never" else Severity(config.fail_on),
            )
        )
    current = library_score(each.report.score for each in judged)
    whole, previous = current, None
    if comparison is not None and baseline is not None:
        scores = [each.report.score for each in judged] + [entry.score for entry in comparison.kept]
        whole = library_score(None if score is None else round(score, 1) for score in scores)
        previous = library_score(entry.score for entry in baseline.entries)
    gate = Gate(
        drafts=len(judged),
        failed=sum(item.gate is not None for item in items),
        scored=int(whole["scored"] or 0),
        mean=whole["mean"],
        median=whole["median"],
        mean_before=previous["mean"] if previous else None,
        known=sum(
            len(each.report.findings) - len(fresh) for each, fresh in zip(judged, comparison.new, strict=True)
        ) if comparison else 0,
        stale=tuple(stale.words for stale in _grouped(comparison.stale)) if comparison else (),
        reason=_fallen(whole["mean"], previous["mean"] if previous else None) if no_worse else None,
        versions=versions,
        unreadable=tuple(unreadable),
    )  # fmt: skip
    return Result(tuple(items), gate)


def codes_run(judged: Sequence[Judged], config: Config) -> frozenset[str]:
    """Return the codes of the rules that ran, those of rules that are not ours included where they found something."""
    ours = {rule.code for rule in ALL_RULES}
    found = {finding.code for each in judged for finding in each.report.findings}
    return frozenset({rule.code for rule in ALL_RULES if config.rules.enabled(rule)} | (found - ours))


def _grouped(stale: Iterable[Stale]) -> list[Stale]:
    return sorted(stale, key=lambda each: (each.id or "", each.fingerprint))


def _low(
    score: float | None, config: Config, was_known: bool, before: float | None, comparable: bool
) -> str | None:
    """Return why `score` is too low; None when it is not, or was so before and has not fallen."""
    limit = config.min_score
    if limit <= 0:
        return None
    if score is None:
        return None if was_known and before is None else f"not scored, so not at least {limit:g}"
    if round(score, 1) >= limit:
        return None
    if was_known and before is not None and before < limit:
        if not comparable or round(score, 1) >= before - TOLERANCE:
            return None
        return f"below the {limit:g} that were asked for, and fallen from {before:g}"
    return f"below the {limit:g} that were asked for"


def _bad(findings: Sequence[Finding], config: Config, only_new: bool) -> str | None:
    if config.fail_on == "never":
        return None
    least = Severity(config.fail_on)
    number = sum(finding.severity.rank >= least.rank for finding in findings)
    if not number:
        return None
    words = f"{number}{' new' if only_new else ''} finding{'s' if number > 1 else ''}"
    return f"{words} of severity {least}{' or worse' if least is not Severity.ERROR else ''}"


def _fallen(now: float | None, before: float | None) -> str | None:
    if before is None or (now is not None and now >= before - TOLERANCE):
        return None
    return f"the library's mean score fell from {before:g} to {now if now is not None else 'nothing':}"
