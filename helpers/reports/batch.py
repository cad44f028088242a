"""Run jobs: papermill executes, nbconvert makes the page, the index follows.

Jobs run side by side; one that fails leaves an error page and does not stop the
others.
"""

from __future__ import annotations

import os
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from helpers.reports import pages
from helpers.reports.jobs import ROOT, Job, years

REPORTS = ROOT / "reports"


@dataclass(frozen=True)
class Result:
    """How one job went."""

    job: Job
    seconds: float
    headline: str = ""
    error: str = ""

    @property
    def failed(self) -> bool:
        """Whether the job left an error page."""
        return bool(self.error)


def run(
    jobs: Iterable[Job],
    out: Path = REPORTS,
    data_dir: Path | None = None,
    workers: int | None = None,
    report: Callable[[Result], None] = lambda result: None,
) -> list[Result]:
    """Execute jobs and write their pages and the index into `out`.

    `report` is called in this thread as each job ends. Results come in the order
    of the jobs.
    """
    from helpers import data
    from helpers.reports import site

    jobs = list(jobs)
    all_years, version = years(data_dir), data.package(data_dir)["version"]
    results: dict[str, Result] = {}
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        pending = {pool.submit(_run_job, job, out, data_dir, all_years, version): job for job in jobs}
        for done in as_completed(pending):
            results[pending[done].name] = done.result()
            report(done.result())
    ordered = [results[job.name] for job in jobs]
    site.write_index(out, ordered, all_years, version)
    return ordered


def _run_job(job: Job, out: Path, data_dir: Path | None, all_years: list[int], version: str) -> Result:
    import nbformat
    import papermill

    start, error = time.perf_counter(), ""
    parameters = {"year": job.year, **job.parameters} | ({"data_dir": str(data_dir.resolve())} if data_dir else {})
    with tempfile.TemporaryDirectory(prefix="itu-page-") as scratch:
        executed = Path(scratch) / f"{job.notebook.name}.ipynb"
        try:
            papermill.execute_notebook(
                str(job.notebook.path),
                str(executed),
                parameters,
                progress_bar=False,
                log_output=False,
                resources={"metadata": {"path": scratch}},  # papermill's own cwd moves the whole process
            )
        except papermill.PapermillExecutionError as failure:
            error = f"{failure.ename}: {failure.evalue}"
        except Exception as failure:  # a job must never take the batch down
            error = "".join(traceback.format_exception_only(failure)).strip()
        source = executed if executed.exists() else job.notebook.path
        notebook = nbformat.read(source, as_version=4)
        page = pages.page(notebook, job, all_years, version, error)
        try:
            pages.write(out / str(job.year) / f"{job.notebook.name}.html", page)
        except OSError as failure:
            error = error or f"the page could not be written: {failure}"
    return Result(job, time.perf_counter() - start, pages.answer(notebook), error)
