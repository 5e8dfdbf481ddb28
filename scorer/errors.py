"""The errors a user can meet: one line that says what is wrong, where, and what to do.

No message ever carries text of a draft; a caller may print every message as it is.
"""

from collections.abc import Iterable


class ScorerError(Exception):
    """Base of all errors raised on purpose; the command line shows its one line and exits with 2."""


class InputError(ScorerError):
    """A draft, file, field or table that cannot be read or has a wrong type or value."""


class ConfigError(ScorerError):
    """A setting, rule code or option that does not exist or has a wrong type or value."""


class ArtefactError(ScorerError):
    """A shipped or given model file that is missing, altered, or made for something else."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean "x"?`` with the nearest of `known`, or nothing when none is near."""
    from difflib import get_close_matches

    by_lower = {name.lower(): name for name in known}
    near = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return f'; did you mean "{by_lower[near[0]]}"?' if near else ""
