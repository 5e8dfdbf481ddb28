"""Facts given with the draft, found in its text: also by first name, nickname, initials, accents and case."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

from scorer.lexicons import load
from scorer.parse.parsed import Mention
from scorer.schema import Draft, Person

_TITLES = frozenset([
    "dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir", "madam", "rev", "fr", "st",
    "capt", "hon", "chef", "coach", "madame", "monsieur", "herr", "frau", "phd", "md", "mba", "jr",
    "sr", "ii", "iii",
])  # fmt: skip
# Words of a firm's name that do not tell it from others.
_FIRM_TAIL = frozenset([
    "inc", "llc", "ltd", "limited", "gmbh", "ag", "sa", "plc", "corp", "corporation", "co", "company",
    "group", "holdings", "the", "and", "of", "pvt", "private", "bv", "ab", "oy", "srl", "spa",
    "technologies", "technology", "solutions", "systems", "services", "international", "global",
    "partners", "consulting", "labs",
])  # fmt: skip
_ROLE_GENERIC = frozenset([
    "senior", "junior", "lead", "of", "the", "and", "at", "for", "in", "a", "an", "ii", "iii", "sr",
    "jr", "chief", "assistant", "associate",
])  # fmt: skip

# Words inside a name that are no name alone, and initials that mean something else in a message.
_PARTICLES = frozenset([
    "de", "van", "von", "der", "den", "da", "di", "du", "la", "le", "el", "al", "bin", "ibn", "dos",
    "del", "y", "e", "of", "and", "the", "san",
])  # fmt: skip
_ACRONYMS = frozenset([
    "IT", "HR", "PR", "AI", "ML", "UK", "US", "UN", "EU", "PM", "AM", "OK", "TV", "CV", "PS", "CC",
    "VP", "PA", "MD", "GP", "QA", "UX", "UI", "BI", "DM", "IP", "PC", "ID", "AR", "VR", "ER", "AD",
    "BC", "OR", "IN", "AT", "IS", "AS", "IF", "SO", "NO",
])  # fmt: skip

Fact = Literal["name", "company", "role", "school"]
Who = Literal["recipient", "sender"]


def plain(text: str) -> str:
    """Return `text` in lower case without accents, one character for each given one."""
    return text.lower() if text.isascii() else "".join(_plain_char(char) for char in text)


def _plain_char(char: str) -> str:
    if char.isascii():
        return char.lower()
    special = {
        "ß": "s",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "ı": "i",
        "æ": "a",
        "Æ": "a",
    }
    if char in special:
        return special[char]
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char


def find_mentions(text: str, draft: Draft) -> tuple[Mention, ...]:
    """Return where facts of `draft.recipient` and `draft.sender` stand in the folded `text`, by place.

    A first name that is an ordinary word (Will, Mark, Hope) counts only with a capital.
    """
    found: list[Mention] = []
    folded = plain(text).replace("\n", " ")
    people: tuple[tuple[Who, Person | None], ...] = (("recipient", draft.recipient), ("sender", draft.sender))
    for who, person in people:
        if person is None:
            continue
        if person.name:
            found += _names(text, folded, who, person.name)
        for fact in ("company", "school"):
            value = getattr(person, fact)
            if value:
                found += _organisation(text, folded, who, fact, value)
        if person.role:
            found += _role(folded, who, person.role)
    found.sort(key=lambda mention: (mention.start, -mention.end))
    kept: list[Mention] = []
    for mention in found:
        if not any(other.start <= mention.start and mention.end <= other.end for other in kept):
            kept.append(mention)
    return tuple(kept)


def name_parts(name: str) -> list[str]:
    """Return the words of a personal name without titles, degrees and pronouns in brackets."""
    if "(" in name or "," in name:
        name = re.sub(r"\([^)]*\)|,.*$", " ", name)
    return [
        word
        for word in name.replace(".", " ").split()
        if plain(word) not in _TITLES and any(map(str.isalnum, word))
    ]


def nicknames(first: str) -> tuple[str, ...]:
    """Return the nicknames of a first name and the full names of a nickname, in plain lower case."""
    return _nickname_table().get(plain(first), ())


@cache
def _nickname_table() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for entry in load("nicknames").entries:
        group = entry.split()
        for name in group:
            table.setdefault(name, []).extend(other for other in group if other != name)
    return {name: tuple(dict.fromkeys(others)) for name, others in table.items()}


def _occurrences(folded: str, phrase: str) -> list[tuple[int, int]]:
    """Return where `phrase` stands in `folded` as whole words."""
    found: list[tuple[int, int]] = []
    start = folded.find(phrase) if phrase else -1
    while start >= 0:
        end = start + len(phrase)
        if not folded[start - 1 : start].isalnum() and not folded[end : end + 1].isalnum():
            found.append((start, end))
        start = folded.find(phrase, start + 1)
    return found


def _names(text: str, folded: str, who: Who, name: str) -> list[Mention]:
    parts = name_parts(name)
    if not parts:
        return []
    found: list[Mention] = []
    whole = plain(" ".join(parts))
    candidates = [(whole, True)]
    if len(parts) > 1:
        candidates.append((plain(f"{parts[0]} {parts[-1]}"), True))
    candidates += [(plain(part), True) for part in parts if len(part) > 1 and plain(part) not in _PARTICLES]
    if "-" in parts[0]:
        candidates.append((plain(parts[0].partition("-")[0]), True))
    candidates += [(nick, False) for nick in nicknames(parts[0])]
    if len(parts) > 1:
        initials = "".join(part[0] for part in parts).upper()
        for form in (initials, "".join(f"{char}." for char in initials)):
            if form not in _ACRONYMS:
                found += [Mention(who, "name", *span, exact=False) for span in _occurrences(text, form)]
    for phrase, exact in dict(candidates).items():
        for start, end in _occurrences(folded, phrase):
            word = text[start:end]
            if " " not in phrase and not word[0].isupper() and _is_word(phrase):
                continue
            same = exact and plain(word) == word.lower()
            found.append(Mention(who, "name", start, end, exact=same))
    return found


def _is_word(phrase: str) -> bool:
    return phrase in load("names_that_are_words").entries


def _organisation(text: str, folded: str, who: Who, fact: Fact, name: str) -> list[Mention]:
    whole = plain(" ".join(name.split()))
    words = [word for word in re.split(r"[\s,.&/()]+", whole) if word]
    strong = [word for word in words if word not in _FIRM_TAIL]
    candidates = {whole: True}
    if strong and len(strong) < len(words):
        candidates[" ".join(strong)] = True
    if len(strong) > 1 and len(strong[0]) > 3 and fact == "company":
        candidates.setdefault(strong[0], False)
    acronym = ""
    if len(words) > 1:
        acronym = "".join(word[0] for word in words if word not in {"of", "the", "and", "for", "at", "in"})
        if len(acronym) > 1 and acronym.upper() not in _ACRONYMS:
            candidates.setdefault(acronym, False)
    if fact == "school" and strong:
        core = [
            w
            for w in strong
            if w not in {"university", "college", "school", "institute", "univ", "business", "state"}
        ]
        if core and len(" ".join(core)) > 3:
            candidates.setdefault(" ".join(core), False)
    found: list[Mention] = []
    for phrase, exact in candidates.items():
        for start, end in _occurrences(folded, phrase):
            if (not exact or phrase != whole) and not text[start].isupper():
                continue
            if phrase == acronym and phrase != whole and not text[start:end].isupper():
                continue
            found.append(Mention(who, fact, start, end, exact=exact))
    return found


def _role(folded: str, who: Who, role: str) -> list[Mention]:
    whole = plain(" ".join(role.split()))
    found = [Mention(who, "role", *span) for span in _occurrences(folded, whole)]
    words = [word for word in re.split(r"[\s,/&()|-]+", whole) if word]
    strong = [word for word in words if word not in _ROLE_GENERIC]
    if not found and len(strong) > 1:
        found = [Mention(who, "role", *span, exact=False) for span in _occurrences(folded, " ".join(strong))]
    if not found:
        field = [word for word in strong if len(word) > 4 and word not in {"manager", "director", "engineer", "officer", "president",
                 "founder", "owner", "analyst", "specialist", "consultant", "executive", "coordinator", "partner"}]  # fmt: skip
        found = [
            Mention(who, "role", *span, exact=False) for word in field for span in _occurrences(folded, word)
        ]
    return found
