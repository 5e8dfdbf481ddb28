"""What a draft is for."""

from __future__ import annotations

import pytest

from scorer.parse.parser import Parser
from scorer.schema import Draft


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("We're hiring a night baker. The pay is fair and your background fits. Send your CV?", "recruiting"),
        ("I have applied for the analyst post and attach my CV.", "job_search"),
        ("We are raising a seed round and look for an angel investor.", "fundraising"),
        ("Our platform cuts your bills; may I give you a demo of it?", "sales"),
        ("Would you be a speaker on our panel at the summit in June?", "event"),
        ("May I interview you for my podcast? The episode runs in May.", "content"),
        ("Shall we partner with each other and co-host a stand?", "partnership"),
        ("I just wanted to say thank you for helping me last week.", "thanks"),
        ("It's been a while! Do you remember our old office? Let's catch up.", "reconnect"),
        ("Which one would you choose? I'd value your advice on a career change.", "advice"),
        ("I'd love to connect and stay in touch, we are in the same field.", "networking"),
        ("Blue paint dries slowly.", None),
    ],
)
def test_purpose_is_recognised(parser: Parser, text, purpose):
    assert parser.parse(Draft(text=text)).purpose == purpose


def test_a_given_purpose_stays(parser: Parser):
    parsed = parser.parse(Draft(text="We're hiring a night baker.", purpose="other"))
    assert parsed.purpose == "other"
    assert parsed.purpose_given


def test_saying_a_cue_again_adds_nothing(parser: Parser):
    text = "I'm hiring. My podcast has one episode."
    once, often = parser.parse(Draft(text=text)), parser.parse(Draft(text=text + " I'm hiring." * 5))
    assert once.purpose == often.purpose == "content"
