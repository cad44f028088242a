"""Links from one page to the others of the same year, and to what has been published elsewhere."""

from __future__ import annotations

import html
from functools import cache

import pandas as pd
import yaml

from helpers.files import HELPERS
from helpers.selection import Selection
from helpers.sentences.sources import edition, used
from helpers.show.tables import Shown
from helpers.show.tiles import bold

MANIFEST = HELPERS / "site" / "manifest.yaml"  # read as data: `show` imports nothing of `site`


@cache
def titles() -> dict[str, str]:
    """Title of every notebook by its name, in reading order."""
    return {entry["name"]: entry["title"] for entry in yaml.safe_load(MANIFEST.read_text("utf-8"))}


def page(name: str, selection: Selection) -> str:
    """Address of the page of a notebook, seen from the other pages of the same edition."""
    return f"../{selection.period.name}/{name}.html"


def findings(found: pd.DataFrame, selection: Selection) -> Shown:
    """Findings as paragraphs (columns `page`, `text` with `**…**` in bold), each with a link to the page it is from."""
    said = []
    for name, text in zip(found["page"], found["text"], strict=True):
        link = f'<a class="page" href="{page(name, selection)}">{html.escape(titles()[name])}</a>'
        said.append(f"<p>{bold(text)} {link}</p>")
    return Shown(f'<section id="findings"><div class="answer">{"".join(said)}</div></section>')


def sources(published: pd.DataFrame, *frames: pd.DataFrame) -> Shown:
    """A list of those `sources` that frames take figures from (column `source`), each with edition and licence."""
    items = []
    for row in used(published, *frames).fillna({"note": ""}).to_dict("records"):
        title = f'<a href="{html.escape(row["link"])}">{html.escape(row["title"])}</a>'
        said = f"{edition(row)}. Licence: {row['licence']}. {row['note']}".strip()
        items.append(f"<li>{html.escape(row['publisher'])}, {title}, {html.escape(said)}</li>")
    none = "<p>No figure of this page is published elsewhere.</p>"
    return Shown(f'<ul class="links">{"".join(items)}</ul>' if items else none)
