"""The declaration of every table (`contract.yaml`), read once.

From it come the CSV headers that the extractor writes, the Frictionless data
package that `helpers.data` checks against, and the dictionary in
`data/README.md`.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

TABLES = "editions/2018-2022/tables"


@cache
def declaration() -> dict[str, Any]:
    """The whole declaration as nested dicts (do not modify)."""
    return yaml.safe_load(files(__package__).joinpath("contract.yaml").read_text("utf-8"))


def tables() -> list[str]:
    """Names of all tables in the report's order."""
    return list(declaration()["tables"])


def columns(table: str) -> dict[str, dict[str, Any]]:
    """Columns of `table` in order, `section` and `line` last: name → rules."""
    return declaration()["tables"][table]["columns"] | declaration()["common"]


def _field(name: str, rules: dict[str, Any]) -> dict[str, Any]:
    field = {"name": name, "type": rules["type"], "description": rules["description"]}
    if "unit" in rules:
        field["unit"] = rules["unit"]
    limits = {k: rules[k] for k in ("required", "minimum", "maximum", "pattern", "enum") if k in rules}
    return field | ({"constraints": limits} if limits else {})


def _resource(name: str, csv: Path, closes: date | None) -> dict[str, Any]:
    table = declaration()["tables"][name]
    content = csv.read_bytes()
    return {
        "name": name,
        "title": table["title"],
        "path": _path(name),
        "profile": "tabular-data-resource",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        "rows": content.count(b"\n") - 1,
        "caveats": table.get("caveats", []),
        **({"temporal": {"end": closes.isoformat()}} if closes else {}),
        **({"keyReason": table["key_reason"]} if "key_reason" in table else {}),
        "schema": _schema(name),
    }


def _path(name: str) -> str:
    return f"{TABLES}/{name}.csv"


def _schema(name: str) -> dict[str, Any]:
    table = declaration()["tables"][name]
    schema: dict[str, Any] = {
        "fields": [_field(column, rules) for column, rules in columns(name).items()],
        "missingValues": [""],
    }
    if "key" in table:
        schema["primaryKey"] = table["key"]
    if "foreign_key" in table:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": target, "fields": [column]}}
            for column, target in table["foreign_key"].items()
        ]
    return schema


def deviations(package: Any) -> list[str]:
    """Where a descriptor is not the one that this contract makes, one line each.

    Paths, schemas and caveats must be the contract's own: a package that loosens
    its rules, or reads files elsewhere, is refused.
    """
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        return ["is no data package (an object with a list of resources)"]
    resources = {r["name"]: r for r in package["resources"] if isinstance(r, dict) and isinstance(r.get("name"), str)}
    wrong = [f"lacks the table {name}" for name in tables() if name not in resources]
    wrong += [f"has an unknown table {name[:60]!r}" for name in resources if name not in tables()]
    if len(package["resources"]) != len(resources):
        wrong.append("has a resource without a name, or one twice")
    for name in (name for name in tables() if name in resources):
        wanted = {
            "path": _path(name),
            "schema": _schema(name),
            "caveats": declaration()["tables"][name].get("caveats", []),
        }
        wrong += [
            f"{name}: its {part} is not the contract's" for part in wanted if resources[name].get(part) != wanted[part]
        ]
        if not isinstance(resources[name].get("hash"), str):
            wrong.append(f"{name}: has no hash")
    if not re.fullmatch(r"\d+(\.\d+)*", str(package.get("version"))):
        wrong.append(f"has no version number ({str(package.get('version'))[:40]!r})")
    if package.get("caveats") != declaration()["caveats"]:
        wrong.append("its caveats are not the contract's")
    return wrong


def datapackage(data_dir: Path, closes: dict[str, date]) -> dict[str, Any]:
    """The Frictionless descriptor of the CSV files in `data_dir`/report.

    `closes` maps a table to the day on which it ends, where that is not the end
    of a year.
    """
    package = declaration()["package"]
    return {
        "profile": "tabular-data-package",
        "name": package["name"],
        "title": package["title"],
        "version": package["version"],
        "description": package["description"],
        "sources": [package["source"]],
        "caveats": declaration()["caveats"],
        "resources": [_resource(name, data_dir / TABLES / f"{name}.csv", closes.get(name)) for name in tables()],
    }


def dictionary(package: dict[str, Any]) -> str:
    """`data/README.md`: the data package as a page that people read."""
    lines = [
        "# Data dictionary",
        "",
        "Written by `python -m helpers extract` from `helpers/tables/contract.yaml`; do not edit.",
        "",
        package["description"],
        "",
        f"Source: {package['sources'][0]['title']}. Version {package['version']} of these tables.",
        "",
        "CSV, UTF-8, comma, one header line, `\\n`; a missing value is an empty field.",
        "",
        "## Caveats",
        "",
        *[f"- `{name}`: {text}" for name, text in package["caveats"].items()],
    ]
    for table in package["resources"]:
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
