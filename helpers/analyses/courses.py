"""Figures over the years: editions side by side, the report's own, and what an aim would have needed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from helpers.analyses import official
from helpers.tables.query import WORLD

COLUMNS = ["target_id", "measure", "indicator", "geography", "kind", "source", "panel", "made", "year", "value", "unit",
           "economies", "place"]  # fmt: skip
TYPES = dict.fromkeys(COLUMNS, "string") | {"year": "Int64", "value": "Float64", "economies": "Int64"}
OFFICIAL, OWN, AIM, NEEDED = "official", "report", "aim", "needed"
TOPICS = ["coverage", "bandwidth", "affordability"]
# The report counts economies that miss a price; these are the prices themselves.
PRICES = [(basket, place) for basket in official.BASKETS for place in (WORLD, official.LDCS)]


def of_targets(found: pd.DataFrame, series: official.Series, since: int, until: int) -> pd.DataFrame:
    """The course of each figure that tells how a target ended (`outturn.readings`), from `since` or its baseline on.

    Columns `COLUMNS`; kind: `official` (an edition's figures), `report` (its own, to the year `until`), `aim` (in
    the deadline's year) or `needed` (both ends of the line that would have reached it).
    """
    rows: list[dict[Any, Any]] = []
    pace = (found["source"] == official.REPORT) & found["carried"].notna()
    judged = found[found["aim"].notna() & (found["counts"] | pace)]
    for key, of in judged.groupby(["target_id", "indicator", "geography"], sort=False):
        name, indicator, geography = map(str, key)
        words = {"target_id": name, "measure": of["measure"].iloc[0]}
        first = int(of["base_year"].fillna(since).min())
        shown = _shown(series.of(indicator, geography), first, until, ["", *of["panel"]], str(of["unit"].iloc[0]))
        rows.extend(shown.assign(**words)[COLUMNS].to_dict("records"))
        newest = shown[shown["source"] == of["source"].iloc[0]]
        for reading in of.drop_duplicates("aim").to_dict("records"):
            start = (reading["base_year"], reading["base_value"])
            if pd.isna(start[0]) and len(newest):
                start = (newest["year"].iloc[0], newest["value"].iloc[0])
            end = words | {
                "indicator": indicator,
                "geography": geography,
                "year": reading["deadline"],
                "value": reading["aim"],
            }
            rows.append(end | {"kind": AIM})
            if pd.notna(start[0]) and start[0] < reading["deadline"]:
                begin = end | {"year": start[0], "value": start[1]}
                rows += [step | {"kind": NEEDED, "place": f"{reading['aim']:g}"} for step in (begin, end)]
    return pd.DataFrame(rows, columns=COLUMNS).astype(TYPES)


def of_report(observations: pd.DataFrame, series: official.Series, since: int, until: int) -> pd.DataFrame:
    """The course of each figure of coverage, bandwidth and prices that the report gives and others publish.

    Columns and kinds as `of_targets`.
    """
    told = observations[
        observations["topic"].isin(TOPICS) & ~observations["indicator"].str.startswith("economies_with_")
    ]
    told = told.drop_duplicates(["indicator", "geography"])
    wanted: Iterable[tuple[str, str, str]] = told[["indicator", "geography", "unit"]].itertuples(index=False, name=None)
    rows: list[dict[Any, Any]] = []
    for indicator, geography, unit in [*wanted, *((*pair, official.INCOME) for pair in PRICES)]:
        every = series.of(indicator, geography)
        panels = every.loc[every["made"] == official.PANEL, "panel"].unique()
        longest = every.loc[(every["made"] == official.PUBLISHED) & (every["panel"] != ""), "panel"].min()
        shown = _shown(every, since, until, ["", str(longest), *panels], unit)
        told_in = every.loc[every["source"] == official.REPORT, "year"].min()
        years = shown.loc[shown["kind"] == OFFICIAL, "year"]
        if years.nunique() > 1 and (pd.isna(told_in) or years.max() >= told_in):  # else nothing came after
            rows += shown.assign(target_id="", measure="")[COLUMNS].to_dict("records")
    return pd.DataFrame(rows, columns=COLUMNS).astype(TYPES)


def _shown(every: pd.DataFrame, since: int, until: int, panels: list[str], unit: str) -> pd.DataFrame:
    """Official rows of some panels from `since` on, and the report's own up to `until`."""
    own = every["source"] == official.REPORT
    fits = (own & (every["year"] <= until)) | (~own & every["panel"].isin(panels))
    rows = every[fits & (every["year"] >= since) & (every["unit"] == unit)]
    return rows.assign(kind=[OWN if source == official.REPORT else OFFICIAL for source in rows["source"]])


def later(courses: pd.DataFrame, since: int) -> pd.DataFrame:
    """What was published about the year `since` and after: official rows of `COLUMNS`."""
    return courses[(courses["kind"] == OFFICIAL) & (courses["year"] >= since)].reset_index(drop=True)
