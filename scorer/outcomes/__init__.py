"""Learning from one's own messages: which were answered, how often, and what that does and does not show."""

from scorer.outcomes.table import Cell, Denominator, Outcome, OutcomeTable, Provenance

__all__ = ["Cell", "Denominator", "Outcome", "OutcomeTable", "Provenance"]
