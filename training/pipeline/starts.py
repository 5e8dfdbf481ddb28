"""Train the small net that settles sentence starts, on the encodings of a trained syntax pipeline."""

import argparse
from pathlib import Path

import numpy as np
import spacy
from corpora import Text, read_conllu
from evaluate import raw
from nets import fast_math
from numpy.typing import NDArray
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler
from spacy.language import Language

from scorer.parse.starts import SentenceStarts, inputs

HIDDEN = 32


def rows_of(
    nlp: Language, texts: list[Text], *, lower: bool
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return what the net reads of every word, and whether a sentence starts there."""
    read, starts = [], []
    pairs = [raw(text) for text in texts]
    kept = [(out, rows) for out, rows in pairs if not lower or len(out.lower()) == len(out)]
    docs = nlp.pipe((out.lower() if lower else out for out, _ in kept), batch_size=32)
    for (_, rows), doc in zip(kept, docs, strict=True):
        gold = {places[0][0] for places in rows if places}
        words = [token for token in doc if not token.is_space]
        read.append(inputs(doc, words))
        starts.append(np.array([word.idx in gold for word in words]))
    return np.vstack(read), np.concatenate(starts)


def main() -> None:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("syntax", type=Path, help="the trained syntax pipeline")
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    fast_math()
    nlp = spacy.load(args.syntax)
    nlp.select_pipes(enable=["score_draft_boundaries", "tok2vec"])
    ewt = read_conllu(args.data / "ud-english-ewt/en_ewt-ud-train.conllu.gz")
    gum = read_conllu(args.data / "ud-english-gum-open/gum-open-train.conllu.gz")
    parts = [rows_of(nlp, ewt, lower=False), rows_of(nlp, gum, lower=False), rows_of(nlp, ewt, lower=True)]
    x, y = np.vstack([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
    scale = StandardScaler().fit(x)
    # The encoder has seen these words, so the net would trust it too much: few passes, and small weights.
    net = MLPClassifier((HIDDEN,), alpha=1.0, batch_size=512, max_iter=8, random_state=0)
    net.fit(scale.transform(x), y)
    into, out = net.coefs_
    component = SentenceStarts()
    # The scaling goes into the first matrix, so that nothing has to be scaled when the net reads.
    weights = (
        into / scale.scale_[:, None], net.intercepts_[0] - (scale.mean_ / scale.scale_) @ into, out[:, 0],
        net.intercepts_[1],
    )  # fmt: skip
    component.weights = tuple(np.asarray(weight, dtype=np.float32) for weight in weights)
    component.to_disk(args.out)
    print(f"{len(x)} words, {net.n_iter_} passes, loss {net.loss_:.4f}")


if __name__ == "__main__":
    main()
