"""Every dialect's fixtures: variables, fallbacks, wordings, broken places, and the dialect inferred from them."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from template_fixtures import FIXTURES

from scorer.parse.surface import find_placeholders
from scorer.templates import DIALECTS, count, dialect_of, infer, infer_library, parse, variables
from scorer.templates.patterns import words_of
from scorer.templates.syntax import Choice, Conditional, Opaque, Text, Variable, walk

BY_KEY = {dialect.key: dialect for dialect in DIALECTS}
WHOLE = [f for f in FIXTURES if f.broken is None]
BROKEN = [f for f in FIXTURES if f.broken is not None]


def ids(fixture):
    return f"{fixture.dialect}: {fixture.text[:40]}"


def test_every_dialect_has_at_least_20_fixtures():
    counts = Counter(fixture.dialect for fixture in FIXTURES)
    assert set(counts) == set(BY_KEY)
    assert min(counts.values()) >= 20


@pytest.mark.parametrize("fixture", WHOLE, ids=ids)
def test_variables_fallbacks_and_wordings(fixture):
    template = parse(fixture.text, BY_KEY[fixture.dialect])
    assert [p for p in template.problems if p.kind != "unsupported"] == []
    assert tuple(v.name for v in variables(template)) == fixture.names
    assert tuple(v.name for v in variables(template) if v.fallback is not None) == fixture.fallbacks
    assert count(template) == fixture.wordings


@pytest.mark.parametrize("fixture", BROKEN, ids=ids)
def test_a_broken_placeholder_is_found_at_its_place(fixture):
    template = parse(fixture.text, BY_KEY[fixture.dialect])
    places = [fixture.text[p.start : p.end] for p in template.problems]
    assert fixture.broken in places


@pytest.mark.parametrize("fixture", FIXTURES, ids=ids)
def test_the_tree_covers_the_text_exactly(fixture):
    """Top-level nodes stand side by side; a variable's place holds its name."""
    template = parse(fixture.text, BY_KEY[fixture.dialect])
    position = 0
    for node in template.nodes:
        assert node.start == position
        position = node.end
        if isinstance(node, Text):
            source = fixture.text[node.start : node.end]
            assert node.value in (source, source.strip()) or "\\" in fixture.text
    assert position == len(fixture.text)
    for node in walk(template.nodes):
        if isinstance(node, Variable):
            assert node.raw in fixture.text[node.start : node.end]


@pytest.mark.parametrize("key", BY_KEY)
def test_the_dialect_is_inferred_from_all_its_fixtures_together(key):
    found = infer_library(f.text for f in WHOLE if f.dialect == key)
    assert found.dialect is not None
    assert found.dialect.key == key
    assert found.confidence > (0.9 if BY_KEY[key].certain else 0.5)
    assert found.confidence < (1 if BY_KEY[key].certain else 0.7)


@pytest.mark.parametrize("fixture", [f for f in WHOLE if f.names], ids=ids)
def test_one_template_alone_names_its_dialect_or_one_that_reads_it_the_same(fixture):
    found = infer(fixture.text)
    assert found.dialect is not None
    assert fixture.dialect in (found.dialect.key, *found.others)


@pytest.mark.parametrize("fixture", WHOLE, ids=ids)
def test_what_is_read_is_what_the_scorer_takes_for_a_placeholder(fixture):
    """One recogniser: whatever drafts are flagged for is part of a tag here."""
    template = parse(fixture.text, BY_KEY[fixture.dialect])
    tags = [n for n in walk(template.nodes) if isinstance(n, (Variable, Choice, Conditional, Opaque))]
    for place in find_placeholders(fixture.text):
        assert any(t.start < place.end and place.start < t.end for t in tags)


@pytest.mark.parametrize("key", [d.key for d in DIALECTS if d.style != "number"])
def test_the_example_of_a_dialect_reads_as_it_should(key):
    dialect = BY_KEY[key]
    (variable,) = variables(parse(f"Hi {dialect.example}, hello", dialect))
    assert (variable.name, variable.words) == ("first_name", ("first", "name"))
    assert (variable.fallback == "there") is bool(dialect.fallback)


@pytest.mark.parametrize("fixture", [f for f in WHOLE if f.dialect != "numbered"], ids=ids)
def test_a_usual_variable_left_unfilled_is_seen_by_the_scorer(fixture):
    """One recogniser, the other way round: names and firms at least are flagged in a draft, in every dialect."""
    places = find_placeholders(fixture.text)
    for node in variables(parse(fixture.text, BY_KEY[fixture.dialect])):
        if node.name in {"first_name", "last_name", "full_name", "company"} and len(words_of(node)) > 1:
            assert any(node.start < p.end and p.start < node.end for p in places), node.raw


def test_tools_stand_for_their_usual_dialect():
    assert dialect_of("Mailchimp").key == "mailchimp"
    assert dialect_of("linked helper").key == "single-flat"
    assert dialect_of("double_snake").key == "double-snake"


@settings(max_examples=300, deadline=None)
@given(st.text("{}[]|%#*:()«»<>\\ abFIRSTNAME_first_name,.!\n-/$", max_size=60), st.sampled_from(DIALECTS))
def test_any_text_is_read_without_failing_and_covered(text, dialect):
    template = parse(text, dialect)
    assert "".join(text[n.start : n.end] for n in template.nodes) == text
    for problem in template.problems:
        assert 0 <= problem.start < problem.end <= len(text)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda d: d.key)
@pytest.mark.parametrize(
    "unit", ["{", "}", "{a|", "{{random|", "{% if a %}", "[", "*|IF:A|*", "%A", "((", "{{a"]
)
def test_hostile_repetition_is_read_to_the_end(dialect, unit):
    text = unit * (6_000 // len(unit))
    template = parse(text, dialect)
    assert sum(n.end - n.start for n in template.nodes) == len(text)
