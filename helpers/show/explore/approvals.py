"""Approvals of the catalogue, of one group today and one kind, by year."""

from __future__ import annotations

from functools import partial

from helpers.analyses import throughput
from helpers.analyses.approvals import Record
from helpers.sentences import approvals as words
from helpers.sentences.throughput import TYPE_LABELS
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import panel
from helpers.show.tables import Shown

GROUPS, DOCUMENTS = "All groups of today", "All documents"


def explore(found: Record) -> None:
    """Texts of one group of today by year."""
    groups = sorted(found.record["study_group_today"].dropna().unique(), key=lambda name: (len(name), name))
    panel(partial(_draw, found), group=[GROUPS, *groups], document=[DOCUMENTS, *TYPE_LABELS.values()])


def _draw(found: Record, group: str, document: str) -> Chart | Shown:
    rows = found.record.assign(study_group="")
    if group != GROUPS:
        rows = rows[rows["study_group_today"] == group]
    if document != DOCUMENTS:
        rows = rows[rows["document_type"].map(TYPE_LABELS) == document]
    caption = words.explored([group, document], rows)
    return charts.stacked_bars(
        throughput.by_year(rows, found.period, [""]), "year", TYPE_LABELS, caption, anchor="explore"
    )
