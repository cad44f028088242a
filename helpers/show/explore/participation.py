"""Figures on taking part by topic, geography and year, under the topic's chart."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.analyses import participation
from helpers.selection import Selection
from helpers.sentences import participation as words
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import ANCHOR, Control, Panel, Question, View, kept, plain
from helpers.show.tables import Shown

EVERY, WORKSHOPS = "every topic", "ITU-T workshops"


def explore(chosen: Selection) -> None:
    """The panel, with what the notebook's parameters chose."""
    Panel("5_participation", _ask, chosen).redraw()


def _ask(chosen: Selection) -> Question:
    observations, workshops = chosen.table("observations"), chosen.table("itut_workshops")
    told = observations[observations["topic"].isin(participation.TOPICS)]
    controls = [
        Control("topic", "Topic", plain([EVERY, WORKSHOPS, *participation.TOPICS])),
        Control("places", "Where", plain(dict.fromkeys(told["geography"])), several=True),
    ]
    return Question(controls, partial(_view, observations, workshops))


def _view(
    observations: pd.DataFrame, workshops: pd.DataFrame, chosen: Selection, topic: str, places: tuple[str, ...]
) -> View:
    period, names = chosen.of("itut_workshops"), chosen.edition.rules("participation")
    held, met = participation.workshops(workshops, period), participation.conferences(observations)
    said = words.answer(held, met, participation.prizes(observations, names), period)
    if topic == WORKSHOPS and not places:
        return View(said, _workshops(held, chosen), held[held["year"].isin(period.chosen)])
    rows = kept(participation.figures(observations, period), "geography", places)
    caption = words.figures(rows, period)
    drawn: Chart | Shown = Shown("")
    if topic != EVERY:
        rows = rows[rows["topic"] == topic]
        caption = words.topic(rows, topic)
    if topic != EVERY or places:  # the answer and the charts are of the whole world
        drawn = Shown("") if places else _chart(observations, chosen, topic)
        said = [f"{drawn.caption.title}."] if isinstance(drawn, Chart) else [f"{caption.title.removesuffix('.')}."]
    return View(said, drawn, rows, words.figure_table(rows), caption)


def _workshops(held: pd.DataFrame, chosen: Selection) -> Chart | Shown:
    parts = {"on_site": "With people on site", "virtual_only": "Virtual only"}
    caption = words.workshops(held, chosen.of("itut_workshops"))
    return charts.stacked_bars(held, "year", parts, caption, anchor=ANCHOR)


def _chart(observations: pd.DataFrame, chosen: Selection, topic: str) -> Chart | Shown:
    """The notebook's chart of a topic, where it has one."""
    names, period = chosen.edition.rules("participation"), chosen.period
    if topic == "conferences":
        met = participation.conferences(observations)
        parts = {"physical": "In person", "remote": "Remote", "unsplit": "Not split"}
        return charts.stacked_bars(met, "event", parts, words.conferences(met), anchor=ANCHOR)
    if topic == "forums":
        yearly = period.within(participation.forums(observations, period.shown, names))
        return charts.year_panels(
            yearly, "event", "value", words.forums(yearly, names, period), anchor=ANCHOR, columns=2,
            highlight=period.marked, shared=False, missing="not\ntold",
        )  # fmt: skip
    if topic == "prizes":
        won = period.within(participation.prizes(observations, names))
        return charts.year_panels(
            won, "event", "value", words.prizes(won, period), anchor=ANCHOR, highlight=period.marked
        )
    if topic == "fellowships":
        steps, cost = participation.fellowships(observations), participation.fellowship_cost(observations)
        return charts.stacked_bars(
            steps, "step", {"value": "Fellowships"}, words.fellowships(steps, cost), anchor=ANCHOR
        )
    if topic == "membership":
        kinds = participation.members(observations, names)
        caption = words.members(kinds, names, chosen.edition)
        return charts.stacked_bars(kinds, "kind", {"value": "Members"}, caption, anchor=ANCHOR)
    return Shown("")
