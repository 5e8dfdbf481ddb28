"""What the reader is asked to do: each ask with its kind, effort, directness and precision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from scorer.lexicons import Hit, load
from scorer.parse.parsed import Ask, AskKind, Effort, ParsedText, Sentence

# Verbs that command when they open a clause; known by form where no tagger can tell.
_IMPERATIVE = frozenset(
    [
        "let",
        "tell",
        "send",
        "give",
        "call",
        "text",
        "ping",
        "book",
        "click",
        "visit",
        "check",
        "see",
        "read",
        "join",
        "sign",
        "reply",
        "respond",
        "answer",
        "confirm",
        "accept",
        "connect",
        "add",
        "share",
        "introduce",
        "forward",
        "help",
        "review",
        "consider",
        "contact",
        "email",
        "e-mail",
        "message",
        "dm",
        "drop",
        "schedule",
        "pick",
        "choose",
        "grab",
        "buy",
        "order",
        "try",
        "register",
        "download",
        "fill",
        "complete",
        "apply",
        "donate",
        "support",
        "recommend",
        "refer",
        "suggest",
        "advise",
        "point",
        "take",
        "come",
        "meet",
        "provide",
        "revert",
        "get",
        "reach",
        "subscribe",
        "follow",
        "vote",
        "watch",
        "listen",
        "submit",
        "attach",
        "return",
        "keep",
        "pass",
        "ring",
        "phone",
        "write",
        "bring",
        "say",
        "name",
        "show",
        "talk",
        "speak",
        "explain",
        "teach",
        "guide",
        "invest",
        "pay",
        "transfer",
        "wire",
        "rsvp",
        "hop",
        "jump",
        "save",
        "grant",
        "allow",
        "put",
        "ask",
        "find",
        "make",
        "set",
        "stop",
        "swing",
        "pop",
        "quote",
        "order",
        "tag",
        "comment",
        "like",
        "repost",
        "mark",
        "reserve",
    ]
)
# After one of these a listed verb is no command: "Help is", "Thanks", "Call of Duty", "Like you, ...".
_NOT_AFTER = frozenset(
    [
        "is",
        "was",
        "were",
        "has",
        "had",
        "'s",
        "of",
        "for",
        "and",
        "or",
        "at",
        "in",
        "on",
        "by",
        ",",
        "&",
        "you",
    ]
)
# Commands that may stand before those words all the same.
_ALWAYS = frozenset(
    [
        "reply",
        "respond",
        "come",
        "call",
        "join",
        "look",
        "apply",
        "register",
        "vote",
        "get",
        "click",
        "speak",
        "talk",
        "accept",
    ]
)
_OPENERS = frozenset(
    [
        "please",
        "pls",
        "plz",
        "kindly",
        "just",
        "so",
        "and",
        "then",
        "also",
        "or",
        "but",
        "do",
        "simply",
        "perhaps",
        "maybe",
    ]
)
# Commands that only lead the reader through the text, or wish them something.
_IDLE = re.compile(
    r"(?:take care|keep (?:up|going|safe|well|doing)|see (?:you|above|below)|say no more|save the date|get well|make no mistake|let (?:me|us) (?:know if i can|introduce|start|begin|explain|be|first|"
    r"say|tell|share|put|give|also|just)|like (?:you|many|most|me|so|the|all|a|i)\b|read on|come (?:rain|to think)|say hi|try as|allow me to (?:introduce|say|express)|look forward|find (?!me|us|time|a\b)|"
    r"put (?:simply|another|it|differently)|help (?:yourself)|(?:order|book|call|review|share|answer|support|mark|quote|email|message|comment|check|point|name|text|visit)s? (?:was|is|came|went|from|number|on the)|"
    r"stop me if|ask for|keep the change|ring(?:ing|s)? |make(?:s)? sense|rest assured|believe me|trust me|forgive|excuse|pardon|bear with)"
)
_QUESTION_CLAUSE = re.compile(
    r"(?:^|[,;:(–—-] ?|[.!?] |\b(?:and|but|so|or|also|if not|if so|then|because|anyway|just|actually|honestly|say) )"
    r"(?:is|are|r|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must|any|anything|anyone|who|who's|what|what's|"
    r"which|when|when's|where|where's|how|how's|why|isn't|aren't|don't|doesn't|can't|couldn't|won't|wouldn't|interested|open|free|keen|up|worth|"
    r"mind|care|fancy|thoughts|ok|okay|okey|alright|yes|deal|game|agreed|sound|coffee|lunch|tea|beer|drink|call|chat|connect|in what|at what|to what|by when|you) ?\b"
)
_FULL = re.compile(
    r"(?:so |and |but |also )?(?:who|what|which|when|where|why|how|is|are|do|does|did|can|could|would|will|should|have|has)\b"
)
_HEAVY = re.compile(
    r"\b(?:hours?|45|60|90)\b|\b(?:demo|invest|donate|mentor (?:me|us)|be my mentor|review my|lunch|dinner|workshop|proposal|budget|full day|whole day|two days|"
    r"detailed|in detail|everything|all of|full|fill (?:in|out)|survey|questionnaire|prepare|speak at|sponsor|"
    r"(?:a|any|give me a|me a) job|hire me|vouch|on-?site|come to|all three|key stakeholders|roadmap|festival director|days a week)\b"
)
_LIGHT = re.compile(
    r"\b(?:yes or (?:a )?no|quick (?:question|yes)|one (?:question|line|word)|a (?:line|word|yes|no|tick)|which (?:one|of the two)|worth (?:a )?(?:look|reading)|"
    r"make sense|of interest|ok if|okay if|alright if|mind if|is (?:it|that|this) (?:still|right|true|worth|correct)|right person|best person|point me|two minutes|five minutes|(?:2|5) ?-?min\w*|"
    r"two words|one sentence|two lines|either (?:way|or)|shall i send|would you like me to|want me to)\b"
)
_SPECIFIC = re.compile(
    r"\d|\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|tonight|next week|this week|morning|afternoon|evening|january|february|march|april|june|july|"
    r"august|september|october|november|december|one|two|three|four|five|ten|fifteen|twenty|thirty|half an hour|quarter of an hour|which|whether|who (?:runs|handles|owns|is|decides)|"
    r"how you (?!can|could)|if you(?:'d| would)? (?:take|have|know|use|used|sell|run|keep|plan)|between|yes or|or a no|or not|\w+ or \w+\?|"
    r"(?:the|that|your|my|this) (?:\w+ ){0,2}(?:role|post|position|page|slide|slides|section|chapter|question|paper|talk|photo|photos|article|draft|essay|report|recording|recordings|map|maps|"
    r"figure|figures|template|list|timetable|data|dataset|form|workshop|panel|event|sheet|template|checklist|name))\b"
)
_SOFT_WORDS = re.compile(
    r"\b(?:could|would|might|may|wonder\w*|hop(?:e|ing)|if you(?:'re| are| have| could| can| would)?|possibl[ey]|perhaps|maybe|love|appreciate|grateful|happy|any chance|mind|worth|open to)\b"
)
# Advice that means work on a document, never just the topic of a talk.
_WORK = ("review", "read", "critique", "proofread", "check", "look", "send")
_JOINED = re.compile(
    r"(?:\band|\bplus|\balso|;|\bas well as|\bthen)(?: (?:also|maybe|perhaps|then|please|could you|can you|if possible|to|you|would you|i'd love|then))*\s*$"
)

_BASE_EFFORT: dict[AskKind, Effort] = {
    "connect": 1, "reply": 1, "click": 1, "information": 1, "advice": 2, "call": 2, "favour": 2,
    "meeting": 3, "referral": 3, "buy": 3,
}  # fmt: skip
# Where a clause names several things, the first of these is what is really asked.
_PRIORITY: tuple[AskKind, ...] = (
    "buy", "click", "referral", "meeting", "call", "advice", "favour", "connect", "information", "reply",
)  # fmt: skip
_TALK = frozenset({"call", "meeting"})
# What follows these is offered by the writer, not asked of the reader.
_OFFERED = re.compile(
    r"\b(?:i'll|i will|i can|i'd send|we'll|we will|we can|i could|happy to|glad to|let me)\b[^,.;?]*$"
)
# "He told me, kindly, that ...", "you so kindly sent": no request.
_POLITE = frozenset({"please", "pls", "plz", "kindly"})
_ADVERB = re.compile(r"[,.;!)]|\s(?:\w+ed|that|for|by|sent|gave|told)\b")
_QUOTED = re.compile(r"(?<!\w)'[^'\n]{5,200}'(?!\w)|\"[^\"\n]{5,200}\"")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An ask before those that only repeat another are taken out."""

    ask: Ask
    hidden: bool
    fragment: bool
    bare: bool = False


class _Cues:
    """The lexicon hits of a text, handed out by sentence."""

    def __init__(self, body: ParsedText) -> None:
        hits = body.lexicon_hits
        self._not = hits.get("ask_not", [])
        self._requests = hits.get("ask_request", [])
        self._kinds = hits.get("ask_kinds", [])

    def of(self, sentence: Sentence) -> tuple[list[Hit], list[Hit], list[Hit]]:
        """Return the blocking, requesting and naming cues inside `sentence`."""
        blocks, requests, kinds = (
            [hit for hit in hits if sentence.start <= hit.start < sentence.end]
            for hits in (self._not, self._requests, self._kinds)
        )
        text = sentence.text
        if requests and ("'" in text or '"' in text):
            quoted = [(sentence.start + m.start(), sentence.start + m.end()) for m in _QUOTED.finditer(text)]
            requests = [r for r in requests if not any(start <= r.start < end for start, end in quoted)]
        requests = [
            r for r in requests
            if r.entry not in _POLITE or r.start == sentence.start or not _ADVERB.match(text, r.end - sentence.start)
        ]  # fmt: skip
        if blocks:
            requests = [r for r in requests if not any(b.start < r.end and r.start < b.end for b in blocks)]
            kinds = [k for k in kinds if not any(b.start <= k.start and k.end <= b.end for b in blocks)]
        return blocks, requests, kinds


def find_asks(body: ParsedText, sentences: Sequence[Sentence], *, skip: frozenset[int]) -> tuple[Ask, ...]:
    """Return the distinct asks in `sentences` of the folded body, in order of place.

    One ask said again, its choice of times, and a bare "let me know" beside a real ask count with that ask:
    their sentences are in `Ask.again`. Pleasantries, rhetorical questions and offers of help are no asks.

    Parameters
    ----------
    skip
        Indices of sentences that cannot ask: greeting, sign-off, signature.
    """
    cues = _Cues(body)
    found = [c for s in sentences if s.index not in skip for c in _candidates(body, s, cues)]
    return _distinct(found)


def _candidates(body: ParsedText, sentence: Sentence, cues: _Cues) -> list[_Candidate]:
    blocks, requests, kinds = cues.of(sentence)
    text = body.lower[sentence.start : sentence.end]
    question = "?" in text
    command = _imperative(body, sentence, text, question=question)
    if command is not None and any(
        m.start() <= command - sentence.start < m.end() for m in _QUOTED.finditer(text)
    ):
        command = None
    if command is not None and any(block.start <= command < block.end for block in blocks):
        command = None
    if not question and not requests and command is None:
        return []
    if blocks and command is None and not [r for r in requests if _how(r) != "hidden" or kinds]:
        return []
    if not question:
        requests = [r for r in requests if _asks_unmarked(_how(r), kinds, r)]
        if not requests and command is None:
            return []
    elif (
        not requests and command is None
        and (not kinds or len(text.split()) > 6)
        and _QUESTION_CLAUSE.search(text) is None
    ):  # fmt: skip
        return []
    if command is not None and body.text[command : command + 3].lower() != "let":
        first = command if not requests else min(command, requests[0].start)
    else:
        first = requests[0].start if requests else sentence.start
    named = [k for k in kinds if k.end > first and not _offered(body, k, first)] or kinds
    hidden = not question and command is None and all(_how(r) == "hidden" for r in requests)
    places = [named] if hidden else _split(body, named)
    candidates = []
    for number, group in enumerate(places):
        start = sentence.start if number == 0 else group[0].start
        end = places[number + 1][0].start if number + 1 < len(places) else sentence.end
        kind = _kind_of(group, question=question)
        words = text[start - sentence.start : end - sentence.start]
        soft = any(_how(r) in {"soft", "hidden"} for r in requests)
        fragment = question and len(words.split()) <= 5 and _FULL.match(words) is None
        ask = Ask(
            start, len(body.text[:end].rstrip(" ,;-–—")), kind, _effort(words, kind), sentence.index,
            direct=not hidden and not soft if command is None else True,
            specific=_SPECIFIC.search(words) is not None and not _vague(body, start, end),
            question=question,
        )  # fmt: skip
        candidates.append(_Candidate(ask, hidden, fragment, bare=not group))
    return candidates


def _how(hit: Hit) -> str:
    return load("ask_request").entries[hit.entry] or "soft"


def _asks_unmarked(how: str, kinds: Sequence[Hit], request: Hit) -> bool:
    """Tell whether a request asks without a question mark: a wish does only when it names something to do."""
    if how == "weak":
        return False
    return how != "hidden" or any(kind.end > request.start for kind in kinds)


def _offered(body: ParsedText, kind: Hit, first: int) -> bool:
    """Tell whether the thing named is one that the writer will do ("Accept and I'll send you our deck")."""
    if load("ask_kinds").entries[kind.entry] in _TALK:
        return False
    return _OFFERED.search(body.lower, max(first, kind.start - 30), kind.start) is not None


def _split(body: ParsedText, kinds: list[Hit]) -> list[list[Hit]]:
    """Group the things named in a sentence: a new group where another kind is joined on by "and"."""
    groups: list[list[Hit]] = [[]]
    names = load("ask_kinds").entries
    minor = {"reply", "connect", "information", "advice"}
    for hit in kinds:
        before = [_group(names[other.entry] or "") for other in groups[-1]]
        kind = names[hit.entry] or ""
        if (
            before
            and _group(kind) not in before
            and kind != "reply"
            and hit.entry != "explore"
            and not (
                kind in {"advice", "information"} and "talk" in before and not hit.entry.startswith(_WORK)
            )
            and not (kind in minor and minor.issuperset(before) and kind != "information")
            and "reply" not in before
            and _JOINED.search(body.lower, max(0, hit.start - 30), hit.start)
        ):
            groups.append([])
        groups[-1].append(hit)
    return groups


def _kind_of(hits: Iterable[Hit], *, question: bool) -> AskKind:
    names = load("ask_kinds").entries
    found = {names[hit.entry] for hit in hits}
    return next((kind for kind in _PRIORITY if kind in found), "information" if question else "favour")


def _group(kind: str) -> str:
    return "talk" if kind in _TALK else kind


def _vague(body: ParsedText, start: int, end: int) -> bool:
    return any(start <= hit.start < end for hit in body.lexicon_hits.get("ask_vague", ()))


def _effort(words: str, kind: AskKind) -> Effort:
    if _LIGHT.search(words):
        return 1 if kind not in {"referral", "buy", "meeting"} else 2
    return 3 if _HEAVY.search(words) else _BASE_EFFORT[kind]


def _distinct(found: list[_Candidate]) -> tuple[Ask, ...]:
    """Take out asks that repeat another, keeping their sentences with it."""
    real = [c for c in found if c.ask.kind != "reply"]
    kept: list[_Candidate] = []
    pending: list[int] = []
    for candidate in found:
        ask = candidate.ask
        at = next((i for i in range(len(kept) - 1, -1, -1) if _repeats(candidate, kept[i])), None)
        if at is None and ask.kind == "reply" and real:
            # A bare "let me know" belongs to the ask before it, or else to the one that comes.
            if kept:
                at = len(kept) - 1
            else:
                pending.append(ask.sentence)
                continue
        if at is None:
            again = tuple(i for i in pending if i != ask.sentence)
            kept.append(replace(candidate, ask=replace(ask, again=again)))
            pending = []
        else:
            kept[at] = replace(kept[at], ask=_joined(kept[at].ask, ask))
    return tuple(c.ask for c in kept)


def _repeats(new: _Candidate, old: _Candidate) -> bool:
    near = new.ask.sentence - old.ask.sentence <= 1
    if _group(new.ask.kind) == _group(old.ask.kind):
        return new.ask.kind not in {"information", "favour", "advice"} or (
            near and (new.fragment or new.hidden or old.hidden)
        )
    if near and (new.fragment or (new.bare and not new.ask.question)):
        return True
    # The topic of a talk that was asked for next door: "Could we talk? I'd love to hear how you did it."
    if near and old.ask.kind in _TALK and new.hidden and new.ask.kind in {"advice", "information", "favour"}:
        return True
    return new.ask.kind in _TALK and old.hidden and old.ask.kind in {"advice", "favour", "connect"}


def _joined(old: Ask, new: Ask) -> Ask:
    again = old.again if new.sentence in (old.sentence, *old.again) else (*old.again, new.sentence)
    effort: Effort = (
        old.effort if new.kind in {"reply", "advice", "information"} else max(old.effort, new.effort)
    )
    kind = new.kind if new.kind in _TALK and old.kind not in _TALK else old.kind
    return replace(
        old,
        again=again,
        effort=effort,
        kind=kind,
        specific=old.specific or new.specific,
        question=old.question or new.question,
    )


def _imperative(body: ParsedText, sentence: Sentence, text: str, *, question: bool) -> int | None:
    """Return where a command begins: a bare verb that opens the sentence, or a clause after "if ...,"."""
    doc = body.doc
    tagged = doc.has_annotation("TAG")
    words = 0
    conditional = text.startswith(("if ", "when ", "once ", "in case ", "otherwise"))
    opens = True
    for i, (start, word) in enumerate(body.plain_tokens[sentence.first : sentence.last], sentence.first):
        if word.isspace():
            continue
        lower = word.lower()
        if not lower[0].isalnum():
            opens = words == 0 or lower in {":", ";", "–", "—", "-", "--"} or (conditional and lower == ",")
            continue
        words += 1
        if opens and lower in _OPENERS and words < 40:
            opens = lower != "or" or words < 3
            continue
        if opens and _commands(body, i, tagged=tagged, question=question):
            return start
        opens = lower in {"please", "pls", "plz", "kindly"}
    return None


def _commands(body: ParsedText, i: int, *, tagged: bool, question: bool) -> bool:
    doc = body.doc
    token = doc[i]
    lower = token.lower_
    if lower not in _IMPERATIVE:
        return bool(
            tagged
            and token.tag_ == "VB"
            and token.dep_ == "ROOT"
            and "Mood=Imp" in str(token.morph)
            and lower not in _NO_COMMAND
        )
    if (
        tagged
        and lower not in _ALWAYS
        and token.tag_ in {"NN", "NNS", "NNP", "JJ", "IN"}
        and token.dep_ != "ROOT"
    ):
        return False
    if question and lower in {"like", "see", "find", "get", "make"}:
        return False
    following = doc[i + 1].lower_ if i + 1 < len(doc) else ""
    if following == "of" or (following in _NOT_AFTER and lower not in _ALWAYS):
        return False
    return _IDLE.match(body.lower, token.idx) is None


_NO_COMMAND = frozenset(
    [
        "hope",
        "wish",
        "trust",
        "thank",
        "thanks",
        "congratulations",
        "congrats",
        "imagine",
        "remember",
        "think",
        "note",
        "know",
        "believe",
        "look",
        "forgive",
        "excuse",
        "enjoy",
        "have",
        "be",
        "do",
        "mind",
        "wonder",
        "want",
        "need",
        "love",
        "greetings",
        "welcome",
        "picture",
        "meet",
        "guess",
        "long",
        "suppose",
        "glad",
        "sorry",
        "happy",
        "good",
        "great",
        "best",
        "cheers",
        "hey",
        "hi",
        "hello",
        "dear",
        "let's",
    ]
)
