"""The whole story on one screen: parse, measure, run rules, judge, score, suggest."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorer.config import Config
from scorer.features import FEATURES, measure
from scorer.model import Judge, load_judge
from scorer.parse.idle import find_idle, holding, removal
from scorer.parse.parsed import ParsedDraft
from scorer.parse.parser import Parser, refusal
from scorer.patterns import facts_of, with_pattern
from scorer.rules import RULES, run
from scorer.schema import Draft, DraftFacts, Finding, ScoreReport, Versions, band_of
from scorer.scoring import HARM_BELOW, HARM_COST, Score, combine, harmful, held
from scorer.suggest import suggest

if TYPE_CHECKING:
    from scorer.model.response import ResponseModel

COLUMNS = tuple(feature.name for feature in FEATURES)
_READS = {rule.code: rule.reads for rule in RULES}
_BATCH = 64
# So many idle sentences are taken out one by one; more are taken out together.
MAX_IDLE = 3


class Scorer:
    """Scores drafts; build once, share between threads.

    Parameters
    ----------
    parser
        Draft -> ParsedDraft.
    judge
        The trained classifier, or whatever else judges a whole draft.
    config
        Settings: which rules run and how.
    response
        A response model of the user's own; None gives no estimate.
    """

    def __init__(
        self,
        parser: Parser,
        judge: Judge,
        config: Config | None = None,
        response: ResponseModel | None = None,
    ) -> None:
        self.parser = parser
        self.judge = judge
        self.response = response
        self.config = config or Config()
        self._versions = Versions(version("score-draft"), judge.name, parser.version)

    @property
    def versions(self) -> Versions:
        """What makes the reports: scores compare only within one set."""
        return self._versions

    @classmethod
    def load(
        cls,
        *,
        model: str | Path | None = None,
        config: Config | None = None,
        response: str | Path | None = None,
    ) -> Scorer:
        """Return a scorer with the shipped pipeline and classifier.

        Parameters
        ----------
        model
            Folder of another classifier artefact; its manifest is verified.
        response
            Folder of a response model made by ``score-draft train``; None takes the one that `config` names,
            if any. Its estimate stands beside the score and never moves it.

        Raises
        ------
        ArtefactError
            An artefact is missing, altered, or made for other features.
        """
        config = config or Config()
        if response is not None:
            config = replace(config, response_model=str(response))
        judge = load_judge(COLUMNS, model)
        own = None
        if config.response_model:
            from scorer.model.response import ResponseModel

            own = ResponseModel.load(config.response_model, COLUMNS, judge.name)
        return cls(Parser.load(), judge, config, own)

    def score(self, draft: Draft, *, suggestions: bool = True) -> ScoreReport:
        """Return the report on `draft`."""
        reason = refusal(draft)
        if reason is not None:
            return self._refused(draft, reason)
        return self._report(self.parser.parse(draft), suggestions=suggestions)

    def score_many(
        self, drafts: Iterable[Draft], *, n_jobs: int = 1, suggestions: bool = True
    ) -> Iterator[ScoreReport]:
        """Yield a report for each draft, in order, reading `drafts` as it goes.

        Parameters
        ----------
        n_jobs
            Worker processes; 1 works in this process.
        """
        if n_jobs != 1:
            yield from _score_in_processes(self, drafts, n_jobs, suggestions=suggestions)
            return
        remaining = iter(drafts)
        while batch := list(islice(remaining, _BATCH)):
            reasons = [refusal(draft) for draft in batch]
            parsed = self.parser.parse_many(
                d for d, reason in zip(batch, reasons, strict=True) if reason is None
            )
            for draft, reason in zip(batch, reasons, strict=True):
                if reason is not None:
                    yield self._refused(draft, reason)
                else:
                    yield self._report(next(parsed), suggestions=suggestions)

    def _report(self, parsed: ParsedDraft, *, suggestions: bool) -> ScoreReport:
        draft = parsed.draft
        values, findings, score = self._judged(parsed)
        advice = (
            suggest(
                draft,
                score.value,
                findings,
                _READS,
                values,
                self.judge,
                self._rescore,
                lambda code: self._gate(values, findings, code),
                lambda code, message: with_pattern(code, message, facts_of(parsed)),
            )
            if suggestions
            else ()
        )
        return ScoreReport(
            draft=_facts(draft, parsed),
            versions=self._versions,
            score=score.value,
            band=band_of(round(score.value, 1)),
            families=score.families,
            contributions=score.contributions,
            findings=findings,
            suggestions=advice,
            features=values,
            judged_by=self.judge.name,
            response=None if self.response is None else self.response.estimate(draft, values, score.value),
            source=draft,
        )

    def _gate(self, values: Mapping[str, float], findings: Sequence[Finding], code: str) -> float:
        """Return the points that the findings of rule `code` cost by themselves."""
        judgement = self.judge.judge(values)
        rest = [finding for finding in findings if finding.code != code]
        return combine(judgement, rest).value - combine(judgement, findings).value

    def _rescore(self, drafts: Iterable[Draft]) -> list[float]:
        return [self._judged(parsed)[2].value for parsed in self.parser.parse_many(drafts)]

    def _judged(self, parsed: ParsedDraft) -> tuple[dict[str, float], tuple[Finding, ...], Score]:
        """Return feature values, findings and score; idle and harmful sentences are scored without, too."""
        values, findings, score = self._combined(parsed)
        if idle := find_idle(parsed):
            # One by one, so that a sentence which lowers the score does not pay for one that raises it.
            for sentences in [(s,) for s in idle] if len(idle) <= MAX_IDLE else [idle]:
                bare = parsed.draft.with_edits(removal(parsed, sentences))
                if refusal(bare) is None:
                    score = held(score, self._judged(self.parser.parse(bare))[2].value)
        elif score.value < HARM_BELOW and (harm := harmful(findings)):
            bare = parsed.draft.with_edits(removal(parsed, holding(parsed, harm)))
            if refusal(bare) is None:
                worth = self._combined(self.parser.parse(bare))[2].value
                score = held(score, max(0.0, worth - HARM_COST * len({finding.code for finding in harm})))
        return values, findings, score

    def _combined(self, parsed: ParsedDraft) -> tuple[dict[str, float], tuple[Finding, ...], Score]:
        measurements = measure(parsed)
        findings = run(RULES, parsed, measurements, self.config.rules)
        values = {name: measurement.value for name, measurement in measurements.items()}
        return values, findings, combine(self.judge.judge(values), findings)

    def _refused(self, draft: Draft, reason: Any) -> ScoreReport:
        return ScoreReport(
            draft=_facts(draft, None),
            versions=self._versions,
            status="refused",
            reason=reason,
            judged_by=self.judge.name,
            source=draft,
        )


def _facts(draft: Draft, parsed: ParsedDraft | None) -> DraftFacts:
    return DraftFacts(
        id=draft.id,
        kind=parsed.kind if parsed else draft.kind or "draft",
        channel=draft.channel,
        stage=draft.stage,
        purpose=parsed.purpose if parsed else draft.purpose,
        language="en" if parsed else None,
        n_words=parsed.n_words if parsed else len(draft.text.split()),
        n_characters=len(draft.text),
    )


def _score_in_processes(
    scorer: Scorer, drafts: Iterable[Draft], n_jobs: int, *, suggestions: bool
) -> Iterator[ScoreReport]:
    from joblib import Parallel, delayed

    remaining = iter(drafts)
    batches = iter(lambda: list(islice(remaining, _BATCH)), [])
    parallel = Parallel(n_jobs=n_jobs, return_as="generator", pre_dispatch="2*n_jobs")
    for reports in parallel(delayed(_score_batch)(batch, scorer.config, suggestions) for batch in batches):
        yield from reports


@cache
def _worker_scorer(config: Config) -> Scorer:
    return Scorer.load(config=config)


def _score_batch(drafts: list[Draft], config: Config, suggestions: bool) -> list[ScoreReport]:
    return list(_worker_scorer(config).score_many(drafts, suggestions=suggestions))


_lock = threading.Lock()
_shared: list[Scorer] = []


def shared_scorer() -> Scorer:
    """Return the scorer behind `score`, loaded at the first call."""
    with _lock:
        if not _shared:
            _shared.append(Scorer.load())
    return _shared[0]


def score(text: str, **context: Any) -> ScoreReport:
    """Return the report on one text; loads the models at the first call.

    Parameters
    ----------
    text
        The message.
    **context
        Fields of `Draft`: channel, stage, recipient, sender, previous, …
    """
    return shared_scorer().score(Draft(text=text, **context))
