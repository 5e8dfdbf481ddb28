"""The rated drafts: read, split, measured."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorer.errors import InputError
from scorer.features import FEATURES, measure
from scorer.parse.parser import Parser
from scorer.schema import Draft

Array = NDArray[np.float64]
SCALES = ("reply", "overall", "pers", "ask", "tone", "length", "spam")
# Authors whose drafts were written and rated for the final test and are looked at once, at the end.
TEST_AUTHORS = frozenset({"a04", "a09", "a17", "a21"})


@dataclass(frozen=True)
class Corpus:
    """Rated drafts, row by row.

    Attributes
    ----------
    ratings
        ``(n_drafts, n_readers, n_scales)``, columns as in `SCALES`.
    authors
        Author id of each draft; situations belong to one author each, so splitting by author splits both.
    """

    drafts: tuple[Draft, ...]
    authors: NDArray[np.str_]
    ratings: Array

    @property
    def overall(self) -> Array:
        """Mean overall rating of each draft, 0 to 100."""
        return np.asarray(self.ratings[:, :, SCALES.index("overall")].mean(axis=1))

    def scale(self, name: str) -> Array:
        """Mean rating of each draft on one scale."""
        return np.asarray(self.ratings[:, :, SCALES.index(name)].mean(axis=1))

    def rows(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Corpus:
        """Return the chosen rows."""
        index = np.arange(len(self.drafts))[chosen]
        return Corpus(tuple(self.drafts[i] for i in index), self.authors[index], self.ratings[index])

    def split(self) -> tuple[Corpus, Corpus]:
        """Return training and test drafts; no author is in both."""
        test = np.isin(self.authors, sorted(TEST_AUTHORS))
        return self.rows(~test), self.rows(test)


def as_draft(record: dict[str, object]) -> Draft:
    """Return the draft of one record; `purpose` is left out, as the product has to recognise it."""
    names = ("id", "text", "subject", "channel", "stage", "account", "previous", "recipient", "sender")
    return Draft.from_dict({name: record[name] for name in names})


def load(folder: Path) -> Corpus:
    """Return the rated drafts in `folder` (``drafts.jsonl`` and ``ratings.csv``).

    Raises
    ------
    InputError
        A file or column is missing.
    """
    drafts_file, ratings_file = folder / "drafts.jsonl", folder / "ratings.csv"
    for file in (drafts_file, ratings_file):
        if not file.is_file():
            raise InputError(f"{file} is missing; give the folder of the rated drafts with --drafts")
    scores: dict[str, list[list[float]]] = defaultdict(list)
    with ratings_file.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for column in ("id", "reader", *SCALES):
            if column not in (reader.fieldnames or ()):
                raise InputError(f"{ratings_file}: column {column!r} is missing")
        for row in sorted(reader, key=lambda row: (row["id"], row["reader"])):
            scores[row["id"]].append([float(row[scale]) for scale in SCALES])
    drafts, authors, ratings = [], [], []
    with drafts_file.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if len(scores[record["id"]]) == 3:
                drafts.append(as_draft(record))
                authors.append(record["author"])
                ratings.append(scores[record["id"]])
    return Corpus(tuple(drafts), np.array(authors), np.array(ratings))


def measured(corpus: Corpus, parser: Parser) -> Array:
    """Return the features ``(n_drafts, n_features)`` of every draft, columns as in `FEATURES`."""
    rows = []
    for parsed in parser.parse_many(corpus.drafts):
        values = measure(parsed)
        rows.append([values[feature.name].value for feature in FEATURES])
    return np.array(rows)
