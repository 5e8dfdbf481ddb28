"""What the words of a received or sent message give away: markup, advertising, automatic replies."""

from __future__ import annotations

import re
from html import unescape

from scorer.tables.markup import is_html, text_of

# Messages of a paid campaign, which nobody wrote to anybody.
_SPONSORED = re.compile(r"spinmail-quill|%FIRSTNAME%|%LASTNAME%|^\s*(?:Sponsored|Promoted)\s*$", re.M)
# Sure signs of a machine.
_MACHINE = re.compile(
    r"\bauto(?:matic|mated)?[ -]?(?:reply|response|responder)\b|\bthis is an automat(?:ed|ic)\b"
    r"|^\W*(?:out of (?:the )?office|OOO)\b(?!\?)"
    r"|\b(?:limited|no|intermittent|little) access to (?:my )?(?:e-?mails?|messages|linkedin|inbox)\b"
    r"|\bi(?:'m| am)? no longer (?:work(?:ing)? (?:at|for|with)|with|employed)\b[^\n]{0,120}"
    r"\b(?:contact|reach out to)\b"
    r"|\b(?:abwesenheitsnotiz|absence du bureau|respuesta automática|fuera de la oficina|réponse automatique)\b",
    re.IGNORECASE | re.MULTILINE,
)
# A present absence, and what machines say next to it.
_ABSENCE = re.compile(
    r"\b(?:i'?m|i am|i will be|i'll be|we are|we're|is)\s+(?:currently\s+|now\s+|presently\s+)?"
    r"(?:out of (?:the )?office|away|out|unavailable|travell?ing|on (?:(?:annual|parental|maternity|paternity|sick"
    r"|medical|family)\s+)?(?:leave|vacation|holidays?|sabbatical|PTO))\b",
    re.IGNORECASE,
)
_ANNOUNCEMENT = re.compile(
    r"\b(?:(?:respond|reply|get back|be responding|return your)[^\n.]{0,60}"
    r"\b(?:when|upon|on my|as soon as|after|once)\b"
    r"|(?:until|through|till|returning|back in the office|back on|return on)\b[^\n.]{0,40}\d"
    r"|(?:for|in) (?:urgent|an emergency|emergencies|immediate|anything urgent)|urgent (?:matters?|requests?|cases?)"
    r"|in my absence|(?:delayed|slow(?:er)?) (?:to respond|response|reply))",
    re.IGNORECASE,
)
_THANKS_THEN_LATER = re.compile(
    r"^\W*(?:hi|hello|hey)?[^\n.!]{0,40}\b(?:thanks|thank you) for "
    r"(?:your (?:message|e-?mail|note|inquiry)|contacting\b"
    r"[^\n.!]{0,40})[.!,]?\s+(?:i|we|our team|a member of [^\n.]{0,30})\s+(?:will|'ll|typically|usually|aim to)\b"
    r"[^\n.]{0,60}"
    r"\b(?:within|as soon as|shortly|business days?)\b",
    re.IGNORECASE,
)
# What only somebody who read the message says.
_READ_IT = re.compile(
    r"\?|\b(?:happy to|glad to|would love|i'd love|let'?s|sounds (?:good|great|interesting)|works for me|not interested"
    r"|interested in|call me|ping me|good question|great question|congrats|send me|feel free)\b",
    re.IGNORECASE,
)


def is_sponsored(content: str, sender_address: str) -> bool:
    """Tell whether a row is an advertisement: without a sender's profile and made as campaigns make them."""
    return not sender_address.strip() and _SPONSORED.search(content) is not None


def is_automatic(text: str) -> bool:
    """Tell whether `text` is an automatic reply (out of office, away message), in several wordings.

    When in doubt it is a person: one who mentions being away, but answers, asks or invites, has replied.
    """
    text = text.replace("’", "'")
    if _MACHINE.search(text):
        return True
    announced = _ABSENCE.search(text) and _ANNOUNCEMENT.search(text)
    return bool(announced or _THANKS_THEN_LATER.search(text)) and _READ_IT.search(text) is None


def plain(content: str) -> str:
    """Return `content` as the reader saw it: markup and entities of newer archives turned into text."""
    text = content.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    if is_html(text):
        text = text_of(text)
    elif "&" in text:
        text = unescape(text)
    text = text.encode("utf-8", "replace").decode()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()
