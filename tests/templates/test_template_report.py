"""Scores of templates: as their readers see them, with what was made, what broke, and what the swap test says."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from stub_scorer import StubScorer

from scorer import Draft, Person
from scorer.config import Config
from scorer.errors import InputError
from scorer.rules import TEMPLATE_RULES, RuleSettings
from scorer.schema import band_of
from scorer.templates import Recipients, dialect_of, parse, score_template, swap_test

ROWS = [
    {
        "first_name": "Ana",
        "company": "Acme",
        "icebreaker": "Your note on peat-free compost made me weigh our bags again.",
    },
    {
        "first_name": "Bo",
        "company": "Borg Foods",
        "icebreaker": "The photo of the flooded oat store explains a lot to me.",
    },
    {
        "first_name": "Cy",
        "company": "Cyprus Lime",
        "icebreaker": "You were right about quicklime in the tank at Paphos.",
    },
]
GENERIC = "Hi {{first_name}}, we help teams to save time and money. Would you be open to a call next week?"
SPECIFIC = (
    "Hi {{first_name}},\n\n{{icebreaker}} Which supplier did you choose for {{project}}, after {{achievement}}?\n\n"
    "Thanks,\n{{sender_name}}"
)


def report(scorer, text, rows=None, **more):
    context = {
        k: more.pop(k)
        for k in ("channel", "subject", "account", "recipient", "sender", "kind", "previous")
        if k in more
    }
    return score_template(scorer, Draft(text=text, **context), rows, **more)


def codes(made):
    return [item.code for item in made.findings]


# --- which renderings


def test_the_scores_are_those_of_the_renderings(scorer):
    made = report(scorer, "{Hi|Hello there,} {{first_name}}, how did you dry the oats at {{company}}?", ROWS)
    texts = [
        f"{hello} {row['first_name']}, how did you dry the oats at {row['company']}?"
        for row in ROWS
        for hello in ("Hi", "Hello there,")
    ]
    people = [Person(name=row["first_name"], company=row["company"]) for row in ROWS for _ in range(2)]
    drafts = [Draft(text=t, recipient=p, kind="draft") for t, p in zip(texts, people, strict=True)]
    scores = sorted(scorer.score(draft, suggestions=False).score for draft in drafts)
    assert made.plan.exhaustive
    assert (made.plan.total, made.scored, made.wordings) == (6, 6, (2, 2))
    assert made.worst.score == pytest.approx(scores[0])
    assert made.median.score == made.score == pytest.approx(scores[2])
    assert made.best.score == pytest.approx(scores[-1])
    assert made.worst.text in texts
    assert made.band == band_of(made.score)


def test_alike_renderings_are_scored_once(scorer):
    made = report(scorer, "{Hi|Hi} {{first_name}}, how did you dry the oats?", ROWS)
    assert (made.plan.total, made.scored) == (6, 3)


def test_above_the_limit_a_sample_speaks_for_all_and_says_how_well(scorer):
    text = "{Hi|Hello|Hey} {{first_name}}, {how|tell me how} did you {dry|store|sift} the {oats|rye|barley}?"
    made = report(scorer, text, ROWS, limit=50, sample=40, seed=5)
    assert not made.plan.exhaustive
    assert made.plan.total == 54 * 3
    assert len(made.plan.drawn) == 40
    low, high = made.median_interval
    assert low <= made.score <= high
    assert made.worst.score <= low <= high <= made.best.score
    assert made.plan.rank_error == pytest.approx(0.2147, abs=1e-3)
    assert made.plan.beyond == pytest.approx(0.0721, abs=1e-3)
    again = report(scorer, text, ROWS, limit=50, sample=40, seed=5)
    assert again.to_dict() == made.to_dict()
    whole = report(scorer, text, ROWS)
    assert whole.plan.exhaustive
    assert low <= whole.score <= high


def test_without_rows_built_in_people_are_used_and_invented_values_are_told(scorer):
    made = report(
        scorer,
        "Hi {{first_name}}, how is the {{warehouse_code}}? Best, {{sender_name}}",
        sender=Person(name="Jo Lee"),
    )
    assert made.recipients.source == "built-in"
    assert "warehouse_code" in made.stand_ins
    assert "Jo Lee" in made.best.text


def test_rows_without_the_writer_still_get_the_writers_name(scorer):
    made = report(
        scorer,
        "Hi {{first_name}}, how is the oat store? Best, {{sender_name}}",
        ROWS,
        sender=Person(name="Jo Lee"),
    )
    assert "Jo Lee" in made.worst.text
    assert "TPL007" not in codes(made)


def test_the_longest_rendering_is_measured_against_each_account(scorer):
    text = "Hi {{first_name}}, {yes|" + "well " * 30 + "}how did the oats at {{company}} dry?"
    made = report(scorer, text, ROWS, channel="connection_note")
    (length,) = made.lengths
    assert (
        length.characters
        == len(length.text)
        == len("Hi Cy, " + "well " * 30 + "how did the oats at Cyprus Lime dry?")
    )
    assert length.recipient == "row 3"
    assert dict(length.limits) == {"free": 200, "premium": 300}
    assert "TPL008" not in codes(made)
    long = report(
        scorer, text.replace("* 30", "* 40").replace("well ", "well, "), ROWS, channel="connection_note"
    )
    assert "TPL008" in codes(long)
    assert "TPL008" not in codes(
        report(scorer, text.replace("well ", "well, "), ROWS, channel="connection_note", account="premium")
    )


def test_a_subject_is_filled_in_measured_and_checked_too(scorer):
    made = report(
        scorer, "Hi {{first_name}}, how did the oats dry?", [*ROWS, {"first_name": "Di", "company": ""}],
        subject="{{company}}", channel="email",
    )  # fmt: skip
    joins = [(j.where, j.join.kind) for j in made.joins]
    assert ("subject", "empty") in joins
    assert [length.where for length in made.lengths] == ["text", "subject"]


# --- what is found


def test_broken_joins_name_the_place_the_reader_and_how_often(scorer):
    text = "Hi {{first_name}}, I saw that {{company}} dries oats. How long does that take?"
    made = report(scorer, text, [*ROWS, {"first_name": "", "company": "Dry Ltd"}])
    (join,) = made.joins
    assert text[join.join.start : join.join.end] == "{{first_name}}"
    assert (join.recipient, join.share) == ("row 4", 0.25)
    assert join.rendering.startswith("Hi , I saw")
    assert made.worst.recipient == "row 4"
    (item,) = [i for i in made.template_findings if i.finding.code == "TPL007"]
    assert (item.share, item.finding.severity.value) == (0.25, "error")


def test_findings_in_renderings_point_into_the_template(scorer):
    text = "Hi {{first_name}}, {I would like to pick your brain|may I pick your brain} about oats at {{company}}. When?"
    made = report(scorer, text, ROWS)
    found = [
        i for i in made.template_findings if i.finding.span and "brain" in i.finding.span.of(made.source)
    ]
    assert found
    assert all(0 < item.share <= 1 for item in made.template_findings)
    for item in made.template_findings:
        if item.finding.span:
            assert 0 <= item.finding.span.start <= item.finding.span.end <= len(text)


def test_fixes_are_offered_only_for_the_templates_own_words(scorer):
    text = "Hi {{first_name}}, I wanted to basically ask how the oats at {{company}} dry."
    made = report(scorer, text, ROWS)
    for item in made.findings:
        for edit in item.fix.edits if item.fix else ():
            assert "{" not in text[edit.start : edit.end]


def test_settings_and_comments_silence_and_weigh_template_rules(scorer):
    text = "Hi {{first_name}, how is {{comapny}}?"
    assert {"TPL001", "TPL004"} <= set(codes(report(scorer, text)))
    silenced = report(scorer, text + " <!-- score-draft: ignore-file TPL004 -->")
    assert "TPL004" not in codes(silenced)
    assert "TPL001" in codes(silenced)
    quiet = type(scorer)(scorer.parser, scorer.judge, Config(rules=RuleSettings(ignore=("TPL",))))
    assert not [c for c in codes(report(quiet, text)) if c.startswith("TPL")]


class WithoutModels(StubScorer):
    """Enough of a scorer for what needs no scores."""

    config = Config()
    judge = SimpleNamespace(name="stub 1")

    def score_many(self, drafts, *, n_jobs=1, suggestions=True):
        return (self.score(draft, suggestions=suggestions) for draft in drafts)


EXAMPLES = {
    "TPL002": {"rows": [{"first_name": "Ana", "company": "Acme"}]},
    "TPL006": {"tool": "mailchimp"},
    "TPL012": {
        "rows": [{"first_name": n, "icebreaker": "I like your work."} for n in ("Al", "Bo", "Cy", "Di", "Ed")]
    },
}
BAD = [pytest.param(r, e, id=f"{r.code}-{n}") for r in TEMPLATE_RULES for n, e in enumerate(r.bad)]
GOOD = [pytest.param(r, e, id=f"{r.code}-{n}") for r in TEMPLATE_RULES for n, e in enumerate(r.good)]


@pytest.mark.parametrize(("rule", "example"), BAD)
def test_every_bad_example_of_a_rule_is_flagged_at_its_words(rule, example):
    made = score_template(WithoutModels(), example.draft, **EXAMPLES.get(rule.code, {}), limit=60, sample=30)
    found = [f for f in made.findings if f.code == rule.code]
    assert example.flags in [f.span.of(example.draft) if f.span else None for f in found]
    if example.fixed is not None:
        fix = next(f.fix for f in found if f.fix is not None)
        assert example.draft.with_edits(fix.edits).text == example.fixed


@pytest.mark.parametrize(("rule", "example"), GOOD)
def test_every_good_example_of_a_rule_is_left_alone(rule, example):
    made = score_template(WithoutModels(), example.draft, **EXAMPLES.get(rule.code, {}), limit=60, sample=30)
    assert rule.code not in codes(made), example.because


# --- the swap test


def personalization(made):
    return made.families["personalization"]


def test_constant_text_scores_lowest_names_stay_in_the_lowest_band_and_specific_text_is_on_top(scorer):
    constant = report(scorer, GENERIC.replace(" {{first_name}}", ""))
    named = report(scorer, GENERIC)
    often = report(
        scorer, GENERIC.replace(", ", ", {{first_name}}, ") + " {{first_name}} {{last_name}}, {{full_name}}?"
    )
    firm = report(scorer, GENERIC.replace("teams", "{{company}}"))
    specific = report(scorer, SPECIFIC)
    assert constant.swap.share == named.swap.share == often.swap.share == 0
    assert (constant.swap.verdict, named.swap.verdict, often.swap.verdict) == (
        "constant",
        "name_only",
        "name_only",
    )
    assert personalization(constant) <= personalization(named) <= personalization(often) < 30
    assert personalization(often) <= 20
    assert 0 < firm.swap.share < 0.15
    assert personalization(named) <= personalization(firm) < personalization(specific)
    assert band_of(personalization(specific)) == "excellent"
    assert specific.swap.verdict == "mostly"


@pytest.mark.parametrize("times", [2, 3, 10])
def test_repeating_a_variable_makes_nothing_more_personal(times):
    def share(n):
        text = (
            "Hi {{first_name}}, " + "how are things at {{company}}? " * n + "We make crates for oats and rye."
        )
        return swap_test(parse(text, dialect_of("double-snake")), Recipients.of(ROWS)).share

    assert share(times) == share(1) <= 0.2


def test_a_line_that_is_the_same_for_everybody_is_not_personal(scorer):
    same = [{**row, "icebreaker": "I really like the work that your team does."} for row in ROWS]
    assert (
        report(scorer, "Hi {{first_name}}, {{icebreaker}} Shall we talk?", same).swap.verdict == "name_only"
    )
    assert report(scorer, "Hi {{first_name}}, {{icebreaker}} Shall we talk?", ROWS).swap.share > 0.4


def test_fallbacks_and_greetings_by_condition_are_not_personal(scorer):
    text = '{% if first_name %}Hi {{first_name}}{% else %}Good day dear reader{% endif %}, we sell {{city | default: "town"}} crates.'
    rows = [
        {"first_name": "Ana", "city": ""},
        {"first_name": "", "city": ""},
        {"first_name": "Cy", "city": ""},
    ]
    assert report(scorer, text, rows).swap.share == 0


def test_words_chosen_by_the_readers_role_are_personal(scorer):
    text = '{% if role == "Baker" %}How do you proof rye dough?{% else %}How do you sift barley malt?{% endif %} We make crates.'
    rows = [{"role": "Baker"}, {"role": "Maltster"}] * 3
    assert report(scorer, text, rows).swap.share > 0.2


def test_a_finished_draft_to_one_reader_is_judged_by_its_details(scorer):
    text = (
        "Hi Priya, your talk in Ghent on sampling spans in Kafka made us change how we store ours at the Paide mill. "
        "Did you keep the 40 topics that you showed on the last slide?"
    )
    reader = Person(name="Priya Shah", company="Datadog")
    assert report(scorer, text, recipient=reader, kind="draft").swap.share >= 0.5
    assert report(scorer, text, kind="template").swap.verdict == "constant"
    plain = "Hi Priya, we help teams to save time and money. Would you be open to a call next week?"
    assert report(scorer, plain, recipient=reader, kind="draft").swap.share == 0


# --- the report as data


def test_the_report_is_plain_data_with_a_version(scorer):
    made = report(scorer, GENERIC, ROWS, suggestions=True).to_dict()
    assert json.loads(json.dumps(made)) == made
    assert (made["schema_version"], made["type"], made["status"]) == (1, "template", "scored")
    assert set(made["scores"]) == {"best", "median", "worst"}
    assert made["renderings"]["method"] == "all"
    assert made["dialect"]["key"] == "double-snake"
    assert made["swap"]["verdict"] == "name_only"
    assert all({"code", "start", "end", "share"} <= set(f) for f in made["findings"])
    assert made["suggestions"]


def test_what_cannot_be_judged_is_refused_with_its_reason(scorer):
    made = report(scorer, "{{first_name}}", [{"first_name": "Ana"}])
    assert (made.status, made.reason, made.score, made.worst) == ("refused", "too_short", None, None)
    assert made.to_dict()["score"] is None
    empty = report(scorer, "")
    assert (empty.status, empty.reason) == ("refused", "empty")


def test_recipients_without_rows_are_one_clear_error(scorer):
    with pytest.raises(InputError, match="recipients are empty"):
        report(scorer, GENERIC, [])
    with pytest.raises(InputError, match="no dialect and no sending tool"):
        report(scorer, GENERIC, ROWS, dialect="nonsense")
    assert Recipients.of([{"a": 1}]).labels == ("row 1",)
