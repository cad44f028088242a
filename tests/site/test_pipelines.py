"""In somebody's pipeline: the registered engine, provisioner and kernel; jobs, one job, and pages from elsewhere."""

from __future__ import annotations

import json
import os
import re
import signal

import nbformat
import papermill
import pytest

from helpers.__main__ import main
from helpers.files import ROOT
from helpers.site import forks, jobs, kernels
from tests.site import made

PAGE = "1_standards_throughput"
KERNEL = "import sys; print(sys.argv[0].rpartition('/')[2], 'seaborn' in sys.modules)"
WARM, ORDINARY = "ipykernel_launcher True\n", "ipykernel_launcher.py False\n"


@pytest.fixture
def printing(tmp_path):
    """A notebook that prints what kind of kernel it has."""
    made.notebook(tmp_path / "n.ipynb", "year = 0", KERNEL)
    return tmp_path / "n.ipynb"


@pytest.fixture
def command(two_editions, tmp_path, capsys):
    """Run a command on the made-up editions; what it prints on each stream."""

    def ran(*arguments, code=0):
        assert main([*map(str, arguments), "--data", str(two_editions), "--out", str(tmp_path / "out")]) == code
        return capsys.readouterr()

    return ran


@pytest.mark.slow
def test_papermill_has_the_engine_by_its_name_and_ordinary_kernels_without(printing, tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "not there yet"))
    for engine, said in (("itu-warm", WARM), (None, ORDINARY)):
        done = papermill.execute_notebook(printing, tmp_path / "o.ipynb", engine_name=engine, progress_bar=False)
        assert done.cells[-1].outputs[0].text == said
    assert nbformat.read(tmp_path / "o.ipynb", 4).metadata.kernelspec.name == "python3"


@pytest.mark.slow
def test_a_plain_kernelspec_has_the_warm_kernel(printing, tmp_path, monkeypatch):
    spec = tmp_path / "share/kernels/itu-warm"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text((ROOT / "helpers/site/kernel/kernel.json").read_text("utf-8"), "utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share"))
    done = papermill.execute_notebook(printing, None, kernel_name="itu-warm", progress_bar=False)
    assert done.cells[-1].outputs[0].text == WARM


def test_the_engine_leaves_kernels_of_other_languages_alone(monkeypatch):
    from papermill.engines import NBClientEngine, papermill_engines

    given = []
    monkeypatch.setattr(NBClientEngine, "execute_notebook", lambda *arguments, **more: given.append((arguments, more)))
    engine = papermill_engines.get_engine("itu-warm")
    engine.execute_notebook("n", "ir", output_path=None)
    engine.execute_notebook("n", "python3", output_path=None)
    warm = {"kernel_manager_class": kernels.WarmKernelManager, "shutdown_kernel": "immediate", "output_path": None}
    assert given == [(("n", "ir"), {"output_path": None}), (("n", "python3"), warm)]


@pytest.mark.slow
def test_kernels_go_on_after_the_process_that_they_fork_from_was_killed(tmp_path):
    first = forks.ForkedKernel(["-f", str(tmp_path / "a.json")], dict(os.environ), str(tmp_path))
    os.kill(int(parent(first.pid)), signal.SIGKILL)
    second = forks.ForkedKernel(["-f", str(tmp_path / "b.json")], dict(os.environ), str(tmp_path))
    assert second.poll() is None
    assert first.wait(10) == 0, "a kernel outlives the process that it was forked from"
    assert forks.kill(str(tmp_path)) == 1 and second.wait(10) == 0
    assert forks.kill(str(tmp_path)) == 0


def parent(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        return file.read().rpartition(")")[2].split()[1]


@pytest.mark.slow
def test_jobs_tell_what_is_stale_and_one_job_runs_alone(command, tmp_path):
    listed = json.loads(command("jobs", "--year", "2024", "--json").out)
    assert [job["name"] for job in listed] == ["newer/2024/0_overview", f"newer/2024/{PAGE}"]
    job = listed[1]
    assert job["edition"] == "newer" and job["year"] == 2024 and job["state"] == "stale"
    assert job["parameters"] == {"year": 2024, "edition": "newer", "data_dir": str(tmp_path / "data")}
    assert job["notebook"] == str(tmp_path / f"notebooks/{PAGE}.ipynb") and re.fullmatch("[0-9a-f]{64}", job["key"])
    told = json.loads(command("run", "--job", job["name"], "--json").out)
    page = tmp_path / f"out/{job['name']}.html"
    assert [(result["name"], result["state"], result["page"]) for result in told] == [
        (job["name"], "written", str(page))
    ]
    assert told[0]["headline"] == "ITU-T approved 9 texts. Twice." and told[0]["error"] == "" and told[0]["seconds"] > 0
    assert list((tmp_path / "out").glob("*/*/*.html")) == [page] and job["key"] in page.read_text("utf-8")
    lines = command("jobs", "--year", "2024").out.splitlines()
    assert lines == ["stale newer/2024/0_overview", f"fresh newer/2024/{PAGE}"]
    again = json.loads(command("run", "--job", job["name"], "--json").out)
    assert again[0]["state"] == "unchanged"


@pytest.mark.slow
def test_a_failed_job_is_told_as_json_too(command):
    told = command("run", "--year", "2024", "--notebook", "1", "-p", "study_groups=[SG99]", "--json", code=1)
    result = json.loads(told.out)[0]
    assert result["state"] == "failed" and result["error"].startswith("ParameterError: study_groups")


def test_a_job_takes_the_edition_of_its_name_and_an_unknown_one_is_refused(command):
    assert json.loads(command("jobs", "--job", f"older/2021/{PAGE}", "--json").out)[0]["edition"] == "older"
    told = command("run", "--job", "older/2021/9_poems", code=2)
    assert "no job 'older/2021/9_poems' here; `python -m helpers jobs` lists them" in told.err
    assert "no edition 'nowhere'" in command("jobs", "--job", "nowhere/2021/x", code=2).err


@pytest.mark.slow
def test_a_kept_notebook_makes_the_page_that_the_batch_made(command, tmp_path):
    selection = ["-p", "study_groups=[SG15]"]
    for chosen in ([], selection):
        command("run", "--year", "2024", "--notebook", "1", "--keep-notebooks", *chosen)
    out = tmp_path / "out"
    kept = sorted(path.name for path in out.rglob("*.ipynb"))
    assert kept == [f"{PAGE}--study_groups-SG15.ipynb", f"{PAGE}.ipynb"]
    pages = {path: path.read_bytes() for path in out.glob("*/*/*.html")}
    for path, chosen in zip(sorted(pages), (selection, []), strict=True):
        path.unlink()
        command("page", path.with_suffix(".ipynb"), *chosen)
        assert path.read_bytes() == pages[path]
    assert str(tmp_path) not in (out / f"newer/2024/{PAGE}.ipynb").read_text("utf-8")
    command("run", "--year", "2024", "--notebook", "1", "--force")
    assert sorted(path.name for path in out.rglob("*.ipynb")) == kept[:1], "a notebook that its page is not made from"
    assert "1 pages written" in command("run", "--year", "2024", "--notebook", "1", "--keep-notebooks").out


@pytest.fixture
def executed(older, tmp_path):
    """Execute a notebook of the older edition as another's pipeline would; its file, under a job's name."""

    def made_elsewhere(name=f"older/2021/{PAGE}", **parameters):
        path = tmp_path / "elsewhere" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        given = {"year": 2021, "edition": "older", "data_dir": str(older.data_dir)} | parameters
        papermill.execute_notebook(jobs.manifest()[1].path, path, given, progress_bar=False, engine_name="itu-warm")
        return path

    return made_elsewhere


@pytest.mark.slow
def test_a_page_from_a_notebook_executed_elsewhere(command, executed, tmp_path):
    assert command("page", executed()).out == f"{tmp_path}/out/older/2021/{PAGE}.html\n"
    page = (tmp_path / f"out/older/2021/{PAGE}.html").read_text("utf-8")
    assert "ITU-T approved 6 texts." in page and str(tmp_path) not in page
    command("run", "--job", f"older/2021/{PAGE}", "--force")
    assert (tmp_path / f"out/older/2021/{PAGE}.html").read_text("utf-8") == page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"year": 2020}, "its name says older/2021/1_standards_throughput, but it was executed with"),
        ({"edition": "newer", "year": 2024}, "its name says older/2021"),
        ({"study_groups": ["SG15"]}, "its name says older/2021"),
        ({"year": 1999}, "executed with what no page has: year: the edition has no 1999"),
    ],
)
def test_other_parameters_than_the_name_says_are_refused(command, executed, tmp_path, parameters, said):
    path = executed()
    notebook = nbformat.read(path, 4)
    injected = next(cell for cell in notebook.cells if "injected-parameters" in cell.metadata.get("tags", []))
    injected.source += "".join(f"\n{name} = {value!r}" for name, value in parameters.items())
    nbformat.write(notebook, path)
    told = command("page", path, code=2).err
    assert said in told and str(path) in told and not (tmp_path / "out").exists()


@pytest.mark.slow
def test_other_cells_and_other_tables_are_refused(command, executed, tmp_path):
    path = executed()
    text = path.read_text("utf-8")
    path.write_text(text.replace("Twice.", "Thrice."), "utf-8")
    assert "its cells are not those of" in command("page", path, code=2).err
    path.write_text(text.replace(f'data_dir = \\"{tmp_path}', 'data_dir = \\"/elsewhere'), "utf-8")
    assert "executed on the tables in /elsewhere/data; say --data" in command("page", path, code=2).err
    selection = executed(f"older/2021/{PAGE}--study_groups-SG15", study_groups=["SG15"])
    assert f"no job 'older/2021/{PAGE}--study_groups-SG15' here" in command("page", selection, code=2).err
    command("page", selection, "-p", "study_groups=[SG15]")


@pytest.mark.slow
def test_a_notebook_that_failed_elsewhere_leaves_the_whole_page(command, executed, tmp_path):
    path = executed()
    command("page", path)
    page = tmp_path / f"out/older/2021/{PAGE}.html"
    whole, notebook = page.read_bytes(), nbformat.read(path, 4)
    notebook.cells[-1].outputs = [nbformat.v4.new_output("error", ename="E", evalue="no", traceback=[])]
    nbformat.write(notebook, path)
    assert "failed: E: no" in command("page", path, code=1).err
    assert page.read_bytes() == whole and "E: no" in page.with_suffix(".failed.html").read_text("utf-8")


@pytest.mark.parametrize("content", [None, "", "[]", '{"cells": [{}]}', "\ud800", '{"cells": []}'])
def test_a_file_that_is_no_notebook_is_told_so(command, tmp_path, content):
    path = tmp_path / f"older/2021/{PAGE}.ipynb"
    path.parent.mkdir(parents=True)
    if content is not None:
        path.write_text(content, "utf-8", errors="surrogatepass")
    told = command("page", path, code=2).err
    assert told.startswith("error: ") and str(path) in told and told.count("\n") == 1
