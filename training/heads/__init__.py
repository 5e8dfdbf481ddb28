"""Training of the heads on real text; see `__main__`."""
