"""Lemmas looked over: the case that goes with a tag, and regular endings that the lemmatizer cut off wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_NAMES = frozenset({"NNP", "NNPS"})
# Words with these tags have lemmas in lower case; so have adjectives and nouns in capitals, unless they are acronyms.
_LOWER = ("VB", "RB", "MD", "UH", "IN", "DT", "W", "CC", "TO", "EX", "RP")
_SHOUTED = {"JJ": 2, "NN": 6, "NNS": 6}
_ENDINGS = {"VBG": "ing", "VBD": "ed", "VBN": "ed", "VBZ": "s", "NNS": "s"} | {
    f"{kind}{degree}": ending for kind in ("JJ", "RB") for degree, ending in (("R", "er"), ("S", "est"))
}
_SHORTEST_BASE = 3
_KEPT = 50_000


def bases(form: str, tag: str) -> Iterator[str]:
    """Yield what a lower-case form may come from by the spelling rules for its tag's regular ending."""
    ending = _ENDINGS.get(tag)
    if not ending or not form.endswith(ending) or len(form) < len(ending) + 2:
        return
    stem = form[: -len(ending)]
    if ending == "s":
        if stem.endswith("ie"):
            yield stem[:-2] + "y"
        yield stem
        if stem.endswith("e"):
            yield stem[:-1]
        return
    if stem.endswith("i"):
        yield stem[:-1] + "y"
    if stem[-1] == stem[-2]:
        yield stem[:-1]
    yield stem
    yield stem + "e"


class LemmaCheck:
    """Pipeline component: mends lemmas whose case or ending does not go with their tag.

    The words of the pipeline's vectors are its word list: a base that is none of them gives way to one that is.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self._mended: dict[tuple[int, int, int], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc` with its lemmas mended."""
        if len(self._mended) > _KEPT:
            self._mended.clear()
        strings = self.vocab.strings
        for i, (orth, tag, lemma) in enumerate(doc.to_array(["ORTH", "TAG", "LEMMA"]).tolist()):
            key = orth, tag, lemma
            mended = self._mended.get(key)
            if mended is None:
                mended = strings.add(self.mended(*(strings[k] if k else "" for k in key)))
                self._mended[key] = mended
            if mended != lemma:
                doc[i].lemma = mended
        return doc

    def mended(self, form: str, tag: str, lemma: str) -> str:
        """Return the lemma of `form`, where the lemmatizer said `lemma`."""
        if tag in _NAMES:
            return lemma[:1].upper() + lemma[1:] if form[:1].isupper() else lemma
        if tag.startswith(_LOWER) or (form.isupper() and len(form) >= _SHOUTED.get(tag, len(form) + 1)):
            lemma = lemma.lower()
        low, said = form.lower(), lemma.lower()
        # A noun may be its own plural ("regards"), a verb is not its own participle.
        if (said == low and tag == "NNS") or (said != low and self._known(said)):
            return lemma
        found = (base for base in bases(low, tag) if len(base) >= _SHORTEST_BASE and self._known(base))
        return next(found, lemma)

    def _known(self, word: str) -> bool:
        return self.vocab.strings[word] in self.vocab.vectors
