"""ITU's key-indicator workbooks: blocks of places by years, or one long table."""

from __future__ import annotations

import re
from calendar import month_name
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from helpers.published.reading import Declared, Reading, clean, key, shown
from helpers.published.workbook import Row, Sheets, missing, number, place, year

EVERYBODY = {"sex": "_T", "age": "_T", "location": "_T"}
KEY = ("indicator", "geography", "sex", "age", "location", "year", "unit")
ROUNDED = 0.1  # the workbooks round to one decimal, and not always the same way on every sheet


class Cell(NamedTuple):
    """A cell under a year: where it is, whose row, under which heading and band."""

    place: str
    geography: Any
    title: Any
    band: str
    year: int
    value: Any


def recognised(sheets: Sheets, declared: Declared) -> bool:
    """Whether a workbook has the heading of a declared block, whatever its sheets are called."""
    texts = (v for rows in sheets.values() for _, cells in rows for v in cells.values() if isinstance(v, str))
    return any(declared.named("blocks", declared.heading(text)[0]) for text in texts)


def edition(sheets: Sheets) -> str:
    """The month that the workbook says it is of (`Version November 2024` → `2024-11`); empty where it does not."""
    said = re.search(rf"Version ((?:{'|'.join(month_name[1:])}) \d{{4}})", _text(sheets))
    return f"{datetime.strptime(said[1], '%B %Y'):%Y-%m}" if said else ""


def decimals(sheets: Sheets) -> int | None:
    """Decimals to which the workbook says that its values are rounded, the fewest of its sheets; None for none."""
    return min(map(int, re.findall(r"rounded to (\d) decimal", _text(sheets))), default=None)


def _text(sheets: Sheets) -> str:
    return " ".join(str(v) for rows in sheets.values() for _, cells in rows for v in cells.values())


def read(sheets: Sheets, declared: Declared, source: str, reading: Reading) -> None:
    """Rows of `series` from every declared block.

    A figure that stands in several cells is one row that names them all. What is no
    number, year, declared block or known place is listed.
    """
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for name, rows in sheets.items():
        for cell in _long(name, rows, reading) if _is_long(rows) else _blocks(name, rows, declared, reading):
            row = _figure(cell, declared)
            if isinstance(row, str):
                reading.lose(name, cell.place, row)
                continue
            row |= {"year": cell.year, "value": cell.value, "source": source, "place": cell.place}
            first = found.setdefault(tuple(row[column] for column in KEY), row)
            if first is row:
                continue
            if first["value"] == row["value"]:
                first["place"] += f"; {cell.place}"
                continue
            why = f"{row['value']}, but {first['place']} has {first['value']} for the same"
            if abs(first["value"] - row["value"]) < 1.5 * ROUNDED:
                reading.left[f"{cell.place}: {why}, rounded another way"] += 1
            else:
                reading.lose(name, cell.place, why)
    reading.tables["series"] += found.values()


def _figure(cell: Cell, declared: Declared) -> dict[str, Any] | str:
    """The row of `series` that a cell makes, or what is wrong with it."""
    heading, unit = declared.heading(cell.title)
    people = declared.named("people", cell.band) if cell.band else {}
    if people is None:
        people, unit = {}, declared.named("units", cell.band)
        if unit is None:
            return f"{shown(cell.band)} above the column is not declared"
    said, geography = (declared.named("blocks", heading) or {}).get(unit), declared.geography(cell.geography)
    if said is None:
        return f"no indicator is declared for {shown(clean(cell.title))} with the unit {unit!r}"
    if geography is None:
        return f"the place {shown(cell.geography)} is not declared"
    if number(cell.value) is None:
        return f"{shown(cell.value)} is no number"
    return dict(zip(("indicator", "unit"), said.split(", "), strict=True)) | geography | EVERYBODY | people


def _blocks(name: str, rows: list[Row], declared: Declared, reading: Reading) -> Iterator[Cell]:
    """Cells of a sheet of blocks: a title alone, bands over the columns, a row of years, then places.

    Title, bands and years may come in any order, and each holds until the next. A new
    row of bands replaces those from its first column on.
    """
    title: Any = ""
    bands: dict[int, str] = {}
    years: dict[int, int] = {}
    for line, cells in rows:
        label = cells.get(1)
        rest = {column: value for column, value in cells.items() if column > 1}
        dated = {column: found for column, value in rest.items() if (found := year(value)) is not None}
        is_place = label is not None and declared.geography(label) is not None
        if not is_place and label is not None and (len(dated) > len(rest) / 2 or _are_texts(rest)):
            title = label
        if not is_place and len(dated) > len(rest) / 2:
            twice = Counter((_start(bands, column), found) for column, found in dated.items())
            years = {column: found for column, found in dated.items() if twice[_start(bands, column), found] == 1}
            _strangers(name, line, rest, years, reading, "is no year, or stands twice")
        elif not is_place and _are_texts(rest):
            bands = {column: band for column, band in bands.items() if column < min(rest, default=column + 1)}
            bands |= {column: clean(band) for column, band in rest.items()}
        else:
            _strangers(name, line, rest, years, reading, "is under no year")
            for column, value in rest.items():
                if column in years and not missing(value):
                    band = bands.get(_start(bands, column), "")
                    yield Cell(place(name, line, column), label, title, band, years[column], value)


def _are_texts(cells: dict[int, Any]) -> bool:
    return all(isinstance(value, str) and not missing(value) for value in cells.values())


def _start(bands: dict[int, str], column: int) -> int:
    """Where the band begins that a column stands under: the last at or before it; 0 for none."""
    return max((start for start in bands if start <= column), default=0)


def _strangers(name: str, line: int, cells: dict[int, Any], years: dict[int, int], reading: Reading, why: str) -> None:
    """List the cells of a row that belong to no year."""
    for column, value in cells.items():
        if column not in years and not missing(value):
            reading.lose(name, place(name, line, column), f"{shown(value)} {why}")


def _is_long(rows: list[Row]) -> bool:
    return any({"indicator", "year"} <= set(map(key, cells.values())) for _, cells in rows)


def _long(name: str, rows: list[Row], reading: Reading) -> Iterator[Cell]:
    """Cells of a long table: a row an indicator and year, a column a place."""
    of: dict[str, int] = {}
    head: dict[int, Any] = {}
    for line, cells in rows:
        if not of:
            named = {key(value): column for column, value in cells.items()}
            of, head = (named, cells) if {"indicator", "year"} <= named.keys() else ({}, {})
            continue
        title, when = cells.get(of["indicator"]), year(cells.get(of["year"]))
        if title is None or when is None:
            reading.lose(name, place(name, line, min(cells)), f"{shown(cells[min(cells)])} has no indicator and year")
            continue
        for column, value in cells.items():
            if column not in (of["indicator"], of["year"]) and not missing(value):
                yield Cell(place(name, line, column), head.get(column), title, "", when, value)
