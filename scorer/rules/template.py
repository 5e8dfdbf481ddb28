"""What can be wrong with a template: the rules' words and examples.

Their checks need recipients and renderings, not a single parsed draft, so they run in `scorer.templates`; they
are listed, explained, selected and silenced as all rules are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scorer.rules.base import Bad, Good, RuleWords
from scorer.schema import Draft, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRule(RuleWords):
    """One thing that can be wrong with a template.

    Attributes
    ----------
    given
        Recipient columns, sending tool and the like under which the examples hold, for people to read.
    """

    scored_family: Literal["personalization", "length", "spam", "ask", "tone", "safety"] = "personalization"
    kinds: tuple[Literal["draft", "template"], ...] = ("template",)
    given: str = ""


def _bad(text: str, flags: str | None, fixed: str | None = None, **context: str) -> Bad:
    return Bad(Draft(text=text, kind="template", **context), flags, fixed)  # type: ignore[arg-type]


def _good(text: str, because: str, **context: str) -> Good:
    return Good(Draft(text=text, kind="template", **context), because)  # type: ignore[arg-type]


TEMPLATE_RULES: tuple[TemplateRule, ...] = (
    TemplateRule(
        code="TPL001", name="misspelt-variable", severity=Severity.ERROR,
        summary="A variable's name is nearly, but not quite, one that is known.",
        why="A sending tool leaves an unknown variable empty, or sends it as it stands.",
        message="No such variable is known; did you mean the one suggested?",
        bad=(
            _bad("Hi {{frist_name}}, how is {{company}}?", "{{frist_name}}", "Hi {{first_name}}, how is {{company}}?"),
            _bad("Hi {{first_name}}, how is {{comapny}}?", "{{comapny}}", "Hi {{first_name}}, how is {{company}}?"),
        ),
        good=(
            _good("Hi {{fname}}, how is {{company_name}}?", "other common names for the same"),
            _good("Hi {{first_name}}, {{warehouse_code}} came up.", "a variable of your own, like no known one"),
        ),
    ),
    TemplateRule(
        code="TPL002", name="unknown-variable", severity=Severity.ERROR,
        summary="A variable has no column in the list of recipients.",
        why="It will be empty, or sent as it stands, for every reader.",
        message="The recipients have no column for this variable: add one, or take the variable out.",
        given="recipients with the columns first_name and company",
        bad=(
            _bad("Hi {{first_name}}, {{warehouse_code}} came up.", "{{warehouse_code}}"),
            _bad("Hi {first_name}, greetings to {city}.", "{city}"),
        ),
        good=(
            _good("Hi {{firstName}}, how is {{companyName}}?", "the columns are there, written another way"),
            _good("Hi {{first_name}}, best, {{sender_name}}", "the sender is no recipient's column"),
        ),
    ),
    TemplateRule(
        code="TPL003", name="missing-fallback", severity=Severity.HINT,
        summary="A variable that may be empty says nothing of what to send then.",
        why="Records have gaps. “Hi ,” shows the reader a list that nobody looked at.",
        message="A record without this value leaves a gap: give a fallback, or a condition that leaves the sentence out.",
        bad=(
            _bad("Hi {{first_name|there}}, how is {{company}}?", "{{company}}"),
            _bad('Hi {{first_name}}, how is {{company | default: "your team"}}?', "{{first_name}}"),
        ),
        good=(
            _good("Hi {{first_name|there}}, how is {{company|your team}}?", "both have one"),
            _good("Hi {% if first_name %}{{first_name}}{% else %}there{% endif %}, good to meet you.", "the condition takes its place"),
        ),
    ),
    TemplateRule(
        code="TPL004", name="broken-placeholder", severity=Severity.ERROR,
        summary="A brace, bracket or other sign of a placeholder, choice or condition is missing or too many.",
        why="The tool will send the signs to the reader, or drop words with them.",
        message="A sign is missing here or too many.",
        bad=(
            _bad("Hi {{first_name}, how is {{company}}?", "{{first_name}", "Hi {{first_name}}, how is {{company}}?"),
            _bad("{Hi|Hello {there|friend}, how are you {{first_name}}?", "{"),
            _bad("Hi *|FNAME|, how is *|COMPANY|*?", "*|FNAME|", "Hi *|FNAME|*, how is *|COMPANY|*?"),
        ),
        good=(
            _good("Hi {{first_name}}, how is {{company}}? :{", "a face"),
            _good("{Hi|Hello {there|friend}} {{first_name}}!", "every brace has its other half"),
        ),
    ),
    TemplateRule(
        code="TPL005", name="mixed-dialects", severity=Severity.ERROR,
        summary="Placeholders of two sending tools stand in one template.",
        why="A tool fills in its own and sends the others to the reader as they stand.",
        message="This is written another way than the rest of the template: write all of them alike.",
        bad=(
            _bad("Hi {{first_name}}, how is %COMPANY% doing in {{city}}?", "%COMPANY%", "Hi {{first_name}}, how is {{company}} doing in {{city}}?"),
            _bad("Hi *|FNAME|*, how is *|COMPANY|* and {{city}}?", "{{city}}"),
        ),
        good=(
            _good("Hi {{first_name}}, revenue rose 40% [1].", "a percentage and a citation"),
            _good("{Hi|Hello} {{first_name}}, how is {{company}}?", "choices in single braces belong to this dialect"),
        ),
    ),
    TemplateRule(
        code="TPL006", name="wrong-dialect", severity=Severity.ERROR,
        summary="The sending tool does not read placeholders that are written like this.",
        why="It will send them to the reader as they stand.",
        message="The sending tool does not read this: see score-draft templates convert.",
        given="a template that goes out with Mailchimp",
        bad=(
            _bad("Hi {{first_name}}, how is {{company}}?", "{{first_name}}"),
            _bad("Hi [First Name], how is [Company]?", "[First Name]"),
        ),
        good=(
            _good("Hi *|FNAME|*, how is *|COMPANY|*?", "the tool's own"),
            _good("Hi, revenue rose 40% [1].", "no placeholders at all"),
        ),
    ),
    TemplateRule(
        code="TPL007", name="broken-join", severity=Severity.WARNING,
        summary="Filled in, a value and the words around it do not fit together.",
        why="“Hi ,” and “at .” tell the reader that a machine wrote, and that nobody read it.",
        message="Filled in, this does not fit its neighbours.",
        bad=(
            _bad("Hi {{first_name}}, how are the kilns at {{company}}?", "{{first_name}}"),
            _bad("Hi there, I saw that you are a {{role}} in the north.", "{{role}}"),
        ),
        good=(
            _good("Hi {{first_name|there}}, how are the kilns?", "the fallback fits"),
            _good("Hi there , how are the kilns?", "the gap is the writer's own and no join"),
        ),
    ),
    TemplateRule(
        code="TPL008", name="over-limit-when-filled", severity=Severity.ERROR, scored_family="length",
        summary="The longest rendering has more characters than the channel takes.",
        why="The platform refuses it or cuts it off, for exactly the readers with long names.",
        message="The longest rendering is over the limit.",
        bad=(
            _bad("Hi {{first_name}}, " + "we both work on river locks in the north and west. " * 4, None, channel="connection_note"),
            _bad("Hi {{first_name}}, {{icebreaker}} {{icebreaker}} I would like to hear more.", None, channel="connection_note"),
        ),
        good=(
            _good("Hi {{first_name}}, shall we compare notes on river locks?", "short enough for any name", channel="connection_note"),
            _good("Hi {{first_name}}, " + "we both work on river locks in the north and west. " * 4, "a message may be longer"),
        ),
    ),
    TemplateRule(
        code="TPL009", name="same-for-everyone", severity=Severity.WARNING,
        summary="Exchange the readers and the template says the same: nothing but the name depends on who reads it.",
        why="A name is what every mailing tool fills in; it no longer shows that anybody made an effort.",
        message="Nothing but names depends on the reader: add a variable for a line that fits one person only.",
        evidence=("PER-05", "PER-01"),
        bad=(
            _bad("Hi {{first_name}}, we help teams save time. Shall we talk, {{first_name}}?", None),
            _bad("Hello, {we help|we support} teams that want to save time. Shall we talk?", None),
        ),
        good=(
            _good("Hi {{first_name}}, {{icebreaker}} How did you do it?", "a line of each reader's own"),
            _good("Hi {{first_name}}, what will {{company}} do about {{pain_point}}?", "the firm and its worry"),
        ),
    ),
    TemplateRule(
        code="TPL010", name="idle-choice", severity=Severity.HINT,
        summary="A choice between wordings has one option twice, or only one.",
        why="It varies less than it seems to.",
        message="This choice has an option twice, or only one.",
        bad=(
            _bad("{Hi|Hello|Hi} {{first_name}}, how are the kilns?", "{Hi|Hello|Hi}"),
            _bad("{{RANDOM|Hi}} {{firstName}}, how are the kilns at {{companyName}}?", "{{RANDOM|Hi}}"),
        ),
        good=(
            _good("{Hi|Hello} {{first_name}}, how are the kilns?", "two wordings"),
            _good("Hi {{first_name}}{!|.} How are the kilns?", "punctuation is a wording too"),
        ),
    ),
    TemplateRule(
        code="TPL011", name="unreadable-tag", severity=Severity.WARNING,
        summary="A tag that the dialect has, but whose meaning cannot be told here.",
        why="Renderings and scores leave it out, so they may differ from what is sent.",
        message="This tag is not understood; renderings are made without it.",
        bad=(
            _bad("Hi {{first_name}}, {% assign x = 1 %}how are the kilns?", "{% assign x = 1 %}"),
            _bad("Hi {{first_name}}, {% for k in kilns %}a kiln{% endfor %}!", "{% for k in kilns %}"),
        ),
        good=(
            _good("Hi {% if first_name %}{{first_name}}{% endif %}, how are the kilns?", "a condition is understood"),
            _good("Hi {{first_name | capitalize}}, how are the kilns?", "so is this filter"),
        ),
    ),
    TemplateRule(
        code="TPL012", name="same-for-all-rows", severity=Severity.HINT,
        summary="A variable has the same value for all recipients.",
        why="It looks like a line for this reader and is the same for everybody.",
        message="All recipients have the same value here.",
        given="recipients who all have the same icebreaker",
        bad=(
            _bad("Hi {{first_name}}, {{icebreaker}} How are the kilns?", "{{icebreaker}}"),
            _bad("Hi {first_name}, {icebreaker} How are the kilns?", "{icebreaker}"),
        ),
        good=(
            _good("Hi {{first_name}}, how are the kilns?", "names differ"),
            _good("Hi {{first_name}}, best, {{sender_name}}", "the sender is always the same"),
        ),
    ),
)  # fmt: skip
