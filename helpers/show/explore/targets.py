"""Targets of one goal, measured or not."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.analyses import targets
from helpers.sentences import wording
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import panel

EVERY = "All goals"


def explore(progress: pd.DataFrame) -> None:
    """Targets of one goal, measured or not."""
    panel(partial(_draw, progress), goal=[EVERY, *dict.fromkeys(progress["goal"])])


def _draw(progress: pd.DataFrame, goal: str) -> Chart:
    rows = progress if goal == EVERY else progress[progress["goal"] == goal]
    states = targets.summary(rows)
    return charts.stacked_bars(
        states, "state", {"targets": "Targets"}, unit="targets", anchor="explore",
        title=f"{goal}: {len(rows)} targets by state", source=wording.source(rows),
    )  # fmt: skip
