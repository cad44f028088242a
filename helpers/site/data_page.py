"""The data in the reader's hands: one page of all tables of an edition."""

from __future__ import annotations

from calendar import monthrange
from typing import Any

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
