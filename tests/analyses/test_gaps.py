"""Gender and youth gaps: figures of the committed table by hand, and small tables with every branch."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from helpers import selection
from helpers.analyses import gaps
from helpers.tables import load

approx = pytest.approx
ONLINE = gaps.INTERNET


def stated(*rows, section="3"):
    """Observations: rows of indicator, geography, year, value, and optionally sex, age, breakdown; lines from 1."""
    empty = load.table("observations").iloc[:0]
    made = [
        {"topic": "gender", "indicator": name, "geography": place, "sex": sex or "_T", "age": age or "_T", "year": year,
         "breakdown": part, "qualifier": "exact", "value": value, "unit": "percent", "section": section, "line": line}
        for line, row in enumerate(rows, 1)
        for name, place, year, value, sex, age, part in [(*row, None, None, None)[:7]]
    ]  # fmt: skip
    return pd.DataFrame(made, columns=empty.columns).astype(empty.dtypes)


def women(place, year, value):
    return (ONLINE, place, year, value, "F")


def men(place, year, value):
    return (ONLINE, place, year, value, "M")


def young(place, year, value):
    return (ONLINE, place, year, value, None, "Y15T24")


def others(place, year, value):
    return (ONLINE, place, year, value, None, "other")


def in_words(place, year, low, high):
    return (gaps.FROM, place, year, low, None, None, "band"), (gaps.TO, place, year, high, None, None, "band")


@pytest.fixture(scope="module")
def observations():
    return load.table("observations")


@pytest.fixture
def report(observations):
    return gaps.gender(observations).set_index(["geography", "year"])


class TestGender:
    def test_shares_give_score_gap_and_their_intervals(self, report):
        row = report.loc[("Africa", 2020)]
        assert (row["female"], row["male"], row["derived"], row["basis"]) == (24, 35, "", "shares")
        assert row["our_score"] == row["score"] == approx(24 / 35) and math.isnan(row["printed_score"])
        # 23.5 ÷ 35.5 to 24.5 ÷ 34.5
        assert (row["low"], row["high"]) == (approx(0.661972, abs=1e-6), approx(0.710145, abs=1e-6))
        assert (row["gap"], row["gap_low"], row["gap_high"]) == (11, 10, 12)
        assert row["relative_gap"] == approx(11 / 35)
        assert (row["relative_low"], row["relative_high"]) == (approx(10 / 34.5), approx(12 / 35.5))
        assert row["class"] == "women behind" and row["holds"] and row["agrees"] is None
        assert (row["section"], row["line"]) == ("3", 1417)

    def test_a_printed_score_stands_before_ours(self, report):
        row = report.loc[("World", 2020)]
        assert (row["score"], row["printed_score"], row["our_score"]) == (0.92, 0.92, approx(57 / 62))
        assert (row["low"], row["high"]) == (approx(56.5 / 62.5), approx(57.5 / 61.5)) and row["agrees"] is True

    def test_mens_share_from_womens_and_the_gap(self, report):
        row = report.loc[("LDCs", 2020)]
        assert (row["female"], row["male"], row["derived"], row["basis"]) == (19, 31, "male", "share and gap")
        # share and gap are both rounded: 18.5 ÷ (18.5 + 12.5) to 19.5 ÷ (19.5 + 11.5)
        assert (row["low"], row["high"]) == (approx(18.5 / 31), approx(19.5 / 31))
        assert (row["gap"], row["gap_low"], row["gap_high"]) == (12, 11.5, 12.5)
        assert (row["relative_low"], row["relative_high"]) == (approx(11.5 / 31), approx(12.5 / 31))

    def test_a_derived_score_is_held_against_the_printed_one(self):
        rows = [women("A", 2020, 19), (gaps.GAP, "A", 2020, 12)]
        fits = gaps.gender(stated(*rows, (gaps.SCORE, "A", 2020, 0.63))).iloc[0]  # to 0.635; ours to 0.629
        assert (fits["basis"], fits["agrees"], fits["score"]) == (gaps.DERIVED, True, 0.63)
        row = gaps.gender(stated(*rows, (gaps.SCORE, "A", 2020, 0.64))).iloc[0]
        assert (row["score"], row["agrees"]) == (0.64, False)

    def test_a_score_alone_keeps_its_own_rounding(self, report):
        row = report.loc[("World", 2018)]
        assert (row["score"], row["printed_score"], row["basis"]) == (0.89, 0.89, "printed only")
        assert math.isnan(row["our_score"]) and math.isnan(row["gap"]) and row["agrees"] is None
        assert (row["low"], row["high"]) == (approx(0.885), approx(0.895)) and row["class"] == "women behind"

    def test_a_class_in_words_is_a_range_and_no_score(self, report):
        near, at = report.loc[("CIS", 2020)], report.loc[("Americas", 2020)]
        assert (near["low"], near["high"], near["class"], near["basis"]) == (0.95, 0.98, "near parity", "words")
        assert (at["low"], at["high"], at["class"]) == (0.98, 1.02, "parity")
        assert math.isnan(near["score"]) and math.isnan(near["our_score"]) and near["holds"] and near["agrees"] is None

    def test_too_little_for_a_score(self):
        rows = gaps.gender(
            stated(women("A", 2020, 40), men("B", 2020, 50), (gaps.GAP, "C", 2020, 3), in_words("D", 2020, 0.9, 1)[0])
        )
        assert list(rows["geography"]) == ["D", "A", "B", "C"] and set(rows["basis"]) == {"incomplete"}
        assert set(rows["class"]) == {""} and rows["holds"].all() and rows["score"].isna().all()
        assert list(rows["gap"].fillna(0)) == [0, 0, 0, 3] and gaps.with_interval(rows).empty
        for nought in (men("A", 2020, 0), (gaps.GAP, "A", 2020, 0)):
            assert gaps.gender(stated(women("A", 2020, 0), nought)).iloc[0]["basis"] == "incomplete"

    def test_a_share_of_nought_is_a_share(self):
        row = gaps.gender(stated(women("A", 2020, 0), men("A", 2020, 1))).iloc[0]
        assert (row["basis"], row["score"], row["gap"]) == ("shares", 0, 1)
        row = gaps.gender(stated(women("A", 2020, 0), (gaps.GAP, "A", 2020, 1))).iloc[0]
        assert (row["basis"], row["male"], row["score"]) == ("share and gap", 1, 0)

    @pytest.mark.parametrize(
        ("score", "name"),
        [(1.0201, "men behind"), (1.02, "parity"), (0.98, "parity"), (0.9799, "near parity"), (0.95, "near parity"),
         (0.9499, "women behind")],
    )  # fmt: skip
    def test_classes_at_their_bounds(self, score, name):
        assert gaps.classify(score) == name

    @pytest.mark.parametrize(
        ("score", "name", "holds"),
        # 0.95 is 0.945–0.955, 0.96 is 0.955–0.965, 0.98 is 0.975–0.985, 1.02 is 1.015–1.025
        [(0.95, "near parity", False), (0.96, "near parity", True), (0.98, "parity", False), (1.02, "parity", False),
         (1.0, "parity", False), (1.01, "parity", True)],
    )  # fmt: skip
    def test_whether_rounding_can_change_the_class(self, score, name, holds):
        row = gaps.gender(stated((gaps.SCORE, "A", 2020, score))).iloc[0]
        assert (row["class"], row["holds"]) == (name, holds)

    def test_a_printed_score_of_another_class_than_its_shares(self):
        row = gaps.gender(stated(women("A", 2020, 60.0), men("A", 2020, 60.0), (gaps.SCORE, "A", 2020, 0.93))).iloc[0]
        assert (row["class"], row["holds"], row["agrees"]) == ("women behind", False, False)

    def test_lowest_score_first_then_the_classes_in_words(self, observations):
        rows = gaps.gender(observations)
        assert list(rows["geography"]) == [
            "LDCs", "Africa", "LLDCs", "Arab States", "World", "World", "CIS", "SIDS", "Europe", "Developed countries",
            "Americas",
        ]  # fmt: skip
        assert list(rows.columns) == gaps.GENDER and len(rows[rows["year"] == 2018]) == 1

    def test_the_first_statement_counts_and_undated_ones_do_not(self):
        rows = gaps.gender(
            stated(
                women("A", 2020, 40), women("A", 2020, 44), men("A", 2020, 50), women("A", None, 9), men("B", None, 9)
            )
        )
        assert rows[["geography", "female", "male", "line"]].values.tolist() == [["A", 40, 50, 1]]

    def test_women_of_one_age_are_not_all_women(self):
        assert gaps.gender(stated((ONLINE, "A", 2020, 40, "F", "Y15T24"))).empty


class TestYouth:
    def test_ratios_of_the_report(self, observations):
        rows = gaps.youth(observations).set_index("geography")
        world, ldcs, africa = rows.loc["World"], rows.loc["LDCs"], rows.loc["Africa"]
        assert (world["ratio"], world["printed_ratio"], world["our_ratio"]) == (1.24, 1.24, approx(71 / 57))
        # 70.5 ÷ 57.5 to 71.5 ÷ 56.5
        assert (world["low"], world["high"]) == (approx(1.226087, abs=1e-6), approx(1.265487, abs=1e-6))
        assert (
            world["agrees"] is True and world["basis"] == "shares" and (world["section"], world["line"]) == ("3", 1418)
        )
        assert (ldcs["young"], ldcs["other"], ldcs["low"]) == (34, 22, approx(33.5 / 22.5))
        assert (africa["ratio"], africa["basis"], africa["agrees"]) == (1.47, "printed only", None)
        assert math.isnan(africa["our_ratio"]) and (africa["low"], africa["high"]) == (approx(1.465), approx(1.475))
        assert list(rows.index) == [
            "LDCs", "Africa", "Asia-Pacific", "Developing countries", "World", "Developed countries"
        ]  # fmt: skip
        assert ["geography", *rows.columns] == gaps.YOUTH

    def test_shares_without_a_printed_ratio_and_one_share_alone(self):
        rows = gaps.youth(
            stated(
                young("A", 2020, 30),
                others("A", 2020, 60),
                young("B", 2020, 90),
                young("C", 2020, 1),
                others("C", 2020, 0),
            )
        ).set_index("geography")
        assert (rows.loc["A", "ratio"], rows.loc["A", "agrees"]) == (0.5, None)
        assert list(rows.loc[["B", "C"], "basis"]) == ["incomplete"] * 2 and rows.loc[["B", "C"], "ratio"].isna().all()
        assert gaps.with_ages(rows).index.tolist() == ["A", "C"] and gaps.with_interval(rows).index.tolist() == ["A"]

    def test_a_printed_ratio_that_does_not_fit(self):
        row = gaps.youth(stated(young("A", 2020, 60), others("A", 2020, 50), (gaps.RATIO, "A", 2020, 1.3))).iloc[0]
        assert (row["agrees"], row["ratio"], row["our_ratio"]) == (False, 1.3, 1.2)
        nought = gaps.youth(stated(young("A", 2020, 0), others("A", 2020, 1))).iloc[0]
        assert nought["ratio"] == 0 and nought["basis"] == "shares"


class TestSelection:
    def test_geographies_and_years(self, observations):
        assert gaps.geographies(observations) == [
            "World", "Developed countries", "Americas", "CIS", "SIDS", "Europe", "LDCs", "LLDCs", "Africa",
            "Arab States", "Developing countries", "Asia-Pacific",
        ]  # fmt: skip
        assert gaps.years_with_figures(observations, ["World", "Africa"]) == [2018, 2020]
        assert gaps.years_with_figures(observations, ["Africa"]) == [2020]
        assert gaps.years_with_figures(observations, []) == []

    def test_use_by_everybody_is_no_figure_on_gaps(self):
        rows = stated(
            (ONLINE, "A", 2019, 50), (gaps.GAP, "B", 2020, 5), ("countries", "C", 2020, 1), women("D", None, 4)
        )
        assert gaps.geographies(rows) == ["B"] and gaps.years_with_figures(rows, ["A", "B", "C", "D"]) == [2020]

    @pytest.mark.parametrize(
        ("year", "years", "then"),
        [
            (2020, [2018, 2020], (2020,)),
            (2021, [2018, 2020], (2018, 2019, 2020, 2021)),
            (2021, [2015], (2015, 2018, 2019, 2020, 2021)),
            (2021, [], (2021,)),
            ("all", [2020], (2018, 2019, 2020, 2021)),
        ],
    )
    def test_a_year_without_figures_shows_those_that_have_some(self, year, years, then):
        chosen = selection.choose(year)
        assert gaps.shown(chosen, years).period.chosen == then
        assert (gaps.shown(chosen, years) is chosen) == (then == chosen.period.chosen)

    def test_rows_of_a_selection_and_their_labels(self, observations):
        rows = gaps.within(gaps.gender(observations), selection.choose("all"), ["World", "LDCs"])
        assert list(rows["label"]) == ["LDCs", "World 2018", "World 2020"] and list(rows.index) == [0, 1, 2]
        one = gaps.within(gaps.gender(observations), selection.choose(2020), ["World", "LDCs"])
        assert list(one["label"]) == ["LDCs", "World"]

    def test_widest_gap_first_and_the_last_year(self):
        rows = gaps.gender(
            stated(
                women("A", 2019, 40), men("A", 2019, 45), women("B", 2020, 40), men("B", 2020, 50), men("C", 2020, 1)
            )
        )
        assert list(gaps.with_shares(rows)["geography"]) == ["B", "A"]
        assert list(gaps.last_year(gaps.with_shares(rows))["geography"]) == ["B"]


class TestPhones:
    NAMES = ("countries_by_phone_gender", "share_of_countries_with_phone_parity", "countries_with_phone_data")

    def test_of_the_report(self, observations):
        rows = gaps.phones(observations)
        assert dict(zip(rows["balance"], rows["countries"], strict=True)) == {
            "gender parity": 30, "more women than men": 10, "fewer women than men": 21
        }  # fmt: skip
        assert list(rows["share"].notna()) == [True, False, False] and rows["share"].iloc[0] == 0.5
        assert set(rows["with_data"]) == {60} and rows["year"].isna().all() and set(rows["line"]) == {1423}
        assert list(rows.columns) == gaps.PHONES

    def test_the_last_year_with_its_own_total_and_each_group_once(self):
        groups, share, total = self.NAMES
        rows = gaps.phones(
            stated(
                (groups, "World", 2019, 7, None, None, "women"), (share, "World", 2020, 0.25, None, None, "own"),
                (total, "World", 2019, 10), (total, "World", 2020, 40, None, None, "own"), (total, "World", 2020, 41),
                (groups, "World", 2020, 9, None, None, "men"), (groups, "World", 2020, 8, None, None, "men"),
                (groups, "A", 2020, 5, None, None, "men"),
            )
        )  # fmt: skip
        assert rows[["balance", "countries", "with_data", "year"]].values.tolist() == [
            ["gender parity", 10, 40, 2020], ["men", 9, 40, 2020]
        ]  # fmt: skip

    def test_without_a_total_or_a_year(self):
        groups, share, _ = self.NAMES
        assert gaps.phones(stated((share, "World", 2020, 0.5))).empty
        rows = gaps.phones(stated((groups, "World", None, 7, None, None, "women")))
        assert list(rows["countries"]) == [7] and rows["with_data"].isna().all()


def test_an_empty_table_has_all_columns(observations):
    none = observations.iloc[:0]
    frames = {"gender": gaps.GENDER, "youth": gaps.YOUTH, "phones": gaps.PHONES}
    assert all(list(getattr(gaps, name)(none).columns) == columns for name, columns in frames.items())
    rows = gaps.within(gaps.gender(none), selection.choose(2020), ["World"])
    assert list(rows.columns) == [*gaps.GENDER, "label"] and gaps.with_shares(rows).empty
    assert gaps.geographies(none) == [] and gaps.years_with_figures(none, ["World"]) == []
