"""Trains the quality classifier on the rated drafts: ``python -m training.quality``."""
