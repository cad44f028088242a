"""Headline figures of a page: one row each, the same columns in every analysis.

Columns: what, now (as text), before (as text; missing where there is none), change
(in words), section, line (where the figure's rows begin; missing where it has none).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from helpers.period import Period
from helpers.sentences.wording import change, number

STATES = {"whole": "", "partial": " (partial)", "unknown": " (closing day unknown)"}


class Tile(NamedTuple):
    """One headline figure."""

    what: str
    now: str
    before: str | None
    change: str
    section: str | None
    line: int | None


COLUMNS = list(Tile._fields)


def frame(rows: Iterable[Tile]) -> pd.DataFrame:
    """Rows of `row` and `counted` as a DataFrame with `COLUMNS`."""
    return pd.DataFrame(list(rows), columns=COLUMNS).astype({"line": "Int64"})


def row(what: str, now: str, about: str, rows: pd.DataFrame, before: str | None = None) -> Tile:
    """A figure with a word about it and the place where its `rows` begin."""
    if rows.empty:
        return Tile(what, now, before, about, None, None)
    first = rows.iloc[0]
    return Tile(what, now, before, about, first["section"], int(first["line"]))


def counted(what: str, rows: pd.DataFrame, value: str, period: Period) -> Tile:
    """A count by year: the chosen year, the year before, and the change of the annual rates.

    Of several years the last is held against the first; the whole period is added up. No change
    is given of a year of which it is not known how much is counted.
    """
    by_year, (year, earlier) = rows.groupby("year")[value].sum(min_count=1), period.compared
    now = by_year.reindex(list(period.chosen) if period.whole else [year]).sum(min_count=1)
    state = period.coverage(year)
    said = number(now) + STATES[state] * pd.notna(now)
    if period.whole:
        return row(what, said, "whole period", rows)
    if year == period.years[0]:
        return row(what, said, "first year of the table", rows)
    earlier = earlier or year - 1
    before = by_year.get(earlier, pd.NA)
    if pd.isna(before):
        return row(what, said, f"no figure for {earlier}", rows)
    against = f"against {number(before)} in {earlier}"
    if state == "unknown" or pd.isna(now):
        return row(what, said, against, rows, number(before))
    rate = " at an annual rate" if state == "partial" else ""
    return row(what, said, f"{change(now / period.fraction(year), before)}{rate} {against}", rows, number(before))
