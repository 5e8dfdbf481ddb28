"""What the score must do and must not do, as cases in the manner of CheckList.

Ribeiro, Wu, Guestrin & Singh (ACL 2020): minimum functionality, directional expectation and invariance tests, each a
perturbation of hand-written drafts. ``python -m training.behaviour`` measures them all and writes the table.
"""
