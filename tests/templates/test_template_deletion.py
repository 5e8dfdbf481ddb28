"""Any one sign of any delimiter taken away is found where it is missing."""

from __future__ import annotations

import pytest
from template_fixtures import FIXTURES

from scorer.schema import Draft
from scorer.templates import DIALECTS, check, parse
from scorer.templates.names import is_known
from scorer.templates.syntax import Choice, Conditional, Variable, walk

BY_KEY = {dialect.key: dialect for dialect in DIALECTS}


def deletions():
    """Each sign of each variable's delimiters, and each brace of each choice, in every whole fixture."""
    for fixture in FIXTURES:
        dialect = BY_KEY[fixture.dialect]
        if fixture.broken is not None or dialect.style == "number":
            continue
        whole = parse(fixture.text, dialect).nodes
        for node in walk(whole):
            # Inside a choice or condition nobody can tell which brace is missing: it is flagged there somewhere.
            around = next(top for top in whole if top.start <= node.start and node.end <= top.end)
            tag = fixture.text[node.start : node.end]
            if (
                isinstance(node, Variable)
                and tag.startswith(dialect.opening)
                and tag.endswith(dialect.closing)
            ):
                if not is_known(node.name) or node.words is None:
                    continue  # a name of the user's own, broken, may be ordinary words
                cuts = [*range(len(dialect.opening)), *range(len(tag) - len(dialect.closing), len(tag))]
            elif (isinstance(node, Choice) and dialect.spin == "braces") or isinstance(node, Conditional):
                cuts = [0, len(tag) - 1]
            else:
                continue
            for cut in cuts:
                at = node.start + cut
                yield fixture, around.start, around.end - 1, fixture.text[:at] + fixture.text[at + 1 :]


CASES = list(deletions())


def test_there_are_many_cases():
    assert len(CASES) > 1_500


@pytest.mark.parametrize("key", sorted({case[0].dialect for case in CASES}))
def test_a_missing_sign_is_flagged_where_it_is_missing(key):
    missed = []
    for fixture, start, end, text in CASES:
        if fixture.dialect != key:
            continue
        found = [f for f in check(Draft(text=text), dialect=key) if f.code in ("TPL004", "TPL005")]
        if not any(f.span and f.span.start <= end and start <= f.span.end for f in found):
            missed.append((text, text[start:end]))
    assert missed == []


def test_most_are_found_without_being_told_the_dialect():
    found = 0
    for _, start, end, text in CASES:
        here = [f.span for f in check(Draft(text=text)) if f.code in ("TPL004", "TPL005")]
        found += any(span and span.start <= end and start <= span.end for span in here)
    assert found / len(CASES) > 0.8
