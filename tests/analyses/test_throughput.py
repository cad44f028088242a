"""Throughput against figures worked out by hand from the report, and by scipy."""

from __future__ import annotations

from datetime import date
from math import isnan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from helpers.analyses import throughput
from helpers.period import Period
from helpers.tables import load

CLOSES = date(2021, 11, 1)
YEARS = (2018, 2019, 2020, 2021)


def period(year, years=YEARS, closes=CLOSES, stated=True):
    return Period(years, year, closes, stated)


def texts(*cells):
    """An ITU-T table: cells of (group, year, Recommendations, Amendments, Corrigenda), each on a line of its own."""
    rows = []
    for line, (group, year, *counts) in enumerate(cells, start=1):
        kinds = [kind for kind, n in zip(throughput.TYPES, counts, strict=False) for _ in range(n)]
        rows += [
            {"study_group": group, "study_group_name": f"Name of {group}", "year": year, "document_type": kind,
             "designation": f"{group}.{place}", "section": "1.3", "line": line}
            for place, kind in enumerate(kinds)
        ]  # fmt: skip
    empty = load.table("itut_recommendations")[:0]
    frame = pd.DataFrame(rows, columns=["study_group", "study_group_name", "year", "document_type", "designation",
                                        "section", "line"])  # fmt: skip
    return frame.astype({column: empty[column].dtype for column in frame})


class TestCounts:
    def test_study_groups_stand_in_the_reports_order(self):
        assert throughput.study_groups(texts(("SG20", 2018, 1), ("SG3", 2018, 2), ("SG20", 2019, 1))) == ["SG20", "SG3"]

    def test_sg15_in_2021(self, itut):
        # counted in the printed cell: 18 new or revised, 18 Amendments, 3 Corrigenda; G.798 stands twice
        row = throughput.by_group(itut, period(2021), ["SG15"]).to_dict("records")
        assert row == [{"study_group": "SG15", "name": "Transport, access and home", "recommendation": 18,
                        "amendment": 18, "corrigendum": 3, "entries": 39, "designations": 38}]  # fmt: skip

    def test_groups_stand_largest_first_and_equal_ones_by_designations(self):
        table = texts(("SG1", 2018, 2), ("SG2", 2018, 3), ("SG3", 2018, 3), ("SG4", 2018, 9), ("SG2", 2019, 9))
        table.loc[table["study_group"] == "SG2", "designation"] = "same"
        ranked = throughput.by_group(table, period(2018), ["SG1", "SG2", "SG3"])
        assert list(ranked["study_group"]) == ["SG3", "SG2", "SG1"] and list(ranked["designations"]) == [3, 1, 2]
        assert list(throughput.by_group(table, period(None), ["SG1", "SG2"])["entries"]) == [12, 2]

    def test_years_and_annual_rate(self, itut):
        years = throughput.by_year(itut, period(2021), throughput.study_groups(itut))
        assert list(years["year"]) == list(YEARS) and list(years["entries"]) == [314, 277, 316, 189]
        assert list(years["covered"]) == [1, 1, 1, 305 / 365] and list(years["coverage"]) == ["whole"] * 3 + ["partial"]
        assert list(years["annual_rate"]) == [314, 277, 316, 189 / (305 / 365)]
        assert list(years["recommendation"]) == [254, 242, 255, 151] and years["amendment"][0] == 39

    def test_a_leap_year_has_366_days_and_its_closing_day_counts(self):
        table = texts(("SG1", 2023, 10), ("SG1", 2024, 10))
        cut = period(2024, (2023, 2024), date(2024, 11, 1))
        assert list(throughput.by_year(table, cut, ["SG1"])["covered"]) == [1, 306 / 366]
        panels = throughput.group_years(table, cut, ["SG1"])
        assert list(panels["annual_rate"]) == [10, 10 * 366 / 306] and list(panels["entries"]) == [10, 10]
        # as many texts in 306 of 366 days is a faster pace
        assert throughput.rate_ratios(table, cut, ["SG1"])["ratio"].item() == pytest.approx(366 / 306)

    def test_an_unknown_closing_day_gives_no_rate(self):
        table, open_end = texts(("SG1", 2020, 5), ("SG1", 2021, 4)), period(2021, closes=None, stated=False)
        years = throughput.by_year(table, open_end, ["SG1"])
        assert list(years["coverage"]) == ["whole", "unknown"] and list(years["entries"]) == [5, 4]
        assert years["annual_rate"][0] == 5 and years[["covered", "annual_rate"]].iloc[1].isna().all()
        panels = throughput.group_years(table, open_end, ["SG1"])
        assert list(panels["annual_rate"].isna()) == [True, True, False, True] and panels["entries"][3] == 4
        assert throughput.rate_ratios(table, open_end, ["SG1"]).empty
        assert throughput.dispersion(table, open_end).years == (2020,)

    def test_a_missing_row_is_missing_and_not_zero(self, itut):
        panels = throughput.group_years(itut, period(2021), ["SG3", "TSAG"]).set_index(["study_group", "year"])
        assert list(panels.loc["SG3", "entries"].fillna(-1)) == [-1, 3, 4, 3]
        assert list(panels.loc["TSAG", "annual_rate"].fillna(-1)) == [-1, 4, -1, -1]
        assert list(panels.loc["TSAG", "coverage"]) == ["whole", "whole", "whole", "partial"]

    def test_variation_takes_whole_years_only(self):
        table = texts(("SG1", 2018, 4), ("SG1", 2019, 6), ("SG1", 2021, 90), ("SG2", 2018, 9), ("SG2", 2020, 4),
                      ("SG3", 2018, 1), ("SG3", 2021, 50), ("SG4", 2018, 8), ("SG4", 2019, 3))  # fmt: skip
        spans = throughput.variation(throughput.group_years(table, period(2021), ["SG1", "SG4", "SG3", "SG2"]))
        assert spans.to_numpy().tolist() == [["SG4", 3, 8, 5], ["SG2", 4, 9, 5], ["SG1", 4, 6, 2]]
        assert list(spans.columns) == ["study_group", "least", "most", "span"]

    def test_output(self, itut):
        made = throughput.output(itut, period(2021), ["SG15", "SG17"])
        assert made == (89, 189, 89 / 189, ("SG17", "SG15"), ("SG17",), 50, 50 / 89)

    def test_output_names_all_equal_leaders(self):
        table = texts(("SG1", 2018, 3), ("SG2", 2018, 3), ("SG3", 2018, 2), ("SG4", 2018, 8))
        made = throughput.output(table, period(2018), ["SG1", "SG2", "SG3"])
        assert made == (8, 16, 0.5, ("SG1", "SG2", "SG3"), ("SG1", "SG2"), 3, 3 / 8)

    def test_output_of_groups_without_a_row(self, itut):
        made = throughput.output(itut, period(2020), ["TSAG"])
        assert made[:2] == (0, 316) and made[3:6] == ((), (), 0) and isnan(made.share) and isnan(made.lead_share)

    def test_concentration(self, itut):
        spread = throughput.concentration(itut)
        counts = [7, 3, 12, 7, 8, 14, 17, 39, 25, 50, 7]
        assert list(spread["year"]) == list(YEARS) and list(spread["groups"]) == [10, 12, 11, 11]
        row = spread.iloc[3]
        assert row["hhi"] == pytest.approx(sum((c / 189) ** 2 for c in counts)) and row["evenly_spread"] == 1 / 11
        assert row["top_share"] == pytest.approx(114 / 189) and row["top_groups"] == ("SG17", "SG15", "SG16")

    def test_concentration_of_equal_groups_keeps_the_reports_order(self):
        table = texts(("SG9", 2018, 2), ("SG1", 2018, 2), ("SG5", 2018, 3), ("SG2", 2018, 1))
        row = throughput.concentration(table, top=2).iloc[0]
        three = texts(("SG1", 2018, 14), ("SG2", 2018, 11), ("SG3", 2018, 2))
        assert throughput.concentration(three)["top_share"].item() == 1
        assert row["top_groups"] == ("SG5", "SG9") and row["top_share"] == 5 / 8 and row["hhi"] == 18 / 64
        many = texts(*[(f"SG{number}", 2018, 1 + number % 2) for number in range(40)])
        assert throughput.concentration(many)["top_groups"].item() == ("SG1", "SG3", "SG5")


class TestDispersion:
    def test_of_the_report(self, itut):
        found = throughput.dispersion(itut, period(2021))
        assert found.chi2 == pytest.approx(61.2115, abs=1e-4) and (found.freedom, found.years) == (24, YEARS[:3])
        assert found.factor == pytest.approx(61.2115 / 24, abs=1e-4)

    def test_is_the_sum_of_chi_square_tests_of_each_group(self, itut):
        counts = pd.crosstab(itut["study_group"], itut["year"])[list(YEARS[:3])]
        tests = [stats.chisquare(row).statistic for row in counts.to_numpy()]
        assert throughput.dispersion(itut, period("all")).chi2 == pytest.approx(sum(tests))

    def test_by_hand(self):
        # SG1: 4 and 8, mean 6: 4/6 + 4/6; SG2: none and 2, mean 1: 1 + 1; together 10/3 on 2
        table = texts(("SG1", 2018, 4), ("SG1", 2019, 8), ("SG2", 2019, 2), ("SG3", 2021, 7))
        found = throughput.dispersion(table, period(2021))
        assert found == (pytest.approx(10 / 3), 2, (2018, 2019), pytest.approx(5 / 3))

    def test_is_never_below_one(self):
        found = throughput.dispersion(texts(("SG1", 2018, 50), ("SG1", 2019, 50)), period(2021))
        assert found == (0, 1, (2018, 2019), 1)

    @pytest.mark.parametrize("cells", [[], [("SG1", 2018, 4)], [("SG1", 2018, 4), ("SG1", 2021, 4)]])
    def test_needs_two_whole_years(self, cells):
        found = throughput.dispersion(texts(*cells), period(2021))
        assert found.freedom == 0 and isnan(found.factor)


class TestRateRatios:
    def test_of_sg17(self, itut):
        row = throughput.rate_ratios(itut, period(2021), ["SG17"]).iloc[0]
        assert (row["before"], row["now"], row["ratio"]) == (42, 50, pytest.approx(50 / 42 * 365 / 305))
        share = stats.binomtest(50, 92).proportion_ci(method="exact")
        assert row["low"] == pytest.approx(share.low / (1 - share.low) * 365 / 305)
        assert row["high"] == pytest.approx(share.high / (1 - share.high) * 365 / 305)

    def test_the_wide_interval_takes_effective_counts(self, itut):
        row = throughput.rate_ratios(itut, period(2021), ["SG17"]).iloc[0]
        now, before = 50 / (61.2115231 / 24), 42 / (61.2115231 / 24)
        low, high = stats.beta.ppf(0.025, now, before + 1), stats.beta.ppf(0.975, now + 1, before)
        assert row["wide_low"] == pytest.approx(low / (1 - low) * 365 / 305)
        assert row["wide_high"] == pytest.approx(high / (1 - high) * 365 / 305)

    def test_of_all_years_only_one_group_stands_out_and_none_is_clear(self, itut):
        ratios = throughput.rate_ratios(itut, period(None), throughput.study_groups(itut)).set_index("study_group")
        exact = ratios[(ratios["low"] > 1) | (ratios["high"] < 1)]
        wide = ratios[(ratios["wide_low"] > 1) | (ratios["wide_high"] < 1)]
        assert list(exact.index) == ["SG17", "SG15", "SG11", "SG5", "SG20"] and list(wide.index) == ["SG15"]
        assert ratios.loc["SG15", "p"] == pytest.approx(0.02499, abs=1e-5) and len(ratios) == 10
        assert ratios.loc["SG15", "p_holm"] == pytest.approx(0.2499, abs=1e-4) and not ratios["clear"].any()
        assert ratios["ratio"].is_monotonic_decreasing and list(ratios.index[:2]) == ["SG2", "SG9"]

    def test_a_finding_does_not_depend_on_the_groups_picked(self, itut):
        every = throughput.rate_ratios(itut, period(None), throughput.study_groups(itut))
        picked = throughput.rate_ratios(itut, period(None), ["SG15", "SG20"])
        pd.testing.assert_frame_equal(picked, every[every["study_group"].isin(["SG15", "SG20"])].reset_index(drop=True))

    def test_clear_changes(self):
        table = texts(("SG1", 2018, 100), ("SG1", 2019, 100), ("SG1", 2020, 100), ("SG1", 2021, 20),
                      ("SG2", 2018, 10), ("SG2", 2019, 10), ("SG2", 2020, 10), ("SG2", 2021, 90),
                      ("SG3", 2018, 10), ("SG3", 2019, 10), ("SG3", 2020, 10), ("SG3", 2021, 8))  # fmt: skip
        ratios = throughput.rate_ratios(table, period(2021), ["SG1", "SG2", "SG3"])
        assert list(ratios["study_group"]) == ["SG2", "SG3", "SG1"] and list(ratios["clear"]) == [True, False, True]
        # whole years vary less than Poisson counts: the wide interval is the exact one
        assert list(ratios["wide_low"]) == list(ratios["low"]) and list(ratios["wide_high"]) == list(ratios["high"])

    def test_clear_only_after_the_correction(self):
        # 8 in 305 days against 23 in 365: exact p 0.039, of one group clear, of two groups not
        one = texts(("SG1", 2018, 23), ("SG1", 2019, 23), ("SG1", 2020, 23), ("SG1", 2021, 8))
        two = pd.concat([one, texts(("SG2", 2018, 9), ("SG2", 2019, 9), ("SG2", 2020, 9), ("SG2", 2021, 9))])
        p = 2 * stats.binomtest(8, 31, 305 / 670, "less").pvalue
        assert p == pytest.approx(0.0394, abs=1e-4)
        row = throughput.rate_ratios(one, period(2021), ["SG1"]).iloc[0]
        assert row["p"] == pytest.approx(p) and row["p_holm"] == row["p"] and row["clear"] and row["wide_high"] < 1
        row = throughput.rate_ratios(two, period(2021), ["SG1"]).iloc[0]
        assert row["p_holm"] == pytest.approx(2 * p) and not row["clear"] and row["wide_high"] < 1

    def test_one_whole_year_leaves_the_exact_interval(self):
        table = texts(("SG1", 2020, 100), ("SG1", 2021, 1))
        row = throughput.rate_ratios(table, period(2021), ["SG1"]).iloc[0]
        assert row["high"] < 1 and row[["wide_low", "wide_high", "p", "p_holm"]].isna().all() and not row["clear"]

    def test_equal_ratios_stand_in_the_reports_order(self):
        table = texts(*[(group, year, n) for group, n in (("SG9", 4), ("SG2", 7), ("SG5", 2)) for year in YEARS])
        ratios = throughput.rate_ratios(table, period(2020), ["SG2", "SG5", "SG9"])
        assert list(ratios["study_group"]) == ["SG9", "SG2", "SG5"] and list(ratios.columns) == throughput.RATIOS
        assert list(ratios.index) == [0, 1, 2] and list(ratios["ratio"]) == [1, 1, 1]

    def test_groups_without_a_row_in_a_year_are_left_out(self, itut):
        assert throughput.rate_ratios(itut[itut["year"] != 2020], period(2020), ["SG15"]).empty
        assert "TSAG" not in list(throughput.rate_ratios(itut, period(2020), ["TSAG", "SG3"])["study_group"])
        assert throughput.rate_ratios(itut, period(2019), ["SG3", "TSAG"]).empty

    @pytest.mark.parametrize("chosen", [period(2018), period(None, (2020,)), period(2020, (2018, 2020, 2021))])
    def test_without_a_year_before_there_is_no_row(self, itut, chosen):
        ratios = throughput.rate_ratios(itut, chosen, throughput.study_groups(itut))
        assert ratios.empty and list(ratios.columns) == throughput.RATIOS

    def test_exact_interval_known_from_tables(self):
        # 10 against 10: Clopper–Pearson for 10 of 20 is 0.27196 to 0.72804
        low, high = throughput.poisson_ratio(np.array([10]), np.array([10]))
        assert (low[0], high[0]) == (
            pytest.approx(0.27196 / 0.72804, rel=1e-4),
            pytest.approx(0.72804 / 0.27196, rel=1e-4),
        )

    def test_holm(self):
        # by hand: 0.01 × 4; 0.02 × 3; 0.03 × 2 is no less than that; 0.4 × 1
        assert list(throughput.holm(np.array([0.4, 0.01, 0.03, 0.02]))) == pytest.approx([0.4, 0.04, 0.06, 0.06])
        assert list(throughput.holm(np.array([0.9, 0.8]))) == [1, 1] and len(throughput.holm(np.array([]))) == 0


@pytest.mark.whole
@given(st.integers(1, 200), st.integers(1, 200))
def test_interval_is_scipys_and_mirrors(now, before):
    low, high = throughput.poisson_ratio(np.array([now]), np.array([before]))
    share = stats.binomtest(now, now + before).proportion_ci(method="exact")
    assert low[0] == pytest.approx(share.low / (1 - share.low)) and low[0] < now / before < high[0]
    assert high[0] == pytest.approx(share.high / (1 - share.high))
    back = throughput.poisson_ratio(np.array([before]), np.array([now]))
    assert (1 / low[0], 1 / high[0]) == (pytest.approx(back[1][0]), pytest.approx(back[0][0]))


@given(st.integers(1, 60), st.integers(1, 60), st.sampled_from([1.0, 365 / 305, 0.5]))
def test_p_is_twice_the_smaller_tail_and_inverts_the_interval(now, before, exposure):
    p = throughput.poisson_p(np.array([now]), np.array([before]), exposure)[0]
    share = 1 / (1 + exposure)
    tails = [stats.binomtest(now, now + before, share, alternative).pvalue for alternative in ("greater", "less")]
    assert p == pytest.approx(min(1, 2 * min(tails)), abs=1e-9)
    low, high = throughput.poisson_ratio(np.array([now]), np.array([before]))
    assert (p < 0.05) == bool(low[0] * exposure > 1 or high[0] * exposure < 1)


class TestItur:
    def test_sharing(self, itur):
        parties = throughput.itur_by_party(itur)
        # 3J prints 19, five of them (P.311-18, P.1144-11, P.2040-2, P.2108-1, P.2109-1) again elsewhere
        assert parties.set_index("working_party").loc["3J"].to_dict() == {
            "alone": 14, "several_rows": 5, "joint_row": 0, "total": 19}  # fmt: skip
        assert parties.set_index("working_party").loc["1B", "joint_row"] == 1
        assert list(parties["working_party"][:3]) == ["5B", "5C", "3J"] and parties["total"].is_monotonic_decreasing

    def test_totals(self, itur):
        assert throughput.itur_totals(itur) == {
            "entries": 176, "distinct": 159, "shared": 23, "new": 29, "repaired": 8, "party_counts": 205}  # fmt: skip

    def test_by_hand(self):
        rows = [
            ("A", "1A", "X.1-0", 0, False),
            ("A", "1A", "X.2-1", 1, True),
            ("B", "1B;1C", "X.3-0", 0, False),
            ("D", "1D", "X.2-1", 1, True),
            ("D", "1D", "X.3-0", 0, False),
            ("D", "1D", "X.4", pd.NA, False),
        ]
        names = ["row_label", "working_parties", "designation", "revision", "repaired"]
        table = pd.DataFrame(rows, columns=names).astype({"revision": "Int64", "repaired": "boolean"})
        table["working_parties"] = table["working_parties"].astype("string")
        # X.3-0 stands in a joint row and in 1D's: it is joint for the parties of the joint row
        assert throughput.itur_by_party(table).to_numpy().tolist() == [
            ["1D", 1, 2, 0, 3], ["1A", 1, 1, 0, 2], ["1B", 0, 0, 1, 1], ["1C", 0, 0, 1, 1]]  # fmt: skip
        assert throughput.itur_totals(table) == {
            "entries": 6, "distinct": 4, "shared": 2, "new": 2, "repaired": 2, "party_counts": 7}  # fmt: skip


@pytest.mark.parametrize("chosen", [period(2021), period(2018), period(None)])
@pytest.mark.parametrize("groups", [[], ["SG1"]])
def test_an_empty_table_has_the_columns_and_no_rows(itut, itur, chosen, groups):
    full = throughput.study_groups(itut)
    for made in (throughput.by_group, throughput.by_year, throughput.rate_ratios, throughput.group_years):
        frame = made(itut[:0], chosen, groups)
        assert frame.empty and list(frame.columns) == list(made(itut, chosen, full).columns)
    assert throughput.variation(throughput.group_years(itut[:0], chosen, groups)).empty
    assert list(throughput.concentration(itut[:0]).columns) == list(throughput.concentration(itut).columns)
    assert throughput.itur_by_party(itur[:0]).empty and set(throughput.itur_totals(itur[:0]).values()) == {0}


class TestSeries:
    def test_of_the_report(self, itut):
        pairs = throughput.by_series(itut, period(None), throughput.study_groups(itut))
        series = pairs[pairs["series"] == "X"]
        assert list(zip(series["study_group"], series["entries"], strict=True)) == [
            ("SG17", 107),
            ("SG11", 8),
            ("SG2", 2),
        ]
        assert set(series["series_entries"]) == {117} and pairs["entries"].sum() == len(itut)
        firsts = pairs.drop_duplicates("series")["series_entries"]
        assert firsts.is_monotonic_decreasing and firsts.sum() == len(itut)

    def test_designations_count_once_and_other_years_and_groups_not(self, itut):
        two = throughput.by_series(itut, period(2019), ["SG15", "SG17"])
        rows = itut[(itut["year"] == 2019) & itut["study_group"].isin(["SG15", "SG17"])]
        assert two["entries"].sum() == len(rows) and set(two["study_group"]) == {"SG15", "SG17"}
        whole = two.drop_duplicates("series").set_index("series")["series_designations"]
        assert dict(whole) == dict(rows.groupby("series")["designation"].nunique())

    def test_without_rows(self, itut):
        columns = ["series", "study_group", "entries", "designations", "series_entries", "series_designations"]
        assert list(throughput.by_series(itut.head(0), period(2019), []).columns) == columns
