"""The longest status texts of one kind."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.analyses import results
from helpers.sentences import results as words
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import panel
from helpers.show.tables import Shown

EVERY = "All texts"


def explore(resolutions: pd.DataFrame) -> None:
    """The longest status texts of one kind."""
    panel(partial(_draw, resolutions), status=[EVERY, *results.STATUSES])


def _draw(resolutions: pd.DataFrame, status: str) -> Chart | Shown:
    rows = resolutions if status == EVERY else resolutions[resolutions["status"] == status]
    top = rows.assign(name=results.names(rows)).sort_values("words", ascending=False, kind="stable").head(12)
    caption = words.explore_caption(top, status.capitalize(), len(rows))
    return charts.stacked_bars(top, "name", {"words": "Words"}, caption, anchor="explore")
