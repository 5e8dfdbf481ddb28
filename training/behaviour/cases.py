"""Hand-written drafts and what is done to them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from scorer.schema import Draft, Person

_HERE = Path(__file__).parent
_READER = {"first": "Meredith", "last": "Campbell", "company": "Thwaite Watermill", "school": "Keele"}


class Expected(StrEnum):
    """What a change must do to the score."""

    LOWER = "lower"
    NOT_HIGHER = "not higher"
    HIGHER = "higher"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Case:
    """One draft before and after one change."""

    test: str
    expected: Expected
    draft: int
    before: Draft
    after: Draft


@dataclass(frozen=True, slots=True)
class Base:
    """A hand-written draft with its places for the reader's name, company and school."""

    number: int
    text: str
    channel: str = "message"
    stage: str = "initial"
    subject: str | None = None
    previous: str | None = None
    specific: str | None = None
    reason: str | None = None
    ask: str | None = None
    spelling: tuple[tuple[str, str], ...] = ()

    def draft(self, **reader: str) -> Draft:
        """Return the draft written to a reader, who is also given as its recipient."""
        facts = {**_READER, **reader}
        return Draft(
            text=self.text.format(**facts),
            channel=self.channel,
            stage=self.stage,
            subject=self.subject.format(**facts) if self.subject is not None else None,
            previous=self.previous,
            recipient=Person(
                name=f"{facts['first']} {facts['last']}",
                company=facts["company"] if "{company}" in self.text else None,
                school=facts["school"] if "{school}" in self.text else None,
            ),
        )

    def filled(self, sentence: str | None) -> str | None:
        """Return a sentence of the record with the reader's facts in it."""
        return None if sentence is None else sentence.format(**_READER)


def bases() -> tuple[Base, ...]:
    """Return the hand-written drafts."""
    records = tomllib.loads((_HERE / "drafts.toml").read_text(encoding="utf-8"))["draft"]
    return tuple(
        Base(number=i, **{**record, "spelling": tuple((a, b) for a, b in record.get("spelling", ()))})
        for i, record in enumerate(records, 1)
    )


def names() -> dict[str, tuple[str, ...]]:
    """Return first names, surnames, companies and schools to swap."""
    lists = tomllib.loads((_HERE / "names.toml").read_text(encoding="utf-8"))
    return {
        kind: tuple(item.strip() for item in (text.split("|") if "|" in text else text.split()))
        for kind, text in lists.items()
    }


_OPENING = re.compile(r"^[^\n,.!]*[,.!]\s+(?:hope [^.!]*[.!]\s+)?")


def _at_end(text: str, words: str) -> str:
    """Return `text` with `words` behind its last full sentence, before what takes leave."""
    cut = max(text.rfind(mark) for mark in ".?!") + 1
    return f"{text[:cut]} {words}{text[cut:]}" if cut else f"{text} {words}"


def _at_start(text: str, words: str) -> str:
    opening = _OPENING.match(text)
    cut = opening.end() if opening and opening.end() < 60 else 0
    return f"{text[:cut]}{words} {text[cut:]}"


def _look_alike(text: str) -> str:
    """Return `text` with every third plain "a", "e" and "o" in its Cyrillic look-alike."""
    swap = {"a": "\u0430", "e": "\u0435", "o": "\u043e"}
    seen = 0
    result = []
    for c in text:
        if c in swap:
            seen += 1
            c = swap[c] if seen % 3 == 0 else c
        result.append(c)
    return "".join(result)


_WORSE: dict[str, Callable[[str], str]] = {
    "a guilt trip": lambda t: _at_end(
        t, "I have waited long enough now, and it would be rude of you not to answer."
    ),
    "a second, bigger ask": lambda t: _at_end(
        t, "Also, could you introduce me to your director, and send me the list of your clients?"
    ),
    "FREE!!!": lambda t: _at_end(t, "Get yours FREE!!! Act now, this offer ends tonight!!!"),
    "a stray placeholder": lambda t: _at_end(t, "I have followed {{company_name}} for years."),
    "hype": lambda t: _at_end(
        t, "We are a world-class, game-changing, best-in-class solution with unmatched results."
    ),
    "bank details asked for": lambda t: _at_end(
        t, "Please send me your bank details and a copy of your passport."
    ),
    "an insult": lambda t: _at_end(t, "Only an idiot would say no to this."),
    "all in capitals": str.upper,
}
_NO_BETTER: dict[str, Callable[[str], str]] = {
    "filler": lambda t: _at_end(
        t, "It goes without saying that at the end of the day things are what they are."
    ),
    "bare keywords": lambda t: _at_end(
        t, "Personalized, relevant, specific, mutual, congratulations, value."
    ),
    "thanks heaped up": lambda t: _at_end(
        t, "Thank you, thank you so much, many thanks, thanks again and thank you."
    ),
    "invisible characters": lambda t: t.replace(" a", " \u200ba").replace("e ", "e\u200d "),
    "look-alike letters": _look_alike,
}
_SAME: dict[str, Callable[[str], str]] = {
    "curly quotes": lambda t: re.sub(r'"([^"]*)"', "\u201c\\1\u201d", t.replace("'", "\u2019")),
    "CRLF line ends": lambda t: t.replace("\n", "\r\n"),
    "white space at the end": lambda t: t + " \n\n",
    "two spaces after a full stop": lambda t: re.sub(r"(?<=[.!?]) (?=[A-Z])", "  ", t),
}


def cases() -> Iterator[Case]:
    """Yield every case but the swaps of names: the change is made to the text alone."""
    for base in bases():
        before = base.draft()
        for expected, changes in (
            (Expected.LOWER, _WORSE),
            (Expected.NOT_HIGHER, _NO_BETTER),
            (Expected.SAME, _SAME),
        ):
            for test, change in changes.items():
                after = change(before.text)
                if after != before.text:
                    yield Case(test, expected, base.number, before, replace(before, text=after))
        for test, words, place in (
            ("a reference only this reader fits", base.filled(base.specific), _at_start),
            ("a reason", base.filled(base.reason), _at_start),
            ("an easy, specific ask", base.filled(base.ask), _at_end),
        ):
            if words:
                after = place(before.text, words)
                yield Case(test, Expected.HIGHER, base.number, before, replace(before, text=after))
        for british, american in base.spelling:
            after = before.text.replace(british, american)
            yield Case(
                "American for British spelling",
                Expected.SAME,
                base.number,
                before,
                replace(before, text=after),
            )


def swaps(kind: str) -> Iterator[tuple[Base, list[Draft]]]:
    """Yield each draft that names the reader's `kind` with its variants, one for every name of the list.

    Parameters
    ----------
    kind
        ``first``, ``last``, ``company`` or ``school``.
    """
    lists = names()
    key = {"companies": "company", "schools": "school"}.get(kind, kind)
    for base in bases():
        if f"{{{key}}}" in base.text:
            yield base, [base.draft(**{key: name}) for name in lists[kind]]
