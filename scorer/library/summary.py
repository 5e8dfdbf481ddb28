"""What a scored library is like as a whole, gathered in one pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import mean, median

from scorer.library.stored import Scored
from scorer.output.base import FAMILY_TITLES
from scorer.schema import BANDS, FAMILIES, Severity

_WORST = 5
_WEIGHTS = {Severity.ERROR: 3.0, Severity.WARNING: 1.0, Severity.HINT: 0.2}


@dataclass(frozen=True, slots=True)
class Frequent:
    """A rule that found something.

    Attributes
    ----------
    drafts
        In how many drafts.
    severity
        The worst that it had.
    """

    code: str
    name: str
    family: str
    severity: Severity
    drafts: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures of a library.

    Attributes
    ----------
    drafts, refused
        Drafts in it, and how many of them have no score.
    mean, median
        Of the scores, 0 to 100; None without any.
    bands
        Band -> number of drafts, best first.
    families
        Family -> mean score, weakest first.
    worst
        Names and scores of the worst drafts, worst first.
    frequent
        Rules by the number of drafts, most first.
    """

    drafts: int
    refused: int
    mean: float | None
    median: float | None
    bands: Mapping[str, int]
    families: Mapping[str, float]
    worst: tuple[tuple[str, float], ...]
    frequent: tuple[Frequent, ...]

    @property
    def first(self) -> tuple[Frequent, ...]:
        """What to mend first: rules by drafts, an error counting for three warnings, a hint for a fifth."""
        ranked = sorted(self.frequent, key=lambda f: (-_WEIGHTS[f.severity] * f.drafts, f.code))
        return tuple(f for f in ranked if f.severity is not Severity.HINT)[:3]


def summarise(items: Iterable[Scored]) -> Summary:
    """Return the summary of `items`."""
    scores: list[float] = []
    bands: Counter[str] = Counter()
    found: Counter[str] = Counter()
    about: dict[str, Frequent] = {}
    sums: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    worst: list[tuple[float, int, str]] = []
    number = refused = 0
    for number, item in enumerate(items, 1):
        report = item.report
        if report.score is None or report.band is None:
            refused += 1
        else:
            scores.append(report.score)
            bands[report.band] += 1
            worst = sorted([*worst, (report.score, number, item.source.name)])[:_WORST]
        for name, value in report.families.items():
            sums[name] += value  # type: ignore[assignment]
            judged[name] += 1
        for code in {finding.code for finding in report.findings}:
            found[code] += 1
        for finding in report.findings:
            known = about.get(finding.code)
            if known is None or finding.severity.rank > known.severity.rank:
                about[finding.code] = Frequent(
                    finding.code, finding.name, finding.family, finding.severity, 0
                )
    families = {name: round(sums[name] / judged[name], 1) for name in FAMILIES if judged[name]}
    return Summary(
        drafts=number,
        refused=refused,
        mean=round(mean(scores), 1) if scores else None,
        median=round(median(scores), 1) if scores else None,
        bands={band: bands[band] for _, band in BANDS},
        families=dict(sorted(families.items(), key=lambda pair: (pair[1], pair[0]))),
        worst=tuple((name, score) for score, _, name in worst),
        frequent=tuple(
            Frequent(f.code, f.name, f.family, f.severity, found[f.code])
            for f in sorted(about.values(), key=lambda f: (-found[f.code], f.code))
        ),
    )


def lines(summary: Summary, width: int = 80) -> Iterator[str]:
    """Yield the summary in words, for a terminal."""
    many = f"{summary.drafts} draft{'' if summary.drafts == 1 else 's'}"
    if summary.mean is None:
        yield f"{many}, none of them scored"
        return
    refused = f", {summary.refused} not scored" if summary.refused else ""
    yield f"{many}{refused}: mean {summary.mean:.1f}, median {summary.median:.1f}"
    yield ""
    most = max(summary.bands.values())
    for band, number in summary.bands.items():
        bar = "█" * round(number / most * (width - 30)) if most else ""
        yield f"  {band:<10}{number:>7}  {bar}".rstrip()
    yield ""
    weak = ", ".join(f"{FAMILY_TITLES[name]} {value:.0f}" for name, value in summary.families.items())
    yield f"Weakest first: {weak}"
    yield "Worst: " + "; ".join(f"{name} {score:.1f}" for name, score in summary.worst)
    if summary.frequent:
        yield "Most frequent findings:"
        for each in summary.frequent[:5]:
            drafts = "1 draft" if each.drafts == 1 else f"{each.drafts} drafts"
            share = each.drafts / summary.drafts
            yield f"  {each.code} {each.name}: {drafts} ({share:.0%}), {each.severity.value}"
    if summary.first:
        yield "Mend first: " + ", ".join(f"{each.code} {each.name}" for each in summary.first)
