"""What a draft is for, recognised from its wording when nobody says."""

from __future__ import annotations

from scorer.lexicons import load
from scorer.parse.parsed import ParsedText

_CUES = "per_purpose"
# On a tie the purpose with the narrower cues wins.
_ORDER = (
    "recruiting", "job_search", "fundraising", "thanks", "event", "content", "partnership", "reconnect", "sales", "advice", "networking",
)  # fmt: skip
_STRONG, _WEAK = 2.0, 0.7


def recognise_purpose(body: ParsedText) -> str | None:
    """Return the purpose whose distinct cue phrases in `body` weigh most; None without any.

    A telling phrase weighs about three common ones; a phrase said twice counts once.
    """
    weights: dict[str, float] = {}
    entries = load(_CUES).entries
    for entry in {hit.entry for hit in body.lexicon_hits.get(_CUES, ())}:
        purpose = entries[entry] or ""
        name = purpose.removesuffix("+")
        weights[name] = weights.get(name, 0.0) + (_STRONG if purpose.endswith("+") else _WEAK)
    return max(_ORDER, key=lambda name: weights.get(name, 0.0)) if weights else None
