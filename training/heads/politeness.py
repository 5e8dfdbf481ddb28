"""Politeness of a request, after the Stanford politeness corpus."""

from __future__ import annotations

import numpy as np
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score

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
_KIND = {"gratitude", "admiration", "caring", "approval", "optimism"}
_HARSH = {"annoyance", "anger", "disgust", "disapproval"}
_N_EMOTIONS = 12_000


def helpers(corpora: Corpora) -> list[Part]:
    """Return related judgements that share the weights: offers, receptive writing, emotional comments."""
    offers = corpora.rows("warm_tough_offers/data", "text", "warm")
    views = corpora.rows("receptiveness/data", "text", "receptive")
    comments = [
        (row["text"], 1.0 if _KIND & set(row["labels"]) else -1.0)
        for row in corpora.rows("goemotions/data", "text", "labels", "split")
        if row["split"] == "train" and bool(_KIND & set(row["labels"])) != bool(_HARSH & set(row["labels"]))
    ][:_N_EMOTIONS]
    return [
        Part(measure([r["text"] for r in offers]), np.array([1.2 * r["warm"] for r in offers])),
        Part(measure([r["text"] for r in views]), np.array([0.5 * r["receptive"] for r in views]), 0.3),
        Part(measure([text for text, _ in comments]), np.array([0.5 * sign for _, sign in comments]), 0.15),
    ]


def build(corpora: Corpora) -> Trained:
    rows = corpora.rows(
        "stanford_politeness/data", "text", "community", "score_norm", "label_quartile", "split_tydip"
    )
    data = measure([row["text"] for row in rows])
    score = np.array([float(row["score_norm"]) for row in rows])
    quartile = np.array([-1 if row["label_quartile"] is None else row["label_quartile"] for row in rows])
    is_wiki = np.array([row["community"] == "Wikipedia" for row in rows])
    fold = folds([row["text"].lower() for row in rows])
    wiki, other = np.flatnonzero(is_wiki), np.flatnonzero(~is_wiki)
    whole = Part(data, score)
    near = helpers(corpora)
    figures: list[Figure] = []

    # In-domain: every row's z comes from a model without its fold, in both communities.
    z = np.zeros(len(rows))
    for mine, theirs in ((wiki, other), (other, wiki)):
        for number in range(5):
            seen, unseen = mine[fold[mine] != number], mine[fold[mine] == number]
            parts = [whole.take(seen), whole.take(theirs[fold[theirs] != number]), *near]
            z[unseen] = fit(parts, RECIPE).decide(data.take(unseen))
    for name, mine, naive, published, goal in (
        ("Wikipedia", wiki, "0.829 (with characters 0.846)", "0.838 (people 0.867)", ">= 0.85"),
        ("Stack Exchange", other, "0.656", "0.782 (people 0.809)", ""),
    ):
        judged = mine[quartile[mine] >= 0]
        cut = np.array([np.median(z[mine[fold[mine] != number]]) for number in range(5)])[fold[judged]]
        accuracy = float(((z[judged] > cut) == quartile[judged]).mean())
        figures.append(
            Figure(f"{name}, quartile accuracy, 5-fold", "train", accuracy, naive, published, goal)
        )
        rank = float(spearmanr(z[mine], score[mine])[0])
        figures.append(Figure(f"{name}, rank correlation with the rating, 5-fold", "train", rank))

    # Across communities: nothing of the target community is seen, but for the median of unlabelled requests.
    for source, target, name, naive, published, goal in (
        (wiki, other, "Wikipedia -> Stack Exchange", "0.613", "0.675", ">= 0.66"),
        (other, wiki, "Stack Exchange -> Wikipedia", "0.754", "0.754", ""),
    ):
        model = fit([whole.take(source), *near], RECIPE)
        judged = target[quartile[target] >= 0]
        z_target, truth = model.decide(data.take(judged)), quartile[judged]
        own = float(((z_target > np.median(model.decide(data.take(source)))) == truth).mean())
        shifted = float(((z_target > np.median(model.decide(data.take(target)))) == truth).mean())
        figures.append(
            Figure(f"{name}, accuracy, threshold of the source", "train", own, naive, published, goal)
        )
        figures.append(
            Figure(
                f"{name}, accuracy, threshold at the unlabelled target's median",
                "train",
                shifted,
                "",
                "",
                goal,
            )
        )
        figures.append(Figure(f"{name}, AUC", "train", float(roc_auc_score(truth, z_target))))

    model = fit([whole.take(wiki), whole.take(other), *near], RECIPE)
    judged = wiki[quartile[wiki] >= 0]
    curve = platt(z[judged], quartile[judged])
    p = probability(z[judged], curve)
    figures.append(Figure("Wikipedia, calibration error", "train", calibration_error(p, quartile[judged])))
    test = np.array([row["split_tydip"] == "test" for row in rows])
    held_out = fit([whole.take(wiki[~test[wiki]]), whole.take(other), *near], RECIPE)
    tested = np.flatnonzero(is_wiki & test & (quartile >= 0))
    cut = np.median(held_out.decide(data.take(wiki[~test[wiki]])))
    right = (held_out.decide(data.take(tested)) > cut) == quartile[tested]
    figures.append(Figure("Wikipedia, TyDiP test split, accuracy", "test", float(right.mean()), "0.818"))

    pairs = corpora.rows("popquorn_polite_rewrites/data", "original", "revised")
    before = model.decide(measure([row["original"] for row in pairs]))
    after = model.decide(measure([row["revised"] for row in pairs]))
    politer = float(np.mean(after > before) + np.mean(after == before) / 2)
    figures.append(Figure("POPQUORN, rewrite called politer", "measure", politer, "0.754", "", ">= 0.82"))
    mails = corpora.rows(
        "email_politeness_synthetic/data", "text", "tone", "directness", "structural", "is_request"
    )
    judged_mails = model.decide(measure([row["text"] for row in mails]))
    asked = np.array([row["is_request"] == 1 for row in mails])
    naive_by = {"tone": "0.645", "structural": "0.649", "directness": "0.616"}
    for column, naive in naive_by.items():
        rated = np.array([row[column] for row in mails])
        rank = float(spearmanr(judged_mails[asked], rated[asked])[0])
        goal = ">= 0.70" if column == "tone" else ""
        figures.append(
            Figure(
                f"synthetic e-mails, requests, {column}, rank correlation", "measure", rank, naive, "", goal
            )
        )
    everything = float(spearmanr(judged_mails, [row["tone"] for row in mails])[0])
    figures.append(Figure("synthetic e-mails, all 480, tone, rank correlation", "measure", everything))
    return Trained(
        make_head("politeness", "text", [("politeness", model, curve, 0.5)]),
        figures,
        RECIPE,
        "Stanford politeness corpus, Wikipedia and Stack Exchange requests (Danescu-Niculescu-Mizil "
        "et al. 2013, "
        "CC BY 4.0; texts CC BY-SA), all rows, target `score_norm`; helped by warm and tough offers "
        "(Jeong et al. "
        "2019, MIT), receptiveness (Yeomans et al. 2020, MIT) and GoEmotions' train split (Demszky "
        "et al. 2020, "
        "CC BY 4.0), each with an intercept of its own. Probability: Platt on held-out Wikipedia quartiles.",
        "Requests between editors and programmers, rated by crowd workers in the United States. "
        "Perception of "
        "politeness, not a chance of a reply. Weak on Stack Exchange, whose ratings are noisy: "
        "transfer accuracy "
        "stays near what training inside that community reaches.",
    )
