"""The classifier's artefact: both forms agree, directions hold, and nothing altered or foreign is loaded."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path

import joblib
import numpy as np
import pytest

from scorer.errors import ArtefactError
from scorer.features import FEATURES
from scorer.model import AdditiveJudge, EvidenceJudge, load_judge
from scorer.model.artefact import verified_manifest, write_manifest
from scorer.model.estimator import AdditiveRegressor
from scorer.pipeline import COLUMNS
from scorer.resources import models_dir
from scorer.schema import FAMILIES

QUALITY = models_dir() / "quality"
MIDDLE = {feature.name: 0.0 if feature.low <= 0 <= feature.high else feature.low for feature in FEATURES}


@pytest.fixture(scope="module")
def judge() -> AdditiveJudge:
    return AdditiveJudge.load(QUALITY, COLUMNS)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(QUALITY, tmp_path / "quality"))


def test_plain_arrays_equal_the_estimator(judge: AdditiveJudge):
    verified_manifest(QUALITY, ("estimator.joblib",))
    estimator = joblib.load(QUALITY / "estimator.joblib")
    rng = np.random.default_rng(0)
    for _ in range(200):
        row = np.array(
            [rng.choice([0.0, 1.0, rng.uniform(0, 20), rng.uniform(0, 1), math.nan]) for _ in COLUMNS]
        )
        plain = judge.judge(dict(zip(COLUMNS, row, strict=True))).raw
        assert plain == pytest.approx(estimator.predict(row[None, :])[0], abs=1e-9)


def test_every_contribution_follows_the_direction_declared(judge: AdditiveJudge):
    for feature in FEATURES:
        shape = judge.functions.get(feature.name)
        if shape is None or feature.direction not in {"higher_better", "lower_better"}:
            continue
        sign = 1 if feature.direction == "higher_better" else -1
        assert all(sign * step >= -1e-9 for step in np.diff(shape.points)), feature.name


def test_families_stay_on_their_scale(judge: AdditiveJudge):
    families = judge.judge(MIDDLE).families
    assert set(families) == set(FAMILIES)
    assert all(0 <= value <= 100 for value in families.values())


def test_an_altered_file_is_refused_in_one_line(copy: Path):
    data = bytearray((copy / "additive.npz").read_bytes())
    data[100] ^= 1
    (copy / "additive.npz").write_bytes(bytes(data))
    with pytest.raises(ArtefactError, match="was changed after it was made") as caught:
        AdditiveJudge.load(copy, COLUMNS)
    assert "\n" not in str(caught.value)


def test_other_features_are_refused(copy: Path):
    with pytest.raises(ArtefactError, match="trained on other features"):
        AdditiveJudge.load(copy, COLUMNS[:-1])


@pytest.mark.parametrize("content", ["", "[]", '{"files": 3}', "{"])
def test_a_broken_manifest_is_refused(copy: Path, content: str):
    (copy / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(ArtefactError):
        AdditiveJudge.load(copy, COLUMNS)


def test_a_missing_classifier_is_refused_and_nothing_stands_in_unasked(tmp_path: Path):
    with pytest.raises(ArtefactError, match=r"manifest\.json is missing"):
        load_judge(COLUMNS, tmp_path)
    assert isinstance(load_judge(COLUMNS, "evidence"), EvidenceJudge)
    assert "no classifier" in EvidenceJudge.name


def test_manifest_round_trip(tmp_path: Path):
    (tmp_path / "a.bin").write_bytes(b"x")
    write_manifest(tmp_path, ("a.bin",), name="n")
    assert verified_manifest(tmp_path, ("a.bin",))["name"] == "n"
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["files"]


def test_estimator_is_monotone_additive_and_repeatable():
    rng = np.random.default_rng(1)
    X = rng.normal(size=(300, 4))  # noqa: N806 (the field's name)
    X[rng.random(X.shape) < 0.1] = np.nan
    y = 50 + 8 * np.nan_to_num(X[:, 0]) - 6 * np.nan_to_num(X[:, 1]) + rng.normal(size=300)
    one, two = (AdditiveRegressor(alpha=20, monotonic_cst=[1, -1, 0, 1]).fit(X, y) for _ in range(2))
    assert np.array_equal(one.predict(X), two.predict(X))
    base, shapes = one.functions()
    total = np.full(300, base)
    for x, (knots, points, missing) in zip(X.T, shapes, strict=True):
        total += np.where(np.isnan(x), missing, np.interp(np.nan_to_num(x), knots, points))
    assert total == pytest.approx(one.predict(X), abs=1e-9)
    assert np.all(np.diff(shapes[0][1]) >= 0)
    assert np.all(np.diff(shapes[1][1]) <= 0)
    assert np.corrcoef(one.predict(X), y)[0, 1] > 0.9
