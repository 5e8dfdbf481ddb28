"""A library scored: what has a report already is not scored again, and a run that ends early loses nothing."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache, partial
from itertools import islice
from typing import Any

from scorer.config import Config
from scorer.errors import InputError, ScorerError
from scorer.library.check import judge
from scorer.library.sources import Source
from scorer.library.stored import Store
from scorer.pipeline import Scorer

# Drafts that a process is given at a time, and that are lost to a kill at worst.
BATCH = 64
# Batches on their way for each process.
_AHEAD = 2

Batch = list[tuple[bytes, Source]]
Work = Callable[[list[Source]], list[str]]
# Batches -> their reports as JSON, in order.
Runner = Callable[[Iterator[Batch]], Iterator[tuple[Batch, list[str]]]]


def score_library(
    sources: Iterable[Source | ScorerError],
    store: Store,
    runner: Runner,
    *,
    rejected: Callable[[ScorerError], None],
    progress: Callable[[int, bool], None] = lambda number, new: None,
) -> None:
    """Put the drafts of a library and their reports into `store`.

    Parameters
    ----------
    runner
        Scores batches: see `in_process`, `in_processes`, `on_cluster`.
    rejected
        Is called with what could not be read.
    progress
        Is called with a number of drafts that have their report, and whether it is new.
    """
    on_the_way: set[bytes] = set()

    def missing() -> Iterator[tuple[bytes, Source]]:
        for source in sources:
            if isinstance(source, ScorerError):
                rejected(source)
                continue
            key = store.add(source)
            if key in on_the_way or store.has(key):
                progress(1, False)
                continue
            on_the_way.add(key)
            yield key, source

    waiting = missing()
    for batch, reports in runner(iter(lambda: list(islice(waiting, BATCH)), [])):
        store.put(zip((key for key, _ in batch), reports, strict=True))
        on_the_way.difference_update(key for key, _ in batch)
        progress(len(batch), True)
    store.finish()


def reports_on(sources: list[Source], scorer: Scorer, renderings: int) -> list[str]:
    """Return the reports on `sources` as JSON; templates are judged filled in."""
    judged = judge(sources, scorer, renderings=renderings, unreadable=lambda error: None)
    return [json.dumps(_lean(each.report.to_dict())) for each in judged]


def _lean(report: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value for key, value in report.items() if key not in ("features", "contributions", "suggestions")
    }


@contextmanager
def in_process(scorer: Scorer, renderings: int) -> Iterator[Runner]:
    """Give a runner that works in this process."""

    def run(batches: Iterator[Batch]) -> Iterator[tuple[Batch, list[str]]]:
        for batch in batches:
            yield batch, reports_on([source for _, source in batch], scorer, renderings)

    yield run


@cache
def _own_scorer(config: Config) -> Scorer:
    return Scorer.load(config=config)


def work(sources: list[Source], config: Config, renderings: int) -> list[str]:
    """Return the reports on `sources` as JSON, by a scorer that this process keeps."""
    return reports_on(sources, _own_scorer(config), renderings)


def _leave_interrupts_to_the_parent() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def in_processes(config: Config, renderings: int, n_jobs: int) -> Iterator[Runner]:
    """Give a runner that works in `n_jobs` processes of this machine."""
    from joblib.externals.loky import ProcessPoolExecutor
    from joblib.externals.loky.process_executor import BrokenProcessPool

    pool = ProcessPoolExecutor(
        n_jobs, initializer=_leave_interrupts_to_the_parent, env={"OMP_NUM_THREADS": "1"}
    )
    task = partial(work, config=config, renderings=renderings)
    try:
        yield partial(in_order, submit=lambda sources: pool.submit(task, sources), ahead=_AHEAD * n_jobs)
    except BrokenProcessPool:
        raise InputError(
            "a scoring process was ended from outside, perhaps for want of memory; what was scored is kept, "
            "run the same command again, with fewer --jobs"
        ) from None
    finally:
        pool.shutdown(wait=True, kill_workers=True)


def in_order(
    batches: Iterator[Batch], submit: Callable[[list[Source]], Any], ahead: int
) -> Iterator[tuple[Batch, list[str]]]:
    """Yield the batches with their reports, in order, `ahead` of them on their way."""
    sent: deque[tuple[Batch, Any]] = deque()
    for batch in batches:
        sent.append((batch, submit([source for _, source in batch])))
        if len(sent) >= ahead:
            batch, future = sent.popleft()
            yield batch, future.result()
    while sent:
        batch, future = sent.popleft()
        yield batch, future.result()


def runner_for(
    config: Config, scorer: Scorer | None, *, renderings: int, n_jobs: int, cluster: str | None
) -> AbstractContextManager[Runner]:
    """Return the runner that is asked for."""
    if cluster is not None:
        from scorer.library.cluster import on_cluster

        return on_cluster(cluster, config, renderings)
    if n_jobs > 1:
        return in_processes(config, renderings, n_jobs)
    return in_process(scorer or _own_scorer(config), renderings)
