"""The figures of a page as files of their own: `figures/1_by-group.svg`, `.png`, `.csv`, `.json`.

The SVG is the picture that the page's button makes, the PNG the same for a slide or a text, drawn
by resvg with the fonts that the SVG was measured in; the CSV holds its data, the JSON title, unit,
source, notes, a text alternative and the data.
"""

from __future__ import annotations

import csv
import html
import json
import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from io import StringIO
from itertools import dropwhile
from pathlib import Path
from typing import Any

from lxml import etree
from resvg_py import svg_to_bytes

from helpers.show import take

FIGURE = re.compile(
    r'<figure class="chart" id="figure-([\w.-]+)" data-about="([^"]*)"(?: data-cited="([^"]*)")?>(.*?)</figure>',
    re.DOTALL,
)
SVG = re.compile(r"<svg .*?</svg>", re.DOTALL)  # the first of a figure is the wide one
FRAME = re.compile(rf'<template data-set="{take.PAGE}">.*?</template>', re.DOTALL)
CSV = re.compile(r'href="data:text/csv;charset=utf-8;base64,([^"]+)"')


def of(page: str, name: str, earlier: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files of a page's figures (`figures/<file>` → content); `name` is that of its job.

    Where the SVG is that of `earlier`, files of the same kind, its PNG is not drawn again.
    """
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
            svg, png = f"figures/{stem}.svg", f"figures/{stem}.png"
            made[svg] = take.picture(figure, take.PAGE, cited).encode()
            drawn = earlier.get(png) if earlier.get(svg) == made[svg] else None
            made[png] = drawn or _png(made[svg].decode())
            made[f"figures/{stem}.csv"] = rows
            made[f"figures/{stem}.json"] = (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
    return made


def _png(svg: str) -> bytes:
    # As wide as on the page, for half as much again is two thirds more time; the page's button makes larger ones.
    # A drawing that is not cut at its edge needs no layer of its own, a third of the time.
    style = "svg svg { overflow: visible }"
    return svg_to_bytes(svg, style_sheet=style, skip_system_fonts=True, font_files=_fonts())


@cache
def _fonts() -> list[str]:
    """matplotlib's own fonts, found without importing it: the same picture on every machine."""
    found = find_spec("matplotlib")
    assert found and found.origin
    folder = Path(found.origin).parent / "mpl-data/fonts/ttf"
    return [str(folder / f"DejaVuSans{face}.ttf") for face in ("", "-Bold")]


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
