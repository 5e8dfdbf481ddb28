"""Rules about slips of the keyboard; nearly all have a safe fix."""

from __future__ import annotations

from scorer.rules._tone_checks import habit, is_name_like, is_no_netspeak, listed, slips
from scorer.rules._tone_examples import bad, good
from scorer.rules.base import Rule
from scorer.schema import Severity

MECHANICS: tuple[Rule, ...] = (
    Rule(
        code="TON024",
        name="netspeak",
        severity=Severity.WARNING,
        scored_family="tone",
        summary="Chat spellings and abbreviations.",
        evidence=("REA-06", "REA-07"),
        why="Chat spellings lower how careful and able the writer seems to a stranger.",
        message="Write the word out.",
        reads=("tone.netspeak",),
        check=listed("ton_netspeak", guard=is_no_netspeak, safe=True),
        bad=(
            bad("Can u send the drawing?", "u", "Can you send the drawing?"),
            bad("Pls send the drawing.", "Pls", "Please send the drawing."),
            bad("Thx for the drawing.", "Thx", "Thanks for the drawing."),
        ),
        good=(
            good(
                "We model soil moisture in R and the U value of walls.", "a language and a physical quantity"
            ),
            good("I overran in session B4 at R&D.", "a room and a department"),
        ),
    ),
    Rule(
        code="TON025",
        name="misspelling",
        severity=Severity.WARNING,
        scored_family="tone",
        summary="A word is misspelt.",
        evidence=("REA-06",),
        why="Language errors lower how conscientious the writer seems.",
        message="Correct the spelling.",
        reads=("tone.misspellings",),
        check=listed("ton_misspellings", guard=is_name_like, safe=True),
        bad=(
            bad("I recieved the drawing.", "recieved", "I received the drawing."),
            bad("Definately worth a visit.", "Definately", "Definitely worth a visit."),
            bad("We dont fire on Fridays.", "dont", "We don't fire on Fridays."),
        ),
        good=(
            good("The colour programme is organised by the centre.", "British spelling"),
            good("I read about the Wellcome grant for the Thier archive.", "names"),
        ),
    ),
    Rule(
        code="TON026",
        name="doubled-word",
        severity=Severity.WARNING,
        scored_family="tone",
        summary="The same word stands twice in a row.",
        evidence=("REA-06",),
        why="It shows that nobody read the draft again before sending.",
        message="Remove one of the two.",
        reads=("tone.doubled_words",),
        check=slips(lambda p: p.writing.doubled, lambda words: "", "Remove it"),
        bad=(
            bad("We met at the the kiln.", " the", "We met at the kiln."),
            bad("I am writing to to ask about rye.", " to", "I am writing to ask about rye."),
        ),
        good=(
            good("I know that that kiln had had its day.", "good English"),
            good("I will be in Walla Walla and Baden Baden.", "names of places"),
        ),
    ),
    Rule(
        code="TON027",
        name="lower-case-i",
        severity=Severity.WARNING,
        scored_family="tone",
        summary="The word I is in lower case.",
        evidence=("REA-06",),
        why="It reads as a chat message typed in passing.",
        message="Write I with a capital, here and further on.",
        reads=("tone.lower_case_i",),
        check=habit(lambda p: p.writing.lower_i, "Write “I” everywhere"),
        bad=(
            bad("Last week i saw the kiln.", "i", "Last week I saw the kiln."),
            bad(
                "When i'm in Leeds and if i may, could we meet?",
                "i",
                "When I'm in Leeds and if I may, could we meet?",
            ),
        ),
        good=(
            good("Use the short form, i.e. the second page.", "an abbreviation"),
            good("There are two points: (i) rye and (ii) wheat.", "a list number"),
        ),
    ),
    Rule(
        code="TON028",
        name="small-sentence-start",
        severity=Severity.HINT,
        scored_family="tone",
        summary="A sentence begins in lower case.",
        evidence=("REA-06",),
        why="Missing capitals make sentences hard to tell apart and look hasty.",
        message="Begin every sentence with a capital.",
        reads=("tone.uncapitalised",),
        check=habit(lambda p: p.writing.uncapitalised, "Begin every sentence with a capital"),
        bad=(
            bad("The kiln works. we fire it on Friday.", "w", "The kiln works. We fire it on Friday."),
            bad("could you tell me which mill you use?", "c", "Could you tell me which mill you use?"),
        ),
        good=(
            good("Hi Ana, could you tell me which mill you use?", "goes on after the greeting"),
            good("The sizes are approx. ten by twelve.", "an abbreviation inside the sentence"),
        ),
    ),
    Rule(
        code="TON029",
        name="wrong-article",
        severity=Severity.HINT,
        scored_family="tone",
        summary="A stands before a vowel sound, or an before a consonant.",
        evidence=("REA-06",),
        why="It trips the reader and looks unread.",
        message="Swap a and an.",
        reads=("tone.article_errors",),
        check=slips(
            lambda p: p.writing.articles, lambda words: "an" if words == "a" else "a", "Swap a and an"
        ),
        bad=(
            bad("It was a interesting talk.", "a", "It was an interesting talk."),
            bad("She runs an bakery in Leeds.", "an", "She runs a bakery in Leeds."),
        ),
        good=(
            good("It took an hour at a university with a one-off grant.", "sounds decide, not letters"),
            good("He is an MBA and a European.", "a letter read aloud, and a name"),
        ),
    ),
)
