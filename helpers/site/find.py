"""The find page: everything that the tables hold, and the figures of the pages, to search in the browser.

A record is `[title, details, group, year, place, section, refers to]`, what is empty at its end left out;
its place is a line of the report (a row of the data page) or an address. Titles of approvals come back
edition after edition, so their details are a number: the place in the kind's `texts`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd
import yaml

from helpers.analyses import audit
from helpers.period import ALL
from helpers.selection import choose
from helpers.sentences import audit as words
from helpers.site import jobs, package, pages
from helpers.tables import contract, load
from helpers.tables.editions import Edition

SCRIPTS = ("minisearch.js", "find.js")
Kind = dict[str, Any]


@cache
def _shown() -> dict[str, Any]:
    return yaml.safe_load(files(__package__).joinpath("find.yaml").read_text("utf-8"))


def page(editions: list[Edition], made: Mapping[str, str], figures: Iterable[tuple[str, str, str]]) -> str:
    """HTML of the find page over these editions, newest first, and the pages that there are.

    `made` gives each page's first finding by its name, `figures` page, address and title.
    Raises `DataError` where the tables break the contract.
    """
    found = kinds(editions, made, figures)
    text = json.dumps({"kinds": found, "made": list(made)}, ensure_ascii=False, separators=(",", ":"))
    return (
        pages.exporter()
        .environment.get_template("site_find.html.j2")
        .render(
            records=text.replace("<", "\\u003c"),  # the records must not end their script
            count=sum(len(kind["rows"]) for kind in found),
            cited="; ".join(edition.cited for edition in editions),
            about=package.index("Find what the tables and pages hold."),
            provenance=pages.provenance(),
            policy=pages.policy(*SCRIPTS),
            search="".join(f"<script>{pages.read(name)}</script>" for name in SCRIPTS),
        )
    )


def kinds(editions: list[Edition], made: Mapping[str, str], figures: Iterable[tuple[str, str, str]]) -> list[Kind]:
    """Records by kind: title, what their groups are (`by`), edition, place, pages that show them, rows."""
    found = [kind for edition in editions for kind in _of_edition(edition, f", {edition.span}" if editions[1:] else "")]
    answers = [(name, f"{name}.html", headline) for name, headline in made.items()]
    found += [_of_pages("Answers of the pages", answers), _of_pages("Figures of the pages", figures)]
    return [kind for kind in found + (_published(editions[0]) if editions else []) if kind["rows"]]


def _of_edition(edition: Edition, apart: str) -> list[Kind]:
    place, tables = f"{edition.name}/data.html", load.every(edition)
    titles = {name: contract.declaration()["tables"][name]["title"] for name in tables}
    chosen = choose("all", edition.name, str(edition.data_dir))
    said = words.findings(audit.audit(tables, chosen, chosen.published("approvals")))
    open_ones = said[said["severity"].isin(["contradiction", "tension", "note"])]
    columns = open_ones[["what", "arithmetic", "severity", "left_place"]].astype(str)
    rows = [[what, sums, severity, "", _line(left)] for what, sums, severity, left in columns.to_numpy().tolist()]
    findings = _kind(f"Findings of the audit{apart}", "severity", rows, edition, place, ["7_consistency_audit"])
    return [*(_table(name, frame, edition, titles[name] + apart, place) for name, frame in tables.items()), findings]


def _published(edition: Edition) -> list[Kind]:
    """Official figures published elsewhere, a series as one record with its span of years, and the approvals."""
    tables = {name: load.published(name, edition.data_dir) for name in contract.published()}
    named = tables["economies"].drop_duplicates("iso3")[["iso3", "name", "region"]]
    prices = tables["prices"].merge(named, left_on="economy", right_on="iso3", how="left")
    tables["series"] = _spans(tables["series"], ["indicator", "geography", "unit"])
    tables["prices"] = _spans(prices, ["basket", "name", "region", "unit"])
    types, year = tables["approvals"]["document_type"].replace(_shown()["types"]), tables["approvals"]["approved"]
    tables["approvals"] = tables["approvals"].assign(document_type=types, year=year.astype("string").str[:4])
    found = []
    for name in ("series", "single_figures", "prices", "approvals"):
        place = f"{edition.name}/data/published/{name}.csv"
        found.append(_table(name, tables[name], edition, contract.published()[name]["title"], place))
    texts = {text: number for number, text in enumerate(dict.fromkeys(row[1] for row in found[-1]["rows"]))}
    rows = [[title, texts[text], *rest] for title, text, *rest in found[-1]["rows"]]
    return [*found[:-1], found[-1] | {"texts": list(texts), "rows": rows}]


def _spans(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    spans = table.groupby(by, sort=False, observed=True, dropna=False)["year"].agg(["min", "max"]).reset_index()
    first, last = spans["min"].astype("string"), spans["max"].astype("string")
    return spans.assign(span=first.where(first == last, first + "–" + last))


def _table(name: str, table: pd.DataFrame, edition: Edition, title: str, place: str) -> Kind:
    shown, rows = {"details": "", "group": "", "by": "", "unit": {}} | _shown()["tables"][name], []
    for row in table.to_dict("records"):
        said = {str(column): _plain(value) for column, value in row.items()}
        said |= {column: f"{said[column]} {unit}" for column, unit in shown["unit"].items() if said[column]}
        first, details, group = (_filled(shown[part], said) for part in ("title", "details", "group"))
        where = [int(said["line"]), said["section"]] if "line" in said else ["", ""]
        refers = said["refers_to"].split(";") if said.get("refers_to") else ""
        made = [first[:1].upper() + first[1:], details, group, said.get("year", ""), *where, refers]
        while made[-1] == "" and len(made) > 2:
            made.pop()
        rows.append(made)
    read = [(n.name, n.published if place.endswith(".csv") else n.tables) for n in jobs.manifest()]
    shows = [page for page, tables in read if name in tables] or [page for page, tables in read if not tables]
    designations = name.endswith("_recommendations") or name == "approvals"
    return _kind(title, shown["by"], rows, edition, place, shows) | {"series": designations}


def _kind(title: str, by: str, rows: list[Any], edition: Edition, place: str, shows: list[str]) -> Kind:
    """A kind of record with the pages that show it: the overview only where no other does."""
    listed = [[n.name, n.title] for n in jobs.manifest() if n.name in shows]
    listed = [page for page in listed if not page[0].startswith("0_")] or listed
    return {"title": title, "by": by, "edition": edition.name, "place": place, "pages": listed, "rows": rows}


def _of_pages(title: str, said: Iterable[tuple[str, str, str]]) -> Kind:
    titles, rows = {n.name: n.title for n in jobs.manifest()}, []
    for name, address, text in said:
        _, year, notebook = name.split("/")
        rows.append([text, titles[notebook], titles[notebook], "" if year == ALL else year, address])
    return {"title": title, "by": "page", "edition": "", "place": "", "pages": [], "rows": rows}


def _filled(template: str, said: Mapping[str, str]) -> str:
    """Columns of a template in words, without what is empty."""
    parts = [" ".join(filter(None, map(said.get, part.split()))) for part in template.split(", ")]
    return ", ".join(filter(None, parts))


def _plain(value: Any) -> str:
    """A value in words: names of indicators without their underscores."""
    if pd.isna(value):
        return ""
    text = f"{value:.10g}" if isinstance(value, float) else str(value)
    if re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)+", text):
        text = re.sub(r"\b(cirt|ict|itu|ldc|sdg|wsis)(?=s?\b)", lambda match: match[0].upper(), text.replace("_", " "))
    return str(_shown()["words"].get(text, text))


def _line(place: str) -> int | str:
    found = re.search(r"line (\d+)", place)
    return int(found[1]) if found else ""
