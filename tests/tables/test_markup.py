"""HTML in cells: told from plain text, and read as its readers see it."""

from __future__ import annotations

import pytest

from scorer.tables import is_html, text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Hi Priya,</p><p>Which one?<br></p>\n<p>Max</p>", "Hi Priya,\n\nWhich one?\n\nMax"),
        ("<div>Hi,</div><div><br></div><div>R&amp;D&nbsp;&lt;3 you<br></div><div>Max</div>", "Hi,\n\nR&D <3 you\nMax"),
        ("Hi,<br/>\nI  saw<br><br>it", "Hi,\nI saw\n\nit"),
        ("Hi,\n\nI <b>saw</b> it", "Hi,\n\nI saw it"),
        ("<P STYLE='x'>So:<ul><li>one</li><li>two</li></ul>", "So:\n\n- one\n- two"),
        ("<p>See <a href='https://x.org/a?b=1&amp;c'>this</a>, <a href='https://x.org/'>x.org</a>.</p>", "See this (https://x.org/a?b=1&c), x.org."),
        ("<head><style>p {}</style></head><!-- a --><![if x]><p>Hi<o:p></o:p><!-- score-draft: ignore ASK --></p>", "Hi<!-- score-draft: ignore ASK -->"),
        ("<p>{{#if a &lt; b}} {% if a > b %} <%= x %> <<First Name>> <Company Name> <a href='{{link}}'>a</a></p>",
         "{{#if a < b}} {% if a > b %} <%= x %> <<First Name>> <Company Name> a ({{link}})"),
        ("<p>x</p>2 < 3 <!-- never closed", "x\n\n2 < 3"),
    ],
)  # fmt: skip
def test_html_is_read_as_its_readers_see_it(html: str, text: str) -> None:
    assert is_html(html)
    assert text_of(html) == text


@pytest.mark.parametrize(
    "text",
    [
        "2 < 3 && 4 > 3, <3", "Q&A, R&amp;D", "Hi <first name>, <<Company>> <%= x %>", "Is Vec<b> or <p> better?",
        "see <https://x.org>", "<name></name>", "<!-- score-draft: ignore ASK -->", "",
    ],
)  # fmt: skip
def test_plain_text_is_no_html(text: str) -> None:
    assert not is_html(text)


@pytest.mark.parametrize("piece", ["<!--", "<![CDATA[", "</a", "<a b='", "<?", "<p>"])
def test_broken_html_takes_no_long_time(piece: str) -> None:
    text_of("<br>" + piece * 100_000)
