"""One job to one page: papermill executes, nbconvert makes the page, a result says how it went."""

from __future__ import annotations

import tempfile
import threading
import time
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from helpers import files
from helpers.files import DATA
from helpers.site.jobs import Job

if TYPE_CHECKING:
    from nbformat import NotebookNode

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


def make_page(job: Job) -> tuple[Result, str]:
    """Execute one job; its result and page (an error page where it failed)."""
    from helpers.site import pages

    start, page, headline = time.perf_counter(), "", ""
    try:
        notebook, error = execute(job)
        headline = pages.answer(notebook)
        page = pages.page(notebook, job, error)
    except Exception as failure:  # a job must never take the batch down
        error = _said(failure)
    return Result(job, time.perf_counter() - start, headline, error), page


def execute(job: Job) -> tuple[NotebookNode, str]:
    """Run a job's notebook with papermill in a warm kernel.

    Returns the notebook as far as it ran and the error, empty where all is well.
    """
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import raise_for_execution_errors
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    from helpers.site import kernels

    notebook = parameterize_notebook(load_notebook_node(str(job.notebook.path)), _parameters(job))
    with tempfile.TemporaryDirectory(prefix=files.scratch()) as scratch:
        watch = threading.Timer(JOB_TIMEOUT, kernels.kill, [scratch])
        watch.daemon = True
        watch.start()
        try:
            notebook = _run_cells(notebook, scratch)
            raise_for_execution_errors(notebook, None)
            error = _unfinished(notebook)
        except PapermillExecutionError as failure:
            error = f"{failure.ename}: {failure.evalue}"
        except Exception as failure:  # a job must never take the batch down
            error = _said(failure)
        finally:
            in_time = watch.is_alive()
            watch.cancel()
    if error and not in_time:
        error = f"stopped after {JOB_TIMEOUT} s, the limit for one notebook"
    _hide_folder(notebook)
    return notebook, error


def _parameters(job: Job) -> dict[str, Any]:
    folder = job.edition.data_dir.resolve()
    own = {} if folder == DATA else {"data_dir": str(folder)}
    return {"year": job.year, "edition": job.edition.name, **job.parameters} | own


def _run_cells(notebook: NotebookNode, scratch: str) -> NotebookNode:
    """The notebook with its outputs; papermill.execute_notebook would write the file twice a cell."""
    from papermill.engines import papermill_engines

    from helpers.site import kernels

    return papermill_engines.execute_notebook_with_engine(
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


def _said(failure: Exception) -> str:
    return "".join(traceback.format_exception_only(failure)).strip()


def _unfinished(notebook: NotebookNode) -> str:
    """Error of a notebook that ended early without raising (`sys.exit(0)`)."""
    waiting = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source and not cell.execution_count]
    return f"ended early: {len(waiting)} cells did not run (does a cell call exit?)" if waiting else ""


def _hide_folder(notebook: NotebookNode) -> None:
    """Leave this machine's data folder out of the page, which is the same on every machine."""
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            kept = [line for line in cell.source.splitlines(keepends=True) if not line.startswith("data_dir = ")]
            cell.source = "".join(kept)
