"""Editions of the report: a folder each, with all that is true of it and of no other.

    edition()                    the newest edition of the project's data
    edition("2018-2022")         one by its name
    edition("", data_dir)        the newest of another data folder

Needs no pandas, so that a batch in which nothing has changed starts at once.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from helpers.files import DATA, InputError

FOLDER = "editions"
NOT_STATED = "not stated"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MONTH = r"\d{4}-(0[1-9]|1[0-2])"


class DataError(InputError):
    """Tables or an edition break the data contract; every problem is one line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Edition:
    """One edition: its folder and what `edition.yaml` says of it."""

    name: str
    data_dir: Path
    about: dict[str, Any] = field(repr=False, hash=False, compare=False)

    @property
    def folder(self) -> Path:
        """`data/editions/<name>`."""
        return self.data_dir / FOLDER / self.name

    @property
    def title(self) -> str:
        """Title of the report."""
        return self.about["title"]

    @property
    def span(self) -> str:
        """The report's own period in words (`April 2018 – June 2022`)."""
        first, last = (date.fromisoformat(f"{self.about[end]}-01") for end in ("from", "to"))
        return f"{first:%B %Y} – {last:%B %Y}"

    @property
    def last_month(self) -> str:
        """The report's last month (`2022-06`), which places it among other publications."""
        return self.about["to"]

    @property
    def cited(self) -> str:
        """Publisher, title, document number where the report states one, and period."""
        document = self.about["document"]
        parts = [self.about["publisher"], self.title, *([document] if document != NOT_STATED else []), self.span]
        return ", ".join(parts)

    @property
    def short(self) -> str:
        """The report in a source line (`ITU report`)."""
        return self.about["short"]

    @property
    def years(self) -> tuple[int, ...]:
        """Years that pages are made for: those of the first table of `years_from` with rows.

        Raises `DataError` where none has rows.
        """
        for table in self.about["years_from"]:
            if found := _years(self.path(table)):
                return found
        tables = ", ".join(self.about["years_from"])
        raise DataError([f"{self.folder}: no rows in {tables}, so there are no years to make pages for"])

    def path(self, table: str) -> Path:
        """File of a table, there or not."""
        return self.folder / "tables" / f"{table}.csv"

    def closes(self, table: str) -> date | None:
        """Last day that a table counts; None where its last year is whole or no day is stated."""
        day = self.about["closes"].get(table)
        return day if isinstance(day, date) else None

    def close_is_unknown(self, table: str) -> bool:
        """Whether the table's last year may be cut and the report names no day."""
        return self.about["closes"].get(table) == NOT_STATED

    def rules(self, name: str) -> Any:
        """Contents of `<name>.yaml` of the folder (do not modify); `{}` where the edition has none.

        Raises `DataError` where the file cannot be read.
        """
        path = self.folder / f"{name}.yaml"
        return (_yaml(path, path.stat().st_mtime_ns) or {}) if path.is_file() else {}


def names(data_dir: str | Path | None = None) -> list[str]:
    """Names of all editions of a data folder, oldest first (by their last month)."""
    folder = Path(data_dir or DATA) / FOLDER
    found = [path.parent for path in folder.glob("*/edition.yaml")]
    return [path.name for path in sorted(found, key=lambda path: (_about(path)["to"], path.name))]


def edition(name: str = "", data_dir: str | Path | None = None) -> Edition:
    """An edition by name, the newest where empty.

    Raises `DataError` for an unknown name, a folder without editions, or an
    `edition.yaml` that lacks something.
    """
    folder = Path(data_dir or DATA)
    known = names(folder)
    if not known:
        raise DataError([f"{folder}: has no editions; run `python -m helpers extract REPORT --data {folder}`"])
    if name and name not in known:
        raise DataError([f"no edition {name!r}; there are {', '.join(known)}"])
    chosen = name or known[-1]
    return Edition(chosen, folder, _about(folder / FOLDER / chosen))


TEXTS = ["title", "publisher", "short", "document", "link", "from", "to", "tables_version"]
LISTS = ["recognised_by", "years_from"]


def _about(folder: Path) -> dict[str, Any]:
    """`edition.yaml`, checked. Raises `DataError` that names what is missing or wrong."""
    path = folder / "edition.yaml"
    about = _yaml(path, path.stat().st_mtime_ns)
    wrong = list(_faults(about)) if isinstance(about, dict) else ["is no list of `name: value` lines"]
    if wrong:
        raise DataError([f"{path}: {problem}" for problem in wrong])
    return about


def _faults(about: dict[str, Any]) -> Iterator[str]:
    """What an edition's description lacks or has wrong."""
    for key in TEXTS:
        if not isinstance(about.get(key), str):
            yield f"lacks the text {key!r}"
        elif key in ("from", "to") and not re.fullmatch(MONTH, about[key]):
            yield f"{key}: {about[key]!r} is no month (YYYY-MM)"
    for key in LISTS:
        if not isinstance(about.get(key), list) or not about[key]:
            yield f"lacks the list {key!r}"
    days = about.get("closes")
    if not isinstance(days, dict):
        yield "lacks 'closes' (table: day)"
        return
    for table, day in days.items():
        if not isinstance(day, date) and day != NOT_STATED:
            yield f"closes: {table}: {day!r} is no day (YYYY-MM-DD) and not {NOT_STATED!r}"


@cache
def _yaml(path: Path, changed: int) -> Any:
    """A YAML file, read again only when it has changed."""
    try:
        return yaml.load(path.read_text("utf-8"), Loader=LOADER)
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise DataError([f"{path}: cannot be read ({' '.join(str(error).split())})"]) from None


def _years(path: Path) -> tuple[int, ...]:
    """Distinct years of a table's file; none where it is missing or holds no readable year."""
    return _read_years(path, path.stat().st_mtime_ns) if path.is_file() else ()


@cache
def _read_years(path: Path, changed: int) -> tuple[int, ...]:
    """Years of a table's file, read again only when it has changed."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return tuple(sorted({int(row["year"]) for row in csv.DictReader(file) if row["year"]}))
    except (OSError, KeyError, ValueError, csv.Error) as error:
        hint = "`python -m helpers check` tells what is wrong with the tables"
        raise DataError([f"{path}: cannot be read ({error}); {hint}"]) from None
