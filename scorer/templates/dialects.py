"""The placeholder dialects, as data: one entry each, and the sending tools that read them.

A dialect says how a variable stands in the text (delimiters, the way names are written, the fallback for an
empty value), how one of several wordings is chosen (spin), and how a condition is written. To add one, add an
entry here and its fixtures to the tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from scorer.errors import InputError, did_you_mean

Spin = Literal["braces", "keyword", "brackets"]


@dataclass(frozen=True, slots=True)
class Blocks:
    """How conditions are written.

    Attributes
    ----------
    tag
        Pattern of any tag of a condition, with groups ``word`` and ``rest``.
    opening, otherwise_if, otherwise, closing
        The tags as they are written; ``{}`` stands for the test.
    equals, differs, missing
        How a test is written, from the variable's ``name`` and the ``value``; None where it can't be.
    damaged
        Pattern of a tag that lacks one sign, with the groups of `tag` where its meaning is plain.
    trims
        Whether a hyphen inside a tag's delimiters takes away the white space outside of them.
    """

    tag: str
    opening: str
    otherwise_if: str | None
    otherwise: str
    closing: str
    equals: str | None = None
    differs: str | None = None
    missing: str | None = None
    damaged: str | None = None
    trims: bool = False


LIQUID = Blocks(
    r"\{%-?[ \t]*(?P<word>[a-z]+)(?P<rest>(?:[ \t][^{}%\n]{0,120}?)?)[ \t]*-?%\}",
    "{{% if {} %}}", "{{% elsif {} %}}", "{% else %}", "{% endif %}",
    '{name} == "{value}"', '{name} != "{value}"', None,
    r"\{(?=%|[^{}%\n]{0,140}%\})%?-?[ \t]*(?P<word>if|unless|elsif|elif|else|endif|endunless)\b"
    r"(?P<rest>[^{}%\n]{0,120}?)[ \t]*-?%?\}",
    trims=True,
)  # fmt: skip
HUBL = Blocks(
    LIQUID.tag, "{{% if {} %}}", "{{% elif {} %}}", "{% else %}", "{% endif %}",
    '{name} == "{value}"', '{name} != "{value}"', "not {name}", LIQUID.damaged, trims=True,
)  # fmt: skip
APOLLO = Blocks(
    r"\{\{#[ \t]*(?P<word>if|else|endif)(?P<rest>(?:[ \t][^{}\n]{0,120}?)?)[ \t]*\}\}",
    "{{{{#if {}}}}}", None, "{{#else}}", "{{#endif}}",
)  # fmt: skip
HANDLEBARS = Blocks(
    r"\{\{(?P<word>[#/][A-Za-z]{1,20}|else)(?P<rest>(?:[ \t][^{}\n]{0,120}?)?)[ \t]*\}\}",
    "{{{{#if {}}}}}", None, "{{else}}", "{{/if}}",
)  # fmt: skip
MAILCHIMP = Blocks(
    r"\*\|(?P<word>END:IF|[A-Z][A-Z_]{1,20}:)(?P<rest>[^|*\n]{0,120})\|\*",
    "*|IF:{}|*", "*|ELSEIF:{}|*", "*|ELSE:|*", "*|END:IF|*", "{name}={value}", "{name}!={value}", None,
    r"(?:(?:\||\*(?!\|))(?:IF|IFNOT|ELSE|ELSEIF|END):[^|*\n]{0,120}\|\*"
    r"|\*\|(?:IF|IFNOT|ELSE|ELSEIF|END):[^|*\n]{0,120}(?:\||\*))",
)  # fmt: skip
SQUARE = Blocks(
    r"\[(?P<word>if|else|endif)(?P<rest>(?:[ \t][^\[\]\n]{0,120}?)?)\]", "[if {}]", None, "[else]", "[endif]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One way to write placeholders.

    Attributes
    ----------
    key, title
        What options call it, and what people do.
    opening, closing
        Delimiters of a variable.
    style
        How names are written: a key of `names.STYLES`.
    names
        Canonical name -> the dialect's own word for it, where that is not its words in `style`.
    prefix
        What stands before every name.
    loose
        Other prefixes that are read, as a pattern.
    lead
        A word that may stand before the name and changes nothing.
    pad
        White space that the dialect itself writes inside the delimiters.
    padding
        Whether other white space is taken there.
    fallback
        What stands between a name and its fallback, and after it; the first pair is written, all are read.
    wrapped
        Word of a fallback around a variable: ``{{fallback|{{first_name}}|there}}``.
    spin, spin_word
        How a choice is written; the word for ``keyword``.
    blocks
        How conditions are written.
    filters
        Whether Liquid filters are read.
    certain
        False where ordinary prose has the delimiters too, so that only names that are known count.
    tools
        Sending tools that read it.
    """

    key: str
    title: str
    opening: str
    closing: str
    style: str
    names: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    loose: str = ""
    lead: str = ""
    pad: str = ""
    padding: bool = False
    spaces: bool = False
    fallback: tuple[tuple[str, str], ...] = ()
    wrapped: str | None = None
    spin: Spin | None = None
    spin_word: str = "random"
    blocks: Blocks | None = None
    filters: bool = False
    certain: bool = True
    tools: tuple[str, ...] = ()

    @property
    def trims(self) -> bool:
        """Whether ``{{-`` and ``-}}`` take away the white space beside them."""
        return self.blocks is not None and self.blocks.trims

    @property
    def example(self) -> str:
        """A variable as this dialect writes it, with a fallback where it has one."""
        from scorer.templates.writing import write_variable

        if self.style == "number":
            return write_variable(self, ("1",), "1")
        return write_variable(
            self, ("first", "name"), "first_name", fallback="there" if self.fallback else None
        )


_PIPE = ("|", "")
_LIQUID_FALLBACK = ((' | default: "', '"'), (" | default: '", "'"), ('|default:"', '"'), ('|default: "', '"'))

# In the order in which a tie between them is decided when a dialect is inferred.
DIALECTS: tuple[Dialect, ...] = (
    Dialect(
        key="double-snake", title="double braces, snake case", opening="{{", closing="}}", style="snake",
        padding=True, spaces=True, fallback=(_PIPE, (" | ", ""), (' | "', '"'), ('|"', '"')), spin="braces",
        tools=("outreach", "salesloft", "pipelime", "smartlead"),
    ),
    Dialect(
        key="liquid", title="Liquid", opening="{{", closing="}}", style="snake", padding=True,
        fallback=_LIQUID_FALLBACK, blocks=LIQUID, filters=True, loose=r"(?:[a-z_]+\.){0,2}",
        tools=("liquid", "chatwoot", "customer-io"),
    ),
    Dialect(
        key="lemlist", title="double braces, camel case, Liquid conditions", opening="{{", closing="}}", style="camel",
        padding=True, spaces=True, fallback=(_PIPE, (" | ", "")), blocks=LIQUID, tools=("lemlist",),
    ),
    Dialect(
        key="instantly", title="double braces, camel case, RANDOM spin", opening="{{", closing="}}", style="camel",
        padding=True, spaces=True, fallback=(_PIPE, (" | ", "")), spin="keyword", spin_word="RANDOM",
        tools=("instantly",),
    ),
    Dialect(
        key="spin-keyword", title="double braces with random and fallback words", opening="{{", closing="}}",
        style="snake", padding=True, spaces=True, wrapped="fallback", spin="keyword", spin_word="random",
        tools=("pipl", "plusvibe", "smartlead"),
    ),
    Dialect(
        key="apollo", title="double braces with #if", opening="{{", closing="}}", style="snake", padding=True,
        blocks=APOLLO, tools=("apollo",),
    ),
    Dialect(
        key="sendgrid", title="Handlebars with insert", opening="{{", closing="}}", style="snake", padding=True,
        fallback=((' "default=', '"'),), blocks=HANDLEBARS, lead="insert ", loose=r"(?:[A-Za-z_]{1,30}\.){1,2}",
        tools=("sendgrid",),
    ),
    Dialect(
        key="hubspot", title="contact properties in HubL", opening="{{", closing="}}", style="flat", prefix="contact.",
        loose=r"(?:contact|company|owner|deal|personalization_token|custom)\.", pad=" ", padding=True,
        fallback=(('|default("', '", true)'), ('|default("', '")'), ("|default('", "')"), (' | default("', '")')),
        blocks=HUBL, tools=("hubspot",), names={
            "role": "jobtitle", "first_name": "firstname", "last_name": "lastname",
            "sender_first_name": "owner.firstname", "sender_last_name": "owner.lastname",
            "sender_email": "owner.email", "sender_role": "owner.jobtitle",
        },
    ),
    Dialect(
        key="object-path", title="paths from an object", opening="{{", closing="}}", style="camel", prefix="contact.",
        loose=r"(?i:contact|lead|recipient|prospect|custom|company|account|sender|user)\.", padding=True,
        fallback=((" || '", "'"), ("|", ""), (" | ", "")), tools=("salesmate", "warmysender"),
    ),
    Dialect(
        key="numbered", title="numbered variables", opening="{{", closing="}}", style="number", tools=("whatsapp",)
    ),
    Dialect(
        key="single-snake", title="single braces, snake case", opening="{", closing="}", style="snake", spin="braces",
        tools=("expandi",),
    ),
    Dialect(
        key="single-upper", title="single braces, capitals", opening="{", closing="}", style="upper", spin="braces",
        tools=("heyreach",),
    ),
    Dialect(
        key="single-flat", title="single braces, no separator", opening="{", closing="}", style="flat", spin="braces",
        tools=("linked-helper",),
    ),
    Dialect(
        key="gmass", title="single braces with fallback=", opening="{", closing="}", style="pascal",
        fallback=(("|fallback=", ""),), tools=("gmass",),
    ),
    Dialect(
        key="salesforce", title="Salesforce merge fields", opening="{!", closing="}", style="pascal",
        prefix="Contact.", loose=r"(?:Contact|Lead|Account|User|Recipient|Sender|Opportunity|Organization)\.",
        names={
            "company": "Account.Name", "role": "Contact.Title", "sender_first_name": "User.FirstName",
            "sender_last_name": "User.LastName", "sender_name": "User.Name", "sender_email": "User.Email",
            "sender_role": "User.Title",
        },
        fallback=((", ", ""), (",", "")),
        tools=("salesforce",),
    ),
    Dialect(
        key="salesforce-lightning", title="Salesforce Handlebars merge fields", opening="{{{", closing="}}}",
        style="pascal", prefix="Recipient.", loose=r"(?:Recipient|Sender|Contact|Lead|Account|User|Organization)\.",
        names={
            "role": "Recipient.Title", "sender_first_name": "Sender.FirstName", "sender_last_name": "Sender.LastName",
            "sender_name": "Sender.Name", "sender_email": "Sender.Email",
        },
        tools=("salesforce-lightning",),
    ),
    Dialect(
        key="dollar", title="dollar sign and braces", opening="${", closing="}", style="camel",
        fallback=((":-", ""),),
    ),
    Dialect(
        key="mailchimp", title="Mailchimp merge tags", opening="*|", closing="|*", style="upper", blocks=MAILCHIMP,
        names={"first_name": "FNAME", "last_name": "LNAME"}, tools=("mailchimp", "mandrill"),
    ),
    Dialect(
        key="double-percent", title="double percent signs", opening="%%", closing="%%", style="snake",
        tools=("pardot",),
    ),
    Dialect(
        key="sendgrid-legacy", title="square brackets and percent signs", opening="[%", closing="%]", style="snake",
        pad=" ", padding=True, fallback=((" | ", ""), ("|", "")), tools=("sendgrid-legacy",),
    ),
    Dialect(
        key="hyphens", title="hyphens", opening="-", closing="-", style="snake", certain=False,
        tools=("sendgrid-substitutions",),
    ),
    Dialect(
        key="mailcoach", title="double colons", opening="::", closing="::", style="snake", prefix="subscriber.",
        loose=r"(?:subscriber|campaign|list)\.", tools=("mailcoach",),
    ),
    Dialect(
        key="parentheses", title="double parentheses", opening="((", closing="))", style="flat", tools=("camper",)
    ),
    Dialect(
        key="guillemets", title="Word merge fields", opening="«", closing="»", style="pascal", spaces=True,
        tools=("word",),
    ),
    Dialect(
        key="angle", title="double angle brackets", opening="<<", closing=">>", style="title", spaces=True,
        tools=("yamm",),
    ),
    Dialect(
        key="hash", title="hash signs", opening="#", closing="#", style="camel", tools=("phantombuster",)
    ),
    Dialect(
        key="square", title="square brackets, as written by hand", opening="[", closing="]", style="title",
        spaces=True, spin="brackets", blocks=SQUARE, certain=False,
    ),
    Dialect(
        key="mailtrain", title="square brackets, capitals", opening="[", closing="]", style="upper",
        fallback=(("/", ""),), certain=False, tools=("mailtrain",),
    ),
    Dialect(
        key="percent", title="percent signs", opening="%", closing="%", style="flat_upper", certain=False,
        tools=("linkedin-sponsored-messages", "activecampaign"),
    ),
)  # fmt: skip
_BY_KEY = {dialect.key: dialect for dialect in DIALECTS}
# Sending tool -> the dialects it reads, the usual one first.
TOOLS: Mapping[str, tuple[str, ...]] = {
    tool: tuple(d.key for d in DIALECTS if tool in d.tools)
    for tool in sorted({tool for d in DIALECTS for tool in d.tools})
}


def dialect_of(key: str, option: str = "dialect") -> Dialect:
    """Return the dialect with `key`, or the usual one of the sending tool `key`.

    Raises
    ------
    InputError
        There is none; names the nearest.
    """
    wanted = key.strip().lower().replace("_", "-").replace(" ", "-").replace(".", "-")
    if wanted in _BY_KEY:
        return _BY_KEY[wanted]
    if wanted in TOOLS:
        return _BY_KEY[TOOLS[wanted][0]]
    near = did_you_mean(wanted, [*_BY_KEY, *TOOLS]) or "; see: score-draft templates dialects"
    raise InputError(f"{option}: no dialect and no sending tool of that name{near}")
