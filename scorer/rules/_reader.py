"""Checks of the personalization rules that need more than a list of words or a limit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.features import _reader as reader
from scorer.parse.mentions import name_parts, plain
from scorer.parse.parsed import ParsedDraft
from scorer.rules.base import Context, Hit
from scorer.schema import Edit, Fix, Severity

_HONORIFIC = re.compile(r"(?:dr|prof|professor|mr|mrs|ms|mx|rev|fr|capt|chef|coach)\b\.?", re.IGNORECASE)
_LEGAL_FORM = re.compile(
    r"(?:,)? (?:inc\.?|l\.?l\.?c\.?|ltd\.?|limited|gmbh|plc|corp\.?|pvt\.? ltd\.?|private limited|s\.?a\.?|b\.v\.|pty\.? ltd\.?)(?![\w])",
    re.IGNORECASE,
)
_YOURS_AT = re.compile(
    r"\b(?:[Yy]our (?:[\w-]+ ){0,2}?(?:work|role|job|position|team|colleagues|responsibilities|company,|firm,)|[Yy]ou (?:currently )?(?:work|lead \w+|run \w+|are working)"
    r"|[Yy]ou're (?:now |currently )?(?:working )?|[Yy]ou (?:all )?do)"
    r"(?: here| now| currently)? ?(?:at|with) (?P<firm>[A-Z][\w&'.-]*(?: (?:&|of|and|de) [A-Z][\w&'.-]*| [A-Z][\w&'.-]*){0,3})"
)
# Groups may be greeted as such; where a name is not known, "Sir" alone is a form of respect in much of the world.
_GROUP = frozenset([
    "there", "all", "team", "everyone", "everybody", "folks", "both", "friend", "friends", "guys",
    "people", "colleagues",
])  # fmt: skip
_RESPECT = frozenset({"sir", "madam", "ma'am", "mam", "maam"})
_PLACE_LIKE = frozenset(
    ["ENGLISH", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]
)


def form_of_address(name: str) -> str:
    """Return how to greet a person called `name`: the first name, or title and surname where a title is given."""
    title = _HONORIFIC.match(name.strip())
    parts = name_parts(name)
    return f"{title.group()} {parts[-1]}" if title and parts else parts[0]


def missing_name(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag a draft that never names its given reader; put the name into the greeting, or a greeting before all."""
    name = reader.recipient_name(parsed)
    salutation = parsed.tailoring.salutation
    if name is None or reader.name_mentions(parsed) or any("name" in p.name for p in parsed.placeholders):
        return
    if (salutation and (salutation.name or salutation.nobody)) or context.value(
        "personalization.merge_breaks"
    ):
        return  # a wrong name, an impersonal greeting and a broken merge have rules of their own
    if len(parsed.main_words) < context.number("min_words"):
        return
    address = form_of_address(name)
    text = parsed.text
    if salutation:
        words = text[salutation.start : salutation.end].rstrip(" ,.!:;-")
        if _HONORIFIC.fullmatch(words.split()[-1]):
            address = name_parts(name)[-1]  # "Hi Dr,": the title stands there already
        place = parsed.span(salutation.start + len(words), salutation.start + len(words)).start
        yield Hit(
            parsed.span(salutation.start, salutation.end),
            fix=Fix((Edit(place, place, f" {address}"),), safe=True, title=f"Greet {address} by name"),
        )
        return
    start = len(text) - len(text.lstrip())
    given = parsed.span(start, start + 1).start if start < len(text) else 0
    yield Hit(fix=Fix((Edit(given, given, f"Hi {address}, "),), title=f"Begin with “Hi {address},”"))


def wrong_name(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag a greeting to somebody else than the given reader."""
    name = reader.recipient_name(parsed)
    for span in context.measurements["personalization.greets_wrong_name"].spans:
        if name is None:
            return
        address = form_of_address(name)
        words = span.of(parsed.draft)
        # A stranger's name may be right where the given one is wrong: the writer decides.
        yield Hit(
            span,
            message=f"The greeting says “{words}”, but the reader is {name}. Check which is right before sending.",
            fix=Fix((Edit(span.start, span.end, address),), title=f"Write “{address}”"),
        )


def impersonal_greeting(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag a greeting that fits anybody; put the given name in its place."""
    name = reader.recipient_name(parsed)
    salutation = parsed.tailoring.salutation
    for span in context.measurements["personalization.impersonal_greeting"].spans:
        if salutation is None or reader.name_mentions(parsed):
            return
        low = span.of(parsed.draft).lower()
        if low in _GROUP and not (name and low == "there"):
            continue
        if name is None and low in _RESPECT:
            continue
        fix = None
        if name is not None:
            address = form_of_address(name)
            fix = Fix((Edit(span.start, span.end, address),), title=f"Write “{address}”")
        yield Hit(span, fix=fix, severity=Severity.HINT if low in _RESPECT else None)


def broken_merge(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag a merge field that came out empty; in the greeting, the given name mends it."""
    name = reader.recipient_name(parsed)
    for number, span in enumerate(context.measurements["personalization.merge_breaks"].spans):
        words = span.of(parsed.draft)
        fix = None
        greeting = re.match(r"\s*(?:hi|hello|hey|dear|good \w+)", words, re.IGNORECASE)
        if number == 0 and greeting and name is not None:
            fix = Fix(
                (Edit(span.start + greeting.end(), span.end, f" {form_of_address(name)}"),),
                safe=True,
                title="Put the name in",
            )
        yield Hit(span, fix=fix)


def unfilled_placeholder(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag placeholders; those for the reader's name and firm are filled from the given facts."""
    recipient = parsed.draft.recipient
    for placeholder in parsed.placeholders:
        span = parsed.span(placeholder.start, placeholder.end)
        value = None
        if recipient is not None:
            if (
                placeholder.name in {"first_name", "firstname", "fname", "name", "recipient_name"}
                and recipient.name
                and name_parts(recipient.name)
            ):
                value = name_parts(recipient.name)[0]
            elif placeholder.name in {
                "company",
                "company_name",
                "recipient_company",
                "firm",
                "organisation",
                "organization",
            }:
                value = recipient.company
            elif placeholder.name in {"role", "title", "job_title", "position"}:
                value = recipient.role
        fix = (
            Fix((Edit(span.start, span.end, value),), safe=placeholder.certain, title=f"Fill in “{value}”")
            if value
            else None
        )
        yield Hit(span, fix=fix)
    if parsed.subject is not None:
        from scorer.parse.surface import find_placeholders

        for placeholder in find_placeholders(parsed.subject.text):
            yield Hit(parsed.subject.span(placeholder.start, placeholder.end))


_PERSONAL_WORDING = 0.5


def name_only(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag a draft of some length where the name is all that fits the reader."""
    if (
        _speaks_to_many(parsed, context)
        and context.value("personalization.name_only") == 1
        and not _is_personal(parsed)
    ):
        yield Hit(context.measurements["personalization.name_only"].spans[0])


def nothing_specific(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag a draft of some length with neither a name nor a detail."""
    if (
        _speaks_to_many(parsed, context)
        and context.value("personalization.name_only") == 0
        and not _is_personal(parsed)
    ):
        yield Hit()


def _speaks_to_many(parsed: ParsedDraft, context: Context) -> bool:
    return (
        len(parsed.main_words) >= context.number("min_words")
        # Details in lower case escape the list of them; wording that readers find personal has some.
        and not context.value("personalization.wording") > _PERSONAL_WORDING
        and not parsed.placeholders
        and context.value("personalization.details") == 0
        and parsed.tailoring.uncommon <= context.number("max_uncommon")
    )


def _is_personal(parsed: ParsedDraft) -> bool:
    """Tell whether the two know each other, so that little need be said."""
    recipient = parsed.draft.recipient
    return parsed.purpose in {"reconnect", "thanks"} and bool(recipient and recipient.degree == 1)


def overused_name(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag each further mention of the reader's name after the allowed number."""
    if reader.recipient_name(parsed) is None:
        return
    spans = context.measurements["personalization.name_count"].spans
    allowed = int(context.number("max_mentions"))
    if len(spans) > allowed:
        yield from (Hit(span) for span in spans[allowed:])


def other_company(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag "your work at X" where X is not the given firm and that firm is not named at all."""
    recipient = parsed.draft.recipient
    if recipient is None or not recipient.company or parsed.placeholders:
        return
    if any(m.who == "recipient" and m.fact in {"company", "school"} for m in parsed.mentions):
        return
    known = plain(" ".join(filter(None, (recipient.company, recipient.school, recipient.role))))
    sender = parsed.draft.sender
    own = plain(sender.company) if sender and sender.company else None
    for match in _YOURS_AT.finditer(parsed.text):
        firm = match.group("firm").rstrip(".'")
        first = plain(firm).split()[0].removesuffix("'s")
        labels = {
            token.ent_type_ for token in parsed.doc if match.start("firm") <= token.idx < match.end("firm")
        }
        if (
            first in known
            or (own and first in own)
            or firm.upper() in _PLACE_LIKE
            or labels & {"PLACE", "SCHOOL", "EVENT", "PERSON"}
        ):
            continue
        yield Hit(
            parsed.span(match.start("firm"), match.start("firm") + len(firm)),
            message=f"This says “{firm}”, but the reader's firm was given as {recipient.company}. Check which is right.",
        )


def shouted_name(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag a name in the greeting that is in capitals, or in small letters where the rest is not."""
    salutation = parsed.tailoring.salutation
    if salutation is None or salutation.name is None:
        return
    start, end = salutation.name
    words = parsed.text[start:end]
    letters = [char for char in words if char.isalpha()]
    if not all(char.isascii() or char.isalpha() for char in words):
        return
    longest = max((len(word) for word in re.findall(r"[^\W\d_]+", words)), default=0)
    shouted = longest >= 4 and all(char.isupper() for char in letters) and not parsed.text.isupper()
    head = parsed.text[salutation.start]
    small = (
        longest >= 3
        and salutation.right is True
        and words[0].islower()
        and all(char.islower() for char in letters)
        and head.isupper()
        and not re.search(r"[.,!?:\n]\s+i\b|\bi'", parsed.text)
    )
    if shouted and salutation.right is None and longest <= 4 and " " not in words:
        return  # may be a firm or initials
    if shouted or small:
        span = parsed.span(start, end)
        better = re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), words)
        recipient = reader.recipient_name(parsed)
        for part in name_parts(recipient) if recipient else ():
            if not part.isupper() and not part.islower():
                better = re.sub(rf"(?i)(?<![^\W_]){re.escape(part)}(?![^\W_])", part, better)
        yield Hit(span, fix=Fix((Edit(span.start, span.end, better),), safe=True, title=f"Write “{better}”"))


def full_name_greeting(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag "Hi Priya Shah,": a casual greeting with the whole name, as a list holds it."""
    salutation = parsed.tailoring.salutation
    name = reader.recipient_name(parsed)
    if salutation is None or salutation.name is None or name is None or salutation.right is not True:
        return
    parts = name_parts(name)
    start, end = salutation.name
    head = parsed.text[salutation.start : start].lower().strip()
    if len(parts) < 2 or head not in {"hi", "hey", "hello", "hiya"}:
        return
    if plain(" ".join(parsed.text[start:end].split())) == plain(" ".join(parts)):
        span = parsed.span(start, end)
        yield Hit(span, fix=Fix((Edit(span.start, span.end, parts[0]),), title=f"Write “{parts[0]}”"))


def legal_form(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag the firm's legal form ("Inc.", "Pvt Ltd") behind its name: a database says that, not a person."""
    for mention in parsed.mentions:
        if mention.who != "recipient" or mention.fact != "company" or mention.start >= parsed.signature_start:
            continue
        inside = next(
            (
                m
                for m in _LEGAL_FORM.finditer(
                    parsed.text, mention.start, min(len(parsed.text), mention.end + 16)
                )
                if m.start() <= mention.end and m.end() >= mention.end
            ),
            None,
        )
        if inside is None:
            continue
        end = inside.end()
        if parsed.text[end - 1] == "." and (
            end == len(parsed.text)
            or parsed.text[end : end + 2].strip()[:1].isupper()
            or parsed.text[end] == "\n"
        ):
            end -= 1  # the full stop ends the sentence
        span = parsed.span(inside.start(), end)
        yield Hit(
            span, fix=Fix((Edit(span.start, span.end, ""),), safe=True, title="Leave the legal form out")
        )


def no_introduction(parsed: ParsedDraft, context: Context) -> Iterator[Hit]:
    """Flag a first message of some length to a stranger that never says who writes."""
    draft = parsed.draft
    if (
        draft.stage != "initial"
        or draft.channel == "connection_note"
        or parsed.purpose in {"reconnect", "thanks"}
    ):
        return
    if (
        draft.recipient is None
        or draft.recipient.degree not in (2, 3)
        or len(parsed.main_words) < context.number("min_words")
    ):
        return
    if (
        context.value("personalization.introduction") > 0
        or context.value("personalization.details") > 1
        or context.value("personalization.named_referral") > 0
    ):
        return
    text = parsed.body.lower
    if any(m.who == "sender" and m.fact != "name" for m in parsed.mentions) or re.search(
        r"\b(?:we|our|us)\b", text
    ):
        return
    if (
        parsed.signature_start < len(text.rstrip())
        and any(char in text[parsed.signature_start :] for char in ",|@")
        and text[parsed.signature_start :].count("\n") >= 2
    ):
        return  # the signature says who writes
    yield Hit()
