"""Reading a column of dates that a spreadsheet may have rewritten.

``03/04/2025`` is the third of April or the fourth of March. Which one is decided by the whole column (a day
over 12 proves the order), never guessed for a single cell; a column that proves nothing is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from scorer.errors import InputError

_TIME = (
    r"(?:[T,\s]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?"
    r"\s*(?:UTC|GMT|Z|\+00:?00)?"
)
_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _TIME)
_DOTTED = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{2}|\d{4})" + _TIME)
_SLASHED = re.compile(r"(?P<one>\d{1,2})[/-](?P<two>\d{1,2})[/-](?P<year>\d{4}|\d{2})" + _TIME)
_DAY_NAMED = re.compile(r"(?P<day>\d{1,2})[\s-](?P<name>[A-Za-z]{3,9})\.?[\s-](?P<year>\d{4}|\d{2})" + _TIME)
_MONTH_NAMED = re.compile(r"(?P<name>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})" + _TIME)
_SERIAL = re.compile(r"(?P<days>[2-6]\d{4})(?P<rest>\.\d+)?")
_UNORDERED = (_ISO, _DOTTED, _DAY_NAMED, _MONTH_NAMED)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPREADSHEET_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)


class Order(StrEnum):
    """Which number of ``03/04/2025`` is the day."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(slots=True)
class DateColumn:
    """The dates of one column: show it every cell with `observe`, then `parse` them.

    Attributes
    ----------
    order
        The order when it is known beforehand; None lets the column prove it.
    usual
        The order taken when the column proves none; None refuses it.
    """

    order: Order | None = None
    usual: Order | None = None
    _proof: tuple[Order, str] | None = None
    _open: str | None = None

    def observe(self, text: str, place: str) -> None:
        """Take note of one cell.

        Raises
        ------
        InputError
            It is no date, or it is written in another order than one before; names the place.
        """
        text = _tidy(text)
        found = _SLASHED.fullmatch(text)
        if found is None:
            if _unordered(text) is None:
                raise InputError(f"{place}: not a date in a form known here; YYYY-MM-DD HH:MM:SS always is")
            return
        one, two = int(found["one"]), int(found["two"])
        if max(one, two) <= 12:
            self._open = self._open or place
            if _moment(found, int(found["year"]), one, two) is None:
                raise InputError(f"{place}: not a date that exists")
            return
        order = Order.DAY_FIRST if one > 12 else Order.MONTH_FIRST
        if _ordered(found, order) is None:
            raise InputError(f"{place}: not a date that exists")
        if self._proof and self._proof[0] is not order:
            raise InputError(
                f"{place}: dates in two orders, {order} here and {self._proof[0]} at {self._proof[1]}; "
                "write them all as YYYY-MM-DD"
            )
        if self.order and self.order is not order:
            raise InputError(f"{place}: this date is {order}, but --dates says {self.order}")
        self._proof = self._proof or (order, place)

    def settle(self) -> None:
        """Decide the order, once every cell was seen.

        Raises
        ------
        InputError
            The order matters and nothing in the column tells it; names the first such cell.
        """
        self.order = self.order or (self._proof[0] if self._proof else self.usual)
        if self._open and self.order is None:
            raise InputError(
                f"{self._open}: day/month or month/day? No date of this column tells; "
                "say --dates day-first or --dates month-first"
            )

    def parse(self, text: str) -> datetime:
        """Return the moment (UTC) of a cell that was observed; `settle` comes first."""
        text = _tidy(text)
        found = _SLASHED.fullmatch(text)
        moment = _unordered(text) if found is None else _ordered(found, self.order or Order.MONTH_FIRST)
        if moment is None:
            raise InputError("not a date")
        return moment


def is_date(text: str) -> bool:
    """Tell whether `text` is a date in a form known here, whatever the order of its numbers."""
    text = _tidy(text)
    return _SLASHED.fullmatch(text) is not None or _unordered(text) is not None


def _tidy(text: str) -> str:
    return " ".join(text.split())  # among the white space is the narrow no-break space before AM and PM


def _unordered(text: str) -> datetime | None:
    """Return the moment of a date whose form leaves no doubt; None for others."""
    for pattern in _UNORDERED:
        found = pattern.fullmatch(text)
        if found:
            parts = found.groupdict()
            month = _month(parts["name"]) if "name" in parts else int(parts["month"])
            return _moment(found, int(parts["year"]), month, int(parts["day"]))
    if _SERIAL.fullmatch(text):
        return _SPREADSHEET_EPOCH + timedelta(seconds=round(float(text) * 86_400))
    return None


def _ordered(found: re.Match[str], order: Order) -> datetime | None:
    one, two = int(found["one"]), int(found["two"])
    day, month = (one, two) if order is Order.DAY_FIRST else (two, one)
    return _moment(found, int(found["year"]), month, day)


def _month(name: str) -> int:
    short = name[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _moment(found: re.Match[str], year: int, month: int, day: int) -> datetime | None:
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    half = (found["half"] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return datetime(year + 2000 if year < 100 else year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
