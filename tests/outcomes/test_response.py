"""The response model: what little data change, what intervals cover, who is on which side of a split, what is refused."""

import json
import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from scorer.errors import ArtefactError, InputError
from scorer.model.response import PRIOR_SLOPE, ResponseModel
from scorer.outcomes import Outcome, OutcomeTable
from scorer.outcomes.judging import auc, judge_later, judge_others, later
from scorer.outcomes.logistic import fit, sigmoid
from scorer.outcomes.response import PENALTIES, as_model, fit_response, fit_wording, folds_of
from scorer.outcomes.sample import check_table, groups_of
from scorer.outcomes.simulate import World, draw
from scorer.outcomes.training import train, write_model
from scorer.pipeline import COLUMNS
from scorer.schema import Draft

REAL = ("ask.reason", "spam.links", "tone.offers", "tone.gratitude", "ask.way_out", "ask.n_call")
START = datetime(2025, 1, 6, tzinfo=UTC)


def test_the_fit_is_scikit_learns():
    from sklearn.linear_model import LogisticRegression

    random = np.random.default_rng(0)
    columns = random.normal(size=(400, 3))
    sent = random.integers(1, 9, 400).astype(float)
    replied = random.binomial(sent.astype(int), sigmoid(columns @ [0.5, -0.3, 0.0] - 1)).astype(float)
    found = fit(np.column_stack([np.ones(400), columns]), replied, sent, np.array([0.0, 2, 2, 2])).coef
    reference = LogisticRegression(C=0.5, tol=1e-10, max_iter=1000).fit(
        np.vstack([columns, columns]), np.repeat([1, 0], 400), np.concatenate([replied, sent - replied])
    )
    assert found == pytest.approx([reference.intercept_[0], *reference.coef_[0]], abs=1e-4)


def test_covariance_is_statsmodels():
    models = pytest.importorskip("statsmodels.api")
    random = np.random.default_rng(1)
    design = np.column_stack([np.ones(300), random.normal(size=(300, 2))])
    sent = random.integers(1, 9, 300).astype(float)
    replied = random.binomial(sent.astype(int), sigmoid(design @ [-1, 0.4, 0])).astype(float)
    found = fit(design, replied, sent, np.zeros(3))
    reference = models.GLM(
        np.column_stack([replied, sent - replied]), design, family=models.families.Binomial()
    ).fit()
    assert found.coef == pytest.approx(reference.params, abs=1e-6)
    assert np.sqrt(np.diag(found.covariance)) == pytest.approx(reference.bse, rel=1e-4)


def test_little_data_change_little_and_much_data_change_much():
    def slope(n_templates):
        sample = draw(World(n_templates=n_templates, effects=(0, 0, 0), score_slope=-0.5), 3).sample
        return fit_response(sample, groups_of(sample)).coef[1]

    few, many = slope(6), slope(300)
    assert many == pytest.approx(-0.5, abs=0.12)
    assert abs(few - PRIOR_SLOPE) < abs(many - PRIOR_SLOPE)


def test_null_data_leave_features_out_and_estimates_near_the_base_rate():
    world = World(effects=(0, 0, 0), noise=20, score_slope=0.0, template_sd=0.0)
    spreads = []
    for seed in range(8):
        sample = draw(world, seed).sample
        fitted = fit_response(sample, groups_of(sample), final=True)
        estimates = sigmoid(fitted.logits(sample))
        spreads.append(np.std(estimates))
    assert np.median(spreads) < 0.03


def test_intervals_cover_the_rates_of_templates_never_seen():
    covered = []
    world = World()
    for seed in range(25):
        sample = draw(world, seed).sample
        model = as_model(fitted := fit_response(sample, groups_of(sample), final=True), sample, "x")
        fresh = draw(world, 1000 + seed)
        one = np.unique(fresh.sample.template, return_index=True)[1]
        _, low, high = model.rates(fitted.design(fresh.sample)[one])
        truth = sigmoid(fresh.truth[one])
        covered.append(np.mean((low <= truth) & (truth <= high)))
    assert 0.90 <= np.mean(covered) <= 0.99


def test_known_effects_get_the_right_sign():
    right = []
    for seed in range(10):
        sample = draw(World(n_templates=150, effects=(0.6, -0.6, 0.4)), seed).sample
        coef = fit_response(sample, groups_of(sample)).coef[-6:-3]
        right += [coef[0] > 0, coef[1] < 0, coef[2] > 0]
    assert np.mean(right) > 0.9


def test_nobody_is_on_both_sides():
    sample = draw(World(), 0).sample
    # Pairs of messages to one person, within a template and between two.
    sample = replace(sample, person=sample.person // 2)
    groups = groups_of(sample)
    for train_rows, held in folds_of(groups):
        assert not set(sample.person[train_rows]) & set(sample.person[held])
    past, future = later(sample)
    assert len(future)
    assert not set(sample.person[past]) & set(sample.person[future])
    assert sample.when[past].max() < sample.when[future].min()


def test_groups_hold_templates_together_unless_all_hang_together():
    sample = draw(World(), 0).sample
    assert (groups_of(sample) != sample.person).any()
    for template in range(5):
        assert len(set(groups_of(sample)[sample.template == template])) == 1
    everybody = replace(sample, person=np.arange(len(sample)) % 7)
    assert (groups_of(everybody) == everybody.person).all()


def test_counts_and_single_messages_give_the_same_model():
    sample = draw(World(n_templates=40), 4).sample
    groups = groups_of(sample)
    together = sample.collapsed()
    assert len(together) == 40
    single = fit_response(sample, groups, 100.0).coef
    # A feature's mean and spread count a row once, so they are compared on what does not depend on it.
    assert np.isfinite(single).all()
    one = fit(np.ones((len(sample), 1)), sample.replied, sample.sent, np.zeros(1)).coef
    many = fit(np.ones((40, 1)), together.replied, together.sent, np.zeros(1)).coef
    assert one == pytest.approx(many, abs=1e-8)


def test_auc_against_scikit_learn():
    from sklearn.metrics import roc_auc_score

    random = np.random.default_rng(2)
    estimate, replied = random.integers(0, 20, 300) / 20, (random.random(300) < 0.3).astype(float)
    assert auc(estimate, replied, np.ones(300)) == pytest.approx(roc_auc_score(replied, estimate))


def test_skill_on_good_and_on_null_data():
    good = draw(World(n_templates=150, effects=(0.9, -0.9, 0.9), template_sd=0.1), 0).sample
    skill, _ = judge_others(good, groups_of(good))
    assert skill.auc[1] > 0.55
    assert skill.brier_gain[1] > 0
    assert abs(skill.slope[0] - 1) < 3 * skill.slope[1] + 0.1
    assert judge_later(good).auc[0] > 0.55
    null = draw(World(effects=(0, 0, 0), score_slope=0.0, template_sd=0.0), 0).sample
    skill, _ = judge_others(null, groups_of(null))
    assert skill.auc[1] < 0.5 < skill.auc[2] or skill.auc[2] < 0.56
    assert skill.brier_gain[1] <= 0


def test_wording_learns_shared_words_and_forgets_rare_ones():
    texts = [f"please {'reply soon' if i % 2 else 'ignore this'} number {i}" for i in range(60)] + [
        "a canary called Zyxomma sings"
    ]
    replied = np.array([float(i % 2) for i in range(60)] + [1.0])
    wording = fit_wording(texts, replied, np.ones(61))
    assert wording("reply soon") > wording("ignore this")
    from scorer.heads.grams import hash_texts

    alone = set(hash_texts(["Zyxomma zyxomma"]).keys.tolist())
    common = set(hash_texts(texts[:60]).keys.tolist())
    assert not (alone - common) & set(wording.keys.tolist())


def row(number, replied, text="Hello there, how are the pumps?", **changes):
    values = {
        "id": f"r{number}", "channel": "message", "text": text, "recipient": f"p{number}", "replied": replied,
        "sent_at": START + timedelta(hours=number),
    } | changes  # fmt: skip
    return Outcome(**values)


TEXTS = [f"Hello, could you tell me about pump number {i}?" for i in range(12)]


def table(n_replied, n_silent, texts=TEXTS, **changes):
    return OutcomeTable(
        tuple(
            row(number, number < n_replied, texts[number % len(texts)], **changes)
            for number in range(n_replied + n_silent)
        )
    )


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [
        (table(5, 200), "45 more replies"),
        (table(60, 0), "all 60 messages were answered"),
        (table(0, 60), "none of the 60 messages"),
        (table(80, 20), "30 more messages without a reply"),
        (table(60, 90, sent_at=None), "when they were sent"),
        (table(60, 90, texts=["Only one text here"]), "one text or template"),
        (table(60, 90, template="T1"), "one text or template"),
        (OutcomeTable((*table(60, 60), row(500, True, denominator="delivered"))), "counted over different"),
        (OutcomeTable(()), "no outcome"),
        (OutcomeTable((row(1, None),)), "no outcome"),
    ],
)
def test_what_cannot_be_learnt_from_is_refused_with_one_line(outcomes, words):
    with pytest.raises(InputError, match=words) as caught:
        check_table(outcomes)
    assert "\n" not in str(caught.value)
    assert "pump" not in str(caught.value)


def test_times_may_be_done_without_and_counters_are_enough():
    check_table(table(60, 90, sent_at=None), times=False)
    counters = OutcomeTable(
        tuple(
            Outcome(id=f"c{i}", channel="email", text=text, n_sent=60, n_replied=6 + i % 3)
            for i, text in enumerate(TEXTS)
        )
    )
    check_table(counters, times=False)


def as_features(sample):
    """Return the sample with its traits in the place of real features."""
    places = [COLUMNS.index(name) for name in REAL]
    values = np.zeros((len(sample), len(COLUMNS)))
    values[:, places] = sample.X
    return replace(sample, columns=COLUMNS, X=values)


@pytest.fixture(scope="module")
def trained():
    sample = as_features(draw(World(n_templates=80), 6).sample)
    return train(sample, "mine"), sample


def _load(folder, sample):
    return ResponseModel.load(folder, sample.columns, sample.judge)


def test_written_and_loaded_says_the_same(trained, tmp_path):
    made, sample = trained
    write_model(made, sample, tmp_path / "m")
    loaded = _load(tmp_path / "m", sample)
    values = dict(zip(sample.columns, sample.X[0], strict=True))
    draft = Draft(text="Hello there, how are the pumps doing?")
    first, second = made.model.estimate(draft, values, 70.0), loaded.estimate(draft, values, 70.0)
    assert first == second
    assert 0 < first.low < first.estimate < first.high < 1
    assert first.estimate == pytest.approx(sample.base_rate, abs=0.15)
    assert first.to_dict()["denominator"] == "sent"


def test_a_draft_unlike_the_others_gets_no_number(trained):
    made, sample = trained
    model = made.model
    values = dict(zip(sample.columns, sample.X[0], strict=True))
    draft = Draft(text="Hello there, how are the pumps doing?")
    assert model.estimate(draft, values, 60.0).reason is None
    assert (
        "unlike"
        in replace(model, domain=replace(model.domain, limit=0.01)).estimate(draft, values, 60).reason
    )
    other = model.estimate(replace(draft, channel="email"), values, 60.0)
    assert other.estimate is None
    assert "email" in other.reason
    follow = model.estimate(replace(draft, stage="follow_up", previous="Hi"), values, 60.0)
    assert "follow up" in follow.reason


def test_few_of_ones_own_drafts_are_taken_for_strangers(trained):
    made, _ = trained
    fresh = as_features(draw(World(n_templates=80), 77).sample)
    distances = made.model.domain.distance(made.model.basis(fresh.X))
    assert np.mean(distances > made.model.domain.limit) < 0.2


def test_an_altered_model_or_another_classifier_is_refused(trained, tmp_path):
    made, sample = trained
    folder = tmp_path / "m"
    write_model(made, sample, folder)
    with pytest.raises(ArtefactError, match="another classifier"):
        ResponseModel.load(folder, sample.columns, "quality 99")
    with pytest.raises(ArtefactError, match="other features"):
        ResponseModel.load(folder, sample.columns[:-1], sample.judge)
    arrays = folder / "response.npz"
    arrays.write_bytes(arrays.read_bytes()[:-3] + b"abc")
    with pytest.raises(ArtefactError, match="train it again"):
        _load(folder, sample)
    with pytest.raises(ArtefactError, match="train"):
        _load(tmp_path / "nowhere", sample)


def test_a_folder_of_something_else_is_not_written_over(trained, tmp_path):
    made, sample = trained
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"x")
    with pytest.raises(InputError, match="no response model"):
        write_model(made, sample, tmp_path / "photos")
    assert [path.name for path in tmp_path.iterdir()] == ["photos"]
    write_model(made, sample, tmp_path / "m")
    write_model(made, sample, tmp_path / "m")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m", "photos"]


def test_the_card_says_what_it_must(trained, tmp_path):
    made, sample = trained
    write_model(made, sample, tmp_path / "m")
    words = (tmp_path / "m" / "card.md").read_text()
    for part in (
        "AUC",
        "Brier",
        "base rate",
        "Calibration",
        "odds ratio",
        "messages sent",
        "associations",
        "1970",
    ):
        assert part in words
    manifest = json.loads((tmp_path / "m" / "manifest.json").read_text())
    assert manifest["n_replied"] == int(sample.replied.sum())
    assert not any(math.isnan(value) for value in made.others.auc)
    assert made.penalty in PENALTIES
