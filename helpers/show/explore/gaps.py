"""Gaps by sex, age and place: what the report says, and what each official edition says."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.analyses import gap_series, gaps
from helpers.selection import Selection
from helpers.sentences import gap_series as since
from helpers.sentences import gaps as words
from helpers.sentences.sources import editions
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import ANCHOR, Control, Panel, Question, View, plain
from helpers.show.tables import Shown

WOMEN, YOUNG, PHONES = "women and men online", "the young and the rest online", "women and men with a phone"
GAPS = {
    WOMEN: gap_series.ONLINE,
    YOUNG: gap_series.AGES,
    PHONES: gap_series.PHONES,
    "town and country online": gap_series.AREAS,
}
RATIO, POINTS, REPORT = "ratio", "shares and points", "the report"


def explore(chosen: Selection) -> None:
    """The panel, with what the notebook's parameters chose."""
    Panel("4_gender_and_youth_gaps", _ask, chosen).redraw()


def _ask(chosen: Selection) -> Question:
    observations, series, sources = (chosen.table("observations"), *map(chosen.published, ("series", "sources")))
    places, titles = gap_series.geographies(observations, series), editions(sources)
    found = [
        source for source, rows in series.groupby("source")
        if any(len(gap_series.by_year(rows, sources, gap, places)) for gap in gap_series.GAPS)
    ]  # fmt: skip
    controls = [
        Control("gap", "Compare", plain(GAPS)),
        Control("measure", "As", plain([RATIO, POINTS])),
        Control("source", "Figures of", [(REPORT, REPORT), *((titles[str(source)], source) for source in found)]),
        Control("geography", "Geographies", plain(places), several=True, parameter=True),
    ]
    rows = gaps.gender(observations), gaps.youth(observations)
    return Question(controls, partial(_view, observations, *rows, series, sources, places))


def _view(
    observations: pd.DataFrame, gender: pd.DataFrame, youth: pd.DataFrame, series: pd.DataFrame,
    sources: pd.DataFrame, known: list[str], chosen: Selection, gap: str, measure: str, source: str,
) -> View:  # fmt: skip
    places = chosen.members("geography", known)
    if source != REPORT:
        course = gap_series.course(series[series["source"] == source], sources, GAPS[gap], places)
        return _published(course, measure)
    years = gaps.years_with_figures(observations, places)
    shown = gaps.shown(chosen, years)
    women, young = (gaps.within(rows, shown, places) for rows in (gender, youth))
    said = words.answer(women, young, chosen)
    if gap == WOMEN:
        caption = words.table_caption("Women and men online", women, shown)
        return View(said, _women(women, shown, years, measure), women, words.gender_table(women), caption)
    if gap == YOUNG:
        caption = words.table_caption("The young and the rest online", young, shown)
        return View(said, _young(young, shown, years, measure), young, words.youth_table(young), caption)
    if gap == PHONES:
        phones = gaps.phones(observations)
        caption = words.phones_caption(phones, chosen)
        return View(
            said, charts.stacked_bars(phones, "balance", {"countries": "Countries"}, caption, anchor=ANCHOR), phones
        )
    return View(said, Shown(f"<p>The report gives no figures of {gap}; an official edition does.</p>"), women[:0])


def _women(women: pd.DataFrame, shown: Selection, years: list[int], measure: str) -> Chart | Shown:
    """Shares of women and men, or their scores."""
    if measure == POINTS:
        shares = gaps.with_shares(women)
        return charts.dumbbells(
            shares, "label", "female", "male", ("Women", "Men"), words.shares_caption(shares, shown, years),
            anchor=ANCHOR, open_marks="derived",
        )  # fmt: skip
    scores = gaps.with_interval(women)
    return charts.intervals(
        scores, "label", words.parity_caption(scores, shown, years), anchor=ANCHOR, value="our_score", low="low",
        high="high", band=gaps.PARITY, band_label="parity", printed="printed_score",
    )  # fmt: skip


def _young(young: pd.DataFrame, shown: Selection, years: list[int], measure: str) -> Chart | Shown:
    """Shares by age, or their ratios."""
    if measure == POINTS:
        both = gaps.with_ages(young)
        caption = words.ages_caption(both, shown)
        return charts.dumbbells(
            both, "label", "young", "other", ("Aged 15–24", "Everybody else"), caption, anchor=ANCHOR
        )
    ratios = gaps.with_interval(young)
    return charts.intervals(
        ratios, "label", words.youth_caption(ratios, shown, years), anchor=ANCHOR, value="our_ratio", low="low",
        high="high", reference=1, printed="printed_ratio",
    )  # fmt: skip


def _published(course: gap_series.Course, measure: str) -> View:
    """A gap over the years in an official edition."""
    if measure == RATIO:
        shown, value, caption, equal, decimals = course.ratios, "ratio", since.ratio_caption(course), 1, 2
    else:
        shown, value, caption, equal, decimals = course.points, "points", since.points_caption(course), 0, 1
    chart = charts.year_lines(shown, "geography", value, caption, anchor=ANCHOR, equal=equal, decimals=decimals)
    return View(since.told(course), chart, course.rows, since.table(course), since.table_caption(course))
