"""Names at the places where messages have names: greeting, introduction, direct address, sign-off.

A safety net under the entity net, which has no notion of where in a message it is.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GREETINGS = _words(
    """hi hello hey dear hiya hola greetings howdy yo oi hallo bonjour ciao namaste salaam g'day morning
    afternoon evening day"""
)
_BEFORE_GREETING = _words("good happy lovely oh well ok")
_AFTER_GREETING = _words("again there")
_HONORIFICS = _words(
    "dr dr. mr mr. mrs mrs. ms ms. mx mx. prof prof. professor rev rev. hon hon. doctor miss coach chef"
)
_AFTER_NAME = _words("ma'am sir madam ji bhai san sama")
# What nets take for a part of a name at either end.
_BEFORE_NAME = _HONORIFICS | _words(
    "sir madam dear dearest respected myself monsieur madame herr frau ma'am mam"
)
_TITLES_ALONE = _words("ma'am mam maam sir madam sahib saheb")
_BEHIND_NAME = _AFTER_NAME | _words("mam maam sahib saheb da di tai akka anna didi bhaiya")
_NO_NAMES = _words(
    """there all team everyone everybody folks friend friends again sir madam ma'am guys both connection
    colleague colleagues mate buddy hiring manager recruiter recruiting committee people dear fellow sirs
    ladies gentlemen whom it may concern you neighbour neighbor stranger world network hope i it my we just
    so the a an from to for name firstname lastname first last company xx xxx thanks thank please yes no ok
    sorry hi hello hey best regards cheers sincerely ps p.s. p.s update question quick re"""
)
_NAME_ENDS = frozenset(",!.:;-–—?…") | {"...", "..", "!!", "!!!", "--", "👋", "🙂", ":)", "😊"}
_DASHES = frozenset({"-", "–", "—", "--", "~"})
_LONGEST_NAME = 4
_JOINS = frozenset({"and", "&", "/", "+"})
_CLOSING_KEYS = _words(
    """best regards cheers thanks thx sincerely warmly warmest respectfully yours faithfully truly cordially
    br rgds ta soon care wishes gratefully thanking greetings sorry gratitude obliged"""
)
_CLOSINGS = _CLOSING_KEYS | _words(
    """love hugs kind warm many you thank for your time the all talk speak take in advance looking forward
    again much very with"""
)


def _is_name_word(token: Token) -> bool:
    return token.text[0].isalpha() and token.lower_ not in _NO_NAMES and not token.like_url


def _is_cased_name(token: Token) -> bool:
    """Tell whether a word is written and tagged as a name."""
    return _is_name_word(token) and not token.is_lower and token.pos_ == "PROPN"


_NO_WORDS = frozenset({"PUNCT", "SYM", "X"})


def _inner_hyphen(token: Token) -> bool:
    doc, i = token.doc, token.i
    inside = 0 < i < len(doc) - 1 and not doc[i - 1].whitespace_ and not token.whitespace_
    return inside and token.text == "-" and doc[i + 1].text[0].isupper()


def _first(doc: Doc) -> int:
    return next((t.i for t in doc if not t.is_space), len(doc))


def _likely(doc: Doc, start: int, end: int) -> bool:
    """Tell whether the words could be one name: a lower-case one has a single word."""
    if not 0 < end - start <= _LONGEST_NAME:
        return False
    return end - start == 1 or not any(t.is_lower and t.pos_ not in {"", "PROPN"} for t in doc[start:end])


def _greeted(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the names that the first line greets, where the greeting ends clearly after them."""
    i = _first(doc)
    if i < len(doc) and doc[i].lower_ in _BEFORE_GREETING:
        i += 1
    if i >= len(doc) or doc[i].lower_ not in _GREETINGS:
        return
    i += 1
    if i < len(doc) and doc[i].lower_ in _AFTER_GREETING:
        i += 1
    start = i
    while i < len(doc) and i - start < 8:
        token = doc[i]
        if token.lower_ in _HONORIFICS and i == start:
            start = i = i + 1
            continue
        if _inner_hyphen(token):
            i += 1
            continue
        at_end = token.is_space or token.text in _NAME_ENDS or token.lower_ in _AFTER_NAME
        if at_end or token.text in _JOINS:
            if _likely(doc, start, i):
                yield start, i
            if at_end:
                return
            start = i + 1
        elif not _is_name_word(token):
            return
        i += 1
    if i == len(doc) and i - start <= 2 and _likely(doc, start, i):
        yield start, i


def _called(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield a name that opens the message, and names in direct address in its first sentence."""
    start = i = _first(doc)
    while i < len(doc) and (_is_cased_name(doc[i]) or _inner_hyphen(doc[i])):
        i += 1
    if i == start < len(doc) and not doc[i].is_lower and _is_name_word(doc[i]):
        # A rare name: the tagger doubts it, but it is spoken to, some other net takes it for a name, or it puzzles
        # the tagger so much that a word of letters passes for a sign.
        spoken_to = doc[i].dep_ == "vocative" or doc[i].ent_type_ in {"PERSON", "ORG", "PLACE"}
        i += spoken_to or (doc[i].is_alpha and doc[i].pos_ in _NO_WORDS)
    if (
        0 < i - start <= 3
        and i < len(doc)
        and (doc[i].text in {",", "!", ":", *_DASHES} or "\n" in doc[i].text)
    ):
        yield start, i
    for token in doc[start : start + 14]:
        if token.dep_ == "vocative" and _is_cased_name(token):
            end = token.i + 1
            while end < len(doc) and doc[end].dep_ == "flat" and _is_cased_name(doc[end]):
                end += 1
            yield token.i, end


def _headed(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield a name that, with a comma after it, is a whole line: below quoted mail a message begins so."""
    for start, end in _lines(doc)[:-1]:
        words = doc[start : end - 1]
        if doc[end - 1].text == "," and 0 < len(words) <= 2 and all(map(_is_capital_name, words)):
            yield start, end - 1


def _in_header(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield a name as the header of a quoted mail has it: ``"Doe, Jane" <jane@example.com>``."""
    for comma in doc[2:-3]:
        start, end = comma.i - 1, comma.i + 2
        if comma.text != "," or doc[start - 1].text != '"':
            continue
        while end < len(doc) - 1 and end < start + 6 and doc[end].text != '"':
            end += 1
        behind = doc[end + 1].text if end + 1 < len(doc) else ""
        written = doc[start].text[0].isupper() and doc[comma.i + 1].text[0].isupper()
        if written and doc[end].text == '"' and (behind.startswith("<") or "@" in behind):
            yield start, end


def _is_capital_name(token: Token) -> bool:
    """Tell whether a word begins with a capital and is no part of a greeting or closing."""
    return token.is_alpha and token.text[0].isupper() and token.lower_ not in _NO_NAMES | _CLOSINGS


def _introduced(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the name after ``I'm``, ``it's``, ``this is`` or ``my name is``."""
    for i in range(1, min(len(doc) - 1, 120)):
        before = (doc[i - 1].lower_, doc[i].lower_)
        named = before == ("name", "is") or before == ("name", "'s")
        if not named and before not in _INTRODUCTIONS:
            continue
        end = i + 1
        while (
            end < len(doc)
            and end - i <= _LONGEST_NAME
            and (_is_cased_name(doc[end]) or _inner_hyphen(doc[end]))
        ):
            end += 1
        after = doc[end].lower_ if end < len(doc) else ""
        if end > i + 1 and (named or after in {"from", "here"}):
            yield i + 1, end


_INTRODUCTIONS = frozenset(
    (subject, verb)
    for subject, verbs in {"i": "am 'm ’m m", "it": "is 's ’s", "this": "is", "here": "is"}.items()
    for verb in verbs.split()
)


def _lines(doc: Doc) -> list[tuple[int, int]]:
    lines, start = [], 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            lines.append((start, token.i))
            start = token.i + 1
    lines.append((start, len(doc)))
    return [line for line in lines if line[0] < line[1]]


def _signed(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the writer's name: after a closing, alone on the last line, or after a dash at the end."""
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
        if name := _name_at(doc, i, end, cased=not doc.text.islower()):
            yield name
            return
    if len(lines) > 1:
        start, end = lines[-1]
        if (name := _name_at(doc, start, end, cased=True)) and name[1] == end:
            yield name
            return
    if len(doc) > 3 and doc[-1].is_sent_start and _is_name_word(doc[-1]) and doc[-1].pos_ == "PROPN":
        yield len(doc) - 1, len(doc)
        return
    dash = next((t.i for t in reversed(doc[-5:]) if t.text in _DASHES and not _inner_hyphen(t)), None)
    if (
        dash is not None
        and dash > 0
        and (name := _name_at(doc, dash, len(doc), cased=True))
        and name[1] == len(doc)
    ):
        yield name


def _name_at(doc: Doc, i: int, end: int, *, cased: bool) -> tuple[int, int] | None:
    """Return the name that starts a line, after a dash or a title."""
    while i < end and (doc[i].text in _DASHES or doc[i].lower_ in _HONORIFICS):
        i += 1
    stop = i
    while stop < end and (
        _inner_hyphen(doc[stop]) or (_is_name_word(doc[stop]) and doc[stop].lower_ not in _CLOSINGS)
    ):
        stop += 1
    fits = not any(t.is_lower for t in doc[i:stop]) if cased else stop - i == 1
    if 0 < stop - i <= _LONGEST_NAME and fits and (stop == end or not doc[stop].is_alpha):
        return i, stop
    return None


def mark_address(doc: Doc) -> Doc:
    """Make sure that the persons greeted, introduced and signing are PERSON entities.

    A person that the entity net has found there is widened to the whole name; only a title is taken off.
    """
    spans = [*_greeted(doc), *_called(doc), *_headed(doc), *_in_header(doc), *_introduced(doc), *_signed(doc)]
    ents = list(doc.ents)
    for start, end in spans:
        clash = [e for e in ents if e.start < end and start < e.end]
        outside = [t for e in clash for t in e if not start <= t.i < end]
        if any(t.lower_ not in _AFTER_NAME | _HONORIFICS for t in outside):
            continue
        ents = [e for e in ents if e not in clash] + [Span(doc, start, end, "PERSON")]
    bare = [named for ent in ents if (named := _untitled(doc, ent)) is not None]
    if spans or len(bare) != len(ents) or any(a is not b for a, b in zip(bare, ents, strict=True)):
        doc.ents = bare
    return doc


def _untitled(doc: Doc, ent: Span) -> Span | None:
    """Return `ent`, a person's without titles at either end; None where it was nothing but a title."""
    if ent.label_ != "PERSON":
        return ent
    start, end = ent.start, ent.end
    while start < end and doc[start].lower_ in _BEFORE_NAME:
        start += 1
    while end - start > 1 and doc[end - 1].lower_ in _BEHIND_NAME and doc[end - 1].is_lower:
        end -= 1
    if start == end or (end - start == 1 and doc[start].lower_ in _TITLES_ALONE):
        return None
    return ent if end - start == len(ent) else Span(doc, start, end, "PERSON")
