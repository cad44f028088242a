"""Run jobs here or on a cluster, keep their pages, bring the index up to date.

One that fails leaves an error page and does not stop the others. A job whose page is
there and whose key (`keys.py`) has not changed is not run again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from helpers.files import REPORTS, InputError, sweep, write
from helpers.site import keys, local
from helpers.site.execute import Result, page_of, parameters, what_went_wrong
from helpers.site.index import Site
from helpers.site.jobs import Job
from helpers.tables.editions import DataError

Report = Callable[[Result], None]
Executor = Callable[[list[Job], bool], Iterator[tuple[Result, str]]]  # jobs, and whether to keep their notebooks


class SiteError(InputError):
    """The jobs are through, but index or data page could not be written."""

    def __init__(self, results: list[Result], problem: str) -> None:
        super().__init__(problem)
        self.results = results


def run(
    jobs: Iterable[Job],
    out: Path = REPORTS,
    execute: Executor = local.execute,
    report: Report = lambda result: None,
    force: bool = False,
    keep_notebooks: bool = False,
) -> list[Result]:
    """Execute jobs and write their pages and the index into `out`.

    `execute` runs them here, or on a cluster; `report` is called in this thread as each job ends.
    `force` runs unchanged jobs too. `keep_notebooks` writes the executed notebooks beside the pages.
    Results come in the order of the jobs.
    """
    jobs = list(jobs)
    site = Site(out)
    site.prepare()
    sweep()
    wanted = {job.name: keys.key(job) for job in jobs}
    results: dict[str, Result] = {}
    for job in jobs:
        kept = not keep_notebooks or _executed(site, job).is_file()
        if not force and kept and site.holds(job.name, wanted[job.name]):
            results[job.name] = Result(job, headline=site.notes(job.name)["headline"], skipped=True)
            report(results[job.name])
    waiting = [job for job in jobs if job.name not in results]
    return _store(site, jobs, wanted, results, execute(waiting, keep_notebooks) if waiting else (), report)


def take(job: Job, notebook: Any, out: Path = REPORTS, report: Report = lambda result: None) -> list[Result]:
    """Make the page of a job from its notebook as it was executed elsewhere."""
    site = Site(out)
    site.prepare()
    made = [page_of(job, notebook, what_went_wrong(notebook), _executed(site, job).is_file())]
    return _store(site, [job], {job.name: keys.key(job)}, {}, made, report)


def listed(jobs: Iterable[Job], out: Path = REPORTS) -> list[dict[str, Any]]:
    """What a scheduler needs to know of jobs: name, notebook, papermill's parameters, key, and whether to run it."""
    site, found = Site(out), []
    for job in jobs:
        key = keys.key(job)
        state = "fresh" if site.holds(job.name, key) else "stale"
        about = {"name": job.name, "notebook": str(job.notebook.path), "edition": job.edition.name, "year": job.year}
        found.append(about | {"parameters": parameters(job), "key": key, "state": state})
    return found


def _store(
    site: Site,
    jobs: list[Job],
    wanted: dict[str, str],
    results: dict[str, Result],
    made: Iterable[tuple[Result, str]],
    report: Report,
) -> list[Result]:
    """Keep pages as they are made, then bring the index up to date."""
    commit = keys.commit() if len(results) < len(jobs) else ""
    try:
        for result, page in made:
            key = wanted[result.job.name]
            # a page made while its tables changed belongs to neither state: it is made again next time
            result = site.store(result, page, key if keys.key(result.job) == key else "changed meanwhile")
            result = _keep_notebook(site, result)
            site.log(result, key, commit)
            results[result.job.name] = result
            report(result)
    finally:  # after Ctrl-C, too, the index tells what is there
        problem = _refresh(site, jobs, results)
    done = [results[job.name] for job in jobs]
    if problem:
        raise SiteError(done, problem)
    return done


def _executed(site: Site, job: Job) -> Path:
    """Place of a job's executed notebook: beside its page."""
    return site.out / f"{job.name}.ipynb"


def _keep_notebook(site: Site, result: Result) -> Result:
    """Write the executed notebook of a result; without one, none of an earlier run stays beside the page."""
    try:
        if result.notebook:
            write(_executed(site, result.job), result.notebook)
        else:
            _executed(site, result.job).unlink(missing_ok=True)
    except OSError as failure:
        result = replace(result, error=result.error or f"the notebook could not be written: {failure}")
    return replace(result, notebook="")


def _refresh(site: Site, jobs: list[Job], results: dict[str, Result]) -> str:
    """Bring index and data pages up to date; what stood in the way, empty where nothing did."""
    unwritten = {name: result.error for name, result in results.items() if result.failed}
    try:
        site.refresh(dict.fromkeys(job.edition for job in jobs), unwritten)
    except (DataError, OSError) as error:
        return f"index or data page could not be written: {error}"
    except Exception as error:  # what a library makes of a full disk
        return f"index or data page could not be written: {type(error).__name__}: {error}"
    return ""
