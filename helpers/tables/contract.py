"""The declaration of every table (`contract.yaml`), read once.

From it come the CSV headers that the extractor writes, the Frictionless data
package that `helpers.data` checks against, and the dictionary in
`data/README.md`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
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


def columns(table: str) -> dict[str, dict[str, Any]]:
    """Columns of `table` in order, `section` and `line` last: name → rules."""
    return declaration()["tables"][table]["columns"] | declaration()["common"]


def key(table: str) -> list[str]:
    """Columns of which no two rows are the same; none where the row itself is the identity."""
    return declaration()["tables"][table].get("key", [])


def _field(name: str, rules: dict[str, Any]) -> dict[str, Any]:
    field = {"name": name, "type": rules["type"], "description": rules["description"]}
    if "unit" in rules:
        field["unit"] = rules["unit"]
    limits = {k: rules[k] for k in ("required", "minimum", "maximum", "pattern", "enum") if k in rules}
    return field | ({"constraints": limits} if limits else {})


def _resource(table: str, edition: Edition, content: bytes, present: list[str]) -> dict[str, Any]:
    declared = declaration()["tables"][table]
    closes = edition.closes(table)
    return {
        "name": resource_name(edition.name, table),
        "edition": edition.name,
        **_file(table, declared, _path(edition.name, table), content),
        **({"temporal": {"end": closes.isoformat()}} if closes else {}),
        **({"keyReason": declared["key_reason"]} if "key_reason" in declared else {}),
        "schema": schema(table, edition.name, present),
    }


def _file(table: str, declared: dict[str, Any], path: str, content: bytes) -> dict[str, Any]:
    """What the data package says of any table's file."""
    return {
        "table": table,
        "title": declared["title"],
        "path": path,
        "profile": "tabular-data-resource",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        "rows": max(content.count(b"\n") - 1, 0),
        "caveats": declared.get("caveats", []),
    }


def resource_name(edition: str, table: str) -> str:
    """Name of an edition's table in the data package (`2018-2022/targets`)."""
    return f"{edition}/{table}"


def _path(edition: str, table: str) -> str:
    return f"{FOLDER}/{edition}/tables/{table}.csv"


def schema(table: str, edition: str, present: list[str]) -> dict[str, Any]:
    """Frictionless schema of an edition's table; links lead to the tables that are `present`."""
    links = {c: to for c, to in declaration()["tables"][table].get("foreign_key", {}).items() if to in present}
    return _schema(declaration()["tables"][table], columns(table), links, edition)


def _schema(declared: dict[str, Any], fields: dict[str, Any], links: dict[str, str], place: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "fields": [_field(column, rules) for column, rules in fields.items()],
        "missingValues": [""],
    }
    if "key" in declared:
        made["primaryKey"] = declared["key"]
    if links:
        made["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": resource_name(place, target), "fields": [column]}}
            for column, target in links.items()
        ]
    return made


def published() -> dict[str, dict[str, Any]]:
    """The published tables: name → declaration (`columns`, `key`, `title`)."""
    return declaration()[PUBLISHED]["tables"]


def published_path(table: str) -> str:
    """File of a published table in the data folder."""
    return f"{PUBLISHED}/{table}.csv"


def published_schema(table: str) -> dict[str, Any]:
    """Frictionless schema of a published table."""
    declared = published()[table]
    return _schema(declared, declared["columns"], declared.get("foreign_key", {}), PUBLISHED)


def _published_resource(table: str, content: bytes) -> dict[str, Any]:
    return {
        "name": resource_name(PUBLISHED, table),
        **_file(table, published()[table], published_path(table), content),
        "licenses": [
            {"title": " ".join(declaration()[PUBLISHED]["licence"].split()), "path": published_path("sources")}
        ],
        "schema": published_schema(table),
    }


def deviations(package: Any) -> list[str]:
    """Where a descriptor is not the one that this contract makes, one line each.

    Paths, schemas and caveats must be the contract's own: a package that loosens
    its rules, or reads files elsewhere, is refused. An edition may lack tables.
    """
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        return ["is no data package (an object with a list of resources)"]
    given = [r for r in package["resources"] if isinstance(r, dict) and _is_name(r.get("edition"))]
    named = {(str(r["edition"]), str(r.get("table"))): r for r in given}
    of_none = [r for r in package["resources"] if isinstance(r, dict) and "edition" not in r]
    others = {str(r.get("table")): r for r in of_none if r.get("table") in published()}
    wrong = [f"has an unknown table {table[:60]!r}" for _, table in named if table not in tables()]
    if len(package["resources"]) != len(named) + len(others):
        wrong.append("has a resource without an edition and a table, or one twice")
    for (edition, table), resource in named.items():
        if table not in tables():
            continue
        present = [of_table for of_edition, of_table in named if of_edition == edition]
        wanted = {
            "name": resource_name(edition, table),
            "path": _path(edition, table),
            "schema": schema(table, edition, present),
            "caveats": declaration()["tables"][table].get("caveats", []),
        }
        wrong += _differences(table, resource, wanted)
    for table, resource in others.items():
        name, path = resource_name(PUBLISHED, table), published_path(table)
        wanted = {"name": name, "path": path, "schema": published_schema(table), "caveats": []}
        wrong += _differences(table, resource, wanted)
    if others and set(others) != set(published()):
        wrong.append(f"lacks published tables: {', '.join(sorted(set(published()) - set(others)))}")
    if not re.fullmatch(r"\d+(\.\d+)*", str(package.get("version"))):
        wrong.append(f"has no version number ({str(package.get('version'))[:40]!r})")
    if package.get("caveats") != declaration()["caveats"]:
        wrong.append("its caveats are not the contract's")
    return wrong


def _differences(table: str, resource: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    said = [f"{table}: its {part} is not the contract's" for part in wanted if resource.get(part) != wanted[part]]
    return said + [f"{table}: has no hash"] * (not isinstance(resource.get("hash"), str))


def _is_name(edition: Any) -> bool:
    """Whether an edition's name is one that leads to a folder below the data folder."""
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
            resources.append(_published_resource(name, there))
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
