"""The parts of a message: which sentences greet, introduce, share ground, give a reason, offer, ask, thank, sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scorer.parse.parsed import Ask, ParsedText, Role, Sentence

GREETING = re.compile(
    r"(?:(?:hi+|hello+|hey+|hiya|dear|greetings|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|respected|"
    r"namaste|howdy|yo|to whom it may concern|hallo|hola|ciao|bonjour|salaam|salam|assalam\w*|sup)\b[^\n.!?;:]{0,60}?"
    r"(?:[,!.:;–—-]+(?=\s|$)|\n|$))",
    re.IGNORECASE,
)
# No comma after it: only capitalised words and forms of address may belong.
_SHORT_GREETING = re.compile(
    r"(?:[Hh]i+|[Hh]ello|[Hh]ey+|[Hh]iya|[Dd]ear|HI|HELLO|HEY)\b"
    r"(?: (?:there|all|again|team|sir|madam|both|(?:Dr|Mr|Mrs|Ms|Prof)\.?|[A-Z][\w'.-]*)){0,4}"
)
# A bare name or "Name," on a line of its own, or "Morning Ade -".
_NAME_LINE = re.compile(r"(?:@?[^\W\d_][\w'.-]{0,24}(?: [^\W\d_][\w'.-]{0,24}){0,3})\s?(?:[,!:–—-]+\s*(?:\n|$)|\n\n)")
_NAME_INLINE = re.compile(r"[A-Z][^\W\d_]{1,15}(?:,| [-–—]) ")

_SIGN_OFF = re.compile(
    r"(?:(?:with )?(?:(?:kind|best|warm|warmest|many|my best|all the|very best)(?:est)? ?(?:regards|wishes|thanks|best)?|regards|rgds|"
    r"best|all the best|cheers|sincerely|yours(?: (?:sincerely|faithfully|truly))?|respectfully|thanks(?: again| so much| a lot| in advance| and regards| & regards)?|"
    r"thank you(?: (?:so|very) much| again| in advance| for your time| kindly)?|many thanks|talk soon|speak soon|take care|cordially|warmly|"
    r"have a (?:great|good|nice|lovely|wonderful) (?:day|week|weekend|one|evening|afternoon)|thx|ta|br|kr|vr|v/r|yours|with (?:thanks|gratitude|appreciation|respect)|"
    r"looking forward(?: to [^\n.!?]{2,40})?|until then|in solidarity|onwards)[,.!\s–—-]*)$",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"p\.? ?s\.?\b[ :.,–—-]?", re.IGNORECASE)
_INTRO = re.compile(
    r"\b(?:my name(?:'s| is)|i(?:'m| am) (?:a|an|the|[A-Z]|currently|one of|also a|with|from|at|based|head|writing from|reaching out from|"
    r"working|studying|pursuing|doing|in my|part of|responsible|[a-z]+ing (?:at|for|the)|[a-z]+ (?:at|of|with|for|from) )|"
    r"i (?:work|run|lead|manage|teach|study|own|head|look after|handle|build|help run|started|founded|co-?founded|recruit|represent|coordinate|"
    r"specialise|specialize|just (?:joined|started|finished|graduated))\b|this is [A-Z][a-z]+|"
    r"(?:final|first|second|third|fourth)[- ]year|i(?:'ve| have) (?:been|spent|worked|run|led)\b|[A-Z][a-z]+ here\b|"
    r"we(?:'re| are) (?:a|an|the)\b|by way of introduction|a (?:bit|little) about me|myself [A-Z])"
)
_COMMON = re.compile(
    r"\b(?:we (?:met|spoke|talked|chatted|worked|overlapped|crossed|share|both|sat|were both|are both|had)|both (?:of us|went|worked|studied|from)|"
    r"fellow|mutual|also (?:studied|worked|went|from|attended|grew up)|(?:a |our )?(?:common|shared) (?:friend|connection|contact|interest|background)|"
    r"alum(?:ni|nus|na)?|classmates?|ex-colleagues?|former (?:colleague|classmate|coworker)|"
    r"(?:suggested|recommended|mentioned|thought|said|told me)(?: that)? (?:i|you|we)\b|pointed me|put me in touch|introduced (?:us|me)|gave me your name|"
    r"(?:enjoyed|loved|liked|read|saw|watched|heard|attended|caught|noticed|came across|following|followed|listened to|found|seen) (?:your|you)\b|"
    r"your (?:talk|post|article|paper|book|piece|comment|podcast|episode|session|panel|presentation|video|newsletter|thread|answer|interview|workshop|lecture|column|blog|repo|review)\b|"
    r"you (?:wrote|said|mentioned|posted|spoke|presented|gave|shared|commented|published|built|led|moved|joined|ran)\b|"
    r"at the same (?:time|school|company|firm|place)|same (?:team|programme|program|year|course|cohort|town|building|group)|congratulations|congrats|remember (?:me|when|our)|"
    r"last time we|when we|since we|you and i|our (?:chat|conversation|time|days|call))",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since (?:you|i|we|your)|the reason|reaching out|i(?:'m| am) (?:writing|contacting|messaging|getting in touch|looking (?:for|to|at|into)|trying to|hoping to|"
    r"exploring|considering|applying|preparing|researching|planning|organi[sz]ing|hiring|recruiting|raising|putting together|working on|after)|"
    r"i (?:wanted to|want to|saw that you(?:'re| are)|noticed (?:that )?you(?:'re| are)|am writing|write to|applied)|(?:we(?:'re| are)) "
    r"(?:hiring|looking|raising|planning|organi[sz]ing|launching|putting together|trying|building|opening|running|searching)|"
    r"so that|which is why|that's why|that is why|reason (?:i|for)|in order to|regarding|with regards? to|about the|got in touch|get in touch|wondering|"
    r"as you(?:'re| are| have| know)|given (?:your|that|how)|my (?:question|problem) is|we need|i need|hoping (?:to|you|for|that))",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"\b(?:happy to (?:share|send|help|return|offer|introduce|buy|pay|swap|do|give|pass|show|write|review|cover|put|make|trade)|glad to (?:share|send|help|return|offer|introduce)|"
    r"i(?:'d| would|'ll| will| can| could)(?: be (?:happy|glad) to| gladly| happily)? (?:share|send (?:you|over)|offer|introduce|return|give you|write you|buy you|cover|show you|bring|put you|pass|pay|feature|credit)|"
    r"we(?:'ll| will| can| could|'d| would) (?:share|send you|offer|cover|pay|give|provide|feature|save|help you|handle|take care)|"
    r"in return|in exchange|for your trouble|save you|saves? (?:you|your|about|around|\d)|helps? (?:you|your)|no cost to you|on me|my treat|"
    r"might be (?:useful|helpful|of (?:use|interest))|could be (?:useful|helpful|of (?:use|interest))|useful (?:to|for) (?:you|your)|"
    r"i(?:'ve| have)? (?:attached|enclosed|made|put together|wrote up|written up|compiled|drafted) (?:you |a |the |some |it )?|here(?:'s| is| are) (?:a|the|my|some|two|three|what)|"
    r"(?:salary|pay|paid|rate|compensation)\b|£\s?\d|€\s?\d|\$\s?\d|let me know if (?:i can|there's anything i)|if i can (?:ever )?(?:help|return|be of)|"
    r"what(?:'s| is) in it for you|you(?:'d| would|'ll| will) (?:get|receive|have|own|lead|be paid|keep))",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\b(?:thanks|thank you|thank u|thankyou|thx|ty|grateful|gratitude|appreciate|appreciated|appreciative|much obliged|ta for|cheers for|indebted)\b",
    re.IGNORECASE,
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


def find_layout(text: str) -> Layout:
    """Return the zones of a folded message.

    The greeting is the opening salutation up to its comma or line end. The sign-off is the last line that
    is only a closing formula (or a closing formula after the last sentence), the signature what follows it
    (a name, a role, contact data), the postscript a last paragraph that begins with "PS".
    """
    greeting = _greeting(text)
    body_start = greeting[1] if greeting else len(text) - len(text.lstrip())
    end = len(text.rstrip())
    lines = _lines(text, body_start, end)
    postscript = next(
        ((start, end) for start, stop in lines[1:] if _POSTSCRIPT.match(text, start, stop)), None
    )
    main_lines = [line for line in lines if postscript is None or line[0] < postscript[0]]
    sign_off = signature = None
    for position in range(len(main_lines) - 1, max(len(main_lines) - 7, -1), -1):
        start, stop = main_lines[position]
        if position > 0 and _SIGN_OFF.fullmatch(text, start, stop):
            sign_off = (start, stop)
            rest = main_lines[position + 1 :]
            signature = (rest[0][0], rest[-1][1]) if rest else None
            break
    if sign_off is None and main_lines:
        sign_off, signature = _inline_sign_off(text, *main_lines[-1], alone=len(main_lines) == 1)
    if sign_off is None and len(main_lines) > 1:
        signature = _bare_signature(text, main_lines)
    starts = [zone[0] for zone in (sign_off, signature, postscript) if zone]
    return Layout(greeting, body_start, sign_off, signature, postscript, min(starts, default=end))


def _greeting(text: str) -> tuple[int, int] | None:
    start = len(text) - len(text.lstrip())
    match = GREETING.match(text, start)
    if match is None or len(match.group().split()) > 7:
        match = None
        found = _SHORT_GREETING.match(text, start)
        if found:
            return start, found.end()
        found = _NAME_LINE.match(text, start) or _NAME_INLINE.match(text, start)
        if found and found.end() < len(text.rstrip()) and not GREETING_STOP.match(found.group()):
            return start, start + len(text[start : found.end()].rstrip())
        return None
    return start, start + len(match.group().rstrip())


# Short first lines that look like a name but are not a salutation.
GREETING_STOP = re.compile(
    r"(?:thanks|thank you|quick|question|congrats|congratulations|yes|no|ok|okay|sorry|just|re|fyi|ps|so|well|and|but|also|"
    r"following|honestly|look|listen|first|update|reminder|hope|long time|guess|today|tomorrow|yesterday|actually|first of all|"
    r"recently|currently|however|finally|please|urgent|important|attention|apologies|right|great|nice|subject)\b",
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


_INLINE_CLOSE = re.compile(
    r"(?<=[.!?)\s])\s(?P<close>(?:thanks(?: again| so much| a lot| in advance)?|thank you|many thanks|best(?: regards| wishes)?|cheers|kind regards|warm regards|regards|"
    r"all the best|sincerely|yours)[,.! –—-]{0,3})(?P<name>(?:[,\s]*-{0,2}\s?[A-Z][\w'.-]{0,20}(?: [A-Z][\w'.-]{0,20}){0,2})?)[.! ]*$",
    re.IGNORECASE,
)


def _inline_sign_off(
    text: str, start: int, end: int, *, alone: bool
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    match = _INLINE_CLOSE.search(text, start, end)
    if match is None or (match.group("name") and not re.search(r"[A-Z]", match.group("name")[:3])):
        return None, None
    name = match.group("name").strip(" ,")
    if len(match.group("name").split()) > 4:
        return None, None
    sign_off = (match.start("close"), match.start("close") + len(match.group("close").rstrip()))
    if not name:
        return sign_off, None
    first = text.index(name, match.start("name"))
    return sign_off, (first, first + len(name))


def _bare_signature(text: str, lines: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Return last short lines that are a name (and role), as people sign without a closing formula."""
    first = len(lines)
    while first > 1 and len(lines) - first < 4:
        start, stop = lines[first - 1]
        words = text[start:stop].split()
        if len(words) > 6 or text[stop - 1] in ".!?:" or not re.match(r"[-–—~]{0,2}\s?[A-Z@+\d]", text[start:stop]):
            break
        if len(words) > 4 and not re.search(r"[|,@]|\d{4}", text[start:stop]):
            break
        first -= 1
    return (lines[first][0], lines[-1][1]) if first < len(lines) else None


def find_sentences(body: ParsedText, layout: Layout) -> tuple[Sentence, ...]:
    """Return the writer's sentences; greeting, sign-off and signature are cut off as their own."""
    cuts = sorted({
        position
        for zone in (layout.greeting, layout.sign_off, layout.signature, layout.postscript) if zone
        for position in zone
    })  # fmt: skip
    sentences: list[Sentence] = []
    for sent in body.doc.sents:
        first = sent.start
        for token in sent:
            if token.i > first and any(body.doc[token.i - 1].idx < cut <= token.idx for cut in cuts):
                _add(body, sentences, first, token.i)
                first = token.i
        _add(body, sentences, first, sent.end)
    return tuple(sentences)


def _add(body: ParsedText, sentences: list[Sentence], first: int, last: int) -> None:
    doc = body.doc
    while first < last and doc[first].is_space:
        first += 1
    while last > first and doc[last - 1].is_space:
        last -= 1
    if first < last:
        start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
        sentences.append(Sentence(len(sentences), start, end, first, last, body.text[start:end]))


def with_roles(
    sentences: Sequence[Sentence], layout: Layout, asks: Sequence[Ask]
) -> tuple[Sentence, ...]:
    """Return the sentences with their roles, told by zones and cue phrases."""
    asking = {ask.sentence for ask in asks}
    labelled: list[Sentence] = []
    for sentence in sentences:
        zone = _zone_role(sentence, layout)
        roles: set[Role] = set()
        if zone is not None:
            roles.add(zone)
            if zone == "sign_off" and _THANKS.search(sentence.text):
                roles.add("thanks")
        if zone is None or zone == "postscript":
            if sentence.index in asking:
                roles.add("ask")
            if _INTRO.search(sentence.text):
                roles.add("introduction")
            if _COMMON.search(sentence.text):
                roles.add("common_ground")
            if _REASON.search(sentence.text):
                roles.add("reason")
            if _VALUE.search(sentence.text):
                roles.add("value")
            if _THANKS.search(sentence.text):
                roles.add("thanks")
        labelled.append(replace(sentence, roles=frozenset(roles)))
    return tuple(labelled)


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
