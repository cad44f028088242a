"""The catalogue's texts by topic, month, year and age, of chosen groups, kinds and words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from typing import NamedTuple

import pandas as pd

from helpers import selection
from helpers.analyses import approvals
from helpers.analyses.approvals import Record
from helpers.period import Period
from helpers.selection import Selection
from helpers.sentences import approvals as said
from helpers.sentences.throughput import TYPE_LABELS
from helpers.show import charts
from helpers.show.charts import Chart
from helpers.show.explore.panel import ANCHOR, Control, Panel, Question, View, kept, plain
from helpers.show.tables import Shown

SHOWN = TOPICS, MONTHS, YEARS, NEW = "topics by study group", "months", "years", "new or revised"


def explore(chosen: Selection, words: list[str]) -> None:
    """The panel, with what the notebook's parameters chose."""
    Panel("8_approvals", _ask, chosen, words=words).redraw()


def _ask(chosen: Selection) -> Question:
    tables = chosen.table("itut_recommendations"), chosen.published("approvals"), chosen.published("sources")
    found = approvals.read(*tables, chosen)
    groups = sorted(found.record["study_group_today"].dropna().unique(), key=lambda name: (len(name), name))
    controls = [
        Control("shown", "Show", plain(SHOWN)),
        Control("words", "Words in titles", parameter=True),
        Control("groups", "Study groups of today", [(f"{name} of today", name) for name in groups], several=True),
        Control("kinds", "Kinds of text", [(label, kind) for kind, label in TYPE_LABELS.items()], several=True),
    ]
    of_years = cache(lambda period: approvals.of_years(found, replace(chosen, period=period)))
    return Question(controls, partial(_view, cache(partial(_known, of_years)), cache(partial(_hits, found, chosen))))


class Known(NamedTuple):
    """What a selection of years, groups and kinds leaves, whatever is shown of it."""

    found: Record
    answer: list[str]
    entries: pd.DataFrame


def _narrow(rows: pd.DataFrame, groups: tuple[str, ...], kinds: tuple[str, ...]) -> pd.DataFrame:
    """Texts of the kinds, and of the groups that look after them today."""
    return kept(kept(rows, "document_type", kinds), "study_group_today", groups)


def _known(
    of_years: Callable[[Period], Record], period: Period, groups: tuple[str, ...], kinds: tuple[str, ...]
) -> Known:
    """The list and the catalogue of these years, groups and kinds."""
    found = of_years(period)
    entries, record, unlisted = (_narrow(rows, groups, kinds) for rows in (found.entries, found.record, found.unlisted))
    found = found._replace(entries=entries, record=record, unlisted=unlisted)
    answer = said.matched(found) if groups or kinds else said.answer(found)  # the rest is of all groups
    return Known(found, answer, said.entries_table(found))


def _hits(
    found: Record, chosen: Selection, words: tuple[str, ...], groups: tuple[str, ...], kinds: tuple[str, ...]
) -> pd.DataFrame:
    """The texts of all years with the words in their titles."""
    topics = said.lists(chosen, selection.phrases("words", list(words)))
    return approvals.topics(found._replace(entries=_narrow(found.entries, groups, kinds)), topics)


def _view(
    known: Callable[..., Known], hits: Callable[..., pd.DataFrame], chosen: Selection, shown: str, words: list[str],
    groups: tuple[str, ...], kinds: tuple[str, ...],
) -> View:  # fmt: skip
    found, answer, entries = known(chosen.period, groups, kinds)
    if shown != TOPICS:
        return View(answer, _chart(found, shown), entries, entries, said.entries(found), said.ENTRIES)
    topics, listed = said.lists(chosen, selection.phrases("words", words)), hits(tuple(words), groups, kinds)
    made = approvals.topic_groups(listed, found.listed)
    title = said.topic_groups(made, found)
    chart = charts.grid(said.dated(made, "topic"), "topic", "study_group", "texts", title, anchor=ANCHOR)
    here = listed[listed["year"].isin(found.listed.chosen)]
    return View(answer, chart, here, said.topics_table(listed, topics, found), said.topics(listed, topics, found))


def _chart(found: Record, shown: str) -> Chart | Shown:
    """The notebook's chart of the catalogue."""
    if shown == MONTHS:
        months = said.months(approvals.by_month(found))
        return charts.grid(months, "year", "month", "texts", said.by_month(found), anchor=ANCHOR)
    if shown == YEARS:
        years = approvals.by_year(found)
        return charts.stacked_bars(years, "year", said.KIND_LABELS, said.by_year(years, found), anchor=ANCHOR)
    ages = approvals.new_and_revised(found)
    return charts.stacked_bars(ages, "year", said.NEW_LABELS, said.new_and_revised(ages, found), anchor=ANCHOR)
