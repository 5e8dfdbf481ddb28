"""A LinkedIn archive of any generation is read back to what was planted in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outcomes import invented

from scorer.outcomes.options import ReadOptions
from scorer.outcomes.people import Hasher, name_key, profile_key
from scorer.outcomes.reading import read_outcomes

HASHER = Hasher(b"0" * 32)


def planted(archive):
    return sorted(
        (
            t.sent_at,
            t.channel,
            t.stage,
            t.text,
            t.person,
            t.subject or "",
            t.previous,
            str((t.replied, t.automatic, t.accepted)),
        )
        for t in archive.truth
    )


def found(table, archive):
    who = {}
    for truth in archive.truth:
        who |= {
            HASHER.person(key): truth.person
            for key in (profile_key(truth.person), truth.person, name_key(truth.name))
            if key
        }
    return sorted(
        (
            row.sent_at, row.channel, row.stage, row.text, who[row.recipient], row.subject or "", row.previous,
            str((row.replied, row.automatic, row.accepted)),
        )
        for row in table
    )  # fmt: skip


@pytest.mark.parametrize("generation", invented.GENERATIONS)
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_planted_truth_is_recovered(generation, seed, tmp_path_factory):
    archive = invented.invent(seed)
    path = invented.zipped(
        tmp_path_factory.mktemp("a") / "export.zip", archive.files(generation, quote_all=seed % 2 == 0)
    )
    table = read_outcomes(path, HASHER, ReadOptions())
    assert found(table, archive) == planted(archive)
