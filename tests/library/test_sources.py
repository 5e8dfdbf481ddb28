"""Whether a text with one variable is a template or a draft that was left unfilled: its library tells."""

from pathlib import Path

import pytest

from scorer.drafts import DraftFile
from scorer.library.sources import Source, read_sources
from scorer.schema import Draft, Person

ONE = "Hi {{first_name}}, your post on kilns was of use to me. Which glaze did you take?"
PLAIN = "Hi Priya, your post on kilns was of use to me. Which glaze did you take?"


def kinds(
    texts: list[str], folder: Path, recipient: Person | None = None, kind: str | None = None
) -> list[str | None]:
    for number, text in enumerate(texts):
        (folder / f"{number:04}.txt").write_text(text)

    def complete(file: DraftFile) -> Draft:
        return Draft(text=file.values["text"], recipient=recipient, kind=kind)  # type: ignore[arg-type]

    sources = list(read_sources([str(folder)], complete))
    assert [each.draft.text for each in sources if isinstance(each, Source)] == texts
    return [each.draft.kind for each in sources if isinstance(each, Source)]


def test_one_variable_makes_a_template_among_templates(tmp_path: Path) -> None:
    assert kinds([ONE, PLAIN, ONE.replace("kilns", "clay")], tmp_path) == ["template", None, "template"]


@pytest.mark.parametrize("texts", [[ONE], [ONE, *[PLAIN] * 3], [ONE, ONE, *[PLAIN] * 5]])
def test_a_variable_among_drafts_was_forgotten(texts: list[str], tmp_path: Path) -> None:
    assert kinds(texts, tmp_path) == [None] * len(texts)


def test_what_was_given_holds(tmp_path: Path) -> None:
    assert kinds([ONE, ONE], tmp_path, recipient=Person(name="Priya Shah")) == [None, None]
    assert kinds([ONE, ONE], tmp_path, kind="draft") == ["draft", "draft"]


def test_a_library_longer_than_what_is_looked_at(tmp_path: Path) -> None:
    assert kinds([ONE] * 501, tmp_path) == ["template"] * 501
