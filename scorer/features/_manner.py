"""How the draft treats the reader: pressure, praise, begging, blame, jargon, and what it offers."""

from __future__ import annotations

import math
import re

from scorer.features._phrases import phrases, places, shown
from scorer.features.base import UNDEFINED, Example, Feature
from scorer.parse.parsed import ParsedDraft
from scorer.parse.writing import Range
from scorer.schema import Draft, Measurement

# Something that makes an offer concrete: a figure, a name, or a thing that can be handed over.
_CONCRETE = re.compile(
    r"\d|[£€$]|\b(?:half|two|three|four|five|six|seven|eight|nine|ten|a dozen|report|notes?|data|figures?|"
    r"copy|copies|list|draft|photos?|pictures?|recording|slides?|sample|samples|template|guide|chapter|drawings?|"
    r"coffee|lunch|tickets?|introduction|introduce|review|spreadsheet|sheet|map|plan|salary|pay|paid|fee|"
    r"expenses|credit|equity|remote|results?|scan|test|write-up|summary|code|script|link|file)\b",
    re.IGNORECASE,
)
_TRIPLET_HEAD = re.compile(r"(?:[a-z]{3,} ){0,2}[a-z]{3,}, (?:[a-z]{3,} ){0,2}[a-z]{3,},? and $")


def _praise_stack(parsed: ParsedDraft) -> Measurement:
    """Largest number of words of praise within one sentence."""
    hits = parsed.hits("ton_praise")
    best: list[Range] = []
    for sentence in parsed.sentences if len(hits) > 1 else ():
        inside = [(hit.start, hit.end) for hit in hits if sentence.start <= hit.start < sentence.end]
        if len(inside) > len(best):
            best = inside
    if not best and hits:
        best = [(hits[0].start, hits[0].end)]
    return Measurement(float(len(best)), tuple(parsed.span(*span) for span in best))


def cold_demands(parsed: ParsedDraft) -> tuple[Range, ...]:
    """Return the imperative asks without any softening word, whole sentences."""
    soft = [hit.start for hit in parsed.hits("ton_indirect_request", "ton_hedges", "ton_gratitude")]
    return tuple(
        (ask.start, ask.end)
        for ask in parsed.asks
        if ask.direct
        and not ask.question
        and ask.kind != "connect"
        and not any(ask.start <= start < ask.end for start in soft)
    )


# Of these even a mention outside an address is an address.
_ALWAYS = ("my dear", "my friend", "dear friend", "dear one", "dearest")


def addresses(parsed: ParsedDraft) -> tuple[Range, ...]:
    """Return the chummy forms of address: in the greeting, or set off by commas or the sentence's ends."""
    found: list[Range] = []
    for hit in parsed.hits("ton_familiarity", innocent=True):
        before, after = parsed.text[: hit.start].rstrip(" "), parsed.text[hit.end :].lstrip(" ")
        greeting = hit.start < parsed.body_start and before != ""
        called = before[-1:] in {",", "", ".", "!", "?", "\n"} and after[:1] in {",", ".", "!", "?", "\n", ""}
        thanked = before.lower().endswith(
            ("thanks", "thank you", "hey", "hi", "hello", "yo", "cheers", "please")
        )
        if (
            greeting
            or (called and before[-1:] in {",", ""})
            or thanked
            or (hit.entry.startswith(_ALWAYS) and after[:1] in {",", "\n"})
        ):
            found.append((hit.start, hit.end))
    return tuple(found)


def _offers(parsed: ParsedDraft, *, specific: bool) -> tuple[Range, ...]:
    vague = {hit.start for hit in parsed.hits("ton_vague_value")}
    found: list[Range] = []
    for hit in parsed.hits("ton_value"):
        sentence = parsed.sentence_at(hit.start)
        if sentence is None or sentence.roles & {"greeting", "sign_off", "signature"}:
            continue
        words = parsed.text[hit.start : sentence.end]
        figure = any(char.isdigit() for char in words)
        clouded = any(sentence.start <= start < sentence.end for start in vague)
        concrete = figure or (not clouded and _CONCRETE.search(words) is not None)
        if concrete or not specific:
            found.append((hit.start, hit.end))
    return tuple(found)


def faces(parsed: ParsedDraft) -> tuple[Range, ...]:
    """Return emoji and text faces; what begins with 8 or x is a number or a factor unless it laughs."""
    return tuple(
        (start, end)
        for start, end in parsed.emojis
        if parsed.text[start] not in "8xX" or parsed.text[start:end].lower() == "xd"
    )


def names_a_thing(parsed: ParsedDraft) -> bool:
    """Tell whether the main part holds a figure or a thing that can be handed over."""
    return _CONCRETE.search(parsed.text, parsed.body_start, parsed.signature_start) is not None


def _triplets(parsed: ParsedDraft) -> tuple[Range, ...]:
    text = parsed.text
    found: list[Range] = []
    index = text.find(" and ")
    while index >= 0:
        end = index + 5
        begin = max(0, index - 70)
        if "," in text[begin:index] and text[end : end + 1].islower():
            head = _TRIPLET_HEAD.search(text, begin, end)
            if head is not None:
                found.append((head.start(), end))
        index = text.find(" and ", end)
    return tuple(found)


def _dashes(parsed: ParsedDraft) -> tuple[Range, ...]:
    return parsed.writing.dashes


def _exclamations(parsed: ParsedDraft) -> Measurement:
    text, main = parsed.text, parsed.writing.main_sentences
    if not main:
        return UNDEFINED
    marks = [index for index, char in enumerate(text) if char == "!"] if "!" in text else []
    return Measurement(float(len(marks)), tuple(parsed.span(index, index + 1) for index in marks))


MANNER: tuple[Feature, ...] = (
    phrases(
        "pressure",
        "Words that push the reader to act.",
        "ton_pressure",
        direction="lower_better",
        examples=(
            shown("I need an answer today, please reply asap.", 2, "I need an answer", "reply asap"),
            shown("Take your time, Friday is fine too.", 0),
        ),
    ),
    phrases(
        "guilt",
        "Words that make the reader feel guilty.",
        "ton_guilt",
        direction="lower_better",
        evidence=("FUP-09",),
        examples=(
            shown("You never replied to my first note.", 1, "You never replied"),
            shown("My first note was about the kiln.", 0),
        ),
    ),
    phrases(
        "gushing",
        "Praise and joy beyond what a stranger can mean.",
        "ton_gushing",
        direction="lower_better",
        evidence=("TON-01",),
        examples=(
            shown("I was blown away, you are a living legend!", 2, "blown away", "living legend"),
            shown("Your note on glazes fixed my kiln.", 0),
        ),
    ),
    Feature(
        name="tone.praise_stack",
        summary="Most words of praise within one sentence.",
        unit="words",
        low=0,
        high=math.inf,
        extract=_praise_stack,
        direction="lower_better",
        evidence=("TON-01",),
        examples=(
            shown(
                "Your extraordinary vision and remarkable leadership led here.",
                4,
                "extraordinary",
                "vision",
                "remarkable",
                "leadership",
            ),
            shown("Your note on glazes fixed my kiln.", 0),
        ),
    ),
    phrases(
        "begging",
        "Pleading, and making oneself small.",
        "ton_begging",
        direction="lower_better",
        examples=(
            shown("I beg you, any job will do.", 2, "I beg you", "any job will do"),
            shown("I am looking for a post in Kochi.", 0),
        ),
    ),
    phrases(
        "criticism",
        "Faults found with the reader's work or firm.",
        "ton_criticism",
        direction="lower_better",
        evidence=("TON-01",),
        examples=(
            shown(
                "Your website is outdated and you are losing clients.",
                2,
                "Your website is outdated",
                "you are losing",
            ),
            shown("The link on page two of your website is dead.", 0),
        ),
    ),
    phrases(
        "rudeness",
        "Rude, scornful or dismissive remarks.",
        "ton_rude",
        direction="lower_better",
        evidence=("TON-03",),
        examples=(
            shown(
                "Are you even reading this? What a waste of my time.",
                2,
                "Are you even reading",
                "waste of my time",
            ),
            shown("Have you had time to read this?", 0),
        ),
    ),
    phrases(
        "arrogance",
        "Telling the reader what they need or think.",
        "ton_arrogance",
        direction="lower_better",
        examples=(
            shown("You need our tool, you'll thank me.", 2, "You need our", "you'll thank me"),
            shown("Do you still mill your own flour?", 0),
        ),
    ),
    places(
        "cold_demands",
        "Commands without any softening word.",
        cold_demands,
        unit="sentences",
        direction="lower_better",
        evidence=("TON-02",),
        examples=(
            shown("Send me your phone list.", 1, "Send me your phone list."),
            shown("Could you send me your phone list?", 0),
        ),
    ),
    phrases(
        "demand_phrases",
        "Wordings of a demand.",
        "ton_demand",
        direction="lower_better",
        evidence=("TON-02",),
        examples=(
            shown("Give me a job. Call me back.", 2, "Give me a job", "Call me back"),
            shown("A call would be welcome.", 0),
        ),
    ),
    phrases(
        "netspeak",
        "Chat spellings and abbreviations.",
        "ton_netspeak",
        direction="lower_better",
        evidence=("REA-07",),
        examples=(
            shown("can u send it pls", 2, "u", "pls"),
            shown("Can you send it please?", 0),
        ),
    ),
    phrases(
        "slang",
        "Slang and chummy words.",
        "ton_slang",
        direction="lower_better",
        examples=(
            shown("Dude, you are crushing it.", 2, "Dude", "crushing it"),
            shown("You have had a good year.", 0),
        ),
    ),
    phrases(
        "officialese",
        "Stiff or archaic office English.",
        "ton_officialese",
        direction="lower_better",
        examples=(
            shown("I hereby apply. Kindly do the needful.", 2, "I hereby", "Kindly do the needful"),
            shown("I would like to apply. Could you pass it on?", 0),
        ),
    ),
    phrases(
        "stock_phrases",
        "Different stock phrases of machine-written text.",
        "ton_machine",
        direction="lower_better",
        distinct=True,
        evidence=("PER-13",),
        examples=(
            shown("I hope this message finds you well. Your journey is a testament to grit.", 3),
            shown("The onions sprouted at eighty per cent humidity.", 0),
        ),
    ),
    places(
        "triplets",
        "Lists of three that are balanced for the sound.",
        _triplets,
        unit="lists",
        direction="none",
        examples=(
            shown("A team with passion, vision, and grit.", 1),
            shown("A team of three with one van.", 0),
        ),
    ),
    places(
        "dashes",
        "Dashes between words.",
        _dashes,
        unit="dashes",
        direction="none",
        examples=(
            shown("It is late — again — and cold.", 2, "—", "—"),
            shown("It is late, again, and cold.", 0),
        ),
    ),
    phrases(
        "stock_openers",
        "First sentences that could open any message.",
        "ton_openers",
        direction="lower_better",
        evidence=("PER-13", "PER-14"),
        examples=(
            shown("I hope you are doing well. The kiln is free.", 1, "I hope you are doing well"),
            shown("The kiln is free on Friday.", 0),
        ),
    ),
    phrases(
        "stock_closers",
        "Last sentences that could close any message.",
        "ton_closers",
        direction="none",
        examples=(
            shown(
                "The kiln is free. Looking forward to hearing from you.",
                1,
                "Looking forward to hearing from you",
            ),
            shown("The kiln is free on Friday.", 0),
        ),
    ),
    phrases(
        "cliches",
        "Corporate clichés and jargon.",
        "ton_cliche",
        direction="lower_better",
        examples=(
            shown("Let's touch base about low-hanging fruit.", 2, "touch base", "low-hanging fruit"),
            shown("Let's talk about the boiler.", 0),
        ),
    ),
    places(
        "offers",
        "Words that offer the reader something.",
        lambda p: _offers(p, specific=False),
        unit="offers",
        direction="higher_better",
        evidence=("VAL-01", "VAL-03"),
        examples=(
            shown("I'd be happy to share what we found.", 1),
            shown("We found it in the loft.", 0),
        ),
    ),
    places(
        "concrete_offers",
        "Offers that name a figure or a thing.",
        lambda p: _offers(p, specific=True),
        unit="offers",
        direction="higher_better",
        evidence=("VAL-01", "VAL-03", "VAL-04"),
        examples=(
            shown("I'd be happy to send you the 12 test results.", 1),
            shown("I'd be happy to share my thoughts on growth.", 0),
        ),
    ),
    phrases(
        "vague_offers",
        "Offers that name no benefit.",
        "ton_vague_value",
        direction="lower_better",
        evidence=("VAL-03",),
        examples=(
            shown("A mutually beneficial win-win.", 2, "mutually beneficial", "win-win"),
            shown("You would save two van trips a week.", 0),
        ),
    ),
    places(
        "familiarity",
        "Forms of address too familiar for a stranger.",
        addresses,
        unit="phrases",
        direction="lower_better",
        examples=(
            shown("Thanks buddy, see you there.", 1, "buddy"),
            shown("Thanks, see you there.", 0),
        ),
    ),
    places(
        "emoji",
        "Emoji and text faces.",
        faces,
        unit="emoji",
        direction="lower_better",
        evidence=("TON-09",),
        examples=(
            shown("The kiln is free 🙂", 1, "🙂"),
            shown("The fit has 38 degrees of freedom, not 83.", 0),
        ),
    ),
    Feature(
        name="tone.exclamations",
        summary="Exclamation marks.",
        unit="marks",
        low=0,
        high=math.inf,
        extract=_exclamations,
        direction="in_between",
        evidence=("TON-11", "SPM-11"),
        examples=(
            Example(Draft(text="The kiln works again!"), 1, ("!",)),
            Example(Draft(text="The kiln works again."), 0, ()),
        ),
    ),
)
