"""What a tree says without its places: the same meaning written in several ways has one shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scorer.templates.syntax import Branch, Choice, Conditional, Node, Opaque, Text, Variable

Shape = tuple[object, ...]


def as_fallback(node: Conditional) -> Variable | None:
    """Return "its value if there is one, else these words" as a variable with a fallback."""
    branches = turned(node.branches)
    if len(branches) != 2 or branches[0].test is None or branches[1].test is not None:
        return None
    test, inner, rest = branches[0].test, branches[0].nodes, branches[1].nodes
    if test.value is not None or test.negated or len(inner) != 1 or len(rest) > 1:
        return None
    variable, words = inner[0], rest[0] if rest else Text(node.end, node.end, "")
    if (
        not isinstance(variable, Variable)
        or not isinstance(words, Text)
        or variable.name != test.variable.name
    ):
        return None
    if variable.fallback is not None or variable.filters:
        return None
    return replace(variable, start=node.start, end=node.end, fallback=words.value)


def turned(branches: tuple[Branch, ...]) -> tuple[Branch, ...]:
    """Return branches that ask whether something is missing with the question turned round."""
    first = branches[0]
    if first.test is None or not first.test.negated or first.test.value is not None:
        return branches
    if len(branches) > 2 or (len(branches) == 2 and branches[1].test is not None):
        return branches
    rest = branches[1].nodes if len(branches) == 2 else ()
    return Branch(replace(first.test, negated=False), rest), Branch(None, first.nodes)


def difference(one: Sequence[Node], other: Sequence[Node]) -> tuple[int, int]:
    """Return the place of the first node of `one` that `other` does not have."""
    for mine, theirs in zip(one, other, strict=False):
        if shape((mine,)) != shape((theirs,)):
            return mine.start, mine.end
    last = one[min(len(one), len(other)) - 1] if one else None
    return (last.start, last.end) if last is not None else (0, 0)


def shape(nodes: Sequence[Node]) -> tuple[Shape, ...]:
    """Return what a tree says without its places, so that trees of two dialects can be compared."""
    shapes: list[Shape] = []
    for node in nodes:
        if isinstance(node, Text):
            if shapes and shapes[-1][0] == "text":
                shapes[-1] = ("text", f"{shapes[-1][1]}{node.value}")
            elif node.value:
                shapes.append(("text", node.value))
        elif isinstance(node, Variable):
            if (
                node.fallback is not None and not node.filters and not node.late
            ):  # a fallback is a condition in short
                bare: Shape = ("variable", node.name, ())
                rest = (("text", node.fallback),) if node.fallback else ()
                shapes.append(("if", (((node.name, None, False), (bare,)), (None, rest))))
            else:
                shapes.append(
                    (
                        "variable",
                        node.name,
                        node.filters,
                        *([node.fallback, node.late] if node.fallback else []),
                    )
                )
        elif isinstance(node, Choice):
            shapes.append(("choice", tuple(shape(option) for option in node.options)))
        elif isinstance(node, Conditional):
            shapes.append(("if", _branch_shapes(turned(node.branches))))
        elif isinstance(node, Opaque):
            shapes.append(("opaque", node.value))
    return tuple(shapes)


def _branch_shapes(branches: Sequence[Branch]) -> tuple[Shape, ...]:
    shapes: list[Shape] = []
    for branch in branches:
        inner = shape(branch.nodes)
        if branch.test is None:
            if len(inner) == 1 and inner[0][0] == "if" and isinstance(inner[0][1], tuple):
                shapes += inner[0][1]  # an "if" alone in the "else" goes on with the chain
            elif inner:
                shapes.append((None, inner))
            continue
        test = branch.test
        shapes.append(((test.variable.name, test.value, test.negated), inner))
    return tuple(shapes)
