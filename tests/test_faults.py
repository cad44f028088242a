"""Faults in a batch: others finish, nothing half-written, no orphan, the next run resumes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import nbformat
import pytest

from helpers.__main__ import main
from helpers.reports import batch, jobs, kernels
from helpers.reports.site import Site

pytestmark = pytest.mark.slow


def notebook(folder, *cells, name="fault"):
    """A job of a notebook with these cells."""
    made = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("year = 0", metadata={"tags": ["parameters"]}),
            *map(nbformat.v4.new_code_cell, cells),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(made, folder / f"{name}.ipynb")
    return jobs.Job(jobs.Notebook(name, "Fault", "?", (), folder), 2020)


@pytest.fixture(autouse=True)
def runtime(tmp_path, monkeypatch):
    (tmp_path / "runtime").mkdir()
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("raise ValueError('broken <b>')", "ValueError: broken <b>"),
        ("import os; os._exit(3)", "Kernel died"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "Kernel died"),
        (
            "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**33, 2**33)); x = bytearray(2**34)",
            "MemoryError",
        ),
    ],
)
def test_a_broken_cell_or_dead_kernel_is_the_jobs_error(tmp_path, cell, said):
    _, error = batch.execute(notebook(tmp_path, "1 + 1", cell, "2 + 2"), None)
    assert said in error and kernels.kill() == 0


def test_a_hanging_cell_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "CELL_TIMEOUT", 1)
    _, error = batch.execute(notebook(tmp_path, "import time; time.sleep(60)"), None)
    assert "CellTimeoutError" in error and kernels.kill() == 0


def test_a_notebook_that_takes_too_long_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "JOB_TIMEOUT", 2)
    start = time.monotonic()
    _, error = batch.execute(notebook(tmp_path, *["import time; time.sleep(0.9)"] * 20), None)
    assert error == "stopped after 2 s, the limit for one notebook" and time.monotonic() - start < 15


def test_an_error_page_is_made_and_shows_the_error_inert(tmp_path):
    job = notebook(tmp_path, "raise ValueError('<script>alert(1)</script>')", name="0_overview")
    result, page = batch.make_page(job, None, [2020], "1")
    assert "This page failed." in page and "<script>alert" not in page and "&lt;script&gt;alert" in page
    stored = Site(tmp_path / "out").store(result, page, "k")
    assert stored.failed and not Site(tmp_path / "out").holds(job.name, "k")
    assert Site(tmp_path / "out").notes(job.name)["error"].startswith("ValueError: <script>")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(tmp_path, capsys):
    (tmp_path / "out").mkdir(mode=0o500)
    assert main(["run", "--year", "2021", "--notebook", "4", "--out", str(tmp_path / "out")]) == 2


def test_a_file_in_the_way_of_the_folder(tmp_path, capsys):
    (tmp_path / "out").write_text("in the way", "utf-8")
    assert main(["run", "--year", "2021", "--notebook", "4", "--out", str(tmp_path / "out")]) == 2
    assert "error:" in capsys.readouterr().err and (tmp_path / "out").read_text("utf-8") == "in the way"


def test_a_full_disk_leaves_the_old_page(tmp_path, monkeypatch):
    site = Site(tmp_path)
    job = jobs.plan(["2021"], ["4"])[0]
    site.store(batch.Result(job, headline="old"), "<!-- job -->old page", "old")

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    result = site.store(batch.Result(job, headline="new"), "<!-- job -->new page", "new")
    assert "No space left" in result.error
    assert site.notes(job.name)["headline"] == "old" and [p.name for p in (tmp_path / "2021").iterdir()] == [
        f"{job.notebook.name}.html"
    ]


def command(out):
    return [
        sys.executable,
        "-m",
        "helpers",
        "run",
        "--year",
        "2018",
        "2019",
        "2020",
        "--notebook",
        "1",
        "2",
        "--out",
        str(out),
    ]


def kernels_of(folder):
    """Processes that work for a batch, by their runtime folder in the environment."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit() and int(entry) != os.getpid():
            try:
                with open(f"/proc/{entry}/environ", "rb") as file:
                    if f"ITU_TEST={folder}".encode() in file.read():
                        found.append(int(entry))
            except OSError:
                continue
    return found


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_a_stopped_batch_leaves_whole_pages_and_no_process_and_resumes(tmp_path, stop, code):
    out = tmp_path / "out"
    environment = os.environ | {"ITU_TEST": str(tmp_path)}
    run = subprocess.Popen(command(out), env=environment, stderr=subprocess.PIPE, text=True)
    line = run.stderr.readline()
    assert line.startswith("[1/6]")
    run.send_signal(stop)
    run.communicate(timeout=60)
    assert run.returncode == code
    end = time.monotonic() + 10
    while kernels_of(tmp_path) and time.monotonic() < end:
        time.sleep(0.1)
    assert kernels_of(tmp_path) == []
    pages = list(out.rglob("*.html"))
    assert pages and all(page.read_text("utf-8").rstrip().endswith("</html>") for page in pages)
    again = subprocess.run(command(out), env=environment, capture_output=True, text=True, check=True)
    assert "0 failed" in again.stdout and "0 unchanged" not in again.stdout
    assert len(list(out.rglob("*/*.html"))) == 6


def test_two_batches_on_one_folder(tmp_path):
    runs = [
        subprocess.Popen([*command(tmp_path), "--force"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for _ in range(2)
    ]
    said = [run.communicate(timeout=120)[0] for run in runs]
    assert all("6 pages written, 0 unchanged, 0 failed" in text for text in said)
    again = subprocess.run(command(tmp_path), capture_output=True, text=True, check=True)
    assert "0 pages written, 6 unchanged" in again.stdout
    assert not [path for path in tmp_path.rglob(".*")]


def test_a_clock_that_jumps_changes_nothing(tmp_path, monkeypatch):
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 10**6)
    _, error = batch.execute(notebook(tmp_path, "1 + 1"), None)
    assert error == ""


def test_one_dying_job_does_not_stop_the_others(tmp_path):
    bad = notebook(tmp_path, "import os; os._exit(1)", name="1_standards_throughput")
    good = jobs.plan(["2020"], ["4"])[0]
    results = {result.job.name: (result, page) for result, page in batch.run_local([bad, good, good], None, 2)}
    assert results[bad.name][0].failed and not results[good.name][0].failed
    assert threading.active_count() < 20


BAD = {
    "year": ["1999", "'x'", "[2020]", "null", "true"],
    "study_groups": ["[SG99]", "7", "{a: b}"],
    "annualise": ["maybe", "3"],
    "geography": ["[Atlantis]", "9"],
    "baseline_year": ["1900", "soon", "2.5"],
    "data_dir": ["/no/such/folder", "17"],
}


@pytest.mark.parametrize("entry", jobs.manifest(), ids=lambda entry: entry.name)
def test_bad_parameters_fail_first_and_name_what_is_allowed(entry):
    import yaml

    for name in jobs.parameter_names(entry):
        for text in BAD[name]:
            value = yaml.safe_load(text)
            job = jobs.Job(entry, value if name == "year" else 2021, {} if name == "year" else {name: value})
            made, error = batch.execute(job, None)
            assert error.startswith(f"ParameterError: {name}: "), (name, value, error)
            ran = [cell for cell in made.cells if cell.cell_type == "code" and cell.get("execution_count")]
            assert len(ran) <= 4, "something ran before the parameters were checked"
