"""Short forms for examples of rules."""

from __future__ import annotations

from scorer.rules.base import Bad, Good
from scorer.schema import Draft, Purpose, Stage


def bad(text: str, flags: str, fixed: str | None = None) -> Bad:
    """Return a bad example that is a bare message."""
    return Bad(Draft(text=text), flags, fixed)


def good(text: str, because: str) -> Good:
    """Return a near miss that is a bare message."""
    return Good(Draft(text=text), because)


def mail(text: str, *, stage: Stage = "initial", purpose: Purpose | None = None) -> Draft:
    """Return an e-mail."""
    return Draft(text=text, channel="email", stage=stage, purpose=purpose)
