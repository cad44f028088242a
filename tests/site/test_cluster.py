"""The batch on real Dask worker processes, one of which is killed in mid-job."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from helpers.__main__ import main
from helpers.site import cluster, execute, jobs, keys, pages

pytestmark = pytest.mark.slow


@pytest.fixture
def workers():
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as started:
        yield started


def test_pages_come_back_even_from_a_lost_worker_and_are_those_made_here(workers, tmp_path, capsys):
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
    arguments = ["run", "--year", "2020", "2021", "--notebook", "1", "4", "-p", "study_groups=[SG17]"]
    assert main([*arguments, "--out", str(tmp_path / "far"), "--scheduler", workers.scheduler_address]) == 0
    thread.join()
    assert len(killed) == 1
    assert "4 pages written" in capsys.readouterr().out

    assert main([*arguments, "--out", str(tmp_path / "near")]) == 0
    near = {path.relative_to(tmp_path / "near"): path.read_bytes() for path in (tmp_path / "near").rglob("*/*.html")}
    assert len(near) == 5  # and the data page
    assert {name: (tmp_path / "far" / name).read_bytes() for name in near} == near


def test_no_scheduler_is_a_clear_error(tmp_path, capsys):
    assert main(["run", "--scheduler", "tcp://127.0.0.1:9", "--out", str(tmp_path)]) == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err


def test_a_worker_with_other_code_says_so(older):
    job = jobs.plan(["2021"], ["1"], edition=older)[0]
    result, page = cluster.work(cluster.pack(job, "another fingerprint", {}))
    assert "install the same commit" in result.error and page == b""


def test_a_parcel_makes_the_page_that_is_made_here(older, newer):
    for edition, year in ((older, "2021"), (newer, "2024")):
        for job in jobs.plan([year], [], {"study_groups": ["SG15"]}, edition):
            far, page = cluster.work(cluster.pack(job, cluster.LOADED, pages.provenance()))
            near, here = execute.make_page(job)
            assert not far.failed and far.job == job and page.decode() == here, far.error
            assert far.headline == near.headline


@pytest.mark.parametrize("entry", jobs.manifest(), ids=lambda entry: entry.name)
def test_every_notebook_has_all_that_it_needs_in_its_parcel(entry):
    job = jobs.plan(["2020"], [entry.name])[0]
    result, page = cluster.work(cluster.pack(job, cluster.LOADED, pages.provenance()))
    assert not result.failed and page.startswith(b"<!doctype html>"), result.error


def test_a_parcel_holds_only_what_the_job_reads():
    job = jobs.plan(["2021"], ["4"])[0]
    rules = {path.name for path in keys.rules(job.edition)}
    assert "edition.yaml" in rules
    tables = {f"tables/{name}.csv" for name in ("observations", *job.edition.about["years_from"])}
    assert set(cluster.pack(job, "", {}).files) == {
        "datapackage.json",
        *(f"editions/2018-2022/{name}" for name in rules | tables),
    }
    every = set(cluster.pack(jobs.plan(["2021"], ["7"])[0], "", {}).files)
    assert {f"editions/2018-2022/tables/{name}.csv" for name in keys.tables(job.edition)} <= every


def test_a_table_that_the_edition_lacks_is_not_packed(newer, own_notebooks, monkeypatch):
    entry = jobs.Notebook("0_overview", "O", "?", ("itut_workshops", "targets"), own_notebooks[0].folder)
    monkeypatch.setattr(jobs, "manifest", lambda: (entry,))
    parcel = cluster.pack(jobs.plan(["2024"], edition=newer)[0], "", {})
    folder = "editions/newer"
    tables = {f"{folder}/edition.yaml", f"{folder}/tables/itut_recommendations.csv"}
    assert set(parcel.files) == {"datapackage.json"} | tables
