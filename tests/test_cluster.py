"""The batch on real Dask worker processes, one of which is killed in mid-job."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from helpers.__main__ import main
from helpers.site import cluster, jobs, keys, pages

pytestmark = pytest.mark.slow


@pytest.fixture
def workers():
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as started:
        yield started


def test_pages_come_back_even_from_a_lost_worker(workers, tmp_path, capsys):
    from distributed import Client

    killed = []

    def kill_one():
        with Client(workers.scheduler_address, set_as_default=False) as client:
            end = time.monotonic() + 60
            while time.monotonic() < end and not killed:
                busy = [address for address, tasks in client.processing().items() if tasks]
                pids = client.run(os.getpid, workers=busy[:1]) if busy else {}
                for pid in pids.values():
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
                time.sleep(0.05)

    thread = threading.Thread(target=kill_one)
    thread.start()
    arguments = ["run", "--year", "2020", "2021", "--notebook", "3", "4", "--out", str(tmp_path / "far")]
    assert main([*arguments, "--scheduler", workers.scheduler_address]) == 0
    thread.join()
    assert len(killed) == 1
    assert "4 pages written" in capsys.readouterr().out

    assert main([*arguments[:-1], str(tmp_path / "near")]) == 0
    for page in sorted((tmp_path / "near").rglob("*/*.html")):
        far = (tmp_path / "far" / page.relative_to(tmp_path / "near")).read_text("utf-8")
        here = [line for line in page.read_text("utf-8").splitlines() if "data_dir" not in line]
        assert [line for line in far.splitlines() if "data_dir" not in line] == here, page


def test_no_scheduler_is_a_clear_error(tmp_path, capsys):
    assert main(["run", "--scheduler", "tcp://127.0.0.1:9", "--out", str(tmp_path)]) == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err


def test_a_worker_with_other_code_says_so():
    job = jobs.plan(["2021"], ["4"])[0]
    result, page = cluster.work(cluster.pack(job, None, "another fingerprint", {}))
    assert "install the same commit" in result.error and page == b""


@pytest.mark.parametrize("entry", jobs.manifest(), ids=lambda entry: entry.name)
def test_every_notebook_has_all_that_it_needs_in_its_parcel(entry):
    job = jobs.plan(["2020"], [entry.name])[0]
    result, page = cluster.work(cluster.pack(job, None, cluster.LOADED, pages.provenance()))
    assert not result.failed and page.startswith(b"<!doctype html>"), result.error


def test_a_parcel_holds_only_what_the_job_reads():
    parcel = cluster.pack(jobs.plan(["2021"], ["4"])[0], None, "", {})
    assert set(parcel.tables) == {"datapackage.json", "report/observations.csv", "report/itut_workshops.csv"}
    assert set(cluster.pack(jobs.plan(["2021"], ["7"])[0], None, "", {}).tables) == {
        "datapackage.json",
        *(f"report/{name}.csv" for name in keys.all_tables(None)),
    }
