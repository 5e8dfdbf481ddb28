"""What is known from elsewhere and can be held against one's own outcomes, each with its evidence.

A figure of grade D, or one that no source could be found for, is not among them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from scorer.evidence import Evidence, evidence
from scorer.outcomes.outcome import Outcome
from scorer.outcomes.rates import Verdict


@dataclass(frozen=True, slots=True)
class Belief:
    """A claim on how two kinds of messages compare.

    Attributes
    ----------
    by
        The grouping it belongs to.
    words
        The claim, for people.
    ids
        The figures it rests on.
    first, second
        Which messages are compared, the first with the second.
    measure, expects
        What is counted, and what the claim says of the first.
    """

    by: str
    words: str
    ids: tuple[str, ...]
    first_name: str
    first: Callable[[Outcome], bool]
    second_name: str
    second: Callable[[Outcome], bool]
    measure: Literal["answered", "accepted"] = "answered"
    expects: Verdict = Verdict.HIGHER

    @property
    def figures(self) -> tuple[Evidence, ...]:
        """The figures with grade and source."""
        return tuple(evidence()[id_] for id_ in self.ids)


BELIEFS: tuple[Belief, ...] = (
    Belief(
        "length",
        "Short requests are answered more often than long ones.",
        ("LEN-06", "LEN-01", "LEN-05"),
        "up to 400 characters", lambda row: 0 < len(row.text) <= 400,
        "longer", lambda row: len(row.text) > 400,
    ),
    Belief(
        "stage",
        "Each further follow-up brings fewer answers than the message before, while one follow-up adds to the total.",
        ("FUP-01", "FUP-03", "FUP-05"),
        "first messages", lambda row: row.stage == "initial" and bool(row.text),
        "follow-ups", lambda row: row.stage == "follow_up",
    ),
    Belief(
        "channel",
        "Whether an invitation carries a note hardly moves its acceptance.",
        ("PER-10", "BAS-02"),
        "with a note", lambda row: bool(row.text),
        "without a note", lambda row: not row.text,
        measure="accepted", expects=Verdict.NO_DIFFERENCE,
    ),
)  # fmt: skip


def figure_line(figure: Evidence) -> str:
    """Return one line on a figure: id, grade, value, how and where it was found; no value for grade D."""
    known = "D" not in figure.grade and figure.value
    value = f" {figure.value} {figure.unit}" if known else ""
    size = f", n {figure.n}" if figure.n else ""
    where = f"{figure.channel.replace('_', ' ')}; {figure.design}{size}, {figure.year}"
    return f"{figure.id} [{figure.grade}] {figure.outcome}{value} ({where})"
