"""Rewriting a template in another dialect, so that nothing is lost and converting back changes nothing.

Every result is read again in the target dialect and must have the same tree; what the target cannot express is
an error that names the place. Where the source is not written in its dialect's plain way (spaces inside the
braces, an unusual fallback), converting back would give the plain way: those places are told as respelt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from scorer.errors import InputError
from scorer.offsets import LineIndex
from scorer.parse.surface import find_placeholders
from scorer.templates.dialects import Dialect
from scorer.templates.names import STYLES, canonical, is_known
from scorer.templates.patterns import variable_at, words_of
from scorer.templates.reading import parse
from scorer.templates.shapes import as_fallback, difference, shape, turned
from scorer.templates.syntax import (
    Branch,
    Choice,
    Conditional,
    Node,
    Template,
    Test,
    Text,
    Variable,
    walk,
)
from scorer.templates.writing import write_name, write_variable


class ConversionError(InputError):
    """A place that the target dialect cannot express.

    Attributes
    ----------
    start, end
        The place in the source text.
    """

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start, self.end = start, end


@dataclass(frozen=True, slots=True)
class Note:
    """A place of the source that was converted but not one to one.

    Attributes
    ----------
    kind
        ``respelt``: the same meaning, but converting back spells it the dialect's plain way. ``dropped``: the
        target cannot say it, and leaving it out was allowed.
    """

    kind: Literal["respelt", "dropped"]
    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """A converted text; `exact` means that converting back gives the source byte for byte."""

    text: str
    notes: tuple[Note, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether converting back gives the source again."""
        return not self.notes


def convert(text: str, source: Dialect, target: Dialect, *, lossy: bool = False) -> Conversion:
    """Return `text`, a template of `source`, as a template of `target`.

    Parameters
    ----------
    lossy
        Leave out what the target cannot express (fallbacks, filters) instead of refusing; each is noted.

    Raises
    ------
    ConversionError
        The text is broken, or holds what the target cannot express; the message names line and column.
    """
    if source.key == target.key:
        return Conversion(text)
    template = parse(text, source)
    places = LineIndex(text)
    for problem in template.problems:
        raise _error(places, problem.start, problem.end, f"{problem.message}; mend this first")
    read = [(node.start, node.end) for node in walk(template.nodes) if not isinstance(node, Text)]
    for place in find_placeholders(text):
        known = place.certain and is_known(canonical(place.name))
        if known and not any(start < place.end and place.start < end for start, end in read):
            message = f"{source.key} does not read this placeholder; mend this first"
            raise _error(places, place.start, place.end, message)
    notes: list[Note] = []
    if lossy:
        template = replace(template, nodes=_expressible(template.nodes, target, notes))
    writer = _Writer(source, target, places)
    writer.write(template.nodes, spin=False)
    result = "".join(writer.pieces)
    _verify(template, result, writer, target, places)
    dropped = {note.start for note in notes}
    notes += [note for note in _respelt(template, result, source, target) if note.start not in dropped]
    return Conversion(result, tuple(sorted(notes, key=lambda note: (note.start, note.end))))


def _expressible(nodes: Sequence[Node], target: Dialect, notes: list[Note]) -> tuple[Node, ...]:
    """Return `nodes` without the filters and fallbacks that `target` cannot write; `notes` gets one for each."""
    kept: list[Node] = []
    for node in nodes:
        if isinstance(node, Variable):
            if (node.filters or node.late) and not target.filters:
                notes.append(Note("dropped", node.start, node.end, "a filter was left out"))
                node = replace(node, filters=(), late=())
            if node.fallback is not None and not _writes_fallback(target):
                notes.append(Note("dropped", node.start, node.end, "a fallback was left out"))
                node = replace(node, fallback=None)
        elif isinstance(node, Choice):
            options = tuple(_expressible(option, target, notes) for option in node.options)
            node = replace(node, options=options)
        elif isinstance(node, Conditional):
            branches = tuple(replace(b, nodes=_expressible(b.nodes, target, notes)) for b in node.branches)
            node = replace(node, branches=branches)
        kept.append(node)
    return tuple(kept)


def _writes_fallback(dialect: Dialect) -> bool:
    """Tell whether `dialect` can say what stands in for an empty value, if only by a condition."""
    return bool(dialect.fallback or dialect.wrapped or dialect.blocks)


def _error(places: LineIndex, start: int, end: int, message: str) -> ConversionError:
    line, column = places.position(start)
    return ConversionError(f"line {line}, column {column}: {message}", start, end)


class _Writer:
    """Writes a tree in the target dialect, remembering which part of the source each piece came from."""

    def __init__(self, source: Dialect, target: Dialect, places: LineIndex) -> None:
        self.source, self.target, self.places = source, target, places
        self.pieces: list[str] = []
        self.origins: list[
            tuple[int, int, int, bool]
        ] = []  # target start, source start and end, whether text
        self.length = 0

    def put(self, words: str, start: int, end: int, *, text: bool = False) -> None:
        self.origins.append((self.length, start, end, text))
        self.pieces.append(words)
        self.length += len(words)

    def write(self, nodes: Sequence[Node], *, spin: bool) -> None:
        for node in nodes:
            if isinstance(node, Text):
                self.put(self.escaped(node.value, spin=spin), node.start, node.end, text=True)
            elif isinstance(node, Variable):
                self.variable(node, spin=spin)
            elif isinstance(node, Choice):
                self.choice(node)
            elif isinstance(node, Conditional):
                self.conditional(node, spin=spin)
            else:
                raise _error(self.places, node.start, node.end, "a tag that only this dialect has")

    def escaped(self, words: str, *, spin: bool) -> str:
        if not spin or self.target.spin != "braces":
            return words
        return "".join("\\" + char if char in "{}|" else char for char in words)

    def variable(self, node: Variable, *, spin: bool) -> None:
        lacking = "a filter" if (node.filters or node.late) and not self.target.filters else ""
        if node.fallback is not None and not _writes_fallback(self.target):
            lacking = "a fallback"
        if lacking:
            message = f"{self.target.key} has no way to write {lacking}; --lossy leaves it out"
            raise _error(self.places, node.start, node.end, message)
        if node.fallback is not None and not (self.target.fallback or self.target.wrapped):
            test = replace(node, fallback=None, filters=(), late=())
            value: tuple[Node, ...] = (replace(node, fallback=None),)
            rest: tuple[Node, ...] = (Text(node.start, node.end, node.fallback),)
            branches = (Branch(Test(test), value), Branch(None, rest))
            self.conditional(Conditional(node.start, node.end, branches), spin=spin)
            return
        name = chosen_name(node, self.source, self.target)
        if name is None:
            raise _error(
                self.places,
                node.start,
                node.end,
                f"{self.target.key} has no way to write this variable's name",
            )
        self.put(_tag(node, name, self.source, self.target), node.start, node.end)

    def choice(self, node: Choice) -> None:
        signs = {
            "braces": ("{", "}"),
            "keyword": (f"{{{{{self.target.spin_word}|", "}}"),
            "brackets": ("[[", "]]"),
        }
        if self.target.spin is None:
            raise _error(
                self.places,
                node.start,
                node.end,
                f"{self.target.key} has no way to write a choice of wordings",
            )
        opening, closing = signs[self.target.spin]
        self.put(opening, node.start, node.end)
        for number, option in enumerate(node.options):
            if number:
                self.put("|", node.start, node.end)
            self.write(option, spin=True)
        self.put(closing, node.start, node.end)

    def conditional(self, node: Conditional, *, spin: bool) -> None:
        blocks = self.target.blocks
        if (self.target.fallback or self.target.wrapped) and (short := as_fallback(node)) is not None:
            self.variable(short, spin=spin)
            return
        if blocks is None:
            raise _error(
                self.places, node.start, node.end, f"{self.target.key} has no way to write a condition"
            )
        branches = turned(node.branches) if blocks.missing is None else node.branches
        first, rest = branches[0], branches[1:]
        if first.test is None:
            raise _error(self.places, node.start, node.end, "a test that cannot be carried over")
        self.put(blocks.opening.format(self.test(node, first.test)), node.start, node.end)
        self.write(first.nodes, spin=spin)
        for number, branch in enumerate(rest):
            if branch.test is None:
                self.put(blocks.otherwise, node.start, node.end)
                self.write(branch.nodes, spin=spin)
            elif blocks.otherwise_if is not None:
                self.put(blocks.otherwise_if.format(self.test(node, branch.test)), node.start, node.end)
                self.write(branch.nodes, spin=spin)
            else:  # the rest of the chain goes into the "else"
                self.put(blocks.otherwise, node.start, node.end)
                self.conditional(Conditional(node.start, node.end, rest[number:]), spin=spin)
                break
        self.put(blocks.closing, node.start, node.end)

    def test(self, node: Conditional, test: Test) -> str:
        name = chosen_name(test.variable, self.source, self.target)
        blocks = self.target.blocks
        if name is None or blocks is None:
            raise _error(
                self.places,
                node.start,
                node.end,
                f"{self.target.key} has no way to write this variable's name",
            )
        if test.value is None:
            written = "{name}" if not test.negated else blocks.missing
        else:
            written = blocks.differs if test.negated else blocks.equals
            if written is not None and any(sign in test.value for sign in "\"'|*{}%"):
                written = None
        if written is None:
            raise _error(
                self.places, node.start, node.end, f"{self.target.key} has no way to write this test"
            )
        return written.format(name=name, value=test.value)


def _tag(node: Variable, name: str, source: Dialect, target: Dialect) -> str:
    padding = None
    if node.padding != source.pad and target.padding:
        padding = node.padding
    return write_variable(
        target,
        words_of(node),
        node.name,
        raw=name,
        fallback=node.fallback,
        filters=node.filters,
        late=node.late,
        padding=padding,
    )


def chosen_name(node: Variable, source: Dialect, target: Dialect) -> str | None:
    """Return the name of `node` as `target` writes it: one that comes back unchanged, if there is any.

    None when the target cannot write a name that means the same.
    """
    good: list[str] = []
    for name in dict.fromkeys(_candidates(node, target)):
        read = _read_name(name, target)
        if read is None or read.name != node.name:
            continue
        if next(iter(_candidates(read, source)), None) == node.raw:
            return name
        good.append(name)
    return good[0] if good else None


def _candidates(node: Variable, target: Dialect) -> list[str]:
    """Return ways to write the name of `node` in `target`, the usual one first.

    Where the target has a word of its own for it, nothing else would be filled in there.
    """
    if node.name in target.names:
        return [write_name(target, tuple(node.name.split("_")), node.name)]
    tail = node.raw.rpartition(".")[2]
    ours = node.name.startswith("sender_") and "." in node.raw
    words = node.words if node.words is not None and not ours else None
    usual = [write_name(target, words, node.name)] if words else []
    named = [write_name(target, tuple(node.name.split("_")), node.name)]
    own = [target.prefix + STYLES[target.style].join(words_of(node))]
    if is_known(node.name) and not words and not ours:  # in a style that no tool reads: put right on the way
        return [*own, target.prefix + tail, *named]
    return [*usual, *([] if ours else [target.prefix + tail]), *(named if ours else []), *own, *named]


def _read_name(name: str, dialect: Dialect) -> Variable | None:
    tag = f"{dialect.opening}{dialect.pad}{name}{dialect.pad}{dialect.closing}"
    return variable_at(tag, 0, len(tag), dialect)


def _verify(template: Template, result: str, writer: _Writer, target: Dialect, places: LineIndex) -> None:
    """Raise unless `result` reads as the same tree in the target dialect."""
    again = parse(result, target)
    wanted, found = shape(template.nodes), shape(again.nodes)
    if wanted == found and not again.problems:
        return
    if again.problems:
        start, end = _origin(writer, again.problems[0].start)
        raise _error(places, start, end, f"{target.key} would read these signs as its own")
    expected = {start for start, _, _, text in writer.origins if not text}
    for node in walk(again.nodes):
        if not isinstance(node, Text) and node.start not in expected and not _inside_tag(node, writer):
            start, end = _origin(writer, node.start)
            raise _error(places, start, end, f"{target.key} would read these signs as its own")
    start, end = difference(template.nodes, again.nodes)
    raise _error(places, start, end, f"{target.key} cannot hold what stands here")


def _inside_tag(node: Node, writer: _Writer) -> bool:
    for (start, _, _, text), piece in zip(writer.origins, writer.pieces, strict=True):
        if not text and start <= node.start < start + len(piece):
            return True
    return False


def _origin(writer: _Writer, position: int) -> tuple[int, int]:
    """Return the place in the source of `position` in the result."""
    last = (0, 0)
    for target_start, start, end, text in writer.origins:
        if target_start > position:
            break
        last = (min(end, start + position - target_start) if text else start, end)
    return last


def _respelt(template: Template, result: str, source: Dialect, target: Dialect) -> list[Note]:
    """Return the places that converting back would write another way."""
    back = _Writer(target, source, LineIndex(result))
    again = parse(result, target)
    try:
        back.write(again.nodes, spin=False)
    except ConversionError:
        return [Note("respelt", 0, len(template.text), "converting back is not possible")]
    returned = "".join(back.pieces)
    if returned == template.text:
        return []
    reread = parse(returned, source)
    notes = []
    for mine, theirs in zip(template.nodes, reread.nodes, strict=False):
        old, new = template.text[mine.start : mine.end], returned[theirs.start : theirs.end]
        if old != new:
            message = "converting back writes this the dialect's plain way"
            notes.append(Note("respelt", mine.start, mine.end, message))
    return notes or [Note("respelt", 0, len(template.text), "converting back writes this another way")]
