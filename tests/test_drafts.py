"""Reading a draft from bytes of any kind, and writing it back."""

from __future__ import annotations

import os
import stat

import pytest

from scorer.drafts import parse_draft, person_from_words, read_draft, write_atomically
from scorer.errors import InputError
from scorer.schema import Draft, Person

NEW = 'Hello ☕ "you"\r\n'


def test_plain_text_is_the_message_untouched():
    file = parse_draft("Hi Priya,\r\n\r\nhello 🎉  ".encode(), "draft.txt")
    assert file.values == {"text": "Hi Priya,\r\n\r\nhello 🎉  "}
    assert (file.start, file.first_line) == (0, 1)


def test_front_matter_gives_the_context_and_lines_count_from_the_file():
    source = (
        "---\nchannel: inmail\nsubject: 'Your talk'\n# a note\nrecipient:\n  name: Priya Shah\n"
        "  degree: 2\nsender: Sam Lee at Acme\n---\nHi Priya\n"
    )
    file = parse_draft(source.encode(), "draft.md")
    draft = file.draft({}, {"channel": "email"})
    assert draft == Draft(
        text="Hi Priya\n",
        subject="Your talk",
        channel="inmail",
        recipient=Person(name="Priya Shah", degree=2),
        sender=Person(name="Sam Lee", company="Acme"),
    )
    assert file.first_line == 10


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("d.md", "---\nchannel: E-mail\nstage: Follow-up\n---\nHi"),
        ("d.json", '{"channel": "Email", "stage": "Bump", "text": "Hi"}'),
    ],
)
def test_choices_are_written_as_people_write_them(name, source):
    draft = parse_draft(source.encode(), name).draft({}, {})
    assert (draft.channel, draft.stage) == ("email", "follow_up")
    with pytest.raises(InputError, match=r"draft\.channel must be one of"):
        parse_draft(source.replace("mail", "owl").encode(), name).draft({}, {})


@pytest.mark.parametrize(
    "source", ["---\nHi Priya,\nhello\n---\nbye\n", "--- not front matter\n", "---\n\n---\nHi"]
)
def test_rules_around_words_are_no_front_matter(source):
    assert parse_draft(source.encode(), "draft.md").values == {"text": source}


def test_toml_and_json_carry_the_context():
    toml = 'channel = "email"\ntext = """\nHi Priya\nbye"""\n[recipient]\nname = "Priya"\n'
    json = '{"text": "Hi Priya\\nbye", "channel": "email", "recipient": {"name": "Priya"}}'
    drafts = [
        parse_draft(toml.encode(), "a.toml").draft({}, {}),
        parse_draft(json.encode(), "a.JSON").draft({}, {}),
    ]
    assert drafts[0] == drafts[1]
    assert drafts[0].recipient == Person(name="Priya")
    words = parse_draft(b'text = "Hi"\nrecipient = "Priya Shah, CTO at Datadog"', "a.toml").draft({}, {})
    assert words.recipient == Person(name="Priya Shah", role="CTO", company="Datadog")


def test_the_command_line_beats_the_file_beats_the_defaults():
    file = parse_draft(b'text = "Hi"\nchannel = "email"\nstage = "follow_up"', "a.toml")
    draft = file.draft({"channel": "inmail"}, {"channel": "message", "account": "premium"})
    assert (draft.channel, draft.stage, draft.account) == ("inmail", "follow_up", "premium")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_are_taken_off(encoding):
    data = "Hi Zoë 🎉\n".encode(encoding)
    file = parse_draft(data, "draft.txt")
    assert file.values["text"] == "Hi Zoë 🎉\n"
    assert file.with_text("Hi Zoë 🎉\n") == data


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"Hi\nCANARY \xff", "d.txt", "d.txt:2: not valid UTF-8 at byte 10; save the file as UTF-8"),
        (b"Hi\nCANARY\n\x00", "d.txt", "d.txt:3: holds a NUL byte; is it really a text file?"),
        ("CANARY".encode("utf-16-le"), "d.txt", "d.txt:1: holds a NUL byte; is it really a text file?"),
        (b'text = "CANARY\n', "d.toml", "d.toml:1: not valid TOML"),
        (b'{\n"text": CANARY}', "d.json", "d.json:2: not valid JSON"),
        (b'["CANARY"]', "d.json", "d.json: holds a list; a draft file holds one draft"),
        (b'"CANARY"', "d.json", "d.json: must hold a table of the draft's fields"),
        (b"text = 7", "d.toml", "d.toml: text must be text"),
        (b'channel = "email"', "d.toml", "d.toml: the draft has no text"),
        (b'text = "x"\nchanel = "CANARY"', "d.toml", 'd.toml:2: unknown field; did you mean "channel"?'),
        (
            b'text = "x"\n[recipient]\nnmae = "CANARY"',
            "d.toml",
            'd.toml:3: unknown field; did you mean "name"?',
        ),
        (
            b'{"text": "x",\n "chanel": "CANARY"}',
            "d.json",
            'd.json:2: unknown field; did you mean "channel"?',
        ),
        (
            b"---\nsubject: x\nchanel: CANARY\n---\nHi",
            "d.md",
            'd.md:3: unknown field; did you mean "channel"?',
        ),
        (b"---\n  name: CANARY\n---\nHi", "d.md", "d.md:2: indented, but not under recipient or sender"),
        (b"[" * 100_000, "d.json", "d.json: not valid JSON"),
    ],
)
def test_unreadable_input_is_one_line_that_repeats_nothing(data, name, message):
    with pytest.raises(InputError) as caught:
        parse_draft(data, name)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'text = "CANARY"\nchannel = "CANARY"', "d.toml: draft.channel must be one of"),
        (b'text = "CANARY"\nsubject = 7', "d.toml: draft.subject must be text, not int"),
        (b'text = "CANARY"\n[recipient]\ndegree = 9', "d.toml: person.degree must be 1, 2 or 3"),
        (b'text = "CANARY"\nrecipient = 7', "d.toml: draft.recipient must be a Person, not int"),
        (b'text = "CANARY"\nprevious = ["a", 7]', "d.toml: draft.previous must be text, not int"),
        (b'text = "CANARY"\nprevious = 7', "d.toml: draft.previous must be text"),
    ],
)
def test_a_field_of_the_wrong_kind_is_named_with_its_file(data, message):
    with pytest.raises(InputError) as caught:
        parse_draft(data, "d.toml").draft({}, {})
    assert str(caught.value).startswith(message)
    assert "CANARY" not in str(caught.value)


def test_places_that_hold_no_file(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_draft(str(tmp_path / "none.txt"))
    with pytest.raises(InputError, match="is a folder"):
        read_draft(str(tmp_path))
    large = tmp_path / "large.txt"
    large.write_bytes(b"word " * 400_000)
    with pytest.raises(InputError, match="larger than"):
        read_draft(str(large))


def test_a_message_typed_as_a_file_name_is_not_repeated():
    with pytest.raises(InputError) as caught:
        read_draft("Hi Priya, CANARY are you free on Tuesday?")
    assert "CANARY" not in str(caught.value)
    assert "--text" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "source", "after"),
    [
        ("d.md", "---\nstage: initial\n---\r\nHi ☕\r\nbye\r\n", "---\nstage: initial\n---\r\n" + NEW),
        ("d.toml", 'text = "Hi ☕\\r\\nbye\\r\\n"  # kept\n', 'text = "Hello ☕ \\"you\\"\\r\\n"  # kept\n'),
        ("d.json", '{ "previous": "Hi ☕", "text":"Hi ☕\\r\\nbye\\r\\n" }', None),
    ],
)  # fmt: skip
def test_only_the_text_is_replaced(name, source, after):
    file = parse_draft(source.encode(), name)
    written = file.with_text(NEW)
    assert parse_draft(written, name).values == {**file.values, "text": NEW}
    if after is not None:
        assert written.decode() == after


def test_toml_text_over_lines_is_replaced_in_place():
    source = "previous = 'Hi'\ntext = '''\nHi\nbye'''\n"
    file = parse_draft(source.encode(), "d.toml")
    assert file.first_line == 3
    assert file.with_text("Hello\nbye").decode() == "previous = 'Hi'\ntext = '''\nHello\nbye'''\n"


def test_text_that_cannot_be_replaced_alone_is_refused():
    file = parse_draft(b'text = "caf\\u00e9 \\U0001F600"\n', "d.toml")
    with pytest.raises(InputError, match="can't be replaced in place"):
        file.with_text("other")


@pytest.mark.parametrize(
    ("words", "person"),
    [
        (
            "Priya Shah, Staff Engineer at Datadog",
            Person(name="Priya Shah", role="Staff Engineer", company="Datadog"),
        ),
        (
            "Priya Shah, Staff Engineer @Datadog",
            Person(name="Priya Shah", role="Staff Engineer", company="Datadog"),
        ),
        ("Priya Shah, CTO, Datadog", Person(name="Priya Shah", role="CTO", company="Datadog")),
        ("Priya Shah, CTO", Person(name="Priya Shah", role="CTO")),
        ("Priya Shah at Datadog", Person(name="Priya Shah", company="Datadog")),
        ("Priya Shah (Datadog)", Person(name="Priya Shah", company="Datadog")),
        ("Matthias at at", Person(name="Matthias", company="at")),
        (" Priya ", Person(name="Priya")),
        ("", Person()),
    ],
)
def test_person_from_words(words, person):
    assert Person(**person_from_words(words)) == person


def test_writing_is_all_or_nothing_and_keeps_permissions(tmp_path, monkeypatch):
    path = tmp_path / "d.txt"
    path.write_text("old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(InputError, match="No space left"):
        write_atomically(path, b"newer")
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["d.txt"]


def test_a_device_is_written_to_and_stays_a_device():
    from pathlib import Path

    write_atomically(Path("/dev/null"), b"x")
    assert not Path("/dev/null").is_file()
