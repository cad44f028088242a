"""Targets of one goal, measured or not."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.analyses import targets
from helpers.sentences import targets as words
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import panel
from helpers.show.tables import Shown

EVERY = "All goals"


def explore(progress: pd.DataFrame) -> None:
    """Targets of one goal, measured or not."""
    panel(partial(_draw, progress), goal=[EVERY, *dict.fromkeys(progress["goal"])])


def _draw(progress: pd.DataFrame, goal: str) -> Chart | Shown:
    rows = progress if goal == EVERY else progress[progress["goal"] == goal]
    states, caption = targets.summary(rows), words.goal_caption(rows, goal)
    return charts.stacked_bars(states, "state", {"targets": "Targets"}, caption, anchor="explore")
