"""Figures of one topic of participation."""

from __future__ import annotations

import pandas as pd

from helpers.analyses import participation
from helpers.sentences import participation as words
from helpers.show import tables
from helpers.show.explore.panel import panel
from helpers.show.tables import Shown


def explore(observations: pd.DataFrame) -> None:
    """Figures of one topic of participation."""

    def draw(topic: str) -> Shown:
        rows = observations[observations["topic"] == topic]
        return tables.show(words.figure_table(rows), words.topic(rows, topic), anchor="explore")

    panel(draw, topic=participation.TOPICS)
