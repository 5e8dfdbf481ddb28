"""Whether a sentence asks the reader for an action, information or a commitment."""

from __future__ import annotations

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score

from training.heads.common import (
    Figure,
    Part,
    Recipe,
    Trained,
    best_threshold,
    calibration_error,
    cross_decide,
    fit,
    folds,
    make_head,
    platt,
    probability,
)
from training.heads.corpora import Corpora
from training.heads.design import measure

RECIPE = Recipe("squared", penalty=1.0, cue_weight=0.2, keep=50_000)
_FREE_LICENCES = ("CC BY", "CC BY-SA")
_GUM_ASKS, _GUM_NO_ASKS = {"imp", "q", "wh"}, {"decl", "frag", "intj", "sub"}
_DONATION_ASKS = {
    "proposition-of-donation",
    "foot-in-the-door",
    "ask-donation-amount",
    "ask-donate-more",
    "ask-donation-procedure",
    "ask-org-info",
    "ask-persuader-donation-intention",
    "ask-not-donate-reason",
}
# A question about the other's habits is a way into the talk; whether it asks for anything is open.
_DONATION_OPEN = {
    "task-related-inquiry",
    "personal-related-inquiry",
    "source-related-inquiry",
    "off-task",
    "other",
}


def is_free(licence: str) -> bool:
    """Tell whether a GUM row's licence is CC BY or CC BY-SA, of any version."""
    return licence.rsplit(" ", 1)[0] in _FREE_LICENCES


def build(corpora: Corpora) -> Trained:
    rows = corpora.rows("email_intent_parakweet/data", "text", "intent", "split")
    train = [row for row in rows if row["split"] == "train"]
    test = [row for row in rows if row["split"] == "test"]
    main = Part(measure([row["text"] for row in train]), np.array([float(row["intent"]) for row in train]))
    gum_rows = corpora.rows("gum_sentence_types/data", "text", "s_type", "licence_text", "genre")
    gum = [
        (row["text"], float(row["s_type"] in _GUM_ASKS))
        for row in gum_rows
        if is_free(row["licence_text"]) and row["s_type"] in _GUM_ASKS | _GUM_NO_ASKS
    ]
    donation = [
        (row["text"], float(row["label"] in _DONATION_ASKS))
        for row in corpora.rows("persuasion_for_good/annotated_sentences", "text", "label")
        if row["label"] not in _DONATION_OPEN
    ]
    helpers = [
        Part(measure([text for text, _ in part]), np.array([label for _, label in part]), 0.1)
        for part in (gum, donation)
    ]
    truth = main.target.astype(np.int64)
    z = cross_decide([main, *helpers], folds([row["text"].lower() for row in train]), RECIPE)
    curve = platt(z, truth)
    p = probability(z, curve)
    threshold = best_threshold(p, truth)
    model = fit([main, *helpers], RECIPE)
    p_test = probability(model.decide(measure([row["text"] for row in test])), curve)
    truth_test = np.array([row["intent"] for row in test])
    letters = [r for r in gum_rows if r["genre"] == "letter" and r["s_type"] in _GUM_ASKS | _GUM_NO_ASKS]
    p_letters = probability(model.decide(measure([row["text"] for row in letters])), curve)
    truth_letters = np.array([row["s_type"] in _GUM_ASKS for row in letters]).astype(np.int64)
    figures = [
        Figure("Parakweet train, F1, 5-fold", "train", float(f1_score(truth, p >= threshold)), "0.799"),
        Figure("Parakweet train, AUC, 5-fold", "train", float(roc_auc_score(truth, z)), "0.891"),
        Figure(
            "Parakweet test, F1",
            "test",
            float(f1_score(truth_test, p_test >= threshold)),
            "0.753",
            "",
            ">= 0.80",
        ),
        Figure(
            "Parakweet test, accuracy", "test", float(((p_test >= threshold) == truth_test).mean()), "0.837"
        ),
        Figure("Parakweet test, AUC", "test", float(roc_auc_score(truth_test, p_test)), "0.910"),
        Figure("Parakweet train, calibration error", "train", calibration_error(p, truth)),
        Figure("Parakweet test, calibration error", "test", calibration_error(p_test, truth_test)),
        Figure(
            "GUM letters, imperative or question, AUC",
            "measure",
            float(roc_auc_score(truth_letters, p_letters)),
            "0.875",
        ),
    ]
    return Trained(
        make_head("ask", "sentence", [("ask", model, curve, threshold)]),
        figures,
        RECIPE,
        "Parakweet e-mail intent, train split (2014, Apache-2.0) as anchor; with 0.3 of the weight "
        "GUM sentences "
        "whose own licence is CC BY or CC BY-SA (imperative, yes-no or open question against "
        "statements; Zeldes "
        "2017) and PersuasionForGood's annotated sentences (asks to give or about giving; Wang et al. 2019, "
        "Apache-2.0). Platt and threshold (highest F1) on held-out folds of the anchor's train split.",
        "Workplace mail of 2000-2001: 47 % of the train split but 31 % of the test split are asks, "
        "so that the "
        "probabilities are too high for mail with few asks. Joint intents (`we can discuss it`) "
        "count as asks.",
    )
