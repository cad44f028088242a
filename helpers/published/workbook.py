"""Excel workbooks as sheets of filled cells; nothing is calculated, and what is no workbook is refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from helpers.published.reading import PublishError, clean

LARGEST = 100_000_000  # bytes of a workbook's parts; the largest official one has 4 million

Row = tuple[int, dict[int, Any]]
Sheets = dict[str, list[Row]]


def sheets(path: Path) -> Sheets:
    """Sheets by name, each a list of (row number, {column number: value}) of its filled cells.

    A formula comes as its text (`=A1`), so that it is never taken for a number.
    Raises `PublishError` for what is no workbook, or far larger than one.
    """
    import openpyxl

    try:
        with path.open("rb") as file, ZipFile(file) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST:
                raise PublishError(f"{path}: unpacks to more than {LARGEST // 1_000_000} MB; not read")
            book = openpyxl.load_workbook(file, read_only=True, data_only=False)
            found: Sheets = {}
            for sheet in book.worksheets:
                rows = ([cell for cell in row if cell.value is not None] for row in sheet.iter_rows())
                found[sheet.title] = [(row[0].row, {cell.column: cell.value for cell in row}) for row in rows if row]
    except (BadZipFile, OSError, KeyError, ValueError, TypeError, SyntaxError, EOFError) as error:
        raise PublishError(f"{path}: is no Excel workbook that can be read ({str(error)[:100]})") from None
    return found


def place(sheet: str, row: int, column: int) -> str:
    """A cell as it is cited (`By gender!D8`)."""
    from openpyxl.utils import get_column_letter

    return f"{sheet}!{get_column_letter(column)}{row}"


def number(value: Any) -> float | int | None:
    """The number in a cell; None for anything else."""
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def missing(value: Any) -> bool:
    """Whether a cell says that there is no figure."""
    return isinstance(value, str) and clean(value) in ("N/A", "NA", "")


def year(value: Any) -> int | None:
    """The year that a column's heading names; None for any other text or number."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}", clean(value)):
        value = int(clean(value))
    return int(value) if number(value) is not None and 1990 <= value <= 2099 and value == int(value) else None
