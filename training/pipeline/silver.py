"""Texts that the larger nets have read: the small ones learn from it on text of the kind that drafts are.

Names of the drafts' writers whose names are marked for evaluation are left unknown, and drafts of the
classifier's test split are not read at all.
"""

import argparse
import gzip
import itertools
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any

import torch
from corpora import UNKNOWN, Text, Word, read_conllu
from nets import entities_net
from teacher import Teacher, Words, annotate, lemma_by

from scorer.parse.components import mark_boundaries

# Corpora whose licence permits training a shipped model, nearest to messages first, and the words taken of each.
SOURCES = {
    "spamassassin": 700_000,
    "email_intent_parakweet": 120_000,
    "stanford_politeness": 260_000,
    "goemotions": 250_000,
    "persuasion_for_good": 110_000,
    "sms_spam": 90_000,
    "receptiveness": 200_000,
    "formality_pavlick": 100_000,
    "warm_tough_offers": 20_000,
}
# Their drafts are the classifier's test split and stay unseen here, too.
TEST_AUTHORS = frozenset({"a04", "a09", "a17", "a21"})
# Words of whose label the teacher is less sure than this are neither name nor none.
_SURE = 0.6


def _text_of(record: dict[str, object]) -> str:
    for name in ("text", "body", "sentence", "message"):
        value = record.get(name)
        if isinstance(value, str):
            return value
    return max((v for v in record.values() if isinstance(v, str)), key=len, default="")


def raw_texts(corpora: Path, drafts: Path, rng: random.Random) -> Iterator[tuple[str, bool]]:
    """Yield plain texts and whether names may be learnt from them: the drafts, then a sample of each corpus."""
    with (drafts / "drafts.jsonl").open(encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    author = {record["id"]: record["author"] for record in records}
    with (drafts / "spans.jsonl").open(encoding="utf-8") as file:
        marked = {author[json.loads(line)["id"]] for line in file}
    for record in records:
        if record["author"] not in TEST_AUTHORS:
            yield record["text"], record["author"] not in marked
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
                yield text, True


def _names(labels: list[str], sure: list[float]) -> list[str]:
    """Let every name begin with a B; a name in which one word is unsure is unknown as a whole."""
    result: list[str] = []
    a = 0
    while a < len(labels):
        b = a + 1
        while labels[a] != "O" and b < len(labels) and labels[b] == f"I-{labels[a][2:]}":
            b += 1
        if min(sure[a:b]) < _SURE:
            result += [UNKNOWN] * (b - a)
        else:
            result += [labels[a].replace("I-", "B-", 1), *labels[a + 1 : b]]
        a = b
    return result


def known_lemmas(texts: list[Text]) -> dict[tuple[str, str], str]:
    """Return the lemma that the treebanks give a lower-cased word with a tag most often, in lower case."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for text in texts:
        for word in (word for sentence in text.sentences for word in sentence):
            if not word.tag.startswith("NNP"):
                seen[word.form.lower(), word.tag][word.lemma] += 1
    return {key: lemmas.most_common(1)[0][0] for key, lemmas in seen.items()}


def _gold(
    words: Words, answer: dict[str, list[Any]], ents: list[str], lemmas: dict[tuple[str, str], str], name: str
) -> Text:
    """Set the answers on the words; a blank line ends a paragraph.

    The teacher is weakest at lemmas, so those that the treebanks know come from there.
    """
    text = Text(name, [[]])
    starts = [j for j, start in enumerate(answer["start"]) if start]
    for a, b in zip(starts, [*starts[1:], len(words.forms)], strict=True):
        if words.gaps[a] == 3 and text.paragraphs[-1]:
            text.paragraphs.append([])
        # A name does not go on from one sentence into the next.
        ents[a] = ents[a].replace("I-", "B-", 1)
        sentence = []
        for j in range(a, b):
            pos, morph = answer["form"][j].split("/", 1)
            form, tag = words.forms[j], answer["tag"][j]
            head = answer["head"][j]
            sentence.append(
                Word(
                    form,
                    j + 1 < len(words.forms) and words.gaps[j + 1] > 0,
                    tag,
                    pos,
                    morph,
                    lemmas.get((form.lower(), tag)) or lemma_by(answer["lemma"][j], form),
                    -1 if head == j else head - a,
                    "root" if head == j else answer["dep"][j],
                    ents[j],
                )
            )
        text.paragraphs[-1].append(sentence)
    return text


def main() -> None:
    """Read the open text with both teachers and write it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the annotated corpora")
    parser.add_argument("out", type=Path, help="a .jsonl.gz file")
    parser.add_argument("--syntax", type=Path, required=True, help="the teacher of syntax")
    parser.add_argument("--entities", type=Path, help="the teacher of entities; without it names are unknown")
    parser.add_argument("--corpora", type=Path, required=True, help="folder of the open text")
    parser.add_argument("--drafts", type=Path, required=True, help="folder of the rated drafts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    nlp = entities_net()
    pairs = list(raw_texts(args.corpora, args.drafts, random.Random(args.seed)))
    docs = [mark_boundaries(nlp.make_doc(text)) for text, _ in pairs]
    treebanks = read_conllu(args.data / "ud-english-ewt/en_ewt-ud-train.conllu.gz")
    treebanks += read_conllu(args.data / "ud-english-gum-open/gum-open-train.conllu.gz")
    lemmas = known_lemmas(treebanks)
    syntax = Teacher.load(args.syntax)
    entities = Teacher.load(args.entities) if args.entities else None
    n_words = 0
    with gzip.open(args.out, "wt", encoding="utf-8", compresslevel=4) as file:
        for first in range(0, len(docs), 1000):
            part = docs[first : first + 1000]
            named = annotate(entities, part) if entities else itertools.repeat((None, {}))
            both = zip(annotate(syntax, part), named, strict=False)
            for i, ((words, answer), (_, names)) in enumerate(both, first):
                if not words.forms:
                    continue
                known = entities is not None and pairs[i][1]
                ents = _names(names["ent"], names["sure"]) if known else [UNKNOWN] * len(words.forms)
                text = _gold(words, answer, ents, lemmas, f"silver-{i}")
                n_words += len(words.forms)
                rows = [[[astuple(w) for w in s] for s in p] for p in text.paragraphs]
                file.write(json.dumps({"name": text.name, "paragraphs": rows}) + "\n")
            print(f"{first + len(part)} of {len(docs)} texts, {n_words} words", flush=True)


if __name__ == "__main__":
    main()
