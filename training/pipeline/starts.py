"""Train the small net that settles sentence starts, on the encodings of a trained syntax pipeline."""

import argparse
from pathlib import Path

import numpy as np
import spacy
import torch
from corpora import Text, read_conllu
from evaluate import raw
from nets import fast_math
from numpy.typing import NDArray
from spacy.language import Language
from torch import nn

from scorer.parse.starts import SentenceStarts, inputs

HIDDEN = 64
# So many nets, each from another seed, are joined into one: its output is their mean.
N_NETS = 2
_EPOCHS, _BATCH, _RATE, _DROPOUT = 8, 512, 0.002, 0.3


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


def fitted(x: torch.Tensor, y: torch.Tensor, seed: int) -> nn.Sequential:
    """Return a net trained on the scaled rows.

    The encoder has seen these words, so the net would trust it too much: a part of what it reads is hidden.
    """
    torch.manual_seed(seed)
    net = nn.Sequential(
        nn.Dropout(_DROPOUT), nn.Linear(x.shape[1], HIDDEN), nn.ReLU(), nn.Dropout(_DROPOUT), nn.Linear(HIDDEN, 1)
    )  # fmt: skip
    n_batches = len(x) // _BATCH
    optimizer = torch.optim.AdamW(net.parameters(), lr=_RATE, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, _EPOCHS * n_batches)
    for epoch in range(_EPOCHS):
        order = torch.randperm(len(x))
        total = 0.0
        for batch in order[: n_batches * _BATCH].view(n_batches, _BATCH):
            loss = nn.functional.binary_cross_entropy_with_logits(net(x[batch])[:, 0], y[batch])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
            total += float(loss.detach())
        print(f"net {seed} pass {epoch + 1}/{_EPOCHS} loss {total / n_batches:.4f}", flush=True)
    return net.eval()


def joined(
    nets: list[nn.Sequential], mean: NDArray[np.float32], deviation: NDArray[np.float32]
) -> tuple[NDArray[np.float32], ...]:
    """Return the weights of one net whose output is the mean of the nets'.

    The scaling goes into its first matrix, so that nothing has to be scaled when it reads.
    """
    first = [net[1] for net in nets]
    last = [net[4] for net in nets]
    into = torch.cat([layer.weight for layer in first]).detach().numpy().T
    offsets = torch.cat([layer.bias for layer in first]).detach().numpy()
    out = torch.cat([layer.weight[0] for layer in last]).detach().numpy() / len(nets)
    offset = sum(layer.bias for layer in last).detach().numpy() / len(nets)
    weights = (into / deviation[:, None], offsets - (mean / deviation) @ into, out, offset)
    return tuple(np.asarray(weight, dtype=np.float32) for weight in weights)


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
    # What is hardly ever there would weigh too much if it were scaled up to the rest.
    mean, deviation = x.mean(axis=0), np.maximum(x.std(axis=0), 0.02)
    scaled, wanted = torch.from_numpy((x - mean) / deviation), torch.from_numpy(y.astype(np.float32))
    component = SentenceStarts()
    component.weights = joined([fitted(scaled, wanted, seed) for seed in range(N_NETS)], mean, deviation)
    component.to_disk(args.out)


if __name__ == "__main__":
    main()
