"""What every notebook needs, imported once in the process that kernels fork from."""

# ruff: noqa: F401 - imported for the kernels, not for this module
import gc
import os
import warnings

os.environ.setdefault(
    "PYDEVD_DISABLE_FILE_VALIDATION", "1"
)  # the debugger, which nobody attaches, would warn of frozen modules

import ipykernel.debugger
import ipykernel.ipkernel
import ipykernel.kernelapp
import ipykernel.zmqshell
import IPython.core.completer
import IPython.core.completerlib
import IPython.core.debugger
import IPython.core.logger
import IPython.core.oinspect
import IPython.extensions.storemagic
import ipywidgets
import scipy.special

import helpers.show.explore.panel
import helpers.site.kernels
from helpers import selection as parameters
from helpers.analyses import audit, gaps, overview, participation, results, spectrum, targets
from helpers.analyses import throughput as standards
from helpers.show import charts
from helpers.show import links as pages
from helpers.tables import load as data


def warm() -> None:
    """Draw one of each kind of chart: loads fonts, style, scales and backends."""
    import pandas as pd

    rows = pd.DataFrame({"name": ["a", "b"], "year": [2020, 2021], "value": [1, 20], "low": [1, 2], "high": [3, 30]})
    same = {"anchor": "warm", "title": "t", "source": "s"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        charts.stacked_bars(rows, "name", {"value": "v", "low": "w"}, unit="u", **same)
        charts.year_panels(rows, "name", "value", unit="u", **same)
        charts.intervals(rows, "name", value="value", low="low", high="high", unit="u", logarithmic=True, **same)
        charts.ranges(rows.assign(partial=False), "name", "value", unit="u", **same)
        charts.grid(rows, "name", "year", "value", unit="u", **same)._repr_html_()


warm()
gc.freeze()  # what is loaded stays shared between kernels instead of being copied by the collector
