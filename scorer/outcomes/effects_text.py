"""Effects of traits in words: a table, what limits it, and that it is no proof."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scorer.evidence import evidence
from scorer.outcomes.effects import Effects
from scorer.outcomes.traits import CONFOUNDING, TRAITS


def lines(found: Effects) -> Iterator[str]:
    """Yield the lines of the table for people."""
    width = max([len(effect.name) for effect in found.effects] + [5])
    yield (
        f"{found.n_replied:,} replies to {found.n_sent:,} messages from {found.n_clusters:,} templates or "
        "texts; all traits estimated together, spread measured between templates, p-values corrected for "
        "their number (Holm)."
    )
    yield ""
    yield f"{'trait':<{width}}  odds ratio  95 % interval       p   with  without  verdict"
    for effect in found.effects:
        interval = f"{effect.low:.2f} to {effect.high:.2f}"
        yield (
            f"{effect.name:<{width}}  {effect.odds_ratio:>10.2f}  {interval:<13}  {effect.p_adjusted:>6.3f}  "
            f"{effect.n_with:>5,}  {effect.n_without:>7,}  {effect.verdict}"
        )
    for name, why in found.left_out.items():
        yield f"{name:<{width}}  not estimated: {why}"
    yield ""
    if not any(effect.shown for effect in found.effects):
        yield "Nothing is shown: with this much data, chance alone makes differences of this size."
    for first, second, r in found.together:
        yield f"“{first}” and “{second}” go together (r = {r:.2f}): which of them matters can't be told."
    known = {trait.name: trait.evidence for trait in TRAITS}
    cited = [id_ for effect in found.effects for id_ in known.get(effect.name, ())]
    if cited:
        yield "What is known from elsewhere:"
        yield from (f"  {evidence()[id_].line}" for id_ in dict.fromkeys(cited))
        yield ""
    yield from CONFOUNDING


def as_dict(found: Effects) -> dict[str, Any]:
    """Return the effects as plain data, ready for JSON."""
    return {
        "n_sent": found.n_sent,
        "n_replied": found.n_replied,
        "n_templates": found.n_clusters,
        "effects": [
            {
                "trait": effect.name,
                "odds_ratio": round(effect.odds_ratio, 4),
                "low": round(effect.low, 4),
                "high": round(effect.high, 4),
                "p": round(effect.p, 6),
                "p_adjusted": round(effect.p_adjusted, 6),
                "n_with": effect.n_with,
                "n_without": effect.n_without,
                "verdict": effect.verdict,
            }
            for effect in found.effects
        ],
        "left_out": found.left_out,
        "together": [{"traits": [first, second], "r": round(r, 3)} for first, second, r in found.together],
        "caution": list(CONFOUNDING),
    }
