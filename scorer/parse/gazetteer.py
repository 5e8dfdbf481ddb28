"""Second thoughts about names: towns that the entity net takes for firms, and ordinary words for names.

The net has learnt that "at" and "from" go before firms, and knows few of the world's towns; a list knows them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from scorer.parse.mentions import plain

FILE = "places.npz"
# How large a place is, in its entry's low bits; the others say what else is called so.
SMALL, TOWN, CITY = 1, 2, 3
SIZE, PERSON, FIRM = 3, 4, 8

_INSIDE = frozenset(["in", "near", "around", "outside", "across", "throughout", "within"])
_BESIDE = frozenset(["at", "from", "of", "via", "between", "through"])
_WENT = frozenset(
    "move moved moving relocate relocating relocated travel travelling fly flying drive return returning come "
    "coming go going went trip visit back up down".split()
)
_PART_OF = frozenset(
    "the upper lower north south east west northern southern nearby old central greater".split()
)
_LONGEST = 3  # words
# Last words of the names of firms and bodies, and capital letters that name none.
_FIRM_ENDS = frozenset(
    "inc inc. ltd ltd. limited llc plc gmbh corp corp. corporation company group holdings partners associates bank "
    "industries enterprises systems technologies solutions services consulting labs studios foundation institute "
    "association society council committee union trust railway railways airlines airways motors motorsports steel "
    "steels mills wires ropes shipyard shipyards press hospital clinic inn agency ministry department ventures "
    "capital logistics pharma pharmaceuticals software robotics bakery brewery".split()
)
_LEGAL_FORMS = frozenset("inc inc. ltd ltd. llc llp plc gmbh corp corp. lp l.p. pty".split())
_SCHOOL_ENDS = frozenset(["university", "college", "school", "academy", "polytechnic"])
_NO_NAMES = frozenset(
    "svp evp avp vp ceo cto cfo coo cmo cio hod hr phd mba bsc msc btech mtech b.tech m.tech b.sc. m.sc. bba ece eee "
    "cse vlsi iot seo crm saas b2b b2c kpi kpis roi irr pdf cv faq rsvp asap fyi dm dms id sql api apis ui ux qa gpa "
    "rfp nda mvp poc eta tbd etc gdpr".split()
)
# Signs with spaces before them that end a person's name.
_BETWEEN = frozenset("- – — | / ,".split())
_NAMES = frozenset(["PERSON", "ORG", "SCHOOL", "PLACE"])


def key_of(name: str) -> int:
    """Return the key of a place's name, whatever its case and accents."""
    return zlib.crc32(plain(name).encode("utf-8", "replace"))


class Gazetteer:
    """Names of places as keys without their letters.

    Parameters
    ----------
    keys
        Shape (n,): ascending.
    marks
        Shape (n,): SMALL, TOWN or CITY, with PERSON and FIRM added where people or firms are called so, too.
    """

    def __init__(self, keys: NDArray[np.uint32], marks: NDArray[np.uint8]) -> None:
        self._keys = keys
        self._marks = marks

    @classmethod
    def of(cls, marks: dict[str, int]) -> Gazetteer:
        """Return the gazetteer of the places in `marks`, by name."""
        by_key = {key_of(name): mark for name, mark in marks.items()}
        keys = sorted(by_key)
        return cls(np.array(keys, dtype=np.uint32), np.array([by_key[key] for key in keys], dtype=np.uint8))

    def __len__(self) -> int:
        return len(self._keys)

    def mark(self, name: str) -> int:
        """Return what is known of the place `name`; 0 for none."""
        key = key_of(name)
        at = int(np.searchsorted(self._keys, np.uint32(key)))
        return int(self._marks[at]) if at < len(self._keys) and int(self._keys[at]) == key else 0

    def save(self, path: Path) -> None:
        """Write the file; gaps between the keys, byte by byte, take the least room."""
        gaps = np.diff(self._keys, prepend=np.uint32(0)).astype("<u4").view(np.uint8).reshape(-1, 4)
        np.savez_compressed(path, gaps=np.ascontiguousarray(gaps.T), marks=self._marks)

    @classmethod
    def load(cls, path: Path) -> Gazetteer:
        """Read the file."""
        with np.load(path, allow_pickle=False) as arrays:
            gaps = np.ascontiguousarray(arrays["gaps"].T).view("<u4").ravel()
            return cls(np.cumsum(gaps, dtype=np.uint32), arrays["marks"])


class NameCheck:
    """Pipeline component: turns entities that are places into PLACE, adds places, leaves out what is no name."""

    def __init__(self) -> None:
        self.gazetteer = Gazetteer.of({})

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc` with its entities looked over."""
        ents = list(_without_words(doc, self.gazetteer))
        kept = [self._settled(doc, part) for ent in ents for part in _parts(doc, ent)]
        kept += self._missed(doc, kept)
        if len(kept) != len(doc.ents) or any(a is not b for a, b in zip(kept, ents, strict=False)):
            doc.ents = kept
        return doc

    def _settled(self, doc: Doc, ent: Span) -> Span:
        """Return `ent`, as a PLACE where its name and the word before it say so."""
        if ent.label_ not in _NAMES or not ent[0].text[0].isupper():
            return ent
        if len(ent) > 1 and ent.label_ in {"PERSON", "PLACE"}:
            last = ent[-1].lower_
            if last in _FIRM_ENDS or last in _SCHOOL_ENDS:
                return Span(doc, ent.start, ent.end, "SCHOOL" if last in _SCHOOL_ENDS else "ORG")
        if ent.label_ == "PLACE":
            return ent
        mark = self.gazetteer.mark(ent.text)
        if not mark:
            return ent
        size, person, firm = mark & SIZE, mark & PERSON, mark & FIRM
        if not person and not firm and size >= (TOWN if len(ent) > 1 else CITY):
            return Span(doc, ent.start, ent.end, "PLACE")
        before = _before(doc, ent.start)
        if before not in _INSIDE and before not in _BESIDE:
            return ent
        taken_for_person = ent.label_ == "PERSON"
        if before in _INSIDE:
            fits = not (taken_for_person and person) or size == CITY
        else:
            fits = not firm and size >= TOWN and (not taken_for_person or (not person and size == CITY))
        return Span(doc, ent.start, ent.end, "PLACE") if fits else ent

    def _missed(self, doc: Doc, ents: Iterable[Span]) -> Iterator[Span]:
        """Yield places after such words as "in" that no entity covers."""
        taken = {i for ent in ents for i in range(ent.start, ent.end)}
        done = 0
        for token in doc:
            i = token.i
            if i < done or i in taken or token.pos_ != "PROPN" or not token.text[0].isupper():
                continue
            before = _before(doc, i)
            if before not in _INSIDE and before not in _BESIDE:
                continue
            for end in range(min(i + _LONGEST, len(doc)), i, -1):
                if any(j in taken for j in range(i, end)):
                    continue
                mark = self.gazetteer.mark(doc[i:end].text)
                if mark and (before in _INSIDE or (mark & SIZE >= TOWN and not mark & (PERSON | FIRM))):
                    if end == len(doc) or doc[end].pos_ != "PROPN" or not doc[end].text[0].isupper():
                        yield Span(doc, i, end, "PLACE")
                        done = end
                    break

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write the component's data into the folder `path`."""
        Path(path).mkdir(parents=True, exist_ok=True)
        self.gazetteer.save(Path(path) / FILE)

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> NameCheck:
        """Read the component's data from the folder `path`."""
        self.gazetteer = Gazetteer.load(Path(path) / FILE)
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """Return the component's data."""
        return self.gazetteer._keys.tobytes() + self.gazetteer._marks.tobytes()

    def from_bytes(self, data: bytes, **_: Any) -> NameCheck:
        """Take over the data of `to_bytes`."""
        n = len(data) // 5
        keys = np.frombuffer(data, dtype=np.uint32, count=n)
        self.gazetteer = Gazetteer(keys, np.frombuffer(data, dtype=np.uint8, offset=4 * n))
        return self


def _before(doc: Doc, i: int) -> str:
    """Return the word before token `i`, past parts such as "the" or "upper"; "in" for "move to" and the like."""
    word = doc[i - 1].lower_ if i else ""
    if word in _PART_OF and i > 1:
        i -= 1
        word = doc[i - 1].lower_
    return "in" if word == "to" and i > 1 and doc[i - 2].lower_ in _WENT else word


def _parts(doc: Doc, ent: Span) -> Iterator[Span]:
    """Yield `ent` from end to end of its name; a person called twice ("Dana Dana,") as two."""
    start, end = ent.start, ent.end
    if ent.label_ == "ORG":
        after = end + 1 if end < len(doc) and doc[end].text == "," else end
        if after < len(doc) and doc[after].lower_ in _LEGAL_FORMS and not doc[after].ent_type:
            end = after + 1
    if ent.label_ == "PERSON":
        signs = (i for i in range(start + 1, end) if doc[i].text in _BETWEEN and doc[i - 1].whitespace_)
        end = next(signs, end)
        if end - start == 2 and doc[start].lower_ == doc[start + 1].lower_:
            yield Span(doc, start, start + 1, "PERSON")
            start += 1
    if ent.label_ in {"PERSON", "PLACE"} and doc[start].text[0].isupper():
        while end - start > 1 and doc[end - 1].is_alpha and doc[end - 1].is_lower:
            end -= 1
    yield ent if (start, end) == (ent.start, ent.end) else Span(doc, start, end, ent.label_)


def _without_words(doc: Doc, gazetteer: Gazetteer) -> Iterator[Span]:
    """Yield the entities of `doc`; in a text with proper capitals a name without one is an ordinary word."""
    cased: bool | None = None
    for ent in doc.ents:
        if ent.label_ in _NAMES and ent.text.lower() in _NO_NAMES:
            continue
        if ent.label_ == "PLACE" and len(ent) == 1 and ent[0].pos_ == "ADJ":
            continue
        if ent.label_ in _NAMES and ent.text.islower():
            cased = _is_cased(doc) if cased is None else cased
            is_city = ent.label_ == "PLACE" and gazetteer.mark(ent.text) & SIZE == CITY
            if (cased and not is_city) or ent.text.startswith("i'"):  # "i'am" is a slip, no firm
                continue
        yield ent


def _is_cased(doc: Doc) -> bool:
    """Tell whether sentences begin with capitals and the writer calls themselves "I"."""
    firsts = [token.text[0] for token in doc if token.is_sent_start and token.text[0].isalpha()]
    capitals = sum(first.isupper() for first in firsts)
    return bool(firsts) and capitals >= 0.7 * len(firsts) and not any(token.text == "i" for token in doc)
