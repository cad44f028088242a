"""The same jobs on a Dask cluster.

Notebook, tables and the edition's rules travel with the job, the page comes back; no disk
is shared. A worker needs this project installed from the same commit, which is checked. The
job of a lost worker is run again elsewhere by the scheduler.
"""

from __future__ import annotations

import atexit
import hashlib
import logging
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from helpers import files
from helpers.files import HELPERS
from helpers.site import keys
from helpers.site.execute import Result, make_page
from helpers.site.jobs import Job, JobError


@dataclass(frozen=True)
class Parcel:
    """All that a worker needs for one job."""

    job: Job
    notebook: bytes
    files: dict[str, bytes]  # path under the data folder → content
    code: str  # fingerprint of the sender's helpers
    made: dict[str, str]  # what the footer says of commit and versions
    keep_notebook: bool = False


def fingerprint() -> str:
    """Hash of every source file of the helpers."""
    digest = hashlib.sha256()
    for path in sorted(HELPERS.rglob("*")):
        if path.suffix in keys.SOURCES:
            digest.update(path.relative_to(HELPERS).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


LOADED = fingerprint()  # of the code that this process runs, whatever is on the disk later


def pack(job: Job, code: str, made: dict[str, str], keep_notebook: bool = False) -> Parcel:
    """A job with its notebook, the tables that it reads, and the rules of its edition."""
    edition = job.edition
    names = {*(job.notebook.tables or keys.tables(edition)), *edition.about["years_from"]}
    paths = [edition.data_dir / "datapackage.json", *keys.rules(edition), *map(edition.path, sorted(names))]
    paths += keys.published(job.notebook, edition)
    content = {path.relative_to(edition.data_dir).as_posix(): path.read_bytes() for path in paths if path.is_file()}
    return Parcel(job, job.notebook.path.read_bytes(), content, code, made, keep_notebook)


def work(parcel: Parcel) -> tuple[Result, bytes]:
    """On a worker: unpack a job, run it, send the page back as bytes."""
    from helpers.site import pages

    job = parcel.job
    if parcel.code != LOADED:
        reason = "the worker has other helpers than the sender: install the same commit there"
        return Result(job, error=reason), b""
    with tempfile.TemporaryDirectory(prefix=files.scratch()) as scratch:
        os.environ["JUPYTER_RUNTIME_DIR"] = _runtime_folder()
        folder = Path(scratch)
        (folder / f"{job.notebook.name}.ipynb").write_bytes(parcel.notebook)
        for name, content in parcel.files.items():
            (folder / "data" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "data" / name).write_bytes(content)
        pages.as_sender(parcel.made)
        notebook, edition = replace(job.notebook, folder=folder), replace(job.edition, data_dir=folder / "data")
        result, page = make_page(replace(job, notebook=notebook, edition=edition), parcel.keep_notebook)
    return replace(result, job=job), page.encode()


@cache
def _runtime_folder() -> str:
    """One folder for the kernels' sockets in this process, whose jobs may run in several threads."""
    files.sweep()
    folder = tempfile.mkdtemp(prefix=files.scratch())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def execute(
    jobs: list[Job], keep_notebooks: bool = False, *, address: str, insecure: bool = False
) -> Iterator[tuple[Result, str]]:
    """Results and pages as they come back from the cluster at `address`.

    Raises `JobError` where Dask is not installed, no scheduler answers, or the address is open and
    outside this machine and `insecure` does not allow that.
    """
    from helpers.site import pages

    if not (insecure or is_closed(address)):
        raise JobError(
            f"{address} is open: whoever reaches it can read what is sent and run code on its workers. "
            "Use tls:// with certificates (docs/cluster.md), or say --insecure"
        )
    with _client(address) as client:
        from distributed import as_completed

        _need_workers(client, address)
        code, made = LOADED, pages.provenance()
        parcels = client.map(work, [pack(job, code, made, keep_notebooks) for job in jobs], pure=False)
        names = {future.key: job for future, job in zip(parcels, jobs, strict=True)}
        for future in as_completed(parcels):
            if future.status == "finished":
                result, page = future.result()
                yield result, page.decode()
            else:
                lost = "the connection to the cluster was lost before the job came back"
                error = f"{type(failure).__name__}: {failure}" if (failure := future.exception()) else lost
                yield Result(names[future.key], error=error), ""
            future.release()


def is_closed(address: str) -> bool:
    """Whether only those with a certificate can listen to an address, or only this machine can reach it."""
    scheme, _, rest = address.rpartition("://")
    host = rest.rpartition(":")[0].strip("[]")
    if scheme in ("tls", "wss"):
        return True
    try:  # a socket can be bound to this machine's addresses and to no others
        for family, kind, protocol, _, place in socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM):
            with socket.socket(family, kind, protocol) as trial:
                trial.bind(place)
    except OSError:
        return False
    return True


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise JobError("--scheduler needs Dask: pip install 'itu-plan-report[cluster]'") from None
    # a lost connection is told by each job's result, not by a traceback of the client's own
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    try:
        return Client(address, timeout=10)  # certificates: those of Dask's own configuration
    except (OSError, ValueError, TypeError) as error:
        hint = "; are the certificates those of the cluster (docs/cluster.md)?" if address.startswith("tls") else ""
        raise JobError(
            f"no Dask scheduler answers at {address} ({error}); start one with `dask scheduler`{hint}"
        ) from None


def _need_workers(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=10)
    except TimeoutError:
        raise JobError(f"the scheduler at {address} has no worker; start one with `dask worker {address}`") from None
