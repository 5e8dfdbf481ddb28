"""Sameness of 20,000 made-up templates: ``python -m benchmarks.sameness [NUMBER]``.

Four kinds of library, from sentences of the rated drafts: unlike ones, near copies, fifty skeletons with other
fillings, and one template over and over. Each runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import json
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

DRAFTS = Path(__file__).resolve().parent.parent / "data/drafts/drafts.jsonl"
KINDS = ("unlike", "near copies", "fifty skeletons", "one template")


def library(kind: str, number: int, seed: int = 7) -> list[str]:
    """Return `number` texts."""
    rng = random.Random(seed)
    texts = [json.loads(line)["text"] for line in DRAFTS.read_text(encoding="utf-8").splitlines()]
    sentences = [s for text in texts for s in re.split(r"(?<=[.!?])\s+|\n+", text) if len(s.split()) > 3]
    spare = [word for sentence in sentences for word in sentence.split()]

    def filled(words: list[str], share: float) -> str:
        return " ".join(rng.choice(spare) if rng.random() < share else word for word in words)

    made = []
    for at in range(number):
        if kind == "unlike":
            some = " ".join(rng.choice(sentences) for _ in range(rng.randint(3, 7)))
            made.append(filled(some.split(), 0.15))
        elif kind == "near copies":
            words = rng.choice(texts).split()
            words[rng.randrange(len(words))] = rng.choice(spare)
            made.append(" ".join(words))
        elif kind == "fifty skeletons":
            made.append(filled(texts[rng.randrange(50)].split(), 0.15))
        else:
            words = texts[1].split()
            words[3] = str(at)
            made.append(" ".join(words))
    return made


def measure(kind: str, number: int) -> None:
    from scorer.library.sameness import find_clusters
    from scorer.schema import Draft

    drafts = [Draft(text=text) for text in library(kind, number)]
    start = time.perf_counter()
    found = Counter(cluster.kind for cluster in find_clusters(drafts))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    clusters = ", ".join(f"{found[name]} {name}" for name in sorted(found))
    print(f"{kind:<16} {number:>7} texts {seconds:>7.1f} s {peak:>6} MB  {clusters}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        measure(sys.argv[2], int(sys.argv[1]))
    else:
        for each in KINDS:
            size = sys.argv[1] if len(sys.argv) > 1 else "20000"
            subprocess.run([sys.executable, "-m", "benchmarks.sameness", size, each], check=True)
