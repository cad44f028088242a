"""Words in the page's own shapes: headline figures as tiles, the answer, a list."""

from __future__ import annotations

import html
import re
from collections.abc import Hashable, Iterable
from typing import Any

import pandas as pd

from helpers.sentences.wording import section
from helpers.show.tables import Shown


def tiles(figures: pd.DataFrame) -> Shown:
    """Headline figures side by side: columns what, now, change; section and line where there are."""
    cards = "".join(
        f'<li><strong>{_value(row["now"])}</strong> <span class="what">{html.escape(row["what"])}</span>'
        f' <span class="about">{html.escape(row["change"])}</span>{_place(row)}</li>'
        for row in figures.to_dict("records")
    )
    return Shown(f'<ul class="tiles" id="key-figures">{cards}</ul>' if cards else "")


# One shape a verdict: told apart without colour, and the word stands beside it.
SHAPES = {
    "met": '<circle cx="8" cy="8" r="6.5" fill="currentColor"/>',
    "not met": '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>',
    "depends": '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/>',
    "not measured": '<path d="M3 8h10" stroke="currentColor" stroke-width="2"/>',
    "not due": '<path d="M8 2l6 6-6 6-6-6z" fill="none" stroke="currentColor" stroke-width="2"/>',
}


def strip(verdicts: pd.DataFrame, page: str | None = None) -> Shown:
    """One mark a row: columns verdict (of `SHAPES`), name, label; each leads to its row on `page` (empty: this one)."""

    def mark(row: dict[Hashable, Any]) -> str:
        name = html.escape(row["name"])
        said = (
            f'<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
            f"{SHAPES[row['verdict']]}</svg> <strong>{name}</strong> {row['verdict']}"
            f'<span class="about"> {html.escape(row["label"])}</span>'
        )
        return said if page is None else f'<a href="{html.escape(page)}#target-{name}">{said}</a>'

    marks = "".join(f"<li>{mark(row)}</li>" for row in verdicts.to_dict("records"))
    return Shown(f'<ul class="strip" id="verdicts">{marks}</ul>' if marks else "")


def _value(text: str) -> str:
    """A figure, a bracket behind it in small print (`189 (partial)`)."""
    figure, bracket, rest = html.escape(text).partition(" (")
    return f"{figure} <small>{rest.removesuffix(')')}</small>" if bracket else figure


def _place(row: dict[Hashable, Any]) -> str:
    if pd.isna(row.get("line")):
        return ""
    return f'<p class="source">{html.escape(section(str(row["section"])))}, line {row["line"]}</p>'


def sentences(texts: Iterable[str]) -> Shown:
    """The answer of a page, `**…**` in bold."""
    said = "".join(f"<p>{bold(text)}</p>" for text in texts)
    return Shown(f'<div class="answer">{said}</div>')


def bold(text: str) -> str:
    """A sentence as HTML, `**…**` in bold."""
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(text, quote=False))


def bullets(texts: Iterable[str]) -> Shown:
    """A list of sentences."""
    return Shown("<ul>" + "".join(f"<li>{html.escape(text, quote=False)}</li>" for text in texts) + "</ul>")
