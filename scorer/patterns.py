"""What to write where only the writer knows the words: a pattern made from the draft's own facts.

The gaps, written ``[…]``, are what the writer alone can supply; nothing about the reader is invented.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scorer.parse.mentions import name_parts
from scorer.parse.parsed import ParsedDraft


@dataclass(frozen=True, slots=True)
class Facts:
    """What patterns may speak of; where a fact is not known, the gap that stands for it."""

    hello: str
    company: str
    role: str
    writer: str
    before: str


def facts_of(parsed: ParsedDraft) -> Facts:
    """Return the facts of `parsed`: those given with the draft, else those that stand in it."""
    recipient, sender = parsed.draft.recipient, parsed.draft.sender
    first = name_parts(recipient.name)[:1] if recipient and recipient.name else []
    salutation = parsed.tailoring.salutation
    if not first and salutation is not None and salutation.name is not None:
        first = [parsed.text[slice(*salutation.name)]]
    organisations = [ent.text for ent in parsed.entities("ORG") if ent.start_char >= parsed.body_start]
    company = (recipient.company if recipient else None) or (organisations[0] if organisations else None)
    earlier = parsed.draft.earlier[-1].split() if parsed.draft.earlier else []
    return Facts(
        hello=f"Hi {first[0]}, " if first else "",
        company=company or "[their firm]",
        role=(recipient.role if recipient else None) or "[their work]",
        writer=(sender.role if sender and sender.role else None) or "[what you do, where]",
        before=" ".join(earlier[:8]).rstrip(".,!?") + " …" if earlier else "[your first message]",
    )


# Rule code -> the pattern's words.
_PATTERNS: dict[str, Callable[[Facts], str]] = {
    "PER005": lambda f: f"{f.hello or 'Hi [first name], '}…",
    "PER006": lambda f: f"{f.hello}your [post, talk or project] on [topic] at {f.company} is why I'm writing: [what it changed for you].",
    "PER007": lambda f: f"Your [piece of work] at {f.company}: [the one detail that stayed with you].",
    "PER008": lambda f: f"{f.hello}I saw that {f.company} [what happened there], and you as {f.role} must have [what follows from it].",
    "PER009": lambda f: f"{f.hello}I saw that {f.company} [what happened there], and as {f.role} you'd know [what you want to learn].",
    "PER018": lambda f: f"{f.hello}[what you saw of theirs] at {f.company} is why I'm writing: [what it has to do with you].",
    "PER010": lambda f: "We both [where, when, with whom].",
    "PER015": lambda f: f"I'm {f.writer}.",
    "ASK001": lambda f: "Could you tell me [one thing that a line answers]?",
    "ASK003": lambda f: f"Could you tell me [one fact about {f.company.strip('[]')}]? One line is plenty.",
    "ASK005": lambda f: "Is [one question] something you'd answer by message? If so I'd come back with [the bigger one].",
    "ASK006": lambda f: f"Is the [job] at {f.company} still open, and are you the right person to ask?",
    "ASK010": lambda f: "I'm asking you because [what only you know or did].",
    "ASK012": lambda f: "When you [one step in your path], did you [this or that]?",
    "ASK013": lambda f: "Would 15 minutes on [day] about [topic] suit you, or is a message easier?",
    "ASK017": lambda f: "If it's not for you, a “no” is fine too.",
    "ASK021": lambda f: "I'm asking you because [what only you know or did]: [one question that a line answers]?",
    "TON006": lambda f: "I bring [one thing you did, with a number]; is that of use for [the job]?",
    "TON022": lambda f: f"What {f.company} would have of it: [a saving, a contact, a figure], whatever you decide.",
    "TON023": lambda f: f"For {f.company} that would mean [how much of what, by when].",
    "FUP002": lambda f: "Since I wrote, [what is new: a figure, a date, an answer to your question].",
    "FUP003": lambda f: f"I wrote about “{f.before}”.",
    "FUP006": lambda f: "Since I wrote, [what is new]. [The question, smaller than before]?",
    "FUP010": lambda f: "A smaller question this time: [one that a word answers]?",
}  # fmt: skip


def with_pattern(code: str, message: str, facts: Facts) -> str:
    """Return `message` with the pattern of rule `code` behind it; as it is where there is none."""
    pattern = _PATTERNS.get(code)
    return message if pattern is None else f"{message} For example: “{pattern(facts)}”"
