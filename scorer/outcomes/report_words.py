"""The words of a report, the same on a terminal and on a page."""

from __future__ import annotations

from scorer.outcomes.rates import Comparison, Verdict
from scorer.outcomes.report import Group, Held, Report, Section

TITLES = {
    "stage": "By message in the row",
    "channel": "By channel",
    "length": "By length",
    "purpose": "By purpose",
    "score": "By score band",
    "template": "By template",
}
ABOUT = {
    "score": "The score judges a draft as careful readers do; whether it goes with answers is what this shows.",
    "template": "Who got a template moves its rate as much as its words do; only an assigned trial tells them apart.",
    "purpose": "No source compares purposes on the same footing, so there is nothing to hold this against.",
}


def percent(rate: float) -> str:
    """Return a rate for people: ``7.5 %``, ``12 %``."""
    return f"{100 * rate:.1f} %" if rate < 0.0995 else f"{100 * rate:.0f} %"


def interval(low: float, high: float) -> str:
    """Return an interval of rates for people."""
    return f"{percent(low).removesuffix(' %')} to {percent(high)}"


def p_words(p: float | None) -> str:
    """Return a p-value for people."""
    return "" if p is None else "p < 0.001" if p < 0.001 else f"p {p:.3f}"


def verdict(comparison: Comparison) -> str:
    """Return what a comparison shows."""
    kind = comparison.verdict
    if kind in (Verdict.HIGHER, Verdict.LOWER):
        return f"{kind} than the rest ({p_words(comparison.p)})"
    if kind is not Verdict.NOT_ENOUGH:
        return str(kind)
    if comparison.more_elsewhere and not comparison.more:
        return f"not enough data: {comparison.more_elsewhere:,} more elsewhere"
    if comparison.more_elsewhere:
        return f"not enough data: {comparison.more:,} more here, {comparison.more_elsewhere:,} elsewhere"
    return f"not enough data: {comparison.more:,} more"


def overall(group: Group) -> str:
    """Return one line on all rows of a denominator."""
    cell = group.cell
    words = f"{cell.n_replied:,} of {cell.n_sent:,} {cell.denominator.words} were answered"
    if cell.n_sent:
        words += f": {percent(cell.rate)} (95 % interval {interval(group.low, group.high)})"
    extras = []
    if cell.n_positive is not None:
        extras.append(f"{cell.n_positive:,} answers known to be positive")
    if cell.n_automatic:
        extras.append(f"{cell.n_automatic:,} automatic replies, not counted as answers")
    if cell.n_young:
        extras.append(f"{cell.n_young:,} too young to say, in no rate")
    return "; ".join([words, *extras]) + "."


def invitations(group: Group) -> str:
    """Return one line on all invitations."""
    cell = group.cell
    if not cell.n_sent:
        return f"{cell.n_young:,} invitations, of which it is not known or too early to say whether they were accepted."
    words = f"{cell.n_replied:,} of {cell.n_sent:,} invitations were accepted: {percent(cell.rate)}"
    young = f"; {cell.n_young:,} too young to say" if cell.n_young else ""
    return f"{words} (95 % interval {interval(group.low, group.high)}){young}."


def title(section: Section, *, several: bool) -> str:
    """Return the heading of a section."""
    if section.measure == "accepted":
        return f"Invitations accepted, {TITLES[section.by].lower().replace('channel', 'note')}"
    words = TITLES[section.by]
    return f"{words}, per {section.denominator.words}" if several else words


def about(section: Section) -> list[str]:
    """Return what is to be said below a section."""
    found = []
    if section.spread > 1.2:
        found.append(
            f"Templates vary {section.spread:.1f} times as much as chance makes them; intervals allow for it."
        )
    if section.measure == "answered" and section.by in ABOUT:
        found.append(ABOUT[section.by])
    return found


def held(item: Held) -> str:
    """Return what the user's own data say to a belief."""
    belief, comparison = item.belief, item.comparison
    if comparison is None:
        return f"Yours: nothing to hold against it ({belief.first_name} and {belief.second_name} are needed)."
    (k, n), (k2, n2) = item.first, item.second
    sides = (
        f"Yours: {belief.first_name} {k:,} of {n:,} ({percent(k / n)}), "
        f"{belief.second_name} {k2:,} of {n2:,} ({percent(k2 / n2)})"
    )
    if comparison.verdict is belief.expects:
        said = "your data say so too"
    elif comparison.verdict is Verdict.NOT_ENOUGH:
        said = verdict(comparison)
    elif comparison.verdict is Verdict.ALONE:
        said = "one template on each side, so the template may be what differs"
    elif comparison.verdict is Verdict.NO_DIFFERENCE:
        said = "your data show no difference worth having"
    else:
        said = f"in your data the first is {comparison.verdict}"
    return f"{sides}: {said}."


def notes(report: Report) -> list[str]:
    """Return how the report is to be read, with the rule behind each verdict."""
    found = [
        "Intervals are Wilson's, 95 %. A group is held against all others of its section.",
        f"{report.comparisons} groups were compared. Each section's p-values (Fisher) are corrected for its number of "
        "groups (Holm), so a page of pure noise names a group in at most one of twenty sections.",
        f"“Not enough data: N more” means: with N more messages a difference of {percent(report.worth)} of the rest's "
        "rate (or of what it lacks to 100 %, if that is less) would be found with 80 % power at 5 %. Until then a "
        "difference here is not news, nor is its absence.",
        "An answer belongs to the last message before it. Invitations ask to be accepted and are counted apart.",
        "These are your messages as they happened, not a trial: who was written to, and when, differs between groups.",
    ]
    if len(report.overall) > 1:
        names = ", ".join(group.cell.denominator for group in report.overall)
        found.insert(
            0, f"The sources divide by different things ({names}); such rates are never put together."
        )
    return found


def sources(report: Report) -> list[str]:
    """Return one line for each reading: what it was and what was left out."""
    lines = []
    for entry in report.provenance:
        words = f"{entry.source}: {entry.rows:,} rows"
        if entry.as_of and entry.window_days:
            words += f", answers within {entry.window_days:g} days, known up to {entry.as_of:%Y-%m-%d}"
        if entry.left_out:
            words += "; left out: " + ", ".join(f"{reason} {n:,}" for reason, n in entry.left_out.items())
        lines.append(words)
    return lines
