"""Whether a text with one variable is a template or a draft that was left unfilled: its library tells."""

from functools import partial
from pathlib import Path

import pytest

from scorer.cli.context import as_draft
from scorer.config import Config
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


@pytest.mark.parametrize(
    ("setting", "text", "kind"),
    [
        ("template", ONE, "template"),
        ("template", PLAIN, None),  # nothing in it to fill in
        ("template", f"---\nrecipient: {{name: Priya Shah}}\n---\n{ONE}", None),
        ("template", f"---\nkind: draft\n---\n{ONE}", "draft"),
        ("draft", f"{ONE} {{{{company}}}}", "draft"),
        ("auto", ONE, None),
    ],
)
def test_the_setting_tells_of_a_single_text(
    setting: str, text: str, kind: str | None, tmp_path: Path
) -> None:
    (tmp_path / "one.md").write_text(text)
    complete = partial(as_draft, context={}, config=Config(kind=setting))
    (source,) = read_sources([str(tmp_path / "one.md")], complete)
    assert isinstance(source, Source)
    assert source.draft.kind == kind


def test_the_command_line_beats_the_setting(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(ONE)
    complete = partial(as_draft, context={"kind": "draft"}, config=Config(kind="template"))
    (source,) = read_sources([str(tmp_path / "one.md")], complete)
    assert isinstance(source, Source)
    assert source.draft.kind == "draft"
