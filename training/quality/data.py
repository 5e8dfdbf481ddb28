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
from scorer.features._heads import neutral_text
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
        ``(n_drafts, n_readers, n_scales)``, columns as in `SCALES`; NaN where a reader has not read the draft.
    authors
        Author id of each draft; situations belong to one author each, so splitting by author splits both.
    """

    drafts: tuple[Draft, ...]
    authors: NDArray[np.str_]
    ratings: Array

    @property
    def overall(self) -> Array:
        """Mean overall rating of each draft, 0 to 100."""
        return self.scale("overall")

    def scale(self, name: str) -> Array:
        """Mean rating of each draft on one scale."""
        return np.asarray(np.nanmean(self.ratings[:, :, SCALES.index(name)], axis=1))

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


def read_drafts(folder: Path) -> list[tuple[Draft, str]]:
    """Return every draft in `folder` with its author, rated or not.

    Raises
    ------
    InputError
        The file is missing.
    """
    path = folder / "drafts.jsonl"
    if not path.is_file():
        raise InputError(f"{path} is missing; give the folder of the rated drafts with --drafts")
    with path.open(encoding="utf-8") as file:
        return [(as_draft(record), record["author"]) for record in map(json.loads, file)]


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
    scores: dict[str, dict[str, list[float]]] = defaultdict(dict)
    with ratings_file.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for column in ("id", "reader", *SCALES):
            if column not in (reader.fieldnames or ()):
                raise InputError(f"{ratings_file}: column {column!r} is missing")
        for row in reader:
            scores[row["id"]][row["reader"]] = [float(row[scale]) for scale in SCALES]
    readers = sorted({name for given in scores.values() for name in given})
    unread = [float("nan")] * len(SCALES)
    drafts, authors, ratings = [], [], []
    with drafts_file.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            given = scores.get(record["id"])
            if given:
                drafts.append(as_draft(record))
                authors.append(record["author"])
                ratings.append([given.get(name, unread) for name in readers])
    return Corpus(tuple(drafts), np.array(authors), np.array(ratings))


def measured(corpus: Corpus, parser: Parser) -> tuple[Array, list[str]]:
    """Return the features ``(n_drafts, n_features)``, columns as in `FEATURES`, and the texts as heads read them."""
    rows, texts = [], []
    for parsed in parser.parse_many(corpus.drafts):
        values = measure(parsed)
        rows.append([values[feature.name].value for feature in FEATURES])
        texts.append(neutral_text(parsed))
    return np.array(rows), texts
