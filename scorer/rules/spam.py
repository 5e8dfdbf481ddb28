"""Rules of the spam family: promotion, hype, shouting, links, disguise, marks of bulk sending."""

from __future__ import annotations

from scorer.features import _promotion as promotion
from scorer.rules import _spam_checks as checks
from scorer.rules.base import Bad, Good, Option, Rule
from scorer.schema import Draft, Severity


def _draft(text: str, **fields: object) -> Draft:
    return Draft.from_dict({"text": text, **fields})


_NOTE = {"channel": "connection_note"}
_PROMOTION = ("SPM-01", "SPM-28")

RULES: tuple[Rule, ...] = (
    Rule(
        code="SPM001", name="offer", summary="A discount, gift or trial is held out to the reader.",
        why="Offers are what advertisements open with; a stranger's message that does so is read as one.",
        message="Say what is in it for this reader in plain words, without the offer.",
        severity=Severity.WARNING, evidence=("SPM-14", "SPM-28"), check=checks.phrases("offer"), scored_family="spam",
        bad=(
            Bad(_draft("We have a special offer on pumps for you."), "special offer"),
            Bad(_draft("You get a free trial of our tool."), "free trial"),
        ),
        good=(
            Good(_draft("I have a job offer from Acme and would value your view of the team."), "a job offer advertises nothing"),
            Good(_draft("Are you free on Thursday?"), "free as in having time"),
            Good(_draft('You wrote that "free trial" is the worst phrase in sales mail. I agree.'), "a quotation"),
        ),
        reads=("spam.offers",),
    ),
    Rule(
        code="SPM002", name="urgency", summary="The reader is hurried by a deadline or short supply.",
        why="Made-up haste is a mark of advertising and of fraud, and it takes the reader's freedom to decide.",
        message="Drop the hurry; if a date is real, name the date and the reason.",
        severity=Severity.WARNING, evidence=("SPM-03", "SPM-04", "SPM-17"), check=checks.phrases("urgency"), scored_family="spam",
        bad=(
            Bad(_draft("Only a few spots left in our course, Ana."), "Only a few spots"),
            Bad(_draft("Act now and your team will thank you."), "Act now"),
        ),
        good=(
            Good(_draft("No hurry at all; I know you have limited time."), "it takes the hurry away"),
            Good(_draft("Applications close on 4 May, so I wanted to ask before then."), "a real date"),
            Good(_draft("On our last call you mentioned the pumps."), "a telephone call"),
        ),
        reads=("spam.urgency",),
    ),
    Rule(
        code="SPM003", name="hard-sell", summary="A phrase that pushes a purchase.",
        why="Selling before the reader has shown interest is the surest way to be taken for an advertisement.",
        message="Ask whether the problem is there at all before you sell the cure.",
        severity=Severity.WARNING, evidence=("SPM-01", "SPM-07", "SPM-09"), check=checks.phrases("hard_sell"), scored_family="spam",
        bad=(
            Bad(_draft("Try it with no obligation."), "no obligation"),
            Bad(_draft("It will skyrocket your sales, risk-free."), "risk-free"),
        ),
        good=(
            Good(_draft("I start today as a nurse on your ward."), "a first day at work"),
            Good(_draft("There is no pressure to answer."), "a way out, not a sale"),
        ),
        reads=("spam.hard_sell",),
    ),
    Rule(
        code="SPM004", name="earnings-claim", summary="Income, growth or savings are promised.",
        why="Promised money is the oldest bait; nobody believes a number from a stranger.",
        message="Name one result you can show, with whom and when, or leave it out.",
        severity=Severity.HINT, evidence=("SPM-12", "SPM-16"), check=checks.phrases("earnings"), scored_family="spam",
        bad=(
            Bad(_draft("We help coaches double your revenue in weeks."), "double your revenue"),
            Bad(_draft("Would you like a passive income?"), "passive income"),
        ),
        good=(
            Good(_draft("I work from home on Fridays, so a call then suits me."), "a place of work"),
            Good(_draft("How did you double the harvest with less water?"), "a question about the reader's work"),
        ),
        reads=("spam.earnings_claims",),
    ),
    Rule(
        code="SPM005", name="guarantee", summary="Something is guaranteed or called proven.",
        why="Guarantees are far more frequent in junk mail than in other mail, and cannot be checked by the reader.",
        message="Replace the promise by one fact the reader can check.",
        severity=Severity.WARNING, evidence=("SPM-10", "SPM-13"), check=checks.phrases("guarantee"), scored_family="spam",
        bad=(
            Bad(_draft("We guarantee more visitors."), "guarantee"),
            Bad(_draft("Our proven system works for every clinic."), "proven system"),
        ),
        good=(
            Good(_draft("I can't guarantee that the samples arrive on Monday."), "the opposite of a promise"),
            Good(_draft("I study loan guarantee schemes for farmers."), "a term of finance"),
        ),
        reads=("spam.guarantees",),
    ),
    Rule(
        code="SPM006", name="click-call", summary="The reader is told to click, subscribe, register or follow.",
        why="Calls to click are rare in personal mail and common in junk; they serve the sender only.",
        message="Ask a question the reader can answer in the message itself.",
        severity=Severity.WARNING, evidence=("SPM-06",), check=checks.phrases("click"), scored_family="spam",
        bad=(
            Bad(_draft("Click here to see our catalogue."), "Click here"),
            Bad(_draft("Please follow our page for more."), "follow our page"),
        ),
        good=(
            Good(_draft("I subscribe to your newsletter and liked the piece on locks."), "the sender follows the reader"),
            Good(_draft("Visitors click the link in the footer and end nowhere."), "a fault is described"),
        ),
        reads=("spam.click_calls",),
    ),
    Rule(
        code="SPM007", name="get-rich-scheme", summary="A pattern of loans, prizes, crypto or network-marketing schemes.",
        why="These words stand in frauds far more often than in honest messages; readers and platforms act on them.",
        message="If the matter is honest, say plainly what it is, who you are and what it costs.",
        severity=Severity.WARNING, evidence=("SPM-26", "SPM-28", "PLT-20"), check=checks.phrases("scam"), scored_family="spam",
        bad=(
            Bad(_draft("You have won a holiday for two."), "You have won"),
            Bad(_draft("Ask me about this investment opportunity."), "investment opportunity"),
        ),
        good=(
            Good(_draft("My thesis is on victims of network marketing in Goa."), "a subject of research"),
            Good(_draft("I work on bank loans for small farms."), "a trade"),
        ),
        reads=("spam.scam_patterns",),
    ),
    Rule(
        code="SPM008", name="bulk-opener", summary="The message opens in a way that fits anybody.",
        why="An opening without a name shows that the message went to many, so few feel addressed.",
        message="Open with the reader's name.",
        severity=Severity.WARNING, evidence=("SPM-02", "SPM-28"), check=checks.bulk_openers, scored_family="spam",
        bad=(
            Bad(_draft("Dear Friend,\nI mend pumps.", recipient={"name": "Ana Ruiz"}), "Dear Friend", "Dear Ana,\nI mend pumps."),
            Bad(_draft("To whom it may concern,\nI mend pumps."), "To whom it may concern"),
        ),
        good=(
            Good(_draft("Dear Sir James,\nI mend pumps."), "a title before a name"),
            Good(_draft("Dear Hiring Team,\nI mend pumps."), "a known group without a known name"),
            Good(_draft("Hi Ana, my letter began with dear friend by mistake."), "no opening"),
        ),
        reads=("spam.bulk_openers",),
    ),
    Rule(
        code="SPM009", name="bulk-mark", summary="A footer, opt-out or assurance of bulk mail.",
        why="Personal messages need no way to unsubscribe, and who says it is no spam brings the word up.",
        message="Take it out; write so that it is plainly meant for one reader.",
        severity=Severity.WARNING, evidence=("PLT-16", "PLT-18"), check=checks.hits(promotion.bulk_marks), scored_family="spam",
        bad=(
            Bad(_draft("This is not spam, I promise."), "This is not spam"),
            Bad(_draft("We mend pumps.\n\nReply STOP and I will be quiet."), "Reply STOP"),
        ),
        good=(
            Good(_draft("I had to unsubscribe from most lists, but kept yours."), "the sender's own habit"),
            Good(_draft("Tell me to stop and I will."), "a way out in one's own words"),
        ),
        reads=("spam.bulk_marks",),
    ),
    Rule(
        code="SPM010", name="hype-stack", summary="Several words of hype praise the sender's own thing.",
        why="Praise of one's own thing carries no information, and several such words sound like a brochure.",
        message="Keep the noun and drop the praise, or put one fact in its place.",
        severity=Severity.WARNING, check=checks.hits(promotion.hype, at_least=2), scored_family="spam",
        bad=(
            Bad(_draft("Try a revolutionary, hassle-free pump."), "revolutionary", "Try a new, hassle-free pump."),
            Bad(_draft("Our groundbreaking tool is an industry-leading product."), "industry-leading", "Our groundbreaking tool is an established product."),
        ),
        good=(
            Good(_draft("Your award-winning film and its incredible sound moved me."), "praise of the reader's work"),
            Good(_draft("Our pump is a seamless steel pipe with a powerful magnet at its end."), "terms of a trade"),
        ),
        reads=("spam.hype", "spam.hype_rate"),
    ),
    Rule(
        code="SPM011", name="buzzwords", summary="Business jargon stands where a plain word would do.",
        why="Worn-out jargon tells the reader nothing about what you want.",
        message="Say it in the plain words you would use aloud.",
        severity=Severity.HINT, check=checks.hits(promotion.buzzwords), scored_family="spam",
        bad=(
            Bad(_draft("We leverage our network for farmers."), "leverage", "We use our network for farmers."),
            Bad(_draft("Let's explore synergies over coffee."), "explore synergies"),
        ),
        good=(
            Good(_draft("The bank's leverage ratio fell again."), "a term of finance"),
            Good(_draft("Your talk mapped the patients' pain at each step."), "pain, not pain points"),
        ),
        reads=("spam.buzzwords",),
    ),
    Rule(
        code="SPM012", name="weak-words", summary="Several single words that advertisements use a lot.",
        why="One such word means nothing; two and more together make a message read as a promotion.",
        message="Check whether each of these words is needed; together they read as a promotion.",
        severity=Severity.HINT, evidence=("SPM-17", "SPM-19", "SPM-28", "SPM-29"), check=checks.hits(promotion.weak_words, at_least=2),
        scored_family="spam",
        bad=(
            Bad(_draft("We sell cheap pumps with instant cash for old ones."), "cheap"),
            Bad(_draft("We have free cash and a big prize here."), "free"),
        ),
        good=(
            Good(_draft("Feel free to say no. Are you free on Monday about the job offer?"), "each word is innocent here"),
            Good(_draft("The workshop is free."), "one such word alone"),
        ),
        reads=("spam.weak_words",),
    ),
    Rule(
        code="SPM013", name="shouting", summary="Words in capitals.",
        why="Capitals read as shouting; they stand in most junk and in little honest mail.",
        message="Write these words in lower case.",
        severity=Severity.WARNING, evidence=("SPM-15",), check=checks.shouts, scored_family="spam",
        options={"words": Option(2, "words in capitals from which on they are flagged")},
        bad=(
            Bad(_draft("Please CALL ME NOW about it."), "CALL ME NOW", "Please call me now about it."),
            Bad(_draft("This is VERY important and I NEED an answer."), "VERY", "This is very important and I NEED an answer."),
        ),
        good=(
            Good(_draft("I read HR law at LSE, then an MBA at INSEAD, and use SQL and AWS."), "acronyms, firms and degrees"),
            Good(_draft("I did NOT expect so kind an answer."), "one word of emphasis"),
            Good(_draft("IKEA and ASML both hire in the UK and the US."), "names"),
        ),
        reads=("spam.shouted_words", "spam.capital_share"),
    ),
    Rule(
        code="SPM014", name="mark-run", summary="A run of exclamation or question marks.",
        why="Double marks are a strong sign of junk and sound agitated.",
        message="One mark is enough.",
        severity=Severity.WARNING, evidence=("SPM-08",), check=checks.mark_runs, scored_family="spam",
        bad=(
            Bad(_draft("Great to meet you!! Talk soon."), "!!", "Great to meet you! Talk soon."),
            Bad(_draft("Any news???"), "???", "Any news?"),
        ),
        good=(
            Good(_draft("Great to meet you! Any news?"), "single marks"),
            Good(_draft("Really?! That was quick."), "one mark of each kind"),
        ),
        reads=("spam.mark_runs",),
    ),
    Rule(
        code="SPM015", name="many-exclamations", summary="More than two exclamation marks.",
        why="Three and more exclamation marks are frequent in junk and rare in other mail.",
        message="Keep one or two at most; let the words carry the joy.",
        severity=Severity.HINT, evidence=("SPM-11",), check=checks.exclamations, scored_family="spam",
        options={"marks": Option(2, "exclamation marks that are fine")},
        bad=(
            Bad(_draft("Hi Ana! I loved it! What a talk! See you."), "!", "Hi Ana! I loved it! What a talk. See you."),
            Bad(_draft("Congrats! So happy for you! Well deserved! Enjoy it."), "!"),
        ),
        good=(
            Good(_draft("Congrats! So happy for you!"), "two are fine"),
            Good(_draft('Your sign says "Stop! Look! Listen!" and I did.'), "a quotation"),
        ),
        reads=("spam.exclamations",),
    ),
    Rule(
        code="SPM016", name="short-link", summary="A shortened link hides where it leads.",
        why="Nobody can see where it leads, which is why frauds use it.",
        message="Give the full address, or say what it shows and send it on request.",
        severity=Severity.WARNING, check=checks.links(lambda _, link: promotion.is_short(link)), scored_family="spam",
        bad=(
            Bad(_draft("The plan is at bit.ly/3abcd"), "bit.ly/3abcd"),
            Bad(_draft("See https://tinyurl.com/pumps."), "https://tinyurl.com/pumps"),
        ),
        good=(
            Good(_draft("See https://lnkd.in/abc"), "LinkedIn's own"),
            Good(_draft("I worked at Bitly for a year."), "the name of a firm"),
        ),
        reads=("spam.short_links",),
    ),
    Rule(
        code="SPM017", name="link-in-note", summary="A link in a connection note.",
        why="A note has little room, and a link from a stranger is seldom opened.",
        message="Leave the link for after the reader has accepted.",
        severity=Severity.WARNING, scored_family="spam",
        check=checks.links(lambda parsed, _: parsed.draft.channel == "connection_note"),
        bad=(
            Bad(_draft("Ana, my paper: https://example.org/paper", **_NOTE), "https://example.org/paper"),
            Bad(_draft("Ana, see www.example.com, please.", **_NOTE), "www.example.com"),
        ),
        good=(
            Good(_draft("Ana, my paper: https://example.org/paper"), "no note"),
            Good(_draft("Ana, we met at Booking.com in 2019.", **_NOTE), "the name of a firm"),
        ),
        reads=("spam.links_in_note",),
    ),
    Rule(
        code="SPM018", name="many-links", summary="More than one link in the message.",
        why="Several links ask for several decisions and look like a newsletter.",
        message="Keep the one link that answers the reader's first question.",
        severity=Severity.HINT, check=checks.too_many_links, scored_family="spam",
        options={"links": Option(1, "links that are fine")},
        bad=(
            Bad(_draft("See https://example.org/a and https://example.org/b for it."), "https://example.org/b"),
            Bad(_draft("I wrote www.example.org and www.example.com by hand."), "www.example.com"),
        ),
        good=(
            Good(_draft("See https://example.org/a for it."), "one link"),
            Good(_draft("See https://example.org/a for it.\n\nBest,\nTom\nhttps://example.com/tom"), "the other stands in the signature"),
        ),
        reads=("spam.links",),
    ),
    Rule(
        code="SPM019", name="calendar-link-first", summary="A booking link in a first message.",
        why="A booking page before any answer takes the yes for granted and makes the reader do the work.",
        message="Ask first whether a talk makes sense; send the link after the yes.",
        severity=Severity.WARNING, evidence=("ASK-06",), scored_family="spam",
        check=checks.links(lambda parsed, link: parsed.draft.stage == "initial" and promotion.is_calendar(link)),
        bad=(
            Bad(_draft("Pick a slot: https://calendly.com/tom/15"), "https://calendly.com/tom/15"),
            Bad(_draft("My calendar is cal.com/tom, take your pick."), "cal.com/tom"),
        ),
        good=(
            Good(_draft("As agreed: https://calendly.com/tom/15", stage="follow_up"), "not the first message"),
            Good(_draft("The course calendar is at https://example.org/calendar"), "no booking page"),
        ),
        reads=("spam.calendar_links",),
    ),
    Rule(
        code="SPM020", name="tracked-link", summary="A link carries parameters that follow the reader.",
        why="The parameters show that the link comes from a campaign.",
        message="Use the bare address.",
        severity=Severity.HINT, check=checks.tracked_links, scored_family="spam",
        bad=(
            Bad(_draft("See https://example.org/a?utm_source=li&utm_medium=dm for it."), "https://example.org/a?utm_source=li&utm_medium=dm", "See https://example.org/a for it."),
            Bad(_draft("See https://example.org/a?id=2&gclid=x9"), "https://example.org/a?id=2&gclid=x9", "See https://example.org/a?id=2"),
        ),
        good=(
            Good(_draft("See https://example.org/a?page=2"), "the parameter is part of the address"),
            Good(_draft("I wrote a filter for utm_source in our logs."), "no link"),
        ),
        reads=("spam.tracked_links",),
    ),
    Rule(
        code="SPM021", name="invisible-characters", summary="Invisible characters stand between the letters.",
        why="Zero-width marks are used to slip words past filters, and break search and screen readers.",
        message="Remove the invisible characters.",
        severity=Severity.WARNING, check=checks.invisible, scored_family="spam",
        bad=(
            Bad(_draft("A fr\u200bee pump for you."), "\u200b", "A free pump for you."),
            Bad(_draft("Hi Ana,\u2060 the pump works."), "\u2060", "Hi Ana, the pump works."),
        ),
        good=(
            Good(_draft("The crew 👩‍💻 mends pumps."), "a joined emoji"),
            Good(_draft("His name is علی\u200cرضا and he mends pumps."), "Persian spelling needs it"),
        ),
        reads=("spam.invisible_characters",),
    ),
    Rule(
        code="SPM022", name="styled-letters", summary="Words in mathematical or circled letters.",
        why="Screen readers skip such letters or spell them out, search can't find them, and they look like advertising.",
        message="Write plain letters.",
        severity=Severity.WARNING, check=checks.styled, scored_family="spam",
        bad=(
            Bad(_draft("This is 𝗯𝗶𝗴 𝗻𝗲𝘄𝘀 for pumps."), "𝗯𝗶𝗴 𝗻𝗲𝘄𝘀", "This is big news for pumps."),
            Bad(_draft("Ｈｅｌｌｏ Ana, the pump works."), "Ｈｅｌｌｏ", "Hello Ana, the pump works."),
        ),
        good=(
            Good(_draft("The Pump™ costs ① euro per ℓ."), "signs that mean what they show"),
            Good(_draft("Ærøskøbing and Łódź have pumps."), "letters of other languages"),
        ),
        reads=("spam.styled_letters",),
    ),
    Rule(
        code="SPM023", name="disguised-word", summary="A word with digits, signs or foreign letters in place of Latin ones.",
        why="Such spellings exist to slip past filters, so readers take the message for fraud.",
        message="Spell the word plainly, or leave it out.",
        severity=Severity.WARNING, check=checks.disguised, scored_family="spam",
        bad=(
            Bad(_draft("Get fr€e pumps today."), "fr€e", "Get free pumps today."),
            Bad(_draft("Send m0ney soon."), "m0ney", "Send money soon."),
        ),
        good=(
            Good(_draft("Our B2B team works on 4G, H2O and k8s for G20 members."), "names with digits"),
            Good(_draft("A coil of 4 kΩ and a π-network."), "Greek letters as signs"),
        ),
        reads=("spam.disguised_words",),
    ),
    Rule(
        code="SPM024", name="spaced-letters", summary="A word spelled with spaces or marks between its letters.",
        why="It is hard to read and a known trick of junk mail.",
        message="Write the word in one piece.",
        severity=Severity.WARNING, check=checks.spaced, scored_family="spam",
        bad=(
            Bad(_draft("You get it F R E E today."), "F R E E", "You get it Free today."),
            Bad(_draft("We pay c-a-s-h for pumps."), "c-a-s-h", "We pay cash for pumps."),
        ),
        good=(
            Good(_draft("Choose one of A B C D for the test."), "a list of letters"),
            Good(_draft("J. R. R. Tolkien and the U.S.S.R. are in it."), "initials"),
        ),
        reads=("spam.disguised_words",),
    ),
    Rule(
        code="SPM025", name="fake-reply-subject", summary="The subject of a first message claims to be a reply.",
        why="The reader sees within a second that nothing came before, and feels tricked.",
        message="Drop “Re:” and name your point instead.",
        severity=Severity.HINT, evidence=("SUB-06",), check=checks.fake_reply, scored_family="spam",
        bad=(
            Bad(_draft("Hi Ana, we mend pumps.", subject="Re: our chat", channel="email"), "Re:"),
            Bad(_draft("Hi Ana, we mend pumps.", subject="FWD: RE: pumps", channel="inmail"), "FWD: RE:"),
        ),
        good=(
            Good(_draft("Hi Ana, any news?", subject="Re: our chat", channel="email", stage="follow_up"), "a real thread"),
            Good(_draft("Hi Ana, we mend pumps.", subject="Regarding the Leeds pumps", channel="email"), "a word, no mark of a reply"),
        ),
        reads=("spam.fake_reply_subject",),
    ),
    Rule(
        code="SPM026", name="raw-markup", summary="Markdown that the reader will see as stars and brackets.",
        why="LinkedIn and most mail show the marks as they are, which looks like pasted machine output.",
        message="Write it without the marks.",
        severity=Severity.WARNING, check=checks.markup, scored_family="spam",
        bad=(
            Bad(_draft("This is **really** new."), "**really**", "This is really new."),
            Bad(_draft("See [my paper](https://example.org/p) on it."), "[my paper](https://example.org/p)", "See my paper: https://example.org/p on it."),
        ),
        good=(
            Good(_draft("I ran 2 ** 8 tests and my_file_name broke."), "arithmetic and a file name"),
            Good(_draft("We are #1 for pumps in Leeds (see above)."), "a number sign"),
        ),
        reads=("spam.raw_markup",),
    ),
    Rule(
        code="SPM027", name="emoji-run", summary="Several emoji in a row.",
        why="A row of emoji looks like a post or an advertisement; to a stranger even one was rated less competent.",
        message="Keep one at most.",
        severity=Severity.HINT, evidence=("TON-09",), check=checks.emoji_runs, scored_family="spam",
        bad=(
            Bad(_draft("Big news 🚀🚀🚀 for pumps."), "🚀🚀🚀", "Big news 🚀 for pumps."),
            Bad(_draft("We did it 🎉 🙌 today."), "🎉 🙌", "We did it 🎉 today."),
        ),
        good=(
            Good(_draft("Thanks 👍🏽 and good luck."), "one emoji with its skin tone"),
            Good(_draft("The crew 👨‍👩‍👧 waves."), "one joined emoji"),
        ),
        reads=("spam.emoji_runs",),
    ),
    Rule(
        code="SPM028", name="many-emojis", summary="More than two emoji in the message.",
        why="Many emoji make a message to a stranger look less serious.",
        message="Keep one or two where they help.",
        severity=Severity.HINT, evidence=("TON-09",), check=checks.many_emojis, scored_family="spam",
        options={"emojis": Option(2, "emoji that are fine")},
        bad=(
            Bad(_draft("Hi 👋 big news 🚀 for pumps 🎉 today."), "🎉"),
            Bad(_draft("Loved it :) So good :) See you :)"), ":)"),
        ),
        good=(
            Good(_draft("Hi 👋 thanks for the pump 🙏"), "two are fine"),
            Good(_draft("Room 3:30 or 4:30, 8/9 or 9/9?"), "times, no faces"),
        ),
        reads=("spam.emojis",),
    ),
    Rule(
        code="SPM029", name="cut-price", summary="A price or discount is advertised.",
        why="Prices and percentages off belong in a shop window, not in a first message.",
        message="Leave the price for when the reader asks.",
        severity=Severity.WARNING, evidence=("SPM-12", "SPM-28"), check=checks.cut_prices, scored_family="spam",
        bad=(
            Bad(_draft("You get 50% off all pumps."), "50% off"),
            Bad(_draft("It is yours for just $99 a month."), "for just $99 a month"),
        ),
        good=(
            Good(_draft("The post pays £45,000 and we raised €2m last year."), "a salary and a round of money"),
            Good(_draft("We cut leaks by 50% in 2024."), "a result"),
        ),
        reads=("spam.price_marks",),
    ),
    Rule(
        code="SPM030", name="symbol-noise", summary="A row of dollar signs, stars or other ornaments.",
        why="Ornaments are how leaflets look; a personal message needs none.",
        message="Take the ornaments out.",
        severity=Severity.HINT, check=checks.symbols, scored_family="spam",
        bad=(
            Bad(_draft("We pay $$$ for pumps."), "$$$"),
            Bad(_draft("*** News *** from the lock."), "***"),
        ),
        good=(
            Good(_draft("R&D on C++ at $5 an hour."), "signs with a meaning"),
            Good(_draft("See https://example.org/a?x=1&&y=2"), "part of an address"),
        ),
        reads=("spam.symbol_noise",),
    ),
)  # fmt: skip
