"""From the rated drafts to ``models/heads/readers`` and ``models/quality``, with the card."""

from __future__ import annotations

import platform
from importlib.metadata import version
from pathlib import Path

import joblib
import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.model_selection import GroupKFold

from scorer.model.additive import ARRAYS
from scorer.model.artefact import write_manifest
from scorer.model.estimator import AdditiveRegressor
from scorer.parse.parser import Parser
from scorer.schema import FAMILIES
from training.heads.common import folds
from training.quality import readers
from training.quality.candidates import CANDIDATES, MONOTONE, NAMES, SHIPS, Rows, rows_of, ships, steady
from training.quality.data import Corpus, measured
from training.quality.evaluation import HEADER, N_COLUMNS, Figures, agreement, evaluate, reader_against_others

Array = NDArray[np.float64]

ESTIMATOR = "estimator.joblib"
VERSION = "1"
N_FOLDS = 10
# Drafts that readers found good, on average: what an estimate of a possible gain compares with.
GOOD = 75.0
# Feature that carries each output of the readers' head.
CARRIED = {
    "reader_personalization": "personalization.wording",
    "reader_ask": "ask.wording",
    "reader_tone": "tone.wording",
    "reader_length": "length.wording",
    "reader_spam": "spam.wording",
}
# Widens the scores to about the spread of the readers' own; chosen on held-out training folds.
STRETCH = 1.15


def with_held_out_wording(corpus: Corpus, X: Array, texts: list[str]) -> Array:
    """Return the features with the readers' head's outputs from models that have not seen the author."""
    X = X.copy()
    fold = folds([str(author) for author in corpus.authors], N_FOLDS)
    for output, values in readers.held_out(corpus, texts, fold).items():
        X[:, NAMES.index(CARRIED[output])] = values
    return X


def held_out_predictions(rows: Rows, candidate) -> Array:  # type: ignore[no-untyped-def]
    """Return predictions for every draft from models that have not seen its author."""
    predicted = np.zeros(len(rows.y))
    n = min(N_FOLDS, len(np.unique(rows.authors)))
    for train, test in GroupKFold(n).split(rows.X, rows.y, rows.authors):
        predicted[test] = candidate(rows.take(train), rows.take(test))
    return predicted


def learning_curve(rows: Rows, seed: int = 0) -> list[tuple[int, int, float]]:
    """Return ``(authors, drafts, rank correlation on unseen authors)`` while the training authors double."""
    rng = np.random.default_rng(seed)
    authors = np.unique(rows.authors)
    curve = []
    n = max(2, len(authors) // 8)
    while n < len(authors):
        figures, sizes = [], []
        for _ in range(4):
            chosen = rng.permutation(authors)
            seen, unseen = chosen[:n], chosen[n:][: max(2, len(authors) // 5)]
            train = rows.take(np.flatnonzero(np.isin(rows.authors, seen)))
            test = rows.take(np.flatnonzero(np.isin(rows.authors, unseen)))
            predicted = ships(train, test)
            figures.append(float(spearmanr(predicted, test.y).statistic))
            sizes.append(len(train.y))
        curve.append((n, int(np.mean(sizes)), float(np.mean(figures))))
        n *= 2
    return curve


def export(model: AdditiveRegressor, X: Array, y: Array, folder: Path) -> None:
    """Write the joblib estimator, the plain arrays and the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    base, functions = model.functions()
    contributions = np.column_stack(
        [
            np.where(np.isnan(x), missing, np.interp(np.nan_to_num(x), knots, points) if len(knots) else 0.0)
            for x, (knots, points, missing) in zip(X.T, functions, strict=True)
        ]
    )
    means = contributions.mean(axis=0)
    good = contributions[y >= GOOD].mean(axis=0) - means
    kept = [
        c for c, (knots, points, missing) in enumerate(functions) if np.ptp(np.append(points, missing)) > 1e-9
    ]
    ranges = []
    for family in FAMILIES:
        columns = [c for c in kept if NAMES[c].startswith(f"{family}.")]
        sums = (contributions[:, columns] - means[columns]).sum(axis=1)
        ranges.append(np.percentile(sums, [1, 99]) if columns else [0.0, 0.0])
    np.savez_compressed(
        folder / ARRAYS,
        names=np.array([NAMES[c] for c in kept]),
        n_knots=np.array([max(len(functions[c][0]), 1) for c in kept]),
        knots=np.concatenate([functions[c][0] if len(functions[c][0]) else [0.0] for c in kept]),
        points=np.concatenate([functions[c][1] - means[c] for c in kept]),
        missing=np.array([functions[c][2] - means[c] for c in kept]),
        good=good[kept],
        base=np.array(base + means[kept].sum()),
        ranges=np.array(ranges),
    )
    joblib.dump(model, folder / ESTIMATOR, compress=3)
    write_manifest(
        folder,
        (ARRAYS, ESTIMATOR),
        name="quality",
        version=VERSION,
        features=list(NAMES),
        libraries={name: version(name) for name in ("scikit-learn", "numpy", "joblib")},
        python=platform.python_version(),
    )


def run(train: Corpus, test: Corpus | None, models: Path, *, compare: bool = True) -> str:
    """Train on `train`, write the artefacts, and return the card's figures as Markdown.

    The test drafts are measured once, with the finished model; None leaves them alone.
    """
    parser = Parser.load()
    X, texts = measured(train, parser)
    readers.train(train, texts, models / "heads" / "readers")
    rows = rows_of(train, with_held_out_wording(train, X, texts))
    lines = ["## Readers", ""]
    lines += ["| scale | Krippendorff's alpha |", "| --- | --- |"]
    lines += [f"| {scale} | {alpha:.3f} |" for scale, alpha in agreement(train).items()]
    others = ", ".join(f"{value:.3f}" for value in reader_against_others(train))
    lines += ["", f"One reader against the mean of the others, rank correlation: {others}.", ""]
    if compare:
        lines += [f"## Candidates, {min(N_FOLDS, len(set(train.authors)))}-fold by author ({len(rows.y)} drafts, "
                  f"{len(set(train.authors))} authors)", "", f"| model | {HEADER} |", "| --- " * N_COLUMNS + "|"]  # fmt: skip
        for name, candidate in CANDIDATES.items():
            figures = evaluate(held_out_predictions(rows, candidate), rows.y, train.scale("reply"))
            lines.append(f"| {name} | {figures.row()} |")
            print(lines[-1], flush=True)
        lines += [
            "",
            "## Learning curve, unseen authors",
            "",
            "| authors | drafts | rank correlation |",
            "| --- | --- | --- |",
        ]
        lines += [f"| {n} | {size} | {value:.3f} |" for n, size, value in learning_curve(rows)]
        lines.append("")
    model = AdditiveRegressor(monotonic_cst=MONOTONE, stretch=STRETCH).fit(steady(rows.X), rows.y)
    export(model, steady(rows.X), rows.y, models / "quality")
    if test is not None and len(test.drafts):
        predicted = model.predict(steady(measured_fresh(test, parser)))
        figures = evaluate(np.clip(predicted, 0, 100), test.overall, test.scale("reply"))
        lines += [*test_table(figures, test), ""]
    return "\n".join(lines)


def measured_fresh(corpus: Corpus, parser: Parser) -> Array:
    """Return the features of `corpus` with the heads as they lie on disk now."""
    from scorer.features._heads import shared_heads

    shared_heads.cache_clear()
    return measured(corpus, parser)[0]


def test_table(figures: Figures, test: Corpus) -> list[str]:
    """Return the test figures beside the readers' own agreement on the test drafts."""
    others = reader_against_others(test)
    alpha = agreement(test)["overall"]
    return [
        f"## Test: {len(test.drafts)} drafts of {len(set(test.authors))} authors seen nowhere else",
        "",
        f"| | {HEADER} |",
        "| --- " * N_COLUMNS + "|",
        f"| {SHIPS} | {figures.row()} |",
        "",
        f"Readers on the same drafts: alpha {alpha:.3f}; one against the mean of the others "
        + ", ".join(f"{value:.3f}" for value in others)
        + ".",
        "",
        "| goal | asked for | measured | |",
        "| --- | --- | --- | --- |",
        *(
            f"| {what} | {asked} | {measured:.3f} | {'met' if met else '**missed**'} |"
            for what, asked, measured, met in goals(figures, float(np.mean(others)))
        ),
    ]


def goals(figures: Figures, reader: float) -> list[tuple[str, str, float, bool]]:
    """Return what was asked of the classifier on the test drafts, the figure, and whether it is reached.

    Parameters
    ----------
    reader
        Rank correlation of one reader with the mean of the others.
    """
    share = figures.spearman / reader
    return [
        ("rank correlation with the mean rating", "0.90", figures.spearman, figures.spearman >= 0.90),
        ("its share of one reader's correlation with the others", "0.93", share, share >= 0.93),
        ("pairs rated 1.5 or more apart in the right order", "0.97", figures.pairs, figures.pairs >= 0.97),
        ("calibration error", "at most 0.04", figures.calibration, figures.calibration <= 0.04),
    ]
