"""The parts of a message: which sentences greet, introduce, share ground, give a reason, offer, ask, thank, sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scorer.parse.parsed import Ask, ParsedText, Role, Sentence

_TITLE = r"(?:dr|prof|professor|mr|mrs|ms|mx|miss|sir|madam|rev|fr|st|capt|hon)\b\.?"
GREETING = re.compile(
    r"(?:hi+ya|hi+|hello+|hey+a?|hiya|dearest|dear|greetings|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|respected|"
    r"namaste|howdy|yo|to whom it may concern|hallo|hola|ciao|bonjour|salaam|salam|assalam\w*|sup|g'day|ahoy|aloha|vanakkam|"
    r"dobry|hej|moin|servus|sir|madam|sirs|happy (?:monday|tuesday|wednesday|thursday|friday|new year))\b"
    rf"(?:{_TITLE}|[^\n.!?;:]|(?<=\b[a-z])\.|[|:](?=[^\n]{{0,20}}\}})){{0,60}}?"
    r"(?:[,!.:;–—-]+(?=\s|$)|\n|$)",
    re.IGNORECASE,
)
# Words that no salutation holds: the sentence has begun ("Hi I saw your post, ...").
_BEGUN = re.compile(
    r"\s(?:i|i'm|im|i've|i'd|my|we|we're|your|you|you're|saw|is|are|was|hope|hoping|just|thanks|thank|sorry|this|can|could|would|do|did|it|it's|a|an|"
    r"to|for|on|with|about|long|great|nice|quick|following|loved|how|what|when|if|as|here|hiring|looking|never|not)\b(?! manager| team)",
    re.IGNORECASE,
)
# No comma after it: only capitalised words and forms of address may belong.
_SHORT_GREETING = re.compile(
    r"(?:[Hh]i+|[Hh]ello|[Hh]ey+|[Hh]iya|[Dd]ear|HI|HELLO|HEY|(?:[Gg]ood )?(?:[Mm]orning|[Aa]fternoon|[Ee]vening))\b"
    r"(?: (?:there|all|again|team|sir|madam|both|(?:Dr|Mr|Mrs|Ms|Prof)\.?|"
    r"(?!(?:I|I'[a-z]+|My|We|Saw|Hope|Just|Thanks|Thank|This|Was|Are|Is|Can|Could|It|Sorry|Great|Long|You|Your|The|A|Loved|Quick|How|Not)\b)[A-Z][\w'.-]*)){0,4}"
)
# A name that opens a line of its own ("Ms. Fakhoury,") or the first sentence ("Dr Wetherill, the line ...").
_NAME = rf"(?:(?i:{_TITLE}) )?[^\W\d_][\w'.-]{{0,24}}(?: [^\W\d_][\w'.-]{{0,24}}){{0,3}}"
_NAME_LINE = re.compile(rf"(?:@?{_NAME})\s?(?:[,!:.–—-]+[ ]*(?:\n|$)|\n)")
_NAME_INLINE = re.compile(
    rf"(?:(?i:{_TITLE}) )?[A-Z][^\W_][\w'-]{{0,18}}(?: [A-Z][\w'-]{{1,18}})?(?:[,:!]| [-–—]) "
)

_CLOSING = (
    r"(?:with )?(?:(?:my |very |all )?(?:kind|kindest|best|warm|warmest|many|all the|very|good|sincere|sunny|friendly|high)(?:est)?(?: (?:best|very best|of))?"
    r" ?(?:regards|wishes|thanks|best|luck|greetings)(?: (?:for|from|and|to) [\w ,]{2,40})?|regards|rgds|"
    r"best|all best|all the best|my best|cheers|sincerely|yours(?: (?:sincerely|faithfully|truly|ever|in [\w ]{3,20}))?|respectfully(?: yours)?|"
    r"(?:thanks|thank you|thx|thank u)(?: (?:again|so (?:very )?much|very much|a lot|a million|in advance|kindly|and regards|& regards|and best|and take care|"
    r"for (?:your (?:time|consideration|help|patience|attention|kind \w+|time and \w+)|reading|considering|listening|any \w+)))*|"
    r"talk soon|speak soon|see you (?:soon|there|then)|take care|cordially|warmly|gratefully|"
    r"have a (?:great|good|nice|lovely|wonderful|blessed|fantastic) (?:day|week|weekend|one|evening|afternoon|rest of [\w ]{3,15})(?: ahead)?|ta|br|kr|vr|v/r|yours|onwards|peace|"
    r"with (?:many |great |much |sincere |deep |the utmost |boundless |the )?(?:thanks|gratitude|appreciation|respect|admiration|very \w+)[\w ,]{0,40}|"
    r"(?:i )?look(?:ing)? forward(?: to [^\n.!?]{2,40})?|until then|in solidarity|saludos|un saludo|mit freundlichen gr[uü](?:ß|ss)en|cordialement|bien [àa] vous|hugs|love|xo+|"
    r"(?:eagerly )?(?:awaiting|await) your [^\n.!?]{2,40})"
)
_WHO = r"(?:[-–—~] ?){0,2}[A-Z][\w'.-]{0,20}(?: (?:[A-Z][\w'.-]{0,20}|de|van|von|der|da|al)){0,3}"
# A line that is a closing formula, with or without the name behind it.
_SIGN_OFF = re.compile(
    rf"(?P<close>(?i:{_CLOSING}))(?:[,.!\s–—-]*$|[,.!]?\s*(?P<name>{_WHO})[\s.!]*(?:xx?)?$)"
)
_INLINE_CLOSE = re.compile(
    rf"(?<=[.!?)])\s+(?P<close>(?i:{_CLOSING})[,.!–—-]{{0,3}})(?:\s*(?P<name>{_WHO}))?[.!\s]*$"
)
# "... by Friday? - Marta" at the end of the text.
_DASH_NAME = re.compile(
    r"(?<=[.!?)])\s+(?P<name>(?:[-–—~]{1,2}|/) ?[A-Z][\w'.]{1,20}(?: [A-Z][\w'.]{0,20}){0,2})\s*$"
)
_POSTSCRIPT = re.compile(r"p\.? ?(?:p\.? ?)?s\.?\b[ :.,–—-]?", re.IGNORECASE)
_SELF_NAMED = re.compile(
    r"\b(?:I'm|I am|[Ii]'m|[Tt]his is|[Mm]yself|[Ii]t's|[Ii]ts|[Ii]m) (?:[A-Z][a-z]+)(?!')|^[A-Z][a-z]+(?: [A-Z][a-z]+)? (?:here\b|from [A-Z])"
)

_ROLE_CUES: tuple[tuple[Role, str], ...] = (
    ("introduction", "ask_part_introduction"),
    ("common_ground", "ask_part_common_ground"),
    ("reason", "ask_part_reason"),
    ("value", "ask_part_value"),
    ("thanks", "ask_part_thanks"),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the greeting ends and where sign-off and postscript begin, in folded positions."""

    greeting: tuple[int, int] | None
    body_start: int
    sign_off: tuple[int, int] | None
    signature: tuple[int, int] | None
    postscript: tuple[int, int] | None
    signature_start: int


def _plain_case(text: str) -> str:
    """Return `text` with letters beyond ASCII as A or a, so that a capital is one in every alphabet."""
    if text.isascii():
        return text
    return "".join(c if c.isascii() or not c.isalpha() else "A" if c.isupper() else "a" for c in text)


def find_layout(text: str) -> Layout:
    """Return the zones of a folded message.

    The greeting is the opening salutation up to its comma or line end. The sign-off is the last line that
    is only a closing formula (or a closing formula after the last sentence), the signature what follows it
    (a name, a role, contact data), the postscript a last paragraph that begins with "PS".
    """
    text = _plain_case(text)
    greeting = _greeting(text)
    body_start = greeting[1] if greeting else len(text) - len(text.lstrip())
    end = len(text.rstrip())
    lines = _lines(text, body_start, end)
    postscript = next(
        ((start, end) for start, stop in lines[1:] if _POSTSCRIPT.match(text, start, stop)), None
    )
    main_lines = [line for line in lines if postscript is None or line[0] < postscript[0]]
    sign_off, signature = _sign_off_line(text, main_lines)
    if sign_off is None and main_lines:
        sign_off, signature = _inline_sign_off(text, *main_lines[-1])
    if sign_off is None and signature is None and len(main_lines) > 1:
        signature = _bare_signature(text, main_lines)
        if signature:
            above = next(line for line in reversed(main_lines) if line[0] < signature[0])
            sign_off = _inline_sign_off(text, *above)[0]
    starts = [zone[0] for zone in (sign_off, signature, postscript) if zone]
    return Layout(greeting, body_start, sign_off, signature, postscript, min(starts, default=end))


_LETTER = re.compile(r"[^\W_]|[@{\[<%]")


def _greeting(text: str) -> tuple[int, int] | None:
    letter = _LETTER.search(text)
    if letter is None:
        return None
    start = letter.start()
    match = GREETING.match(text, start)
    if (
        match
        and len(match.group().split()) <= 7
        and (match.group()[:7].lower() == "to whom" or not _BEGUN.search(match.group().rstrip()))
    ):
        if _has_name(match.group()):
            return start, start + len(match.group().rstrip())
        return None
    found = _SHORT_GREETING.match(text, start)
    if found and (" " in found.group() or found.group().lower() not in _TIMES) and _has_name(found.group()):
        return start, found.end()
    found = _NAME_LINE.match(text, start) or _NAME_INLINE.match(text, start)
    if found and found.end() < len(text.rstrip()) and not GREETING_STOP.match(found.group()):
        return start, start + len(found.group().rstrip())
    return None


_TIMES = frozenset({"morning", "afternoon", "evening", "sir", "madam", "yo", "sup"})


def _has_name(salutation: str) -> bool:
    """Tell a salutation from a sentence that opens with the time of day ("Evening classes are, ...")."""
    words = salutation.split()
    if words[0].lower().strip(",.!") not in _TIMES or len(words) < 2:
        return True
    return (
        words[1][:1].isupper()
        or words[1][:1] in "{[<"
        or words[1].lower().strip(",.!:") in {"all", "there", "again", "both", "sir", "madam", "or", "/"}
    )


# Short first words that look like a name but are not a salutation.
GREETING_STOP = re.compile(
    r"(?:thanks|thank you|quick|question|congrats|congratulations|yes|no|ok|okay|sorry|just|re|fyi|ps|so|well|and|but|also|"
    r"following|honestly|look|listen|first|update|reminder|hope|long|guess|today|tomorrow|yesterday|actually|"
    r"recently|currently|however|finally|please|urgent|important|attention|apologies|right|great|nice|subject|monday|tuesday|wednesday|thursday|"
    r"friday|saturday|sunday|january|february|march|april|may \d|june|july|august|september|october|november|december|given|being|as|with|when|since|while|"
    r"if|after|before|last|every|both|full|short|straight|true|fair|good|cold|random|fellow|there|here|this|that|we|i|you|my|our|your|it|a|an|the|in|on|at|"
    r"to|for|from|of|anyway|meanwhile|earlier|later|once|now|then|what|who|how|why|where|which|is|are|do|does|can|could|would|only|small|big|two|three|one|"
    r"hands|warehouse|hats|happy|wow|oh|ah|haha|lol|hmm|absolutely|true|fine|sure|still|again|another|all|some|any|not|never|having|been|seen|saw|me again|limited|new|"
    r"special|exclusive|free|final|act|don't|stop|imagine|picture|tired|ready|want|need|looking|reaching|coming|going|working|writing|belated|merry|warm|greetings)\b",
    re.IGNORECASE,
)


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    position = start
    for raw in text[start:end].split("\n"):
        stripped = raw.strip()
        if stripped:
            left = position + len(raw) - len(raw.lstrip())
            lines.append((left, left + len(stripped)))
        position += len(raw) + 1
    return lines


_Zone = tuple[int, int] | None


def _sign_off_line(text: str, lines: list[tuple[int, int]]) -> tuple[_Zone, _Zone]:
    """Return the last line that is a closing formula and what follows it."""
    for position in range(len(lines) - 1, max(len(lines) - 7, 0), -1):
        match = _SIGN_OFF.match(text, *lines[position])
        if match is None:
            continue
        rest = lines[position + 1 :]
        if any(stop - start > 90 for start, stop in rest):
            return None, None
        name = match.start("name") if match.group("name") else (rest[0][0] if rest else -1)
        end = rest[-1][1] if rest else lines[position][1]
        close_end = (
            match.start("close") + len(text[match.start("close") : name].rstrip())
            if match.group("name")
            else lines[position][1]
        )
        return (lines[position][0], close_end), ((name, end) if name >= 0 else None)
    return None, None


def _inline_sign_off(text: str, start: int, end: int) -> tuple[_Zone, _Zone]:
    """Return a closing formula and name behind the last sentence of the line ("... Friday? Thanks, Ade")."""
    # The pattern can only match near the end: look at the tail alone.
    match = _INLINE_CLOSE.search(text, max(start, end - 110), end)
    if match is not None:
        sign_off = (match.start("close"), match.end("close"))
        return sign_off, (match.span("name") if match.group("name") else None)
    match = _DASH_NAME.search(text, max(start, end - 60), end)
    return None, (match.span("name") if match else None)


_LINKING = frozenset(
    [
        "de",
        "van",
        "von",
        "der",
        "da",
        "di",
        "al",
        "el",
        "bin",
        "of",
        "at",
        "the",
        "and",
        "for",
        "in",
        "y",
        "e",
    ]
)


def _bare_signature(text: str, lines: list[tuple[int, int]]) -> _Zone:
    """Return last short lines that are a name (and role), as people sign without a closing formula."""
    first = len(lines)
    while first > 1 and len(lines) - first < 5 and _is_signature_line(text[slice(*lines[first - 1])]):
        first -= 1
    return (lines[first][0], lines[-1][1]) if first < len(lines) else None


def _is_signature_line(line: str) -> bool:
    if not any(char.isalnum() for char in line):
        return len(line) > 1 and not line.endswith(("!", "?"))
    words = line.strip("-–—~ ").split()
    if (
        not words
        or len(words) > 9
        or (line[-1] in "!?:," and len(words) > 1)
        or (line[-1] == "." and len(words) > 3)
    ):
        return False
    if len(words) > 4 and not re.search(r"[|,@•]|\d{4}", line):
        return False
    if line.startswith(("-", "•", "*")) and len(words) > 3:
        return False
    if len(words) <= 2 and line[0] in "-–—~" and words[0].isalpha():
        return True
    return all(
        word[0].isupper() or not word[0].isalpha() or word.lower() in _LINKING or "@" in word
        for word in words
    )


def find_sentences(body: ParsedText, layout: Layout) -> tuple[Sentence, ...]:
    """Return the writer's sentences; greeting, sign-off and signature are cut off as their own.

    A boundary of the pipeline counts only after closing punctuation or at a line break, so that a slip of
    the parser in the middle of a line does not make fragments.
    """
    cuts = sorted({
        position
        for zone in (layout.greeting, layout.sign_off, layout.signature, layout.postscript) if zone
        for position in zone
    })  # fmt: skip
    text = body.text
    sentences: list[Sentence] = []
    first = 0
    end = 0  # where the last visible token ended
    for token in body.doc:
        if token.is_space:
            continue
        at = token.idx
        cut = bool(cuts) and at >= cuts[0]
        while cuts and at >= cuts[0]:
            del cuts[0]
        if cut or (token.is_sent_start and end and (text[end - 1] in _CLOSES or "\n" in text[end:at])):
            _add(body, sentences, first, token.i)
            first = token.i
        end = at + len(token)
    _add(body, sentences, first, len(body.doc))
    return tuple(sentences)


_CLOSES = frozenset(".!?…:;)\"'*_~")


def _add(body: ParsedText, sentences: list[Sentence], first: int, last: int) -> None:
    doc = body.doc
    while first < last and doc[first].is_space:
        first += 1
    while last > first and doc[last - 1].is_space:
        last -= 1
    if first < last:
        start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
        sentences.append(Sentence(len(sentences), start, end, first, last, body.text[start:end]))


def silent_sentences(sentences: Sequence[Sentence], layout: Layout) -> frozenset[int]:
    """Return the indices of the sentences that greet or sign, which never ask."""
    return frozenset(
        s.index for s in sentences if _zone_role(s, layout) in {"greeting", "sign_off", "signature"}
    )


def with_roles(
    body: ParsedText, sentences: Sequence[Sentence], layout: Layout, asks: Sequence[Ask]
) -> tuple[Sentence, ...]:
    """Return the sentences of `body` with their roles, told by zones and cue phrases."""
    asking = {index for ask in asks for index in (ask.sentence, *ask.again)}
    roles = [_own_roles(sentence, layout, asking) for sentence in sentences]
    hits = body.lexicon_hits
    for role, lexicon in _ROLE_CUES:
        position = 0
        for hit in hits.get(lexicon, ()):
            while position < len(sentences) and sentences[position].end <= hit.start:
                position += 1
            if position == len(sentences):
                break
            own = roles[position]
            if sentences[position].start <= hit.start and (
                not own & {"greeting", "sign_off", "signature"} or (role == "thanks" and "sign_off" in own)
            ):
                own.add(role)
    return tuple(
        replace(sentence, roles=frozenset(own)) if own else sentence
        for sentence, own in zip(sentences, roles, strict=True)
    )


def _own_roles(sentence: Sentence, layout: Layout, asking: set[int]) -> set[Role]:
    zone = _zone_role(sentence, layout)
    roles: set[Role] = set() if zone is None else {zone}
    if zone is None or zone == "postscript":
        if sentence.index in asking:
            roles.add("ask")
        if _SELF_NAMED.search(sentence.text):
            roles.add("introduction")
    return roles


def _zone_role(sentence: Sentence, layout: Layout) -> Role | None:
    for role, zone in (
        ("greeting", layout.greeting),
        ("sign_off", layout.sign_off),
        ("signature", layout.signature),
        ("postscript", layout.postscript),
    ):
        if zone and sentence.start < zone[1] and zone[0] < sentence.end:
            return role  # type: ignore[return-value]
    return None
