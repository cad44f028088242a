"""What every notebook needs, imported once in the process that kernels fork from."""

import contextlib
import gc
import os
import warnings
from importlib import import_module

# the debugger, which nobody attaches, would warn of frozen modules
os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")

LIBRARIES = [
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "scipy.special",
    "helpers.site.kernels",
]


def ours() -> list[str]:
    """Names of the helper modules that the notebooks import."""
    from helpers.files import ROOT
    from helpers.site import jobs, keys

    paths = {path for notebook in jobs.manifest() for path in keys.modules(notebook.path) if path.suffix == ".py"}
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in sorted(paths)]
    return [name.removesuffix(".__init__") for name in names]


def warm() -> None:
    """Read the project's tables, which kernels then have at once, and draw one of each kind of chart.

    Drawing loads fonts, style, scales and backends.
    """
    import pandas as pd

    from helpers.sentences.caption import Caption
    from helpers.show import charts
    from helpers.tables import load

    load.problems()

    rows = pd.DataFrame({"name": ["a", "b"], "year": [1, 2], "value": [1, 20], "low": [1, 2], "high": [3, 30]})
    said = Caption("t", "u", "s")
    kinds = [
        charts.stacked_bars(rows, "name", {"value": "v", "low": "w"}, said, anchor="warm"),
        charts.year_panels(rows, "name", "value", said, anchor="warm"),
        charts.intervals(rows, "name", said, anchor="warm", value="value", low="low", high="high", logarithmic=True),
        charts.ranges(rows, "name", "value", said, anchor="warm"),
        charts.grid(rows, "name", "year", "value", said, anchor="warm"),
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for chart in kinds:
            chart._repr_html_()  # draws


for name in [*LIBRARIES, *ours()]:
    with contextlib.suppress(Exception):  # what cannot be imported is the error of the notebook that asks for it
        import_module(name)
with contextlib.suppress(Exception):
    warm()
gc.freeze()  # what is loaded stays shared between kernels instead of being copied by the collector
