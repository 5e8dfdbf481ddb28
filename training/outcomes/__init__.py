"""Proof that the trainer of response models works: public outcomes, and worlds with known effects."""
