"""Reading a text as a template of one dialect: a tree with exact places, and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from scorer.templates.dialects import Dialect
from scorer.templates.names import canonical, is_known, split_words
from scorer.templates.patterns import NAME, SPACED, patterns_of, read_variable, words_in
from scorer.templates.syntax import (
    Branch,
    Choice,
    Conditional,
    Node,
    Opaque,
    Problem,
    ProblemKind,
    Template,
    Test,
    Text,
    Variable,
)
from scorer.templates.writing import write_variable

MAX_DEPTH = 40
_NAME_ALONE = re.compile(r"[ \t]{0,3}(?P<name>[A-Za-z][\w.]{0,60})(?![\w|{}])")
_EMOTICON = re.compile(r"[:;=8xX]['-]?[{}]|[{}]['-]?[:;=]")
# Words in brackets that are an editor's mark, or prose, whatever the dialect.
_PROSE = frozenset("sic note see edit source citation video pdf image photo audio gif redacted".split())
_LOGIC = re.compile(r" (?:and|or|contains) ")
_OPENERS, _ELSES, _ENDS = (
    frozenset({"if", "#if", "unless", "#unless", "IF:", "IFNOT:"}),
    frozenset({"else", "elsif", "elif", "ELSE:", "ELSEIF:"}),
    frozenset({"endif", "endunless", "/if", "/unless", "END:IF"}),
)
_CLOSES = {
    "if": "endif",
    "unless": "endunless",
    "#unless": "/unless",
    "#if": "/if",
    "IF:": "END:IF",
    "IFNOT:": "END:IF",
}


def parse(text: str, dialect: Dialect) -> Template:
    """Return `text` read as a template of `dialect`; never fails: what can't be read is text and a problem."""
    reader = _Reader(text, dialect)
    nodes = reader.read()
    return Template(text, dialect.key, nodes, tuple(sorted(reader.problems, key=lambda p: (p.start, p.end))))


def read(text: str, dialect: Dialect | None) -> Template:
    """Return `text` read in `dialect`; all of it literal without one."""
    if dialect is None:
        return Template(text, None, (Text(0, len(text), text),) if text else ())
    return parse(text, dialect)


class _Reader:
    """Reads one text; braces are paired beforehand, so that each sign is looked at a few times at most."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text, self.dialect, self.patterns = text, dialect, patterns_of(dialect.key)
        self.problems: list[Problem] = []
        self.escapes = dialect.spin == "braces"
        braces = "{" in dialect.opening or dialect.spin in ("braces", "keyword") or dialect.blocks is not None
        self.braces = braces and dialect.key not in ("mailchimp", "square")
        self.pairs, self.choices = _pairs(text, escapes=self.escapes) if self.braces else ({}, frozenset())

    def read(self) -> tuple[Node, ...]:
        nodes: list[Node] = []
        position = 0
        while position < len(self.text):
            found, position, stop = self.nodes(position, len(self.text), 0, spin=False, block=True)
            nodes += found
            if stop is None:
                break
            self.problem(
                "stray", stop.start(), stop.end(), "this closes or continues a condition that was not opened"
            )
            nodes.append(Opaque(stop.start(), stop.end(), stop.group()))
            position = stop.end()
        return tuple(nodes)

    def problem(
        self, kind: ProblemKind, start: int, end: int, message: str, better: str | None = None
    ) -> None:
        self.problems.append(Problem(kind, start, end, message, better))

    def nodes(
        self, position: int, limit: int, depth: int, *, spin: bool, block: bool
    ) -> tuple[list[Node], int, re.Match[str] | None]:
        """Read from `position` to `limit`, or to a ``|`` (in a spin block), or to a tag that ends a branch."""
        nodes: list[Node] = []
        literal = position
        while position < limit:
            found = self.patterns.triggers.search(self.text, position, limit)
            if found is None:
                position = limit
                break
            at = found.start()
            sign = self.text[at]
            if sign == "\\":
                position = min(limit, at + 2 if self.escapes else at + 1)
                continue
            if sign == "|" and spin:
                position = at
                break
            node, end, stop = self.construct(at, limit, depth, literal, block=block)
            if node is None and stop is None:
                position = end
                continue
            self.literal(nodes, literal, at)
            if stop is not None:
                return nodes, at, stop
            if node is not None:
                nodes.append(node)
            literal = position = end
        self.literal(nodes, literal, position)
        return nodes, position, None

    def literal(self, nodes: list[Node], start: int, end: int) -> None:
        if start >= end:
            return
        words = self.text[start:end]
        if self.escapes and "\\" in words:
            words = re.sub(r"\\([{}|\\])", r"\1", words)
        if self.dialect.trims:
            if self.text.startswith(("{{-", "{%-"), end):
                words = words.rstrip()
            if self.text.endswith(("-}}", "-%}"), 0, start):
                words = words.lstrip()
        nodes.append(Text(start, end, words))

    def construct(
        self, at: int, limit: int, depth: int, since: int, *, block: bool
    ) -> tuple[Node | None, int, re.Match[str] | None]:
        """Return the node at `at` with its end; or a tag that ends a branch; or nothing and where to go on."""
        text, patterns = self.text, self.patterns
        if patterns.blocks is not None and (tag := patterns.blocks.match(text, at, limit)):
            return self.block(tag, limit, depth, block=block)
        if patterns.keyword is not None and (tag := patterns.keyword.match(text, at, limit)):
            read = self.keyword(tag, limit, depth)
            if read is not None:
                return read, read.end, None
        if (tag := patterns.tag.match(text, at, limit)) and self.counts(tag):
            return read_variable(tag, self.dialect), tag.end(), None
        if choice := self.braced(at, limit, depth):
            return choice, choice.end, None
        if broken := self.broken(at, limit):
            return None, broken, None
        damaged = self.dialect.blocks.damaged if self.dialect.blocks is not None else None
        if damaged is not None and (tag := re.compile(damaged).match(text, at, limit)):
            self.problem("broken", at, tag.end(), "a sign of this tag's delimiters is missing")
            if "word" in tag.re.groupindex:
                return self.block(tag, limit, depth, block=block)
            return None, tag.end(), None
        if text.startswith("[[", at) and self.dialect.spin == "brackets":
            close = text.find("]]", at, limit)
            if close > 0 and "|" in text[at:close] and "\n" not in text[at:close]:
                choice = self.choice(at, at + 2, close, close + 2, depth)
                return choice, choice.end, None
        if self.headless(at, since):
            return None, at + len(self.dialect.closing), None
        if text[at] in "{}" and self.braces:
            return None, self.lone(at), None
        return None, at + 1, None

    def braced(self, at: int, limit: int, depth: int) -> Choice | None:
        """Return the choice in single braces at `at`, if it is one."""
        close = self.pairs.get(at)
        if self.dialect.spin != "braces" or at not in self.choices or close is None or close >= limit:
            return None
        if depth >= MAX_DEPTH:
            self.problem("unsupported", at, at + 1, f"choices inside choices go deeper than {MAX_DEPTH}")
            return None
        noted = len(self.problems)
        choice = self.choice(at, at + 1, close, close + 1, depth)
        if len(choice.options) > 1:
            return choice
        del self.problems[noted:]  # what stands in these braces is read again, as no choice
        return None

    def counts(self, tag: re.Match[str]) -> bool:
        """Tell whether what looks like a variable is one, where prose may look the same."""
        around = self.text[tag.start() - 1 : tag.start()], self.text[tag.end() : tag.end() + 1]
        if self.dialect.opening in ("{", "{{") and around == ("{", "}"):
            return False  # a brace more on either side: a variable of another dialect
        if tag["name"] in _ELSES | _ENDS:
            return False
        if self.dialect.certain:
            return True
        raw = tag["name"]
        if raw.lower() in _PROSE or self.text[tag.end() : tag.end() + 1] in {"(", "["}:
            return False
        words = words_in(raw, self.dialect)
        return is_known(canonical(raw)) or (words is not None and len(words) > 1)

    def lone(self, at: int) -> int:
        """Note a brace without its other half, unless it is part of a face; return where to go on."""
        text, opening = self.text, self.dialect.opening
        if at in self.pairs or _EMOTICON.match(text, max(0, at - 1)) or _EMOTICON.match(text, max(0, at - 2)):
            return at + 1
        if text.startswith(opening, at) and len(opening) > 1:
            tail = _NAME_ALONE.match(text, at + len(opening))
            if tail and self.plausible(tail["name"], alone=True):
                self.damaged(at, tail.end(), tail["name"])
                return tail.end()
        side = "opening" if text[at] == "}" else "closing"
        self.problem("broken", at, at + 1, f"this brace has no {side} one")
        return at + 1

    def broken(self, at: int, limit: int) -> int | None:
        """Note a variable that lacks one sign of a delimiter; return where it ends."""
        match = self.patterns.broken.match(self.text, at, limit)
        if match is None:
            return None
        bare = match.groupdict().get("bare")
        if bare is not None and self.text[at] == "{" and at in self.pairs:
            return self.misnamed(at)
        if bare is not None:  # where names may hold spaces, the longest beginning that is a name
            words = bare.split(" ")
            beginnings = (" ".join(words[:n]) for n in range(len(words), 0, -1))
            bare = next((part for part in beginnings if self.plausible(part, alone=True)), None)
            if bare is None:
                return None
            self.damaged(at, match.start("bare") + len(bare), bare)
            return match.start("bare") + len(bare)
        whole = match["b1"] if match.groupdict().get("b1") is not None else match["b2"]
        if not self.plausible(whole, alone=False):
            return None
        self.damaged(match.start(), match.end(), whole)
        return match.end()

    def misnamed(self, at: int) -> int | None:
        """Note a known variable in whole braces whose name is not written as the dialect has it."""
        end = self.pairs[at] + 1
        name = self.text[at + 1 : end - 1]
        if len(name) > 200 or not re.fullmatch(rf"{NAME}{SPACED}", name) or not is_known(canonical(name)):
            return None
        words = split_words(name)
        if len(words) < 2:
            return None
        better = write_variable(self.dialect, words, canonical(name))
        self.problem("broken", at, end, "this dialect does not write a variable's name like that", better)
        return end

    def headless(self, at: int, since: int) -> bool:
        """Note a known variable's name that is closed but was never opened; the text before begins at `since`."""
        closing = self.dialect.closing
        if closing[0] == "}" and at in self.pairs:
            return False
        if not self.text.startswith(closing, at) or self.text.startswith(closing[-1], at + len(closing)):
            return False
        since = max(since, at - 120)
        rest = "|".join(rf"{re.escape(b)}[^\n|]{{0,60}}{re.escape(a)}" for b, a in self.dialect.fallback)
        for words in (3, 2, 1) if self.dialect.spaces else (1,):
            name = rf"(?<![\w.])[A-Za-z][\w.]*(?: [A-Za-z][\w.]*){{{words - 1}}}"
            before = re.search(f"{name}(?:{rest})?$", self.text[since:at])
            if before and self.plausible(before.group(), alone=True):
                self.damaged(since + before.start(), at + len(closing), before.group())
                return True
        return False

    def damaged(self, start: int, end: int, inner: str) -> None:
        better = f"{self.dialect.opening}{inner}{self.dialect.closing}"
        self.problem("broken", start, end, "a sign of this placeholder's delimiters is missing", better)

    def plausible(self, inner: str, *, alone: bool) -> bool:
        """Tell whether `inner` is a variable; `alone` when a whole delimiter is missing, so that only names count."""
        name = (
            re.split(r"[|,/]|:-| default| \"", inner.strip(), maxsplit=1)[0]
            .strip()
            .removeprefix(self.dialect.lead)
        )
        if self.dialect.style == "number":
            return False
        styled, known = words_in(name, self.dialect) is not None, is_known(canonical(name))
        bare = alone or len(self.dialect.opening) == 1 or self.dialect.opening in ("${", "{{")
        return styled and (known or not bare)

    def choice(self, start: int, first: int, close: int, end: int, depth: int) -> Choice:
        options: list[tuple[Node, ...]] = []
        position = first
        while True:
            nodes, position, _ = self.nodes(position, close, depth + 1, spin=True, block=False)
            options.append(tuple(nodes))
            if position >= close:
                return Choice(start, end, tuple(options))
            position += 1

    def keyword(self, tag: re.Match[str], limit: int, depth: int) -> Choice | Variable | Opaque | None:
        close = self.pairs.get(tag.start())
        if close is None or close >= limit or self.text[close - 1] != "}" or depth >= MAX_DEPTH:
            self.problem("broken", tag.start(), tag.end(), "this block is not closed by two braces")
            return None
        choice = _unspaced(self.choice(tag.start(), tag.end(), close - 1, close + 1, depth))
        if tag["word"].lower() != (self.dialect.wrapped or "").lower():
            return choice
        first, rest = choice.options[0], choice.options[1:]
        words = rest[0][0] if len(rest) == 1 and len(rest[0]) == 1 else None
        if len(first) == 1 and isinstance(first[0], Variable) and (isinstance(words, Text) or rest == ((),)):
            value = words.value if isinstance(words, Text) else ""
            inner = first[0]
            return Variable(
                choice.start, choice.end, inner.raw, inner.words, inner.name, value,
                padding=inner.padding, name_at=inner.name_at,
            )  # fmt: skip
        self.problem("unsupported", choice.start, choice.end, "this fallback needs one variable and one text")
        return Opaque(choice.start, choice.end, self.text[choice.start : choice.end])

    def block(
        self, tag: re.Match[str], limit: int, depth: int, *, block: bool
    ) -> tuple[Node | None, int, re.Match[str] | None]:
        word = tag["word"]
        if word in _ELSES or word in _ENDS:
            if block:
                return None, tag.start(), tag
            self.problem(
                "stray", tag.start(), tag.end(), "this closes or continues a condition that was not opened"
            )
            return Opaque(tag.start(), tag.end(), tag.group()), tag.end(), None
        if word not in _OPENERS or depth >= MAX_DEPTH:
            message = "this tag is not understood here; nothing is filled in for it"
            self.problem("unsupported", tag.start(), tag.end(), message)
            return Opaque(tag.start(), tag.end(), tag.group()), tag.end(), None
        branches: list[Branch] = []
        current: re.Match[str] | None = tag
        position = tag.end()
        otherwise = False
        while current is not None:
            if otherwise:
                self.problem(
                    "stray",
                    current.start(),
                    current.end(),
                    "this stands behind the “else” that ends the choice",
                )
            otherwise |= current["word"] in ("else", "ELSE:")
            test = None if current["word"] in ("else", "ELSE:") else self.test(current)
            nodes, position, stop = self.nodes(position, limit, depth + 1, spin=False, block=True)
            branches.append(Branch(test, tuple(nodes)))
            if stop is None:
                self.problem("unclosed", tag.start(), tag.end(), "this condition is never closed")
                return Conditional(tag.start(), position, tuple(branches)), position, None
            position = stop.end()
            if stop["word"] in _ENDS and stop["word"] != _CLOSES[word]:
                self.problem(
                    "broken", stop.start(), stop.end(), "this does not close the condition that is open here"
                )
            current = None if stop["word"] in _ENDS else stop
        return Conditional(tag.start(), position, tuple(branches)), position, None

    def test(self, tag: re.Match[str]) -> Test | None:
        rest = tag["rest"].strip()
        offset = tag.start("rest") + tag["rest"].find(rest) if rest else tag.end("rest")
        negated = tag["word"] in ("unless", "#unless", "IFNOT:")
        match = re.fullmatch(
            rf"(?P<not>not |!)?(?P<name>[A-Za-z][\w.]*{SPACED if self.dialect.spaces else ''})"
            r"(?:\s*(?P<op>==?|!=)\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\"'&|<>=]*))?",
            rest,
        )
        if match is None or _LOGIC.search(rest):
            self.problem(
                "unsupported", tag.start(), tag.end(), "this test is not understood here; taken for fulfilled"
            )
            return None
        value = match["value"]
        value = value[1:-1] if value and value[:1] in "\"'" and value[-1:] == value[:1] else value
        negated ^= bool(match["not"]) ^ (match["op"] == "!=")
        if value in ("", "blank", "nil", "empty"):  # compared with nothing: asks whether it is filled
            value, negated = None, not negated
        name, start = match["name"], offset + match.start("name")
        words = words_in(name, self.dialect)
        variable = Variable(start, start + len(name), name, words, canonical(name), name_at=start)
        return Test(variable, value, negated)


def _unspaced(choice: Choice) -> Choice:
    """Return `choice` without the blanks around its signs where every option begins with one: a way to write."""
    firsts = [option[0] if option else None for option in choice.options]
    if not all(isinstance(first, Text) and first.value[:1] in (" ", "\t") for first in firsts):
        return choice
    return replace(choice, options=tuple(_stripped(option) for option in choice.options))


def _stripped(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return `nodes` without blanks before the first and behind the last."""
    kept = list(nodes)
    if kept and isinstance(kept[0], Text):
        words = kept[0].value.lstrip(" \t")
        kept[0] = Text(kept[0].end - len(words), kept[0].end, words)
    if kept and isinstance(kept[-1], Text):
        words = kept[-1].value.rstrip(" \t")
        kept[-1] = Text(kept[-1].start, kept[-1].start + len(words), words)
    return tuple(node for node in kept if not isinstance(node, Text) or node.value)


def _pairs(text: str, *, escapes: bool) -> tuple[dict[int, int], frozenset[int]]:
    """Return where each brace's other half stands, both ways, and the opening braces that hold a ``|`` themselves."""
    pairs: dict[int, int] = {}
    choices: set[int] = set()
    opened: list[int] = []
    for at in _sign_places(text, escapes=escapes):
        if text[at] == "{":
            opened.append(at)
        elif opened and text[at] == "|":
            choices.add(opened[-1])
        elif opened:
            start = opened.pop()
            pairs[start], pairs[at] = at, start
    return pairs, frozenset(choices)


def _sign_places(text: str, *, escapes: bool) -> Iterator[int]:
    for match in re.finditer(r"\\.|[{}|]" if escapes else r"[{}|]", text, re.DOTALL):
        if match.group() in "{}|":
            yield match.start()
