"""Figures over the years: editions side by side, the report's own, and what an aim would have needed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from helpers.analyses import official, outturn
from helpers.analyses.official import Point
from helpers.analyses.outturn import Reading
from helpers.period import Period
from helpers.tables.query import WORLD

COLUMNS = ["target_id", "measure", "indicator", "geography", "kind", "source", "panel", "made", "year", "value", "unit",
           "economies", "place"]  # fmt: skip
TYPES = dict.fromkeys(COLUMNS, "string") | {"year": "Int64", "value": "Float64", "economies": "Int64"}
OFFICIAL, OWN, AIM, NEEDED = "official", "report", "aim", "needed"
TOPICS = ["coverage", "bandwidth", "affordability"]
# The report counts economies that miss a price; these are the prices themselves.
PRICES = [(basket, place) for basket in official.BASKETS for place in (WORLD, official.LDCS)]


def of_targets(found: pd.DataFrame, series: official.Series, period: Period) -> pd.DataFrame:
    """The course of each figure that tells how a target ended (`outturn.readings`), from the period or baseline on.

    Columns `COLUMNS`; kind: `official` (an edition's figures), `report` (its own, to the last chosen year), `aim` (in
    the deadline's year) or `needed` (both ends of the line that would have reached it).
    """
    groups: dict[tuple[str, str, str], list[Reading]] = {}
    for reading in (row for readings in outturn.rows(found).values() for row in readings):
        pace = reading.source == official.REPORT and pd.notna(reading.carried)
        if pd.notna(reading.aim) and (reading.counts or pace):
            groups.setdefault((reading.target_id, reading.indicator, reading.geography), []).append(reading)
    rows: list[dict[str, Any]] = []
    for (name, indicator, geography), of in groups.items():
        words = {"target_id": name, "measure": of[0].measure, "indicator": indicator, "geography": geography}
        first = min(period.years[0] if pd.isna(row.base_year) else row.base_year for row in of)
        panels = {"", *(row.panel for row in of)}
        shown = _shown(series.of(indicator, geography), first, period.chosen[-1], panels, of[0].unit)
        rows += [point | words for point in shown]
        start = next(((point["year"], point["value"]) for point in shown if point["source"] == of[0].source), None)
        for row in reversed({row.aim: row for row in reversed(of)}.values()):
            end = words | {"year": row.deadline, "value": row.aim, "kind": AIM}
            begin = start if pd.isna(row.base_year) else (row.base_year, row.base_value)
            rows.append(end)
            if begin and begin[0] < row.deadline:
                needed = {"kind": NEEDED, "place": f"{row.aim:g}"}
                rows += [words | needed | {"year": begin[0], "value": begin[1]}, end | needed]
    return pd.DataFrame(rows, columns=COLUMNS).astype(TYPES)


def of_report(observations: pd.DataFrame, series: official.Series, period: Period) -> pd.DataFrame:
    """The course of each figure of coverage, bandwidth and prices that the report gives and others publish.

    Columns and kinds as `of_targets`.
    """
    told = observations[
        observations["topic"].isin(TOPICS) & ~observations["indicator"].str.startswith("economies_with_")
    ]
    told = told.drop_duplicates(["indicator", "geography"])
    wanted: Iterable[tuple[str, str, str]] = told[["indicator", "geography", "unit"]].itertuples(index=False, name=None)
    rows: list[dict[str, Any]] = []
    for indicator, geography, unit in [*wanted, *((*pair, official.INCOME) for pair in PRICES)]:
        every = series.of(indicator, geography)
        longest = min((p.panel for p in every if p.panel and p.made == official.PUBLISHED), default="")
        panels = {"", longest, *(point.panel for point in every if point.made == official.PANEL)}
        shown = _shown(every, period.years[0], period.chosen[-1], panels, unit)
        stated = min((point.year for point in every if point.source == official.REPORT), default=0)
        years = {point["year"] for point in shown if point["kind"] == OFFICIAL}
        if len(years) > 1 and max(years) >= stated:  # else nothing came after
            rows += [point | {"target_id": "", "measure": ""} for point in shown]
    return pd.DataFrame(rows, columns=COLUMNS).astype(TYPES)


def _shown(every: list[Point], since: int, until: int, panels: set[str], unit: str) -> list[dict[str, Any]]:
    """Official figures of some panels from `since` on, and the report's own up to `until`."""
    return [
        point._asdict() | {"kind": OWN if own else OFFICIAL}
        for point in every
        if point.year >= since and point.unit == unit
        and (point.year <= until if (own := point.source == official.REPORT) else point.panel in panels)
    ]  # fmt: skip


def later(courses: pd.DataFrame, since: int) -> pd.DataFrame:
    """What was published about the year `since` and after: official rows of `COLUMNS`."""
    return courses[(courses["kind"] == OFFICIAL) & (courses["year"] >= since)].reset_index(drop=True)
