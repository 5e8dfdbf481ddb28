"""Train the entity net on five corpora and on synthetic messages."""

import argparse
import json
import random
from pathlib import Path

import spacy
from corpora import UNKNOWN, Text, Word, lay_entities, read_columns, read_conllu, read_silver
from fit import fit
from gold import chunks, example, noisy, with_breaks
from names import LABELS, Names, read_list
from nets import entities_net, fast_math, save
from spacy.language import Language
from spacy.training import Example
from synthetic import Labelled, Writer, restyle

from scorer.parse.tokenization import split_words

# The two fields about artists speak of nothing that a draft does.
CROSSNER = ("ai", "science", "politics")


def real_texts(data: Path) -> list[Text]:
    """Read the training parts of the annotated corpora."""
    texts = read_conllu(data / "ud-english-ewt/en_ewt-ud-train.conllu.gz")
    lay_entities(texts, data / "uner-english-ewt/aligned-to-ewt-2.15-train.iob2.gz")
    texts += read_columns(data / "wnut17/train.conll.gz") + read_columns(data / "wikigold/wikigold.conll.gz")
    for part in "abeg":
        texts += read_columns(data / f"broad-twitter/{part}.conll.gz")
    for field in CROSSNER:
        for split in ("train", "dev"):
            texts += read_columns(data / f"crossner/{field}-{split}.conll.gz")
    return texts


def spans_of(sentence: list[Word]) -> list[tuple[int, int, str]]:
    """Return the entities of a sentence as word ranges."""
    spans: list[tuple[int, int, str]] = []
    for i, word in enumerate(sentence):
        if word.ent.startswith("B-"):
            spans.append((i, i + 1, word.ent[2:]))
        elif word.ent.startswith("I-") and spans and spans[-1][1] == i:
            spans[-1] = (spans[-1][0], i + 1, spans[-1][2])
    return spans


def swapped(sentence: list[Word], names: Names, rng: random.Random, chance: float) -> list[Word]:
    """Put other names in the place of some of the sentence's entities."""
    result: list[Word] = []
    at = 0
    for start, end, label in spans_of(sentence):
        result += sentence[at:start]
        at = end
        if rng.random() >= chance or label not in {"PERSON", "ORG", "PLACE", "SCHOOL"}:
            result += sentence[start:end]
            continue
        if label == "PERSON":
            one = end - start == 1
            draw = names.full if not one else names.first if rng.random() < 0.6 else names.last
            value = draw(rng)
        else:
            value = {"ORG": names.org, "PLACE": names.place, "SCHOOL": names.school}[label](rng)
        parts = split_words(value)
        for i, (form, space) in enumerate(parts):
            last = i == len(parts) - 1
            result.append(
                Word(form, sentence[end - 1].space if last else space, ent=f"{'I' if i else 'B'}-{label}")
            )
    return result + sentence[at:]


def labelled_example(
    nlp: Language, labelled: Labelled, unmarked: frozenset[str] = frozenset()
) -> Example | None:
    """Turn a labelled message into an example; None where a name's edge falls inside one of our words.

    A word of `unmarked` outside the names, with the two before it, is unknown instead of no name.
    """
    text, spans = labelled
    doc = nlp.make_doc(text)
    found = [doc.char_span(start, end, label) for start, end, label in spans]
    if any(span is None for span in found):
        return None
    gold = doc.copy()
    named = [gold.char_span(start, end, label) for start, end, label in spans]
    inside = {token.i for span in named for token in span}
    unknown = {
        i for token in gold if token.lower_ in unmarked for i in range(max(0, token.i - 2), token.i + 1)
    }
    gold.set_ents(named, missing=[gold[i : i + 1] for i in sorted(unknown - inside)], default="outside")
    return Example(doc, gold)


def read_drafts(folder: Path) -> list[Labelled]:
    """Read the drafts with marked names; universities and schools among the organisations become SCHOOL."""
    with (folder / "drafts.jsonl").open(encoding="utf-8") as file:
        texts = {record["id"]: record["text"] for record in map(json.loads, file)}
    drafts = []
    with (folder / "names.jsonl").open(encoding="utf-8") as file:
        for record in map(json.loads, file):
            text = texts[record["id"]]
            spans = []
            for label, start, end in record["entities"]:
                school = label == "ORG" and _SCHOOL_WORDS & set(text[start:end].lower().split())
                spans.append((start, end, "SCHOOL" if school else label))
            drafts.append((text, spans))
    return drafts


def renamed(labelled: Labelled, names: Names, rng: random.Random, chance: float) -> Labelled:
    """Put other names in the place of some of a message's own, the same one wherever it comes again."""
    text, spans = labelled
    instead: dict[str, str] = {}
    out = ""
    moved = []
    at = 0
    for start, end, label in spans:
        old = text[start:end]
        if old not in instead:
            one = len(old.split()) == 1
            draw = {
                "PERSON": names.full if not one else names.first if rng.random() < 0.7 else names.last,
                "ORG": names.org,
                "PLACE": names.place,
                "SCHOOL": names.school,
            }[label]
            new = draw(rng) if rng.random() < chance else old
            instead[old] = new.lower() if old.islower() else new
        out += text[at:start]
        moved.append((len(out), len(out) + len(instead[old]), label))
        out += instead[old]
        at = end
    return out + text[at:], moved


def epoch_of(
    nlp: Language,
    texts: list[Text],
    drafts: list[Labelled],
    writer: Writer,
    rng: random.Random,
    n_synthetic: int,
    nameless: float,
) -> list[Example]:
    """One pass: the corpora cut and roughened anew, drafts with their own and other names, synthetic messages."""
    examples = []
    for text in texts:
        for piece in chunks(text, rng, 8):
            # Pieces without a name are the rule in the corpora; a part of them teaches as much.
            if rng.random() >= nameless and all(w.ent == "O" for s, _ in piece for w in s):
                continue
            lower = rng.random() < 0.15
            rough = [(noisy(swapped(s, writer.names, rng, 0.25), rng, lower), ends) for s, ends in piece]
            examples.append(example(nlp, with_breaks(rough, rng)))
    made = [labelled_example(nlp, writer.message(rng)) for _ in range(n_synthetic)]
    for draft in drafts:
        for chance in (0.0, 0.7):
            own = restyle(renamed(draft, writer.names, rng, chance), rng)
            made.append(labelled_example(nlp, own, _UNMARKED))
    return examples + [eg for eg in made if eg is not None]


_SCHOOL_WORDS = frozenset(
    (
        "university",
        "college",
        "school",
        "institute",
        "academy",
        "polytechnic",
        "uni",
        "universidad",
        "université",
    )
)


# The drafts' annotator marked neither job titles nor events.
_UNMARKED = frozenset(
    {*read_list(Path(__file__).parent / "role_ends.txt")}
    | set("congress conference summit expo meetup fair show forum week festival symposium workshop".split())
)


def mark_schools(texts: list[Text], names: Names) -> None:
    """Relabel the organisations that are universities or schools; the corpora know only ORG."""
    known = {name.lower() for name in (*names.schools, *names.short_schools)}
    for text in texts:
        for sentence in text.sentences:
            for start, end, label in spans_of(sentence):
                words = [word.form.lower() for word in sentence[start:end]]
                name = " ".join(words)
                if label == "ORG" and (name in known or (_SCHOOL_WORDS & set(words) and words[0] != "the")):
                    for word in sentence[start:end]:
                        word.ent = word.ent.replace("ORG", "SCHOOL")


def unmark_roles(texts: list[Text], names: Names) -> None:
    """Make job titles unknown (``-``) in corpora that do not mark them: nothing said there is wrong."""
    ends = {*read_list(Path(__file__).parent / "role_ends.txt")}
    parts = {word.lower() for job in names.jobs for word in job.split()} | ends
    parts -= {"of", "the", "and", "in", "for", "a"}
    for text in texts:
        for sentence in text.sentences:
            for i, word in enumerate(sentence):
                if word.form.lower().removesuffix("s") not in ends or word.ent != "O":
                    continue
                if i + 1 < len(sentence) and sentence[i + 1].ent == "B-PERSON":
                    continue
                word.ent = UNKNOWN
                for other in reversed(sentence[max(0, i - 3) : i]):
                    if other.ent != "O" or other.form.lower() not in parts:
                        break
                    other.ent = UNKNOWN


def main() -> None:
    """Train and write the entity pipeline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--drafts", type=Path, help="folder of the rated drafts, some with marked names")
    parser.add_argument("--silver", type=Path, help="texts that the teacher has read, learnt, too")
    parser.add_argument("--epochs", type=int, default=11)
    parser.add_argument("--synthetic", type=int, default=7000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--width", type=int, default=96)
    parser.add_argument("--depth", type=int, default=4)
    parser.add_argument("--dropout", type=float, default=0.15)
    parser.add_argument("--start", type=Path, help="a trained pipeline to go on from")
    parser.add_argument("--rate", type=float, default=0.001)
    parser.add_argument("--nameless", type=float, default=0.5, help="share of the pieces without a name")
    parser.add_argument("--vectors", type=Path, help="folder of the word vectors")
    args = parser.parse_args()
    fast_math()
    texts = real_texts(args.data)
    dev = read_conllu(args.data / "ud-english-ewt/en_ewt-ud-dev.conllu.gz")
    lay_entities(dev, args.data / "uner-english-ewt/aligned-to-ewt-2.15-dev.iob2.gz")
    names = Names(args.data, args.corpora)
    writer = Writer(Path(__file__).parent / "patterns", names)
    drafts = read_drafts(args.drafts) if args.drafts else []
    mark_schools(texts + dev, names)
    unmark_roles(texts, names)
    if args.silver:
        texts += [
            t for t in read_silver(args.silver) if any(w.ent != UNKNOWN for s in t.sentences for w in s)
        ]
    if args.start:
        nlp = spacy.load(args.start)
    else:
        nlp = entities_net(args.width, args.depth, vectors=args.vectors is not None)
        if args.vectors:
            nlp.vocab.vectors.from_disk(args.vectors)
        for label in sorted({label for label in LABELS.values() if label}):
            nlp.get_pipe("ner").add_label(label)
    nlp = fit(
        nlp,
        lambda rng: epoch_of(nlp, texts, drafts, writer, rng, args.synthetic, args.nameless),
        n_epochs=args.epochs,
        seed=args.seed,
        rate=args.rate,
        resume=args.start is not None,
        dropout=args.dropout,
        dev=[example(nlp, with_breaks([(s, False) for s in text.sentences], None)) for text in dev],
        report=lambda s: (
            f"F={100 * s['ents_f']:.2f} "
            + " ".join(f"{k}={100 * v['f']:.1f}" for k, v in (s["ents_per_type"] or {}).items())
        ),
    )
    save(nlp, args.out)


if __name__ == "__main__":
    main()
