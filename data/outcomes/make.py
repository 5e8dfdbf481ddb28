"""Make the sample outcomes in this folder: ``python data/outcomes/make.py``. Everything is invented; see card.md.

People answer by a known process (`EFFECTS`), so what a report or a model finds in these files can be held
against what was put in.
"""

from __future__ import annotations

import csv
import io
import math
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

SEED = 20260301
PEOPLE = 520
ME, MY_URL = "Sam Lee, MBA", "https://www.linkedin.com/in/sam-lee-sample"
START, AS_OF = datetime(2025, 2, 3, 8, tzinfo=UTC), datetime(2026, 2, 27, 18, tzinfo=UTC)

# Log-odds of an answer. Sizes follow the evidence base where it has one, scaled to nothing.
INTERCEPT = -2.25
EFFECTS = {
    "short": 0.60,  # LEN-06: 49 against 127 words
    "specific": 0.44,  # PER-01: personalised against not
    "easy ask": 0.59,  # ASK-06: a question of interest against a meeting
    "thanks": 0.20,  # TON-05
    "follow-up": -0.45,  # FUP-05, about half per step
    "Friday": 0.0,  # no effect, to see whether one is found
}
SPREAD = 0.5  # standard deviation of how answer-prone people are, in log-odds

FIRST = (
    "Amara Bilal Chiara Dmitri Elif Farah Goran Hana Imani Joao Katya Luca Mei Nadia Omar Petra Quinn Rosa Sven Tariq "
    "Uma Viktor Wen Ximena Yusuf Zoya Anneke Boris Celine Diego"
).split()
LAST = (
    "Adeyemi Bergstrom Castellan Dvorak Eriksen Fontaine Grabowski Haddad Ibarra Jansen Kowal Lindqvist Moreau Novak "
    "Okafor Petrov Quiroga Rahman Sorensen Takeda Ulrich Vargas Winther Yamada Zeman"
).split()
FIRMS = (
    "Larkfield Optics|Bramble & Tide|Nordhaven Pumps|Quillmark|Ostrava Freight|Sunder Labs|Fennel Robotics|"
    "Greyline Rail|Maple Loom|Harrowgate Foods|Tessel Health|Pinewater Energy|Kestrel Maps|Ironbark Timber"
).split("|")
TOPICS = (
    "moving stock counts to handheld readers|cutting lead times for small castings|the pilot with reusable crates|"
    "hiring the first data engineer|replacing the old ticket queue|pricing repairs by the hour|"
    "testing seals in salt water|running the night shift with half the alarms|teaching sales to read a lab report|"
    "the move from spreadsheets to one ledger|"
    "keeping apprentices past their second year|reading meters without a site visit|the recall drill in October|"
    "cleaning customer data before the merger|forecasting demand for spare parts|labelling images with two people|"
    "the open day for suppliers|writing specs that welders read|the split of the support team|"
    "measuring noise at the fence"
).split("|")
SPECIFIC = (
    "Your post on {topic} was the first one I saw that gave the numbers.",
    "I heard you speak about {topic}; the part on what went wrong stayed with me.",
    "Your note about {topic} at {firm} answered a question we had argued over for a month.",
)
GENERIC = (
    "I came across your profile and was impressed by your background.",
    "I see that we work in the same industry and share some connections.",
    "I am reaching out to people like you in your field.",
)
EASY = (
    "Which of the steps would you do first if you began again?",
    "Did the change hold once the project team had left?",
    "Was it the tool or the training that made the difference?",
)
HARD = (
    "Could we set up a 45-minute call next week so that I can walk you through what we do?",
    "Please send me three times that suit you for a meeting with our team.",
    "Would you be open to a demo of our platform for you and your colleagues?",
)
PADDING = (
    "We are a growing company that has been in the market for more than nine years and that serves customers of every "
    "size, from small workshops to large groups with sites in several countries.",
    "Over the past two years we have put a great deal of effort into a new way of bringing all the relevant "
    "information together in one place, which our customers tell us has changed the way "
    "in which their teams work with each other.",
    "As you will know, the situation in the industry has become more demanding, with higher costs, fewer people and "
    "shorter deadlines, and I believe that an exchange between us could be of interest for both sides in that respect.",
)
FOLLOW_UPS = {
    True: "Hi {first}, one thing since my last note: we tried it on a single line and lost {n} days to labels. {ask}",
    False: "Hi {first}, I wanted to check whether you had a chance to read my last message. {ask}",
}
NOTES = {
    True: "Hi {first}, your post on {topic} gave numbers nobody else gives. I work on the same at a smaller plant.",
    False: "Hi {first}, I would like to add you to my professional network.",
}


def main(folder: Path = Path(__file__).parent) -> None:
    """Write all files into `folder`."""
    for name, data in files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def files() -> dict[str, bytes]:
    """Return the content of each file by its name."""
    rng = random.Random(SEED)
    messages, invitations, connections = _archive(rng)
    recipients = "RECIPIENT PROFILE URLS"
    header = [
        "CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", recipients, "DATE", "SUBJECT",
        "CONTENT", "FOLDER", "ATTACHMENTS", "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT",
    ]  # fmt: skip
    notes = (
        b'Notes:\n"When exporting your connection data, you may notice that some addresses are missing."\n\n'
    )
    return {
        "linkedin-archive/messages.csv": _csv(header, messages),
        "linkedin-archive/Invitations.csv": _csv(
            ["From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"], invitations
        ),
        "linkedin-archive/Connections.csv": notes + _csv(
            ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"], connections
        ),
        **_exports(rng),
    }  # fmt: skip


def _csv(header: list[str], rows: list[dict[str, object]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _chance(traits: dict[str, bool], prone: float = 0.0) -> float:
    logit = INTERCEPT + prone + sum(EFFECTS[name] for name, there in traits.items() if there)
    return 1 / (1 + math.exp(-logit))


def _text(rng: random.Random, first: str, firm: str, traits: dict[str, bool]) -> str:
    topic = rng.choice(TOPICS)
    opening = rng.choice(SPECIFIC if traits["specific"] else GENERIC).format(topic=topic, firm=firm)
    about = f"I look after planning at {rng.choice(('a small foundry', 'a rail workshop', 'a food packer'))}."
    padding = [] if traits["short"] else [rng.choice(PADDING[:2]), PADDING[2]]
    ask = rng.choice(EASY if traits["easy ask"] else HARD)
    end = "Many thanks,\nSam" if traits["thanks"] else "Sam"
    body = " ".join([opening, about])
    return "\n\n".join([f"Hi {first},", body, *padding, ask, end])


def _archive(
    rng: random.Random,
) -> tuple[list[dict[str, object]], list[dict[str, object]], list[dict[str, object]]]:
    messages: list[dict[str, object]] = []
    invitations: list[dict[str, object]] = []
    connections: list[dict[str, object]] = []

    def say(
        conversation: str,
        sender: tuple[str, str],
        to: tuple[str, str],
        at: datetime,
        text: str,
        subject: str = "",
    ) -> None:
        messages.append({
            "CONVERSATION ID": conversation, "FROM": sender[0], "SENDER PROFILE URL": sender[1], "TO": to[0],
            "RECIPIENT PROFILE URLS": to[1], "DATE": f"{at:%Y-%m-%d %H:%M:%S} UTC", "SUBJECT": subject, "CONTENT": text,
            "FOLDER": "INBOX", "IS MESSAGE DRAFT": "No", "IS CONVERSATION DRAFT": "No",
        })  # fmt: skip

    me = (ME, MY_URL)
    names = rng.sample([(first, last) for first in FIRST for last in LAST], PEOPLE)
    for number, (first, last) in enumerate(names):
        them = (
            f"{first} {last}" + (", Ph.D." if number % 17 == 0 else ""),
            f"https://www.linkedin.com/in/{first}-{last}-sample".lower(),
        )
        firm, conversation = rng.choice(FIRMS), f"2-sample-{number:04d}=="
        prone = rng.gauss(0, SPREAD)
        at = START + timedelta(seconds=rng.randrange(int((AS_OF - START).total_seconds())))
        inmail = rng.random() < 0.35
        if not inmail:
            note = rng.choice([None, True, False])
            words = "" if note is None else NOTES[note].format(first=first, topic=rng.choice(TOPICS))
            invitations.append({
                "From": ME, "To": them[0], "Sent At": f"{at.month}/{at.day}/{at:%y}, {at.hour % 12 or 12}:{at:%M %p}",
                "Message": words, "Direction": "OUTGOING", "inviterProfileUrl": MY_URL, "inviteeProfileUrl": them[1],
            })  # fmt: skip
            if rng.random() > (0.72 if note else 0.60):
                continue
            connected = at + timedelta(hours=rng.expovariate(1 / 40))
            if connected > AS_OF:
                continue
            connections.append({
                "First Name": first, "Last Name": last, "URL": them[1], "Company": firm, "Position": "Operations",
                "Connected On": f"{connected:%d %b %Y}",
            })  # fmt: skip
            if words:
                say(conversation, me, them, connected, words)
            at = connected + timedelta(hours=rng.uniform(20, 60))
        traits = {name: rng.random() < 0.5 for name in ("short", "specific", "easy ask", "thanks")}
        for step in range(3):
            if at > AS_OF:
                break
            now = {**traits, "follow-up": step > 0, "Friday": at.weekday() == 4}
            if step == 0:
                text = _text(rng, first, firm, now)
            else:
                ask = rng.choice(EASY if traits["easy ask"] else HARD)
                text = FOLLOW_UPS[traits["specific"]].format(first=first, ask=ask, n=rng.randint(2, 9))
            say(conversation, me, them, at, text, "A question on your work" if inmail and step == 0 else "")
            if rng.random() < 0.04 and at + timedelta(minutes=1) <= AS_OF:
                away = "I am currently out of the office with limited access to my messages. I will reply on my return."
                say(conversation, them, me, at + timedelta(minutes=1), away)
            if rng.random() < _chance(now, prone):
                reply = at + timedelta(hours=rng.lognormvariate(3.0, 1.1))
                if reply <= AS_OF:
                    say(
                        conversation,
                        them,
                        me,
                        reply,
                        rng.choice(
                            (
                                "Good question. The training, mostly.",
                                "Happy to tell you more.",
                                "Not for us at the moment, sorry.",
                            )
                        ),
                    )
                break
            at += timedelta(days=rng.choice((4, 5, 7, 10)), hours=rng.uniform(0, 6))
            if rng.random() < 0.35:
                break
    for number in range(3):
        say(
            f"2-ad-{number}",
            ("Sample Cloud", ""),
            me,
            START + timedelta(days=40 * number),
            '<p class="spinmail-quill-editor__spin-break">Hi %FIRSTNAME%, see our offer</p>',
        )
    messages.sort(key=lambda row: (str(row["DATE"]), str(row["CONVERSATION ID"])), reverse=True)
    return messages, invitations, connections


def _exports(rng: random.Random) -> dict[str, bytes]:
    """Return counters as sending tools export them, each over what that tool divides by."""
    outreach: list[dict[str, object]] = []
    for number in range(12):
        traits = {name: rng.random() < 0.5 for name in ("short", "specific", "easy ask", "thanks")}
        delivered = rng.randint(60, 900)
        replies = sum(rng.random() < _chance(traits) * 0.6 for _ in range(delivered))
        positive = sum(rng.random() < 0.4 for _ in range(replies))
        negative = sum(rng.random() < 0.5 for _ in range(replies - positive))
        outreach.append({
            "name": f"Sequence {number // 3 + 1} step {number % 3 + 1}", "subject": "Your work on spare parts",
            "bodyText": _text(rng, "{{first_name}}", "{{company}}", traits), "deliverCount": delivered,
            "openCount": replies + rng.randint(0, delivered - replies), "replyCount": replies,
            "positiveReplyCount": positive, "negativeReplyCount": negative,
            "neutralReplyCount": replies - positive - negative, "bounceCount": rng.randint(0, 20),
        })  # fmt: skip
    heyreach: list[dict[str, object]] = []
    for number in range(6):
        started, inmails = rng.randint(120, 600), rng.randint(20, 80)
        heyreach.append({
            "campaignName": f"Plant managers {number + 1}", "messagesSent": started + rng.randint(10, 200),
            "totalMessageStarted": started, "totalMessageReplies": sum(rng.random() < 0.2 for _ in range(started)),
            "inmailMessagesSent": inmails, "totalInmailStarted": inmails,
            "totalInmailReplies": sum(rng.random() < 0.15 for _ in range(inmails)),
        })  # fmt: skip
    own: list[dict[str, object]] = []
    for number in range(40):
        traits = {name: rng.random() < 0.5 for name in ("short", "specific", "easy ask", "thanks")}
        day = START + timedelta(days=7 * number, hours=3)
        own.append({
            "Person": f"{FIRST[number % 30]} {LAST[number % 25]}", "Day": f"{day:%d/%m/%Y}",
            "What I wrote": _text(rng, FIRST[number % 30], rng.choice(FIRMS), traits),
            "Answer?": "yes" if rng.random() < _chance(traits) else "no",
        })  # fmt: skip
    return {
        "outreach-templates.csv": _csv(list(outreach[0]), outreach),
        "heyreach-campaigns.csv": _csv(list(heyreach[0]), heyreach),
        "own-table.csv": _csv(list(own[0]), own),
    }


if __name__ == "__main__":
    main()
