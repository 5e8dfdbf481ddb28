"""Rules of the safety family: what must not be asked, said or tried in a message to another person.

They are gates: an error caps the score, whatever the rest is worth. What only a reading of the whole can
tell (sarcasm, veiled insults) is beyond these lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from scorer import lexicons as lex
from scorer.features._sensitive import asked_for
from scorer.lexicons import load
from scorer.parse.parsed import ParsedDraft
from scorer.rules.base import Bad, Check, Context, Good, Hit, Rule
from scorer.rules.checks import phrases
from scorer.schema import Draft, Severity


def _draft(text: str, **context: object) -> Draft:
    return Draft(text=text, **context)  # type: ignore[arg-type]


def _bad(text: str, flags: str | None, **context: object) -> Bad:
    return Bad(_draft(text, **context), flags)


def _good(text: str, because: str, **context: object) -> Good:
    return Good(_draft(text, **context), because)


def _acquainted(parsed: ParsedDraft) -> bool:
    draft = parsed.draft
    return draft.stage == "follow_up" or (draft.recipient is not None and draft.recipient.degree == 1)


def _asks_for(*kinds: str, mild: str | None = None) -> Check:
    """Return a check that flags requests for data of `kinds`; a hint where the request is `mild` or they know each other."""

    def check(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
        for request in asked_for(parsed):
            if request.kind in kinds:
                softer = request.mild or (mild is not None and _acquainted(parsed))
                yield Hit(
                    parsed.span(request.start, request.end),
                    message=mild if softer else None,
                    severity=Severity.HINT if softer else None,
                )

    return check


def _labelled(
    lexicon: str, severities: Mapping[str, Severity], guard: Callable[[ParsedDraft, lex.Hit], bool]
) -> Check:
    """Return a check whose severity depends on the label that `lexicon` gives an entry; unknown labels stay silent."""

    def check(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
        for hit in parsed.hits(lexicon):
            label = load(lexicon).entries[hit.entry] or ""
            if label in severities and not guard(parsed, hit):
                yield Hit(parsed.span(hit.start, hit.end), severity=severities[label])

    return check


def _around(parsed: ParsedDraft, hit: lex.Hit, before: int, after: int) -> str:
    return parsed.body.lower[max(0, hit.start - before) : hit.end + after]


_REPORTED = re.compile(
    r"\b(?:sham\w*|scam\w*|fraud\w*|phish\w*|warn\w*|reported|reporting|victims?|never|don't|avoid|fake|against|detect\w*|prevent\w*|compliance|awareness|"
    r"campaign|survivors?|support(?:s|ing)? women|study|research\w*|book|novel|film|play|exhibition|therap\w*|song|lyrics?|charity|harass\w*|policy|moderat\w*)\b"
)


def _reported(parsed: ParsedDraft, hit: lex.Hit) -> bool:
    """Tell whether the words are the subject of the talk (research, a campaign, a warning), not said to the reader."""
    return _REPORTED.search(_around(parsed, hit, 70, 50)) is not None


_TRADES = re.compile(
    r"\b(?:dent(?:al|ist|istry)|orthodon\w*|photograph\w*|portraits?|salon|beauty|make-?up|horses?|dogs?|cats?|puppy|kittens?|fabric|garment|jewell?ery)\b"
)


def _of_a_trade(parsed: ParsedDraft, hit: lex.Hit) -> bool:
    return _reported(parsed, hit) or _TRADES.search(parsed.body.lower) is not None


def _scam(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    hits = [hit for hit in parsed.hits("saf_scam") if not _reported(parsed, hit)]
    entries = load("saf_scam").entries
    strong = [hit for hit in hits if entries[hit.entry] == "strong"]
    weak = {hit.entry for hit in hits} - {hit.entry for hit in strong}
    if strong or len(weak) >= 3:
        for hit in hits:
            yield Hit(parsed.span(hit.start, hit.end))


_HIRING = re.compile(
    r"\b(?:hiring|hire|recruit\w*|vacanc(?:y|ies)|candidates?|applicants?|apply|opening|openings|job|role|position|staff|salary|ctc|interview|resume|cv|employ\w*|receptionist|assistant|sales(?:man|woman|person|people)?)\b"
)
_NOT_HIRING = re.compile(
    r"\b(?:club|league|team sport|race|choir|football|rugby|hockey|tournament|scholarship|shelter|prison|camp|class|classes|network|swim\w*|study|trial|survey|audience|film|casting|insurance|policyholders?|patients|customers|wine|whisky)\b"
)


def _discriminates(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    hits = parsed.hits("saf_discrimination")
    if not hits:
        return
    lower = parsed.body.lower
    if parsed.purpose != "recruiting" and not _HIRING.search(lower):
        return
    for hit in hits:
        near = _around(parsed, hit, 60, 60)
        if _NOT_HIRING.search(near) or re.search(
            r"\b(?:no|not|without|against|regardless|we don't|i'm|i am|as a|my)\b[^.]{0,14}$",
            lower[max(0, hit.start - 30) : hit.start],
        ):
            continue
        if hit.entry.startswith(
            (
                "young man",
                "young woman",
                "young lad",
                "young girl",
                "young men",
                "under ",
                "below ",
                "no kids",
                "no children",
                "unmarried",
                "too old",
            )
        ) and not re.search(
            r"\b(?:looking for|need|want|seek\w*|prefer\w*|only|must be|should be|require\w*|hir\w+|candidates?|ideal\w*|age)\b",
            near,
        ):
            continue
        yield Hit(parsed.span(hit.start, hit.end))


_HARD = {"strong": Severity.WARNING, "mild": Severity.HINT}
_STRONG_AT_READER = re.compile(r"\b(?:you|your|u|ur|off)\b")


def _swears(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    entries = load("saf_profanity").entries
    for hit in parsed.hits("saf_profanity"):
        if _reported(parsed, hit) or (
            parsed.text[hit.start].isupper()
            and not parsed.text[hit.start : hit.end].isupper()
            and _named(parsed, hit)
        ):
            continue
        severity = _HARD[entries[hit.entry] or "strong"]
        if (
            severity is Severity.WARNING
            and hit.entry.startswith(
                ("fuck", "cunt", "asshole", "bitch", "motherf", "cocks", "slut", "whore", "son of")
            )
            and _STRONG_AT_READER.search(_around(parsed, hit, 12, 8))
        ):
            severity = Severity.ERROR
        yield Hit(parsed.span(hit.start, hit.end), severity=severity)


def _named(parsed: ParsedDraft, hit: lex.Hit) -> bool:
    """Tell whether a capital inside a sentence makes the word a name (Mr Bastard, Crap Towns)."""
    before = parsed.text[max(0, hit.start - 2) : hit.start]
    return bool(before) and before[-1:] == " " and before[:1] not in ".!?\n"


RULES: tuple[Rule, ...] = (
    Rule(
        code="SAF001", name="asks-phone-number", scored_family="safety", severity=Severity.WARNING,
        summary="Asks a stranger for a phone number.",
        why="Giving contact data to people one does not know is what the platform warns of, and fraud asks for it too.",
        evidence=("PLT-21", "SPM-05", "INA-01"),
        message="Do not ask for the reader's number; give yours, or offer to talk here first.",
        check=_asks_for("phone", mild="Rather than asking for the number, give yours and let the reader choose."),
        reads=("ask.n_sensitive",),
        bad=(
            _bad("Hi Ana, kindly share your personal mobile number so we can talk.", "your personal mobile number"),
            _bad("Hi Ana, loved the post. What's your number? I'd like to call.", "What's your number"),
            _bad("Hi Ana, pls send ur CV and contact number.", "contact number"),
        ),
        good=(
            _good("Hi Ana, my phone number is 0113 496 0128 if you prefer to talk.", "gives a number"),
            _good("Hi Ana, the phone number in your listing rings out, so I'm writing here.", "mentions a number"),
            _good("Hi Ana, you can call me or text me at 555-0143.", "gives a number"),
            _good("Hi Ana, your number of grants last year is a record.", "another number"),
        ),
    ),
    Rule(
        code="SAF002", name="asks-email-address", scored_family="safety", severity=Severity.WARNING,
        summary="Asks a stranger for an e-mail address.",
        why="The message already reaches the reader; asking for another address costs trust at first contact.",
        evidence=("PLT-21", "INA-01"),
        message="Do not ask for the reader's address; send it here, or give yours.",
        check=_asks_for("email", mild="Say what you would send and offer to send it here; the reader will name an address if they want."),
        reads=("ask.n_sensitive",),
        bad=(
            _bad("Hi Ana, please share your email id and I will revert.", "your email id"),
            _bad("Hi Ana, could I get your personal email?", "your personal email"),
        ),
        good=(
            _good("Hi Ana, my email address is sam@example.org should that be easier.", "gives an address"),
            _good("Hi Ana, thanks for your email of 3 May about the rye.", "an e-mail, not an address"),
            _good("Hi Ana, the email address on your site bounces.", "mentions an address"),
        ),
    ),
    Rule(
        code="SAF003", name="asks-home-address", scored_family="safety", severity=Severity.ERROR,
        summary="Asks for a private address.",
        why="Where a person lives is nothing for a stranger's message.",
        evidence=("PLT-21",),
        message="Do not ask where the reader lives; offer to send it to their office or to leave it at a desk.",
        check=_asks_for("address"),
        reads=("ask.n_sensitive",),
        bad=(
            _bad("Hi Ana, send me your home address and I'll post a gift.", "your home address"),
            _bad("Hi Ana, please confirm your residential address.", "your residential address"),
        ),
        good=(
            _good("Hi Ana, your address to the guild last week was a joy.", "a speech"),
            _good("Hi Ana, our postal address is 3 Mill Lane, Leeds.", "gives an address"),
        ),
    ),
    Rule(
        code="SAF004", name="asks-identity-documents", scored_family="safety", severity=Severity.ERROR,
        summary="Asks for identity documents or numbers.",
        why="Identity numbers open the door to fraud, and honest employers ask for them only after hiring.",
        evidence=("PLT-20", "PLT-21"),
        message="Remove the request for identity papers; no first contact needs them.",
        check=_asks_for("identity"),
        reads=("ask.n_sensitive",),
        bad=(
            _bad("Dear Candidate, please return the form with two forms of ID.", "forms of ID"),
            _bad("Hi Ana, send your Aadhaar number and PAN card to start.", "PAN card"),
        ),
        good=(
            _good("Hi Ana, we build a passport scanner for small airports.", "a product"),
            _good("Hi Ana, I lost my identity card at your bakery. Did anybody find it?", "the writer's own card"),
        ),
    ),
    Rule(
        code="SAF005", name="asks-bank-data", scored_family="safety", severity=Severity.ERROR,
        summary="Asks for bank, card or wallet data.",
        why="Nobody honest asks a stranger for these in a message.",
        evidence=("PLT-20", "PLT-21"),
        message="Remove the request for payment data; money matters go through an invoice or a checkout.",
        check=_asks_for("bank"),
        reads=("ask.n_sensitive",),
        bad=(
            _bad("Hi Ana, share your bank details and we'll pay today.", "your bank details"),
            _bad("Reply YES with your credit card number to claim the seat.", "your credit card number"),
        ),
        good=(
            _good("Hi Ana, you can bank on it: the rye sells out by ten.", "an idiom"),
            _good("Hi Ana, I lead credit card design at a small lender.", "a trade"),
            _good("Hi Ana, our bank details are on the invoice.", "gives data"),
        ),
    ),
    Rule(
        code="SAF006", name="asks-password", scored_family="safety", severity=Severity.ERROR,
        summary="Asks for a password, login or one-time code.",
        why="A password or code handed over is an account handed over.",
        evidence=("PLT-20", "PLT-21"),
        message="Remove the request; never ask anybody for a password or code.",
        check=_asks_for("secret"),
        reads=("ask.n_sensitive",),
        bad=(
            _bad("Hi Ana, send me your login details and I'll boost the page.", "your login details"),
            _bad("Hi Ana, please tell me the verification code you get.", "the verification code"),
        ),
        good=(
            _good("Hi Ana, do you use a password manager at the bakery?", "a product"),
            _good("Hi Ana, I never got a password for the members' page.", "the writer's own"),
            _good("Hi Ana, we help firms get rid of passwords for good.", "a trade's subject"),
        ),
    ),
    Rule(
        code="SAF007", name="asks-private-facts", scored_family="safety", severity=Severity.WARNING,
        summary="Asks for age, family, faith, pay or other private facts.",
        why="Such questions feel intrusive from a stranger, and in hiring some are unlawful in many places.",
        evidence=("INA-01",),
        message="Drop the private question; if pay matters, state your range instead.",
        check=_asks_for("private"),
        reads=("ask.n_sensitive",),
        bad=(
            _bad("Hi Ana, share CV, current CTC and notice period.", "current CTC"),
            _bad("Hi Ana, please mention your date of birth and marital status.", "your date of birth"),
            _bad("Hi Ana, great post! How old are you?", "How old are you"),
        ),
        good=(
            _good("Hi Ana, we pay £41k; your salary would be reviewed each May.", "offers pay"),
            _good("Hi Ana, happy birthday! Did the rye cake turn out?", "a wish"),
        ),
    ),
    Rule(
        code="SAF008", name="scam-pattern", scored_family="safety", severity=Severity.ERROR,
        summary="Reads like a known fraud: fees in advance, gift cards, unclaimed money, sure profits.",
        why="Readers and platforms treat these turns of phrase as fraud.",
        evidence=("PLT-20",),
        message="Take this out: it is how frauds are worded. No money, fee or transfer belongs in a message to a stranger.",
        check=_scam,
        bad=(
            _bad("Hi Ana, a refundable registration fee secures the job.", "refundable registration fee"),
            _bad("Dear friend, I am next of kin to an unclaimed inheritance.", "unclaimed inheritance"),
        ),
        good=(
            _good("Hi Ana, our shop sells gift cards for your bakery too.", "a product"),
            _good("Hi Ana, I research fraud: did anybody ask you to buy gift cards?", "talks about frauds"),
            _good("Hi Ana, I write on bitcoin for the Mora paper.", "a subject"),
        ),
    ),
    Rule(
        code="SAF009", name="off-platform", scored_family="safety", severity=Severity.WARNING,
        summary="Moves the talk to a private messenger.",
        why="Moving to a private messenger at first contact is a mark of fraud and takes the reader's protection away.",
        evidence=("PLT-21",),
        message="Keep the talk here until the reader proposes another place.",
        check=phrases("saf_off_platform", guard=_reported, subject=False),
        bad=(
            _bad("Hi Ana, nice profile, add me on WhatsApp to discuss.", "add me on WhatsApp"),
            _bad("Hi Ana, the interview is on Telegram. Contact my manager on Telegram.", "Contact my manager on Telegram"),
        ),
        good=(
            _good("Hi Ana, we build order bots for WhatsApp and Telegram.", "a trade"),
            _good("Hi Ana, the parents' WhatsApp group loved your bread.", "a mention"),
        ),
    ),
    Rule(
        code="SAF010", name="threat", scored_family="safety", severity=Severity.ERROR,
        summary="Threatens the reader.",
        why="A threat is harassment, may be a crime, and ends any talk.",
        evidence=("PLT-20",),
        message="Remove the threat. Say what you need and by when, or leave it.",
        check=phrases("saf_threat", guard=_reported),
        bad=(
            _bad("Answer by Friday or you'll regret it.", "you'll regret"),
            _bad("Hi Ana, reply or I'll report you to your boss.", "I'll report you to your boss"),
        ),
        good=(
            _good("Hi Ana, two talks in one trip: kill two birds and all that.", "an idiom"),
            _good("Hi Ana, I regret missing your talk.", "the writer's own regret"),
            _good("Hi Ana, I'd love to report on your boss's harvest for the paper.", "journalism"),
        ),
    ),
    Rule(
        code="SAF011", name="insult", scored_family="safety", severity=Severity.ERROR,
        summary="Insults the reader.",
        why="Harassment is against the rules of every platform.",
        evidence=("PLT-20",),
        message="Remove the insult; if you are angry, wait a day and state the facts.",
        check=phrases("saf_insult", guard=_reported),
        bad=(
            _bad("Third time I write. Are you stupid or what?", "Are you stupid"),
            _bad("Hi Ana, you're pathetic and your bread is too.", "you're pathetic"),
        ),
        good=(
            _good("Hi Ana, sorry for the stupid question about yeast.", "about the writer's own question"),
            _good("Hi Ana, our charity campaigns against the words you are stupid at school.", "talks about insults"),
        ),
    ),
    Rule(
        code="SAF012", name="sexual-content", scored_family="safety", severity=Severity.ERROR,
        summary="Sexual content or advances.",
        why="Sexual messages to strangers are harassment.",
        evidence=("PLT-20", "INA-02"),
        message="Remove this. A professional message holds nothing sexual.",
        check=_labelled("saf_sexual", {"sexual": Severity.ERROR}, _reported),
        bad=(
            _bad("Hi Ana, nice pic. Send nudes?", "Send nudes"),
            _bad("Hi Ana, sleep with me and the deal is yours.", "sleep with me"),
        ),
        good=(
            _good("Hi Ana, I work on breast cancer research at Leeds.", "medicine"),
            _good("Hi Ana, we run sex education for schools.", "education"),
            _good("Hi Ana, our hot dog stand needs buns.", "food"),
            _good("Hi Ana, Moby Dick is on at the Playhouse.", "a name"),
        ),
    ),
    Rule(
        code="SAF013", name="remark-on-looks", scored_family="safety", severity=Severity.WARNING,
        summary="Remarks on the reader's looks or private life.",
        why="Remarks on looks make a professional approach feel like an advance, and bring fewer replies.",
        evidence=("INA-02", "PLT-20"),
        message="Leave looks and love life out; praise work instead.",
        check=_labelled("saf_sexual", {"looks": Severity.WARNING}, _of_a_trade),
        bad=(
            _bad("Hello beautiful, let us connect.", "Hello beautiful"),
            _bad("Hi Ana, you look gorgeous in that photo. Are you single?", "Are you single"),
        ),
        good=(
            _good("Hi Ana, your beautiful loaves made my week.", "praises work"),
            _good("Hi Ana, our dental clinic gives people a beautiful smile.", "a trade"),
            _good("Hi Ana, the venue is stunning and so was your talk.", "praises a place and a talk"),
        ),
    ),
    Rule(
        code="SAF014", name="profanity", scored_family="safety", severity=Severity.WARNING,
        summary="Swear words.",
        why="Swearing at somebody you do not know costs respect; aimed at the reader it is abuse.",
        evidence=("PLT-20",),
        message="Take the swear word out.",
        check=_swears,
        bad=(
            _bad("Hi Ana, what a shitty week for bakers.", "shitty"),
            _bad("Hi Ana, fuck you and your oven.", "fuck"),
        ),
        good=(
            _good("Hi Ana, greetings from Scunthorpe and Penistone.", "towns"),
            _good("Hi Dick, Mr Cocks sends his regards.", "names"),
            _good("Hi Ana, do you dry shiitake yourself?", "food"),
        ),
    ),
    Rule(
        code="SAF015", name="hate", scored_family="safety", severity=Severity.ERROR,
        summary="Slurs or contempt for a group of people.",
        why="Hateful speech is forbidden everywhere and hurts.",
        evidence=("PLT-20",),
        message="Remove this; it must not be sent.",
        check=phrases("saf_hate", guard=_reported),
        bad=(
            _bad("Hi Ana, go back to your country.", "go back to your country"),
            _bad("Hi Ana, women can't code, so send a man.", "women can't code"),
        ),
        good=(
            _good("Hi Ana, my research is on why people are told to go back to your country.", "research on hate"),
            _good("Hi Ana, women can apply until May.", "an invitation"),
        ),
    ),
    Rule(
        code="SAF016", name="discriminating-criteria", scored_family="safety", severity=Severity.ERROR,
        summary="Hiring criteria of age, sex, origin, faith or family.",
        why="Such criteria shut people out and are unlawful in many countries.",
        message="Say what the work needs, never who the person must be.",
        check=_discriminates,
        bad=(
            _bad("Hi Ana, we are hiring a receptionist, female candidates preferred.", "female candidates"),
            _bad("Hi Ana, the job needs someone young and energetic, below 30 years.", "young and energetic"),
        ),
        good=(
            _good("Hi Ana, we run a girls only coding club and need a mentor.", "a club"),
            _good("Hi Ana, we are hiring; age and family do not matter to us.", "shuts nobody out"),
            _good("Hi Ana, I coach under 12 football in Leeds.", "sport"),
        ),
    ),
    Rule(
        code="SAF017", name="admits-automation", scored_family="safety", severity=Severity.WARNING,
        summary="Says that the message is automatic or goes to many.",
        why="Platforms forbid automated sending, and readers do not answer machines.",
        evidence=("PLT-16", "PLT-17", "PLT-18"),
        message="Write to one person at a time, by hand, and drop this line.",
        check=phrases("saf_automated", guard=_reported),
        bad=(
            _bad("Hi Ana, this is an automated message from my outreach tool.", "this is an automated message"),
            _bad("Hi all, sorry for the mass message about flour.", "sorry for the mass"),
        ),
        good=(
            _good("Hi Ana, we build tools that answer calls automatically.", "a trade"),
            _good("Hi Ana, I make bulk flour deliveries in Leeds.", "a trade"),
        ),
    ),
)  # fmt: skip
