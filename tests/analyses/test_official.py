"""Official figures: what is worked out of them, by hand, and the cells it is said to come from."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from helpers.analyses import official
from helpers.period import Period
from tests.analyses import official_rows as small
from tests.analyses.official_rows import USE
from tests.analyses.test_targets import asked, stated


@pytest.fixture(scope="module")
def real(published):
    return published.figures


def one(frame, indicator, geography="World", year=2023, **more):
    """The one row that fits."""
    fits = (frame["indicator"] == indicator) & (frame["geography"] == geography) & (frame["year"] == year)
    for column, value in ({"sex": "_T", "age": "_T", "location": "_T"} | more).items():
        fits &= frame[column] == value
    (row,) = frame[fits].to_dict("records")
    return row


class TestTheWorkbooks:
    """Figures worked out of cells that were typed in by hand."""

    @pytest.mark.whole
    def test_parity_is_women_by_men(self, real):
        row = one(real, "gender_parity_score", source="itu-key-2024-11")
        assert row["value"] == pytest.approx(63.0 / 67.7) and row["place"] == "By gender!M8 ÷ By gender!T8"
        assert row["made"] == "derived"
        assert one(real, "phone_parity_score")["value"] == pytest.approx(75.5 / 81.7)
        assert one(real, "gender_gap", "LDCs", 2020)["value"] == pytest.approx(29.5 - 20.7)

    def test_income_groups_together_are_weighted_by_their_people(self, real):
        row = one(real, USE, official.LOW_AND_MIDDLE)
        people = 179.8 / 0.244 + 1583.4 / 0.509 + 2221.0 / 0.785  # million, users by share
        assert row["value"] == pytest.approx(100 * (179.8 + 1583.4 + 2221.0) / people)
        assert row["value"] == pytest.approx(59.67, abs=0.005) and row["made"] == "group"
        assert row["place"].count("By dvpmnt status and spec. reg.!") == 6

    def test_prices(self, real):
        gap = one(real, "mobile_data_price_gap", official.BOTH, panel="2008-2023")
        assert gap["value"] == pytest.approx(1.695607 - 0.400911, abs=1e-5)
        assert gap["place"] == "medians_2008-2023!V31 − medians_2008-2023!V30"
        ratio = one(real, "fixed_broadband_price_ratio", official.BOTH, panel="2008-2023")
        assert ratio["value"] == pytest.approx(4.298771 / 0.971367, rel=1e-5)

    def test_a_constant_panel(self, real):
        row = one(real, "mobile_data_price", made="panel")
        assert (row["value"], row["economies"], row["panel"]) == (pytest.approx(1.205), 174, "2017-2023")
        assert row["place"] == "economies_2008-2023!Z"
        assert one(real, "fixed_broadband_price", "LDCs", made="panel")["economies"] == 27

    def test_counts_of_economies(self, real):
        assert one(real, "economies_short_of_mobile_price_target", year=2020, unit="economies")["value"] == 84
        assert one(real, "economies_within_fixed_price_target", "LDCs", 2020)["value"] == 1
        within = one(real, "mobile_data_price_within_3", official.LOW_AND_MIDDLE)
        assert (within["value"], within["economies"]) == (pytest.approx(100 * 78 / 130), 130)


class TestSmallTables:
    @pytest.mark.whole
    def test_nothing_of_nothing(self):
        frame = small.figures()
        assert frame.empty and list(frame.columns) == official.COLUMNS
        assert frame.dtypes.equals(small.figures(small.series((USE, 2020, 50))).dtypes)

    @pytest.mark.whole
    def test_two_figures_of_different_editions_or_years_make_nothing(self):
        rows = small.series(
            (USE, 2020, 50, {"sex": "F"}), (USE, 2020, 60, {"sex": "M", "source": "old"}), (USE, 2021, 60, {"sex": "M"})
        )
        assert set(small.figures(rows)["indicator"]) == {USE, "share_offline"}

    @pytest.mark.whole
    def test_no_ratio_to_zero(self):
        rows = small.series((USE, 2020, 5, {"sex": "F"}), (USE, 2020, 0, {"sex": "M"}))
        assert pd.isna(one(small.figures(rows), "gender_parity_score", year=2020)["value"])

    @pytest.mark.whole
    def test_sums_and_the_rest(self):
        rows = small.series(
            ("mobile_broadband_subscriptions", 2020, 60, {"unit": "million subscriptions"}),
            ("fixed_broadband_subscriptions", 2020, 12, {"unit": "million subscriptions"}),
            ("internet_users", 2020, 50, {"unit": "million people"}), (USE, 2020, 40),
            ("mobile_broadband_coverage", 2020, 91),
        )  # fmt: skip
        frame = small.figures(rows)
        both = one(frame, "broadband_subscriptions", year=2020)
        assert (both["value"], both["unit"], both["place"]) == (72, "million subscriptions", "S!A1 + S!A2")
        assert one(frame, "people_offline", year=2020)["value"] == pytest.approx(75)  # 125 million people, 50 online
        out = one(frame, "population_without_coverage", year=2020)
        assert (out["value"], out["place"]) == (9, "100 − S!A5")

    @pytest.mark.whole
    def test_a_figure_that_stands_in_several_cells_is_worked_out_of_the_first(self):
        rows = small.series((USE, 2020, 40, {"place": "S!B1; T!C3"}))
        assert one(small.figures(rows), "share_offline", year=2020)["place"] == "100 − S!B1"

    @pytest.mark.whole
    def test_groups_together_need_every_class(self):
        rows = [
            (name, 2020, value, {"geography": where, "unit": unit})
            for where in official.CLASSES[:2]
            for name, value, unit in ((USE, 50, "percent"), ("internet_users", 10, "million people"))
        ]
        assert official.LOW_AND_MIDDLE not in set(small.figures(small.series(*rows))["geography"])

    def test_panel_leaves_out_who_lacks_a_year(self):
        priced = small.prices(
            *(("AAA", "mobile_data_price", year, 2.0) for year in (2020, 2021)),
            *(("BBB", "mobile_data_price", year, price) for year, price in ((2020, 4.0), (2021, 3.0))),
            ("CCC", "mobile_data_price", 2021, 90.0), ("BBB", "fixed_broadband_price", 2021, 9.0),
        )  # fmt: skip
        known = small.economies(AAA="High income", BBB_ldc="Low income", CCC="Low income")
        frame = official.panel(priced, known, 2020, 2021)
        said = {(r["geography"], r["year"]): (r["value"], r["economies"], r["place"]) for r in frame.to_dict("records")}
        assert said[("World", 2020)] == (3.0, 2, "P!A") and said[("World", 2021)] == (2.5, 2, "P!B")
        assert said[(official.LOW_AND_MIDDLE, 2021)] == (3.0, 1, "P!B") == said[("LDCs", 2021)]
        assert set(frame["panel"]) == {"2020-2021"} and set(frame["indicator"]) == {"mobile_data_price"}

    def test_an_economy_is_least_developed_where_the_source_says_so(self):
        known = small.economies(AAA_ldc="Low income", BBB="Low income", CCC="High income")
        known["ldc"] = known["ldc"].astype("boolean").mask(known["iso3"] == "BBB")
        found = official.members(known).groupby("group")["economy"].agg(list).to_dict()
        assert found["LDCs"] == ["AAA"] and found[official.LOW_AND_MIDDLE] == ["AAA", "BBB"]
        assert found["World"] == ["AAA", "BBB", "CCC"] and found[official.HIGH] == ["CCC"]

    @pytest.mark.whole
    def test_a_price_at_the_target_is_short_of_it_and_one_at_a_limit_within(self):
        priced = small.prices(
            ("AAA", "mobile_data_price", 2020, 2.0), ("BBB", "mobile_data_price", 2020, 1.9),
            ("CCC", "mobile_data_price", 2020, 3.0), ("DDD", "mobile_data_price", 2020, 3.1),
        )  # fmt: skip
        known = small.economies(AAA="Low income", BBB="Low income", CCC="Low income", DDD="Low income")
        frame = small.figures(priced=priced, known=known, limits=[3.0])
        short = "economies_short_of_mobile_price_target"
        assert one(frame, short, year=2020, unit="economies")["value"] == 3
        assert one(frame, short, year=2020, unit="percent")["value"] == 75
        assert one(frame, "mobile_data_price_within_3", year=2020)["value"] == 75


class TestSeries:
    def test_order_of_years_then_newest_edition(self):
        rows = small.series((USE, 2020, 50), (USE, 2019, 40), (USE, 2020, 51, {"source": "old"}))
        found = small.known(rows, (USE, 2020, 49.0)).of(USE, "World")
        assert [(p.year, p.source, p.value) for p in found] == [
            (2019, "new", 40), (2020, "new", 50), (2020, "report", 49), (2020, "old", 51)
        ]  # fmt: skip
        assert found[2].place == "3, line 101" and small.known(rows).of(USE, "Mars") == []

    def test_revisions_go_from_the_earlier_edition_to_the_later(self):
        series = small.known(
            small.series((USE, 2020, 50), (USE, 2020, 52, {"source": "old"}), (USE, 2019, 1)), (USE, 2019, 3)
        )
        assert sorted(series.revisions(series.of(USE, "World"), "percent")) == [(2019, -2), (2020, -2)]
        assert series.revisions(series.of(USE, "World"), "ratio") == []

    def test_medians_of_other_panels_are_no_revisions(self):
        rows = small.series((USE, 2020, 50), (USE, 2020, 52, {"source": "old", "panel": "2008-2020"}))
        series = small.known(rows)
        assert series.revisions(series.of(USE, "World"), "percent") == []

    def test_a_group_beside_its_proxy(self):
        there = {"geography": "Developing countries", "source": "old"}
        rows = small.series(
            (USE, 2018, 44, there), (USE, 2019, 47, there), (USE, 2018, 40), (USE, 2019, 45), (USE, 2020, 50)
        )
        assert small.known(rows).beside(USE, "World", "Developing countries") == [(2019, 2)]
        assert small.known(rows).beside(USE, "World", "World") == []


class Chosen:
    """What `official.read` asks of a selection, with tables of our own."""

    period = Period((2018, 2019), 2018)
    edition = SimpleNamespace(last_month="2022-06")

    def __init__(self, wanted, *observed, **published):
        self.table = {"targets": wanted, "observations": stated(*observed)}.__getitem__
        empty = {"series": small.SERIES, "single_figures": small.SINGLE, "prices": small.PRICES}
        self.published = (empty | {"economies": small.ECONOMIES, "sources": small.EDITIONS} | published).__getitem__


@pytest.mark.whole
def test_read_takes_years_and_limits_from_the_targets():
    wanted = asked(("1.1", "reduce_by", 25, "percent", 2020), ("1.2", "at_most", 3, "percent", None))
    priced = small.prices(*(("AAA", "mobile_data_price", year, 2.5) for year in range(2018, 2024)))
    known = small.economies(AAA="Low income")
    series = official.read(Chosen(wanted, prices=priced, economies=known))
    assert set(series.figures.loc[series.figures["made"] == "panel", "panel"]) == {"2020-2023"}
    assert "mobile_data_price_within_3" in set(series.figures["indicator"]) and series.written == "2022-06"
    bare = official.read(Chosen(wanted.head(0), prices=priced, economies=known)).figures
    assert set(bare["panel"]) == {"2018-2019", ""} and not bare["indicator"].str.contains("_within_3").any()


@pytest.mark.whole
def test_the_horizon_is_the_last_year_of_any_figure():
    made = small.series((USE, 2024, 50))
    assert official.read(Chosen(asked(), series=made)).horizon == 2024
    assert official.read(Chosen(asked(), (USE, 2030, 60), series=made)).horizon == 2030
    assert official.read(Chosen(asked())).horizon == 0


def test_the_newest_edition_comes_first_and_an_undated_one_last():
    dated = official.dates(small.sources(old="2019", new="2024-11", undated=None))
    rows = pd.DataFrame({"source": ["undated", "old", "new", "lost", "old", "new"], "n": range(6)}, index=[1] * 6)
    assert official.newest_first(rows, dated)["n"].tolist() == [2, 5, 1, 4, 0, 3]
    assert official.newest_first(rows.head(0), dated).empty
