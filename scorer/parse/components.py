"""Pipeline components of our own: sentence starts, lemmas looked over, places by list, names in greetings and sign-offs."""

from spacy.language import Language
from spacy.tokens import Doc, Token

from scorer.parse.address import mark_address
from scorer.parse.gazetteer import NameCheck
from scorer.parse.lemmas import LemmaCheck
from scorer.parse.starts import SentenceStarts, with_starts

BOUNDARIES = "score_draft_boundaries"
STARTS = "score_draft_starts"
LEMMAS = "score_draft_lemmas"
NAMES = "score_draft_names"
ADDRESS = "score_draft_address"

_TERMINAL = frozenset(".!?…:;,)\"'”’")
_BULLETS = frozenset("-–—*•·▪◦‣→➤✓✔✅>")
# A line at least this long that runs on in lower case was wrapped by an e-mail program.
_WRAPPED_LINE = 55
# The parser's time grows faster than a sentence does. From so many words on a sentence ends at the next full
# stop, and with the second number of words anyway; no sentence anybody means is that long.
_LONG, _TOO_LONG = 300, 500
_STOPS = frozenset({".", "!", "?"})


def _is_list_item(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.text in _BULLETS:
        return True
    return token.is_digit and len(token) <= 2 and i + 1 < len(doc) and doc[i + 1].text in {".", ")"}


def _starts_sentence(doc: Doc, last: Token | None, line_start: int, i: int, blank: bool) -> bool:
    """Tell whether the line that starts at token ``i`` begins a sentence."""
    if last is None or blank or _is_list_item(doc, i) or last.text[-1] in _TERMINAL:
        return True
    length = last.idx + len(last) - line_start
    return length < _WRAPPED_LINE or not doc[i].text[0].islower()


def mark_boundaries(doc: Doc) -> Doc:
    """Set sentence starts after line breaks; the parser keeps them and decides about all the other tokens.

    White space never starts a sentence, except at the start of the text.
    """
    last: Token | None = None
    broken = blank = False
    line_start = start = 0
    told: dict[int, int] = {}
    for token in doc:
        if token.is_space:
            breaks = token.text.count("\n") + token.text.count("\r") - token.text.count("\r\n")
            blank = blank or (broken and breaks > 0) or breaks > 1
            broken = broken or breaks > 0
            if token.i:
                told[token.i] = -1
            continue
        if broken:
            if token.i and _starts_sentence(doc, last, line_start, token.i, blank):
                told[token.i] = 1
                start = token.i
            line_start, broken, blank = token.idx, False, False
        elif token.i - start >= _LONG:
            stopped = last is not None and last.text in _STOPS and not token.is_punct
            if stopped or token.i - start >= _TOO_LONG:
                told[token.i] = 1
                start = token.i
        last = token
    return with_starts(doc, [*told], [*told.values()]) if told else doc


@Language.component(BOUNDARIES, assigns=["token.is_sent_start"])
def boundaries(doc: Doc) -> Doc:
    """Run :func:`mark_boundaries` as a pipeline component."""
    return mark_boundaries(doc)


@Language.factory(STARTS, assigns=["token.is_sent_start"], requires=["doc.tensor"])
def starts(nlp: Language, name: str) -> SentenceStarts:
    """Return :class:`scorer.parse.starts.SentenceStarts` as a pipeline component."""
    return SentenceStarts()


@Language.factory(LEMMAS, assigns=["token.lemma"], requires=["token.tag", "token.lemma"])
def lemmas(nlp: Language, name: str) -> LemmaCheck:
    """Return :class:`scorer.parse.lemmas.LemmaCheck` as a pipeline component."""
    return LemmaCheck(nlp.vocab)


@Language.factory(NAMES, assigns=["doc.ents"], requires=["doc.ents", "token.pos"])
def names(nlp: Language, name: str) -> NameCheck:
    """Return :class:`scorer.parse.gazetteer.NameCheck` as a pipeline component."""
    return NameCheck()


@Language.component(ADDRESS, assigns=["doc.ents"], requires=["doc.ents"])
def address(doc: Doc) -> Doc:
    """Run :func:`scorer.parse.address.mark_address` as a pipeline component."""
    return mark_address(doc)
