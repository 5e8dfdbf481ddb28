"""From outcomes to arrays: what a response model and the effects of traits are estimated on.

Messages made of the same words stand in one row each; a row keeps who got it and when, so that nobody is on both sides
of a split. What cannot be learnt from is refused here, with one line that says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scorer.errors import InputError
from scorer.model.response import contexts_of
from scorer.outcomes.logistic import Array
from scorer.outcomes.outcome import Denominator, Outcome
from scorer.outcomes.table import OutcomeTable
from scorer.pipeline import COLUMNS, Scorer
from scorer.schema import Draft

Ints = NDArray[np.int64]

# A compromise: below this an estimate's interval spans over a third of the scale; see training/outcomes/RESULTS.md.
MIN_REPLIES = MIN_SILENT = 50
MIN_TEXTS = 5
_DAY = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Rows of messages as arrays, ready for estimation.

    Attributes
    ----------
    columns, X
        Names of the features, and their values ``(n, p)``; NaN where undefined.
    score
        Scores of the shipped classifier, 0 to 100.
    contexts, context
        Names of channels and stages, and ``(n, c)`` which holds for each row.
    replied, sent
        Counts.
    person, template
        Who got it and what it was made from, numbered from 0; unknown people are numbered apart.
    draft
        Which different draft each row is, numbered from 0: rows of one draft have the same features.
    when
        Days since 1970; NaN where unknown.
    texts
        The words, for a model of wording; empty where there is none to be.
    denominator, judge
        What `sent` counts; what made the scores.
    """

    columns: tuple[str, ...]
    X: Array
    score: Array
    contexts: tuple[str, ...]
    context: Array
    replied: Array
    sent: Array
    person: Ints
    template: Ints
    draft: Ints
    when: Array
    texts: tuple[str, ...] = ()
    denominator: str = "sent"
    judge: str = ""

    def __len__(self) -> int:
        return len(self.sent)

    @property
    def base_rate(self) -> float:
        """Share answered."""
        return float(self.replied.sum() / self.sent.sum())

    def collapsed(self) -> Sample:
        """Return the sample with one row for each draft and template; people and times are lost."""
        pair = self.draft * (int(self.template.max()) + 1) + self.template
        _, first, inverse = np.unique(pair, return_index=True, return_inverse=True)
        if len(first) == len(self):
            return self
        return replace(
            self.take(first),
            replied=np.bincount(inverse, weights=self.replied).astype(float),
            sent=np.bincount(inverse, weights=self.sent).astype(float),
        )

    def take(self, rows: Ints) -> Sample:
        """Return the sample of `rows`."""
        return Sample(
            columns=self.columns, X=self.X[rows], score=self.score[rows], contexts=self.contexts,
            context=self.context[rows], replied=self.replied[rows], sent=self.sent[rows],
            person=self.person[rows], template=self.template[rows], draft=self.draft[rows], when=self.when[rows],
            texts=tuple(self.texts[row] for row in rows) if self.texts else (),
            denominator=self.denominator, judge=self.judge,
        )  # fmt: skip


def known_rows(table: OutcomeTable) -> tuple[list[Outcome], Denominator]:
    """Return the rows whose outcome and words are known, and their one denominator.

    Raises
    ------
    InputError
        There are none, or they are counted over different things.
    """
    rows = [row for row in table if row.known and row.text.strip()]
    if not rows:
        raise InputError(
            "no outcome with both a text and a known answer; messages younger than the window do not count "
            "yet"
        )
    kinds = sorted({row.denominator for row in rows})
    if len(kinds) > 1:
        raise InputError(
            f"the outcomes are counted over different things ({', '.join(kinds)}); choose one with "
            "--denominator"
        )
    return rows, kinds[0]


def check_enough(replied: float, sent: float, n_texts: int) -> None:
    """Refuse data from which nothing can be learnt.

    Raises
    ------
    InputError
        Too few replies, too few messages without one, or too few different texts; says how many are missing.
    """
    silent = sent - replied
    if silent == 0:
        raise InputError(
            f"all {sent:,.0f} messages were answered; without any that were not, nothing tells them apart. "
            "Was the table made of answered messages only?"
        )
    if replied == 0:
        raise InputError(f"none of the {sent:,.0f} messages was answered; nothing tells them apart yet")
    if replied < MIN_REPLIES or silent < MIN_SILENT:
        short = [
            f"{least - have:,.0f} more {what}"
            for have, least, what in (
                (replied, MIN_REPLIES, "replies"), (silent, MIN_SILENT, "messages without a reply"),
            )
            if have < least
        ]  # fmt: skip
        raise InputError(
            f"{replied:,.0f} replies to {sent:,.0f} messages are too few to learn from; it takes "
            f"{MIN_REPLIES} replies and {MIN_SILENT} messages without one: {' and '.join(short)}"
        )
    if n_texts == 1:
        raise InputError(
            "all messages are made from one text or template, so there is nothing to compare; send at least "
            f"{MIN_TEXTS} different ones"
        )
    if n_texts < MIN_TEXTS:
        raise InputError(
            f"{n_texts} different texts or templates are too few to tell what matters; it takes {MIN_TEXTS}"
        )


def check_times(rows: Iterable[Outcome]) -> None:
    """Refuse rows that do not say when they were sent.

    Raises
    ------
    InputError
        Some row has no time.
    """
    rows = list(rows)
    missing = sum(row.sent_at is None for row in rows)
    if missing:
        raise InputError(
            f"{missing:,} of {len(rows):,} outcomes do not say when they were sent, so the model can't be "
            "tested on later messages; add the times, or give --no-times to test it on other templates and "
            "people instead"
        )


def check_table(table: OutcomeTable, *, times: bool = True) -> None:
    """Refuse a table that no model can be trained on, before anything costly is done.

    Parameters
    ----------
    times
        Whether every outcome must say when it was sent.

    Raises
    ------
    InputError
        Mixed denominators, too few or one-sided outcomes, one text only, or no times; says what is missing.
    """
    rows, _ = known_rows(table)
    replied, sent = sum(row.n_replied or 0 for row in rows), sum(row.n_sent for row in rows)
    check_enough(replied, sent, len(set(_template_keys(rows))))
    if times:
        check_times(rows)


def sample_of(
    table: OutcomeTable, scorer: Scorer, *, progress: Callable[[int, int], None] | None = None
) -> Sample:
    """Return the arrays of a table; each different draft is scored once.

    Parameters
    ----------
    progress
        Called with the number of drafts scored so far, and of all.

    Raises
    ------
    InputError
        No usable rows, or several denominators.
    """
    rows, denominator = known_rows(table)
    drafts = [row.draft() for row in rows]
    keys = [_draft_key(draft) for draft in drafts]
    unique = dict(zip(keys, drafts, strict=True))
    measured: dict[tuple[object, ...], tuple[float, list[float]]] = {}
    for number, (key, report) in enumerate(
        zip(unique, scorer.score_many(unique.values(), suggestions=False), strict=True), 1
    ):
        if report.score is not None:
            measured[key] = report.score, [report.features[name] for name in COLUMNS]
        if progress is not None:
            progress(number, len(unique))
    kept = [index for index, key in enumerate(keys) if key in measured]
    if not kept:
        raise InputError(
            "none of the messages could be scored; are they in English and longer than a word or two?"
        )
    rows, keys = [rows[index] for index in kept], [keys[index] for index in kept]
    own = [contexts_of(row.channel, row.stage) for row in rows]
    contexts = tuple(sorted({name for names in own for name in names}))
    return Sample(
        columns=COLUMNS,
        X=np.array([measured[key][1] for key in keys]),
        score=np.array([measured[key][0] for key in keys]),
        contexts=contexts,
        context=np.array([[float(name in names) for name in contexts] for names in own]),
        replied=np.array([float(row.n_replied or 0) for row in rows]),
        sent=np.array([float(row.n_sent) for row in rows]),
        person=numbered([row.recipient for row in rows]),
        template=numbered(_template_keys(rows)),
        draft=_numbers(keys),
        when=np.array([row.sent_at.timestamp() / _DAY if row.sent_at else np.nan for row in rows]),
        texts=tuple(row.text for row in rows),
        denominator=str(denominator),
        judge=scorer.judge.name,
    )


def _draft_key(draft: Draft) -> tuple[object, ...]:
    return draft.text, draft.subject, draft.channel, draft.stage, draft.purpose, draft.previous


def _template_keys(rows: Sequence[Outcome]) -> list[str | None]:
    """Return what messages share: a template's name, else their very words."""
    return [row.template or "\x00" + " ".join(row.text.split()).casefold() for row in rows]


def numbered(keys: Sequence[str | None]) -> Ints:
    """Return a number for each different key, from 0; each None gets its own."""
    return _numbers([object() if key is None else key for key in keys])


def _numbers(keys: Sequence[object]) -> Ints:
    seen: dict[object, int] = {}
    return np.array([seen.setdefault(key, len(seen)) for key in keys], dtype=np.int64)


def groups_of(sample: Sample) -> Ints:
    """Return a group for each row such that neither a person nor a template stands in two groups.

    Where people and templates hang together all in one, as when everybody got every template in turn, the groups are
    people alone.
    """
    parent = list(range(int(sample.person.max()) + int(sample.template.max()) + 2))
    shift = int(sample.person.max()) + 1

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for person, template in zip(sample.person.tolist(), sample.template.tolist(), strict=True):
        parent[root(person)] = root(template + shift)
    groups = np.unique([root(person) for person in sample.person.tolist()], return_inverse=True)[1]
    weight = np.bincount(groups, weights=sample.sent)
    if len(weight) < MIN_TEXTS or weight.max() > 0.6 * weight.sum():
        return sample.person
    return groups.astype(np.int64)
