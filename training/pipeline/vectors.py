"""Word vectors from open text (word2vec, skip-gram): they tell the nets about words the treebanks lack.

Needs gensim, which only training uses. People's names leave no trace but a row number: the vectors are keyed
by 64-bit hashes of lower-cased words.
"""

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from corpora import read_columns, read_conllu
from gensim.models import Word2Vec
from nets import mark_lower_case
from spacy.strings import hash_string
from spacy.vectors import Vectors
from spacy.vocab import Vocab

from scorer.parse.tokenization import split_words

# Corpora whose licence permits training a shipped model: folder, field with the text.
OPEN_TEXT = (
    "clickbait_headlines", "email_intent_parakweet", "formality_pavlick", "goemotions", "offensive_davidson",
    "persuasion_for_good", "receptiveness", "sms_spam", "spamassassin", "stanford_politeness", "upworthy_ab",
    "warm_tough_offers",
)  # fmt: skip


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if value.count(" ") >= 2:
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)


def sentences(data: Path, corpora: Path) -> Iterator[list[str]]:
    """Yield lower-cased sentences or lines."""
    for name in ("ud-english-ewt/en_ewt-ud-train", "ud-english-gum-open/gum-open-train"):
        for text in read_conllu(data / f"{name}.conllu.gz"):
            yield from ([w.form.lower() for w in s] for s in text.sentences)
    for path in (data / "crossner").glob("*-train.conll.gz"):
        for text in read_columns(path):
            yield from ([w.form.lower() for w in s] for s in text.sentences)
    for folder in OPEN_TEXT:
        for path in sorted((corpora / folder).glob("*.jsonl.gz")):
            with gzip.open(path, "rt", encoding="utf-8") as file:
                for line in file:
                    for string in _strings(json.loads(line)):
                        for part in re.split(r"\n+|(?<=[.!?]) ", string):
                            words = [w.lower() for w, _ in split_words(part[:2000]) if not w.isspace()]
                            if 3 <= len(words) <= 80:
                                yield words


def main() -> None:
    """Train and write the vectors' folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--words", type=int, default=12000)
    args = parser.parse_args()
    corpus = list({tuple(s): None for s in sentences(args.data, args.corpora)})
    print(f"{len(corpus)} sentences, {sum(map(len, corpus))} words", flush=True)
    settings = {"window": 3, "min_count": 4, "sg": 1, "negative": 8, "sample": 1e-4, "epochs": 6}
    model = Word2Vec(corpus, vector_size=args.size, workers=1, seed=1, **settings)
    words = model.wv.index_to_key[: args.words]
    table = model.wv.vectors[: args.words]
    table = table / np.linalg.norm(table, axis=1, keepdims=True)
    vocab = Vocab()
    vocab.vectors = Vectors(shape=table.shape, strings=vocab.strings, attr="LOWER", name="open-text")
    for word, row in zip(words, table, strict=True):
        vocab.vectors.add(hash_string(word), vector=row)
    args.out.mkdir(parents=True, exist_ok=True)
    vocab.vectors.to_disk(args.out)
    mark_lower_case(args.out)
    for probe in ("email", "berlin", "thanks", "hiring", "monday"):
        if probe in model.wv:
            print(probe, [w for w, _ in model.wv.most_similar(probe, topn=8)])


if __name__ == "__main__":
    main()
