"""The errors a user can meet: one line that says what is wrong, where, and what to do.

No message ever carries text of a draft; a caller may print every message as it is.
"""


class ScorerError(Exception):
    """Base of all errors raised on purpose; the command line shows its one line and exits with 2."""


class InputError(ScorerError):
    """A draft, file, field or table that cannot be read or has a wrong type or value."""


class ConfigError(ScorerError):
    """A setting, rule code or option that does not exist or has a wrong type or value."""


class ArtefactError(ScorerError):
    """A shipped or given model file that is missing, altered, or made for something else."""
