"""Each notebook runs from a clean kernel on the sample data, is kept without output, and says its data are simulated."""

import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(path.name for path in FOLDER.glob("*.ipynb"))


@pytest.fixture(scope="module", params=NOTEBOOKS)
def ran(request, tmp_path_factory):
    notebook = nbformat.read(FOLDER / request.param, as_version=4)
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
    ).execute()
    return notebook


def test_it_runs_and_draws(ran):
    outputs = [output for cell in ran.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    pictures = [output for output in outputs if "image/png" in output.get("data", {})]
    assert len(pictures) >= 2
    warned = [output.text for output in outputs if output.get("name") == "stderr"]
    assert not warned


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_is_kept_without_output_and_has_one_cell_to_change(name):
    cells = json.loads((FOLDER / name).read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code)
    assert sum("".join(cell["source"]).startswith("# The one cell to change") for cell in code) == 1
    assert "**simulated**" in "".join(cells[0]["source"])


def test_there_are_notebooks():
    assert len(NOTEBOOKS) >= 3
