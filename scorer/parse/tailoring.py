"""What in a draft fits only its reader: the name at the head, and details tied to "you" and "your".

A *detail* is a name, number, quotation or unusual phrase that stands near words about the reader, and not
in words about the writer. What everybody writes to everybody (``common_words.txt``) is no detail.
Positions count code points of the folded body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from scorer.lexicons import load
from scorer.parse.mentions import name_parts, nicknames, plain

if TYPE_CHECKING:
    from spacy.tokens import Token

    from scorer.parse.parsed import Link, Mention, ParsedDraft, Placeholder, Sentence

DetailKind = Literal["company", "role", "school", "name", "number", "quotation", "phrase"]
Range = tuple[int, int]

READER_WORDS = frozenset([
    "you", "your", "yours", "yourself", "yourselves", "you're", "you've", "you'd", "you'll", "u", "ur",
    "y'all", "ye",
])  # fmt: skip
WRITER_WORDS = frozenset([
    "i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "i'm", "i've", "i'd", "i'll", "we're",
    "we've", "we'd", "we'll",
])  # fmt: skip
# How far, in tokens, a detail may stand from the words about the reader.
_AFTER, _BEFORE = 14, 8
# Two uncommon words at most so many tokens apart make a phrase.
_PHRASE_GAP = 5
_TIME = frozenset([
    "minute", "minutes", "min", "mins", "hour", "hours", "hr", "hrs", "day", "days", "week", "weeks",
    "month", "months", "%", "percent", "am", "pm", "x", "times", "year", "years", "yr", "yrs",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct",
    "nov", "dec",
])  # fmt: skip
_CALENDAR = frozenset([
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues",
    "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "january", "february", "march", "april", "may",
    "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar",
    "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "english", "zoom", "linkedin",
    "skype", "teams", "calendly", "google", "whatsapp", "inmail", "i",
])  # fmt: skip
_SALUTATION = frozenset([
    "hi", "hii", "hiya", "hello", "helo", "hey", "heya", "dear", "dearest", "greetings", "good",
    "morning", "afternoon", "evening", "day", "respected", "namaste", "howdy", "yo", "to", "hallo",
    "hola", "ciao", "bonjour", "salaam", "salam", "sup", "dr", "prof", "professor", "mr", "mrs", "ms",
    "mx", "miss", "rev", "fr", "st", "capt", "hon", "captain", "coach", "chef", "madame", "monsieur",
    "herr", "frau", "señor", "señora", "sr", "sra", "sgt", "sergeant", "lt", "col", "major", "maj",
    "gen", "principal", "judge", "justice", "councillor", "sister", "brother", "sr.", "br.", "dott",
    "ing", "da", "di", "ji", "bhai", "sahib", "and", "or", "&", "my", "again", "back", "happy", "new",
    "year", "from", "the",
])  # fmt: skip
_HONORIFIC = frozenset(["sir", "madam", "mam", "maam", "ma'am", "there"])
# Whom a salutation greets that names nobody.
NOBODY = frozenset([
    "there", "all", "team", "sir", "madam", "sirs", "mam", "maam", "ma'am", "everyone", "everybody",
    "folks", "friend", "friends", "colleague", "colleagues", "candidate", "professional",
    "professionals", "connection", "connections", "member", "owner", "manager", "hiring", "recruiter",
    "recruiters", "leader", "visionary", "esteemed", "valued", "customer", "client", "homeowner",
    "guys", "both", "whom", "it", "may", "concern", "concerned", "partner", "founder", "entrepreneur",
    "stranger", "people", "person", "world", "applicant", "user", "subscriber", "reader", "buddy",
    "mate", "bro", "dude", "man", "pal", "whoever", "you", "your", "network", "fellow", "talent",
    "mentor", "hr", "department", "office", "sales", "marketing", "support", "committee", "board",
    "admissions", "editor", "editors", "author", "host", "organiser", "organizer", "superstar",
    "rockstar", "legend", "gentleman", "ladies", "gentlemen",
])  # fmt: skip
_WORD = re.compile(r"[^\W\d_][\w'’.-]*[^\W_]|[^\W\d_]")
_FORMAL = frozenset({"greeting", "sign_off", "signature"})
_FACT_KINDS: dict[str, DetailKind] = {"company": "company", "role": "role", "school": "school"}
_MONEY = frozenset({"$", "£", "€", "#", "₹", "rs", "rs."})
_LONG_HI = re.compile(r"h+(?:i+|e+y+)(?:y+a+)?|hell+o+")
_TO_ALL = re.compile(r"\s*to (?P<whom>whom(?:soever)? it may concern)[,:.]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Detail:
    """Something that fits only this reader.

    Attributes
    ----------
    key
        Plain form that tells two details from a repetition.
    sentence
        Index of the sentence it stands in.
    """

    kind: DetailKind
    start: int
    end: int
    sentence: int
    key: str


@dataclass(frozen=True, slots=True)
class Salutation:
    """The greeting at the head of the body.

    Attributes
    ----------
    start, end
        The whole greeting with its comma.
    name
        Where the greeted name stands; None when nobody is named.
    nobody
        Where words stand that greet anybody ("there", "Sir/Madam").
    right
        Whether the name belongs to the given reader; None when there is no name or no given reader.
    """

    start: int
    end: int
    name: Range | None = None
    nobody: Range | None = None
    right: bool | None = None


@dataclass(frozen=True, slots=True)
class Tailoring:
    """What `find_tailoring` found.

    Attributes
    ----------
    details
        Distinct details about the reader, by place.
    content
        Indices of the sentences that carry content.
    addressed
        Those of them that speak of the reader.
    uncommon
        Number of content words outside the common ones, whoever they speak of.
    reader_words, writer_words
        Numbers of personal pronouns of either side.
    """

    salutation: Salutation | None
    details: tuple[Detail, ...]
    content: tuple[int, ...]
    addressed: frozenset[int]
    uncommon: int = 0
    reader_words: int = 0
    writer_words: int = 0

    @property
    def tailored(self) -> frozenset[int]:
        """Indices of the sentences with at least one detail."""
        return frozenset(detail.sentence for detail in self.details)

    def concrete_near(self, sentence: int) -> bool:
        """Tell whether the sentence with index `sentence` or the next one holds a detail."""
        return any(detail.sentence in {sentence, sentence + 1} for detail in self.details)


@cache
def common_words() -> frozenset[str]:
    """Return the words that messages to anybody use."""
    from spacy.lang.en.stop_words import STOP_WORDS

    lines = (Path(__file__).parent / "common_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split()) | STOP_WORDS


@lru_cache(maxsize=16384)
def is_common(word: str) -> bool:
    """Tell whether `word` (lower case) is a form of a common word."""
    known = common_words()
    if word in known or len(word) < 4:
        return True
    for ending, put in (
        ("s", ""),
        ("es", ""),
        ("ies", "y"),
        ("ed", ""),
        ("d", ""),
        ("ing", ""),
        ("ing", "e"),
        ("ly", ""),
        ("er", ""),
        ("'s", ""),
    ):
        if word.endswith(ending) and word[: -len(ending)] + put in known:
            return True
    return len(word) > 6 and word[-3:] in {"ing", "ed"} and word[-4] == word[-5] and word[:-4] in known


def reader_names(name: str) -> frozenset[str]:
    """Return the plain words by which a person called `name` may be greeted."""
    parts = name_parts(name)
    words = {plain(part).strip(".") for part in parts}
    words |= {piece for word in words for piece in re.split(r"[-']", word) if len(piece) > 1}
    if parts:
        words |= set(nicknames(parts[0]))
        words.add("".join(plain(part)[0] for part in parts))
    return frozenset(words)


def find_salutation(parsed: ParsedDraft) -> Salutation | None:
    """Return the greeting of `parsed` with what it greets; None without one."""
    text = parsed.text
    greeting = next((s for s in parsed.sentences if "greeting" in s.roles), None)
    if greeting is None:
        formula = _TO_ALL.match(text)
        return Salutation(*formula.span(), nobody=formula.span("whom")) if formula else None
    start, end = greeting.start, max(greeting.end, len(text[: parsed.body_start].rstrip()))
    names: list[re.Match[str]] = []
    nobody: list[re.Match[str]] = []
    greets = False
    for word in _WORD.finditer(text, start, end):
        low = word.group().lower().strip(".'")
        if low in NOBODY:
            nobody.append(word)
        elif low in _SALUTATION or low.startswith(("i'", "assalam")) or _LONG_HI.fullmatch(low):
            greets = True
        elif greets or (
            word.group()[0].isupper()
            and (low not in common_words() or low in load("names_that_are_words").entries)
        ):
            names.append(word)  # without a word of greeting, "Certainly!" is no name
    if names and all(word.group().lower() in _HONORIFIC for word in nobody):
        nobody = []  # "Manisha ma'am" is named
    if any(p.start < end for p in parsed.placeholders):
        return Salutation(start, end)
    name = (names[0].start(), names[-1].end()) if names and not nobody else None
    nobodies = (nobody[0].start(), nobody[-1].end()) if nobody else None
    recipient = parsed.draft.recipient
    right = None
    if name and recipient is not None and recipient.name:
        known = reader_names(recipient.name)
        pieces = {
            piece
            for word in names
            for piece in (plain(word.group()).strip(".'"), *plain(word.group()).strip(".'").split("-"))
        }
        right = bool(known & pieces) or not known
        if not right and text[name[0]].islower() and text[start].isupper():
            return Salutation(start, end, nobody=name)  # "Hey there potato superstar": no name at all
    return Salutation(start, end, name, nobodies, right)


def find_tailoring(parsed: ParsedDraft) -> Tailoring:
    """Return what in `parsed` fits only its reader; one pass over the tokens."""
    reading = _Reading(parsed)
    for sentence in parsed.sentences:
        if not sentence.roles & _FORMAL:
            reading.read(sentence)
    return Tailoring(
        salutation=find_salutation(parsed),
        details=tuple(reading.details.values()),
        content=tuple(reading.content),
        addressed=frozenset(reading.addressed),
        uncommon=reading.uncommon,
        reader_words=reading.reader_words,
        writer_words=reading.writer_words,
    )


class _Reading:
    """The pass over the sentences: what turns to the reader or the writer, and what was found so far."""

    def __init__(self, parsed: ParsedDraft) -> None:
        self.parsed = parsed
        self.details: dict[str, Detail] = {}
        self.content: list[int] = []
        self.addressed: list[int] = []
        self.uncommon = self.reader_words = self.writer_words = 0
        hits = parsed.body.lexicon_hits
        self.to_reader = {hit.start for hit in hits.get("ask_part_common_ground", ())}
        self.to_writer = {hit.start for hit in hits.get("ask_part_introduction", ())}
        self.facts = {m.start: m for m in parsed.mentions if m.who == "recipient" and m.fact != "name"}
        # Given facts, links and placeholders are no details found in the text.
        parts: list[Mention | Link | Placeholder] = [*parsed.mentions, *parsed.links, *parsed.placeholders]
        holes = [(part.start, part.end) for part in parts]
        self.holes = frozenset(position for start, end in holes for position in range(start, end))
        self.quotes = dict(parsed.inline_quotes)

    def read(self, sentence: Sentence) -> None:
        """Note the details of `sentence`."""
        found: list[Detail] = []
        candidates: list[tuple[int, Detail]] = []
        phrase: list[tuple[int, Token]] = []
        reader_at: list[int] = []
        common, index = common_words(), sentence.index
        mine = False
        words = quoted_to = 0
        doc = self.parsed.doc
        tokens = self.parsed.body.plain_tokens[sentence.first : sentence.last]
        for i, (start, text) in enumerate(tokens):
            low = text.lower()
            if start in self.facts:
                mention = self.facts[start]
                found.append(
                    Detail(_FACT_KINDS[mention.fact], mention.start, mention.end, index, mention.fact)
                )
                reader_at.append(i)
                mine = False
            if low in READER_WORDS:
                self.reader_words += 1
                reader_at.append(i)
                mine = False
            elif start in self.to_reader:
                reader_at.append(i)
                mine = False
            elif start in self.to_writer:
                mine = True
            if low in WRITER_WORDS:
                self.writer_words += 1
            head = text[0]
            if not head.isalnum():
                if start in self.quotes:
                    quoted_to = self.quotes[start]
                    candidates.append(
                        (
                            i,
                            Detail(
                                "quotation",
                                start,
                                quoted_to,
                                index,
                                self.parsed.text[start:quoted_to].lower(),
                            ),
                        )
                    )
                continue
            words += 1
            if low in common:
                if not (i and head.isupper() and doc[sentence.first + i].ent_type_):
                    continue
                known = True
            else:
                known = is_common(low)
                # Given facts do not count, or a firm of four rare words would be worth more than one of a common word.
                self.uncommon += not known and low not in _CALENDAR and start not in self.holes
            if mine or start < quoted_to or start in self.holes:
                continue
            if head.isdigit():
                if self._tells(doc[sentence.first + i], "ask" in sentence.roles):
                    candidates.append((i, Detail("number", start, start + len(text), index, low)))
            elif (
                head.isupper()
                and i
                and low not in _CALENDAR
                and (not known or doc[sentence.first + i].ent_type_)
                and self.parsed.text[start - 1] != "\n"
            ):
                end = start + len(text)
                if candidates and candidates[-1][1].kind == "name" and start - candidates[-1][1].end <= 1:
                    last = candidates.pop()[1]
                    start, low = last.start, f"{last.key} {low}"
                if len(low) > 1:
                    candidates.append((i, Detail("name", start, end, index, low)))
            elif not known and low.isalpha():
                token = doc[sentence.first + i]
                if not is_common(token.lemma_.lower()):
                    phrase.append((i, token))
        if reader_at:
            found += [detail for i, detail in candidates if _near(i, reader_at)]
            found += _phrases([(i, token) for i, token in phrase if _near(i, reader_at)], index)
        if words >= 3:
            self.content.append(index)
            if reader_at:
                self.addressed.append(index)
        for detail in found:
            self.details.setdefault(detail.key, detail)

    def _tells(self, number: Token, asking: bool) -> bool:
        """Tell whether a number says something of the reader: no time, price or share, and none of an ask's."""
        doc, i = self.parsed.doc, number.i
        before = doc[i - 1].lower_ if i else ""
        if asking or before in _TIME or before in _MONEY:
            return False
        after = doc[i + 1].lower_.strip(".") if i + 1 < len(doc) else ""
        if after == "%" or number.text.endswith("%"):
            return False
        return after not in _TIME or any(token.lower_ in READER_WORDS for token in doc[max(0, i - 3) : i])


def _phrases(rare: list[tuple[int, Token]], sentence: int) -> list[Detail]:
    """Return at most one phrase of uncommon words that stand close together."""
    for (left, first), (right, second) in pairwise(rare):
        if right - left <= _PHRASE_GAP:
            return [
                Detail(
                    "phrase", first.idx, second.idx + len(second), sentence, f"{first.lower_} {second.lower_}"
                )
            ]
    return []


def _near(index: int, anchors: list[int]) -> bool:
    return any(-_BEFORE <= index - anchor <= _AFTER for anchor in anchors)
