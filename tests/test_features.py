"""Every feature's own examples, ranges, and behaviour on texts that hold nothing."""

from __future__ import annotations

import math

import pytest

from scorer.features import FEATURES, measure
from scorer.parse.parser import Parser
from scorer.schema import FAMILIES, Draft

EXAMPLES = [
    pytest.param(feature, example, id=f"{feature.name}-{number}")
    for feature in FEATURES
    for number, example in enumerate(feature.examples)
]


@pytest.mark.parametrize(("feature", "example"), EXAMPLES)
def test_example(parser: Parser, feature, example):
    measurement = feature.extract(parser.parse(example.draft))
    if math.isnan(example.value):
        assert math.isnan(measurement.value)
    else:
        assert measurement.value == pytest.approx(example.value, abs=example.within)
    if example.spans is not None:
        assert tuple(span.of(example.draft) for span in measurement.spans) == example.spans


def test_at_least_ninety_features_each_declared_once():
    names = [feature.name for feature in FEATURES]
    assert len(names) >= 90
    assert len(set(names)) == len(names)
    assert {feature.family for feature in FEATURES} == set(FAMILIES)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_declaration_is_complete(feature):
    assert feature.summary.endswith(".")
    assert feature.unit
    assert feature.low < feature.high
    assert len(feature.examples) >= 2


@pytest.mark.parametrize(
    "text",
    ["#", "👍🏽", "Hi", "𝗛𝗲𝗹𝗹𝗼 𝘁𝗵𝗲𝗿𝗲", "\u200b\u200b a", "مرحبا بك", "a" * 500, "\r\n\r\n.", "?!?!", "1 2 3"],
)
def test_odd_texts_stay_in_range_and_point_into_the_text(parser: Parser, text: str):
    draft = Draft(text=text, subject="", channel="inmail", previous=text)
    measurements = measure(parser.parse(draft))
    for feature in FEATURES:
        measurement = measurements[feature.name]
        assert math.isnan(measurement.value) or feature.low <= measurement.value <= feature.high, feature.name
        for span in measurement.spans:
            source = draft.text if span.where == "text" else draft.subject or ""
            assert 0 <= span.start <= span.end <= len(source), feature.name
