"""Training of the heads: the reader's errors, and that what ships is what was fitted."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from scorer.errors import InputError
from scorer.heads import LinearHead, cues
from scorer.heads.collection import _Bank
from training.heads.common import Part, Recipe, cross_decide, fit, folds, make_head, platt, probability
from training.heads.corpora import Corpora
from training.heads.design import measure

TEXTS = [
    f"{start} {rest}"
    for start in ("could you please send", "thank you for", "I have read", "the meeting was about")
    for rest in ("the report", "the new plan", "our figures of last year", "that long list", "it")
]
TARGET = np.array([1.0] * 10 + [0.0] * 10)


def _write(folder: Path, rows: list[object]) -> None:
    (folder / "mail").mkdir()
    (folder / "mail" / "data.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))


def test_a_missing_folder_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--corpora"):
        Corpora(tmp_path / "nowhere")


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"mail/data\.jsonl\.gz: is missing"):
        Corpora(tmp_path).rows("mail/data", "text")


def test_a_missing_column_is_named_with_its_row(tmp_path: Path) -> None:
    _write(tmp_path, [{"text": "a", "label": 1}, {"text": "b"}])
    with pytest.raises(InputError, match=r"mail/data\.jsonl\.gz: row 2 has no column 'label'"):
        Corpora(tmp_path).rows("mail/data", "text", "label")


def test_a_file_that_is_no_archive_is_named(tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "data.jsonl.gz").write_bytes(b"text")
    with pytest.raises(InputError, match=r"mail/data\.jsonl\.gz: cannot be read"):
        Corpora(tmp_path).rows("mail/data", "text")


@pytest.mark.parametrize("loss", ["squared", "logistic"])
def test_a_saved_head_judges_as_the_fitted_one(tmp_path: Path, loss: str) -> None:
    recipe = Recipe(loss, penalty=1.0, min_texts=2)  # type: ignore[arg-type]
    parts = [
        Part(measure(TEXTS), TARGET),
        Part(measure(["thank you", "no thank you", "a plan"]), np.ones(3), 0.5),
    ]
    if loss == "logistic":
        parts = parts[:1]
    fitted = fit(parts, recipe)
    z = fitted.decide(measure(TEXTS))
    assert z[:10].min() > z[10:].max()
    curve = platt(z, TARGET.astype(int))
    make_head("polite", "text", [("polite", fitted, curve, 0.5), ("again", fitted, curve, 0.4)]).save(
        tmp_path / "polite", {"seed": 0}
    )
    head = LinearHead.load(tmp_path / "polite")
    assert head.outputs == ("polite", "again")
    alone = np.concatenate([_Bank.of([head]).probabilities([text]) for text in TEXTS])
    np.testing.assert_allclose(alone[:, 0], probability(z, curve), rtol=1e-4, atol=1e-4)
    np.testing.assert_array_equal(alone[:, 0], alone[:, 1])


def test_fitting_again_gives_the_same_weights() -> None:
    recipe = Recipe("squared", penalty=1.0, min_texts=2)
    one, two = (fit([Part(measure(TEXTS), TARGET)], recipe) for _ in range(2))
    np.testing.assert_array_equal(one.weights, two.weights)
    np.testing.assert_array_equal(one.keys, two.keys)


def test_held_out_rows_are_not_seen() -> None:
    """Labels that only their own row could teach are not recovered by cross-fitting."""
    rng = np.random.default_rng(0)
    texts = [f"word{i} other{i} third{i}" for i in range(60)]
    target = rng.integers(0, 2, 60).astype(float)
    z = cross_decide([Part(measure(texts), target)], folds(texts), Recipe("squared", 0.01, min_texts=1))
    assert abs(np.corrcoef(z, target)[0, 1]) < 0.5


def test_a_difference_between_corpora_is_not_learned_as_a_class() -> None:
    anchor = Part(measure(TEXTS), TARGET)
    elsewhere = Part(measure([f"lamp {i}" for i in range(30)]), np.ones(30))
    fitted = fit([anchor, elsewhere], Recipe("squared", penalty=1.0, min_texts=2))
    with_lamp, without = fitted.decide(measure(["the lamp was here", "the plan was here"]))
    assert with_lamp - without < 0.25


def test_the_cues_of_place_are_those_inside_each_message() -> None:
    place = [cues.NAMES.index(f"place.{name}") for name in ("first", "last", "order")]
    sizes = [3, 1, 2] * 300
    messages = np.repeat(np.arange(len(sizes)), sizes)
    data = measure(["It rained."] * len(messages), messages)
    assert data.n == len(messages)
    expected = [[1, 0, 0], [0, 0, 0.5], [0, 1, 1], [1, 1, 0], [1, 0, 0], [0, 1, 1]]
    np.testing.assert_allclose(data.cues[:, place], np.tile(expected, (300, 1)))
    alone = measure(["It rained."] * 3)
    np.testing.assert_allclose(alone.cues[:, place], [[1, 1, 0]] * 3)
