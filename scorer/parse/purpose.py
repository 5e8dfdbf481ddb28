"""What a draft is for, recognised from its wording when nobody says."""

from __future__ import annotations

import re

_CUES: tuple[tuple[str, str], ...] = (
    ("recruiting", r"\b(?:we(?:'re| are) (?:hiring|recruiting|looking for an?)|i(?:'m| am) (?:hiring|recruiting|a recruiter)|open(?:ing)? (?:role|position|req)|your (?:profile|background|experience) (?:is|looks|seems|stood|would|caught|matches)|"
                   r"candidate|talent (?:partner|acquisition)|recruiter|the role|salary|shortlist|perm(?:anent)? role|job opportunity|new opportunity|open to (?:new )?(?:opportunit\w+|roles?|a move))\b"),
    ("job_search", r"\b(?:i(?:'ve| have)? (?:just )?applied|job search|my (?:cv|resume|résumé|application|portfolio)|looking for (?:a |an |new )?(?:\w+ ){0,3}(?:role|job|position|work|internship|opportunit\w+|placement)|"
                   r"any (?:openings?|vacanc\w+|jobs?|roles?)|refer(?:ral)? me|a referral|internship|fresher|laid off|redundan\w+|graduat(?:e|ing|ed)|the (?:job|vacancy|position|posting)|hiring manager|interview process|opening (?:for|in|at))\b"),
    ("fundraising", r"\b(?:raising|seed round|pre-?seed|series [a-d]|investors?|invest(?:ment|ing)?|donat\w+|fundrais\w+|charity|non-?profit|grant|sponsor\w*|pledge|term sheet|runway|angel|vc|safe note|our round)\b"),
    ("sales", r"\b(?:our (?:product|platform|solution|service|software|tool|team helps|clients|customers|pricing)|we help|we(?:'ve| have) helped|clients like|companies like|save (?:you|your)|roi|demo|free trial|discount|% off|"
              r"your (?:current )?(?:provider|supplier|vendor|contract|spend|bill)|pricing|leads|pipeline|case study|we (?:supply|offer|provide|specialise|specialize|sell))\b"),
    ("event", r"\b(?:panel|webinar|conference|meetup|workshop|summit|speaker|keynote|invite you|join us (?:on|for|at)|rsvp|our event|the event|session on|attend(?:ing)?|tickets?|open day|hackathon)\b"),
    ("content", r"\b(?:podcast|guest post|article (?:i|about|on)|newsletter|blog post|interview you|feature you|quote|my (?:latest )?(?:post|article|video|episode)|youtube|i wrote|journalist|piece (?:i|on|about)|content)\b"),
    ("partnership", r"\b(?:partner(?:ship|ing)?|collaborat\w+|joint|co-?(?:host|market|brand|develop|author)\w*|work together|distribution|reseller|referral partner|team up|alliance|synerg\w+)\b"),
    ("thanks", r"\b(?:thank you (?:so much )?for (?:your|the|taking|helping|coming|meeting|speaking|introducing|making)|wanted to (?:say )?thank|just to say thanks|thanks (?:so much |again )?for (?:the|your|taking|helping|introducing|meeting|all))\b"),
    ("reconnect", r"\b(?:long time|been a while|it's been|last (?:saw|spoke|met|talked|worked)|we (?:worked|sat|studied|overlapped|used to)|catch up|reconnect|remember (?:me|when|our)|old (?:colleague|friend|times|days)|how have you been)\b"),
    ("advice", r"\b(?:advice|guidance|mentor\w*|pick your brain|your (?:perspective|view|take|experience)|how (?:did|do|would) you|what (?:would|should|made|helped)|should i|considering (?:a|moving|switching|leaving)|career change|tips|questions? (?:about|for|on))\b"),
    ("networking", r"\b(?:connect(?:ing)?|network|fellow|same (?:field|industry|area|city)|stay in touch|expand my|like-?minded|cross paths|coffee|introduce myself|get to know|new (?:in|to) (?:town|the area|the field))\b"),
)  # fmt: skip
_PATTERNS = tuple((purpose, re.compile(pattern, re.IGNORECASE)) for purpose, pattern in _CUES)


def recognise_purpose(text: str) -> str | None:
    """Return the purpose with most distinct cues in `text`, the more telling one on a tie; None without any."""
    best, most = None, 0
    for purpose, pattern in _PATTERNS:
        distinct = len({match.group().lower() for match in pattern.finditer(text)})
        if distinct > most:
            best, most = purpose, distinct
    return best
