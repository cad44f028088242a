"""Shares of Internet use for one geography."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.analyses import gaps
from helpers.sentences import wording
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import nothing, panel
from helpers.show.tables import Shown

EVERY = "All geographies"


def explore(observations: pd.DataFrame) -> None:
    """Shares of Internet use for one geography."""
    panel(partial(_draw, observations), geography=[EVERY, *gaps.geographies(observations)])


def _draw(observations: pd.DataFrame, geography: str) -> Chart | Shown:
    women = gaps.gender(observations)
    rows = women if geography == EVERY else women[women["geography"] == geography]
    if rows.empty:
        return nothing(f"The report gives no parity score for {geography}.")
    rows = rows.assign(name=rows["geography"] + " " + rows["year"].astype(str)).sort_values("low")
    return charts.intervals(
        rows, "name", value="score", low="low", high="high", unit="gender parity score", anchor="explore", band=gaps.PARITY,
        band_label="parity", printed="printed_score", title=f"Gender parity score: {geography if geography != EVERY else 'all geographies'}", source=wording.source(rows),
    )  # fmt: skip
