"""The one formula from judgement and findings to a score from 0 to 100.

    score = min(cap, bend(base + sum of feature contributions - sum of finding costs))

* ``base`` and the feature contributions come from the judge, which was fitted to readers' ratings. Most
  findings cost nothing on top: what they point at is already in the features that the judge read.
* A finding's cost is for what no reader rates by degrees: an error that must not be sent costs
  `ERROR_COST` points, once for each rule.
* ``bend`` is the identity from `LOW` to `HIGH` and approaches 0 and 100 outside without reaching them, so that
  mending a dreadful draft always shows and nothing is perfect.
* ``cap`` is the gate: a safety error holds the score at `SAFETY_CAP` or below, any other error at
  `ERROR_CAP`, whatever the rest is worth.

* ``held``: what only takes up room (filler, bare thanks, heaps of keywords, the same sentence twice) or does
  harm (pressure, guilt, hard sell, insults) never raises a score. A draft with such sentences is scored without
  them, too, and gets no more than that; a harmful one costs at least `HARM_COST`.

What limits and gates take away is booked as contributions ``gate.findings``, ``gate.cap``, ``gate.range`` and
``gate.idle``, so that all contributions, ``base`` included, add up to the score exactly.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scorer.model.base import Judgement
from scorer.schema import Finding, Severity

# House judgement: an unfilled placeholder or a message over its limit can't be sent as it is.
ERROR_COST = 10.0
ERROR_CAP = 45.0
SAFETY_CAP = 20.0
SAFETY_WARNING_CAP = 45.0
# Least points that a sentence takes away which a finding of these rules marks.
HARM_COST = 1.0
HARMFUL = frozenset(
    "SPM001 SPM002 SPM003 SPM004 SPM005 SPM007 SPM010 SPM013 TON001 TON002 TON009 TON011 FUP005".split()
)
# From here on the rest of a draft weighs more than a sentence's length can.
HARM_BELOW = 60.0
# Where the scale begins to bend towards its ends.
LOW, HIGH = 20.0, 90.0


@dataclass(frozen=True, slots=True)
class Score:
    """A score with the points that make it up; they add up to `value`."""

    value: float
    contributions: Mapping[str, float]
    families: Mapping[str, float]


def combine(judgement: Judgement, findings: Sequence[Finding]) -> Score:
    """Return the score of a draft from its judgement and findings."""
    contributions = {"base": judgement.base, **judgement.contributions}
    raw = judgement.raw
    errors = {finding.code for finding in findings if finding.severity is Severity.ERROR}
    cost = ERROR_COST * len(errors)
    if cost:
        contributions["gate.findings"] = -cost
    limited = bend(raw - cost)
    if limited != raw - cost:
        contributions["gate.range"] = limited - (raw - cost)
    cap = _cap(findings)
    if limited > cap:
        contributions["gate.cap"] = cap - limited
        limited = cap
    return Score(limited, contributions, judgement.families)


def harmful(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings that point at words which do harm."""
    return tuple(finding for finding in findings if finding.code in HARMFUL and finding.span is not None)


def held(score: Score, bare: float) -> Score:
    """Return `score` held at `bare`, what the draft is worth without its idle and harmful sentences."""
    if score.value <= bare:
        return score
    contributions = {**score.contributions, "gate.idle": bare - score.value}
    return replace(score, value=bare, contributions=contributions)


def bend(points: float) -> float:
    """Return `points` on a scale that ends at 0 and 100: unchanged from `LOW` to `HIGH`, smooth and rising."""
    if points < LOW:
        return LOW * math.exp((points - LOW) / LOW)
    if points > HIGH:
        rest = 100.0 - HIGH
        return 100.0 - rest * math.exp((HIGH - points) / rest)
    return points


def _cap(findings: Sequence[Finding]) -> float:
    cap = 100.0
    for finding in findings:
        if finding.family == "safety":
            if finding.severity is Severity.ERROR:
                cap = min(cap, SAFETY_CAP)
            elif finding.severity is Severity.WARNING:
                cap = min(cap, SAFETY_WARNING_CAP)
        elif finding.severity is Severity.ERROR:
            cap = min(cap, ERROR_CAP)
    return cap
