"""Rules on how a draft reads as a whole: what the heads that learnt from careful readers make of its wording.

They say which scale is the weak one where nothing can be pointed at, and are silent where a more exact rule fires.
Their limits are where, among rated drafts that the heads had not seen, four in five were rated in the middle of the
scale or worse: `measured.csv` holds the share.
"""

from __future__ import annotations

from scorer.rules.base import Bad, Good, Option, Rule
from scorer.rules.checks import above, below
from scorer.schema import Draft, Severity

_WHOLE = " It is judged from the wording as a whole, so there is no place to point at."


def _bad(text: str) -> Bad:
    return Bad(Draft(text=text), None)


def _good(text: str, because: str) -> Good:
    return Good(Draft(text=text), because)


READS_GENERIC = Rule(
    code="PER018", name="reads-generic", scored_family="personalization", severity=Severity.HINT,
    summary="The wording is of a kind in which careful readers found little for one reader alone.",
    why="A message that would fit a hundred others asks one person for time that it did not itself take." + _WHOLE,
    message="Say one thing that fits only this reader: what of theirs you saw, and what it has to do with you.",
    evidence=("PER-06",), check=below("personalization.wording", "limit"),
    options={"limit": Option(0.4, "Fires below this share of the readers' scale.")},
    reads=("personalization.wording",),
    yields_to=("PER003", "PER004", "PER006", "PER007", "PER008", "PER009"),
    bad=(
        _bad("We help companies of every size to improve their processes and reach their goals, and our clients see great results. Let me know if you would like to hear more."),
        _bad("Hello, I wish to enquire about the possibilities which may exist within your organisation and to be considered for the same."),
    ),
    good=(
        _good("Hi Priya, your talk on sampling spans changed how we store ours: we now keep one in forty. Which errors did you lose when you went that low?", "the question grows out of the reader's own talk"),
        _good("Hi Priya, we met at the Leeds meet-up on Tuesday, by the broken coffee machine. Here is the paper on trace storage that I promised you.", "a shared evening"),
    ),
)  # fmt: skip

READS_UNCLEAR = Rule(
    code="ASK021", name="ask-reads-unclear", scored_family="ask", severity=Severity.HINT,
    summary="The wording is of a kind in which careful readers found the ask unclear, or hard to say yes to.",
    why="Who does not see within seconds what is wanted, and why of them, puts the message off." + _WHOLE,
    message="Ask for one thing that the reader can answer in a minute, and say why you ask them.",
    evidence=("ASK-01",), check=below("ask.wording", "limit"),
    options={"limit": Option(0.5, "Fires below this share of the readers' scale.")},
    reads=("ask.wording",),
    yields_to=("ASK001", "ASK002", "ASK003", "ASK006", "ASK011", "ASK012", "ASK018", "ASK019", "FUP006", "SAF"),
    bad=(
        _bad("Hello, hope all is well. I have some ideas for your company and believe there are many synergies."),
        _bad("i want job. you have power to give it. read my cv and tell them hire me, i waited long already"),
    ),
    good=(
        _good("Hi Priya, your talk on sampling spans changed how we store ours. Which errors did you lose at one in forty? One line is plenty.", "a question that one line answers"),
        _good("Hi Priya, does the Dublin office still take interns in June? A yes or no helps me a lot.", "a yes or no"),
    ),
)  # fmt: skip

TONE_READS_OFF = Rule(
    code="TON030", name="tone-reads-off", scored_family="tone", severity=Severity.HINT,
    summary="The wording is of a kind whose tone careful readers found wrong between strangers.",
    why="Too stiff, too pushing, too chummy or too needy: readers hear it before they take in what is asked." + _WHOLE,
    message="Read it aloud as if a stranger had sent it to you; then say it as you would across a desk.",
    check=below("tone.wording", "limit"),
    options={"limit": Option(0.5, "Fires below this share of the readers' scale.")},
    reads=("tone.wording",),
    yields_to=("TON001", "TON002", "TON003", "TON006", "TON008", "TON009", "TON010", "TON011", "TON012", "TON016", "TON024", "FUP005", "SAF"),
    bad=(
        _bad("I want job. You have power to give it. Read my file and tell them hire me, I waited long already."),
        _bad("Your support page is a mess and so was your talk. I expect an answer, and soon. You people never read these anyway."),
    ),
    good=(
        _good("Could you tell me which sensor you changed to in Leeds? Ours failed again on Sunday, and I'd rather not guess. Thank you.", "plain and courteous"),
        _good("Hi Priya, does the Dublin office still take interns in June? A yes or no helps me a lot.", "short, not curt"),
    ),
)  # fmt: skip

READS_LIKE_MASS_MAIL = Rule(
    code="SPM031", name="reads-like-mass-mail", scored_family="spam", severity=Severity.HINT,
    summary="The wording is of a kind that careful readers took for mass promotion.",
    why="What sounds like an advertisement is dropped like one, however true it is." + _WHOLE,
    message="Write it as to one person: one fact in place of the praise, and no sales talk.",
    check=above("spam.wording", "limit", point=False),
    options={"limit": Option(0.5, "Fires above this share of the readers' scale.")},
    reads=("spam.wording",),
    yields_to=("SPM001", "SPM002", "SPM003", "SPM004", "SPM005", "SPM006", "SPM007", "SPM009", "SPM010", "SAF"),
    bad=(
        _bad("We are the leading provider of end-to-end solutions for growing teams. Our all-in-one platform saves time and money and is trusted by thousands of brands. Book your demo and see the difference."),
        _bad("Double your leads with our new outreach package. More meetings, more deals, more money. Start today and see results in days."),
    ),
    good=(
        _good("Hi Priya, we make sensors for cold stores. Yours in York tripped twice in the June heat, your colleague told me; shall I send what we changed at the Leeds depot?", "a seller with one fact about one reader"),
        _good("Could you tell me which sensor you changed to in Leeds? Ours failed again on Sunday, and I'd rather not guess. Thank you.", "nothing is sold"),
    ),
)  # fmt: skip
