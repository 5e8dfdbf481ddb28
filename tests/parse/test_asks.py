"""What counts as an ask, of which kind, how heavy, and what does not count."""

from __future__ import annotations

import pytest

from scorer.parse.parser import Parser
from scorer.schema import Draft

GREETED = "Hi Ana, "


def asks_of(parser: Parser, text: str):
    return parser.parse(Draft(text=text)).asks


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I'd love to connect.", "connect"),
        ("Let me know.", "reply"),
        ("Would this be of interest?", "reply"),
        ("Could we talk for ten minutes on Friday?", "call"),
        ("Open to a call about ovens?", "call"),
        ("Lunch on Friday?", "meeting"),
        ("Would you come along on Thursday 6 March?", "meeting"),
        ("Kindly refer me.", "referral"),
        ("If you are not looking, pass this to someone who is.", "referral"),
        ("Any tips on sourdough?", "advice"),
        ("Please fill in our survey.", "click"),
        ("Register here and bring the team.", "click"),
        ("Would you sponsor a page?", "buy"),
        ("Which flour do you use?", "information"),
        ("Send me the price list.", "information"),
        ("Could you translate one page?", "favour"),
    ],
)
def test_kind(parser: Parser, text: str, kind: str):
    assert [ask.kind for ask in asks_of(parser, GREETED + text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "How are you? I hope all is well.",
        "How have you been? The mill is fine.",
        "Let me know if I can ever help.",
        "What if I told you that rye sells itself?",
        "Feel free to say no.",
        "I'd like to thank you for the starter.",
        "No need to reply.",
        "The notice said 'can we please stop it' in red.",
        "Three readers told me, kindly, that it is a fungus.",
        "We do a call every month with the millers.",
        "Our software lets bakers pick up shifts.",
        "Please find the leaflet attached.",
        "Call of the Wild was on and we laughed.",
    ],
)
def test_no_ask(parser: Parser, text: str):
    assert asks_of(parser, GREETED + text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Could we talk next week? Tuesday or Wednesday? Let me know.",
        "Would you be open to a call? I'd love to hear how you proof rye.",
        "Could we meet for coffee, or have a quick call?",
        "Send me your CV and your notice period by noon.",
        "Would you join us? Let me know either way.",
        "Let me know. We could use your help: could you read the leaflet?",
    ],
)
def test_one_ask_said_again_or_with_slots_counts_once(parser: Parser, text: str):
    assert len(asks_of(parser, GREETED + text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Could you review my resume? And could you refer me to the hiring manager?",
        "Could you review my resume and refer me to the hiring manager?",
        "Is it sold in Leeds? Who mills the flour?",
    ],
)
def test_two_things_are_two_asks(parser: Parser, text: str):
    assert len(asks_of(parser, GREETED + text)) == 2


@pytest.mark.parametrize(
    ("text", "effort"),
    [
        ("Is the shop open on Mondays?", 1),
        ("Are you the right person for ovens?", 2),
        ("Could we talk for 15 minutes?", 2),
        ("Could you give us a 45 minute demo?", 3),
        ("Would you invest in our mill?", 3),
    ],
)
def test_effort(parser: Parser, text: str, effort: int):
    assert asks_of(parser, GREETED + text)[0].effort == effort


def test_direct_specific_and_question(parser: Parser):
    (command,) = asks_of(parser, GREETED + "send me the price list by Friday.")
    assert (command.direct, command.specific, command.question) == (True, True, False)
    (soft,) = asks_of(parser, GREETED + "could we have a call to explore synergies?")
    assert (soft.direct, soft.specific, soft.question) == (False, False, True)


def test_greeting_and_sign_off_never_ask(parser: Parser):
    parsed = parser.parse(Draft(text="Hi Ana,\nThe rye rose.\nLooking forward to hearing from you,\nSam"))
    assert parsed.asks == ()


@pytest.mark.parametrize("text", ["?", "?!?!", "Hi", "please", "a?" * 200, "and and and please", "\u200b?"])
def test_odd_texts_do_no_harm(parser: Parser, text: str):
    for ask in asks_of(parser, text):
        assert 0 <= ask.start < ask.end
