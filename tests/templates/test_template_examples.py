"""The example templates that are shipped for users say what they should."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorer.drafts import read_draft
from scorer.schema import Draft
from scorer.templates import check, infer
from scorer.templates.lists import read_recipients

FOLDER = Path(__file__).parents[2] / "data/examples/templates"
FILES = sorted(FOLDER.glob("[0-9]*.md"))


def test_there_are_about_twenty_in_at_least_eight_dialects():
    found = {getattr(infer(read_draft(str(path)).values["text"]).dialect, "key", None) for path in FILES}
    assert len(FILES) >= 20
    assert len(found) >= 8


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_only_those_that_say_so_are_broken(path):
    values = read_draft(str(path)).values
    draft = Draft.from_dict(values)
    codes = {f.code for f in check(draft) if f.severity == "error"}
    wanted = {"06-broken-brace": {"TPL004"}, "07-misspelt": {"TPL001"}, "08-mixed-tools": {"TPL005"}}
    assert codes == wanted.get(path.stem, set())


def test_the_list_of_recipients_has_gaps():
    people = read_recipients(str(FOLDER / "recipients.csv"))
    assert len(people.rows) == 6
    assert people.filled("first_name") == people.filled("company") == 5
