"""Rules of the ask family: one ask, easy to answer, with a reason, in the right place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scorer import lexicons as lex
from scorer.features._asking import competing_asks, questions, vague_hits
from scorer.parse.parsed import Ask, ParsedDraft
from scorer.rules.base import Bad, Context, Good, Hit, Option, Rule
from scorer.rules.checks import above, phrases
from scorer.schema import Draft, Severity

_WEIGHTLESS = frozenset({"connect", "reply"})
_GOAL = frozenset({"job_search", "recruiting", "partnership", "sales", "advice", "event", "fundraising"})


def _bad(text: str, flags: str | None, fixed: str | None = None, **context: Any) -> Bad:
    return Bad(Draft(text=text, **context), flags, fixed)


def _good(text: str, because: str, **context: Any) -> Good:
    return Good(Draft(text=text, **context), because)


_PITCH = frozenset({"sales", "partnership", "recruiting"})


def _stranger(parsed: ParsedDraft) -> bool:
    """Tell whether this is a first message to somebody who is no contact yet."""
    draft = parsed.draft
    return draft.stage == "initial" and not (draft.recipient is not None and draft.recipient.degree == 1)


_ACQUAINTED = re.compile(
    r"\b(?:we (?:met|worked|spoke|talked|chatted|studied|shared|sat|overlapped|used to)|you (?:helped|taught|introduced|asked|said|told me|offered|wrote to)|our (?:chat|call|conversation|talk)|"
    r"worked (?:with|for|under) you|your (?:former|old) student|good to (?:meet|see|talk)|great to (?:meet|see|talk)|nice (?:to meet|meeting)|last time|old friends?|as (?:agreed|promised|discussed))\b"
)


def _known(parsed: ParsedDraft) -> bool:
    return (
        not _stranger(parsed)
        or parsed.purpose in {"reconnect", "thanks"}
        or _ACQUAINTED.search(parsed.body.lower) is not None
    )


def _at(parsed: ParsedDraft, ask: Ask, severity: Severity | None = None, message: str | None = None) -> Hit:
    return Hit(parsed.span(ask.start, ask.end), severity=severity, message=message)


# Words of a message that asks without the forms of asking: "Every bit helps", "ring me", "come or don't".
_QUIET_ASK = re.compile(
    r"\b(?:if you(?:'d| would|'re| are)? (?:like|want|care|curious|interested|up for|ever|fancy)|welcome|every bit|gratefully|any use|of use|come along|would suit|"
    r"i'd need|we'd need|i need|happy to|glad to|here if|yours if|say the word|shout|up to you|it's yours|any time|would help|could use|stop by|sign here|"
    r"we should|(?:reach|contact|call|ring|text|find) (?:me|us)|requests?|requesting|let us|hope to|wish to know|is it correct|looking for|do come)\b"
)


def _no_ask(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    if (
        parsed.asks
        or parsed.draft.channel == "connection_note"
        or parsed.draft.stage != "initial"
        or parsed.purpose not in _GOAL
    ):
        return
    if len(parsed.main_words) < context.number("min_words") or _QUIET_ASK.search(parsed.body.lower):
        return
    if any("?" in sentence.text for sentence, _ in parsed.main_sentences) or parsed.with_role("thanks"):
        return
    if any(link.kind == "phone" for link in parsed.links) or "attached" in parsed.body.lower:
        return
    yield Hit()


def _competing(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    found = competing_asks(parsed)
    if (
        len(found) == 1
        and next(ask.kind for ask in parsed.asks if ask.kind not in _WEIGHTLESS) == "information"
    ):
        return  # a small question before the real one
    others = [ask for ask in found if ask.effort > 1 or ask.kind in {"click", "referral", "buy"}]
    if others:
        yield _at(parsed, others[0])


_TOPIC = re.compile(r"\W{0,2}(?:on|about|for|with|regarding|as to|into|in|from|how|of|around)\b \w+")
_TAKES_TOPIC = ("your thoughts", "your help", "your guidance", "your support", "any advice", "some advice", "any help", "some help", "any guidance", "some guidance", "thoughts", "learn from you",
                "share insights", "exchange ideas", "exchange insights", "share experiences", "learn more about your work", "discuss further", "hear more", "any opening", "any position", "any role", "guide me", "mutual benefit")  # fmt: skip


def _vague(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    for hit in vague_hits(parsed):
        if hit.entry.startswith(_TAKES_TOPIC) and _TOPIC.match(parsed.body.lower, hit.end):
            continue
        yield Hit(parsed.span(hit.start, hit.end))


def _many_questions(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    found = questions(parsed)
    most = int(context.number("most"))
    if len(found) > most:
        yield Hit(parsed.span(found[most].start, found[-1].end))


def _questions_in_a_row(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    run = context.measurements["ask.question_run"]
    if run.value >= 3 and len(questions(parsed)) <= 3:
        yield Hit(run.spans[0])


def _big_first(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    note = parsed.draft.channel == "connection_note"
    if _known(parsed) or parsed.purpose == "event":
        return
    for ask in parsed.asks:
        pitch = ask.kind == "call" or (parsed.purpose in _PITCH and not context.value("ask.way_out"))
        if ask.kind in {"call", "meeting"} and (note or (ask.effort == 3 and pitch)):
            yield _at(parsed, ask, None if note or ask.kind == "call" else Severity.HINT)
            return


_STRONG_FAVOUR = re.compile(
    r"\b(?:refer(?:ral)?(?: me)?|recommend me|my name forward|vouch|(?:be|become) my mentor|mentor me|good word|hire me|give me (?:a|any) (?:job|chance)|recommendation letter|letter of recommendation|"
    r"introduc(?:e|tion)s?|intros?|forward my|pass my|pass on my|put me in touch|share my (?:cv|resume|profile))\b"
)


def _stranger_favour(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    if _known(parsed):
        return
    for ask in parsed.asks:
        words = parsed.body.lower[ask.start : ask.end]
        if (
            ask.effort >= 2
            and ask.kind in {"referral", "advice", "favour"}
            and _STRONG_FAVOUR.search(words)
            and "right person" not in words
        ):
            yield _at(parsed, ask)
            return


_CALENDAR_HOST = re.compile(
    r"(?:^|[./])(?:calendly|cal|savvycal|chilipiper|zcal|tidycal|youcanbook|acuityscheduling|meetings|doodle|vyte)\.|hubspot\.com/meetings"
)
_CALENDAR_WORDS = re.compile(
    r"\b(?:book|grab|pick|choose|find|reserve|schedule|select) (?:a |some |any |your |yourself a )?(?:slot|spot|time|call|meeting|demo)[\w ]{0,25}\b(?:here|below|calendar|link|calendly)\b|\b(?:my|our) calend(?:ar|ly) (?:link|here)\b"
)


def _calendar(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    if parsed.draft.stage != "initial":
        return
    for link in parsed.links:
        if link.kind == "url" and _CALENDAR_HOST.search(parsed.body.lower[link.start : link.end]):
            yield Hit(parsed.span(link.start, link.end))
            return
    match = _CALENDAR_WORDS.search(parsed.body.lower)
    if match:
        yield Hit(parsed.span(*match.span()))


def _buried(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    asks = [ask for ask in parsed.asks if ask.kind not in _WEIGHTLESS]
    if not asks or context.value("ask.at_end"):
        return
    ask, limit = asks[0], context.number("words")
    for start, end, words in parsed.paragraphs:
        if start <= ask.start < end and words > limit:
            before, after = parsed.count_words(start, ask.start), parsed.count_words(ask.end, end)
            if before > limit / 3 and after > limit / 3:
                yield _at(parsed, ask)


def _too_early(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    if not parsed.asks or _known(parsed) or parsed.draft.channel == "connection_note":
        return
    ask, main = parsed.asks[0], parsed.main_sentences
    if not main or ask.sentence != main[0][0].index or ask.effort < 2 or len(main) < 2:
        return
    sentence, words = main[0]
    if words > context.number("words") or parsed.purpose == "event":
        return
    if sentence.roles & {"introduction", "common_ground", "reason"} or (
        parsed.mentions
        and any(sentence.start <= m.start < sentence.end and m.fact != "name" for m in parsed.mentions)
    ):
        return
    yield _at(parsed, ask)


# Here what is offered or asked is the reason.
_SELF_EXPLAINING = frozenset({"event", "sales", "fundraising", "content"})


def _no_reason(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    if _known(parsed) or parsed.draft.channel == "connection_note" or parsed.purpose in _SELF_EXPLAINING:
        return
    if len(parsed.main_words) > context.number("words"):
        return
    heavy = [ask for ask in parsed.asks if ask.effort >= 2 and ask.kind not in _WEIGHTLESS]
    given = {"reason", "common_ground", "value"}
    if heavy and not any(sentence.roles & given for sentence in parsed.sentences):
        yield _at(parsed, heavy[0])


def _no_length(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    if parsed.draft.channel == "connection_note" or _known(parsed):
        return
    if context.value("ask.time_stated") or context.value("ask.alternative"):
        return
    for ask in parsed.asks:
        if ask.kind == "call" and not ask.specific:
            yield _at(parsed, ask)
            return


def _presumed(parsed: ParsedDraft, lexicon_hit: lex.Hit) -> bool:
    """Tell whether consent was asked for before ("If so, when are you free?") or lies in the past."""
    before = parsed.body.lower[max(0, lexicon_hit.start - 40) : lexicon_hit.start]
    return (
        re.search(
            r"\b(?:if (?:so|yes|you|that|it|this)|would|could|shall i|or|as agreed|as you asked|happy to)\b[^.?!]*$",
            before,
        )
        is not None
    )


def _salesy(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    for hit in parsed.hits("ask_salesy"):
        sentence = parsed.sentence_at(hit.start)
        if sentence is None or "?" not in sentence.text:
            continue
        # It opens its sentence; "I was struggling with rye, remember?" does not.
        before = parsed.body.lower[sentence.start : hit.start]
        if len(before.split()) <= 2 and not re.match(r"i\b|i'm|we\b|we're|my\b", before):
            yield Hit(parsed.span(sentence.start, sentence.end))


def _no_way_out(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    if _known(parsed) or parsed.draft.channel == "connection_note" or context.value("ask.way_out"):
        return
    heavy = [ask for ask in parsed.asks if ask.effort == 3 and ask.kind in {"referral", "advice", "favour"}]
    if heavy:
        yield _at(parsed, heavy[0])


def _hidden(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    plain = [ask for ask in parsed.asks if ask.question or ask.direct]
    wishes = [
        ask
        for ask in parsed.asks
        if not ask.question and not ask.direct and ask.kind not in _WEIGHTLESS and not ask.specific
    ]
    if (
        wishes
        and not plain
        and not vague_hits(parsed)
        and parsed.draft.channel != "connection_note"
        and parsed.draft.stage == "initial"
    ):
        yield _at(parsed, wishes[0])


def _pleads(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    found = False
    for hit in parsed.hits("ask_pleading"):
        found = True
        yield Hit(parsed.span(hit.start, hit.end))
    if found:
        return
    for ask in parsed.asks:
        if len(ask.again) >= 3:
            again = parsed.sentences[ask.again[-1]]
            yield Hit(
                parsed.span(again.start, again.end),
                message="You ask for the same thing several times; once, plainly, is enough.",
            )
            return


RULES: tuple[Rule, ...] = (
    Rule(
        code="ASK001", name="no-ask", scored_family="ask", severity=Severity.WARNING,
        summary="Asks nothing.",
        why="A reader who does not see what is wanted has nothing to answer.",
        evidence=("ASK-01", "ASK-08"),
        message="Say what you would like from the reader: one thing, as a question they can answer in a line.",
        options={"min_words": Option(15, "shorter messages are left alone")},
        reads=("ask.has_ask",), check=_no_ask,
        bad=(
            _bad("Hi Ana, we are a small agency in Leeds with twelve years in food marketing. Our clients like our work and our prices.", None, purpose="sales"),
            _bad("Hi Ana, I graduated in June with a degree in baking science and have two internships behind me at mills.", None, purpose="job_search"),
        ),
        good=(
            _good("Hi Ana, thank you for the rye starter. It lived through the whole trip and made four loaves so far.", "thanks ask nothing", purpose="thanks"),
            _good("Hi Ana, we both bake rye in Leeds and I enjoyed the piece you wrote on crusts last month a lot.", "the invitation is the ask", channel="connection_note", purpose="networking"),
            _good("Hi Ana, two chairs are spare at our rye class on Monday, yours if you want them, with no charge at all.", "an offer asks quietly", purpose="event"),
        ),
    ),
    Rule(
        code="ASK002", name="competing-asks", scored_family="ask", severity=Severity.HINT,
        summary="Asks for two or more different things.",
        why="Each further request adds work, and readers put off what they cannot answer in one go.",
        evidence=("LEN-12", "ASK-03"),
        message="Keep the one ask that matters most now and leave this one for later.",
        reads=("ask.n_competing",), check=_competing,
        bad=(
            _bad("Hi Ana, could you review my resume? And could you refer me to the hiring manager?", "And could you refer me to the hiring manager?"),
            _bad("Hi Ana, would you meet me for coffee? Please also fill in our survey.", "Please also fill in our survey."),
        ),
        good=(
            _good("Hi Ana, could we meet for coffee, or have a quick call if that is easier?", "two ways to the same talk"),
            _good("Hi Ana, could we talk for 15 minutes? Would Tuesday or Wednesday suit? Let me know.", "one ask with its slots"),
            _good("Hi Ana, how are you? Would you be free for a call on Friday?", "a pleasantry is no ask"),
        ),
    ),
    Rule(
        code="ASK003", name="vague-ask", scored_family="ask", severity=Severity.WARNING,
        summary="The ask names nothing that the reader could say yes to.",
        why="Specific requests are answered more often; a vague one leaves the work to the reader.",
        evidence=("ASK-03",),
        message="Say exactly what you want: which question, which help, how long.",
        reads=("ask.n_vague",), check=_vague,
        bad=(
            _bad("Hi Ana, I'd love to pick your brain sometime.", "pick your brain"),
            _bad("Hi Ana, could we have a call to explore synergies?", "explore synergies"),
            _bad("Hi Ana, let's connect and see what might be possible.", "see what might be possible"),
        ),
        good=(
            _good("Hi Ana, could I have your thoughts on proofing rye at night?", "the thoughts have a topic"),
            _good("Hi Ana, our paper on synergies between yeasts is out. Could you read section 2?", "a trade's own term"),
            _good("Hi Ana, do you have any advice on ovens under 20 amps?", "names what it is about"),
        ),
    ),
    Rule(
        code="ASK004", name="too-many-questions", scored_family="ask", severity=Severity.WARNING,
        summary="Holds four or more questions.",
        why="One to three questions help; more than three work against you.",
        evidence=("ASK-01", "ASK-05"),
        message="Keep the one or two questions you most need answered.",
        options={"most": Option(3, "questions that pass")},
        reads=("ask.n_questions",), check=_many_questions,
        bad=(
            _bad("Hi Ana, who runs it? Is it new? What flour? Which mill?", "Which mill?"),
            _bad("Hi Ana, is it open? Who bakes? Since when? For whom? How so?", "For whom? How so?"),
        ),
        good=(
            _good("Hi Ana, how are you? Who runs it? Is it new? What flour?", "the pleasantry does not count"),
            _good("Hi Ana, is it open???", "one question, many marks"),
        ),
    ),
    Rule(
        code="ASK005", name="big-ask-first", scored_family="ask", severity=Severity.HINT,
        summary="Asks a stranger for a call, demo or meeting at once.",
        why="A light question is answered more often than a request for time, and the first message is for that.",
        evidence=("ASK-06", "ASK-07"),
        message="Start smaller: ask whether the topic is of interest, or one question; propose the meeting after the answer.",
        reads=("ask.excess_effort",), check=_big_first,
        bad=(
            _bad("Hi Ana, could we have a call next week?", "could we have a call next week?", channel="connection_note"),
            _bad("Hi Ana, we sell ovens. Could you give me 45 minutes for a demo?", "Could you give me 45 minutes for a demo?"),
        ),
        good=(
            _good("Hi Ana, could you spare 10 minutes on Tuesday to tell me if steam matters?", "a short call in a message"),
            _good("Hi Ana, we worked together at the mill. Lunch on Friday?", "they know each other", purpose="reconnect"),
            _good("Hi Ana, we met at the fair. Could we have an hour on Monday?", "they have met"),
        ),
    ),
    Rule(
        code="ASK006", name="favour-from-stranger", scored_family="ask", severity=Severity.WARNING,
        summary="Asks a stranger to put their name behind the writer: a referral, an introduction, a job, mentoring.",
        why="Readers risk their own name for people they know; a stranger is easier to refuse than to vet.",
        evidence=("ASK-06", "LEN-12"),
        message="Ask first for something small, such as one fact about the job; the favour can follow.",
        reads=("ask.n_referral",), check=_stranger_favour,
        bad=(
            _bad("Hi Ana, I saw the opening. Could you refer me?", "Could you refer me?"),
            _bad("Hi Ana, please introduce me to your director of sales.", "please introduce me to your director of sales."),
        ),
        good=(
            _good("Hi Ana, are you the right person for oven repairs, or who is?", "asks for the right person"),
            _good("Hi Ana, we worked at the mill for two years. Could you refer me?", "they know each other"),
            _good("Hi Ana, Omar introduced me to your rye. Is it sold in Leeds?", "an introduction in the past"),
        ),
    ),
    Rule(
        code="ASK007", name="calendar-push", scored_family="ask", severity=Severity.WARNING,
        summary="Sends a booking link before the reader agreed to talk.",
        why="It takes the yes for granted and hands the reader a chore.",
        evidence=("ASK-06", "PLT-21"),
        message="Ask whether a talk would be welcome; offer two times or the link after a yes.",
        check=_calendar,
        bad=(
            _bad("Hi Ana, grab a slot here: https://calendly.com/sam/30", "https://calendly.com/sam/30"),
            _bad("Hi Ana, book a time on my calendar and let's talk ovens.", "book a time on my calendar"),
        ),
        good=(
            _good("Hi Ana, the bakers' calendar link on your site is broken.", "the reader's own link"),
            _good("Hi Ana, here is the link: https://calendly.com/sam/30", "follows a talk that went before", stage="follow_up", previous="Hi Ana, could we talk?"),
        ),
    ),
    Rule(
        code="ASK008", name="buried-ask", scored_family="ask", severity=Severity.HINT,
        summary="The ask stands in the middle of a long paragraph, and nothing near the end takes it up.",
        why="People skim; what stands in the middle of a block is not seen.",
        evidence=("REA-05", "LEN-06"),
        message="Give the ask a short paragraph of its own, near the end.",
        options={"words": Option(100, "longest paragraph that may hold an ask in its middle")},
        reads=("ask.paragraph_words", "ask.at_end"), check=_buried,
        bad=(
            _bad("Hi Ana, " + "the mill on the river has ground rye for two hundred years. " * 5 + "Could you read our leaflet? " + "The wheel still turns in the spring when the water is high. " * 5, "Could you read our leaflet?"),
            _bad("Hi Ana, " + "the mill on the river has ground rye for two hundred years. " * 15 + "Could you read our leaflet? " + "The wheel still turns in the spring when the water is high. " * 15, "Could you read our leaflet?"),
        ),
        good=(
            _good("Hi Ana, " + "the mill on the river has ground rye for two hundred years. " * 5 + "\n\nCould you read our leaflet?", "a paragraph of its own"),
            _good("Hi Ana, the mill is old. Could you read our leaflet? The wheel still turns.", "a short paragraph"),
        ),
    ),
    Rule(
        code="ASK009", name="ask-too-early", scored_family="ask", severity=Severity.HINT, default=False,
        summary="Asks for effort in the first sentence, before the reader knows who writes or why.",
        why="A request without context meets suspicion; readers of mail are warier than people face to face.",
        evidence=("BAS-05", "STR-03"),
        message="First say in a sentence who you are and why this reader, then ask.",
        options={"words": Option(20, "longer first sentences bring their own context")},
        reads=("ask.first_at",), check=_too_early,
        bad=(
            _bad("Hi Ana, could you review my business plan? It has forty pages. I sell flour.", "could you review my business plan?"),
            _bad("Send me your advice on careers. I am a student.", "Send me your advice on careers."),
        ),
        good=(
            _good("Hi Ana, is the shop still open? We pass on Friday.", "a light question may come first"),
            _good("Hi Ana, I run a mill, so could you advise me on sieves? Ours broke.", "the context stands in the same sentence"),
        ),
    ),
    Rule(
        code="ASK010", name="no-reason", scored_family="ask", severity=Severity.HINT, default=False,
        summary="Asks for effort without a reason, common ground or anything in return.",
        why="People help more readily when they know why they are asked.",
        evidence=("STR-07",),
        message="Add one clause that says why you ask and why this reader.",
        options={"words": Option(60, "longer messages explain themselves and are left alone")},
        reads=("ask.reason",), check=_no_reason,
        bad=(
            _bad("Hi Ana, nice profile. Could you review the resume?", "Could you review the resume?"),
            _bad("Hello Ana, please give some tips. Regards, Sam", "please give some tips."),
        ),
        good=(
            _good("Hi Ana, our oven cracked because of steam. Could you give us some tips?", "the reason is given"),
            _good("Hi Ana, is it sold in Leeds?", "a light question needs none"),
        ),
    ),
    Rule(
        code="ASK011", name="presumptuous-ask", scored_family="ask", severity=Severity.WARNING,
        summary="Takes the reader's yes for granted.",
        why="People agree more readily when they are free to decline.",
        evidence=("ASK-09",),
        message="Ask whether before when: “Would a short call be welcome?”",
        reads=("ask.n_presumed",), check=phrases("ask_presume", guard=_presumed, subject=False),
        bad=(
            _bad("Hi Ana, we sell ovens. When are you free to talk?", "When are you free"),
            _bad("Hi Ana, we sell ovens. I'll call you Tuesday.", "I'll call you"),
        ),
        good=(
            _good("Hi Ana, would a call be of use? If so, when are you free?", "asks first whether"),
            _good("Hi Ana, are you free on Thursday for ten minutes?", "leaves the yes to the reader"),
        ),
    ),
    Rule(
        code="ASK012", name="broad-question", scored_family="ask", severity=Severity.WARNING,
        summary="Asks a question that takes an essay to answer.",
        why="Broad questions are work; a specific one can be answered between two meetings.",
        evidence=("ASK-03", "LEN-12"),
        message="Narrow it to one point of this reader's own experience that fits in two lines.",
        reads=("ask.n_broad",), check=phrases("ask_broad", subject=False),
        bad=(
            _bad("Hi Ana, could you tell me about your career?", "tell me about your career"),
            _bad("Hi Ana, how did you become successful?", "how did you become successful"),
        ),
        good=(
            _good("Hi Ana, how did you learn to score the loaf?", "one point of experience"),
            _good("Hi Ana, what advice would help with wet dough at 80%?", "a narrow question"),
        ),
    ),
    Rule(
        code="ASK013", name="call-without-length", scored_family="ask", severity=Severity.HINT,
        summary="Asks a stranger for a call without saying how long or when.",
        why="A named length makes the effort small and sure.",
        evidence=("ASK-03",),
        message="Say how long and about what: “15 minutes on Tuesday about the oven”.",
        reads=("ask.time_stated",), check=_no_length,
        bad=(
            _bad("Hi Ana, I mill rye in Leeds. Could we have a call?", "Could we have a call?"),
            _bad("Hi Ana, I mill rye in Leeds. Would you be open to a chat?", "Would you be open to a chat?"),
        ),
        good=(
            _good("Hi Ana, I mill rye. Could we have a call for ten minutes?", "says how long"),
            _good("Hi Ana, I mill rye. Could we have a call on Tuesday?", "says when"),
        ),
    ),
    Rule(
        code="ASK014", name="pleading", scored_family="ask", severity=Severity.HINT,
        summary="Pleads, or asks for the same thing over and over.",
        why="Pleading makes a no uncomfortable, so no answer comes at all.",
        message="Ask once, plainly, and leave the reader free.",
        check=_pleads,
        bad=(
            _bad("Sir, I am desperate, any job will do.", "any job will do"),
            _bad("Hi Ana, please don't ignore this note about rye.", "please don't ignore"),
        ),
        good=(
            _good("Hi Ana, could you please tell me which sieve you use?", "one please is polite"),
            _good("Hi Ana, the desperate search for rye is over.", "not about the writer's ask"),
        ),
    ),
    Rule(
        code="ASK015", name="long-ask", scored_family="ask", severity=Severity.HINT,
        summary="The sentence that asks is very long.",
        why="Questions of one short sentence are answered best.",
        evidence=("ASK-04",),
        message="Split it: the background in one sentence, the question in a short one of its own.",
        options={"words": Option(45, "words of the longest asking sentence that pass")},
        reads=("ask.longest_words",), check=above("ask.longest_words", "words"),
        bad=(
            _bad("Could you, " + "when the mill is quiet and the wheel stands still, " * 5 + "call me?", "Could you, " + "when the mill is quiet and the wheel stands still, " * 5 + "call me?"),
            _bad("Please, " + "since rye is dear and flour is scarce this year, " * 5 + "send me the list.", "Please, " + "since rye is dear and flour is scarce this year, " * 5 + "send me the list."),
        ),
        good=(
            _good("The mill is old, " + "and the wheel turns in spring, " * 8 + "as you know. Could you call me?", "the long sentence asks nothing"),
            _good("Could you call me when the mill is quiet?", "short"),
        ),
    ),
    Rule(
        code="ASK016", name="sales-question", scored_family="ask", severity=Severity.WARNING,
        summary="Opens with a rhetorical question of sales letters.",
        why="It is not meant to be answered, and marks the message as advertising.",
        message="Replace it with a real question about this reader's work, or drop it.",
        check=_salesy,
        bad=(
            _bad("Hi Ana, want to 10x your bakery? We can help.", "want to 10x your bakery?"),
            _bad("What if I told you that rye sells itself?", "What if I told you that rye sells itself?"),
        ),
        good=(
            _good("Hi Ana, what if we moved the tasting to June?", "a real proposal"),
            _good("Hi Ana, I was struggling with wet dough, remember?", "tells of the writer"),
        ),
    ),
    Rule(
        code="ASK017", name="no-way-out", scored_family="ask", severity=Severity.HINT, default=False,
        summary="Asks a stranger for a big favour without leaving room for a no.",
        why="Saying that a no is fine is harmless and may help.",
        evidence=("ASK-09",),
        message="Add a short way out, such as “No worries if not”.",
        reads=("ask.way_out", "ask.max_effort"), check=_no_way_out,
        bad=(
            _bad("Hi Ana, I saw the opening. Could you refer me?", "Could you refer me?"),
            _bad("Hi Ana, could you review my full manuscript in detail?", "could you review my full manuscript in detail?"),
        ),
        good=(
            _good("Hi Ana, could you refer me? No worries if not.", "leaves room"),
            _good("Hi Ana, is it sold in Leeds?", "a light question needs none"),
        ),
    ),
    Rule(
        code="ASK018", name="hidden-ask", scored_family="ask", severity=Severity.HINT,
        summary="The only ask is a wish in a statement.",
        why="A wish can be read and agreed with, and never answered.",
        evidence=("ASK-04", "ASK-08"),
        message="Turn the wish into a question that can be answered by yes or no.",
        reads=("ask.n_hidden",), check=_hidden,
        bad=(
            _bad("Hi Ana, I mill rye. I would love to hear more about your oven.", "I would love to hear more about your oven."),
            _bad("Hi Ana, I mill rye and would like to visit your bakery.", "I mill rye and would like to visit your bakery."),
        ),
        good=(
            _good("Hi Ana, I'd love to visit. Would Friday suit?", "a question follows"),
            _good("Hi Ana, I would love to connect.", "connecting is no work"),
        ),
    ),
    Rule(
        code="ASK019", name="stock-request", scored_family="ask", severity=Severity.HINT,
        summary="A stock request that leaves the reader to guess what to do.",
        why="The reader has to work out what is wanted.",
        evidence=("ASK-03",),
        message="Name the one thing you want done.",
        check=phrases("ask_stock_request", subject=False),
        bad=(
            _bad("Hi Ana, my CV is attached. Kindly do the needful.", "do the needful"),
            _bad("Hi Ana, the list is below. Please advise.", "Please advise"),
        ),
        good=(
            _good("Hi Ana, could you advise me on sieves?", "names what is wanted"),
            _good("Hi Ana, the oven reverted to its old heat.", "another meaning"),
        ),
    ),
    Rule(
        code="ASK020", name="questions-in-a-row", scored_family="ask", severity=Severity.HINT,
        summary="Three questions one after the other.",
        why="A row of questions reads like a form to fill in.",
        evidence=("ASK-01",),
        message="Ask the one that matters; the others can wait for the answer.",
        reads=("ask.question_run",), check=_questions_in_a_row,
        bad=(
            _bad("Hi Ana, who runs it? Is it new? What flour?", "who runs it? Is it new? What flour?"),
            _bad("Is it open? Since when? Who bakes? We pass on Friday.", "Is it open? Since when? Who bakes?"),
        ),
        good=(
            _good("Hi Ana, is it open? Who bakes? We pass on Friday.", "two are fine"),
            _good("Hi Ana, is it open? We pass by. Who bakes? It smells good. Since when?", "not in a row"),
        ),
    ),
)  # fmt: skip
