"""What the outcomes show: reply rates by group with intervals, beside what is known from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from scorer.errors import InputError
from scorer.outcomes.beliefs import BELIEFS, Belief
from scorer.outcomes.grouping import BY, NO_TEXT, ONE_OF_A_KIND, ORDER, judged, labels_of
from scorer.outcomes.rates import WORTH, Comparison, Verdict, compare, dispersion, wilson
from scorer.outcomes.table import Cell, Denominator, Outcome, OutcomeTable, Provenance

if TYPE_CHECKING:
    import pandas as pd

    from scorer.pipeline import Scorer

SCHEMA_VERSION = 1
Measure = Literal["answered", "accepted"]
# Invitations differ in these; they have no stage, and their notes are all about as long.
_OF_INVITATIONS = ("channel", "template")
# Templates with fewer messages are taken together: each of them alone can show nothing.
FEWEST = 10


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a section: the replies of a group, their interval, and what that shows.

    Attributes
    ----------
    low, high
        Wilson 95 % interval of the rate.
    example
        Words of one of its messages, when they were asked for.
    """

    name: str
    cell: Cell
    low: float
    high: float
    comparison: Comparison
    example: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The groups of one kind over one denominator.

    Attributes
    ----------
    measure
        What the counts count: ``answered``, or ``accepted`` for invitations.
    spread
        How much more the templates in a group vary than chance makes them; intervals and verdicts allow for it.
    """

    by: str
    measure: Measure
    denominator: Denominator
    groups: tuple[Group, ...]
    spread: float = 1.0

    @property
    def overall(self) -> float:
        """The rate of all groups together."""
        return sum(g.cell.n_replied for g in self.groups) / max(1, sum(g.cell.n_sent for g in self.groups))


@dataclass(frozen=True, slots=True)
class Held:
    """A belief from elsewhere beside the user's own data; counts are None where the data have neither side."""

    belief: Belief
    denominator: Denominator | None
    first: tuple[int, int]
    second: tuple[int, int]
    comparison: Comparison | None


@dataclass(frozen=True, slots=True)
class Report:
    """What an outcome table shows.

    Attributes
    ----------
    overall
        One group per denominator.
    invitations
        All invitations, accepted ones counted; None without any.
    comparisons
        How many groups were compared in all; each section is corrected for its own.
    """

    overall: tuple[Group, ...]
    sections: tuple[Section, ...]
    invitations: Group | None
    beliefs: tuple[Held, ...]
    provenance: tuple[Provenance, ...]
    comparisons: int
    worth: float = WORTH

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, ready for JSON."""
        return {
            "schema_version": SCHEMA_VERSION,
            "overall": [_group_dict(group) for group in self.overall],
            "sections": [
                {
                    "by": s.by,
                    "measure": s.measure,
                    "denominator": s.denominator,
                    "spread": round(s.spread, 3),
                    "groups": [_group_dict(group) for group in s.groups],
                }
                for s in self.sections
            ],
            "invitations": _group_dict(self.invitations) if self.invitations else None,
            "evidence": [_held_dict(held) for held in self.beliefs],
            "comparisons": self.comparisons,
            "worth": round(self.worth, 4),
            "provenance": [entry.to_dict() for entry in self.provenance],
        }

    def to_rows(self) -> list[dict[str, Any]]:
        """Return plain data for each group of each section."""
        return [
            {"by": s.by, "measure": s.measure, **_group_dict(group)}
            for s in self.sections
            for group in s.groups
        ]

    def to_frame(self) -> pd.DataFrame:
        """Return a row for each group of each section.

        Raises
        ------
        InputError
            pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            raise InputError("a data frame needs pandas; install score-draft[notebooks]") from None
        return pd.DataFrame(self.to_rows())

    def _repr_html_(self) -> str:
        """Return the report as HTML, which a notebook shows."""
        from scorer.outcomes.report_html import fragment

        return fragment(self)


def report_on(
    table: OutcomeTable,
    by: Sequence[str] = BY,
    *,
    scorer: Scorer | None = None,
    worth: float = WORTH,
    show_text: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Return what `table` shows.

    Parameters
    ----------
    by
        Which of `BY` to group by.
    scorer
        Scores the texts and recognises their purposes; loaded when needed and not given.
    worth
        The difference worth having, as a share of the others' rate.
    show_text
        Show the beginning of a message of each template.
    progress
        Called with the number of texts scored.

    Raises
    ------
    InputError
        The table is empty, or `by` names no grouping.
    """
    for name in by:
        if name not in BY:
            raise InputError(f"outcomes can be grouped by {', '.join(BY)}")
    if not table.rows:
        raise InputError("the outcome table is empty; read a source into it first")
    messages, invitations = table.messages, table.invitations
    judgements = judged(messages, scorer, progress) if {"purpose", "score"} & set(by) else {}
    labels = labels_of(judgements)
    sections = [
        section
        for name in by
        for denominator in messages.denominators
        if (
            section := _section(
                messages.only(denominator), name, "answered", labels[name], worth, show_text=show_text
            )
        )
    ]
    sections += [
        section
        for name in by
        if name in _OF_INVITATIONS
        and (section := _section(invitations, name, "accepted", labels[name], worth, show_text=show_text))
        and len(section.groups) > 1
    ]
    accepted = invitations.binomial()
    return Report(
        overall=tuple(_group("all", cell, Comparison(Verdict.ALONE)) for cell in messages.binomial()),
        sections=tuple(sections),
        invitations=_group("all", accepted[0], Comparison(Verdict.ALONE)) if accepted else None,
        beliefs=tuple(
            _held(belief, table, worth) for belief in BELIEFS if belief.by in by and _concerns(belief, table)
        ),
        provenance=table.provenance,
        comparisons=sum(group.comparison.p is not None for section in sections for group in section.groups),
        worth=worth,
    )


def _section(
    table: OutcomeTable,
    by: str,
    measure: Measure,
    label: Callable[[Outcome], str],
    worth: float,
    *,
    show_text: bool,
) -> Section | None:
    cells = [cell for cell in table.binomial(label) if cell.n_sent]
    own = {row.template for row in table if row.template}
    if by == "template":
        if not own:
            return None
        cells = _rare_together(cells)
    if not cells:
        return None
    order = {name: place for place, name in enumerate(ORDER.get(by, ()))}
    cells.sort(key=lambda cell: (order.get(cell.key[0], -1), -cell.n_sent, cell.key[0]))
    mixed = [index for index, cell in enumerate(cells) if by == "template" and cell.key[0] not in own]
    counts = [(cell.n_replied, cell.n_sent) for cell in cells]
    spread = 1.0 if by == "template" else _spread(table, label)
    if spread is None:  # one template in each group: what differs may be the template
        spread, mixed = 1.0, list(range(len(cells)))
    comparisons = compare(counts, worth=worth, shown_only=mixed, spread=spread)
    examples = (
        {label(row): row.text for row in reversed(table.rows)} if show_text and by == "template" else {}
    )
    groups = [
        _group(cell.key[0], cell, comparison, examples.get(cell.key[0]), spread=spread)
        for cell, comparison in zip(cells, comparisons, strict=True)
    ]
    return Section(by, measure, table.one_denominator(), tuple(groups), spread)


def _spread(table: OutcomeTable, label: Callable[[Outcome], Hashable]) -> float | None:
    """Return how much more templates vary within groups than chance makes them; see `rates.dispersion`."""
    counts: dict[Hashable, dict[str, tuple[int, int]]] = {}
    for row in table:
        if row.known:
            group = counts.setdefault(label(row), {})
            k, n = group.get(row.template or row.id, (0, 0))
            group[row.template or row.id] = (k + (row.n_replied or 0), n + row.n_sent)
    return dispersion({name: tuple(group.values()) for name, group in counts.items()})


def _rare_together(cells: Iterable[Cell]) -> list[Cell]:
    """Take the templates with few messages together."""
    kept: list[Cell] = []
    rare: list[Cell] = []
    for cell in cells:
        (kept if cell.n_sent >= FEWEST or cell.key[0] in (ONE_OF_A_KIND, NO_TEXT) else rare).append(cell)
    if len(rare) < 2:
        return kept + rare
    positive = [cell.n_positive for cell in rare if cell.n_positive is not None]
    total: Counter[str] = Counter()
    for cell in rare:
        total.update(sent=cell.n_sent, replied=cell.n_replied, automatic=cell.n_automatic, young=cell.n_young)
    together = Cell(
        key=(f"{len(rare)} templates, each under {FEWEST}",),
        denominator=rare[0].denominator,
        n_sent=total["sent"],
        n_replied=total["replied"],
        n_positive=sum(positive) if positive else None,
        n_automatic=total["automatic"],
        n_young=total["young"],
    )
    return [*kept, together]


def _concerns(belief: Belief, table: OutcomeTable) -> bool:
    """Tell whether the table holds anything of either side of a belief."""
    rows = table.messages if belief.measure == "answered" else table.invitations
    return any(belief.first(row) or belief.second(row) for row in rows)


def _held(belief: Belief, table: OutcomeTable, worth: float) -> Held:
    """Hold a belief against the rows of the denominator that has most on both sides."""
    best = Held(belief, None, (0, 0), (0, 0), None)
    table = table.messages if belief.measure == "answered" else table.invitations
    for denominator in table.denominators:
        known = [row for row in table.only(denominator) if row.known]
        sides = [
            (sum(row.n_replied or 0 for row in rows), sum(row.n_sent for row in rows))
            for rows in ([r for r in known if belief.first(r)], [r for r in known if belief.second(r)])
        ]
        if min(n for _, n in sides) > min(best.first[1], best.second[1]):
            both = table.only(denominator).where(lambda row: belief.first(row) or belief.second(row))
            spread = _spread(both, belief.first)
            alone = (0, 1) if spread is None else ()
            comparison = compare(sides, worth=worth, shown_only=alone, spread=spread or 1.0)[0]
            best = Held(belief, denominator, sides[0], sides[1], comparison)
    return best


def _group(
    name: str, cell: Cell, comparison: Comparison, example: str | None = None, *, spread: float = 1.0
) -> Group:
    low, high = wilson(cell.n_replied / spread, cell.n_sent / spread)
    return Group(name, cell, low, high, comparison, example)


def _group_dict(group: Group) -> dict[str, Any]:
    cell, comparison = group.cell, group.comparison
    data = {
        "group": group.name,
        "denominator": cell.denominator,
        "n_sent": cell.n_sent,
        "n_replied": cell.n_replied,
        "rate": round(cell.rate, 4) if cell.n_sent else None,
        "low": round(group.low, 4),
        "high": round(group.high, 4),
        "n_positive": cell.n_positive,
        "n_automatic": cell.n_automatic,
        "n_young": cell.n_young,
        "verdict": comparison.verdict,
        "p": None if comparison.p is None else round(comparison.p, 4),
        "more": comparison.more,
        "more_elsewhere": comparison.more_elsewhere,
    }
    return data if group.example is None else {**data, "example": group.example}


def _held_dict(held: Held) -> dict[str, Any]:
    return {
        "belief": held.belief.words,
        "measure": held.belief.measure,
        "ids": list(held.belief.ids),
        "denominator": held.denominator,
        "yours": None if held.comparison is None else {
            held.belief.first_name: {"n_replied": held.first[0], "n_sent": held.first[1]},
            held.belief.second_name: {"n_replied": held.second[0], "n_sent": held.second[1]},
            "comparison": asdict(held.comparison),
        },
    }  # fmt: skip
