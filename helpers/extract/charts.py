"""Native charts of a Word file: the series that a drawing keeps; its workbook is not opened."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

    from helpers.extract.layout import Report

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WORDS = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
NUMBER = re.compile(r"[+-]?\d+(\.\d*)?([eE][+-]?\d{1,4})?", re.ASCII)
LIMITS = (1e-99, 1e99)  # of a value's size, as the contract has them
MAX_BYTES = 10_000_000  # of one chart
MAX_CHARTS, MAX_POINTS = 1_000, 100_000  # of one report


class ChartError(Exception):
    """A chart cannot be read; says why."""


class Point(NamedTuple):
    """A point of a series as text; without a value where the chart has a gap."""

    series: str
    category: str
    value: str
    unit: str


class Chart(NamedTuple):
    """A chart's own title, its points, and what is lost of them."""

    title: str
    points: list[Point]
    problems: list[str]


class Placed(NamedTuple):
    """A chart in the report: its line, the caption that it is tied to, and that caption's line."""

    line: int
    caption: str
    caption_line: int
    points: list[Point]


def chart_series(report: Report) -> list[dict[str, Any]]:
    """Rows of `chart_series`, in the report's order; none for a text, which carries no charts."""
    rows = []
    for chart in report.charts:
        report.used.add(chart.caption_line)
        place = {"caption": chart.caption, "line": chart.line, "from": [chart.caption_line]}
        rows += [place | point._asdict() for point in chart.points]
    return rows


def read(xml: bytes) -> Chart:
    """Title and points of a chart (`word/charts/chart1.xml`); a category without a value has none.

    Percentages, told by the format of the numbers, are given as percent; the unit of
    others is the title of their axis. Raises `ChartError` where it is too large or no chart.
    """
    from lxml import etree

    if len(xml) > MAX_BYTES:
        raise ChartError(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise ChartError(f"it is no XML: {str(error)[:100]}") from None
    chart = Chart(_words(root.find(f"{C}chart/{C}title")), [], [])
    epoch = [child.get("val", "1") for child in root if str(child.tag).startswith(f"{C}date")]
    mac = epoch in (["1"], ["true"])  # days are counted from the other calendar's first
    for series in root.iter(f"{C}ser"):
        name, points = _words(series.find(f"{C}tx")), list(_points(series, mac, chart.problems))
        if not points:
            chart.problems.append(f"series {name!r} keeps no values with the drawing")
        chart.points.extend(points)
    if not chart.points and not chart.problems:
        raise ChartError("it has no series of a known kind")
    return chart


def _points(series: _Element, mac: bool, problems: list[str]) -> Iterator[Point]:
    name, axis = _words(series.find(f"{C}tx")), _axis(series)
    values = _cached(_first(series, "val", "yVal"))
    categories = _categories(_first(series, "cat", "xVal"), mac)
    usual = next((code for _, code in values.values()), "")
    if series.find(f"{C}bubbleSize") is not None:
        problems.append(f"series {name!r}: the sizes of its bubbles are not read")
    for place in sorted(values.keys() | categories.keys()) if values else []:
        text, code = values.get(place, ("", usual))
        category, percent = categories.get(place, str(place + 1)), "%" in code
        value = _value(text, percent)
        if text and not value:
            problems.append(f"series {name!r}, {category!r}: {text[:40]!r} is not a number")
        yield Point(name, category, value, "percent" if percent else axis)


def _value(text: str, percent: bool) -> str:
    """A cached number with the 15 digits that a spreadsheet knows; empty for what is none."""
    number = float(text) if NUMBER.fullmatch(text) else None
    if number is None or (number and not LIMITS[0] < abs(number) < LIMITS[1]):
        return ""
    return f"{float(Decimal(text) * 100) if percent else number:.15g}"


def _categories(axis: _Element | None, mac: bool) -> dict[int, str]:
    """Categories by their place; those of several levels are joined, the widest first."""
    if axis is None:
        return {}
    inner, *outer = [_cached(level) for level in axis.iter(f"{C}lvl")] or [_cached(axis)]
    found = {place: [_dated(text, code, mac)] for place, (text, code) in inner.items()}
    for level in outer:
        starts = sorted(level)  # a name holds until the next one
        for place, names in found.items():
            if at := bisect_right(starts, place):
                names.insert(0, level[starts[at - 1]][0])
    return {place: " / ".join(names) for place, names in found.items()}


def _dated(text: str, code: str, mac: bool) -> str:
    """A category; one that is the number of a day becomes the day."""
    from openpyxl.styles.numbers import is_date_format
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

    if not code or not NUMBER.fullmatch(text) or not is_date_format(code):
        return text
    try:
        day = from_excel(float(text), MAC_EPOCH if mac else WINDOWS_EPOCH)
    except (OverflowError, ValueError):
        return text
    return day.date().isoformat() if isinstance(day, datetime) else text


def _axis(series: _Element) -> str:
    """Title of the axis that a series' values stand on."""
    plot = series.getparent()
    ids = [axis.get("val") for axis in plot.findall(f"{C}axId")]
    axes = {axis.find(f"{C}axId").get("val"): axis for axis in plot.getparent().findall(f"{C}valAx")}
    of_values = [axes[name] for name in ids if name in axes]  # of two, as for points in a plane, the second
    return _words(of_values[-1].find(f"{C}title")) if of_values else ""


def _first(series: _Element, *names: str) -> _Element | None:
    found = (series.find(f"{C}{name}") for name in names)
    return next((element for element in found if element is not None), None)


def _cached(element: _Element | None) -> dict[int, tuple[str, str]]:
    """Points that a drawing keeps: place → (text, format of the number)."""
    found = {}
    for point in element.iter(f"{C}pt") if element is not None else ():
        if point.get("idx", "").isdecimal():
            code = point.get("formatCode") or point.getparent().findtext(f"{C}formatCode") or ""
            found[int(point.get("idx")[:9])] = (_plain(point.findtext(f"{C}v") or ""), code)
    return found


def _words(element: _Element | None) -> str:
    """Words of a title or a name, typed or kept from a cell."""
    if element is None:
        return ""
    return _plain("".join(part.text or "" for part in element.iter(WORDS, f"{C}v")))


def _plain(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", text).strip()
