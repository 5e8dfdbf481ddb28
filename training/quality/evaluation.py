"""How good a verdict is beside the readers' own."""

from __future__ import annotations

from dataclasses import dataclass

import krippendorff
import numpy as np
from numpy.typing import NDArray
from scipy.stats import pearsonr, spearmanr
from sklearn.metrics import mean_absolute_error, roc_auc_score

from scorer.schema import BANDS
from training.quality.data import SCALES, Corpus

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Figures:
    """Agreement of predictions with mean ratings.

    Attributes
    ----------
    auc
        Telling drafts rated 70 or more from those rated below 50.
    exact_band, near_band
        Share of drafts in the readers' own band, and in it or the next one.
    pairs
        Share of the pairs of drafts whose mean reply ratings (1-5) lie at least `APART` apart that are in the
        readers' order.
    calibration
        Mean distance, over `N_BINS` equally large groups by prediction, between the mean prediction and the mean
        rating of the group, as a share of the scale (expected calibration error).
    """

    spearman: float
    pearson: float
    mae: float
    auc: float
    exact_band: float
    near_band: float
    pairs: float
    calibration: float

    def row(self) -> str:
        """Return the figures as cells of a Markdown table."""
        return (
            f"{self.spearman:.3f} | {self.pearson:.3f} | {self.mae:.1f} | {self.auc:.3f} | "
            f"{self.exact_band:.0%} | {self.near_band:.0%} | {self.pairs:.1%} | {self.calibration:.3f}"
        )


# Mean reply ratings so far apart call for an order; and groups for the calibration error.
APART = 1.5
N_BINS = 10
HEADER = (
    "rank correlation | correlation | mean error | AUC good/weak | same band | same or next band | clear pairs | "
    "calibration error"
)
N_COLUMNS = HEADER.count("|") + 2


def bands(scores: Array) -> NDArray[np.int64]:
    """Return 0 (poor) to 4 (excellent) for each score."""
    lows = sorted(low for low, _ in BANDS)[1:]
    return np.searchsorted(lows, scores, side="right")


def evaluate(predicted: Array, rated: Array, reply: Array) -> Figures:
    """Return the figures of `predicted` beside `rated`, both 0 to 100, and the mean reply ratings, 1 to 5."""
    clear = (rated >= 70) | (rated < 50)
    distance = np.abs(bands(np.clip(predicted, 0, 100)) - bands(rated))
    return Figures(
        float(spearmanr(predicted, rated).statistic),
        float(pearsonr(predicted, rated).statistic),
        float(mean_absolute_error(rated, np.clip(predicted, 0, 100))),
        float(roc_auc_score(rated[clear] >= 70, predicted[clear])),
        float((distance == 0).mean()),
        float((distance <= 1).mean()),
        ordered_pairs(predicted, reply),
        calibration_error(np.clip(predicted, 0, 100), rated),
    )


def ordered_pairs(predicted: Array, reply: Array) -> float:
    """Return the share of clearly different pairs that the predictions put in the readers' order."""
    higher = reply[:, None] - reply[None, :] >= APART
    return float((predicted[:, None] > predicted[None, :])[higher].mean())


def calibration_error(predicted: Array, rated: Array) -> float:
    """Return the expected calibration error, 0 to 1."""
    groups = np.array_split(np.argsort(predicted, kind="stable"), N_BINS)
    gaps = [abs(predicted[group].mean() - rated[group].mean()) * len(group) for group in groups]
    return float(sum(gaps) / len(predicted) / 100)


def agreement(corpus: Corpus) -> dict[str, float]:
    """Return Krippendorff's alpha (interval) of each scale over the readers."""
    return {
        scale: float(krippendorff.alpha(corpus.ratings[:, :, i].T, level_of_measurement="interval"))
        for i, scale in enumerate(SCALES)
    }


def reader_against_others(corpus: Corpus) -> list[float]:
    """Return each reader's rank correlation with the mean of the other readers, overall scale."""
    overall = corpus.ratings[:, :, SCALES.index("overall")]
    figures = []
    for reader in range(overall.shape[1]):
        others = np.delete(overall, reader, axis=1)
        both = ~np.isnan(overall[:, reader]) & ~np.isnan(others).all(axis=1)
        figures.append(float(spearmanr(overall[both, reader], np.nanmean(others[both], axis=1)).statistic))
    return figures
