"""Personal data that a draft asks for, told from data that it gives or merely mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scorer.lexicons import load
from scorer.parse.parsed import ParsedDraft

# Words that ask for a thing named after them, and words that ask for one named before.
_ASKING = re.compile(
    r"\b(?:send|share|give|provide|need|tell|drop|text|forward|confirm|verify|submit|enter|require|supply|attach|upload|enclose|reply with|respond with|"
    r"(?:can|may|could|might) (?:i|we) (?:please )?(?:have|get|ask|know|take|grab)|i(?:'d| would) (?:like|need|love) (?:to (?:have|get|know) )?|do you have|let me (?:know|have)|"
    r"what(?:'s| is| are)|pls|please|ask(?:ing)? (?:you )?for|looking for|with|along with|mention|state|leave|mail|e-?mail|dm|whatsapp me|ping me|fill in|is there)\b"
)
_NOT_ASKING = re.compile(
    r"\b(?:never|not|don't|won't|do not|no need|without|instead of|rather than|lost|found|saw|thanks? (?:you )?for|got|have your|"
    r"has your|had your|already|(?:give|giving|gave|pass|passing|passed|hand|handed) (?:him|her|them)|gave (?:me|us)|attached|advert\w*|manages?|managing|protect\w*|secur\w+|forgot\w*|reset\w*|stolen|leak\w*|fraud\w*|validat\w+ of)\b"
)
# "my number", "the phone number on your leaflet", "our bank details".
_OWNED = re.compile(
    r"\b(?:my|our|his|her|their|its|whose|another's|the|this|that|a|an|any|every|no|'s)(?: [\w-]+){0,2} ?$"
)
_TO = re.compile(r"\b(?:to|at|on|via|by|from) (?:your)?(?: [\w-]+)? ?$")
_NAMED_AFTER = re.compile(
    r"\W{0,2}(?:is|was|are|has been|did|does|field|form|column|manager|managers|policy|policies|book|verification|validation|security|hygiene|reset|expectations?|budget|range|"
    r"to (?:him|her|them))\b"
)


@dataclass(frozen=True, slots=True)
class Request:
    """Something personal that the reader is asked for, in folded positions.

    Attributes
    ----------
    kind
        phone, email, address, identity, bank, secret or private.
    mild
        Asks where to send something rather than for the datum as such.
    """

    kind: str
    start: int
    end: int
    mild: bool = False


def asked_for(parsed: ParsedDraft) -> tuple[Request, ...]:
    """Return the requests for personal data in the body, by place."""
    hits = parsed.hits("saf_data")
    return tuple(_requests(parsed)) if hits else ()


def _requests(parsed: ParsedDraft) -> Iterator[Request]:
    entries = load("saf_data").entries
    lower = parsed.body.lower
    end = -1
    for hit in parsed.hits("saf_data"):
        if hit.start < end:
            continue
        sentence = parsed.sentence_at(hit.start)
        start = sentence.start if sentence else 0
        before = lower[max(start, hit.start - 90) : hit.start]
        whole = hit.entry.startswith(
            (
                "what's",
                "what is",
                "best number",
                "best email",
                "number i can",
                "number to",
                "email i can",
                "email to",
                "good number",
                "how old",
            )
        )
        if not whole:
            if _NAMED_AFTER.match(lower, hit.end) or _NOT_ASKING.search(before):
                continue
            if "your" not in hit.entry and _OWNED.search(before) and not before.endswith((" a ", " an ")):
                continue
            if not _ASKING.search(before) and not _asked_of_noun(lower, hit.end):
                continue
        kind = entries[hit.entry] or "private"
        mild = kind == "email" and (bool(_TO.search(before)) or "send" in lower[hit.end : hit.end + 25])
        end = hit.end
        yield Request(kind, hit.start, hit.end, mild)


def _asked_of_noun(lower: str, end: int) -> bool:
    """Tell whether "..., please" or "... is required" or a question mark follows what is named."""
    return (
        re.match(r"(?: too| as well)?,? ?(?:please|pls|plz|required|needed|asap|\?)", lower[end : end + 20])
        is not None
    )
