"""Speed and size of the shipped pipeline: start, one draft, many drafts, long and odd texts.

Run: python benchmarks/pipeline.py (set OMP_NUM_THREADS=1 for one thread).
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
import zlib
from collections.abc import Callable

from scorer.parse.language import load_language
from scorer.resources import models_dir

DRAFT = (
    "Hi Priya,\n\nI saw your talk on cold storage at the fair in Rotterdam last week, and the part about "
    "night loading stayed with me. I run the yard at Halloran Foods and we lose about two hours a day on "
    "exactly that. You said that your team tried three layouts before one worked. Could you tell me which "
    "one you would start with in a small yard? Ten minutes on Thursday or Friday would be plenty, and I am "
    "happy to share our own figures.\n\nThanks,\nDaniel Okafor"
)
ODD = {
    "letters": "a",
    "marks": "!",
    "openers": "({",
    "line breaks": "\n",
    "items": "- a\n",
    "words": "word ",
    "addresses": "http://",
    "apostrophes": "a'",
    "hyphens": "a-",
    "emoji": "👍",
}


def seconds(action: Callable[[], object], times: int = 1) -> float:
    """Return the median time of an action."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def fresh(code: str, times: int = 5) -> float:
    """Return the median of the seconds that the code prints in a fresh interpreter."""
    said = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout]
    said += [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(times - 1)
    ]
    return statistics.median(float(s) for s in said)


def growth(action: Callable[[str], object], sizes: tuple[int, ...]) -> dict[str, dict[str, float]]:
    """Return the seconds that each odd text takes at each size; linear means ten times for ten times."""
    rows: dict[str, dict[str, float]] = {}
    for name, unit in ODD.items():
        rows[name] = {}
        for size in sizes:
            text = (unit * (size // len(unit) + 1))[:size]
            start = time.perf_counter()
            action(text)
            rows[name][str(size)] = round(time.perf_counter() - start, 3)
    return rows


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--longest", type=int, default=100_000, help="characters of the longest odd text")
    args = parser.parse_args()
    path = models_dir() / "en_draft"
    clock = "import time; t = time.perf_counter();"
    plain = fresh(clock + "import spacy; print(time.perf_counter() - t)")
    quick = "from scorer.parse.language import import_spacy, load_language;"
    ours = fresh(clock + quick + "import_spacy(); print(time.perf_counter() - t)")
    load = fresh(
        quick + "from scorer.resources import models_dir; import_spacy(); import spacy.lang.en;"
        f"{clock} load_language(models_dir() / 'en_draft'); print(time.perf_counter() - t)"
    )
    nlp = load_language(path)
    nlp(DRAFT)
    drafts = [DRAFT] * 400
    n_words = sum(not token.is_space for token in nlp(DRAFT)) * len(drafts)
    files = [file for file in path.rglob("*") if file.is_file()]
    result: dict[str, object] = {
        "import_spacy_s": round(plain, 3),
        "our_import_s": round(ours, 3),
        "load_s": round(load, 3),
        "load_to_import": round(load / plain, 2),
        "one_draft_words": n_words // len(drafts),
        "one_draft_ms": round(1000 * seconds(lambda: nlp(DRAFT), 100), 2),
        "words_per_second": round(n_words / seconds(lambda: list(nlp.pipe(drafts)), 3)),
        "mb_on_disk": round(sum(file.stat().st_size for file in files) / 1e6, 2),
        "mb_deflated": round(sum(len(zlib.compress(file.read_bytes(), 6)) for file in files) / 1e6, 2),
    }
    result["odd_texts_s"] = growth(nlp, (args.longest // 100, args.longest // 10, args.longest))
    result["odd_texts_tokenizer_s"] = growth(nlp.make_doc, (10_000, 100_000, 1_000_000))
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
