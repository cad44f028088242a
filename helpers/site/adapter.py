"""What is used of papermill's and nbconvert's inner parts, in one place.

`tests/site/test_adapter.py` holds each of them and fails where a new version has changed it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.site.imports import without

if TYPE_CHECKING:
    from nbconvert import HTMLExporter
    from nbformat import NotebookNode

with without("rfc3987_syntax"):  # a grammar of addresses, 0.7 s, for a check that no notebook needs
    import nbformat  # noqa: F401 - papermill and nbconvert find it imported
INJECTED, NOTE = "injected-parameters", "papermill-error-cell-tag"  # tags of the cells that papermill adds


class WarmEngine:
    """papermill's own engine with warm kernels in place of ordinary Python ones.

    Registered (pyproject.toml) as `papermill --engine itu-warm`. No subclass of papermill's, as papermill
    imports this module while it is itself being imported.
    """

    @staticmethod
    def execute_notebook(notebook: NotebookNode, kernel_name: str, *arguments: Any, **more: Any) -> NotebookNode:
        """Run the notebook's cells in place, as papermill asks its engines to."""
        from papermill.engines import NBClientEngine

        from helpers.site import forks, kernels

        if kernel_name in ("python3", forks.NAME):
            more = {"kernel_manager_class": kernels.WarmKernelManager, "shutdown_kernel": "immediate"} | more
        return NBClientEngine.execute_notebook(notebook, kernel_name, *arguments, **more)

    @staticmethod
    def nb_kernel_name(notebook: NotebookNode, name: str | None = None) -> str:
        """The kernel that the notebook names."""
        from papermill.engines import Engine

        return str(Engine.nb_kernel_name(notebook, name))

    @staticmethod
    def nb_language(notebook: NotebookNode, language: str | None = None) -> str:
        """The language that the notebook names."""
        from papermill.engines import Engine

        return str(Engine.nb_language(notebook, language))


def prepared(path: Path, parameters: dict[str, Any]) -> NotebookNode:
    """A notebook with the cell that sets `parameters`, as papermill would run it."""
    import papermill

    return papermill.execute_notebook(path, None, parameters, prepare_only=True)


def run(notebook: NotebookNode, folder: str, start_timeout: int, cell_timeout: int) -> None:
    """Run a prepared notebook's cells in place, in `folder`.

    papermill.execute_notebook would write the file twice a cell, and give nothing back where a cell raises.
    """
    WarmEngine.execute_notebook(
        notebook,
        "python3",
        output_path=None,
        progress_bar=False,
        log_output=False,
        start_timeout=start_timeout,
        execution_timeout=cell_timeout,
        iopub_timeout=start_timeout,  # nbclient's own 4 s are too few while the runner draws and others use the cores
        resources={"metadata": {"path": folder}},
    )


def html(exporter: HTMLExporter, notebook: NotebookNode, resources: dict[str, Any]) -> str:
    """The page of a notebook.

    HTMLExporter's own method reads the whole page back to add alt texts and tab stops, which our
    template has: four fifths of the time of a page.
    """
    from nbconvert import TemplateExporter

    page, _ = TemplateExporter.from_notebook_node(exporter, notebook, resources=resources)
    return str(page)
