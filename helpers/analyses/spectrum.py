"""Space and terrestrial notices: levels, changes, composition, totals."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from helpers.period import Period
from helpers.selection import Selection

SPACE, TERRESTRIAL = "space_notices", "terrestrial_notices"
SERIES = ["table", "category", "measure", "series"]
NOTICES = ["table", "category", "measure", "series", "year", "value", "note", "section", "line", "coverage"]


def notices(space: pd.DataFrame, terrestrial: pd.DataFrame, chosen: Selection) -> pd.DataFrame:
    """Both tables in one form, one row a series and year.

    Columns: table, category, measure, series (the edition's short name, see `spectrum.yaml`,
    with the measure where a category has two), year, value, note, section, line, coverage
    of the year by its table (whole, partial, unknown).
    """
    up = space.rename(columns={"requests": "value"}).assign(table=SPACE, measure="value")
    down = terrestrial.rename(columns={"notices": "value"}).assign(table=TERRESTRIAL)
    both = pd.concat([up, down], ignore_index=True)
    names = both["category"].replace(chosen.edition.rules("spectrum").get("short", {}))
    both["series"] = names.where(both["measure"] == "value", names + " (" + both["measure"] + ")")
    both["coverage"] = [
        chosen.of(table).coverage(year) for table, year in zip(both["table"], both["year"], strict=True)
    ]
    return both[NOTICES]


def totals(both: pd.DataFrame, printed: pd.DataFrame) -> pd.DataFrame:
    """Sum of the years beside the total that the report prints, one row a series.

    Columns: table, series, ours, printed, difference (ours − printed), state (`agrees`,
    `differs`, `incomplete` where a year has no count, `ours only` where the report prints no
    total), section, line (of the printed total; missing where there is none).
    """
    grouped = both.groupby(SERIES, sort=False)["value"]
    sums = grouped.agg(ours=lambda counts: counts.sum(min_count=1), complete=lambda counts: counts.notna().all())
    merged = sums.reset_index().merge(printed, on=["table", "category", "measure"], how="left")
    merged = merged.rename(columns={"printed_total": "printed"})
    merged["difference"] = merged["ours"] - merged["printed"]
    merged["state"] = [
        "ours only" if pd.isna(total) else "incomplete" if not complete else "differs" if difference else "agrees"
        for total, complete, difference in zip(merged["printed"], merged["complete"], merged["difference"], strict=True)
    ]
    return merged[["table", "series", "ours", "printed", "difference", "state", "section", "line"]]


def changes(both: pd.DataFrame, chosen: Selection) -> pd.DataFrame:
    """Chosen year against the year before; of several years: last against first.

    Columns: series, before, now (as printed), rate (annual rate of `now`: count ÷ share of the
    year that the table covers; missing where the coverage is unknown), ratio (rate ÷ before;
    where the coverage is unknown the printed count ÷ before, so the least that it can be),
    coverage, note. The ratio is missing where a count is, or where there were none before.
    Without rows where there is no year before.
    """
    later, earlier = chosen.period.compared
    rows = (both if earlier else both.head(0)).set_index(SERIES)
    frame = pd.DataFrame(index=rows.index.unique())
    first, last = (rows[rows["year"] == year].reindex(frame.index) for year in (earlier, later))
    frame["before"], frame["now"] = first["value"].astype(float), last["value"].astype(float)
    covered = frame.index.get_level_values("table").map(lambda table: chosen.of(table).fraction(later))
    frame["rate"] = (frame["now"] / covered.astype(float)).where(last["coverage"] != "unknown")
    frame["ratio"] = frame["rate"].fillna(frame["now"]) / frame["before"].where(frame["before"] > 0)
    frame["coverage"], frame["note"] = last["coverage"], last["note"]
    return frame.reset_index().drop(columns=["table", "category", "measure"])


class Standing(NamedTuple):
    """Where most series of a year of unknown coverage stand: `series` of `of` between `low` and `high` of `before`."""

    before: int
    series: int
    of: int
    low: float
    high: float


def standing(both: pd.DataFrame, period: Period) -> Standing | None:
    """The shortest range of ratios to the year shown before that holds half of the series ("shorth").

    Tells how a year of unknown coverage looks beside the one before. None where no year is
    unknown or fewer than three of its series have a ratio.
    """
    earlier, last = period.shown[-2:][0], period.years[-1]
    rows = both[(both["coverage"] == "unknown") & (both["year"] == last)].set_index(SERIES)["value"]
    before = both[both["year"] == earlier].set_index(SERIES)["value"].reindex(rows.index)
    ratios = sorted((rows.astype(float) / before.where(before > 0).astype(float)).dropna())
    if len(ratios) < 3:
        return None
    half = (len(ratios) + 1) // 2
    low, high = min(zip(ratios, ratios[half - 1 :], strict=False), key=lambda ends: ends[1] - ends[0])
    return Standing(earlier, half, len(ratios), low, high)


def composition(both: pd.DataFrame, table: str, period: Period) -> pd.DataFrame:
    """Share of each series in its table, largest first: chosen years together, picked ones apart.

    Columns: series, year and coverage (of picked ones), value, share (of the year). Halves of `a/b`
    cells count apart; a series without a count is left out.
    """
    rows = both[(both["table"] == table) & both["year"].isin(period.chosen)]
    by = ["series", *period.by, *(["coverage"] if period.by else [])]
    counts = rows.groupby(by, sort=False)["value"].sum(min_count=1)
    frame = counts.rename("value").dropna().reset_index()
    years = frame["year"] if period.by else pd.Series(0, frame.index)
    totals = frame["value"].groupby(years).transform("sum").astype(float)
    frame["share"] = frame["value"].astype(float) / totals.where(totals > 0)
    order = -frame.groupby("series")["value"].transform("sum")
    return frame.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


def counted_apart(both: pd.DataFrame) -> pd.DataFrame:
    """Requests of a year split by what its footnote counts apart.

    Columns: series, year, resolution, under (requests under the Resolution), rest, all. Without
    rows where no footnote gives a count.
    """
    found = both["note"].astype("string").str.extract(r"includes (?P<under>\d+) requests under (?P<resolution>\w+ \d+)")
    rows = both[["series", "year"]].assign(resolution=found["resolution"], under=pd.to_numeric(found["under"]))
    rows = rows.assign(rest=both["value"] - rows["under"], all=both["value"])
    return rows.dropna(subset=["under", "all"]).reset_index(drop=True)


def split_years(both: pd.DataFrame) -> pd.DataFrame:
    """Years of the series with a counted footnote: columns year, rest, under, coverage."""
    apart = counted_apart(both)
    rows = both[both["series"].isin(apart["series"])].merge(apart[["series", "year", "under"]], how="left")
    rows = rows.assign(rest=rows["value"] - rows["under"].fillna(0))
    return rows.groupby("year").agg(
        rest=("rest", "sum"), under=("under", "sum"), coverage=("coverage", "first")
    ).reset_index()  # fmt: skip


def swings(both: pd.DataFrame) -> pd.Series:
    """Largest ÷ smallest count of each series between whole years, largest swing first.

    A series with fewer than two whole years, or with none in one of them, is left out.
    """
    whole = both[both["coverage"] == "whole"].dropna(subset=["value"]).groupby("series", sort=False)["value"]
    swing = whole.max().astype(float) / whole.min().astype(float)
    return swing[(whole.count() > 1) & (whole.min() > 0)].sort_values(ascending=False, kind="stable")
