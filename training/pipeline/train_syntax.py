"""Train tags, morphology, trees and lemmas on EWT and the open genres of GUM."""

import argparse
import random
from pathlib import Path
from typing import Any

import spacy
from corpora import Text, read_conllu, read_silver
from fit import fit
from gold import chunks, example, noisy, with_breaks
from nets import fast_math, save, syntax_net
from spacy.language import Language
from spacy.training import Example

DEV_SCORES = ("tag_acc", "pos_acc", "dep_uas", "dep_las", "sents_f", "lemma_acc")


def epoch_of(nlp: Language, texts: list[Text], rng: random.Random) -> list[Example]:
    """One pass over the treebanks, cut, broken into lines and roughened anew."""
    examples = []
    for text in texts:
        for piece in chunks(text, rng, 6):
            lower = rng.random() < 0.12
            rough = [(noisy(sentence, rng, lower), ends) for sentence, ends in piece]
            examples.append(example(nlp, with_breaks(rough, rng)))
    return examples


def dev_of(nlp: Language, texts: list[Text]) -> list[Example]:
    """Whole documents, paragraphs kept apart by blank lines."""
    return [
        example(
            nlp, with_breaks([(s, i == len(p) - 1) for p in text.paragraphs for i, s in enumerate(p)], None)
        )
        for text in texts
    ]


def main() -> None:
    """Train and write the syntax pipeline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--width", type=int, default=96)
    parser.add_argument("--depth", type=int, default=4)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--start", type=Path, help="a trained pipeline to go on from")
    parser.add_argument("--rate", type=float, default=0.001)
    parser.add_argument("--vectors", type=Path, help="folder of the word vectors")
    parser.add_argument("--silver", type=Path, help="texts that the teacher has read, learnt, too")
    parser.add_argument("--share", type=float, default=1.0, help="share of those texts in each pass")
    args = parser.parse_args()
    fast_math()
    texts = read_conllu(args.data / "ud-english-ewt/en_ewt-ud-train.conllu.gz")
    texts += read_conllu(args.data / "ud-english-gum-open/gum-open-train.conllu.gz")
    dev = read_conllu(args.data / "ud-english-ewt/en_ewt-ud-dev.conllu.gz")
    if args.start:
        nlp = spacy.load(args.start)
        for name in set(nlp.component_names) - set(syntax_net().component_names):
            nlp.remove_pipe(name)
        # Which tree is which class is not stored; without it every word would be learnt as the first class.
        lemmatizer: Any = nlp.get_pipe("trainable_lemmatizer")
        # In an artefact several classes may share a tree: the first is the one that was learnt.
        classes = list(enumerate(lemmatizer.cfg["labels"]))
        lemmatizer.tree2label = {tree: i for i, tree in reversed(classes)}
    else:
        nlp = syntax_net(args.width, args.depth, vectors=args.vectors is not None)
        if args.vectors:
            nlp.vocab.vectors.from_disk(args.vectors)
    silver = read_silver(args.silver) if args.silver else []

    def epoch(rng: random.Random) -> list[Example]:
        read = [text for text in silver if rng.random() < args.share]
        return epoch_of(nlp, texts + read, rng)

    nlp = fit(
        nlp,
        epoch,
        n_epochs=args.epochs,
        seed=args.seed,
        rate=args.rate,
        resume=args.start is not None,
        dropout=args.dropout,
        dev=dev_of(nlp, dev),
        report=lambda scores: " ".join(f"{k}={100 * (scores.get(k) or 0):.2f}" for k in DEV_SCORES),
    )
    save(nlp, args.out)


if __name__ == "__main__":
    main()
