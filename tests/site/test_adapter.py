"""The inner parts of papermill and nbconvert that are used: each test fails where a new version has changed one."""

from __future__ import annotations

import hashlib
import inspect

import nbformat
import pytest
from bs4 import BeautifulSoup

from helpers.site import adapter, jobs, pages
from tests.site import made


@pytest.fixture
def notebook(tmp_path):
    path = tmp_path / "n.ipynb"
    made.notebook(path, "year = 0", "import os, sys; print(year, os.getcwd(), sys.argv[0])", "1 / 0", "2 + 2")
    return path


def test_papermills_engine_takes_what_we_hand_it():
    from papermill.engines import NBClientEngine

    taken = {
        **inspect.signature(NBClientEngine.execute_notebook).parameters,
        **inspect.signature(NBClientEngine.execute_managed_notebook).parameters,
    }
    assert {"nb", "kernel_name", "output_path", "progress_bar", "log_output", "kwargs"} <= set(taken)
    assert {"start_timeout", "execution_timeout"} <= set(taken)
    from papermill.clientwrap import PapermillNotebookClient

    traits = PapermillNotebookClient.class_trait_names()
    assert {"kernel_manager_class", "shutdown_kernel", "resources", "timeout", "startup_timeout"} <= set(traits)


def test_papermills_tags():
    from papermill.execute import ERROR_MARKER_TAG

    assert ERROR_MARKER_TAG == adapter.NOTE


def test_a_prepared_notebook_sets_the_parameters_below_its_own(notebook):
    prepared = adapter.prepared(notebook, {"year": 7})
    tags = [cell.metadata.get("tags") for cell in prepared.cells]
    assert tags == [[], ["parameters"], [adapter.INJECTED], [], [], []]
    assert prepared.cells[2].source == "# Parameters\nyear = 7\n"
    assert all(cell.execution_count is None for cell in prepared.cells if cell.cell_type == "code")


@pytest.mark.slow
def test_a_notebook_runs_in_place_up_to_the_cell_that_raises(notebook, tmp_path):
    prepared = adapter.prepared(notebook, {"year": 7})
    adapter.run(prepared, str(tmp_path), 60, 60)
    code = [cell for cell in prepared.cells if cell.cell_type == "code"]
    assert code[2].outputs[0].text == f"7 {tmp_path} ipykernel_launcher\n"
    assert [cell.execution_count for cell in code] == [1, 2, 3, 4, None]
    assert code[3].outputs[0].output_type == "error" and code[3].outputs[0].ename == "ZeroDivisionError"
    assert code[4].outputs == []


@pytest.mark.whole
def test_the_step_of_nbconvert_that_is_left_out_changes_nothing_on_our_pages():
    from nbconvert import HTMLExporter

    job = jobs.plan(["2021"], ["1"])[0]
    notebook = nbformat.read(job.notebook.path, as_version=4)
    context = {"page": pages._context(job, "") | {"error": "", "failed_cell": ""}}
    ours = adapter.html(pages.exporter(), notebook, context)
    theirs, _ = pages.exporter().from_notebook_node(notebook, resources=context)
    assert theirs == str(BeautifulSoup(ours, "html.parser"))
    step = hashlib.sha256(inspect.getsource(HTMLExporter.from_notebook_node).encode()).hexdigest()
    assert step.startswith("3dccafff45cc"), "nbconvert has changed it: do our pages still go without?"
