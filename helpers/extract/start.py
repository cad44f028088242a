"""The folder of an edition that is new: what the text says of itself, and where rules are still to be written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from helpers.extract.layout import MONTHS, ReportError, month
from helpers.extract.numbers import YEAR
from helpers.tables import editions
from helpers.tables.editions import NOT_STATED, Edition

NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
_MONTH = rf"([A-Z][a-z]{{2}})[a-z]* ({YEAR})"
PERIOD = re.compile(rf"\b{_MONTH} ?[-–—] ?{_MONTH}\b")
TO_FILL_IN = ("title", "publisher", "short", "document", "link")


def model(name: str, data_dir: str | Path | None) -> Edition:
    """The edition whose captions a new one starts from: the newest of the folder, or of the project.

    Raises `ReportError` where the new edition's name is taken or is no name of a folder.
    """
    if not NAME.fullmatch(name):
        raise ReportError(f"{name!r} is no name for an edition; use small letters, digits, '.', '_' and '-'")
    if (Path(data_dir or editions.DATA) / editions.FOLDER / name).exists():
        raise ReportError(f"edition {name!r} is there already; extract again with --edition {name}")
    return editions.edition("", home(data_dir))


def home(data_dir: str | Path | None) -> Path:
    """Data folder whose editions are known: the given one, or the project's where it has none yet."""
    return Path(data_dir) if data_dir and editions.names(data_dir) else editions.DATA


def about(first_lines: Sequence[str], model: Edition) -> dict[str, Any]:
    """Contents of `edition.yaml` as far as the first lines tell; the rest is to be filled in."""
    period = next((found for line in first_lines if (found := PERIOD.search(line))), None)
    said = dict.fromkeys(TO_FILL_IN, NOT_STATED)
    if period and {period[1], period[3]} <= set(MONTHS):
        said |= {"from": month(period[2], period[1]), "to": month(period[4], period[3])}
    return said | {
        "tables_version": "0.1.0",
        "recognised_by": [period[0] if period else first_lines[0][:60].strip()],
        "years_from": list(model.about["years_from"]),
        "closes": dict.fromkeys(model.about["closes"]),
    }


def complete(about: dict[str, Any], closes: dict[str, date], tables: dict[str, pd.DataFrame]) -> None:
    """Put in what only the tables tell: closing days, and the period where no line names it."""
    about["closes"] = {name: closes.get(name, NOT_STATED) for name in about["closes"]}
    years = sorted(year for name in about["years_from"] for year in tables[name]["year"])
    if "from" not in about and not years:
        raise ReportError("neither the first lines nor a table names the years of the report")
    if "from" not in about:
        about |= {"from": f"{years[0]}-01", "to": f"{years[-1]}-12"}


def files(about: dict[str, Any], model: Edition, rules: Sequence[str]) -> dict[str, str]:
    """Files of the new folder: name → content."""
    head = f"# What is true of this edition of the report and of no other; fill in what is {NOT_STATED}.\n"
    order = [*TO_FILL_IN, "from", "to", "tables_version", "recognised_by", "years_from", "closes"]
    said = yaml.safe_dump({key: about[key] for key in order}, sort_keys=False, allow_unicode=True, width=120)
    empty = {f"{name}.yaml": f"# No rules yet; see the same file of edition {model.name}.\n" for name in rules}
    captions = f"# A copy of edition {model.name}'s, to be changed where this one prints other words.\n"
    captions += (model.folder / "captions.yaml").read_text("utf-8")
    return empty | {"edition.yaml": head + said, "captions.yaml": captions}
