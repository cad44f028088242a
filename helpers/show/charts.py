"""Every chart of the notebooks, as one figure for page and Lab.

A chart function takes a table that an analysis made and a caption, and returns the
finished figure: the finding as title, the drawing as SVG that follows the page's
theme, a text alternative written from the data, caveats, source, and the data to take
away. A table without rows gives the caption's title alone, as a paragraph.

A missing value is never drawn: its row is labelled 'not reported'. Where a table has a
column `coverage`, a year marked `partial` or `unknown` (closing day unknown) is hatched,
or hollow, and the text alternative says so. Charts compute no statistics.
"""

from __future__ import annotations

import html
import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from helpers.sentences.caption import Caption
from helpers.sentences.wording import listing, number
from helpers.show import svg, tables, theme
from helpers.show.tables import Shown
from helpers.show.theme import (
    BLUE,
    COLOURS,
    FONT,
    GREEN,
    GREY,
    GRID,
    HATCH,
    INK,
    MUTED,
    ORANGE,
    PAPER,
    PURPLE,
    SKY,
    WHITE,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COVERAGE = {"partial": " (partial)", "unknown": " (closing day unknown)"}
MISSING = "not reported"


@dataclass(frozen=True, repr=False, eq=False)
class Chart:
    """A figure that shows itself in JupyterLab and on the page; drawn when first shown."""

    anchor: str
    caption: Caption
    description: str
    data: pd.DataFrame
    draw: Callable[[], Figure]

    def __repr__(self) -> str:
        return f"<figure {self.anchor}: {self.caption.title}>"

    @cached_property
    def svg(self) -> str:
        """The drawing, themed."""
        return svg.themed(self.draw(), self.anchor)

    def _repr_html_(self) -> str:
        return self.html(self.svg)

    def html(self, drawing: str) -> str:
        """Markup of the figure around a drawing."""
        identifier, title = f"figure-{self.anchor}", self.caption.title
        buttons = "".join(
            f' <button type="button" class="take" data-save="{kind}" data-name="{self.anchor}" hidden>'
            f"{kind.upper()}</button>"
            for kind in ("svg", "png")
        )
        return (
            f'<figure class="chart" id="{identifier}" data-about="{html.escape(self._about())}">'
            f'<figcaption><a class="anchor" href="#{identifier}">{html.escape(title)}</a></figcaption>'
            f'<div class="drawing" role="img" aria-label="{html.escape(self.description)}">{drawing}</div>'
            f"{tables.below(self.caption, self.data, self.anchor, buttons)}"
            f'<details class="data"><summary>Data of this figure</summary>{tables.render(self.data, title)}</details>'
            "</figure>"
        )

    def _about(self) -> str:
        """Caption and text alternative as JSON, for whoever takes the figure out of its page."""
        return json.dumps({**asdict(self.caption), "description": self.description}, ensure_ascii=False)


def stacked_bars(
    data: pd.DataFrame, label: str, parts: dict[str, str], caption: Caption, *, anchor: str
) -> Chart | Shown:
    """Horizontal bars in the order of the rows, stacked by `parts` (column → name)."""
    labels, rows, states = _wrapped(data[label], 34), _floats(data, parts), _coverage(data)
    totals = [float(total) for total in rows.sum(axis=1, min_count=1)]

    def draw() -> Figure:
        extra = 0.13 * max(name.count("\n") for name in labels)
        figure, axis = _figure(max(1.6, (0.33 + extra) * len(rows) + 0.95))
        left = pd.Series(0.0, index=rows.index)
        for column, name in parts.items():
            widths = rows[column].fillna(0)
            bars = axis.barh(
                range(len(rows)), widths, left=left, color=COLOURS.get(column, BLUE), label=name, height=0.72
            )
            for bar, state in zip(bars, states, strict=True):
                if state in HATCH:
                    bar.set_hatch(HATCH[state])
                    bar.set_edgecolor(PAPER)
            left += widths
        for position, total in enumerate(totals):
            _beside(axis, number(total), total, position, 4, FONT)
        _rows(axis, labels, caption.unit, top=-0.55, bottom=0.45)
        axis.margins(x=0.1)
        if len(parts) > 1:
            figure.legend(loc="outside upper left", ncols=4, handlelength=1, columnspacing=1)
        return figure

    said = [f"{name}: {_said(total, state)}" for name, total, state in zip(data[label], totals, states, strict=True)]
    return _chart(f"Bar chart of {caption.unit}", said, data, caption, anchor, draw)


def year_panels(
    data: pd.DataFrame, panel: str, value: str, caption: Caption, *, anchor: str, highlight: Sequence[int] = (),
    columns: int = 3, shared: bool = True, missing: str = "no\nrow",
) -> Chart | Shown:  # fmt: skip
    """Small multiples: one panel each `panel`, bars by the column `year`.

    A missing value is marked with `missing`. Panels share their scale unless told not to.
    """
    panels = {str(name): _years(rows, value) for name, rows in data.groupby(panel, sort=False)}
    tallest = _span(year.value for years in panels.values() for year in years)[1]

    def draw_one(axis: Axes, years: list[Year], left: float, base: float) -> None:
        top = tallest if shared else _span(year.value for year in years)[1]
        _year_bars(axis, years, top or 1.0, left, base, highlight, missing)

    said = [f"{name}: {_years_said(years, 0)}" for name, years in panels.items()]
    wide = max((len({year.year for year in years}) for years in panels.values()), default=0)
    draw = partial(_panels, panels, draw_one, wide, columns)
    return _chart(f"Small bar charts of {caption.unit} by year", said, data, caption, anchor, draw)


LINES = [
    (colour, mark) for marks in ("osv", "^DP", "*Xp") for colour, mark in zip((BLUE, GREEN, PURPLE), marks, strict=True)
]


def courses(
    data: pd.DataFrame, panel: str, line: str, caption: Caption, *, anchor: str, columns: int = 2
) -> Chart | Shown:
    """Small multiples of lines by the column `year`, each on its own scale; the last figure of each line is said.

    `kind` tells what a row is: `official` (a line each `line`, told apart by marks), `report` (an open diamond),
    `needed` (dashes between two points, a dash line each `place`), `aim` (a bar).
    """
    order = [str(name) for name in data.loc[data["kind"] == "official", line].unique()]
    styles = {name: LINES[place % len(LINES)] for place, name in enumerate(order)}
    panels = {str(name): rows for name, rows in data.groupby(panel, sort=False)}

    def draw() -> Figure:
        names, legend = _wrapped(panels, 54 // columns - 1), _wrapped(order, 64)
        pitch = 1.75 + 0.24 * max(name.count("\n") for name in names)
        down, below = -(-len(panels) // columns), 0.1 + 0.24 * sum(1 + name.count("\n") for name in legend)
        figure, axis = _panel_sheet(0.72 * (pitch * down + below))
        for index, (name, rows) in enumerate(zip(names, panels.values(), strict=True)):
            left, base = 1.12 * (index % columns), -(index // columns) * pitch
            _course(axis, rows, line, styles, left, base)
            axis.text(left, base + 1.16, name, va="bottom", fontweight="bold", fontsize=FONT - 1)
        keys = [axis.plot([], [], color=colour, marker=mark, markersize=5)[0] for colour, mark in styles.values()]
        figure.legend(keys, legend, loc="lower left", fontsize=FONT - 2.5, handlelength=1.5, borderaxespad=0)
        axis.set_xlim(-0.03, 1.12 * columns - 0.08)
        axis.set_ylim(-(down - 1) * pitch - 0.3 - below, pitch - 0.3)
        return figure

    said = [f"{name}: {_course_said(rows, line)}" for name, rows in panels.items()]
    return _chart("Small line charts", said, data, caption, anchor, draw)


def _course(
    axis: Axes, rows: pd.DataFrame, line: str, styles: dict[str, tuple[str, str]], left: float, base: float
) -> None:
    """One panel, whose lower left corner is at `left`, `base` and whose lines fill a square of 1."""
    rows = rows.assign(value=_floats(rows, ["value"])["value"])
    if rows["value"].isna().any():
        axis.text(left + 0.5, base - 0.04, MISSING, ha="center", va="top", fontsize=FONT - 2.5, color=MUTED)
    rows = rows.dropna(subset=["value"])
    years, values = ([float(v) for v in rows[name]] for name in ("year", "value"))
    (first, last), (low, high) = _span(years), _span(values)
    parts: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for kind, name, year, value in zip(rows["kind"], rows[line], years, values, strict=True):
        point = left + (year - first) / ((last - first) or 1), base + 0.08 + 0.9 * (value - low) / ((high - low) or 1)
        parts.setdefault((kind, name), []).append(point)
    axis.plot([left, left + 1], [base, base], color=GRID, linewidth=1)
    for year, place, side in ((first, left, "left"), (last, left + 1, "right")):
        axis.text(place, base - 0.04, f"{year:.0f}", ha=side, va="top", fontsize=FONT - 2.5, color=MUTED)
    marks = {"aim": ("_", INK), "report": ("D", ORANGE)}
    for (kind, name), points in parts.items():
        if kind in marks:
            mark, colour = marks[kind]
            axis.plot(*zip(*points, strict=True), mark, color=colour, markersize=9, mfc="none", mew=1.6)
        elif kind == "needed":
            axis.plot(*zip(*points, strict=True), color=MUTED, linestyle="--", linewidth=1.1)
        else:
            colour, mark = styles[name]
            axis.plot(*zip(*points, strict=True), color=colour, marker=mark, markersize=4, linewidth=1.5)
    official = [
        (year, -place) for place, (kind, year) in enumerate(zip(rows["kind"], years, strict=True)) if kind == "official"
    ]
    if official:  # the last figure, of the newest edition
        at = -max(official)[1]
        x, y = parts["official", list(rows[line])[at]][-1]
        axis.text(x, y + 0.06, number(float(f"{values[at]:.3g}")), ha="right", va="bottom", fontsize=FONT - 2)


def _course_said(rows: pd.DataFrame, line: str) -> str:
    """The first and last point of every line, the report's own figures and the aim, in words."""
    parts: dict[tuple[str, str], list[str]] = {}
    for kind, name, year, value in zip(
        rows["kind"], rows[line], rows["year"], _floats(rows, ["value"])["value"], strict=True
    ):
        shown = number(value if math.isnan(value) else float(f"{value:.3g}"))
        parts.setdefault((kind, name), []).append(f"{shown} in {year}")
    ends = {key: [points[0], points[-1]] if key[0] == "official" else points for key, points in parts.items()}
    return ", ".join(
        f"{name} {(' to ' if kind == 'official' else ', ').join(dict.fromkeys(points))}"
        for (kind, name), points in ends.items()
        if kind != "needed"
    )


def _panel_sheet(height: float) -> tuple[Figure, Axes]:
    """One bare axis over a whole figure: panels on it cost a tenth of axes of their own."""
    from matplotlib import pyplot as plt

    theme.style()
    figure = plt.figure(figsize=(theme.WIDTH, height))
    axis = figure.add_axes((0, 0, 1, 1))
    axis.set_axis_off()
    return figure, axis


def _year_bars(
    axis: Axes, years: list[Year], top: float, left: float, base: float, highlight: Sequence[int], missing: str
) -> None:  # fmt: skip
    """The bars of one panel, whose base starts at `left`, `base`; `top` is the value that fills it."""
    axis.plot([left - 0.45, left + len(years) - 0.55], [base, base], color=GRID, linewidth=1)
    for place, (year, value, coverage) in enumerate(years):
        x = left + place
        axis.text(x, base - 0.06, f"’{year % 100:02d}", ha="center", va="top", fontsize=FONT - 1.5, color=MUTED)
        if math.isnan(value):
            axis.text(x, base + 0.03, missing, ha="center", va="bottom", fontsize=FONT - 3, color=MUTED)
            continue
        axis.bar(
            x, value / top, bottom=base, width=0.76, color=BLUE if not highlight or year in highlight else GREY,
            hatch=HATCH.get(coverage), edgecolor=PAPER, linewidth=0,
        )  # fmt: skip
        axis.text(x, base + value / top + 0.03, number(value, 0), ha="center", va="bottom", fontsize=FONT - 2)


def year_lines(
    data: pd.DataFrame, panel: str, value: str, caption: Caption, *, anchor: str, equal: float, decimals: int,
    columns: int = 3,
) -> Chart | Shown:  # fmt: skip
    """Small multiples on one scale: one panel each `panel`, a line by the column `year`, its ends in figures.

    A thin line marks the value at which both sides are `equal`. A year without a row breaks the line.
    """
    panels = {str(name): _years(rows, value) for name, rows in data.groupby(panel, sort=False)}
    every = [year.year for years in panels.values() for year in years]
    span = range(min(every, default=0), max(every, default=0) + 1)
    low, high = _span([equal, *(year.value for years in panels.values() for year in years)])

    def draw_one(axis: Axes, years: list[Year], left: float, base: float) -> None:
        # the values fill the upper three quarters: below them is room for a figure
        at = {y.year: base + 0.25 + 0.75 * (y.value - low) / ((high - low) or 1) for y in [*years, Year(0, equal, "")]}
        axis.plot([left - 0.45, left + len(span) - 0.55], [at[0]] * 2, color=MUTED, linewidth=1, zorder=1)
        places, heights = [left + year - span[0] for year in span], [at.get(year, math.nan) for year in span]
        axis.plot(places, heights, "o-", color=BLUE, markersize=3.5, linewidth=1.8)
        reported = [year for year in years if not math.isnan(year.value)]
        if not reported:
            axis.text(left - 0.45, at[0] + 0.06, MISSING, va="bottom", fontsize=FONT - 2, color=MUTED)
        for year in dict.fromkeys([*reported[:1], *reported[-1:]]):
            x, above = left + year.year - span[0], at[year.year] >= at[0]
            said = number(year.value, decimals).replace("-", "−")
            axis.annotate(
                said, (x, at[year.year]), xytext=(0, 5 if above else -5), textcoords="offset points", ha="center",
                va="bottom" if above else "top", fontsize=FONT - 2,
            )  # fmt: skip
            tick = f"’{year.year % 100:02d}"
            axis.text(x, base - 0.06, tick, ha="center", va="top", fontsize=FONT - 1.5, color=MUTED)

    said = [f"{name}: {_years_said(years, decimals)}" for name, years in panels.items()]
    draw = partial(_panels, panels, draw_one, len(span), columns)
    return _chart(f"Small line charts of {caption.unit} by year", said, data, caption, anchor, draw)


def _panels(
    panels: dict[str, list[Year]], draw_one: Callable[[Axes, list[Year], float, float], None], years: int, columns: int
) -> Figure:
    """Panels of a height of 1 and `years` wide, each drawn by `draw_one` from its left end and base."""
    across = min(columns, len(panels))
    down, wide = -(-len(panels) // across), years + 0.7
    names = _wrapped(panels, 54 // across - 2)
    pitch = 1.9 + 0.34 * max(name.count("\n") for name in names)  # a bar area of 1, a title, labels
    figure, axis = _panel_sheet(0.66 * pitch * down)
    for index, (name, values) in enumerate(zip(names, panels.values(), strict=True)):
        left, base = (index % across) * wide, -(index // across) * pitch
        draw_one(axis, values, left, base)
        axis.text(left - 0.45, base + 1.34, name, va="bottom", fontweight="bold", fontsize=FONT - 0.5)
    axis.set_xlim(-0.55, across * wide - 0.6)
    axis.set_ylim(-(down - 1) * pitch - 0.36, pitch - 0.36)
    return figure


def intervals(
    data: pd.DataFrame, label: str, caption: Caption, *, anchor: str, value: str, low: str, high: str,
    reference: float | None = None, band: tuple[float, float] | None = None, band_label: str = "", printed: str = "",
    logarithmic: bool = False, decimals: int = 2,
) -> Chart | Shown:  # fmt: skip
    """Dots with their interval, in the order of the rows.

    `reference` draws a line, `band` a shaded range, `printed` a second mark (the
    report's own figure, which is the one said where there is one). A row without
    either shows its interval only.
    """
    labels = _wrapped(data[label])
    rows = _floats(data, [value, low, high, *filter(None, [printed])])
    told = list(rows[printed].fillna(rows[value]) if printed else rows[value])

    def draw() -> Figure:
        figure, axis = _figure(max(1.5, _pitch(labels, 0.36) * len(rows) + 0.95))
        if band:
            axis.axvspan(*band, color=GREEN, alpha=0.16, linewidth=0)
            axis.text(sum(band) / 2, -0.75, band_label, ha="center", va="bottom", fontsize=FONT - 2, color=MUTED)
        if reference is not None:
            axis.axvline(reference, color=MUTED, linewidth=1)
        if logarithmic:
            axis.set_xscale("log")
        for position, row in enumerate(rows.to_dict("records")):
            dot, start, end = row[value], row[low], row[high]
            axis.plot([start, end], [position] * 2, color=BLUE, linewidth=5, alpha=0.4, solid_capstyle="butt")
            if not math.isnan(dot):
                axis.plot(dot, position, "o", color=BLUE, markersize=6)
            if printed and not math.isnan(row[printed]):
                axis.plot(
                    row[printed], position, "D", markerfacecolor="none", markeredgecolor=ORANGE, markeredgewidth=1.6,
                    markersize=8,
                )  # fmt: skip
            between = MISSING if math.isnan(start + end) else f"{start:g}–{end:g}"
            said = between if math.isnan(told[position]) else f"{told[position]:.{decimals}f}"
            _beside(axis, said, dot if math.isnan(end) else end, position)
        _rows(axis, labels, caption.unit, top=-0.8)
        axis.margins(x=0.14)
        if logarithmic:
            _times_ticks(axis, *_span(rows[[low, high]].to_numpy().ravel()))
        return figure

    said = [
        f"{name}: {_interval_said(figure, row[low], row[high], decimals)}"
        for name, figure, row in zip(data[label], told, rows.to_dict("records"), strict=True)
    ]
    return _chart(f"Dots with intervals, {caption.unit}", said, data, caption, anchor, draw)


def _interval_said(value: float, low: float, high: float, decimals: int) -> str:
    between = f"between {low:.{decimals}f} and {high:.{decimals}f}"
    parts = [f"{value:.{decimals}f}"] * (not math.isnan(value)) + [between] * (not math.isnan(low + high))
    return ", ".join(parts) or MISSING


def ratios(data: pd.DataFrame, label: str, ratio: str, caption: Caption, *, anchor: str) -> Chart | Shown:
    """Bars from 1 to each ratio on a log scale: right of the line is more; dotted where a closing day is unknown."""
    labels, values, states = _wrapped(data[label]), list(_floats(data, [ratio])[ratio]), _coverage(data)

    def draw() -> Figure:
        figure, axis = _figure(max(1.6, 0.36 * len(values) + 0.95))
        low, high = _span(value for value in values if value > 0)
        edge = min(low, 1) / 1.15
        for position, (value, state) in enumerate(zip(values, states, strict=True)):
            # a ratio of 0 has no place on a log scale: its bar runs to the edge
            ends, colour = [1, max(value, edge)], BLUE if value >= 1 else ORANGE
            axis.plot(ends, [position] * 2, color=colour, linewidth=9, solid_capstyle="butt")
            if state == "unknown":
                axis.plot(ends, [position] * 2, color=PAPER, linewidth=3, linestyle=":")
            said = f"× {value:.2f}" if value < 10 else f"× {value:.0f}"
            # right of the bar, or of the line: the left side belongs to the row labels
            _beside(axis, MISSING if math.isnan(value) else said, max(1, value), position)
        axis.axvline(1, color=MUTED, linewidth=1)
        axis.set_xscale("log")
        axis.set_xlim(edge, max(high, 1) * 2.6)
        _times_ticks(axis, low, high)
        _rows(axis, labels, caption.unit)
        return figure

    said = [f"{name}: {_said(value, state, 2)}" for name, value, state in zip(data[label], values, states, strict=True)]
    return _chart(f"Bars from 1, {caption.unit}", said, data, caption, anchor, draw)


def dumbbells(
    data: pd.DataFrame, label: str, first: str, second: str, names: tuple[str, str], caption: Caption, *, anchor: str,
    open_marks: str = "", decimals: int | None = None,
) -> Chart | Shown:  # fmt: skip
    """Two values a row joined by a line.

    `open_marks` names a column that says which of the two is derived and therefore drawn hollow;
    `decimals` are those of every figure, where they should be alike (None: as each needs).
    """
    labels, rows = _wrapped(data[label], 34), _floats(data, [first, second])
    hollow = list(data[open_marks]) if open_marks else [""] * len(data)

    def draw() -> Figure:
        figure, axis = _figure(max(1.5, _pitch(labels, 0.4) * len(rows) + 1.05))
        marks = {first: "o", second: "s"}
        for column, name in zip(marks, names, strict=True):
            axis.plot([], [], marks[column], color=COLOURS[column], markersize=9, label=name)
        for position, (row, derived) in enumerate(zip(rows.to_dict("records"), hollow, strict=True)):
            ends = [row[first], row[second]]
            axis.plot(ends, [position] * 2, color=GRID, linewidth=4, solid_capstyle="round", zorder=1)
            there = sorted((column for column in marks if not math.isnan(row[column])), key=lambda column: row[column])
            for column in there:
                fill = PAPER if derived == column else COLOURS[column]
                axis.plot(
                    row[column], position, marks[column], color=COLOURS[column], markersize=9, markerfacecolor=fill,
                    markeredgewidth=2, zorder=2,
                )  # fmt: skip
                shift = -9 if column == there[0] and len(there) > 1 else 9
                _beside(axis, number(row[column], decimals), row[column], position, shift, FONT)
            if not there:
                _beside(axis, MISSING, math.nan, position)
        _rows(axis, labels, caption.unit)
        low, high = _span(rows.to_numpy().ravel())
        room = 0.16 * (high - low) or 1  # for the figures on both sides
        axis.set_xlim(low - room, high + room)
        figure.legend(loc="outside upper left", ncols=2, handlelength=1, columnspacing=1.2)
        return figure

    said = [
        f"{name}: {names[0]} {number(row[first], decimals)}, {names[1]} {number(row[second], decimals)}"
        for name, row in zip(data[label], rows.to_dict("records"), strict=True)
    ]
    return _chart(f"Pairs of dots, {caption.unit}", said, data, caption, anchor, draw)


def bullets(
    data: pd.DataFrame, label: str, reached: str, said: str, caption: Caption, *, anchor: str, at_most: str = ""
) -> Chart | Shown:
    """Share of the way to each row's aim, `said` in words; a line marks the aim itself.

    `at_most` names a column that is true where the share is an upper bound: hatched.
    """
    names, shares = [str(name) for name in data[label]], list(_floats(data, [reached])[reached])
    bounds = list(data[at_most].fillna(False)) if at_most else [False] * len(data)
    told = [MISSING if pd.isna(text) else str(text) for text in data[said]]

    def draw() -> Figure:
        figure, axis = _figure(max(1.8, 0.72 * len(shares) + 0.7))
        for position, (name, share, words, bound) in enumerate(zip(names, shares, told, bounds, strict=True)):
            axis.barh(
                position - 0.02, 0 if math.isnan(share) else share, height=0.24, color=BLUE,
                hatch=HATCH["partial"] if bound else None, edgecolor=PAPER, linewidth=0,
            )  # fmt: skip
            axis.text(0, position - 0.18, name, va="bottom", ha="left", fontsize=FONT - 0.5)
            axis.text(0, position + 0.14, words, va="top", ha="left", fontsize=FONT - 1.5, color=MUTED)
        axis.axvline(1, color=INK, linewidth=1.4)
        axis.set_xlim(0, 1.04)
        _rows(axis, [], "share of the value to reach")
        axis.set_ylim(len(shares) - 0.45, -0.6)
        axis.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "target"])
        return figure

    pairs = [f"{name}: {words}" for name, words in zip(names, told, strict=True)]
    return _chart("Bars towards a target line", pairs, data, caption, anchor, draw)


def ranges(
    data: pd.DataFrame, label: str, value: str, caption: Caption, *, anchor: str, highlight: Sequence[int] = ()
) -> Chart | Shown:
    """A row a `label` on a log scale: a dot each `year`, the chosen one marked and labelled.

    Without a chosen year the last is marked and the label leads from the first to
    it. A hollow dot is a partial year, a hollow diamond one whose closing day is unknown.
    """
    rows = {str(name): _years(of_name, value) for name, of_name in data.groupby(label, sort=False)}

    def draw() -> Figure:
        figure, axis = _figure(0.5 * len(rows) + 0.7)
        axis.set_xscale("log")
        low, high = _span(year.value for years in rows.values() for year in years if year.value > 0)
        for position, (name, years) in enumerate(rows.items()):
            reported = sorted(year for year in years if not math.isnan(year.value))
            chosen = [year for year in reported if year.year in highlight] if highlight else reported[-1:]
            drawn = [year.value for year in reported if year.value > 0]  # 0 has no place on a log scale
            axis.plot(_span(drawn, math.nan), [position] * 2, color=GRID, linewidth=4, zorder=1)
            for year in reported:
                _range_mark(axis, year, position, year in chosen)
            ends = chosen if highlight or len(reported) < 2 else [reported[0], reported[-1]]
            axis.text(low / 1.4, position - 0.2, name, va="bottom", fontsize=FONT - 0.5)
            said = " → ".join(number(end.value) for end in ends) or MISSING
            _beside(axis, said, max(drawn, default=math.nan), position, 8)
        axis.set_xlim(low / 1.4, high * (4 if highlight else 14))
        _rows(axis, [], caption.unit)
        decades = [10.0**power for power in range(8) if low / 2 <= 10.0**power <= high * 2]
        _log_ticks(axis, decades, [number(tick) for tick in decades])
        axis.set_ylim(len(rows) - 0.6, -0.75)
        return figure

    said = [f"{name}: {_years_said(years)}" for name, years in rows.items()]
    return _chart(f"Dots on a log scale, {caption.unit}", said, data, caption, anchor, draw)


def _range_mark(axis: Axes, year: Year, position: int, chosen: bool) -> None:
    colour, hollow = BLUE if chosen else GREY, year.coverage in HATCH
    axis.plot(
        year.value, position, "D" if year.coverage == "unknown" else "o", markersize=8 if chosen else 5, color=colour,
        markerfacecolor=PAPER if hollow else colour, markeredgewidth=2 if hollow else 0, zorder=3 if chosen else 2,
    )  # fmt: skip


def timeline(
    data: pd.DataFrame, label: str, start: str, end: str, caption: Caption, *, anchor: str, until: float,
    closing_label: str = "report closes",
) -> Chart | Shown:  # fmt: skip
    """Bars from `start` to `end` (decimal years); a missing end runs on to `until`, hatched."""
    rows, labels = _floats(data, [start, end]), [str(name) for name in data[label]]

    def draw() -> Figure:
        figure, axis = _figure(0.36 * len(rows) + 0.9)
        for position, row in enumerate(rows.to_dict("records")):
            began, ongoing = row[start], math.isnan(row[end])
            if math.isnan(began):
                _beside(axis, MISSING, began, position)
                continue
            stop = max(until, began + 1 / 12) if ongoing else row[end]
            axis.barh(
                position, stop - began, left=began, height=0.6, color=SKY if ongoing else BLUE,
                hatch=HATCH["partial"] if ongoing else None, edgecolor=PAPER, linewidth=0,
            )  # fmt: skip
        axis.axvline(until, color=MUTED, linewidth=1)
        axis.text(until, -0.7, closing_label + " ", ha="right", va="bottom", fontsize=FONT - 2, color=MUTED)
        years = range(int(_span([*rows[start], until])[0]), int(until) + 1)
        axis.set_xticks(years, [str(year) for year in years])
        _rows(axis, labels, "", top=-0.8)
        return figure

    ended = [name for name, day in zip(labels, rows[end], strict=True) if not math.isnan(day)]
    said = f"{len(rows)} bars, {len(ended)} of them ended: {listing(ended)}"
    return _chart("Timeline", [said], data, caption, anchor, draw)


def cumulated(
    data: pd.DataFrame, value: str, caption: Caption, *, anchor: str, highlight: Sequence[int] = (),
    mark: int | None = None, mark_label: str = "",
) -> Chart | Shown:  # fmt: skip
    """One stepped line each `year` over the column `day` (of the year); those of `highlight` named, the rest grey.

    `mark` is a day with a line of its own.
    """
    known = data[["year", "day"]].assign(value=_floats(data, [value])[value])
    lines = {int(str(year)): rows.dropna() for year, rows in known.groupby("year", sort=True)}
    ends = {year: _span(rows["value"], math.nan)[1] for year, rows in lines.items()}

    def draw() -> Figure:
        figure, axis = _figure(3.4)
        shades = dict(zip(highlight, (SKY, GREEN, ORANGE, BLUE, PURPLE) * len(highlight), strict=False))
        for year, rows in lines.items():
            days, values = [0, *rows["day"]], [0, *rows["value"]]
            axis.step(
                days, values, where="post", color=shades.get(year, GREY), linewidth=2 if year in shades else 0.7,
                alpha=1 if year in shades else 0.5, zorder=3 if year in shades else 1,
            )  # fmt: skip
        top = _span(ends.values())[1]
        named = {year: 0.0 if math.isnan(end) else end for year, end in ends.items() if year in shades}
        heights = _apart(named, 0.055 * top)
        for year, height in heights.items():
            said = f"{year} {number(ends[year])}"
            axis.text(370, height, said, va="center", fontsize=FONT - 1, color=shades[year], fontweight="bold")
        if mark is not None:
            axis.axvline(mark, color=MUTED, linewidth=1)
            axis.text(mark - 3, top, mark_label, ha="right", va="top", fontsize=FONT - 2, color=MUTED)
        axis.set_xticks([1, 91, 182, 274], ["January", "April", "July", "October"])
        axis.set(xlabel="", ylabel=caption.unit, xlim=(0, 430), ylim=(0, 1.05 * top))
        axis.tick_params(length=0)
        return figure

    said = [f"{year}: {number(end)}" for year, end in ends.items()]
    return _chart(f"Cumulated lines of {caption.unit} over the days of each year", said, data, caption, anchor, draw)


def _apart(places: dict[int, float], gap: float) -> dict[int, float]:
    """The places of labels moved up so that two are never nearer than `gap`."""
    moved: dict[int, float] = {}
    for name, place in sorted(places.items(), key=lambda item: item[1]):
        moved[name] = max(place, max(moved.values()) + gap) if moved else place
    return moved


def grid(data: pd.DataFrame, row: str, column: str, value: str, caption: Caption, *, anchor: str) -> Chart | Shown:
    """A grid of counts, stronger for more; empty where there is nothing, a dash where nothing is reported."""
    cells = data[[row, column]].assign(count=_floats(data, [value])[value])

    def draw() -> Figure:
        import seaborn as sns
        from matplotlib.colors import LinearSegmentedColormap, to_rgba

        across, down = _order(cells[column]), _order(cells[row])
        counts = cells.groupby([row, column])["count"].sum(min_count=1)
        wide = counts.unstack().reindex(index=down, columns=across)
        figure, axis = _figure(max(1.8, 0.3 * len(wide) + 1.1))
        # a see-through blue stands on the light page and on the dark one
        blues = LinearSegmentedColormap.from_list("blues", [to_rgba(BLUE, 0.2), to_rgba(BLUE, 1)])
        most = _span(cells["count"])[1]
        sns.heatmap(
            wide, ax=axis, cmap=blues, cbar=False, annot=True, fmt=".0f", linewidths=2, linecolor=PAPER,
            annot_kws={"fontsize": FONT - 1.5, "color": INK}, vmin=1, vmax=max(most, 2),
        )  # fmt: skip
        for text in axis.texts:
            text.set_in_layout(False)  # inside its cell: a layout that measures each takes half of the time
            if float(text.get_text()) > 0.6 * most and text.get_text() != "1":
                text.set_color(WHITE)
        for name, under in counts[counts.isna()].index:
            axis.text(across.index(under) + 0.5, down.index(name) + 0.5, "–", ha="center", va="center", color=MUTED)
        axis.grid(False)
        axis.set(xlabel="", ylabel="")
        axis.tick_params(length=0)
        longest, beside = (max(len(str(name)) for name in names) for names in (across, down))
        fits = (longest + 1) * len(across) <= 58 - beside  # characters that the width has room for
        axis.tick_params(axis="x", rotation=0 if fits else 90)
        return figure

    said = [f"{name}, {under}: {number(count)}" for name, under, count in cells.itertuples(index=False, name=None)]
    return _chart(f"Grid of {caption.unit}", said, data, caption, anchor, draw)


def _order(names: pd.Series) -> list[Any]:
    """Distinct names in their declared order, else in that of the rows."""
    return list(names.cat.categories if isinstance(names.dtype, pd.CategoricalDtype) else names.unique())


class Year(NamedTuple):
    """One year of a series; `value` is NaN where it is missing."""

    year: int
    value: float
    coverage: str


def _years(data: pd.DataFrame, value: str) -> list[Year]:
    values = _floats(data, [value])[value]
    return [Year(int(year), *rest) for year, *rest in zip(data["year"], values, _coverage(data), strict=True)]


def _years_said(years: Iterable[Year], decimals: int | None = None) -> str:
    return ", ".join(f"{y.year} {_said(y.value, y.coverage, decimals)}" for y in years)


def _said(value: float, coverage: str, decimals: int | None = None) -> str:
    return number(value, decimals) + ("" if math.isnan(value) else COVERAGE.get(coverage, ""))


def _coverage(data: pd.DataFrame) -> list[str]:
    """How far the year of each row is covered; whole where the table does not say."""
    return [str(state) for state in data["coverage"]] if "coverage" in data else ["whole"] * len(data)


def _floats(data: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Columns as floats, NaN where a value is missing."""
    return data[list(dict.fromkeys(columns))].astype("Float64").astype(float)


def _span(values: Iterable[float], nothing: float = 1.0) -> tuple[float, float]:
    """Least and greatest value; `nothing` twice where none is reported."""
    there = [value for value in values if not math.isnan(value)] or [nothing]
    return min(there), max(there)


def _wrapped(labels: Iterable[object], width: int = 26) -> list[str]:
    """Long row labels on two or three lines."""
    return ["\n".join(wrap(str(label), width)) for label in labels]


def _chart(
    kind: str, said: Sequence[str], data: pd.DataFrame, caption: Caption, anchor: str, draw: Callable[[], Figure]
) -> Chart | Shown:
    """The figure with its text alternative: kind and unit, title, then what the rows say."""
    if data.empty:
        return tables.nothing(caption)
    return Chart(anchor, caption, f"{kind}. {caption.title}. {'; '.join(said)}.", data.copy(), draw)


def _figure(height: float) -> tuple[Figure, Axes]:
    from matplotlib import pyplot as plt

    theme.style()
    return plt.subplots(figsize=(theme.WIDTH, height), layout="constrained")


def _pitch(labels: Sequence[str], one: float) -> float:
    """Inches from row to row: `one` for labels of one line, or of two where that has room, more for more lines."""
    return one + 0.14 * max(name.count("\n") for name in labels)


def _rows(axis: Axes, labels: Sequence[str], unit: str, *, top: float = -0.6, bottom: float = 0.4) -> None:
    """Labelled rows from the top, vertical lines only, the unit below."""
    axis.set_yticks(range(len(labels)), labels)
    axis.set_ylim(len(labels) - bottom, top)
    axis.grid(False)
    axis.grid(True, axis="x", linewidth=0.8)
    axis.tick_params(length=0)
    axis.set(xlabel=unit, ylabel="")


def _beside(axis: Axes, said: str, x: float, position: int, shift: int = 6, size: float = FONT - 1) -> None:
    """Text `shift` points right (left, if negative) of a mark; at the axis where there is no mark."""
    axis.annotate(
        said, (0 if math.isnan(x) else x, position), xytext=(shift, 0), textcoords="offset points", va="center",
        ha="left" if shift > 0 else "right", fontsize=size,
        xycoords=axis.get_yaxis_transform() if math.isnan(x) else "data",
    )  # fmt: skip


def _times_ticks(axis: Axes, low: float, high: float) -> None:
    ticks = [t for t in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if low / 1.5 <= t <= high * 1.5]
    _log_ticks(axis, ticks, [f"× {t:g}" for t in ticks])


def _log_ticks(axis: Axes, ticks: list[float], names: list[str]) -> None:
    """Only these ticks on a log scale, with these names."""
    from matplotlib.ticker import NullFormatter, NullLocator

    axis.set_xticks(ticks, names)
    axis.xaxis.set_minor_locator(NullLocator())
    axis.xaxis.set_minor_formatter(NullFormatter())
