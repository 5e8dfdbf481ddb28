"""Scoring a template as its readers will see it: filled in, in every wording, for every recipient."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from scorer.limits import limits
from scorer.parse.folding import fold
from scorer.schema import (
    ACCOUNTS,
    Draft,
    DraftFacts,
    Finding,
    RefusalReason,
    ScoreReport,
    Severity,
    Span,
    Suggestion,
    Where,
    band_of,
)
from scorer.templates.checks import check_parsed, finding, kept
from scorer.templates.inference import Inference, dialect_for
from scorer.templates.joins import Join, find_joins
from scorer.templates.mapping import mapped_finding, mapped_suggestion
from scorer.templates.reading import read
from scorer.templates.recipients import Recipients, built_in
from scorer.templates.rendering import Filled, Rendering, fill
from scorer.templates.sampling import EXHAUSTIVE, SAMPLE, Wording, plan
from scorer.templates.swap import SwapTest, judged, swap_test
from scorer.templates.syntax import Template, variables

if TYPE_CHECKING:
    from scorer.pipeline import Scorer

from scorer.templates.report import (
    BrokenJoin,
    Length,
    RenderingScore,
    TemplateFinding,
    TemplateReport,
    VariableUse,
)

# Findings of single drafts that the template's own say better, at the same place.
_SAID_BETTER = frozenset({"PER003", "PER004"})


def score_template(
    scorer: Scorer,
    draft: Draft,
    rows: Recipients | Iterable[Mapping[str, Any]] | None = None,
    seed: int = 0,
    *,
    dialect: str | None = None,
    tool: str | None = None,
    limit: int = EXHAUSTIVE,
    sample: int = SAMPLE,
    n_jobs: int = 1,
    suggestions: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> TemplateReport:
    """Return the report on a template, made from its renderings.

    Parameters
    ----------
    scorer
        Scores the renderings; its settings say which rules run.
    draft
        The template with its context; the recipient in it is not used.
    rows
        Recipients, or rows with columns of any names; the built-in recipients without.
    seed
        For the sample and the swap test.
    dialect
        Key of a dialect, or a sending tool; inferred without.
    tool
        Sending tool that the template is for: what it does not read becomes a finding.
    limit, sample
        All renderings are made up to `limit`; above, `sample` of them are drawn. Small values make a quick report.
    n_jobs
        Worker processes for the scoring.
    suggestions
        Whether to look for suggestions for the median rendering.
    progress
        Told, as the scoring goes, how many renderings are done and how many there are.

    Raises
    ------
    InputError
        No such dialect or tool, or recipients without rows.
    """
    recipients = rows if isinstance(rows, Recipients) else built_in() if rows is None else Recipients.of(rows)
    inference = dialect_for(draft.text, draft.subject, dialect)
    body, subject = (read(part, inference.dialect) for part in (draft.text, draft.subject or ""))
    used = [*variables(body), *variables(subject)]
    findings = check_parsed(draft, inference, recipients=recipients, tool=tool, settings=scorer.config.rules)
    ready = recipients.with_stand_ins(dict.fromkeys(v.name for v in used), draft.sender)
    renderings = _Renderings(draft, body, subject, ready, limit=limit, sample=sample, seed=seed)
    scores = _Scores(scorer, renderings, n_jobs=n_jobs, progress=progress)
    joins = renderings.joins()
    swap = _swap(scores, body, ready, draft, used=bool(used), seed=seed)
    lengths = renderings.lengths()
    own = [
        *findings,
        *kept(_own_findings(draft, joins, lengths, swap, recipients), draft, scorer.config.rules),
    ]
    shares = {("TPL007", Span(j.join.start, j.join.end, j.where)): j.share for j in joins}
    median = scores.median
    families = dict(median.families) if median else {}
    if "personalization" in families:
        families["personalization"] = max(swap.floor, min(families["personalization"], swap.cap))
    return TemplateReport(
        draft=_facts(draft, median, inference),
        versions=scores.versions,
        dialect=inference,
        variables=_uses(used, recipients),
        recipients=recipients,
        plan=renderings.plan,
        wordings=renderings.wordings,
        swap=swap,
        lengths=lengths,
        joins=joins,
        template_findings=tuple(sorted(
            [*(TemplateFinding(item, shares.get((item.code, item.span or Span(0, 0)), 1.0)) for item in own),
             *scores.findings([item.span for item in own if item.span is not None])],
            key=lambda item: (-item.finding.severity.rank, -item.share, item.finding.span is None,
                              item.finding.span or Span(0, 0), item.finding.code),
        )),
        status="scored" if median else "refused",
        reason=None if median else scores.reason,
        score=median.score if median else None,
        band=median.band if median else None,
        families=families,
        best=scores.shown("best"),
        median=scores.shown("median"),
        worst=scores.shown("worst"),
        median_interval=scores.interval,
        scored=scores.scored,
        refused=scores.refused,
        stand_ins=tuple(
            name
            for name in dict.fromkeys(v.name for v in used)
            if any(ready.rows[0].get(name) != row.get(name) for row in recipients.rows[:1])
        ),
        suggestions=scores.suggestions() if suggestions else (),
        judged_by=scorer.judge.name,
        source=draft,
    )  # fmt: skip


class _Renderings:
    """The renderings that are looked at, made once; what is alike is the same draft."""

    def __init__(
        self,
        draft: Draft,
        body: Template,
        subject: Template,
        recipients: Recipients,
        *,
        limit: int,
        sample: int,
        seed: int,
    ) -> None:
        self.draft, self.recipients = draft, recipients
        self.texts = [fill(body, row) for row in recipients.rows]
        self.subjects = [fill(subject, row) for row in recipients.rows]
        self.plan = plan(self.subjects, self.texts, limit=limit, sample=sample, seed=seed)
        self.persons = [recipients.person(number) for number in range(len(recipients.rows))]
        self._made: dict[Wording, tuple[Rendering, Rendering]] = {}
        self.all = (*self.plan.drawn, *self.plan.covering)
        self.tags: Mapping[Where, frozenset[tuple[int, int]]] = {
            "text": frozenset((v.start, v.end) for v in variables(body)),
            "subject": frozenset((v.start, v.end) for v in variables(subject)),
        }

    @property
    def wordings(self) -> tuple[int, int]:
        counts = [s.count * t.count for s, t in zip(self.subjects, self.texts, strict=True)]
        return min(counts), max(counts)

    def made(self, wording: Wording) -> tuple[Rendering, Rendering]:
        """Return subject and text of `wording`."""
        if wording not in self._made:
            self._made[wording] = (
                self.subjects[wording.row].rendering(wording.subject),
                self.texts[wording.row].rendering(wording.text),
            )
        return self._made[wording]

    def as_draft(self, wording: Wording) -> Draft:
        subject, text = self.made(wording)
        return replace(
            self.draft,
            text=text.text,
            subject=None if self.draft.subject is None else subject.text,
            recipient=self.persons[wording.row],
            kind="draft",
            id=None,
        )

    def joins(self) -> tuple[BrokenJoin, ...]:
        seen: dict[tuple[Where, int, int, str], tuple[Join, str, str]] = {}
        times: Counter[tuple[Where, int, int, str]] = Counter()
        for wording in self.all:
            subject, text = self.made(wording)
            parts: list[tuple[Where, Rendering]] = [("text", text)]
            parts += [("subject", subject)] if self.draft.subject is not None else []
            for where, rendering in parts:
                for join in find_joins(rendering):
                    key = (where, join.start, join.end, join.kind)
                    times[key] += 1
                    seen.setdefault(key, (join, self.recipients.labels[wording.row], rendering.text))
        return tuple(
            BrokenJoin(join, key[0], label, words, times[key] / len(self.all))
            for key, (join, label, words) in sorted(seen.items(), key=lambda item: item[0])
        )

    def lengths(self) -> tuple[Length, ...]:
        found = [self._longest("text", self.texts)]
        if self.draft.subject is not None:
            found.append(self._longest("subject", self.subjects))
        return tuple(found)

    def _longest(self, where: Where, filled: Sequence[Filled]) -> Length:
        made = [item.longest.text for item in filled]
        number = max(range(len(made)), key=lambda n: sent_characters(made[n]))
        known = {a: limits().hard_limit(self.draft.channel, a, where) for a in ACCOUNTS}
        return Length(
            where, sent_characters(made[number]), self.recipients.labels[number], made[number],
            {account: limit for account, limit in known.items() if limit is not None},
        )  # fmt: skip


def sent_characters(text: str) -> int:
    """Return the characters of `text` that are sent: not comments, not white space around it."""
    if "<!--" in text:
        for start, end in sorted(fold(text).comments, reverse=True):
            text = text[:start] + text[end:]
    return len(text.strip().replace("\r\n", "\n"))


class _Scores:
    """The reports on the renderings."""

    def __init__(
        self,
        scorer: Scorer,
        renderings: _Renderings,
        *,
        n_jobs: int,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.scorer, self.renderings = scorer, renderings
        self.drafts = {wording: renderings.as_draft(wording) for wording in renderings.all}
        distinct = list(dict.fromkeys(self.drafts.values()))
        self.reports: dict[Draft, ScoreReport] = {}
        reports = scorer.score_many(distinct, n_jobs=n_jobs, suggestions=False)
        for number, (each, report) in enumerate(zip(distinct, reports, strict=True), 1):
            self.reports[each] = report
            if progress is not None:
                progress(number, len(distinct))
        self.scored = len(distinct)
        self.versions = self.reports[distinct[0]].versions
        drawn = [w for w in renderings.plan.drawn if self.report(w).score is not None]
        self.drawn = sorted(drawn, key=lambda w: self._points(w))
        every = [w for w in dict.fromkeys(renderings.all) if self.report(w).score is not None]
        self.ranked = sorted(every, key=lambda w: self._points(w))
        self.refused = sum(report.score is None for report in self.reports.values())

    def report(self, wording: Wording) -> ScoreReport:
        return self.reports[self.drafts[wording]]

    def _points(self, wording: Wording) -> float:
        return self.report(wording).score or 0.0

    @property
    def reason(self) -> RefusalReason | None:
        reasons = Counter(report.reason for report in self.reports.values() if report.reason is not None)
        return reasons.most_common(1)[0][0] if reasons else None

    @property
    def middle(self) -> Wording | None:
        if self.drawn:
            return self.drawn[(len(self.drawn) - 1) // 2]
        return self.ranked[(len(self.ranked) - 1) // 2] if self.ranked else None

    @property
    def median(self) -> ScoreReport | None:
        return self.report(self.middle) if self.middle is not None else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return where the true median lies: the sample's quantiles at 0.5 minus and plus the rank error."""
        if not self.drawn:
            return None
        error, last = self.renderings.plan.rank_error, len(self.drawn) - 1
        low, high = max(0.0, 0.5 - error), min(1.0, 0.5 + error)
        if error == 0:
            return self._points(self.drawn[last // 2]), self._points(self.drawn[last // 2])
        return self._points(self.drawn[int(low * last)]), self._points(
            self.drawn[min(last, int(high * last) + 1)]
        )

    def shown(self, which: Literal["best", "median", "worst"]) -> RenderingScore | None:
        if not self.ranked or self.middle is None:
            return None
        wording = {"best": self.ranked[-1], "worst": self.ranked[0], "median": self.middle}[which]
        report, draft = self.report(wording), self.drafts[wording]
        return RenderingScore(
            self._points(wording), report.band or band_of(self._points(wording)),
            self.renderings.recipients.labels[wording.row], draft.text, draft.subject,
        )  # fmt: skip

    def findings(self, told: Sequence[Span]) -> list[TemplateFinding]:
        """Return what the rules found in the renderings, at its place in the template, each once.

        Parameters
        ----------
        told
            Places of the template's own findings, where nothing needs to be said of gaps and placeholders.
        """
        times: Counter[tuple[str, Span | None]] = Counter()
        first: dict[tuple[str, Span | None], Finding] = {}
        for wording in self.ranked:
            subject, text = self.renderings.made(wording)
            here: dict[tuple[str, Span | None], Finding] = {}
            for item in self.report(wording).findings:
                placed = mapped_finding(item, text, subject, self.drafts[wording].recipient)
                if item.code not in _SAID_BETTER or not self._said(placed.span, told):
                    here.setdefault((placed.code, placed.span), placed)
            times.update(here.keys())
            for key, placed in here.items():
                first.setdefault(key, placed)
        found = [TemplateFinding(first[key], n / len(self.ranked)) for key, n in times.items()]
        return [item for item in found if not self._about_the_data(item)]

    def _said(self, span: Span | None, told: Sequence[Span]) -> bool:
        """Tell whether `span` touches a tag that is filled in, or a place of which is `told`."""
        if span is None:
            return True
        places = [
            *self.renderings.tags[span.where],
            *((s.start, s.end) for s in told if s.where == span.where),
        ]
        return any(start <= span.end and span.start <= end for start, end in places)

    def _about_the_data(self, item: TemplateFinding) -> bool:
        """Tell whether a finding is on the values of a few built-in recipients and not on the template."""
        span = item.finding.span
        return (
            self.renderings.recipients.source == "built-in"
            and item.share < 0.5
            and span is not None
            and (span.start, span.end) in self.renderings.tags[span.where]
        )

    def suggestions(self) -> tuple[Suggestion, ...]:
        """Return what would raise the median rendering, with edits where they fall into the template's own words."""
        if self.middle is None:
            return ()
        subject, text = self.renderings.made(self.middle)
        draft = self.drafts[self.middle]
        report = self.scorer.score(draft)
        return tuple(mapped_suggestion(item, text, subject, draft.recipient) for item in report.suggestions)


def _swap(
    scores: _Scores, body: Template, recipients: Recipients, draft: Draft, *, used: bool, seed: int
) -> SwapTest:
    """Return the swap test; for a finished draft to one named reader, what of it has details of that reader."""
    if used or draft.kind == "template" or draft.recipient is None or draft.recipient.name is None:
        return swap_test(body, recipients, seed=seed)
    report = scores.scorer.score(draft, suggestions=False)
    anyone = report.features.get("personalization.could_go_to_anyone", 1.0)
    named = bool(report.features.get("personalization.name_count", 0.0))
    share = 0.0 if anyone != anyone else 1.0 - anyone
    return judged(share, names=named, told_apart=float(share > 0), pairs=0)


def _own_findings(
    draft: Draft,
    joins: Sequence[BrokenJoin],
    lengths: Sequence[Length],
    swap: SwapTest,
    recipients: Recipients,
) -> list[Finding]:
    found: list[Finding] = []
    for item in joins:
        span = Span(item.join.start, item.join.end, item.where)
        message = f"{item.join.message} Seen with: {item.recipient}."
        severity = Severity.ERROR if recipients.source == "given" else None
        found.append(finding("TPL007", span, message, severity=severity))
    for length in lengths:
        limit = length.limits.get(draft.account)
        if limit is not None and length.characters > limit:
            message = (
                f"Filled in for “{length.recipient}”, the longest wording of the {length.where} has "
                f"{length.characters} characters; {limit} fit on a {draft.account} account."
            )
            severity = None if recipients.source == "given" else Severity.WARNING
            found.append(finding("TPL008", None, message, severity=severity))
    if swap.verdict in ("constant", "name_only"):
        found.append(finding("TPL009", None))
    return found


def _uses(used: Sequence[Any], recipients: Recipients) -> tuple[VariableUse, ...]:
    names = dict.fromkeys(variable.name for variable in used)
    uses = []
    for name in names:
        own = [variable for variable in used if variable.name == name]
        uses.append(
            VariableUse(
                name, tuple(dict.fromkeys(v.raw for v in own)), len(own),
                all(v.fallback is not None for v in own), recipients.filled(name),
            )
        )  # fmt: skip
    return tuple(uses)


def _facts(draft: Draft, median: ScoreReport | None, inference: Inference) -> DraftFacts:
    return DraftFacts(
        id=draft.id,
        kind=draft.kind or ("draft" if inference.dialect is None else "template"),
        channel=draft.channel,
        stage=draft.stage,
        purpose=median.draft.purpose if median else draft.purpose,
        language=median.draft.language if median else None,
        n_words=median.draft.n_words if median else len(draft.text.split()),
        n_characters=len(draft.text.replace("\r\n", "\n")),
    )
