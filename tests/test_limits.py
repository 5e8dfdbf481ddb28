"""The dated limits file: complete, consistent, and with sources that exist."""

from __future__ import annotations

import itertools

import pytest

from scorer.evidence import evidence
from scorer.limits import limits
from scorer.schema import ACCOUNTS, CHANNELS, STAGES


@pytest.mark.parametrize(
    ("channel", "account", "expected"),
    [
        ("connection_note", "free", 200),
        ("connection_note", "premium", 300),
        ("inmail", "free", 1900),
        ("message", "free", 8000),
        ("email", "premium", None),
    ],
)
def test_hard_limit_of_the_text(channel, account, expected):
    assert limits().hard_limit(channel, account) == expected


def test_only_inmail_limits_its_subject():
    with_limit = [c for c in CHANNELS if limits().hard_limit(c, "free", "subject") is not None]
    assert with_limit == ["inmail"]


@pytest.mark.parametrize(("channel", "stage"), list(itertools.product(CHANNELS, STAGES)))
def test_bands_rise(channel, stage):
    band = limits().band(channel, stage)
    assert 0 < band.least < band.low < band.high < band.acceptable < band.strong


def test_a_follow_up_is_shorter_except_for_notes():
    assert limits().band("message", "follow_up").high < limits().band("message", "initial").high
    assert limits().band("connection_note", "follow_up") == limits().band("connection_note", "initial")


def test_premium_never_allows_less():
    assert all(limit.free <= limit.premium for limit in limits().hard.values())


def test_sources_stand_in_the_evidence_base():
    sources = {s for item in (*limits().hard.values(), *limits().bands.values()) for s in item.source}
    assert sources - {"house"} <= set(evidence())
    assert set(CHANNELS) <= {*limits().bands}
    assert set(ACCOUNTS) == {"free", "premium"}


def test_a_placeholder_takes_the_longest_matching_ending():
    known = limits()
    assert known.placeholder_characters("first_name") == known.placeholder["first_name"]
    assert known.placeholder_characters("hiring_manager_first_name") == known.placeholder["first_name"]
    assert known.placeholder_characters("recipient_name") == known.placeholder["name"]
    assert known.placeholder_characters("icebreaker") == known.placeholder["default"]
