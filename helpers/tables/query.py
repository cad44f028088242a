"""The one way to ask the observations: by indicator, place, sex, age, breakdown, year.

Every analysis, check and chart that needs a stated figure asks here, so that
'internet use of the world' means the same rows everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

TOTAL = "_T"  # all sexes, all ages, as in SDMX
WORLD = "World"
DERIVED = "derived"  # qualifier of a value that the text does not print


def observed(
    observations: pd.DataFrame,
    indicators: str | Iterable[str],
    *,
    geography: str | None = WORLD,
    sex: str | None = TOTAL,
    age: str | None = TOTAL,
    breakdown: str | None = "",
    years: Iterable[int] | None = None,
    derived: bool = False,
) -> pd.DataFrame:
    """Rows of `observations` that fit, in the report's order, with the same columns.

    None stands for any value; an empty `breakdown` for rows without one; `years` leaves out the
    rows without a year. Rows with the qualifier `derived`, whose value the text does not print,
    come only where `derived` asks for them: they are no part of sums and charts.
    """
    wanted = [indicators] if isinstance(indicators, str) else list(indicators)
    fits = observations["indicator"].isin(wanted)
    if not derived:
        fits &= ~observations["qualifier"].isin([DERIVED])
    for column, value in (("geography", geography), ("sex", sex), ("age", age)):
        if value is not None:
            fits &= observations[column].isin([value])
    if breakdown is not None:
        fits &= observations["breakdown"].fillna("").isin([breakdown])
    if years is not None:
        fits &= observations["year"].isin(list(years))
    return observations[fits].reset_index(drop=True)


def series(rows: pd.DataFrame, since: int | None = None, until: int | None = None) -> pd.DataFrame:
    """Dated rows in order of years, the first that the report states of each year."""
    dated = rows.dropna(subset=["year"])
    if since is not None:
        dated = dated[dated["year"] >= since]
    if until is not None:
        dated = dated[dated["year"] <= until]
    return dated.drop_duplicates("year").sort_values("year", kind="stable").reset_index(drop=True)


def latest(rows: pd.DataFrame) -> pd.Series | None:
    """The row of the last year, of undated rows the last stated; None where there is none."""
    if rows.empty:
        return None
    dated = series(rows)
    return dated.iloc[-1] if len(dated) else rows.iloc[-1]
