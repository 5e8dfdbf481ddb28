"""A trial of message variants, kept in one local file: its plan, who gets what, and what came back.

The file is a log: its first line is the plan, every further line one outcome. Lines are only ever added, whole and
flushed to the disk under a lock, so that several windows may record at once and a killed program loses nothing; a line
that was cut off is dropped at the next writing. Which variant a place gets follows from the seed: places come in
blocks, each with every variant once in random order, so that the arms stay even at all times.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import IO, Any

from scorer.drafts import write_atomically
from scorer.errors import InputError
from scorer.outcomes.outcome import Denominator
from scorer.outcomes.trial import ALPHA, Reading, checked_rates, read_pair

FORMAT, VERSION = "score-draft experiment", 1
MAX_VARIANTS, MAX_PLACES = 26, 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What was decided before the first message went out; nothing of it changes later.

    Attributes
    ----------
    variants
        Names of the variants, at least two.
    base, wish
        The reply rate so far, and the one that would be worth a change.
    alpha
        Chance of any false winner, over all comparisons and all readings.
    seed
        Decides the order of variants.
    denominator
        What is counted as a try.
    places
        How many messages the trial may have at most.
    people
        Keyed hash of the reader of each place, where readers were given.
    texts
        SHA-256 of each variant's text, where texts were given: tells whether one was changed meanwhile.
    """

    variants: tuple[str, ...]
    base: float
    wish: float
    seed: int
    places: int
    alpha: float = ALPHA
    denominator: Denominator = Denominator.SENT
    started: str = ""
    people: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checked_rates(self.base, self.wish)
        if not 2 <= len(self.variants) <= MAX_VARIANTS or len(set(self.variants)) != len(self.variants):
            raise InputError(f"an experiment needs 2 to {MAX_VARIANTS} variants with different names")
        if not len(self.variants) <= self.places <= MAX_PLACES:
            raise InputError(f"an experiment needs at least one message per variant and at most {MAX_PLACES}")
        if not 0 < self.alpha <= 0.2:
            raise InputError("the chance of a false winner must lie between 0 and 0.2")
        if len(set(self.people)) != len(self.people):
            raise InputError("a person is in the list twice; each can be in the experiment once")

    def variant_of(self, place: int) -> int:
        """Return the number of the variant that goes to `place` (both from 0)."""
        block, position = divmod(place, len(self.variants))
        return self._order(block)[position]

    def _order(self, block: int) -> list[int]:
        digest = hashlib.sha256(f"{self.seed}:{block}".encode()).digest()
        order = list(range(len(self.variants)))
        random.Random(digest).shuffle(order)
        return order

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, ready for JSON."""
        return {
            "format": FORMAT, "version": VERSION, "variants": list(self.variants), "base": self.base,
            "wish": self.wish, "alpha": self.alpha, "seed": self.seed, "denominator": str(self.denominator),
            "places": self.places, "started": self.started, "people": list(self.people),
            "texts": list(self.texts),
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Plan:
        """Return the plan in plain data; a `KeyError`, `TypeError` or `ValueError` when it is none."""
        return cls(
            variants=tuple(map(str, data["variants"])), base=float(data["base"]), wish=float(data["wish"]),
            seed=int(data["seed"]), places=int(data["places"]), alpha=float(data["alpha"]),
            denominator=Denominator(data["denominator"]), started=str(data["started"]),
            people=tuple(map(str, data["people"])), texts=tuple(map(str, data["texts"])),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Experiment:
    """A plan with the outcomes recorded so far.

    Attributes
    ----------
    outcomes
        Place (from 0) -> whether it was answered, in the order in which each was first recorded.
    """

    plan: Plan
    outcomes: Mapping[int, bool] = field(default_factory=dict)

    def counts(self) -> tuple[tuple[int, int], ...]:
        """Return replies and known outcomes of each variant."""
        replied, known = [0] * len(self.plan.variants), [0] * len(self.plan.variants)
        for place, answered in self.outcomes.items():
            variant = self.plan.variant_of(place)
            known[variant] += 1
            replied[variant] += answered
        return tuple(zip(replied, known, strict=True))

    def readings(self) -> dict[tuple[int, int], Reading]:
        """Return the reading of each pair of variants; the error is shared out between the pairs (Bonferroni)."""
        size = len(self.plan.variants)
        pairs = list(combinations(range(size), 2))
        found: dict[tuple[int, int], list[tuple[bool, bool]]] = {pair: [] for pair in pairs}
        blocks: dict[int, dict[int, bool]] = {}
        for place, answered in self.outcomes.items():
            known, variant = blocks.setdefault(place // size, {}), self.plan.variant_of(place)
            for other, other_answered in known.items():
                ends = (variant, answered), (other, other_answered)
                (first, a), (second, b) = sorted(ends)
                found[first, second].append((a, b))
            known[variant] = answered
        alpha = self.plan.alpha / len(pairs)
        return {pair: read_pair(found[pair], self.plan.base, self.plan.wish, alpha=alpha) for pair in pairs}

    @property
    def waiting(self) -> int:
        """Outcomes that count only when another of their block is known too."""
        size = len(self.plan.variants)
        full = {place // size for place in self.outcomes}
        per_block = dict.fromkeys(full, 0)
        for place in self.outcomes:
            per_block[place // size] += 1
        return sum(n for n in per_block.values() if n == 1)


def verdict(reading: Reading, first: str, second: str, per_block: int) -> str:
    """Return what a reading says, in words."""
    if reading.verdict == "unknown":
        return f"not enough data, {reading.more_blocks * per_block:,} more"
    words = {"first": f"{first} better", "second": f"{second} better", "same": "no difference worth having"}
    return words[reading.verdict]


def start(path: Path, plan: Plan) -> Experiment:
    """Write a new experiment to `path`.

    Raises
    ------
    InputError
        There is a file already, or the place can't be written.
    """
    if path.exists():
        raise InputError(f"{path}: is there already; an experiment is never written over, give another name")
    write_atomically(path, _line(plan.to_dict()))
    path.chmod(0o600)
    return Experiment(plan)


def load(path: Path) -> Experiment:
    """Return the experiment at `path`.

    Raises
    ------
    InputError
        There is none, or a line is damaged; names the line. A last line without its end is left out.
    """
    try:
        return _parsed(path.read_bytes(), path)
    except FileNotFoundError:
        raise InputError(f"{path}: no such experiment; begin one with score-draft experiment start") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or 'unknown reason'}") from None


def record(path: Path, outcomes: Mapping[int, bool]) -> tuple[Experiment, int]:
    """Add outcomes to the experiment at `path`, all or none; return it with how many changed.

    Raises
    ------
    InputError
        No experiment, a place that it does not have, or a file that can't be written.
    """
    load(path)  # a clear line for what is no experiment, before anything is opened for writing
    try:
        with path.open("r+b") as file, _locked(file):
            data = file.read()
            whole = data[: data.rfind(b"\n") + 1]
            before = _parsed(whole, path)
            for place in outcomes:
                if not 0 <= place < before.plan.places:
                    raise InputError(
                        f"there is no message {place + 1}; this experiment has 1 to {before.plan.places}"
                    )
            new = {
                place: answered
                for place, answered in outcomes.items()
                if before.outcomes.get(place) is not answered
            }
            now = datetime.now(UTC).isoformat(timespec="seconds")
            lines = b"".join(
                _line({"message": place + 1, "replied": answered, "at": now})
                for place, answered in new.items()
            )
            file.seek(len(whole))
            file.truncate()
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
            return _parsed(whole + lines, path), len(new)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or 'unknown reason'}") from None


def _line(data: Mapping[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False) + "\n").encode()


def _parsed(data: bytes, path: Path) -> Experiment:
    *lines, _ = data.split(b"\n")  # behind the last end of line stands nothing, or a line that was cut off
    try:
        head = json.loads(lines[0])
        if head["format"] != FORMAT:
            raise ValueError
        if head["version"] != VERSION:
            raise InputError(f"{path}: an experiment of another version of score-draft")
        plan = Plan.from_dict(head)
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        raise InputError(f"{path}: not an experiment; begin one with score-draft experiment start") from None
    outcomes: dict[int, bool] = {}
    for number, line in enumerate(lines[1:], 2):
        try:
            event = json.loads(line)
            place, answered = event["message"] - 1, event["replied"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise InputError(f"{path}:{number}: damaged; take the line out, the others stay valid") from None
        if not isinstance(answered, bool) or place not in range(plan.places):
            raise InputError(f"{path}:{number}: no outcome of this experiment")
        outcomes[place] = answered
    return Experiment(plan, outcomes)


@contextmanager
def _locked(file: IO[bytes]) -> Iterator[None]:
    """Hold the file alone; freed when the program ends, however it ends."""
    if os.name == "nt":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined,unused-ignore]
        try:
            yield
        finally:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)
        yield  # closing the file frees it


def text_hash(text: str) -> str:
    """Return the hash under which a plan knows a variant's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def letters(n: int) -> Sequence[str]:
    """Return the letters that name `n` variants."""
    return [chr(ord("A") + index) for index in range(n)]
