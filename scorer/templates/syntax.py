"""The syntax tree of a template: text, variables, choices and conditions, each with its exact place.

Positions are half-open code-point offsets into the text the tree was read from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

ProblemKind = Literal["broken", "unclosed", "stray", "unsupported"]


@dataclass(frozen=True, slots=True)
class Text:
    """Literal words; `value` is what is sent, so without the backslashes of an escape."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Variable:
    """A place that is filled from the recipient's data.

    Attributes
    ----------
    raw
        The name as written, with a prefix such as ``contact.``.
    words
        The words of the name in lower case, or None where the dialect's way to write names was not followed.
    name
        The canonical name: ``first_name`` for ``fname``, ``contact.firstname``, ``First Name`` …
    fallback
        What stands in for an empty value; None without one.
    filters
        What the dialect does to the value, as written: ``capitalize``.
    late
        What it does afterwards, to value and fallback alike.
    padding
        White space between the delimiters and the name.
    name_at
        Where `raw` begins.
    """

    start: int
    end: int
    raw: str
    words: tuple[str, ...] | None
    name: str
    fallback: str | None = None
    filters: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    padding: str = ""
    name_at: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A spin block: one of `options` is sent."""

    start: int
    end: int
    options: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Test:
    """What a branch asks of a variable: to be filled (`value` None) or to be `value`; `negated` turns it round."""

    variable: Variable
    value: str | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of a condition; `test` is None for "else"."""

    test: Test | None
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Conditional:
    """Branches of which the first that holds is sent; nothing when none does."""

    start: int
    end: int
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Opaque:
    """A tag of the dialect whose meaning is not known here (a loop, an assignment); nothing is sent for it."""

    start: int
    end: int
    value: str


Node = Text | Variable | Choice | Conditional | Opaque


@dataclass(frozen=True, slots=True)
class Problem:
    """Something at ``[start, end)`` that the dialect cannot read; `better` is what was probably meant."""

    kind: ProblemKind
    start: int
    end: int
    message: str
    better: str | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A text read as a template of the dialect with key `dialect` (None: no placeholders)."""

    text: str
    dialect: str | None
    nodes: tuple[Node, ...]
    problems: tuple[Problem, ...] = ()


def walk(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield every node, outer ones first, in order of place."""
    for node in nodes:
        yield node
        if isinstance(node, Choice):
            for option in node.options:
                yield from walk(option)
        elif isinstance(node, Conditional):
            for branch in node.branches:
                if branch.test is not None:
                    yield branch.test.variable
                yield from walk(branch.nodes)


def variables(template: Template) -> tuple[Variable, ...]:
    """Return all variables of `template`, those asked about in conditions included, by place."""
    return tuple(node for node in walk(template.nodes) if isinstance(node, Variable))
