"""Names, dates and wording as archives have them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.errors import InputError
from scorer.outcomes.dates import DateColumn, Order
from scorer.outcomes.people import Hasher, name_key, profile_key, split_names
from scorer.outcomes.recurring import Likeness, recurring
from scorer.outcomes.wording import is_automatic, is_sponsored, plain


@pytest.mark.parametrize(
    "address",
    [
        "https://www.linkedin.com/in/ann-lee",
        "http://linkedin.com/in/Ann-Lee/",
        "https://de.linkedin.com/in/ann-lee?trk=x",
        "linkedin.com/in/ann%2Dlee",
    ],
)
def test_spellings_of_one_profile(address):
    assert profile_key(address) == "in/ann-lee"


def test_names_are_one_with_and_without_degrees():
    assert name_key("Ann Lee, Ph.D.") == name_key("ann  LEE") == "ann lee"
    assert name_key("LinkedIn Member") is None


@pytest.mark.parametrize(
    ("names", "single"),
    [
        ("Ann Lee, Ph.D.", ["Ann Lee, Ph.D."]),
        ("Ann Lee, Ph.D., Bo Ray, MBA, PMP, Cy Day", ["Ann Lee, Ph.D.", "Bo Ray, MBA, PMP", "Cy Day"]),
        ("Ann Lee, the Elder, Bo Ray", ["Ann Lee, the Elder", "Bo Ray"]),
        ("", []),
    ],
)
def test_lists_of_names_that_hold_commas(names, single):
    assert split_names(names, {"Ann Lee, the Elder"}) == single


def test_hashes_need_the_salt(tmp_path):
    table = tmp_path / "t.jsonl"
    hasher = Hasher.beside(table)
    hasher.keep(table)
    assert Hasher.beside(table) == hasher
    assert hasher.person("in/ann-lee") != Hasher(b"1" * 32).person("in/ann-lee")
    assert (tmp_path / ".score-draft-salt").stat().st_mode & 0o077 == 0


def test_a_damaged_salt_is_refused(tmp_path):
    (tmp_path / ".score-draft-salt").write_text("ab")
    with pytest.raises(InputError, match=r"score-draft-salt: damaged"):
        Hasher.beside(tmp_path / "t.jsonl")


def settled(*cells, **options):
    column = DateColumn(**options)
    for number, cell in enumerate(cells, 2):
        column.observe(cell, f"x.csv:{number}")
    column.settle()
    return [column.parse(cell) for cell in cells]


FORMS = {
    "%Y-%m-%d %H:%M:%S UTC": {}, "%Y-%m-%dT%H:%M:%SZ": {}, "%d %b %Y %H:%M": {}, "%d.%m.%Y %H:%M": {}, "%B %d, %Y %I:%M %p": {},
    "%d/%m/%Y %H:%M": {"order": Order.DAY_FIRST}, "%m/%d/%y, %I:%M\N{NARROW NO-BREAK SPACE}%p": {"order": Order.MONTH_FIRST},
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@given(moment=st.datetimes(datetime(2003, 1, 1), datetime(2030, 1, 1)))
def test_every_form_is_read_back(form, moment):
    moment = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    assert settled(moment.strftime(form), **FORMS[form]) == [moment]


def test_a_day_over_twelve_decides_for_the_column():
    assert settled("03/04/2025", "25/04/2025")[0] == datetime(2025, 4, 3, tzinfo=UTC)
    assert settled("03/04/2025", "04/25/2025")[0] == datetime(2025, 3, 4, tzinfo=UTC)


def test_spreadsheet_numbers():
    assert settled("45658", "45658.5") == [
        datetime(2025, 1, 1, tzinfo=UTC),
        datetime(2025, 1, 1, 12, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("2025-01-01", "03/04/2025"), "x.csv:3: day/month or month/day"),
        (
            ("25/04/2025", "04/25/2025"),
            "x.csv:3: dates in two orders, month-first here and day-first at x.csv:2",
        ),
        (("2025-01-01", "CANARY"), "x.csv:3: not a date"),
        (("2025-02-30",), "x.csv:2: not a date"),
        (("31/31/2025",), "x.csv:2: not a date that exists"),
    ],
)
def test_doubtful_dates_are_refused_with_their_place(cells, words):
    with pytest.raises(InputError) as caught:
        settled(*cells)
    assert words in str(caught.value)
    assert "CANARY" not in str(caught.value)


AUTOMATIC = (
    "I'm currently out of the office until March 3 and will respond when I return.",
    "Out of Office: back Monday",
    "Automatic reply: your message",
    "Thank you for your message. I will get back to you as soon as possible.",
    "I am on parental leave until 12 June. For urgent matters contact Jo.",
    "Thanks for your email. I am traveling with limited access to email.",
    "I am no longer with Acme, please contact Jane Doe.",
    "Hi, thanks for contacting Acme Support. Our team will reply within 2 business days.",
    "This is an automated response.",
    "Hello, I am on annual leave returning 5 May, slow to respond.",
    "I’m out of office with no access to messages.",
    "Abwesenheitsnotiz: ich bin bis zum 3. Mai im Urlaub",
)
BY_A_PERSON = (
    "Hi Sam, I'm on vacation until the 5th, happy to talk after.",
    "Thanks for reaching out! I'm traveling this week, can we talk Monday?",
    "I was out of the office last week, sorry for the delay. Yes, interested.",
    "Thank you for your message. I will think about it.",
    "Not interested, thanks",
    "Sure, I'm free until 4pm on Tuesday",
    "I'm out.",
    "We no longer work with agencies.",
    "I am away until 9 May, let's speak then",
    "Thanks for contacting me, I'm not looking right now.",
    "I'm out of office so much these days that remote suits me.",
)


@pytest.mark.parametrize("text", AUTOMATIC)
def test_automatic_replies_are_told(text):
    assert is_automatic(text)


@pytest.mark.parametrize("text", BY_A_PERSON)
def test_people_are_not_taken_for_machines(text):
    assert not is_automatic(text)


def test_markup_and_entities_become_text():
    assert plain("<p>Hi&nbsp;Ann,</p><p>is R&amp;D &lt; 5?<br>Sam</p>") == "Hi Ann,\n\nis R&D < 5?\nSam"
    assert plain("R&amp;D\r\nis 3 < 5 &gt; 2") == "R&D\nis 3 < 5 > 2"
    assert plain("  a < b and b > c\x00 ") == "a < b and b > c"


def test_advertisements_are_told_by_markup_and_missing_sender():
    assert is_sponsored('<p class="spinmail-quill-editor__spin-break">Hi %FIRSTNAME%</p>', "")
    assert not is_sponsored("<p>Hi</p>", "")
    assert not is_sponsored("Do I write %FIRSTNAME% here?", "https://www.linkedin.com/in/ann")


def test_texts_of_one_template_are_found_and_others_not():
    one = "Hi {}, I read your note on {}. Which of the steps would you do first if you began again? Sam"
    texts = [one.format(*filling) for filling in (("Ann", "pumps"), ("Bo", "sails"), ("Cy", "rails"))]
    texts += [
        "Would you be open to a call next week about our new platform for plants?",
        one.format("Di", "maps"),
    ]
    likenesses = [
        Likeness.of(text, [name]) for text, name in zip(texts, ("Ann", "Bo", "Cy", "", "Di"), strict=True)
    ]
    assert recurring(likenesses) == [0, 0, 0, None, 0]
