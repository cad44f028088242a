"""Resolutions and Decisions by status, kind and what they refer to."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.analyses import results
from helpers.selection import Selection
from helpers.sentences import results as words
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import ANCHOR, Control, Panel, Question, View, kept, plain
from helpers.show.tables import Shown

SHOWN = STATUS, LONGEST, REFERS = "by status", "the longest status texts", "what the texts refer to"
STATUS_LABELS = ["texts reported on", "texts that refer elsewhere", "texts without activity"]


def explore(chosen: Selection) -> None:
    """The panel, with what the notebook's parameters chose."""
    Panel("6_resolutions_and_results", _ask, chosen).redraw()


def _ask(chosen: Selection) -> Question:
    tables = chosen.table("resolutions"), chosen.table("outcomes"), chosen.table("figures_lost")
    instruments = [(f"{kind}s", kind) for kind in dict.fromkeys(tables[0]["instrument"])]
    controls = [
        Control("shown", "Show", plain(SHOWN)),
        Control("status", "Status", list(zip(STATUS_LABELS, results.STATUSES, strict=True)), several=True),
        Control("instruments", "Texts", instruments, several=True),
    ]
    return Question(controls, partial(_view, *tables))


def _view(
    resolutions: pd.DataFrame, outcomes: pd.DataFrame, lost: pd.DataFrame, chosen: Selection, shown: str,
    status: list[str], instruments: list[str],
) -> View:  # fmt: skip
    rows = kept(kept(resolutions, "status", status), "instrument", instruments)
    chart, said = _chart(rows, chosen, shown), words.answer(rows, outcomes, lost, chosen)
    if status or instruments:  # the answer is of all texts and of the results framework, too
        said = [f"{chart.caption.title}.", *said[2:]] if isinstance(chart, Chart) else []
    return View(said, chart, rows, words.resolutions_table(rows), words.resolutions_caption(rows))


def _chart(rows: pd.DataFrame, chosen: Selection, shown: str) -> Chart | Shown:
    """The notebook's chart, or the longest texts."""
    if shown == LONGEST:
        top = rows.assign(name=results.names(rows)).sort_values("words", ascending=False, kind="stable").head(12)
        return charts.stacked_bars(
            top, "name", {"words": "Words"}, words.longest_caption(top, len(rows)), anchor=ANCHOR
        )
    if shown == REFERS:
        leaning = results.lean(rows, chosen.period)
        caption = words.lean_caption(rows, leaning)
        return charts.stacked_bars(words.leant(leaning), "towards", {"resolutions": "Texts"}, caption, anchor=ANCHOR)
    caption = words.status_caption(rows)
    return charts.stacked_bars(results.statuses(rows), "status", {"texts": "Texts"}, caption, anchor=ANCHOR)
