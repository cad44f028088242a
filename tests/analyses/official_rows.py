"""Small published tables made by hand, for the tests of what is worked out of them."""

from __future__ import annotations

import pandas as pd

from helpers.analyses import official
from helpers.tables import load
from tests.analyses.test_targets import stated

SERIES, SINGLE = load.published("series").head(0), load.published("single_figures").head(0)
PRICES, ECONOMIES = load.published("prices").head(0), load.published("economies").head(0)
SOURCES = load.published("sources").head(0)
USE = official.USE


def frame(empty, rows, **base):
    """Rows (dicts) over `base` with the columns and types of a table."""
    return pd.DataFrame([base | row for row in rows], columns=list(empty.columns)).astype(empty.dtypes)


def series(*rows):
    """Rows of `series` from (indicator, year, value) and other columns; cells A1, A2 …"""
    base = {
        "geography": "World", "geography_kind": "world", "sex": "_T", "age": "_T", "location": "_T", "unit": "percent",
        "panel": "", "source": "new",
    }  # fmt: skip
    made = [
        {"indicator": name, "year": year, "value": value, "place": f"S!A{line}", **dict(*rest)}
        for line, (name, year, value, *rest) in enumerate(rows, 1)
    ]
    return frame(SERIES, made, **base)


def prices(*rows):
    """Rows of `prices` of (economy, basket, year, value); 2020 stands in column A, 2021 in B …"""
    made = [
        {"economy": e, "basket": b, "year": y, "value": v, "place": f"P!{'ABCDEFGHIJ'[y % 10]}{line}"}
        for line, (e, b, y, v) in enumerate(rows, 1)
    ]
    return frame(PRICES, made, unit=official.INCOME, source="priced")


def economies(**income):
    """Economies by code with their income group; those ending in `_ldc` are least developed, too."""
    made = [
        {"iso3": code[:3], "income": group, "ldc": code.endswith("_ldc"), "place": f"E!A{line}"}
        for line, (code, group) in enumerate(income.items(), 1)
    ]
    return frame(ECONOMIES, made, source="priced", lldc=False, sids=False)


def sources(**dates):
    """Sources by short id (`_` for `-`) with the date of their edition."""
    made = [
        {"source": name.replace("_", "-"), "title": f"Title of {name}", "edition_date": date}
        for name, date in dates.items()
    ]
    return frame(SOURCES, made, publisher="ITU", link="https://example.org/", licence="free")


EDITIONS = sources(old="2019", report_time="2022-06", new="2024-11", priced="2024-03-25")


def figures(made=None, single=None, priced=None, known=None, since=2017, until=2023, limits=()):
    """The figures of small tables."""
    tables = [SERIES if made is None else made, SINGLE if single is None else single]
    tables += [PRICES if priced is None else priced, ECONOMIES if known is None else known]
    return official.figures(*tables, since=since, until=until, limits=limits)


def known(made, *observed, dates=EDITIONS):
    """`Series` of published rows, nothing worked out of them, and what the report states, a report of June 2022."""
    plain = made.assign(made=official.PUBLISHED)[official.COLUMNS].astype(official.TYPES)
    return official.Series(plain, dates, stated(*observed), "2022-06")
