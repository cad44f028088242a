"""Approvals by study group, kind of text, series and year."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.analyses import throughput
from helpers.selection import Selection
from helpers.sentences import throughput as words
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import ANCHOR, Control, Panel, Question, View, kept, plain
from helpers.show.tables import Shown

SHOWN = BY_GROUP, BY_YEAR, EACH, PACE, BY_SERIES = (
    "by study group", "by year", "by study group and year", "change of pace", "by series",
)  # fmt: skip


def explore(chosen: Selection) -> None:
    """The panel, with what the notebook's parameters chose."""
    Panel("1_standards_throughput", _ask, chosen).redraw()


def _ask(chosen: Selection) -> Question:
    itut = chosen.table(words.TABLE)
    kinds = [(label, kind) for kind, label in words.TYPE_LABELS.items()]
    series = [(f"series {name}", name) for name in sorted(itut["series"].dropna().unique())]
    controls = [
        Control("shown", "Show", plain(SHOWN)),
        Control("study_groups", "Study groups", plain(throughput.study_groups(itut)), several=True, parameter=True),
        Control("kinds", "Kinds of text", kinds, several=True),
        Control("series", "Series", series, several=True),
    ]
    return Question(controls, partial(_view, itut))


def _view(itut: pd.DataFrame, chosen: Selection, shown: str, kinds: list[str], series: list[str]) -> View:
    rows = kept(kept(itut, "document_type", kinds), "series", series)
    period, groups = chosen.of(words.TABLE), chosen.members("study_groups", throughput.study_groups(itut))
    here = rows[rows["study_group"].isin(groups) & rows["year"].isin(period.chosen)]
    said = words.answer(rows, chosen)
    if shown == BY_GROUP:
        ranked = throughput.by_group(rows, period, groups)
        bars, caption = words.dated(words.named(ranked, rows), "group"), words.by_group(rows, chosen)
        chart = charts.stacked_bars(bars, "group", words.TYPE_LABELS, caption, anchor=ANCHOR)
        return View(said, chart, here, ranked, words.by_group_table(rows, chosen), words.GROUP_HEADINGS)
    if shown == BY_SERIES:
        pairs = throughput.by_series(rows, period, groups)
        table = words.series_table(pairs), words.by_series(pairs, rows, chosen), words.SERIES_HEADINGS
        return View(said, Shown(""), here, *table)
    return View(said, _chart(rows, chosen, groups, shown), here)


def _chart(rows: pd.DataFrame, chosen: Selection, groups: list[str], shown: str) -> Chart | Shown:
    """The notebook's chart, without a table beside it."""
    period = chosen.of(words.TABLE)
    if shown == BY_YEAR:
        years = throughput.by_year(rows, period, groups)
        return charts.stacked_bars(years, "year", words.TYPE_LABELS, words.by_year(years, rows, chosen), anchor=ANCHOR)
    if shown == EACH:
        panels = throughput.group_years(rows, period, groups)
        return charts.year_panels(
            words.named(panels, rows), "group", "entries", words.group_years(panels, rows, chosen, True), anchor=ANCHOR,
            highlight=period.marked,
        )  # fmt: skip
    ratios = words.named(throughput.rate_ratios(rows, period, groups), rows)
    return charts.intervals(
        ratios, "group", words.rate_ratios(ratios, rows, chosen), anchor=ANCHOR, value="ratio",
        low="wide_low", high="wide_high", reference=1, logarithmic=True, clear="clear",
    )  # fmt: skip
