"""What leaves with the pages for other programs: the tables as a data package, and what each page is (JSON-LD).

Both, and `CITATION.cff`, come from the one declaration (`tables/contract.yaml`). In the
exported tables a geography has its M49 code where there is one, and a unit such as
'billion people' what it counts and the power of ten beside it: people, 9.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any

import yaml

from helpers.period import ALL
from helpers.site.jobs import Job
from helpers.tables import contract, load
from helpers.tables.editions import Edition

TENS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
Field = dict[str, Any]


def tables(edition: Edition) -> dict[str, bytes]:
    """`data/`: every table of the edition and every published one as CSV, and `datapackage.json`."""
    package = load.package(edition.data_dir)
    made, resources = {}, []
    for resource in package["resources"]:
        if resource.get("edition") in (edition.name, None):
            path = resource["table"] if "edition" in resource else f"{contract.PUBLISHED}/{resource['table']}"
            content = (edition.data_dir / resource["path"]).read_bytes()
            content, fields = coded(content.decode(), resource["schema"]["fields"])
            made[f"data/{path}.csv"] = content
            digest = "sha256:" + hashlib.sha256(content).hexdigest()
            schema = {**resource["schema"], "fields": fields}
            resources.append(
                {**resource, "path": f"{path}.csv", "schema": schema, "bytes": len(content), "hash": digest}
            )
    about = {"name": f"{package['name']}-{edition.name}", "homepage": edition.about["link"]}
    about |= {"sources": [{"title": edition.cited, "path": edition.about["link"]}], "resources": resources}
    made["data/datapackage.json"] = (json.dumps({**package, **about}, ensure_ascii=False, indent=1) + "\n").encode()
    return made


def coded(table: str, fields: list[Field]) -> tuple[bytes, list[Field]]:
    """A CSV with its codes behind `geography` and `unit`, and its fields."""
    head, *rows = csv.reader(StringIO(table))
    for column, name, kind, said, code in CODES:
        if column in head:
            source = head.index(column)
            place = source + 1 + sum(of == column and other in head for of, other, *_ in CODES)
            rows = [[*row[:place], code(row[source]), *row[place:]] for row in rows]
            head = [*head[:place], name, *head[place:]]
            fields = [*fields[:place], {"name": name, "type": kind, "description": said}, *fields[place:]]
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows([head, *rows])
    return text.getvalue().encode(), fields


@cache
def _m49() -> dict[str, str]:
    return yaml.safe_load(files(__package__).joinpath("m49.yaml").read_text("utf-8"))


def _tens(unit: str) -> str:
    return str(TENS.get(unit.partition(" ")[0], 0)) if unit else ""


def _counted(unit: str) -> str:
    word, _, rest = unit.partition(" ")
    return rest if word in TENS else unit


CODES: list[tuple[str, str, str, str, Callable[[str], str]]] = [
    ("geography", "geography_m49", "string", "Its code in the UN's M49; empty where it has none, as ITU's own regions.",
     lambda name: _m49().get(name, "")),
    ("unit", "unit_base", "string", "What the unit counts, without its multiplier.", _counted),
    ("unit", "unit_multiplier", "integer", "The unit's multiplier as a power of ten (9 in 'billion people').", _tens),
]  # fmt: skip


def article(job: Job, description: str, date: str) -> dict[str, Any]:
    """A page in the words of schema.org: an article on a dataset."""
    said = _said("Article", f"{job.notebook.title}, {job.label}", description or job.notebook.question, job.edition)
    dataset = {"@type": "Dataset", "name": _package()["title"], "url": "../data.html"}
    return said | {"headline": said["name"], "isBasedOn": dataset} | ({"dateModified": date} if date else {})


def dataset(edition: Edition) -> dict[str, Any]:
    """The data page in the words of schema.org: a dataset with its files."""
    about = _package()
    distribution = [
        {
            "@type": "DataDownload",
            "name": r["title"],
            "encodingFormat": "text/csv",
            "contentUrl": f"data/{r['table']}.csv",
        }
        for r in (load.resource(name, edition) for name in contract.tables())
        if r
    ]
    excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    distribution.append({"@type": "DataDownload", "encodingFormat": excel, "contentUrl": "data.xlsx"})
    covered = f"{edition.about['from']}/{edition.about['to']}"
    said = _said("Dataset", about["title"], " ".join(about["description"].split()), edition)
    return said | {"temporalCoverage": covered, "isAccessibleForFree": True, "distribution": distribution}


def index(description: str) -> dict[str, Any]:
    """The index in the words of schema.org."""
    return _said("CollectionPage", _package()["title"], description)


def publisher() -> tuple[str, str]:
    """Who made the pages, and under which licence."""
    about = _package()
    return about["contributors"][0]["title"], about["licenses"][0]["name"]


def _package() -> dict[str, Any]:
    return contract.declaration()["package"]


def _said(kind: str, name: str, description: str, edition: Edition | None = None) -> dict[str, Any]:
    about = _package()
    said = {
        "@context": "https://schema.org",
        "@type": kind,
        "name": name,
        "description": description,
        "inLanguage": "en",
        "license": about["licenses"][0]["path"],
        "creator": [{"@type": "Organization", "name": person["title"]} for person in about["contributors"]],
        "keywords": about["keywords"],
    }
    return said | ({"citation": edition.cited, "version": edition.about["tables_version"]} if edition else {})


README = """{title}

Pages of {year} recomputed from: {cited}.

index.html            opens every page; all work offline, without a server
<edition>/<year>/     the pages; figures/ holds each figure as SVG, PNG, CSV and JSON (data, unit, source, title, notes)
<edition>/selections/ pages of a selection of its own
<edition>/data.html   every table, to read; data.xlsx the same as a workbook
<edition>/data/       every table as CSV, described in datapackage.json (Frictionless Data Package)

{description}

Version {version} of the tables. Cite the report for the figures; each page says how to cite it.
Licence: {licence} ({path}). The published tables hold figures of others: see data/published/sources.csv.
"""


def readme(edition: Edition, year: str) -> bytes:
    """What a bundle says of itself."""
    about = _package()
    licence = about["licenses"][0]
    said = {"title": about["title"], "description": about["description"].strip(), "cited": edition.cited}
    year = "the whole period" if year == ALL else year
    version = edition.about["tables_version"]
    return README.format(**said, year=year, version=version, licence=licence["title"], path=licence["path"]).encode()
