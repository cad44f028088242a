"""Targets by goal, baseline and year: distance, pace, state, and how each ended."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import pandas as pd

from helpers import selection
from helpers.analyses import courses, official, outturn, targets
from helpers.period import Period
from helpers.selection import Selection
from helpers.sentences import outturn as ended_words
from helpers.sentences import targets as words
from helpers.show import charts, tiles
from helpers.show.explore.panel import ANCHOR, Control, Panel, Question, View, kept, plain

SHOWN = ENDED, COURSE, DISTANCE, PACE, STATE = (
    "how each ended", "course to the aim", "distance from the aim", "pace", "state in the report",
)  # fmt: skip


def explore(chosen: Selection, baseline_year: int) -> None:
    """The panel, with what the notebook's parameters chose."""
    Panel("3_target_progress", _ask, chosen, baseline_year=baseline_year).redraw()


def _ask(chosen: Selection) -> Question:
    wanted, observations = chosen.table("targets"), chosen.table("observations")
    dated = sorted({*observations["year"].dropna().astype(int), *chosen.period.years})
    years = [year for year in dated if year <= chosen.period.years[-1]]
    controls = [
        Control("shown", "Show", plain(SHOWN)),
        Control("goals", "Goals", plain(dict.fromkeys(wanted["goal"])), several=True),
        Control("baseline_year", "First figure from", [("any year", 0), *plain(years)], parameter=True),
    ]
    series, rules = official.read(chosen), chosen.edition.rules("measures")
    found = outturn.readings(wanted, series, observations, rules)

    @cache
    def progress(period: Period, baseline: int | None) -> pd.DataFrame:
        return targets.progress(wanted, observations, rules, period.chosen[-1], baseline, period.picked)

    return Question(controls, partial(_view, progress, series, found))


def _view(
    progress_of: Callable[..., pd.DataFrame], series: official.Series, found: pd.DataFrame, chosen: Selection,
    shown: str, goals: tuple[str, ...], baseline_year: int,
) -> View:  # fmt: skip
    period = chosen.period
    baseline = selection.baseline("baseline_year", baseline_year, period)
    progress = progress_of(period, baseline)
    if shown in (ENDED, COURSE):
        return _ended(progress, found, series, chosen, shown, goals)
    progress = kept(progress, "goal", goals)
    said, rated = words.answer(progress, period, baseline), targets.rated(progress)
    if shown == PACE:
        chart = charts.intervals(
            words.named(rated), "name", words.pace_caption(progress, baseline), anchor=ANCHOR, value="ratio",
            low="ratio_low", high="ratio_high", reference=0, band=(0.95, 1.05), band_label="on pace",
        )  # fmt: skip
        return View(said, chart, progress, words.paces(rated), words.paces_caption(rated, baseline))
    if shown == STATE:
        states, caption = targets.summary(progress), words.states_caption(progress)
        chart = charts.stacked_bars(states, "state", {"targets": "Targets"}, caption, anchor=ANCHOR)
    else:
        close = words.distances(targets.measured(progress), period)
        caption = words.distances_caption(progress, period, baseline)
        chart = charts.bullets(close, "name", "reached", "said", caption, anchor=ANCHOR, at_most="at_most")
    table = words.every(progress, period, baseline), words.every_caption(progress, period, baseline)
    return View(said, chart, progress, *table)


def _ended(
    progress: pd.DataFrame, found: pd.DataFrame, series: official.Series, chosen: Selection, shown: str,
    goals: tuple[str, ...],
) -> View:  # fmt: skip
    """The verdicts on the targets of the goals by the official figures, or these by year."""
    sources, ended = chosen.published("sources"), outturn.verdicts(progress, found, series.horizon)
    here = progress.index.isin(kept(progress, "goal", goals).index)
    rows = found[found["target_id"].isin(progress.loc[here, "target_id"])]
    said = ended_words.answer(ended[here], progress[here], series.horizon)
    if shown == COURSE:
        course = courses.of_targets(rows, series, chosen.period)
        caption = ended_words.courses_caption(course, chosen.period, sources)
        lines = ended_words.lines(course, progress[here], sources)
        return View(said, charts.courses(lines, "chart", "line", caption, anchor=ANCHOR), rows)
    every = ended_words.every(ended, progress, found, chosen.edition.rules("measures"), sources)[here]
    strip = tiles.strip(ended_words.strip(ended[here], progress[here]))
    return View(said, strip, rows, every, ended_words.every_caption(ended[here]))
