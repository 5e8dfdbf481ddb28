"""From gold words to spaCy examples: line breaks, noise of typing, and alignment with our own tokenizer."""

import random
from collections.abc import Iterator
from dataclasses import replace

from corpora import UNKNOWN, Text, Word
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from scorer.parse.components import mark_boundaries

Sentence = list[Word]


def chunks(text: Text, rng: random.Random, longest: int) -> Iterator[list[tuple[Sentence, bool]]]:
    """Cut a document into pieces of some sentences; each sentence says whether it ends its paragraph."""
    flat = [(s, i == len(p) - 1) for p in text.paragraphs for i, s in enumerate(p)]
    start = 0
    while start < len(flat):
        size = rng.randint(1, longest)
        yield flat[start : start + size]
        start += size


def with_breaks(piece: list[tuple[Sentence, bool]], rng: random.Random | None) -> list[tuple[Sentence, str]]:
    """Choose what stands after each sentence: nothing more, a line break or a blank line.

    Without a generator the paragraphs are kept apart by a blank line, as in the treebanks' raw text.
    """
    style = "paragraphs" if rng is None else rng.choice(("flat", "flat", "paragraphs", "paragraphs", "lines"))
    result = []
    for sentence, ends in piece:
        after = ""
        if style == "paragraphs" and ends:
            after = "\n\n" if rng is None or rng.random() < 0.8 else "\n"
        elif style == "lines":
            after = rng.choice(("\n", "\n", "\n\n", "")) if rng else "\n"
        result.append((sentence, after))
    return result


_KEYS = {
    "a": "s",
    "e": "r",
    "i": "o",
    "o": "i",
    "s": "a",
    "t": "r",
    "n": "m",
    "m": "n",
    "r": "e",
    "l": "k",
    "c": "v",
}


def _typo(form: str, rng: random.Random) -> str:
    if len(form) < 4 or not form.isalpha():
        return form
    i = rng.randrange(1, len(form) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return form[:i] + form[i + 1] + form[i] + form[i + 2 :]
    if kind == 1:
        return form[:i] + form[i + 1 :]
    if kind == 2:
        return form[:i] + form[i] + form[i:]
    return form[:i] + _KEYS.get(form[i], form[i]) + form[i + 1 :]


def noisy(sentence: Sentence, rng: random.Random, lower: bool) -> Sentence:
    """Return a copy as somebody in a hurry would type it."""
    words = [replace(word) for word in sentence]
    curly = rng.random() < 0.3
    drop_end = len(words) > 3 and words[-1].form in {".", "!"} and rng.random() < (0.3 if lower else 0.08)
    lower_first = not lower and rng.random() < 0.03
    typos = rng.random() < 0.15
    for i, word in enumerate(words):
        if curly:
            word.form = word.form.replace("'", "’") if len(word.form) < 5 else word.form
        if lower or (lower_first and i == 0):
            word.form = word.form.lower()
            word.lemma = word.lemma if word.lemma == "I" else word.lemma.lower()
        if typos and rng.random() < 0.06:
            word.form = _typo(word.form, rng)
    if drop_end and words[-1].head is not None and all(w.head != len(words) - 1 for w in words):
        words.pop()
    return words


def reference(nlp: Language, piece: list[tuple[Sentence, str]]) -> tuple[Doc, str]:
    """Build the gold ``Doc``; line breaks become space tokens that hang on the word before them."""
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    pos: list[str] = []
    morphs: list[str] = []
    lemmas: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    starts: list[int] = []
    ents: list[str] = []
    parsed = all(word.head is not None for sentence, _ in piece for word in sentence)
    for number, (sentence, after) in enumerate(piece):
        first = len(words)
        for i, word in enumerate(sentence):
            words.append(word.form)
            spaces.append(word.space)
            tags.append(word.tag)
            pos.append(word.pos)
            morphs.append(word.morph)
            lemmas.append(word.lemma)
            heads.append(len(words) - 1 if word.head is None or word.head < 0 else first + word.head)
            deps.append("ROOT" if word.head is not None and word.head < 0 else word.dep)
            starts.append(1 if i == 0 else -1)
            ents.append("" if word.ent == UNKNOWN else word.ent)
        if number == len(piece) - 1:
            continue
        if not after:
            spaces[-1] = True
            continue
        spaces[-1] = False
        words.append(after)
        spaces.append(False)
        tags.append("_SP")
        pos.append("SPACE")
        morphs.append("")
        lemmas.append(after)
        heads.append(len(words) - 2)
        deps.append("dep")
        starts.append(-1)
        ents.append("O")
    spaces[-1] = False
    if parsed:
        doc = Doc(
            nlp.vocab,
            words=words,
            spaces=spaces,
            tags=tags,
            pos=pos,
            morphs=morphs,
            lemmas=lemmas,
            heads=heads,
            deps=deps,
            ents=ents,
        )
    else:
        doc = Doc(nlp.vocab, words=words, spaces=spaces, ents=ents)
    return doc, doc.text


def example(nlp: Language, piece: list[tuple[Sentence, str]]) -> Example:
    """Pair the gold words with our tokenizer's words of the same text, its line boundaries set."""
    doc, text = reference(nlp, piece)
    return Example(mark_boundaries(nlp.make_doc(text)), doc)
