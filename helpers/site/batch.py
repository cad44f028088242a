"""Run jobs here or on a cluster, keep their pages, bring the index up to date.

One that fails leaves an error page and does not stop the others. A job whose page is
there and whose key (`keys.py`) has not changed is not run again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from helpers.files import REPORTS
from helpers.site import keys, local
from helpers.site.execute import Result
from helpers.site.index import Site
from helpers.site.jobs import Job
from helpers.tables.editions import DataError

Report = Callable[[Result], None]


class SiteError(Exception):
    """The jobs are through, but index or data page could not be written."""

    def __init__(self, results: list[Result], problem: str) -> None:
        super().__init__(problem)
        self.results = results


def run(
    jobs: Iterable[Job],
    out: Path = REPORTS,
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
    wanted = {job.name: keys.key(job) for job in jobs}
    results: dict[str, Result] = {}
    for job in jobs:
        if not force and site.holds(job.name, wanted[job.name]):
            results[job.name] = Result(job, headline=site.notes(job.name)["headline"], skipped=True)
            report(results[job.name])
    waiting = [job for job in jobs if job.name not in results]
    commit = keys.commit() if waiting else ""
    if scheduler and waiting:
        from helpers.site import cluster

        made = cluster.execute(waiting, scheduler)
    else:
        made = local.execute(waiting, workers)
    try:
        for result, page in made:
            key = wanted[result.job.name]
            # a page made while its tables changed belongs to neither state: it is made again next time
            result = site.store(result, page, key if keys.key(result.job) == key else "changed meanwhile")
            site.log(result, key, commit)
            results[result.job.name] = result
            report(result)
    finally:  # after Ctrl-C, too, the index tells what is there
        problem = _refresh(site, jobs, results)
    done = [results[job.name] for job in jobs]
    if problem:
        raise SiteError(done, problem)
    return done


def _refresh(site: Site, jobs: list[Job], results: dict[str, Result]) -> str:
    """Bring index and data pages up to date; what stood in the way, empty where nothing did."""
    unwritten = {name: result.error for name, result in results.items() if result.failed}
    try:
        site.refresh(dict.fromkeys(job.edition for job in jobs), unwritten)
    except (DataError, OSError) as error:
        return f"index or data page could not be written: {error}"
    return ""
