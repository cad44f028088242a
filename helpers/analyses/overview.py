"""The page to open first: its tables, stated figures, and what is measured of the targets."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from helpers.analyses import targets
from helpers.period import Period
from helpers.selection import Selection
from helpers.tables import query

Tables = dict[str, pd.DataFrame]
TABLES = [
    "itut_recommendations", "space_notices", "terrestrial_notices", "printed_totals", "itut_workshops", "observations",
    "targets", "outcomes", "resolutions", "figures_lost",
]  # fmt: skip


def tables(chosen: Selection) -> Tables:
    """The tables of the edition that the page uses: name → DataFrame."""
    return {name: chosen.table(name) for name in TABLES}


class Stated(NamedTuple):
    """A stated figure: all its rows in the edition's years, the chosen one, the one stated before it."""

    rows: pd.DataFrame
    now: pd.Series | None
    before: pd.Series | None


def stated(observations: pd.DataFrame, entry: dict[str, Any], period: Period) -> Stated:
    """The figure of an `overview.yaml` entry for the chosen year, or the latest of the whole period."""
    asked = {"breakdown": entry.get("breakdown", ""), "years": period.years}
    rows = period.within(query.series(query.observed(observations, entry["indicator"], **asked)))
    chosen = rows[rows["year"].isin(period.chosen)].tail(1)
    if chosen.empty:
        return Stated(rows, None, None)
    earlier = rows[rows["year"] < chosen["year"].item()].tail(1)
    return Stated(rows, chosen.iloc[0], None if earlier.empty else earlier.iloc[0])


def progress(everything: Tables, chosen: Selection) -> pd.DataFrame:
    """Every target with what the report measures up to the last chosen year, or in picked ones (`targets.progress`)."""
    rules, last = chosen.edition.rules("measures"), chosen.period.chosen[-1]
    picked = chosen.period.picked
    return targets.progress(everything["targets"], everything["observations"], rules, last, picked=picked)
