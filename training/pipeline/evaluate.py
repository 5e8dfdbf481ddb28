"""Evaluate the artefact on raw text through its own tokenizer; prints a table and can write it as JSON.

Words are matched by their characters, as in the CoNLL shared tasks: a score is the F of words that both sides
have with the same extent and the same answer, so errors of the tokenizer count.
"""

import argparse
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpora import Text, lay_entities, read_columns, read_conllu
from spacy.language import Language
from spacy.tokens import Doc

from scorer.parse.language import load_language


@dataclass
class F:
    """Counts behind a precision, a recall and their harmonic mean."""

    right: int = 0
    said: int = 0
    gold: int = 0

    def add(self, right: int, said: int, gold: int) -> None:
        """Count some answers."""
        self.right += right
        self.said += said
        self.gold += gold

    @property
    def f(self) -> float:
        """Harmonic mean in percent."""
        return 200 * self.right / (self.said + self.gold) if self.said + self.gold else 0.0

    @property
    def precision(self) -> float:
        """Share of the answers that are right, in percent."""
        return 100 * self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold answers found, in percent."""
        return 100 * self.right / self.gold if self.gold else 0.0


Row = tuple[int, int]


def raw(text: Text) -> tuple[str, list[list[Row]]]:
    """Return the running text, paragraphs kept apart by a blank line, and each word's place in it."""
    out = ""
    rows: list[list[Row]] = []
    for p, paragraph in enumerate(text.paragraphs):
        if p:
            out = out.rstrip() + "\n\n"
        for s, sentence in enumerate(paragraph):
            if s and out[-1:] != " ":
                out += " "
            places = []
            for word in sentence:
                places.append((len(out), len(out) + len(word.form)))
                out += word.form + (" " if word.space else "")
            rows.append(places)
    return out, rows


def imperative(doc: Doc, i: int) -> bool:
    """Tell whether a word is an imperative verb."""
    return "Imp" in doc[i].morph.get("Mood")


def syntax(nlp: Language, texts: list[Text]) -> dict[str, float]:
    """Score words, sentences, tags, trees, lemmas and imperatives."""
    scores = {k: F() for k in ("words", "sentences", "POS", "TAG", "UAS", "LAS", "lemma", "imperative")}
    pairs = [raw(text) for text in texts]
    for text, (_, rows), doc in zip(texts, pairs, nlp.pipe(out for out, _ in pairs), strict=True):
        said = {(t.idx, t.idx + len(t)): t for t in doc if not t.is_space}
        n_said, n_gold = len(said), sum(len(r) for r in rows)
        ends = {(s[0].idx, last.idx + len(last)) for s in doc.sents if (last := _last(s)) is not None}
        gold_ends = {(r[0][0], r[-1][1]) for r in rows}
        scores["sentences"].add(len(ends & gold_ends), len(ends), len(gold_ends))
        hits: Counter[str] = Counter()
        imps = sum(imperative(doc, t.i) for t in said.values())
        gold_imps = 0
        for sentence, places in zip(text.sentences, rows, strict=True):
            for word, place in zip(sentence, places, strict=True):
                is_imp = "Mood=Imp" in word.morph
                gold_imps += is_imp
                token = said.get(place)
                if token is None:
                    continue
                hits["words"] += 1
                hits["POS"] += token.pos_ == word.pos
                hits["TAG"] += token.tag_ == word.tag
                hits["lemma"] += token.lemma_ == word.lemma
                hits["imperative"] += is_imp and imperative(doc, token.i)
                head = None if word.head is None or word.head < 0 else places[word.head]
                said_head = (
                    None if token.head.i == token.i else (token.head.idx, token.head.idx + len(token.head))
                )
                if head == said_head:
                    hits["UAS"] += 1
                    hits["LAS"] += (token.dep_ if head else "root") == (word.dep if head else "root")
        for key in scores:
            if key == "imperative":
                scores[key].add(hits[key], imps, gold_imps)
            elif key != "sentences":
                scores[key].add(hits[key], n_said, n_gold)
    return {key: value.f for key, value in scores.items()}


def _last(span):  # type: ignore[no-untyped-def]
    return next((t for t in reversed(list(span)) if not t.is_space), None)


def entities(nlp: Language, texts: list[Text], lower: bool = False) -> dict[str, float]:
    """Score PERSON, ORG (schools among them) and PLACE by exact extent; the rest counts on neither side."""
    kinds = ("PERSON", "ORG", "PLACE")
    scores = {k: F() for k in kinds}
    pairs = [raw(text) for text in texts]
    docs = nlp.pipe(out.lower() if lower and len(out.lower()) == len(out) else out for out, _ in pairs)
    for text, (_, rows), doc in zip(texts, pairs, docs, strict=True):
        gold: set[tuple[int, int, str]] = set()
        for sentence, places in zip(text.sentences, rows, strict=True):
            open_: tuple[int, int, str] | None = None
            for word, (start, end) in zip(sentence, places, strict=True):
                if word.ent.startswith("I-") and open_:
                    gold.discard(open_)
                    open_ = (open_[0], end, open_[2])
                    gold.add(open_)
                elif word.ent.startswith("B-"):
                    open_ = (start, end, word.ent[2:].replace("SCHOOL", "ORG"))
                    gold.add(open_)
                else:
                    open_ = None
        said = {(e.start_char, e.end_char, e.label_.replace("SCHOOL", "ORG")) for e in doc.ents}
        for kind in kinds:
            mine, theirs = {x for x in said if x[2] == kind}, {x for x in gold if x[2] == kind}
            scores[kind].add(len(mine & theirs), len(mine), len(theirs))
    total = F(*(sum(getattr(s, a) for s in scores.values()) for a in ("right", "said", "gold")))
    return {
        "all": total.f,
        "precision": 100 * total.right / max(1, total.said),
        "recall": total.recall,
        **{k: s.f for k, s in scores.items()},
    }


def drafts(
    nlp: Language, spans: Path, texts: Path, authors: set[str], others: bool = False
) -> dict[str, float]:
    """Score entities on drafts marked with labelled extents; the pipeline's SCHOOL counts as ORG.

    ``greeted`` is the share of the drafts whose first line names a person at its start where the pipeline finds just
    that person. Only drafts of the given authors count (an id begins with its author), or with ``others`` all but
    theirs.
    """
    kinds = ("PERSON", "ORG", "PLACE")
    scores = {k: F() for k in ("all", *kinds)}
    greeted = F()
    written = {r["id"]: r["text"] for r in _records(texts)}
    n = 0
    for record in _records(spans):
        if (record["id"].split("-")[0] in authors) == others:
            continue
        text = record.get("text") or written[record["id"]]
        gold = {(start, end, label.replace("SCHOOL", "ORG")) for label, start, end in record["entities"]}
        doc = nlp(text)
        said = {(e.start_char, e.end_char, e.label_.replace("SCHOOL", "ORG")) for e in doc.ents}
        said = {x for x in said if x[2] in kinds}
        n += 1
        scores["all"].add(len(gold & said), len(said), len(gold))
        for kind in kinds:
            mine, theirs = {x for x in said if x[2] == kind}, {x for x in gold if x[2] == kind}
            scores[kind].add(len(mine & theirs), len(mine), len(theirs))
        first = min((x for x in gold if x[2] == "PERSON"), default=None)
        if first and first[0] <= 30 and "\n" not in text[: first[0]].strip():
            greeted.add(int(first in said), 1, 1)
    every = scores["all"]
    return {
        "drafts": n, **{k: s.f for k, s in scores.items()},
        "precision": every.precision, "recall": every.recall, "greeted": greeted.recall,
    }  # fmt: skip


def facts(nlp: Language, texts: Path, authors: set[str], others: bool = False) -> dict[str, float]:
    """Recall of the recipient's name and company in the drafts that name them, by what came with the draft.

    A name counts as found where a PERSON covers one of its mentions, a company where an ORG or SCHOOL does.
    """
    found = {"recipient": F(), "company": F(), "sender": F()}
    for record in _records(texts):
        if (record["author"] in authors) != others:
            recipient, sender = record.get("recipient") or {}, record.get("sender") or {}
            doc = nlp(record["text"])
            persons = [(e.start_char, e.end_char) for e in doc.ents if e.label_ == "PERSON"]
            firms = [(e.start_char, e.end_char) for e in doc.ents if e.label_ in {"ORG", "SCHOOL"}]
            for key, name, spans in (
                ("recipient", _called_name(recipient), persons),
                ("sender", _called_name(sender), persons),
                ("company", recipient.get("company") or "", firms),
            ):
                pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
                places = [m.span() for m in re.finditer(pattern, doc.text, re.I)] if len(name) > 1 else []
                if places:
                    hit = any(a <= start and end <= b for start, end in places for a, b in spans)
                    found[key].add(int(hit), 1, 1)
    return {f"{k} named in {s.gold}": s.recall for k, s in found.items()}


def _called_name(person: dict[str, str]) -> str:
    words = (person.get("name") or "").split()
    titles = {
        "dr",
        "prof",
        "professor",
        "mr",
        "mrs",
        "ms",
        "miss",
        "sir",
        "judge",
        "pastor",
        "fr",
        "rev",
        "engr",
    }
    return next((word for word in words if word.lower().rstrip(".") not in titles), "")


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def genre(texts: list[Text], name: str) -> list[Text]:
    """Keep the documents of a genre."""
    return [text for text in texts if text.name.startswith(name)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--spans", type=Path, help="spans.jsonl of marked drafts, with --drafts")
    parser.add_argument("--drafts", type=Path, help="drafts.jsonl")
    parser.add_argument("--authors", nargs="*", default=[], help="authors kept for the test")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    nlp = load_language(args.model)
    ewt = read_conllu(args.data / f"ud-english-ewt/en_ewt-ud-{args.split}.conllu.gz")
    lay_entities(ewt, args.data / f"uner-english-ewt/aligned-to-ewt-2.15-{args.split}.iob2.gz")
    gum = read_conllu(args.data / f"ud-english-gum-open/gum-open-{args.split}.conllu.gz")
    mail = genre(ewt, "email")
    table = {
        "EWT": syntax(nlp, ewt),
        "EWT e-mail": syntax(nlp, mail),
        "GUM open": syntax(nlp, gum),
        "UNER EWT": entities(nlp, ewt),
        "UNER EWT e-mail": entities(nlp, mail),
        "UNER EWT lower-cased": entities(nlp, ewt, lower=True),
        "WNUT17": entities(nlp, read_columns(args.data / f"wnut17/{args.split}.conll.gz")),
    }
    others = args.split == "dev"
    if args.drafts:
        table["drafts, names given"] = facts(nlp, args.drafts, set(args.authors), others)
    if args.spans and args.drafts:
        table["drafts, marked"] = drafts(nlp, args.spans, args.drafts, set(args.authors), others)
    for name, row in table.items():
        print(f"{name:22}", "  ".join(f"{k} {v:.1f}" for k, v in row.items()))
    if args.out:
        args.out.write_text(json.dumps({args.split: table}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
