"""Lists: the countries and areas of M49, and single figures from publications that are no workbook."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path
from typing import Any

from helpers.published.catalogue import Text
from helpers.published.indicators import EVERYBODY
from helpers.published.reading import Declared, PublishError, Reading, clean, shown

LARGEST = 50_000_000  # bytes
MARKS = {
    "ldc": "Least Developed Countries (LDC)",
    "lldc": "Land Locked Developing Countries (LLDC)",
    "sids": "Small Island Developing States (SIDS)",
}
HEADS = {
    "catalogue": {"document_type", *(name for name in Text._fields if name != "kind")},
    "m49": {"Country or Area", "M49 Code", "ISO-alpha3 Code", "Region Name", *MARKS.values()},
    "single_figures": {"indicator", "geography", "year", "value", "unit", "publication", "where", "url", "confidence"},
}
Lines = list[dict[str, str]]


def lines(path: Path) -> tuple[str, Lines]:
    """The kind of a CSV file, told by its headings, and its lines.

    Raises `PublishError` for another file, and for a line with more or fewer fields
    than headings.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise PublishError(f"{path}: is larger than {LARGEST // 1_000_000} MB; not read")
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PublishError(f"{path}: cannot be read ({str(error)[:100]})") from None
    head = text.partition("\n")[0]
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=max(",;", key=head.count))
    try:
        found = list(reader)
    except csv.Error as error:
        raise PublishError(f"{path}: is no list ({error})") from None
    kind = next((kind for kind, needed in HEADS.items() if needed <= set(reader.fieldnames or ())), "")
    if not kind:
        known = "; ".join(", ".join(sorted(needed)) for needed in HEADS.values())
        raise PublishError(f"{path}: no known list (headings are one of: {known})")
    for number, line in enumerate(found, 2):
        if None in line or None in line.values():
            raise PublishError(f"{path}, row {number}: has more or fewer fields than there are headings")
    return kind, found


def m49(found: Lines, source: str, reading: Reading) -> None:
    """Rows of `economies`; an `x` marks LDCs, LLDCs and SIDS."""
    for number, line in enumerate(found, 2):
        marks = {mark: line[column].strip() for mark, column in MARKS.items()}
        if not set(marks.values()) <= {"", "x"} or not re.fullmatch(r"\d{3}", line["M49 Code"]):
            reading.lose("", f"row {number}", f"no code and marks in {shown(line['Country or Area'])}")
            continue
        row = {"iso3": line["ISO-alpha3 Code"], "m49": line["M49 Code"], "name": clean(line["Country or Area"])}
        row |= {"region": line["Region Name"], "source": source, "place": f"row {number}"}
        reading.tables["economies"].append(row | {mark: text == "x" for mark, text in marks.items()})


def single_figures(found: Lines, declared: Declared, reading: Reading) -> None:
    """Rows of `single_figures` and of their `sources`; figures of a workbook come from the workbook itself."""
    sources: dict[str, dict[str, Any]] = {}
    link = ""
    for number, line in enumerate(found, 2):
        link = link if line["url"] == "same" else line["url"]
        if line["confidence"].startswith("high"):
            reading.left["figures that the workbooks themselves give"] += 1
            continue
        row = _single(line, declared)
        if isinstance(row, str):
            reading.lose("", f"row {number}", row)
            continue
        sources[row["source"]] = declared.sources["publications"][line["publication"]]
        reading.tables["single_figures"].append(row | {"place": f"{line['where']}, {link}"})
    reading.tables["sources"] += sources.values()


def _single(line: dict[str, str], declared: Declared) -> dict[str, Any] | str:
    """A row of `single_figures`, or what is wrong with the line."""
    said, geography = declared.named("single_figures", line["indicator"]), declared.geography(line["geography"])
    years = re.findall(r"\d{4}", line["year"])
    if said is None or geography is None:
        return f"{shown(line['indicator'])} in {shown(line['geography'])} is not declared"
    if line["publication"] not in declared.sources["publications"]:
        return f"the publication {shown(line['publication'])} is not declared"
    if not years or not re.fullmatch(r"-?\d+(\.\d+)?", line["value"]):
        return f"no year or number in {shown(line['year'])}, {shown(line['value'])}"
    indicator, unit, location = (said + ", _T").split(", ")[:3]
    of = re.search(r"\d+", f"{line['unit']} {line['geography']}")
    confidence, _, how = line["confidence"].partition(": ")
    return {
        "indicator": indicator,
        **geography,
        **EVERYBODY,
        "location": location,
        "year": years[-1],
        "value": line["value"],
        "unit": unit,
        "economies": of[0] if of else "",
        "source": declared.sources["publications"][line["publication"]]["source"],
        "confidence": confidence,
        "note": f"{how}; of {line['year']}" if len(years) > 1 else how,
    }
