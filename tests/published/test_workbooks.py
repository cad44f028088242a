"""Workbooks made here: moved, cut, annotated, wrong and hostile ones are read, or listed, or refused."""

from __future__ import annotations

import zipfile
from datetime import datetime

import openpyxl
import pytest

from helpers.__main__ import main
from helpers.published import PublishError, publish
from helpers.published import workbook as workbooks
from helpers.tables import load
from tests.published.conftest import read

SEXES = [
    ["Individuals using the Internet"],
    [None, "Total", None, None, "Female", None, None, "Male"],
    [None, 2028, 2029, None, 2028, 2029, None, 2028, 2029],
    ["Percentage of individuals using the Internet, by gender"],
    ["World", 70, 71, None, 69.5, 70.5, None, 70.5, "N/A"],
    ["Least Developed Countries (LDCs)", "N/A", 40, None, 30, 31, None, 45, 46],
    [],
    [None, 2028, 2029, None, 2028, 2029, None, 2028, 2029],
    ["Africa", 50, 51, None, 45, 46, None, 55, 56],
    ["Notes:"],
    ["N/A: Not available"],
    ["Version May 2030, for Facts and Figures 2030"],
]


def facts(tables):
    """Series as place: (indicator, geography, sex, age, location, year, value, unit)."""
    columns = ("indicator", "geography", "sex", "age", "location", "year", "value", "unit")
    return {row["place"]: tuple(row[column] for column in columns) for row in tables["series"]}


def test_blocks_are_found_by_their_headings(book):
    tables, unplaced = read(book(Sexes=SEXES), date="")
    found = facts(tables)
    assert unplaced == [] and len(found) == 16
    use = "individuals_using_internet"
    assert found["Sexes!C5"] == (use, "World", "_T", "_T", "_T", 2029, 71, "percent")
    assert found["Sexes!E6"] == (use, "LDCs", "F", "_T", "_T", 2028, 30, "percent")
    assert found["Sexes!I9"] == (use, "Africa", "M", "_T", "_T", 2029, 56, "percent")
    assert tables["sources"][0]["source"] == "itu-key-2030-05" and tables["sources"][0]["edition_date"] == "2030-05"


def test_the_decimals_that_it_states_stand_with_the_source(book):
    assert read(book(Sexes=SEXES), date="")[0]["sources"][0]["decimals"] is None
    notes = [[], ["Values are rounded to 2 decimals"]], [["Values are rounded to 1 decimal"]]
    tables, unplaced = read(book(Sexes=SEXES + notes[0], Notes=notes[1]), date="")
    assert unplaced == [] and tables["sources"][0]["decimals"] == 1


def test_a_block_may_stand_anywhere(book):
    down = [[], ["Another sheet, other rows"], [], *SEXES]
    tables, unplaced = read(book(**{"Any name": down}))
    assert unplaced == [] and len(tables["series"]) == 16
    right = [[row[0], None, None, *row[1:]] if row else [] for row in SEXES]
    tables, unplaced = read(book(Moved=right))
    assert unplaced == [] and facts(tables)["Moved!G6"][:6] == (
        "individuals_using_internet",
        "LDCs",
        "F",
        "_T",
        "_T",
        2028,
    )


def test_title_bands_and_years_in_one_row_and_in_another_order(book):
    rows = [
        ["Active mobile-broadband subscriptions/Millions", "Millions", None, None, "Per 100 inhabitants "],
        [None, 2028, 2029, None, 2028, 2029],
        ["World", 7000, 7100, None, 88, 89],
        ["International bandwidth usage(Tbits/s**)", "Tbit/s**", None, None, "Per Internet user (kbit/s)"],
        ["CIS", 10, 11, None, 200, 201],
        ["Individuals owning a mobile phone***(Millions)", None, None, None, "Percentage"],
        ["World", 80.5, 81, None, 82.5, 83],
    ]
    tables, unplaced = read(book(S=rows))
    found = facts(tables)
    assert found["S!B3"][0] == "mobile_broadband_subscriptions" and found["S!B3"][7] == "million subscriptions"
    assert found["S!F3"][0] == "mobile_broadband_penetration" and found["S!F3"][6:] == (89, "per 100 inhabitants")
    assert found["S!B5"][0] == "international_bandwidth" and found["S!E5"][::7] == ("bandwidth_per_user", "kbit/s")
    assert found["S!F7"][0] == "mobile_phone_ownership"
    # a band holds until another row of bands begins at or before it: 'Tbit/s' is no unit of phones
    assert unplaced == [
        "S!B7: no indicator is declared for 'Individuals owning a mobile phone(Millions)' with the unit 'Tbit/s' "
        "(and 1 more)"
    ]


def test_a_new_row_of_bands_replaces_those_from_its_first_column_on(book):
    rows = [*SEXES[:5], ["Percentage of individuals owning a mobile phone*, by gender"]]
    rows += [[None, "Total", None, "Female"], [None, 2028, 2029, 2028, 2029], ["World", 90, 91, 80, 81]]
    found = facts(read(book(S=rows))[0])
    assert [found[f"S!{column}9"][2] for column in "BCDE"] == ["_T", "_T", "F", "F"]


@pytest.mark.parametrize(
    ("cell", "value", "listed"),
    [
        ("C5", "71 (prov.)", "S!C5: '71 (prov.)' is no number"),
        ("C5", "=B5+1", "S!C5: '=B5+1' is no number"),
        ("C5", True, "S!C5: 'True' is no number"),
        ("K5", "see note 1", "S!K5: 'see note 1' is under no year"),
        ("D5", 99, "S!D5: '99' is under no year"),
        ("A6", "Atlantis", "S!C6: the place 'Atlantis' is not declared (and 4 more)"),
        ("A4", "Percentage of dogs online", "S!B5: no indicator is declared for 'Percentage of dogs online' with"),
        ("E2", "Cats", "S!E5: 'Cats' above the column is not declared"),
        ("C3", 2028, "S!B3: '2028' is no year, or stands twice"),
        ("C3", "later", "S!C3: 'later' is no year, or stands twice"),
        ("F2", "Percentage", "S!F5: 70.5, but S!C5 has 71 for the same"),
    ],
)
def test_what_cannot_be_placed_is_listed_and_nothing_is_made_of_it(book, cell, value, listed):
    whole = facts(read(book(S=SEXES))[0])
    path = book(S=SEXES)
    made = openpyxl.load_workbook(path.rename(path.with_suffix(".xlsx")))
    made["S"][cell] = value
    made.save(path)
    tables, unplaced = read(path)
    found = facts(tables)
    assert any(line.startswith(listed) for line in unplaced), unplaced
    assert found.items() <= whole.items() and (len(found) < len(whole) or cell in ("K5", "D5"))


def test_a_missing_year_is_a_missing_row(book):
    rows = [[*row[:2], None, *row[3:]] if len(row) > 2 else row for row in SEXES]
    tables, unplaced = read(book(S=rows))
    assert unplaced == [] and {row["year"] for row in tables["series"] if row["sex"] == "_T"} == {2028}


def test_a_figure_that_is_repeated_is_one_row_with_every_place(book):
    other = [["Individuals using the Internet"], [None, "Percentage"], [None, 2029], ["World", 71], ["Africa", 51.1]]
    other += [["Least Developed Countries (LDCs)", 44]]
    reading = publish(book(S=SEXES, T=other), None, "2030")
    places = {row["geography"]: row["place"] for row in reading.tables["series"] if row["year"] == 2029}
    assert "S!C5; T!B4" in [row["place"] for row in reading.tables["series"]] and places
    assert reading.left_out == ["T!B5: 51.1, but S!C9 has 51 for the same, rounded another way (1)"]
    assert reading.unplaced == ["T!B6: 44, but S!C6 has 40 for the same"]
    assert len(reading.tables["series"]) == 16


def test_the_long_table(book):
    rows = [
        ["Indicator", "Year", "Developed", "World ", "Asia & Pacific ", None],
        ["Households with Internet access at home %", 2018, 85.068, 54.7, "N/A"],
        ["Households with Internet access at home (millions)", 2018, 1, 2, 3],
        ["International bandwidth, in Gbit/s", "2018", 5, "n.a.", 6, "a note"],
        ["Radios %", 2018, 1, 2, 3],
        ["a line without a year"],
    ]
    tables, unplaced = read(book(S=rows))
    found = facts(tables)
    assert len(found) == 7
    assert found["S!C2"] == ("households_with_internet", "Developed countries", *["_T"] * 3, 2018, 85.068, "percent")
    assert found["S!E4"][::7] == ("international_bandwidth", "Gbit/s") and found["S!E4"][1] == "Asia-Pacific"
    assert unplaced == [
        "S!D4: 'n.a.' is no number",
        "S!F4: the place 'None' is not declared",
        "S!C5: no indicator is declared for 'Radios %' with the unit 'Percentage' (and 2 more)",
        "S!A6: 'a line without a year' has no indicator and year",
    ]


PRICES = [
    ["IsoCode", "Economy", "basket_new", "Unit", "Code", "ITURegion", "LDC", "LLDC", "SIDS", "Income_2029", 2028, 2029],
    [
        "AAA",
        "A-land",
        "Fixed-broadband basket",
        "GNIpc",
        "x",
        "CIS countries",
        "LDC",
        "NA",
        "NA",
        "Low income",
        2.5,
        "NA",
    ],
    ["AAA", "A-land", "Fixed-broadband basket", "USD", "x", "CIS countries", "LDC", "NA", "NA", "Low income", 9, 9],
    ["BBB", "NA", "Data-only mobile-broadband basket", "GNIpc", "x", "NA", "NA", "LLDC", "SIDS", "NA", 1, "1 a"],
    ["b", "B-land", "Fixed-broadband basket", "GNIpc", "x", "Europe", "NA", "NA", "NA", "NA", 1, 1],
    ["CCC", "C-land", "Pigeon basket", "GNIpc", "x", "Europe", "NA", "NA", "NA", "NA", 1, 1],
]
MEDIANS = [
    ["currency", "Basket", "Code_ts", "N (World)", "n (group)", "grouping", "RegionCode", "group", 2028, 2029],
    ["GNIpc", "Fixed-broadband basket", "x", 100, 100, "World", "W", "World", 3, 2],
    ["GNIpc", "Fixed-broadband basket", "x", 100, 30, "LDC", "L", "LDC", 30, 20],
    ["GNIpc", "Fixed-broadband basket", "x", 100, 30, "LDC", "L", "Moon", 30, 20],
]
OVERVIEW = {"B6": "Release date:", "C6": datetime(2030, 3, 25)}
HISTORY = [["Historical baskets", "(data collection years)"], ["Basket (1GB)", "2008-2017"], ["Basket (5GB)", "2018-"]]


def test_prices_and_medians(book):
    path = book(Any=PRICES, Other=MEDIANS, Cover=OVERVIEW, Told=HISTORY, Strange=[["x"]])
    reading = publish(path)
    assert [(row["economy"], row["basket"], row["year"], row["value"]) for row in reading.tables["prices"]] == [
        ("AAA", "fixed_broadband_price", 2028, 2.5),
        ("BBB", "mobile_data_price", 2028, 1),
    ]
    medians = [(r["geography"], r["economies"], r["panel"], r["year"], r["value"]) for r in reading.tables["series"]]
    assert medians == [
        *(("World", 100, "2028-2029", 2028, 3), ("World", 100, "2028-2029", 2029, 2)),
        *(("LDCs", 30, "2028-2029", 2028, 30), ("LDCs", 30, "2028-2029", 2029, 20)),
    ]
    groups = {row["iso3"]: (row["name"], row["region"], row["income"]) for row in reading.tables["economies"]}
    assert groups == {"AAA": ("A-land", "CIS", "Low income"), "BBB": ("", "", "")}
    marks = [(row["ldc"], row["lldc"], row["sids"]) for row in reading.tables["economies"]]
    assert marks == [(True, False, False), (False, True, True)]
    assert reading.left_out == ["Any, rows of 'USD': targets are shares of income (1)"]
    assert reading.unplaced == [
        "Any!L4: '1 a' is no number under a year",
        "Any!A5: 'b' is no code of an economy",
        "Any!A6: the basket 'Pigeon basket' in 'GNIpc' is not declared",
        "Other!A4: the group 'Moon' is not declared",
        "Strange: no table by economies or groups",
    ]
    source = reading.tables["sources"][0]
    assert (source["source"], source["edition_date"]) == ("itu-prices-2030-03", "2030-03-25")
    assert source["note"].endswith("Baskets by years of collection: Basket (1GB) 2008-2017; Basket (5GB) 2018-.")


def test_a_column_of_prices_without_a_known_heading_is_listed(book):
    rows = [[*row, extra] for row, extra in zip(PRICES[:2], ("Remarks", "dear"), strict=True)]
    assert publish(book(S=rows), None, "2030").unplaced == ["S!M2: 'dear' is no number under a year"]


def test_what_is_no_workbook_of_theirs_is_refused(book, tmp_path):
    with pytest.raises(PublishError, match="no heading of a key-indicator or price-basket workbook"):
        publish(book(S=[["Dogs", 2028], ["World", 1]]), None, "2030")
    with pytest.raises(PublishError, match="does not say its date"):
        publish(book(S=SEXES[:-1]))
    for date in ("soon", "2030-5", "2030-05-01-01"):
        with pytest.raises(PublishError, match="does not say its date"):
            publish(book(S=SEXES[:-1]), None, date)
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(PublishError, match="is no Excel workbook"):
        publish(broken)
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(PublishError, match="is no Excel workbook"):
        publish(broken)


@pytest.mark.whole
def test_a_zip_bomb_is_not_unpacked(book, monkeypatch):
    path = book(S=SEXES)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"0" * (workbooks.LARGEST + 1))
    assert path.stat().st_size < 1_000_000
    monkeypatch.setattr(openpyxl, "load_workbook", lambda *given, **named: pytest.fail("unpacked"))
    with pytest.raises(PublishError, match="unpacks to more than 100 MB"):
        publish(path)


@pytest.mark.whole
def test_the_command_lists_what_it_cannot_place_and_keeps_the_rest(book, folder, capsys):
    rows = [list(row) for row in SEXES]
    rows[4][2] = "71 (prov.)"
    path = book(S=rows)
    assert main(["publish", str(path), "--data", str(folder)]) == 1
    told = capsys.readouterr()
    assert "LOST: S!C5: '71 (prov.)' is no number" in told.err and "series 15" in told.out
    assert len(load.published("series", folder)) == 15 and load.problems(folder) == []
    assert main(["publish", str(book(S=SEXES)), "--data", str(folder)]) == 0
    assert len(load.published("series", folder)) == 16


def test_a_refused_source_writes_nothing(book, folder, capsys):
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert main(["publish", str(book(S=[["Dogs"]])), "--data", str(folder)]) == 2
    assert main(["publish", str(folder / "none.xlsx"), "--data", str(folder)]) == 2
    assert "error: " in capsys.readouterr().err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
