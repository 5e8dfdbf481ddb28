"""Filling a template in: every wording counted, any of them made, the longest found without trying them all."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod
from typing import Literal

from scorer.templates.names import split_words
from scorer.templates.syntax import Choice, Conditional, Node, Template, Test, Text, Variable

PieceKind = Literal["text", "value", "fallback", "empty"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a rendering, and the node it came from.

    Attributes
    ----------
    start, end
        Code points of the template's text.
    name
        Canonical name of the variable; empty for text.
    exact
        Whether ``words`` stand in the template letter by letter.
    asked
        Canonical names of the variables whose very value decided that this is sent.
    around
        Place of the outermost choice or condition that it stands in; None outside of any.
    """

    words: str
    kind: PieceKind
    start: int
    end: int
    name: str = ""
    exact: bool = False
    asked: tuple[str, ...] = ()
    around: tuple[int, int] | None = None


_Item = Piece | tuple["_Items", ...]


@dataclass(frozen=True)
class _Items:
    """A template with its variables and conditions decided for one row: pieces, and choices between runs of them."""

    items: tuple[_Item, ...]

    @cached_property
    def count(self) -> int:
        return prod(
            1 if isinstance(item, Piece) else sum(option.count for option in item) for item in self.items
        )

    @cached_property
    def longest(self) -> tuple[Piece, ...]:
        """The pieces of the longest wording."""
        pieces: list[Piece] = []
        for item in self.items:
            if isinstance(item, Piece):
                pieces.append(item)
            else:
                pieces += max(
                    (option.longest for option in item), key=lambda ps: sum(len(p.words) for p in ps)
                )
        return tuple(pieces)

    def at(self, index: int) -> Iterator[Piece]:
        """Yield the pieces of wording number `index`; the first choice turns slowest."""
        rest = self.count
        for item in self.items:
            if isinstance(item, Piece):
                yield item
                continue
            rest //= sum(option.count for option in item)
            chosen, index = divmod(index, rest)
            for option in item:
                if chosen < option.count:
                    yield from option.at(chosen)
                    break
                chosen -= option.count

    def covering(self) -> Iterator[int]:
        """Yield numbers of wordings in which, between them, every option of every choice is used."""
        rest = self.count
        for item in self.items:
            if isinstance(item, Piece):
                continue
            rest //= sum(option.count for option in item)
            before = 0
            for option in item:
                yield before * rest
                yield from ((before + inner) * rest for inner in option.covering() if inner)
                before += option.count


@dataclass(frozen=True)
class Rendering:
    """A template filled in for one recipient with one wording."""

    pieces: tuple[Piece, ...]

    @cached_property
    def text(self) -> str:
        """What is sent."""
        return "".join(piece.words for piece in self.pieces)

    def places(self) -> Iterator[tuple[int, int, Piece]]:
        """Yield each piece with its place in `text`."""
        position = 0
        for piece in self.pieces:
            yield position, position + len(piece.words), piece
            position += len(piece.words)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the template ``text[start:end]`` comes from; the whole tag for a filled-in value."""
        touched = [
            (low, high, piece)
            for low, high, piece in self.places()
            if (low < end and start < high if start < end else low <= start <= high and high > low)
        ]
        if not touched:
            return (self.pieces[-1].end, self.pieces[-1].end) if self.pieces else (0, 0)
        within = len(touched) == 1 or len({piece.around for _, _, piece in touched}) == 1
        places = []
        for low, high, piece in touched:
            if not within and piece.around is not None:
                places.append(piece.around)
            elif piece.kind == "text" and piece.exact:
                places.append((piece.start + max(0, start - low), piece.start + min(end, high) - low))
            else:
                places.append((piece.start, piece.end))
        first, last = min(place[0] for place in places), max(place[1] for place in places)
        return first, max(first, last)


@dataclass(frozen=True)
class Filled:
    """A template with one row's values: all its wordings by number."""

    body: _Items

    @property
    def count(self) -> int:
        """How many wordings there are, alike or not."""
        return self.body.count

    @property
    def longest(self) -> Rendering:
        """The wording with the most characters."""
        return Rendering(self.body.longest)

    def rendering(self, index: int) -> Rendering:
        """Return wording number `index`."""
        return Rendering(tuple(self.body.at(index)))

    def covering(self) -> tuple[int, ...]:
        """Return numbers of wordings that use every option at least once."""
        return tuple(dict.fromkeys((0, *self.body.covering())))


def fill(template: Template, row: Mapping[str, str]) -> Filled:
    """Return `template` with the values of `row` (canonical name -> value)."""
    return Filled(_decided(template.nodes, _Place(template.text, row)))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a template one is while it is filled in."""

    text: str
    row: Mapping[str, str]
    asked: tuple[str, ...] = ()
    around: tuple[int, int] | None = None


def _decided(nodes: Sequence[Node], place: _Place) -> _Items:
    items: list[_Item] = []
    for node in nodes:
        if isinstance(node, Text):
            exact = place.text[node.start : node.end] == node.value
            items.append(
                Piece(node.value, "text", node.start, node.end, "", exact, place.asked, place.around)
            )
        elif isinstance(node, Variable):
            items.append(_value(node, place))
        elif isinstance(node, Choice):
            inside = replace(place, around=place.around or (node.start, node.end))
            items.append(tuple(_decided(option, inside) for option in node.options))
        elif isinstance(node, Conditional):
            chosen = next(
                (b.nodes for b in node.branches if b.test is None or _holds(b.test, place.row)), None
            )
            if chosen:
                tests = (b.test for b in node.branches if b.test is not None and b.test.value is not None)
                asked = (*place.asked, *(test.variable.name for test in tests))
                inside = replace(place, asked=asked, around=place.around or (node.start, node.end))
                items += _decided(chosen, inside).items
            else:
                items.append(Piece("", "empty", node.start, node.end, around=place.around))
        else:
            items.append(Piece("", "empty", node.start, node.end, around=place.around))
    return _Items(tuple(items))


def value_of(variable: Variable, row: Mapping[str, str]) -> str:
    """Return the value of `variable` in `row`: of the column it is called after, or of one that means the same."""
    for name in (variable.raw, "_".join(split_words(variable.raw)), variable.name):
        value = row.get(name)
        if value is not None:
            return value
    return ""


def _value(variable: Variable, place: _Place) -> Piece:
    value = value_of(variable, place.row)
    for item in variable.filters:
        value = _filtered(value, item.split(":")[0].strip())
    kind: PieceKind = "value" if value.strip() else "empty"
    if kind == "empty" and variable.fallback:
        value, kind = variable.fallback, "fallback"
    for item in variable.late:
        value = _filtered(value, item.split(":")[0].strip())
    return Piece(value, kind, variable.start, variable.end, variable.name, False, place.asked, place.around)


def _filtered(value: str, name: str) -> str:
    if name == "capitalize":
        return value[:1].upper() + value[1:].lower()
    if name in {"title", "titlecase"}:
        return value.title()
    return {"upcase": value.upper, "downcase": value.lower, "strip": value.strip}.get(name, lambda: value)()


def _holds(test: Test, row: Mapping[str, str]) -> bool:
    value = value_of(test.variable, row).strip()
    holds = bool(value) if test.value is None else value == test.value.strip()
    return holds is not test.negated


def count(template: Template, row: Mapping[str, str] | None = None) -> int:
    """Return how many wordings `template` has, exactly and without making them.

    Parameters
    ----------
    row
        Values that decide the conditions; without, every variable counts as filled in.
    """
    return fill(template, _Everything() if row is None else row).count


class _Everything(dict[str, str]):
    """A row in which every variable has a value."""

    def get(self, key: str, default: str | None = None) -> str:  # type: ignore[override]
        return key


def render(
    template: Template, row: Mapping[str, str], *, index: int | None = None, seed: int = 0
) -> Rendering:
    """Return `template` filled in for one recipient.

    Parameters
    ----------
    row
        Canonical name -> value; see `Recipients`.
    index
        Number of the wording, from 0 to ``count(template, row) - 1``; drawn with `seed` when not given.

    Raises
    ------
    IndexError
        There is no wording of that number.
    """
    filled = fill(template, row)
    if index is None:
        index = random.Random(seed).randrange(filled.count)
    if not 0 <= index < filled.count:
        raise IndexError(f"wording {index} of {filled.count}")
    return filled.rendering(index)
