"""Jobs side by side on this machine, each in a warm kernel of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed

from helpers.site import forks
from helpers.site.execute import Result, make_page
from helpers.site.jobs import Job


def execute(jobs: list[Job], keep_notebooks: bool = False, workers: int | None = None) -> Iterator[tuple[Result, str]]:
    """Results and pages as they come, from threads with a warm kernel each; what kernels need starts at once."""
    forks.start_early()
    # one more than cores: while a kernel starts, ends or waits for its page, another uses its core
    side_by_side = min(workers or (os.cpu_count() or 1) + 1, len(jobs))
    return _made(jobs, keep_notebooks, side_by_side)


def _made(jobs: list[Job], keep_notebooks: bool, side_by_side: int) -> Iterator[tuple[Result, str]]:
    from helpers.site import kernels

    with kernels.runtime_folder(), ThreadPoolExecutor(side_by_side) as pool:
        pending: set[Future[tuple[Result, str]]] = {pool.submit(make_page, job, keep_notebooks) for job in jobs}
        try:
            while pending:
                done = next(as_completed(pending))
                pending.discard(done)  # a page is handed on and forgotten
                yield done.result()
        except BaseException:  # interrupted: start nothing more, leave no kernel behind
            pool.shutdown(wait=False, cancel_futures=True)
            forks.kill()
            raise
