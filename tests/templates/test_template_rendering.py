"""Filling in: counts equal enumeration, the longest is the longest, joins are found in both places, bounds hold."""

from __future__ import annotations

import random
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorer.templates import Recipients, built_in, count, dialect_of, parse, render
from scorer.templates.assessment import sent_characters
from scorer.templates.joins import begins_with_vowel, find_joins
from scorer.templates.rendering import fill
from scorer.templates.sampling import CONFIDENCE, plan

SNAKE, LIQUID, MAILCHIMP = dialect_of("double-snake"), dialect_of("liquid"), dialect_of("mailchimp")
ROW = {"first_name": "Ana", "company": "Acme", "role": "Engineer", "city": ""}


def read(text, dialect=SNAKE):
    return parse(text, dialect)


def spun(text):
    """All wordings of nested spin blocks, by walking the text: another way than ours."""
    start = text.find("{")
    if start < 0:
        return [text]
    depth, options, position = 0, [], start + 1
    for at in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if text[at] in "|}" and depth == (1 if text[at] == "|" else 0):
            options.append(text[position:at])
            position = at + 1
        if depth == 0:
            break
    return [
        text[:start] + middle + rest
        for option in options
        for middle in spun(option)
        for rest in spun(text[position:])
    ]


BLOCKS = st.recursive(
    st.text("ab ", max_size=2),
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(lambda o: "{" + "|".join(o) + "}")
        | st.tuples(inner, inner).map("".join)
    ),
    max_leaves=7,
)


@settings(max_examples=200, deadline=None)
@given(BLOCKS)
def test_wordings_are_counted_and_numbered_as_enumeration_has_them(text):
    template = read(text)
    wanted = spun(text)
    assert count(template) == len(wanted)
    made = [render(template, {}, index=i).text for i in range(len(wanted))]
    assert sorted(made) == sorted(wanted)
    filled = fill(template, {})
    assert len(filled.longest.text) == max(len(words) for words in wanted)
    covered = [filled.rendering(i) for i in filled.covering()]
    reached = {(p.start, p.end) for r in covered for p in r.pieces}
    assert reached == {(p.start, p.end) for i in range(filled.count) for p in filled.rendering(i).pieces}


def test_huge_numbers_of_wordings_are_counted_without_making_them():
    assert count(read("{a|b|c}" * 100)) == 3**100
    assert len(fill(read("{a|bb|ccc}" * 100), {}).longest.text) == 300
    nested = "{" * 30 + "x" + "|y}" * 30
    assert count(read(nested)) == 31


def test_a_wording_that_does_not_exist_is_refused():
    with pytest.raises(IndexError):
        render(read("{a|b}"), {}, index=2)


@pytest.mark.parametrize(
    ("text", "dialect", "expected"),
    [
        ("Hi {{first_name}}!", SNAKE, "Hi Ana!"),
        ("In {{city|your town}}", SNAKE, "In your town"),
        ("{{ first_name | upcase }}", LIQUID, "ANA"),
        ("{% if city %}In {{city}}{% else %}Somewhere{% endif %}", LIQUID, "Somewhere"),
        ('{% if role == "Engineer" %}You build{% else %}You buy{% endif %}', LIQUID, "You build"),
        ('{% if role != "Engineer" %}You buy{% endif %}.', LIQUID, "."),
        ("{% unless city %}Where?{% endunless %}", LIQUID, "Where?"),
        ("*|IFNOT:CITY|*Where?*|END:IF|**|FNAME|*", MAILCHIMP, "Where?Ana"),
        (r"{{first_name}} \{really\}", SNAKE, "Ana {really}"),
    ],
)
def test_values_fallbacks_filters_and_conditions(text, dialect, expected):
    assert render(parse(text, dialect), ROW).text == expected


def test_a_list_of_recipients_is_matched_by_the_meaning_of_its_columns():
    people = Recipients.of(
        [{"Name": "Ana de Souza", "Company Name": "Acme", "Job Title": "Owner", "Warehouse": 7}]
    )
    row = people.rows[0]
    assert (row["first_name"], row["last_name"], row["company"], row["role"]) == (
        "Ana",
        "de Souza",
        "Acme",
        "Owner",
    )
    assert row["warehouse"] == "7"
    assert people.person(0).company == "Acme"
    other = Recipients.of([{"fname": "Ana", "lname": "Souza"}])
    assert other.rows[0]["full_name"] == "Ana Souza"


def test_the_built_in_recipients_cover_what_breaks_templates():
    people = built_in()
    names = [row["first_name"] for row in people.rows]
    assert max(map(len, names)) > 20
    assert "" in names
    assert any(len(name) == 1 for name in names)
    assert any(not name.isascii() for name in names)
    assert any(name.isupper() and len(name) > 1 for name in names)
    assert any(name.islower() for name in names)
    assert any("-" in name for name in names)
    assert any(row["company"] == "" for row in people.rows)
    assert max(len(row["company"]) for row in people.rows) > 50


JOINS = [
    ("Hi {{first_name}}, hello", {}, "empty-greeting", "{{first_name}}"),
    ("So {{first_name}}, hello", {}, "space-before-punctuation", "{{first_name}}"),
    ("We work at {{company}}.", {}, "space-before-punctuation", "{{company}}"),
    ("We work at{{company}}.", {}, "dangling-word", "{{company}}"),
    ("I know {{company}} well", {}, "double-space", "{{company}}"),
    ("You are a {{role}} there", {"role": "Engineer"}, "article", "{{role}}"),
    ("You are an {{role}} there", {"role": "Manager"}, "article", "{{role}}"),
    ("We met at {{company}}. Well", {"company": "Acme Inc."}, "double-punctuation", "{{company}}"),
    ("I saw the {{company}} in town", {"company": "The Mill"}, "repeated-word", "{{company}}"),
    ("I saw {{company}}'s barn", {"company": "Ann's"}, "double-possessive", "{{company}}"),
    ("The firm ({{company}}) here", {}, "empty-brackets", "{{company}}"),
    ("{{first_name}}, how is it", {}, "leading-punctuation", "{{first_name}}"),
    ("Hi {{first_name}}, hello", {"first_name": "null"}, "null-value", "{{first_name}}"),
    ("{{company}}", {}, "empty", "{{company}}"),
]


@pytest.mark.parametrize(("text", "row", "kind", "tag"), JOINS, ids=[f"{j[2]}: {j[0]}" for j in JOINS])
def test_broken_joins_are_found_in_the_rendering_and_in_the_template(text, row, kind, tag):
    rendering = fill(read(text), row).rendering(0)
    found = find_joins(rendering)
    assert kind in [join.kind for join in found]
    join = next(j for j in found if j.kind == kind)
    assert text[join.start : join.end] == tag
    assert 0 <= join.rendered_start <= join.rendered_end <= len(rendering.text)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Hi {{first_name}}, hello", {"first_name": "Ana"}),
        ("Hi {{first_name|there}}, hello", {}),
        ("You are a {{role}} there", {"role": "European buyer"}),
        ("You are an {{role}} there", {"role": "HR manager"}),
        ("You are an {{role}} there", {"role": "hour glass maker"}),
        ("Well  , I wrote this gap myself, {{first_name}}", {"first_name": "Ana"}),
        ("at . and at , {{first_name}} !", {"first_name": "Ana"}),
        ("We met at {{company}}... Well", {"company": "Acme"}),
        ("That {{company}} :) is fun", {"company": "Acme"}),
        ("What is this {{company}} for, then?", {"company": "Acme"}),
    ],
)
def test_what_fits_or_is_the_writers_own_is_no_broken_join(text, row):
    assert find_joins(fill(read(text), row).rendering(0)) == ()


def test_seams_between_chosen_wordings_are_joins_too():
    template = read("{Well |So}{ , then|, then} we go")
    kinds = {j.kind for i in range(4) for j in find_joins(fill(template, {}).rendering(i))}
    assert kinds == {"space-before-punctuation"}


@pytest.mark.parametrize(
    ("word", "wanted"),
    [("apple", True), ("engineer", True), ("university", False), ("one-off", False), ("hour", True), ("UX", False),
     ("HR", True), ("MBA", True), ("SaaS", False), ("European", False), ("umbrella", True), ("user", False),
     ("IT", True), ("Áron", True), ("VP", False), ("X", True), ("“artist”", True), ("unimportant", True)],
)  # fmt: skip
def test_the_article_goes_by_sound(word, wanted):
    assert begins_with_vowel(word) is wanted


def test_places_are_brought_back_to_the_template():
    text = "Well {a|bb} {{first_name}}, so"
    rendering = fill(read(text), ROW).rendering(1)
    assert rendering.text == "Well bb Ana, so"
    assert rendering.origin(0, 4) == (0, 4)
    assert text[slice(*rendering.origin(5, 7))] == "bb"
    assert text[slice(*rendering.origin(8, 9))] == "{{first_name}}"
    assert text[slice(*rendering.origin(5, 11))] == "{a|bb} {{first_name}}"
    assert text[slice(*rendering.origin(13, 15))] == "so"


def test_characters_count_as_they_are_sent():
    assert sent_characters("  Hi\r\nyou <!-- score-draft: ignore ASK --> ") == len("Hi\nyou")


def filled(text, rows):
    return [fill(read(""), row) for row in rows], [fill(read(text), row) for row in rows]


def test_up_to_the_limit_every_rendering_is_made_once():
    subjects, texts = filled("{a|b|c} {d|e}", [{}, {}])
    made = plan(subjects, texts, limit=12)
    assert made.exhaustive
    assert (made.total, len(made.drawn), len(set(made.drawn))) == (12, 12, 12)
    assert (made.rank_error, made.beyond) == (0.0, 0.0)


def test_above_it_a_seeded_sample_is_drawn_and_every_option_and_recipient_is_covered():
    text = "{a|b|c} {d|e|{f|g}} {h|i}"
    rows = [{"first_name": str(n)} for n in range(30)]
    subjects, texts = filled(text, rows)
    made = plan(subjects, texts, limit=100, sample=50, seed=3)
    assert not made.exhaustive
    assert made.total == 24 * 30
    assert made.drawn == plan(subjects, texts, limit=100, sample=50, seed=3).drawn
    assert made.drawn != plan(subjects, texts, limit=100, sample=50, seed=4).drawn
    every = [*made.drawn, *made.covering]
    assert {w.row for w in every} == set(range(30))
    words = {piece.words for w in every for piece in texts[w.row].rendering(w.text).pieces}
    assert set("abcdefghi") <= words


def test_the_stated_bounds_hold_as_often_as_they_claim():
    """Simulated: scores of a known population, drawn as the plan draws, 400 times."""
    chance = random.Random(1)
    population = sorted(chance.gauss(50, 15) ** 1 if chance.random() < 0.9 else 5.0 for _ in range(20_000))
    subjects, texts = filled(
        "{" + "|".join("x" * 1 for _ in range(100)) + "}{" + "|".join("y" for _ in range(200)) + "}", [{}]
    )
    truth = statistics.median(population)
    held_median = held_worst = 0
    for seed in range(400):
        made = plan(subjects, texts, limit=10, sample=200, seed=seed)
        scores = sorted(population[w.text] for w in made.drawn)
        low = scores[max(0, int((0.5 - made.rank_error) * 199))]
        high = scores[min(199, int((0.5 + made.rank_error) * 199) + 1)]
        held_median += low <= truth <= high
        held_worst += sum(s < scores[0] for s in population) / 20_000 <= made.beyond
    assert held_median / 400 >= CONFIDENCE
    assert held_worst / 400 >= CONFIDENCE - 0.03
