"""The models are found from a wheel, an editable install and a source checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SITE = Path(next(p for p in sys.path if p.endswith("site-packages")))
CODE = "from scorer.resources import models_dir; import scorer; print(models_dir()); print(scorer.__file__)"


def lines(command: list[str], **extra: str) -> list[str]:
    environment = {**os.environ, "PYTHONPATH": "", **extra}
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/", env=environment)
    return done.stdout.split("\n")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)],
        check=True,
    )
    return next(folder.glob("*.whl"))


def test_wheel_carries_models_and_scores(wheel: Path, tmp_path: Path):
    venv.create(tmp_path / "env", with_pip=True, symlinks=True)
    python = str(tmp_path / "env" / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", str(wheel)], check=True)
    found = lines([python, "-c", CODE])
    assert found[0].endswith("scorer/_models")
    assert str(tmp_path) in found[1]
    scored = lines(
        [python, "-c", "from scorer import score; print(score('Hi Ann, which sensor did you use?').status)"],
        PYTHONPATH=str(SITE),
    )
    # The dependencies come from this environment, the package itself from the new one's own folder.
    assert scored[0] == "scored"


def test_wheel_is_within_its_size(wheel: Path):
    assert wheel.stat().st_size < 25e6


def test_source_checkout_finds_its_models():
    found = lines([sys.executable, "-c", CODE], PYTHONPATH=str(ROOT))
    assert Path(found[0]) == ROOT / "models"


def test_editable_install_finds_its_models(tmp_path: Path):
    venv.create(tmp_path / "env", with_pip=True, symlinks=True)
    python = str(tmp_path / "env" / "bin" / "python")
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", "--editable", str(ROOT)], check=True
    )
    found = lines([python, "-c", CODE])
    assert Path(found[0]) == ROOT / "models"
