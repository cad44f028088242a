"""Headline figures of a page: one row each, the same columns in every analysis.

Columns: what, now (as text), before (as text; missing where there is none), change
(in words), section, line (where the figure's rows begin).
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from helpers.selection import Period
from helpers.sentences.wording import change, number

COLUMNS = ["what", "now", "before", "change", "section", "line"]


def frame(rows: Iterable[list[object]]) -> pd.DataFrame:
    """Rows of `row` and `counted` as a DataFrame with `COLUMNS`."""
    return pd.DataFrame(list(rows), columns=COLUMNS)


def row(what: str, now: str, about: str, rows: pd.DataFrame, before: str | None = None) -> list[object]:
    """A figure with a word about it and the place where its `rows` begin."""
    first = rows.iloc[0]
    return [what, now, before, about, first["section"], int(first["line"])]


def counted(what: str, rows: pd.DataFrame, value: str, period: Period) -> list[object]:
    """A count by year: the chosen years, the year before, and the change of the annual rates."""
    by_year = rows.groupby("year")[value].sum(min_count=1)
    now = by_year.reindex(list(period.chosen)).sum()
    cut = " (partial)" if any(period.partial(year) for year in period.chosen) else ""
    if period.year is None or period.before is None:
        about = "whole period" if period.year is None else "first year of the table"
        return row(what, number(now) + cut, about, rows)
    before = by_year[period.before]
    moved = change(now / period.fraction(period.year), before) + (" at an annual rate" if cut else "")
    return row(what, number(now) + cut, f"{moved} against {number(before)} in {period.before}", rows, number(before))
