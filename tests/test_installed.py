"""Outside of the repository's folder: a wheel in an empty environment, Binder's environment, pre-commit's hooks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
import yaml

from helpers.files import ROOT
from helpers.tables import editions

SITE = next(path for path in sys.path if path.endswith("site-packages"))


@pytest.fixture
def python(tmp_path):
    """An environment of its own, which sees the dependencies of this one but not its `helpers`."""
    venv.create(tmp_path / "env", symlinks=True)
    (place,) = (tmp_path / "env").glob("lib/*/site-packages")
    (place / "dependencies.pth").write_text(SITE, "utf-8")
    return tmp_path / "env/bin/python"


@pytest.fixture
def checkout(tmp_path):
    """The repository's files in another folder."""
    made = tmp_path / "checkout"
    shutil.copytree(ROOT, made, ignore=shutil.ignore_patterns(".*", "reports", "tests", "__pycache__", "mutants"))
    return made


def said(*command, cwd, **more):
    run = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, **more)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.mark.slow
def test_a_wheel_in_an_empty_environment_makes_pages(python, checkout, tmp_path):
    install = [python, "-m", "pip", "--disable-pip-version-check", "install", "--no-deps", "--no-build-isolation"]
    wheel = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--no-deps", "--no-build-isolation"]
    said(*wheel, "--wheel-dir", tmp_path, checkout, cwd=tmp_path)
    said(*install, *tmp_path.glob("*.whl"), cwd=tmp_path)
    shutil.rmtree(checkout)
    work = tmp_path / "work"
    work.mkdir()
    said("git", "init", "-q", cwd=tmp_path)  # around the environment stands somebody's repository
    who = ["-c", "user.name=N", "-c", "user.email=n@example.org"]
    said("git", *who, "commit", "-q", "--allow-empty", "-m", "Theirs", cwd=tmp_path)
    place = said(python, "-c", "import helpers.files; print(helpers.files.__file__)", cwd=work)
    assert place.startswith(str(tmp_path / "env"))
    assert (tmp_path / "env/share/jupyter/kernels/itu-warm/kernel.json").is_file()
    assert "keep the data contract" in said(python, "-m", "helpers", "check", cwd=work)
    templates = os.environ | {"JUPYTER_PATH": str(Path(SITE).parents[2] / "share/jupyter")}  # nbconvert's own
    told = said(python, "-m", "helpers", "run", "--year", "2021", "--notebook", "4", cwd=work, env=templates)
    assert "1 pages written, 0 unchanged, 0 failed" in told
    (page,) = (work / "reports").glob("*/*/*.html")
    assert page.parts[-3:] == (editions.edition().name, "2021", "4_gender_and_youth_gaps.html")
    assert ", commit none" in page.read_text("utf-8")


@pytest.mark.slow
def test_kernels_of_binder_find_helpers(python, checkout):
    bin = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    said("sh", checkout / "postBuild", cwd=checkout, env=os.environ | {"PATH": bin})
    place = said(python, "-c", "import helpers; print(helpers.__file__)", cwd=checkout / "notebooks")
    assert place.strip() == str(checkout / "helpers/__init__.py")
    assert "requirements.lock" in (ROOT / "environment.yml").read_text("utf-8")
    assert "\nhatchling==" in (ROOT / "requirements.lock").read_text("utf-8"), "postBuild builds without isolation"


def hooks():
    (local,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    return {hook["id"]: [sys.executable, *hook["entry"].split()[1:]] for hook in local["hooks"]}


@pytest.mark.slow
def test_a_commit_strips_outputs_and_leaves_clean_notebooks_as_they_are(tmp_path):
    clean = [Path(shutil.copy(path, tmp_path)) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    before = [json.loads(path.read_text("utf-8")) for path in clean]
    book = json.loads(clean[0].read_text("utf-8"))
    code = next(cell for cell in book["cells"] if cell["cell_type"] == "code")
    code |= {"execution_count": 7, "outputs": [{"output_type": "stream", "name": "stdout", "text": ["ran"]}]}
    (tmp_path / "ran.ipynb").write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", "utf-8")
    said(*hooks()["outputs"], *clean, tmp_path / "ran.ipynb", cwd=tmp_path)
    assert [json.loads(path.read_text("utf-8")) for path in [*clean, tmp_path / "ran.ipynb"]] == [*before, before[0]]


def test_a_commit_runs_ruff_and_the_check_of_the_tables():
    assert list(hooks()) == ["outputs", "ruff", "ruff-format", "tables"]
    assert hooks()["tables"][1:] == ["-m", "helpers", "check"]


def test_workflows_run_targets_that_there_are_on_the_oldest_and_the_newest_python():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    flows = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / ".github/workflows").glob("*.yml")}
    steps = {name: next(iter(flow["jobs"].values()))["steps"] for name, flow in flows.items()}
    runs = {name: [step["run"] for step in found if "run" in step] for name, found in steps.items()}
    assert runs == {"test": ["make test"], "pages": ["make reports"]}
    assert all(f"\n{command.split()[1]}:" in makefile for found in runs.values() for command in found)
    oldest, newest = flows["test"]["jobs"]["test"]["strategy"]["matrix"]["python"]
    assert f'requires-python = ">={oldest}"' in (ROOT / "pyproject.toml").read_text("utf-8") and newest == "3.x"
    container = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text("utf-8"))
    assert container["postCreateCommand"] == "sudo sh tests/browser.sh && make .venv/ready"
    assert "\n$(VENV)/ready:" in makefile and (ROOT / "tests/browser.sh").is_file()
