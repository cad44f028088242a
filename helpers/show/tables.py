"""Tables as people read them: real markup, captions, data to take away."""

from __future__ import annotations

import html
import re
from base64 import b64encode
from collections.abc import Iterable

import numpy as np
import pandas as pd

from helpers.sentences.caption import Caption
from helpers.sentences.wording import number, percent

LONG = 40  # rows; a longer table scrolls in its own box
UNBROKEN = re.compile(r"\S{24,}")  # an address, or a range of cells, which may break where it has no space


class Shown:
    """HTML that JupyterLab and the page show as it is."""

    def __init__(self, content: str) -> None:
        self.content = content

    def _repr_html_(self) -> str:
        return self.content


def show(
    data: pd.DataFrame,
    caption: Caption,
    *,
    anchor: str,
    headings: dict[str, str] | None = None,
    shares: Iterable[str] = (),
    addresses: str = "",
    folded: bool = False,
) -> Shown:
    """A table with caption, numbers aligned, sortable on the page, CSV beside it.

    `headings` renames columns and leaves out those that it does not name; columns
    of `shares` (headings) hold fractions and are shown as percentages, the column
    `addresses` holds web addresses, each a text to copy and a link to follow. `folded`: what
    is long and looked up rather than read. A table without rows gives the caption's title
    alone, as a paragraph.
    """
    if data.empty:
        return nothing(caption)
    frame = data if headings is None else data[[name for name in headings if name in data]].rename(columns=headings)
    shown = frame.assign(**{name: frame[name].map(lambda share: percent(share, 1)) for name in shares})
    drawn = render(shown, caption.title, addresses)
    if folded:
        drawn = _fold(f"{caption.title} ({len(frame)} rows)", drawn)
    return Shown(f'<div class="table" id="table-{anchor}">{drawn}{below(caption, frame, anchor)}</div>')


def parts(data: pd.DataFrame, caption: Caption, folds: pd.DataFrame, *, anchor: str) -> Shown:
    """A table in parts, each folded under its title.

    `folds` has a row for each of the table's, with the same index: columns title (of the part), opened (whether the
    part is to stand open), id (anchor of the row).
    """
    if data.empty:
        return nothing(caption)
    drawn = "".join(
        _fold(str(title), render(data.loc[rows.index], str(title), ids=rows["id"]), bool(rows["opened"].any()))
        for title, rows in folds.groupby("title", sort=False)
    )
    said = f'<p class="caption">{html.escape(caption.title)}</p>'
    return Shown(f'<div class="table" id="table-{anchor}">{said}{drawn}{below(caption, data, anchor)}</div>')


def _fold(summary: str, content: str, opened: bool = False) -> str:
    return f'<details class="part"{" open" * opened}><summary>{html.escape(summary)}</summary>{content}</details>'


def nothing(caption: Caption) -> Shown:
    """The sentence that stands in place of a chart or table without rows."""
    return Shown(f"<p>{html.escape(caption.title, quote=False)}</p>")


def below(caption: Caption, data: pd.DataFrame, anchor: str, buttons: str = "") -> str:
    """What stands under a chart or table: notes, source, the data to take away."""
    notes = "".join(f"<li>{html.escape(note)}</li>" for note in caption.notes)
    listed = f'<ul class="notes">{notes}</ul>' if notes else ""
    source = f"Source: {html.escape(f'{caption.publication}, {caption.source}')}. " if caption.source else ""
    return f'{listed}<p class="source">{source}{data_link(data, anchor, caption)}{buttons}</p>'


def render(data: pd.DataFrame, caption: str, addresses: str = "", ids: Iterable[str] = ()) -> str:
    """An HTML table; every text escaped, missing values shown as such, those of the column `addresses` linked.

    `ids` are anchors of its rows.
    """
    starts = [f'<tr id="{html.escape(name)}">' for name in ids] or ["<tr>"] * len(data)
    numbers = {column for column in data.columns if pd.api.types.is_numeric_dtype(data[column])}
    numeric = {column for column in numbers if not pd.api.types.is_bool_dtype(data[column])}
    head = "".join(
        f'<th scope="col"{_class("number" if column in numeric else "")}>{html.escape(str(column))}</th>'
        for column in data.columns
    )
    body = "".join(
        start
        + "".join(
            _cell(column, value, index == 0, column in numeric, column == addresses)
            for index, (column, value) in enumerate(zip(data.columns, row, strict=True))
        )
        + "</tr>"
        for start, row in zip(starts, data.itertuples(index=False, name=None), strict=True)
    )
    box, said = "scroll long" if len(data) > LONG else "scroll", html.escape(caption)
    return (
        f'<div class="{box}" tabindex="0" role="region" aria-label="{said}"><table class="data-table">'
        f"<caption>{said}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _cell(column: str, value: object, first: bool, numeric: bool, linked: bool) -> str:
    tag, scope = ("th", ' scope="row"') if first else ("td", "")
    text = html.escape(_text(column, value))
    kind = "number" if numeric else "address" if UNBROKEN.search(text) and not linked else ""
    if linked and text.startswith("https://"):
        text = f'<a href="{text}" rel="noreferrer">{text}</a>'
    return f"<{tag}{scope}{_class(kind)}>{text}</{tag}>"


def _text(column: str, value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return "–"
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, int | float | np.number):
        if column.lower() in {"year", "line", "deadline", "base_year", "number"}:
            return str(int(value))
        return number(float(f"{value:.4g}") if abs(float(value)) < 100 else float(value))
    return str(value)


FORMULA = ("=", "+", "-", "@", "|", "＝", "＋", "－", "＠")


def inert(value: object) -> object:
    """Text that a spreadsheet would take for a formula, made plain with `'`.

    Spaces, line ends and byte-order marks before the sign do not hide it.
    """
    if not isinstance(value, str):
        return value
    hidden = value[:1] in ("\t", "\r", "\n") or value.strip(" \t\r\n\u00a0\ufeff\u200b").startswith(FORMULA)
    return "'" + value if hidden else value


def to_csv(data: pd.DataFrame) -> str:
    """CSV for people: UTF-8, missing values empty, formulas made inert."""
    return data.map(inert).rename(columns=inert).to_csv(index=False, lineterminator="\n")


def about(caption: Caption | None) -> str:
    """Comment lines at the head of a CSV: title, unit, notes, source (`pandas.read_csv(…, comment="#")` skips them)."""
    if caption is None:
        return ""
    source = f"Source: {caption.publication}, {caption.source}" if caption.source else ""
    unit = f"Unit: {caption.unit}" if caption.unit else ""
    said = pd.Series([caption.title, unit, *caption.notes, source])
    return "# " + said[said != ""].to_csv(index=False, header=False, lineterminator="\n# ").removesuffix("# ")


def csv(data: pd.DataFrame, caption: Caption | None) -> str:
    """A table as a CSV file: with a byte-order mark, for Excel, and what its `caption` says above it."""
    return "\ufeff" + about(caption) + to_csv(data)


def data_link(data: pd.DataFrame, name: str, caption: Caption | None = None) -> str:
    """A link that holds the table as CSV."""
    content = b64encode(csv(data, caption).encode()).decode()
    address = f"data:text/csv;charset=utf-8;base64,{content}"
    return f'<a class="take" download="{html.escape(name)}.csv" href="{address}">CSV</a>'
