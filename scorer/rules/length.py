"""Rules of the length family: hard limits, size, sentences, layout, subject line."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from scorer.features import length as measure
from scorer.limits import limits
from scorer.parse.parsed import ParsedDraft
from scorer.rules.base import Bad, Check, Context, Good, Hit, Option, Rule
from scorer.rules.checks import above
from scorer.schema import Draft, Edit, Fix, Severity, Span

_WORDS = "I met your team at the harbour fair and liked the way you showed the new pump to the pupils. "
_NOTE = "I saw the pump you showed at the harbour fair. "


def _over_limit(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    limit = limits().hard_limit(parsed.draft.channel, parsed.draft.account)
    span = None if limit is None else measure.overflow(parsed, limit)
    if limit is None or span is None:
        return
    over = measure.characters(parsed) - limit
    yield Hit(
        span,
        f"This is {over} characters over the limit of {limit}: cut it, or it can't be sent as it stands.",
    )


def _may_overflow(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    limit = limits().hard_limit(parsed.draft.channel, parsed.draft.account)
    if limit is None or not parsed.placeholders:
        return
    worst = measure.worst_case(parsed)
    if worst > limit:
        yield Hit(
            None,
            f"With long names and firms filled in this grows to {worst} characters, and {limit} fit: leave more room.",
        )


def _subject_over_limit(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    limit = limits().hard_limit(parsed.draft.channel, parsed.draft.account, "subject")
    subject = parsed.draft.subject or ""
    if limit is not None and len(subject.strip()) > limit:
        start = len(subject) - len(subject.lstrip())
        yield Hit(Span(start + limit, len(subject.rstrip()), "subject"))


def _too_short(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    if parsed.draft.channel == "connection_note":
        return
    band = limits().band(parsed.draft.channel, parsed.draft.stage)
    if 0 < len(parsed.words) < min(band.least, context.number("words")):
        yield Hit()


def _short_note(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    if parsed.draft.channel == "connection_note" and 0 < measure.characters(parsed) < context.number(
        "characters"
    ):
        yield Hit()


def _too_long(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    if parsed.draft.channel in ("connection_note", "inmail"):
        return
    band = limits().band(parsed.draft.channel, parsed.draft.stage)
    words, slack = len(parsed.words), context.number("slack")
    if words > band.strong * slack:
        yield Hit(
            None, f"{words} words is far too long for this kind of message: keep the one point and the one ask, and offer the rest.",
            severity=Severity.WARNING,
        )  # fmt: skip
    elif words > band.acceptable * slack:
        yield Hit(
            None,
            f"{words} words ask a lot of a busy reader; about {band.high} are plenty here.",
            severity=Severity.HINT,
        )


def _inmail_step(low: int, high: float) -> Check:
    def check(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
        if parsed.draft.channel == "inmail" and low < measure.characters(parsed) <= high:
            yield Hit()

    return check


def _long_sentences(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    for sentence, words in parsed.main_sentences:
        if words > context.number("words") and "\n" not in sentence.text:
            yield Hit(parsed.span(sentence.start, sentence.end))


_BORDER = re.compile(r"(?<=[.!?])[ ]{1,2}(?=[A-Z\"'(])")
# Full stops that end no sentence.
_ABBREVIATED = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|prof|st|no|vs|inc|ltd|e\.g|i\.e|etc|approx|[a-z])\.)$", re.IGNORECASE
)
_LONGEST_ABBREVIATION = 8
_BREAK_AFTER = 40


def _walls(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    limit = int(context.number("words"))
    for start, end, words in parsed.paragraphs:
        if words > limit:
            yield Hit(parsed.span(start, end), fix=_breaks(parsed, start, end))


def _breaks(parsed: ParsedDraft, start: int, end: int) -> Fix | None:
    """Return a fix that sets an empty line wherever a paragraph has grown long and a sentence ends."""
    sentences = {sentence.start for sentence, _ in parsed.main_sentences}
    edits: list[Edit] = []
    begun = start
    borders = [
        (match.start(), match.end()) for match in _BORDER.finditer(parsed.text, start, end)
        if match.end() in sentences
        and not _ABBREVIATED.search(parsed.text, max(start, match.start() - _LONGEST_ABBREVIATION), match.start())
    ]  # fmt: skip
    for index, (left, right) in enumerate(borders):
        following = borders[index + 1][0] if index + 1 < len(borders) else end
        if parsed.count_words(begun, following) > _BREAK_AFTER:
            span = parsed.span(left, right)
            edits.append(Edit(span.start, span.end, "\n\n"))
            begun = right
    return Fix(tuple(edits), safe=True, title="Set empty lines between sentences") if edits else None


def _reading_grade(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    grade = measure.median_grade(parsed)
    if not math.isnan(grade) and grade > context.number("grade"):
        yield Hit()


def _subject_missing(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    if measure.has_subject_line(parsed) and not measure.subject_words(parsed):
        if parsed.draft.channel == "email" and parsed.draft.stage == "follow_up":
            return
        yield Hit(severity=Severity.ERROR if parsed.draft.channel == "inmail" else None)


def _subject_span(parsed: ParsedDraft) -> Span:
    subject = parsed.draft.subject or ""
    return Span(len(subject) - len(subject.lstrip()), len(subject.rstrip()), "subject")


def _subject_too_long(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    if not measure.has_subject_line(parsed):
        return
    size = len((parsed.draft.subject or "").strip())
    if measure.subject_words(parsed) > context.number("words") or size > context.number("characters"):
        yield Hit(_subject_span(parsed))


_EMPTY_SUBJECT = re.compile(
    r"(?:re: |fwd: )?(?:hi|hello|hey|hi there|hello there|greetings|question|a question|quick question|quick call|quick chat|chat|call|meeting|connect|connecting|"
    r"let'?s connect|let'?s chat|let'?s talk|introduction|intro|opportunity|an opportunity|exciting opportunity|job|job opportunity|new opportunity|request|help|help needed|inquiry|enquiry|"
    r"following up|follow up|follow-up|checking in|touching base|just checking in|reaching out|networking|collaboration|partnership|business|business proposal|proposal|"
    r"important|urgent|no subject|subject|hi dear|dear sir|job application|application|resume|cv)[\s.!?,:]*",
    re.IGNORECASE,
)


def _empty_subject(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    subject = (parsed.draft.subject or "").strip()
    if measure.has_subject_line(parsed) and subject and _EMPTY_SUBJECT.fullmatch(subject):
        yield Hit(_subject_span(parsed))


def _subject_unseen(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    if not measure.has_subject_line(parsed) and measure.subject_words(parsed):
        yield Hit(_subject_span(parsed))


def _staccato(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    enough = len(parsed.paragraphs) >= context.number("paragraphs") and len(
        parsed.main_sentences
    ) >= context.number("paragraphs")
    if enough and measure.line_per_sentence(parsed) > context.number("share"):
        short = [words for _, _, words in parsed.paragraphs if words <= context.number("words")]
        if 2 * len(short) > len(parsed.paragraphs):
            yield Hit()


def _draft(text: str, **fields: object) -> Draft:
    return Draft.from_dict({"text": text, **fields})


_BAND_SOURCES = ("LEN-06", "LEN-08")
_LONG = (
    "I wanted to write because the note that you left under the survey of river gauges last spring made me change how "
    "our little team reads its own sensors every single morning before the first of the boats go out to the gauges."
)
_WALL_A = (
    "Last spring I walked the canal with your survey in my hand. It named every lock and every leak. "
    "My crew of four mends those leaks and we never had such a map before."
)
_WALL_B = "Since then the boats leave on time, the pupils come along on Fridays, and the old lock keeper has found a job that he likes. We now plan the whole season from it."
_WALL_C = (
    "I would like to know how you chose the order of the walks, because the order saved us two weeks. "
    "Would you tell me in a line or two?"
)
_DENSE = (
    "Comprehensive organisational transformation necessitates multidisciplinary collaboration between operational "
    "departments. Our consultancy facilitates sophisticated technological implementations and infrastructure "
    "modernisation, thereby accelerating competitive differentiation across geographically distributed manufacturing enterprises and "
    "international subsidiaries."
)
_EASY = (
    "I read your note on the gripper last week. It helped our small team fix a stubborn fault. "
    "We run a warehouse in Leeds with forty robots. Could you tell me which sensor you chose in the end?"
)
_LINES = "It broke.\n\nWe fixed it.\n\nIt broke again.\n\nThen we learned.\n\nSlowly.\n\nAnd now it runs."


RULES: tuple[Rule, ...] = (
    Rule(
        code="LEN001", name="over-limit", summary="The text is longer than the channel takes.",
        why="LinkedIn cuts off or refuses what is over the limit of the channel and account, so the ask may never arrive.",
        message="Cut the part that is over the limit, or it can't be sent as it stands.",
        severity=Severity.ERROR, evidence=("PLT-01", "PLT-02", "PLT-07", "PLT-08"), check=_over_limit, scored_family="length", kinds=("draft",),
        bad=(
            Bad(_draft(_NOTE * 4 + "Could we connect?", channel="connection_note"), "nect?"),
            Bad(_draft("x" * 1905, channel="inmail"), "xxxxx"),
        ),
        good=(
            Good(_draft(_NOTE * 4 + "Could we connect?", channel="connection_note", account="premium"), "a paid account may write 300 characters"),
            Good(_draft("x" * 199 + "\r\n\r\n", channel="connection_note"), "line ends behind the text are not sent"),
            Good(_draft("x" * 3000, channel="email"), "e-mail has no limit"),
        ),
        reads=("length.characters_over_limit",),
    ),
    Rule(
        code="LEN002", name="template-may-overflow", summary="A template outgrows the limit once long values are filled in.",
        why="The template fits as it stands, but a long name or firm pushes the end of the message over the limit.",
        message="Shorten the fixed words so that long values still fit.",
        severity=Severity.WARNING, evidence=("PLT-01", "PLT-02"), check=_may_overflow, scored_family="length", kinds=("template",),
        bad=(
            Bad(_draft("Hi {{first_name}}, " + _NOTE * 3 + "Greetings to {{company}}.", channel="connection_note"), None),
            Bad(_draft("Hi {{first_name}} at {{company}}, " + "x" * 160, channel="connection_note"), None),
        ),
        good=(
            Good(_draft("Hi {{first_name}}, " + _NOTE * 2 + "Greetings to {{company}}.", channel="connection_note"), "long values fit"),
            Good(_draft("Hi {{first_name}}, " + _NOTE * 9 + "Greetings to {{company}}.", channel="email"), "e-mail has no limit"),
        ),
        reads=("length.worst_case_share",),
    ),
    Rule(
        code="LEN003", name="subject-over-limit", summary="The subject line is longer than the channel takes.",
        why="An InMail's subject is a field of limited size; the rest is cut off.",
        message="Shorten the subject line; what is marked does not fit.",
        severity=Severity.ERROR, evidence=("PLT-06",), check=_subject_over_limit, scored_family="length", kinds=("draft",),
        bad=(
            Bad(_draft(_EASY, subject="s" * 203, channel="inmail"), "sss"),
            Bad(_draft(_EASY, subject="a b " * 50 + "end", channel="inmail"), "end"),
        ),
        good=(
            Good(_draft(_EASY, subject="s" * 200 + "   ", channel="inmail"), "spaces behind the subject are not sent"),
            Good(_draft(_EASY, subject="s" * 203, channel="email"), "an e-mail's subject has no hard limit"),
        ),
    ),
    Rule(
        code="LEN004", name="too-short", summary="The message is too short to say why it comes.",
        why="A handful of words leaves the reader to guess who writes, why, and what an answer would be good for.",
        message="Say in a sentence or two who you are, why you write to this reader, and what you would like.",
        severity=Severity.WARNING, evidence=("LEN-08",), check=_too_short, scored_family="length", kinds=("draft",),
        options={"words": Option(10, "words below which a message is too short (a follow-up has its own, smaller figure)")},
        bad=(Bad(_draft("Hi Ana, can we talk?"), None), Bad(_draft("Please see my profile.", channel="inmail", subject="Work"), None)),
        good=(
            Good(_draft("Hi Ana, did the pump arrive in one piece after all?"), "ten words and a clear question"),
            Good(_draft("Hi Ana, did the pump arrive?", stage="follow_up"), "a nudge in a running thread may be short"),
            Good(_draft("Hi Ana, can we connect?", channel="connection_note"), "notes have a rule of their own"),
        ),
        reads=("length.very_short", "length.words"),
    ),
    Rule(
        code="LEN005", name="short-note", summary="The connection note says next to nothing.",
        why="A few words of note give no reason to accept; without them the invitation would look the same.",
        message="Use the room: one detail about this reader and why you would like to connect.",
        severity=Severity.HINT, check=_short_note, scored_family="length", kinds=("draft",),
        options={"characters": Option(40, "characters below which a note says nothing")},
        bad=(
            Bad(_draft("Let's connect!", channel="connection_note"), None),
            Bad(_draft("Hi Ana, I'd like to connect.", channel="connection_note"), None),
        ),
        good=(
            Good(_draft("Your lock-gate talk in Leeds sold me on oak.", channel="connection_note"), "short, and it says something"),
            Good(_draft("Let's connect!", channel="message"), "no note"),
        ),
        reads=("length.characters",),
    ),
    Rule(
        code="LEN006", name="too-long", summary="The message is longer than its channel and stage bear.",
        why="Busy readers put long requests off; a short one was answered more often in a randomised trial.",
        message="Keep the one point and the one ask, and offer to send the rest.",
        severity=Severity.HINT, evidence=("LEN-06", "LEN-08", "LEN-10", "LEN-13"), check=_too_long, scored_family="length",
        options={"slack": Option(1.15, "factor on the lengths of the limits file")},
        bad=(
            Bad(_draft(_WORDS * 8), None),
            Bad(_draft(_WORDS * 11, channel="email", subject="Pump"), None),
            Bad(_draft(_WORDS * 6, stage="follow_up"), None),
        ),
        good=(
            Good(_draft(_WORDS * 6), "a hundred words and some: acceptable in a message"),
            Good(_draft(_WORDS * 7, channel="email", subject="Pump"), "an e-mail may be longer"),
            Good(_draft(_WORDS * 9, channel="inmail", subject="Pump"), "InMail has rules of its own"),
        ),
        reads=("length.words", "length.words_above_band"),
    ),
    Rule(
        code="LEN007", name="inmail-over-400", summary="An InMail of 401 to 800 characters.",
        why="LinkedIn's own figures show the best answers up to 400 characters.",
        message="If something can go without loss, let it: up to 400 characters do best in an InMail.",
        severity=Severity.HINT, evidence=("LEN-01", "LEN-02"), check=_inmail_step(400, 800), scored_family="length",
        bad=(
            Bad(_draft("x" * 401, channel="inmail", subject="Pump"), None),
            Bad(_draft(_WORDS * 6, channel="inmail", subject="Pump"), None),
        ),
        good=(
            Good(_draft("x" * 400 + "  \n", channel="inmail", subject="Pump"), "white space at the end does not count"),
            Good(_draft("x" * 401, channel="message"), "no InMail"),
        ),
        reads=("length.inmail_over_400",), default=False,
    ),
    Rule(
        code="LEN008", name="inmail-over-800", summary="An InMail of 801 to 1,200 characters.",
        why="From 800 characters on, InMails are answered less than the average one.",
        message="Bring it under 800 characters: one detail, one reason, one question.",
        severity=Severity.WARNING, evidence=("LEN-02", "LEN-03"), check=_inmail_step(800, 1200), scored_family="length",
        bad=(
            Bad(_draft("x" * 801, channel="inmail", subject="Pump"), None),
            Bad(_draft(_WORDS * 10, channel="inmail", subject="Pump"), None),
        ),
        good=(
            Good(_draft("x" * 800, channel="inmail", subject="Pump"), "just 800"),
            Good(_draft("x" * 801, channel="email", subject="Pump"), "no InMail"),
        ),
        reads=("length.inmail_over_800",),
    ),
    Rule(
        code="LEN009", name="inmail-over-1200", summary="An InMail of more than 1,200 characters.",
        why="The longest InMails are answered least of all.",
        message="Cut at least a third: keep what only this reader would get, and offer to send the rest.",
        severity=Severity.WARNING, evidence=("LEN-04", "LEN-17"), check=_inmail_step(1200, math.inf), scored_family="length",
        bad=(
            Bad(_draft("x" * 1201, channel="inmail", subject="Pump"), None),
            Bad(_draft(_WORDS * 14, channel="inmail", subject="Pump"), None),
        ),
        good=(
            Good(_draft("x" * 1200, channel="inmail", subject="Pump"), "just 1,200, where the milder rule speaks"),
            Good(_draft("x" * 1201, channel="message"), "no InMail"),
        ),
        reads=("length.inmail_over_1200",),
    ),
    Rule(
        code="LEN010", name="long-sentence", summary="A sentence that runs on.",
        why="A sentence that must be read twice on a phone often is not read twice.",
        message="Split this sentence in two; one thought each.",
        severity=Severity.HINT, evidence=("REA-01", "REA-03"), check=_long_sentences, scored_family="length",
        options={"words": Option(40, "words above which a sentence is too long")},
        bad=(Bad(_draft(f"Hi Ana, {_LONG} Thanks, Tom"), _LONG), Bad(_draft(_LONG), _LONG)),
        good=(
            Good(_draft("We mend locks, gates, pumps, valves, winches, hulls and masts. We do it all year. Come and see us in May."), "a list in a short sentence"),
            Good(_draft("Hi Ana,\n- " + "\n- ".join(["two pumps for the north lock"] * 8)), "list items, each short"),
        ),
        reads=("length.long_sentences", "length.longest_sentence_words"),
    ),
    Rule(
        code="LEN011", name="wall-of-text", summary="A long paragraph without a break.",
        why="A block of text looks like work; requests with a blank line were granted a little more often.",
        message="Break this paragraph where the thought turns.",
        severity=Severity.HINT, evidence=("REA-05",), check=_walls, scored_family="length",
        options={"words": Option(90, "words above which a paragraph is a wall")},
        bad=(
            Bad(_draft(f"{_WALL_A} {_WALL_B} {_WALL_C}"), f"{_WALL_A} {_WALL_B} {_WALL_C}", f"{_WALL_A}\n\n{_WALL_B}\n\n{_WALL_C}"),
            Bad(_draft("word " * 91 + "end."), "word " * 91 + "end."),
        ),
        good=(
            Good(_draft(f"{_WALL_A} {_WALL_B}\n\n{_WALL_C}"), "the break is there"),
            Good(_draft(f"{_WALL_A} {_WALL_B}\n{_WALL_C}"), "a line break is a break too"),
        ),
        reads=("length.walls_of_text", "length.longest_paragraph_words"),
    ),
    Rule(
        code="LEN012", name="reading-grade", summary="The text reads harder than a first message should.",
        why="Long words in long sentences slow the reader down; plain ones got slightly more answers.",
        message="Use shorter words and sentences, as you would say it aloud.",
        severity=Severity.HINT, evidence=("REA-01", "REA-03"), check=_reading_grade, scored_family="length",
        options={"grade": Option(13, "median school grade of four formulas above which the rule speaks")},
        bad=(Bad(_draft(_DENSE), None), Bad(_draft(f"Hi Ana,\n\n{_DENSE}\n\nBest,\nTom", channel="email", subject="Pump"), None)),
        good=(
            Good(_draft(_EASY), "plain words"),
            Good(_draft("Transformation necessitates collaboration, Ana."), "too short for a grade to mean anything"),
        ),
        reads=("length.grade_over_ten",),
    ),
    Rule(
        code="LEN013", name="subject-missing", summary="An InMail or e-mail has no subject line.",
        why="An InMail can't be sent without a subject, and an e-mail without one is refused more often.",
        message="Add a subject of three to seven words that names your point.",
        severity=Severity.WARNING, evidence=("SUB-01", "SUB-05", "PLT-06"), check=_subject_missing, scored_family="length",
        bad=(Bad(_draft(_EASY, channel="inmail"), None), Bad(_draft(_EASY, channel="email", subject="  "), None)),
        good=(
            Good(_draft(_EASY, channel="message"), "a message has no subject"),
            Good(_draft(_EASY, channel="email", stage="follow_up"), "a follow-up stays in the thread"),
        ),
        reads=("length.subject_missing",),
    ),
    Rule(
        code="LEN014", name="subject-too-long", summary="The subject line is longer than a phone shows.",
        why="A long subject is cut off before its point, and short ones are the common ground of the studies.",
        message="Bring the subject down to three to seven words; put the telling word first.",
        severity=Severity.HINT, evidence=("SUB-01", "SUB-02"), check=_subject_too_long, scored_family="length",
        options={"words": Option(13, "words above which it is too long"), "characters": Option(75, "characters above which it is too long")},
        bad=(
            Bad(_draft(_EASY, channel="email", subject="A short question on how you keep all those pumps of yours going in winter"), "A short question on how you keep all those pumps of yours going in winter"),
            Bad(_draft(_EASY, channel="inmail", subject="Interdepartmental infrastructure collaboration possibilities, Rotterdam harbour"), "Interdepartmental infrastructure collaboration possibilities, Rotterdam harbour"),
        ),
        good=(
            Good(_draft(_EASY, channel="email", subject="How you keep the Leeds pumps going"), "seven words"),
            Good(_draft(_EASY, channel="inmail", subject="Rotterdam gripper talk: one question on the sensor"), "50 characters"),
        ),
        reads=("length.subject_words", "length.subject_characters"),
    ),
    Rule(
        code="LEN015", name="subject-says-nothing", summary="A subject line that would fit any message.",
        why="A subject that names nothing gives no reason to open the message, and looks like a mailing.",
        message="Name the thing you write about, in words this reader knows.",
        severity=Severity.HINT, evidence=("SUB-01", "SUB-06"), check=_empty_subject, scored_family="length",
        bad=(
            Bad(_draft(_EASY, channel="inmail", subject="Quick question"), "Quick question"),
            Bad(_draft(_EASY, channel="email", subject="Hello!"), "Hello!"),
        ),
        good=(
            Good(_draft(_EASY, channel="inmail", subject="Quick question on the Leeds gripper"), "the thing is named"),
            Good(_draft(_EASY, channel="email", subject="Meeting at lock 7"), "a certain meeting"),
        ),
        reads=("length.subject_words",),
    ),
    Rule(
        code="LEN016", name="subject-unseen", summary="A subject line on a channel that has none.",
        why="Notes and messages show no subject line, so what stands there never reaches the reader.",
        message="Move what matters into the text; this channel shows no subject.",
        severity=Severity.HINT, evidence=("SUB-01",), check=_subject_unseen, scored_family="length",
        bad=(
            Bad(_draft(_EASY, subject="The gripper"), "The gripper"),
            Bad(_draft(_NOTE, channel="connection_note", subject=" Hello Ana "), "Hello Ana"),
        ),
        good=(
            Good(_draft(_EASY, channel="email", subject="The gripper"), "e-mail shows it"),
            Good(_draft(_EASY, subject=" "), "nothing is lost"),
        ),
    ),
    Rule(
        code="LEN017", name="line-per-sentence", summary="Every short sentence stands on a line of its own.",
        why="One line for each sentence reads like a viral post, and hides which thoughts belong together.",
        message="Join the lines that belong together into two or three short paragraphs.",
        severity=Severity.HINT, check=_staccato, scored_family="length",
        options={
            "paragraphs": Option(6, "paragraphs from which on it is looked for"),
            "share": Option(0.8, "share of one-sentence paragraphs above which it fires"),
            "words": Option(12, "words up to which a paragraph is a short line"),
        },
        bad=(Bad(_draft(_LINES), None), Bad(_draft(f"Hi Ana,\n\n{_LINES}\n\nBest,\nTom"), None)),
        good=(
            Good(_draft("Hi Ana,\n\nIt broke again.\n\nCould you look at it?\n\nBest,\nTom"), "a short message"),
            Good(_draft("Hi Ana,\n\nWe need:\n- two pumps\n- a valve\n- some rope\n- a winch\n- oil\n- grease\n\nCould you send them?"), "a list"),
        ),
        reads=("length.line_per_sentence", "length.paragraphs"),
    ),
    Rule(
        code="LEN018", name="too-many-list-items", summary="A long list in a personal message.",
        why="A list of many points looks like a brochure or a form, and asks for a point-by-point answer.",
        message="Keep the two or three points that matter to this reader and say them in a sentence.",
        severity=Severity.HINT, check=above("length.list_items", "items", point=False), scored_family="length",
        options={"items": Option(4, "items above which the list is too long")},
        bad=(
            Bad(_draft("Hi Ana,\n\nWe mend boats:\n- pumps\n- valves\n- winches\n- hulls\n- masts\n\nIs that of interest to you?"), None),
            Bad(_draft("Hi Ana,\n\nMy questions:\n1. Who?\n2. What?\n3. When?\n4. Where?\n5. Why?\n\nThanks for each answer."), None),
        ),
        good=(
            Good(_draft("Hi Ana,\n\nTwo dates:\n- 4 May\n- 6 May\n\nWhich one?"), "a short list to choose from"),
            Good(_draft("Hi Ana - it came - at last - in one - long - piece - here."), "dashes, no list"),
        ),
        reads=("length.list_items",),
    ),
)  # fmt: skip
