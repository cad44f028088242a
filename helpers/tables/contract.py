"""The declaration of every table (`contract.yaml`), read once.

From it come the CSV headers that the extractor writes, the Frictionless data
package that `load` checks against, and the dictionary in
`data/README.md`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from helpers.tables.editions import FOLDER, LOADER, Edition

PUBLISHED = "published"  # folder of the tables that no edition of the report has made


@cache
def declaration() -> dict[str, Any]:
    """The whole declaration as nested dicts (do not modify)."""
    return yaml.load(files(__package__).joinpath("contract.yaml").read_text("utf-8"), LOADER)


def tables() -> list[str]:
    """Names of all tables in the report's order."""
    return list(declaration()["tables"])


def published() -> dict[str, dict[str, Any]]:
    """The published tables: name → declaration (`columns`, `key`, `title`)."""
    return declaration()[PUBLISHED]["tables"]


def _declared(table: str) -> dict[str, Any]:
    """Declaration of any table: no edition's table has the name of a published one."""
    return (declaration()["tables"] | published())[table]


def columns(table: str) -> dict[str, dict[str, Any]]:
    """Columns of `table` in order, of an edition's table `section` and `line` last: name → rules."""
    return _declared(table)["columns"] | ({} if table in published() else declaration()["common"])


def key(table: str) -> list[str]:
    """Columns of which no two rows are the same; none where the row itself is the identity."""
    return _declared(table).get("key", [])


def _field(name: str, rules: dict[str, Any]) -> dict[str, Any]:
    field = {"name": name, "type": rules["type"], "description": rules["description"]}
    if "unit" in rules:
        field["unit"] = rules["unit"]
    limits = {k: rules[k] for k in ("required", "minimum", "maximum", "pattern", "enum") if k in rules}
    return field | ({"constraints": limits} if limits else {})


def _resource(table: str, edition: Edition | None, content: bytes, present: Collection[str]) -> dict[str, Any]:
    """What the data package says of the file of an edition's table, or of a published one."""
    declared, place = _declared(table), edition.name if edition else PUBLISHED
    closes = edition.closes(table) if edition else None
    licence = {"title": " ".join(declaration()[PUBLISHED]["licence"].split()), "path": published_path("sources")}
    return {
        "name": resource_name(place, table),
        **({"edition": place} if edition else {}),
        "table": table,
        "title": declared["title"],
        "path": _path(place, table),
        "profile": "tabular-data-resource",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        "rows": max(content.count(b"\n") - 1, 0),
        "caveats": declared.get("caveats", []),
        **({"temporal": {"end": closes.isoformat()}} if closes else {}),
        **({"keyReason": declared["key_reason"]} if "key_reason" in declared else {}),
        **({} if edition else {"licenses": [licence]}),
        "schema": schema(table, place, present),
    }


def resource_name(place: str, table: str) -> str:
    """Name of a table in the data package: its edition's, or `published`, before its own (`2018-2022/targets`)."""
    return f"{place}/{table}"


def _path(place: str, table: str) -> str:
    return published_path(table) if table in published() else f"{FOLDER}/{place}/tables/{table}.csv"


def published_path(table: str) -> str:
    """File of a published table in the data folder."""
    return f"{PUBLISHED}/{table}.csv"


def schema(table: str, place: str, present: Collection[str] = ()) -> dict[str, Any]:
    """Frictionless schema of a table of an edition, or `published`; links lead to the tables that are `present`."""
    declared = _declared(table)
    fields = [_field(column, rules) for column, rules in columns(table).items()]
    made: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if "key" in declared:
        made["primaryKey"] = declared["key"]
    links = [
        {"fields": [column], "reference": {"resource": resource_name(place, target), "fields": [column]}}
        for column, target in declared.get("foreign_key", {}).items()
        if target in present
    ]
    return made | ({"foreignKeys": links} if links else {})


def deviations(package: Any) -> list[str]:
    """Where a descriptor is not the one that this contract makes, one line each.

    Paths, schemas and caveats must be the contract's own: a package that loosens
    its rules, or reads files elsewhere, is refused. An edition may lack tables.
    """
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        return ["is no data package (an object with a list of resources)"]
    named = {(r.get("edition"), str(r.get("table"))): r for r in package["resources"] if _has_place(r)}
    wrong = [f"has an unknown table {table[:60]!r}" for edition, table in named if edition and table not in tables()]
    if len(package["resources"]) != len(named):
        wrong.append("has a resource without an edition and a table, or one twice")
    others = {table for edition, table in named if edition is None}
    for (edition, table), resource in named.items():
        if edition and table not in tables():
            continue
        place, present = edition or PUBLISHED, {name for of, name in named if edition and of == edition} or published()
        wanted = {
            "name": resource_name(place, table),
            "path": _path(place, table),
            "schema": schema(table, place, present),
            "caveats": _declared(table).get("caveats", []),
        }
        wrong += [f"{table}: its {part} is not the contract's" for part in wanted if resource.get(part) != wanted[part]]
        wrong += [f"{table}: has no hash"] * (not isinstance(resource.get("hash"), str))
    if others and others != set(published()):
        wrong.append(f"lacks published tables: {', '.join(sorted(set(published()) - others))}")
    if not re.fullmatch(r"\d+(\.\d+)*", str(package.get("version"))):
        wrong.append(f"has no version number ({str(package.get('version'))[:40]!r})")
    if package.get("caveats") != declaration()["caveats"]:
        wrong.append("its caveats are not the contract's")
    return wrong


def _has_place(resource: Any) -> bool:
    """Whether a resource is a published table, or of an edition whose name leads to a folder below the data folder."""
    if not isinstance(resource, dict):
        return False
    if "edition" not in resource:
        return str(resource.get("table")) in published()
    edition = resource["edition"]
    return isinstance(edition, str) and bool(re.fullmatch(r"[a-z0-9][a-z0-9._-]*", edition))


def with_package(new: Mapping[str, bytes], editions: Sequence[Edition], folder: Path) -> dict[str, bytes]:
    """Files that are about to be written below `folder`, with the data package and the dictionary that fit them."""
    package = datapackage(editions, folder, new)
    descriptor = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    return {**new, "datapackage.json": descriptor.encode(), "README.md": dictionary(package).encode()}


def datapackage(editions: Sequence[Edition], folder: Path, new: Mapping[str, bytes] | None = None) -> dict[str, Any]:
    """The Frictionless descriptor of all tables of all editions and the published ones below `folder`.

    They stand in the contract's order; a table whose file is missing is left out. `new`
    holds the files that are about to be written there (path → content).
    """
    package, resources = declaration()["package"], []

    def content(path: str) -> bytes | None:
        if new and path in new:
            return new[path]
        return (folder / path).read_bytes() if (folder / path).is_file() else None

    for edition in editions:
        found = {name: there for name in tables() if (there := content(_path(edition.name, name))) is not None}
        resources += [_resource(name, edition, there, list(found)) for name, there in found.items()]
    for name in published():
        if (there := content(published_path(name))) is not None:
            resources.append(_resource(name, None, there, published()))
    return {
        "profile": "tabular-data-package",
        "name": package["name"],
        "title": package["title"],
        "version": max((e.about["tables_version"] for e in editions), key=_version),
        "description": package["description"],
        "homepage": editions[-1].about["link"],
        **{part: package[part] for part in ("created", "keywords", "contributors", "licenses")},
        "sources": [{"title": e.cited, "path": e.about["link"]} for e in editions],
        "caveats": declaration()["caveats"],
        "resources": resources,
    }


def _version(text: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", text)]


def dictionary(package: dict[str, Any]) -> str:
    """`data/README.md`: the data package as a page that people read."""
    lines = [
        "# Data dictionary",
        "",
        "Written by `python -m helpers extract` and `publish` from `helpers/tables/contract.yaml`; do not edit.",
        "",
        package["description"],
        "",
        *[f"Source: {source['title']}." for source in package["sources"]],
        "",
        f"Version {package['version']} of these tables.",
        "",
        "CSV, UTF-8, comma, one header line, `\\n`; a missing value is an empty field.",
        "",
        "## Caveats",
        "",
        *[f"- `{name}`: {text}" for name, text in package["caveats"].items()],
    ]
    for table in package["resources"]:
        if "edition" not in table and "## Published elsewhere" not in lines:
            lines += ["", "## Published elsewhere", "", declaration()[PUBLISHED]["licence"].strip()]
        schema = table["schema"]
        key = ", ".join(f"`{c}`" for c in schema.get("primaryKey", [])) or f"none. {table['keyReason']}"
        lines += [
            "",
            f"## `{table['name']}`",
            "",
            f"{table['title']}. {table['rows']:,} rows in [`{table['path']}`]({table['path']}). Key: {key}.",
        ]
        if "temporal" in table:
            lines += ["", f"Closes on {table['temporal']['end']}."]
        if table["caveats"]:
            lines += ["", "Caveats: " + ", ".join(f"`{c}`" for c in table["caveats"]) + "."]
        lines += ["", "| column | type | unit | rule | what it is |", "| --- | --- | --- | --- | --- |"]
        for field in schema["fields"]:
            lines.append(
                f"| `{field['name']}` | {field['type']} | {field.get('unit', '')} "
                f"| {_rules(field.get('constraints', {}))} | {field['description']} |"
            )
    return "\n".join(lines) + "\n"


def _rules(limits: dict[str, Any]) -> str:
    said = []
    if limits.get("required"):
        said.append("required")
    if "minimum" in limits:
        said.append(f"≥ {limits['minimum']}")
    if "maximum" in limits:
        said.append(f"≤ {limits['maximum']}")
    if "enum" in limits:
        said.append("one of " + ", ".join(f"`{value}`" for value in limits["enum"]))
    if "pattern" in limits:
        said.append("matches `" + limits["pattern"].replace("|", "\\|") + "`")
    return "; ".join(said)
