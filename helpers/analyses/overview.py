"""The page to open first: what was delivered, stated figures, counts by year, what is not told."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from helpers.analyses import targets
from helpers.selection import Period, Selection
from helpers.tables import query

Tables = dict[str, pd.DataFrame]
TABLES = [
    "itut_recommendations", "space_notices", "terrestrial_notices", "printed_totals", "itut_workshops", "observations",
    "targets", "outcomes", "resolutions", "figures_lost",
]  # fmt: skip
COUNTS = ["series", "year", "value", "coverage", "section", "line"]


def tables(chosen: Selection) -> Tables:
    """The tables of the edition that the page uses: name → DataFrame."""
    return {name: chosen.table(name) for name in TABLES}


def by_year(table: pd.DataFrame, value: str = "") -> pd.Series:
    """Sum of the column `value` by year, missing where no row has one; without `value` the number of rows."""
    years = table.groupby("year")
    return years[value].sum(min_count=1) if value else years.size()


def delivered(table: pd.DataFrame, period: Period, value: str = "") -> float:
    """The chosen years of `by_year` together; NaN where there is none."""
    total = by_year(table, value).reindex(list(period.chosen)).sum(min_count=1)
    return float("nan") if pd.isna(total) else float(total)


def counts(everything: Tables, chosen: Selection) -> pd.DataFrame:
    """The counts that the edition names (`overview.yaml`), as printed, one row a series and year.

    Columns: series, year, value, coverage of the year by the count's own table, section and line
    where the year's rows begin.
    """
    found = []
    for entry in chosen.edition.rules("overview").get("counts", []):
        rows, period = everything[entry["table"]], chosen.of(entry["table"])
        for column, wanted in entry.get("where", {}).items():
            rows = rows[rows[column] == wanted]
        made = rows.groupby("year")[["section", "line"]].first()
        made = made.assign(series=entry["series"], value=by_year(rows, entry.get("value", "")))
        found.append(made.assign(coverage=[period.coverage(year) for year in made.index]).reset_index()[COUNTS])
    full = [frame for frame in found if len(frame)]
    return pd.concat(full, ignore_index=True) if full else pd.DataFrame(columns=COUNTS)


class Stated(NamedTuple):
    """A stated figure: all its rows in the edition's years, the chosen one, the one stated before it."""

    rows: pd.DataFrame
    now: pd.Series | None
    before: pd.Series | None


def stated(observations: pd.DataFrame, entry: dict[str, Any], period: Period) -> Stated:
    """The figure of an `overview.yaml` entry for the chosen year, or the latest of the whole period."""
    asked = {"breakdown": entry.get("breakdown", ""), "years": period.years}
    rows = query.series(query.observed(observations, entry["indicator"], **asked))
    chosen = rows[rows["year"].isin(period.chosen)].tail(1)
    if chosen.empty:
        return Stated(rows, None, None)
    earlier = rows[rows["year"] < chosen["year"].item()].tail(1)
    return Stated(rows, chosen.iloc[0], None if earlier.empty else earlier.iloc[0])


def progress(everything: Tables, chosen: Selection) -> pd.DataFrame:
    """Every target with what the report measures up to the last chosen year (see `targets.progress`)."""
    rules, last = chosen.edition.rules("measures"), chosen.period.chosen[-1]
    return targets.progress(everything["targets"], everything["observations"], rules, last)
