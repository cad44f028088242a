"""Command line: `python -m helpers extract | publish | check | audit | jobs | run | page | bundle`."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.files import DATA, REPORTS, InputError, finish

if TYPE_CHECKING:
    from helpers.site.batch import Executor
    from helpers.site.execute import Result
    from helpers.site.jobs import Job

OK, FAILED, UNUSABLE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 is well, 1 has failures, 2 is bad input, 130 an interruption."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that knows no Unicode gets escapes, not a traceback
            stream.reconfigure(errors="backslashreplace")
    try:
        given = _parser().parse_args(arguments)
        finish(given.data or DATA)  # what an extraction that was killed had written is put in its place
        return given.command(given)
    except BrokenPipeError:  # `| head` has read enough
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - nothing more to tell
        return FAILED
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except (InputError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m helpers", description="Tables and pages from the ITU's plan report."
    )
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, job: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=words)
        added.add_argument("--data", type=Path, default=None, help="data folder (default: the project's)")
        added.set_defaults(command=job)
        return added

    extract = command("extract", _extract, "read a report (.txt or .docx) and write all tables of its edition")
    extract.add_argument("report", type=Path, help="the report's text or Word file")
    which = extract.add_mutually_exclusive_group()
    which.add_argument("--edition", default="", help="the edition that it is (default: told by its first lines)")
    which.add_argument("--new-edition", default="", metavar="NAME", help="start the folder of an edition")
    extract.add_argument("--explain", default="", metavar="TABLE:ROW", help="say where a row comes from, write nothing")

    publish = command("publish", _publish, "read official figures published elsewhere into data/published")
    publish.add_argument("source", type=Path, help="a workbook (.xlsx), a list (.csv) or a folder of Relaton files")
    publish.add_argument("--source-date", default="", metavar="DATE", help="its edition, where it does not say it")

    command("check", _check, "hold all tables against the data contract")

    audit = command("audit", _audit, "hold a report against itself")
    audit.add_argument("--csv", type=Path, help="write all findings as CSV")
    audit.add_argument("--json", type=Path, help="write all findings as JSON")

    jobs = command("jobs", _jobs, "list the jobs of a batch, and which of them have nothing new")
    run = command("run", _run, "execute notebooks and write their pages")
    for added in (jobs, run):
        added.add_argument("--year", nargs="+", default=[], help="years, all, or YEAR,YEAR for both (default: every)")
        added.add_argument("--notebook", nargs="+", default=[], help="notebooks by name or number (default: all)")
        added.add_argument("--job", nargs="+", default=[], metavar="NAME", help="only these, by the names of `jobs`")
        added.add_argument("--json", action="store_true", help="tell programs, as JSON")
    run.add_argument("--workers", type=int, default=None, help="jobs side by side (default: one more than cores)")
    run.add_argument("--scheduler", default="", metavar="ADDRESS", help="run on the Dask cluster at tls://…")
    run.add_argument("--insecure", action="store_true", help="send to an open scheduler (tcp://…) elsewhere, too")
    run.add_argument("--keep-notebooks", action="store_true", help="write the executed notebooks beside the pages")
    run.add_argument("--force", action="store_true", help="run unchanged jobs, too")

    page = command("page", _page, "make a page from its notebook executed elsewhere")
    page.add_argument("executed", type=Path, help="…/EDITION/YEAR/NAME.ipynb, named as the job is")
    page.set_defaults(year=[], notebook=[])
    for added in (jobs, run, page):
        added.add_argument("-p", "--parameter", action="append", default=[], metavar="NAME=VALUE", help="parameter")
        added.add_argument("--sets", type=Path, metavar="FILE", help="named parameter sets (YAML), a page or more each")

    bundle = command("bundle", _bundle, "zip the pages of one year")
    bundle.add_argument("--year", required=True, help="a year, or all")

    for added in (audit, jobs, run, page, bundle):
        added.add_argument("--edition", default="", help="edition of the report (default: the newest)")
    for added in (jobs, run, page, bundle):
        added.add_argument("--out", type=Path, default=REPORTS, help="folder with the pages (default: reports)")
    return parser


def _extract(given: argparse.Namespace) -> int:
    from helpers.extract import explain, extract, new_edition, unread, write
    from helpers.tables import editions

    if given.new_edition:
        extraction = new_edition(given.report, given.new_edition, given.data)
    else:
        edition = editions.edition(given.edition, given.data) if given.edition else None
        extraction = extract(given.report, edition, given.data)
    if given.explain:
        print("\n".join(explain(extraction, given.explain)))
        return OK
    write(extraction, given.data)
    for problem in extraction.problems:
        print(f"{'LOST' if problem.lost else 'note'}: {problem}", file=sys.stderr)
    for problem in unread(extraction):
        print(f"note: no rule reads {problem}", file=sys.stderr)
    rows = ", ".join(f"{name} {len(table)}" for name, table in extraction.tables.items())
    print(f"{given.data or DATA}, edition {extraction.edition.name}: {rows}")
    if lost := len(extraction.lost):
        print(f"{lost} printed rows, entries or tables could not be placed (LOST above)", file=sys.stderr)
        return FAILED
    return OK


def _publish(given: argparse.Namespace) -> int:
    from helpers.published import publish, write

    reading = publish(given.source, given.data, given.source_date)
    write(reading, given.data)
    for text in reading.left_out:
        print(f"left out: {text}", file=sys.stderr)
    for text in reading.unplaced:
        print(f"LOST: {text}", file=sys.stderr)
    print(", ".join(f"{name} {len(rows)}" for name, rows in reading.tables.items()))
    return FAILED if reading.unplaced else OK


def _check(given: argparse.Namespace) -> int:
    from helpers.site import jobs
    from helpers.tables import contract, editions, load

    broken = load.problems(given.data)
    for problem in broken:
        print(problem, file=sys.stderr)
    if broken:
        print(f"{len(broken)} problems")
        return FAILED
    known, resources = ", ".join(editions.names(given.data)), load.package(given.data)["resources"]
    print(f"all {len(resources)} tables keep the data contract (editions: {known})")
    whole = ", ".join(notebook.name for notebook in jobs.manifest() if not notebook.tables)
    read = {name for notebook in jobs.manifest() for name in (*notebook.tables, *notebook.published)}
    for name in dict.fromkeys(resource["table"] for resource in resources if resource["table"] not in read):
        but = "" if name in contract.published() else f" but those that take every table ({whole})"
        print(f"note: {name}: read by no notebook{but}", file=sys.stderr)
    return OK


def _audit(given: argparse.Namespace) -> int:
    from helpers.analyses import audit
    from helpers.files import write
    from helpers.period import ALL
    from helpers.selection import choose
    from helpers.sentences import audit as words
    from helpers.show.tables import to_csv
    from helpers.tables import editions, load

    edition = editions.edition(given.edition, given.data)
    chosen = choose(ALL, edition.name, given.data)
    findings = words.findings(audit.audit(load.every(edition), chosen, chosen.published("approvals")))
    if given.csv:
        write(given.csv, to_csv(findings))
    if given.json:
        write(given.json, findings.to_json(orient="records", indent=1, force_ascii=False))
    print("\n".join(words.report(findings)))
    return FAILED if words.sizes(findings)["contradiction"] else OK


def _run(given: argparse.Namespace) -> int:
    from helpers.site import batch
    from helpers.site.progress import Progress

    if given.workers is not None and given.workers < 1:
        raise InputError("--workers must be 1 or more")
    if str(given.out) in ("", "."):
        raise InputError("--out must name a folder for the pages")
    problem, out = "", given.out
    try:
        planned = _planned(given)
        with _ends_like_an_interrupt(), Progress(len(planned)) as progress:
            results = batch.run(planned, out, _executor(given), progress, given.force, given.keep_notebooks)
    except batch.SiteError as error:
        results, problem = error.results, str(error)
        print(f"error: {problem}", file=sys.stderr)
    except KeyboardInterrupt as stop:
        print("interrupted: whole pages are kept, the next run goes on from here", file=sys.stderr)
        return 128 + stop.args[0] if stop.args else INTERRUPTED
    failed, kept = ([r for r in results if getattr(r, state)] for state in ("failed", "skipped"))
    if given.json:
        print(json.dumps([_told(result, out) for result in results], indent=1))
    else:
        written = len(results) - len(failed) - len(kept)
        print(f"{written} pages written, {len(kept)} unchanged, {len(failed)} failed: {out / 'index.html'}")
    return FAILED if failed or problem else OK


def _executor(given: argparse.Namespace) -> Executor:
    """What executes the jobs of a batch: this machine, or the cluster that the command line names."""
    if given.scheduler:
        from helpers.site import cluster

        return partial(cluster.execute, address=given.scheduler, insecure=given.insecure)
    from helpers.site import local

    return partial(local.execute, workers=given.workers)


def _told(result: Result, out: Path) -> dict[str, Any]:
    """How a job went, for a program."""
    state = "failed" if result.failed else "unchanged" if result.skipped else "written"
    about = {"name": result.job.name, "state": state, "seconds": round(result.seconds, 2)}
    return about | {"headline": result.headline, "error": result.error, "page": str(out / f"{result.job.name}.html")}


def _jobs(given: argparse.Namespace) -> int:
    from helpers.site import batch

    found = batch.listed(_planned(given), given.out)
    lines = [f"{job['state']} {job['name']}" for job in found]
    print(json.dumps(found, indent=1) if given.json else "\n".join(lines))
    return OK


def _page(given: argparse.Namespace) -> int:
    from helpers.site import batch, elsewhere

    given.job = [elsewhere.name_of(given.executed)]
    job = _planned(given)[0]
    result = batch.take(job, elsewhere.read(given.executed, job), given.out)[0]
    if result.failed:
        print(f"failed: {result.error}", file=sys.stderr)
    print(given.out / f"{job.name}.html")
    return FAILED if result.failed else OK


def _planned(given: argparse.Namespace) -> list[Job]:
    """The jobs that the command line asks for."""
    from helpers.site import jobs, sets
    from helpers.tables import editions

    places = [name.split("/") for name in given.job]
    edition = editions.edition(given.edition or (places[0][0] if places else ""), given.data)
    years = given.year or [place[1] for place in places if len(place) == 3]
    if given.sets and given.parameter:
        raise InputError("-p and --sets do not go together: write the parameter into the sets")
    if given.sets:
        planned = sets.plan_sets(given.sets, years, given.notebook, edition)
    else:
        planned = jobs.plan(years, given.notebook, _parameters(given.parameter), edition)
    known = {job.name: job for job in planned}
    for name in given.job:
        if name not in known:
            raise InputError(f"no job {name!r} here; `python -m helpers jobs` lists them")
    return [known[name] for name in given.job] or planned


@contextmanager
def _ends_like_an_interrupt() -> Iterator[None]:
    """SIGTERM and a closed terminal end a batch as Ctrl-C does: no kernel or temporary file stays."""

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt(number)

    known = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, stop) for number in known}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _bundle(given: argparse.Namespace) -> int:
    from helpers.period import ALL
    from helpers.site.index import Site
    from helpers.tables.editions import edition

    chosen = edition(given.edition, given.data)
    every = [*map(str, chosen.years), ALL]
    if given.year not in every:
        raise InputError(f"no year {given.year!r}; there are {', '.join(every)}")
    target = given.out / f"itu-plan-report-{chosen.name}-{given.year}.zip"
    count, missing = Site(given.out).bundle(chosen, given.year, target)
    print(f"{target}: {count} files, {target.stat().st_size / 1e6:.1f} MB")
    if missing:
        reason = "failed, not made yet, or not what was written there; `run` makes them again"
        print(f"left out ({reason}): {', '.join(missing)}", file=sys.stderr)
    return FAILED if missing else OK


def _parameters(pairs: Sequence[str]) -> dict[str, Any]:
    """`name=value` pairs; values are read as YAML, as papermill's -p does."""
    from helpers.site.sets import read_yaml

    parameters = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.isidentifier():
            raise InputError(f"-p {pair!r}: write name=value")
        try:
            parameters[name] = read_yaml(value) if value else ""
        except InputError as error:
            raise InputError(f"-p {pair!r}: {error}") from None
    return parameters


if __name__ == "__main__":
    sys.exit(main())
