"""Train the teacher of syntax or the one of entities, on the same text as the small nets."""

import argparse
import random
from pathlib import Path

import torch
import train_entities
import train_syntax
from corpora import lay_entities, read_conllu
from gold import example, with_breaks
from names import Names
from nets import entities_net, syntax_net
from spacy.tokens import Doc
from spacy.training import Example
from synthetic import Writer
from teacher import ENTITIES, SYNTAX, Teacher, annotate, lemma_by, train


def syntax_report(teacher: Teacher, dev: list[Example]) -> str:
    """Score words of our tokenizer against the gold words of the same extent."""
    hits = dict.fromkeys(("pos", "uas", "las", "lemma", "starts"), 0)
    said = gold = said_starts = gold_starts = 0
    for eg, (words, answer) in zip(dev, annotate(teacher, [eg.predicted for eg in dev]), strict=True):
        doc, theirs = eg.predicted, {(t.idx, len(t)): t for t in eg.reference if not t.is_space}
        places = [(doc[i].idx, len(doc[i])) for i in words.index]
        said += len(places)
        gold += len(theirs)
        said_starts += sum(answer["start"])
        gold_starts += sum(bool(t.is_sent_start) for t in theirs.values())
        for j, place in enumerate(places):
            token = theirs.get(place)
            if token is None:
                continue
            hits["starts"] += bool(token.is_sent_start) and answer["start"][j] == 1
            hits["pos"] += answer["form"][j].split("/")[0] == token.pos_
            hits["lemma"] += lemma_by(answer["lemma"][j], words.forms[j]) == token.lemma_
            if places[answer["head"][j]] == (token.head.idx, len(token.head)):
                hits["uas"] += 1
                hits["las"] += answer["dep"][j] == token.dep_
    shown = {k: 200 * v / (said + gold) for k, v in hits.items()}
    shown["starts"] = 200 * hits["starts"] / (said_starts + gold_starts)
    return " ".join(f"{k}={v:.2f}" for k, v in shown.items())


def entities_report(teacher: Teacher, dev: list[Example]) -> str:
    """Score exact extents; schools count as organisations."""
    right = said = gold = 0
    for eg, (words, answer) in zip(dev, annotate(teacher, [eg.predicted for eg in dev]), strict=True):
        kept = {"PERSON", "ORG", "PLACE"}
        ours = {
            (
                eg.predicted[a].idx,
                eg.predicted[b - 1].idx + len(eg.predicted[b - 1]),
                k.replace("SCHOOL", "ORG"),
            )
            for a, b, k in spans_in(answer.get("ent", []), words.index)
        }
        ours = {span for span in ours if span[2] in kept}
        theirs = {(e.start_char, e.end_char, e.label_.replace("SCHOOL", "ORG")) for e in eg.reference.ents}
        right += len(ours & theirs)
        said += len(ours)
        gold += len(theirs)
    return f"F={200 * right / (said + gold):.2f} precision={100 * right / max(1, said):.1f} recall={100 * right / gold:.1f}"


def spans_in(labels: list[str], index: list[int]) -> list[tuple[int, int, str]]:
    """Return the names as ranges of tokens: a name goes on while its kind does and no new one begins."""
    spans: list[tuple[int, int, str]] = []
    previous = "O"
    for label, i in zip(labels, index, strict=True):
        if label != "O":
            begins = label[0] == "B" or previous[2:] != label[2:]
            if begins or not spans:
                spans.append((i, i + 1, label[2:]))
            else:
                spans[-1] = (spans[-1][0], i + 1, label[2:])
        previous = label
    return spans


def main() -> None:
    """Train and write a teacher."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("syntax", "entities"))
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpora", type=Path, help="folder of the open text, for names")
    parser.add_argument("--drafts", type=Path, help="folder of the drafts with marked names")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--synthetic", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    dev = read_conllu(args.data / "ud-english-ewt/en_ewt-ud-dev.conllu.gz")
    train_ewt = "ud-english-ewt/en_ewt-ud-train.conllu.gz"
    if args.kind == "syntax":
        nlp = syntax_net()
        texts = read_conllu(args.data / train_ewt)
        texts += read_conllu(args.data / "ud-english-gum-open/gum-open-train.conllu.gz")
        dev_egs = train_syntax.dev_of(nlp, dev)

        def epoch(rng: random.Random) -> list[Doc]:
            return [eg.reference for eg in train_syntax.epoch_of(nlp, texts, rng)]

        heads, report = SYNTAX, lambda teacher: syntax_report(teacher, dev_egs)
    else:
        nlp = entities_net()
        texts = train_entities.real_texts(args.data)
        lay_entities(dev, args.data / "uner-english-ewt/aligned-to-ewt-2.15-dev.iob2.gz")
        names = Names(args.data, args.corpora)
        writer = Writer(Path(__file__).parent / "patterns", names)
        drafts = train_entities.read_drafts(args.drafts)
        train_entities.mark_schools(texts, names)
        train_entities.unmark_roles(texts, names)
        dev_egs = [example(nlp, with_breaks([(s, False) for s in text.sentences], None)) for text in dev]

        def epoch(rng: random.Random) -> list[Doc]:
            made = train_entities.epoch_of(nlp, texts, drafts, writer, rng, args.synthetic, 0.6)
            return [eg.reference for eg in made]

        heads, report = ENTITIES, lambda teacher: entities_report(teacher, dev_egs)
    teacher = train(epoch, heads, n_epochs=args.epochs, seed=args.seed, rate=args.rate, report=report)
    teacher.save(args.out)


if __name__ == "__main__":
    main()
