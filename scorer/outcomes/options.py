"""What the user may say about a source that is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from scorer.outcomes.dates import Order
from scorer.outcomes.outcome import Denominator
from scorer.schema import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How to read a source.

    Attributes
    ----------
    window_days
        Days within which an answer counts.
    as_of
        The last moment the source can know of; None takes the last date in it.
    me
        Profile address of the archive's owner; None finds out.
    dates
        Which number of ``03/04/2025`` is the day; None lets the column tell.
    mapping
        For a table of unknown make: field of an outcome -> column.
    denominator, channel
        For such a table: what its sends count, and where the messages went.
    progress
        Called now and then with the number of rows read.
    """

    window_days: float = 30.0
    as_of: datetime | None = None
    me: str | None = None
    dates: Order | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    denominator: Denominator | None = None
    channel: Channel | None = None
    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    progress: Callable[[int], None] | None = None
