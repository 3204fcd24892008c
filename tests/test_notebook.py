"""The notebook and the R script of the documentation run, from the example reports to a plot."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.exports.made import write_record
from turnstone.exports import export

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"
SCRIPT = ROOT / "docs" / "panel.R"


def test_the_notebook_is_kept_without_outputs() -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert [one for one in cells if one.get("outputs") or one.get("execution_count")] == []


def test_the_notebook_goes_from_reports_to_a_plot(tmp_path: Path) -> None:
    for library in ("nbclient", "nbformat", "ipykernel", "matplotlib", "pandas"):
        pytest.importorskip(library)
    import nbformat
    from nbclient import NotebookClient

    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    folder = tmp_path / "docs"
    folder.mkdir()
    notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    shown = [output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", [])]
    pages = [data["text/html"] for data in shown if "text/html" in data]
    assert any('<mark class="trigger' in page for page in pages)
    assert (folder / "events.png").stat().st_size > 1000
    assert (folder / "record" / "events.parquet").exists()


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="Rscript is not installed")
def test_the_r_script_makes_a_panel_of_the_examples(coded: Path, tmp_path: Path) -> None:
    export(coded, "csv", tmp_path / "events.csv")
    said, panel = run_script(tmp_path)
    assert panel and said.endswith(f"{len(panel)} rows of the panel\n")
    assert (tmp_path / "panel.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="Rscript is not installed")
def test_the_panel_of_the_r_script_has_the_counts_of_the_record(tmp_path: Path) -> None:
    export(write_record(tmp_path / "record"), "csv", tmp_path / "events.csv")
    said, panel = run_script(tmp_path)
    assert said == "4 events, 1 rows of the panel\n"
    assert panel == [
        {
            "actor": "ROU",
            "recipient": "PSE",
            "month": "2023-03",
            "verbal_cooperation": "1",
            "material_cooperation": "0",
            "verbal_conflict": "0",
            "material_conflict": "0",
            "mean_score": "4",
        }
    ]


def run_script(folder: Path) -> tuple[str, list[dict[str, str]]]:
    run = ["Rscript", SCRIPT, "events.csv", "panel.csv", "panel.pdf"]
    done = subprocess.run(run, cwd=folder, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    with (folder / "panel.csv").open(encoding="utf-8", newline="") as file:
        return done.stdout, list(csv.DictReader(file))
