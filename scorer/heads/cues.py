"""Dense cues: what a linear model over n-grams would need much data to learn, told by short word lists.

The politeness strategies follow Danescu-Niculescu-Mizil et al. (ACL 2013) and the receptiveness markers
Yeomans et al. (2020); the lists, our own, are in ``phrases.txt``. A list costs no pass over the text of its
own: its phrases are looked up among the n-gram keys.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorer.heads.grams import Grams, KeyTable, phrase_keys

Floats = NDArray[np.float32]


def _read(text: str) -> dict[str, tuple[str, ...]]:
    lists: dict[str, tuple[str, ...]] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("["):
            name = line.strip("[]")
            lists[name] = ()
        elif line.strip() and not line.startswith("#"):
            lists[name] += tuple(phrase.strip() for phrase in line.split("|"))
    return lists


_PHRASES = _read((Path(__file__).parent / "phrases.txt").read_text(encoding="utf-8"))
_FORM = (
    "question",
    "questions",
    "exclamation",
    "exclamations",
    "repeated_marks",
    "ellipsis",
    "lower_i",
    "lower_start",
    "link",
    "digits",
    "money_sign",
    "word_length",
    "sentence_length",
    "contractions",
    "lines",
    "ends_question",
    "ends_exclamation",
    "emoji",
    "quote",
)
_SHAPE = ("capital_words", "few_words")
_PLACE = ("first", "last", "order")
NAMES: tuple[str, ...] = (
    *(f"has.{name}" for name in _PHRASES),
    *(f"form.{name}" for name in (*_FORM, *_SHAPE)),
    *(f"place.{name}" for name in _PLACE),
)

# A head trained with other cues must not be used.
FINGERPRINT = hashlib.sha256(repr((NAMES, _PHRASES)).encode()).hexdigest()[:16]

_LINK = re.compile(r"https?:|www\.|<url>|\$link")
_DOT_COM = re.compile(r"\.com\b")
_CONTRACTION = re.compile(r"[a-z]['’](?:s|t|m|re|ve|ll|d)\b", re.IGNORECASE)
_LOWER_I = re.compile(r"\bi\b(?!\.)")
_LOWER_START = re.compile(r"[.!?]\s+[a-z]")
_WORD = re.compile(r"[^\W\d_]+")
_REPEATED = re.compile(r"[!?]{2,}")
_EMOJI = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]|[:;]-?[)(DP]")
_LINES = re.compile(r"\n+")
_DIGITS = re.compile(r"\d+")


@cache
def _table() -> tuple[KeyTable, NDArray[np.int64]]:
    """Return all phrase keys in order, and the list each belongs to."""
    lists = sorted({(phrase, i) for i, phrases in enumerate(_PHRASES.values()) for phrase in phrases})
    keys = phrase_keys([phrase for phrase, _ in lists])
    pairs = sorted(set(zip(keys.tolist(), (i for _, i in lists), strict=True)))
    return (
        KeyTable(np.array([key for key, _ in pairs], dtype=np.uint32)),
        np.array([i for _, i in pairs], dtype=np.int64),
    )


def measure(texts: Sequence[str], grams: Grams, messages: NDArray[np.int64] | None = None) -> Floats:
    """Return one row of cues per text, columns as in `NAMES`, each from 0 to about 2.

    Parameters
    ----------
    messages
        The number of the message that each text is a part of, ascending; None if all are parts of one, in
        order. Only the cues of place depend on it.
    """
    table, lists = _table()
    keys = table.keys
    hits = np.zeros((grams.n, len(_PHRASES)))
    found, place = table.find(grams.keys)
    rows, wanted = grams.rows[found], grams.keys[found]
    while len(place):  # a phrase may stand in several lists
        np.add.at(hits, (rows, lists[place]), 1.0)
        place = place + 1
        more = keys[np.minimum(place, len(keys) - 1)] == wanted
        more &= place < len(keys)
        place, rows, wanted = place[more], rows[more], wanted[more]
    forms = np.array([_form(text) for text in texts]).reshape(grams.n, -1)
    n_words = np.maximum(grams.words, 1)
    message = np.zeros(grams.n, dtype=np.int64) if messages is None else messages
    opens = np.append(True, message[1:] != message[:-1])
    closes = np.append(opens[1:], True)
    begin = np.maximum.accumulate(np.where(opens, np.arange(grams.n), 0))
    size = np.bincount(np.cumsum(opens) - 1)[np.cumsum(opens) - 1]
    columns = (
        np.minimum(grams.capitals / n_words * 5, 1),
        grams.words < 6,
        opens,
        closes,
        (np.arange(grams.n) - begin) / np.maximum(size - 1, 1),
    )
    # A second phrase of a list adds less than the first, a tenth next to nothing: long texts must not
    # win by length.
    return np.column_stack((np.log1p(np.minimum(hits, 4)) / np.log(2), forms, *columns)).astype(np.float32)


def _form(text: str) -> tuple[float, ...]:
    # Each expression runs only where a plain search shows that it may match: most sentences need few of them.
    words = _WORD.findall(text)
    n_words = max(len(words), 1)
    lower = text.lower()
    questions, exclamations = text.count("?"), text.count("!")
    link = _LINK.search(lower) is not None or (".com" in lower and _DOT_COM.search(lower) is not None)
    contractions = len(_CONTRACTION.findall(text)) if "'" in text or "’" in text else 0
    emoji = (not text.isascii() or ":" in text or ";" in text) and _EMOJI.search(text) is not None
    letters = sum(map(len, words))
    end = text.rstrip()[-1:]
    return (
        float(questions > 0),
        min(questions / n_words * 20, 2.0),
        float(exclamations > 0),
        min(exclamations / n_words * 20, 2.0),
        float(questions + exclamations > 1 and _REPEATED.search(text) is not None),
        float("..." in text or "…" in text),
        float("i" in words and _LOWER_I.search(text) is not None),
        float("a" <= text[:1] <= "z" or _LOWER_START.search(text) is not None),
        float(link),
        min(len(_DIGITS.findall(text)) / n_words * 5, 2.0),
        float("$" in text or "£" in text or "€" in text),
        min(max(letters / n_words - 3.0, 0.0) / 2, 2.0),
        min(len(words) / max(text.count(".") + questions + exclamations, 1) / 15, 2.0),
        min(contractions / n_words * 10, 2.0),
        min(len(_LINES.findall(text)) / n_words * 10, 2.0) if "\n" in text else 0.0,
        float(end == "?"),
        float(end == "!"),
        float(emoji),
        float('"' in text or "“" in text),
    )
