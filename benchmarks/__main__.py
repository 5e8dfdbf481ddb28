"""Speed and size beside their limits, as ratios within one run: ``python -m benchmarks``.

Machines differ and are noisy, so every time is compared with spaCy's own in the same run; medians throughout.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "examples"
TEXT = """Hi Priya,

I was in the second row at your cold-storage talk in Leeds, the one where you showed the broken data loggers. \
We run three small depots near York and have the same gap between 2 and 4 in the morning.

You said you fixed it with a cheaper sensor and one change to the shift handover. Could you tell me which sensor \
it was? One line is plenty, and if it's easier I can ring on Thursday.

Thanks either way,
Tom Barker"""

WEAK = """hi, I came across your profile and was really impressed by your amazing work!! I would love to pick your \
brain about data engineering sometime, i think there is alot of synergies. Could you also refer me for the open role \
at your company asap? Please send me your phone number, pls. I am a hard working student looking for a job and I would \
be so so grateful for anything. Sorry to disturb you. Kindly do the needful and revert back."""


def in_turn(*works: Callable[[], object], n: int = 40) -> list[list[float]]:
    """Return the seconds of each work, run one after the other `n` times, so that all meet the same noise."""
    times: list[list[float]] = [[] for _ in works]
    for number in range(n + 3):
        for work, seconds in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            if number >= 3:
                seconds.append(time.perf_counter() - start)
    return times


def ratio(these: list[float], those: list[float]) -> float:
    """Return the median of the ratios pair by pair."""
    return statistics.median(a / b for a, b in zip(these, those, strict=True))


def paired(first: list[str], second: list[str], n: int = 9) -> tuple[float, float, float]:
    """Return median seconds of both commands and the median ratio, run in turn."""
    ratios, ones, twos = [], [], []
    for number in range(n + 1):
        pair = [_run(first), _run(second)]
        if number:
            ones.append(pair[0])
            twos.append(pair[1])
            ratios.append(pair[0] / pair[1])
    return statistics.median(ones), statistics.median(twos), statistics.median(ratios)


def _run(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def warm() -> list[tuple[str, float, float, str]]:
    from scorer import Draft, Person, Scorer

    scorer = Scorer.load()
    nlp = scorer.parser.nlp
    draft = Draft(text=TEXT, channel="email", subject="The 2 a.m. gap", recipient=Person(name="Priya Shah"))
    weak = Draft(text=WEAK, recipient=Person(name="Priya Shah"))
    bare, plain, full = in_turn(
        lambda: nlp(TEXT), lambda: scorer.score(draft, suggestions=False), lambda: scorer.score(draft)
    )
    bare_weak, full_weak = in_turn(lambda: nlp(WEAK), lambda: scorer.score(weak))
    times = ", ".join(f"{name} {statistics.median(seconds) * 1e3:.1f} ms" for name, seconds in
                      (("bare pipeline", bare), ("report", plain), ("with suggestions", full)))  # fmt: skip
    print(times)
    return [
        ("report without suggestions / bare pipeline", ratio(plain, bare), 1.5, "x"),
        ("report with suggestions / bare pipeline", ratio(full, bare), 6.0, "x"),
        ("the same, a weak draft with many findings", ratio(full_weak, bare_weak), 6.0, "x"),
    ]


def start_up() -> list[tuple[str, float, float, str]]:
    python = sys.executable
    command = str(Path(python).with_name("score-draft"))
    spacy = [python, "-c", "import spacy"]
    load = [python, "-c", f"import spacy; spacy.load({str(ROOT / 'models' / 'en_draft')!r})"]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(TEXT)
        file.flush()
        rows = [
            ("--help / import spacy", paired([command, "--help"], spacy)[2], 0.3, "x"),
            ("--version / import spacy", paired([command, "--version"], spacy)[2], 0.3, "x"),
            ("cold score / import spacy and load", paired([command, file.name], load)[2], 1.1, "x"),
        ]
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        _run([command, file.name])
        peak = max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024
    return [*rows, ("peak memory of a cold score", peak, 350.0, "MB")]


def wheel() -> list[tuple[str, float, float, str]]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, str(ROOT)],
            check=True,
        )
        size = next(Path(folder).glob("*.whl")).stat().st_size / 1e6
    return [("wheel with models", size, 25.0, "MB")]


def main() -> None:
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    rows = [*warm(), *start_up(), *wheel()]
    print("\n| figure | measured | limit | |\n| --- | --- | --- | --- |")
    for name, value, limit, unit in rows:
        print(f"| {name} | {value:.2f} {unit} | {limit:g} {unit} | {'met' if value <= limit else 'missed'} |")


if __name__ == "__main__":
    main()
