"""Figures of one topic of participation."""

from __future__ import annotations

import pandas as pd

from helpers.analyses import participation
from helpers.selection import Period
from helpers.show import tables
from helpers.show.explore.panel import panel
from helpers.show.tables import Shown


def explore(observations: pd.DataFrame) -> None:
    """Figures of one topic of participation."""

    years = tuple(sorted(int(year) for year in observations["year"].dropna().unique()))

    def draw(topic: str) -> Shown:
        period = Period(years, None)
        rows = participation.figures(observations[observations["topic"] == topic], period)
        return tables.show(rows, f"{topic}: {len(rows)} figures", anchor="explore")

    panel(draw, topic=participation.TOPICS)
