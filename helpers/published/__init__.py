"""Official figures published elsewhere → `data/published`, each row with its source and place.

    publish(source)              what a workbook, list or folder holds, and what cannot be placed
    write(reading)               its tables beside those of the other sources, data package and dictionary

The kind of a source is told by its content, never by its name.
"""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path
from typing import Any

from helpers.files import DATA, write_all
from helpers.published import catalogue, indicators, lists, prices, workbook
from helpers.published.reading import Declared, PublishError, Reading
from helpers.tables import check, contract, editions

__all__ = ["PublishError", "Reading", "publish", "write"]


def publish(source: str | Path, data_dir: str | Path | None = None, date: str = "") -> Reading:
    """Read a workbook (key indicators, price baskets), a list (catalogue, M49, single figures) or a Relaton folder.

    `date` (YYYY, YYYY-MM or YYYY-MM-DD) is the edition's where the source does not say it.
    Raises `PublishError` for a source of no known kind, or without a date.
    """
    path, reading = Path(source), Reading()
    declared = Declared.read(Path(data_dir or DATA) / contract.PUBLISHED, DATA / contract.PUBLISHED)

    def about(kind: str, said: str = "", note: str = "", decimals: int | None = None) -> str:
        """Note the source; returns its short id."""
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", said or date):
            raise PublishError(f"{path}: does not say its date; give it as YYYY, YYYY-MM or YYYY-MM-DD (--source-date)")
        reading.tables["sources"].append(declared.source(kind, said or date, note) | {"decimals": decimals})
        return reading.tables["sources"][0]["source"]

    if path.is_dir():
        texts = list(catalogue.from_folder(path, reading))
        if not texts:
            raise PublishError(f"{path}: has no Relaton files (YAML with a docidentifier)")
        catalogue.read(texts, declared, about("catalogue"), reading)
    elif _starts(path, b"PK"):
        sheets = workbook.sheets(path)
        if prices.recognised(sheets):
            source_id = about("prices", prices.release(sheets), prices.history(sheets))
            prices.read(sheets, declared, source_id, reading)
        elif indicators.recognised(sheets, declared):
            source_id = about("key_indicators", indicators.edition(sheets), "", indicators.decimals(sheets))
            indicators.read(sheets, declared, source_id, reading)
        else:
            raise PublishError(f"{path}: no heading of a key-indicator or price-basket workbook is in it")
    else:
        kind, lines = lists.lines(path)
        if kind == "single_figures":
            lists.single_figures(lines, declared, reading)
        elif kind == "m49":
            lists.m49(lines, about(kind), reading)
        else:
            catalogue.read(catalogue.from_list(lines), declared, about(kind), reading)
    return reading


def _starts(path: Path, mark: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(mark)) == mark
    except OSError as error:
        raise PublishError(f"{path}: cannot be read ({error.strerror})") from None


def write(reading: Reading, data_dir: str | Path | None = None) -> None:
    """Write all published tables, the data package and the dictionary, all or none.

    The rows of the sources that were read are replaced, those of others stay. Raises
    `PublishError` where a table breaks the data contract, before or after.
    """
    folder = Path(data_dir or DATA)
    known = [editions.edition(name, folder) for name in editions.names(folder)]
    if not known:
        raise PublishError(f"{folder}: has no edition of the report; extract one first")
    replaced = {row["source"] for row in reading.tables["sources"]}
    new = {}
    for name in contract.published():
        path = contract.published_path(name)
        before = (folder / path).read_bytes() if (folder / path).is_file() else _csv(name, [])
        _hold(name, before)
        kept = [row for row in csv.DictReader(StringIO(before.decode())) if row["source"] not in replaced]
        new[path] = _csv(name, sorted(kept + reading.tables.get(name, []), key=lambda row: row["source"]))
        _hold(name, new[path])
    write_all(folder, contract.with_package(new, known, folder))


def _hold(name: str, content: bytes) -> None:
    """Hold the bytes of a table against the contract."""
    if broken := check.parse(name, content, contract.schema(name, contract.PUBLISHED))[1]:
        raise PublishError("\n".join(broken))


def _csv(name: str, rows: list[dict[str, Any]]) -> bytes:
    """A table as the bytes of its file, missing values empty."""
    out = StringIO()
    writer = csv.DictWriter(out, list(contract.columns(name)), restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        said = ((column, str(value).lower() if isinstance(value, bool) else value) for column, value in row.items())
        writer.writerow(dict(said))
    return out.getvalue().encode()
