"""Reading what sending tools export, and tables of the user's own making with a mapping."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from scorer.errors import InputError, did_you_mean
from scorer.outcomes.dates import DateColumn, is_date
from scorer.outcomes.options import ReadOptions
from scorer.outcomes.outcome import Denominator, Outcome
from scorer.outcomes.people import Hasher, name_key, profile_key
from scorer.outcomes.recipes import (
    COUNT_FIELDS,
    FIELDS,
    GUESSES,
    RECIPES,
    TEXT_FIELDS,
    Count,
    Recipe,
    lemlist_state,
    plain_name,
)
from scorer.outcomes.table import OutcomeTable, Provenance
from scorer.outcomes.wording import plain
from scorer.schema import CHANNELS, PURPOSES

_YES = frozenset({"yes", "y", "true", "1", "x", "replied", "answered"})
_NO = frozenset({"no", "n", "false", "0", "", "-", "none", "not replied", "no reply"})
_WHOLE = re.compile(r"\d+(?:\.0+)?|\d{1,3}(?:[,\u202f\u00a0 ]\d{3})+")
Row = Mapping[str, str]
Placed = tuple[str, Row]


def read_export(
    columns: Sequence[str], rows: Iterable[Placed], name: str, hasher: Hasher, options: ReadOptions
) -> OutcomeTable:
    """Return the outcomes in a table that a tool exported or the user made.

    Parameters
    ----------
    columns
        As written.
    rows
        Place and cells by column of each row.
    name
        How messages name the table.

    Raises
    ------
    InputError
        Its columns are not those of a tool known here and no mapping says what they are; or a cell that has to be
        a number, date or choice is none. Names the place, never what stands there.
    """
    by_plain = {plain_name(column): column for column in columns}
    recipe = _mapped(columns, name, options) if options.mapping else _recognised(by_plain)
    if recipe is None:
        raise InputError(f"{name}: {_proposal(by_plain)}")
    if options.mapping:
        by_plain = {column: column for column in columns}
    reader = _Reader(recipe, by_plain, hasher, options)
    found = reader.read(list(rows))
    entry = Provenance(
        source=recipe.source, rows=len(found), read_at=options.now, left_out=dict(reader.left_out),
        window_days=options.window_days if reader.dated else None, as_of=reader.as_of,
    )  # fmt: skip
    return OutcomeTable(tuple(found), (entry,))


def _recognised(by_plain: Mapping[str, str]) -> Recipe | None:
    return next((recipe for recipe in RECIPES if recipe.needs <= by_plain.keys()), None)


def _mapped(columns: Sequence[str], name: str, options: ReadOptions) -> Recipe:
    """Return the recipe that the user's mapping makes."""
    mapping = dict(options.mapping)
    for known in mapping:
        if known not in FIELDS:
            raise InputError(
                f"--map: unknown field{did_you_mean(known, FIELDS)}; fields are {', '.join(FIELDS)}"
            )
    for field, column in mapping.items():
        if column not in columns:
            raise InputError(f"{name}: has no column for --map {field}{did_you_mean(column, columns)}")
    bases = [base for base in Denominator if base in mapping]
    if len(bases) > 1:
        raise InputError(
            f"--map: one of {', '.join(bases)} is what replies are divided by; map that one alone"
        )
    texts = {field: (mapping[field],) for field in TEXT_FIELDS if field in mapping}
    if "rate" not in mapping and "replied" not in mapping:
        raise InputError(
            "--map: say which column holds the replies, with --map replied=COLUMN (or rate=COLUMN)"
        )
    columns_of = {field: (mapping[field],) if field in mapping else () for field in COUNT_FIELDS}
    base = bases[0] if bases else options.denominator or Denominator.SENT
    count = Count(base, mapping.get(base, ""), channel=options.channel or "message", **columns_of)
    return Recipe("own table", frozenset(), (count,), texts)


def _proposal(by_plain: Mapping[str, str]) -> str:
    """Return what to do about columns of no known tool: the mapping that they suggest, to confirm or to change."""
    guesses = {
        field: by_plain[name]
        for field, names in GUESSES.items()
        for name in [next((name for name in names if name in by_plain), None)]
        if name is not None
    }
    bases = [base for base in Denominator if base in guesses]
    for base in bases[1:]:
        del guesses[base]
    if not guesses.keys() & {"replied", "rate"}:
        return (
            "not the export of a tool known here, and no column looks like replies; "
            "say what is what with --map replied=COLUMN --map sent=COLUMN --map text=COLUMN ..."
        )
    words = " ".join(f"--map {field}={_quoted(column)}" for field, column in guesses.items())
    return f"not the export of a tool known here; if this is what its columns mean, say so: {words}"


def _quoted(column: str) -> str:
    return f"'{column}'" if re.search(r"[^\w.-]", column) else column


class _Reader:
    """Makes outcomes of rows by a recipe."""

    def __init__(
        self, recipe: Recipe, by_plain: Mapping[str, str], hasher: Hasher, options: ReadOptions
    ) -> None:
        self.recipe, self.by_plain, self.hasher, self.options = recipe, by_plain, hasher, options
        self.left_out: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.sent_dates, self.reply_dates = DateColumn(options.dates), DateColumn(options.dates)
        self.rates_in_percent = False
        self.dated = False
        self.as_of = options.as_of

    def read(self, rows: list[Placed]) -> list[Outcome]:
        """Return the outcomes of all rows."""
        distinct: dict[tuple[object, ...], Placed] = {}
        for place, row in rows:
            if not any(cell.strip() for cell in row.values()):
                continue
            key: tuple[object, ...] = tuple(sorted(row.items()))
            if not self._told_apart(row):
                key = (place,)  # two answers "yes" without a person or a day are two messages
            self.left_out["duplicated rows"] += key in distinct
            distinct.setdefault(key, (place, row))
        kept = list(distinct.values())
        for place, row in kept:
            for field, dates in (("sent_at", self.sent_dates), ("replied_at", self.reply_dates)):
                if cell := self._text(row, field):
                    dates.observe(cell, place)
        self.sent_dates.settle()
        self.reply_dates.settle()
        rates = [self._first(row, count.rate) or "" for _, row in kept for count in self.recipe.counts]
        self.rates_in_percent = any("%" in cell or (_decimal(cell) or 0) > 1 for cell in rates)
        moments = [self.sent_dates.parse(cell) for _, row in kept if (cell := self._text(row, "sent_at"))]
        self.dated = bool(moments)
        moments += [
            self.reply_dates.parse(cell) for _, row in kept if (cell := self._text(row, "replied_at"))
        ]
        self.as_of = self.as_of or max(moments, default=None)
        found = [outcome for place, row in kept for outcome in self._outcomes(place, row)]
        self.left_out += Counter()  # drops the zeros
        return found

    def _told_apart(self, row: Row) -> bool:
        """Tell whether a row that is there twice must be a copy: it counts, or says who or when."""
        counts = any(count.sent for count in self.recipe.counts)
        return counts or any(self._text(row, field) for field in ("recipient", "name", "sent_at"))

    def _outcomes(self, place: str, row: Row) -> list[Outcome]:
        if self.recipe.state is not None:
            return self._by_state(place, row)
        counts = [count for count in self.recipe.counts if not count.sent or count.sent in self.by_plain]
        made = [self._counted(place, row, count) for count in counts]
        if not any(made) and not any(self._sent(row, count) for count in counts):
            self.left_out["rows without a single message sent"] += 1
        return [outcome for outcome in made if outcome is not None]

    def _by_state(self, place: str, row: Row) -> list[Outcome]:
        cell = self._cell(row, self.recipe.state or "")
        state = lemlist_state(cell)
        if state is None:
            self.left_out["people in a state not known here"] += 1
        elif not state.reached:
            self.left_out["people not contacted yet or not reached"] += 1
        else:
            values = {"replied": state.replied, "positive": state.positive}
            return [self._outcome(place, row, Denominator.CONTACTED, state.channel, values)]
        return []

    def _sent(self, row: Row, count: Count) -> bool:
        return not count.sent or self._cell(row, count.sent) not in {"", "0"}

    def _counted(self, place: str, row: Row, count: Count) -> Outcome | None:
        values: dict[str, Any] = {}
        n_sent = _number(self._cell(row, count.sent), place) if count.sent else 1
        if not n_sent:
            return None
        rate = self._first(row, count.rate)
        cell = self._first(row, count.replied)
        if count.sent:
            replied = _number(cell, place) if cell is not None else None
            if not cell:
                replied = (
                    round(_share(rate, place, in_percent=self.rates_in_percent) * n_sent) if rate else None
                )
            if replied is None:
                self.left_out["rows that do not say how many were answered"] += 1
                return None
            values["n_sent"] = n_sent
            values["n_replied"] = replied
            positive = self._first(row, count.positive)
            values["n_positive"] = _number(positive, place) if positive else None
            values["n_automatic"] = _number(self._first(row, count.automatic) or "0", place)
            if values["n_replied"] > n_sent:
                raise InputError(
                    f"{place}: more replies than messages {count.denominator}; is it the right column?"
                )
            if (values["n_positive"] or 0) > values["n_replied"]:
                if self.options.mapping:
                    raise InputError(f"{place}: more positive replies than replies; is it the right column?")
                # A tool's own count of interested people may hold some who never wrote.
                self.left_out["counts of positive replies above that of replies"] += 1
                values["n_positive"] = None
        else:
            values["replied"] = _flag(cell or "", place)
            positive = self._first(row, count.positive)
            values["positive"] = _flag(positive, place) if positive else None
            values["automatic"] = _flag(self._first(row, count.automatic) or "", place)
        return self._outcome(place, row, count.denominator, count.channel, values)

    def _outcome(
        self, place: str, row: Row, denominator: Denominator, channel: str, values: Mapping[str, Any]
    ) -> Outcome:  # fmt: skip
        values = dict(values)
        text, subject, template = (plain(self._text(row, field)) for field in ("text", "subject", "template"))
        channel = _choice(self._text(row, "channel"), CHANNELS, place) or self.options.channel or channel
        stage = self._text(row, "stage").lower()
        follow_up = "follow" in stage or (stage.isdigit() and int(stage) > 1)
        sent, answered = self._text(row, "sent_at"), self._text(row, "replied_at")
        sent_at = self.sent_dates.parse(sent) if sent else None
        if answered and sent_at is not None:
            answered_at = self.reply_dates.parse(answered)
            by_day = ":" not in answered  # then nobody knows the hour
            since = answered_at - (sent_at.replace(hour=0, minute=0, second=0) if by_day else sent_at)
            if since < timedelta(0):
                raise InputError(f"{place}: answered before it was sent; are the two dates in one order?")
            if since or not by_day:
                values["hours_to_reply"] = since.total_seconds() / 3600
        if sent_at is not None and self.as_of is not None and "n_sent" not in values:
            window = timedelta(days=self.options.window_days)
            if sent_at + window > self.as_of:
                values["replied"] = values["positive"] = None
            elif values.get("hours_to_reply", 0) > window.total_seconds() / 3600:
                values["replied"], values["positive"] = False, None
        people = [
            key for key in (_person(self._text(row, "recipient")), name_key(self._text(row, "name"))) if key
        ]
        hashed = [self.hasher.person(key) for key in people]
        name = self.hasher.digest(
            self.recipe.source, denominator, channel, template, subject, text, sent, *people, stage
        )  # fmt: skip
        self.ids[name] += 1
        try:
            return Outcome(
                id=name if self.ids[name] == 1 else f"{name}-{self.ids[name]}",
                recipient=hashed[0] if hashed else None,
                aliases=tuple(hashed[1:]),
                sent_at=sent_at,
                channel=channel,  # type: ignore[arg-type]  # checked above
                stage="follow_up" if follow_up else "initial",
                purpose=_choice(self._text(row, "purpose"), PURPOSES, place),  # type: ignore[arg-type]
                subject=subject or None,
                text=text,
                template=template or None,
                source=self.recipe.source,
                denominator=denominator,
                **values,
            )
        except InputError as error:
            raise InputError(f"{place}: {error}") from None

    def _cell(self, row: Row, column: str) -> str:
        return row.get(self.by_plain.get(column, ""), "").strip()

    def _first(self, row: Row, columns: Sequence[str]) -> str | None:
        """Return the first of `columns` that the table has."""
        return next((self._cell(row, column) for column in columns if column in self.by_plain), None)

    def _text(self, row: Row, field: str) -> str:
        """Return the first of the field's columns that says something."""
        cells = (self._cell(row, column) for column in self.recipe.texts.get(field, ()))
        return next((cell for cell in cells if cell), "")


def _person(text: str) -> str | None:
    return profile_key(text) if "/" in text or "@" in text else name_key(text)


def _number(cell: str, place: str) -> int:
    if not cell:
        return 0
    if not _WHOLE.fullmatch(cell):
        raise InputError(f"{place}: a count that is not a whole number")
    return int(re.sub(r"\D", "", cell.partition(".")[0]))


def _decimal(cell: str) -> float | None:
    """Return the number in `cell`, its percent sign left out; None for none."""
    try:
        return float(cell.removesuffix("%").strip().replace(",", "."))
    except ValueError:
        return None


def _share(cell: str, place: str, *, in_percent: bool) -> float:
    """Return a share of 1; a column with a percent sign or a number above 1 is in percent, all of it."""
    value = _decimal(cell)
    if value is None:
        raise InputError(f"{place}: a rate that is not a number")
    share = value / 100 if in_percent else value
    if not 0 <= share <= 1:
        raise InputError(f"{place}: a rate that is not between 0 and 100 %")
    return share


_COUNTED = re.compile(r"(\d+)(?:[.,]\d+)?(?: repl(?:y|ies))?")


def _flag(cell: str, place: str) -> bool:
    cell = cell.lower()
    if cell in _YES or cell in _NO:
        return cell in _YES
    if counted := _COUNTED.fullmatch(cell):
        return int(counted[1]) > 0
    if is_date(cell):  # the day of the answer: there was one
        return True
    raise InputError(f"{place}: neither yes nor no")


def _choice(cell: str, choices: Sequence[str], place: str) -> str | None:
    word = re.sub(r"[\s-]+", "_", cell.strip().lower())
    if not word:
        return None
    if word not in choices:
        raise InputError(f"{place}: not one of {', '.join(choices)}")
    return word
