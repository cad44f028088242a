"""Gender parity scores of one geography, or of all."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.analyses import gaps
from helpers.sentences import gaps as words
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import panel
from helpers.show.tables import Shown

EVERY = "All geographies"


def explore(observations: pd.DataFrame) -> None:
    """Gender parity scores of one geography, or of all, in every year that has some."""
    panel(partial(_draw, observations), geography=[EVERY, *gaps.geographies(observations)])


def _draw(observations: pd.DataFrame, geography: str) -> Chart | Shown:
    rows = gaps.with_interval(gaps.gender(observations))
    rows = rows if geography == EVERY else rows[rows["geography"] == geography]
    rows = rows.assign(label=rows["geography"] + " " + rows["year"].astype(str))
    caption = words.explore_caption(rows, geography)
    return charts.intervals(
        rows, "label", caption, anchor="explore", value="our_score", low="low", high="high", band=gaps.PARITY,
        band_label="parity", printed="printed_score",
    )  # fmt: skip
