"""Statistics of a trial: how many messages it needs, and what it shows at any time.

The reading is always valid: it may be looked at after every answer, and stopped whenever one likes. Variants are
sent in blocks, each variant once, so that every block is a fair pair of any two variants. If the two do not differ, a
block in which exactly one of them was answered is a fair coin, however reply rates move with weekday or season. The
evidence against a fair coin is a betting score: the likelihood of the tosses under a Beta mixture over the coin's bias,
divided by the likelihood under a given bias. Without a difference it stays below 1/alpha for ever with probability at
least 1 - alpha (Ville 1939), and the biases it has not ruled out are a confidence sequence (Robbins 1970; Howard,
Ramdas, McAuliffe and Sekhon 2021, "Time-uniform, nonparametric, nonasymptotic confidence sequences").
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

from scorer.errors import InputError

ALPHA, POWER = 0.05, 0.80
_WALKS, _SEED = 2000, 20261123
_FAR = 20.0  # log-odds beyond which no odds ratio is told apart from none


def checked_rates(base: float, wish: float) -> None:
    """Refuse rates that can't be a plan.

    Raises
    ------
    InputError
        A rate is not between 0 and 1, or the two are the same.
    """
    if not (0 < base < 1 and 0 < wish < 1):
        raise InputError(
            "both reply rates must lie between 0 and 1, for example 0.10 and 0.15, or 10% and 15%"
        )
    if abs(base - wish) < 1e-9:
        raise InputError(
            "the wished-for reply rate is the present one; a difference of nothing can't be found"
        )


def sample_size(base: float, wish: float, *, alpha: float = ALPHA, power: float = POWER) -> int:
    """Return messages per variant for one look at the end.

    Two-sided test of two proportions with pooled variance under no difference (Fleiss, Levin and Paik 2003, without
    continuity correction).
    """
    checked_rates(base, wish)
    z_alpha, z_power = NormalDist().inv_cdf(1 - alpha / 2), NormalDist().inv_cdf(power)
    middle = (base + wish) / 2
    root = z_alpha * math.sqrt(2 * middle * (1 - middle)) + z_power * math.sqrt(
        base * (1 - base) + wish * (1 - wish)
    )
    return math.ceil((root / (wish - base)) ** 2)


def power_of(base: float, wish: float, n: int, *, alpha: float = ALPHA) -> float:
    """Return the power of one look at the end with `n` messages per variant; see `sample_size`."""
    checked_rates(base, wish)
    middle = (base + wish) / 2
    null = math.sqrt(2 * middle * (1 - middle) / n)
    other = math.sqrt((base * (1 - base) + wish * (1 - wish)) / n)
    reach = NormalDist().inv_cdf(1 - alpha / 2) * null
    upper = 1 - NormalDist().cdf((reach - abs(wish - base)) / other)
    return upper + NormalDist().cdf((-reach - abs(wish - base)) / other)


def odds_ratio(base: float, wish: float) -> float:
    """Return the odds ratio of the two rates, at least 1."""
    ratio = wish / (1 - wish) / (base / (1 - base))
    return max(ratio, 1 / ratio)


def mixture_shape(ratio: float) -> float:
    """Return the shape `a` of the Beta(a, a) mixture whose spread is the bias that an odds `ratio` makes."""
    bias = ratio / (1 + ratio) - 0.5
    return max(0.5, (1 / (4 * bias * bias) - 1) / 2)


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def log_evidence(wins: int, losses: int, shape: float, log_ratio: float = 0.0) -> float:
    """Return the log of the betting score against a given odds ratio (its log), for `wins` and `losses`."""
    log_p = -math.log1p(math.exp(-log_ratio))
    log_q = -math.log1p(math.exp(log_ratio))
    mixed = _log_beta(shape + wins, shape + losses) - _log_beta(shape, shape)
    return mixed - wins * log_p - losses * log_q


def interval(wins: int, losses: int, shape: float, alpha: float = ALPHA) -> tuple[float, float]:
    """Return the log odds ratios not ruled out after `wins` and `losses`, at any time with error `alpha`."""
    limit = math.log(1 / alpha)
    middle = math.log((wins + 0.5) / (losses + 0.5))

    def edge(outside: float) -> float:
        if log_evidence(wins, losses, shape, outside) < limit:
            return outside
        inside = middle
        for _ in range(50):
            half = (inside + outside) / 2
            if log_evidence(wins, losses, shape, half) < limit:
                inside = half
            else:
                outside = half
        return outside

    return edge(-_FAR), edge(_FAR)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the blocks so far say of two variants.

    Attributes
    ----------
    first_only, second_only
        Blocks in which the first alone, and the second alone, was answered.
    blocks
        Blocks in which the outcome of both is known.
    ratio
        Odds ratio of the second against the first, drawn a little towards 1.
    low, high
        Its confidence sequence: what all readings up to now have left, valid at any time.
    p
        Always-valid p-value: one over the greatest betting score so far, at most 1.
    verdict
        ``first``, ``second``, ``same`` or ``unknown``.
    more_blocks
        Further blocks until a verdict if all goes on as so far; 0 with a verdict.
    """

    first_only: int
    second_only: int
    blocks: int
    ratio: float
    low: float
    high: float
    p: float
    verdict: str
    more_blocks: int


def read_pair(
    outcomes: Iterable[tuple[bool, bool]], base: float, wish: float, *, alpha: float = ALPHA
) -> Reading:
    """Return what a sequence of blocks says of its two variants.

    Parameters
    ----------
    outcomes
        For each block, in the order in which they became known, whether the first and the second was answered.
    base, wish
        The planned rates: they set the difference worth having, as an odds ratio, and tune the mixture.
    alpha
        Error of the confidence sequence over all time.
    """
    worth = math.log(odds_ratio(base, wish))
    shape = mixture_shape(math.exp(worth))
    first = second = blocks = 0
    low, high, greatest, limit = -_FAR, _FAR, 0.0, math.log(1 / alpha)
    for a, b in outcomes:
        blocks += 1
        if a == b:
            continue
        first, second = first + a, second + b
        # An end that is not ruled out now stays; only one that is has to be moved.
        if any(log_evidence(second, first, shape, end) >= limit for end in (low, high)):
            new_low, new_high = interval(second, first, shape, alpha)
            narrowed = max(low, new_low), min(high, new_high)
            # Empty only if the difference itself has moved; then the latest reading speaks.
            low, high = narrowed if narrowed[0] <= narrowed[1] else (new_low, new_high)
        greatest = max(greatest, log_evidence(second, first, shape))
    verdict = _verdict(low, high, worth)
    centre = math.log((second + shape) / (first + shape))
    more = 0
    if verdict == "unknown":
        share = discordance(base, base) if first + second < 5 else (first + second) / blocks
        more = math.ceil(_pairs_missing(second, first, low, high, shape, alpha, worth) / share)
    return Reading(
        first, second, blocks, math.exp(centre), math.exp(low), math.exp(high),
        math.exp(-greatest), verdict, more,
    )  # fmt: skip


def _verdict(low: float, high: float, worth: float) -> str:
    if low > 0:
        return "second"
    if high < 0:
        return "first"
    return "same" if low > -worth and high < worth else "unknown"


def discordance(first: float, second: float) -> float:
    """Return how often exactly one of two independent messages with these rates is answered."""
    return first * (1 - second) + second * (1 - first)


def _pairs_missing(
    wins: int, losses: int, low: float, high: float, shape: float, alpha: float, worth: float
) -> int:
    """Return further one-sided blocks until a verdict if wins and losses go on in the present proportion."""
    share = (wins + shape) / (wins + losses + 2 * shape)

    def decided(more: int) -> bool:
        to_wins = wins + round(more * share)
        new = interval(to_wins, wins + losses + more - to_wins, shape, alpha)
        return _verdict(max(low, new[0]), min(high, new[1]), worth) != "unknown"

    enough = 1
    while not decided(enough) and enough < 10_000_000:
        enough *= 2
    short = enough // 2
    while enough - short > 1:
        middle = (short + enough) // 2
        short, enough = (short, middle) if decided(middle) else (middle, enough)
    return enough


@dataclass(frozen=True, slots=True)
class Duration:
    """Messages per variant until an always-valid verdict, by simulation with a fixed seed.

    Attributes
    ----------
    for_power
        By then a difference as large as wished is found with the wished power.
    median
        By then half of such trials have ended.
    """

    for_power: int
    median: int


@lru_cache(maxsize=32)
def duration(base: float, wish: float, *, alpha: float = ALPHA, power: float = POWER) -> Duration:
    """Return how long a trial lasts that is looked at after every answer and stopped at its verdict."""
    import numpy as np

    checked_rates(base, wish)
    ratio = odds_ratio(base, wish)
    shape, chance = mixture_shape(ratio), ratio / (1 + ratio)
    longest = 60 * math.ceil((2 * shape + 1) * math.log(1 / alpha) / 3) + 200
    needed_wins = _boundary(longest, shape, alpha)
    tosses = np.random.default_rng(_SEED).random((_WALKS, longest)) < chance
    wins = np.cumsum(tosses, axis=1, dtype=np.int32)
    crossed = wins >= np.asarray(needed_wins, dtype=np.int32)
    stop = np.where(crossed.any(axis=1), crossed.argmax(axis=1) + 1, longest)
    blocks = stop / discordance(base, wish)
    return Duration(math.ceil(float(np.quantile(blocks, power))), math.ceil(float(np.median(blocks))))


def _boundary(longest: int, shape: float, alpha: float) -> Sequence[int]:
    """Return for 1, 2, … tosses how many must be wins for the score to pass 1/alpha (more than there are: none)."""
    limit, wins, needed = math.log(1 / alpha), 0, []
    for tosses in range(1, longest + 1):
        wins = max(wins, tosses // 2)
        while wins <= tosses and (log_evidence(wins, tosses - wins, shape) < limit):
            wins += 1
        needed.append(wins)
    return needed
