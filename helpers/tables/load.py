"""Load the tables of an edition, typed and checked.

    table("targets")             one table of the newest edition, as a DataFrame
    table("targets", edition)    of another edition (see `editions`)
    published("series")          one table of official figures published elsewhere
    problems(data_dir)           everything that is wrong with a data folder

Types and rules come from `data/datapackage.json`. A table that breaks one is never
returned; a table that the edition does not have comes back without rows.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.tables import check, contract, editions
from helpers.tables.editions import DataError, Edition


def package(data_dir: str | Path | None = None) -> dict[str, Any]:
    """The data package (`datapackage.json`) as a dict (do not modify).

    Raises `DataError` where it is missing, not JSON, or describes other tables than
    the contract (`contract.yaml`) does.
    """
    path = Path(data_dir or editions.DATA) / "datapackage.json"
    return _package(path, path.stat().st_mtime_ns if path.is_file() else 0)


@cache
def _package(path: Path, changed: int) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise DataError([f"{path}: not found; run `python -m helpers extract REPORT --data {path.parent}`"]) from None
    except OSError as error:
        raise DataError([f"{path}: cannot be read ({error.strerror}); restore it or extract again"]) from None
    except (ValueError, RecursionError) as error:
        raise DataError([f"{path}: not JSON ({str(error)[:100]}); restore it or extract again"]) from None
    wrong = contract.deviations(found)
    if wrong:
        raise DataError([f"{path}: {problem}; restore it or extract again" for problem in wrong])
    return found


def resource(name: str, edition: Edition) -> dict[str, Any] | None:
    """What the data package says of an edition's table; None where the edition has none."""
    if name not in contract.tables():
        raise KeyError(f"no table {name!r}; there are {', '.join(contract.tables())}")
    return _described(edition.data_dir, edition.name, name)


def table(name: str, edition: Edition | None = None) -> pd.DataFrame:
    """One table with the contract's columns and types (see data/README.md).

    A table that the edition does not have has no rows. Raises `DataError` with one
    line for every broken rule, `KeyError` for a table that the contract does not know.
    """
    edition = edition or editions.edition()
    return _typed(name, edition.name, edition.data_dir, resource(name, edition))


def published(name: str, data_dir: str | Path | None = None) -> pd.DataFrame:
    """One table of `data/published` with the contract's columns and types; without rows where there is none.

    Raises `DataError` with one line for every broken rule, `KeyError` for an unknown table.
    """
    if name not in contract.published():
        raise KeyError(f"no published table {name!r}; there are {', '.join(contract.published())}")
    folder = Path(data_dir or editions.DATA)
    return _typed(name, contract.PUBLISHED, folder, _described(folder, contract.PUBLISHED, name))


def _described(folder: Path, place: str, name: str) -> dict[str, Any] | None:
    wanted = contract.resource_name(place, name)
    return next((r for r in package(folder)["resources"] if r["name"] == wanted), None)


def _typed(name: str, place: str, folder: Path, described: dict[str, Any] | None) -> pd.DataFrame:
    """A table that the data package describes; one without rows where it does not."""
    if described is None:
        return check.empty(contract.schema(name, place)["fields"])
    frame, broken, changed = _read(folder, described)
    if broken or changed:
        raise DataError(broken or changed)
    return frame


def every(edition: Edition | None = None) -> dict[str, pd.DataFrame]:
    """Every table of the contract: name → DataFrame. Raises `DataError` as `table` does."""
    edition = edition or editions.edition()
    return {name: table(name, edition) for name in contract.tables()}


def problems(data_dir: str | Path | None = None) -> list[str]:
    """Every broken rule of every table of every edition, one line each; empty when all is well."""
    folder = Path(data_dir or editions.DATA)
    try:
        resources = package(folder)["resources"]
        known = editions.names(folder)
    except DataError as error:
        return error.problems
    frames, broken, changed = {}, _strangers(folder, known, resources), {}
    for described in resources:
        frames[described["name"]], wrong, changed[described["name"]] = _read(folder, described)
        broken += wrong
    for described in resources:
        broken += check.foreign_keys(described, frames) or changed[described["name"]]
    return broken


def _strangers(folder: Path, known: list[str], resources: list[dict[str, Any]]) -> list[str]:
    """Files and editions that the data package does not describe, and editions that have no folder."""
    described = {folder / r["path"] for r in resources}
    found = {*(folder / editions.FOLDER).glob("*/tables/*"), *(folder / contract.PUBLISHED).glob("*.csv")}
    files = sorted(found - described)
    said = [f"{path}: is not in datapackage.json; extract again, or remove it" for path in files]
    gone = sorted({r["edition"] for r in resources if "edition" in r} - set(known))
    return said + [
        f"{folder / editions.FOLDER / name}: has no edition.yaml, but tables in datapackage.json" for name in gone
    ]


def caveats(name: str) -> dict[str, str]:
    """Caveats declared for a table: name → what it means."""
    meanings = contract.declaration()["caveats"]
    return {caveat: meanings[caveat] for caveat in contract.declaration()["tables"][name].get("caveats", [])}


def _read(folder: Path, described: dict[str, Any]) -> tuple[pd.DataFrame, list[str], list[str]]:
    """A table, its broken rules, and (where none is broken) an edit that its hash shows."""
    name, path = described["name"], folder / described["path"]
    try:
        content = path.read_bytes()
    except OSError as error:
        none = check.empty(described["schema"]["fields"])
        return none, [f"{name}: {path} cannot be read ({error.strerror}); extract the report again"], []
    frame, broken = check.parse(name, content, described["schema"])
    same = described["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
    said = f"{name}: differs from the hash in datapackage.json; extract again, or undo the edit"
    return frame, broken, [] if broken or same else [said]
