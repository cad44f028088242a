"""Faults in a batch: others finish, nothing half-written, no orphan, the next run resumes."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time

import pytest

from helpers.__main__ import main
from helpers.files import DATA
from helpers.site import execute, forks, jobs, keys, local
from helpers.site.index import Site
from helpers.tables import editions
from tests.site import made

pytestmark = pytest.mark.slow


def gone(folder, seconds=10):
    """Whether every process of a test ends within some seconds."""
    end = time.monotonic() + seconds
    while kernels_of(folder) and time.monotonic() < end:
        time.sleep(0.1)
    return kernels_of(folder) == []


def notebook(folder, *cells, name="fault"):
    """A job of a notebook with these cells."""
    made.notebook(folder / f"{name}.ipynb", "year = 0", *cells)
    return jobs.Job(jobs.Notebook(name, "Fault", "?", ("itut_workshops",), folder), editions.edition(), 2020)


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
    _, error = execute.execute(notebook(tmp_path, "1 + 1", cell, "2 + 2"))
    assert said in error and forks.kill() == 0


def test_a_hanging_cell_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(execute, "CELL_TIMEOUT", 1)
    _, error = execute.execute(notebook(tmp_path, "import time; time.sleep(60)"))
    assert "CellTimeoutError" in error and forks.kill() == 0


def test_a_notebook_that_takes_too_long_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(execute, "JOB_TIMEOUT", 2)
    start = time.monotonic()
    _, error = execute.execute(notebook(tmp_path, *["import time; time.sleep(0.9)"] * 20))
    assert error == "stopped after 2 s, the limit for one notebook" and time.monotonic() - start < 15


def test_a_cell_that_prints_without_end_makes_no_endless_page(tmp_path):
    job = notebook(tmp_path, "for i in range(100_000): print('all work and no play', i)", name="0_overview")
    result, page = execute.make_page(job)
    assert not result.failed and len(page) < 200_000 and "characters more are left out" in page


def test_an_error_page_is_made_and_shows_the_error_inert(tmp_path):
    job = notebook(tmp_path, "raise ValueError('<script>alert(1)</script>')", name="0_overview")
    result, page = execute.make_page(job)
    assert "This page failed." in page and "<script>alert" not in page and "&lt;script&gt;alert" in page
    stored = Site(tmp_path / "out").store(result, page, "k")
    assert stored.failed and not Site(tmp_path / "out").holds(job.name, "k")
    assert Site(tmp_path / "out").notes(job.name)["error"].startswith("ValueError: <script>")


def test_a_folder_that_cannot_be_written_is_told_before_any_work(capsys):
    folder = "/proc/itu-pages" if os.path.isdir("/proc/self") else "/dev/null/pages"  # closed to root, too
    assert main(["run", "--year", "2021", "--notebook", "4", "--out", folder]) == 2
    told = capsys.readouterr().err
    assert "error:" in told and "2021/4" not in told


def test_a_file_in_the_way_of_the_folder(tmp_path, capsys):
    (tmp_path / "out").write_text("in the way", "utf-8")
    assert main(["run", "--year", "2021", "--notebook", "4", "--out", str(tmp_path / "out")]) == 2
    assert "error:" in capsys.readouterr().err and (tmp_path / "out").read_text("utf-8") == "in the way"


def test_a_full_disk_leaves_the_old_pages(two_editions, own_notebooks, tmp_path):
    long = [made.SETUP, made.COUNT, "HTML('<p>' + 'long ' * 20_000 + '</p>')"]
    made.notebook(own_notebooks[1].path, 'year = "latest"\nedition = ""\ndata_dir = ""\nstudy_groups: list = []', *long)
    arguments, out = made.command(tmp_path, "run", "--year", "2024", "--notebook", "1"), tmp_path / "out"
    subprocess.run(arguments, check=True, capture_output=True)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.suffix in (".html", ".xlsx")}

    def no_room():  # for any file above 60 kB, as on a disk that is nearly full
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    full = subprocess.run([*arguments, "--force"], capture_output=True, text=True, preexec_fn=no_room)
    assert full.returncode == 1 and "Traceback" not in full.stderr
    assert "0 pages written, 0 unchanged, 1 failed" in full.stdout
    del before[out / "index.html"]
    assert {path: path.read_bytes() for path in before} == before
    assert "could not be written" in (out / "index.html").read_text("utf-8")
    assert not [path for path in out.rglob(".*")]
    again = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert "could not be written" not in (out / "index.html").read_text("utf-8"), again.stdout


def test_a_page_that_cannot_be_written_fails_on_the_index(tmp_path):
    (tmp_path / "2018-2022/2020/4_gender_and_youth_gaps.html").mkdir(parents=True)
    assert main(["run", "--year", "2020", "--notebook", "3", "4", "--out", str(tmp_path)]) == 1
    assert "the page could not be written" in (tmp_path / "index.html").read_text("utf-8")
    assert (tmp_path / "2018-2022/2020/3_target_progress.html").is_file()


def test_index_and_data_page_come_back(two_editions, tmp_path):
    arguments = ["run", "--year", "2024", "--data", str(two_editions), "--out", str(tmp_path / "out")]
    assert main(arguments) == 0
    files = [tmp_path / "out" / name for name in ("index.html", "newer/data.html", "newer/data.xlsx")]
    kept = {path: path.read_bytes() for path in files}
    for path, content in kept.items():
        path.unlink()
        assert main(arguments) == 0 and path.read_bytes() == content
    stale = kept[files[0]].replace(b"not made yet", b"made long ago").replace(b'name="job-key"', b'name="job-old"')
    files[0].write_bytes(stale)
    assert main(arguments) == 0 and files[0].read_bytes() == kept[files[0]]


def test_a_bad_table_stops_only_its_readers(tmp_path, capsys):
    import shutil

    shutil.copytree(DATA, tmp_path / "data")
    path = editions.edition("", tmp_path / "data").path("outcomes")
    path.write_bytes(path.read_bytes().replace(b"R.1,R.1-a", b"R.1,banana", 1))
    out = tmp_path / "out"
    folders = ["--data", str(tmp_path / "data"), "--out", str(out)]
    assert main(["run", "--year", "2020", *folders, "--notebook", "4", "6"]) == 1
    told = capsys.readouterr()
    assert "1 pages written, 0 unchanged, 1 failed" in told.out
    assert "index or data page could not be written" in told.err
    assert "outcomes, row 1, column outcome_id: 'banana' does not match" in told.err
    assert (out / "index.html").is_file() and not (out / "2018-2022/data.html").exists()


def test_a_notebook_that_ends_early_has_failed(tmp_path):
    _, error = execute.execute(notebook(tmp_path, "import sys; sys.exit(0)", "1 + 1"))
    assert "SystemExit" in error or "ended early" in error


def test_what_a_killed_kernel_has_started_goes_with_it(tmp_path, monkeypatch):
    monkeypatch.setattr(execute, "JOB_TIMEOUT", 3)
    cell = f"import subprocess; subprocess.run(['sleep', '300'], env={{'ITU_TEST': '{tmp_path}'}})"
    _, error = execute.execute(notebook(tmp_path, cell))
    assert error.startswith("stopped after") and gone(tmp_path)


@pytest.mark.parametrize("cell", ["%time 1 + 1", "!true", "%%bash\ntrue", "x ="])
def test_magics_and_mistakes_in_a_notebook_stop_no_batch(tmp_path, cell):
    imports = ["from helpers import selection", "from helpers.tables import query\n!true"]
    job = notebook(tmp_path, imports[0], cell, imports[1], name="0_overview")
    assert {path.name for path in keys.modules(job.notebook.path)} >= {"selection.py", "query.py"}
    result, page = execute.make_page(job)
    assert result.failed == (cell == "x =") and "</html>" in page


@pytest.mark.parametrize("content", ["", "[]", '{"cells": [{}]}', '{"nbformat": 3}'])
def test_a_file_that_is_no_notebook_is_the_jobs_error(tmp_path, content):
    (tmp_path / "0_overview.ipynb").write_text(content, "utf-8")
    job = jobs.Job(jobs.Notebook("0_overview", "Fault", "?", ("itut_workshops",), tmp_path), editions.edition(), 2020)
    result, page = execute.make_page(job)
    assert result.failed and page == ""
    stored = Site(tmp_path / "out").store(result, page, "k")
    text = (tmp_path / "out/2018-2022/2020/0_overview.html").read_text("utf-8")
    assert stored.failed and "This page failed." in text and "Content-Security-Policy" in text


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
def test_a_stopped_batch_leaves_whole_pages_and_no_process_and_resumes(two_editions, tmp_path, stop, code):
    command, out = made.command(tmp_path, "run"), tmp_path / "out"
    environment = os.environ | {"ITU_TEST": str(tmp_path)}
    run = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    line = run.stderr.readline()
    assert line.startswith("[1/6]")
    run.send_signal(stop)
    run.communicate(timeout=60)
    assert run.returncode == code
    assert gone(tmp_path)
    pages = list(out.rglob("*.html"))
    assert pages and all(page.read_text("utf-8").rstrip().endswith("</html>") for page in pages)
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "0 failed" in again.stdout and "0 unchanged" not in again.stdout
    assert len(list(out.glob("*/*/*.html"))) == 6


# The command line on a notebook of our own, whose cell tells that it runs and then sleeps.
SLEEPER = """
import sys
from pathlib import Path
from helpers.__main__ import main
from helpers.site import jobs
entry = jobs.Notebook("0_overview", "Sleeper", "?", (), Path(sys.argv[1]))
jobs.manifest = lambda: (entry,)
sys.exit(main(["run", "--year", "2020", "--out", sys.argv[1] + "/out"]))
"""


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGKILL, -9), (signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_runner_stopped_in_mid_cell_takes_its_kernels_along(tmp_path, stop, code):
    notebook(tmp_path, f"import time; open('{tmp_path}/runs', 'w').close(); time.sleep(300)", name="0_overview")
    (tmp_path / "temporary").mkdir()
    environment = os.environ | {"ITU_TEST": str(tmp_path), "TMPDIR": str(tmp_path / "temporary")}
    run = subprocess.Popen([sys.executable, "-c", SLEEPER, str(tmp_path)], env=environment, stderr=subprocess.PIPE)
    end = time.monotonic() + 60
    while not (tmp_path / "runs").exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert len(kernels_of(tmp_path)) > 1
    run.send_signal(stop)
    run.communicate(timeout=30)
    assert run.returncode == code and gone(tmp_path)
    if stop != signal.SIGKILL:  # nobody can tidy up after that one
        assert not [p for p in (tmp_path / "temporary").iterdir() if p.name.startswith("itu-")]
        assert "not made yet" in (tmp_path / "out/index.html").read_text("utf-8")


def test_two_batches_on_one_folder(two_editions, tmp_path):
    command = made.command(tmp_path, "run")
    runs = [
        subprocess.Popen([*command, "--force"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for _ in range(2)
    ]
    said = [run.communicate(timeout=120)[0] for run in runs]
    assert all("6 pages written, 0 unchanged, 0 failed" in text for text in said)
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "0 pages written, 6 unchanged" in again.stdout
    assert not [path for path in (tmp_path / "out").rglob(".*")]


def test_a_clock_that_jumps_changes_nothing(tmp_path, monkeypatch):
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 10**6)
    _, error = execute.execute(notebook(tmp_path, "1 + 1"))
    assert error == ""


def test_one_dying_job_does_not_stop_the_others(tmp_path):
    bad = notebook(tmp_path, "import os; os._exit(1)", name="1_standards_throughput")
    good = jobs.plan(["2020"], ["4"])[0]
    results = {result.job.name: (result, page) for result, page in local.execute([bad, good, good], workers=2)}
    assert results[bad.name][0].failed and not results[good.name][0].failed
    assert threading.active_count() < 20


BAD = {
    "year": ["1999", "'x'", "[2020]", "null", "true", "'²'", "'２０２０'"],
    "study_groups": ["[SG99]", "7", "{a: b}"],
    "annualise": ["maybe", "3"],
    "geography": ["[Atlantis]", "9"],
    "words": ["['']", "9", "{a: b}"],
    "baseline_year": ["1900", "soon", "2.5"],
    "edition": ["nowhere", "17", "[a]"],
    "data_dir": ["/no/such/folder", "17", "x" * 5000],
}


def test_a_bad_parameter_says_the_same_on_the_command_line_and_in_papermill(tmp_path, capsys):
    said = "geography: unknown Atlantis; allowed are World, Developed countries"
    assert main(["run", "--year", "2020", "--notebook", "4", "--out", str(tmp_path), "-p", "geography=[Atlantis]"]) == 1
    assert f"ParameterError: {said}" in capsys.readouterr().err
    book = jobs.manifest()[4].path
    papermill = [sys.executable, "-m", "papermill", str(book), str(tmp_path / "o.ipynb"), "-y", "geography: [Atlantis]"]
    run = subprocess.run(
        papermill, capture_output=True, text=True, env=os.environ | {"JUPYTER_RUNTIME_DIR": str(tmp_path)}
    )
    assert run.returncode == 1 and f"ParameterError: {said}" in run.stderr


@pytest.mark.parametrize("entry", jobs.manifest(), ids=lambda entry: entry.name)
def test_bad_parameters_fail_first_and_name_what_is_allowed(entry):
    import yaml

    for name in jobs.defaults(entry):
        first = next(notebook for notebook in jobs.manifest() if name in jobs.defaults(notebook))
        for text in BAD[name] if entry == first else BAD[name][:1]:  # all notebooks ask the same function
            value = yaml.safe_load(text)
            job = jobs.Job(entry, editions.edition(), 2021, {name: value})
            made, error = execute.execute(job)
            assert error.startswith(f"ParameterError: {name}: "), (name, value, error)
            ran = [cell for cell in made.cells if cell.cell_type == "code" and cell.get("execution_count")]
            assert len(ran) <= 4, "something ran before the parameters were checked"
