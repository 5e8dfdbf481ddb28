"""How a draft is written: pronouns, contractions, slips of the keyboard, and how its sentences begin and end.

One pass over the tokens and one over the sentences; everything that tone measures beyond word lists.
Positions are folded code points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorer.parse.known_words import is_known

if TYPE_CHECKING:
    from spacy.tokens import Token

    from scorer.parse.parsed import ParsedDraft, Sentence

Range = tuple[int, int]

FIRST_SINGULAR = frozenset("i me my mine myself im ive".split())
FIRST_PLURAL = frozenset("we us our ours ourselves".split())
SECOND = frozenset("you your yours yourself yourselves u ur".split())
_CLITICS = frozenset("'m 's 're 've 'll 'd n't".split())
_FULL_FORMS = frozenset("am is are have has will would had not".split())
_WH = frozenset("what why who which when where how whose whom".split())
_MEETS_CLITIC = FIRST_SINGULAR | FIRST_PLURAL | SECOND | frozenset("he she it they that there this what who".split())
# Words that may follow themselves in good English.
_MAY_DOUBLE = frozenset("that had very so really no hear knock ha now there is you her so many long far much well please never again what do okay ok sorry oi hi hey yes yeah wow thanks bye hello more".split())
# Sounds, not letters, choose between "a" and "an"; these begin with the other sound.
_CONSONANT_SOUND = re.compile(r"(?:uni(?!n|m)|use|usu|usa|ut[ie]|eu|ew|one(?!r)|once|ubi|ura|uk|u-|o-ne)", re.IGNORECASE)
_VOWEL_SOUND = re.compile(r"(?:hour|honest|hono|heir|x-ray)", re.IGNORECASE)
_ABBREVIATIONS = frozenset("approx min max no vs etc e.g i.e incl excl dept asst engg mech tech govt univ nr yrs hrs mins".split())


@dataclass(frozen=True, slots=True)
class Writing:
    """What one pass over the tokens and sentences saw.

    Attributes
    ----------
    n_words
        Words of the main part, between greeting and sign-off; a contraction counts once.
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
    please_starts: tuple[Range, ...]
    dashes: tuple[Range, ...]


def read_writing(parsed: ParsedDraft) -> Writing:
    """Return what the tokens and sentences of `parsed` show of the way it is written."""
    text, doc = parsed.text, parsed.doc
    sheltered = parsed.sheltered
    found: dict[str, list[Range]] = {
        name: [] for name in ("first_singular", "first_plural", "second", "lower_i", "doubled", "articles", "unknown", "dashes")
    }
    n_words = contractions = full_forms = 0
    previous: Token | None = None
    previous_lower = ""
    for token in doc:
        word = token.text
        start = token.idx
        main = parsed.body_start <= start < parsed.signature_start
        if not word[0].isalnum():
            lower = word.lower().replace("’", "'")
            if main and lower in _CLITICS:
                contractions += 1
            elif main and word in {"—", "–", "--"}:
                found["dashes"].append((start, start + len(word)))
            previous, previous_lower = (previous, previous_lower) if token.is_space and "\n\n" not in word else (token, "")
            continue
        lower = word.lower()
        here = (start, start + len(word))
        if lower == "n't":
            contractions += main
        elif main:
            n_words += 1
            if lower in FIRST_SINGULAR:
                found["first_singular"].append(here)
                if word == "i" and _alone(text, start) and not sheltered(*here):
                    found["lower_i"].append(here)
            elif lower in FIRST_PLURAL:
                if word != "US":
                    found["first_plural"].append(here)
            elif lower in SECOND:
                found["second"].append(here)
            elif lower in _FULL_FORMS and (lower == "not" or previous_lower in _MEETS_CLITIC):
                full_forms += 1
        if previous is not None and previous_lower:
            gap = text[previous.idx + len(previous) : start]
            if lower == previous_lower and gap and gap.isspace() and lower.isalpha() and lower not in _MAY_DOUBLE:
                if (word.islower() or previous.text[1:].islower() or len(word) == 1) and not sheltered(*here):
                    found["doubled"].append((previous.idx + len(previous), here[1]))
            elif previous_lower in {"a", "an"} and gap == " " and _wrong_article(previous.text, word):
                found["articles"].append((previous.idx, previous.idx + len(previous)))
        if main and len(word) > 3 and word.islower() and word.isascii() and word.isalpha() and not is_known(word) and not sheltered(*here):
            found["unknown"].append(here)
        previous, previous_lower = token, lower
    sentences = _sentences(parsed)
    return Writing(
        n_words=n_words,
        contractions=contractions,
        full_forms=full_forms,
        **{name: tuple(ranges) for name, ranges in found.items()},
        **sentences,
    )


def _alone(text: str, start: int) -> bool:
    """Tell whether the "i" at `start` is a word by itself and no list number, "i.e." or variable."""
    after = text[start + 1 : start + 3]
    before = text[start - 1 : start]
    if after[:1] in {".", ")", "-", "/", "="} and after != ". " or before in {"(", "-", "/", "_"}:
        return False
    return not (after == ". " and before in {"", "\n"})


def _wrong_article(article: str, word: str) -> bool:
    """Tell whether a lower-case `article` meets the wrong sound; abbreviations are read in too many ways to judge."""
    if not article.islower() or not word.isalpha() or len(word) < 3 or (word[0].isupper()) or not word.isascii():
        return False
    vowel = (word[0].lower() in "aeiou" and not _CONSONANT_SOUND.match(word)) or _VOWEL_SOUND.match(word) is not None
    if article == "a":
        return vowel
    return not vowel and word[0].lower() != "h"


def _sentences(parsed: ParsedDraft) -> dict[str, tuple[Range, ...] | tuple[Sentence, ...]]:
    text = parsed.text
    starts: dict[str, list[Range]] = {
        name: [] for name in ("uncapitalised", "unended", "self_starts", "you_starts", "wh_starts", "please_starts")
    }
    main = tuple(
        s for s in parsed.sentences if not s.roles & {"greeting", "sign_off", "signature"} and s.start >= parsed.body_start
    )
    for position, sentence in enumerate(main):
        first = next((t for t in parsed.tokens(sentence) if t.text[0].isalnum()), None)
        if first is None:
            continue
        word, here = first.lower_, (first.idx, first.idx + len(first))
        if word in FIRST_SINGULAR or word in FIRST_PLURAL:
            starts["self_starts"].append(here)
        elif word in SECOND:
            starts["you_starts"].append(here)
        elif word in _WH and "?" in sentence.text:
            starts["wh_starts"].append(here)
        elif word in {"please", "pls", "plz", "kindly"}:
            starts["please_starts"].append(here)
        begins = position == 0 or _closes(main[position - 1].text) or "\n\n" in text[main[position - 1].end : sentence.start]
        after_greeting = position == 0 and parsed.body_start > 0
        if begins and not after_greeting and _lower_start(text, here, sentence):
            starts["uncapitalised"].append((here[0], here[0] + 1))
        following = main[position + 1] if position + 1 < len(main) else None
        ends = following is None or "\n\n" in text[sentence.end : following.start]
        last = sentence.text[-1]
        if ends and last.isalnum() and len(sentence.text) > 25 and not _ends_in_link(parsed, sentence):
            tail = sentence.text.rsplit(None, 1)[-1]
            starts["unended"].append((sentence.end - len(tail), sentence.end))
    return {"main_sentences": main, **{name: tuple(ranges) for name, ranges in starts.items()}}


def _closes(sentence: str) -> bool:
    """Tell whether a sentence ends in a mark that is no list number's or abbreviation's full stop."""
    if sentence[-1] not in ".!?":
        return False
    last = sentence.split()[-1].strip(".!?").lower()
    return not last.isdigit() and last not in _ABBREVIATIONS


def _lower_start(text: str, here: Range, sentence: Sentence) -> bool:
    """Tell whether a sentence starts with a lower-case word that is no brand, link or list item."""
    word = text[here[0] : here[1]]
    return here[0] == sentence.start and word.islower() and word.isalpha() and word != "i" and len(sentence.text) > 12


def _ends_in_link(parsed: ParsedDraft, sentence: Sentence) -> bool:
    return any(link.end >= sentence.end - 1 and link.start < sentence.end for link in parsed.links) or any(
        p.end >= sentence.end - 1 and p.start < sentence.end for p in parsed.placeholders
    )
