"""Approvals by year for a study group and kind of document."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers import charts, standards, wording
from helpers.charts import Chart
from helpers.explore.panel import EVERY, nothing, panel
from helpers.parameters import Period
from helpers.tables import Shown


def explore(itut: pd.DataFrame, period: Period) -> None:
    """Approvals by year for a study group and kind of document."""
    labels = {label: name for name, label in standards.TYPE_LABELS.items()}
    draw = partial(_draw, itut, period, labels)
    panel(draw, study_group=[EVERY, *standards.study_groups(itut)], document=[EVERY, *labels])


def _draw(itut: pd.DataFrame, period: Period, labels: dict[str, str], study_group: str, document: str) -> Chart | Shown:
    groups = standards.study_groups(itut) if study_group == EVERY else [study_group]
    rows = itut if document == EVERY else itut[itut["document_type"] == labels[document]]
    years = standards.by_year(rows[rows["study_group"].isin(groups)], period, groups)
    if years.empty:
        return nothing(f"{study_group} has no {document.lower()} in the table.")
    return charts.stacked_bars(
        years.assign(year=years["year"].astype(str)), "year", standards.TYPE_LABELS, unit="texts approved", anchor="explore",
        title=f"{study_group}, {document.lower()}: {wording.number(years['entries'].sum())} texts", source=wording.source(rows),
        hatched=list(years.loc[years["partial"], "year"].astype(str)),
    )  # fmt: skip
