"""What to mend first: by what a rule found in each draft, not by the worst it ever found."""

from stub_scorer import StubScorer

from scorer.library.sources import Source
from scorer.library.stored import Scored
from scorer.library.summary import summarise
from scorer.schema import Draft, Finding, Severity


def scored(*found: tuple[str, Severity]) -> Scored:
    from dataclasses import replace

    draft = Draft(text="Which kiln did you pick?")
    findings = tuple(Finding(code, code.lower(), "tone", severity, "A message.") for code, severity in found)
    return Scored(Source(draft, "a.txt"), replace(StubScorer().score(draft), findings=findings))


def test_a_draft_counts_by_its_own_worst():
    oath = ("SAF014", Severity.WARNING)
    items = [scored(oath, oath)] * 20 + [scored(oath, ("SAF014", Severity.ERROR))]
    items += [scored(("LEN001", Severity.ERROR))] * 18
    made = summarise(items)
    assert [f.code for f in made.first] == ["LEN001", "SAF014"]
    assert [(f.code, f.drafts, f.words) for f in made.frequent] == [
        ("SAF014", 21, "1 error, 20 warnings"),
        ("LEN001", 18, "error"),
    ]
