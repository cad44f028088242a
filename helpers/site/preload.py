"""What every notebook needs, imported once in the process that kernels fork from."""

import contextlib
import gc
import warnings
from importlib import import_module

from helpers.files import HELPERS
from helpers.site.imports import without

LIBRARIES = [
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "seaborn",
    "scipy.special",
    "helpers.site.kernels",
]


def ours() -> list[str]:
    """Names of the helper modules that notebooks may import for their pages."""
    storeys = (path for storey in ("analyses", "sentences", "show") for path in (HELPERS / storey).rglob("*.py"))
    names = [".".join(path.relative_to(HELPERS.parent).with_suffix("").parts) for path in sorted(storeys)]
    return ["helpers.selection", *(name.removesuffix(".__init__") for name in names if ".explore" not in name)]


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
    # no kernel of a batch has a debugger, and seaborn has what it needs of scipy.stats itself: 1 s less together
    with contextlib.suppress(Exception), without("debugpy", "scipy.stats"):
        import_module(name)  # what cannot be imported is the error of the notebook that asks for it
with contextlib.suppress(Exception):
    warm()
gc.freeze()  # what is loaded stays shared between kernels instead of being copied by the collector
