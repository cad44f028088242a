"""The longest status texts of one kind."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.analyses import results
from helpers.sentences import wording
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import panel

EVERY = "All texts"


def explore(resolutions: pd.DataFrame) -> None:
    """The longest status texts of one kind."""
    panel(partial(_draw, resolutions), status=[EVERY, *results.STATUSES])


def _draw(resolutions: pd.DataFrame, status: str) -> Chart:
    rows = resolutions if status == EVERY else resolutions[resolutions["status"] == status]
    top = rows.sort_values("words", ascending=False).head(12)
    top = top.assign(name=top["instrument"].str[:3] + ". " + top["number"].astype(str))
    return charts.stacked_bars(
        top, "name", {"words": "Words"}, unit="words of status text", anchor="explore",
        title=f"{status.capitalize()}: the longest of {len(rows)}", source=wording.source(top),
    )  # fmt: skip
