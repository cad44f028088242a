"""Findings of one severity, by kind of check."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.analyses import audit
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import nothing, panel
from helpers.show.tables import Shown

EVERY = "All findings"


def explore(found: pd.DataFrame) -> None:
    """Findings of one severity, by kind of check."""
    panel(partial(_draw, found), severity=[EVERY, *audit.SEVERITIES])


def _draw(found: pd.DataFrame, severity: str) -> Chart | Shown:
    rows = found if severity == EVERY else found[found["severity"] == severity]
    if rows.empty:
        return nothing(f"There is no {severity}.")
    return charts.stacked_bars(
        audit.summary(rows), "kind", audit.SEVERITY_LABELS, unit="checks", anchor="explore",
        title=f"{severity.capitalize()}: {len(rows)} checks by kind", source="all tables",
    )  # fmt: skip
