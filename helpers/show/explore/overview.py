"""One of the overview's counts by year."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.analyses import overview
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import panel


def explore(small: pd.DataFrame) -> None:
    """One of the overview's counts by year."""
    panel(partial(_draw, small), series=list(dict.fromkeys(small["series"])))


def _draw(small: pd.DataFrame, series: str) -> Chart:
    rows = small[small["series"] == series]
    return charts.year_panels(
        rows, "series", "value", unit="items", anchor="explore", title=f"{series}: {overview.span(rows)}",
        source="sections 1.2, 1.3 and 1.10",
    )  # fmt: skip
