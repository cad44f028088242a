"""The data in the reader's hands: one page and one workbook of all tables of an edition."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from helpers.show import tables
from helpers.site import package, pages
from helpers.tables import contract, load
from helpers.tables.editions import Edition

Stamp = tuple[int, int, int, int, int, int]


def stamp(edition: Edition) -> Stamp:
    """Last day of the report's last month: files must not carry the time of day."""
    year, month = map(int, edition.about["to"].split("-"))
    return year, month, monthrange(year, month)[1], 0, 0, 0


def page(edition: Edition) -> str:
    """HTML of the data page: every table with dictionary, rows, and CSV; what the edition lacks is named.

    Every row has an anchor of its line (`#line-1417`), so that a figure's source
    leads to it.
    """
    seen: set[int] = set()
    resources = {name: load.resource(name, edition) for name in contract.tables()}
    sections = [_section(r, load.table(name, edition), seen) for name, r in resources.items() if r]
    lacking = [contract.declaration()["tables"][name]["title"] for name, resource in resources.items() if not resource]
    template = pages.exporter().environment.get_template("site_data.html.j2")
    caveats = load.package(edition.data_dir)["caveats"]
    return template.render(
        sections=sections, lacking=lacking, caveats=caveats, about=package.dataset(edition), **pages.said_of(edition)
    )


def _section(resource: dict[str, Any], frame: pd.DataFrame, seen: set[int]) -> dict[str, Any]:
    name, fields = resource["table"], resource["schema"]["fields"]
    dictionary = pd.DataFrame(
        {
            "Column": [field["name"] for field in fields],
            "Type": [field["type"] for field in fields],
            "Unit": [field.get("unit", "–") for field in fields],
            "What it is": [field["description"] for field in fields],
        }
    )
    return {
        "name": name,
        "title": resource["title"],
        "rows": len(frame),
        "caveats": resource["caveats"],
        "closes": resource.get("temporal", {}).get("end"),
        "dictionary": tables.render(dictionary, f"Columns of {name}"),
        "body": _with_anchors(tables.render(frame, f"Rows of {name}"), frame, seen),
        "csv": tables.data_link(frame, name),
    }


def _with_anchors(text: str, frame: pd.DataFrame, seen: set[int]) -> str:
    """Give the first row of every line its anchor."""
    head, *rows = text.split("<tr>")
    out = [head, rows[0]]
    for line, row in zip(frame["line"], rows[1:], strict=True):
        anchor = f' id="line-{line}"' if line not in seen else ""
        seen.add(int(line))
        out.append(anchor + ">" + row)
    return out[0] + "<tr>" + out[1] + "".join("<tr" + row for row in out[2:])


def workbook(edition: Edition) -> bytes:
    """An Excel workbook: a sheet of contents, then one sheet a table.

    Texts that Excel would take for a formula are written as text. The same tables
    give the same bytes.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.properties.creator = "ITU plan report"
    book.properties.created = book.properties.modified = datetime(*stamp(edition))
    contents = book.active
    contents.title = "contents"
    contents.append(["sheet", "table", "rows"])
    for name in contract.tables():
        resource, frame = load.resource(name, edition), load.table(name, edition)
        if not resource:
            continue
        sheet = book.create_sheet(name[:31])
        contents.append([sheet.title, resource["title"], len(frame)])
        sheet.append(list(frame.columns))
        for row in frame.itertuples(index=False, name=None):
            sheet.append([None if pd.isna(value) else value for value in row])
        for cell in (cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.data_type == "f"):
            cell.data_type = "s"
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
    raw = BytesIO()
    book.save(raw)
    return _steady(raw.getvalue(), stamp(edition))


def _steady(content: bytes, made: Stamp) -> bytes:
    """The same archive with fixed times, so that equal tables give equal bytes."""
    out, day = BytesIO(), f"{datetime(*made):%Y-%m-%dT%H:%M:%SZ}".encode()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            body = source.read(entry.filename)
            if entry.filename == "docProps/core.xml":
                body = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + day, body)
            target.writestr(ZipInfo(entry.filename, made), body, ZIP_DEFLATED)
    return out.getvalue()
