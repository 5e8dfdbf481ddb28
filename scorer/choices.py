"""What people call channels, stages, purposes, accounts and kinds."""

from __future__ import annotations

from collections.abc import Mapping

from scorer.schema import ACCOUNTS, CHANNELS, KINDS, PURPOSES, STAGES

CHOICES: Mapping[str, tuple[str, ...]] = {
    "channel": CHANNELS, "stage": STAGES, "purpose": PURPOSES, "account": ACCOUNTS, "kind": KINDS,
}  # fmt: skip
# Field -> one of its values -> what else it is called, in lower-case letters alone.
_ALIASES: Mapping[str, Mapping[str, str]] = {
    "channel": {
        "connection_note": "connection connect connectionmessage connectionrequest connectionrequestmessage "
        "connectionrequestnote connectrequest invitation invitationmessage invitationnote invite invitemessage",
        "message": "directmessage dm linkedin messages",
        "inmail": "inmailmessage inmails",
        "email": "emails mail emailmessage",
    },
    "stage": {
        "initial": "first firstmessage firsttouch initialmessage intro introduction",
        "follow_up": "followups followupmessage bump nudge reminder",
    },
    "purpose": {
        "job_search": "job jobs jobapplication",
        "recruiting": "recruitment recruiter hiring sourcing",
        "partnership": "partnerships partner",
        "sales": "demo prospecting leadgeneration",
        "networking": "network",
        "event": "events webinar",
        "thanks": "thankyou",
        "fundraising": "fundraise investors",
    },
    "account": {"free": "basic", "premium": "salesnavigator premiumbusiness premiumcareer"},
    "kind": {"draft": "drafts", "template": "templates"},
}  # fmt: skip
_VALUES: Mapping[str, Mapping[str, str]] = {
    what: {
        name: value
        for value in values
        for name in (value.replace("_", ""), *_ALIASES[what].get(value, "").split())
    }
    for what, values in CHOICES.items()
}


def choice_of(what: str, words: str) -> str | None:
    """Return the value of the field `what` that `words` mean, however they are written; None for none of ours."""
    letters = "".join(char for char in words.lower() if char.isalpha())  # a number counts: "Follow-up 2"
    known = _VALUES[what]
    return known.get(letters) or known.get(letters.removeprefix("linkedin"))
