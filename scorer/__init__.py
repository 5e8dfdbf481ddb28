"""Scores a LinkedIn or outreach draft: how good it is, what is wrong and where, what to change first.

Names load on first use, so that ``import scorer`` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scorer.errors import ArtefactError, ConfigError, InputError, ScorerError
    from scorer.pipeline import Scorer, score
    from scorer.schema import Draft, Finding, Person, ScoreReport, Suggestion

__all__ = [
    "ArtefactError", "ConfigError", "Draft", "Finding", "InputError", "Person", "ScoreReport", "Scorer",
    "ScorerError", "Suggestion", "score",
]  # fmt: skip

_HOME = {
    **dict.fromkeys(("ArtefactError", "ConfigError", "InputError", "ScorerError"), "scorer.errors"),
    **dict.fromkeys(("Draft", "Finding", "Person", "ScoreReport", "Suggestion"), "scorer.schema"),
    **dict.fromkeys(("Scorer", "score"), "scorer.pipeline"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'scorer' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
