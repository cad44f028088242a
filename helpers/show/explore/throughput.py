"""Approvals by study group, year and kind of document."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.analyses import throughput as standards
from helpers.selection import Period
from helpers.sentences import wording
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import nothing, panel
from helpers.show.tables import Shown

GROUPS, YEARS, DOCUMENTS = "All study groups", "All years", "All documents"


def explore(itut: pd.DataFrame, period: Period) -> None:
    """Approvals of one study group by year, or of one year by study group."""
    labels = {label: name for name, label in standards.TYPE_LABELS.items()}
    draw = partial(_draw, itut, period, labels)
    panel(
        draw,
        study_group=[GROUPS, *standards.study_groups(itut)],
        document=[DOCUMENTS, *labels],
        year=[YEARS, *period.years],
    )


def _draw(
    itut: pd.DataFrame, period: Period, labels: dict[str, str], study_group: str, document: str, year: str
) -> Chart | Shown:
    groups = standards.study_groups(itut) if study_group == GROUPS else [study_group]
    rows = itut if document == DOCUMENTS else itut[itut["document_type"] == labels[document]]
    rows = rows[rows["study_group"].isin(groups)]
    if year == YEARS:
        shown, label = standards.by_year(rows, period, groups).astype({"year": str}), "year"
    else:
        rows = rows[rows["year"] == int(year)]
        shown, label = standards.by_group(rows, Period(period.years, int(year), period.closes), groups), "study_group"
    what = f"{study_group}, {year if year != YEARS else 'all years'}, {document.lower()}"
    if shown.empty:
        return nothing(f"{what}: the table has none.")
    cut = shown["partial"] if label == "year" else period.partial(int(year))
    return charts.stacked_bars(
        shown, label, standards.TYPE_LABELS, unit="texts approved", anchor="explore",
        title=f"{what}: {wording.number(shown['entries'].sum())} texts", source=wording.source(rows), hatched=list(shown.loc[cut, label]),
    )  # fmt: skip
