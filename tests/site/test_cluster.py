"""The batch on real Dask worker processes, one of which is killed in mid-job."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time

import pytest

from helpers.__main__ import main
from helpers.files import ROOT
from helpers.site import cluster, execute, jobs, keys, pages
from tests.golden import words
from tests.site import made

slow = pytest.mark.slow


@pytest.fixture
def workers():
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as started:
        yield started


@slow
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
    arguments = ["run", "--year", "2020", "--notebook", "1", "4", "-p", "study_groups=[SG17]"]
    assert main([*arguments, "--out", str(tmp_path / "far"), "--scheduler", workers.scheduler_address]) == 0
    thread.join()
    assert len(killed) == 1
    assert "2 pages written" in capsys.readouterr().out

    assert main([*arguments, "--out", str(tmp_path / "near")]) == 0
    near = {path.relative_to(tmp_path / "near"): path.read_bytes() for path in (tmp_path / "near").rglob("*/*.html")}
    assert len(near) == 3  # and the data page
    assert {name: (tmp_path / "far" / name).read_bytes() for name in near} == near


@slow
def test_no_scheduler_is_a_clear_error(tmp_path, capsys):
    assert main(["run", "--scheduler", "tcp://127.0.0.1:9", "--out", str(tmp_path)]) == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err


@slow
def test_a_worker_with_other_code_says_so(older):
    job = jobs.plan(["2021"], ["1"], edition=older)[0]
    result, page = cluster.work(cluster.pack(job, "another fingerprint", {}))
    assert "install the same commit" in result.error and page == b""


@slow
def test_a_parcel_makes_the_page_that_is_made_here(older, newer):
    for edition, year in ((older, "2021"), (newer, "2024")):
        for job in jobs.plan([year], [], {"study_groups": ["SG15"]}, edition):
            far, page = cluster.work(cluster.pack(job, cluster.LOADED, pages.provenance()))
            near, here = execute.make_page(job)
            assert not far.failed and far.job == job and page.decode() == here, far.error
            assert far.headline == near.headline


@slow
@pytest.mark.parametrize("entry", jobs.manifest(), ids=lambda entry: entry.name)
def test_every_notebook_has_all_that_it_needs_in_its_parcel_and_says_what_it_says_here(site, entry):
    job = jobs.plan(["2020"], [entry.name])[0]
    result, page = cluster.work(cluster.pack(job, cluster.LOADED, pages.provenance()))
    assert not result.failed and page.startswith(b"<!doctype html>"), result.error
    assert words(page.decode()) == words((site / f"{job.name}.html").read_text("utf-8"))


@slow
def test_a_parcel_holds_only_what_the_job_reads():
    job = jobs.plan(["2021"], ["4"])[0]
    rules = {path.name for path in keys.rules(job.edition)}
    assert "edition.yaml" in rules
    tables = {f"tables/{name}.csv" for name in ("observations", *job.edition.about["years_from"])}
    assert set(cluster.pack(job, "", {}).files) == {
        "datapackage.json",
        *(path.relative_to(job.edition.data_dir).as_posix() for path in keys.published(job.notebook, job.edition)),
        *(f"editions/2018-2022/{name}" for name in rules | tables),
    }
    every = set(cluster.pack(jobs.plan(["2021"], ["7"])[0], "", {}).files)
    assert {f"editions/2018-2022/tables/{name}.csv" for name in keys.tables(job.edition)} <= every


@slow
def test_a_table_that_the_edition_lacks_is_not_packed(newer, own_notebooks, monkeypatch):
    entry = jobs.Notebook("0_overview", "O", "?", ("itut_workshops", "targets"), own_notebooks[0].folder)
    monkeypatch.setattr(jobs, "manifest", lambda: (entry,))
    parcel = cluster.pack(jobs.plan(["2024"], edition=newer)[0], "", {})
    folder = "editions/newer"
    tables = {f"{folder}/edition.yaml", f"{folder}/tables/itut_recommendations.csv"}
    assert set(parcel.files) == {"datapackage.json"} | tables


@pytest.mark.parametrize(
    ("address", "closed"),
    [
        ("tls://192.0.2.1:8786", True),
        ("wss://192.0.2.1:8786", True),
        ("tcp://127.0.0.1:8786", True),
        ("localhost:8786", True),
        ("tcp://192.0.2.1:8786", False),
        ("192.0.2.1:8786", False),
        ("ws://192.0.2.1:8786", False),
        ("tcp://[2001:db8::1]:8786", False),
        ("tcp://no-such-host.invalid:8786", False),
        ("tls.example:8786", False),
    ],
)
def test_what_is_closed_to_others(address, closed):
    assert cluster.is_closed(address) is closed


@pytest.mark.whole
def test_an_open_address_elsewhere_is_refused_unless_told(tmp_path, capsys, monkeypatch):
    asked = []
    monkeypatch.setattr(cluster, "_client", lambda address: asked.append(address) or 1 / 0)
    run = ["run", "--year", "2021", "--notebook", "4", "--out", str(tmp_path), "--scheduler", "tcp://192.0.2.1:8786"]
    assert main(run) == 2 and asked == []
    told = capsys.readouterr().err
    assert "tcp://192.0.2.1:8786 is open" in told and "--insecure" in told and "tls://" in told
    with pytest.raises(ZeroDivisionError):
        main([*run, "--insecure"])
    assert asked == ["tcp://192.0.2.1:8786"]


def certificates(folder):
    """Certificates and configuration as the documentation's own lines make them; the configuration's folder."""
    lines = re.search(r"```sh\n(mkdir.*?)```", (ROOT / "docs/cluster.md").read_text("utf-8"), re.DOTALL)[1]
    folder.mkdir()
    subprocess.run(["sh", "-ec", lines], cwd=folder, check=True, capture_output=True)
    return folder / "tls"


@pytest.fixture(scope="module")
def closed_cluster(tmp_path_factory):
    """Address of a scheduler with one real worker, and the folders of its certificates and of others."""
    import dask
    from distributed import LocalCluster, Security

    folder = tmp_path_factory.mktemp("certificates")
    right, wrong = certificates(folder / "right"), certificates(folder / "wrong")
    with (
        dask.config.set(dask.config.merge(dask.config.config, dask.config.collect([str(right)], {}))),
        LocalCluster(n_workers=1, protocol="tls", security=Security(), dashboard_address=None) as started,
    ):
        yield started.scheduler_address, right, wrong


@slow
def test_the_right_certificate_gets_pages(closed_cluster, two_editions, tmp_path):
    address, right, _ = closed_cluster
    command = made.command(tmp_path, "run", "--year", "2024", "--scheduler", address)
    done = subprocess.run(command, env=os.environ | {"DASK_CONFIG": str(right)}, capture_output=True, text=True)
    assert done.returncode == 0 and "2 pages written" in done.stdout, done.stderr


@slow
def test_without_the_right_certificate_nobody_gets_in(closed_cluster, two_editions, tmp_path):
    """All at once, as each tries for some seconds: with a certificate of another's and with none."""
    address, _, wrong = closed_cluster
    command = "import sys; from distributed.cli.dask_worker import main; main(sys.argv[1:])"
    join = [sys.executable, "-c", command, address, "--no-nanny", "--no-dashboard", "--death-timeout", "5"]
    ask = made.command(tmp_path, "run", "--year", "2024", "--scheduler", address)
    tries = {
        (which, tried): subprocess.Popen(
            asked, env=os.environ | {"DASK_CONFIG": str(folder)}, stderr=subprocess.PIPE, text=True
        )
        for which, folder in (("wrong", wrong), ("none", tmp_path))
        for tried, asked in (("worker", join), ("run", ask))
    }
    for (which, tried), process in tries.items():
        _, told = process.communicate(timeout=60)
        if tried == "run":
            assert process.returncode == 2, (which, told)
            assert f"no Dask scheduler answers at {address}" in told and "docs/cluster.md" in told, (which, told)
        else:
            assert process.returncode != 0 and "Registered to" not in told, (which, told)
    assert not list(tmp_path.glob("out/*/2024/*.html"))
