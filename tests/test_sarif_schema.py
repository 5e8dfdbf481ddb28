"""SARIF against the object model that was generated from the schema of SARIF 2.1.0, and its limits on values."""

from __future__ import annotations

import json
import re

import attr
import pytest
import sarif_om
from stub_scorer import StubScorer

from scorer.output import Item, render
from scorer.schema import Draft

# Property -> class of the model, and whether it is a list, as the schema refers from one to the other.
REFERENCES = {
    "runs": ("Run", True), "tool": ("Tool", False), "driver": ("ToolComponent", False),
    "rules": ("ReportingDescriptor", True), "results": ("Result", True),
    "shortDescription": ("MultiformatMessageString", False), "fullDescription": ("MultiformatMessageString", False),
    "help": ("MultiformatMessageString", False), "defaultConfiguration": ("ReportingConfiguration", False),
    "properties": ("PropertyBag", False), "message": ("Message", False), "locations": ("Location", True),
    "physicalLocation": ("PhysicalLocation", False), "artifactLocation": ("ArtifactLocation", False),
    "region": ("Region", False),
}  # fmt: skip
TYPES = {
    "name": str, "id": str, "ruleId": str, "text": str, "uri": str, "semanticVersion": str, "enabled": bool,
    "ruleIndex": int, "startLine": int, "startColumn": int, "endLine": int, "endColumn": int,
}  # fmt: skip
LEVELS = {"none", "note", "warning", "error"}


def modelled(name: str, data: dict) -> None:
    """Fail on a property that the schema does not know, one that it requires and is missing, or a wrong value."""
    model = getattr(sarif_om, name)
    known = {field.metadata.get("schema_property_name", field.name): field for field in attr.fields(model)}
    if name == "PropertyBag":
        assert all(isinstance(tag, str) for tag in data.get("tags", []))
        assert len(set(data.get("tags", []))) == len(data.get("tags", []))
        return
    assert set(data) <= set(known), name
    model(**{known[key].name: value for key, value in data.items()})  # raises where a required one is missing
    for key, value in data.items():
        if key in REFERENCES:
            other, many = REFERENCES[key]
            assert isinstance(value, list) is many
            for each in value if many else [value]:
                modelled(other, each)
        elif key in TYPES:
            assert type(value) is TYPES[key], key
        elif key == "level":
            assert value in LEVELS
        elif key == "columnKind":
            assert value in {"utf16CodeUnits", "unicodeCodePoints"}
        elif key == "partialFingerprints":
            assert all(isinstance(k, str) and isinstance(v, str) for k, v in value.items())
        else:
            assert key in {"version", "$schema"}, key
    if name == "Region":
        assert all(value >= 1 for value in data.values())
    if name == "ArtifactLocation":
        assert re.fullmatch(r"[A-Za-z0-9._~:/%@!$&'()*+,;=-]+", data["uri"])
    if name == "ToolComponent":
        assert len({json.dumps(rule, sort_keys=True) for rule in data["rules"]}) == len(data["rules"])


def item(text: str, path: str | None = "draft.txt", **place) -> Item:
    return Item(StubScorer().score(Draft(text=text)), path, **place)


@pytest.mark.parametrize(
    "items",
    [
        [],
        [item("")],
        [item("Hi 🎉\r\npick your brain, send me your password"), item("pick your brain", "a b/ü#?.txt")],
        [
            item("pick your brain", None),
            item("pick your brain", "/abs/t.csv", row=7),
            item("no ask", "t.csv", row=8),
        ],
        [item("pick your brain", "d.toml", first_line=3, first_column=9), item("x", first_line=None)],
    ],
)
def test_sarif_is_what_its_schema_allows(items):
    log = json.loads("".join(render("sarif", items)))
    assert log["version"] == "2.1.0"
    modelled("SarifLog", log)
    (run,) = log["runs"]
    for result in run["results"]:
        assert 0 <= result["ruleIndex"] < len(run["tool"]["driver"]["rules"])


@pytest.mark.parametrize("wrong", [{"runs": [{"results": []}]}, {"version": "2.1.0", "runs": [], "extra": 1}])
def test_the_model_is_strict(wrong):
    with pytest.raises((AssertionError, TypeError)):
        modelled("SarifLog", wrong)
