"""Rules of the tone family."""

from __future__ import annotations

from scorer.rules._tone_checks import (
    bare_demands,
    emoji_to_stranger,
    familiar,
    is_name_like,
    kindly_inside,
    listed,
    nothing_offered,
    please_orders,
    praise_stack,
    self_centred,
    stock_opening,
    stock_phrases,
    thankless,
    too_many,
    vague_offer,
)
from scorer.rules._tone_examples import bad, good, mail
from scorer.rules._tone_mechanics import MECHANICS
from scorer.rules.base import Bad, Good, Option, Rule
from scorer.schema import Draft, Person, Severity

MANNER: tuple[Rule, ...] = (
    Rule(
        code="TON001",
        name="pressure",
        severity=Severity.WARNING,
        scored_family="tone",
        summary="Words push the reader to act or to answer.",
        why=(
            "A stranger owes you no answer; being pushed makes it easier to say nothing. A date with "
            "its reason is fine."
        ),
        message="Take out the push; if there is a real date, say it with the reason and leave a way out.",
        reads=("tone.pressure",),
        check=listed("ton_pressure"),
        bad=(
            bad("Please send it over, I need an answer today.", "I need an answer"),
            bad("Please reply at once about the vacancy.", "reply at once"),
        ),
        good=(
            good(
                "The printer closes at two on Friday, so a yes before then would help.",
                "a date with its reason",
            ),
            good("There is no hurry, any day next week suits me.", "the word hurry, taken back"),
            good("I answered the last reminder from your office.", "a reminder that was received"),
        ),
    ),
    Rule(
        code="TON002",
        name="guilt",
        severity=Severity.WARNING,
        scored_family="tone",
        summary="Words make the reader feel guilty.",
        evidence=("FUP-09",),
        why=(
            "Blame turns a favour into a debt that the reader never agreed to, and the easiest way "
            "out is silence."
        ),
        message="Take out the reproach and say what you need in one plain sentence.",
        reads=("tone.guilt",),
        check=listed("ton_guilt", stage="initial"),
        bad=(
            bad("It is the least you could do after the conference.", "least you could do"),
            bad("I am a single father and I must feed my family, so hire me.", "feed my family"),
        ),
        good=(
            good(
                "We depend on volunteers, and Saturday is short of two.",
                "a fact about the writer's team, no blame",
            ),
            good("The kiln took a week to cool, so the photos are late.", "a delay of one's own"),
        ),
    ),
    Rule(
        code="TON003",
        name="gushing",
        severity=Severity.WARNING,
        scored_family="tone",
        summary="Praise goes beyond what a stranger can mean.",
        evidence=("TON-01",),
        why=(
            "Praise that is too big reads as a tactic; a small, exact remark is believed. Irony is "
            "hard to tell and is taken at its word here."
        ),
        message="Swap the superlative for the one thing you noticed and what it changed for you.",
        reads=("tone.gushing",),
        check=listed("ton_gushing"),
        bad=(
            bad("I was blown away by your profile.", "blown away"),
            bad("You are a rockstar in the world of valves!", "rockstar"),
        ),
        good=(
            good("Your chart of kiln temperatures saved us two firings.", "exact praise"),
            good("The roof was blown off the barn in the storm.", "the same verb, about weather"),
        ),
    ),
    Rule(
        code="TON004",
        name="flattery-stack",
        severity=Severity.WARNING,
        scored_family="tone",
        summary="One sentence piles up words of praise.",
        evidence=("TON-01",),
        why="Each further adjective makes the ones before it weaker, and the reader waits for the request.",
        message="Keep one word of praise and add the detail it is about.",
        reads=("tone.praise_stack",),
        check=praise_stack,
        options={"most": Option(2, "Words of praise that one sentence may hold.")},
        bad=(
            bad(
                "Your remarkable vision and outstanding leadership are an inspiration.",
                "remarkable vision and outstanding leadership are an inspiration",
            ),
            bad(
                "I value your unwavering dedication, passion and brilliance.",
                "unwavering dedication, passion and brilliance",
            ),
        ),
        good=(
            good("Your brilliant talk on rye was the best hour of the day.", "one word, one detail"),
            good("We look for passion and expertise in glazing.", "about a job, two words"),
        ),
    ),
    Rule(
        code="TON005",
        name="self-centred-opening",
        severity=Severity.HINT,
        scored_family="tone",
        summary="The first sentences all begin with the writer and never reach the reader.",
        why=(
            "The reader decides in the first lines whether this concerns them. Counting pronouns "
            "proves little, so this is only a hint."
        ),
        message="Open with why you write to this reader; move your own story to one sentence after it.",
        reads=("tone.self_opening", "tone.self_starts"),
        check=self_centred,
        options={"sentences": Option(3, "How many sentences at the start are looked at.")},
        bad=(
            bad(
                "I am a growth consultant. I have ten years of experience. I work with forty brands. "
                "Could we talk about your shop?",
                "I am a growth consultant. I have ten years of experience. I work with forty brands.",
            ),
            bad(
                "We are a leading agency. We offer design and print. Our team has won awards. Do you "
                "need a brochure?",
                "We are a leading agency. We offer design and print. Our team has won awards.",
            ),
        ),
        good=(
            good(
                "I read your note on rye. I bake in Leeds. I have one question. Which mill do you use?",
                "the reader comes first",
            ),
            good("I bake in Leeds. Which mill do you use?", "one sentence of introduction"),
        ),
    ),
    Rule(
        code="TON006",
        name="begging",
        severity=Severity.WARNING,
        scored_family="tone",
        summary="The draft pleads, or makes its writer small.",
        why=(
            "Pleading puts the reader in charge of your fate, which is a heavy thing to be handed by "
            "a stranger."
        ),
        message="Say what you can do and what you ask for; leave out the pleading.",
        reads=("tone.begging",),
        check=listed("ton_begging"),
        bad=(
            bad("I beg you to forward my CV.", "I beg you"),
            bad("Any job will do, even unpaid.", "Any job will do"),
        ),
        good=(
            good("I would differ on the second slide.", "disagreement, no plea"),
            good("I would take any shift between Friday and Sunday.", "flexible, not pleading"),
        ),
    ),
    Rule(
        code="TON007",
        name="please-and-order",
        severity=Severity.HINT,
        scored_family="tone",
        summary="A sentence begins with please or kindly and a command.",
        evidence=("TON-02", "TON-10"),
        why=(
            "At the start of a sentence please reads as an instruction; the same request as a "
            "question reads as a request."
        ),
        message="Put it as a question: “Could you …?”",
        reads=("tone.please_at_start",),
        check=please_orders,
        bad=(
            bad("Please send me the price list.", "Please send", "Could you send me the price list?"),
            bad(
                "Kindly arrange an interview for the post.",
                "Kindly arrange",
                "Could you arrange an interview for the post?",
            ),
        ),
        good=(
            good("Please let me know if Tuesday suits you.", "leaves the choice to the reader"),
            good("Please feel free to say no.", "a way out, not an order"),
            good("Please do not worry about the delay.", "puts the reader at ease"),
            good("Please don't print the plan yet.", "asks to leave something alone"),
            good("Could you please send me the price list?", "please inside a question"),
        ),
    ),
    Rule(
        code="TON008",
        name="cold-demand",
        severity=Severity.HINT,
        scored_family="tone",
        summary="A demand stands without any courtesy.",
        evidence=("TON-02",),
        why="A stranger who is told what to do answers to the tone before the matter.",
        message="Ask instead: “Could you …?” or “Would you be willing to …?”",
        reads=("tone.demand_phrases", "tone.cold_demands"),
        check=bare_demands,
        bad=(
            bad("Send me your current CV by Thursday.", "Send me your"),
            bad("We met once. Refer me for the job.", "Refer me"),
        ),
        good=(
            good("Could you send me your current CV?", "a question"),
            good("If you like, send me your crossest notes.", "the reader may choose"),
            good("The sign-up is on the club's page.", "a noun, no demand"),
        ),
    ),
    Rule(
        code="TON009",
        name="rude-remark",
        severity=Severity.ERROR,
        scored_family="tone",
        summary="A remark is rude, scornful or dismissive.",
        why=(
            "Rudeness to a stranger ends the conversation and stays on record. Sarcasm without such "
            "words is beyond a word list."
        ),
        message="Take the remark out.",
        reads=("tone.rudeness",),
        check=listed("ton_rude"),
        bad=(
            bad("You should be ashamed of the delay.", "You should be ashamed"),
            bad("Your reply was a waste of my time.", "waste of my time"),
        ),
        good=(
            good("I may be clumsy with the mailing list, sorry for the second copy.", "about oneself"),
            good("We cut the waste of flour by half.", "waste as a topic"),
        ),
    ),
    Rule(
        code="TON010",
        name="runs-down-their-work",
        severity=Severity.WARNING,
        scored_family="tone",
        summary="The draft finds fault with the reader's own work or firm.",
        evidence=("TON-01",),
        why="People defend what they made. A neutral fact with its place is welcome, a verdict is not.",
        message="Replace the verdict with one fact that the reader can check, and offer it as help.",
        reads=("tone.criticism",),
        check=listed("ton_criticism"),
        bad=(
            bad("Your website is terrible and it shows.", "Your website is terrible"),
            bad("Every day you are losing clients to the shop next door.", "you are losing"),
        ),
        good=(
            good(
                "The link to the timetable on your website is dead, it points to 2019.", "a fact that helps"
            ),
            good("Our own website is terrible, so I was glad to find your guide.", "the writer's own work"),
        ),
    ),
    Rule(
        code="TON011",
        name="presumption",
        severity=Severity.WARNING,
        scored_family="tone",
        summary="The draft tells the reader what they need, think or will do.",
        why="Deciding for strangers irritates them, however good the offer is.",
        message="Turn the claim into a question, or give the fact and let the reader judge.",
        reads=("tone.arrogance",),
        check=listed("ton_arrogance"),
        bad=(
            bad("You need our tool before the summer.", "You need our"),
            bad("I assume you'll be able to help instead.", "I assume you'll"),
        ),
        good=(
            good("Do you need a second kiln before the summer?", "a question"),
            good("You need a permit to fish there, the council told me.", "a fact about a permit"),
        ),
    ),
    Rule(
        code="TON012",
        name="too-familiar",
        severity=Severity.HINT,
        scored_family="tone",
        summary="A pet name or chummy address for somebody who may be a stranger.",
        why="Closeness that was never given reads as a trick or as disrespect.",
        message="Use the reader's name, or no form of address at all.",
        reads=("tone.familiarity",),
        check=familiar,
        bad=(
            bad("Hey buddy, are you hiring welders?", "buddy"),
            bad("My dear friend, I have a plan for you.", "My dear friend"),
        ),
        good=(
            good("Dear Hortense, we run a breakfast for printers.", "an ordinary salutation"),
            good("A friend of mine bakes in your street.", "a friend who is somebody else"),
            Good(
                Draft(text="Hi mate, still up for Sunday's ride?", recipient=Person(degree=1)),
                "a first-degree connection",
            ),
        ),
    ),
    Rule(
        code="TON013",
        name="slang",
        severity=Severity.HINT,
        scored_family="tone",
        summary="Slang that a stranger may not share.",
        why="Slang marks a group; a reader outside of it feels addressed by mistake.",
        message="Say it in plain words.",
        reads=("tone.slang",),
        check=listed("ton_slang", guard=is_name_like),
        bad=(
            bad("You are crushing it with those valves.", "crushing it"),
            bad("Hit me up for a price.", "Hit me up"),
        ),
        good=(
            good("The mill is crushing olives this week.", "a mill at work"),
            good("The ride was bumpy, hit by hail twice.", "the plain verb"),
        ),
    ),
    Rule(
        code="TON014",
        name="officialese",
        severity=Severity.HINT,
        scored_family="tone",
        summary="Stiff or archaic office English.",
        why=(
            "Formulas of old letters keep the reader at a distance and hide what is asked. They are "
            "polite in some places, so this is a hint."
        ),
        message="Say it as you would to a colleague.",
        reads=("tone.officialese",),
        check=listed("ton_officialese", guard=kindly_inside),
        bad=(
            bad("I hereby apply for the post of fitter.", "I hereby", "I apply for the post of fitter."),
            bad("Could you revert back by Monday?", "revert back", "Could you reply by Monday?"),
        ),
        good=(
            good("She kindly offered to show me the archive.", "kindly as praise"),
            good("The lake will revert to marsh in ten years.", "the plain verb"),
        ),
    ),
    Rule(
        code="TON015",
        name="finds-you-well",
        severity=Severity.HINT,
        scored_family="tone",
        summary="The draft opens with a wish that could open any message.",
        evidence=("PER-13",),
        why="The first line is what a preview shows; a formula there says that the rest may be one too.",
        message="Begin with why you write to this reader.",
        reads=("tone.stock_openers",),
        check=stock_opening,
        bad=(
            bad(
                "I hope this message finds you well. We met at the kiln fair.",
                "I hope this message finds you well",
                "We met at the kiln fair.",
            ),
            bad(
                "Dear Ana,\n\nHope this email finds you well. Is the post still open?",
                "Hope this email finds you well",
                "Dear Ana,\n\nIs the post still open?",
            ),
        ),
        good=(
            good("I hope your knee is better after the marathon.", "a wish for this reader"),
            good("I hope the parcel finds you before Friday.", "about a parcel"),
        ),
    ),
    Rule(
        code="TON016",
        name="machine-stock-phrases",
        severity=Severity.WARNING,
        scored_family="tone",
        summary="Several stock phrases of machine-written text.",
        evidence=("PER-13", "PER-14"),
        why="Readers have seen these phrases in many messages that nobody wrote to them in particular.",
        message="Say this in your own words, with a detail only you would know, or cut it.",
        reads=("tone.stock_phrases",),
        check=stock_phrases,
        options={"most": Option(2, "Different stock phrases that a draft may hold.")},
        bad=(
            bad(
                "Your unwavering work is a testament to grit. It resonates with me, and I would be "
                "thrilled to delve into it.",
                "resonates with me",
            ),
            bad("We empower teams to unlock their potential with seamless, cutting-edge tools.", "seamless"),
        ),
        good=(
            good("The empty kiln resonates like a bell.", "one listed word, used as such"),
            good("My thesis is about sound at the forefront of a crowd.", "a single phrase"),
        ),
    ),
    Rule(
        code="TON017",
        name="cliche",
        severity=Severity.HINT,
        scored_family="tone",
        summary="A corporate cliché stands where a plain word would do.",
        why="Clichés cost the reader time and say nothing about this case.",
        message="Replace it with the plain fact.",
        reads=("tone.cliches",),
        check=listed("ton_cliche"),
        bad=(
            bad("Let's touch base about the boiler.", "touch base"),
            bad("This is low-hanging fruit for your shop.", "low-hanging fruit"),
        ),
        good=(
            good("The base of the touch panel is cracked.", "the words apart"),
            good("The fruit is hanging low on the old trees this year.", "real fruit"),
        ),
    ),
    Rule(
        code="TON018",
        name="over-apologizing",
        severity=Severity.HINT,
        scored_family="tone",
        summary="The draft apologises again and again.",
        why="One apology is courtesy; more make the reader wonder what is wrong with the request.",
        message="Keep one apology at most, and only for something real.",
        reads=("tone.apologies",),
        check=too_many("tone.apologies"),
        options={"most": Option(2, "Apologies that a draft may hold.")},
        bad=(
            bad(
                "Sorry to bother you. I am sorry about the length. Apologies again for the form.", "Apologies"
            ),
            bad(
                "Excuse my English. I am sorry to write out of the blue. Forgive me if this is the "
                "wrong desk.",
                "Forgive me",
            ),
        ),
        good=(
            good("Sorry about Tuesday, the train stood still for an hour.", "one apology for something real"),
            good(
                "The shop sold sorry little loaves before you came, and that was all.",
                "sorry as an adjective, once",
            ),
        ),
    ),
    Rule(
        code="TON019",
        name="no-thanks",
        severity=Severity.HINT,
        default=False,
        scored_family="tone",
        summary="The draft asks for effort, neither softly nor with thanks.",
        evidence=("TON-02", "TON-05", "TON-08"),
        why=(
            "A word of thanks costs nothing and goes with more answers in several studies; the "
            "effect is small."
        ),
        message="Add one plain word of thanks at the end.",
        reads=("tone.gratitude", "tone.closing_thanks"),
        check=thankless,
        bad=(
            Bad(
                Draft(text="Review my chapter on kilns."),
                None,
                "Review my chapter on kilns.\n\nThank you for reading.",
            ),
            Bad(Draft(text="I left the yard in May. Introduce me to the curator of the mill."), None),
        ),
        good=(
            good("Could you review my chapter on kilns, if you have an hour?", "a soft request"),
            good("Review my chapter on kilns, I'd be grateful.", "thanks in other words"),
            good("The kiln is free on Friday.", "nothing is asked"),
        ),
    ),
    Rule(
        code="TON020",
        name="too-many-thanks",
        severity=Severity.HINT,
        scored_family="tone",
        summary="The draft thanks again and again.",
        evidence=("TON-01", "TON-05"),
        why="Thanks once is warm; three times reads as anxious or as a formula.",
        message="Keep the one thanks that says what for.",
        reads=("tone.gratitude",),
        check=too_many("tone.gratitude"),
        options={"most": Option(3, "Words of thanks that a draft may hold.")},
        bad=(
            bad("Thank you for accepting. I really appreciate it. Thanks again. So grateful!", "grateful"),
            bad(
                "Thanks for the link. Thanks for the map. Thanks for the tea. Much appreciated.",
                "appreciated",
            ),
        ),
        good=(
            good("Thank you for the map.\n\nMany thanks,\nAda", "once for something, once as a closing"),
            good("Thanks for the link, and thanks to your team too.", "two readers, two thanks"),
        ),
    ),
    Rule(
        code="TON021",
        name="emoji-to-stranger",
        severity=Severity.HINT,
        scored_family="tone",
        summary="Emoji in a first InMail or e-mail.",
        evidence=("TON-09",),
        why="In a first formal message a smiley adds no warmth and lowers how able the writer seems.",
        message="Leave the emoji for later in the conversation.",
        reads=("tone.emoji",),
        check=emoji_to_stranger,
        bad=(
            Bad(mail("We are hiring a welder 🙂"), "🙂", "We are hiring a welder"),
            Bad(mail("Could we talk about the mill? :)"), ":)", "Could we talk about the mill?"),
        ),
        good=(
            good("See you on Friday 🙂", "a message to a connection, not an e-mail"),
            Good(mail("Great to hear from you 🙂", stage="follow_up"), "a running conversation"),
        ),
    ),
    Rule(
        code="TON022",
        name="nothing-in-it-for-them",
        severity=Severity.HINT,
        scored_family="tone",
        summary="A pitch asks for something and offers the reader nothing.",
        evidence=("VAL-01", "VAL-03"),
        why=(
            "An offer to give something back goes with more favours granted; a topic of interest to "
            "the reader matters most."
        ),
        message="Say in one sentence what the reader gets, with a figure or a thing.",
        reads=("tone.offers",),
        check=nothing_offered,
        bad=(
            Bad(mail("Are you free for a demo of our platform on Tuesday?", purpose="sales"), None),
            Bad(mail("Could we meet to talk about a partnership?", purpose="partnership"), None),
        ),
        good=(
            Good(
                mail("Are you free on Tuesday? I can send the 12 test results first.", purpose="sales"),
                "offers results",
            ),
            Good(mail("Could we meet to talk about your thesis?", purpose="advice"), "no pitch"),
        ),
    ),
    Rule(
        code="TON023",
        name="vague-value",
        severity=Severity.WARNING,
        scored_family="tone",
        summary="A promise names no benefit.",
        evidence=("VAL-03",),
        why=(
            "Everybody promises value; only a figure, a name or a thing tells the reader what they would get."
        ),
        message="Say what the reader would get: how much, what, or by when.",
        reads=("tone.vague_offers", "tone.concrete_offers"),
        check=vague_offer,
        bad=(
            bad("I see a mutually beneficial link between our firms.", "mutually beneficial"),
            bad("We can add value to your team.", "add value"),
        ),
        good=(
            good(
                "We'd pay you 400 a day, so it is mutually beneficial in plain figures.",
                "a figure stands beside it",
            ),
            good("The value of the dial was set to nine.", "a reading"),
        ),
    ),
)

RULES: tuple[Rule, ...] = (*MANNER, *MECHANICS)
