"""Layered settings, each with its origin; unknown keys are refused.

Order, weakest first: ``defaults.toml``, the user's file, the nearest project file, the environment, the
command line. Layers merge key by key; a list replaces the list below it. Of project files only the nearest
counts: walking up from the working folder, the first of ``.score-draft.toml``, ``score-draft.toml`` and a
``pyproject.toml`` with ``[tool.score-draft]``.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scorer.errors import ConfigError, did_you_mean
from scorer.rules.runner import RuleSettings
from scorer.schema import ACCOUNTS, CHANNELS, KINDS, Account, Channel, Severity

FORMATS = (
    "text", "concise", "json", "jsonl", "csv", "markdown", "html", "github", "gitlab", "junit", "sarif", "rdjson",
)  # fmt: skip
FAIL_ON = ("error", "warning", "hint", "never")
PROJECT_FILES = (".score-draft.toml", "score-draft.toml", "pyproject.toml")
ENVIRONMENT_PREFIX = "SCORE_DRAFT_"
_CODE = re.compile(r"[A-Z]{3}\d{3}")


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of the settings; `type` is its type in TOML, `choices` the values allowed."""

    key: str
    type: type
    summary: str
    choices: tuple[str, ...] = ()
    codes: bool = False

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return ENVIRONMENT_PREFIX + self.key.upper().replace("-", "_")


SETTINGS: tuple[Setting, ...] = (
    Setting("channel", str, "Where drafts go unless they say so.", CHANNELS),
    Setting("kind", str, "What a text with placeholders is unless it says so.", ("auto", *KINDS)),
    Setting("account", str, "The sender's LinkedIn account; decides the connection note's limit.", ACCOUNTS),
    Setting(
        "select",
        list,
        'Rules to run: codes, names, prefixes or "ALL"; empty means the default ones.',
        codes=True,
    ),
    Setting("extend-select", list, "Rules to run besides the selected ones.", codes=True),
    Setting("ignore", list, "Rules to leave out.", codes=True),
    Setting("min-score", float, "Exit with 1 when a draft scores less or is refused; 0 means no gate."),
    Setting("fail-on", str, "Exit with 1 for findings this bad or worse.", FAIL_ON),
    Setting("format", str, "How reports are written.", FORMATS),
    Setting("response-model", str, "Folder of your own response model, made by train; empty means none."),
    Setting("dictionary", list, "Words of yours that no rule may flag."),
)
_BY_KEY = {setting.key: setting for setting in SETTINGS}


@dataclass(frozen=True)
class Config:
    """Settings of a scorer and of the command line.

    Attributes
    ----------
    rules
        Which rules run and how.
    channel, account
        For drafts that do not say.
    kind
        ``template``: a text with any placeholder and no reader named is a template; ``draft``: it is a draft that
        was left unfilled; ``auto``: it depends on the number of variables and on the other texts.
    min_score
        0 to 100; 0 means no gate.
    fail_on
        One of `FAIL_ON`.
    format
        One of `FORMATS`.
    dictionary
        Accepted words.
    response_model
        Folder of the user's own response model; empty for none.
    settings, origins
        Dotted key -> value as given, and where it was given; for display only.
    """

    rules: RuleSettings = field(default_factory=RuleSettings)
    channel: Channel = "message"
    account: Account = "free"
    kind: str = "auto"
    min_score: float = 0.0
    fail_on: str = "never"
    format: str = "text"
    dictionary: tuple[str, ...] = ()
    response_model: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    origins: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def __hash__(self) -> int:
        rules = self.rules
        options = tuple(sorted((code, tuple(sorted(given.items()))) for code, given in rules.options.items()))
        return hash(
            (
                rules.select, rules.ignore, tuple(sorted(rules.severities.items())), options, self.channel,
                self.account, self.kind, self.min_score, self.fail_on, self.format, self.dictionary,
                self.response_model,
            )
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Layer:
    """Settings from one place; `at` tells where in it a dotted key stands."""

    table: Mapping[str, Any]
    at: Callable[[tuple[str, ...]], str]


def load_config(
    *,
    config_file: Path | None = None,
    isolated: bool = False,
    overrides: Mapping[str, Any] | None = None,
    folder: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Config:
    """Return the settings in force.

    Parameters
    ----------
    config_file
        Takes the place of the project file.
    isolated
        Read no file but the built-in defaults.
    overrides
        Keys from the command line; None values are left out.
    folder
        Where the search for the project file begins; the working folder without.
    environ
        The environment; the process's own without.

    Raises
    ------
    ConfigError
        An unreadable file, an unknown key, code or option, or a value of the wrong type; one line with
        file and line.
    """
    environ = os.environ if environ is None else environ
    layers = [_file_layer(Path(__file__).with_name("defaults.toml"), shown="built-in default")]
    if not isolated:
        user = user_file(environ)
        project = config_file or project_file(folder or Path.cwd())
        layers += [_file_layer(path) for path in (user, project) if path is not None]
    elif config_file is not None:
        raise ConfigError("--config and --no-config exclude each other; give one of them")
    layers.append(_environment_layer(environ))
    given = {key: value for key, value in (overrides or {}).items() if value is not None}
    layers.append(_Layer(given, lambda path: "command line"))
    settings: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for layer in layers:
        for key, value, origin in _checked(layer):
            settings[key], origins[key] = value, origin
    return _assembled(settings, origins)


def user_file(environ: Mapping[str, str]) -> Path | None:
    """Return the user's own settings file, ``score-draft/config.toml`` in the XDG folder, if there is one."""
    home = environ.get("XDG_CONFIG_HOME") or str(Path(environ.get("HOME") or Path.home()) / ".config")
    path = Path(home) / "score-draft" / "config.toml"
    return path if path.is_file() else None


def project_file(folder: Path) -> Path | None:
    """Return the nearest project file in `folder` or above it."""
    for place in (folder, *folder.absolute().parents):
        for name in PROJECT_FILES:
            path = place / name
            if path.is_file() and (name != "pyproject.toml" or _has_table(path)):
                return path
    return None


def _has_table(path: Path) -> bool:
    try:
        return (
            re.search(r"^\s*\[+\s*tool\s*\.\s*[\"']?score-draft\b", path.read_text(encoding="utf-8"), re.M)
            is not None
        )
    except (OSError, UnicodeDecodeError):
        return False


def _file_layer(path: Path, *, shown: str | None = None) -> _Layer:
    try:
        source = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or 'unknown reason'}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    try:
        table: Any = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}:{_toml_line(error, source)}: not valid TOML") from None
    prefix: tuple[str, ...] = ()
    if path.name == "pyproject.toml":
        prefix = ("tool", "score-draft")
        for name in prefix:
            table = table.get(name, {}) if isinstance(table, dict) else {}
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.score-draft must be a table")

    def at(key: tuple[str, ...]) -> str:
        if shown:
            return shown
        line = toml_line_of(source, (*prefix, *key))
        return f"{path}:{line}" if line else str(path)

    return _Layer(table, at)


def _toml_line(error: tomllib.TOMLDecodeError, source: str) -> int:
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) if found else source.count("\n") + 1  # else it is the end of the document


def toml_line_of(source: str, path: tuple[str, ...]) -> int | None:
    """Return the line, from 1, on which the dotted key `path` is set in TOML `source`; None if not seen."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(source.splitlines(), 1):
        if header := re.match(r"\s*\[+([^\]]+)\]", line):
            table = _dotted(header[1])
            found = table
        elif key := re.match(r"\s*([\w.\"' -]+?)\s*=", line):
            found = (*table, *_dotted(key[1]))
        else:
            continue
        if found[: len(path)] == path:
            return number
    return None


def _dotted(key: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in key.split("."))


def _environment_layer(environ: Mapping[str, str]) -> _Layer:
    by_variable = {setting.variable: setting for setting in SETTINGS}
    table: dict[str, Any] = {}
    for name in sorted(environ):
        if not name.startswith(ENVIRONMENT_PREFIX):
            continue
        setting = by_variable.get(name)
        if setting is None:
            raise ConfigError(f'environment: unknown setting "{name}"{did_you_mean(name, by_variable)}')
        table[setting.key] = _from_text(setting, environ[name])
    return _Layer(table, lambda path: f"environment {_BY_KEY[path[0]].variable}")


def _from_text(setting: Setting, value: str) -> Any:
    if setting.type is list:
        return [item for item in re.split(r"[,\s]+", value) if item]
    if setting.type is float:
        try:
            return float(value)
        except ValueError:
            raise ConfigError(f"environment {setting.variable}: must be a number") from None
    return value


def _checked(layer: _Layer) -> Iterator[tuple[str, Any, str]]:
    """Yield dotted key, value and origin of each setting in `layer`."""
    for key, value in layer.table.items():
        where = layer.at((key,))
        if key in _BY_KEY:
            yield key, _checked_value(_BY_KEY[key], value, where), where
        elif key == "severity":
            for code, severity in _table(value, key, where).items():
                where = layer.at((key, code))
                if severity not in tuple(Severity):
                    raise ConfigError(f"{where}: severity of a rule must be one of {', '.join(Severity)}")
                yield f"severity.{_rule_code(code, where)}", Severity(severity), where
        elif _CODE.fullmatch(key):
            code = _rule_code(key, where)
            for option, chosen in _table(value, key, where).items():
                where = layer.at((key, option))
                yield f"{code}.{option}", _checked_option(code, option, chosen, where), where
        else:
            known = (*_BY_KEY, "severity")
            raise ConfigError(f'{where}: unknown setting "{key}"{did_you_mean(key, known)}')


def _table(value: object, key: str, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ConfigError(f'{where}: "{key}" must be a table')
    return value


def _checked_value(setting: Setting, value: Any, where: str) -> Any:
    key = setting.key
    if setting.type is list:
        if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
            raise ConfigError(f'{where}: "{key}" must be a list of text')
        return tuple(_selector(item, where) for item in value) if setting.codes else tuple(value)
    if setting.type is float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 100:
            raise ConfigError(f'{where}: "{key}" must be a number from 0 to 100')
        return value
    if not isinstance(value, str):
        raise ConfigError(f'{where}: "{key}" must be text')
    if setting.choices and value not in setting.choices:
        near = did_you_mean(value, setting.choices)
        raise ConfigError(f'{where}: "{key}" must be one of {", ".join(setting.choices)}{near}')
    return value


def _selector(key: str, where: str) -> str:
    """Return `key` as a prefix of codes; a rule's name or old code becomes its code."""
    from scorer import rules

    if key.upper() == "ALL":
        return "ALL"
    rule = rules.by_code(key)
    if rule is not None:
        return rule.code
    if key and any(known.code.startswith(key.upper()) for known in rules.ALL_RULES):
        return key.upper()
    known_keys = [name for known in rules.ALL_RULES for name in (known.code, known.name)]
    raise ConfigError(f'{where}: unknown rule "{key}"{did_you_mean(key, known_keys)}; see: score-draft rules')


def _rule_code(key: str, where: str) -> str:
    from scorer import rules

    rule = rules.by_code(key)
    if rule is None:
        near = did_you_mean(key, [known.code for known in rules.ALL_RULES])
        raise ConfigError(f'{where}: unknown rule "{key}"{near}; see: score-draft rules')
    return rule.code


def _checked_option(code: str, name: str, value: Any, where: str) -> Any:
    from scorer import rules

    rule = rules.by_code(code)
    options = rule.options if rule else {}
    if name not in options:
        near = did_you_mean(name, options) or ("" if options else "; it has none")
        raise ConfigError(f'{where}: unknown option "{name}" of {code}{near}')
    default = options[name].default
    fits = type(value) is type(default) or (isinstance(default, float) and type(value) is int)
    if not fits:
        kind = {bool: "true or false", int: "a whole number", float: "a number"}.get(type(default), "text")
        raise ConfigError(f'{where}: option "{name}" of {code} must be {kind}')
    return value


def _assembled(settings: Mapping[str, Any], origins: Mapping[str, str]) -> Config:
    severities: dict[str, Severity] = {}
    options: dict[str, dict[str, Any]] = {}
    for key, value in settings.items():
        head, _, tail = key.partition(".")
        if head == "severity":
            severities[tail] = value
        elif tail:
            options.setdefault(head, {})[tail] = value
    return Config(
        rules=RuleSettings(
            select=_selected(settings["select"], settings["extend-select"], settings["ignore"]),
            ignore=settings["ignore"],
            severities=severities,
            options=options,
            accepted=frozenset(word.lower() for word in settings["dictionary"]),
        ),
        channel=settings["channel"],
        account=settings["account"],
        kind=settings["kind"],
        min_score=float(settings["min-score"]),
        fail_on=settings["fail-on"],
        format=settings["format"],
        dictionary=settings["dictionary"],
        response_model=settings["response-model"],
        settings=settings,
        origins=origins,
    )


def _selected(select: Sequence[str], extra: Sequence[str], ignore: Sequence[str]) -> tuple[str, ...]:
    """Return `select` with `extra`; where nothing is selected, extra rules join those on by default."""
    if not extra or select:
        return (*select, *extra)
    from scorer.rules import ALL_RULES

    on = (rule.code for rule in ALL_RULES if rule.default)
    return (*(code for code in on if not any(code.startswith(key) for key in ignore)), *extra)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a settings file."""
    from scorer.rules import ALL_RULES

    types = {str: "string", float: "number", int: "integer", bool: "boolean"}
    properties: dict[str, Any] = {}
    for setting in SETTINGS:
        entry: dict[str, Any] = {"description": setting.summary}
        if setting.type is list:
            entry |= {"type": "array", "items": {"type": "string"}}
        else:
            entry["type"] = types[setting.type]
        if setting.type is float:
            entry |= {"minimum": 0, "maximum": 100}
        if setting.choices:
            entry["enum"] = list(setting.choices)
        properties[setting.key] = entry
    properties["severity"] = {
        "description": "Another severity for a rule.",
        "type": "object",
        "properties": {rule.code: {"enum": [*Severity], "description": rule.summary} for rule in ALL_RULES},
        "additionalProperties": False,
    }
    for rule in ALL_RULES:
        if rule.options:
            properties[rule.code] = {
                "description": rule.summary,
                "type": "object",
                "properties": {
                    name: {
                        "type": types[type(option.default)],
                        "default": option.default,
                        "description": option.summary,
                    }
                    for name, option in rule.options.items()
                },
                "additionalProperties": False,
            }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of score-draft",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
