"""Gaps over the years, in the official series: women and men, the young and the rest, town and country.

Ratio: share of the first group ÷ share of the second, equal at 1. Points: how far the group
that is usually ahead leads, equal at 0. All figures of a gap are of one edition, the
newest that has both shares, because each edition revises the years before it. Each
carries the interval that the stated rounding of its shares leaves; a change is one only
where that rounding cannot make it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from helpers import rounding
from helpers.analyses import gaps, official
from helpers.rounding import Interval
from helpers.tables import query

# Share of a group → where `series` keeps it.
GROUPS = {
    "female": ("sex", "F"), "male": ("sex", "M"), "young": ("age", "Y15T24"), "other": ("age", "other"),
    "urban": ("location", "U"), "rural": ("location", "R"),
}  # fmt: skip
EVERYBODY = dict.fromkeys(("sex", "age", "location"), query.TOTAL)
KINDS = ["world", "region", "group", "income", "development"]  # in the order of the page


class Gap(NamedTuple):
    """Two groups whose shares are held against each other: ratio `first` ÷ `second`, points of the lead of `ahead`."""

    indicator: str
    first: str
    second: str
    ahead: str


ONLINE = Gap(official.USE, "female", "male", ahead="male")
PHONES = Gap(official.PHONES, "female", "male", ahead="male")
AGES = Gap(official.USE, "young", "other", ahead="young")
AREAS = Gap(official.USE, "urban", "rural", ahead="urban")
GAPS = (ONLINE, PHONES, AGES, AREAS)

EQUAL = {"ratio": 1.0, "points": 0.0}
NARROWED, WIDENED, CROSSED, UNSURE = "narrowed", "widened", "changed sides", "no change beyond rounding"
MOVES = (NARROWED, WIDENED, CROSSED, UNSURE)
FIGURES = ["ratio", "low", "high", "points", "points_low", "points_high"]
TREND = {"ratio_moved": "string", "points_moved": "string", "change": "float"}


class Course(NamedTuple):
    """A gap over the years: the rows of `by_year` and `trends`, the sources used, and the places without figures."""

    gap: Gap
    rows: pd.DataFrame
    moves: pd.DataFrame
    sources: pd.DataFrame
    missing: list[str]

    @property
    def ratios(self) -> pd.DataFrame:
        """The rows without what is told of points."""
        return self.rows.drop(columns=["points", "points_low", "points_high", "decimals"])

    @property
    def points(self) -> pd.DataFrame:
        """The rows without what is told of ratios."""
        return self.rows.drop(columns=["ratio", "low", "high", "decimals"])


def geographies(observations: pd.DataFrame, series: pd.DataFrame) -> list[str]:
    """Geographies of the report with any figure on gender or youth, then those of the series that it lacks."""
    ours = [place for gap in GAPS for place in _pairs(series, gap)["geography"]]
    return list(dict.fromkeys([*gaps.geographies(observations), *ours]))


def course(series: pd.DataFrame, sources: pd.DataFrame, gap: Gap, places: Iterable[str]) -> Course:
    """A gap over the years in the `places`."""
    asked = list(places)
    rows = by_year(series, sources, gap, asked)
    used = sources[sources["source"].isin(rows["source"])]
    return Course(gap, rows, trends(rows), used, [name for name in asked if name not in set(rows["geography"])])


def by_year(series: pd.DataFrame, sources: pd.DataFrame, gap: Gap, places: Iterable[str]) -> pd.DataFrame:
    """Shares, ratio and points of a gap: one row a geography and year, the world first, then by kind.

    Columns: geography, year, `gap.first`, `gap.second` (percent), ratio, low, high, points
    (percentage points), points_low, points_high, decimals (to which the shares are
    rounded; missing where the source does not say, and then their last digit counts),
    source, place (sheet and cell of both shares).
    """
    pairs = _pairs(series, gap).merge(sources[["source", "decimals"]], on="source")
    dated = official.newest_first(pairs, official.dates(sources))
    newest = dated[dated["source"].isin(dated["source"].head(1))]
    rows = newest[newest["geography"].isin(list(places))]
    rows = rows.assign(kind=rows["geography_kind"].map(KINDS.index), nth=rows.groupby("geography", sort=False).ngroup())
    rows = rows.sort_values(["kind", "nth", "year"]).reset_index(drop=True)
    figures = pd.DataFrame([_figures(row, gap) for row in rows.to_dict("records")], columns=FIGURES, dtype=float)
    kept = ["geography", "year", gap.first, gap.second, *FIGURES, "decimals", "source", "place"]
    return rows.join(figures)[kept]


def _pairs(series: pd.DataFrame, gap: Gap) -> pd.DataFrame:
    """Both shares of a gap, side by side; a share of nobody in the second group has no ratio."""
    first, second = ((gap.indicator, EVERYBODY | dict([GROUPS[group]])) for group in (gap.first, gap.second))
    both = official.pair(series[series["unit"] == "percent"], first, second)
    both["place"] = [_cells(*places) for places in both[["place", "place_to"]].itertuples(index=False)]
    shares = both.rename(columns={"value": gap.first, "value_to": gap.second})
    return shares[shares[gap.second] > 0].astype({gap.first: float, gap.second: float}).reset_index(drop=True)


def _cells(first: str, second: str) -> str:
    """Two cells, the sheet named once where they share it (`By gender!I8, P8`)."""
    sheet, _, cell = second.rpartition("!")
    shared = first.startswith(f"{sheet}!") and ";" not in first + second
    return f"{first}, {cell if shared else second}"


def _figures(row: dict[Any, Any], gap: Gap) -> dict[str, float]:
    """Ratio and points of a row, with the intervals that rounding leaves."""
    first, second = row[gap.first], row[gap.second]
    decimals = None if pd.isna(row["decimals"]) else int(row["decimals"])
    ends = rounding.ratio(first, second, decimals)
    above, below = (first, second) if gap.ahead == gap.first else (second, first)
    points = rounding.difference(above, below, decimals)
    # the noise of floats is no difference: 94.85 ÷ 94.85 is 1
    figures = [round(value, 9) for value in (gaps.ratio(first, second), *ends, above - below, *points)]
    return dict(zip(FIGURES, figures, strict=True))


def trends(rows: pd.DataFrame) -> pd.DataFrame:
    """The last year of the rows of `by_year` against the first: one row a geography that has both.

    Columns: geography, year_from, year_to; each column of figures of `by_year` twice, with `_from` and `_to`;
    ratio_moved and points_moved (`NARROWED`, `WIDENED`, `CROSSED` or `UNSURE`), change (of the
    points, percentage points). Without rows where there is one year only.
    """
    first, last = (rows[rows["year"] == end] for end in (rows["year"].min(), rows["year"].max()))
    ends = first.merge(last, on="geography", suffixes=("_from", "_to"))
    ends = ends[ends["year_from"] < ends["year_to"]].reset_index(drop=True)
    return ends.join(pd.DataFrame([_trend(row) for row in ends.to_dict("records")], columns=list(TREND)).astype(TREND))


def _trend(row: dict[Any, Any]) -> dict[str, Any]:
    def ends(low: str, high: str) -> tuple[Interval, Interval]:
        return Interval(row[f"{low}_from"], row[f"{high}_from"]), Interval(row[f"{low}_to"], row[f"{high}_to"])

    return {
        "ratio_moved": moved(*ends("low", "high"), EQUAL["ratio"]),
        "points_moved": moved(*ends("points_low", "points_high"), EQUAL["points"]),
        "change": round(row["points_to"] - row["points_from"], 9),
    }


def moved(before: Interval, after: Interval, equal: float) -> str:
    """How the distance from `equal` changed, as far as rounding lets it be seen."""
    if before.low > equal > after.high or before.high < equal < after.low:
        return CROSSED
    was, now = _distance(before, equal), _distance(after, equal)
    if now.high < was.low:
        return NARROWED
    return WIDENED if now.low > was.high else UNSURE


def _distance(ends: Interval, equal: float) -> Interval:
    """Least and greatest distance of an interval from `equal`."""
    near, far = sorted(round(abs(end - equal), 9) for end in ends)
    return Interval(0 if ends.low <= equal <= ends.high else near, far)


def two_stories(moves: pd.DataFrame) -> pd.DataFrame:
    """Rows of `trends` whose ratio moved one way and whose points moved the other."""
    opposite = {(NARROWED, WIDENED), (WIDENED, NARROWED)}
    pairs = zip(moves["ratio_moved"], moves["points_moved"], strict=True)
    return moves[pd.Series([pair in opposite for pair in pairs], index=moves.index, dtype=bool)]
