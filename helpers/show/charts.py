"""House style: every chart of the notebooks, as one figure for page and Lab.

A chart function takes a table that an analysis made and returns the finished
figure: the finding as title, the drawing as SVG that follows the page's theme,
a text alternative written from the data, caveats, source, and the data to take
away. Charts compute no statistics.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING

import pandas as pd

from helpers.sentences.wording import listing, number
from helpers.show.tables import data_link, render

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, MUTED, GRID, PAPER = "#1b2733", "#5a6672", "#d5dbe1", "#fdfdfe"
# Sentinels in the SVG that the page's theme replaces; the colour stays as fallback.
THEMED = {INK: "ink", MUTED: "muted", GRID: "grid", PAPER: "paper"}
# Okabe and Ito's palette: told apart with any colour vision, on light and dark.
BLUE, ORANGE, GREEN, PURPLE, SKY = "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9"
GREY = "#8a949e"
WHITE = "#ffffff"  # on full blue in either theme
COLOURS = {
    "recommendation": BLUE, "amendment": SKY, "corrigendum": ORANGE,
    "female": ORANGE, "male": BLUE, "young": GREEN, "other": PURPLE,
    "alone": BLUE, "several_rows": SKY, "joint_row": ORANGE,
    "physical": BLUE, "remote": SKY, "under": ORANGE, "virtual_only": SKY, "on_site": BLUE,
    "unsplit": GREY, "before": SKY, "now": BLUE, "pass": BLUE, "note": SKY, "tension": PURPLE, "contradiction": ORANGE,
}  # fmt: skip
WIDTH = 4.6  # inches: narrow, so that text stays readable on a phone
FONT = 10.5


@dataclass(frozen=True, repr=False)
class Chart:
    """A finished figure; shows itself in JupyterLab and on the page."""

    anchor: str
    title: str
    description: str
    svg: str
    data: pd.DataFrame
    source: str
    notes: Sequence[str] = ()

    def __repr__(self) -> str:
        return f"<figure {self.anchor}: {self.title}>"

    def _repr_html_(self) -> str:
        notes = "".join(f"<li>{html.escape(note)}</li>" for note in self.notes)
        identifier = f"figure-{self.anchor}"
        return (
            f'<figure class="chart" id="{identifier}">'
            f'<figcaption><a class="anchor" href="#{identifier}">{html.escape(self.title)}</a></figcaption>'
            f'<div class="drawing" role="img" aria-label="{html.escape(self.description)}">{self.svg}</div>'
            + (f'<ul class="notes">{notes}</ul>' if notes else "")
            + f'<p class="source">Source: ITU report, {html.escape(self.source)}. '
            + f"{data_link(self.data, self.anchor)}"
            + f' <button type="button" class="take" data-save="svg" data-name="{self.anchor}" hidden>SVG</button>'
            + f' <button type="button" class="take" data-save="png" data-name="{self.anchor}" hidden>PNG</button></p>'
            + f'<details class="data"><summary>Data of this figure</summary>{render(self.data, caption=self.title)}</details>'
            + "</figure>"
        )


def style() -> None:
    """Set the house style, whatever the user's own settings are."""
    import matplotlib

    matplotlib.rcdefaults()
    matplotlib.use("agg")
    import seaborn as sns

    sns.set_theme(
        style="white",
        font="DejaVu Sans",
        rc={
            "font.size": FONT, "axes.titlesize": FONT, "axes.labelsize": FONT, "xtick.labelsize": FONT - 1,
            "ytick.labelsize": FONT - 0.5, "legend.fontsize": FONT - 1, "axes.spines.top": False,
            "axes.spines.right": False, "axes.spines.left": False, "axes.edgecolor": GRID, "axes.labelcolor": MUTED,
            "xtick.color": MUTED, "ytick.color": INK, "text.color": INK, "grid.color": GRID, "axes.grid": True,
            "axes.axisbelow": True, "figure.facecolor": "none", "axes.facecolor": "none", "svg.fonttype": "none",
            "svg.hashsalt": "itu-plan-report", "hatch.linewidth": 0.8, "legend.frameon": False, "patch.edgecolor": PAPER, "text.parse_math": False, "figure.dpi": 100,
        },
    )  # fmt: skip


def _figure(height: float) -> tuple[Figure, Axes]:
    from matplotlib import pyplot as plt

    style()
    return plt.subplots(figsize=(WIDTH, height), layout="constrained")


def _finish(
    figure: Figure,
    anchor: str,
    title: str,
    description: str,
    data: pd.DataFrame,
    source: str,
    notes: Sequence[str] = (),
) -> Chart:
    """Render a figure to themed SVG and close it."""
    from matplotlib import pyplot as plt

    drawing = BytesIO()
    figure.savefig(drawing, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    plt.close(figure)
    svg = re.sub(r"^.*?(?=<svg)", "", drawing.getvalue().decode(), flags=re.DOTALL)
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(<svg [^>]*?)width="[^"]*" height="[^"]*"|(<svg )', r"\1\2", svg, count=1)
    svg = re.sub(r'<svg ([^>]*?)(width|height)="[^"]*pt" ?', r"<svg \1", svg)
    svg = re.sub(r'<svg ([^>]*?)(width|height)="[^"]*pt" ?', r"<svg \1", svg)
    svg = svg.replace(
        "<svg ", '<svg aria-hidden="true" focusable="false" preserveAspectRatio="xMinYMin" style="max-width: 34rem" ', 1
    )
    for colour, name in THEMED.items():
        svg = svg.replace(colour, f"var(--{name}, {colour})")
    # ids are only unique within one drawing; a page holds many
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{anchor}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{anchor}-\1)", svg)
    svg = re.sub(r'xlink:href="#([^"]+)"', rf'xlink:href="#{anchor}-\1"', svg)
    return Chart(anchor, title, description, svg.strip(), data, source, tuple(notes))


def _wrapped(labels: pd.Series, width: int = 26) -> list[str]:
    """Long row labels on two or three lines."""
    return ["\n".join(wrap(str(label), width)) for label in labels]


def _bare(axis: Axes, unit: str) -> None:
    axis.grid(False)
    axis.grid(True, axis="x", linewidth=0.8)
    axis.tick_params(length=0)
    axis.set_ylabel("")
    axis.set_xlabel(unit)


def stacked_bars(
    data: pd.DataFrame, label: str, parts: dict[str, str], *, unit: str, anchor: str, title: str, source: str,
    notes: Sequence[str] = (), hatched: Sequence[str] = (),
) -> Chart:  # fmt: skip
    """Horizontal bars in the order of the rows, stacked by `parts` (column → name).

    Rows whose label is in `hatched` are drawn hatched (partial).
    """
    labels = _wrapped(data[label], 34)
    extra = 0.13 * max((name.count("\n") for name in labels), default=0)
    figure, axis = _figure(max(1.6, (0.33 + extra) * len(data) + 0.95))
    left, rows = pd.Series(0.0, index=data.index), range(len(data))
    for column, name in parts.items():
        values = data[column].astype(float).fillna(0)
        bars = axis.barh(rows, values, left=left, color=COLOURS.get(column, BLUE), label=name, height=0.72)
        for bar, value in zip(bars, data[label].astype(str), strict=True):
            if value in hatched:
                bar.set_hatch("////")
                bar.set_edgecolor(PAPER)
        left += values
    for position, total in enumerate(left):
        axis.annotate(
            number(total), (total, position), xytext=(4, 0), textcoords="offset points", va="center", ha="left"
        )
    axis.set_yticks(rows, labels)
    axis.set_ylim(len(data) - 0.45, -0.55)
    axis.margins(x=0.1)
    _bare(axis, unit)
    if len(parts) > 1:
        figure.legend(loc="outside upper left", ncols=4, handlelength=1, columnspacing=1)
    said = "; ".join(f"{row[label]}: {number(total)}" for (_, row), total in zip(data.iterrows(), left, strict=True))
    return _finish(figure, anchor, title, f"Bar chart of {unit}. {title}. {said}.", data, source, notes)


def year_panels(
    data: pd.DataFrame, panel: str, value: str, *, unit: str, anchor: str, title: str, source: str,
    notes: Sequence[str] = (), highlight: Sequence[int] = (), columns: int = 3, shared: bool = True, missing: str = "no\nrow",
) -> Chart:  # fmt: skip
    """Small multiples: one panel each `panel`, bars by `year`, partial years hatched.

    A missing year is marked with `missing`. Panels share their scale unless told not to.
    """
    panels = list(dict.fromkeys(data[panel]))
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    wide = data.groupby(panel)["year"].nunique().max() + 0.7
    names = _wrapped(pd.Series(panels), 54 // columns - 2)
    pitch = 1.9 + 0.34 * max(name.count("\n") for name in names)  # a bar area of 1, a title, labels
    figure, axis = _panel_sheet(0.66 * pitch * rows)
    top = float(data[value].max())
    for index, (name, shown) in enumerate(zip(panels, names, strict=True)):
        bars = data[data[panel] == name].reset_index(drop=True)
        corner = (index % columns) * wide, -(index // columns) * pitch
        _year_bars(axis, bars, value, top if shared else float(bars[value].max()), corner, highlight, missing)
        axis.text(corner[0] - 0.45, corner[1] + 1.34, shown, va="bottom", fontweight="bold", fontsize=FONT - 0.5)
    axis.set_xlim(-0.55, columns * wide - 0.6)
    axis.set_ylim(-(rows - 1) * pitch - 0.36, pitch - 0.36)
    said = []
    for name in panels:
        of_panel = data[data[panel] == name]
        values = ", ".join(f"{row.year} {number(getattr(row, value), 0)}" for row in of_panel.itertuples())
        said.append(f"{name}: {values}")
    return _finish(
        figure, anchor, title, f"Small bar charts of {unit} by year. {title}. {'; '.join(said)}.", data, source, notes
    )


def _panel_sheet(height: float) -> tuple[Figure, Axes]:
    """One bare axis over a whole figure: panels on it cost a tenth of axes of their own."""
    from matplotlib import pyplot as plt

    style()
    figure = plt.figure(figsize=(WIDTH, height))
    axis = figure.add_axes((0, 0, 1, 1))
    axis.set_axis_off()
    return figure, axis


def _year_bars(
    axis: Axes, data: pd.DataFrame, value: str, top: float, corner: tuple[float, float], highlight: Sequence[int], missing: str,
) -> None:  # fmt: skip
    """The bars of one panel, whose base starts at `corner`; `top` is the value that fills it."""
    left, base = corner
    axis.plot([left - 0.45, left + len(data) - 0.55], [base, base], color=GRID, linewidth=1)
    partial = data["partial"] if "partial" in data else [False] * len(data)
    for place, (year, height, cut) in enumerate(zip(data["year"], data[value], partial, strict=True)):
        x = left + place
        axis.text(x, base - 0.06, f"’{int(year) % 100:02d}", ha="center", va="top", fontsize=FONT - 1.5, color=MUTED)
        if pd.isna(height):
            axis.text(x, base + 0.03, missing, ha="center", va="bottom", fontsize=FONT - 3, color=MUTED)
            continue
        chosen = not highlight or year in highlight
        axis.bar(
            x, float(height) / top, bottom=base, width=0.76, color=BLUE if chosen else GREY, hatch="////" if cut else None,
            edgecolor=PAPER, linewidth=0,
        )  # fmt: skip
        axis.text(
            x, base + float(height) / top + 0.03, number(float(height), 0), ha="center", va="bottom", fontsize=FONT - 2
        )


def intervals(
    data: pd.DataFrame, label: str, *, value: str, low: str, high: str, unit: str, anchor: str, title: str, source: str,
    notes: Sequence[str] = (), reference: float | None = None, band: tuple[float, float] | None = None,
    printed: str = "", band_label: str = "", logarithmic: bool = False, decimals: int = 2,
) -> Chart:  # fmt: skip
    """Dots with their interval, in the order of the rows.

    `reference` draws a line, `band` a shaded range, `printed` a second mark (the
    report's own figure). A row without a value shows its interval only.
    """
    lines_of_labels = max((label.count("\n") for label in _wrapped(data[label])), default=0)
    figure, axis = _figure(max(1.5, (0.36 + 0.14 * lines_of_labels) * len(data) + 0.95))
    if band:
        axis.axvspan(*band, color=GREEN, alpha=0.16, linewidth=0)
        axis.text(sum(band) / 2, -0.75, band_label, ha="center", va="bottom", fontsize=FONT - 2, color=MUTED)
    if reference is not None:
        axis.axvline(reference, color=MUTED, linewidth=1)
    if logarithmic:
        axis.set_xscale("log")
    for position, row in enumerate(data.to_dict("records")):
        axis.plot([row[low], row[high]], [position] * 2, color=BLUE, linewidth=5, alpha=0.4, solid_capstyle="butt")
        if not pd.isna(row[value]):
            axis.plot(row[value], position, "o", color=BLUE, markersize=6)
        if printed and not pd.isna(row[printed]):
            axis.plot(
                row[printed],
                position,
                "D",
                markerfacecolor="none",
                markeredgecolor=ORANGE,
                markeredgewidth=1.6,
                markersize=8,
            )
        said = f"{row[value]:.{decimals}f}" if not pd.isna(row[value]) else f"{row[low]:g}–{row[high]:g}"
        axis.annotate(
            said, (row[high], position), xytext=(6, 0), textcoords="offset points", va="center", fontsize=FONT - 1
        )
    axis.set_yticks(range(len(data)), _wrapped(data[label]))
    axis.set_ylim(len(data) - 0.4, -0.8)
    axis.margins(x=0.14)
    _bare(axis, unit)
    if logarithmic:
        _plain_log_ticks(axis, float(data[low].min()), float(data[high].max()))
    said = "; ".join(
        f"{row[label]}: " + (f"{row[value]:.{decimals}f}, between " if not pd.isna(row[value]) else "between ")
        + f"{row[low]:.{decimals}f} and {row[high]:.{decimals}f}"
        for row in data.to_dict("records")
    )  # fmt: skip
    return _finish(figure, anchor, title, f"Dots with intervals, {unit}. {title}. {said}.", data, source, notes)


def _plain_log_ticks(axis: Axes, low: float, high: float) -> None:
    ticks = [t for t in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if low / 1.5 <= t <= high * 1.5]
    _log_ticks(axis, ticks, [f"× {t:g}" for t in ticks])


def _log_ticks(axis: Axes, ticks: list[float], names: list[str]) -> None:
    """Only these ticks on a log scale, with these names."""
    from matplotlib.ticker import NullFormatter, NullLocator

    axis.set_xticks(ticks, names)
    axis.xaxis.set_minor_locator(NullLocator())
    axis.xaxis.set_minor_formatter(NullFormatter())


def ratios(
    data: pd.DataFrame, label: str, ratio: str, *, unit: str, anchor: str, title: str, source: str, notes: Sequence[str] = (),
) -> Chart:  # fmt: skip
    """Bars from 1 to each ratio on a log scale: right of the line is more."""
    figure, axis = _figure(max(1.6, 0.36 * len(data) + 0.95))
    for position, row in enumerate(data.to_dict("records")):
        value = float(row[ratio])
        axis.plot([1, value], [position] * 2, color=BLUE if value >= 1 else ORANGE, linewidth=9, solid_capstyle="butt")
        said = f"× {value:.2f}" if value < 10 else f"× {value:.0f}"
        # right of the bar, or of the line: the left side belongs to the row labels
        axis.annotate(
            said, (max(value, 1), position), xytext=(6, 0), textcoords="offset points", va="center", fontsize=FONT - 1
        )
    axis.axvline(1, color=MUTED, linewidth=1)
    axis.set_xscale("log")
    low, high = float(data[ratio].min()), float(data[ratio].max())
    axis.set_xlim(min(low, 1) / 1.15, max(high, 1) * 2.6)
    _plain_log_ticks(axis, low, high)
    axis.set_yticks(range(len(data)), _wrapped(data[label]))
    axis.set_ylim(len(data) - 0.4, -0.6)
    _bare(axis, unit)
    said = "; ".join(f"{row[label]}: {float(row[ratio]):.2f}" for row in data.to_dict("records"))
    return _finish(figure, anchor, title, f"Bars from 1, {unit}. {title}. {said}.", data, source, notes)


def dumbbells(
    data: pd.DataFrame, label: str, first: str, second: str, names: tuple[str, str], *, unit: str, anchor: str, title: str,
    source: str, notes: Sequence[str] = (), open_marks: str = "",
) -> Chart:  # fmt: skip
    """Two values a row joined by a line; `open_marks` names a column that says
    which of the two is derived and therefore drawn hollow."""
    figure, axis = _figure(max(1.5, 0.4 * len(data) + 1.05))
    for column, name, marker in zip((first, second), names, "os", strict=True):
        axis.plot([], [], marker, color=COLOURS[column], markersize=9, label=name)
    for position, row in enumerate(data.to_dict("records")):
        axis.plot([row[first], row[second]], [position] * 2, color=GRID, linewidth=4, solid_capstyle="round", zorder=1)
        left, right = sorted((first, second), key=lambda column: row[column])
        for column, shift, align in ((left, -9, "right"), (right, 9, "left")):
            hollow = bool(open_marks) and row[open_marks] == column
            axis.plot(
                row[column], position, "o" if column == first else "s", color=COLOURS[column], markersize=9,
                markerfacecolor=PAPER if hollow else COLOURS[column], markeredgewidth=2, zorder=2,
            )  # fmt: skip
            axis.annotate(
                number(row[column]),
                (row[column], position),
                xytext=(shift, 0),
                textcoords="offset points",
                va="center",
                ha=align,
            )
    axis.set_yticks(range(len(data)), _wrapped(data[label]))
    axis.set_ylim(len(data) - 0.4, -0.6)
    low, high = float(data[[first, second]].min().min()), float(data[[first, second]].max().max())
    axis.set_xlim(low - 0.16 * (high - low), high + 0.16 * (high - low))  # room for the figures on both sides
    _bare(axis, unit)
    figure.legend(loc="outside upper left", ncols=2, handlelength=1, columnspacing=1.2)
    said = "; ".join(
        f"{row[label]}: {names[0]} {number(row[first])}, {names[1]} {number(row[second])}"
        for row in data.to_dict("records")
    )
    return _finish(figure, anchor, title, f"Pairs of dots, {unit}. {title}. {said}.", data, source, notes)


def bullets(
    data: pd.DataFrame, label: str, reached: str, said: str, *, anchor: str, title: str, source: str, notes: Sequence[str] = (),
    at_most: str = "",
) -> Chart:  # fmt: skip
    """Share of the way to each row's aim, `said` in words; a line marks the aim itself.

    `at_most` names a column that is true where the share is an upper bound: hatched.
    """
    figure, axis = _figure(max(1.8, 0.72 * len(data) + 0.7))
    for position, row in enumerate(data.to_dict("records")):
        bound = bool(at_most) and bool(row[at_most])
        axis.barh(
            position - 0.02, float(row[reached]), height=0.24, color=BLUE, hatch="////" if bound else None, edgecolor=PAPER,
            linewidth=0,
        )  # fmt: skip
        axis.text(0, position - 0.18, str(row[label]), va="bottom", ha="left", fontsize=FONT - 0.5)
        axis.text(0, position + 0.14, str(row[said]), va="top", ha="left", fontsize=FONT - 1.5, color=MUTED)
    axis.axvline(1, color=INK, linewidth=1.4)
    axis.set_xlim(0, 1.04)
    axis.set_ylim(len(data) - 0.45, -0.6)
    axis.set_yticks([])
    axis.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "target"])
    _bare(axis, "share of the value to reach")
    told = "; ".join(f"{row[label]}: {row[said]}" for row in data.to_dict("records"))
    return _finish(figure, anchor, title, f"Bars towards a target line. {title}. {told}.", data, source, notes)


def ranges(
    data: pd.DataFrame, label: str, value: str, *, unit: str, anchor: str, title: str, source: str,
    notes: Sequence[str] = (), highlight: Sequence[int] = (),
) -> Chart:  # fmt: skip
    """A row a `label` on a log scale: a dot each `year`, the chosen one marked and labelled.

    Without a chosen year the last is marked and the label leads from the first to
    it. A hollow dot is a partial year.
    """
    names = list(dict.fromkeys(data[label]))
    figure, axis = _figure(0.5 * len(names) + 0.7)
    axis.set_xscale("log")
    low, high = float(data[value].min()), float(data[value].max())
    for position, name in enumerate(names):
        rows = data[data[label] == name].dropna(subset=[value]).sort_values("year")
        values = rows[value].astype(float)
        axis.plot([values.min(), values.max()], [position] * 2, color=GRID, linewidth=4, zorder=1)
        chosen = rows["year"].isin(highlight) if highlight else rows["year"] == rows["year"].max()
        for height, marked, cut in zip(values, chosen, rows["partial"], strict=True):
            colour = BLUE if marked else GREY
            axis.plot(
                height, position, "o", markersize=8 if marked else 5, color=colour, markerfacecolor=PAPER if cut else colour,
                markeredgewidth=2 if cut else 0, zorder=3 if marked else 2,
            )  # fmt: skip
        ends = values[chosen] if highlight else values.iloc[[0, -1]]
        said = " → ".join(number(end) for end in ends)
        axis.text(low / 1.4, position - 0.2, str(name), va="bottom", fontsize=FONT - 0.5)
        axis.annotate(
            said, (values.max(), position), xytext=(8, 0), textcoords="offset points", va="center", fontsize=FONT - 1
        )
    axis.set_xlim(low / 1.4, high * (4 if highlight else 14))
    _bare(axis, unit)
    decades = [10.0**power for power in range(8) if low / 2 <= 10.0**power <= high * 2]
    _log_ticks(axis, decades, [number(tick) for tick in decades])
    axis.set_yticks([])
    axis.set_ylim(len(names) - 0.6, -0.75)
    told = []
    for name in names:
        of_name = data[data[label] == name]
        told.append(
            f"{name}: " + ", ".join(f"{row.year} {number(getattr(row, value))}" for row in of_name.itertuples())
        )
    return _finish(
        figure, anchor, title, f"Dots on a log scale, {unit}. {title}. {'; '.join(told)}.", data, source, notes
    )


def timeline(
    data: pd.DataFrame, label: str, start: str, end: str, *, until: float, anchor: str, title: str, source: str,
    notes: Sequence[str] = (), closing_label: str = "report closes",
) -> Chart:  # fmt: skip
    """Bars from `start` to `end` (decimal years); a missing end runs on to `until`."""
    figure, axis = _figure(0.36 * len(data) + 0.9)
    for position, row in enumerate(data.to_dict("records")):
        ongoing = pd.isna(row[end])
        stop = max(until, row[start] + 1 / 12) if ongoing else row[end]
        axis.barh(
            position,
            stop - row[start],
            left=row[start],
            height=0.6,
            color=SKY if ongoing else BLUE,
            hatch="////" if ongoing else None,
            edgecolor=PAPER,
            linewidth=0,
        )
    axis.axvline(until, color=MUTED, linewidth=1)
    axis.text(until, -0.7, closing_label + " ", ha="right", va="bottom", fontsize=FONT - 2, color=MUTED)
    axis.set_yticks(range(len(data)), [str(name) for name in data[label]])
    axis.set_ylim(len(data) - 0.4, -0.8)
    first = int(data[start].min())
    axis.set_xticks(range(first, int(until) + 1), [str(year) for year in range(first, int(until) + 1)])
    _bare(axis, "")
    ended = data[data[end].notna()]
    said = f"{len(data)} bars, {len(ended)} of them ended: {listing(list(ended[label]))}"
    return _finish(figure, anchor, title, f"Timeline. {title}. {said}.", data, source, notes)


def grid(
    data: pd.DataFrame,
    row: str,
    column: str,
    value: str,
    *,
    unit: str,
    anchor: str,
    title: str,
    source: str,
    notes: Sequence[str] = (),
) -> Chart:
    """A grid of counts, stronger for more; empty where there is nothing."""
    import seaborn as sns
    from matplotlib.colors import LinearSegmentedColormap, to_rgba

    wide = data.pivot_table(index=row, columns=column, values=value, aggfunc="sum", sort=False)
    figure, axis = _figure(max(1.8, 0.3 * len(wide) + 1.1))
    # a see-through blue stands on the light page and on the dark one
    blues = LinearSegmentedColormap.from_list("blues", [to_rgba(BLUE, 0.2), to_rgba(BLUE, 1)])
    sns.heatmap(
        wide.astype(float), ax=axis, cmap=blues, cbar=False, annot=True, fmt=".0f", linewidths=2, linecolor=PAPER,
        annot_kws={"fontsize": FONT - 1.5, "color": INK}, vmin=1, vmax=max(float(data[value].max()), 2),
    )  # fmt: skip
    for text in axis.texts:
        if float(text.get_text()) > 0.6 * float(data[value].max()) and text.get_text() != "1":
            text.set_color(WHITE)
    axis.grid(False)
    axis.set_xlabel("")
    axis.set_ylabel("")
    axis.tick_params(length=0)
    said = "; ".join(f"{r[row]}, {r[column]}: {number(r[value])}" for r in data.to_dict("records"))
    return _finish(figure, anchor, title, f"Grid of {unit}. {title}. {said}.", data, source, notes)
