"""A scorer without models, for tests of what stands around it: each finding comes from words in the text."""

from __future__ import annotations

from scorer.schema import (
    Draft,
    DraftFacts,
    Edit,
    Finding,
    Fix,
    ScoreReport,
    Severity,
    Span,
    Suggestion,
    Versions,
    band_of,
)

# Words, code, name, family, severity, message, replacement, whether that is safe.
_LISTED = (
    (
        "pick your brain",
        "ASK003",
        "vague-ask",
        "ask",
        "warning",
        "Say what you want to know.",
        "ask you",
        True,
    ),
    ("I hope this finds you well", "TON007", "stock-opening", "tone", "hint", "Start with why.", None, False),
    ("send me your password", "SAF001", "asks-password", "safety", "error", "Never ask for it.", "", False),
    ("Would love", "TON008", "no-subject", "tone", "hint", "Say who.", "I would love", True),
)
POINTS = {Severity.ERROR: 40.0, Severity.WARNING: 10.0, Severity.HINT: 2.0}


class StubScorer:
    """Scores by the words in `_LISTED`; a draft without a question lacks an ask."""

    def score(self, draft: Draft, *, suggestions: bool = True) -> ScoreReport:
        words = draft.text.split()
        facts = DraftFacts(
            id=draft.id, kind=draft.kind or "draft", channel=draft.channel, stage=draft.stage,
            purpose=draft.purpose, language="en" if words else None, n_words=len(words),
            n_characters=len(draft.text),
        )  # fmt: skip
        versions = Versions("0.1.0", "stub 1", "blank 1")
        if not words:
            return ScoreReport(facts, versions, "refused", "empty", judged_by="stub 1", source=draft)
        findings = tuple(sorted(_findings(draft), key=lambda f: (f.span is None, f.span and f.span.start)))
        cost = sum(POINTS[finding.severity] for finding in findings)
        score = max(0.0, 90.0 - cost)
        best = next((finding for finding in findings if finding.fix), None)
        advice = (
            (Suggestion((best.code,), best.message, 8.4, "measured", best.fix.edits),)
            if best and best.fix and suggestions
            else ()
        )
        missing = [finding for finding in findings if finding.span is None]
        if missing and suggestions:
            advice += (Suggestion((missing[0].code,), missing[0].message, 5.2, "estimated"),)
        return ScoreReport(
            facts, versions, score=score, band=band_of(score),
            families={"personalization": 61.0, "length": 96.0, "spam": 100.0, "ask": score, "tone": 88.0},
            contributions={"base": 90.0, "ask.n_asks": score - 90.0}, findings=findings, suggestions=advice,
            features={"ask.n_asks": float(draft.text.count("?"))}, judged_by="stub 1", source=draft,
        )  # fmt: skip


def _findings(draft: Draft):
    for words, code, name, family, severity, message, better, safe in _LISTED:
        start = draft.text.find(words)
        while start >= 0:
            span = Span(start, start + len(words))
            fix = (
                None
                if better is None
                else Fix((Edit(span.start, span.end, better),), safe, f"write “{better}”")
            )
            yield Finding(code, name, family, Severity(severity), message, span, fix)
            start = draft.text.find(words, start + 1)
    if "?" not in draft.text:
        yield Finding("ASK001", "no-ask", "ask", Severity.WARNING, "Ask one thing.", None)
