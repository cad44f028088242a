"""Target progress: the edition's figures, and small tables worked out by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from helpers.analyses import targets
from helpers.tables import editions, load
from helpers.tables.editions import DataError

USE = "individuals_using_internet"
TARGETS, OBSERVATIONS = load.table("targets").head(0), load.table("observations").head(0)


def asked(*rows):
    """Targets of (target_id, comparator, value, unit, baseline_year); deadline 2023, lines from 1."""
    made = [
        {
            "goal": "Growth", "target_id": name, "label": f"Target {name}", "comparator": how, "value": value,
            "unit": unit, "geography": "World", "baseline_year": since, "deadline": 2023, "section": "3.1",
            "line": line,
        }
        for line, (name, how, value, unit, since) in enumerate(rows, 1)
    ]  # fmt: skip
    return pd.DataFrame(made, columns=list(TARGETS.columns)).astype(TARGETS.dtypes)


def stated(*rows):
    """Observations of (indicator, year, value) and keywords; lines from 101."""
    base = {
        "topic": "use", "geography": "World", "sex": "_T", "age": "_T", "qualifier": "exact", "unit": "percent",
        "section": "3",
    }  # fmt: skip
    made = [
        {**base, "indicator": name, "year": year, "value": value, "line": line, **dict(*rest)}
        for line, (name, year, value, *rest) in enumerate(rows, 101)
    ]
    return pd.DataFrame(made, columns=list(OBSERVATIONS.columns)).astype(OBSERVATIONS.dtypes)


def one(how, value, points, asks="percent", until=2021, baseline=None, since=None, **measure):
    """The row of one target that is measured by `points` of (year, value)."""
    rules = {"1.1": {"indicator": USE, **measure}}
    observations = stated(*[(USE, *point) for point in points])
    frame = targets.progress(asked(("1.1", how, value, asks, since)), observations, rules, until, baseline)
    return targets.rows(frame)[0]


@pytest.fixture(scope="module")
def rows(tables):
    rules = editions.edition().rules("measures")
    return targets.progress(tables["targets"], tables["observations"], rules, 2021).set_index("target_id", drop=False)


class TestTheReport:
    def test_all_24_have_a_figure_or_a_reason(self, rows):
        assert len(rows) == 24 and list(rows.columns) == list(targets.Row._fields)
        assert (rows["value"].notna() | (rows["reason"] != "")).all()
        assert (rows["reason"] == targets.CHART_LOST).sum() == 11

    @pytest.mark.parametrize(
        ("target", "value", "year", "aim", "reached"),
        [("1.2", 63, 2021, 70, 63 / 70), ("2.4", 27, 2021, 30, 0.9), ("2.7", 95, 2021, 96, 95 / 96),
         ("3.2", 17.4, 2019, 30, 0.58), ("4.1", 74, 2020, 193, 74 / 193), ("3.5", 25, 2020, 100, 0.25),
         ("2.8", 0.92, 2020, 0.98, 0.92 / 0.98)],
    )  # fmt: skip
    def test_latest_figures(self, rows, target, value, year, aim, reached):
        row = rows.loc[target]
        assert (row["value"], row["year"], row["aim"]) == (value, year, aim) and not row["met"]
        assert row["reached"] == pytest.approx(reached) and row["distance"] == pytest.approx(aim - value)

    def test_a_figure_without_a_value_to_reach(self, rows):
        row = rows.loc["3.1"]
        assert (row["value"], row["state"], row["reason"]) == (60.82, "measured, no value to reach", targets.NO_AIM)
        assert rows.loc["3.5", "qualifier"] == "less_than" and rows["at_most"].sum() == 1

    def test_pace_of_internet_use(self, rows):
        row = rows.loc["1.2"]
        observed, required = math.sqrt(63 / 54) - 1, (70 / 54) ** 0.25 - 1
        assert (row["observed"], row["required"]) == (pytest.approx(observed), pytest.approx(required))
        assert row["ratio"] == pytest.approx(observed / required)
        # slowest: 54.5 → 62.5, fastest: 53.5 → 63.5, both ends of the base in the required rate, too
        assert row["ratio_low"] == pytest.approx((math.sqrt(62.5 / 54.5) - 1) / ((70 / 54.5) ** 0.25 - 1))
        assert row["ratio_high"] == pytest.approx((math.sqrt(63.5 / 53.5) - 1) / ((70 / 53.5) ** 0.25 - 1))
        assert row["state"] == "significant progress" and row["holds"]

    def test_other_classes(self, rows):
        states = rows["state"]
        assert (states["3.2"], states["4.1"]) == ("moving away", "insufficient progress")
        assert (states["2.8"], states["2.4"], states["1.1"]) == ("moderate progress", "distance only", "no data")
        assert not rows.loc["2.8", "holds"] and pd.isna(rows.loc["2.4", "holds"])
        # countries are counted, so nothing is rounded
        assert rows.loc["4.1", "ratio_low"] == rows.loc["4.1", "ratio_high"] == rows.loc["4.1", "ratio"]

    @pytest.mark.parametrize("until", [2015, 2017, 2018, 2019, 2020, 2021])
    def test_no_figure_from_the_future(self, tables, until):
        rules = editions.edition().rules("measures")
        rows = targets.progress(tables["targets"], tables["observations"], rules, until)
        assert not (rows["year"].dropna() > until).any()
        assert rows["value"].notna().sum() == {2015: 0, 2017: 1, 2018: 2, 2019: 5, 2020: 6, 2021: 8}[until]

    def test_orders(self, rows):
        frame = rows.reset_index(drop=True)
        assert list(targets.measured(frame)["target_id"]) == ["2.7", "2.8", "1.2", "2.4", "3.2", "4.1", "3.5"]
        assert list(targets.rated(frame)["target_id"]) == ["1.2", "2.8", "4.1", "3.2"]
        counted = targets.summary(frame).set_index("state")
        assert counted.loc["distance only", "ids"] == "2.4, 2.7, 3.5" and counted["targets"].sum() == 24
        assert list(counted.index) == targets.STATES

    def test_a_target_in_words_has_no_unit(self):
        rules = {"1.1": {"reason": "in words"}}
        frame = targets.progress(asked(("1.1", "qualitative", None, None, None)), stated(), rules, 2021)
        assert frame["unit"].tolist() == [""] and frame["asked"].isna().all()

    def test_lost_charts_are_those_whose_caption_names_a_target(self, tables):
        lost = targets.lost_charts(tables["figures_lost"])
        assert len(lost) == 16 and lost["caption"].iloc[0] == "Targets 1.1, 2.1, 2.2"
        assert list(lost.columns) == list(tables["figures_lost"].columns) and list(lost.index) == list(range(16))
        assert targets.lost_charts(tables["figures_lost"].head(0)).empty


@pytest.mark.parametrize(
    ("ratio", "state"), [(1, 0), (0.95, 0), (0.9499, 1), (0.6, 1), (0.5999, 2), (0, 2), (-0.001, 3)]
)
def test_eurostat_classes(ratio, state):
    assert targets.classify(ratio) == targets.CLASSES[state]


@pytest.mark.parametrize(
    ("start", "end", "years", "rate"),
    [(100, 121, 2, 0.1), (50, 50, 3, 0), (8, 1, 3, -0.5), (5, 0, 2, -1), (2, 3, 1, 0.5)],
)
def test_growth(start, end, years, rate):
    assert targets.growth(start, end, years) == pytest.approx(rate)


class TestAims:
    @pytest.mark.parametrize(("how", "unit", "aim"), [("at_least", "percent of people", 60), ("at_most", "percent", 60),
                                                      ("all", "percent of countries", 60)])  # fmt: skip
    def test_the_printed_value_in_the_same_unit(self, how, unit, aim):
        assert one(how, 60, [(2020, 30)], unit).aim == aim

    @pytest.mark.parametrize(("unit", "measured"), [("percent of countries", "countries"), ("USD", "percent")])
    def test_no_aim_in_another_unit(self, unit, measured):
        row = one("at_least", 60, [(2020, 30)], unit, unit=measured)
        assert pd.isna(row.aim) and (row.state, row.reason) == ("measured, no value to reach", targets.NO_AIM)

    def test_changes_count_from_the_first_figure(self):
        points = [(2018, 40), (2019, 44), (2021, 50)]
        assert one("increase_by", 25, points).aim == pytest.approx(50)
        assert one("increase_by", 25, points, baseline=2019).aim == pytest.approx(55)
        assert one("reduce_by", 25, points).aim == pytest.approx(30)

    def test_changes_count_from_the_year_that_the_target_names(self):
        points = [(2017, 40), (2019, 44), (2021, 50)]
        assert one("increase_by", 50, points, since=2019, baseline=2020).aim == pytest.approx(66)
        assert pd.isna(one("reduce_by", 50, points, since=2018).aim)

    def test_an_aim_that_is_an_observation(self):
        states = [("states", 2019, 190), ("states", 2022, 193), ("states", 2023, 50, {"breakdown": "met"}),
                  ("states", 2023, 40, {"geography": "LDCs"})]  # fmt: skip
        observations = stated((USE, 2020, 90), *states)
        table = asked(("1.1", "all", 100, "percent of countries", None))
        aims = [{}, {"breakdown": "met"}, {"geography": "LDCs"}, {"geography": "SIDS"}]
        rules = [
            {"1.1": {"indicator": USE, "unit": "countries", "aim": {"indicator": "states", **aim}}} for aim in aims
        ]
        found = [targets.progress(table, observations, rule, 2021)["aim"].iloc[0] for rule in rules]
        assert found[:3] == [193, 50, 40] and pd.isna(found[3])

    def test_a_target_in_words_has_none(self):
        assert pd.isna(one("qualitative", None, [(2020, 30)], None).aim)


class TestDistance:
    @pytest.mark.parametrize(
        ("how", "value", "word", "met", "reached", "at_most"),
        [
            ("at_least", 40, "exact", True, 1, False),
            ("at_least", 39.9, "exact", False, 39.9 / 40, False),
            ("at_least", 50, "over", True, 1.25, False),
            ("at_least", 40, "less_than", False, 1, True),
            ("at_least", 40, "up_to", False, 1, True),
            ("at_least", 40, "almost", False, 1, False),
            ("at_least", 40, "about", False, 1, False),
            ("all", 40, "exact", True, 1, False),
            ("at_most", 40, "exact", True, 1, False),
            ("at_most", 50, "exact", False, 0.8, False),
            ("at_most", 40, "over", False, 1, True),
            ("at_most", 40, "about", False, 1, False),
            ("at_most", 40, "less_than", True, 1, False),
            ("at_most", 0, "exact", True, 1, False),
        ],
    )
    def test_reached_and_met(self, how, value, word, met, reached, at_most):
        row = one(how, 40, [(2020, value, {"qualifier": word})])
        assert (row.met, row.at_most, row.distance) == (met, at_most, pytest.approx(40 - value))
        assert row.reached == pytest.approx(reached) and row.state == "distance only" and row.reason == ""

    def test_an_aim_of_nothing(self):
        assert one("at_most", 0, [(2020, 4)]).reached == 0 and not one("at_most", 0, [(2020, 4)]).met
        assert one("at_least", 0, [(2020, 4)]).reached == 1

    def test_binary_sums_do_not_miss_the_aim(self):
        assert one("increase_by", 30, [(2019, 17.4), (2020, 22.62)]).met


class TestPace:
    def test_falling(self):
        # 3.2 → 2.88 in two years, 2 wanted after six: −5.1 % against −7.5 % a year
        row = one("at_most", 2, [(2017, 3.2), (2019, 2.88)])
        observed, required = 0.9**0.5 - 1, (2 / 3.2) ** (1 / 6) - 1
        assert row.ratio == pytest.approx(observed / required) and row.state == "moderate progress"
        assert row.ratio_low == pytest.approx(((2.885 / 3.15) ** 0.5 - 1) / ((2 / 3.15) ** (1 / 6) - 1))
        assert row.ratio_high == pytest.approx(((2.875 / 3.25) ** 0.5 - 1) / ((2 / 3.25) ** (1 / 6) - 1))
        assert not row.holds  # 0.57 to 0.78
        assert one("at_most", 2, [(2017, 3.2), (2019, 3.6)]).state == "moving away"

    def test_the_figures_between_are_not_used_and_years_need_not_be_in_order(self):
        straight, bent = [(2019, 54), (2021, 63)], [(2021, 63), (2020, 10), (2019, 54), (2019, 99)]
        assert one("at_least", 70, straight).ratio == one("at_least", 70, bent).ratio
        assert one("at_least", 70, bent).base_value == 54 and one("at_least", 70, bent).base_year == 2019

    def test_a_baseline_moves_the_first_figure(self):
        points = [(2018, 50), (2019, 54), (2021, 63)]
        assert one("at_least", 70, points, baseline=2019).base_year == 2019
        row = one("at_least", 70, points, baseline=2020)
        assert row.state == "distance only" and pd.isna(row.base_year) and row.reason == ""

    @pytest.mark.parametrize(
        ("how", "value", "points", "reason"),
        [
            ("at_least", 70, [(2019, 0), (2021, 10)], targets.FROM_ZERO),
            ("at_least", 70, [(2019, 70), (2021, 80)], targets.MET_AT_START),
            ("at_least", 70, [(2019, 80), (2021, 75)], targets.MET_AT_START),
            ("at_least", 70.4, [(2019, 70), (2021, 71)], targets.MET_AT_START),  # 70 may be 70.5
            ("at_most", 3, [(2019, 2), (2021, 1)], targets.MET_AT_START),
            ("at_most", 2.6, [(2019, 3), (2021, 2)], targets.MET_AT_START),  # 3 may be 2.5
        ],
    )
    def test_no_pace_and_why(self, how, value, points, reason):
        row = one(how, value, points)
        assert (row.state, row.reason) == ("distance only", reason) and pd.isna(row.ratio)
        assert row.base_value == points[0][1]

    def test_a_count_is_exact(self):
        row = one("all", 70.4, [(2019, 70), (2021, 71)], "countries", unit="countries")
        assert row.ratio == pytest.approx((math.sqrt(71 / 70) - 1) / ((70.4 / 70) ** 0.25 - 1)) and row.holds

    def test_no_pace_from_the_deadline_on(self):
        points = [(2023, 50), (2024, 60)]
        assert one("at_least", 70, points, until=2024).reason == targets.AFTER_DEADLINE
        late = one("at_least", 70, [(2022, 50), (2024, 60)], until=2024)  # one year to go from the first figure
        assert late.ratio == pytest.approx((math.sqrt(1.2) - 1) / 0.4)

    def test_what_falls_to_nothing_falls_at_100_percent(self):
        row = one("at_most", 2, [(2019, 3), (2021, 0)])
        assert row.observed == -1 and row.ratio_high == pytest.approx(-1 / ((2 / 2.5) ** 0.25 - 1))
        assert row.ratio_low == pytest.approx(((0.5 / 3.5) ** 0.5 - 1) / ((2 / 3.5) ** 0.25 - 1))
        assert row.met and row.state == "significant progress"


class TestNoFigure:
    def test_reasons(self):
        table = asked(*[(f"1.{n}", "at_least", 60, "percent", None) for n in range(1, 5)])
        rules = {
            "1.1": {"chart_lost": True},
            "1.2": {"reason": "nobody asked"},
            "1.3": {"indicator": USE, "note": "part"},
        }
        frame = targets.progress(table, stated((USE, 2022, 40)), rules, 2021)
        assert list(frame["reason"]) == [
            targets.CHART_LOST, targets.STATED, targets.NO_FIGURE, targets.NOT_DECLARED
        ]  # fmt: skip
        assert list(frame["note"]) == ["", "nobody asked", "part", ""] and set(frame["state"]) == {"no data"}
        assert list(frame["line"]) == [1, 2, 3, 4] and list(frame["aim"]) == [60] * 4 and not frame["met"].any()

    def test_an_edition_without_measures(self, tables):
        rows = targets.progress(tables["targets"], tables["observations"], {}, 2021)
        assert set(rows["reason"]) == {targets.NOT_DECLARED} and len(rows) == 24

    def test_empty_tables(self, tables):
        rules = editions.edition().rules("measures")
        none = targets.progress(tables["targets"].head(0), tables["observations"], rules, 2021)
        assert none.empty and list(none.columns) == list(targets.Row._fields)
        for part in (targets.measured, targets.rated, targets.summary, targets.rows):
            assert len(part(none)) == 0
        silent = targets.progress(tables["targets"], tables["observations"].head(0), rules, 2021)
        assert silent["value"].isna().all() and (silent["reason"] == targets.NO_FIGURE).sum() == 8

    def test_figures_of_others_are_not_taken(self):
        others = [{"geography": "LDCs"}, {"sex": "F"}, {"age": "Y15T24"}, {"breakdown": "rural"}]
        points = [(USE, 2020, 40, other) for other in others]
        rules = {"1.1": {"indicator": USE}}
        frame = targets.progress(asked(("1.1", "at_least", 60, "percent", None)), stated(*points), rules, 2021)
        assert frame["reason"].iloc[0] == targets.NO_FIGURE
        rules = {"1.1": {"indicator": USE, "geography": "LDCs"}}
        frame = targets.progress(asked(("1.1", "at_least", 60, "percent", None)), stated(*points), rules, 2021)
        assert frame["value"].iloc[0] == 40 and frame["line"].iloc[0] == 101


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ([], "measures.yaml: is no list of entries under target numbers"),
        ({1.1: {"indicator": USE}}, "measures.yaml: 1.1: is no text; put the target's number in quotes"),
        ({"9.9": {"indicator": USE}}, "measures.yaml: 9.9: is no target of the table `targets`"),
        ({"1.1": USE}, "measures.yaml: 1.1: is no list of `name: value` lines"),
        ({"1.1": {"indicator": USE, "reason": "none"}},
         "measures.yaml: 1.1: must have one of indicator, chart_lost and reason"),
        ({"1.1": {"note": "part"}}, "measures.yaml: 1.1: must have one of indicator, chart_lost and reason"),
        ({"1.1": {}}, "measures.yaml: 1.1: must have one of indicator, chart_lost and reason"),
        *(({"1.1": {"reason": "none", word: said}},
           "measures.yaml: 1.1: geography, unit, aim and note stand only beside an indicator")
          for word, said in {"note": "part", "geography": "World", "unit": "ratio", "aim": {"indicator": USE}}.items()),
        ({"1.1": {"indicator": 5}}, "measures.yaml: 1.1: indicator: 5 is no str, or is empty"),
        ({"1.1": {"chart_lost": False}}, "measures.yaml: 1.1: chart_lost: False is no bool, or is empty"),
        ({"1.1": {"indicator": USE, "year": 2020}},
         "measures.yaml: 1.1: unknown key 'year'; there are aim, chart_lost, geography, indicator, not_taken, note, "
         "published, reason, taken, unit"),
        ({"1.1": {"indicator": USE, "aim": {"breakdown": "x"}}},
         "measures.yaml: 1.1: aim: is an observation: indicator, and geography or breakdown where needed"),
        ({"1.1": {"indicator": USE, "aim": {"indicator": "x", "year": 2020}}},
         "measures.yaml: 1.1: aim: is an observation: indicator, and geography or breakdown where needed"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_named(rules, said):
    with pytest.raises(DataError) as error:
        targets.measures(rules, asked(("1.1", "at_least", 60, "percent", None)))
    assert error.value.problems == [said]


def test_every_wrong_entry_is_named_and_an_empty_table_knows_no_number():
    with pytest.raises(DataError) as error:
        targets.measures({"8.8": {}, "9.9": {}}, asked(("1.1", "at_least", 60, "percent", None)))
    assert len(error.value.problems) == 2
    assert targets.measures({"9.9": {"indicator": USE}}, asked())["9.9"].indicator == USE
