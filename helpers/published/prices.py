"""ITU's price-basket workbook: prices by economy, ITU's medians, and how the baskets changed."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from helpers.published.indicators import EVERYBODY
from helpers.published.reading import Declared, Reading, clean, key, shown
from helpers.published.workbook import Row, Sheets, missing, number, place, year

# Heading (its beginning): what the column holds. What repeats another column is 'again'.
HEADINGS = {
    "isocode": "iso3",
    "economy": "name",
    "basket": "basket",
    "unit": "unit",
    "currency": "unit",
    "ituregion": "region",
    "income": "income",
    "ldc": "ldc",
    "lldc": "lldc",
    "sids": "sids",
    "grouping": "again",
    "regioncode": "again",
    "code": "again",
    "group": "group",
    "n (world)": "of_world",
    "n (group)": "of_group",
}


def recognised(sheets: Sheets) -> bool:
    """Whether a sheet has economies or groups by baskets and years."""
    return any(_head(row) for rows in sheets.values() for row in rows)


def release(sheets: Sheets) -> str:
    """The day in the cell beside `Release date:`; empty where there is none."""
    for rows in sheets.values():
        for _, cells in rows:
            days = [value for value in cells.values() if isinstance(value, datetime)]
            if days and any(key(value) == "release date:" for value in cells.values()):
                return f"{days[0]:%Y-%m-%d}"
    return ""


def history(sheets: Sheets) -> str:
    """Which basket was collected in which years, from the table that maps historical baskets."""
    for rows in sheets.values():
        for position, (_, cells) in enumerate(rows):
            of = {key(value): column for column, value in cells.items()}
            columns = [of.get("historical baskets", 0), of.get("(data collection years)", 0)]
            if all(columns):
                lines = [c for _, c in rows[position + 1 :] if set(columns) <= c.keys()]
                said = [" ".join(clean(line[column]) for column in columns) for line in lines]
                return f"Baskets by years of collection: {'; '.join(said)}."
    return ""


def read(sheets: Sheets, declared: Declared, source: str, reading: Reading) -> None:
    """Rows of `prices` (by economy), `series` (medians) and `economies` (ITU's own groups)."""
    economies: dict[str, dict[str, Any]] = {}
    for name, rows in sheets.items():
        head: dict[int, Any] = {}
        for line, cells in rows:
            if not head:
                head = _head((line, cells))
                trial = next((cells[column] for column, what in head.items() if what == "basket"), "")
                continue
            said = {head[column]: value for column, value in cells.items() if head.get(column)}
            words = (trial, said.get("basket"), said.get("unit"))
            if word := next((word for word in words if declared.named("left_out", word)), ""):
                reading.left[f"{name}, rows of {shown(word)}: {declared.named('left_out', word)}"] += 1
                continue
            row = _about(said, [what for what in head.values() if isinstance(what, int)], declared)
            if isinstance(row, str):
                reading.lose(name, place(name, line, min(cells)), row)
                continue
            if "economy" in row:
                known = {"iso3": row["economy"], "source": source, "place": place(name, line, min(cells))}
                economies.setdefault(row["economy"], known | _groups(said, declared))
            for column, value in cells.items():
                where, when = place(name, line, column), head.get(column)
                if when is None or (isinstance(when, int) and number(value) is None and not missing(value)):
                    reading.lose(name, where, f"{shown(value)} is no number under a year")
                elif isinstance(when, int) and not missing(value):
                    figure = row | {"year": when, "value": value, "source": source, "place": where}
                    reading.tables["prices" if "economy" in row else "series"].append(figure)
        if not head and not release({name: rows}) and not history({name: rows}):
            reading.lose(name, name, "no table by economies or groups")
    reading.tables["economies"] += [economies[iso3] for iso3 in sorted(economies)]


def _head(row: Row) -> dict[int, Any]:
    """What the columns of a table are: a year, or a name; nothing where the row heads no table of prices."""
    head: dict[int, Any] = {}
    for column, value in row[1].items():
        text = key(value)
        head[column] = year(value) or next((what for start, what in HEADINGS.items() if text.startswith(start)), None)
    names = set(head.values())
    return head if {"basket", "unit"} <= names and names & {"iso3", "group"} else {}


def _about(said: dict[Any, Any], years: list[int], declared: Declared) -> dict[str, Any] | str:
    """What all figures of a row share, or what is wrong with it."""
    basket, unit = declared.named("baskets", said.get("basket")), declared.named("price_units", said.get("unit"))
    if basket is None or unit is None:
        return f"the basket {shown(said.get('basket'))} in {shown(said.get('unit'))} is not declared"
    if "group" not in said:
        if not re.fullmatch("[A-Z]{3}", str(said.get("iso3"))):
            return f"{shown(said.get('iso3'))} is no code of an economy"
        return {"economy": said["iso3"], "basket": basket, "unit": unit}
    geography = declared.geography(said["group"])
    if geography is None:
        return f"the group {shown(said['group'])} is not declared"
    counted = said.get("of_group", said.get("of_world") if geography["geography_kind"] == "world" else None)
    panel = "-".join(map(str, sorted({min(years), max(years)})))
    return {"indicator": basket, "unit": unit, "economies": counted, "panel": panel} | geography | EVERYBODY


def _groups(said: dict[Any, Any], declared: Declared) -> dict[str, Any]:
    """Name and groups of an economy."""
    row: dict[str, Any] = {mark: key(said.get(mark)) == mark for mark in ("ldc", "lldc", "sids")}
    for part in ("name", "region", "income"):
        row[part] = "" if missing(said.get(part)) else clean(said.get(part, ""))
    return row | {"region": (declared.geography(row["region"]) or {}).get("geography", row["region"])}
