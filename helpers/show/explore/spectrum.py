"""Space and terrestrial notices by series and year."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.analyses import spectrum
from helpers.selection import Selection
from helpers.sentences import spectrum as words
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import ANCHOR, Control, Panel, Question, View, kept, plain
from helpers.show.tables import Shown

SHOWN = LEVELS, YEARS, CHANGES, TOTALS = (
    "all years, one scale", "all years, a scale each", "change against the year before", "totals",
)  # fmt: skip


def explore(chosen: Selection) -> None:
    """The panel, with what the notebook's parameters chose."""
    Panel("2_spectrum_notices", _ask, chosen).redraw()


def _ask(chosen: Selection) -> Question:
    tables = chosen.table(spectrum.SPACE), chosen.table(spectrum.TERRESTRIAL)
    both, printed = spectrum.notices(*tables, chosen), chosen.table("printed_totals")
    controls = [
        Control("shown", "Show", plain(SHOWN)),
        Control("series", "Series", plain(dict.fromkeys(both["series"])), several=True),
    ]
    return Question(controls, partial(_view, both, printed))


def _view(both: pd.DataFrame, printed: pd.DataFrame, chosen: Selection, shown: str, series: list[str]) -> View:
    rows = kept(both, "series", series)
    sums, here = spectrum.totals(rows, printed), rows[rows["year"].isin(chosen.period.chosen)]
    moved, rows = spectrum.changes(rows, chosen), chosen.period.within(rows)
    chart = _chart(rows, moved, chosen, shown, "the chosen series" if series else "any series")
    if isinstance(chart, Chart) and series:  # the answer is of all series
        said = [f"{chart.caption.title}."]
    else:
        said = [] if series else words.answer(both, sums, chosen)
    table = (sums, words.totals(sums, printed), words.TOTALS) if shown == TOTALS else ()
    return View(said, chart, here, *table)


def _chart(rows: pd.DataFrame, moved: pd.DataFrame, chosen: Selection, shown: str, of: str) -> Chart | Shown:
    """The notebook's chart; `of` names its series."""
    marked = chosen.period.marked
    if shown == TOTALS:
        return Shown("")
    if shown == LEVELS:
        return charts.ranges(rows, "series", "value", words.levels(rows, chosen, of), anchor=ANCHOR, highlight=marked)
    if shown == YEARS:
        caption = words.panels(rows, chosen)
        return charts.year_panels(
            rows, "series", "value", caption, anchor=ANCHOR, highlight=marked, columns=2, shared=False
        )
    return charts.ratios(words.change_rows(moved), "series", "ratio", words.changes(moved, rows, chosen), anchor=ANCHOR)
