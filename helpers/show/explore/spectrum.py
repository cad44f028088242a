"""One series of notices by year."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.selection import Selection
from helpers.sentences import spectrum as words
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import panel
from helpers.show.tables import Shown


def explore(both: pd.DataFrame, chosen: Selection) -> None:
    """One series of notices by year."""
    panel(partial(_draw, both, chosen), series=list(dict.fromkeys(both["series"])))


def _draw(both: pd.DataFrame, chosen: Selection, series: str) -> Chart | Shown:
    rows = both[both["series"] == series]
    return charts.year_panels(rows, "series", "value", words.one_series(rows, chosen), anchor="explore")
