"""Charts of bars: one a row."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.sentences.caption import Caption
from helpers.sentences.wording import listing, number
from helpers.show.charts.figure import (
    MISSING,
    Chart,
    at_right,
    beside,
    chart,
    coverage,
    floats,
    on_row,
    on_top,
    pairs_said,
    rows_sheet,
    rule,
    say,
    scale,
    span,
    state_keys,
    swatch,
    ticks,
    times_ticks,
)
from helpers.show.measure import fit, widest, width_of
from helpers.show.tables import Shown
from helpers.show.theme import BLUE, COLOURS, FONT, HATCH, INK, MUTED, ORANGE, PAPER, SKY, SMALL

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

OUTLIER = 10  # a ratio that is so many times the next is cut off, and says so


def _bars(axis: Axes, widths: Sequence[float], states: Sequence[str], said: Sequence[str], **style: Any) -> None:
    """One horizontal bar a row, `_marked`."""
    import seaborn as sns

    sns.barplot(
        x=list(widths), y=list(range(len(widths))), orient="h", native_scale=True, errorbar=None, ax=axis,
        saturation=1, **style,
    )  # fmt: skip
    _marked(axis, states, said)


def _marked(axis: Axes, states: Sequence[str], said: Sequence[str]) -> None:
    """Hatch the last bars drawn by their state; each says its text."""
    for bar, state, text in zip(axis.containers[-1], states, said, strict=True):
        bar.set(hatch=HATCH.get(state), edgecolor=PAPER, linewidth=0.8)
        say(bar, text)


def stacked_bars(
    data: pd.DataFrame, label: str, parts: dict[str, str], caption: Caption, *, anchor: str
) -> Chart | Shown:
    """Horizontal bars in the order of the rows, stacked by `parts` (column → name)."""
    names, rows, states = [str(name) for name in data[label]], floats(data, parts), coverage(data)
    totals = [float(total) for total in rows.sum(axis=1, min_count=1)]

    def draw(width: float) -> Figure:
        keys = [(swatch(COLOURS.get(column, BLUE)), name) for column, name in parts.items()] if len(parts) > 1 else []
        right = widest(map(number, totals), FONT) + 8
        figure, axis, wide = rows_sheet(width, names, caption.unit, right=right, keys=keys + state_keys(states))
        left = pd.Series(0.0, index=rows.index)
        for column, part in parts.items():
            widths = rows[column].fillna(0)
            axis.barh(range(len(widths)), widths, 0.72, left, color=COLOURS.get(column, BLUE))
            of = [f"{name}, {part}" if len(parts) > 1 else name for name in names]
            _marked(axis, states, pairs_said(of, rows[column], states))
            left = left + widths
        for position, total in enumerate(totals):
            beside(axis, number(total), total, position, 5)
        most = span(totals)[1] or 1.0
        axis.set_xlim(0, most)
        ticks(axis, wide, 0, most)
        return figure

    return chart(f"Bar chart of {caption.unit}", pairs_said(names, totals, states), data, caption, anchor, draw)


def ratios(data: pd.DataFrame, label: str, ratio: str, caption: Caption, *, anchor: str) -> Chart | Shown:
    """Bars from 1 to each ratio on a log scale: right of the line is more; dotted where a closing day is unknown.

    A ratio far beyond the others is cut off at the edge, so that it does not flatten them.
    """
    names, values, states = [str(name) for name in data[label]], list(floats(data, [ratio])[ratio]), coverage(data)
    said = pairs_said(names, values, states, 2)

    def draw(width: float) -> Figure:
        low, high = _edges(values)
        shown = [_times(value) + (" ›" if value > high else "") for value in values]
        figure, axis, wide = rows_sheet(
            width, names, caption.unit, right=widest(shown, FONT) + 12, keys=state_keys(states)
        )  # fmt: skip
        # a ratio of 0 has no place on a log scale: its bar runs to the edge
        ends = [1.0 if math.isnan(value) else min(max(value, low), high) for value in values]
        colours = [BLUE if value >= 1 else ORANGE for value in values]
        _bars(axis, [end - 1 for end in ends], states, said, left=1, color=BLUE, width=0.6)
        for bar, colour in zip(axis.containers[-1], colours, strict=True):
            bar.set_facecolor(colour)
        axis.set_xscale("log")  # seaborn would take the logarithm of a width
        for position, (value, text) in enumerate(zip(values, shown, strict=True)):
            at_right(axis, text, position)
            if value > high:  # a gap in the bar: it goes on
                axis.plot([high / 1.06] * 2, [position - 0.4, position + 0.4], color=PAPER, linewidth=4)
        rule(axis, 1)
        axis.set_xlim(low, high)
        times_ticks(axis, wide, low, high)
        return figure

    return chart(f"Bars from 1, {caption.unit}", said, data, caption, anchor, draw)


def _times(value: float) -> str:
    if math.isnan(value):
        return MISSING
    return f"× {value:.2f}" if value < 10 else f"× {value:.0f}"


def _edges(values: Sequence[float]) -> tuple[float, float]:
    """Ends of the log scale: the least and greatest ratio with some room, without an outlier."""
    *_, next_one, most = sorted([1.0, 1.0, *(value for value in values if value > 0)])
    low = min([1.0, *(value for value in values if value > 0)])
    others = max(next_one, 1 / low)
    top = others if most > OUTLIER * others else most
    return low / 1.2, max(top, 1) * 1.2


def bullets(
    data: pd.DataFrame, label: str, reached: str, said: str, caption: Caption, *, anchor: str, at_most: str
) -> Chart | Shown:
    """Share of the way to each row's aim, `said` in words; a line marks the aim itself.

    `at_most` names a column that is true where the share is an upper bound: hatched.
    """
    names, shares = [str(name) for name in data[label]], list(floats(data, [reached])[reached])
    states = ["partial" if bound else "whole" for bound in data[at_most].fillna(False)]
    told = [MISSING if pd.isna(text) else str(text) for text in data[said]]
    pairs = [f"{name}: {words}" for name, words in zip(names, told, strict=True)]

    def draw(width: float) -> Figure:
        right = width_of("target") / 2 + 4
        room = width - right - 14  # left of the target line, which no word crosses
        above, below = [fit(name, room, FONT) for name in names], [fit(words, room) for words in told]
        tall = 26 + 13 * max(a.count("\n") + b.count("\n") + 2 for a, b in zip(above, below, strict=True))
        figure, axis, _ = rows_sheet(
            width, [""] * len(names), "share of the value to reach", row=tall, right=right, top=0
        )  # fmt: skip
        widths = [0 if math.isnan(share) else share for share in shares]
        _bars(axis, widths, states, pairs, color=BLUE, width=14 / tall)
        for position, (name, words) in enumerate(zip(above, below, strict=True)):
            on_row(axis, name, position, 10)
            on_row(axis, words, position, -10, SMALL, MUTED)
        rule(axis, 1, INK)
        axis.set_xlim(0, 1.02)
        scale(axis, [0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "target"])
        return figure

    return chart("Bars towards a target line", pairs, data, caption, anchor, draw)


def timeline(
    data: pd.DataFrame, label: str, start: str, end: str, caption: Caption, *, anchor: str, until: float
) -> Chart | Shown:
    """Bars from `start` to `end` (decimal years); a missing end runs on to `until`, the report's closing, hatched."""
    rows, names = floats(data, [start, end]), [str(name) for name in data[label]]
    begun = rows[start].fillna(until)
    stops = rows[end].where(rows[end].notna(), (rows[start] + 1 / 12).clip(lower=until)).fillna(until)
    open_ = [bool(ongoing) for ongoing in rows[end].isna()]

    def draw(width: float) -> Figure:
        figure, axis, wide = rows_sheet(width, names, "", right=22, top=18)
        said = [
            MISSING if math.isnan(first) else f"{name}: from {_month(first)} {'on' if on else 'to ' + _month(last)}"
            for name, first, last, on in zip(names, rows[start], stops, open_, strict=True)
        ]
        states = ["partial" if on else "whole" for on in open_]
        _bars(axis, list(stops - begun), states, said, left=list(begun), color=BLUE, width=0.6)
        for position, (bar, on) in enumerate(zip(axis.containers[-1], open_, strict=True)):
            bar.set_facecolor(SKY if on else BLUE)
            if math.isnan(rows[start].iloc[position]):
                beside(axis, MISSING, math.nan, position)
        rule(axis, until)
        on_top(axis, "report closes", until, 5, "right")
        low, high = span([*rows[start], *stops, until])
        axis.set_xlim(math.floor(low), high)
        step = max(1, math.ceil((high - low) * 36 / wide))
        years = range(math.floor(low), int(until) + 1, step)
        scale(axis, years, [str(year) for year in years])
        return figure

    ended = [name for name, on in zip(names, open_, strict=True) if not on]
    said = f"{len(rows)} bars, {len(ended)} of them ended: {listing(ended)}"
    return chart("Timeline", [said], data, caption, anchor, draw)


def _month(moment: float) -> str:
    """A decimal year as a month (`2021.5` → `07/2021`)."""
    year = math.floor(moment)
    return f"{int((moment - year) * 12) + 1:02d}/{year}"
