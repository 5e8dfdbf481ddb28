"""The training loop: batches by words, a step size that falls to nothing, averaged weights."""

import random
import time
from collections.abc import Callable, Iterator

from spacy.language import Language
from spacy.training import Example
from thinc.api import Adam
from thinc.schedules import warmup_linear

Epoch = Callable[[random.Random], list[Example]]


def batches(examples: list[Example], rng: random.Random, n_words: int) -> Iterator[list[Example]]:
    """Shuffle the examples and cut them into batches of about ``n_words``."""
    rng.shuffle(examples)
    batch: list[Example] = []
    size = 0
    for eg in examples:
        batch.append(eg)
        size += len(eg.predicted)
        if size >= n_words:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _batch_size(i: int, n_epochs: int, limits: tuple[int, int]) -> int:
    """Small batches first; they grow over the first half of the run."""
    low, high = limits
    return int(low + (high - low) * min(1.0, 2 * i / n_epochs))


def fit(
    nlp: Language,
    epoch: Epoch,
    *,
    n_epochs: int,
    seed: int,
    rate: float = 0.001,
    dropout: float = 0.1,
    batch_words: tuple[int, int] = (350, 1000),
    dev: list[Example] | None = None,
    report: Callable[[dict[str, float]], str] = str,
    every: int = 4,
    resume: bool = False,
) -> Language:
    """Train all components; the last averaged weights stay, none are picked by the dev set.

    With ``resume`` the weights there are go on learning, else they start at random.
    """
    rng = random.Random(seed)
    first = epoch(rng)
    words = sum(len(eg.predicted) for eg in first)
    # Batches are cut after the example that fills them: about half an example more than asked for.
    slack = words / len(first) / 2
    sizes = [_batch_size(i, n_epochs, batch_words) for i in range(n_epochs)]
    total = int(sum(words / (size + slack) for size in sizes))
    optimizer = Adam(
        learn_rate=warmup_linear(rate, min(250, total // 10), total + 1),
        L2=0.01,
        L2_is_weight_decay=True,
        grad_clip=1.0,
        use_averages=True,
    )
    if resume:
        nlp.resume_training(sgd=optimizer)
    else:
        nlp.initialize(lambda: first[: min(len(first), 4000)], sgd=optimizer)
    start = time.monotonic()
    for i in range(n_epochs):
        examples = first if i == 0 else epoch(rng)
        losses: dict[str, float] = {}
        for batch in batches(examples, rng, sizes[i]):
            nlp.update(batch, sgd=optimizer, losses=losses, drop=dropout)
            optimizer.step_schedules()
        shown = " ".join(f"{k}={v:.0f}" for k, v in losses.items())
        line = f"epoch {i + 1}/{n_epochs} {time.monotonic() - start:.0f}s {shown}"
        if dev and ((i + 1) % every == 0 or i + 1 == n_epochs):
            with nlp.use_params(optimizer.averages):
                line += " " + report(nlp.evaluate(dev))
        print(line, flush=True)
    with nlp.use_params(optimizer.averages):
        data = nlp.to_bytes(exclude=["vocab"])
    return nlp.from_bytes(data, exclude=["vocab"])
