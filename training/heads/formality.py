"""Formality of sentences, after Pavlick and Tetreault."""

from __future__ import annotations

import re

import numpy as np
from scipy.stats import spearmanr

from training.heads.common import (
    Figure,
    Part,
    Recipe,
    Trained,
    calibration_error,
    fit,
    folds,
    make_head,
    platt,
    probability,
)
from training.heads.corpora import Corpora
from training.heads.design import measure

RECIPE = Recipe("squared", penalty=5.0)
_DOMAINS = ("email", "blog", "news", "answers")
_SPLIT_WORD = re.compile(r" (?=(?:n't|'(?:s|m|re|ve|ll|d))\b)", re.IGNORECASE)
_BEFORE_MARK = re.compile(r" (?=[,.!?;:)])")
_HEADER = re.compile(r"\A(?:[\w-]+:[^\n]*\n(?:[ \t]+[^\n]*\n)*)*\**\n?")


def detokenise(text: str) -> str:
    """Join what the corpus' tokens split, so that it looks like writing."""
    return _BEFORE_MARK.sub("", _SPLIT_WORD.sub("", text))


def build(corpora: Corpora) -> Trained:
    rows = corpora.rows("formality_pavlick/data", "text", "domain", "avg_score")
    data = measure([detokenise(row["text"]) for row in rows])
    score = np.array([float(row["avg_score"]) for row in rows])
    domain = np.array([row["domain"] for row in rows])
    fold = folds([row["text"].lower() for row in rows])
    by_domain = [np.flatnonzero(domain == name) for name in _DOMAINS]
    # One intercept: that news is more formal than an answer to a stranger is part of what is to be learned.
    whole = Part(data, score)
    z = np.zeros(len(rows))
    for number in range(5):
        unseen = np.flatnonzero(fold == number)
        z[unseen] = fit([whole.take(np.flatnonzero(fold != number))], RECIPE).decide(data.take(unseen))
    emails = by_domain[0]
    across = fit([whole.take(np.flatnonzero(domain != "email"))], RECIPE).decide(data.take(emails))
    model = fit([whole], RECIPE)
    formal = (score > 0).astype(np.int64)
    curve = platt(z, formal)
    p = probability(z, curve)

    mails = [
        row
        for row in corpora.rows("enron_email_formality/data", "text", "mean_formality")
        if row["mean_formality"]  # 0: not usable, by its annotators
    ]
    rated = np.array([float(row["mean_formality"]) for row in mails])
    bodies = [_HEADER.sub("", row["text"]) or row["text"] for row in mails]
    rank_mails = float(spearmanr(model.decide(measure(bodies)), rated)[0])
    figures = [
        Figure(
            "all, rank correlation, 5-fold", "train", float(spearmanr(z, score)[0]), "0.695", "about 0.6-0.7"
        ),
        Figure(
            "e-mail, rank correlation, 5-fold",
            "train",
            float(spearmanr(z[emails], score[emails])[0]),
            "0.646",
        ),
        Figure(
            "other genres -> e-mail, rank correlation",
            "train",
            float(spearmanr(across, score[emails])[0]),
            "0.644",
        ),
        Figure("rated above 0 or not, accuracy, 5-fold", "train", float(((p >= 0.5) == formal).mean())),
        Figure("calibration error", "train", calibration_error(p, formal)),
        Figure("Enron whole e-mails, rank correlation", "measure", rank_mails),
    ]
    return Trained(
        make_head("formality", "text", [("formality", model, curve, 0.5)]),
        figures,
        RECIPE,
        "Sentences of e-mail, blogs, news and answers rated for formality (Pavlick and Tetreault "
        "2016, CC BY 3.0), "
        "target `avg_score`. Probability: Platt on held-out folds, rated above 0 against not.",
        "Single sentences; on whole e-mails it was only measured. The e-mail part is one governor's mailbox.",
    )
