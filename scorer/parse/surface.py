"""What regular expressions can see: links, contact data, emoji, quotation marks, placeholders."""

from __future__ import annotations

import re
from functools import cache

from scorer.parse.parsed import Link, Placeholder

_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"']{1,2000}"
    r"|(?<![@\w.])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}"
    r"(?:com|org|net|io|ai|co|dev|app|me|ly|gl|gg|info|biz|shop|xyz|page|link|us|uk|de|fr|in|eu|edu|gov|tv|to|example|online|site|store|tech|blog|cloud|studio|agency)"
    r"(?![\w@])(?:/[^\s<>\"']{0,2000})?"
    # Endings that prose has too count only with a path behind them.
    r"|(?<![@\w.])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}(?:gd|gy|cc|at|id|be|ee|sh|so|ie|ca|au|nl|es|it|ch|se|no|dk|nz|sg|za|br|gle|li|st)"
    r"/[^\s<>\"']{1,2000}",
    re.IGNORECASE,
)
# Only a text with one of these can hold a web address, and only one of seven digits a phone number.
_ADDRESS_SIGN = re.compile(r"\.[a-z0-9]|://|www\.", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,4}[a-z]{2,24}(?![\w-])", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w.,/#$€£-])(?:\+\d{1,3}[ .\-]?)?(?:\(0?\d{1,4}\)[ .\-]?)?\d{2,5}(?:[ .\-]\d{2,6}){1,4}(?![\w/%]|[.,]\d|-\d)"
    r"|(?<![\w.,/#$€£-])\+?\d{10,13}(?![\w/%]|[.,]\d)"
)
_TRAIL = ".,;:!?)]}'\""
# Dates, ranges of years, times, versions and amounts look like phone numbers but are none.
_NO_PHONE = re.compile(
    r"(?:19|20)\d\d(?:[ .\-](?:19|20)?\d\d){1,2}|\d{1,2}[.\-]\d{1,2}[.\-](?:19|20)?\d\d|\d{1,3}(?:[ .]\d{3})+|\d{1,5}-\d{1,5}"
)

_EMOJI = re.compile(
    "(?:[\U0001f1e6-\U0001f1ff]{2}"
    "|[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55\u231a\u231b\u23e9-\u23fa\u2934\u2935\u3030\u303d]"
    "[\ufe0f\U0001f3fb-\U0001f3ff]{0,2}"
    "(?:\u200d[\U0001f300-\U0001faff\u2600-\u27bf][\ufe0f\U0001f3fb-\U0001f3ff]{0,2}){0,6}"
    "|[0-9#*]\ufe0f?\u20e3)"
)
_EMOTICON = re.compile(r"(?<![\w:/])(?:[:;=8xX]['-]?[)(DPpO3/\\|]|<3)(?![\w/])")
_INLINE_QUOTE = re.compile(r'"[^"\n]{1,300}"|«[^»\n]{1,300}»')

# Words that square brackets, percent signs and the like hold when they are placeholders and not prose.
_VARIABLE = (
    r"(?:(?:your|recipient'?s?|contact'?s?|prospect'?s?|candidate'?s?|their|sender'?s?|my|the|hiring|target|merge|insert|add|"
    r"specific|relevant|mutual|current|previous|last)[ _\-]?)*"
    r"(?:f|l)?(?:name|first|last|firstname|lastname|fullname|first[ _\-]?name|last[ _\-]?name|full[ _\-]?name|surname|"
    r"company|organi[sz]ation|firm|employer|industry|sector|field|role|title|job|position|department|team|"
    r"school|university|college|city|town|location|country|region|date|day|time|topic|subject|project|product|service|"
    r"event|conference|link|url|website|phone|email|e-mail|number|connection|contact|friend|achievement|award|article|post|"
    r"skill|skills|pain[ _\-]?point|challenge|benefit|result|metric|competitor|interest|icebreaker|"
    r"personali[sz]ation|compliment|signature|calendar|manager|manager[ _\-]?name|sender|reason|goal|detail|details|"
    r"thing|accomplishment|referral|lead|group|area|focus|value|offer|amount|xx|xxx|___)"
    r"(?:[ _\-]?(?:name|title|here|link|url|type|1|2|3|x|y))*"
)
# One name as signs hold it that other text uses too: of several words, or a usual one.
_SEVERAL = r"[A-Za-z][A-Za-z0-9]*[_.][A-Za-z0-9_.]{1,40}|[A-Za-z]{0,20}[a-z0-9][A-Z][A-Za-z0-9]{0,30}"
_USUAL = (
    r"(?i:(?:f|l|first|last|full|sender|user|company|job|event|country|city|school)?[ _]?name|first|last|company|title"
    r"|job[ _]?title|role|position|industry|city|country|location|school|university|topic|icebreaker|link|url|email|phone"
    r"|date|day|time|event|project|product|skill|signature|website|team|department|organi[sz]ation|surname|greeting|sender"
    r"|recipient)"
)
_NAMED = rf"(?:{_SEVERAL}|{_USUAL})"
_CERTAIN = re.compile(
    r"\{%-?[^%\n]{1,200}%\}"  # Liquid
    r"|\{\{[^{}\n]{0,200}(?:\{\{[^{}\n]{0,80}\}\}[^{}\n]{0,80}){0,4}\}\}"  # double brace, nested once
    r"|\*\|[A-Z0-9_:\s]{1,60}\|\*"  # Mailchimp
    r"|::[a-z_]+(?:\.[a-z_]+)*::"
    rf"|(?<!\()\(\({_NAMED}\)\)(?!\))"
    rf"|«{_NAMED}»"
    r"|\[\[[^\[\]\n]{1,120}\]\]"
    r"|\[%[^%\n]{1,80}%\]"
    r"|<{2,4}[A-Za-z][\w .'/-]{1,40}>{2,4}|<%=?[^%\n]{1,60}%>|%%[A-Za-z_]\w{1,30}%%|(?<!\w)__[A-Z][A-Z_]{1,30}__(?!\w)"
    r"|\$(?:[A-Z]+_[A-Z_]+|[a-z]+_[a-z_]+|(?:first|last|full|company|job)[A-Z]\w+)(?!\w)"
    rf"|\$\{{{_NAMED}(?::-[^{{}}\n]{{0,60}})?\}}"
    r"|\{![A-Za-z_]{2,30}\.[A-Za-z_.]{2,40}(?:,[^{}\n]{0,60})?\}"  # Salesforce
    # Single brace, with fallback or spin; not in code or a path.
    rf"|(?<![\w$/\\=])\{{{_NAMED}(?:\|[^{{}}\n]{{0,60}})?\}}"
    r"|\{[^{}\n|]{1,120}(?:\|[^{}\n|]{0,120}){1,20}\}"  # spintax
    r"|(?<![\w#])#(?:first|last|full|company|job)_?[nN]ame#?|(?<![\w#])#(?:NAME|firstName|lastName|companyName|jobTitle)#"
)


@cache
def _likely() -> re.Pattern[str]:
    """Return the pattern of likely placeholders; compiled when a draft first has a sign of one, for it is long."""
    return re.compile(
        r"\[" + _VARIABLE + r"(?:\s*(?:/|or|,)\s*" + _VARIABLE + r")*\](?!\()"  # no link of Markdown
        r"|\[(?:insert|add|your|their|recipient|mention|e\.g\.)\b[^\[\]\n]{1,80}\]"
        r"|<(?:insert |your )?" + _VARIABLE + r">"
        r"|%(?:FIRST_?NAME|LAST_?NAME|FULL_?NAME|NAME|COMPANY(?:_?NAME)?|JOB_?TITLE|TITLE|CITY|FNAME|LNAME)%"
        r"|\[(?-i:[A-Z]{2,20}(?:_[A-Z]{2,20}){0,3})/[^\[\]\n]{1,40}\]"
        r"|(?<![\w-])-(?:first|last|company|full)_name-(?![\w-])"
        r"|(?<!\w)(?-i:X{3,})(?!\w)|_{3,}",
        re.IGNORECASE,
    )


def find_links(text: str) -> tuple[Link, ...]:
    """Return web addresses, e-mail addresses and phone numbers in `text`, by place."""
    found: list[Link] = []
    if "@" in text:
        found += [
            Link("email", m.start(), m.end(), m.group().rpartition("@")[2].lower())
            for m in _EMAIL.finditer(text)
        ]
    if _ADDRESS_SIGN.search(text):
        for match in _URL.finditer(text):
            end = match.end()
            while end > match.start() and text[end - 1] in _TRAIL:
                end -= 1
            if any(link.start < end and match.start() < link.end for link in found):
                continue
            host = re.sub(r"^(?:https?://)?(?:www\.)?", "", text[match.start() : end].lower())
            found.append(Link("url", match.start(), end, re.split(r"[/?#:]", host, maxsplit=1)[0]))
    for match in _PHONE.finditer(text) if len(_DIGIT.findall(text)) >= 7 else ():
        digits = sum(char.isdigit() for char in match.group())
        if not 7 <= digits <= 15 or _NO_PHONE.fullmatch(match.group()):
            continue
        if not any(link.start < match.end() and match.start() < link.end for link in found):
            found.append(Link("phone", match.start(), match.end()))
    return tuple(sorted(found, key=lambda link: link.start))


def find_emojis(text: str) -> tuple[tuple[int, int], ...]:
    """Return emoji sequences (one for each that is seen as one) and emoticons in `text`."""
    found = [] if text.isascii() else [match.span() for match in _EMOJI.finditer(text)]
    found += [match.span() for match in _EMOTICON.finditer(text)]
    return tuple(sorted(found))


def find_inline_quotes(text: str) -> tuple[tuple[int, int], ...]:
    """Return what stands between straight double quotation marks on one line (curly ones are folded)."""
    return tuple(match.span() for match in _INLINE_QUOTE.finditer(text)) if '"' in text else ()


def find_placeholders(text: str) -> tuple[Placeholder, ...]:
    """Return unfilled variables, conditionals and spin blocks of any dialect in `text`, by place.

    Square brackets, angle brackets and percent signs count only around words that name a variable, and
    are marked as not certain.
    """
    if not any(char in text for char in "{[<%#*:(_-X«$"):
        return ()
    found = [
        Placeholder(m.start(), m.end(), _variable_name(m.group()))
        for m in _CERTAIN.finditer(text)
    ]  # fmt: skip
    for match in _likely().finditer(text):
        if not any(p.start < match.end() and match.start() < p.end for p in found):
            found.append(
                Placeholder(match.start(), match.end(), _variable_name(match.group()), certain=False)
            )
    return tuple(sorted(found, key=lambda placeholder: placeholder.start))


def _variable_name(source: str) -> str:
    """Return the variable in snake case: ``{{firstName | default: "there"}}`` is ``first_name``."""
    inner = source.strip("{}[]%*|:()<>#$-«» ")
    inner = re.split(r"[|]", inner, maxsplit=1)[0].strip().rpartition(".")[2] or inner
    inner = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", inner)
    return re.sub(r"[^a-z0-9]+", "_", inner.lower()).strip("_")
