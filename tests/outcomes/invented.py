"""Invented LinkedIn archives of every header generation, with what is really in them."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

_FIRST = (
    "CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "DATE", "SUBJECT", "CONTENT", "FOLDER",
)  # fmt: skip
_WITH_RECIPIENTS = (*_FIRST[:5], "RECIPIENT PROFILE URLS", *_FIRST[5:])
GENERATIONS = {
    "until 2023": _FIRST,
    "from mid-2023": _WITH_RECIPIENTS,
    "December 2024": (*_WITH_RECIPIENTS, "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"),
    "mid-2025": (*_WITH_RECIPIENTS, "ATTACHMENTS"),
    "mid-2025 with drafts": (*_WITH_RECIPIENTS, "ATTACHMENTS", "IS MESSAGE DRAFT"),
    "2026": (*_WITH_RECIPIENTS, "ATTACHMENTS", "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"),
}
PREAMBLE = (
    "Notes:\r\n"
    '"When exporting your connection data, you may notice that some of the email addresses are missing. You will only see '
    'email addresses for connections who have allowed their connections to see or download their email address."\r\n'
    "\r\n"
)
ME, MY_URL = "Sam Lee, MBA", "https://www.linkedin.com/in/sam-lee"
START = datetime(2025, 1, 13, 9, 0, tzinfo=UTC)
AS_OF = datetime(2025, 12, 30, tzinfo=UTC)
OUT_OF_OFFICE = "I am currently out of the office until 14 May and will reply when I return."


@dataclass(frozen=True)
class Truth:
    """What a reader must find of one approach."""

    person: str
    name: str
    sent_at: datetime
    channel: str
    stage: str
    text: str
    replied: bool | None
    automatic: bool = False
    accepted: bool | None = None
    previous: tuple[str, ...] = ()
    subject: str | None = None


@dataclass
class Archive:
    """Rows for the files of an archive, and the truth about them."""

    messages: list[dict[str, str]] = field(default_factory=list)
    invitations: list[dict[str, str]] = field(default_factory=list)
    connections: list[dict[str, str]] = field(default_factory=list)
    truth: list[Truth] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)

    def say(
        self,
        conversation: str,
        sender: tuple[str, str],
        to: list[tuple[str, str]],
        at: datetime,
        text: str,
        **more,
    ) -> None:
        self.messages.append({
            "CONVERSATION ID": conversation, "FROM": sender[0], "SENDER PROFILE URL": sender[1],
            "TO": ", ".join(name for name, _ in to), "RECIPIENT PROFILE URLS": ",".join(url for _, url in to if url),
            "DATE": at.strftime("%Y-%m-%d %H:%M:%S UTC"), "CONTENT": text, "FOLDER": "INBOX",
            "IS MESSAGE DRAFT": "No", "IS CONVERSATION DRAFT": "No", **more,
        })  # fmt: skip

    def files(self, generation: str, *, quote_all: bool = False) -> dict[str, bytes]:
        files = {"messages.csv": table(GENERATIONS[generation], self.messages, quote_all=quote_all)}
        if self.invitations:
            names = ["From", "To", "Sent At", "Message", "Direction"]
            if generation != "until 2023":
                names += ["inviterProfileUrl", "inviteeProfileUrl"]
            files["Invitations.csv"] = table(names, self.invitations)
        if self.connections:
            names = ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"]
            if generation == "until 2023":
                names.remove("URL")
            files["Connections.csv"] = PREAMBLE.encode() + table(names, self.connections)
        return files


def table(names, rows, *, quote_all: bool = False) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(
        out, names, extrasaction="ignore", restval="", lineterminator="\n",
        quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL,
    )  # fmt: skip
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def zipped(path: Path, files: dict[str, bytes], *, folder: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(folder + name, data)
    return path


def unpacked(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def invent(seed: int, *, people: int = 25, window_days: int = 30) -> Archive:
    """Return an archive of approaches to `people`, with noise around them."""
    rng = random.Random(seed)
    archive = Archive(
        left_out={"sponsored messages": 0, "drafts": 0, "conversations in groups": 0, "duplicated rows": 0}
    )
    for number in range(people):
        _contact(archive, rng, number, timedelta(days=window_days))
    _noise(archive, rng)
    _connection(archive, ("Zoe", "Last"), "https://www.linkedin.com/in/zoe-last", AS_OF)
    for row in rng.sample(archive.messages, 3):
        archive.messages.append(dict(row))
        archive.left_out["duplicated rows"] += 1
    rng.shuffle(archive.messages)
    archive.left_out = {reason: n for reason, n in archive.left_out.items() if n}
    return archive


def _connection(archive: Archive, name: tuple[str, str], url: str, day: datetime) -> None:
    archive.connections.append({
        "First Name": name[0], "Last Name": name[1], "URL": url, "Company": "Acme, Inc.", "Position": "Engineer",
        "Connected On": day.strftime("%d %b %Y"),
    })  # fmt: skip


def _wording(rng: random.Random, name: str, what: str) -> str:
    words = rng.sample(
        "sensor orchard ledger kayak museum tariff bridge lichen harbour violin glacier poem".split(), 5
    )
    return rng.choice([
        f"Hi {name},\nI read your piece on the {words[0]} {words[1]}.\n\n{what} about {words[2]}, {words[3]} or {words[4]}?",
        f'{name}, {what} the {words[0]} "{words[1]}" {words[2]}; would {words[3]} & {words[4]} suit you?',
        f"Hello {name}! {what}: {' '.join(words)}. \N{WAVING HAND SIGN} 5 < 6?",
    ])  # fmt: skip


def _contact(archive: Archive, rng: random.Random, number: int, window: timedelta) -> None:
    first, last = f"Ann{chr(97 + number % 26)}", f"Example{number}"
    url = f"https://www.linkedin.com/in/ann-example-{number}"
    shown = f"{first} {last}" + rng.choice(["", "", ", Ph.D.", ", MBA, PMP"])
    closed = rng.random() < 0.1
    me, them = (ME, MY_URL), ("LinkedIn Member", "") if closed else (shown, url)
    conversation = f"2-{number}=="
    at = START + timedelta(days=rng.uniform(0, 345), seconds=rng.randrange(60))
    at = at.replace(second=0, microsecond=0)
    planned: list[dict] = []
    if not closed and rng.random() < 0.5:
        planned.append(
            {"channel": "connection_note", "text": _wording(rng, first, "note") if rng.random() < 0.7 else ""}
        )
    steps = rng.choice([0, 1, 1, 2, 3]) if planned else rng.choice([1, 1, 2, 3])
    inmail = not planned and rng.random() < 0.4
    planned += [
        {"channel": "inmail" if inmail else "message", "text": _wording(rng, first, f"step {i}")}
        for i in range(steps)
    ]
    answers = rng.random() < 0.5
    machine = rng.random() < 0.2
    delay = timedelta(hours=rng.choice([2, 30, 400, 24 * 35]), minutes=7)
    accepted = (
        bool(planned) and planned[0]["channel"] == "connection_note" and (steps > 0 or rng.random() < 0.5)
    )
    previous: tuple[str, ...] = ()
    for index, step in enumerate(planned):
        final = index == len(planned) - 1
        note = step["channel"] == "connection_note"
        if at > AS_OF:
            break
        reply_at = at + delay if final and answers and (not note or accepted) else None
        if reply_at and reply_at > AS_OF:
            reply_at = None
        young = at + window > AS_OF
        subject = "Your talk, and a question" if inmail and index == 0 else None
        archive.truth.append(Truth(
            person=f"conversation {conversation}" if closed else url, name="" if closed else shown, sent_at=at, channel=step["channel"],
            stage="follow_up" if previous else "initial", text=step["text"],
            replied=None if young else reply_at is not None and reply_at - at <= window,
            automatic=machine and final and (not note or accepted) and at + timedelta(minutes=1) <= AS_OF,
            accepted=None if young or not note else accepted, previous=previous, subject=subject,
        ))  # fmt: skip
        if note:
            archive.invitations.append({
                "From": ME, "To": shown, "Sent At": at.strftime("%m/%d/%y, %I:%M %p").lstrip("0").replace("/0", "/"),
                "Message": step["text"], "Direction": "OUTGOING", "inviterProfileUrl": MY_URL, "inviteeProfileUrl": url,
            })  # fmt: skip
            if accepted:
                _connection(archive, (first, last), url, at + timedelta(days=1))
                if step["text"] and (rng.random() < 0.8 or (final and (machine or answers))):
                    archive.say(conversation, me, [them], at + timedelta(hours=20), step["text"])
        else:
            archive.say(conversation, me, [them], at, step["text"], SUBJECT=subject or "")
        if archive.truth[-1].automatic:
            archive.say(conversation, them, [me], at + timedelta(minutes=1), OUT_OF_OFFICE)
        if reply_at:
            archive.say(conversation, them, [me], reply_at, "Good question,\nlet me think.")
            archive.say(conversation, me, [them], reply_at + timedelta(hours=1), "Thank you!")
        previous = (*previous, step["text"]) if not note else previous
        at += timedelta(days=rng.randint(3, 20))


def _noise(archive: Archive, rng: random.Random) -> None:
    me = (ME, MY_URL)
    people = [(f"Bo Group{n}, Ph.D.", f"https://www.linkedin.com/in/bo-group-{n}") for n in range(3)]
    noon = START + timedelta(days=100)
    for number in range(rng.randint(1, 3)):
        for sender in (me, people[0], people[1]):
            others = [person for person in (me, *people) if person != sender]
            archive.say(f"group-{number}", sender, others, noon, "Shall we all meet?")
        archive.left_out["conversations in groups"] += 1
    for number in range(rng.randint(1, 3)):
        name, url = f"Cy Inbound{number}", f"https://www.linkedin.com/in/cy-{number}"
        archive.say(f"inbound-{number}", (name, url), [me], noon, "Dear Sam, may I ask you something?")
        archive.say(f"inbound-{number}", me, [(name, url)], noon + timedelta(hours=3), "Of course.")
    for number in range(rng.randint(1, 4)):
        archive.say(
            f"ad-{number}",
            ("Acme Cloud", ""),
            [me],
            noon,
            '<p class="spinmail-quill-editor__spin-break">Hi %FIRSTNAME%,</p>',
        )
        archive.left_out["sponsored messages"] += 1
