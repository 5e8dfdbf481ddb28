"""Texts that a larger net has parsed: a small one learns from it on text of the kind that drafts are."""

import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from corpora import Text, Word
from spacy.language import Language
from spacy.tokens import Doc

# Corpora whose licence permits training a shipped model, nearest to messages first, and the words taken of each.
SOURCES = {"spamassassin": 120_000, "email_intent_parakweet": 120_000, "stanford_politeness": 120_000}
# Their drafts are the classifier's test split and stay unseen here, too.
TEST_AUTHORS = frozenset({"a04", "a09", "a17", "a21"})


def _text_of(record: dict[str, object]) -> str:
    for name in ("text", "body", "sentence", "message"):
        value = record.get(name)
        if isinstance(value, str):
            return value
    return max((v for v in record.values() if isinstance(v, str)), key=len, default="")


def raw_texts(corpora: Path, drafts: Path, rng: random.Random) -> Iterator[str]:
    """Yield plain texts: the drafts, then a sample of each corpus."""
    with (drafts / "drafts.jsonl").open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if record["author"] not in TEST_AUTHORS:
                yield record["text"]
    for folder, n_words in SOURCES.items():
        texts = []
        for path in sorted((corpora / folder).glob("*.jsonl.gz")):
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                texts += [_text_of(json.loads(line)) for line in lines]
        rng.shuffle(texts)
        for text in texts:
            text = text[:3000]
            if n_words <= 0:
                break
            if len(re.findall(r"[a-zA-Z]{2,}", text)) > 0.6 * len(text.split()) and "\t" not in text:
                n_words -= len(text.split())
                yield text


def parsed(teacher: Language, texts: Iterator[str]) -> list[Text]:
    """Return texts with the teacher's tags, trees and lemmas."""
    return [_as_text(doc, f"silver-{i}") for i, doc in enumerate(teacher.pipe(texts, batch_size=64))]


def _as_text(doc: Doc, name: str) -> Text:
    text = Text(name, [[]])
    for sent in doc.sents:
        words = [token for token in sent if not token.is_space]
        if not words:
            continue
        index = {token.i: n for n, token in enumerate(words)}
        gold = []
        for token in words:
            head = token.head
            while head.is_space and head.head.i != head.i:
                head = head.head
            root = token.dep_ == "ROOT" or head.i == token.i or head.i not in index
            following = doc[token.i + 1] if token.i + 1 < len(doc) else None
            gold.append(
                Word(
                    token.text,
                    bool(token.whitespace_) or (following is not None and following.is_space),
                    token.tag_,
                    token.pos_,
                    str(token.morph),
                    token.lemma_,
                    -1 if root else index[head.i],
                    "root" if root else token.dep_,
                )
            )
        text.paragraphs[-1].append(gold)
        if any("\n\n" in token.text for token in sent if token.is_space):
            text.paragraphs.append([])
    text.paragraphs = [p for p in text.paragraphs if p]
    return text
