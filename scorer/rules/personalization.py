"""Rules of the personalization family."""

from __future__ import annotations

from scorer.rules import _reader as check
from scorer.rules.base import Bad, Good, Option, Rule
from scorer.rules.checks import above, phrases
from scorer.schema import Channel, Draft, Kind, Person, Severity, Stage

_PRIYA = Person(name="Priya Shah", company="Datadog", role="Staff Engineer", degree=2)


def _to(
    text: str,
    to: Person | None = _PRIYA,
    *,
    channel: Channel = "message",
    stage: Stage = "initial",
    subject: str | None = None,
    kind: Kind | None = None,
    sender: Person | None = None,
) -> Draft:
    return Draft(
        text=text, recipient=to, channel=channel, stage=stage, subject=subject, kind=kind, sender=sender
    )


RULES: tuple[Rule, ...] = (
    Rule(
        code="PER001", name="missing-name", scored_family="personalization", severity=Severity.HINT,
        summary="The reader's name is known, but the draft never uses it.",
        why="A message that names nobody looks sent to many, and people answer what is sent to many less often. The name alone does little; leaving it out costs a little.",
        message="Begin with the reader's name.",
        evidence=("PER-06", "PER-13"), check=check.missing_name,
        options={"min_words": Option(6, "Drafts with fewer words between greeting and sign-off are left alone.")},
        reads=("personalization.merge_breaks",),
        bad=(
            Bad(_to("Hi, your talk on sampling spans changed how we store ours."), "Hi,", "Hi Priya, your talk on sampling spans changed how we store ours."),
            Bad(_to("Your talk on sampling spans changed how we store ours."), None, "Hi Priya, Your talk on sampling spans changed how we store ours."),
            Bad(_to("Good morning! Could we compare notes on sampling?", Person(name="Dr. Aoife Halloran")), "Good morning!", "Good morning Dr. Halloran! Could we compare notes on sampling?"),
        ),
        good=(
            Good(_to("Thanks for accepting, Priya. How did you size the cluster?"), "the name stands in the first line instead of a greeting"),
            Good(_to("Hi Pri, how did you size the cluster in the end?", Person(name="Priscilla Shah")), "a short form of the name"),
            Good(_to("Your talk on sampling spans changed how we store ours.", None), "no name is known"),
        ),
    ),
    Rule(
        code="PER002", name="wrong-name", scored_family="personalization", severity=Severity.ERROR,
        summary="The greeting names somebody else than the reader.",
        why="A wrong name tells the reader that the message was meant for another person, and nothing after it can mend that.",
        message="Check the name in the greeting.",
        check=check.wrong_name, reads=("personalization.greets_wrong_name",),
        bad=(
            Bad(_to("Hi Daniel, your talk on sampling spans changed how we store ours."), "Daniel", "Hi Priya, your talk on sampling spans changed how we store ours."),
            Bad(_to("Dear Ms Patel,\n\nyour talk on sampling spans changed how we store ours."), "Patel"),
            Bad(_to("Hi Marta, how did you size the cluster?", Person(name="Maria Doe")), "Marta", "Hi Maria, how did you size the cluster?"),
        ),
        good=(
            Good(_to("Hi Bob, how did you size the cluster?", Person(name="Robert Lee")), "Bob is Robert's nickname"),
            Good(_to("Dear Ms. Munoz, how did you size the cluster?", Person(name="Inés Muñoz")), "the same surname without its accent"),
            Good(_to("Hi team, how did you size the cluster?"), "a greeting to a group names nobody"),
            Good(_to("Hi Mary Ann, how did you size the cluster?", Person(name="Mary Ann Cole")), "a first name of two words"),
        ),
    ),
    Rule(
        code="PER003", name="unfilled-placeholder", scored_family="personalization", severity=Severity.ERROR,
        summary="A placeholder was left unfilled in a draft that is ready to go.",
        why="It shows the reader the machine behind the message.",
        message="Fill this placeholder in, or take it out.",
        check=check.unfilled_placeholder, kinds=("draft",), reads=("personalization.placeholders", "personalization.likely_placeholders"),
        bad=(
            Bad(_to("Hi {{first_name}}, how did you size the cluster?"), "{{first_name}}", "Hi Priya, how did you size the cluster?"),
            Bad(_to("Hi Priya, I saw your post about [topic] and liked it."), "[topic]"),
            Bad(_to("Hi Priya, I want to work at %COMPANY% one day."), "%COMPANY%", "Hi Priya, I want to work at Datadog one day."),
        ),
        good=(
            Good(_to("Hi {{first_name}}, how are things at {{company}}?", None, kind="template"), "a template keeps its placeholders"),
            Good(_to("Hi Priya, the sign read 'closed untill [sic] Monday'."), "an editor's mark in square brackets"),
            Good(_to("Hi Priya, latency fell 40% after the change."), "a percentage"),
        ),
    ),
    Rule(
        code="PER004", name="broken-merge", scored_family="personalization", severity=Severity.ERROR,
        summary="A merge field came out empty or as “null”.",
        why="The gap shows that a list was mailed and nobody looked.",
        message="A name or firm is missing here. Put it in.",
        check=check.broken_merge, reads=("personalization.merge_breaks",),
        bad=(
            Bad(_to("Hi , how did you size the cluster?"), "Hi ", "Hi Priya, how did you size the cluster?"),
            Bad(_to("Dear null, how did you size the cluster?"), "Dear null", "Dear Priya, how did you size the cluster?"),
            Bad(_to("Hi Priya, I love the work of your team at , and would like to talk."), "at "),
        ),
        good=(
            Good(_to("Hi, how did you size the cluster?"), "a greeting without a name and without a gap"),
            Good(_to("Hi Priya, what is this index good for, and at what size?"), "a comma after a preposition, without a gap"),
            Good(_to("Hi Priya, the null check in your client saved our week."), "null as the trade's own word"),
        ),
    ),
    Rule(
        code="PER005", name="impersonal-greeting", scored_family="personalization", severity=Severity.WARNING,
        summary="The greeting fits anybody.",
        why="“Dear Sir or Madam” tells one reader that many got the same, and requests sent to many are answered less.",
        message="Greet the reader by name.",
        evidence=("PER-13", "SEED-02"), check=check.impersonal_greeting, reads=("personalization.impersonal_greeting",),
        bad=(
            Bad(_to("Dear Sir/Madam, I wish to apply for the post of analyst."), "Sir/Madam"),
            Bad(_to("Hi there, how did you size the cluster?"), "there", "Hi Priya, how did you size the cluster?"),
            Bad(_to("To whom it may concern, I wish to apply for the post.", None), "whom it may concern"),
        ),
        good=(
            Good(_to("Hi there Priya, how did you size the cluster?"), "the name is there"),
            Good(_to("Dear Sir Keir, how did you size the cluster?", Person(name="Keir Moss")), "a title before a name"),
            Good(_to("Hi all, how did you size the cluster?", None), "a group may be meant, and no reader is given"),
        ),
    ),
    Rule(
        code="PER006", name="stock-line", scored_family="personalization", severity=Severity.WARNING,
        summary="A line pretends to have looked at the reader but says nothing that was seen.",
        why="“I came across your profile” stands in every mass message. What you noticed there is the part that earns an answer.",
        message="Say what exactly you saw or read, or leave this line out.",
        evidence=("PER-14",), check=above("personalization.stock_lines", "allowed"),
        options={"allowed": Option(0, "How many such lines are let pass.")}, reads=("personalization.stock_lines",),
        bad=(
            Bad(_to("Hi Priya, I came across your profile and would love to connect."), "came across your profile"),
            Bad(_to("Hi Priya, your background is impressive and I have a role for you."), "your background is impressive"),
        ),
        good=(
            Good(_to("Hi Priya, I came across your profile because you listed the Aberdeen ferry radar, which I helped build."), "says what was seen"),
            Good(_to("Hi Priya, a client of ours said \"I came across your profile\" is a bad opener. Do you agree?"), "quoted"),
        ),
    ),
    Rule(
        code="PER007", name="flattery-without-detail", scored_family="personalization", severity=Severity.WARNING,
        summary="Praise that could be said to anybody.",
        why="Praise counts when it shows that you know what you praise; without that it reads as a lead-in to a pitch.",
        message="Say what you liked and why, or leave the praise out.",
        evidence=("PER-14",), check=above("personalization.praise_without_detail", "allowed"),
        options={"allowed": Option(0, "How many phrases of unfounded praise are let pass.")}, reads=("personalization.praise_without_detail",),
        bad=(
            Bad(_to("Hi Priya, you are an inspiration to all of us. Can we talk?"), "you are an inspiration"),
            Bad(_to("Hi Priya, I am truly impressed by your work. Can we talk?"), "impressed by your"),
        ),
        good=(
            Good(_to("Hi Priya, I was impressed by your teardown of the Kafka outage in Dublin, above all the graph of stuck offsets."), "says what is praised"),
            Good(_to("Hi Priya, my manager tells us \"you are amazing\" every Friday. Do you do that too?"), "quoted"),
        ),
    ),
    Rule(
        code="PER008", name="name-only", scored_family="personalization", severity=Severity.WARNING,
        summary="The name is the only thing in the draft that fits this reader.",
        why="A first name is what every mailing tool fills in, so it no longer shows that anybody made an effort.",
        message="Add one thing that fits only this reader: what they wrote, built, said or decided.",
        evidence=("PER-05", "PER-01"), check=check.name_only,
        options={
            "min_words": Option(14, "Drafts with fewer words between greeting and sign-off are left alone."),
            "max_uncommon": Option(4, "Drafts with more words that few other messages use are left alone."),
        },
        reads=("personalization.name_only", "personalization.details"),
        bad=(
            Bad(_to("Hi Priya, I hope you are well. I would love to connect with you and explore how we might work together in future."), "Priya"),
            Bad(_to("Hi Priya, our platform saves teams time and money. Would you be open to a quick call next week to see a demo?"), "Priya"),
        ),
        good=(
            Good(_to("Hi Priya, your post on stuck Kafka offsets saved me a night. Would you tell me which alert you set first?"), "the post fits only her"),
            Good(_to("Hi Priya, yes, Thursday works. See you there!"), "too short to need more"),
        ),
    ),
    Rule(
        code="PER009", name="nothing-specific", scored_family="personalization", severity=Severity.WARNING,
        summary="Nothing in the draft fits this reader, not even a name.",
        why="A message that could go to anyone is read as one that went to everyone.",
        message="Name the reader and one thing that fits only them.",
        evidence=("PER-01", "PER-13"), check=check.nothing_specific,
        options={
            "min_words": Option(14, "Drafts with fewer words between greeting and sign-off are left alone."),
            "max_uncommon": Option(4, "Drafts with more words that few other messages use are left alone."),
        },
        reads=("personalization.name_only", "personalization.details"),
        bad=(
            Bad(_to("I would love to connect with you and explore how we might work together on great opportunities in future.", None), None),
            Bad(_to("Hello! We help businesses grow. Would you be open to a quick call next week to talk about what we can do for you?", None), None),
        ),
        good=(
            Good(_to("Your photo essay on Tbilisi lift operators hangs above our kettle. May I print one page of it in our magazine?", None), "a work that only one person made"),
            Good(_to("Yes, Thursday at noon works for me. See you there!", None), "a short answer"),
        ),
    ),
    Rule(
        code="PER010", name="unshown-common-ground", scored_family="personalization", severity=Severity.HINT,
        summary="The draft claims to share something with the reader but shows nothing.",
        why="Saying that one is alike moved nobody in experiments; showing where the paths met did.",
        message="Say what you share: who, where or when. Or leave the claim out.",
        evidence=("STR-04",), check=above("personalization.claimed_common_ground", "allowed"),
        options={"allowed": Option(0, "How many bare claims are let pass.")}, reads=("personalization.claimed_common_ground",),
        bad=(
            Bad(_to("Hi Priya, I believe we have a lot in common and should talk."), "we have a lot in common"),
            Bad(_to("Hi Priya, I noticed we have several mutual connections. Let's connect!"), "mutual connections"),
        ),
        good=(
            Good(_to("Hi Priya, we have a mutual connection in Tomas Novak, who sat beside you in the Dublin incident room."), "says who and where"),
            Good(_to("Hi Priya, does your team keep shared values in Helm or in Kustomize overlays?"), "a trade's own term, with its detail"),
        ),
    ),
    Rule(
        code="PER011", name="overused-name", scored_family="personalization", severity=Severity.HINT,
        summary="The reader's name comes again and again.",
        why="One name greets; three sound like a sales script.",
        message="Leave the name out here.",
        check=check.overused_name, options={"max_mentions": Option(2, "Mentions of the name that are let pass.")},
        reads=("personalization.name_count",),
        bad=(
            Bad(_to("Hi Priya, I have an idea for you, Priya. What do you say, Priya?"), "Priya"),
            Bad(_to("Priya, hello. Priya, this is for you. Can we talk, Priya? Tell me, Priya."), "Priya"),
        ),
        good=(
            Good(_to("Hi Priya, Tomas said to ask Priya from storage, so here I am."), "twice is fine"),
            Good(_to("Hi Will, I will write on Monday. Will that do, or will it be late?", Person(name="Will Gray")), "the verb and the name look alike"),
        ),
    ),
    Rule(
        code="PER012", name="wrong-company", scored_family="personalization", severity=Severity.WARNING,
        summary="The draft places the reader at another firm than the one given.",
        why="The wrong firm shows that the line was written for somebody else, or that the data is stale.",
        message="Check the firm.",
        check=check.other_company,
        bad=(
            Bad(_to("Hi Priya, your work at Honeycomb on sampling helped us."), "Honeycomb"),
            Bad(_to("Hi Priya, how does your team at Grafana Labs size its clusters?"), "Grafana Labs"),
        ),
        good=(
            Good(_to("Hi Priya, your time at Honeycomb shows in how you draw traces."), "a former firm"),
            Good(_to("Hi Priya, your talk at KubeCon helped us."), "an event, not a firm"),
            Good(_to("Hi Priya, your team at Datadog and my team at Grafana share a bug."), "the given firm is there"),
        ),
    ),
    Rule(
        code="PER013", name="name-case", scored_family="personalization", severity=Severity.WARNING,
        summary="The name in the greeting is written in capitals or in small letters, as a list holds it.",
        why="“Hi PRIYA SHAH” was pasted by a machine, and the reader sees it.",
        message="Write the name as its owner does.",
        check=check.shouted_name,
        bad=(
            Bad(_to("Hi PRIYA SHAH, how did you size the cluster?"), "PRIYA SHAH", "Hi Priya Shah, how did you size the cluster?"),
            Bad(_to("Dear priya, how did you size the cluster? I would like to know."), "priya", "Dear Priya, how did you size the cluster? I would like to know."),
            Bad(_to("Hi MCDONALD, how did you size it?", Person(name="Ewan McDonald")), "MCDONALD", "Hi McDonald, how did you size it?"),
        ),
        good=(
            Good(_to("Hi AJ, how did you size the cluster?", Person(name="AJ Brown")), "initials as a name"),
            Good(_to("hi priya, how did you size it? i ask for a friend"), "a casual writer who uses no capitals at all"),
            Good(_to("Hi Priya, the DATADOG logo on your slide looks stretched."), "capitals elsewhere"),
        ),
    ),
    Rule(
        code="PER014", name="over-detail", scored_family="personalization", severity=Severity.WARNING,
        summary="The draft uses details of private life, or shows that the reader was watched.",
        why="Knowing a reader's work flatters; knowing their family, home or clicks unsettles, and a stranger who says so is not answered.",
        message="Leave this out; keep to what the reader shares about their work.",
        check=phrases("per_over_detail"),
        bad=(
            Bad(_to("Hi Priya, I can see you're active on here, so I thought I'd ask again."), "can see you're active on here"),
            Bad(_to("Hi Priya, I saw that you opened my message twice."), "saw that you opened my"),
        ),
        good=(
            Good(_to("Hi Priya, I see you're active in the tracing group, where your sampling post won the week."), "activity in a trade group"),
            Good(_to("Hi Priya, I saw that you opened the Dublin office last spring."), "opened an office, not a message"),
        ),
    ),
    Rule(
        code="PER015", name="no-introduction", scored_family="personalization", severity=Severity.HINT, default=False,
        summary="A first message to a stranger never says who writes.",
        why="A reader wants to know who asks before weighing what is asked.",
        message="Say in one line who you are and why you write to this reader.",
        evidence=("STR-03", "PER-16"), check=check.no_introduction,
        options={"min_words": Option(30, "Drafts with fewer words between greeting and sign-off are left alone.")},
        reads=("personalization.introduction", "personalization.details", "personalization.named_referral"),
        bad=(
            Bad(_to("Hi Priya, could you tell me which database to pick for traces? There are so many, and every page on the web says something else. "
                    "It would help a lot to hear it from a person who has done it before."), None),
            Bad(_to("Dear Priya, please find attached a proposal for review. Kindly read all of it and answer with comments by Friday, "
                    "so that the next steps can be planned in time before the end of the month.", channel="email"), None),
        ),
        good=(
            Good(_to("Hi Priya, I run the tracing stack at a small bank in Leeds. Could you tell me which database to pick for traces? There are so many, "
                     "and every page on the web says something else, so a hint would help."), "the writer says who writes"),
            Good(_to("Hi Priya, which database would you pick?"), "short"),
            Good(_to("Hi Priya, could you tell me which database to pick for traces? There are so many, and every page on the web says something else. "
                     "It would help a lot to hear it from a person like you.", Person(name="Priya Shah", degree=1)), "they are connected"),
        ),
    ),
    Rule(
        code="PER016", name="full-name-greeting", scored_family="personalization", severity=Severity.HINT,
        summary="A casual greeting uses the whole name, as a list holds it.",
        why="Nobody says “Hi Priya Shah” to a person; mailing tools do.",
        message="Greet with the first name, or with title and surname.",
        check=check.full_name_greeting,
        bad=(
            Bad(_to("Hi Priya Shah, how did you size the cluster?"), "Priya Shah", "Hi Priya, how did you size the cluster?"),
            Bad(_to("Hello John Smith,\nhow did you size the cluster?", Person(name="John Smith")), "John Smith"),
        ),
        good=(
            Good(_to("Dear Priya Shah, how did you size the cluster?"), "after a formal greeting the whole name is usual"),
            Good(_to("Hi Mary Ann, how did you size the cluster?", Person(name="Mary Ann Cole")), "a first name of two words"),
        ),
    ),
    Rule(
        code="PER017", name="legal-form", scored_family="personalization", severity=Severity.HINT,
        summary="The reader's firm stands with its legal form.",
        why="People say “Datadog”; a database says “Datadog, Inc.”.",
        message="Write the firm's name without its legal form.",
        check=check.legal_form,
        bad=(
            Bad(_to("Hi Priya, how is life at Datadog, Inc. these days?"), ", Inc.", "Hi Priya, how is life at Datadog these days?"),
            Bad(_to("Hi Ravi, your team at Infosys Pvt Ltd wrote it.", Person(name="Ravi Rao", company="Infosys Pvt Ltd")), " Pvt Ltd", "Hi Ravi, your team at Infosys wrote it."),
        ),
        good=(
            Good(_to("Hi Priya, Datadog and Acme Ltd share a building."), "another firm's legal form"),
            Good(_to("Hi Ann, I read it in Limited Edition.", Person(name="Ann Day", company="Limited Edition")), "part of the name itself"),
        ),
    ),
)  # fmt: skip
