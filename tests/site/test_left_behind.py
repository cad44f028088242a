"""What killed processes, full disks inside libraries and dead schedulers leave: a clear word, and nothing else."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from helpers import files
from helpers.__main__ import main
from helpers.site import batch, jobs
from helpers.tables import editions
from tests.site import made


@pytest.mark.parametrize("name", ["/dev/null", "/dev/null/pages"])
def test_what_can_be_no_folder_is_told_in_words(name, capsys):
    assert main(["run", "--year", "2021", "--notebook", "4", "--out", name]) == 2
    why = "there is a file of that name" if name == "/dev/null" else "Not a directory"
    assert capsys.readouterr().err == f"error: {name} can be no folder of pages ({why}); name another with --out\n"


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """A folder for temporary files of the test's own."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return tmp_path / "temporary"


def test_only_folders_of_dead_processes_of_this_machine_are_swept(temporary):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    own = files.scratch()
    of_dead = own.replace(f"-{os.getpid()}-", f"-{dead.pid}-")
    kept = [
        f"{own}a",
        own.replace(str(os.getpid()), "1") + "a",
        f"itu-00000000-{dead.pid}-a",
        "itu-old",
        f"x{of_dead}a",
    ]
    for name in [*kept, f"{of_dead}a", f"{of_dead}b"]:
        (temporary / name).mkdir()
        (temporary / name / "kernel.json").write_text("{}", "utf-8")
    files.sweep()
    assert sorted(path.name for path in temporary.iterdir()) == sorted(kept)


STOPPED = """
import sys
from pathlib import Path
from helpers.__main__ import main
from helpers.site import jobs
entry = jobs.Notebook("0_overview", "Overview", "?", ("itut_workshops",), Path(sys.argv[1]))
jobs.manifest = lambda: (entry,)
sys.exit(main(["run", "--year", "2020", "--out", sys.argv[1] + "/out"]))
"""


@pytest.mark.slow
def test_the_next_run_sweeps_what_a_killed_one_left(tmp_path, temporary):
    made.notebook(
        tmp_path / "0_overview.ipynb", "year = 0", f"open('{tmp_path}/runs', 'w'); import time; time.sleep(99)"
    )
    environment = os.environ | {"TMPDIR": str(temporary)}
    run = subprocess.Popen([sys.executable, "-c", STOPPED, str(tmp_path)], env=environment, stderr=subprocess.PIPE)
    end = time.monotonic() + 60
    while not (tmp_path / "runs").exists() and time.monotonic() < end:
        time.sleep(0.05)
    run.send_signal(signal.SIGKILL)
    run.communicate(timeout=30)
    assert [path for path in temporary.iterdir() if path.name.startswith("itu-")]
    made.notebook(tmp_path / "0_overview.ipynb", "year = 0", "1 + 1")
    subprocess.run([sys.executable, "-c", STOPPED, str(tmp_path)], env=environment, check=True, capture_output=True)
    assert not [path for path in temporary.iterdir() if path.name.startswith("itu-")]


@pytest.mark.slow
def test_a_limit_inside_the_workbooks_library_is_told_after_the_pages(two_editions, tmp_path):
    """The workbook's library writes each sheet to a temporary file: of no size that a page has."""
    rows = [f"SG2,x,2024,{n},{'X' * 90},X.{n},recommendation,,X,1.3,{n}" for n in range(1, 9000)]
    made.write_table(two_editions / "editions/newer/tables/itut_recommendations.csv", "itut_recommendations", rows)
    made.package(two_editions)

    def little_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

    code = (
        "import sys; from pathlib import Path; from helpers.site import jobs; from helpers.__main__ import main\n"
        "entry = jobs.Notebook('0_overview', 'O', '?', ('itut_workshops',), Path(sys.argv[1]))\n"
        "jobs.manifest = lambda: (entry,)\nsys.exit(main(['run', *sys.argv[2:]]))"
    )
    out = tmp_path / "out"
    asked = ["--year", "2024", "--data", str(two_editions), "--out", str(out)]
    command = [sys.executable, "-c", code, str(tmp_path / "notebooks"), *asked]
    full = subprocess.run(command, capture_output=True, text=True, preexec_fn=little_room)
    assert "1 pages written, 0 unchanged, 0 failed" in full.stdout, full.stderr
    assert full.returncode == 1 and "error: index or data page could not be written: " in full.stderr
    # openpyxl's writers raise once more when they are freed, which Python prints as `Exception ignored in`
    assert full.stderr.count("Traceback") == full.stderr.count("Exception ignored in")
    assert not (out / "newer/data.html").exists() and not (out / "newer/data.xlsx").exists()
    again = subprocess.run(command, capture_output=True, text=True)
    assert again.returncode == 0 and "0 pages written, 1 unchanged" in again.stdout
    assert (out / "newer/data.xlsx").is_file()


def test_whatever_a_library_raises_ends_in_a_summary(tmp_path, monkeypatch, capsys):
    class SerialisationError(Exception):
        """As lxml's, which is no OSError."""

    def broken(self, *arguments):
        raise SerialisationError("IO_WRITE")

    monkeypatch.setattr(batch.Site, "refresh", broken)
    job = jobs.plan(["2021"], ["1"])[0]
    monkeypatch.setattr(batch.Site, "holds", lambda *arguments: True)
    monkeypatch.setattr(batch.Site, "notes", lambda *arguments: {"headline": "h"})
    asked = ["run", "--year", "2021", "--notebook", "1", "--out", str(tmp_path)]
    assert main(asked) == 1 and job.edition == editions.edition()
    told = capsys.readouterr()
    assert "error: index or data page could not be written: SerialisationError: IO_WRITE" in told.err
    assert "0 pages written, 1 unchanged, 0 failed" in told.out


@pytest.mark.slow
def test_a_scheduler_that_dies_is_told_in_words(two_editions, tmp_path):
    """Scheduler and worker are processes of their own; the first is killed once a job is back."""
    environment = os.environ | {"PYTHONPATH": str(files.ROOT), "DASK_DISTRIBUTED__DASHBOARD__LINK": ""}
    place = tmp_path / "scheduler.json"
    common = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    python = [sys.executable, "-m"]
    options = ["--scheduler-file", str(place)]
    scheduler = subprocess.Popen(
        [*python, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *options],
        **common,
    )
    worker = None
    try:
        address = wait_for(place, '"address": "')
        worker = subprocess.Popen(
            [*python, "distributed.cli.dask_worker", address, "--no-nanny", "--no-dashboard", "--nthreads", "1"],
            **common,
        )
        with (tmp_path / "told").open("w") as told:
            command = made.command(tmp_path, "run", "--scheduler", address)
            run = subprocess.Popen(command, stdout=told, stderr=told, env=environment)
            wait_for(tmp_path / "told", "[1/6] ")
            scheduler.send_signal(signal.SIGKILL)
            assert run.wait(timeout=60) == 1
    finally:
        for process in filter(None, (scheduler, worker)):
            process.kill()
            process.wait()
    said = (tmp_path / "told").read_text("utf-8")
    assert "the connection to the cluster was lost before the job came back" in said
    assert "CancelledError" not in said and "Traceback" not in said and " failed: " in said


def wait_for(path: Path, sign: str) -> str:
    """Wait until a file holds a sign; what follows it, to the next quotation mark."""
    end = time.monotonic() + 90
    while time.monotonic() < end:
        if path.is_file() and sign in (text := path.read_text("utf-8")):
            return text.split(sign)[1].partition('"')[0]
        time.sleep(0.1)
    raise AssertionError(f"{path} never said {sign}")
