"""Analyses against figures worked out by hand from the report."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import rounding
from helpers import selection as parameters
from helpers.analyses import gaps, targets
from helpers.analyses import throughput as standards
from helpers.selection import ParameterError, Period
from helpers.sentences import wording
from helpers.tables import load as data

YEARS = [2018, 2019, 2020, 2021, "all"]


@pytest.fixture(scope="module")
def itut(tables):
    return tables["itut_recommendations"]


def period(year):
    return parameters.period(year, range(2018, 2022), data.closes("itut_recommendations"))


class TestParameters:
    def test_partial_year(self):
        assert period(2021).fraction(2021) == 305 / 365 and period(2021).partial(2021)
        assert not period(2021).partial(2020) and period("ALL").year is None and period("2019").before == 2018
        assert period(2018).before is None and period("all").label == "2018–2021"

    @pytest.mark.parametrize("bad", [2017, "2107", "", "last", None, 2018.0, True, [2018]])
    def test_bad_years_name_the_good_ones(self, bad):
        with pytest.raises(ParameterError, match=r"2018, 2019, 2020, 2021 or 'all'"):
            period(bad)

    def test_members(self):
        assert parameters.members("g", [], ["a", "b"]) == ["a", "b"]
        assert parameters.members("g", "b", ["a", "b"]) == ["b"]
        assert parameters.members("g", ["b", "a"], ["a", "b"]) == ["a", "b"]
        with pytest.raises(ParameterError, match="g: unknown c; allowed are a, b"):
            parameters.members("g", ["c"], ["a", "b"])
        with pytest.raises(ParameterError, match="no list of names"):
            parameters.members("g", 3, ["a"])

    def test_flag_folder_baseline(self, tmp_path):
        assert (
            parameters.flag("f", True) and parameters.folder("d", "") is None and parameters.folder("d", str(tmp_path))
        )
        assert (
            parameters.baseline("b", 0, period(2021)) is None and parameters.baseline("b", 2019, period(2021)) == 2019
        )
        for call in (
            lambda: parameters.flag("f", 1),
            lambda: parameters.folder("d", "/no/such"),
            lambda: parameters.baseline("b", 2022, period(2021)),
        ):
            with pytest.raises(ParameterError):
                call()


class TestStandards:
    def test_sg15_in_2021(self, itut):
        row = standards.by_group(itut, period(2021), ["SG15"]).iloc[0]
        # counted in the printed cell: 18 new or revised, 18 Amendments, 3 Corrigenda; G.798 stands twice
        assert list(row[["recommendation", "amendment", "corrigendum", "entries", "designations"]]) == [
            18,
            18,
            3,
            39,
            38,
        ]

    def test_years_and_annual_rate(self, itut):
        years = standards.by_year(itut, period(2021), standards.study_groups(itut)).set_index("year")
        assert list(years["entries"]) == [314, 277, 316, 189]
        assert years.loc[2021, "annual_rate"] == pytest.approx(189 * 365 / 305) and list(years["partial"]) == [
            False
        ] * 3 + [True]

    def test_a_missing_row_is_missing_and_not_zero(self, itut):
        grid = standards.group_years(itut, period(2021), ["SG3", "TSAG"]).set_index(["study_group", "year"])["entries"]
        assert pd.isna(grid["SG3", 2018]) and grid["TSAG", 2019] == 4 and grid["SG3", 2019] == 3

    def test_rate_ratio_of_sg17(self, itut):
        row = standards.rate_ratios(itut, period(2021), ["SG17"]).iloc[0]
        assert (
            row["ratio"] == pytest.approx(50 / 42 * 365 / 305)
            and row["low"] < row["ratio"] < row["high"]
            and not row["clear"]
        )

    def test_exact_interval_known_from_tables(self):
        # 10 against 10: Clopper-Pearson for 10 of 20 is 0.27196 to 0.72804
        low, high = standards.poisson_ratio(10, 10)
        assert (low, high) == (pytest.approx(0.27196 / 0.72804, rel=1e-4), pytest.approx(0.72804 / 0.27196, rel=1e-4))

    @given(st.integers(1, 200), st.integers(1, 200))
    def test_interval_holds_the_ratio_and_mirrors(self, now, before):
        low, high = standards.poisson_ratio(now, before)
        assert low < now / before < high
        back = standards.poisson_ratio(before, now)
        assert (1 / low, 1 / high) == (pytest.approx(back[1]), pytest.approx(back[0]))

    def test_concentration(self, itut):
        row = standards.concentration(itut, standards.study_groups(itut)).set_index("year").loc[2021]
        counts = [7, 3, 12, 7, 8, 14, 17, 39, 25, 50, 7]
        assert row["hhi"] == pytest.approx(sum((c / 189) ** 2 for c in counts)) and row["top_share"] == pytest.approx(
            114 / 189
        )
        assert row["groups"] == 11 and row["top_groups"] == "SG17, SG15 and SG16"

    def test_itur_sharing(self, tables):
        itur = tables["itur_recommendations"]
        parties = standards.itur_by_party(itur).set_index("working_party")
        assert parties.loc["1B", "total"] == 1 and parties.loc["1B", "joint_row"] == 1
        # 3J prints 19, five of them (P.311-18, P.1144-11, P.2040-2, P.2108-1, P.2109-1) again elsewhere
        assert list(parties.loc["3J", ["alone", "several_rows", "total"]]) == [14, 5, 19]
        totals = standards.itur_totals(itur)
        assert (
            totals["entries"] == 176 and totals["repaired"] == 8 and totals["distinct"] == itur["designation"].nunique()
        )

    @pytest.mark.parametrize("year", YEARS)
    def test_sentences_follow_the_data(self, itut, year):
        said = " ".join(standards.headline(itut, period(year), standards.study_groups(itut)))
        assert ("(until 1 November 2021)" in said) == (year in (2021, "all"))
        assert ("down" in said) == (year in (2019, 2021)) and (" up " in said) == (year == 2020)
        assert ("first year of the table" in said) == (year == 2018)


class TestTargets:
    @pytest.fixture
    def rows(self, tables):
        return targets.progress(tables["targets"], tables["observations"], 2021).set_index("target_id")

    def test_all_24_have_a_figure_or_a_reason(self, rows):
        assert len(rows) == 24
        assert all(
            (row["value"] == row["value"] and row["value"] is not None) or row["note"] for _, row in rows.iterrows()
        )

    @pytest.mark.parametrize(
        ("target", "value", "year", "aim"),
        [("1.2", 63, 2021, 70), ("2.4", 27, 2021, 30), ("2.7", 95, 2021, 96), ("3.2", 17.4, 2019, 30), ("4.1", 74, 2020, 193),
         ("3.5", 25, 2020, 100), ("2.8", 0.92, 2020, 0.98)],
    )  # fmt: skip
    def test_latest_figures(self, rows, target, value, year, aim):
        assert (rows.loc[target, "value"], rows.loc[target, "year"], rows.loc[target, "aim"]) == (value, year, aim)

    def test_cirt_has_a_figure_and_no_value_to_reach(self, rows):
        assert rows.loc["3.1", "value"] == 60.82 and rows.loc["3.1", "state"] == "measured, no value to reach"
        assert rows.loc["3.5", "qualifier"] == "less_than"

    def test_pace_of_internet_use(self, rows):
        row = rows.loc["1.2"]
        observed, required = math.sqrt(63 / 54) - 1, (70 / 54) ** 0.25 - 1
        assert (
            row["ratio"] == pytest.approx(observed / required)
            and row["state"] == "significant progress"
            and row["certain"]
        )

    def test_other_classes(self, rows):
        assert rows.loc["3.2", "state"] == "moving away" and rows.loc["4.1", "state"] == "insufficient progress"
        assert rows.loc["2.8", "state"] == "moderate progress" and not rows.loc["2.8", "certain"]
        assert rows.loc["2.4", "state"] == "distance only" and rows.loc["2.4", "distance"] == 3

    @pytest.mark.parametrize(
        ("ratio", "state"), [(1, 0), (0.95, 0), (0.949, 1), (0.6, 1), (0.599, 2), (0, 2), (-0.01, 3)]
    )
    def test_eurostat_classes(self, ratio, state):
        assert targets.classify(ratio) == targets.CLASSES[state]

    def test_baseline_moves_the_first_figure(self, tables):
        rows = targets.progress(tables["targets"], tables["observations"], 2021, 2020).set_index("target_id")
        assert rows.loc["1.2", "state"] == "distance only"

    @pytest.mark.parametrize("until", [2017, 2018, 2019, 2020, 2021])
    def test_no_figure_from_the_future(self, tables, until):
        rows = targets.progress(tables["targets"], tables["observations"], until)
        assert not (rows["year"].dropna().astype(int) > until).any()
        assert targets.headline(rows, Period((until,), until))


class TestGaps:
    @pytest.fixture
    def women(self, tables):
        return gaps.gender(tables["observations"]).set_index(["geography", "year"])

    def test_world(self, women):
        row = women.loc[("World", 2020)]
        assert row["score"] == pytest.approx(57 / 62) and row["gap"] == 5 and row["agrees"]
        assert (row["low"], row["high"]) == (pytest.approx(56.5 / 62.5), pytest.approx(57.5 / 61.5))
        assert row["relative_gap"] == pytest.approx(5 / 62) and row["class"] == "women behind" and row["certain"]

    def test_ldc_side_is_derived_with_its_interval(self, women):
        row = women.loc[("LDCs", 2020)]
        assert (row["female"], row["male"], row["derived"]) == (19, 31, "male")
        # share and gap are both rounded: 18.5 ÷ (18.5 + 12.5) to 19.5 ÷ (19.5 + 11.5)
        assert (row["low"], row["high"]) == (pytest.approx(18.5 / 31), pytest.approx(19.5 / 31))
        assert (row["gap_low"], row["gap_high"]) == (11.5, 12.5)

    def test_every_geography_of_the_report(self, women):
        names = {name for name, year in women.index if year == 2020}
        assert names == {
            "World",
            "LDCs",
            "LLDCs",
            "Africa",
            "Arab States",
            "Developed countries",
            "Americas",
            "CIS",
            "SIDS",
            "Europe",
        }
        assert women.loc[("Americas", 2020), "class"] == "parity" and women.loc[("CIS", 2020), "class"] == "near parity"
        assert women.loc[("World", 2018), "basis"] == "parity score only"

    @pytest.mark.parametrize(
        ("year", "said"),
        [
            (2018, "Of one geography only, the world, the report gives a class: women behind"),
            (2020, "Two geographies of 10 reached parity; classes hold for certain"),
            ("all", "Two geographies of 10 reached parity; classes hold for certain"),  # the world has two years
        ],
    )
    def test_title_counts_geographies_and_not_years(self, tables, year, said):
        observations = tables["observations"]
        rows = gaps.gender_of(observations, period(year), gaps.geographies(observations))
        assert gaps.parity_title(rows) == said

    def test_key_figures_carry_rounding(self, tables):
        observations = tables["observations"]
        places = gaps.geographies(observations)
        women, young = (of(observations, period(2020), places) for of in (gaps.gender_of, gaps.youth_of))
        shown = gaps.key_figures(women, young).set_index("what")
        assert shown.loc["gender parity score, world, 2020", "change"] == "report: 0.92; rounding allows 0.904–0.935"
        assert shown.loc["widest gap, percentage points", "now"] == "12"

    def test_youth(self, tables):
        rows = gaps.youth(tables["observations"]).set_index("geography")
        assert rows.loc["World", "ratio"] == pytest.approx(71 / 57) and rows.loc["World", "agrees"]
        assert rows.loc["LDCs", "low"] == pytest.approx(33.5 / 22.5) and rows.loc["LDCs", "printed_ratio"] == 1.53
        assert rows.loc["Africa", "ratio"] == 1.47 and rows.loc["Africa", "basis"] == "ratio only"

    def test_phones(self, tables):
        rows = gaps.phones(tables["observations"]).set_index("balance")["countries"]
        assert dict(rows) == {"gender parity": 30, "more women than men": 10, "fewer women than men": 21}

    @pytest.mark.parametrize(
        ("score", "name"),
        [(0.98, "parity"), (1.02, "parity"), (1.021, "men behind"), (0.979, "near parity"), (0.949, "women behind")],
    )
    def test_classes(self, score, name):
        assert gaps.classify(score) == name

    @pytest.mark.parametrize("year", YEARS)
    def test_years_without_figures_say_so(self, tables, year):
        observations = tables["observations"]
        said = " ".join(gaps.headline(observations, period(year), gaps.geographies(observations)))
        assert ("no figures by sex or age" in said) == (year in (2019, 2021))


class TestRoundingAndWording:
    def test_half_digits(self):
        assert [rounding.half_digit(v) for v in (54, 60.82, 17.4, 3420)] == [0.5, 0.005, 0.05, 0.5]

    @given(st.integers(1, 99), st.integers(1, 99))
    def test_ratio_interval_holds_the_ratio(self, above, below):
        low, high = rounding.ratio(above, below)
        assert low < above / below < high

    def test_words(self):
        assert (
            wording.change(112, 100) == "up 12 %"
            and wording.change(97, 100) == "down 3 %"
            and wording.change(5, 5) == "unchanged"
        )
        assert wording.change(5, pd.NA) == "no change can be given"
        assert wording.direction(8, 5) == "rose from 5 to 8" and wording.direction(5, 5) == "stayed at 5"
        assert (
            wording.number(1174) == "1,174"
            and wording.number(17.4) == "17.4"
            and wording.number(float("nan")) == "not reported"
        )
        assert (
            wording.listing(["a"]) == "a"
            and wording.listing(["a", "b", "c"]) == "a, b and c"
            and wording.listing([]) == "none"
        )
        assert wording.count(1, "group") == "one group" and wording.count(12, "group") == "12 groups"
        assert wording.qualified(4000, "over") == "over 4,000"
