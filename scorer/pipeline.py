"""The whole story on one screen: parse, measure, run rules, judge, score, suggest."""

from __future__ import annotations

import gc
import threading
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorer.config import Config
from scorer.features import FEATURES, judge_wording, measure
from scorer.model import Judge, Judgement, load_judge
from scorer.parse.idle import cutting, find_idle, removal
from scorer.parse.parsed import ParsedDraft
from scorer.parse.parser import Parser, refusal
from scorer.patterns import facts_of, with_pattern
from scorer.rules import RULES, ActiveRules, run
from scorer.schema import Draft, DraftFacts, Edit, Finding, ScoreReport, Suggestion, Versions, band_of
from scorer.scoring import HARM_BELOW, HARM_COST, Score, combine, harmful, held
from scorer.suggest import advise, suggest, trials

if TYPE_CHECKING:
    from scorer.model.response import ResponseModel

COLUMNS = tuple(feature.name for feature in FEATURES)
_READS = {rule.code: rule.reads for rule in RULES}
_BATCH = 64
# So many idle sentences are taken out one by one; more are taken out together.
MAX_IDLE = 3


@dataclass(frozen=True, slots=True)
class _Reading:
    """One version of a draft: parsed, measured, checked and judged."""

    parsed: ParsedDraft
    values: dict[str, float]
    findings: tuple[Finding, ...]
    judgement: Judgement
    score: Score


# A version of a draft to read, or one that is parsed already.
_Version = Draft | ParsedDraft
# Yields the versions it needs read, gets their readings, returns the report.
_Task = Generator[list[_Version], list[_Reading], ScoreReport]


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
        self._rules = ActiveRules.of(RULES, self.config.rules)
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
        return self._reports([draft], suggestions=suggestions)[0]

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
            with _collector_paused():
                reports = self._reports(batch, suggestions=suggestions)
            yield from reports

    def _reports(self, drafts: Sequence[Draft], *, suggestions: bool) -> list[ScoreReport]:
        """Return the reports on a batch of drafts, in order.

        A report may need other versions of its draft read, too: each is a task that asks for them, and what
        all tasks ask for is read together.
        """
        reports: dict[int, ScoreReport] = {}
        tasks: dict[int, _Task] = {}
        for i, draft in enumerate(drafts):
            reason = refusal(draft)
            if reason is not None:
                reports[i] = self._refused(draft, reason)
            else:
                tasks[i] = self._report(draft, suggestions=suggestions)
        asked = {i: next(task) for i, task in tasks.items()}
        while asked:
            readings = iter(self._read([draft for wanted in asked.values() for draft in wanted]))
            answers = {i: list(islice(readings, len(wanted))) for i, wanted in asked.items()}
            asked = {}
            for i, answer in answers.items():
                try:
                    asked[i] = tasks[i].send(answer)
                except StopIteration as done:
                    reports[i] = done.value
        return [reports[i] for i in range(len(drafts))]

    def _read(self, versions: Sequence[_Version]) -> Iterator[_Reading]:
        """Yield each version parsed, measured, checked and judged, in order."""
        drafts = (version for version in versions if isinstance(version, Draft))
        parsed_now = self.parser.parse_many(drafts)
        parsed_drafts = [next(parsed_now) if isinstance(v, Draft) else v for v in versions]
        judge_wording(parsed_drafts)
        for parsed in parsed_drafts:
            measurements = measure(parsed)
            values = {name: measurement.value for name, measurement in measurements.items()}
            findings = run(self._rules, parsed, measurements)
            judgement = self.judge.judge(values)
            yield _Reading(parsed, values, findings, judgement, combine(judgement, findings))

    def _report(self, draft: Draft, *, suggestions: bool) -> _Task:
        (reading,) = yield [draft]
        score = yield from self._worth(reading)
        parsed, findings = reading.parsed, reading.findings
        advice: tuple[Suggestion, ...] = ()
        if suggestions and findings:
            possible = advise(findings, lambda code: self._estimate(reading, code))
            edited = trials(draft, possible)
            after: dict[str, float] = {}
            if edited:
                readings = yield [*edited.values()]
                for code, other in zip(edited, readings, strict=True):
                    worth = yield from self._worth(other)
                    after[code] = worth.value
            facts = facts_of(parsed)
            advice = suggest(
                score.value, possible, after, lambda code, message: with_pattern(code, message, facts)
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
            features=reading.values,
            judged_by=self.judge.name,
            response=None
            if self.response is None
            else self.response.estimate(draft, reading.values, score.value),
            source=draft,
        )

    def _worth(self, reading: _Reading) -> Generator[list[_Version], list[_Reading], Score]:
        """Return the score of a reading, held at what it is worth without its idle and harmful sentences."""
        parsed, findings, score = reading.parsed, reading.findings, reading.score
        if idle := find_idle(parsed):
            # One by one, so that a sentence which lowers the score does not pay for one that raises it.
            groups = [(sentence,) for sentence in idle] if len(idle) <= MAX_IDLE else [idle]
            bare = [self._without(parsed, removal(parsed, group)) for group in groups]
            kept = [version for version in bare if version is not None]
            for other in (yield kept) if kept else ():
                worth = yield from self._worth(other)
                score = held(score, worth.value)
        if score.value < HARM_BELOW and (harm := harmful(findings)):
            without = self._without(parsed, cutting(parsed, harm))
            if without is not None:
                (other,) = yield [without]
                cost = HARM_COST * len({finding.code for finding in harm})
                score = held(score, max(0.0, other.score.value - cost))
        return score

    def _without(self, parsed: ParsedDraft, cuts: Sequence[Edit]) -> _Version | None:
        """Return a draft with some of its sentences taken out; None where what is left can't be judged."""
        draft = parsed.draft.with_edits(cuts)
        if refusal(draft) is not None:
            return None
        return self.parser.without(parsed, cuts) or draft

    def _estimate(self, reading: _Reading, code: str) -> float:
        """Return the points that mending the findings of rule `code` may bring, what they cost or cap included."""
        rest = [finding for finding in reading.findings if finding.code != code]
        gate = combine(reading.judgement, rest).value - combine(reading.judgement, reading.findings).value
        return gate + self.judge.potential(reading.values, _READS.get(code, ()))

    def _refused(self, draft: Draft, reason: Any) -> ScoreReport:
        return ScoreReport(
            draft=_facts(draft, None),
            versions=self._versions,
            status="refused",
            reason=reason,
            judged_by=self.judge.name,
            source=draft,
        )


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the collector of cyclic garbage.

    A batch makes many objects that live until its end; walking them over and over costs some 4 % of bulk scoring.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _facts(draft: Draft, parsed: ParsedDraft | None) -> DraftFacts:
    return DraftFacts(
        id=draft.id,
        kind=parsed.kind if parsed else draft.kind or "draft",
        channel=draft.channel,
        stage=draft.stage,
        purpose=parsed.purpose if parsed else draft.purpose,
        language="en" if parsed else None,
        n_words=parsed.n_words if parsed else len(draft.text.split()),
        n_characters=len(draft.text.replace("\r\n", "\n")),
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
