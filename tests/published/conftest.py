"""What the tests of published figures share: the official files where they are, and workbooks made here."""

from __future__ import annotations

import openpyxl
import pytest

from helpers.published import publish, write
from helpers.tables import load
from tests.conftest import ROOT

EXTERNAL = ROOT.parent / "shared" / "external"
DATES = {"itu_key_2005_2019.xlsx": "2019", "unsd_m49.csv": "2024-12", "itu_catalogue.csv": "2026-08-22"}
FILES = ["itu_agg_nov2024.xlsx", "itu_price_baskets_2008_2023.xlsx", "outturn_values.csv", *DATES]


@pytest.fixture(scope="session")
def external():
    """The folder with the official files, which is no part of the project."""
    if not EXTERNAL.is_dir():
        pytest.skip("the official files are not on this machine")
    return EXTERNAL


@pytest.fixture
def book(tmp_path):
    """Makes a workbook of sheets, each a dict of cells and values or a list of rows."""

    def make(**sheets):
        made = openpyxl.Workbook()
        made.remove(made.active)
        for name, cells in sheets.items():
            sheet = made.create_sheet(name)
            for row in cells if isinstance(cells, list) else []:
                sheet.append(row)
            for cell, value in cells.items() if isinstance(cells, dict) else []:
                sheet[cell] = value
        made.save(tmp_path / "any name.bin")
        return tmp_path / "any name.bin"

    return make


@pytest.fixture
def folder(other, tmp_path):
    """A data folder with the made-up edition and nothing published yet."""
    import shutil

    return shutil.copytree(other, tmp_path / "data")


@pytest.fixture
def kept(folder):
    """Publishes into the folder; returns a table's rows as read back, with the contract's types."""

    def keep(reading, table):
        write(reading, folder)
        assert load.problems(folder) == []
        return load.published(table, folder)

    return keep


def read(path, date="2030-05"):
    """Rows by table, and what could not be placed."""
    reading = publish(path, None, date)
    return dict(reading.tables), reading.unplaced
