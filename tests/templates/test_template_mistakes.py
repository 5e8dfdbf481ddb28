"""Templates as people mistype them: what no tool reads is told, and nothing is taken for what it is not."""

from __future__ import annotations

import pytest
from test_template_report import WithoutModels

from scorer.schema import Draft, Edit, Person, Suggestion
from scorer.templates import (
    Recipients,
    check,
    count,
    dialect_of,
    infer,
    parse,
    render,
    score_template,
    variables,
)
from scorer.templates.joins import begins_with_vowel, find_joins
from scorer.templates.mapping import mapped_suggestion
from scorer.templates.names import nearest
from scorer.templates.rendering import fill
from scorer.templates.swap import swap_test

SNAKE, LIQUID, INSTANTLY = dialect_of("double-snake"), dialect_of("liquid"), dialect_of("instantly")


def findings(text, **given):
    return [
        (f.code, text[f.span.start : f.span.end]) for f in check(Draft(text=text, kind="template"), **given)
    ]


@pytest.mark.parametrize(
    ("text", "code", "place", "better"),
    [
        ("Hi {{first_name, I saw {{company}} in the news.", "TPL004", "{{first_name", "{{first_name}}"),
        ("Hi {{ first_name | default: “there” }}, well", "TPL004", "{{ first_name | default: “there” }}",
         '{{ first_name | default: "there" }}'),
        ("Hi {{ first_name | default: there }}, well", "TPL004", "{{ first_name | default: there }}",
         '{{ first_name | default: "there" }}'),
        ("Hi {{first_name||there}}, well", "TPL004", "{{first_name||there}}", "{{first_name|there}}"),
        ("Hi first_name}}, well", "TPL004", "first_name}}", "{{first_name}}"),
        ("Hi {First Name}, well", "TPL004", "{First Name}", "{first_name}"),
        ('Hi {{ first_name | defualt: "there" }}, well', "TPL004", '{{ first_name | defualt: "there" }}', None),
        ("Hi {{ first_name | truncate: 5 }}, well", "TPL011", "{{ first_name | truncate: 5 }}", None),
        ("Hi {{lead.First Name:default=x}}, well", "TPL011", "{{lead.First Name:default=x}}", None),
        ("Hi [[First Name]], well", "TPL011", "[[First Name]]", None),
        ("{% if company }a{% endif %}", "TPL004", "{% if company }", None),
        ("{% if company %}a{% endunless %}", "TPL004", "{% endunless %}", None),
        ("{% if company %}a{% else %}b{% else %}c{% endif %}", "TPL004", "{% else %}", None),
    ],
)  # fmt: skip
def test_what_no_tool_reads_is_told_once_at_its_place(text, code, place, better):
    found = [f for f in check(Draft(text=text, kind="template")) if f.code in ("TPL004", "TPL005", "TPL011")]
    assert [(f.code, text[f.span.start : f.span.end]) for f in found] == [(code, place)]
    assert (found[0].fix.edits[0].text if found[0].fix else None) == better


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("Hi {first_name} at {{company}}", "{first_name}"),
        ("[First Name], your {{company}}", "[First Name]"),
        ("Hi {{{first_name}}} at {{company}}", "{{{first_name}}}"),
        ("%FIRSTNAME% at {{company}}", "%FIRSTNAME%"),
        ("Hi {{firstName}} and {{first_name}}", "{{firstName}}"),
    ],
)
def test_two_ways_of_writing_in_one_template_are_told(text, foreign):
    assert ("TPL005", foreign) in findings(text)
    assert infer(text).dialect is not None


@pytest.mark.parametrize(
    "text",
    [
        "Hi *|FNAME|*, *|IF:COMPANY|*how is *|COMPANY|*?*|END:IF|* *|UNSUB|*",
        "Hi {{#if first_name}}{{first_name}}{{else}}there{{/if}}, ok",
        "Hi {{SNIPPET_1}}, {{FIRST_NAME}} of {{COMPANY}}",
        "Hi {{first_name}}, see [link](https://a.example) and {{customField1}}",
        "Hi {{contact.firstname|default('there')}}, how is {{company.name}}? {{ owner.firstname }}",
        "{Hi|Hello|Hey} {{FIRST_NAME}}, {quick question|a question}",
    ],
)
def test_what_tools_document_is_right(text):
    assert {code for code, _ in findings(text)} <= {"TPL003"}


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Hi *|FNAME|*, *|LIST:COMPANY|*", "*|LIST:COMPANY|*"),
        ("Hi {{#if firstName}}{{firstName}}{{else}}there{{/if}}: {{#each items}}{{this.label}}{{/each}}",
         "{{#each items}}"),
    ],
)  # fmt: skip
def test_tags_that_are_not_understood_break_nothing(text, tag):
    found = findings(text)
    assert ("TPL011", tag) in found
    assert {code for code, _ in found} <= {"TPL003", "TPL011"}


def test_a_score_does_not_hide_a_placeholder_that_nobody_reads():
    text = "Hi __FIRST_NAME__, which kiln did you choose in the end?"
    made = score_template(WithoutModels(), Draft(text=text, kind="template"), limit=60, sample=30)
    assert "TPL011" in {f.code for f in made.findings}


def test_spaces_around_the_signs_of_a_keyword_choice_are_not_sent():
    template = parse("{{RANDOM | Hi | Hello | Hey}} {{firstName}}, well", INSTANTLY)
    row = {"first_name": "Ana"}
    texts = [render(template, row, index=n).text for n in range(count(template))]
    assert texts == ["Hi Ana, well", "Hello Ana, well", "Hey Ana, well"]
    kept = parse("{{RANDOM|Hi |Hello }}{{firstName}}", INSTANTLY)
    assert render(kept, row, index=1).text == "Hello Ana"


def test_filters_behind_a_fallback_change_it_and_hyphens_take_white_space_away():
    late = parse('{{ first_name | default: "there" | upcase }}', LIQUID)
    assert render(late, {}).text == "THERE"
    assert render(late, {"first_name": "Ana"}).text == "ANA"
    trimmed = parse("Hi {%- if first_name -%}  {{first_name}}  {%- endif -%} , well", LIQUID)
    assert render(trimmed, {"first_name": "Ana"}).text == "HiAna, well"


def test_a_variable_takes_the_column_it_is_called_after():
    rows = [
        {"First Name": "Ana", "City": "Austin", "State": "Texas", "Title": "CTO", "Headline": "Builds kilns"}
    ]
    template = parse("{{city}} {{state}} {{title}} {{headline}} {{job_title}}", SNAKE)
    assert render(template, Recipients.of(rows).rows[0]).text == "Austin Texas CTO Builds kilns CTO"
    named = Recipients.of([{"Name": "Priya Nair", "Company": "Ace"}]).rows[0]
    assert render(parse("{{name}}: {{first_name}}", SNAKE), named).text == "Priya Nair: Priya"


def test_the_swap_test_speaks_of_one_recipient_too():
    template = parse("Hi {{first_name}}, {{icebreaker}} Shall we talk?", SNAKE)
    alone = Recipients.of(
        [{"first_name": "Ana", "icebreaker": "Your essay on glazes settled an argument here."}]
    )
    assert swap_test(template, alone).share > 0.5
    constant = swap_test(parse("Hi {{first_name}}, shall we talk?", SNAKE), alone)
    assert (constant.verdict, constant.share) == ("name_only", 0)


def test_the_swap_test_looks_at_all_wordings():
    rows = [
        {"first_name": n, "icebreaker": f"Your essay on {n} glazes was good."} for n in ("Ana", "Bo", "Cy")
    ]
    people = Recipients.of(rows)
    one = swap_test(parse("Hi {{first_name}}, {I saw your page.|{{icebreaker}}}", SNAKE), people)
    other = swap_test(parse("Hi {{first_name}}, {{{icebreaker}}|I saw your page.}", SNAKE), people)
    assert 0 < one.share < 1
    assert 0 < other.share < 1


@pytest.mark.parametrize("name", ["nickname", "preferred_name", "salutation", "email", "last_name"])
def test_what_a_reader_is_called_is_not_what_is_said(name):
    from scorer.templates import built_in

    template = parse(f"Hello {{{{{name}}}}}, we help teams save time. Shall we talk, {{{{{name}}}}}?", SNAKE)
    people = built_in().with_stand_ins([v.name for v in variables(template)])
    assert swap_test(template, people).verdict == "name_only"


@pytest.mark.parametrize("name", ["county", "count", "tile", "days", "links", "county_name"])
def test_a_word_of_its_own_is_not_misspelt(name):
    assert nearest(name) is None


@pytest.mark.parametrize(
    ("name", "meant"), [("frist_name", "first_name"), ("comapny", "company"), ("titel", "role")]
)
def test_a_slip_is(name, meant):
    assert nearest(name) == meant


@pytest.mark.parametrize(
    ("text", "row", "kinds"),
    [
        ("{{company}} is great", {}, ["leading-space"]),
        ("Well: {{company}}'s team", {}, ["ownerless"]),
        ("You and {{first_name}}", {}, ["dangling-word"]),
        ("I saw you at {{company}}\nNext", {}, ["dangling-word"]),
        ("the '{{topic}}' post", {}, ["empty-brackets"]),
        ("I like {{topic}} a lot", {"topic": "Duran Duran"}, []),
        ("I like {{topic}} Duran a lot", {"topic": "Duran"}, ["repeated-word"]),
        ("At {{company}}, we", {"company": "Acme Inc."}, []),
        ("At {{company}}. We", {"company": "Acme Inc."}, ["double-punctuation"]),
        ("{{icebreaker}}, and so", {"icebreaker": "I liked it."}, ["double-punctuation"]),
        ("a {{role}} teacher", {"role": "8th-grade"}, ["article"]),
        ("an {{role}} engineer", {"role": "L3"}, []),
        ("an {{role}} tech", {"role": "HVAC"}, []),
        ("a {{role}} tech", {"role": "urologist"}, []),
    ],
)
def test_joins(text, row, kinds):
    rendering = fill(parse(text, SNAKE), row).rendering(0)
    assert [join.kind for join in find_joins(rendering)] == kinds


def test_an_acronym_may_be_spelt_out_or_spoken():
    assert begins_with_vowel("NASA") is None
    assert begins_with_vowel("11,000") is True
    assert begins_with_vowel("1100") is False


def test_a_suggestion_does_not_write_one_readers_name_into_the_template():
    draft = fill(parse("Hi there, well", SNAKE), {}).rendering(0)
    empty = fill(parse("", SNAKE), {}).rendering(0)
    item = Suggestion(("PER001",), "Say who you write to", 2.0, "measured", (Edit(3, 8, "Priya"),))
    assert mapped_suggestion(item, draft, empty, Person(name="Priya Nair")).edits == ()
    assert mapped_suggestion(item, draft, empty, None).edits == item.edits


def test_names_a_tool_does_not_know_are_told():
    assert ("TPL006", "{{firstname}}") in findings("Hi {{firstname}}, well", tool="lemlist")
    assert ("TPL006", "{{First_Name}}") in findings("Hi {{First_Name}}, well", tool="outreach")
    assert not [f for f in findings("Hi {{first_name}}, {{Ice Melt}}", tool="outreach") if f[0] == "TPL006"]


@pytest.mark.parametrize(
    "text",
    [
        "{" * 3000 + "x" + "}" * 3000,
        "{a|" * 3000 + "x" + "}" * 3000,
        "{{fallback|" * 3000 + "x" + "}}" * 3000,
        "{a {b|c} d|" * 1500 + "}" * 1500,
        "{% if a %}" * 1500 + "x" + "{% endif %}" * 1500,
    ],
    ids=["braces", "choices", "fallbacks", "mixed", "conditions"],
)
def test_nothing_nested_is_read_again_and_again(text):
    """Each level read twice would take for ever from a depth of thirty on."""
    assert infer(text).confidence > 0
    check(Draft(text=text, kind="template"))
