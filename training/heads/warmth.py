"""Warmth: friendly rather than tough and firm."""

from __future__ import annotations

import numpy as np
from sklearn.metrics import roc_auc_score

from training.heads.common import (
    Figure,
    Part,
    Recipe,
    Trained,
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

RECIPE = Recipe("squared", penalty=1.0, min_texts=2, cue_weight=0.3, keep=40_000)
_WARM = {"gratitude", "admiration", "caring", "joy", "love", "excitement", "optimism"}
_COLD = {"annoyance", "anger", "disgust", "disapproval", "disappointment"}
_N_COMMENTS = 12_000


def build(corpora: Corpora) -> Trained:
    offers = corpora.rows("warm_tough_offers/data", "text", "warm", "item")
    main = Part(measure([row["text"] for row in offers]), np.array([float(row["warm"]) for row in offers]))
    comments = [
        (row["text"], float(bool(_WARM & set(row["labels"]))))
        for row in corpora.rows("goemotions/data", "text", "labels", "split")
        if row["split"] == "train" and bool(_WARM & set(row["labels"])) != bool(_COLD & set(row["labels"]))
    ][:_N_COMMENTS]
    requests = [
        row
        for row in corpora.rows("stanford_politeness/data", "text", "label_quartile", "split_tydip")
        if row["label_quartile"] is not None and row["split_tydip"] != "test"
    ]
    helpers = [
        Part(measure([text for text, _ in comments]), np.array([label for _, label in comments]), 0.02),
        Part(
            measure([row["text"] for row in requests]),
            np.array([float(row["label_quartile"]) for row in requests]),
            0.02,
        ),
    ]
    truth = main.target.astype(np.int64)
    phone = np.flatnonzero(np.array([row["item"] == "phone" for row in offers]))
    bowl = np.flatnonzero(np.array([row["item"] == "bowl" for row in offers]))
    fold = folds([row["text"].lower() for row in offers])
    z = cross_decide([main, *helpers], fold, RECIPE)
    inside = cross_decide([main.take(phone), *helpers], fold[phone], RECIPE)
    to_bowl = fit([main.take(phone), *helpers], RECIPE).decide(main.data.take(bowl))
    curve = platt(z, truth)
    p = probability(z, curve)
    right = (probability(inside, platt(inside, truth[phone])) >= 0.5) == truth[phone]
    figures = [
        Figure("phone offers, AUC, 5-fold", "train", float(roc_auc_score(truth[phone], inside)), "0.941"),
        Figure("phone offers, accuracy, 5-fold", "train", float(right.mean()), "0.868"),
        Figure("phone -> bowl offers, AUC", "train", float(roc_auc_score(truth[bowl], to_bowl)), "0.951"),
        Figure("all offers, calibration error", "train", calibration_error(p, truth)),
    ]
    return Trained(
        make_head("warmth", "text", [("warmth", fit([main, *helpers], RECIPE), curve, 0.5)]),
        figures,
        RECIPE,
        "Warm and tough purchase offers (Jeong et al. 2019, MIT) as anchor; with a tenth of the "
        "weight each a "
        "GoEmotions comment (warm or harsh, train split, CC BY 4.0) and a Stanford politeness "
        "request (top or "
        "bottom quartile, CC BY 4.0), each corpus with an intercept of its own. Platt on held-out folds.",
        "Written to instruction, by people bargaining over a phone or a bowl; only 425 texts. In "
        "that study warm "
        "offers got worse prices: a tone, not an outcome.",
    )
