"""A library of many drafts: ``python -m benchmarks.library [throughput | jobs | peers | again | memory] [NUMBER]``.

Times are ratios within one run, taken in turn, for machines differ and are noisy. ``peers`` wants TextDescriptives
(``pip install textdescriptives``); without it that line is left out.
"""

from __future__ import annotations

import csv
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.sameness import library

CHUNK = 250
SIZES = {"throughput": 2000, "jobs": 4000, "peers": 2000, "again": 10_000, "memory": 100_000}


def drafts_of(number: int) -> list[str]:
    """Return `number` different texts: the rated drafts with one word changed each."""
    return library("near copies", number)


def in_turn(works: dict[str, Callable[[list[str]], object]], texts: list[str]) -> dict[str, list[float]]:
    """Return the seconds of each work for each chunk of `texts`; the first chunk, which warms up, left out."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for at in range(0, len(texts), CHUNK):
        for name, work in works.items():
            start = time.perf_counter()
            work(texts[at : at + CHUNK])
            if at:
                seconds[name].append(time.perf_counter() - start)
    return seconds


def report(seconds: dict[str, list[float]], against: str) -> None:
    for name, took in seconds.items():
        ratio = statistics.median(b / a for a, b in zip(took, seconds[against], strict=True))
        print(f"{name:<28} {CHUNK / statistics.median(took):>8.0f} drafts/s  {ratio:>6.2f} x {against}")


def throughput(number: int) -> None:
    import spacy

    from scorer import Draft, Scorer
    from scorer.resources import models_dir

    scorer = Scorer.load()
    plain = spacy.load(models_dir() / "en_draft")
    report(
        in_turn(
            {
                "pipeline by spacy.load": lambda texts: list(plain.pipe(texts, batch_size=64)),
                "bare pipeline": lambda texts: list(scorer.parser.nlp.pipe(texts, batch_size=64)),
                "score_many": lambda texts: list(
                    scorer.score_many((Draft(text=text) for text in texts), suggestions=False)
                ),
            },
            drafts_of(number),
        ),
        "bare pipeline",
    )


def peers(number: int) -> None:
    import textstat

    from scorer import Draft, Scorer
    from scorer.parse.language import load_language
    from scorer.resources import models_dir

    scorer = Scorer.load()
    formulas = [
        textstat.flesch_reading_ease, textstat.flesch_kincaid_grade, textstat.gunning_fog, textstat.smog_index,
        textstat.coleman_liau_index, textstat.automated_readability_index, textstat.linsear_write_formula,
        textstat.dale_chall_readability_score,
    ]  # fmt: skip
    works: dict[str, Callable[[list[str]], object]] = {
        "score-draft": lambda texts: list(
            scorer.score_many((Draft(text=text) for text in texts), suggestions=False)
        ),
        "textstat's formulas": lambda texts: [[formula(text) for formula in formulas] for text in texts],
    }
    try:
        import textdescriptives
    except ImportError:
        print("TextDescriptives is not installed; left out")
    else:
        nlp = load_language(models_dir() / "en_draft")
        names = ["descriptive_stats", "readability", "dependency_distance", "pos_proportions", "quality"]
        for name in [*names, "information_theory"]:
            try:
                nlp.add_pipe(f"textdescriptives/{name}")
            except Exception as error:
                print(f"left out: textdescriptives/{name} ({type(error).__name__})")

        def described(texts: list[str]) -> object:
            return textdescriptives.extract_df(nlp.pipe(texts, batch_size=64), include_text=False)

        works["TextDescriptives"] = described
    report(in_turn(works, drafts_of(number)), "score-draft")


def batch(table: Path, *options: str) -> tuple[float, float]:
    """Return seconds and peak memory in MB of ``score-draft batch``."""
    command = [
        str(Path(sys.executable).with_name("score-draft")), "batch", str(table), "--quiet", *options,
    ]  # fmt: skip
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code, *command], check=True, capture_output=True, text=True)
    return time.perf_counter() - start, float(done.stdout.split()[-1])


def write(table: Path, number: int) -> None:
    with table.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "text"))
        rows.writerows((f"t{at}", text) for at, text in enumerate(drafts_of(number)))


def jobs(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder, "library.csv")
        write(table, number)
        ratios = []
        for _ in range(3):
            one, _ = batch(table, "--no-cache", "--to", f"{folder}/o.csv")
            two, _ = batch(table, "--no-cache", "--to", f"{folder}/o.csv", "--jobs", "2")
            ratios.append(one / two)
            print(
                f"{number} drafts: 1 process {one:.1f} s, 2 processes {two:.1f} s: {one / two:.2f} x",
                flush=True,
            )
        print(f"median {statistics.median(ratios):.2f} x")


def again(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder, "library.csv")
        write(table, number)
        options = ("--cache", f"{folder}/cache", "--to", f"{folder}/o.csv")
        first, _ = batch(table, *options)
        second, _ = batch(table, *options)
        print(f"{number} drafts: first run {first:.1f} s, second {second:.1f} s: {second / first:.1%}")


def memory(number: int) -> None:
    peaks = {}
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder, "library.csv")
        for size in (1000, number):
            write(table, size)
            seconds, peaks[size] = batch(table, "--no-cache", "--to", f"{folder}/o.csv")
            print(f"{size:>7} drafts {seconds:>7.1f} s, peak {peaks[size]:.0f} MB", flush=True)
    print(f"{peaks[number] - peaks[1000]:+.0f} MB")


WORKS = {"throughput": throughput, "jobs": jobs, "peers": peers, "again": again, "memory": memory}

if __name__ == "__main__":
    asked = [sys.argv[1]] if len(sys.argv) > 1 else list(WORKS)
    for each in asked:
        print(f"# {each}", flush=True)
        WORKS[each](int(sys.argv[2]) if len(sys.argv) > 2 else SIZES[each])
