"""Load the tables of the data contract, typed and checked.

    load("targets")          one table as a DataFrame
    load_all()               every table: name → DataFrame
    problems(data_dir)       everything that is wrong with a data folder

Types and rules come from `data/datapackage.json`; a table that breaks one is
never returned.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.tables import contract

DATA_DIR = Path(__file__).parents[2] / "data"
DTYPES = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}


CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"


class DataError(Exception):
    """A table breaks the data contract; every problem is one line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def package(data_dir: str | Path | None = None) -> dict[str, Any]:
    """The data package (`datapackage.json`) as a dict.

    Raises `DataError` where it is missing, not JSON, or describes other tables than
    the contract (`contract.yaml`) does.
    """
    path = Path(data_dir or DATA_DIR) / "datapackage.json"
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise DataError([f"{path}: not found; run `python -m helpers extract REPORT --out {path.parent}`"]) from None
    except OSError as error:
        raise DataError([f"{path}: cannot be read ({error.strerror}); restore it or extract again"]) from None
    except (ValueError, RecursionError) as error:
        raise DataError([f"{path}: not JSON ({str(error)[:100]}); restore it or extract again"]) from None
    wrong = contract.deviations(found)
    if wrong:
        raise DataError([f"{path}: {problem}; restore it or extract again" for problem in wrong])
    return found


def tables(data_dir: str | Path | None = None) -> list[str]:
    """Names of all tables in the data package, in the report's order."""
    return [resource["name"] for resource in package(data_dir)["resources"]]


def load(table: str, data_dir: str | Path | None = None) -> pd.DataFrame:
    """One table with the contract's columns and types (see data/README.md).

    Raises `DataError` with one line for every broken rule, `KeyError` for a
    table that the data package does not know.
    """
    folder = Path(data_dir or DATA_DIR)
    resource = _resource(table, folder)
    frame, broken, changed = _read(folder, resource)
    if broken or changed:
        raise DataError(broken or changed)
    return frame


def load_all(data_dir: str | Path | None = None, names: Iterable[str] = ()) -> dict[str, pd.DataFrame]:
    """Every table, or those of `names`: name → DataFrame. Raises `DataError` as `load` does."""
    return {name: load(name, data_dir) for name in list(names) or tables(data_dir)}


def problems(data_dir: str | Path | None = None) -> list[str]:
    """Every broken rule of every table, one line each; empty when all is well."""
    folder = Path(data_dir or DATA_DIR)
    try:
        resources = package(folder)["resources"]
    except DataError as error:
        return error.problems
    frames, broken, changed = {}, [], {}
    for resource in resources:
        frames[resource["name"]], wrong, changed[resource["name"]] = _read(folder, resource)
        broken += wrong
    for resource in resources:
        wrong = _foreign_keys(resource, frames)
        broken += wrong or changed[resource["name"]]
    return broken


def caveats(table: str, data_dir: str | Path | None = None) -> dict[str, str]:
    """Caveats declared for a table: name → what it means."""
    meanings = package(data_dir)["caveats"]
    return {name: meanings[name] for name in _resource(table, Path(data_dir or DATA_DIR))["caveats"]}


def closes(table: str, data_dir: str | Path | None = None) -> date | None:
    """Day on which a table ends before its last year does; None otherwise."""
    end = _resource(table, Path(data_dir or DATA_DIR)).get("temporal", {}).get("end")
    return date.fromisoformat(end) if end else None


def _resource(table: str, folder: Path) -> dict[str, Any]:
    known = {resource["name"]: resource for resource in package(folder)["resources"]}
    if table not in known:
        raise KeyError(f"no table {table!r}; there are {', '.join(known)}")
    return known[table]


def _read(folder: Path, resource: dict[str, Any]) -> tuple[pd.DataFrame, list[str], list[str]]:
    """A table, its broken rules, and (where none is broken) an edit that its hash shows."""
    name, path = resource["name"], folder / resource["path"]
    fields = resource["schema"]["fields"]
    empty = pd.DataFrame(columns=[field["name"] for field in fields])
    try:
        content = path.read_bytes()
    except OSError as error:
        return empty, [f"{name}: {path} cannot be read ({error.strerror}); extract the report again"], []
    table, broken = _parse(name, content, resource, empty)
    same = resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
    changed = (
        []
        if broken or same
        else [f"{name}: differs from the hash in datapackage.json; extract again, or undo the edit"]
    )
    return table, broken, changed


def _parse(name: str, content: bytes, resource: dict[str, Any], empty: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    if not content.strip():
        return empty, [f"{name}: the file is empty; extract the report again"]
    if content.startswith(b"\xef\xbb\xbf"):
        return empty, [f"{name}: starts with a byte-order mark; save as plain UTF-8"]
    if b"\r" in content:
        return empty, [f"{name}: has Windows line ends (CRLF); save with \\n"]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        return empty, [f"{name}, file line {row}: a byte is not UTF-8; save as UTF-8"]
    wanted, head = list(empty.columns), text.partition("\n")[0].split(",")
    if head != wanted:
        parts = [
            f"{said} {', '.join(columns)}"
            for said, columns in (
                ("missing", [c for c in wanted if c not in head]),
                ("unknown", [c for c in head if c not in wanted]),
            )
            if columns
        ]
        return empty, [f"{name}: wrong columns ({'; '.join(parts) or 'other order'}); they are {', '.join(wanted)}"]
    try:
        raw = pd.read_csv(StringIO(text), dtype="string", keep_default_na=False, na_values=[""])
    except pd.errors.ParserError as error:
        return empty, [f"{name}: not a table ({str(error).strip()})"]
    if not isinstance(raw.index, pd.RangeIndex):
        return empty, [f"{name}: not a table (row 1 has more fields than there are columns)"]
    if raw.empty and not contract.declaration()["tables"][name].get("may_be_empty"):
        return empty, [f"{name}: has a head and no rows; extract the report again"]
    frame, broken = {}, []
    for field in resource["schema"]["fields"]:
        frame[field["name"]], wrong = _column(name, raw[field["name"]], field)
        broken += wrong
    table = pd.DataFrame(frame)
    broken += _primary_key(name, table, resource["schema"].get("primaryKey", []))
    return table, broken


def _column(table: str, raw: pd.Series, field: dict[str, Any]) -> tuple[pd.Series, list[str]]:
    """A typed column and one line for the first row that breaks each rule."""
    limits, kind, broken = field.get("constraints", {}), field["type"], []

    def report(bad: pd.Series, rule: str) -> None:
        if bad.any():
            row = int(bad.to_numpy().argmax())
            more = int(bad.sum()) - 1
            tail = f" (and {more} more)" if more else ""
            value = "empty" if pd.isna(raw.iloc[row]) else repr(str(raw.iloc[row])[:60])
            broken.append(f"{table}, row {row + 1}, column {field['name']}: {value} {rule}{tail}")

    if kind == "boolean":
        known = raw.map({"true": True, "false": False})
        report(raw.notna() & known.isna(), "is not true or false")
        typed = known.astype("boolean")
    elif kind in ("integer", "number"):
        pattern = (
            r"[+-]?[0-9]{1,18}" if kind == "integer" else r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?"
        )
        wrong = raw.notna() & ~raw.str.fullmatch(pattern).fillna(False).astype(bool)
        report(wrong, "is not a whole number" if kind == "integer" else "is not a number")
        typed = pd.to_numeric(raw.mask(wrong), errors="coerce").astype(DTYPES[kind])
    else:
        typed = raw.astype("string")
        report(raw.str.contains(CONTROL).fillna(False).astype(bool), "holds a control character")
    if limits.get("required"):
        report(raw.isna(), "is required")
    for rule, test, words in (
        ("minimum", lambda x, limit: x < limit, "is below {}"),
        ("maximum", lambda x, limit: x > limit, "is above {}"),
    ):
        if rule in limits:
            report(test(typed, limits[rule]).fillna(False).astype(bool), words.format(limits[rule]))
    if "enum" in limits:
        report(raw.notna() & ~raw.isin(limits["enum"]), "is none of " + ", ".join(limits["enum"]))
    if "pattern" in limits:
        matches = raw.str.fullmatch(limits["pattern"]).fillna(True).astype(bool)
        report(~matches, f"does not match {limits['pattern']}")
    return typed, broken


def _primary_key(name: str, table: pd.DataFrame, key: list[str]) -> list[str]:
    if not key:
        return []
    double = table.duplicated(subset=key, keep="first")
    if not double.any():
        return []
    row = int(double.to_numpy().argmax())
    values = ", ".join(f"{column}={table[column].iloc[row]}" for column in key)
    return [f"{name}, row {row + 1}: repeats the key {values}"]


def _foreign_keys(resource: dict[str, Any], frames: dict[str, pd.DataFrame]) -> list[str]:
    broken = []
    for link in resource["schema"].get("foreignKeys", []):
        column, target = link["fields"][0], link["reference"]["resource"]
        known = frames[target][link["reference"]["fields"][0]]
        bad = ~frames[resource["name"]][column].isin(known)
        if len(bad) and bad.any():
            row = int(bad.to_numpy().argmax())
            value = frames[resource["name"]][column].iloc[row]
            broken.append(f"{resource['name']}, row {row + 1}, column {column}: {value!r} is not in {target}")
    return broken
