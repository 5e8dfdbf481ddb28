"""What a variable looks like in each dialect, whole and broken, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from scorer.templates.dialects import DIALECTS, HUBL, LIQUID, MAILCHIMP, Dialect
from scorer.templates.names import STYLES, canonical, split_words
from scorer.templates.syntax import Variable

# Filters that are applied, and others that Liquid has.
FILTERS = frozenset({"capitalize", "upcase", "downcase", "strip", "titlecase", "title"})
OTHER_FILTERS = frozenset(
    """abs append at_least at_most ceil compact concat date divided_by escape escape_once first floor join last lower
    lstrip map minus modulo newline_to_br plus prepend remove remove_first remove_last replace replace_first
    replace_last reverse round rstrip size slice sort split strip_html strip_newlines sum times trim truncate
    truncatewords uniq upper url_decode url_encode where""".split()
)
NAME = r"[A-Za-z][A-Za-z0-9_]{0,60}"
SPACED = r"(?:[ -][A-Za-z0-9_]{1,30}){0,4}"
_VALUE = r"(?:\"[^\"\n{}]{0,40}\"|'[^'\n{}]{0,40}'|[\w.]{1,20})"
_FILTER = rf"(?!default\b)[a-z_]{{1,30}}(?::[ \t]*{_VALUE}(?:,[^{{}}|\n]{{0,40}})?)?"


@dataclass(frozen=True, slots=True)
class Patterns:
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
        NAME if dialect.style not in ("flat_upper", "upper") or dialect.certain else r"[A-Z][A-Z0-9_]{0,60}"
    )
    return prefix + name + (SPACED if dialect.spaces else "")


def _fallbacks(dialect: Dialect) -> str:
    stop = re.escape(dialect.closing[0])
    choices = []
    for before, after in dialect.fallback:
        # A quoted fallback ends at its quotation mark, a bare one before the closing delimiter.
        # What looks like a filter is none.
        filters = rf"(?:{'|'.join(sorted(FILTERS))})[ \t]*{stop}|[a-z_]+:[ \t]*[\"'“‘\d]|default[:(]"
        bare = rf"(?!{filters}|[\"'“‘])[^\n{stop}{{}}|]{{0,200}}?"
        body = rf"[^\n{re.escape(after[0])}]{{0,200}}?" if after else bare
        choices.append(f"{re.escape(before)}({body}){re.escape(after)}")
    return "|".join(choices)


@cache
def patterns_of(key: str) -> Patterns:
    """Return the patterns of the dialect with `key`."""
    dialect = next(d for d in DIALECTS if d.key == key)
    name, pad = _name_pattern(dialect), r"[ \t]{0,3}" if dialect.padding else ""
    lead = f"(?:{re.escape(dialect.lead)})?" if dialect.lead else ""
    inner = f"(?P<pad>{pad}){lead}(?P<name>{name})"
    filters = rf"(?:[ \t]*\|[ \t]*{_FILTER}){{0,4}}?"
    if dialect.filters:
        inner += f"(?P<filters>{filters})"
    if dialect.fallback:
        late = f"(?P<late>{filters})" if dialect.filters else ""
        inner += f"(?:(?P<fallback>{_fallbacks(dialect)}){late})?"
    inner += pad
    start, end = re.escape(dialect.opening), re.escape(dialect.closing)
    if dialect.trims:
        start, end = f"{start}-?", f"-?{end}"
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
    return Patterns(
        re.compile(tag),
        re.compile(broken),
        re.compile(dialect.blocks.tag) if dialect.blocks else None,
        re.compile("[" + re.escape("".join(sorted(first)) + "|\\") + "]"),
        keyword,
    )


def _guard(dialect: Dialect) -> tuple[str, str]:
    """Return what may not stand on either side of a variable: there the signs mean something else."""
    return {
        "{": (r"(?<![$/\\=\w])", ""),
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


def variable_at(text: str, start: int, end: int, dialect: Dialect) -> Variable | None:
    """Return the variable of `dialect` that is exactly ``text[start:end]``, or None."""
    match = patterns_of(dialect.key).tag.match(text, start)
    return read_variable(match, dialect) if match and match.end() == end else None


def read_variable(match: re.Match[str], dialect: Dialect) -> Variable:
    """Return the variable that the dialect's `tag` matched."""
    groups = match.groupdict()
    raw, filters, late = groups["name"], groups.get("filters") or "", groups.get("late") or ""
    fallback = None
    if groups.get("fallback") is not None:
        first = match.re.groupindex["fallback"]
        fallback = next(
            (g for g in match.groups()[first : first + len(dialect.fallback)] if g is not None), ""
        )
    first_filters, last_filters = (
        tuple(part.strip() for part in some.split("|") if part.strip()) for some in (filters, late)
    )
    return Variable(
        match.start(), match.end(), raw, words_in(raw, dialect), canonical(raw), fallback,
        first_filters, last_filters, groups["pad"], match.start("name"),
    )  # fmt: skip


def words_in(raw: str, dialect: Dialect) -> tuple[str, ...] | None:
    """Return the words of a name written the dialect's way, or None where it is not."""
    for name, own in dialect.names.items():
        if raw == (own if "." in own else dialect.prefix + own):
            return tuple(name.split("_"))
    if not raw.startswith(dialect.prefix):
        return None
    return STYLES[dialect.style].words(raw[len(dialect.prefix) :])


def words_of(variable: Variable) -> tuple[str, ...]:
    """Return the words of the variable's name, in whatever way it is written."""
    return variable.words or split_words(variable.raw.rpartition(".")[2]) or (variable.raw.lower(),)
