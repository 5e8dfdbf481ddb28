"""How a draft is written: pronouns, contractions, slips of the keyboard, and how its sentences begin and end.

One pass over the words and one over the sentences; everything that tone measures beyond word lists.
Positions are folded code points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorer.parse.known_words import is_known

if TYPE_CHECKING:
    from scorer.parse.parsed import ParsedDraft, Sentence

Range = tuple[int, int]

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_DASH = re.compile(r"[\u2014\u2013]|(?<=\s)--(?=\s)")
_FIRST_SINGULAR = ["i", "me", "my", "mine", "myself", "im", "ive"]
_FIRST_PLURAL = ["we", "us", "our", "ours", "ourselves"]
_SECOND = ["you", "your", "yours", "yourself", "yourselves", "u", "ur", "youre"]
_KINDS = {
    **dict.fromkeys(_FIRST_SINGULAR, "first_singular"),
    **dict.fromkeys(_FIRST_PLURAL, "first_plural"),
    **dict.fromkeys(_SECOND, "second"),
    **dict.fromkeys(["please", "pls", "plz"], "please"),
    **dict.fromkeys(["he", "she", "it", "they", "that", "there", "this", "what", "who"], "other"),
    # Full forms of what can be contracted after a pronoun.
    **dict.fromkeys(["am", "is", "are", "have", "has", "will", "would", "had", "not"], "full"),
}
_CLITICS = frozenset(["m", "re", "ve", "ll", "d", "t"])
_ARTICLES = frozenset(("a", "an"))
_WH = frozenset(["what", "why", "who", "which", "when", "where", "how", "whose", "whom"])
# Words that may follow themselves in good English.
_MAY_DOUBLE = frozenset(
    [
        "that",
        "had",
        "very",
        "so",
        "really",
        "no",
        "hear",
        "knock",
        "ha",
        "now",
        "there",
        "is",
        "you",
        "her",
        "many",
        "long",
        "far",
        "much",
        "well",
        "please",
        "never",
        "again",
        "what",
        "do",
        "more",
        "okay",
        "ok",
        "sorry",
        "oi",
        "hi",
        "hey",
        "yes",
        "yeah",
        "wow",
        "thanks",
        "bye",
        "hello",
    ]
)
# Sounds, not letters, choose between "a" and "an"; these begin with the other sound.
_CONSONANT_SOUND = re.compile(
    r"(?:uni(?!n|m)|use|usu|usa|ut[ie]|eu|ew|one(?!r)|once|ubi|ur[aio]|uk|u-|o-ne)", re.IGNORECASE
)
_VOWEL_SOUND = re.compile(r"(?:hour|honest|hono|heir|x-ray)", re.IGNORECASE)
_ABBREVIATIONS = frozenset(
    [
        "approx",
        "min",
        "max",
        "no",
        "vs",
        "etc",
        "e.g",
        "i.e",
        "incl",
        "excl",
        "dept",
        "asst",
        "engg",
        "mech",
        "tech",
        "govt",
        "univ",
        "nr",
        "yrs",
        "hrs",
        "mins",
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "st",
    ]
)


@dataclass(frozen=True, slots=True)
class Writing:
    """What one pass over the tokens and sentences saw.

    Attributes
    ----------
    n_words
        Words of the main part, between greeting and sign-off; a contraction and a given firm's name count once.
    first_singular, first_plural, second
        Pronouns of the main part.
    contractions, full_forms
        "I'm" as against "I am" after a pronoun, and "n't" as against "not".
    lower_i
        "i" for "I".
    doubled
        The second of two equal words in a row, with the space before it.
    articles
        "a" or "an" before the wrong sound.
    unknown
        Words that are in no word list, not capitalised, and no form of a known word.
    uncapitalised
        First letters of sentences in lower case.
    unended
        Last words of paragraphs that should end in a mark.
    self_starts, you_starts, wh_starts, please_starts
        First words of main sentences that name the writer or the reader, or ask.
    please
        Each "please".
    dashes
        Dashes between words, as long dashes or spaced hyphens.
    """

    n_words: int
    first_singular: tuple[Range, ...]
    first_plural: tuple[Range, ...]
    second: tuple[Range, ...]
    contractions: int
    full_forms: int
    lower_i: tuple[Range, ...]
    doubled: tuple[Range, ...]
    articles: tuple[Range, ...]
    unknown: tuple[Range, ...]
    uncapitalised: tuple[Range, ...]
    unended: tuple[Range, ...]
    main_sentences: tuple[Sentence, ...]
    self_starts: tuple[Range, ...]
    you_starts: tuple[Range, ...]
    wh_starts: tuple[Range, ...]
    please: tuple[Range, ...]
    please_starts: tuple[Range, ...]
    dashes: tuple[Range, ...]


def read_writing(parsed: ParsedDraft) -> Writing:
    """Return what the words and sentences of `parsed` show of the way it is written."""
    text, low, high = parsed.text, parsed.body_start, parsed.signature_start
    sheltered = parsed.sheltered
    found: dict[str, list[Range]] = {
        name: []
        for name in (
            "first_singular",
            "first_plural",
            "second",
            "please",
            "lower_i",
            "doubled",
            "articles",
            "unknown",
        )
    }
    contractions = full_forms = 0
    before = before_lower = ""
    before_end = 0
    for match in _WORD.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        lower = word.lower()
        base, clitic, ending = lower.partition("'")
        main = low <= start < high
        here = (start, start + len(base))
        kind = _KINDS.get(base)
        if main:
            if clitic and (ending in _CLITICS or (ending == "s" and kind is not None)):
                contractions += 1
            if kind == "full":
                full_forms += lower == "not" or _KINDS.get(before_lower, "full") != "full"
            elif kind in found and word != "US":
                found[kind].append(here)
                if base == "i" and word[0] == "i" and _alone(text, start) and not sheltered(*here):
                    found["lower_i"].append(here)
            plain = len(word) > 3 and word.islower() and word.isascii() and word.isalpha()
            if (
                plain
                and not is_known(word)
                and not sheltered(*here)
                and not _part_of_address(text, start, end)
            ):
                found["unknown"].append(here)
        if lower == before_lower:
            gap = text[before_end:start]
            inner = word.islower() or before[1:].islower() or len(word) == 1
            if (
                inner
                and gap in {" ", "  ", "\n"}
                and word.isalpha()
                and lower not in _MAY_DOUBLE
                and not (word.istitle() and before.istitle() and len(word) > 1)  # Walla Walla
                and not sheltered(*here)
            ):
                found["doubled"].append((before_end, end))
        elif before_lower in _ARTICLES and text[before_end:start] == " " and _wrong_article(before, word):
            found["articles"].append((before_end - len(before), before_end))
        before, before_lower, before_end = word, lower, end
    dashes = (
        tuple(m.span() for m in _DASH.finditer(text, low, high))
        if "\u2014" in text or "\u2013" in text or "--" in text
        else ()
    )
    return Writing(
        n_words=len(parsed.main_words),
        contractions=contractions,
        full_forms=full_forms,
        dashes=dashes,
        main_sentences=main_sentences(parsed),
        **{name: tuple(ranges) for name, ranges in (found | _starts(parsed)).items()},
    )


def _part_of_address(text: str, start: int, end: int) -> bool:
    """Tell whether a word is glued to a dot, at sign, slash or number sign: a file, address or tag."""
    return text[start - 1 : start] in set("@#./_&") or (
        text[end : end + 1] in set("@/_&.") and text[end + 1 : end + 2].isalnum()
    )


def _alone(text: str, start: int) -> bool:
    """Tell whether the "i" at `start` is a word by itself and no list number, "i.e." or variable."""
    after = text[start + 1 : start + 3]
    before = text[start - 1 : start]
    if (after[:1] in {".", ")", "-", "/", "="} and after != ". ") or before in {"(", "-", "/", "_"}:
        return False
    return not (after == ". " and before in {"", "\n"})


def _wrong_article(article: str, word: str) -> bool:
    """Tell whether a lower-case `article` meets the wrong sound; abbreviations are left alone."""
    if (
        not article.islower()
        or not word.isalpha()
        or len(word) < 3
        or (word[0].isupper())
        or not word.isascii()
    ):
        return False
    vowel = (word[0].lower() in "aeiou" and not _CONSONANT_SOUND.match(word)) or _VOWEL_SOUND.match(
        word
    ) is not None
    if article == "a":
        return vowel
    return not vowel and word[0].lower() != "h"


def main_sentences(parsed: ParsedDraft) -> tuple[Sentence, ...]:
    """Return the sentences between greeting and sign-off."""
    zones = {"greeting", "sign_off", "signature"}
    return tuple(s for s in parsed.sentences if not s.roles & zones and s.start >= parsed.body_start)


def _starts(parsed: ParsedDraft) -> dict[str, list[Range]]:
    """Return how the main sentences begin and end, by kind."""
    text = parsed.text
    starts: dict[str, list[Range]] = {
        name: []
        for name in ("uncapitalised", "unended", "self_starts", "you_starts", "wh_starts", "please_starts")
    }
    main = main_sentences(parsed)
    for position, sentence in enumerate(main):
        first = _WORD.search(text, sentence.start, sentence.end)
        if first is None:
            continue
        word = first.group().lower().partition("'")[0]
        here = (first.start(), first.start() + len(word))
        kind = _KINDS.get(word)
        if kind in {"first_singular", "first_plural"}:
            starts["self_starts"].append(here)
        elif kind == "second":
            starts["you_starts"].append(here)
        elif kind == "please" or word == "kindly":
            starts["please_starts"].append(here)
        elif word in _WH and "?" in sentence.text:
            starts["wh_starts"].append(here)
        begins = (
            position == 0
            or _closes(main[position - 1].text)
            or "\n\n" in text[main[position - 1].end : sentence.start]
        )
        after_greeting = position == 0 and parsed.body_start > 0
        apart = sentence.start == 0 or text[sentence.start - 1].isspace()  # else the inside of an address
        if begins and apart and not after_greeting and _lower_start(text, here, sentence):
            starts["uncapitalised"].append((here[0], here[0] + 1))
        following = main[position + 1] if position + 1 < len(main) else None
        ends = following is None or "\n\n" in text[sentence.end : following.start]
        last = sentence.text[-1]
        if ends and last.isalnum() and len(sentence.text) > 25 and not _ends_in_link(parsed, sentence):
            tail = sentence.text.rsplit(None, 1)[-1]
            starts["unended"].append((sentence.end - len(tail), sentence.end))
    return starts


def _closes(sentence: str) -> bool:
    """Tell whether a sentence ends in a mark that is no list number's or abbreviation's full stop."""
    if sentence[-1] not in ".!?":
        return False
    last = sentence.split()[-1].strip(".!?").lower()
    return not last.isdigit() and last not in _ABBREVIATIONS


def _lower_start(text: str, here: Range, sentence: Sentence) -> bool:
    """Tell whether a sentence starts with a lower-case word that is no brand, link or list item."""
    word = text[here[0] : here[1]]
    return (
        here[0] == sentence.start
        and word.islower()
        and word.isalpha()
        and word != "i"
        and len(sentence.text) > 12
    )


def _ends_in_link(parsed: ParsedDraft, sentence: Sentence) -> bool:
    return any(link.end >= sentence.end - 1 and link.start < sentence.end for link in parsed.links) or any(
        p.end >= sentence.end - 1 and p.start < sentence.end for p in parsed.placeholders
    )
