"""Rules of the follow_up family: a follow-up beside the messages before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer import lexicons as lex
from scorer.parse.parsed import ParsedDraft
from scorer.rules.base import Bad, Context, Good, Hit, Option, Rule
from scorer.schema import Channel, Draft, Edit, Fix, Severity, Stage

_BEFORE = "Hi Priya, could we compare how our teams sample spans? I run tracing at a small bank in Leeds."
_REPLY_MARK = re.compile(r"\s*(?:(?:re|aw|sv|antw)\s*(?:\[\d+\])?:\s*)+", re.IGNORECASE)
_FORGIVEN = re.compile(
    r",? (?:which|and that|and it)(?: is|'s) (?:okay|ok|fine|all right|alright|perfectly fine|no problem)\b",
    re.IGNORECASE,
)
_SPOKEN_OFF = re.compile(
    r"\b(?:no|not|never|nor|isn't|without|rather than|instead of|promised not to)(?: (?:a|an|the|be|to|just|another|one of those))* ?$",
    re.IGNORECASE,
)


def _is_follow_up(parsed: ParsedDraft) -> bool:
    return parsed.draft.stage == "follow_up" or bool(parsed.draft.earlier)


def _phrases(parsed: ParsedDraft, *names: str) -> list[lex.Hit]:
    """Return the hits of `names` that the writer does not speak off ("this is no gentle nudge")."""
    if not _is_follow_up(parsed):
        return []
    text = parsed.text
    return [
        hit for hit in parsed.hits(*names) if not _SPOKEN_OFF.search(text, max(0, hit.start - 18), hit.start)
    ]


def _copied(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    if not parsed.draft.earlier or parsed.thread.copied_share < context.number("least_share"):
        return
    yield from (Hit(parsed.span(*span)) for span in parsed.thread.copied)


def _same_ask(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    if not parsed.draft.earlier or parsed.thread.copied_share >= context.number("left_to_copied"):
        return
    for index in sorted({ask.sentence for ask in parsed.asks}):
        sentence = parsed.sentences[index]
        length = sentence.end - sentence.start
        for start, end in parsed.thread.copied:
            shared = min(end, sentence.end) - max(start, sentence.start)
            if shared >= context.number("least_share") * length:
                yield Hit(parsed.span(max(start, sentence.start), min(end, sentence.end)))
                break


def _no_new_value(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    if not parsed.draft.earlier or parsed.placeholders or parsed.thread.copied_share >= 0.5:
        return
    words = len(parsed.main_words)
    new = len(parsed.thread.new)
    if (
        words >= context.number("min_words")
        and new <= context.number("max_new")
        and new <= words * 0.05
        and not parsed.links
    ):
        if parsed.purpose == "thanks" or context.value("personalization.details") >= 2:
            return
        yield Hit()


def _context_missing(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    if not parsed.draft.earlier or parsed.thread.taken_up or parsed.hits("fup_refers") or parsed.placeholders:
        return
    if (
        context.number("min_words") <= len(parsed.main_words)
        and context.value("personalization.details") == 0
    ):
        yield Hit()


def _third_nudge(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    allowed = int(context.number("max_earlier"))
    counted = _phrases(parsed, "fup_third")
    if counted:
        yield Hit(parsed.span(counted[0].start, counted[0].end))
    elif parsed.draft.stage == "follow_up" and len(parsed.draft.earlier) >= allowed:
        yield Hit()


def _nudge_only(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    hits = _phrases(parsed, "fup_nudge")
    if not hits or (parsed.draft.earlier and len(parsed.thread.new) > context.number("max_new")):
        return
    if not parsed.draft.earlier and context.value("personalization.details") >= 2:
        return
    yield from (Hit(parsed.span(hit.start, hit.end)) for hit in hits)


def _unanswered(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    for hit in _phrases(parsed, "fup_unanswered"):
        if not _FORGIVEN.match(parsed.text, hit.end):
            yield Hit(parsed.span(hit.start, hit.end))


def _guilt(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    yield from (Hit(parsed.span(hit.start, hit.end)) for hit in _phrases(parsed, "fup_guilt"))


def _ultimatum(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    yield from (Hit(parsed.span(hit.start, hit.end)) for hit in _phrases(parsed, "fup_last"))


def _nudge_subject(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    if parsed.subject is None:
        return
    text = parsed.subject.text
    mark = _REPLY_MARK.match(text)
    rest = text[mark.end() if mark else 0 :].strip(" .!:-–—…")
    for hit in parsed.subject_hits("fup_generic_subject"):
        # Only where the subject says nothing else: "Reminder: hard hat for Thursday's tour" says what it is about.
        extra = len(rest.split()) - len(text[hit.start : hit.end].split())
        if extra <= context.number("max_further_words"):
            yield Hit(parsed.subject.span(hit.start, hit.end))
            return


def _fake_reply(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    if parsed.subject is None or _is_follow_up(parsed) or parsed.body.folded.quoted:
        return
    mark = _REPLY_MARK.match(parsed.subject.text)
    if mark is None or parsed.purpose == "thanks":
        return
    start = len(parsed.subject.text) - len(parsed.subject.text.lstrip())
    span = parsed.subject.span(start, len(parsed.subject.text[: mark.end()].rstrip()))
    end = parsed.subject.span(start, mark.end()).end
    yield Hit(span, fix=Fix((Edit(span.start, end, "", "subject"),), title="Leave the reply mark out"))


def _too_long(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    words = len(parsed.main_words)
    if not parsed.draft.earlier or words <= context.number("max_words"):
        return
    if words > context.number("times_longer") * max(parsed.thread.words_before, 1):
        yield Hit()


def _then(
    text: str, previous: str | tuple[str, ...] | None = _BEFORE, *,
    subject: str | None = None, stage: Stage = "follow_up", channel: Channel = "inmail",
) -> Draft:  # fmt: skip
    return Draft(text=text, previous=previous, subject=subject, stage=stage, channel=channel)


_LONG = " ".join(
    f"I also measured case {number} of the load and wrote the result down." for number in range(1, 20)
)

RULES: tuple[Rule, ...] = (
    Rule(
        code="FUP001", name="copied-text", scored_family="personalization", severity=Severity.WARNING,
        summary="The follow-up repeats the earlier message word for word.",
        why="The reader has it already; the same text again shows that nothing has happened since.",
        message="Say this in new words, shorter, or leave it out.",
        evidence=("FUP-10",), check=_copied, kinds=("draft", "template"),
        options={"least_share": Option(0.3, "Share of copied words from which the rule speaks.")},
        bad=(
            Bad(_then("Hi Priya, could we compare how our teams sample spans? I run tracing at a small bank in Leeds."),
                "could we compare how our teams sample spans? I run tracing at a small bank in Leeds"),
            Bad(_then("Hi again Priya. Could we compare how our teams sample spans? Friday would suit me."), "Could we compare how our teams sample spans"),
        ),
        good=(
            Good(_then("Hi Priya, on comparing how we both sample: our tail sampler now drops 4% of spans, down from 30."), "the same matter in new words"),
            Good(_then("Hi Priya, could we compare how our teams sample spans?", None), "no earlier message is given"),
            Good(_then("Hi Priya, I run tracing at a small bank in Leeds, as I wrote, and since Monday we keep 9% of all spans on cheap disks, for \u20ac40 a month. May I send the graph?"),
                 "one line restated among new things"),
        ),
    ),
    Rule(
        code="FUP002", name="no-new-value", scored_family="ask", severity=Severity.WARNING,
        summary="The follow-up brings nothing that the earlier message did not have.",
        why="A nudge alone gives the reader no new reason to answer.",
        message="Add one new thing: a fact, a result, an easier question, a date.",
        evidence=("FUP-10", "FUP-09"), check=_no_new_value, reads=("personalization.details",),
        options={"min_words": Option(12, "Shorter follow-ups are left alone."), "max_new": Option(1, "New telling words up to which it counts as nothing new.")},
        bad=(
            Bad(_then("Hi Priya, I just wanted to follow up on my last message. Would you be open to a quick call this week?"), None),
            Bad(_then("Hi Priya, any thoughts on comparing how our teams sample spans? I am still very interested in talking."), None),
        ),
        good=(
            Good(_then("Hi Priya, since I wrote, our tail sampler went from 30% to 4% dropped spans. May I show you the Grafana panel?"), "news since the first message"),
            Good(_then("Hi Priya, would Friday suit?"), "a short, easier question"),
            Good(_then("Hi Priya, I just wanted to follow up on my last message. Would you be open to a quick call this week?", None), "no earlier message is given"),
        ),
    ),
    Rule(
        code="FUP003", name="context-not-restated", scored_family="ask", severity=Severity.HINT,
        summary="The follow-up does not say what it follows up on.",
        why="A reader who did not answer has probably forgotten; without the matter in half a line they must search for it.",
        message="Say in half a line what your earlier message was about.",
        evidence=("FUP-10",), check=_context_missing, reads=("personalization.details",),
        options={"min_words": Option(6, "Shorter follow-ups are left alone.")},
        bad=(
            Bad(_then("Hi Priya, just checking in on this. Is there any update for me?"), None),
            Bad(_then("Hi Priya, hope all is well. Would love to hear what you think!"), None),
        ),
        good=(
            Good(_then("Hi Priya, on sampling: is there any update for me this week?"), "names the matter"),
            Good(_then("Hi Priya, I wrote last week. Would love to hear what you think!"), "points to the earlier message"),
            Good(_then("Hi Priya, just checking in. Is there any update for me?", None), "no earlier message is given"),
        ),
    ),
    Rule(
        code="FUP004", name="third-nudge", scored_family="tone", severity=Severity.WARNING,
        summary="This is the third message or a later one without an answer.",
        why="Answers fall with each nudge while refusals and spam marks rise.",
        message="Consider stopping here, or come back in some months with something new.",
        evidence=("FUP-05", "FUP-06", "SEED-05"), check=_third_nudge,
        options={"max_earlier": Option(2, "Earlier messages from which the next is one too many.")},
        bad=(
            Bad(_then("Hi Priya, one more thought on sampling: try tail sampling.", (_BEFORE, "Hi Priya, did you think about it?")), None),
            Bad(_then("Hi Priya, I am writing for the third time about sampling.", None), "third time"),
        ),
        good=(
            Good(_then("Hi Priya, one more thought on sampling: try tail sampling."), "the first follow-up"),
            Good(_then("Hi Priya, this is my third attempt at tail sampling, and it holds.", None, stage="initial"), "counts tries at something else, in a first message"),
        ),
    ),
    Rule(
        code="FUP005", name="guilt-trip", scored_family="tone", severity=Severity.WARNING,
        summary="The follow-up blames the reader for not answering.",
        why="Nobody owes a stranger an answer; blame makes sure that none comes.",
        message="Leave the reproach out and offer something instead.",
        evidence=("FUP-09",), check=_guilt,
        bad=(
            Bad(_then("Hi Priya, please don't ignore this. It is about sampling."), "please don't ignore"),
            Bad(_then("Hi Priya, I was bummed not to hear from you about sampling."), "bummed not to"),
        ),
        good=(
            Good(_then("Hi Priya, no answer needed if sampling is not your concern any more."), "a way out"),
            Good(_then("Hi Priya, our sampler kept ignoring the header; ignored spans are gone now."), "the sampler ignores, not the reader"),
        ),
    ),
    Rule(
        code="FUP006", name="empty-nudge", scored_family="tone", severity=Severity.HINT,
        summary="“Just checking in”, “bumping this” and their like, with nothing new beside them.",
        why="These are the weakest lines a follow-up can have: they ask for attention and give nothing.",
        message="Replace this by what is new, or by one easy question.",
        evidence=("FUP-09",), check=_nudge_only, reads=("personalization.details",),
        options={"max_new": Option(3, "With more new telling words than this, the nudge is let pass.")},
        bad=(
            Bad(_then("Hi Priya, just checking in on my note about sampling."), "just checking in"),
            Bad(_then("Hi Priya, bumping this to the top of your inbox."), "bumping this"),
        ),
        good=(
            Good(_then("Hi Priya, following up on my note: our tail sampler now drops 4% of spans, and the Grafana bill fell by 300 euros. May I send the config?"), "the nudge comes with news"),
            Good(_then("Hi Priya, do you get many rooms bumping this week?", stage="initial", previous=None), "a first message"),
            Good(_then("Hi Priya, this is not a gentle reminder but a thank you: the fix held."), "spoken off"),
        ),
    ),
    Rule(
        code="FUP007", name="never-heard-back", scored_family="tone", severity=Severity.WARNING,
        summary="The follow-up says that no answer came.",
        why="The reader knows; saying it sounds like a reproach and goes with fewer answers.",
        message="Leave this out and start with what is new.",
        evidence=("FUP-09",), check=_unanswered,
        bad=(
            Bad(_then("Hi Priya, I haven't heard back about sampling."), "I haven't heard back"),
            Bad(_then("Hi Priya, I never heard back from you on sampling."), "I never heard back"),
        ),
        good=(
            Good(_then("Hi Priya, have you heard back from the Kafka people on that bug?"), "another answer is meant"),
            Good(_then("Hi Priya, you did not reply, which is okay; sampling can wait."), "takes the reproach out itself"),
            Good(_then("Hi Priya, I haven't heard back from the bank yet about the licence. May I ask you?", None, stage="initial"), "a first message about somebody else's answer"),
        ),
    ),
    Rule(
        code="FUP008", name="nudge-subject", scored_family="tone", severity=Severity.HINT,
        summary="The subject says only that this is a nudge.",
        why="“Following up” or “2nd attempt” tells the reader nothing and hints at a debt.",
        message="Let the subject name the matter or what is new.",
        evidence=("SEED-12",), check=_nudge_subject,
        options={"max_further_words": Option(1, "Further words up to which the subject says nothing else.")},
        bad=(
            Bad(_then("Hi Priya, our tail sampler now drops 4% of spans.", subject="2nd attempt"), "2nd attempt"),
            Bad(_then("Hi Priya, our tail sampler now drops 4% of spans.", subject="Re: Following up"), "Following up"),
        ),
        good=(
            Good(_then("Hi Priya, our tail sampler now drops 4% of spans.", subject="Reminder: hard hat for Thursday's tour"), "the subject names the matter"),
            Good(_then("Hi Priya, our tail sampler now drops 4% of spans.", subject="Sampling, with numbers"), "names the matter"),
        ),
    ),
    Rule(
        code="FUP009", name="fake-reply", scored_family="spam", severity=Severity.WARNING,
        summary="A first message has a subject that pretends to be a reply.",
        why="A reader who opens a false reply feels tricked.",
        message="Leave “Re:” out; nobody has written to you yet.",
        check=_fake_reply,
        bad=(
            Bad(_then("Hi Priya, could we compare how our teams sample spans?", None, subject="Re: our call", stage="initial"), "Re:"),
            Bad(_then("Hi Priya, could we compare how our teams sample spans?", None, subject="RE: RE: sampling", stage="initial"), "RE: RE:"),
        ),
        good=(
            Good(_then("Hi Priya, our tail sampler now drops 4% of spans.", subject="Re: sampling"), "a follow-up stands in its thread"),
            Good(_then("Hi Priya, could we compare how our teams sample spans?", None, subject="Regarding sampling", stage="initial"), "a word that begins alike"),
        ),
    ),
    Rule(
        code="FUP010", name="same-ask", scored_family="ask", severity=Severity.HINT,
        summary="The ask stands word for word as in the earlier message.",
        why="The same request that got no answer will hardly get one in the same words; a smaller one may.",
        message="Make the ask smaller or easier than last time.",
        evidence=("FUP-10",), check=_same_ask,
        options={"least_share": Option(0.7, "Share of the asking sentence that must be copied."), "left_to_copied": Option(0.3, "From this share of copied text on, copied-text speaks instead.")},
        bad=(
            Bad(_then("Hi Priya, since Monday our tail sampler keeps 9% of spans on cheap disks, and the Grafana bill fell by 300 euros a month. "
                      "Could we compare how our teams sample spans?"), "Could we compare how our teams sample spans"),
            Bad(_then("Dear Mr Holm, the board met, the lease is signed, and the two ovens from Aarhus arrive in June, one of them blue, the other with a door that sticks. "
                      "Would you lend us your dough mixer for a week?", "Dear Mr Holm, would you lend us your dough mixer for a week?"),
                "Would you lend us your dough mixer for a week"),
        ),
        good=(
            Good(_then("Hi Priya, since Monday our tail sampler keeps 9% of spans. Would one graph from your side be possible?"), "a smaller ask"),
            Good(_then("Hi Priya, could we compare how our teams sample spans?", None), "no earlier message is given"),
        ),
    ),
    Rule(
        code="FUP011", name="ultimatum", scored_family="tone", severity=Severity.HINT,
        summary="The follow-up threatens to close the file or counts itself as the last.",
        why="The break-up message is a known sales trick and puts a stranger under pressure.",
        message="Leave the threat out; a plain way to say no is kinder.",
        check=_ultimatum,
        bad=(
            Bad(_then("Hi Priya, shall I close out your file on sampling?"), "close out your file"),
            Bad(_then("Hi Priya, this is my last email about sampling."), "my last email"),
        ),
        good=(
            Good(_then("Hi Priya, a plain no is fine too; then sampling stays my own problem."), "a way out without a threat"),
            Good(_then("Hi Priya, tail sampling lets me close the file handles early.", None, stage="initial"), "a first message"),
        ),
    ),
    Rule(
        code="FUP012", name="long-follow-up", scored_family="length", severity=Severity.HINT,
        summary="The follow-up is long, and longer than the message it follows up on.",
        why="Whoever had no time for the first message has none for a longer one.",
        message="Cut it to the one new thing and one question.",
        check=_too_long,
        options={"max_words": Option(180, "Words up to which a follow-up is never too long."), "times_longer": Option(1.5, "How many times the last message's words it may have.")},
        bad=(
            Bad(_then(f"Hi Priya, about sampling. {_LONG}"), None),
            Bad(_then(f"Hi Priya, about tracing in Leeds. {_LONG}"), None),
        ),
        good=(
            Good(_then("Hi Priya, about sampling: our tail sampler now drops 4% of spans, down from 30. May I send the graph?"), "short"),
            Good(_then(f"Hi Priya, about sampling. {_LONG}", _LONG), "no longer than the first message"),
        ),
    ),
)  # fmt: skip
