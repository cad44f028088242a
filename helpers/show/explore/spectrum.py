"""One series of notices by year."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.analyses import spectrum
from helpers.sentences import wording
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import panel


def explore(both: pd.DataFrame) -> None:
    """One series of notices by year."""
    panel(partial(_draw, both), series=list(dict.fromkeys(both["series"])))


def _draw(both: pd.DataFrame, series: str) -> Chart:
    rows = both[both["series"] == series]
    return charts.year_panels(
        rows, "series", "value", unit="items", anchor="explore", title=f"{series}: {wording.number(rows['value'].sum())} in all",
        source=wording.source(rows), notes=spectrum.notes(rows),
    )  # fmt: skip
