"""The same jobs on a Dask cluster.

Notebook and tables travel with the job, the page comes back; no disk is shared.
A worker needs this project installed from the same commit, which is checked. The
job of a lost worker is run again elsewhere by the scheduler.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.site import keys
from helpers.site.jobs import ROOT, Job, JobError, years

if TYPE_CHECKING:
    from helpers.site.batch import Result


@dataclass(frozen=True)
class Parcel:
    """All that a worker needs for one job."""

    job: Job
    notebook: bytes
    tables: dict[str, bytes]  # path under the data folder → content
    code: str  # fingerprint of the sender's helpers
    made: dict[str, str]  # what the footer says of commit and versions
    years: list[int]
    version: str


def fingerprint() -> str:
    """Hash of every source file of the helpers."""
    digest = hashlib.sha256()
    for path in sorted(keys.HELPERS.rglob("*")):
        if path.suffix in {".py", ".yaml", ".j2", ".css", ".js"}:
            digest.update(path.relative_to(keys.HELPERS).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


LOADED = fingerprint()  # of the code that this process runs, whatever is on the disk later


def pack(job: Job, data_dir: Path | None, code: str, made: dict[str, str]) -> Parcel:
    """A job with its notebook and the tables that it reads."""
    folder = data_dir or ROOT / "data"
    paths = [folder / "datapackage.json"]
    paths += [
        folder / "editions" / "2018-2022" / "tables" / f"{name}.csv"
        for name in job.notebook.tables or keys.all_tables(data_dir)
    ]
    tables = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return Parcel(job, job.notebook.path.read_bytes(), tables, code, made, years(data_dir), keys.data_version(data_dir))


def work(parcel: Parcel) -> tuple[Result, bytes]:
    """On a worker: unpack a job, run it, send the page back as bytes."""
    from helpers.site import batch, pages

    if parcel.code != LOADED:
        reason = "the worker has other helpers than the sender: install the same commit there"
        return batch.Result(parcel.job, error=reason), b""
    with tempfile.TemporaryDirectory(prefix="itu-") as scratch:
        os.environ["JUPYTER_RUNTIME_DIR"] = _runtime_folder()
        folder = Path(scratch)
        (folder / f"{parcel.job.notebook.name}.ipynb").write_bytes(parcel.notebook)
        for name, content in parcel.tables.items():
            (folder / "data" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "data" / name).write_bytes(content)
        pages.as_sender(parcel.made)
        here = replace(parcel.job, notebook=replace(parcel.job.notebook, folder=folder))
        result, page = batch.make_page(here, folder / "data", parcel.years, parcel.version)
    return replace(result, job=parcel.job), page.encode()


@cache
def _runtime_folder() -> str:
    """One folder for the kernels' sockets in this process, whose jobs may run in several threads."""
    folder = tempfile.mkdtemp(prefix="itu-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def execute(jobs: list[Job], address: str, data_dir: Path | None) -> Iterator[tuple[Result, str]]:
    """Results and pages as they come back from the cluster at `address`.

    Raises `JobError` where Dask is not installed or no scheduler answers.
    """
    from helpers.site import batch, pages

    with _client(address) as client:
        _need_workers(client, address)
        code, made = LOADED, pages.provenance()
        parcels = client.map(work, [pack(job, data_dir, code, made) for job in jobs], pure=False)
        names = {future.key: job for future, job in zip(parcels, jobs, strict=True)}
        for future in _as_completed(parcels):
            if future.status == "finished":
                result, page = future.result()
                yield result, page.decode()
            else:
                lost = "the connection to the cluster was lost before the job came back"
                error = f"{type(failure).__name__}: {failure}" if (failure := future.exception()) else lost
                yield batch.Result(names[future.key], error=error), ""
            future.release()


def _as_completed(futures: list[Any]) -> Any:
    from distributed import as_completed

    return as_completed(futures)


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise JobError("--scheduler needs Dask: pip install 'itu-plan-report[cluster]'") from None
    try:
        return Client(address, timeout=10)
    except (OSError, ValueError, TypeError) as error:
        raise JobError(f"no Dask scheduler answers at {address} ({error}); start one with `dask scheduler`") from None


def _need_workers(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=10)
    except TimeoutError:
        raise JobError(
            f"the scheduler at {address} has no worker; start one with `dask worker {address} --no-nanny`"
        ) from None
