"""Settings: the order of layers, where each value comes from, and what is refused."""

from __future__ import annotations

import json
import pickle

import pytest

from scorer import config as module
from scorer.config import FORMATS, SETTINGS, Config, json_schema, load_config
from scorer.errors import ConfigError
from scorer.output import FORMATS as RENDERED
from scorer.rules import RULES
from scorer.schema import Severity

# Rules of the product that these tests lean on: one with an option, one without.
WITH_OPTION = next(rule for rule in RULES if any(type(o.default) is int for o in rule.options.values()))
OPTION = next(name for name, option in WITH_OPTION.options.items() if type(option.default) is int)
WITHOUT = next(rule for rule in RULES if not rule.options)
CODE = RULES[0].code


@pytest.fixture
def place(tmp_path):
    """A folder with a user file and a project folder, and what reads them."""
    home = tmp_path / "home"
    project = tmp_path / "project" / "deep"
    project.mkdir(parents=True)
    (home / "score-draft").mkdir(parents=True)

    class Place:
        root = tmp_path / "project"
        user = home / "score-draft" / "config.toml"

        def load(self, environ=None, **others):
            return load_config(
                folder=project, environ={"XDG_CONFIG_HOME": str(home), **(environ or {})}, **others
            )

    return Place()


def test_without_files_the_built_in_defaults_hold(place):
    loaded = place.load()
    assert loaded == Config()
    assert set(loaded.settings) == {setting.key for setting in SETTINGS}
    assert set(loaded.origins.values()) == {"built-in default", "command line"} - {"command line"}


def test_each_layer_beats_the_one_below_key_by_key(place):
    place.user.write_text('channel = "email"\naccount = "premium"\nfail-on = "hint"\nmin-score = 10\n')
    (place.root / "score-draft.toml").write_text('\nchannel = "inmail"\nfail-on = "error"\nmin-score = 20\n')
    loaded = place.load(
        {"SCORE_DRAFT_FAIL_ON": "warning", "SCORE_DRAFT_MIN_SCORE": "30"}, overrides={"min-score": 40}
    )
    assert (loaded.account, loaded.channel, loaded.fail_on, loaded.min_score) == (
        "premium",
        "inmail",
        "warning",
        40,
    )
    assert loaded.origins["account"] == f"{place.user}:2"
    assert loaded.origins["channel"] == f"{place.root / 'score-draft.toml'}:2"
    assert loaded.origins["fail-on"] == "environment SCORE_DRAFT_FAIL_ON"
    assert loaded.origins["min-score"] == "command line"
    assert loaded.origins["format"] == "built-in default"


def test_the_nearest_project_file_wins_and_files_do_not_mix(place):
    (place.root / "score-draft.toml").write_text('channel = "email"\naccount = "premium"\n')
    (place.root / "deep" / "pyproject.toml").write_text('[tool.score-draft]\nchannel = "inmail"\n')
    loaded = place.load()
    assert (loaded.channel, loaded.account) == ("inmail", "free")
    (place.root / "deep" / ".score-draft.toml").write_text('account = "premium"\n')
    assert (place.load().channel, place.load().account) == ("message", "premium")


def test_a_pyproject_without_our_table_is_passed_over(place):
    (place.root / "deep" / "pyproject.toml").write_text('[project]\nname = "score-draft"\n')
    (place.root / "score-draft.toml").write_text('channel = "email"\n')
    assert place.load().channel == "email"


def test_another_file_takes_the_place_of_the_projects(place, tmp_path):
    (place.root / "score-draft.toml").write_text('channel = "email"\n')
    other = tmp_path / "other.toml"
    other.write_text('account = "premium"\n')
    loaded = place.load(config_file=other)
    assert (loaded.channel, loaded.account) == ("message", "premium")


def test_isolated_reads_no_file(place):
    (place.root / "score-draft.toml").write_text("nonsense = 1\n")
    assert place.load(isolated=True) == Config()
    with pytest.raises(ConfigError, match="exclude each other"):
        place.load(isolated=True, config_file=place.user)


def test_rules_are_chosen_by_code_name_and_prefix(place):
    (place.root / "score-draft.toml").write_text(
        f'select = ["{WITHOUT.name}", "per"]\nignore = ["{CODE.lower()}"]\n[severity]\n{CODE} = "hint"\n'
        f"[{WITH_OPTION.code}]\n{OPTION} = 7\n"
    )
    rules = place.load().rules
    assert rules.select == (WITHOUT.code, "PER")
    assert rules.ignore == (CODE,)
    assert rules.severities == {CODE: Severity.HINT}
    assert rules.options == {WITH_OPTION.code: {OPTION: 7}}


def test_extra_rules_join_the_default_ones_but_not_the_ignored(place, monkeypatch):
    import dataclasses

    off = dataclasses.replace(RULES[-1], default=False)
    monkeypatch.setattr("scorer.rules.ALL_RULES", (*RULES[:-1], off))
    (place.root / "score-draft.toml").write_text(f'extend-select = ["{off.code}"]\nignore = ["{CODE[:3]}"]\n')
    settings = place.load().rules
    enabled = [rule.code for rule in (*RULES[:-1], off) if settings.enabled(rule)]
    expected = [rule.code for rule in RULES[:-1] if rule.default and not rule.code.startswith(CODE[:3])]
    assert enabled == [*expected, off.code]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('\nchanel = "email"', ':2: unknown setting "chanel"; did you mean "channel"?'),
        ('format = "jsn"', f':1: "format" must be one of {", ".join(FORMATS)}; did you mean "json"?'),
        ("channel = 3", ':1: "channel" must be text'),
        ('min-score = "3"', ':1: "min-score" must be a number from 0 to 100'),
        ("min-score = true", ':1: "min-score" must be a number from 0 to 100'),
        ("min-score = 300", ':1: "min-score" must be a number from 0 to 100'),
        ('ignore = "PER"', ':1: "ignore" must be a list of text'),
        ("dictionary = [1]", ':1: "dictionary" must be a list of text'),
        ('select = ["QQQ999"]', ':1: unknown rule "QQQ999"'),
        ('[severity]\n\nQQQ999 = "hint"', ':3: unknown rule "QQQ999"'),
        (f'[severity]\n{CODE} = "bad"', ":2: severity of a rule must be one of error, warning, hint"),
        ('severity = "hint"', ':1: "severity" must be a table'),
        ("[QQQ999]\nx = 1", ':1: unknown rule "QQQ999"'),
        (f"[{WITH_OPTION.code}]\n{OPTION}x = 1", f'unknown option "{OPTION}x" of {WITH_OPTION.code}; '
         f'did you mean "{OPTION}"?'),
        (f"[{WITHOUT.code}]\nx = 1", f':2: unknown option "x" of {WITHOUT.code}; it has none'),
        (f'[{WITH_OPTION.code}]\n{OPTION} = "many"', "must be a whole number"),
        (f"{WITH_OPTION.code} = 3", f':1: "{WITH_OPTION.code}" must be a table'),
        ('\n\nchannel = "email', ":3: not valid TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line_with_file_and_line(place, text, message):
    path = place.root / "score-draft.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        place.load()
    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_line_in_pyproject_is_the_line_of_our_table(place):
    path = place.root / "pyproject.toml"
    path.write_text('[project]\nchanel = "x"\n\n[tool.score-draft]\nchanel = "email"\n')
    with pytest.raises(ConfigError, match=r'pyproject\.toml:5: unknown setting "chanel"'):
        place.load()


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        (
            "SCORE_DRAFT_CHANEL",
            "email",
            'unknown setting "SCORE_DRAFT_CHANEL"; did you mean "SCORE_DRAFT_CHANNEL"?',
        ),
        ("SCORE_DRAFT_MIN_SCORE", "many", "environment SCORE_DRAFT_MIN_SCORE: must be a number"),
        ("SCORE_DRAFT_CHANNEL", "post", 'environment SCORE_DRAFT_CHANNEL: "channel" must be one of'),
    ],
)
def test_the_environment_is_checked_too(place, variable, value, message):
    with pytest.raises(ConfigError) as caught:
        place.load({variable: value})
    assert message in str(caught.value)


def test_lists_in_the_environment(place):
    loaded = place.load({"SCORE_DRAFT_IGNORE": f"{CODE}, LEN", "SCORE_DRAFT_DICTIONARY": "Kafka"})
    assert loaded.rules.ignore == (CODE, "LEN")
    assert loaded.dictionary == ("Kafka",)


def test_words_in_the_dictionary_are_never_flagged(place, parser):
    from scorer.features import measure
    from scorer.rules import ActiveRules, run
    from scorer.schema import Draft

    parsed = parser.parse(Draft(text="Hi Priya, could I pick your brain? I will definately be brief."))
    (place.root / "score-draft.toml").write_text('dictionary = ["Pick your brain"]\n')

    def flagged(settings):
        found = run(ActiveRules.of(RULES, settings), parsed, measure(parsed))
        return {finding.span.of(parsed.draft) for finding in found if finding.span}

    assert {"pick your brain", "definately"} <= flagged(None)
    assert flagged(place.load().rules) == flagged(None) - {"pick your brain"}


def test_a_folder_or_a_missing_file_as_settings(place, tmp_path):
    for path in (tmp_path, tmp_path / "none.toml"):
        with pytest.raises(ConfigError, match="cannot be read"):
            place.load(config_file=path)


def test_settings_travel_to_workers_and_serve_as_a_key(place):
    (place.root / "score-draft.toml").write_text(
        f'[severity]\n{CODE} = "hint"\n[{WITH_OPTION.code}]\n{OPTION} = 7\n'
    )
    one, other = place.load(), pickle.loads(pickle.dumps(place.load()))
    assert one == other
    assert hash(one) == hash(other)
    assert one != Config()


def test_the_schema_knows_every_setting_and_default():
    schema = json.loads(json.dumps(json_schema()))
    for setting in SETTINGS:
        assert setting.key in schema["properties"]
    options = schema["properties"][WITH_OPTION.code]["properties"]
    assert options[OPTION] == {
        "type": "integer",
        "default": WITH_OPTION.options[OPTION].default,
        "description": WITH_OPTION.options[OPTION].summary,
    }


def test_every_setting_is_in_the_defaults_with_a_comment():
    from pathlib import Path

    lines = Path(module.__file__).with_name("defaults.toml").read_text().splitlines()
    for setting in SETTINGS:
        assert any(line.startswith(f"{setting.key} = ") and "#" in line for line in lines), setting.key


def test_every_format_that_may_be_set_can_be_rendered():
    assert tuple(RENDERED) == FORMATS
