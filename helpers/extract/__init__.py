"""The report's text to the tables of the data contract.

extract(path, edition) -> Extraction       read a .txt or .docx of a known edition, nothing is written
new_edition(path, name) -> Extraction      read one of an edition that has no folder yet
unread(extraction) -> list[Problem]        numbers in sentences that no rule reads
explain(extraction, "TABLE:ROW")           the lines that a row comes from, and the rule that read it
write(extraction, data_dir)                the edition's tables, data package and dictionary
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.extract import (
    activities,
    charts,
    conserve,
    enablers,
    framework,
    lost,
    mentions,
    notices,
    recommendations,
    resolutions,
    start,
    statements,
)
from helpers.extract.layout import Problem, Report, ReportError, closing_date, flat, read
from helpers.extract.word import Printed
from helpers.files import write_all
from helpers.tables import check, contract, editions
from helpers.tables.editions import NOT_STATED, Edition

__all__ = ["Extraction", "ReportError", "explain", "extract", "new_edition", "recognise", "unread", "write"]

RULES = ("captions", "statements", "survey", "aside", "labels", "targets")
FIRST_LINES = 60  # printed lines in which an edition's text says which it is


@dataclass(frozen=True)
class Extraction:
    """All tables of the contract, as text cells, and what was noticed.

    `tables` maps a name to a DataFrame of strings (empty = missing) with the
    contract's columns in order, without rows where the edition has none; `problems`
    lists everything that a reader should know, `lost` rows and tables among them;
    `closes` holds the closing days that the text names; `started` the files of a new
    edition's folder, name → content.
    """

    edition: Edition
    tables: dict[str, pd.DataFrame]
    problems: list[Problem]
    closes: dict[str, date]
    report: Report = field(repr=False)
    found: dict[str, list[dict[str, Any]]] = field(repr=False)  # the rows as read, with the rule that read them
    started: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def lost(self) -> list[Problem]:
        """Problems that left a row or a table out."""
        return [problem for problem in self.problems if problem.lost]


def extract(path: str | Path, edition: Edition | None = None, data_dir: str | Path | None = None) -> Extraction:
    """Read a report and return every table of the contract.

    Without `edition` the text must be of one that the data folder knows. Raises
    `ReportError` where the file is no such report, or nothing of it can be read; a
    single table that is not found has no rows and is listed as lost.
    """
    printed = read(Path(path))
    lines = printed.lines
    known = edition or recognise(lines, data_dir)
    if known is None:
        there = ", ".join(editions.names(start.home(data_dir)))
        raise ReportError(
            f"{path}: not the text of an edition that is known here ({there}); "
            "--new-edition NAME starts the folder of another one"
        )
    if lacking := _lacking(lines, known):
        raise ReportError(f"{path}: not the text of edition {known.name}: its first lines do not hold {lacking}")
    extraction = _extraction(path, printed, known, {name: known.rules(name) for name in RULES})
    if all(table.empty for table in extraction.tables.values()):
        ends = f"the text ends in section {extraction.report.sections[-1]} at line {len(lines)}"
        raise ReportError(f"{path}: none of its tables is found; {ends}. Is the file whole?")
    return extraction


def recognise(lines: Sequence[str], data_dir: str | Path | None = None) -> Edition | None:
    """The edition whose words (`recognised_by`) a text holds in its first lines; None where there is none.

    Raises `ReportError` where the words of several fit.
    """
    home = start.home(data_dir)
    known = [editions.edition(name, home) for name in editions.names(home)]
    found = [edition for edition in known if not _lacking(lines, edition)]
    if len(found) > 1:
        raise ReportError(f"the text fits the editions {', '.join(e.name for e in found)}; name one with --edition")
    return found[0] if found else None


def _lacking(lines: Sequence[str], edition: Edition) -> str:
    """Words by which an edition is recognised and that a text does not hold in its first lines."""
    first = " ".join(_first_lines(lines))
    return ", ".join(repr(word) for word in edition.about["recognised_by"] if word not in first)


def _first_lines(lines: Sequence[str]) -> list[str]:
    return [text for line in lines if (text := flat(line))][:FIRST_LINES]


def new_edition(path: str | Path, name: str, data_dir: str | Path | None = None) -> Extraction:
    """Read a report of an edition that has no folder yet, as far as its structure tells.

    The new folder gets `edition.yaml` with what the text says of itself, the newest
    edition's `captions.yaml` as a start, and rule files without rules (`started`); no
    sentence is read yet (`unread` lists the numbers in them). Raises `ReportError` for
    a name that is taken or is no folder's, and as `extract` does.
    """
    printed = read(Path(path))
    model = start.model(name, data_dir)
    rules: dict[str, Any] = {rule: {} for rule in RULES} | {"captions": model.rules("captions")}
    about = start.about(_first_lines(printed.lines), model)
    edition = Edition(name, Path(data_dir or editions.DATA), about)
    found = _extraction(path, printed, edition, rules)
    start.complete(about, found.closes, found.tables)
    return replace(found, started=start.files(about, model, RULES))


def unread(extraction: Extraction) -> list[Problem]:
    """Numbers in sentences that no rule reads: where an edition needs new ones."""
    report = extraction.report
    return [
        Problem(report.section(line), line, f"{number!r} in {around!r}")
        for line, number, around in statements.unread_numbers(report)
    ]


def explain(extraction: Extraction, row: str) -> list[str]:
    """Lines of text that say where a row comes from: its values, the rule that read it, the report's lines.

    `row` names it as `TABLE:ROW`, rows counted from 1 as in the table's file. Raises `ReportError`
    where there is none.
    """
    name, _, number = row.partition(":")
    rows = extraction.found.get(name, [])
    if not number.isdecimal() or not 0 < int(number) <= len(rows):
        there = ", ".join(f"{table}:1…{len(made)}" for table, made in extraction.found.items() if made)
        raise ReportError(f"no row {row!r}; there are {there}")
    found, report = rows[int(number) - 1], extraction.report
    values = extraction.tables[name].iloc[int(number) - 1]
    words = report.captions.get(name)
    rule = found.get("rule") or (f"captions.yaml, {name}: {words}" if words else f"helpers/extract, {name}")
    lines = {found["line"], *filter(None, found.get("from", []))}
    for table in report.tables:
        for printed in table.rows:
            if found["line"] in printed.lines:
                lines |= {cell.line for cell in (*table.rows[0].cells, *printed.cells)}
    said = [f"{column}: {value}" for column, value in values.items() if value]
    return [
        ", ".join(said),
        f"rule: {rule}",
        *(f"line {n}: {text}" for n in sorted(lines) if (text := flat(report.lines[n - 1]))),
    ]


def _extraction(path: str | Path, printed: Printed, edition: Edition, rules: dict[str, Any]) -> Extraction:
    lines = printed.lines
    try:
        report = Report(lines, rules, edition.about.get("headings_lost", {}), charts=printed.charts)
    except ReportError as error:
        raise ReportError(f"{path}: {error}") from None
    for said in printed.said:
        report.note(said.line, said.text, lost=said.lost)
    found = {name: conserve.keyed(report, name, rows) for name, rows in _read_tables(report).items()}
    conserve.hold(report, found, edition.rules("checks"))
    closes = _closes(report, edition)
    tables = {name: _frame(name, rows, report) for name, rows in found.items()}
    for name, table in tables.items():
        for broken in check.parse(name, _csv(table), contract.schema(name, edition.name))[1]:
            report.note(len(lines), broken, lost=True)
    problems = sorted(report.problems, key=lambda problem: problem.line)
    return Extraction(edition, tables, problems, closes, report, found)


def _closes(report: Report, edition: Edition) -> dict[str, date]:
    """Closing days that captions and heads print; where `edition.yaml` says another one, that is listed."""
    closes: dict[str, date] = {}
    for name, said in edition.about["closes"].items():
        for table in report.find(name):
            try:
                if day := closing_date(table):
                    closes[name] = max(day, closes.get(name, day))
            except ValueError as error:
                report.note(table.line, f"{name}: {error}", lost=True)
        day = closes.get(name)
        if said and day != said and report.find(name) and not (said == NOT_STATED and not day):
            line = report.find(name)[0].line
            report.note(line, f"{name}: the text closes on {day or 'no day'}, edition.yaml says {said}", lost=True)
    return closes


def _read_tables(report: Report) -> dict[str, list[dict[str, Any]]]:
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
        "chart_series": charts.chart_series(report),
    }
    if differing := sorted(found.keys() ^ set(contract.tables())):
        raise ReportError(f"{', '.join(differing)}: contract.yaml declares no such table, or no extractor makes it")
    return {name: found[name] for name in contract.tables()}


def _frame(name: str, rows: list[dict[str, Any]], report: Report) -> pd.DataFrame:
    wanted = list(contract.columns(name))
    for row in rows:
        row["section"] = report.section(row["line"])
    return pd.DataFrame([[_text(row[column]) for column in wanted] for row in rows], columns=wanted, dtype="string")


def _csv(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False, lineterminator="\n").encode()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value)


def write(extraction: Extraction, data_dir: str | Path | None = None) -> None:
    """Write the edition's tables, the data package and the dictionary, all or none.

    A new edition's folder is started; a folder that does not have the edition yet gets
    its rules, too.
    """
    folder = Path(data_dir or editions.DATA)
    made = Edition(extraction.edition.name, folder, extraction.edition.about)
    rules = extraction.started
    if not rules and made.folder.resolve() != extraction.edition.folder.resolve():
        rules = {path.name: path.read_text("utf-8") for path in extraction.edition.folder.glob("*.yaml")}
    place = f"{editions.FOLDER}/{made.name}"
    new = {f"{place}/{name}": content.encode() for name, content in rules.items()}
    for name, table in extraction.tables.items():
        new[f"{place}/tables/{name}.csv"] = _csv(table)
    others = [editions.edition(name, folder) for name in editions.names(folder) if name != made.name]
    known = sorted([*others, made], key=lambda edition: (edition.about["to"], edition.name))
    write_all(folder, contract.with_package(new, known, folder))
