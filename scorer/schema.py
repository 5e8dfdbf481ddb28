"""The words of the product: a draft, what is measured and found in it, and the report.

Everything is frozen. Positions are half-open code-point offsets into the text exactly as given.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, Literal, get_args

from scorer.errors import InputError

SCHEMA_VERSION = 1

Channel = Literal["connection_note", "message", "inmail", "email"]
Stage = Literal["initial", "follow_up"]
Account = Literal["free", "premium"]
Kind = Literal["draft", "template"]
Purpose = Literal[
    "reconnect", "job_search", "recruiting", "partnership", "sales", "networking",
    "advice", "content", "event", "thanks", "fundraising", "other",
]  # fmt: skip
Where = Literal["text", "subject"]
Band = Literal["excellent", "good", "fair", "weak", "poor"]
RefusalReason = Literal["empty", "too_short", "no_words", "not_english", "mostly_quoted"]

CHANNELS: tuple[str, ...] = get_args(Channel)
STAGES: tuple[str, ...] = get_args(Stage)
ACCOUNTS: tuple[str, ...] = get_args(Account)
KINDS: tuple[str, ...] = get_args(Kind)
PURPOSES: tuple[str, ...] = get_args(Purpose)
FAMILIES: tuple[str, ...] = ("personalization", "length", "spam", "ask", "tone")

# Lower bound of each band, best first; fixed by the outside contract.
BANDS: tuple[tuple[float, Band], ...] = (
    (85.0, "excellent"),
    (70.0, "good"),
    (50.0, "fair"),
    (30.0, "weak"),
    (0.0, "poor"),
)

MAX_CHARACTERS = 100_000


def band_of(score: float) -> Band:
    """Return the band of a score from 0 to 100."""
    return next(band for low, band in BANDS if score >= low)


class Severity(StrEnum):
    """How bad a finding is: ``error`` means do not send, ``warning`` mend it, ``hint`` think about it."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """0 for a hint, 1 for a warning, 2 for an error."""
        return {"hint": 0, "warning": 1, "error": 2}[self.value]


def _checked_text(owner: str, name: str, value: object, *, optional: bool = True) -> None:
    if value is None and optional:
        return
    if not isinstance(value, str):
        raise InputError(f"{owner}.{name} must be text, not {type(value).__name__}")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InputError(
            f"{owner}.{name} holds a lone surrogate, so it is not valid Unicode; save it as UTF-8"
        ) from None
    if "\x00" in value:
        raise InputError(f"{owner}.{name} holds a NUL byte; is it really a text file?")
    if len(value) > MAX_CHARACTERS:
        raise InputError(
            f"{owner}.{name} has {len(value)} characters; a draft may have at most {MAX_CHARACTERS}"
        )


def _checked_choice(owner: str, name: str, value: object, choices: Sequence[str]) -> None:
    if not isinstance(value, str):
        raise InputError(f"{owner}.{name} must be text, not {type(value).__name__}")
    if value not in choices:
        raise InputError(f"{owner}.{name} must be one of {', '.join(choices)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What is known of the reader or the writer; every field may be unknown.

    Attributes
    ----------
    degree
        LinkedIn's degree of connection to the other side: 1, 2 or 3.
    """

    name: str | None = None
    company: str | None = None
    role: str | None = None
    school: str | None = None
    degree: int | None = None

    def __post_init__(self) -> None:
        for name in ("name", "company", "role", "school"):
            _checked_text("person", name, getattr(self, name))
        if self.degree is not None and (isinstance(self.degree, bool) or self.degree not in (1, 2, 3)):
            raise InputError("person.degree must be 1, 2 or 3")

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, owner: str = "person") -> Person:
        """Return a person from a mapping; an unknown key is an `InputError`."""
        _checked_keys(cls, data, owner)
        return cls(**data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message somebody is about to send, with what is known around it.

    Attributes
    ----------
    text
        The message, untouched; all offsets count its code points.
    subject
        Subject line of an InMail or e-mail.
    channel, stage, account
        Where it goes, whether an earlier message went unanswered, and the sender's LinkedIn account.
    purpose
        One of `PURPOSES`; None lets the product recognise it.
    previous
        The earlier message or messages of this thread, oldest first, for a follow-up.
    kind
        ``draft`` or ``template``; None lets the product recognise it from unfilled placeholders.
    id
        The caller's own name for this draft, handed back in the report.
    """

    text: str
    subject: str | None = None
    channel: Channel = "message"
    stage: Stage = "initial"
    purpose: Purpose | None = None
    account: Account = "free"
    recipient: Person | None = None
    sender: Person | None = None
    previous: str | tuple[str, ...] | None = None
    kind: Kind | None = None
    id: str | None = None

    def __post_init__(self) -> None:
        _checked_text("draft", "text", self.text, optional=False)
        _checked_text("draft", "subject", self.subject)
        _checked_text("draft", "id", self.id)
        _checked_choice("draft", "channel", self.channel, CHANNELS)
        _checked_choice("draft", "stage", self.stage, STAGES)
        _checked_choice("draft", "account", self.account, ACCOUNTS)
        if self.purpose is not None:
            _checked_choice("draft", "purpose", self.purpose, PURPOSES)
        if self.kind is not None:
            _checked_choice("draft", "kind", self.kind, KINDS)
        for name in ("recipient", "sender"):
            value = getattr(self, name)
            if value is not None and not isinstance(value, Person):
                raise InputError(f"draft.{name} must be a Person, not {type(value).__name__}")
        if isinstance(self.previous, list):
            object.__setattr__(self, "previous", tuple(self.previous))
        if not isinstance(self.previous, (str, tuple, type(None))):
            raise InputError(
                f"draft.previous must be text or a list of texts, not {type(self.previous).__name__}"
            )
        for text in self.earlier:
            _checked_text("draft", "previous", text, optional=False)

    @property
    def earlier(self) -> tuple[str, ...]:
        """The earlier messages of the thread, oldest first; empty for a first message."""
        if self.previous is None:
            return ()
        return (self.previous,) if isinstance(self.previous, str) else tuple(self.previous)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Draft:
        """Return a draft from plain data, as read from TOML, JSON or front matter.

        Raises
        ------
        InputError
            An unknown key, a missing text, or a value of the wrong type; names the field, never the value.
        """
        _checked_keys(cls, data, "draft")
        if "text" not in data:
            raise InputError("the draft has no text")
        values = dict(data)
        for name in ("recipient", "sender"):
            value = values.get(name)
            if isinstance(value, Mapping):
                values[name] = Person.from_dict(value, owner=name)
        return cls(**values)

    def with_edits(self, edits: Sequence[Edit]) -> Draft:
        """Return the draft with `edits` applied; edits must not overlap."""
        text, subject = self.text, self.subject or ""
        for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
            if edit.where == "subject":
                subject = subject[: edit.start] + edit.text + subject[edit.end :]
            else:
                text = text[: edit.start] + edit.text + text[edit.end :]
        return replace(self, text=text, subject=subject if self.subject is not None or subject else None)


def _checked_keys(cls: type, data: Mapping[str, Any], owner: str) -> None:
    known = [item.name for item in fields(cls)]
    for key in data:
        if key not in known:
            raise InputError(f"{owner} has an unknown field; known fields are {', '.join(known)}")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points of the draft's text or subject."""

    start: int
    end: int
    where: Where = "text"

    def of(self, draft: Draft) -> str:
        """Return the words of the draft that the span covers."""
        source = draft.text if self.where == "text" else draft.subject or ""
        return source[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share at least one character."""
        return self.where == other.where and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Measurement:
    """The value of one feature and the words it comes from; NaN means it is not defined for this draft."""

    value: float
    spans: tuple[Span, ...] = ()

    @property
    def defined(self) -> bool:
        """Whether the feature could be measured."""
        return not math.isnan(self.value)


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace ``[start, end)`` of the text or subject by `text`; equal ends insert, empty text removes."""

    start: int
    end: int
    text: str
    where: Where = "text"


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend a finding.

    Attributes
    ----------
    safe
        The edit keeps the meaning and invents nothing, so ``score-draft fix`` may apply it unasked.
    """

    edits: tuple[Edit, ...]
    safe: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found, with its place; no span for something that is missing."""

    code: str
    name: str
    family: str
    severity: Severity
    message: str
    span: Span | None = None
    fix: Fix | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as the outside contract has it."""
        return {
            "code": self.code,
            "name": self.name,
            "family": self.family,
            "severity": self.severity.value,
            "where": self.span.where if self.span else "text",
            "start": self.span.start if self.span else None,
            "end": self.span.end if self.span else None,
            "message": self.message,
            "fix": None if self.fix is None else {
                "safe": self.fix.safe,
                "title": self.fix.title,
                "edits": [_edit_dict(edit) for edit in self.fix.edits],
            },
        }  # fmt: skip


def _edit_dict(edit: Edit) -> dict[str, Any]:
    return {"where": edit.where, "start": edit.start, "end": edit.end, "text": edit.text}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to change, and the score points it brings.

    Attributes
    ----------
    gain
        Score points. ``measured``: the edits were applied and the draft scored again. ``estimated``: only
        the writer can supply the words; the features were moved to where good words would put them.
    """

    codes: tuple[str, ...]
    message: str
    gain: float
    gain_kind: Literal["measured", "estimated"]
    edits: tuple[Edit, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the suggestion as the outside contract has it."""
        return {
            "codes": list(self.codes),
            "message": self.message,
            "gain": round(self.gain, 1),
            "gain_kind": self.gain_kind,
            "edits": [_edit_dict(edit) for edit in self.edits],
        }


@dataclass(frozen=True, slots=True)
class Versions:
    """What made a report; numbers compare only within one set of versions."""

    scorer: str
    model: str
    pipeline: str


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What a report says of the draft itself, without its text."""

    id: str | None
    kind: str
    channel: str
    stage: str
    purpose: str | None
    language: str | None
    n_words: int
    n_characters: int


@dataclass(frozen=True, slots=True)
class ResponseEstimate:
    """A reply rate learnt from one's own outcomes; stands beside the score, never inside it.

    Attributes
    ----------
    denominator
        What the rate is a share of, such as ``sent``.
    model
        What estimated it.
    base_rate
        Share answered among the messages it learnt from, 0 to 1.
    estimate, low, high
        Expected share answered of messages like this, 0 to 1, and its 95 % interval; None with a `reason`.
    reason
        Why there is no estimate.
    """

    denominator: str
    model: str
    base_rate: float
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, ready for JSON."""
        numbers = {
            name: None if (value := getattr(self, name)) is None else round(value, 4)
            for name in ("estimate", "low", "high", "base_rate")
        }
        return {**numbers, "denominator": self.denominator, "model": self.model, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """The verdict on one draft.

    Attributes
    ----------
    status
        ``scored``, or ``refused`` with a `reason` and no number.
    score
        0 to 100, one decimal in `to_dict`.
    families
        0 to 100 for each of `FAMILIES`.
    contributions
        Points by which each part moves the score; with ``"base"`` they add up to `score`.
    judged_by
        What judged the whole: the trained classifier's name, or the documented stand-in.
    response
        Reply rate by a model of the user's own outcomes; None where none was asked for.
    """

    draft: DraftFacts
    versions: Versions
    status: Literal["scored", "refused"] = "scored"
    reason: RefusalReason | None = None
    score: float | None = None
    band: Band | None = None
    families: Mapping[str, float] = field(default_factory=dict)
    contributions: Mapping[str, float] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    features: Mapping[str, float] = field(default_factory=dict)
    judged_by: str = ""
    response: ResponseEstimate | None = None
    source: Draft | None = field(default=None, repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, ready for JSON, in the shape of the outside contract (undefined is null)."""
        return {
            "schema_version": SCHEMA_VERSION,
            "versions": asdict(self.versions),
            "status": self.status,
            "reason": self.reason,
            "draft": asdict(self.draft),
            "score": None if self.score is None else round(self.score, 1),
            "band": self.band,
            "judged_by": self.judged_by,
            "response": None if self.response is None else self.response.to_dict(),
            "families": {name: round(value, 1) for name, value in self.families.items()},
            "contributions": {name: round(value, 2) for name, value in self.contributions.items()},
            "findings": [finding.to_dict() for finding in self.findings],
            "suggestions": [suggestion.to_dict() for suggestion in self.suggestions],
            "features": {
                name: None if math.isnan(value) else round(value, 4) for name, value in self.features.items()
            },
        }

    def _repr_html_(self) -> str:
        """Return the report as HTML, which a notebook shows."""
        from importlib import import_module

        # Looked up by name: these words know no output, only a notebook asks them for one.
        html: str = import_module("scorer.output.html_format").fragment(self)
        return html

    @property
    def worst_severity(self) -> Severity | None:
        """The worst severity among the findings; None without findings."""
        return max((finding.severity for finding in self.findings), key=lambda s: s.rank, default=None)
