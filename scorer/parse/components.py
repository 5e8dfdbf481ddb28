"""Pipeline components of our own: sentence boundaries at line breaks, names in greetings and sign-offs."""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

BOUNDARIES = "score_draft_boundaries"
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
    for token in doc:
        if token.is_space:
            breaks = token.text.count("\n") + token.text.count("\r") - token.text.count("\r\n")
            blank = blank or (broken and breaks > 0) or breaks > 1
            broken = broken or breaks > 0
            if token.i:
                token.is_sent_start = False
            continue
        if broken:
            if token.i and _starts_sentence(doc, last, line_start, token.i, blank):
                token.is_sent_start = True
                start = token.i
            line_start, broken, blank = token.idx, False, False
        elif token.i - start >= _LONG:
            stopped = last is not None and last.text in _STOPS and not token.is_punct
            if stopped or token.i - start >= _TOO_LONG:
                token.is_sent_start = True
                start = token.i
        last = token
    return doc


@Language.component(BOUNDARIES, assigns=["token.is_sent_start"])
def boundaries(doc: Doc) -> Doc:
    """Run :func:`mark_boundaries` as a pipeline component."""
    return mark_boundaries(doc)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GREETINGS = _words(
    """hi hello hey dear hiya hola greetings howdy yo oi hallo bonjour ciao namaste salaam g'day morning
    afternoon evening day"""
)
_BEFORE_GREETING = _words("good happy lovely oh well ok")
_HONORIFICS = _words(
    "dr dr. mr mr. mrs mrs. ms ms. mx mx. prof prof. professor rev rev. hon hon. sir madam doctor"
)
_NO_NAMES = _words(
    """there all team everyone everybody folks friend friends again sir madam ma'am guys both connection
    colleague colleagues mate buddy hiring manager recruiter recruiting committee people dear fellow sirs
    ladies gentlemen whom it may concern you neighbour neighbor stranger world network hope i it my we just
    so the a an from to for name firstname lastname first last company xx xxx"""
)
_NAME_ENDS = frozenset(",!.:;-–—?…") | {"...", "..", "!!", "!!!", "--", "👋", "🙂", ":)", "😊"}
_LONGEST_NAME = 4
_JOINS = frozenset({"and", "&", "/", "+"})
_CLOSING_KEYS = _words(
    """best regards cheers thanks thx sincerely warmly warmest respectfully yours faithfully truly cordially
    br rgds ta soon care wishes gratefully"""
)
_CLOSINGS = _CLOSING_KEYS | _words(
    """love hugs kind warm many you thank for your time the all talk speak take in advance looking forward"""
)


def _is_name_word(token: Token) -> bool:
    return token.text[0].isalpha() and token.lower_ not in _NO_NAMES and not token.like_url


def _inner_hyphen(token: Token) -> bool:
    doc, i = token.doc, token.i
    inside = 0 < i < len(doc) - 1 and not doc[i - 1].whitespace_ and not token.whitespace_
    return inside and token.text == "-" and doc[i + 1].text[0].isupper()


def _greeted(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the names that the first line greets, where the greeting ends clearly after them."""
    i = next((t.i for t in doc if not t.is_space), len(doc))
    if i < len(doc) and doc[i].lower_ in _BEFORE_GREETING:
        i += 1
    if i >= len(doc) or doc[i].lower_ not in _GREETINGS:
        return
    start = i = i + 1
    while i < len(doc) and i - start < 8:
        token = doc[i]
        if token.lower_ in _HONORIFICS and i == start:
            start = i = i + 1
            continue
        if _inner_hyphen(token):
            i += 1
            continue
        at_end = token.is_space or token.text in _NAME_ENDS
        if at_end or token.text in _JOINS:
            if 0 < i - start <= _LONGEST_NAME:
                yield start, i
            if at_end:
                return
            start = i + 1
        elif not _is_name_word(token):
            return
        i += 1
    if i == len(doc) and 0 < i - start <= 2:
        yield start, i


def _lines(doc: Doc) -> list[tuple[int, int]]:
    lines, start = [], 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            lines.append((start, token.i))
            start = token.i + 1
    lines.append((start, len(doc)))
    return [line for line in lines if line[0] < line[1]]


def _signed(doc: Doc) -> tuple[int, int] | None:
    """Find the writer's name: the line after a closing, or the rest of the closing's own line."""
    lines = _lines(doc)
    for n in range(len(lines) - 1, max(len(lines) - 6, -1), -1):
        start, end = lines[n]
        # A closing may follow the last sentence on its line.
        i = start = max((t.i + 1 for t in doc[start : end - 1] if t.text in {".", "!", "?"}), default=start)
        while i < end and i - start < 6 and (doc[i].lower_ in _CLOSINGS or (doc[i].is_punct and i > start)):
            i += 1
        if not any(t.lower_ in _CLOSING_KEYS for t in doc[start:i]):
            continue
        if i == end and n + 1 < len(lines):
            i, end = lines[n + 1]
        elif not (doc[i - 1].is_punct and n == len(lines) - 1):
            continue
        while i < end and doc[i].text in "-–—~":
            i += 1
        stop = i
        while stop < end and (
            _inner_hyphen(doc[stop]) or (_is_name_word(doc[stop]) and doc[stop].lower_ not in _CLOSINGS)
        ):
            stop += 1
        cased = all(not t.is_lower for t in doc[i:stop]) or doc.text.islower()
        if 0 < stop - i <= _LONGEST_NAME and cased and (stop == end or not doc[stop].is_alpha):
            return i, stop
    return None


def mark_address(doc: Doc) -> Doc:
    """Make sure that the person greeted and the person who signs are PERSON entities.

    Where the entity net has found a person there, its extent stays.
    """
    spans = [*_greeted(doc)]
    if signed := _signed(doc):
        spans.append(signed)
    ents = list(doc.ents)
    for start, end in spans:
        clash = [e for e in ents if e.start < end and start < e.end]
        if any(e.label_ == "PERSON" or e.end > end for e in clash):
            continue
        ents = [e for e in ents if e not in clash] + [Span(doc, start, end, "PERSON")]
    if spans:
        doc.ents = ents
    return doc


@Language.component(ADDRESS, assigns=["doc.ents"], requires=["doc.ents"])
def address(doc: Doc) -> Doc:
    """Run :func:`mark_address` as a pipeline component."""
    return mark_address(doc)
