"""The figures of a page as files of their own: `figures/1_by-group.svg`, `.csv`, `.json`.

The SVG is the picture that the page's button makes, the CSV its data; the JSON holds title,
unit, source, notes, a text alternative and the data. No PNG: to draw one costs as much as
the SVG, a quarter of a batch; the page's button makes it when asked.
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
from itertools import dropwhile
from typing import Any

from lxml import etree

from helpers.show import take

FIGURE = re.compile(
    r'<figure class="chart" id="figure-([\w.-]+)" data-about="([^"]*)"(?: data-cited="([^"]*)")?>(.*?)</figure>',
    re.DOTALL,
)
SVG = re.compile(r"<svg .*?</svg>", re.DOTALL)  # the first of a figure is the wide one
FRAME = re.compile(rf'<template data-set="{take.PAGE}">.*?</template>', re.DOTALL)
CSV = re.compile(r'href="data:text/csv;charset=utf-8;base64,([^"]+)"')


def of(page: str, name: str) -> dict[str, bytes]:
    """Files of a page's figures (`figures/<file>` → content); `name` is that of its job."""
    notebook, dashes, selection = name.rpartition("/")[2].partition("--")
    number, made = notebook.partition("_")[0], {}
    for anchor, about, credited, body in FIGURE.findall(page):
        stem, drawing, table = f"{number}_{anchor}{dashes}{selection}", SVG.search(body), CSV.search(body)
        frame = FRAME.search(body)
        if drawing and table and frame:
            said, rows = json.loads(html.unescape(about)), b64decode(table[1])
            cited = f"{html.unescape(credited)} {name}.html#figure-{anchor}".strip()
            said |= {
                "cited": cited,
                "name": stem,
                "page": f"../{name.rpartition('/')[2]}.html#figure-{anchor}",
                "data": _records(rows),
            }
            figure = etree.fromstring(f"<figure>{drawing[0]}{frame[0]}</figure>")
            made[f"figures/{stem}.svg"] = take.picture(figure, take.PAGE, cited).encode()
            made[f"figures/{stem}.csv"] = rows
            made[f"figures/{stem}.json"] = (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
    return made


def _records(table: bytes) -> list[dict[str, Any]]:
    """Rows of a CSV without the comments above; a column of numbers is one, an empty field is null."""
    lines = dropwhile(lambda line: line.startswith("#"), StringIO(table.decode("utf-8-sig")))
    rows = list(csv.DictReader(lines))
    kinds = {column: _kind([row[column] for row in rows]) for column in (rows[0] if rows else [])}
    return [{column: kinds[column](text) if text else None for column, text in row.items()} for row in rows]


def _kind(texts: list[str]) -> Callable[[str], Any]:
    """What all texts of a column can be read as: whole numbers, numbers, or texts."""
    for kind in (int, float):
        with suppress(ValueError):
            if [kind(text) for text in texts if text]:
                return kind
    return str
