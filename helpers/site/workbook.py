"""All tables of an edition as one workbook, after the UK Government Statistical Service's guidance on spreadsheets.

A cover, contents, notes and a dictionary; then one sheet a table: title in A1, what to know below it, one marked and
named table, no merged cells, no frozen panes, no meaning by colour alone.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from io import BytesIO
from traceback import walk_tb
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from helpers.tables import contract, load
from helpers.tables.editions import Edition

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from helpers.site.data_page import Stamp

TABLES_FROM = 5  # row of every table's headers: title, two lines of what to know, the way back
WIDEST = 60  # characters of a column; longer texts wrap
ERRORS = (
    "Each row names the section and the line of the report that it was read from. Where a cell does not say what "
    "the report says there, open an issue in the repository that these tables come from (its CONTRIBUTING or README "
    "says how), with sheet, section and line. Mended errors are listed below, at the version that mends them."
)
LICENCE = (
    "The report's facts and figures are its publisher's and are to be cited as its own; its titles and designations "
    "stand as printed, its text is not part of this workbook. The code that made the tables is under the MIT licence. "
    "The project is not affiliated with the publisher."
)
EMPTY = "An empty cell: the report gives nothing for it, or the column does not apply to the row."


def workbook(edition: Edition, made: Stamp) -> bytes:
    """The workbook (.xlsx) of an edition's tables, dated `made`: the same tables give the same bytes.

    Texts that a spreadsheet would take for a formula are texts. Raises `OSError` where
    it cannot be written, `DataError` for a table that breaks the contract.
    """
    from lxml.etree import LxmlError
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    found = {name: (load.resource(name, edition), load.table(name, edition)) for name in contract.tables()}
    tables = {name: (resource, frame) for name, (resource, frame) in found.items() if resource}
    book, raw = Workbook(), BytesIO()
    book.remove(book.active)
    book.properties.title, book.properties.creator = _title(edition), "ITU plan report"
    book.properties.language = "en-GB"
    book.properties.created = book.properties.modified = datetime(*made)
    _cover(book.create_sheet("cover"), edition)
    count = "This sheet has one table."
    _add(book, "contents", "Contents", (count, "Each name leads to its sheet."), _contents(tables))
    _add(book, "notes", "Notes", (count, "Each note holds for the tables that it names."), _notes(tables))
    _add(book, "dictionary", "Dictionary", (count, EMPTY), _dictionary(tables))
    for name, (resource, frame) in tables.items():
        _add(book, name, resource["title"], _about(resource, frame), frame)
    for cell in book["contents"]["A"][TABLES_FROM:]:
        _lead(cell, cell.value)
    try:
        with ZipFile(raw, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(book, archive).save()  # as `book.save`, which dates it now
    except LxmlError as error:  # openpyxl writes its sheets to files of the system before it zips them
        _close_left_open(error)
        raise OSError(f"the workbook cannot be written ({error})") from error
    return _steady(raw.getvalue(), made)


def _close_left_open(error: Exception) -> None:
    """Close the sheet that openpyxl was writing: when collected, it would fail once more, on the terminal."""
    for frame, _ in walk_tb(error.__traceback__):
        stream = getattr(frame.f_locals.get("self"), "xf", None)
        if stream:
            with suppress(type(error)):
                stream.close()


def _title(edition: Edition) -> str:
    return f"{contract.declaration()['package']['title']}, {edition.span}"


def _cover(sheet: Worksheet, edition: Edition) -> None:
    """Title, period, how to report an error, licence, and what changed, in one column."""
    from openpyxl.styles import Alignment

    changes = edition.rules("changes")
    changed = [f"{version}: {text}" for version, texts in changes.items() for text in texts]
    parts = {
        "Period": [edition.span],
        "Source": [f"{edition.cited}.", edition.about["link"]],
        "Version of the tables": [edition.about["tables_version"]],
        "Report an error": [ERRORS],
        "Licence": [LICENCE],
        "What changed": changed or ["Nothing is noted for this version."],
        "In this workbook": ["Contents, notes and dictionary come next; then one sheet a table."],
    }
    sheet.append([_title(edition)])
    _heading(sheet["A1"], 16)
    for heading, texts in parts.items():
        sheet.append([heading])
        _heading(sheet.cell(sheet.max_row, 1), 13)
        for text in texts:
            sheet.append([text])
            sheet.cell(sheet.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.cell(sheet.max_row, 1).hyperlink = "#'contents'!A1"
    sheet.column_dimensions["A"].width = 100


def _contents(tables: dict[str, tuple[dict[str, Any], pd.DataFrame]]) -> pd.DataFrame:
    rows: list[list[object]] = [
        ["notes", "What the notes of the tables mean", None],
        ["dictionary", "What the columns hold", None],
    ]
    rows += [[name, resource["title"], len(frame)] for name, (resource, frame) in tables.items()]
    return pd.DataFrame(rows, columns=["sheet", "what it holds", "rows"], dtype=object).fillna("not counted")


def _notes(tables: dict[str, tuple[dict[str, Any], pd.DataFrame]]) -> pd.DataFrame:
    held = {note: [name for name, (r, _) in tables.items() if note in r["caveats"]] for note in _caveats()}
    rows = [[note, text, ", ".join(held[note]) or "none of this edition"] for note, text in _caveats().items()]
    return pd.DataFrame(rows, columns=["note", "what it means", "tables"])


def _caveats() -> dict[str, str]:
    meanings: dict[str, str] = contract.declaration()["caveats"]
    return meanings


def _dictionary(tables: dict[str, tuple[dict[str, Any], pd.DataFrame]]) -> pd.DataFrame:
    rows = [
        [name, field["name"], field["type"], field.get("unit", "no unit"), field["description"], empty]
        for name, (resource, frame) in tables.items()
        for field, empty in zip(resource["schema"]["fields"], frame.isna().sum(), strict=True)
    ]
    return pd.DataFrame(rows, columns=["sheet", "column", "type", "unit", "what it is", "empty cells"])


def _about(resource: dict[str, Any], frame: pd.DataFrame) -> tuple[str, str]:
    """What to know of a table, in two lines: size, closing day and notes; and its empty cells."""
    size = f"This sheet has one table of {len(frame):,} rows" if len(frame) else "This sheet has a table without rows"
    day = resource.get("temporal", {}).get("end")
    until = f", which counts to {day}" if day else ""
    notes = f" Notes: {', '.join(resource['caveats'])}." if resource["caveats"] else ""
    blank = [str(column) for column in frame if frame[column].isna().any()]
    said = f"Empty cells in {', '.join(blank)}: {EMPTY.partition(': ')[2]}" if blank else "No cell is empty."
    return f"{size}{until}.{notes}", said if len(frame) else "The edition gives nothing for this table."


def _add(book: Workbook, name: str, title: str, about: tuple[str, str], frame: pd.DataFrame) -> None:
    """A sheet of one table, from the title in A1 to the last row."""
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.table import Table, TableStyleInfo

    sheet = book.create_sheet(name[:31])
    for line in (title, *about, "Back to the contents"):
        sheet.append([line])
    sheet.append(list(frame.columns))
    for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None):
        sheet.append(row)
    wrapped = Alignment(wrap_text=True, vertical="top")
    for cell in (cell for row in sheet.iter_rows(min_row=TABLES_FROM + 1) for cell in row if cell.data_type in "sf"):
        cell.data_type = "s"
        if len(cell.value) > WIDEST:
            cell.alignment = wrapped
    _heading(sheet["A1"], 14)
    _lead(sheet.cell(TABLES_FROM - 1, 1), "contents")
    _widths(sheet, frame)
    last = sheet.cell(TABLES_FROM + max(len(frame), 1), len(frame.columns)).coordinate
    table = Table(displayName=name, name=name, ref=f"A{TABLES_FROM}:{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)


def _widths(sheet: Worksheet, frame: pd.DataFrame) -> None:
    """Headers wrapped, columns as wide as header and content ask for."""
    from openpyxl.styles import Alignment, Font

    for head in sheet[TABLES_FROM]:
        head.alignment, head.font = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
        longest = frame[head.value].astype(str).str.len().max() if len(frame) else 0
        sheet.column_dimensions[head.column_letter].width = min(max(len(head.value) + 4, longest + 2), WIDEST + 2)


def _heading(cell: Any, size: int) -> None:
    from openpyxl.styles import Font

    cell.font = Font(bold=True, size=size)


def _lead(cell: Any, sheet: str) -> None:
    """Make a cell a link to a sheet, and look like one."""
    cell.hyperlink, cell.style = f"#'{sheet}'!A1", "Hyperlink"


def _steady(content: bytes, made: Stamp) -> bytes:
    """The same archive with fixed times, so that equal tables give equal bytes."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(ZipInfo(entry.filename, made), source.read(entry.filename), ZIP_DEFLATED)
    return out.getvalue()
