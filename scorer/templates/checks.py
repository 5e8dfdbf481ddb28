"""What is wrong with the placeholders of a template, before it is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from scorer.errors import did_you_mean
from scorer.parse.surface import find_placeholders
from scorer.rules.runner import RuleSettings
from scorer.rules.suppression import parse_directives
from scorer.rules.template import TEMPLATE_RULES
from scorer.schema import Draft, Edit, Finding, Fix, Severity, Span, Where
from scorer.templates.dialects import DIALECTS, TOOLS, Dialect, dialect_of
from scorer.templates.inference import Inference, dialect_for
from scorer.templates.names import NOT_THE_RECIPIENT, canonical, is_known, known_words, nearest, split_words
from scorer.templates.patterns import FILTERS, OTHER_FILTERS, variable_at, words_of
from scorer.templates.reading import parse, read
from scorer.templates.recipients import Recipients
from scorer.templates.swap import depends_on_reader
from scorer.templates.syntax import Choice, Conditional, Node, Template, Text, Variable, variables, walk
from scorer.templates.writing import write_variable

if TYPE_CHECKING:
    from collections.abc import Sequence

_RULES = {rule.code: rule for rule in TEMPLATE_RULES}
_CODE_OF: Mapping[str, str] = {
    "broken": "TPL004",
    "unclosed": "TPL004",
    "stray": "TPL004",
    "unsupported": "TPL011",
}


def finding(
    code: str,
    span: Span | None,
    message: str | None = None,
    *,
    fix: Fix | None = None,
    severity: Severity | None = None,
    settings: RuleSettings | None = None,
) -> Finding:
    """Return a finding of the template rule `code`, with the rule's message where none is given."""
    rule = _RULES[code]
    chosen = (settings.severities.get(code) if settings else None) or severity or rule.severity
    return Finding(code, rule.name, rule.scored_family, chosen, message or rule.message, span, fix)


def check(
    draft: Draft,
    *,
    dialect: str | None = None,
    recipients: Recipients | None = None,
    tool: str | None = None,
    settings: RuleSettings | None = None,
) -> tuple[Finding, ...]:
    """Return what is wrong with the placeholders of `draft`, by place.

    Parameters
    ----------
    dialect
        Key of the dialect, or a sending tool; inferred without.
    recipients
        Rows that the template will be filled in with: their columns decide which variables are known.
    tool
        Sending tool that the template is for.
    settings
        Which rules run, and how.

    Raises
    ------
    InputError
        No such dialect or tool.
    """
    inference = dialect_for(draft.text, draft.subject, dialect)
    return check_parsed(draft, inference, recipients=recipients, tool=tool, settings=settings)


def check_parsed(
    draft: Draft,
    inference: Inference,
    *,
    recipients: Recipients | None = None,
    tool: str | None = None,
    settings: RuleSettings | None = None,
) -> tuple[Finding, ...]:
    """Return what `check` does, for a dialect that is already known."""
    dialect = inference.dialect
    parts: list[tuple[Template, Where]] = [(read(draft.text, dialect), "text")]
    if draft.subject is not None:
        parts.append((read(draft.subject, dialect), "subject"))
    found: list[Finding] = []
    for template, where in parts:
        found += _problems(template, where)
        found += _choices(template, where)
        found += _filters(template, where)
        found += _unread(template, dialect, where)
        if tool is not None:
            found += _for_tool(template, tool, where)
    if dialect is not None:
        found += _spellings(parts, dialect)
        found += _names(parts, dialect, recipients)
        found += _fallbacks(parts, dialect, recipients)
    return kept(found, draft, settings)


def kept(found: Iterable[Finding], draft: Draft, settings: RuleSettings | None) -> tuple[Finding, ...]:
    """Return `found` by place, without what the settings or comments in the draft silence, severities set."""
    settings = settings or RuleSettings()
    silenced = parse_directives(draft.text) if "score-draft:" in draft.text else []
    chosen: dict[tuple[str, Span | None], Finding] = {}
    for item in found:
        if not settings.enabled(_RULES[item.code]):
            continue
        if any(comment.covers(item) for comment in silenced):
            continue
        severity = settings.severities.get(item.code, item.severity)
        chosen.setdefault(
            (item.code, item.span),
            Finding(item.code, item.name, item.family, severity, item.message, item.span, item.fix),
        )
    return tuple(sorted(chosen.values(), key=_order))


def _order(item: Finding) -> tuple[bool, str, int, int, str]:
    span = item.span
    return (
        (True, "", 0, 0, item.code) if span is None else (False, span.where, span.start, span.end, item.code)
    )


def _problems(template: Template, where: Where) -> Iterator[Finding]:
    for problem in template.problems:
        span = Span(problem.start, problem.end, where)
        fix = None
        if problem.better is not None:
            fix = Fix(
                (Edit(problem.start, problem.end, problem.better, where),),
                safe=True,
                title="Close the placeholder",
            )
        yield finding(
            _CODE_OF[problem.kind], span, problem.message[:1].upper() + problem.message[1:] + ".", fix=fix
        )


def _choices(template: Template, where: Where) -> Iterator[Finding]:
    for node in walk(template.nodes):
        if isinstance(node, Choice):
            options = [_source(option, template.text) for option in node.options]
            if len(set(options)) < len(options) or len(options) < 2:
                yield finding("TPL010", Span(node.start, node.end, where))


def _source(nodes: Sequence[Node], text: str) -> str:
    return text[nodes[0].start : nodes[-1].end].strip() if nodes else ""


def _filters(template: Template, where: Where) -> Iterator[Finding]:
    """Yield filters that are misspelt, unknown, or not applied here."""
    for variable in variables(template):
        for item in (*variable.filters, *variable.late):
            name = item.split(":")[0].strip()
            if name in FILTERS:
                continue
            span = Span(variable.start, variable.end, where)
            if name in OTHER_FILTERS:
                yield finding("TPL011", span, f"The filter “{name}” is not applied here.")
                continue
            near = did_you_mean(name, ["default", *FILTERS, *OTHER_FILTERS]) or "."
            yield finding("TPL004", span, f"Liquid has no filter “{name}”{near}")


def _unread(template: Template, dialect: Dialect | None, where: Where) -> Iterator[Finding]:
    """Yield placeholders that stand where the dialect reads plain text: of others, or of none that is known."""
    covered = [(n.start, n.end) for n in walk(template.nodes) if not isinstance(n, Text)]
    covered += [(p.start, p.end) for p in template.problems]
    text = template.text
    for place in find_placeholders(text):
        start, end = place.start, place.end
        if any(first < end and start < last for first, last in covered):
            continue
        while text[start - 1 : start] == "{" and text[end : end + 1] == "}":
            start, end = start - 1, end + 1
        if dialect is not None and (other := _other(text, start, end, dialect)) is not None:
            yield _foreign(Span(start, end, where), *other, dialect)
            continue
        span = Span(start, end, where)
        better = _mended(text[start:end], dialect)
        if better is not None:
            fix = Fix((Edit(start, end, better, where),), title=f"Write “{better}”")
            message = "No sending tool reads this placeholder as it is written."
            yield finding("TPL004", span, message, fix=fix)
        else:
            known = place.certain and is_known(_first_name(text[start:end]))
            severity = Severity.ERROR if known else None
            message = "This looks like a placeholder, but no dialect known here reads it: it may be sent as it stands."
            yield finding("TPL011", span, message, severity=severity)


def _foreign(span: Span, foreign: Dialect, variable: Variable, dialect: Dialect) -> Finding:
    fix = None
    if dialect.style != "number":
        better = write_variable(dialect, words_of(variable), variable.name)
        fix = Fix((Edit(span.start, span.end, better, span.where),), title=f"Write “{better}”")
    message = (
        f"This is written as in {foreign.title}, the rest as in {dialect.title}: write all of them alike."
    )
    severity = Severity.ERROR if foreign.certain else Severity.WARNING
    return finding("TPL005", span, message, fix=fix, severity=severity)


def _first_name(tag: str) -> str:
    """Return the canonical name of the first word in `tag`."""
    match = re.search(r"[A-Za-z][\w.]*", tag)
    return canonical(match.group()) if match else ""


_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def _mended(tag: str, dialect: Dialect | None) -> str | None:
    """Return `tag` with what is usually wrong put right, if a dialect (or the one given) reads it then."""
    straight = tag.translate(_STRAIGHT)
    candidates = (
        straight,
        re.sub(r"(\|[ \t]*default:[ \t]*)([^\"'{}|]+?)([ \t]*(?:\||\}\}))", r'\1"\2"\3', straight),
        straight.replace("||", "|"),
        re.sub(r"^\{(\{\{.*\}\})\}$", r"\1", straight),
    )
    for candidate in candidates:
        for one in DIALECTS if dialect is None else (dialect,):
            variable = variable_at(candidate, 0, len(candidate), one) if candidate != tag else None
            if variable is not None and is_known(variable.name):
                return candidate
    return None


def _other(text: str, start: int, end: int, dialect: Dialect) -> tuple[Dialect, Variable] | None:
    for foreign in DIALECTS:
        if foreign.key != dialect.key and text.startswith(foreign.opening, start):
            variable = variable_at(text, start, end, foreign)
            if variable is not None and (
                is_known(variable.name) or (foreign.certain and "_" in variable.name)
            ):
                return foreign, variable
    return None


def _for_tool(template: Template, tool: str, where: Where) -> Iterator[Finding]:
    """Yield tags that the sending tool does not read: what none of its dialects sees there."""
    wanted = tool.strip().lower().replace("_", "-").replace(" ", "-").replace(".", "-")
    keys = TOOLS.get(wanted) or (dialect_of(tool, "tool").key,)
    own = [d for d in DIALECTS if d.key in keys]
    read = {
        (n.start, n.end)
        for dialect in own
        for n in walk(parse(template.text, dialect).nodes)
        if isinstance(n, (Choice, Conditional)) or (isinstance(n, Variable) and _usual(n, dialect))
    }
    target = next(d for d in DIALECTS if d.key == keys[0])
    for node in walk(template.nodes):
        if isinstance(node, (Variable, Choice, Conditional)) and (node.start, node.end) not in read:
            if isinstance(node, Variable) and template.text[node.start : node.end] == node.raw:
                continue  # the name inside a condition's tag, which is flagged itself
            message = (
                f"{wanted} does not read this; write {target.example}, or see score-draft templates convert."
            )
            yield finding("TPL006", Span(node.start, node.end, where), message)


def _usual(variable: Variable, dialect: Dialect) -> bool:
    """Tell whether a name is written as the dialect writes it; names of one's own may be written in any way."""
    if not is_known(variable.name):
        return True
    if variable.words is None:
        return False
    squeezed = len(variable.words) == 1 and len(known_words(variable.words[0])) > 1
    return not squeezed or variable.name in dialect.names or dialect.style in ("flat", "flat_upper", "upper")


def _spellings(parts: Sequence[tuple[Template, Where]], dialect: Dialect) -> Iterator[Finding]:
    """Yield variables that are written otherwise than the same one elsewhere in the template."""
    every = [(variable, where) for template, where in parts for variable in variables(template)]
    for variable, where in every:
        if _usual(variable, dialect):
            continue
        twins = (other for other, _ in every if other.name == variable.name and _usual(other, dialect))
        twin = next(twins, None)
        if twin is not None:
            span = Span(variable.start, variable.end, where)
            edit = Edit(variable.name_at, variable.name_at + len(variable.raw), twin.raw, where)
            message = (
                f"The same variable stands elsewhere as “{twin.raw}”: a tool fills in one of them at most."
            )
            fix = Fix((edit,), title=f"Write “{twin.raw}”")
            yield finding("TPL005", span, message, fix=fix, severity=Severity.WARNING)


def _names(
    parts: Sequence[tuple[Template, Where]], dialect: Dialect, recipients: Recipients | None
) -> Iterator[Finding]:
    given = recipients if recipients is not None and recipients.source == "given" else None
    for template, where in parts:
        for variable in variables(template):
            span = Span(variable.start, variable.end, where)
            if given is not None:
                if given.has(variable.name) or variable.raw in given.columns:
                    continue
                near = nearest(variable.name, given.columns)
                if near is None:
                    yield finding("TPL002", span)
                    continue
                yield _misspelt(
                    variable,
                    near,
                    dialect,
                    span,
                    f"The recipients have no such column; did you mean “{near}”?",
                )
            elif not is_known(variable.name) and (near := nearest(variable.name)) is not None:
                yield _misspelt(
                    variable, near, dialect, span, f"No such variable is known; did you mean “{near}”?"
                )


def _misspelt(variable: Variable, near: str, dialect: Dialect, span: Span, message: str) -> Finding:
    words = split_words(near)
    # Only the name changes: delimiters, fallback and filters stay as they are.
    name = write_variable(dialect, words, canonical(near))[len(dialect.opening + dialect.pad) :]
    name = name[: len(name) - len(dialect.pad + dialect.closing)]
    edit = Edit(variable.name_at, variable.name_at + len(variable.raw), name, span.where)
    return finding("TPL001", span, message, fix=Fix((edit,), title=f"Write “{name}”"))


def _fallbacks(
    parts: Sequence[tuple[Template, Where]], dialect: Dialect, recipients: Recipients | None
) -> Iterator[Finding]:
    """Yield each variable once that may be empty and has nothing for that case."""
    given = recipients if recipients is not None and recipients.source == "given" else None
    told: set[str] = set()
    same = depends_on_reader({v.name for t, _ in parts for v in variables(t)}, given.rows) if given else {}
    for template, where in parts:
        guarded = _guarded(template)
        for variable in variables(template):
            name = variable.name
            if name in told or name in NOT_THE_RECIPIENT or (variable.start, variable.end) in guarded:
                continue
            span = Span(variable.start, variable.end, where)
            if (
                given is not None
                and same.get(name) == 1
                and len(given.rows) >= 5
                and name not in ("country", "industry")
            ):
                told.add(name)
                yield finding("TPL012", span)
            if variable.fallback is not None:
                continue
            empty = 0 if given is None else len(given.rows) - given.filled(name)
            if given is not None and (empty == 0 or not given.has(name)):
                continue
            told.add(name)
            if given is not None:
                count = f"{empty} of {len(given.rows)} recipients lack this value"
                yield finding(
                    "TPL003",
                    span,
                    f"{count}: give a fallback, or leave the sentence out then.",
                    severity=Severity.WARNING,
                )
            elif dialect.fallback or dialect.wrapped or dialect.blocks:
                yield finding("TPL003", span)


def _guarded(template: Template) -> frozenset[tuple[int, int]]:
    """Return the places of variables that are asked about, or stand in a branch that asks about them."""
    safe: set[tuple[int, int]] = set()
    for node in walk(template.nodes):
        if not isinstance(node, Conditional):
            continue
        asked: set[str] = set()
        for branch in node.branches:
            if branch.test is not None:
                safe.add((branch.test.variable.start, branch.test.variable.end))
                asked.add(branch.test.variable.name)
            safe |= {
                (inner.start, inner.end)
                for inner in walk(branch.nodes)
                if isinstance(inner, Variable) and inner.name in asked
            }
    return frozenset(safe)
