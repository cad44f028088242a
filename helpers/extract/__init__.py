"""The report's text to the tables of the data contract.

extract(path) -> Extraction     read a .txt or .docx, nothing is written
write(extraction, data_dir)     all tables, data package and dictionary
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.extract.layout import Problem, Report, ReportError, closing_date, read_lines
from helpers.tables import contract

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Extraction", "ReportError", "extract", "unread", "write"]


@dataclass(frozen=True)
class Extraction:
    """All tables of the contract, as text cells, and what was noticed.

    `tables` maps a name to a DataFrame of strings (empty = missing) with the
    contract's columns in order; `problems` lists everything that a reader
    should know, `lost` rows among them; `closes` says when a table ends that ends
    before its last year does.
    """

    tables: dict[str, pd.DataFrame]
    problems: list[Problem]
    closes: dict[str, date]

    @property
    def lost(self) -> list[Problem]:
        """Problems that left a row out of its table."""
        return [problem for problem in self.problems if problem.lost]


def extract(path: str | Path) -> Extraction:
    """Read a report and return every table of the contract.

    Raises `ReportError` where the file is no such report or tables are missing
    (the file is cut, or the edition prints them in another form).
    """
    lines = read_lines(Path(path))
    try:
        report = Report(lines)
    except ReportError as error:
        raise ReportError(f"{path}: {error}") from None
    found = _read_tables(report)
    declared = contract.declaration()["tables"]
    missing = [name for name, rows in found.items() if not rows and not declared[name].get("may_be_empty")]
    if missing:
        ends = f"the text ends in section {report.sections[-1]} at line {len(report.lines)}"
        raise ReportError(
            f"{path}: no rows for {', '.join(missing)}; {ends}. Is the file whole, and is it this kind of report?"
        )
    tables = {name: _frame(name, rows, report) for name, rows in found.items()}
    return Extraction(tables, sorted(report.problems, key=lambda problem: problem.line), _closes(report))


def unread(path: str | Path) -> list[Problem]:
    """Numbers in sentences that no rule reads: where another edition needs new ones."""
    from helpers.extract.statements import unread_numbers

    report = Report(read_lines(Path(path)))
    return [
        Problem(report.section(line), line, f"{number!r} in {around!r}")
        for line, number, around in unread_numbers(report)
    ]


def _closes(report: Report) -> dict[str, date]:
    """Closing days of the tables whose caption or head prints one."""
    places = {
        "itut_recommendations": report.find_tables("ITU-T Recommendations"),
        "itur_recommendations": report.find_tables("Working Part", "ITU-R Recommendations"),
        "space_notices": report.captioned_tables("space notices"),
        "terrestrial_notices": report.captioned_tables("terrestrial notices"),
        "itut_workshops": report.find_tables("Number of workshops", "virtual only"),
    }
    days = {name: [day for table in tables if (day := closing_date(table))] for name, tables in places.items()}
    return {name: max(found) for name, found in days.items() if found}


def _read_tables(report: Report) -> dict[str, list[dict[str, Any]]]:
    from helpers.extract import (
        activities,
        enablers,
        framework,
        lost,
        mentions,
        notices,
        recommendations,
        resolutions,
        statements,
    )

    found = {
        "itut_recommendations": recommendations.itut_recommendations(report),
        "itur_recommendations": recommendations.itur_recommendations(report),
        **notices.notices(report),
        "focus_groups": activities.focus_groups(report),
        "radiocommunication_events": activities.radiocommunication_events(report),
        "itut_workshops": activities.itut_workshops(report),
        "targets": framework.targets(report),
        **framework.objectives_and_outcomes(report),
        "resolutions": resolutions.resolutions(report),
        "observations": sorted(
            statements.observations(report) + enablers.enabler_observations(report), key=lambda row: row["line"]
        ),
        "membership_survey": statements.membership_survey(report),
        "recommendation_mentions": mentions.recommendation_mentions(report),
        "figures_lost": lost.figures_lost(report),
    }
    return {name: found[name] for name in contract.tables()}


def _frame(name: str, rows: list[dict[str, Any]], report: Report) -> pd.DataFrame:
    import pandas as pd

    wanted = list(contract.columns(name))
    for row in rows:
        row["section"] = report.section(row["line"])
    return pd.DataFrame([[_text(row[column]) for column in wanted] for row in rows], columns=wanted, dtype="string")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value)


def write(extraction: Extraction, data_dir: Path) -> None:
    """Write tables, data package and dictionary into `data_dir`, all or none.

    Everything is written beside first and moved into place when whole.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".extract-", dir=data_dir) as beside:
        scratch = Path(beside)
        (scratch / contract.TABLES).mkdir(parents=True)
        for name, table in extraction.tables.items():
            table.to_csv(scratch / contract.TABLES / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
        package = contract.datapackage(scratch, extraction.closes)
        (scratch / "datapackage.json").write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", "utf-8")
        (scratch / "README.md").write_text(contract.dictionary(package), "utf-8")
        (data_dir / contract.TABLES).mkdir(parents=True, exist_ok=True)
        files = {path: data_dir / path.relative_to(scratch) for path in sorted(scratch.rglob("*")) if path.is_file()}
        for target in files.values():
            if target.is_dir():
                raise IsADirectoryError(f"{target} is a folder; nothing was written")
        for file, target in files.items():
            os.replace(file, target)
