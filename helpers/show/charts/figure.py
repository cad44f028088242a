"""What every chart has: the figure around it, a sheet to draw on, words that fit."""

from __future__ import annotations

import html
import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from helpers.sentences.caption import Caption
from helpers.sentences.wording import minus, number
from helpers.show import svg, tables, take, theme
from helpers.show.measure import fit, lines_of, widest, width_of
from helpers.show.tables import Shown
from helpers.show.theme import FONT, GRID, HATCH, INK, MUTED, PAPER, SMALL

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

COVERAGE = {"partial": " (partial)", "unknown": " (closing day unknown)"}
MISSING = "not reported"
# Where no style sheet of ours is, in JupyterLab: a title is no link to look at, ink has light paper in the dark theme.
PLAIN = ' style="color: inherit; text-decoration: none"'
GROUND = f' style="background: var(--paper, {PAPER})"'


@dataclass(frozen=True, repr=False, eq=False)
class Chart:
    """A figure that shows itself in JupyterLab and on the page; drawn when first shown.

    `draw` makes the drawing for a width in points. What somebody takes away is put together
    by `take` from the figure on the page: `svg`, `caption` and `data` are all that it needs.
    """

    anchor: str
    caption: Caption
    description: str
    data: pd.DataFrame
    draw: Callable[[float], Figure]

    def __repr__(self) -> str:
        return f"<figure {self.anchor}: {self.caption.title}>"

    @cached_property
    def svg(self) -> str:
        """The drawing for a column of text, themed."""
        return svg.themed(self._drawn(theme.WIDE), self.anchor, "wide")

    @cached_property
    def narrow(self) -> str:
        """The same for a phone; hidden where no style sheet chooses."""
        return svg.themed(self._drawn(theme.NARROW), f"{self.anchor}-narrow", "narrow")

    def _drawn(self, width: float) -> Figure:
        theme.style()
        return self.draw(width)

    def _repr_html_(self) -> str:
        return self.html(self.svg + self.narrow)

    def html(self, drawing: str) -> str:
        """Markup of the figure around its drawings."""
        identifier, title = f"figure-{self.anchor}", self.caption.title
        return (
            f'<figure class="chart" id="{identifier}" data-about="{html.escape(self._about())}">'
            f'<figcaption><a class="anchor" href="#{identifier}"{PLAIN}>{html.escape(title)}</a></figcaption>'
            f'<div class="drawing" role="img"{GROUND} aria-label="{html.escape(self.description)}">{drawing}</div>'
            f"{tables.below(self.caption, self.data, self.anchor, take.buttons(self.anchor))}"
            f"{take.frames(self.caption, self.svg) if drawing else ''}"
            f'<details class="data"><summary>Data of this figure</summary>{tables.render(self.data, title)}</details>'
            "</figure>"
        )

    def _about(self) -> str:
        """Caption and text alternative as JSON, for whoever takes the figure out of its page."""
        said = {**asdict(self.caption), "reported": self.caption.reported, "description": self.description}
        return json.dumps(said, ensure_ascii=False)


def chart(
    kind: str, said: Sequence[str], data: pd.DataFrame, caption: Caption, anchor: str, draw: Callable[[float], Figure]
) -> Chart | Shown:
    """The figure with its text alternative: kind and unit, title, then what the rows say."""
    if data.empty:
        return tables.nothing(caption)
    return Chart(anchor, caption, f"{kind}. {caption.title}. {'; '.join(said)}.", data.copy(), draw)


def say(artist: Artist, *texts: str) -> None:
    """What a mark, or each mark of a line, says when it is pointed at: kept in its id, which `svg` turns into text."""
    artist.set_gid(svg.SAYS + svg.NEXT.join(texts))


# Sheets


def blank(width: float, height: float) -> Figure:
    """An empty figure of so many points."""
    from matplotlib.figure import Figure

    return Figure((width / 72, height / 72), dpi=72)


def sheet(width: float, height: float) -> tuple[Figure, Axes]:
    """One bare axis over a whole figure, in points from its lower left: panels on it cost a tenth of axes each."""
    figure = blank(width, height)
    axis = figure.add_axes((0, 0, 1, 1))
    axis.set_axis_off()
    axis.set(xlim=(0, width), ylim=(0, height))
    return figure, axis


class Rows(NamedTuple):
    """A chart of rows: its parts, and the width in points of the axis between labels and figures."""

    figure: Figure
    axis: Axes
    wide: float


def rows_sheet(
    width: float, labels: Sequence[object], unit: str, *, right: float, row: float = 25.0, top: float = 4.0,
    keys: Sequence[tuple[Any, str]] = (),
) -> Rows:  # fmt: skip
    """A sheet with labelled rows from the top, the unit below, `right` points beside the axis, a legend of `keys`."""
    named = [fit(label, 0.42 * width, FONT) for label in labels]
    left = widest(named, FONT) + 10
    unit = fit(unit, width - left)
    row = max(row, 13 * lines_of(named) + 5)
    across = _across([name for _, name in keys], width)
    legend = 17 * math.ceil(len(keys) / across) + 4 if keys else 0
    bottom = 20 + (13 * lines_of([unit]) if unit else 0)
    height, wide = legend + top + row * len(labels) + bottom, width - left - right
    figure = blank(width, height)
    axis = figure.add_axes((left / width, bottom / height, wide / width, row * len(labels) / height))
    axis.set(xticks=[], yticks=[], ylim=(len(labels) - 0.5, -0.5))
    for position, name in enumerate(named):
        axis.text(
            -3.5 / wide, position, name, ha="right", va="center_baseline", fontsize=FONT,
            transform=axis.get_yaxis_transform(),
        )  # fmt: skip
    figure.text(left / width, 3 / height, unit, fontsize=SMALL, color=MUTED, va="bottom", linespacing=1.2)
    if keys:
        figure.legend(
            [handle for handle, _ in keys], [name for _, name in keys], loc="upper left", bbox_to_anchor=(0, 1),
            ncols=across, handlelength=1.2, handletextpad=0.5, columnspacing=1.2, borderaxespad=0, borderpad=0,
        )  # fmt: skip
    return Rows(figure, axis, wide)


def _across(names: Sequence[str], width: float) -> int:
    """How many names of a legend stand side by side."""
    cell = widest(names, SMALL) + 32
    return max(1, min(len(names), int(width / cell)))


def swatch(colour: str, state: str = "") -> Patch:
    """The key of a bar in a legend."""
    from matplotlib.patches import Patch

    return Patch(facecolor=colour, hatch=HATCH.get(state), edgecolor=PAPER, linewidth=0)


def state_keys(states: Iterable[str]) -> list[tuple[Any, str]]:
    """Keys of the hatches that are drawn, and of no others."""
    words, there = {"partial": "partial year", "unknown": "closing day unknown"}, set(states)
    return [(swatch(theme.GREY, state), said) for state, said in words.items() if state in there]


def ticks(axis: Axes, wide: float, low: float, high: float) -> None:
    """Round ticks on an axis `wide` points wide, as many as have room, the values between `low` and `high`."""
    from matplotlib.ticker import MaxNLocator

    room = max(2, int(wide / (width_of(number(round(high, 2))) + 26)))
    places = MaxNLocator(nbins=min(room, 7), steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    places = [place for place in places if low - 1e-9 <= place <= high + 1e-9]
    scale(axis, places, [minus(number(float(f"{place:.6g}"))) for place in places])


def times_ticks(axis: Axes, wide: float, low: float, high: float) -> None:
    """Ticks × 0.1 … × 100 of a log scale from `low` to `high`: first 1, then the coarsest, none too near another."""
    places = [(value, f"× {value:g}") for value in (1, 10, 0.1, 100, 0.01, 2, 0.5, 5, 0.2, 50, 20)]
    chosen: list[tuple[float, str]] = []
    points = wide / math.log(high / low)
    for value, name in places:
        far = [abs(math.log(value / other)) * points - (width_of(name) + width_of(said)) / 2 for other, said in chosen]
        if low * 0.999 <= value <= high * 1.001 and min(far, default=99) > 8:
            chosen.append((value, name))
    scale(axis, [value for value, _ in chosen], [name for _, name in chosen])


def scale(axis: Axes, places: Sequence[float], names: Sequence[str]) -> None:
    """A line at each place across all rows, its name below: by hand, as matplotlib's ticks cost ten times as much."""
    axis.set_xticks([])
    axis.set_xticks([], minor=True)
    axis.vlines(places, *axis.get_ylim(), color=GRID, linewidth=0.8, zorder=0.5)
    at_foot = axis.get_xaxis_transform()
    for place, name in zip(places, names, strict=True):
        _note(axis, name, (place, 0), (0, -3.5), "center", va="top", color=MUTED, xycoords=at_foot)


def _note(
    axis: Axes, said: str, place: tuple[float, float], shift: tuple[float, float], side: str = "left",
    size: float = SMALL, **style: Any,
) -> None:  # fmt: skip
    """Text some points right of and above a place, on the axis or beside it; its `side` stands there."""
    axis.annotate(
        said, place, xytext=shift, textcoords="offset points", ha=side, fontsize=size, annotation_clip=False, **style
    )


def beside(axis: Axes, said: str, x: float, position: float, shift: float = 6) -> None:
    """Text `shift` points right (left, if negative) of a mark; at the axis where there is no mark."""
    place, measured = ((0.0, position), axis.get_yaxis_transform()) if math.isnan(x) else ((x, position), "data")
    side = "left" if shift > 0 else "right"
    _note(axis, said, place, (shift, 0), side, FONT, va="center", xycoords=measured)


def at_right(axis: Axes, said: str, position: float) -> None:
    """Text in the column of figures right of the axis, where no line crosses it."""
    _note(axis, said, (1, position), (8, 0), size=FONT, va="center", xycoords=axis.get_yaxis_transform())


def on_row(axis: Axes, said: str, position: float, shift: float, size: float = FONT, colour: str = INK) -> None:
    """Text from the left end of a row, `shift` points above its middle (below, if negative)."""
    foot, measured = "bottom" if shift > 0 else "top", axis.get_yaxis_transform()
    _note(
        axis, said, (0, position), (0, shift), size=size, va=foot, color=colour, linespacing=1.15, xycoords=measured
    )  # fmt: skip


def on_top(axis: Axes, said: str, x: float, shift: float, side: str, foot: str = "baseline") -> None:
    """Text `shift` points above the axis, its `side` at a value."""
    _note(axis, said, (x, 1), (0, shift), side, va=foot, color=MUTED, xycoords=axis.get_xaxis_transform())


def rule(axis: Axes, place: float, colour: str = MUTED) -> None:
    """A reference line across the rows."""
    axis.axvline(place, color=colour, linewidth=1.2, zorder=1)


def base(axis: Axes, left: float, right: float, height: float) -> None:
    """The line that a panel stands on."""
    axis.plot([left, right], [height, height], color=GRID, linewidth=1)


# Data


class Year(NamedTuple):
    """One year of a series; `value` is NaN where it is missing."""

    year: int
    value: float
    coverage: str


def years_of(data: pd.DataFrame, name: str, value: str) -> dict[str, list[Year]]:
    """The years of each `name`, in the order of the rows."""
    every = zip(data["year"], floats(data, [value])[value], coverage(data), strict=True)
    found: dict[str, list[Year]] = {}
    for said, (year, *rest) in zip(data[name], every, strict=True):
        found.setdefault(str(said), []).append(Year(int(year), *rest))
    return found


def years_said(years: Iterable[Year], decimals: int | None = None) -> str:
    """Years and values in words."""
    return ", ".join(f"{y.year} {value_said(y.value, y.coverage, decimals)}" for y in years)


def value_said(value: float, state: str, decimals: int | None = None) -> str:
    """A value with the state of its year."""
    return number(value, decimals) + ("" if math.isnan(value) else COVERAGE.get(state, ""))


def pairs_said(
    names: Iterable[str], values: Iterable[float], states: Iterable[str], decimals: int | None = None
) -> list[str]:
    """Each name with its value and the state of its year."""
    return [
        f"{name}: {value_said(value, state, decimals)}"
        for name, value, state in zip(names, values, states, strict=True)
    ]


def coverage(data: pd.DataFrame) -> list[str]:
    """How far the year of each row is covered; whole where the table does not say."""
    return [str(state) for state in data["coverage"]] if "coverage" in data else ["whole"] * len(data)


def floats(data: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Columns as floats, NaN where a value is missing."""
    return data[list(dict.fromkeys(columns))].astype("Float64").astype(float)


def span(values: Iterable[float], nothing: float = 1.0) -> tuple[float, float]:
    """Least and greatest value; `nothing` twice where none is reported."""
    there = [value for value in values if not math.isnan(value)] or [nothing]
    return min(there), max(there)
