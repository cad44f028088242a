"""What keeps the repository in one piece: layers, promises of the README, declarations."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from helpers.analyses import overview
from helpers.site import jobs
from helpers.tables import contract

HELPERS = jobs.ROOT / "helpers"
ANALYSES = {"standards", "spectrum", "targets", "gaps", "participation", "results", "audit", "overview", "key_figures"}


def imports(path: Path) -> set[str]:
    """Modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def test_only_reports_knows_papermill_and_nbconvert():
    for path in HELPERS.rglob("*.py"):
        if "reports" not in path.parts:
            assert not {m for m in imports(path) if m.split(".")[0] in {"papermill", "nbconvert", "nbclient"}}, path


def test_analyses_never_draw_and_never_read_the_report():
    for name in ANALYSES:
        used = imports(HELPERS / f"{name}.py")
        assert not {
            m
            for m in used
            if m.startswith(("helpers.charts", "helpers.extract", "helpers.site", "matplotlib", "seaborn"))
        }, name


def test_charts_compute_no_statistics():
    used = imports(HELPERS / "charts.py")
    assert not {m for m in used if m.startswith("scipy") or m.removeprefix("helpers.") in ANALYSES}


def test_the_extractor_stands_alone():
    for path in (HELPERS / "extract").rglob("*.py"):
        ours = {m for m in imports(path) if m.startswith("helpers")}
        assert all(m.startswith(("helpers.extract", "helpers.contract")) or m == "helpers" for m in ours), path


def test_every_caveat_is_declared_and_used():
    used = {name for table in contract.declaration()["tables"].values() for name in table.get("caveats", [])}
    assert used == set(contract.declaration()["caveats"])


def test_the_readme_names_every_notebook_command_and_target():
    from helpers.__main__ import main

    text = (jobs.ROOT / "README.md").read_text("utf-8")
    assert all(f"`{notebook.name}`" in text for notebook in jobs.manifest())
    with pytest.raises(SystemExit):
        main(["--help"])
    for command in ("extract", "check", "audit", "run", "bundle"):
        assert f"helpers {command}" in text, command
    makefile = (jobs.ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"    make (\w+)", text):
        assert f"\n{target}:" in makefile, target


def test_the_continuous_run_is_the_readmes_command():
    assert (jobs.ROOT / ".ci/run").read_text("utf-8").rstrip().endswith("make test")


def test_the_manifest_tells_the_truth_about_tables():
    """A notebook loads the tables that the manifest names, and no other."""
    for notebook in jobs.manifest():
        source = notebook.path.read_text("utf-8").replace('\\"', '"')
        loaded = set(re.findall(r'data\.load\("(\w+)"', source))
        loaded |= set(overview.TABLES) if "overview.TABLES" in source else set()
        if notebook.tables:
            assert loaded == set(notebook.tables), notebook.name
