"""What is wrong with the placeholders of a template, before it is filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from scorer.parse.surface import find_placeholders
from scorer.rules.runner import RuleSettings
from scorer.rules.suppression import parse_directives
from scorer.rules.template import TEMPLATE_RULES
from scorer.schema import Draft, Edit, Finding, Fix, Severity, Span, Where
from scorer.templates.dialects import DIALECTS, TOOLS, Dialect
from scorer.templates.inference import Inference, dialect_for
from scorer.templates.names import NOT_THE_RECIPIENT, is_known, nearest
from scorer.templates.reading import parse, variable_at, words_of
from scorer.templates.recipients import Recipients
from scorer.templates.swap import depends_on_reader
from scorer.templates.syntax import Choice, Conditional, Node, Template, Variable, variables, walk
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
    if inference.dialect is None:
        return ()
    parts: list[tuple[Template, Where]] = [(parse(draft.text, inference.dialect), "text")]
    if draft.subject is not None:
        parts.append((parse(draft.subject, inference.dialect), "subject"))
    found: list[Finding] = []
    for template, where in parts:
        found += _problems(template, where)
        found += _choices(template, where)
        found += _mixed(template, inference.dialect, where)
        if tool is not None:
            found += _for_tool(template, inference, tool, where)
    found += _names(parts, inference.dialect, recipients)
    found += _fallbacks(parts, inference.dialect, recipients)
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


def _mixed(template: Template, dialect: Dialect, where: Where) -> Iterator[Finding]:
    """Yield placeholders of other dialects that stand where this one reads plain text."""
    covered = [
        (n.start, n.end) for n in walk(template.nodes) if isinstance(n, (Variable, Choice, Conditional))
    ]
    covered += [(p.start, p.end) for p in template.problems]
    for place in find_placeholders(template.text):
        if any(start < place.end and place.start < end for start, end in covered):
            continue
        other = _other(template.text, place.start, place.end, dialect)
        if other is None:
            continue
        foreign, variable = other
        better = (
            write_variable(dialect, words_of(variable), variable.name) if dialect.style != "number" else None
        )
        fix = None
        if better is not None:
            fix = Fix((Edit(place.start, place.end, better, where),), title=f"Write “{better}”")
        message = (
            f"This is written as in {foreign.title}, the rest as in {dialect.title}: write all of them alike."
        )
        severity = Severity.ERROR if foreign.certain else Severity.WARNING
        yield finding("TPL005", Span(place.start, place.end, where), message, fix=fix, severity=severity)


def _other(text: str, start: int, end: int, dialect: Dialect) -> tuple[Dialect, Variable] | None:
    for foreign in DIALECTS:
        if foreign.key != dialect.key and text.startswith(foreign.opening, start):
            variable = variable_at(text, start, end, foreign)
            if variable is not None and (
                is_known(variable.name) or (foreign.certain and "_" in variable.name)
            ):
                return foreign, variable
    return None


def _for_tool(template: Template, inference: Inference, tool: str, where: Where) -> Iterator[Finding]:
    """Yield tags that the sending tool does not read: what none of its dialects sees there."""
    from scorer.templates.dialects import dialect_of

    wanted = tool.strip().lower().replace("_", "-").replace(" ", "-").replace(".", "-")
    keys = TOOLS.get(wanted) or (dialect_of(tool, "tool").key,)
    if inference.dialect is None or inference.dialect.key in keys:
        return
    own = [parse(template.text, d) for d in DIALECTS if d.key in keys]
    read = {
        (n.start, n.end)
        for one in own
        for n in walk(one.nodes)
        if isinstance(n, (Choice, Conditional)) or (isinstance(n, Variable) and n.words is not None)
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
    from scorer.templates.names import canonical, split_words

    words = split_words(near)
    # Only the name changes: delimiters, fallback and filters stay as they are.
    name = write_variable(dialect, words, canonical(near))[len(dialect.opening + dialect.pad) :]
    name = name[: len(name) - len(dialect.pad + dialect.closing)]
    fix = Fix((Edit(span.start, span.end, name, span.where),), title=f"Write “{name}”")
    if span.end - span.start > len(variable.raw):
        inner = span.start + _offset(variable, dialect)
        fix = Fix((Edit(inner, inner + len(variable.raw), name, span.where),), title=f"Write “{name}”")
    return finding("TPL001", span, message, fix=fix)


def _offset(variable: Variable, dialect: Dialect) -> int:
    lead = len(dialect.opening) + len(variable.padding)
    if dialect.wrapped is not None and variable.fallback is not None:
        lead += len(f"{{{{{dialect.wrapped}|")
    return lead


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
