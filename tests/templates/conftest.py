"""A scorer for all tests of templates; loading it once is what they need."""

from __future__ import annotations

import pytest

from scorer import Scorer


@pytest.fixture(scope="session")
def scorer() -> Scorer:
    return Scorer.load()
