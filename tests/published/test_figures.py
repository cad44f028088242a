"""The committed tables against cells typed in by hand, and against every cell of the official files."""

from __future__ import annotations

import shutil

import openpyxl
import pandas as pd
import pytest

from helpers.files import DATA
from helpers.published import publish, write
from helpers.tables import editions, load
from tests.published.conftest import DATES, FILES

NEW, OLD, PRICES = "itu-key-2024-11", "itu-key-2019", "itu-prices-2024-03"
STATUS, REGION, RURAL = "By dvpmnt status and spec. reg.", "By BDT region", "By urban-rural area"
GENDER, AGE = "By gender", "Internet use by age"
USE, OWN = "individuals_using_internet", "mobile_phone_ownership"
FIXED = "fixed_broadband_price"
# Typed in from the workbooks as they look in a spreadsheet program: source, sheet, cell, then what stands there.
TYPED = [
    (NEW, STATUS, "B6", "fixed_telephone_subscriptions", "World", "_T", "_T", "_T", 2005, 1243.2),
    (NEW, STATUS, "B11", "fixed_telephone_subscriptions", "LDCs", "_T", "_T", "_T", 2005, 6.4),
    (NEW, STATUS, "E33", "mobile_cellular_subscriptions", "LDCs", "_T", "_T", "_T", 2008, 173),
    (NEW, STATUS, "D39", "mobile_broadband_subscriptions", "World", "_T", "_T", "_T", 2007, 268),
    (NEW, STATUS, "AO61", "mobile_broadband_coverage", "World", "_T", "_T", "_T", 2023, 95.4),
    (NEW, STATUS, "AO72", "mobile_coverage_4g", "World", "_T", "_T", "_T", 2023, 91.4),
    (NEW, STATUS, "AM116", "bandwidth_per_user", "World", "_T", "_T", "_T", 2021, 198),
    (NEW, STATUS, "AP121", "bandwidth_per_user", "LDCs", "_T", "_T", "_T", 2024, 73.1),
    (NEW, STATUS, "B127", "internet_users", "World", "_T", "_T", "_T", 2005, 1023.6),
    (NEW, STATUS, "B128", "internet_users", "Low-income countries", "_T", "_T", "_T", 2005, 3.8),
    (NEW, STATUS, "AO127", USE, "World", "_T", "_T", "_T", 2023, 65.4),
    (NEW, REGION, "B41", "population_covered_mobile_cellular", "Africa", "_T", "_T", "_T", 2005, 375.1),
    (NEW, REGION, "AO54", "mobile_broadband_coverage", "CIS", "_T", "_T", "_T", 2023, 97.5),
    (NEW, REGION, "AP77", "fixed_broadband_traffic_per_subscription", "Africa", "_T", "_T", "_T", 2024, 1906.4),
    (NEW, REGION, "AN98", "bandwidth_per_user", "Asia-Pacific", "_T", "_T", "_T", 2022, 200.4),
    (NEW, REGION, "B104", "internet_users", "Africa", "_T", "_T", "_T", 2005, 14.9),
    (NEW, RURAL, "B7", "mobile_cellular_coverage", "World", "_T", "_T", "_T", 2015, 94.9),
    (NEW, RURAL, "AG67", "mobile_coverage_5g", "World", "_T", "_T", "R", 2024, 29.2),
    (NEW, RURAL, "V67", "mobile_coverage_5g", "World", "_T", "_T", "U", 2024, 67.1),
    (NEW, RURAL, "G87", USE, "World", "_T", "_T", "U", 2021, 76.7),
    (NEW, RURAL, "O87", USE, "World", "_T", "_T", "R", 2024, 47.5),
    (NEW, GENDER, "J13", USE, "LDCs", "F", "_T", "_T", 2020, 20.7),
    (NEW, GENDER, "Q13", USE, "LDCs", "M", "_T", "_T", 2020, 29.5),
    (NEW, GENDER, "M8", USE, "World", "F", "_T", "_T", 2023, 63),
    (NEW, GENDER, "T8", USE, "World", "M", "_T", "_T", 2023, 67.7),
    (NEW, GENDER, "I20", USE, "Arab States", "F", "_T", "_T", 2019, 51),
    (NEW, GENDER, "U20", USE, "Arab States", "M", "_T", "_T", 2024, 75.1),
    (NEW, GENDER, "I33", OWN, "LDCs", "F", "_T", "_T", 2023, 52.8),
    (NEW, GENDER, "L33", OWN, "LDCs", "M", "_T", "_T", 2021, 66.1),
    (NEW, AGE, "G6", USE, "World", "_T", "Y15T24", "_T", 2021, 74.2),
    (NEW, AGE, "L6", USE, "World", "_T", "other", "_T", 2021, 59.4),
    (NEW, AGE, "J11", USE, "LDCs", "_T", "Y15T24", "_T", 2024, 51.6),
    (OLD, "Sheet1", "C2", "fixed_telephone_subscriptions", "Developed countries", "_T", "_T", "_T", 2005, 570.114451),
    (OLD, "Sheet1", "E226", "international_bandwidth", "World", "_T", "_T", "_T", 2019, 485662.386487319),
    (OLD, "Sheet1", "D241", "bandwidth_per_user", "Developing countries", "_T", "_T", "_T", 2019, 91.4867550122463),
    (OLD, "Sheet1", "L301", "households_with_internet", "Americas", "_T", "_T", "_T", 2019, 71.8124966458494),
    (OLD, "Sheet1", "E327", USE, "World", "_T", "_T", "_T", 2015, 41.4602845388079),
    (PRICES, "medians_2008-2023", "G8", FIXED, "World", "_T", "_T", "_T", 2008, 5.18),
    (
        PRICES,
        "medians_2008-2023",
        "V15",
        "fixed_broadband_price",
        "High-income countries",
        *["_T"] * 3,
        2023,
        0.9713669885,
    ),
    (PRICES, "medians_2018-2023", "L24", "mobile_data_price", "LDCs", "_T", "_T", "_T", 2023, 5.31152210807472),
    (PRICES, "medians_2022-2023", "H8", FIXED, "World", "_T", "_T", "_T", 2023, 2.88497784736839),
    (PRICES, "medians_2023", "I9", FIXED, "LDCs", "_T", "_T", "_T", 2023, 16.84),
]


@pytest.fixture(scope="module")
def series():
    return load.published("series")


@pytest.fixture(scope="module")
def cells(series):
    """Rows of the series by source and cell."""
    places = series.assign(place=series["place"].str.split("; ")).explode("place")
    rows = places.set_index(["source", "place"])
    assert rows.index.is_unique
    return rows


@pytest.mark.parametrize("typed", TYPED, ids=lambda typed: f"{typed[0]} {typed[1]} {typed[2]}")
def test_a_cell_is_the_row_that_was_typed_in(cells, typed):
    source, sheet, cell, indicator, geography, sex, age, location, year, value = typed
    row = cells.loc[(source, f"{sheet}!{cell}")]
    said = [row[column] for column in ("indicator", "geography", "sex", "age", "location", "year")]
    assert said == [indicator, geography, sex, age, location, year]
    assert row["value"] == pytest.approx(value, rel=1e-9)


def test_medians_say_how_many_economies_they_are_of(cells):
    def panel(sheet, cell):
        return tuple(cells.loc[(PRICES, f"{sheet}!{cell}"), ["economies", "panel"]])

    assert panel("medians_2008-2023", "G8") == (133, "2008-2023")
    assert panel("medians_2022-2023", "H8") == (178, "2022-2023")
    assert panel("medians_2023", "I9") == (34, "2023")
    assert cells.loc[(PRICES, "medians_2008-2023!V15"), "economies"] is pd.NA  # the sheet has the world's number alone


PRICE_CELLS = [
    ("ABW", "fixed_broadband_price", 2016, 2.81, "S2"),
    ("ABW", "mobile_data_price", 2016, 1.96, "S5"),
    ("ABW", "mobile_low_usage_price", 2018, 1.7, "U11"),
    ("ABW", "mobile_high_usage_price", 2023, 1.41, "Z14"),
    ("ZWE", "mobile_data_price", 2015, 114.29, "R3320"),
    ("ZWE", "mobile_data_price", 2023, 4.76, "Z3320"),
]


@pytest.mark.parametrize(("economy", "basket", "year", "value", "cell"), PRICE_CELLS)
def test_a_price_is_the_cell_that_was_typed_in(economy, basket, year, value, cell):
    prices = load.published("prices").set_index(["economy", "basket", "year"])
    row = prices.loc[(economy, basket, year)]
    assert (row["value"], row["place"]) == (value, f"economies_2008-2023!{cell}")
    assert row["unit"] == "percent of monthly GNI per capita"


def test_groups_of_economies_as_each_source_has_them():
    economies = load.published("economies").dropna(subset=["iso3"]).set_index(["source", "iso3"])
    un, itu = economies.loc["unsd-m49-2024-12"], economies.loc[PRICES]
    assert un.loc["AFG", ["m49", "name", "region", "ldc", "lldc", "sids"]].tolist() == [
        *("004", "Afghanistan", "Asia"),
        *(True, True, False),
    ]
    assert (un["ldc"].sum(), un.loc["BTN", "ldc"], itu.loc["BTN", "ldc"]) == (44, False, True)
    assert itu.loc["ZWE", ["region", "income", "lldc"]].tolist() == ["Africa", "Lower middle income", True]


def test_single_figures_have_their_page_and_how_sure_they_are():
    rows = load.published("single_figures").set_index(["indicator", "geography", "location", "year", "source"])
    skills = rows.loc[("information_and_data_literacy_skills", "Reporting countries", "_T", 2022, "ff2023")]
    assert (skills["value"], skills["economies"], skills["note"]) == (56, 83, "excerpt of page; of 2019-2022")
    met = rows.loc[("economies_within_mobile_price_target", "World", "_T", 2023, "ff2023")]
    assert (met["value"], met["economies"], met["unit"], met["confidence"]) == (114, 188, "economies", "medium")
    assert met["place"].startswith("affordability page, https://itu.int/itu-d/reports/statistics/2023/10/10/")
    assert rows.loc[("households_with_internet", "World", "R", 2020, "itu-backgrounder-inclusion"), "value"] == 39


def test_every_source_is_named_with_its_licence():
    sources = load.published("sources").set_index("source")
    of_itu = ["ff2022", "ff2023", "ff2024", NEW, OLD, PRICES]
    assert set(sources.loc[of_itu, "licence"]) == {"CC BY-NC-SA 3.0 IGO"}
    assert sources.loc[PRICES, "edition_date"] == "2024-03-25"
    assert sources["decimals"].dropna().to_dict() == {"itu-key-2024-11": 1}
    assert "Data-only mobile broadband 1.5GB 2018-2020" in sources.loc[PRICES, "note"]
    text = (DATA / "README.md").read_text("utf-8")
    assert "CC BY-NC-SA 3.0 IGO" in text and "## `published/series`" in text


def test_our_codes_are_those_of_the_report(series):
    observed = set(load.table("observations")["indicator"])
    assert observed & set(series["indicator"]) == {
        *(USE, OWN, "internet_users", "international_bandwidth", "bandwidth_per_user"),
        *("mobile_broadband_coverage", "mobile_coverage_4g"),
    }


@pytest.mark.slow
def test_publishing_the_official_files_again_gives_the_same_tables(external, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(DATA / "editions" / editions.names()[-1], folder / "editions" / editions.names()[-1])
    for name in FILES:
        reading = publish(external / name, folder, DATES.get(name, ""))
        assert reading.unplaced == [], name
        write(reading, folder)
    for path in sorted((DATA / "published").glob("*.csv")):
        if path.name == "approvals.csv":  # the Relaton folder has annexes and supplements, too
            listed, ours = load.published("approvals", folder), load.published("approvals")
            ours = ours[ours["docid"].isin(listed["docid"])].reset_index(drop=True)
            pd.testing.assert_frame_equal(listed, ours)
        else:
            assert (folder / "published" / path.name).read_bytes() == path.read_bytes(), path.name


LABELS = {"World", "Africa", "Americas", "Arab States", "Asia-Pacific", "CIS", "Europe"}
LABELS |= {f"{level}-income" for level in ("Low", "Lower-middle", "Upper-middle", "High")}
LABELS |= {"Least Developed Countries (LDCs)", "Land Locked Developing Countries (LLDCs)"}
LABELS |= {"Small Island Developing States (SIDS)"}


@pytest.mark.whole
def test_every_number_of_the_blocks_is_a_row(external, cells):
    book = openpyxl.load_workbook(external / "itu_agg_nov2024.xlsx")
    labelled = [row for sheet in book for row in sheet.iter_rows() if row[0].value in LABELS]
    rounded_another_way = {f"By gender!{cell}" for cell in ("B10", "B13", "C13", "C19")}
    _same(labelled, cells.loc[NEW, "value"], rounded_another_way)


def test_every_number_of_the_long_table_is_a_row(external, cells):
    sheet = openpyxl.load_workbook(external / "itu_key_2005_2019.xlsx").active
    _same([row[2:] for row in sheet.iter_rows(min_row=2)], cells.loc[OLD, "value"], set())


def _same(rows, ours, apart):
    """The numbers of these rows of a workbook are these rows of the table, no more and no less."""
    found = [cell for row in rows for cell in row if isinstance(cell.value, (int, float))]
    numbers = {f"{cell.parent.title}!{cell.coordinate}": cell.value for cell in found}
    assert {place: value for place, value in numbers.items() if place not in apart} == dict(ours)
    assert apart <= set(numbers)


@pytest.mark.whole
def test_every_price_by_share_of_income_is_a_row(external):
    prices = load.published("prices").set_index("place")["value"]
    sheet = openpyxl.load_workbook(external / FILES[1], read_only=True)["economies_2008-2023"]
    counted = 0
    for row in sheet.iter_rows(min_row=2):
        if row[3].value == "GNIpc" and row[2].value != "Mobile-cellular low-usage basket":
            for cell in row[10:]:
                if isinstance(cell.value, (int, float)):
                    assert prices[f"economies_2008-2023!{cell.coordinate}"] == cell.value
                    counted += 1
    assert counted == len(prices) == 6970


def test_the_figures_found_for_the_targets_stand_in_the_workbooks(external, cells):
    """The list of figures and this project's reading of the workbooks were made apart."""
    found = pd.read_csv(external / "outturn_values.csv")
    found = found[found["how_obtained"].str.startswith("workbook cell")]
    for row in found.itertuples():
        sheet, cell = row.where.replace("sheet ", "").replace("'", "").split(" cell ")
        ours = cells.loc[(NEW if "nov2024" in row.how_obtained else OLD, f"{sheet}!{cell}")]
        assert ours["value"] == pytest.approx(row.value, abs=0.051) and ours["year"] == int(row.year)
    assert len(found) == 140
