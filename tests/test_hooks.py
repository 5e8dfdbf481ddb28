"""The hooks for pre-commit and the action for GitHub: valid, and their commands really run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
GOOD = (
    "Hi Priya, loved your talk on Kafka at PyCon. Which broker did you pick for the move, and why that one?\n"
)
WORST = "Hi Priya, please send me your bank details and your password today.\n"


def called(*command, cwd, **env) -> subprocess.CompletedProcess[str]:
    around = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "HOME": str(cwd), "OMP_NUM_THREADS": "1"}
    return subprocess.run(command, cwd=cwd, env={**around, **env}, capture_output=True, text=True)


@pytest.fixture
def repository(tmp_path):
    """A git repository with staged drafts; one name holds a space."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/a good one.md").write_text(GOOD)
    (tmp_path / "templates/other.txt").write_text(GOOD.replace("Kafka", "boats").replace("broker", "wood"))
    (tmp_path / "code.py").write_text("print('send me your password')\n")
    assert called("git", "init", "-q", ".", cwd=tmp_path).returncode == 0
    assert called("git", "add", ".", cwd=tmp_path).returncode == 0
    return tmp_path


def matching(hook, folder) -> list[str]:
    """Return the staged files that pre-commit hands to `hook`."""
    from identify.identify import tags_from_path

    staged = called("git", "ls-files", "-z", cwd=folder).stdout.split("\0")
    return [name for name in staged if name and set(hook["types_or"]) & tags_from_path(str(folder / name))]


def test_the_manifest_is_valid_for_pre_commit():
    made = called("pre-commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"), cwd=ROOT)
    assert made.returncode == 0, made.stdout


def test_the_hook_checks_the_staged_drafts(repository):
    hook = HOOKS["score-draft"]
    files = matching(hook, repository)
    assert files == ["templates/a good one.md", "templates/other.txt"]
    entry = shlex.split(hook["entry"])
    assert called(*entry, *files, cwd=repository).returncode == 0
    (repository / "templates/other.txt").write_text(WORST)
    made = called(*entry, *files, cwd=repository)
    assert made.returncode == 1
    assert "templates/other.txt" in made.stdout
    assert "a good one" not in made.stdout


def test_the_hook_for_copies_compares_the_folder(repository):
    hook = HOOKS["score-draft-same"]
    assert hook["pass_filenames"] is False
    entry = (*shlex.split(hook["entry"]), "templates")
    assert called(*entry, cwd=repository).returncode == 0
    (repository / "templates/copy.md").write_text(GOOD.upper())
    assert called(*entry, cwd=repository).returncode == 1


def test_the_action_is_valid_by_the_rules_for_its_metadata():
    made = called(
        "check-jsonschema", "--builtin-schema", "vendor.github-actions", str(ROOT / "action.yml"), cwd=ROOT
    )
    assert made.returncode == 0, made.stdout


def test_no_input_is_pasted_into_a_script_and_each_is_used():
    scripts = "\n".join(step.get("run", "") for step in STEPS.values())
    assert "${{" not in scripts
    used = set(re.findall(r"inputs\.([a-z-]+)", (ROOT / "action.yml").read_text()))
    assert used == set(ACTION["inputs"])
    for output in ACTION["outputs"].values():
        assert re.fullmatch(r"\$\{\{ steps\.check\.outputs\.(status|sarif) \}\}", output["value"])


def step(name: str, folder: Path, **env) -> subprocess.CompletedProcess[str]:
    """Run the script of a step as the runner does."""
    files = {
        name: str(folder / name.lower()) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH")
    }
    shell = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[name]["run"])
    return called(*shell, cwd=folder, RUNNER_TEMP=str(folder), **files, **env)


def test_the_check_of_the_action_annotates_and_reports(repository):
    (repository / "templates/other.txt").write_text(WORST)
    inputs = {
        "PATHS": "templates/a good one.md\ntemplates\n$(touch pwned)\n",
        "MIN_SCORE": "",
        "FAIL_ON": "error",
    }
    plain = {"BASELINE": "", "NO_WORSE": "false"}
    made = step("Check", repository, **{**inputs, **plain, "PATHS": "templates/a good one.md\ntemplates\n"})
    assert made.returncode == 0, made.stderr
    assert "::error file=templates/other.txt,line=1," in made.stdout
    outputs = dict(line.split("=", 1) for line in (repository / "github_output").read_text().splitlines())
    assert outputs["status"] == "1"
    assert '"2.1.0"' in Path(outputs["sarif"]).read_text()
    assert "| templates/other.txt |" in (repository / "github_step_summary").read_text()
    assert step("Pass or fail", repository, STATUS="1").returncode == 1
    assert step("Pass or fail", repository, STATUS="0").returncode == 0

    made = step("Check", repository, **inputs, **plain)
    assert made.returncode == 0
    assert (repository / "github_output").read_text().count("status=2") == 1
    assert not (repository / "pwned").exists()


def test_the_check_of_the_action_takes_a_baseline(repository):
    (repository / "templates/other.txt").write_text(WORST)
    assert (
        called("score-draft", "baseline", "write", "templates", "-b", "b.json", cwd=repository).returncode
        == 0
    )
    inputs = {
        "PATHS": "templates",
        "MIN_SCORE": "50",
        "FAIL_ON": "",
        "BASELINE": "b.json",
        "NO_WORSE": "true",
    }
    assert step("Check", repository, **inputs).returncode == 0
    assert (repository / "github_output").read_text().startswith("status=0\n")


def test_the_installation_of_the_action_uses_its_own_checkout(tmp_path):
    """Its python is a stand-in that notes what it is asked for: installing needs a network."""
    stub = tmp_path / "bin" / "python"
    stub.parent.mkdir()
    stub.write_text(
        '#!/bin/bash\necho "$@" >> "$HOME/asked"\n'
        'if [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; fi\n'
    )
    stub.chmod(0o755)
    path = f"{stub.parent}{os.pathsep}{os.environ['PATH']}"
    made = step("Install score-draft", tmp_path, PATH=path, GITHUB_ACTION_PATH="/some where/action")
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "asked").read_text().splitlines() == [
        f"-m venv {tmp_path}/score-draft",
        "-m pip install --quiet /some where/action",
    ]
    assert (tmp_path / "github_path").read_text() == f"{tmp_path}/score-draft/bin\n"
