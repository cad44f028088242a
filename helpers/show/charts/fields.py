"""Charts with two axes of their own: lines over the days of a year, a grid of counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.sentences.caption import Caption
from helpers.sentences.wording import number
from helpers.show.charts.figure import MISSING, Chart, blank, chart, floats, on_top, say, span
from helpers.show.measure import fit, lines_of, widest, width_of
from helpers.show.tables import Shown
from helpers.show.theme import BLUE, CELLS, FONT, GREEN, GREY, INK, MUTED, ORANGE, PAPER, PURPLE, SKY, SMALL

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def _field(width: float, height: float, edges: tuple[float, float, float, float]) -> tuple[Figure, Axes]:
    """An axis with so many points left, below, right and above it."""
    left, below, right, above = edges
    figure = blank(width, height)
    rectangle = left / width, below / height, 1 - (left + right) / width, 1 - (below + above) / height
    axis = figure.add_axes(rectangle)
    axis.tick_params(length=0)
    return figure, axis


def cumulated(
    data: pd.DataFrame, value: str, caption: Caption, *, anchor: str, highlight: Sequence[int] = (),
    mark: int | None = None, mark_label: str = "",
) -> Chart | Shown:  # fmt: skip
    """One stepped line each `year` over the column `day` (of the year); those of `highlight` named, the rest grey.

    `mark` is a day with a line of its own.
    """
    known = data[["year", "day"]].assign(value=floats(data, [value])[value])
    lines = {int(str(year)): rows.dropna() for year, rows in known.groupby("year", sort=True)}
    ends = {year: span(rows["value"], math.nan)[1] for year, rows in lines.items()}
    said = [f"{year}: {number(end)}" for year, end in ends.items()]

    def draw(width: float) -> Figure:
        import seaborn as sns

        shades = dict(zip(highlight, (BLUE, ORANGE, GREEN, PURPLE, SKY) * len(highlight), strict=False))
        labels = {year: f"{year} {MISSING if math.isnan(end) else number(end)}" for year, end in ends.items()}
        right = widest([labels[year] for year in labels if year in shades], FONT, bold=True) + 12
        top = span(ends.values())[1]
        figure, axis = _field(
            width, 250, (width_of(number(top)) + 8, 22, right, 22 + 13 * (mark_label.count("\n") + 1))
        )
        for (year, rows), words in zip(lines.items(), said, strict=True):
            sns.lineplot(
                x=[0, *rows["day"]], y=[0, *rows["value"]], drawstyle="steps-post", estimator=None, ax=axis,
                color=shades.get(year, GREY), linewidth=2 if year in shades else 0.9, zorder=3 if year in shades else 1,
            )  # fmt: skip
            say(axis.lines[-1], words)
        named = {year: 0.0 if math.isnan(end) else end for year, end in ends.items() if year in shades}
        for year, height in _apart(named, 16 * 1.05 * top / (250 - 60)).items():
            axis.text(372, height, labels[year], va="center", color=shades[year], fontweight="bold", clip_on=False)
        if mark is not None:
            axis.axvline(mark, color=MUTED, linewidth=1)
            on_top(axis, mark_label, mark, 4, "right", "bottom")
        figure.text(0, 1, fit(caption.unit, 0.5 * width), fontsize=SMALL, color=MUTED, va="top")
        axis.set_xticks([1, 91, 182, 274], ["January", "April", "July", "October"], ha="left")
        axis.set(xlim=(0, 367), ylim=(0, 1.05 * top))
        axis.tick_params(axis="y", labelsize=SMALL, labelcolor=MUTED)
        return figure

    return chart(f"Cumulated lines of {caption.unit} over the days of each year", said, data, caption, anchor, draw)


def _apart(places: dict[int, float], gap: float) -> dict[int, float]:
    """The places of labels moved up so that two are never nearer than `gap`."""
    moved: dict[int, float] = {}
    for name, place in sorted(places.items(), key=lambda item: item[1]):
        moved[name] = max(place, max(moved.values()) + gap) if moved else place
    return moved


def grid(data: pd.DataFrame, row: str, column: str, value: str, caption: Caption, *, anchor: str) -> Chart | Shown:
    """A grid of counts, stronger for more; empty where there is nothing, a dash where nothing is reported."""
    cells = data[[row, column]].assign(count=floats(data, [value])[value])
    said = [f"{name}, {under}: {number(count)}" for name, under, count in cells.itertuples(index=False, name=None)]

    def draw(width: float) -> Figure:
        import seaborn as sns
        from matplotlib.colors import BoundaryNorm, ListedColormap

        across, down = _order(cells[column]), _order(cells[row])
        counts = cells.groupby([row, column], observed=True)["count"].sum(min_count=1)
        wide = counts.unstack().reindex(index=down, columns=across)
        names = [fit(name, 0.4 * width, FONT) for name in down]
        left = widest(names, FONT) + 8
        cell = (width - left) / len(across)
        under = [fit(name, cell - 6) for name in across]
        turned = widest(under, SMALL) > cell - 4
        under = [str(name) for name in across] if turned else under
        below = widest(under, SMALL) + 8 if turned else 13 * lines_of(under) + 8
        tall = max(22, 13 * lines_of(names) + 4)
        figure, axis = _field(width, tall * len(down) + below + 2, (left, below, 0, 2))
        most = max(span(cells["count"])[1], 1)
        steps = [0.5 + most * step / len(CELLS) for step in range(len(CELLS) + 1)]
        sns.heatmap(
            wide.where(wide > 0), ax=axis, vmin=0, vmax=most, cmap=ListedColormap(CELLS), cbar=False,
            norm=BoundaryNorm(steps, len(CELLS)), linewidths=2, linecolor=PAPER, xticklabels=under, yticklabels=names,
        )  # fmt: skip
        for name, place in [(name, place) for name in down for place in across if (name, place) in counts.index]:
            count = counts[name, place]
            text = axis.text(
                across.index(place) + 0.5, down.index(name) + 0.5, "–" if math.isnan(count) else number(count),
                ha="center", va="center", fontsize=SMALL,
                color=MUTED if not count > 0 else PAPER if count > steps[1] else INK,
            )  # fmt: skip
            say(text, f"{name}, {place}: {number(count)}")
        axis.grid(False)
        axis.set(xlabel="", ylabel="")
        axis.tick_params(axis="x", rotation=90 if turned else 0, labelsize=SMALL)
        axis.tick_params(axis="y", rotation=0, labelsize=FONT)
        return figure

    return chart(f"Grid of {caption.unit}", said, data, caption, anchor, draw)


def _order(names: pd.Series) -> list[Any]:
    """Distinct names in their declared order, else in that of the rows."""
    return list(names.cat.categories if isinstance(names.dtype, pd.CategoricalDtype) else names.unique())
