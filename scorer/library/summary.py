"""What a scored library is like as a whole, gathered in one pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import mean, median

from scorer.library.stored import Scored
from scorer.output.base import FAMILY_TITLES
from scorer.schema import BANDS, FAMILIES, Finding, Severity

_WORST = 5
_WEIGHTS = {Severity.ERROR: 3.0, Severity.WARNING: 1.0, Severity.HINT: 0.2}


@dataclass(frozen=True, slots=True)
class Frequent:
    """A rule that found something.

    Attributes
    ----------
    severities
        Severity -> in how many drafts it is the worst that the rule found, worst first.
    """

    code: str
    name: str
    family: str
    severities: Mapping[Severity, int]

    @property
    def drafts(self) -> int:
        """In how many drafts it found something."""
        return sum(self.severities.values())

    @property
    def severity(self) -> Severity:
        """The worst severity that it had."""
        return next(iter(self.severities))

    @property
    def weight(self) -> float:
        """Drafts, each counted by what the rule found in it: an error as three warnings, a hint as a fifth."""
        return sum(_WEIGHTS[severity] * number for severity, number in self.severities.items())

    @property
    def words(self) -> str:
        """The severities for people: ``error``, or ``1 error, 20 warnings`` where there are several."""
        if len(self.severities) == 1:
            return self.severity.value
        return ", ".join(f"{n} {s.value}{'' if n == 1 else 's'}" for s, n in self.severities.items())


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
        """What to mend first: the three rules of most weight that did more than hint."""
        ranked = sorted(self.frequent, key=lambda f: (-f.weight, f.code))
        return tuple(f for f in ranked if f.severity is not Severity.HINT)[:3]


def summarise(items: Iterable[Scored]) -> Summary:
    """Return the summary of `items`."""
    scores: list[float] = []
    bands: Counter[str] = Counter()
    found: dict[str, Counter[Severity]] = {}
    about: dict[str, Finding] = {}
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
        worst_of: dict[str, Severity] = {}
        for finding in report.findings:
            about.setdefault(finding.code, finding)
            known = worst_of.get(finding.code, finding.severity)
            worst_of[finding.code] = max(known, finding.severity, key=lambda severity: severity.rank)
        for code, severity in worst_of.items():
            found.setdefault(code, Counter())[severity] += 1
    families = {name: round(sums[name] / judged[name], 1) for name in FAMILIES if judged[name]}
    return Summary(
        drafts=number,
        refused=refused,
        mean=round(mean(scores), 1) if scores else None,
        median=round(median(scores), 1) if scores else None,
        bands={band: bands[band] for _, band in BANDS},
        families=dict(sorted(families.items(), key=lambda pair: (pair[1], pair[0]))),
        worst=tuple((name, score) for score, _, name in worst),
        frequent=tuple(sorted(
            (
                Frequent(code, about[code].name, about[code].family, _worst_first(numbers))
                for code, numbers in found.items()
            ),
            key=lambda f: (-f.drafts, f.code),
        )),
    )  # fmt: skip


def _worst_first(numbers: Mapping[Severity, int]) -> dict[Severity, int]:
    return dict(sorted(numbers.items(), key=lambda pair: -pair[0].rank))


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
            yield f"  {each.code} {each.name}: {drafts} ({share:.0%}), {each.words}"
    if summary.first:
        yield "Mend first: " + ", ".join(f"{each.code} {each.name}" for each in summary.first)
