"""Readers of the annotated corpora: every document becomes paragraphs of sentences of gold words."""

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# Features the product reads, and those that help the net to tell forms apart; the others only add classes.
_MORPH = frozenset(
    (
        "Mood",
        "VerbForm",
        "Tense",
        "Person",
        "Number",
        "Voice",
        "Degree",
        "Case",
        "Poss",
        "PronType",
        "Polarity",
    )
) | {"NumType", "Definite"}


UNKNOWN = "-"
"""The label of a word of which nobody says whether it is part of a name."""


@dataclass(slots=True)
class Word:
    """One syntactic word; ``head`` counts within the sentence, -1 is the root, None unknown."""

    form: str
    space: bool = True
    tag: str = ""
    pos: str = ""
    morph: str = ""
    lemma: str = ""
    head: int | None = None
    dep: str = ""
    ent: str = "O"


@dataclass(slots=True)
class Text:
    """A document: paragraphs, each a list of sentences, each a list of words."""

    name: str
    paragraphs: list[list[list[Word]]] = field(default_factory=list)

    @property
    def sentences(self) -> list[list[Word]]:
        """All sentences in order."""
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")


def _morph(feats: str) -> str:
    return "|".join(f for f in feats.split("|") if f.split("=")[0] in _MORPH)


def read_conllu(path: Path) -> list[Text]:
    """Read a Universal Dependencies file; a multi-word token whose parts do not spell it stays one word."""
    texts: list[Text] = []
    sentence: list[Word] = []
    ids: dict[str, int] = {}
    heads: list[str] = []
    fused: dict[int, tuple[str, bool, int]] = {}
    new_paragraph = True
    for line in _lines(path):
        if line.startswith("# newdoc"):
            texts.append(Text(line.split("=", 1)[1].strip()))
            new_paragraph = True
        elif line.startswith("# newpar"):
            new_paragraph = True
        elif line and line[0] != "#":
            columns = line.split("\t")
            space = "SpaceAfter=No" not in columns[9]
            if "-" in columns[0]:
                first, last = map(int, columns[0].split("-"))
                fused[first] = (columns[1], space, last)
            elif "." not in columns[0]:
                ids[columns[0]] = len(sentence)
                heads.append(columns[6])
                lemma = columns[2]
                if lemma == "_" and columns[1] != "_":
                    lemma = columns[1]
                sentence.append(
                    Word(
                        columns[1], space, columns[4], columns[3], _morph(columns[5]), lemma, None, columns[7]
                    )
                )
        elif not line and sentence:
            for word, head in zip(sentence, heads, strict=True):
                word.head = ids.get(head, -1)
            _lay_fused(sentence, fused)
            if new_paragraph or not texts[-1].paragraphs:
                texts[-1].paragraphs.append([])
                new_paragraph = False
            texts[-1].paragraphs[-1].append(sentence)
            sentence, ids, heads, fused = [], {}, [], {}
    return texts


def _lay_fused(sentence: list[Word], fused: dict[int, tuple[str, bool, int]]) -> None:
    """Give the parts of a multi-word token their piece of its surface."""
    for first, (form, space, last) in fused.items():
        parts = sentence[first - 1 : last]
        if "".join(part.form for part in parts) != form:
            sizes = [len(part.form) for part in parts[:-1]]
            if sum(sizes) >= len(form):
                sizes = [1] * (len(parts) - 1)
            start = 0
            for part, size in zip(parts[:-1], sizes, strict=True):
                part.form = form[start : start + size]
                start += size
            parts[-1].form = form[start:]
        for part in parts:
            part.space = False
        parts[-1].space = space


def lay_entities(texts: list[Text], path: Path) -> None:
    """Lay UNER's labels over the words of EWT, sentence by sentence (both in the same order).

    Sentences that UNER's release does not have get the label ``-`` (unknown) on every word.
    """
    labels: list[list[tuple[str, str]]] = []
    rows: list[tuple[str, str]] = []
    for line in _lines(path):
        if line and line[0] != "#":
            _, form, label = line.split("\t")[:3]
            rows.append((form, label))
        elif not line and rows:
            labels.append(rows)
            rows = []
    if rows:
        labels.append(rows)
    i = 0
    for text in texts:
        for sentence in text.sentences:
            if i < len(labels) and len(labels[i]) == len(sentence):
                for word, (_, label) in zip(sentence, labels[i], strict=True):
                    word.ent = label.replace("LOC", "PLACE")
                i += 1
            else:
                for word in sentence:
                    word.ent = UNKNOWN


_MAP = {
    "PER": "PERSON",
    "person": "PERSON",
    "researcher": "PERSON",
    "scientist": "PERSON",
    "politician": "PERSON",
    "writer": "PERSON",
    "musicalartist": "PERSON",
    "ORG": "ORG",
    "corporation": "ORG",
    "group": "ORG",
    "organisation": "ORG",
    "band": "ORG",
    "politicalparty": "ORG",
    "university": "SCHOOL",
    "LOC": "PLACE",
    "location": "PLACE",
    "country": "PLACE",
    "conference": "EVENT",
}
_NO_SPACE_BEFORE = frozenset(".,;:!?)]}%") | {"'s", "n't", "'m", "'re", "'ve", "'ll", "'d", "...", "''", "’s"}


def read_columns(path: Path, seed: int = 0, per_text: int = 6) -> list[Text]:
    """Read a two-column entity file (IOB1 or IOB2) and set its words as running text."""
    rng = random.Random(seed)
    texts: list[Text] = []
    sentence: list[Word] = []
    previous = "O"
    for line in [*_lines(path), ""]:
        columns = line.replace("\t", " ").split(" ")
        if len(columns) < 2 or not columns[0].strip():
            if sentence:
                _detokenize(sentence)
                if not texts or len(texts[-1].paragraphs[0]) >= per_text or rng.random() < 0.25:
                    texts.append(Text(f"{path.stem}-{len(texts)}", [[]]))
                texts[-1].paragraphs[0].append(sentence)
            sentence, previous = [], "O"
            continue
        raw = columns[-1]
        kind = _MAP.get(raw[2:]) if raw[:2] in {"B-", "I-"} else None
        begins = raw.startswith("B-") or raw[2:] != previous[2:]
        label = f"{'B' if begins else 'I'}-{kind}" if kind else "O"
        sentence.append(Word(columns[0], ent=label))
        previous = raw
    return texts


def _detokenize(sentence: list[Word]) -> None:
    quotes = 0
    for word, after in zip(sentence, [*sentence[1:], None], strict=True):
        if word.form == '"':
            quotes += 1
        no_space = word.form in {"(", "[", "{", "$", "``", "#", "“"} or (word.form == '"' and quotes % 2 == 1)
        if after is not None:
            closing = after.form in _NO_SPACE_BEFORE or (after.form == '"' and quotes % 2 == 1)
            word.space = not (no_space or closing)


def read_silver(path: Path) -> list[Text]:
    """Read texts that the teachers have read (`silver.py`)."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [
            Text(record["name"], [[[Word(*w) for w in s] for s in p] for p in record["paragraphs"]])
            for record in map(json.loads, file)
        ]
