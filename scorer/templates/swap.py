"""The swap test: fill a template in for real and for exchanged readers, and see what changes.

What a rendering says is a set of things: its content words, and the values that came from the recipient's
record (a firm or a role of several words is one thing, a line written for the reader counts word by word). The
*share* is how many of these things one reader's rendering has and another's has not, names left out: a name
says who is written to, not what is said. Saying a thing twice adds nothing, so repeating variables does not
raise the share.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any, Literal

from scorer.templates.names import NAMES, NOT_THE_RECIPIENT
from scorer.templates.recipients import Recipients
from scorer.templates.rendering import Filled, Rendering, fill
from scorer.templates.syntax import Template

Verdict = Literal["constant", "name_only", "slight", "partly", "mostly"]
# What profiles list: one thing each, however many words it has.
_FACTS = frozenset(
    """company role headline industry department city region country school email phone website linkedin_url open_role
    competitor""".split()
)
_FUNCTION_WORDS = frozenset(
    """a about after again all also am an and any are as at be been before but by can could did do does for from
    had has have he hello her hey hi him his how i if in into is it its just let like me more most my no not now of
    on one or our out over please she should so some such than thank thanks that the their them then there these
    they this those to too up us very was we were what when where which who why will with would you your yours
    dear best regards kind i'm i've i'd i'll you're you've it's we're we've don't that's""".split()
)
_WORD = re.compile(r"[^\W_](?:[\w'’-]*[^\W_])?")
# House judgement. Personalization may reach at most this much: with constant text, with names only, and from
# there in a straight line up to 100 where `FULL_SHARE` of what is said depends on the reader. From there to
# `TOP_SHARE` it is worth at least as much as a straight line from 0 to `TOP_FLOOR` says.
CONSTANT_CAP, NAME_CAP, FULL_SHARE = 10.0, 20.0, 0.30
TOP_SHARE, TOP_FLOOR = 0.60, 85.0
_SLIGHT = 0.10
MAX_PAIRS, WORDINGS = 200, 8


@dataclass(frozen=True, slots=True)
class SwapTest:
    """What the swap test found.

    Attributes
    ----------
    share
        0 to 1: share of the content that another reader would not have got.
    names
        Whether the reader's name stands in it.
    told_apart
        Share of the pairs of readers whose messages differ in more than the name.
    pairs
        How many pairs of readers were compared.
    floor, cap
        The least and the most that personalization can be worth, 0 to 100.
    """

    share: float
    names: bool
    told_apart: float
    pairs: int
    verdict: Verdict
    floor: float
    cap: float

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, ready for JSON."""
        return {
            key: round(value, 4) if isinstance(value, float) else value for key, value in asdict(self).items()
        }


def swap_test(template: Template, recipients: Recipients, *, seed: int = 0) -> SwapTest:
    """Return how much of the content of `template` depends on its reader.

    Every reader is compared with another one, drawn with `seed`, in up to `WORDINGS` wordings drawn for both
    alike. A single reader is compared with nobody: a record without values. What stands in for a missing value
    was written for nobody, so it makes no difference.
    """
    chance = random.Random(seed)
    filled = [fill(template, row) for row in recipients.rows]
    order = list(range(len(filled)))
    chance.shuffle(order)
    order = order[:MAX_PAIRS]
    if len(filled) == 1:
        filled.append(fill(template, {}))
        pairs = [(0, 1)]
    else:
        pairs = list(zip(order, [*order[1:], *order[:1]], strict=True))
    several = max(item.count for item in filled) > 1
    places = [chance.random() for _ in range(WORDINGS)] if several else [0.0]
    shares: list[float] = []
    for one, other in pairs:
        found = []
        for place in places:
            said, own = _things(_wording(filled[one], place))
            theirs, _ = _things(_wording(filled[other], place))
            found.append(len(own - theirs) / len(said) if said else 0.0)
        shares.append(sum(found) / len(found))
    return judged(
        sum(shares) / len(shares),
        names=_names_reader(_wording(filled[number], place) for number in order for place in places),
        told_apart=sum(value > 0 for value in shares) / len(shares),
        pairs=len(shares),
    )


def _wording(filled: Filled, place: float) -> Rendering:
    """Return the wording that stands at `place`, from 0 to 1, among all of them."""
    return filled.rendering(min(filled.count - 1, int(Fraction(place) * filled.count)))


def judged(share: float, *, names: bool, told_apart: float, pairs: int) -> SwapTest:
    """Return the verdict on a measured `share`."""
    if share <= 0:
        verdict: Verdict = "name_only" if names else "constant"
        cap = NAME_CAP if names else CONSTANT_CAP
    else:
        verdict = "slight" if share < _SLIGHT else "partly" if share < FULL_SHARE else "mostly"
        cap = NAME_CAP + (100.0 - NAME_CAP) * min(1.0, share / FULL_SHARE)
    floor = TOP_FLOOR * min(1.0, max(0.0, share - FULL_SHARE) / (TOP_SHARE - FULL_SHARE))
    return SwapTest(share, names, told_apart, pairs, verdict, floor, cap)


def _names_reader(renderings: Iterable[Rendering]) -> bool:
    return any(piece.kind == "value" and piece.name in NAMES for r in renderings for piece in r.pieces)


def _things(rendering: Rendering) -> tuple[frozenset[str], frozenset[str]]:
    """Return what a rendering says, names of the reader left out, and what of it the reader's record decided."""
    said: set[str] = set()
    own: set[str] = set()
    for piece in rendering.pieces:
        if piece.kind == "value" and piece.name in NAMES:
            continue
        if piece.kind == "value" and piece.name in _FACTS:
            words = {" ".join(piece.words.casefold().split())}
        else:
            words = set(_content_words(piece.words))
        said |= words
        if piece.kind == "value" or not NAMES.issuperset(piece.asked):
            own |= words
    return frozenset(said), frozenset(own)


def _content_words(words: str) -> Iterable[str]:
    return (
        word
        for word in (match.group().casefold().replace("’", "'") for match in _WORD.finditer(words))
        if word not in _FUNCTION_WORDS and len(word) > 1
    )


def depends_on_reader(names: Iterable[str], rows: Iterable[Mapping[str, str]]) -> dict[str, int]:
    """Return for each variable how many different values the recipients have; 1 or 0 makes nobody special."""
    kept = list(rows)
    return {
        name: len({row.get(name, "").strip().casefold() for row in kept} - {""})
        for name in names
        if name not in NOT_THE_RECIPIENT
    }
