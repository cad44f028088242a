"""The figures of a page as files of their own: `figures/1_by-group.svg`, `.csv`, `.json`.

The JSON holds title, unit, source, notes, a text alternative and the data. No PNG: to draw
one costs as much as the SVG, a quarter of a batch; the page's button makes it when asked.
"""

from __future__ import annotations

import csv
import html
import json
import re
from base64 import b64decode
from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from typing import Any

FIGURE = re.compile(r'<figure class="chart" id="figure-([\w.-]+)" data-about="([^"]*)">(.*?)</figure>', re.DOTALL)
SVG = re.compile(r"<svg .*?</svg>", re.DOTALL)
CSV = re.compile(r'href="data:text/csv;charset=utf-8;base64,([^"]+)"')
THEMED = re.compile(r"var\(--[\w-]+,\s*(#[0-9a-fA-F]{3,8})\)")


def of(page: str, name: str) -> dict[str, bytes]:
    """Files of a page's figures (`figures/<file>` → content); `name` is that of its job."""
    notebook, dashes, selection = name.rpartition("/")[2].partition("--")
    number, made = notebook.partition("_")[0], {}
    for anchor, about, body in FIGURE.findall(page):
        stem, drawing, table = f"{number}_{anchor}{dashes}{selection}", SVG.search(body), CSV.search(body)
        if drawing and table:
            said, rows = json.loads(html.unescape(about)), b64decode(table[1])
            said |= {"name": stem, "page": f"../{name.rpartition('/')[2]}.html#figure-{anchor}", "data": _records(rows)}
            made[f"figures/{stem}.svg"] = _alone(drawing[0], said["title"], said["description"]).encode()
            made[f"figures/{stem}.csv"] = rows
            made[f"figures/{stem}.json"] = (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
    return made


def _alone(drawing: str, title: str, description: str) -> str:
    """A drawing without its page: in plain colours, with the words that the page had around it."""
    start, _, rest = THEMED.sub(r"\1", drawing).partition(">")
    start = start.replace('aria-hidden="true"', 'role="img" font-family="DejaVu Sans, Arial, sans-serif"')
    said = f"<title>{html.escape(title)}</title><desc>{html.escape(description)}</desc>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{start}>{said}{rest}\n'


def _records(table: bytes) -> list[dict[str, Any]]:
    """Rows of a CSV; a column of numbers is one, an empty field is null."""
    rows = list(csv.DictReader(StringIO(table.decode())))
    kinds = {column: _kind([row[column] for row in rows]) for column in (rows[0] if rows else [])}
    return [{column: kinds[column](text) if text else None for column, text in row.items()} for row in rows]


def _kind(texts: list[str]) -> Callable[[str], Any]:
    """What all texts of a column can be read as: whole numbers, numbers, or texts."""
    for kind in (int, float):
        with suppress(ValueError):
            if [kind(text) for text in texts if text]:
                return kind
    return str
