"""Progress of a batch: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from helpers.site.execute import Result


class Progress:
    """Call it with every result as it comes."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0
        self.bar: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress as Bar

            self.bar = Bar(console=Console(stderr=True))
            self.bar.start()
            self.task = self.bar.add_task("pages", total=self.total)
        return self

    def __call__(self, result: Result) -> None:
        """Tell how one job went."""
        self.done += 1
        state = "FAILED" if result.failed else "done"
        how = "unchanged" if result.skipped else f"{state} in {result.seconds:.1f} s"
        line = f"[{self.done}/{self.total}] {result.job.name}: {how}"
        if result.failed:
            first = result.error.strip().splitlines()[0]
            line += "\n    " + "".join(c if c.isprintable() else "?" for c in first)  # no escapes for the terminal
        if self.bar:
            self.bar.console.print(line, markup=False, highlight=False)
            self.bar.advance(self.task)
        else:
            print(line, file=sys.stderr, flush=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar:
            self.bar.stop()
