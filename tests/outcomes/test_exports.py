"""Sending tools' exports and tables of one's own: exact columns, named denominators, nothing guessed unasked."""

import csv
import json
from datetime import UTC, datetime

import pytest

from scorer.errors import InputError
from scorer.outcomes.options import ReadOptions
from scorer.outcomes.outcome import Denominator
from scorer.outcomes.people import Hasher
from scorer.outcomes.reading import read_outcomes

HASHER = Hasher(b"0" * 32)


def written(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def read(path, **options):
    return read_outcomes(path, HASHER, ReadOptions(**options))


def counts(table):
    return [
        (r.template, r.channel, str(r.denominator), r.n_sent, r.n_replied, r.n_positive, r.n_automatic)
        for r in table
    ]


EXPORTS = {
    "outreach": (
        "name,subject,bodyText,bodyHtml,deliverCount,openCount,replyCount,positiveReplyCount,negativeReplyCount\nIntro,Hello,Hi {{first_name}},<p>x</p>,\"1,200\",700,96,40,20\n",
        [("Intro", "email", "delivered", 1200, 96, 40, 0)],
    ),
    "outreach share": (
        "NAME,BODY_TEXT,DELIVER_COUNT,REPLY_COUNT\nIntro,Hi there,50,5\nUnused,Hi,0,0\n",
        [("Intro", "email", "delivered", 50, 5, None, 0)],
    ),
    "salesforce": (
        "Name,Body,AllEmailsDeliveredCount,AllEmailsOpenedCount,AllEmailsRepliedCount,AllEmailsOutOfOfficeCount\nA,Hi,80,60,8,3\n",
        [("A", "email", "delivered", 80, 8, None, 3)],
    ),
    "instantly": (
        "campaign_name,leads_count,contacted_count,emails_sent_count,open_count,reply_count,reply_count_unique,reply_count_automatic_unique,total_interested\nQ1,900,400,1000,10,55,44,6,12\n",
        [("Q1", "email", "contacted", 400, 44, 12, 6)],
    ),
    "smartlead": (
        "campaign_name,sequence_number,subject,sent_count,open_count,reply_count\nQ1,1,Hi,300,200,12\nQ1,2,Again,250,100,5\n",
        [("Q1", "email", "sent", 300, 12, None, 0), ("Q1", "email", "sent", 250, 5, None, 0)],
    ),
    "heyreach": (
        "campaignName,profileViews,messagesSent,totalMessageStarted,totalMessageReplies,inmailMessagesSent,totalInmailStarted,totalInmailReplies,connectionsSent,connectionsAccepted\nDay,9,723,593,136,40,40,4,50,20\n",
        [("Day", "message", "started", 593, 136, None, 0), ("Day", "inmail", "started", 40, 4, None, 0)],
    ),
    "lemlist": (
        "campaign,emailsSent,emailsOpened,emailsReplied,linkedinSent,linkedinReplied\nQ1,200,150,20,80,16\n",
        [("Q1", "email", "sent", 200, 20, None, 0), ("Q1", "message", "sent", 80, 16, None, 0)],
    ),
    "hubspot": (
        "Sequence name,Enrolled,Open rate,Reply rate\nWelcome,250,60%,12.4%\n",
        [("Welcome", "email", "enrolled", 250, 31, None, 0)],
    ),
    "mixmax": (
        "Sequence,Sent,Delivered,Opened,Clicked,Replied\nS,110,100,70,3,9\n",
        [("S", "email", "delivered", 100, 9, None, 0)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("tool", EXPORTS)
def test_a_tools_export_is_known_by_its_columns(tool, tmp_path):
    text, expected = EXPORTS[tool]
    table = read(written(tmp_path / "export.csv", text))
    assert counts(table) == expected
    assert {row.source for row in table} == {tool.split()[0]}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(encoding, separator, tmp_path):
    text = EXPORTS["outreach share"][0].replace("Intro", "Café").replace(",", separator)
    assert [row.template for row in read(written(tmp_path / "e.csv", text, encoding))] == ["Café"]


def test_the_second_step_is_a_follow_up(tmp_path):
    table = read(written(tmp_path / "e.csv", EXPORTS["smartlead"][0]))
    assert [row.stage for row in table] == ["initial", "follow_up"]


def test_lemlist_people_by_their_state(tmp_path):
    states = "contacted hooked warmed interested notInterested imported emailsBounced meetingBooked emailsUnsubscribed".split()
    lines = "".join(f"p{i}@x.example,Ann,{state},Q1\n" for i, state in enumerate(states))
    table = read(written(tmp_path / "e.csv", "email,firstName,state,campaignName\n" + lines))
    assert [(row.replied, row.positive) for row in table] == [
        (False, None), (False, None), (True, None), (True, True), (True, False), (True, True), (False, None),
    ]  # fmt: skip
    assert table.provenance[0].left_out == {"people not contacted yet or not reached": 2}
    assert table.one_denominator() is Denominator.CONTACTED


OWN = "Who,Day,Words,Answer?,Back\nAnn Lee,25/12/2025,Hi Ann,yes,27/12/2025\nBo Ray,26/12/2025,Hi Bo,no,\nCy Day,01/03/2026,Hi Cy,no,\n"
MAP = {"name": "Who", "sent_at": "Day", "text": "Words", "replied": "Answer?", "replied_at": "Back"}


def test_a_table_of_ones_own_with_a_mapping(tmp_path):
    table = read(written(tmp_path / "mine.csv", OWN), mapping=MAP, as_of=datetime(2026, 3, 10, tzinfo=UTC))
    assert [(row.text, row.replied, row.hours_to_reply) for row in table] == [
        ("Hi Ann", True, 48.0), ("Hi Bo", False, None), ("Hi Cy", None, None),
    ]  # fmt: skip
    assert table[0].recipient == HASHER.person("ann lee")


@pytest.mark.parametrize("ending", ["xlsx", "jsonl", "parquet"])
def test_the_same_table_in_other_forms(ending, tmp_path):
    import openpyxl
    import pyarrow
    from pyarrow import parquet

    header, *rows = csv.reader(OWN.splitlines())
    typed = [
        [datetime.strptime(c, "%d/%m/%Y") if c[:2].isdigit() else c or None for c in row] for row in rows
    ]
    path = tmp_path / f"mine.{ending}"
    if ending == "xlsx":
        book = openpyxl.Workbook()
        for cells in (header, *typed):
            book.active.append(cells)
        book.save(path)
    elif ending == "parquet":
        parquet.write_table(
            pyarrow.Table.from_pylist([dict(zip(header, r, strict=True)) for r in typed]), path
        )
    else:
        path.write_text("".join(json.dumps(dict(zip(header, row, strict=True))) + "\n" for row in rows))
    mine = read(path, mapping=MAP)
    assert [(row.text, row.sent_at, row.replied) for row in mine] == [
        (row.text, row.sent_at, row.replied) for row in read(written(tmp_path / "mine.csv", OWN), mapping=MAP)
    ]


def test_columns_of_unknown_make_are_proposed_and_not_guessed(tmp_path):
    path = written(tmp_path / "mine.csv", "My template,Sends,Replies,Body\nA,100,9,Hi\n")
    with pytest.raises(
        InputError,
        match=r"if this is what its columns mean, say so: .*--map replied=Replies --map sent=Sends",
    ):
        read(path)
    (row,) = read(
        path, mapping={"sent": "Sends", "replied": "Replies", "text": "Body", "template": "My template"}
    )
    assert (row.n_sent, row.n_replied, row.template, row.denominator) == (100, 9, "A", "sent")


BAD = [
    ("name,replyCount,deliverCount\nA,x1CANARY,50\n", {}, ":2: a count that is not a whole number"),
    ("name,replyCount,deliverCount\nA,60,50\n", {}, ":2: more replies than messages delivered"),
    ("Sequence name,Enrolled,Reply rate\nA,20,140%\n", {}, ":2: a rate that is not between"),
    ("name,replyCount,deliverCount\nA,6,50,CANARY,7\n", {}, ":2: 5 cells where the header has 3"),
    ('name,replyCount,deliverCount\nA,6,50\n"CANARY,7\n8,9\n', {}, ":3: a quotation mark is opened"),
    ("", {}, "is empty"),
    ("CANARY\n1\n", {}, "no column looks like replies"),
    (OWN, {"mapping": {**MAP, "replied": "Answers"}}, 'no column for --map replied; did you mean "Answer?"'),
    (OWN, {"mapping": {"answered": "Who"}}, "--map: unknown field; fields are template"),
    (OWN, {"mapping": {"text": "Words"}}, "say which column holds the replies"),
    (OWN, {"mapping": {"sent": "Who", "started": "Day", "replied": "Back"}}, "one of sent, started"),
    (OWN.replace("yes", "CANARY"), {"mapping": MAP}, ":2: neither yes nor no"),
    (OWN.replace("27/12", "27/11"), {"mapping": MAP}, ":2: answered before it was sent"),
    (OWN.replace("26/12/2025", "12/26/2025"), {"mapping": MAP}, ":3: dates in two orders"),
    (
        OWN.replace("25/12", "05/12").replace("26/12", "06/12").replace("27/12", "07/12"),
        {"mapping": MAP},
        ":2: day/month or month/day",
    ),
]


@pytest.mark.parametrize(("text", "options", "words"), BAD)
def test_bad_tables_are_refused_with_their_place(text, options, words, tmp_path):
    with pytest.raises(InputError) as caught:
        read(written(tmp_path / "t.csv", text), **options)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "CANARY" not in str(caught.value)


def test_duplicated_rows_count_once_and_are_said(tmp_path):
    table = read(written(tmp_path / "t.csv", "name,replyCount,deliverCount\nA,6,50\nA,6,50\nB,1,50\n"))
    assert len(table) == 2
    assert table.provenance[0].left_out == {"duplicated rows": 1}


def test_flags_that_a_data_frame_wrote_as_decimals(tmp_path):
    path = written(tmp_path / "t.csv", "Who,Ans\nA,1.0\nB,0.0\nC,\nD,2 replies\nE,0 replies\nF,2025-01-03\n")
    table = read(path, mapping={"replied": "Ans", "name": "Who"})
    assert [row.replied for row in table] == [True, False, False, True, False, True]
    with pytest.raises(InputError, match=":2: neither yes nor no"):
        read(
            written(tmp_path / "u.csv", "Who,Ans\nA,7th time lucky\n"),
            mapping={"replied": "Ans", "name": "Who"},
        )


def test_a_rate_column_is_in_percent_as_a_whole(tmp_path):
    mapping = {"template": "T", "sent": "N", "rate": "RR"}
    percent = written(tmp_path / "p.csv", "T,N,RR\nA,1000,12.5\nB,1000,3.2\nC,1000,0.8\nD,1000,1\n")
    assert [row.n_replied for row in read(percent, mapping=mapping)] == [125, 32, 8, 10]
    share = written(tmp_path / "s.csv", "T,N,RR\nA,1000,0.125\nB,1000,0.8\n")
    assert [row.n_replied for row in read(share, mapping=mapping)] == [125, 800]


def test_a_count_that_is_missing_is_not_nought(tmp_path):
    table = read(written(tmp_path / "t.csv", "name,replyCount,deliverCount\nA,,200\nB,0,200\n"))
    assert [(row.template, row.n_replied) for row in table] == [("B", 0)]
    assert table.provenance[0].left_out == {"rows that do not say how many were answered": 1}


def test_a_tools_positives_above_its_replies_are_left_out(tmp_path):
    text = "name,replyCount,deliverCount,positiveReplyCount\nA,6,50,7\nB,6,50,2\n"
    table = read(written(tmp_path / "t.csv", text))
    assert [(row.n_replied, row.n_positive) for row in table] == [(6, None), (6, 2)]
    assert table.provenance[0].left_out == {"counts of positive replies above that of replies": 1}
    mapping = {"delivered": "deliverCount", "replied": "replyCount", "positive": "positiveReplyCount"}
    with pytest.raises(InputError, match=":2: more positive replies than replies"):
        read(tmp_path / "t.csv", mapping=mapping)


def test_an_answer_on_the_day_it_was_sent(tmp_path):
    text = "Who,Day,Ans,Back\nA,2025-01-03 10:00,yes,2025-01-03\nB,2025-01-03 10:00,yes,2025-01-05\nC,2025-03-30,no,\n"
    mapping = {"name": "Who", "sent_at": "Day", "replied": "Ans", "replied_at": "Back"}
    table = read(written(tmp_path / "t.csv", text), mapping=mapping)
    assert [(row.replied, row.hours_to_reply) for row in table] == [(True, None), (True, 48.0), (None, None)]


def test_lemlist_states_say_where_it_happened(tmp_path):
    states = {
        "emailsOpened": ("email", False, None), "emailsSent": ("email", False, None),
        "emailsReplied": ("email", True, None), "linkedinReplied": ("message", True, None),
        "linkedinSent": ("message", False, None), "manualInterested": ("email", True, True),
        "emailsNotInterested": ("email", True, False), "warmed": ("email", True, None),
    }  # fmt: skip
    lines = [
        f"p{n}@x.org,Ann,{state}"
        for n, state in enumerate([*states, "emailsBounced", "scanned", "quite new"])
    ]
    table = read(written(tmp_path / "t.csv", "\n".join(["email,firstName,state", *lines]) + "\n"))
    assert [(row.channel, row.replied, row.positive) for row in table] == list(states.values())
    assert table.provenance[0].left_out == {
        "people not contacted yet or not reached": 2, "people in a state not known here": 1,
    }  # fmt: skip
