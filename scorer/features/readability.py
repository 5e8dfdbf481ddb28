"""School-grade formulas for short messages, with the figures of textstat and without its start-up cost.

textstat loads a pronouncing dictionary of 126,000 words on its first call, which takes longer than parsing a
draft. Syllables come from ``syllables.txt`` instead: a spelling rule and the words that it gets wrong,
so that every word of that dictionary gets textstat's own count. `reference` asks textstat itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_PUNCTUATION = re.compile(r"[^\w\s']")
# An apostrophe that closes or opens a quotation belongs to no word.
_LOOSE_APOSTROPHE = re.compile(r"'(?![^\W_])|(?<![^\W_])'")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(
    r"(?<![leoyiau])e$|[aeiouy]le$|lle$|[^aeiouytdl]ed$|[aeiouyl]led$|[^aeiouycgszxhl]es$|[aeiouyl]les$|[st]hes$"
)
_SPLIT_VOWELS = re.compile(
    r"[aeiouy]ing$|ia(?!n$|l$|[nlm]s?$)|io(?!n|us)|eo(?!n$|u)|ua(?!r|[sn]?$)|[^aeiouqg]ua|iu|ism$|[aeiou]y[aeiou]"
    r"|[^aeiou]sm$|n't$|ie[tn](?!d)|uou|ea(?:te|ti|to)|creat"
)
# From this many letters on a word counts as long (Björnsson's LIX).
LONG_WORD = 7
# textstat leaves sentences of so few words out of its count.
_FRAGMENT = 2


@dataclass(frozen=True, slots=True)
class Counts:
    """What the formulas need of a text.

    Attributes
    ----------
    letters
        Letters, digits and underscores.
    characters
        Everything but white space.
    chunks
        Pieces between white space, as ARI counts words.
    polysyllables
        Words of three and more syllables.
    difficult
        Polysyllables that are no everyday words.
    long_words
        Words of seven and more letters.
    """

    words: int
    sentences: int
    letters: int
    characters: int
    chunks: int
    syllables: int
    polysyllables: int
    difficult: int
    long_words: int

    @property
    def words_per_sentence(self) -> float:
        """Mean words of a sentence."""
        return self.words / self.sentences

    @property
    def automated_readability_index(self) -> float:
        """School grade by characters and sentence length (Smith & Senter 1967)."""
        return 4.71 * self.characters / self.chunks + 0.5 * self.words_per_sentence - 21.43

    @property
    def flesch_kincaid_grade(self) -> float:
        """School grade by syllables and sentence length (Kincaid et al. 1975)."""
        return 0.39 * self.words_per_sentence + 11.8 * self.syllables / self.words - 15.59

    @property
    def flesch_reading_ease(self) -> float:
        """0 hard to 100 easy by syllables and sentence length (Flesch 1948); leaves that range at the ends."""
        return 206.835 - 1.015 * self.words_per_sentence - 84.6 * self.syllables / self.words

    @property
    def smog_index(self) -> float:
        """School grade by words of three and more syllables (McLaughlin 1969)."""
        return 1.043 * math.sqrt(30 * self.polysyllables / self.sentences) + 3.1291

    @property
    def coleman_liau_index(self) -> float:
        """School grade by letters and sentences per hundred words (Coleman & Liau 1975)."""
        return 5.8 * self.letters / self.words - 29.6 * self.sentences / self.words - 15.8

    @property
    def gunning_fog(self) -> float:
        """School grade by sentence length and hard words (Gunning 1952)."""
        return 0.4 * (self.words_per_sentence + 100 * self.difficult / self.words)


@lru_cache(maxsize=256)
def count(sentences: tuple[str, ...]) -> Counts | None:
    """Return the counts of a text given as its sentences; None without a word."""
    split = [words_of(sentence) for sentence in sentences]
    words = [word for some in split for word in some]
    if not words:
        return None
    pieces = [piece for sentence in sentences for piece in sentence.split()]
    syllables = [count_syllables(word) for word in words]
    easy = _table().easy
    return Counts(
        words=len(words),
        sentences=max(1, sum(len(some) > _FRAGMENT for some in split)),
        letters=sum(map(len, words)) - sum(word.count("'") for word in words),
        characters=sum(map(len, pieces)),
        chunks=len(pieces),
        syllables=sum(syllables),
        polysyllables=sum(number >= 3 for number in syllables),
        difficult=sum(
            number >= 3 and word not in easy for word, number in zip(words, syllables, strict=True)
        ),
        long_words=sum(len(word) >= LONG_WORD for word in words),
    )


@lru_cache(maxsize=1024)
def words_of(sentence: str) -> tuple[str, ...]:
    """Return the words of `sentence` in lower case; hyphenated parts are one word, as in textstat."""
    text = _PUNCTUATION.sub("", sentence)
    if "'" in text:
        text = _LOOSE_APOSTROPHE.sub("", text)
    return tuple(text.lower().split())


@lru_cache(maxsize=16384)
def count_syllables(word: str) -> int:
    """Return the syllables of a lower-case `word`; 0 only where the dictionary hears none (``hm``)."""
    known = _table().exceptions.get(word)
    return by_rule(word) if known is None else known


def by_rule(word: str) -> int:
    """Return the syllables of `word` by its spelling alone: vowel groups, less silent ends, plus split vowels."""
    groups = len(_VOWELS.findall(word))
    if groups > 1 and _SILENT_END.search(word):
        groups -= 1
    return max(1, groups + len(_SPLIT_VOWELS.findall(word)))


@dataclass(frozen=True, slots=True)
class _Table:
    exceptions: dict[str, int]
    easy: frozenset[str]


@cache
def _table() -> _Table:
    exceptions: dict[str, int] = {}
    easy: frozenset[str] = frozenset()
    for line in (Path(__file__).parent / "syllables.txt").read_text(encoding="utf-8").splitlines():
        key, _, rest = line.partition(": ")
        if key == "easy":
            easy = frozenset(rest.split())
        elif key.isdigit():
            exceptions.update(dict.fromkeys(rest.split(), int(key)))
    return _Table(exceptions, easy)


def reference(text: str) -> dict[str, float]:
    """Return textstat's own figures for `text`, by the names of `Counts`; slow on its first call."""
    import textstat

    names = (
        "automated_readability_index", "flesch_kincaid_grade", "flesch_reading_ease", "smog_index",
        "coleman_liau_index", "gunning_fog",
    )  # fmt: skip
    return {name: float(getattr(textstat, name)(text)) for name in names}


def reference_syllables(words: Sequence[str]) -> list[int]:
    """Return textstat's own syllable count of each word."""
    import textstat

    return [int(textstat.syllable_count(word)) for word in words]
