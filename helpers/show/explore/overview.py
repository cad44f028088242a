"""One of the overview's counts by year."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.sentences import overview as words
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import panel
from helpers.show.tables import Shown


def explore(small: pd.DataFrame) -> None:
    """One of the overview's counts by year."""
    panel(partial(_draw, small), series=list(dict.fromkeys(small["series"])))


def _draw(small: pd.DataFrame, series: str) -> Chart | Shown:
    rows = small[small["series"] == series]
    return charts.year_panels(rows, "series", "value", words.one_count(rows), anchor="explore")
