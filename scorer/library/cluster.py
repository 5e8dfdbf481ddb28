"""The same run on a Dask cluster: each batch of rows is a task, which another worker takes over when one dies."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from scorer.config import Config
from scorer.errors import InputError
from scorer.library.batch import Runner, in_order, work

# Seconds that a scheduler has to answer.
TIMEOUT = 10
# Workers may die under a task so often before the task is taken for the cause.
_RETRIES = 5


@contextmanager
def on_cluster(address: str, config: Config, renderings: int) -> Iterator[Runner]:
    """Give a runner that works on the workers of the scheduler at `address`.

    Raises
    ------
    InputError
        The extra is missing, nothing answers there, there are no workers, or the cluster was lost on the way.
    """
    try:
        from distributed import CancelledError, Client, KilledWorker
        from distributed.comm.core import CommClosedError
    except ImportError:
        raise InputError('--cluster needs an extra: pip install "score-draft[cluster]"') from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # our own line says it
    try:
        client = Client(address, timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError, TimeoutError):
        raise InputError(
            f"no Dask scheduler answers at {address} within {TIMEOUT} s; start one with: dask scheduler"
        ) from None
    try:
        workers = client.scheduler_info(n_workers=-1)["workers"]
        if not workers:
            raise InputError(f"the scheduler at {address} has no workers; start some: dask worker {address}")
        task = partial(work, config=config, renderings=renderings)
        yield partial(
            in_order,
            submit=lambda sources: client.submit(task, sources, pure=False, retries=_RETRIES),
            ahead=max(4, 3 * sum(each["nthreads"] for each in workers.values())),
        )
    except KilledWorker:
        raise InputError(
            "the cluster's workers keep dying; look at their logs; what was scored is kept, run it again"
        ) from None
    except (CancelledError, CommClosedError, OSError, TimeoutError):
        raise InputError(
            f"the cluster at {address} was lost; what was scored is kept, run the same command again"
        ) from None
    finally:
        client.close(timeout=2)
