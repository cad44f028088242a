"""A notebook that was executed elsewhere: held against the job that its file's name says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.site import adapter
from helpers.site.execute import hide_folder
from helpers.site.jobs import OPTIONS, Job, JobError, assigned, cells, plan
from helpers.tables import editions

if TYPE_CHECKING:
    from nbformat import NotebookNode

PARAMETERS = {"parameters", adapter.INJECTED}  # tags of the cells whose values differ from run to run


def name_of(path: Path) -> str:
    """The job that a file's place names: `…/2018-2022/2021/1_standards_throughput.ipynb`."""
    return "/".join(path.resolve().with_suffix("").parts[-3:])


def read(path: Path, job: Job) -> NotebookNode:
    """The executed notebook of a job.

    Raises `JobError` where the file is no notebook, was executed from other cells than the job's
    notebook has now, or with other parameters than the job's.
    """
    if _cells(path) != _cells(job.notebook.path):
        raise JobError(f"{path}: its cells are not those of {job.notebook.path}; execute that notebook again")
    _same_parameters(path, job)
    import nbformat

    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except (ValueError, AttributeError, LookupError, nbformat.ValidationError) as error:
        raise JobError(f"{path} is no notebook of format 4 ({str(error).splitlines()[0]})") from None
    hide_folder(notebook)
    return notebook


def _cells(path: Path) -> list[tuple[Any, str]]:
    """Kind and source of the cells that are the same in every run."""
    own = [cell for cell in cells(path) if not {*PARAMETERS, adapter.NOTE} & set(cell["metadata"].get("tags", []))]
    return [(cell.get("cell_type"), "".join(cell["source"])) for cell in own]


def _same_parameters(path: Path, job: Job) -> None:
    given = assigned(path, PARAMETERS)
    edition = editions.edition(given.get("edition") or "", job.edition.data_dir)
    own = {name: value for name, value in given.items() if name not in OPTIONS}
    try:
        executed = plan([given.get("year")], [job.notebook.name], own, edition, job.of_set)[0]
    except JobError as error:
        raise JobError(f"{path}: executed with what no page has: {error}") from None
    if (executed.edition, executed.year, executed.parameters) != (job.edition, job.year, job.parameters):
        said = ", ".join(f"{name}: {value}" for name, value in given.items() if name != "data_dir")
        raise JobError(f"{path}: its name says {job.name}, but it was executed with {said}")
    folder = given.get("data_dir")
    if folder and Path(folder).resolve() != job.edition.data_dir.resolve():
        raise JobError(f"{path}: executed on the tables in {folder}; say --data {folder}")
