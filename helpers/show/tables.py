"""Tables as people read them: real markup, captions, data to take away."""

from __future__ import annotations

import html
import re
from base64 import b64encode
from collections.abc import Iterable
from numbers import Number

import numpy as np
import pandas as pd

from helpers.sentences.wording import number, percent, section

LONG = 40  # rows; a longer table scrolls in its own box


class Shown:
    """HTML that JupyterLab and the page show as it is."""

    def __init__(self, content: str) -> None:
        self.content = content

    def _repr_html_(self) -> str:
        return self.content


def show(
    data: pd.DataFrame,
    caption: str,
    *,
    anchor: str,
    headings: dict[str, str] | None = None,
    source: str = "",
    shares: Iterable[str] = (),
) -> Shown:
    """A table with caption, numbers aligned, sortable on the page, CSV beside it.

    `headings` renames columns and leaves out those that it does not name; columns
    of `shares` (headings) hold fractions and are shown as percentages.
    """
    frame = data if headings is None else data[list(headings)].rename(columns=headings)
    shown = frame.assign(**{name: frame[name].map(lambda share: percent(share, 1)) for name in shares})
    said = f"Source: ITU report, {html.escape(source)}. " if source else ""
    return Shown(
        f'<div class="table" id="table-{anchor}">{render(shown, caption)}'
        f'<p class="source">{said}{data_link(frame, anchor)}</p></div>'
    )


def render(data: pd.DataFrame, caption: str) -> str:
    """An HTML table; every text escaped, missing values shown as such."""
    numeric = {
        column for column in data.columns if pd.api.types.is_numeric_dtype(data[column]) and data[column].dtype != bool
    }
    head = "".join(
        f'<th scope="col"{_class(column in numeric)}>{html.escape(str(column))}</th>' for column in data.columns
    )
    body = "".join(
        "<tr>"
        + "".join(
            _cell(column, value, index == 0, column in numeric)
            for index, (column, value) in enumerate(zip(data.columns, row, strict=True))
        )
        + "</tr>"
        for row in data.itertuples(index=False, name=None)
    )
    return (
        f'<div class="scroll{" long" if len(data) > LONG else ""}" tabindex="0" role="region" aria-label="{html.escape(caption)}">'
        f'<table class="data-table">'
        f"<caption>{html.escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _class(numeric: bool) -> str:
    return ' class="number"' if numeric else ""


def _cell(column: str, value: object, first: bool, numeric: bool) -> str:
    tag, scope = ("th", ' scope="row"') if first else ("td", "")
    return f"<{tag}{scope}{_class(numeric)}>{html.escape(_text(column, value))}</{tag}>"


def _text(column: str, value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return "–"
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, Number):
        plain = column.lower() in {"year", "line", "deadline", "base_year", "number"}
        return (
            str(int(value))
            if plain
            else number(float(f"{float(value):.4g}") if abs(float(value)) < 100 else float(value))
        )
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


def data_link(data: pd.DataFrame, name: str) -> str:
    """A link that holds the table as CSV."""
    content = b64encode(to_csv(data).encode()).decode()
    return f'<a class="take" download="{html.escape(name)}.csv" href="data:text/csv;charset=utf-8;base64,{content}">CSV</a>'


def tiles(figures: pd.DataFrame, anchor: str = "key-figures") -> Shown:
    """Headline figures side by side: columns what, now, change; section and line where there are."""
    cards = "".join(
        f'<li><strong>{_value(row["now"])}</strong> <span class="what">{html.escape(row["what"])}</span>'
        f'<span class="about">{html.escape(row["change"])}</span>{_place(row)}</li>'
        for row in figures.to_dict("records")
    )
    return Shown(f'<ul class="tiles" id="{anchor}">{cards}</ul>' if cards else "")


def _value(text: str) -> str:
    """A figure, a bracket behind it in small print (`189 (partial)`)."""
    figure, bracket, rest = html.escape(text).partition(" (")
    return f"{figure} <small>{rest.removesuffix(')')}</small>" if bracket else figure


def _place(row: dict[str, object]) -> str:
    if "line" not in row:
        return ""
    return f'<p class="source">{html.escape(section(str(row["section"])))}, line {row["line"]}</p>'


def sentences(texts: Iterable[str]) -> Shown:
    """The answer of a page, `**…**` in bold."""
    said = "".join(
        "<p>" + re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(text, quote=False)) + "</p>"
        for text in texts
    )
    return Shown(f'<div class="answer">{said}</div>')


def bullets(texts: Iterable[str]) -> Shown:
    """A list of sentences."""
    return Shown("<ul>" + "".join(f"<li>{html.escape(text, quote=False)}</li>" for text in texts) + "</ul>")
