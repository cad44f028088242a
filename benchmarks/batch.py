"""The batch against what a user would do by hand, side by side in one run.

    python benchmarks/batch.py [--notebook 1 4] [--growth]

(a) a shell loop of papermill and jupyter nbconvert; (b) the same through the
Python APIs, fresh kernels, one process a core; (c) ours from nothing; (d) ours
unchanged; (e) the limit: all cells in one warm process, divided by the cores.
--growth adds (f): 10, 50 and 200 jobs, time and peak memory.
"""

from __future__ import annotations

import argparse
import ast
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
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


def grow(count: int) -> str:
    """Run `count` jobs in this process; its time and peak memory."""
    from helpers.site import local

    planned = (jobs.plan(YEARS) * (count // 8))[:count]
    start = time.perf_counter()
    pages = sum(1 for _ in local.execute(planned))
    seconds = time.perf_counter() - start
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert pages == count
    return f"{count:4d} jobs  {seconds:7.1f} s  {seconds / count:6.2f} s each  {own:6.0f} MB peak"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--notebook", nargs="+", default=["1", "4"])
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--grow", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.grow:
        print(grow(given.grow))
        return
    planned = jobs.plan(YEARS, given.notebook)
    print(f"{len(planned)} jobs, {CORES} cores, {platform.machine()}, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        places = {name: Path(folder) / name for name in "abc"}
        for place in places.values():
            place.mkdir()
        seconds = {
            "a shell loop": timed(shell_loop, planned, places["a"]),
            "b Python APIs": timed(python_apis, planned, places["b"]),
            "c ours": timed(ours, places["c"], given.notebook),
            "d ours, unchanged": timed(ours, places["c"], given.notebook),
        }
    import helpers.site.preload  # noqa: F401 - warm, as (e) asks

    with redirect_stdout(StringIO()):
        seconds["e cells only / cores"] = timed(cells_only, planned) / CORES
    bare = min(timed(subprocess.run, [sys.executable, "-c", "pass"]) for _ in range(5))
    shown = min(
        timed(subprocess.run, [sys.executable, "-m", "helpers", "--help"], stdout=subprocess.DEVNULL) for _ in range(5)
    )
    for name, value in seconds.items():
        ratios = (
            f"a ÷ this {seconds['a shell loop'] / value:6.1f}   this ÷ e {value / seconds['e cells only / cores']:6.1f}"
        )
        print(f"{name:22s} {value:7.2f} s   {ratios}")
    print(f"unchanged ÷ `python -c pass`  {seconds['d ours, unchanged'] / bare:5.1f}")
    print(f"--help    ÷ `python -c pass`  {shown / bare:5.1f}   ({shown:.3f} s)")
    if given.growth:
        for count in (10, 50, 200):
            run = subprocess.run(
                [sys.executable, __file__, "--grow", str(count)], capture_output=True, text=True, check=True
            )
            print(run.stdout.strip().splitlines()[-1])


if __name__ == "__main__":
    main()
