"""One job to one page: papermill executes, nbconvert makes the page, a result says how it went."""

from __future__ import annotations

import tempfile
import threading
import time
import traceback
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from helpers import files
from helpers.files import DATA
from helpers.site.jobs import LAB_ALONE, Job

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
    notebook: str = ""  # the executed notebook, until it is written

    @property
    def failed(self) -> bool:
        """Whether the job left an error page."""
        return bool(self.error)


def make_page(job: Job, keep_notebook: bool = False) -> tuple[Result, str]:
    """Execute one job; its result and page (an error page where it failed)."""
    from helpers.site import pages

    start = time.perf_counter()
    try:
        pages.exporter()  # made now, while the kernels' process imports, too
        notebook, error = execute(job)
        result, page = page_of(job, notebook, error, keep_notebook)
    except Exception as failure:  # a job must never take the batch down
        result, page = Result(job, error=_said(failure)), ""
    return replace(result, seconds=time.perf_counter() - start), page


def page_of(job: Job, notebook: NotebookNode, error: str, keep_notebook: bool = False) -> tuple[Result, str]:
    """Result and page of an executed notebook."""
    import nbformat

    from helpers.site import pages

    kept = nbformat.writes(notebook) if keep_notebook else ""
    return Result(job, headline=pages.answer(notebook), error=error, notebook=kept), pages.page(notebook, job, error)


def execute(job: Job) -> tuple[NotebookNode, str]:
    """Run a job's notebook with papermill in a warm kernel.

    Returns the notebook as far as it ran and the error, empty where all is well.
    """
    from helpers.site import adapter, forks

    notebook, error = adapter.prepared(job.notebook.path, parameters(job)), ""
    with tempfile.TemporaryDirectory(prefix=files.scratch()) as scratch:
        watch = threading.Timer(JOB_TIMEOUT, forks.kill, [scratch])
        watch.daemon = True
        watch.start()
        try:
            adapter.run(notebook, scratch, START_TIMEOUT, CELL_TIMEOUT)
        except Exception as failure:  # a job must never take the batch down
            error = _said(failure)
        finally:
            in_time = watch.is_alive()
            watch.cancel()
    error = error or what_went_wrong(notebook)
    if error and not in_time:
        error = f"stopped after {JOB_TIMEOUT} s, the limit for one notebook"
    hide_folder(notebook)
    return notebook, error


def parameters(job: Job) -> dict[str, Any]:
    """What papermill is given for a job: the batch's own three parameters and those that were chosen."""
    folder = job.edition.data_dir.resolve()
    own = {} if folder == DATA else {"data_dir": str(folder)}
    return {"year": job.year, "edition": job.edition.name, **job.parameters} | own


def what_went_wrong(notebook: NotebookNode) -> str:
    """The error of an executed notebook: what a cell raised, or that cells did not run (`sys.exit(0)`)."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for output in (output for cell in code for output in cell.outputs):
        if output.output_type == "error":
            return f"{output.ename}: {output.evalue}"
    asked = [cell for cell in code if LAB_ALONE not in cell.metadata.get("tags", [])]
    waiting = [cell for cell in asked if cell.source and not cell.execution_count]
    return f"ended early: {len(waiting)} cells did not run (does a cell call exit?)" if waiting else ""


def hide_folder(notebook: NotebookNode) -> None:
    """Leave this machine's folders out of page and notebook, which are the same on every machine."""
    from helpers.site import adapter

    said = notebook.metadata.get("papermill", {})
    said.pop("input_path", None)
    said.get("parameters", {}).pop("data_dir", None)
    for cell in notebook.cells:
        if adapter.INJECTED in cell.metadata.get("tags", []):
            kept = [line for line in cell.source.splitlines(keepends=True) if not line.startswith("data_dir = ")]
            cell.source = "".join(kept)


def _said(failure: Exception) -> str:
    return "".join(traceback.format_exception_only(failure)).strip()
