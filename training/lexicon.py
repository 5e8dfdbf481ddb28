"""Build the compact set of known word forms.

Usage: ``python -m training.lexicon WORDS... --out models/lexicon/known_words.bloom``; each source is a text,
CoNLL-U or dictionary file whose licence allows derived data (the manifest names the ones used).
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path

from scorer.lexicons import load
from scorer.parse.known_words import BITS, indices

_WORD = re.compile(r"[a-z]{2,30}")
# The forms a running text must show this often before they are believed.
MIN_COUNT = 2


def words_of(path: Path) -> set[str]:
    """Return the lower-case word forms of a source file."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".dict":  # pronouncing dictionary: word, then sounds
        return {
            m for line in text.splitlines() for m in _WORD.findall(line.split(" ")[0].split("(")[0].lower())
        }
    if path.suffix == ".conllu":
        rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
        counts = Counter(
            form
            for row in rows
            if len(row) > 5 and row[3] not in {"PROPN", "X"} and "Typo=Yes" not in row[5]
            for form in _WORD.findall(row[1].lower())
        )
        return {form for form, n in counts.items() if n >= MIN_COUNT}
    return set(_WORD.findall(text.lower()))


def build(sources: list[Path]) -> tuple[bytes, int]:
    """Return the filter and the number of forms in it, without the listed misspellings and chat spellings."""
    forms = set().union(*(words_of(path) for path in sources))
    for name in ("ton_misspellings", "ton_netspeak"):
        forms -= {word for word, better in load(name).entries.items() if better}
    bits = bytearray(BITS // 8)
    for form in forms:
        for index in indices(form):
            bits[index >> 3] |= 1 << (index & 7)
    return bytes(bits), len(forms)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    data, size = build(arguments.sources)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_bytes(data)
    filled = sum(byte.bit_count() for byte in data) / BITS
    print(json.dumps({"forms": size, "bits_set": round(filled, 4), "false_known": round(filled**4, 5)}))


if __name__ == "__main__":
    main()
