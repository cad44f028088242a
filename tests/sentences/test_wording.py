"""Number words, direction words, sources, places and the rows of headline tiles."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from helpers.period import Period
from helpers.sentences import tiles, wording

YEARS = (2018, 2019, 2020, 2021)
CUT = date(2021, 11, 1)


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [
        (1174, None, "1,174"), (17.4, None, "17.4"), (5.0, None, "5"), (0, None, "0"),
        (12345678901234, None, "12,345,678,901,234"), (-1234.5, None, "-1,234.5"),
        (1234.56, 0, "1,235"), (1234.5, 2, "1,234.50"), (0.1 + 0.2, None, "0.3"), (float("nan"), None, "not reported"),
        (pd.NA, 1, "not reported"),
    ],
)  # fmt: skip
def test_number(value, decimals, said):
    assert wording.number(value, decimals) == said


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (wording.few(0), "none"), (wording.few(1174), "1,174"), (wording.ends(3, 8), "3 to 8"),
        (wording.ends(8, 8), "8"), (wording.every(2, "targets"), "both targets"),
        (wording.every(3, "targets"), "all three targets"), (wording.every(12, "targets"), "all 12 targets"),
        (wording.rough(0.12345), "0.123"), (wording.rough(9.876), "9.88"), (wording.rough(-10.06), "-10.1"),
        (wording.rough(9.876, tenths=True), "9.9"), (wording.minus("5 - 7 = -2"), "5 − 7 = −2"),
        (wording.closing_day(Period(YEARS, 2021, CUT)), "1 November"), (wording.closing_day(Period(YEARS, 2021)), ""),
    ],
)  # fmt: skip
def test_figures_in_few_words(made, said):
    assert made == said


@pytest.mark.parametrize(
    ("qualifier", "said"),
    [("exact", "4,000"), ("over", "over 4,000"), ("almost", "almost 4,000"), ("about", "about 4,000"),
     ("less_than", "less than 4,000"), ("up_to", "up to 4,000")],
)  # fmt: skip
def test_qualified(qualifier, said):
    assert wording.qualified(4000, qualifier) == said
    assert wording.qualified(pd.NA, qualifier) == "not reported"


@pytest.mark.parametrize(
    ("share", "decimals", "said"),
    [
        (0.5449, 0, "54 %"), (0.5449, 1, "54.5 %"), (0, 0, "0 %"), (1, 0, "100 %"), (1 - 1e-15, 0, "100 %"),
        (1, 1, "100.0 %"),
        (1.6, 0, "160 %"),
        (0.004, 0, "less than 1 %"), (0.006, 0, "1 %"), (0.0004, 1, "less than 0.1 %"), (0.996, 0, "more than 99 %"),
        (0.994, 0, "99 %"), (0.9996, 1, "more than 99.9 %"), (1.004, 0, "100 %"), (float("nan"), 0, "not reported"),
    ],
)  # fmt: skip
def test_percent(share, decimals, said):
    assert wording.percent(share, decimals) == said


def test_percent_has_no_decimals_unless_asked():
    assert wording.percent(0.256) == "26 %"


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "no groups"), (1, "one group"), (2, "two groups"), (3, "three groups"), (4, "four groups"), (5, "five groups"),
     (6, "six groups"), (7, "seven groups"), (8, "eight groups"), (9, "nine groups"), (10, "10 groups"),
     (1200, "1,200 groups")],
)  # fmt: skip
def test_count(value, said):
    assert wording.count(value, "group") == said


def test_plurals():
    assert (
        wording.count(2, "country", "countries") == "two countries"
        and wording.count(1, "country", "countries") == "one country"
    )
    assert wording.amount(1, "Corrigendum", "Corrigenda") == "1 Corrigendum"
    assert wording.amount(3, "Corrigendum", "Corrigenda") == "3 Corrigenda" and wording.amount(0, "text") == "0 texts"
    assert wording.amount(1096, "text") == "1,096 texts"


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [(8, 5, "rose from 5 to 8"), (5, 8, "fell from 8 to 5"), (5, 5, "stayed at 5"),
     (pd.NA, 5, "not reported for both years"),
     (5, float("nan"), "not reported for both years")],
)  # fmt: skip
def test_direction(now, before, said):
    assert wording.direction(now, before) == said


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (112, 100, "up 12 %"), (97, 100, "down 3 %"), (5, 5, "unchanged"), (0, 0, "unchanged"),
        (5, 0, "no change can be given"),
        (5, pd.NA, "no change can be given"), (pd.NA, 5, "no change can be given"), (299, 100, "up 199 %"),
        (300, 100, "3 times as many"), (1250, 100, "12 times as many"), (101, 100, "up 1 %"), (1007, 1000, "up 0.7 %"),
        (993, 1000, "down 0.7 %"), (0, 5, "down 100 %"),
    ],
)  # fmt: skip
def test_change(now, before, said):
    assert wording.change(now, before) == said


def test_listing():
    assert wording.listing([]) == "none" and wording.listing(["a"]) == "a"
    assert wording.listing(["a", "b"]) == "a and b" and wording.listing(["a", "b", "c"]) == "a, b and c"


def test_sections_and_sources():
    assert (
        wording.section("3.1") == "section 3.1"
        and wording.section("Annex 1") == "Annex 1"
        and wording.section("") == ""
    )
    rows = pd.DataFrame({"section": ["1.3", "Annex 1", "1.3", "2"], "line": [20, 7, 10, 30]})
    assert wording.source(rows) == "section 1.3, lines 10–20; Annex 1, line 7; section 2, line 30"
    assert wording.source(rows[:0]) == ""


@pytest.mark.parametrize(
    ("name", "said"),
    [("World", "the world"), ("LDCs", "the LDCs"), ("Arab States", "the Arab States"), ("Africa", "Africa"),
     ("Developed countries", "developed countries"), ("Europe", "Europe"), ("CIS", "the CIS"), ("SIDS", "the SIDS"),
     ("LLDCs", "the LLDCs"), ("Americas", "the Americas")],
)  # fmt: skip
def test_places(name, said):
    assert wording.the_place(name) == said


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (Period(YEARS, 2020, CUT), "2020"),
        (Period(YEARS, 2021, CUT), "2021, to 1 November"),
        (Period(YEARS, None, CUT), "2018–2021, to 1 November 2021"),
        (Period(YEARS, None), "2018–2021"),
        (Period(YEARS, 2021, None, False), "2021 (closing day unknown)"),
        (Period(YEARS, 2020, None, False), "2020"),
        (Period(YEARS, None, None, False), "2018–2021 (closing day unknown)"),
        (Period(YEARS, 2021, date(2021, 12, 31)), "2021"),
    ],
)
def test_when(period, said):
    assert wording.when(period) == said


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (Period(YEARS, 2018, CUT), ["2021 is partial: the table closes on 1 November, 305 of 365 days."]),
        (Period((2023, 2024), 2024, date(2024, 3, 1)),
         ["2024 is partial: the table closes on 1 March, 61 of 366 days."]),
        (Period(YEARS, 2018, None, False),
         ["2021 may be partial: the table does not say on which day it closes."]),
        (Period(YEARS, 2021), []),
        (Period(YEARS, 2021, date(2021, 12, 31)), []),
        (Period(YEARS, 2021, date(2022, 5, 1)), []),
    ],
)  # fmt: skip
def test_partial_note(period, said):
    assert wording.partial_note(period) == said


class TestTiles:
    ROWS = pd.DataFrame({"year": [2018, 2019, 2019, 2021], "n": [10, 4, 8, 9], "section": ["1.3"] * 4,
                         "line": [5, 6, 7, 8]}).astype({"n": "Int64"})  # fmt: skip

    @pytest.mark.parametrize(
        ("period", "now", "before", "change"),
        [
            (Period(YEARS, 2019, CUT), "12", "10", "up 20 % against 10 in 2018"),
            (Period(YEARS, 2018, CUT), "10", None, "first year of the table"),
            (Period(YEARS, 2020, CUT), "not reported", "12", "against 12 in 2019"),
            (Period(YEARS, 2021, CUT), "9 (partial)", None, "no figure for 2020"),
            (Period(YEARS, None, CUT), "31 (partial)", None, "whole period"),
            (Period(YEARS, None), "31", None, "whole period"),
            (Period((2018, 2019), 2019, date(2019, 7, 2)), "12 (partial)", "10",
             "up 139 % at an annual rate against 10 in 2018"),
            (Period((2018, 2019), 2019, None, False), "12 (closing day unknown)", "10", "against 10 in 2018"),
        ],
    )  # fmt: skip
    def test_counted(self, period, now, before, change):
        tile = tiles.counted("texts", self.ROWS, "n", period)
        assert tile == ("texts", now, before, change, "1.3", 5)

    def test_without_rows_a_figure_has_no_place(self):
        tile = tiles.counted("texts", self.ROWS[:0], "n", Period(YEARS, 2019, CUT))
        assert tile == ("texts", "not reported", None, "no figure for 2018", None, None)
        assert tiles.row("a", "1", "b", self.ROWS[:0], "2") == ("a", "1", "2", "b", None, None)
        shown = tiles.frame([tile, tiles.row("a", "1", "b", self.ROWS[1:], "2")])
        assert list(shown.columns) == tiles.COLUMNS == ["what", "now", "before", "change", "section", "line"]
        assert shown["line"].dtype == "Int64" and pd.isna(shown["line"][0]) and shown["line"][1] == 6
        assert list(shown.iloc[1]) == ["a", "1", "2", "b", "1.3", 6]

    def test_none(self):
        assert tiles.frame([]).empty and list(tiles.frame([]).columns) == tiles.COLUMNS


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("", "an unknown date"), ("2024", "2024"), ("2024-01", "January 2024"), ("2024-12", "December 2024"),
        ("2024-03-05", "5 March 2024"),
    ],
)  # fmt: skip
def test_edition_date(date, said):
    assert wording.edition_date(date) == said


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (226, 316, "28 % fewer texts than"),
        (316, 277, "14 % more texts than"),
        (5, 5, "as many texts as"),
        (12, 3, "4 times as many texts as"),
    ],
)
def test_a_count_against_one_before(now, before, said):
    assert wording.compared(now, before, "texts") == said


def test_verbs_numbers_and_beginnings():
    assert [wording.several(names) for names in (["Europe"], ["Americas"], ["SIDS"], ["CIS"], ["Europe", "CIS"])] == [
        False, True, True, False, True,
    ]  # fmt: skip
    assert (wording.spelled(3), wording.spelled(1234), wording.spelled(0)) == ("three", "1,234", "no")
    assert (wording.sentence("the world is"), wording.sentence("")) == ("The world is", "")


def test_a_note_stands_only_where_the_year_is_drawn():
    cut = Period((2020, 2021), 2021, date(2021, 11, 1))
    said = "2021 is partial: the table closes on 1 November, 305 of 365 days."
    assert wording.partial_note(cut, [2020, 2021]) == [said] == wording.partial_note(cut)
    assert wording.partial_note(cut, [2020]) == []
