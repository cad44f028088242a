"""Charts of dots on a row: with intervals, in pairs, by year."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.sentences.caption import Caption
from helpers.sentences.wording import minus, number
from helpers.show.charts.figure import (
    MISSING,
    Chart,
    Year,
    at_right,
    beside,
    chart,
    floats,
    on_row,
    on_top,
    rows_sheet,
    rule,
    say,
    scale,
    span,
    ticks,
    times_ticks,
    years_of,
    years_said,
)
from helpers.show.measure import fit, widest
from helpers.show.tables import Shown
from helpers.show.theme import BLUE, COLOURS, FONT, GREEN, GREY, HATCH, ORANGE, PAPER, SKY

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


Dot = tuple[float, int, str]  # its value, its row, and what it says


def _dots(axis: Axes, dots: Iterable[Dot], marker: str, **style: Any) -> None:
    """Dots in one style, where there is a value."""
    import seaborn as sns

    if there := [dot for dot in dots if not math.isnan(dot[0])]:
        x, y, said = zip(*there, strict=True)
        sns.scatterplot(x=x, y=y, marker=marker, ax=axis, legend=False, **style)
        say(axis.collections[-1], *said)


def intervals(
    data: pd.DataFrame, label: str, caption: Caption, *, anchor: str, value: str, low: str, high: str,
    reference: float | None = None, band: tuple[float, float] | None = None, band_label: str = "", printed: str = "",
    logarithmic: bool = False, clear: str = "",
) -> Chart | Shown:  # fmt: skip
    """Dots with their interval, in the order of the rows.

    `reference` draws a line, `band` a shaded range, `printed` a second mark (the
    report's own figure, which is the one said where there is one). A row without
    either shows its interval only. `clear` names a column that is true where the row
    is more than chance: the others are grey.
    """
    names = [str(name) for name in data[label]]
    rows = floats(data, [value, low, high, *filter(None, [printed])])
    told = list(rows[printed].fillna(rows[value]) if printed else rows[value])
    sure = [bool(known) for known in data[clear].fillna(False)] if clear else [True] * len(data)
    said = [
        f"{name}: {_interval_said(figure, row[low], row[high])}"
        for name, figure, row in zip(names, told, rows.to_dict("records"), strict=True)
    ]

    def draw(width: float) -> Figure:
        beside_it = [
            minus(f"{figure:.2f}") if not math.isnan(figure)
            else MISSING if math.isnan(start + end) else minus(f"{start:g}–{end:g}")
            for figure, start, end in zip(told, rows[low], rows[high], strict=True)
        ]  # fmt: skip
        keys = [(_key("o", BLUE, False), "clear"), (_key("o", GREY, False), "may be chance")] if clear else []
        figure, axis, wide = rows_sheet(
            width, names, caption.unit, right=widest(beside_it, FONT) + 14, top=18 if band else 4, keys=keys
        )  # fmt: skip
        if logarithmic:
            axis.set_xscale("log")
        _limits(axis, wide, [*rows.to_numpy().ravel(), reference or math.nan, *(band or [])], logarithmic)
        if band:
            axis.axvspan(*band, color=GREEN, alpha=0.2, linewidth=0)
            on_top(axis, band_label, sum(band) / 2, 4, "center")
        if reference is not None:
            rule(axis, reference)
        for position, (start, end, known) in enumerate(zip(rows[low], rows[high], sure, strict=True)):
            line = axis.plot([start, end], [position] * 2, color=SKY if known else GREY, linewidth=6, zorder=2)[0]
            line.set_solid_capstyle("butt")
            say(line, said[position])
            at_right(axis, beside_it[position], position)
        for known, colour in ((True, BLUE), (False, GREY)):
            dots = [(rows[value].iloc[i], i, said[i]) for i in range(len(rows)) if sure[i] == known]
            _dots(axis, dots, "o", color=colour, s=46, edgecolor=PAPER, linewidth=0.8, zorder=3)
        if printed:
            dots = [(rows[printed].iloc[i], i, f"{said[i]} (as printed)") for i in range(len(rows))]
            _dots(axis, dots, "D", facecolor="none", edgecolor=ORANGE, linewidth=1.6, s=64, zorder=4)
        return figure

    return chart(f"Dots with intervals, {caption.unit}", said, data, caption, anchor, draw)


def _limits(axis: Axes, wide: float, values: Sequence[float], logarithmic: bool) -> None:
    """Ends and ticks of an axis: the values with a little room on both sides."""
    low, high = span(value for value in values if value > 0 or not logarithmic)
    if logarithmic:
        low, high = min(low, 1) / 1.1, max(high, 1) * 1.1
        axis.set_xlim(low, high)
        times_ticks(axis, wide, low, high)
    else:
        room = 0.04 * (high - low) or 0.5
        axis.set_xlim(low - room, high + room)
        ticks(axis, wide, low - room, high + room)


def _key(marker: str, colour: str, hollow: bool) -> Any:
    """The key of a dot in a legend."""
    from matplotlib.lines import Line2D

    return Line2D([], [], linestyle="", marker=marker, color=colour, markerfacecolor=PAPER if hollow else colour)


def _interval_said(value: float, low: float, high: float) -> str:
    between = f"between {low:.2f} and {high:.2f}"
    parts = [f"{value:.2f}"] * (not math.isnan(value)) + [between] * (not math.isnan(low + high))
    return minus(", ".join(parts)) or MISSING


def dumbbells(
    data: pd.DataFrame, label: str, first: str, second: str, names: tuple[str, str], caption: Caption, *, anchor: str,
    open_marks: str = "", decimals: int | None = None,
) -> Chart | Shown:  # fmt: skip
    """Two values a row joined by a line.

    `open_marks` names a column that says which of the two is derived and therefore drawn hollow;
    `decimals` are those of every figure, where they should be alike (None: as each needs). Columns
    `before` and `now` follow one another, so their figures stand in a column of their own (`71 → 66`).
    """
    labels, rows = [str(name) for name in data[label]], floats(data, [first, second])
    hollow = list(data[open_marks]) if open_marks else [""] * len(data)
    marks = {first: ("o", names[0]), second: ("s", names[1])}
    pairs = zip(rows[first], rows[second], strict=True) if (first, second) == ("before", "now") else ()
    told = [" → ".join("–" if math.isnan(end) else number(end, decimals) for end in pair) for pair in pairs]

    def draw(width: float) -> Figure:
        keys = [(_key(mark, COLOURS[column], False), name) for column, (mark, name) in marks.items()]
        right = widest(told, FONT) + 14 if told else 4
        figure, axis, wide = rows_sheet(width, labels, caption.unit, row=26, right=right, keys=keys)
        for position, text in enumerate(told):
            at_right(axis, text, position)
        for position, row in enumerate(rows.to_dict("records")):
            ends = sorted((column for column in marks if not math.isnan(row[column])), key=lambda column: row[column])
            axis.plot([row[first], row[second]], [position] * 2, color=GREY, linewidth=2.5, zorder=1)
            for column in ends if not told else ():
                shift = -10 if column == ends[0] and len(ends) > 1 else 10
                beside(axis, number(row[column], decimals), row[column], position, shift)
            if not ends and not told:
                beside(axis, MISSING, math.nan, position)
        for column, (mark, name) in marks.items():
            dots = [
                (value, i, f"{label}: {name} {number(value, decimals)}")
                for i, (label, value) in enumerate(zip(labels, rows[column], strict=True))
            ]
            for derived, face in ((False, COLOURS[column]), (True, PAPER)):
                alike = [dot for dot, which in zip(dots, hollow, strict=True) if (which == column) == derived]
                _dots(axis, alike, mark, s=64, facecolor=face, edgecolor=COLOURS[column], linewidth=2, zorder=2)
        low, high = span(rows.to_numpy().ravel())
        every = [number(value, decimals) for value in rows.to_numpy().ravel() if not math.isnan(value)]
        figures = 6 if told else widest(every, FONT) + 14
        room = (high - low or 1) * figures / max(wide - 2 * figures, 1)  # for the figures on both sides
        axis.set_xlim(low - room, high + room)
        ticks(axis, wide, low, high)
        return figure

    said = [
        f"{name}: {names[0]} {number(row[first], decimals)}, {names[1]} {number(row[second], decimals)}"
        for name, row in zip(labels, rows.to_dict("records"), strict=True)
    ]
    return chart(f"Pairs of dots, {caption.unit}", said, data, caption, anchor, draw)


def ranges(
    data: pd.DataFrame, label: str, value: str, caption: Caption, *, anchor: str, highlight: Sequence[int] = ()
) -> Chart | Shown:
    """A row a `label` on a log scale: a dot each `year`, the chosen one marked and labelled.

    Without a chosen year the last is marked and the label leads from the first to
    it. A hollow dot is a partial year, a hollow diamond one whose closing day is unknown.
    """
    rows = years_of(data, label, value)
    every = [(name, position, year) for position, (name, years) in enumerate(rows.items()) for year in years]
    chosen = {name: _chosen(years, highlight) for name, years in rows.items()}

    def draw(width: float) -> Figure:
        low, high = span(year.value for *_, year in every if year.value > 0)
        low, high = low / 1.3, high * 1.3
        told = [" → ".join(number(end.value) for end in ends) or MISSING for _, ends in chosen.values()]
        right = widest(told, FONT) + 14
        keys = [
            (_key(shape, GREY, True), said)
            for state, shape, said in (("partial", "o", "partial year"), ("unknown", "D", "closing day unknown"))
            if any(year.coverage == state for *_, year in every)
        ]
        names = [fit(name, width - right - 14, FONT) for name in rows]
        tall = 26 + 13 * max(name.count("\n") + 1 for name in names)
        figure, axis, _ = rows_sheet(width, [""] * len(names), caption.unit, row=tall, right=right, keys=keys)
        axis.set_xscale("log")
        for position, (name, years) in enumerate(zip(names, rows.values(), strict=True)):
            # 0 has no place on a log scale
            ends = span((year.value for year in years if year.value > 0), math.nan)
            axis.plot(ends, [position] * 2, color=GREY, linewidth=2.5, zorder=1)
            on_row(axis, name, position, 9)
            at_right(axis, told[position], position)
        for picked, colour, size in ((False, GREY, 30), (True, BLUE, 70)):
            for state in ("whole", *HATCH):
                dots = [
                    (year.value, position, f"{name}: {years_said([year])}") for name, position, year in every
                    if year.value > 0 and year.coverage == state and (year in chosen[name][0]) == picked
                ]  # fmt: skip
                _dots(
                    axis, dots, "D" if state == "unknown" else "o", s=size, edgecolor=colour, linewidth=1.8,
                    facecolor=PAPER if state in HATCH else colour, zorder=3 if picked else 2,
                )  # fmt: skip
        axis.set_xlim(low, high)
        decades = [10.0**power for power in range(8) if low <= 10.0**power <= high]
        scale(axis, decades, [number(tick) for tick in decades])
        return figure

    said = [f"{name}: {years_said(years)}" for name, years in rows.items()]
    return chart(f"Dots on a log scale, {caption.unit}", said, data, caption, anchor, draw)


def _chosen(years: list[Year], highlight: Sequence[int]) -> tuple[list[Year], list[Year]]:
    """The years that are marked, and those that the label names."""
    reported = sorted(year for year in years if not math.isnan(year.value))
    picked = [year for year in reported if year.year in highlight] if highlight else reported[-1:]
    return picked, picked if highlight or len(reported) < 2 else [reported[0], reported[-1]]
