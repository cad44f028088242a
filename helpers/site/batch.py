"""Run jobs: papermill executes, nbconvert makes the page, the index follows.

Jobs run side by side, each in a warm kernel of its own; one that fails leaves an
error page and does not stop the others. A job whose page is there and whose key
(`keys.py`) has not changed is not run again.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.site import keys
from helpers.site.index import Site, TablesError
from helpers.site.jobs import ROOT, Job, years

if TYPE_CHECKING:
    import nbformat

REPORTS = ROOT / "reports"
CELL_TIMEOUT = 300  # seconds for one cell
JOB_TIMEOUT = 900  # seconds for one notebook
START_TIMEOUT = 60  # seconds for a kernel to start


@dataclass(frozen=True)
class Result:
    """How one job went."""

    job: Job
    seconds: float = 0
    headline: str = ""
    error: str = ""
    skipped: bool = False

    @property
    def failed(self) -> bool:
        """Whether the job left an error page."""
        return bool(self.error)


class SiteError(Exception):
    """The jobs are through, but index or data page could not be written."""

    def __init__(self, results: list[Result], problem: str) -> None:
        super().__init__(problem)
        self.results = results


Report = Callable[[Result], None]


def run(
    jobs: Iterable[Job],
    out: Path = REPORTS,
    data_dir: Path | None = None,
    workers: int | None = None,
    report: Report = lambda result: None,
    force: bool = False,
    scheduler: str = "",
) -> list[Result]:
    """Execute jobs and write their pages and the index into `out`.

    `report` is called in this thread as each job ends. `force` runs unchanged jobs
    too; `scheduler` is the address of a Dask cluster to run them on. Results come in the order of the jobs.
    """
    jobs = list(jobs)
    site = Site(out)
    site.prepare()
    wanted = {job.name: keys.key(job, data_dir) for job in jobs}
    results: dict[str, Result] = {}
    for job in jobs:
        if not force and site.holds(job.name, wanted[job.name]):
            results[job.name] = Result(job, headline=site.notes(job.name)["headline"], skipped=True)
            report(results[job.name])
    waiting = [job for job in jobs if job.name not in results]
    commit = keys.commit() if waiting else ""
    if scheduler and waiting:
        from helpers.site import cluster

        made = cluster.execute(waiting, scheduler, data_dir)
    else:
        made = run_local(waiting, data_dir, workers)
    try:
        for result, page in made:
            key = wanted[result.job.name]
            # a page made while its tables changed belongs to neither state: it is made again next time
            result = site.store(result, page, key if keys.key(result.job, data_dir) == key else "changed meanwhile")
            site.log(result, key, commit)
            results[result.job.name] = result
            report(result)
    finally:  # after Ctrl-C, too, the index tells what is there
        problem = _refresh(site, results, data_dir)
    done = [results[job.name] for job in jobs]
    if problem:
        raise SiteError(done, problem)
    return done


def _refresh(site: Site, results: dict[str, Result], data_dir: Path | None) -> str:
    """Bring index and data page up to date; what stood in the way, empty where nothing did."""
    unwritten = {name: result.error for name, result in results.items() if result.failed}
    try:
        site.refresh(years(data_dir), keys.data_version(data_dir), data_dir, unwritten)
    except (TablesError, OSError) as error:
        return f"index or data page could not be written: {error}"
    return ""


def run_local(jobs: list[Job], data_dir: Path | None, workers: int | None) -> Iterator[tuple[Result, str]]:
    """Results and pages as they come, from threads with a warm kernel each."""
    if not jobs:
        return
    from helpers.site import kernels

    kernels.start_server()
    # one more than cores: while a kernel starts, ends or waits for its page, another uses its core
    side_by_side = min(workers or (os.cpu_count() or 1) + 1, len(jobs))
    with kernels.runtime_folder(), ThreadPoolExecutor(side_by_side) as pool:
        everything = years(data_dir), keys.data_version(data_dir)
        pending: dict[Future[tuple[Result, str]], Job] = {
            pool.submit(make_page, job, data_dir, *everything): job for job in jobs
        }
        try:
            while pending:
                done = next(as_completed(pending))
                del pending[done]  # a page is handed on and forgotten
                yield done.result()
        except BaseException:  # interrupted: start nothing more, leave no kernel behind
            pool.shutdown(wait=False, cancel_futures=True)
            kernels.kill()
            raise


def make_page(job: Job, data_dir: Path | None, all_years: list[int], version: str) -> tuple[Result, str]:
    """Execute one job; its result and page (an error page where it failed)."""
    from helpers.site import pages

    start, page, headline = time.perf_counter(), "", ""
    try:
        notebook, error = execute(job, data_dir)
        headline = pages.answer(notebook)
        page = pages.page(notebook, job, all_years, version, error, data_dir)
    except Exception as failure:  # a job must never take the batch down
        error = "".join(traceback.format_exception_only(failure)).strip()
    return Result(job, time.perf_counter() - start, headline, error), page


def execute(job: Job, data_dir: Path | None) -> tuple[nbformat.NotebookNode, str]:
    """Run a job's notebook with papermill in a warm kernel.

    Returns the notebook as far as it ran and the error, empty where all is well.
    """
    from papermill.engines import papermill_engines
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import raise_for_execution_errors
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    from helpers.site import kernels

    parameters = {"year": job.year, **job.parameters} | ({"data_dir": str(data_dir.resolve())} if data_dir else {})
    notebook = parameterize_notebook(load_notebook_node(str(job.notebook.path)), parameters)
    with tempfile.TemporaryDirectory(prefix="itu-") as scratch:
        watch = threading.Timer(JOB_TIMEOUT, kernels.kill, [scratch])
        watch.daemon = True
        watch.start()
        try:
            # papermill.execute_notebook would write the file twice a cell and move the whole process
            notebook = papermill_engines.execute_notebook_with_engine(
                None,
                notebook,
                "python3",
                output_path=None,
                progress_bar=False,
                log_output=False,
                start_timeout=START_TIMEOUT,
                execution_timeout=CELL_TIMEOUT,
                kernel_manager_class=kernels.WarmKernelManager,
                shutdown_kernel="immediate",
                resources={"metadata": {"path": scratch}},
            )
            raise_for_execution_errors(notebook, None)
            error = _unfinished(notebook)
        except PapermillExecutionError as failure:
            error = f"{failure.ename}: {failure.evalue}"
        except Exception as failure:  # a job must never take the batch down
            error = "".join(traceback.format_exception_only(failure)).strip()
        finally:
            in_time = watch.is_alive()
            watch.cancel()
    if error and not in_time:
        error = f"stopped after {JOB_TIMEOUT} s, the limit for one notebook"
    if data_dir:
        _hide_folder(notebook, str(data_dir.resolve()))
    return notebook, error


def _unfinished(notebook: nbformat.NotebookNode) -> str:
    """Error of a notebook that ended early without raising (`sys.exit(0)`)."""
    waiting = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source and not cell.execution_count]
    return f"ended early: {len(waiting)} cells did not run (does a cell call exit?)" if waiting else ""


def _hide_folder(notebook: nbformat.NotebookNode, folder: str) -> None:
    """Leave the name of this machine's data folder out of the page."""
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.source = cell.source.replace(folder, "data")
