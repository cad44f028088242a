"""Small multiples: panels on one bare axis in points, a tenth of the cost of an axis each."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.sentences.caption import Caption
from helpers.sentences.wording import minus, number
from helpers.show import theme
from helpers.show.charts.figure import (
    MISSING,
    Chart,
    base,
    chart,
    floats,
    say,
    sheet,
    span,
    state_keys,
    years_of,
    years_said,
)
from helpers.show.measure import fit, lines_of, widest
from helpers.show.tables import Shown
from helpers.show.theme import BLUE, FONT, GREEN, GREY, HATCH, INK, MUTED, ORANGE, PAPER, PURPLE, SKY, SMALL

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HIGH, GAP = 52.0, 18.0  # points: a panel's own height, the space between panels
# what a panel is drawn from: its name, lower left corner, width
DrawOne = Callable[["Axes", str, float, float, float], None]


def _panels(
    width: float, names: Sequence[str], unit: str, draw_one: DrawOne, columns: int,
    keys: Sequence[tuple[Any, str]] = (), high: float = HIGH,
) -> Figure:  # fmt: skip
    """Panels side by side, `columns` on a phone and one more in a column of text, a legend below."""
    across = max(1, min(len(names), columns + (width > theme.NARROW)))
    wide = (width - GAP * (across - 1)) / across
    titles = [fit(name, wide, FONT, bold=True) for name in names]
    pitch = high + 38 + 14 * lines_of(titles)  # figures above the marks, years below, and a gap
    down = -(-len(names) // across)
    legend = [fit(name, width - 30) for _, name in keys]
    below = sum(14 * (name.count("\n") + 1) for name in legend) + 6 * bool(legend)
    unit, head = fit(unit, width), 20 * bool(unit)
    figure, axis = sheet(width, pitch * down + below + head)
    axis.text(0, pitch * down + below + head - 2, unit, va="top", fontsize=SMALL, color=MUTED)
    for index, (name, title) in enumerate(zip(names, titles, strict=True)):
        left, foot = (wide + GAP) * (index % across), below + pitch * (down - 1 - index // across) + 18
        draw_one(axis, name, left, foot, wide)
        axis.text(left, foot + high + 16, title, va="bottom", fontweight="bold", fontsize=FONT, linespacing=1.15)
    if keys:
        figure.legend(
            [handle for handle, _ in keys], legend, loc="lower left", bbox_to_anchor=(0, 0), handlelength=1.6,
            borderaxespad=0, borderpad=0, labelspacing=0.3,
        )  # fmt: skip
    return figure


def _year(axis: Axes, x: float, foot: float, year: int) -> None:
    axis.text(x, foot - 4, f"’{year % 100:02d}", ha="center", va="top", fontsize=SMALL, color=MUTED)


def year_panels(
    data: pd.DataFrame, panel: str, value: str, caption: Caption, *, anchor: str, highlight: Sequence[int] = (),
    columns: int = 3, shared: bool = True, missing: str = "no\nrow",
) -> Chart | Shown:  # fmt: skip
    """Small multiples: one panel each `panel`, bars by the column `year`.

    A missing value is marked with `missing`. Panels share their scale unless told not to.
    """
    panels = years_of(data, panel, value)
    tallest = span(year.value for years in panels.values() for year in years)[1]
    wide = max((len({year.year for year in years}) for years in panels.values()), default=0)

    def draw_one(axis: Axes, name: str, left: float, foot: float, width: float) -> None:
        top = (tallest if shared else span(year.value for year in panels[name])[1]) or 1.0
        base(axis, left, left + width, foot)
        step = width / wide
        for place, year in enumerate(panels[name]):
            x = left + step * (place + 0.5)
            _year(axis, x, foot, year.year)
            if math.isnan(year.value):
                axis.text(x, foot + 3, missing, ha="center", va="bottom", fontsize=SMALL, color=MUTED, linespacing=1.1)
                continue
            bar = axis.bar(
                x, HIGH * year.value / top, bottom=foot, width=0.76 * step, edgecolor=PAPER, linewidth=0,
                color=BLUE if not highlight or year.year in highlight else GREY, hatch=HATCH.get(year.coverage),
            )[0]  # fmt: skip
            say(bar, f"{name}: {years_said([year], 0)}")
            axis.text(
                x, foot + HIGH * year.value / top + 3, number(year.value, 0), ha="center", va="bottom", fontsize=SMALL
            )

    def draw(width: float) -> Figure:
        reported = [year for years in panels.values() for year in years if not math.isnan(year.value)]
        figures = widest([number(year.value, 0) for year in reported], SMALL)
        fitting = int((width + GAP) / (wide * (figures + 4) + GAP)) - (width > theme.NARROW)
        keys = state_keys(year.coverage for year in reported)
        return _panels(width, list(panels), caption.unit, draw_one, max(1, min(columns, fitting)), keys)

    said = [f"{name}: {years_said(years, 0)}" for name, years in panels.items()]
    return chart(f"Small bar charts of {caption.unit} by year", said, data, caption, anchor, draw)


def year_lines(
    data: pd.DataFrame, panel: str, value: str, caption: Caption, *, anchor: str, equal: float, decimals: int
) -> Chart | Shown:
    """Small multiples on one scale: one panel each `panel`, a line by the column `year`, its ends in figures.

    A thin line marks the value at which both sides are `equal`. A year without a row breaks the line.
    """
    panels = years_of(data, panel, value)
    every = [year.year for years in panels.values() for year in years]
    years = range(min(every, default=0), max(every, default=0) + 1)
    low, high = span([equal, *(year.value for years in panels.values() for year in years)])

    def draw_one(axis: Axes, name: str, left: float, foot: float, width: float) -> None:
        def height(of: float) -> float:  # above and below the values is room for a figure
            return foot + 12 + (HIGH - 12) * (of - low) / ((high - low) or 1)

        step = (width - 28) / max(len(years) - 1, 1)
        axis.plot([left, left + width], [height(equal)] * 2, color=MUTED, linewidth=1, zorder=1)
        reported = {year.year: year for year in panels[name] if not math.isnan(year.value)}
        x = {year: left + 14 + step * (year - years[0]) for year in years}
        if not reported:
            axis.text(left, height(equal) + 4, MISSING, va="bottom", fontsize=SMALL, color=MUTED)
        heights = [height(reported[year].value) if year in reported else math.nan for year in years]
        axis.plot(list(x.values()), heights, color=BLUE, linewidth=1.8)
        for year, y in reported.items():
            dot = axis.plot(x[year], height(y.value), "o", color=BLUE, markersize=4)[0]
            say(dot, f"{name}: {years_said([y], decimals)}")
        for year in dict.fromkeys([*list(reported)[:1], *list(reported)[-1:]]):
            above = reported[year].value >= equal
            axis.text(
                x[year], height(reported[year].value) + (5 if above else -5),
                minus(number(reported[year].value, decimals)), ha="center",
                va="bottom" if above else "top", fontsize=SMALL,
            )  # fmt: skip
            _year(axis, x[year], foot - 2, year)

    said = [f"{name}: {years_said(years, decimals)}" for name, years in panels.items()]
    draw = partial(_panels, names=list(panels), unit=caption.unit, draw_one=draw_one, columns=3)
    return chart(f"Small line charts of {caption.unit} by year", said, data, caption, anchor, draw)


COURSE = 66.0  # points: height of a panel of courses
LINES = [
    (colour, mark) for marks in ("os", "^D", "vP", "X*") for colour, mark in zip((BLUE, GREEN), marks, strict=True)
] + [(colour, mark) for mark in "osD" for colour in (PURPLE, SKY)]  # fmt: skip


def courses(data: pd.DataFrame, panel: str, line: str, caption: Caption, *, anchor: str) -> Chart | Shown:
    """Small multiples of lines by the column `year`, each on its own scale; the last figure of each line is said.

    `kind` tells what a row is: `official` (a line each `line`, told apart by marks), `report` (an open diamond),
    `needed` (dashes between two points, a dash line each `place`), `aim` (a bar).
    """
    order = [str(name) for name in data.loc[data["kind"] == "official", line].unique()]
    styles = {name: LINES[place % len(LINES)] for place, name in enumerate(order)}
    numbers = data.assign(value=floats(data, ["value"])["value"])
    panels = {str(name): rows for name, rows in numbers.groupby(panel, sort=False)}

    def draw_one(axis: Axes, name: str, left: float, foot: float, width: float) -> None:
        _course(axis, name, panels[name], line, styles, (left, foot, width))

    def draw(width: float) -> Figure:
        from matplotlib.lines import Line2D

        keys = [
            (Line2D([], [], color=colour, marker=mark, markersize=5), name) for name, (colour, mark) in styles.items()
        ]
        return _panels(width, list(panels), caption.unit, draw_one, 2, keys, COURSE)

    said = [f"{name}: {_course_said(rows, line)}" for name, rows in panels.items()]
    return chart("Small line charts", said, data, caption, anchor, draw)


def _course(
    axis: Axes, title: str, rows: pd.DataFrame, line: str, styles: dict[str, tuple[str, str]],
    place: tuple[float, float, float],
) -> None:  # fmt: skip
    """One panel: `place` is its lower left corner and its width, whose right end is room for the last figure."""
    left, foot, width = place
    if rows["value"].isna().any():
        axis.text(left + width / 2, foot - 4, MISSING, ha="center", va="top", fontsize=SMALL, color=MUTED)
    rows = rows.dropna(subset=["value"])
    years, values = ([float(v) for v in rows[name]] for name in ("year", "value"))
    (first, last), (low, high) = span(years), span(values)
    wide = width - 36
    parts: dict[tuple[str, str], list[tuple[float, float, str]]] = {}
    for kind, name, year, value in zip(rows["kind"], rows[line], years, values, strict=True):
        x = left + 5 + (wide - 5) * (year - first) / ((last - first) or 1)
        y = foot + 6 + (COURSE - 10) * (value - low) / ((high - low) or 1)
        parts.setdefault((kind, name), []).append((x, y, f"{title}, {name}: {_short(value)} in {year:.0f}"))
    base(axis, left, left + wide, foot)
    for year, x, side in ((first, left, "left"), (last, left + wide, "right")):
        if rows.size and (side == "left" or last > first):
            axis.text(x, foot - 4, f"{year:.0f}", ha=side, va="top", fontsize=SMALL, color=MUTED)
    marks = {"aim": ("_", INK), "report": ("D", ORANGE)}
    for (kind, name), points in parts.items():
        xs, ys, said = zip(*points, strict=True)
        if kind == "needed":
            axis.plot(xs, ys, color=MUTED, linestyle="--", linewidth=1.1)
            continue
        if kind in marks:
            mark, colour = marks[kind]
            drawn = axis.plot(xs, ys, mark, color=colour, markersize=9, mfc="none", mew=1.6)
        else:
            colour, mark = styles[name]
            drawn = axis.plot(xs, ys, color=colour, marker=mark, markersize=4, linewidth=1.5)
        say(drawn[0], *said)
    official = [
        (year, -place) for place, (kind, year) in enumerate(zip(rows["kind"], years, strict=True)) if kind == "official"
    ]
    if official:  # the last figure, of the newest edition: right of all marks, where no line crosses it
        at = -max(official)[1]
        y = foot + 6 + (COURSE - 10) * (values[at] - low) / ((high - low) or 1)
        axis.text(left + wide + 6, y, _short(values[at]), va="center", fontsize=SMALL)


def _short(value: float) -> str:
    return number(float(f"{value:.3g}"))


def _course_said(rows: pd.DataFrame, line: str) -> str:
    """The first and last point of every line, the report's own figures and the aim, in words."""
    parts: dict[tuple[str, str], list[str]] = {}
    for kind, name, year, value in zip(rows["kind"], rows[line], rows["year"], rows["value"], strict=True):
        shown = number(value) if math.isnan(value) else _short(value)
        parts.setdefault((kind, name), []).append(f"{shown} in {year}")
    ends = {key: [points[0], points[-1]] if key[0] == "official" else points for key, points in parts.items()}
    return ", ".join(
        f"{name} {(' to ' if kind == 'official' else ', ').join(dict.fromkeys(points))}"
        for (kind, name), points in ends.items()
        if kind != "needed"
    )
