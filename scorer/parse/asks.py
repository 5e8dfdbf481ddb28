"""What the reader is asked to do: each ask with its kind, effort, directness and precision."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scorer.parse.parsed import Ask, AskKind, Effort, ParsedText, Sentence

# Sentences that ask, told by wording. The order matters only for the span: the earliest cue begins the ask.
_REQUEST = re.compile(
    r"\b(?:(?:could|can|would|will|might|may) (?:you|u|i|we|there)\b|(?:could|can|would|may|might) (?:\w+ )?(?:you|i|we) \w+|"
    r"(?:are|r) (?:you|u) (?:open|free|available|able|interested|around|up for|willing|the right|coming|going|looking|hiring)|"
    r"(?:is|would) (?:there|it|this|that|\w+day) (?:be |a )?(?:\w+ )?(?:chance|possible|possibility|worth|ok|okay|okey|of interest|any|helpful|useful|work|too much|something|someone|anyone)|"
    r"do you (?:have|think|know|mind|want|need|happen|still|accept|take|ever|remember|offer|see|recommend)|any (?:chance|advice|tips|thoughts|pointers|interest|openings|idea|suggestions)|"
    r"(?:who|what|which|when|where|how|why) (?:is|are|was|were|do|does|did|would|should|could|can|made|might)\b|how about|what about|"
    r"let me know|lmk|let us know|please|pls|plz|kindly|feel free to|would (?:love|like|appreciate|be (?:great|grateful|lovely|nice|happy|interested|delighted|good|honoured|honored))|"
    r"i(?:'d| would)(?: really| very much| be)? (?:love|like|appreciate|welcome|value|be (?:grateful|glad|keen|interested|thankful|happy) (?:to|for|if))|"
    r"hop(?:e|ing) (?:to|you|we|for|that you)|wonder(?:ing)? (?:if|whether|how|what)|looking forward to (?:your|hearing)|look forward to|"
    r"i(?:'m| am) (?:asking|looking for|seeking|after|hoping|requesting|keen to)|i (?:ask|request|need|want|seek)\b|we (?:ask|need|want|seek|are looking for)\b|"
    r"worth a|up for a|open to|fancy a|shall we|should we|can we|mind if|happy to connect|be in touch|let's|lets|"
    r"(?:interested|thoughts|sound good|make sense|deal|game|agreed)\s*\?)",
    re.IGNORECASE,
)
_IMPERATIVE = frozenset(
    "let tell send give call text ping book click visit check see read join sign reply respond answer confirm accept connect "
    "add share introduce forward help review consider contact e-mail email message dm drop schedule pick choose grab buy order try "
    "register download fill complete apply donate support recommend refer suggest advise point take come meet provide "
    "advice revert do get reach look use subscribe follow vote watch listen submit attach return note keep".split()
)
_NO_ASK = re.compile(
    r"\b(?:no (?:need|pressure|obligation|rush|worries) (?:to|at all)?|(?:do not|don't|please don't) (?:need to|have to|feel|worry|bother)|"
    r"(?:let me know|lmk|please let me know) if (?:i can|there(?:'s| is) anything i|you (?:ever )?need (?:anything|help))|feel free to (?:say no|ignore|decline|pass)|"
    r"(?:i|we) (?:would|'d) like to (?:thank|congratulate|apologi[sz]e|say|start by|begin|express|introduce myself)|please (?:accept my|find|note|forgive|excuse|know|don't)|"
    r"what (?:a|an) |how (?:are|r) (?:you|u|things|is it going|'s it going|have you been|do you do)|how(?:'s| is) (?:it|everything|life|things|your (?:day|week))|"
    r"(?:hope|hoping|trust) (?:you|this|that you|all|everything|your|the)[^.?!]{0,20}\b(?:well|good|great|fine|safe|finds|okay|enjoyed|had|have)|see you|thank you|would (?:have|be remiss)|"
    r"i(?:'d| would) love to (?:hear|see) (?:that|how it)?$|what if)",
    re.IGNORECASE,
)

_KINDS: tuple[tuple[AskKind, str], ...] = (
    ("click", r"\b(?:click|sign(?:ing)? up|register|download|subscribe|follow (?:my|our|the) (?:page|link|channel)|"
              r"visit (?:our|my|the|www)|check (?:out )?(?:our|my|the|this) (?:site|website|page|link|deck|video|demo|profile|post|calendar|portfolio)|"
              r"book (?:a|some|your) [\w -]{0,20}(?:here|slot|calendar|below|link)|fill (?:in|out)|like and share|(?:my|our) calendly|link below|vote for)"),
    ("buy", r"\b(?:buy|purchase|order(?! of)|invest(?: in| at)?\b|donat\w+|sponsor\w*|sign (?:the|a) contract|subscribe|free trial|start (?:a|your) trial|quote|pilot|place an order|"
            r"term sheet|commit \$|contribut(?:e|ion)|pledge|upgrade|become a (?:customer|client|member|patron))"),
    ("referral", r"\b(?:refer(?:ral|ring)?\b(?! to)|refer me|put (?:in )?(?:a|my) (?:good )?word|forward (?:my|this|it|the)|pass (?:my|this|it|the)[\w ]{0,20}(?:on|along|to)|"
                 r"introduc(?:e|ing|tion)\b(?! myself)|intro\b|put me in touch|connect me (?:with|to)|point me (?:to|toward|towards|in|at)|who (?:is|would be|should|do|could) [\w ]{0,30}(?:right person|talk|speak|contact|ask)|"
                 r"right person|recommend (?:someone|anyone|me|a )|know (?:anyone|someone|somebody|anybody)|vouch)"),
    ("call", r"\b(?:call|phone|zoom|teams|google meet|video chat|ring|hop on|jump on|dial|speak on|(?:chat|talk|speak|conversation) (?:for|about|on|over|with you|next|this|some)|quick chat|a chat|"
             r"\d+[- ]?min(?:ute)?s?|half (?:an )?hour|demo|walk you through|time to (?:talk|chat|speak)|pick your brain|discuss)\b"),
    ("meeting", r"\b(?:meet(?:ing)?(?: up)?\b|coffee|lunch|dinner|drink|pint|breakfast|visit (?:you|us|your|the)|come (?:by|along|to|and|over)|drop by|stop by|in person|face to face|"
                r"speak at|attend|join (?:us|me|our|the)|be (?:a|our|my) (?:guest|speaker|panell?ist|mentor)|interview (?:you|with)|catch up|grab a)\b"),
    ("advice", r"\b(?:advice|advise|tips?|guidance|guide me|mentor\w*|feedback|thoughts?|opinion|insights?|perspective|suggest(?:ions?)?|recommend|pointers?|your (?:view|take|experience)|"
               r"how (?:did|do|would|should|can|does)|what (?:would|do|did|made|should|helped|is the|are the|was|were|advice)|which (?:one|course|book|of|would|path|do)|learn from|share your|is it (?:true|worth|realistic)|"
               r"should i|have a look at|take a look|look (?:at|over) (?:my|the|our|a)|review (?:my|the|our|a)|critique|read (?:my|the|our|a))\b"),
    ("connect", r"\b(?:connect(?:ing|ed)?|accept my (?:invit\w+|request)|add (?:you|me) to|my network|your network|stay in touch|keep in touch|be in touch|link up|follow you)\b"),
    ("information", r"\b(?:is (?:the|there|it|this|that|your)|are (?:there|the|you (?:hiring|taking|still|using))|do you (?:have|know|still|use|offer|accept|take|ship|plan|work|sell|stock)|does (?:the|your|it)|"
                    r"when (?:is|are|do|does|will)|where (?:is|are|do|can)|how (?:much|many|long|often|soon)|what (?:time|date|size|price|kind|type|is|are)|who (?:runs|handles|owns|is|are|leads|manages|decides)|"
                    r"status|update|confirm|which|timeline|any (?:update|news|openings|vacanc\w+|roles?))\b"),
    ("reply", r"\b(?:let me know|lmk|reply|respond|revert|hear (?:back )?from you|hearing (?:back )?from you|get back|drop (?:me )?a (?:line|note|message)|yes or no|interested|thoughts\?|"
              r"make sense|open to|worth|of interest|write (?:me )?back|send me a|dm|message me|email me|ping me|sound)\b"),
)  # fmt: skip
_KIND_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)

_HEAVY = re.compile(
    r"\b(?:hour|45|60|90)\b|\b(?:demo|invest|donate|mentor (?:me|us)|review my|introduce|referral|refer me|lunch|dinner|workshop|proposal|budget|"
    r"detailed|in detail|everything|all of|full|fill (?:in|out)|survey|questionnaire|write|prepare|speak at|sponsor|job for me|give me a job|a job|any job|hire me|vouch|on-?site|come to)\b",
    re.IGNORECASE,
)
_LIGHT = re.compile(
    r"\b(?:yes or no|quick (?:question|yes)|one (?:question|line|word)|a (?:line|word|yes|no)|connect|reply|which (?:one|of the two)|worth (?:a )?(?:look|reading)|"
    r"make sense|interested|of interest|ok if|okay if|mind if|is (?:it|that|this) (?:still|right|true|worth)|right person|point me|two minutes|five minutes|2 min\w*|5 min\w*)\b",
    re.IGNORECASE,
)
_SPECIFIC = re.compile(
    r"\d|\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|tonight|next week|this week|morning|afternoon|january|february|march|april|june|july|"
    r"august|september|october|november|december|one|two|three|four|five|ten|fifteen|twenty|thirty|which|whether|who (?:runs|handles|owns|is|decides)|when you|how you|if you|"
    r"between|or\b|yes or no|the \w+ (?:role|post|position|job|page|slide|section|chapter|question))\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:pick your brain|touch base|explore (?:synerg\w+|opportunit\w+|possibilit\w+|potential|ways)|any (?:help|thing|opportunit\w+|advice|job|guidance)|some (?:time|advice|guidance|help)|sometime|some time|"
    r"anything|something|mutually beneficial|ways (?:we|to)|possible (?:collaboration|opportunit\w+|synerg\w+)|learn more about (?:you|each other|what you)|chat sometime|connect sometime|"
    r"your thoughts|do the needful|opportunities|collaborate|synerg\w+|stay in touch|keep in touch|discuss further)\b",
    re.IGNORECASE,
)
_SOFT = re.compile(
    r"\b(?:could|would|might|may|wonder\w*|hop(?:e|ing)|if you(?:'re| are| have| could| can| would)?|possibl[ey]|perhaps|maybe|love|appreciate|grateful|happy|any chance|mind|worth|open to)\b",
    re.IGNORECASE,
)


def find_asks(body: ParsedText, sentences: Sequence[Sentence], *, skip: frozenset[int]) -> tuple[Ask, ...]:
    """Return the asks in `sentences` of the folded body, at most one for each clause that asks.

    Parameters
    ----------
    skip
        Indices of sentences that cannot ask: greeting, sign-off, signature.
    """
    asks: list[Ask] = []
    for sentence in sentences:
        if sentence.index in skip:
            continue
        ask = _ask_in(body, sentence)
        if ask is not None:
            asks.append(ask)
    return tuple(asks)


def _ask_in(body: ParsedText, sentence: Sentence) -> Ask | None:
    text = sentence.text
    question = text.rstrip(" )\"'").endswith("?") or "?" in text
    request = _REQUEST.search(text)
    imperative = _imperative(body, sentence)
    if not question and request is None and imperative is None:
        return None
    if _NO_ASK.search(text) and not (question and len(text) > 90):
        return None
    if not question and imperative is None and request is not None and not _wants(request.group()):
        return None
    kind = _kind(text)
    if kind is None:
        if not question and imperative is None:
            return None
        kind = "information" if question else "favour"
    start = sentence.start
    return Ask(
        start, sentence.end, kind, _effort(text, kind), sentence.index,
        direct=imperative is not None or (question and _SOFT.search(text) is None),
        specific=_SPECIFIC.search(text) is not None and _VAGUE.search(text) is None,
        question=question,
    )  # fmt: skip


def _wants(cue: str) -> bool:
    """Tell whether a cue without a question mark asks by itself (statements of fact also say "when is")."""
    return re.match(r"(?:who|what|which|when|where|how|why|do you|are|is)\b", cue, re.IGNORECASE) is None


def _imperative(body: ParsedText, sentence: Sentence) -> int | None:
    """Return the index of a verb that commands: a bare verb at the start of the sentence or after "please"."""
    tokens = [t for t in body.doc[sentence.first : sentence.last] if not t.is_punct and not t.is_space][:4]
    if tokens and tokens[0].lower_ in {"please", "pls", "plz", "kindly", "just", "so", "and", "then", "also"}:
        tokens = tokens[1:]
    if tokens and tokens[0].lower_ in _IMPERATIVE and (len(tokens) < 2 or tokens[1].lower_ not in {"is", "was", "'s", "of"}):
        return int(tokens[0].i)
    return None


def _kind(text: str) -> AskKind | None:
    for kind, pattern in _KIND_PATTERNS:
        if pattern.search(text):
            return kind
    return None


def _effort(text: str, kind: AskKind) -> Effort:
    if _HEAVY.search(text) or kind in {"buy", "referral"}:
        return 3 if not _LIGHT.search(text) else 2
    if kind in {"connect", "reply", "information", "click"} or _LIGHT.search(text):
        return 1
    return 2
