"""Approvals by study group, year and kind of document."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd

from helpers.analyses import throughput
from helpers.selection import Selection
from helpers.sentences import throughput as words
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import panel
from helpers.show.tables import Shown

GROUPS, YEARS, DOCUMENTS = "All study groups", "All years", "All documents"


def explore(itut: pd.DataFrame, chosen: Selection) -> None:
    """Approvals of one study group by year, or of one year by study group."""
    kinds = {label: kind for kind, label in words.TYPE_LABELS.items()}
    panel(
        partial(_draw, itut, chosen, kinds),
        study_group=[GROUPS, *throughput.study_groups(itut)],
        document=[DOCUMENTS, *kinds],
        year=[YEARS, *chosen.period.years],
    )


def _draw(
    itut: pd.DataFrame, chosen: Selection, kinds: dict[str, str], study_group: str, document: str, year: str
) -> Chart | Shown:
    period = replace(chosen.of(words.TABLE), year=None if year == YEARS else int(year))
    groups = throughput.study_groups(itut) if study_group == GROUPS else [study_group]
    rows = itut[itut["study_group"].isin(groups) & itut["year"].isin(period.chosen)]
    if document != DOCUMENTS:
        rows = rows[rows["document_type"] == kinds[document]]
    caption = words.explored([study_group, year, document], rows)
    if year == YEARS:
        return charts.stacked_bars(
            throughput.by_year(rows, period, groups), "year", words.TYPE_LABELS, caption, anchor="explore"
        )
    shown = throughput.by_group(rows, period, groups).assign(coverage=period.coverage(int(year)))
    return charts.stacked_bars(shown, "study_group", words.TYPE_LABELS, caption, anchor="explore")
