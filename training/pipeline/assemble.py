"""Put the two nets and the list of places together, take out what does not ship, round the weights, and write the artefact."""

import argparse
import hashlib
import json
import shutil
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import srsly
from nets import fast_math, save
from spacy.language import Language
from spacy.pipeline._edit_tree_internals.edit_trees import EditTrees

from scorer.parse.components import ADDRESS, LEMMAS, NAMES, STARTS
from scorer.parse.gazetteer import Gazetteer

NO_TREE = 4294967295
SOURCES = json.loads((Path(__file__).parent / "sources.json").read_text(encoding="utf-8"))


def rounded(array: np.ndarray, bits: int) -> np.ndarray:
    """Keep ``bits`` of a float32's 23 mantissa bits, so that the wheel's compression can do its work."""
    raw = np.ascontiguousarray(array, dtype=np.float32).view(np.uint32)
    drop = 23 - bits
    half = np.uint32(1 << (drop - 1))
    return ((raw + half) & np.uint32(0xFFFFFFFF << drop & 0xFFFFFFFF)).view(np.float32)


def round_weights(nlp: Language, bits: int, table_bits: int) -> None:
    """Round the word vectors and every parameter of every model in place; look-up tables more coarsely."""
    if nlp.vocab.vectors.size:
        nlp.vocab.vectors.data = rounded(nlp.vocab.vectors.data, table_bits)
    for _, component in nlp.components:
        if not hasattr(component, "model"):
            continue
        for node in component.model.walk():
            for name in node.param_names:
                if node.has_param(name) is True:
                    kept = table_bits if node.name == "hashembed" else bits
                    node.set_param(name, rounded(node.get_param(name), kept))


def prune_trees(nlp: Language) -> None:
    """Keep only the edit trees the lemmatizer's classes use, and none that spells a name.

    Trees that change the case of long pieces hold pieces of people's names; where such a piece is no word of the
    open texts the class leaves the word as it is.
    """
    lemmatizer: Any = nlp.get_pipe("trainable_lemmatizer")
    trees = srsly.msgpack_loads(lemmatizer.trees.to_bytes())["trees"]
    unchanged = {"prefix_len": 0, "suffix_len": 0, "prefix_tree": NO_TREE, "suffix_tree": NO_TREE}
    same = trees.index(unchanged)

    def parts(i: int) -> set[int]:
        below = [
            trees[i][key] for key in ("prefix_tree", "suffix_tree") if trees[i].get(key, NO_TREE) != NO_TREE
        ]
        return {i}.union(*map(parts, below))

    def spells_name(i: int) -> bool:
        pieces = (
            nlp.vocab.strings[trees[j][key]]
            for j in parts(i)
            for key in ("orig", "subst")
            if trees[j].get(key)
        )
        return any(
            len(piece) > 3
            and not piece.islower()
            and nlp.vocab.strings[piece.lower()] not in nlp.vocab.vectors
            for piece in pieces
        )

    labels = [same if spells_name(i) else i for i in lemmatizer.cfg["labels"]]
    used = set().union(*map(parts, labels))
    new = {old: i for i, old in enumerate(sorted(used))} | {NO_TREE: NO_TREE}
    kept = [
        {key: new[value] if key.endswith("_tree") else value for key, value in trees[old].items()}
        for old in sorted(used)
    ]
    lemmatizer.trees = EditTrees(nlp.vocab.strings)
    lemmatizer.trees.from_bytes(srsly.msgpack_dumps({"trees": kept}))
    lemmatizer.cfg["labels"] = [new[old] for old in labels]
    lemmatizer.tree2label = {tree: i for i, tree in enumerate(lemmatizer.cfg["labels"])}


def needed_strings(nlp: Language) -> list[str]:
    """Return the strings the components answer with: labels and affixes, never words of a corpus as such."""
    strings = {"_SP", "SPACE", "ROOT", "dep"}
    for name in ("tagger", "parser", "ner"):
        strings.update(nlp.get_pipe(name).labels)  # type: ignore[attr-defined]
    for label in nlp.get_pipe("morphologizer").labels:  # type: ignore[attr-defined]
        features = [part for part in label.split("|") if not part.startswith("POS=")]
        strings.update((label, "|".join(features), *label.split("|")))
        strings.update(piece for part in label.split("|") for piece in part.split("="))
    trees = srsly.msgpack_loads(nlp.get_pipe("trainable_lemmatizer").trees.to_bytes())["trees"]  # type: ignore[attr-defined]
    strings.update(
        nlp.vocab.strings[tree[key]] for tree in trees for key in ("orig", "subst") if tree.get(key)
    )
    return sorted(strings - {""})


def write_manifest(path: Path, version: str) -> None:
    """List every file of the artefact with its checksum; the card may change without harm."""
    files = {
        file.relative_to(path).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(path.rglob("*"))
        if file.is_file() and file.name not in {"manifest.json", "card.md"}
    }
    data = json.dumps({"name": path.name, "version": version, "files": files}, indent=1)
    (path / "manifest.json").write_text(data + "\n", encoding="utf-8")


def main() -> None:
    """Assemble the artefact."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("syntax", type=Path)
    parser.add_argument("entities", type=Path)
    parser.add_argument("places", type=Path, help="file made by places.py")
    parser.add_argument("starts", type=Path, help="folder made by starts.py")
    parser.add_argument("out", type=Path)
    parser.add_argument("--version", default="0.1.0")
    parser.add_argument("--bits", type=int, default=7, help="mantissa bits of weights")
    parser.add_argument("--table-bits", type=int, default=5, help="mantissa bits of vectors and hash tables")
    args = parser.parse_args()
    fast_math()
    nlp = spacy.load(args.syntax)
    entities = spacy.load(args.entities)
    nlp.add_pipe("ner", source=entities)
    starts = nlp.add_pipe(STARTS, before="parser").from_disk(args.starts)  # type: ignore[attr-defined]
    starts.weights = tuple(rounded(weight, args.bits) for weight in starts.weights)
    nlp.add_pipe(LEMMAS, after="trainable_lemmatizer")
    nlp.add_pipe(NAMES).gazetteer = Gazetteer.load(args.places)  # type: ignore[attr-defined]
    nlp.add_pipe(ADDRESS)
    nlp.batch_size = 64
    round_weights(nlp, args.bits, args.table_bits)
    nlp.meta.update(
        name="draft", version=args.version, license="CC BY-SA 4.0", author="score-draft",
        description="English pipeline for drafts of messages: tags, morphology, trees, lemmas, entities.",
        sources=SOURCES, url="", email="", spacy_version=">=3.8,<3.9", performance={},
    )  # fmt: skip
    if args.out.exists():
        for item in args.out.iterdir():
            if item.name != "card.md":
                shutil.rmtree(item) if item.is_dir() else item.unlink()
    prune_trees(nlp)
    save(nlp, args.out)
    strings = json.dumps(needed_strings(nlp), ensure_ascii=False)
    (args.out / "vocab/strings.json").write_text(strings + "\n", encoding="utf-8")
    write_manifest(args.out, args.version)
    size = sum(len(zlib.compress(f.read_bytes(), 6)) for f in args.out.rglob("*") if f.is_file())
    print(f"{size / 1e6:.2f} MB compressed, {nlp.pipe_names}")


if __name__ == "__main__":
    main()
