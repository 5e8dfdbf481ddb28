"""Draft -> ParsedDraft: the language pipeline, the parts of a message, and what stands in it."""
