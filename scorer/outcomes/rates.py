"""What a group's reply rate shows, and what it does not show yet.

A group is held against all other messages of its kind. Three things can be said:

* **higher** or **lower**: the difference is more than chance makes, with all comparisons of the page
  taken into account (Fisher's exact test, Holm's correction over the groups compared, 5 %);
* **no difference worth having**: there were enough messages to show one (see below), and none showed;
* **not enough data, N more**: too few messages for the page to have shown a difference worth having. N is
  how many more the group needs for a two-sided test at 5 % to find, with 80 % power, a difference worth having:
  a third (`worth`) of the others' rate, or of what they lack to 100 % if that is less.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

ALPHA, POWER = 0.05, 0.80
WORTH = 1 / 3
_MOST = 10_000_000


class Verdict(StrEnum):
    """What the data say of a group beside all others."""

    HIGHER = "higher"
    LOWER = "lower"
    NO_DIFFERENCE = "no difference worth having"
    NOT_ENOUGH = "not enough data"
    ALONE = "nothing to compare with"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A group held against the others.

    Attributes
    ----------
    p
        Fisher's exact p-value, corrected for all groups of the comparison; None where nothing was compared.
    more
        Further messages that the group needs; None unless the verdict is ``not enough data``, and when no
        number would do because the others are too few.
    more_elsewhere
        Further messages that the others need as well.
    """

    verdict: Verdict
    p: float | None = None
    more: int | None = None
    more_elsewhere: int = 0


def wilson(successes: float, trials: float, *, confidence: float = 0.95) -> tuple[float, float]:
    """Return the score interval of a proportion (Wilson 1927), without continuity correction; (0, 1) for no trial.

    It stays within 0 and 1 and has the right width for few and for extreme counts, unlike p ± 1.96 s.e.
    """
    if trials == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    rate, share = successes / trials, z * z / trials
    centre = (rate + share / 2) / (1 + share)
    half = z * math.sqrt(rate * (1 - rate) / trials + share / (4 * trials)) / (1 + share)
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == trials else min(1.0, centre + half)
    return low, high


def needed(base: float, other: float, n_base: int | None = None) -> int | None:
    """Return how many messages at rate `other` it takes to tell it from `base`.

    Normal approximation with the continuity correction that makes it match Fisher's exact test (Casagrande, Pike
    and Smith 1978; Fleiss, Levin and Paik 2003), two-sided at 5 % with 80 % power.

    Parameters
    ----------
    n_base
        Messages on which `base` was measured; None for as many as the answer.

    Returns
    -------
    int or None
        None when no number does, because `n_base` is too small itself.
    """

    def reached(n: int) -> bool:
        m = n if n_base is None else n_base
        mean = (n * other + m * base) / (n + m)
        alike = math.sqrt(mean * (1 - mean) * (1 / n + 1 / m))
        unlike = math.sqrt(other * (1 - other) / n + base * (1 - base) / m)
        return abs(other - base) - (1 / n + 1 / m) / 2 >= _Z_ALPHA * alike + _Z_POWER * unlike

    if not reached(_MOST):
        return None
    low, high = 1, _MOST
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) else (middle + 1, high)
    return low


_Z_ALPHA = NormalDist().inv_cdf(1 - ALPHA / 2)
_Z_POWER = NormalDist().inv_cdf(POWER)


def compare(
    counts: Sequence[tuple[int, int]],
    *,
    worth: float = WORTH,
    shown_only: Collection[int] = (),
    spread: float = 1.0,
) -> tuple[Comparison, ...]:
    """Hold each group against all others together.

    Parameters
    ----------
    counts
        Replies and messages of each group; together they are all messages of one denominator.
    worth
        The difference worth having, as a share of the others' rate or of what it lacks to 1.
    shown_only
        Groups that are among the others, but are no group of their own to be told apart.
    spread
        How much more the rates vary than chance alone makes them; see `dispersion`.
    """
    counts = [(round(k / spread), round(n / spread)) for k, n in counts]
    replies, messages = sum(k for k, _ in counts), sum(n for _, n in counts)
    rests = [(replies - k, messages - n) for k, n in counts]
    tested = [
        index for index, (_, n) in enumerate(counts) if n and rests[index][1] and index not in shown_only
    ]
    p_values = [_fisher(*counts[index], *rests[index]) for index in tested]
    both_sides = (
        len(tested) == 2 and sum(n > 0 for _, n in counts) == 2
    )  # one comparison, seen from either side
    corrected = dict(zip(tested, p_values if both_sides else holm(p_values), strict=True))
    return tuple(
        _compared(count, rest, corrected.get(index), worth, spread)
        for index, (count, rest) in enumerate(zip(counts, rests, strict=True))
    )


def _compared(
    count: tuple[int, int], rest: tuple[int, int], p: float | None, worth: float, spread: float
) -> Comparison:
    (k, n), (k_rest, n_rest) = count, rest
    if p is None:
        return Comparison(Verdict.ALONE)
    if p < ALPHA:
        return Comparison(Verdict.HIGHER if k / n > k_rest / n_rest else Verdict.LOWER, p)
    # Half a reply added on both sides keeps a rate of 0 or 1 from asking for no or for endless data.
    base = (k_rest + 0.5) / (n_rest + 1)
    other = base + worth * min(base, 1 - base)
    enough = needed(base, other, n_rest)
    if enough is not None and n >= enough:
        return Comparison(Verdict.NO_DIFFERENCE, p)
    each = needed(base, other) or _MOST
    here, elsewhere = (enough - n, 0) if enough is not None else (each - n, each - n_rest)
    return Comparison(
        Verdict.NOT_ENOUGH, p, *(math.ceil(max(0, more) * spread) for more in (here, elsewhere))
    )


def dispersion(clusters: Mapping[Hashable, Sequence[tuple[int, int]]]) -> float | None:
    """Return how much more the rates of clusters (templates) vary within their groups than chance makes them.

    Pearson's chi-square over its degrees of freedom, at least 1 (McCullagh and Nelder 1989, section 4.5).
    Five templates are five things to compare, however often each was sent: counts divided by this are worth what
    as many independent messages are.

    Parameters
    ----------
    clusters
        For each group the replies and messages of each of its clusters.

    Returns
    -------
    float or None
        None when no group has two clusters, so that groups and clusters can't be told apart.
    """
    freedom = sum(len(group) - 1 for group in clusters.values())
    if freedom < 1:
        return None
    square = 0.0
    for group in clusters.values():
        n = sum(n for _, n in group)
        rate = sum(k for k, _ in group) / n if n else 0.0
        if 0 < rate < 1:
            square += sum((k - n * rate) ** 2 / (n * rate * (1 - rate)) for k, n in group if n)
    return max(1.0, square / freedom)


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p-values corrected for their number (Holm 1979): at most 5 % of such pages err anywhere."""
    order = sorted(range(len(p_values)), key=lambda index: p_values[index])
    corrected, worst = [0.0] * len(p_values), 0.0
    for rank, index in enumerate(order):
        worst = max(worst, min(1.0, (len(p_values) - rank) * p_values[index]))
        corrected[index] = worst
    return corrected


def _fisher(k: int, n: int, k_rest: int, n_rest: int) -> float:
    from scipy.stats import fisher_exact

    return float(fisher_exact([[k, n - k], [k_rest, n_rest - k_rest]])[1])
