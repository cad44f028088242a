"""The notebooks' form: what makes them readable, runnable and diffable."""

from __future__ import annotations

import ast
import re
from itertools import pairwise

import nbformat
import pytest

from helpers.site import jobs

FILES = sorted(jobs.NOTEBOOKS.glob("*.ipynb"))


def test_the_manifest_lists_every_notebook():
    assert [notebook.path for notebook in jobs.manifest()] == FILES


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_valid_and_without_outputs(notebook):
    nbformat.validate(notebook)
    assert all(not cell.outputs and cell.execution_count is None for cell in code(notebook))


def test_exactly_one_parameters_cell_typed_and_commented(notebook):
    tagged = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1 and not any("parameter" in cell.metadata.get("tags", []) for cell in notebook.cells)
    for line in tagged[0].source.splitlines():
        assert re.match(r"\w+: \w+ = .+  # .+", line), line


def test_cells_tell_and_do_not_compute(notebook):
    for cell in code(notebook):
        assert len(cell.source.splitlines()) <= 10, cell.source
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda | ast.For | ast.While | ast.Try), (
                cell.source
            )
            assert not (isinstance(node, ast.ImportFrom) and node.names[0].name == "*")


def test_one_title_and_headings_in_order(notebook):
    levels = [
        len(marks)
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for marks in re.findall(r"^(#+) ", cell.source, re.M)
    ]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_papermill_explains_the_parameters(path):
    from papermill import inspect_notebook

    found = inspect_notebook(str(path))
    assert next(iter(found)) == "year"
    assert all(entry["help"] and entry["inferred_type_name"] != "None" for entry in found.values())
