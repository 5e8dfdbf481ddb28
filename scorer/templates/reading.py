"""Reading a text as a template of one dialect: a tree with exact places, and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from scorer.templates.dialects import DIALECTS, HUBL, LIQUID, MAILCHIMP, Dialect
from scorer.templates.names import STYLES, canonical, is_known, split_words
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

MAX_DEPTH = 40
# Liquid filters that change how a value is written.
FILTERS = frozenset({"capitalize", "upcase", "downcase", "strip", "titlecase", "title"})
_NAME = r"[A-Za-z][A-Za-z0-9_]{0,60}"
_SPACED = r"(?:[ -][A-Za-z0-9_]{1,30}){0,4}"
_EMOTICON = re.compile(r"[:;=8xX]['-]?[{}]|[{}]['-]?[:;=]")
# Words in brackets that are an editor's mark, or prose, whatever the dialect.
_PROSE = frozenset("sic note see edit source citation video pdf image photo audio gif redacted".split())
_LOGIC = re.compile(r" (?:and|or|contains) ")
_OPENERS, _ELSES, _ENDS = (
    frozenset({"if", "#if", "unless", "#unless", "IF:", "IFNOT:"}),
    frozenset({"else", "elsif", "elif", "ELSE:", "ELSEIF:"}),
    frozenset({"endif", "endunless", "/if", "/unless", "END:IF"}),
)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What is compiled once for a dialect."""

    tag: re.Pattern[str]
    broken: re.Pattern[str]
    blocks: re.Pattern[str] | None
    triggers: re.Pattern[str]
    keyword: re.Pattern[str] | None


def _name_pattern(dialect: Dialect) -> str:
    if dialect.style == "number":
        return r"[0-9]{1,2}"
    prefix = f"(?:{dialect.loose})?" if dialect.loose else re.escape(dialect.prefix)
    name = (
        _NAME if dialect.style not in ("flat_upper", "upper") or dialect.certain else r"[A-Z][A-Z0-9_]{0,60}"
    )
    return prefix + name + (_SPACED if dialect.spaces else "")


def _fallbacks(dialect: Dialect) -> str:
    stop = re.escape(dialect.closing[0])
    choices = []
    for before, after in dialect.fallback:
        # A quoted fallback ends at its quotation mark, a bare one before the closing delimiter.
        bare = rf"(?!default[:(]|[\"'])[^\n{stop}{{}}|]{{0,200}}?"
        body = rf"[^\n{re.escape(after[0])}]{{0,200}}?" if after else bare
        choices.append(f"{re.escape(before)}({body}){re.escape(after)}")
    return "|".join(choices)


@cache
def _patterns(key: str) -> _Patterns:
    dialect = next(d for d in DIALECTS if d.key == key)
    name, pad = _name_pattern(dialect), r"[ \t]{0,3}" if dialect.padding else ""
    lead = f"(?:{re.escape(dialect.lead)})?" if dialect.lead else ""
    inner = f"(?P<pad>{pad}){lead}(?P<name>{name})"
    if dialect.filters:
        inner += r"(?P<filters>(?:[ \t]*\|[ \t]*(?!default\b)[a-z_]{1,30}(?::[^{}|\n]{0,40})?){0,4}?)"
    if dialect.fallback:
        inner += f"(?P<fallback>{_fallbacks(dialect)})?"
    inner += pad
    start, end = re.escape(dialect.opening), re.escape(dialect.closing)
    guard = _guard(dialect)
    tag = f"{guard[0]}{start}{inner}{end}{guard[1]}"
    loose = re.sub(r"\?P<\w+>", "", inner)
    whole = rf"(?P<bare>{name})(?![\w.|{re.escape(dialect.closing[0])}])"
    broken = "|".join(
        [f"(?:{head}){body}{end}" for head, body in [(_cut(dialect.opening), f"(?P<b1>{loose})")] if head]
        + [f"{start}(?P<b2>{loose}){tail}" for tail in [_cut_end(dialect.closing)] if tail]
        + [f"{start}{whole}"] * (len(dialect.closing) == 1)
    )
    first = set(dialect.opening + dialect.closing)
    first |= (
        {"{", "}"} if dialect.spin in ("braces", "keyword") or dialect.blocks in (LIQUID, HUBL) else set()
    )
    first |= {"*"} if dialect.blocks is MAILCHIMP else set()
    keyword = None
    if dialect.spin == "keyword" or dialect.wrapped:
        words = "|".join(re.escape(w) for w in filter(None, (dialect.spin_word, dialect.wrapped)))
        keyword = re.compile(rf"\{{\{{[ \t]*(?P<word>{words})[ \t]*\|", re.IGNORECASE)
    return _Patterns(
        re.compile(tag),
        re.compile(broken),
        re.compile(dialect.blocks.tag) if dialect.blocks else None,
        re.compile("[" + re.escape("".join(sorted(first)) + "|\\") + "]"),
        keyword,
    )


def _guard(dialect: Dialect) -> tuple[str, str]:
    """Return what may not stand on either side of a variable: there the signs mean something else."""
    return {
        "{": (r"(?<![{$/\\=\w])", r"(?!\})"),
        "{{": (r"(?<!\{)", r"(?!\})"),
        "#": (r"(?<![\w#&])", r"(?![\w#])"),
        "%": (r"(?<![\w%])", r"(?![\w%])"),
        "%%": (r"(?<![\w%])", r"(?![\w%])"),
        "::": (r"(?<![\w:])", r"(?![\w:])"),
        "((": (r"(?<!\()", r"(?!\))"),
        "-": (r"(?<![\w-])", r"(?![\w-])"),
        "[": (r"(?<![\[\w\\])", r"(?![\](\[])"),
        "<<": (r"(?<!<)", r"(?!>)"),
    }.get(dialect.opening, ("", ""))


def _cut(delimiter: str) -> str:
    """Return a pattern of `delimiter` with one sign missing; empty for a single sign."""
    # Of several equal signs, no more may stand in front: then none is missing.
    guard = rf"(?<!{re.escape(delimiter[0])})" if len(set(delimiter)) == 1 else ""
    kinds = {delimiter[:i] + delimiter[i + 1 :] for i in range(len(delimiter))} - {""}
    return rf"{guard}(?:{'|'.join(map(re.escape, sorted(kinds)))})" if kinds else ""


def _cut_end(delimiter: str) -> str:
    """Return the same for a closing delimiter, with no more of it behind."""
    guard = rf"(?!{re.escape(delimiter[-1])})" if len(set(delimiter)) == 1 else ""
    kinds = {delimiter[:i] + delimiter[i + 1 :] for i in range(len(delimiter))} - {""}
    return rf"(?:{'|'.join(map(re.escape, sorted(kinds)))}){guard}" if kinds else ""


def parse(text: str, dialect: Dialect) -> Template:
    """Return `text` read as a template of `dialect`; never fails: what can't be read is text and a problem."""
    reader = _Reader(text, dialect)
    nodes = reader.read()
    return Template(text, dialect.key, nodes, tuple(sorted(reader.problems, key=lambda p: (p.start, p.end))))


def variable_at(text: str, start: int, end: int, dialect: Dialect) -> Variable | None:
    """Return the variable of `dialect` that is exactly ``text[start:end]``, or None."""
    match = _patterns(dialect.key).tag.match(text, start)
    return _variable(match, dialect) if match and match.end() == end else None


def _variable(match: re.Match[str], dialect: Dialect) -> Variable:
    groups = match.groupdict()
    raw, filters = groups["name"], groups.get("filters") or ""
    fallback = None
    if groups.get("fallback") is not None:
        first = match.re.groupindex["fallback"]
        fallback = next(
            (g for g in match.groups()[first : first + len(dialect.fallback)] if g is not None), ""
        )
    return Variable(
        match.start(), match.end(), raw, _words(raw, dialect), canonical(raw), fallback,
        tuple(part.strip() for part in filters.split("|") if part.strip()), groups["pad"],
    )  # fmt: skip


def _words(raw: str, dialect: Dialect) -> tuple[str, ...] | None:
    for name, own in dialect.names.items():
        if raw == (own if "." in own else dialect.prefix + own):
            return tuple(name.split("_"))
    if not raw.startswith(dialect.prefix):
        return None
    return STYLES[dialect.style].words(raw[len(dialect.prefix) :])


class _Reader:
    """Reads one text; braces are paired beforehand, so that each sign is looked at a few times at most."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text, self.dialect, self.patterns = text, dialect, _patterns(dialect.key)
        self.problems: list[Problem] = []
        self.escapes = dialect.spin == "braces"
        braces = "{" in dialect.opening or dialect.spin in ("braces", "keyword") or dialect.blocks is not None
        self.braces = braces and dialect.key not in ("mailchimp", "square")
        self.pairs = _pairs(text, escapes=self.escapes) if self.braces else {}

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
            self.literal(nodes, literal, at, spin=spin)
            if stop is not None:
                return nodes, at, stop
            if node is not None:
                nodes.append(node)
            literal = position = end
        self.literal(nodes, literal, position, spin=spin)
        return nodes, position, None

    def literal(self, nodes: list[Node], start: int, end: int, *, spin: bool) -> None:
        if start < end:
            words = self.text[start:end]
            if self.escapes and "\\" in words:
                words = re.sub(r"\\([{}|\\])", r"\1", words)
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
            return _variable(tag, self.dialect), tag.end(), None
        if broken := self.broken(at, limit):
            return None, broken, None
        blocks = self.dialect.blocks
        if (
            blocks is not None
            and blocks.damaged
            and (tag := re.compile(blocks.damaged).match(text, at, limit))
        ):
            self.problem("broken", at, tag.end(), "a sign of this tag's delimiters is missing")
            return None, tag.end(), None
        if text[at] == "{" and at in self.pairs and self.dialect.spin == "braces" and depth >= MAX_DEPTH:
            self.problem("unsupported", at, at + 1, f"choices inside choices go deeper than {MAX_DEPTH}")
        elif text[at] == "{" and self.dialect.spin == "braces":
            close = self.pairs.get(at)
            if close is not None and close < limit:
                choice = self.choice(at, at + 1, close, close + 1, depth)
                if len(choice.options) > 1:
                    return choice, choice.end, None
        if text.startswith("[[", at) and self.dialect.spin == "brackets":
            close = text.find("]]", at, limit)
            if close > 0 and "|" in text[at:close] and "\n" not in text[at:close]:
                choice = self.choice(at, at + 2, close, close + 2, depth)
                return choice, choice.end, None
        if not self.headless(at, since) and text[at] in "{}" and self.braces:
            self.lone(at)
        return None, at + 1, None

    def counts(self, tag: re.Match[str]) -> bool:
        """Tell whether what looks like a variable is one, where prose may look the same."""
        if self.dialect.certain:
            return True
        raw = tag["name"]
        if raw.lower() in _PROSE or self.text[tag.end() : tag.end() + 1] in {"(", "["}:
            return False
        words = _words(raw, self.dialect)
        return is_known(canonical(raw)) or (words is not None and len(words) > 1)

    def lone(self, at: int) -> None:
        """Note a brace without its other half, unless it is part of a face."""
        text = self.text
        if at in self.pairs or _EMOTICON.match(text, max(0, at - 1)) or _EMOTICON.match(text, max(0, at - 2)):
            return
        side = "opening" if text[at] == "}" else "closing"
        self.problem("broken", at, at + 1, f"this brace has no {side} one")

    def broken(self, at: int, limit: int) -> int | None:
        """Note a variable that lacks one sign of a delimiter; return where it ends."""
        match = self.patterns.broken.match(self.text, at, limit)
        if match is None:
            return None
        bare = match.groupdict().get("bare")
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

    def headless(self, at: int, since: int) -> bool:
        """Note a known variable's name that is closed but was never opened; the text before begins at `since`."""
        closing = self.dialect.closing
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
        styled, known = _words(name, self.dialect) is not None, is_known(canonical(name))
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

    def keyword(self, tag: re.Match[str], limit: int, depth: int) -> Choice | Variable | None:
        close = self.pairs.get(tag.start())
        if close is None or close >= limit or self.text[close - 1] != "}" or depth >= MAX_DEPTH:
            self.problem("broken", tag.start(), tag.end(), "this block is not closed by two braces")
            return None
        choice = self.choice(tag.start(), tag.end(), close - 1, close + 1, depth)
        if tag["word"].lower() != (self.dialect.wrapped or "").lower():
            return choice
        first, rest = choice.options[0], choice.options[1:]
        words = rest[0][0] if len(rest) == 1 and len(rest[0]) == 1 else None
        if len(first) == 1 and isinstance(first[0], Variable) and (isinstance(words, Text) or rest == ((),)):
            value = words.value if isinstance(words, Text) else ""
            inner = first[0]
            return Variable(
                choice.start, choice.end, inner.raw, inner.words, inner.name, value, (), inner.padding
            )
        self.problem("unsupported", choice.start, choice.end, "this fallback needs one variable and one text")
        return None

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
        while current is not None:
            test = None if current["word"] in ("else", "ELSE:") else self.test(current)
            nodes, position, stop = self.nodes(position, limit, depth + 1, spin=False, block=True)
            branches.append(Branch(test, tuple(nodes)))
            if stop is None:
                self.problem("unclosed", tag.start(), tag.end(), "this condition is never closed")
                return Conditional(tag.start(), position, tuple(branches)), position, None
            position = stop.end()
            current = None if stop["word"] in _ENDS else stop
        return Conditional(tag.start(), position, tuple(branches)), position, None

    def test(self, tag: re.Match[str]) -> Test | None:
        rest = tag["rest"].strip()
        offset = tag.start("rest") + tag["rest"].find(rest) if rest else tag.end("rest")
        negated = tag["word"] in ("unless", "#unless", "IFNOT:")
        match = re.fullmatch(
            rf"(?P<not>not |!)?(?P<name>[A-Za-z][\w.]*{_SPACED if self.dialect.spaces else ''})"
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
        variable = Variable(start, start + len(name), name, _words(name, self.dialect), canonical(name))
        return Test(variable, value, negated)


def _pairs(text: str, *, escapes: bool) -> dict[int, int]:
    """Return where each brace's other half stands, both ways."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for at in _brace_places(text, escapes=escapes):
        if text[at] == "{":
            opened.append(at)
        elif opened:
            start = opened.pop()
            pairs[start], pairs[at] = at, start
    return pairs


def _brace_places(text: str, *, escapes: bool) -> Iterator[int]:
    for match in re.finditer(r"\\.|[{}]" if escapes else r"[{}]", text, re.DOTALL):
        if match.group() in "{}":
            yield match.start()


def words_of(variable: Variable) -> tuple[str, ...]:
    """Return the words of the variable's name, in whatever way it is written."""
    return variable.words or split_words(variable.raw.rpartition(".")[2]) or (variable.raw.lower(),)
