"""The batch against what a user would do by hand, side by side in one run.

    python benchmarks/batch.py [--notebook 1 4] [--rounds 3] [--growth]

(a) a shell loop of papermill and jupyter nbconvert; (b) the same through the
Python APIs, fresh kernels, one process a core; (c) ours from nothing; (d) ours
unchanged; (e) the limit: all cells in one warm process, divided by the cores.
The parts alternate, so that other load on the machine hits them alike; what is
printed are medians over the rounds. --growth adds (f): 10, 100 and 1,000 jobs here
and on a Dask cluster of two worker processes, time and peak memory.
"""

from __future__ import annotations

import argparse
import ast
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path

from helpers.site import jobs
from helpers.tables import editions

BIN = Path(sys.executable).parent
CORES = os.cpu_count() or 1
YEARS = [str(year) for year in editions.edition().years]


def timed(work, *arguments, **more) -> float:
    start = time.perf_counter()
    work(*arguments, **more)
    return time.perf_counter() - start


def shell_loop(planned: list[jobs.Job], out: Path) -> None:
    for job in planned:
        executed = out / f"{job.year}-{job.notebook.name}.ipynb"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True}
        subprocess.run(
            [BIN / "papermill", job.notebook.path, executed, "-p", "year", str(job.year), "--no-progress-bar"], **quiet
        )
        subprocess.run([BIN / "jupyter", "nbconvert", "--to", "html", executed], **quiet)


def by_hand(task: tuple[str, int | str, str]) -> None:
    import nbformat
    import papermill
    from nbconvert import HTMLExporter

    notebook, year, out = task
    executed = f"{out}/{year}-{Path(notebook).name}"
    papermill.execute_notebook(notebook, executed, {"year": year}, progress_bar=False)
    page, _ = HTMLExporter().from_notebook_node(nbformat.read(executed, as_version=4))
    Path(executed).with_suffix(".html").write_text(page, "utf-8")


def python_apis(planned: list[jobs.Job], out: Path) -> None:
    with ProcessPoolExecutor(CORES) as pool:
        list(pool.map(by_hand, [(str(job.notebook.path), job.year, str(out)) for job in planned]))


def ours(out: Path, names: list[str]) -> None:
    asked = ["--out", out, "--year", *YEARS, "--notebook", *names]
    command = [sys.executable, "-m", "helpers", "run", *asked]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def cells_only(planned: list[jobs.Job]) -> None:
    """Every cell's code and the HTML of its last value, nothing else."""
    import json

    for job in planned:
        names: dict[str, object] = {}
        for cell in json.loads(job.notebook.path.read_text("utf-8"))["cells"]:
            if cell["cell_type"] != "code":
                continue
            tree = ast.parse("".join(cell["source"]))
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, "cell", "exec"), names)
            if "parameters" in cell["metadata"].get("tags", []):
                names["year"] = job.year
            if last is not None:
                value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
                getattr(value, "_repr_html_", str)()


@contextmanager
def two_workers() -> Iterator[str]:
    """Address of a scheduler with two worker processes, as the README starts them."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=0, processes=True, dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        asked = [BIN / "dask", "worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard"]
        workers = [subprocess.Popen(asked, stderr=subprocess.DEVNULL) for _ in range(2)]
        try:
            yield address
        finally:
            for worker in workers:
                worker.terminate()
                worker.wait()


def grow(count: int, far: bool) -> str:
    """Run `count` jobs from this process, here or on two workers; time and peak memory of runner and largest child."""
    from helpers.site import cluster, local

    every = jobs.plan(YEARS)
    planned = [every[place % len(every)] for place in range(count)]
    whole: list[bool] = []
    if far:
        with two_workers() as address:
            seconds = timed(
                lambda: whole.extend(not result.failed for result, _ in cluster.execute(planned, address=address))
            )
    else:
        seconds = timed(lambda: whole.extend(not result.failed for result, _ in local.execute(planned)))
    assert sum(whole) == count
    own, child = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    memory = f"{own:6.0f} MB runner" + (f"  {child:6.0f} MB worker" if far else "")
    where = "two workers" if far else "here"
    return f"{count:5d} jobs {where:12s}{seconds:7.1f} s  {seconds / count:6.2f} s each  {memory}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--notebook", nargs="+", default=["1", "4"])
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--grow", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--far", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.grow:
        print(grow(given.grow, given.far))
        return
    planned = jobs.plan(YEARS, given.notebook)
    print(f"{len(planned)} jobs, {CORES} cores, {platform.machine()}, Python {platform.python_version()}")
    import helpers.site.preload  # noqa: F401 - warm, as (e) asks

    rounds: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(given.rounds):
            places = {name: Path(folder) / name for name in "abc"}
            for place in places.values():
                shutil.rmtree(place, ignore_errors=True)
                place.mkdir()
            rounds["a shell loop"].append(timed(shell_loop, planned, places["a"]))
            rounds["b Python APIs"].append(timed(python_apis, planned, places["b"]))
            rounds["c ours"].append(timed(ours, places["c"], given.notebook))
            rounds["d ours, unchanged"].append(timed(ours, places["c"], given.notebook))
            with redirect_stdout(StringIO()):
                rounds["e cells only / cores"].append(timed(cells_only, planned) / CORES)
    seconds = {name: statistics.median(values) for name, values in rounds.items()}
    bare = min(timed(subprocess.run, [sys.executable, "-c", "pass"]) for _ in range(5))
    shown = min(
        timed(subprocess.run, [sys.executable, "-m", "helpers", "--help"], stdout=subprocess.DEVNULL) for _ in range(5)
    )
    for name, value in seconds.items():
        loop, limit = seconds["a shell loop"] / value, value / seconds["e cells only / cores"]
        span = f"({min(rounds[name]):.2f} to {max(rounds[name]):.2f})"
        print(f"{name:22s} {value:7.2f} s {span:20s} a ÷ this {loop:6.1f}   this ÷ e {limit:6.1f}")
    print(f"unchanged ÷ `python -c pass`  {seconds['d ours, unchanged'] / bare:5.1f}")
    print(f"--help    ÷ `python -c pass`  {shown / bare:5.1f}   ({shown:.3f} s)")
    if given.growth:
        for more in ([], ["--far"]):
            for count in ("10", "100", "1000"):
                asked = [sys.executable, __file__, "--grow", count, *more]
                run = subprocess.run(asked, capture_output=True, text=True, check=True)
                print(run.stdout.strip().splitlines()[-1])


if __name__ == "__main__":
    main()
