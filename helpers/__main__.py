"""Command line: `python -m helpers extract | check | audit | run | bundle`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any

OK, FAILED, UNUSABLE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 is well, 1 has failures, 2 is bad input, 130 an interruption."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that knows no Unicode gets escapes, not a traceback
            stream.reconfigure(errors="backslashreplace")
    try:
        given = _parser().parse_args(arguments)
        return given.command(given)
    except BrokenPipeError:  # `| head` has read enough
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - nothing more to tell
        return FAILED
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m helpers", description="Tables and pages from the ITU's plan report."
    )
    commands = parser.add_subparsers(required=True, metavar="command")

    extract = commands.add_parser("extract", help="read a report (.txt or .docx) and write all tables")
    extract.add_argument("report", type=Path, help="the report's text or Word file")
    extract.add_argument("--out", type=Path, default=Path("data"), help="data folder to write (default: data)")
    extract.set_defaults(command=_extract)

    check = commands.add_parser("check", help="hold all tables against the data contract")
    check.add_argument("--data", type=Path, default=None, help="data folder (default: the project's)")
    check.set_defaults(command=_check)

    audit = commands.add_parser("audit", help="hold the report against itself")
    audit.add_argument("--data", type=Path, default=None, help="data folder (default: the project's)")
    audit.add_argument("--csv", type=Path, help="write all findings as CSV")
    audit.add_argument("--json", type=Path, help="write all findings as JSON")
    audit.set_defaults(command=_audit)

    run = commands.add_parser("run", help="execute notebooks and write their pages")
    run.add_argument("--year", nargs="+", default=[], help="years, or all for the whole period (default: every page)")
    run.add_argument("--notebook", nargs="+", default=[], help="notebooks by name or number (default: all)")
    run.add_argument("-p", "--parameter", action="append", default=[], metavar="NAME=VALUE", help="notebook parameter")
    run.add_argument("--workers", type=int, default=None, help="jobs side by side (default: one more than cores)")
    run.add_argument("--data", type=Path, default=None, help="data folder (default: the project's)")
    run.add_argument("--out", type=Path, default=None, help="folder for the pages (default: reports)")
    run.add_argument("--scheduler", default="", metavar="ADDRESS", help="run on the Dask cluster at tcp://…")
    run.add_argument("--force", action="store_true", help="run unchanged jobs, too")
    run.set_defaults(command=_run)

    bundle = commands.add_parser("bundle", help="zip the pages of one year")
    bundle.add_argument("--year", required=True, help="a year, or all")
    bundle.add_argument("--data", type=Path, default=None, help="data folder (default: the project's)")
    bundle.add_argument("--out", type=Path, default=None, help="folder with the pages (default: reports)")
    bundle.set_defaults(command=_bundle)
    return parser


def _extract(given: argparse.Namespace) -> int:
    from helpers.extract import ReportError, extract, unread, write

    try:
        extraction = extract(given.report)
        write(extraction, given.out)
    except (ReportError, OSError) as error:
        return _stop(error)
    for problem in extraction.problems:
        print(f"{'LOST' if problem.lost else 'note'}: {problem}", file=sys.stderr)
    for problem in unread(given.report):
        print(f"note: no rule reads {problem}", file=sys.stderr)
    rows = {name: len(table) for name, table in extraction.tables.items()}
    print(f"{given.out}: " + ", ".join(f"{name} {count}" for name, count in rows.items()))
    if extraction.lost:
        print(f"{len(extraction.lost)} printed rows or entries could not be placed (LOST above)", file=sys.stderr)
        return FAILED
    return OK


def _check(given: argparse.Namespace) -> int:
    from helpers.tables import load as data

    broken = data.problems(given.data)
    for problem in broken:
        print(problem, file=sys.stderr)
    print(f"{len(broken)} problems" if broken else f"all {len(data.tables(given.data))} tables keep the data contract")
    return FAILED if broken else OK


def _audit(given: argparse.Namespace) -> int:
    from helpers import files as atomic
    from helpers.analyses import audit
    from helpers.show import tables
    from helpers.tables import load as data

    try:
        findings = audit.audit(data.load_all(given.data))
        if given.csv:
            atomic.write(given.csv, tables.to_csv(findings))
        if given.json:
            atomic.write(given.json, findings.to_json(orient="records", indent=1, force_ascii=False))
    except (data.DataError, LookupError, OSError) as error:
        return _stop(error)
    for finding in findings[findings["severity"] != "pass"].itertuples():
        print(f"{finding.severity}: {finding.what}\n    {finding.arithmetic}")
        print(
            f"    {finding.left} ({finding.left_place}) against {finding.right} ({finding.right_place or 'by definition'})"
        )
    sizes = findings["severity"].value_counts()
    print(", ".join(f"{sizes.get(severity, 0)} {severity}" for severity in audit.SEVERITIES))
    return FAILED if sizes.get("contradiction", 0) else OK


def _run(given: argparse.Namespace) -> int:
    from helpers.site import batch, jobs
    from helpers.site.progress import Progress

    if given.workers is not None and given.workers < 1:
        return _stop("--workers must be 1 or more")
    if given.out is not None and str(given.out) in ("", "."):
        return _stop("--out must name a folder for the pages")
    problem = ""
    try:
        planned = jobs.plan(given.year, given.notebook, _parameters(given.parameter), given.data)
        out = given.out or batch.REPORTS
        with _ends_like_an_interrupt(), Progress(len(planned)) as progress:
            results = batch.run(planned, out, given.data, given.workers, progress, given.force, given.scheduler)
    except batch.SiteError as error:
        results, problem = error.results, str(error)
        print(f"error: {problem}", file=sys.stderr)
    except (jobs.JobError, OSError) as error:
        return _stop(error)
    except KeyboardInterrupt as stop:
        print("interrupted: whole pages are kept, the next run goes on from here", file=sys.stderr)
        return 128 + stop.args[0] if stop.args else INTERRUPTED
    failed, kept = ([r for r in results if getattr(r, state)] for state in ("failed", "skipped"))
    written = len(results) - len(failed) - len(kept)
    print(f"{written} pages written, {len(kept)} unchanged, {len(failed)} failed: {out / 'index.html'}")
    return FAILED if failed or problem else OK


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
    from helpers.site.index import Site
    from helpers.site.jobs import ALL, ROOT, JobError, years

    try:
        every = [*map(str, years(given.data)), ALL]
    except JobError as error:
        return _stop(error)
    if given.year not in every:
        return _stop(f"no year {given.year!r}; there are {', '.join(every)}")
    out = given.out or ROOT / "reports"
    target = out / f"itu-plan-report-{given.year}.zip"
    try:
        count, missing = Site(out).bundle(given.year, target, given.data)
    except (JobError, OSError) as error:
        return _stop(error)
    print(f"{target}: {count} files, {target.stat().st_size / 1e6:.1f} MB")
    if missing:
        print(f"left out, as they failed or are not made yet: {', '.join(missing)}", file=sys.stderr)
    return FAILED if missing else OK


def _parameters(pairs: Sequence[str]) -> dict[str, Any]:
    """`name=value` pairs; values are read as YAML, as papermill's -p does."""
    import yaml

    from helpers.site.jobs import JobError

    parameters = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.isidentifier():
            raise JobError(f"-p {pair!r}: write name=value")
        try:
            parameters[name] = yaml.safe_load(value) if value else ""
        except yaml.YAMLError as error:
            raise JobError(f"-p {pair!r}: the value is not readable ({error})") from None
    return parameters


def _stop(error: object) -> int:
    print(f"error: {error}", file=sys.stderr)
    return UNUSABLE


if __name__ == "__main__":
    sys.exit(main())
