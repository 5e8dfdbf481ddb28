"""Converting there and back changes nothing, for every pair of dialects and all that both can express."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from template_fixtures import FIXTURES

from scorer.templates import DIALECTS, dialect_of, parse
from scorer.templates.conversion import ConversionError, convert
from scorer.templates.shapes import shape
from scorer.templates.syntax import Variable, walk

BY_KEY = {dialect.key: dialect for dialect in DIALECTS}
# Dialects whose names are free, so that everything but their numbers can be written in them.
NAMED = [d for d in DIALECTS if d.style != "number"]
CAMEL, SNAKE = BY_KEY["instantly"], BY_KEY["double-snake"]
NAMES = [
    "first_name",
    "last_name",
    "company",
    "city",
    "icebreaker",
    "pain_point",
    "mutual_connection",
    "seed_of_day",
]
WORDS = st.text(
    st.characters(
        codec="utf-8", exclude_characters="{}[]|%#*:()«»<>$-_\\/\"'", exclude_categories=("Cs", "Cc")
    ),
    max_size=12,
)


def variable(name, fallback):
    return st.builds(lambda n, f: f"{{{{{n}|{f}}}}}" if f else f"{{{{{n}}}}}", name, fallback)


FALLBACKS = st.sampled_from(["", "", "there", "your team", "señor"])
VARIABLES = variable(st.sampled_from(NAMES), FALLBACKS)
CHOICES = st.recursive(
    st.lists(st.one_of(WORDS, VARIABLES), min_size=1, max_size=3).map(" ".join),
    lambda inner: st.lists(inner, min_size=2, max_size=3).map(lambda options: "{" + "|".join(options) + "}"),
    max_leaves=4,
)
TEMPLATES = st.lists(st.one_of(WORDS, VARIABLES, CHOICES), min_size=1, max_size=5).map("  ".join)


@settings(max_examples=60, deadline=None)
@given(TEMPLATES)
def test_there_and_back_between_all_pairs(text):
    """From a template of one dialect, into each other one, on into every further one, and back."""
    assume(not parse(text, SNAKE).problems)
    for one in NAMED:
        try:
            first = convert(text, SNAKE, one)
        except ConversionError:
            continue
        assert shape(parse(first.text, one).nodes) == shape(parse(text, SNAKE).nodes)
        if first.exact:
            assert convert(first.text, one, SNAKE).text == text


@pytest.mark.parametrize("source", DIALECTS, ids=lambda d: d.key)
def test_every_fixture_into_every_dialect_and_back(source):
    """What comes back differs only where a note says so; what cannot be said is an error with its place."""
    exact, refused = 0, []
    for fixture in FIXTURES:
        if fixture.dialect != source.key or fixture.broken is not None:
            continue
        if any(p.kind != "unsupported" for p in parse(fixture.text, source).problems):
            continue
        for target in DIALECTS:
            try:
                there = convert(fixture.text, source, target)
            except ConversionError as error:
                refused.append((fixture.text, error))
                continue
            try:
                back = convert(there.text, target, source).text
            except ConversionError:
                assert not there.exact
                continue
            assert (back == fixture.text) is there.exact, (fixture.text, there.text, back)
            exact += there.exact
    assert source.style == "number" or exact >= 70
    for text, error in refused:
        assert str(error).startswith("line ")
        assert 0 <= error.start <= error.end <= len(text)


@pytest.mark.parametrize("target", NAMED, ids=lambda d: d.key)
@pytest.mark.parametrize("source", NAMED, ids=lambda d: d.key)
def test_variables_alone_go_between_any_two_dialects_exactly(source, target):
    text = "Hi {{first_name}} {{last_name}},\r\n\r\nHow is {{company}}? É 👩‍💻 {{mutual_connection}}\t"
    begun = convert(text, SNAKE, source)
    there = convert(begun.text, source, target)
    assert there.exact
    assert convert(there.text, target, source).text == begun.text


def test_a_converted_template_is_written_as_its_tool_wants_it():
    text = "{Hi|Hello} {{first_name|there}}, how is {{company}}?"
    assert convert(text, SNAKE, CAMEL).text == "{{RANDOM|Hi|Hello}} {{firstName|there}}, how is {{company}}?"
    spun = convert(text, SNAKE, BY_KEY["spin-keyword"]).text
    assert spun == "{{random|Hi|Hello}} {{fallback|{{first_name}}|there}}, how is {{company}}?"
    plain = "Dear {{first_name|friend}}"
    expected = {
        "liquid": 'Dear {{first_name | default: "friend"}}',
        "gmass": "Dear {FirstName|fallback=friend}",
        "salesforce": "Dear {!Contact.FirstName, friend}",
        "hubspot": 'Dear {{ contact.firstname|default("friend", true) }}',
        "mailchimp": "Dear *|IF:FNAME|**|FNAME|**|ELSE:|*friend*|END:IF|*",
        "apollo": "Dear {{#if first_name}}{{first_name}}{{#else}}friend{{#endif}}",
        "sendgrid": 'Dear {{first_name "default=friend"}}',
        "mailtrain": "Dear [FIRST_NAME/friend]",
    }
    for key, words in expected.items():
        assert convert(plain, SNAKE, BY_KEY[key]).text == words


def test_conditions_keep_their_branches():
    text = '{% if company %}At {{company}}{% elsif city == "York" %}In York{% else %}Well{% endif %}, hello'
    there = convert(text, BY_KEY["liquid"], BY_KEY["mailchimp"])
    assert (
        there.text == "*|IF:COMPANY|*At *|COMPANY|**|ELSEIF:CITY=York|*In York*|ELSE:|*Well*|END:IF|*, hello"
    )
    assert convert(there.text, BY_KEY["mailchimp"], BY_KEY["liquid"]).text == text


@pytest.mark.parametrize(
    ("text", "source", "target", "place", "words"),
    [
        ("Well,\n{Hi|Hello} there", "double-snake", "mailchimp", "line 2, column 1", "choice"),
        ("Hi {{first_name|there}}", "double-snake", "percent", "line 1, column 4", "fallback"),
        ("{% if company %}x{% endif %}", "liquid", "double-snake", "line 1, column 1", "condition"),
        ("Hi {{first_name | capitalize}}", "liquid", "double-snake", "line 1, column 4", "filter"),
        ("Hi {{first_name}, well", "double-snake", "lemlist", "line 1, column 4", "mend"),
        ("Use {x|y} and {{firstName}}", "lemlist", "single-snake", "line 1, column 5", "as its own"),
        ("As %NAME% says, {{firstName}}", "lemlist", "percent", "line 1, column 4", "as its own"),
        ("{% assign a = 1 %}{{first_name}}", "liquid", "lemlist", "line 1, column 1", "not understood"),
        ("Hi {{first_name}}", "double-snake", "numbered", "line 1, column 4", "name"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_refused_at_its_place(text, source, target, place, words):
    with pytest.raises(ConversionError) as caught:
        convert(text, BY_KEY[source], BY_KEY[target])
    assert str(caught.value).startswith(place)
    assert words in str(caught.value)
    assert "first_name" not in str(caught.value)  # nothing of the template is repeated


def test_left_out_only_when_asked_and_each_is_told():
    text = "Hi {{first_name|there}}, {{company|you}}"
    made = convert(text, SNAKE, BY_KEY["percent"], lossy=True)
    assert made.text == "Hi %FIRSTNAME%, %COMPANY%"
    assert [text[n.start : n.end] for n in made.notes if n.kind == "dropped"] == [
        "{{first_name|there}}",
        "{{company|you}}",
    ]


@pytest.mark.parametrize(
    "text", ["Hi {{ first_name }}", 'Hi {{first_name | "there"}}', "Hi {{fname}}, {{company}}"]
)
def test_unusual_spelling_is_told_where_it_would_not_come_back(text):
    made = convert(text, SNAKE, BY_KEY["mailchimp"])
    assert not made.exact
    assert all(note.kind == "respelt" for note in made.notes)
    assert "f" in text[made.notes[0].start : made.notes[0].end]


def test_one_dialect_into_itself_is_left_alone():
    for fixture in FIXTURES:
        dialect = BY_KEY[fixture.dialect]
        assert convert(fixture.text, dialect, dialect).text == fixture.text


def test_names_of_tools_are_taken_and_wrong_ones_get_a_hint():
    assert dialect_of("gmass").key == "gmass"
    with pytest.raises(Exception, match='did you mean "mailchimp"'):
        dialect_of("mailchmp")


def test_a_variable_keeps_its_meaning_in_every_dialect():
    for name in NAMES:
        for target in NAMED:
            made = convert(f"Well {{{{{name}}}}} now", SNAKE, target).text
            (found,) = [n for n in walk(parse(made, target).nodes) if isinstance(n, Variable)]
            assert found.name == name


@pytest.mark.parametrize(
    ("text", "source", "target", "converted"),
    [
        ("Hi {{first_name|there}}", "double-snake", "mailchimp", "Hi *|IF:FNAME|**|FNAME|**|ELSE:|*there*|END:IF|*"),
        ("Hi {{first_name|there}}", "double-snake", "apollo", "Hi {{#if first_name}}{{first_name}}{{#else}}there{{#endif}}"),
        ("Best, {{sender_first_name}}", "double-snake", "salesforce", "Best, {!User.FirstName}"),
        ("Best, {{sender_first_name}}", "double-snake", "hubspot", "Best, {{ owner.firstname }}"),
        ("As {{title}} ({{headline}})", "double-snake", "hubspot", "As {{ contact.jobtitle }} ({{ contact.headline }})"),
    ],
)  # fmt: skip
def test_what_is_said_another_way_comes_back(text, source, target, converted):
    made = convert(text, BY_KEY[source], BY_KEY[target])
    assert made.text == converted
    back = convert(made.text, BY_KEY[target], BY_KEY[source]).text
    assert back == text.replace("{{title}}", "{{role}}") or back == text


def test_a_known_name_is_written_as_the_tool_reads_it():
    made = convert("Hi [First name]", BY_KEY["square"], BY_KEY["double-snake"])
    assert made.text == "Hi {{first_name}}"
    assert not made.exact


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ('Hi {{first_name|O\'Neil "x"}}', "double-snake", "hubspot"),
        ("{a|{b|c}|} {{first_name}}", "double-snake", "square"),
    ],
)
def test_leaving_things_out_never_changes_what_is_left(text, source, target):
    with pytest.raises(ConversionError):
        convert(text, BY_KEY[source], BY_KEY[target], lossy=True)


def test_what_the_source_does_not_read_is_not_handed_on():
    with pytest.raises(ConversionError, match="column 4"):
        convert("Hi {first_name} at {{company}}", BY_KEY["lemlist"], BY_KEY["mailchimp"])
