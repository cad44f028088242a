"""How targets ended: each verdict against its arithmetic, and what it depends on."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import selection
from helpers.analyses import courses, official, outturn
from helpers.period import Period
from helpers.tables import load
from helpers.tables.editions import DataError
from tests.analyses import official_rows as small
from tests.analyses.official_rows import USE
from tests.analyses.test_targets import OBSERVATIONS, asked, stated

HALF = ("1.1", "at_least", 50, "percent of individuals", None)
RISE = ("1.1", "increase_by", 50, "percent", None)
USERS = "internet_users"
MILLIONS = {"unit": "million people"}


@pytest.fixture(scope="module")
def real(published):
    """Readings and verdicts of the committed edition."""
    chosen = selection.choose("all")
    table, observations, series = chosen.table("targets"), chosen.table("observations"), published
    found = outturn.readings(table, series, observations, chosen.edition.rules("measures"))
    said = outturn.verdicts(table, found, series.horizon)
    return found, said.set_index("target_id"), series


def until_year(year):
    return Period(tuple(range(2018, year + 1)), year)


def ended(target, items, *rows, observed=(), horizon=2024):
    """Readings, verdict and what it depends on, of one target with deadline 2023."""
    table = asked(target)
    rules = {"1.1": {"reason": "none", "published": items}}
    observations = stated(*observed)
    series = small.known(small.series(*rows), *observed)
    found = outturn.readings(table, series, observations, rules)
    said = outturn.verdicts(table, found, horizon).iloc[0]
    return found, said["verdict"], said["depends"]


class TestTheReport:
    @pytest.mark.parametrize(
        ("target", "verdict", "depends"),
        [
            ("1.2", "not met", ""), ("1.4", "not met", ""), ("2.7", "not met", ""), ("2.8", "not met", ""),
            ("3.2", "not met", ""), ("1.3", "depends", "measure"), ("1.5", "depends", "measure, baseline"),
            ("2.3", "depends", "proxy"), ("2.4", "depends", "edition"), ("2.5", "depends", "measure, reading"),
            ("2.6", "depends", "measure, reading"), ("4.1", "depends", "reading"),
            *((name, "not measured", "") for name in ("1.1", "1.6", "1.7", "2.1", "2.2", "2.9", "2.10", "3.1", "3.3",
                                                      "3.4", "3.5", "5.1")),
        ],
    )  # fmt: skip
    def test_verdicts(self, real, target, verdict, depends):
        said = real[1].loc[target]
        assert (said["verdict"], said["depends"]) == (verdict, depends)

    def test_all_24_and_nothing_else(self, real):
        assert len(real[1]) == 24 and (real[1]["verdict"] == outturn.MET).sum() == 0

    def test_two_editions_of_internet_use(self, real):
        rows = real[0][real[0]["target_id"] == "1.2"]
        assert list(rows[["source", "value", "met"]].itertuples(index=False, name=None)) == [
            ("itu-key-2024-11", 65.4, False), ("ff2023", 67.0, False)
        ]  # fmt: skip

    def test_prices_since_2017(self, real):
        mobile, ours, fixed, _ = real[0][real[0]["target_id"] == "1.3"].to_dict("records")
        assert mobile["aim"] == pytest.approx(0.75 * 1.395159, rel=1e-5) and mobile["met"] and not fixed["met"]
        assert mobile["value"] / mobile["base_value"] - 1 == pytest.approx(-0.397, abs=5e-4)
        assert fixed["value"] / fixed["base_value"] - 1 == pytest.approx(2.209444 / 2.505071 - 1, abs=5e-4)
        assert (ours["made"], ours["value"], ours["base_value"]) == ("panel", pytest.approx(1.205), pytest.approx(1.95))

    def test_subscriptions_by_baseline(self, real):
        rows = real[0][real[0]["target_id"] == "1.5"].set_index(["measure", "baseline"])["met"]
        assert rows.to_dict() == {
            ("mobile", "2017"): True, ("fixed", "2017"): False, ("mobile and fixed", "2017"): True,
            ("mobile", "2018"): False, ("fixed", "2018"): False, ("mobile and fixed", "2018"): False,
        }  # fmt: skip

    def test_a_revision_turns_the_least_developed_and_not_the_world(self, real):
        ldcs, world = (real[0][real[0]["target_id"] == name].iloc[0] for name in ("2.4", "1.2"))
        assert (ldcs["value"], ldcs["moved_year"]) == (32.5, 2012)
        assert ldcs["value"] + ldcs["moved"] < 30 < ldcs["value"]
        assert world["value"] + world["moved"] < 70

    def test_a_proxy_turns_the_developing_countries(self, real):
        row = real[0][real[0]["target_id"] == "2.3"].iloc[0]
        assert row["value"] < 60 < row["value"] + row["shifted"] and row["shifted_year"] == 2019
        assert row["shifted"] == pytest.approx(47.036886 - 45.389570, abs=1e-5)  # of 2019: the group, its proxy

    def test_old_figures_are_carried_on(self, real):
        rows = outturn.rows(real[0])
        (households,), (every, hundred) = rows["1.1"], rows["4.1"]
        assert households.carried == pytest.approx(56.958700 * (56.958700 / 54.684378) ** 4, rel=1e-5)
        assert every.carried == hundred.carried == pytest.approx(74 * (74 / 66) ** 3)
        assert (every.aim, hundred.aim, hundred.source) == (193, 100, "report")

    def test_every_reading_leads_to_a_source_and_a_place(self, real):
        names = {*load.published("sources")["source"], "report"}
        assert real[0]["source"].isin(names).all() and (real[0]["place"].str.len() > 0).all()


class TestVerdicts:
    @pytest.mark.parametrize(("value", "verdict"), [(50.0, "met"), (49.9, "not met"), (70.0, "met")])
    def test_at_least(self, value, verdict):
        found, said, depends = ended(HALF, [{"indicator": USE}], (USE, 2023, value))
        assert (said, depends) == (verdict, "") and found["aim"].item() == 50

    @pytest.mark.parametrize(("value", "verdict"), [(3.0, "met"), (3.1, "not met")])
    def test_at_most(self, value, verdict):
        target = ("1.1", "at_most", 3, "percent of monthly income", None)
        assert ended(target, [{"indicator": USE}], (USE, 2023, value))[1] == verdict

    @pytest.mark.parametrize(
        ("how", "value", "verdict"),
        [
            ("increase_by", 150, "met"),
            ("increase_by", 149, "not met"),
            ("reduce_by", 50, "met"),
            ("reduce_by", 51, "not met"),
        ],
    )
    def test_changes_since_the_baseline_that_the_target_names(self, how, value, verdict):
        target = ("1.1", how, 50, "percent", 2017)
        found, said, _ = ended(
            target, [{"indicator": USERS}], (USERS, 2017, 100, MILLIONS), (USERS, 2023, value, MILLIONS)
        )
        assert said == verdict and (found["base_year"].item(), found["base_value"].item()) == (2017, 100)

    def test_a_change_without_its_baseline_is_not_measured(self):
        found, said, _ = ended(RISE, [{"indicator": USERS}], (USERS, 2023, 100, MILLIONS))
        assert said == "not measured" and found["met"].isna().all() and len(found) == 1
        assert ended(RISE, [{"indicator": USERS, "baseline": 2017}], (USERS, 2023, 100, MILLIONS))[1] == "not measured"

    @pytest.mark.parametrize(
        ("value", "verdict"), [(0.98, "met"), (0.97, "not met"), (1 / 0.98, "met"), (1.021, "not met")]
    )
    def test_equality_has_two_sides(self, value, verdict):
        band = ("gender_parity_band", None, 0.98, {"breakdown": "parity from"})
        target = ("1.1", "equality", None, "gender parity score", None)
        assert (
            ended(target, [{"indicator": "score"}], ("score", 2023, value, {"unit": "ratio"}), observed=[band])[1]
            == verdict
        )

    def test_equality_without_a_band(self):
        target = ("1.1", "equality", None, "gender parity score", None)
        assert ended(target, [{"indicator": "score"}], ("score", 2023, 1, {"unit": "ratio"}))[1] == "not measured"

    def test_an_aim_of_another_unit_is_none(self):
        assert ended(HALF, [{"indicator": USERS}], (USERS, 2023, 60, MILLIONS))[1] == "not measured"

    def test_an_aim_that_the_report_states(self):
        items = [{"indicator": USERS, "aim": {"indicator": "member_states"}}]
        observed = [("member_states", 2022, 193)]
        assert ended(HALF, items, (USERS, 2023, 193, MILLIONS), observed=observed)[1] == "met"
        assert ended(HALF, items, (USERS, 2023, 193, MILLIONS))[1] == "not measured"

    @pytest.mark.parametrize(
        ("year", "verdict"), [(2023, "met"), (2022, "met"), (2021, "not measured"), (2024, "not measured")]
    )
    def test_figures_of_the_deadline_or_the_year_before_count(self, year, verdict):
        assert ended(HALF, [{"indicator": USE}], (USE, year, 60))[1] == verdict

    def test_the_last_year_counts_and_not_the_best(self):
        assert ended(HALF, [{"indicator": USE}], (USE, 2023, 49), (USE, 2022, 60, {"source": "old"}))[1] == "not met"

    def test_nothing_is_due_beyond_the_figures(self):
        assert ended(HALF, [{"indicator": USE}], (USE, 2022, 60), horizon=2022)[1:] == ("not due", "")

    def test_no_figures(self):
        found, said, _ = ended(HALF, [{"indicator": USE}])
        assert said == "not measured" and found.empty and list(found.columns) == list(outturn.Reading._fields)


MEASURES = [{"indicator": "a", "measure": "mobile"}, {"indicator": "b", "measure": "fixed"}]


class TestDepends:
    def test_on_the_measure(self):
        assert ended(HALF, MEASURES, ("a", 2023, 60), ("b", 2023, 40))[1:] == ("depends", "measure")
        assert ended(HALF, MEASURES, ("a", 2023, 60), ("b", 2023, 70))[1:] == ("met", "")

    def test_an_old_figure_beside_a_new_one_does_not_count(self):
        assert ended(HALF, MEASURES, ("a", 2023, 60), ("b", 2019, 40))[1:] == ("met", "")

    def test_on_the_edition(self):
        rows = [(USE, 2023, 60), (USE, 2023, 40, {"source": "old"})]
        assert ended(HALF, [{"indicator": USE}], *rows)[1:] == ("depends", "edition")

    def test_editions_stand_by_date_the_newest_first_and_of_one_edition_what_it_publishes_first(self):
        given = [("old", official.PUBLISHED, 40), ("new", official.PANEL, 55), ("priced", official.PUBLISHED, 50),
                 ("new", official.PUBLISHED, 60), ("old", official.PANEL, 45)]  # fmt: skip
        plain = small.series(*((USE, 2023, value, {"source": source}) for source, _, value in given))
        made = plain.assign(made=[made for _, made, _ in given])[official.COLUMNS].astype(official.TYPES)
        rules = {"1.1": {"reason": "none", "published": [{"indicator": USE}]}}
        series = official.Series(made, small.EDITIONS, stated(), "2022-06")
        found = outturn.readings(asked(HALF), series, stated(), rules)
        assert list(zip(found["source"], found["value"], strict=True)) == [
            ("new", 60), ("new", 55), ("priced", 50), ("old", 40), ("old", 45)
        ]  # fmt: skip

    def test_on_the_reading_and_the_measure_each_alone(self):
        items = [{"indicator": name, "measure": name, "reading": how, "aim": aim}
                 for name in "ab" for how, aim in (("median", 50), ("all", 100))]  # fmt: skip
        assert ended(HALF, items, ("a", 2023, 60), ("b", 2023, 40))[1:] == ("depends", "measure, reading")

    def test_on_all_that_differs_where_nothing_differs_alone(self):
        items = [{"indicator": "a", "measure": "x", "proxy": "p"}, {"indicator": "b", "measure": "y", "proxy": "q"}]
        assert ended(HALF, items, ("a", 2023, 60), ("b", 2023, 40))[1:] == ("depends", "measure, proxy")

    def test_on_the_baseline(self):
        items = [{"indicator": USERS, "baseline": 2017}, {"indicator": USERS, "baseline": 2018}]
        rows = [(USERS, year, value, MILLIONS) for year, value in ((2017, 100), (2018, 110), (2023, 155))]
        assert ended(RISE, items, *rows)[1:] == ("depends", "baseline")

    @pytest.mark.parametrize(
        ("now", "old", "new", "said"),
        [(52, 40, 37.9, ("depends", "edition")), (52, 40, 38.1, ("met", "")), (52, 38, 41, ("met", "")),
         (48, 38, 40.1, ("depends", "edition")), (48, 40, 37, ("not met", ""))],
    )  # fmt: skip
    def test_on_a_revision_as_large_towards_the_aim(self, now, old, new, said):
        rows = [(USE, 2023, now), (USE, 2015, new), (USE, 2015, old, {"source": "old"})]
        assert ended(HALF, [{"indicator": USE}], *rows)[1:] == said

    @pytest.mark.parametrize(("group", "said"), [(41.1, ("depends", "proxy")), (40.9, ("not met", ""))])
    def test_on_how_far_a_proxy_was_off(self, group, said):
        target = asked(HALF).assign(geography="Developing countries")
        rules = {
            "1.1": {"reason": "none", "published": [{"indicator": USE, "geography": "World", "proxy": "the world"}]}
        }
        there = {"geography": "Developing countries", "source": "old"}
        series = small.known(small.series((USE, 2023, 49), (USE, 2019, 40), (USE, 2019, group, there)))
        found = outturn.readings(target, series, OBSERVATIONS, rules)
        assert tuple(outturn.verdicts(target, found, 2024).iloc[0][["verdict", "depends"]]) == said

    def test_on_readings_that_old_figures_would_part(self):
        items = [{"indicator": USERS, "reading": how, "aim": aim} for how, aim in (("all", 190), ("most", 100))]
        observed = [(USERS, 2019, 66), (USERS, 2020, 74)]
        found, said, depends = ended(HALF, items, observed=observed)
        assert (said, depends) == ("depends", "reading") and set(found["source"]) == {"report"}
        assert ended(HALF, items, observed=[(USERS, 2019, 73), (USERS, 2020, 74)])[1:] == ("not measured", "")
        assert ended(HALF, items, observed=[(USERS, 2020, 74)])[1:] == ("not measured", "")


class TestPanels:
    def test_a_level_is_of_the_panel_of_most_economies_and_a_change_of_one_with_its_baseline(self):
        rows = [
            (USE, year, value, {"panel": panel})
            for panel, years in (
                ("2008-2023", {2017: 10, 2023: 5}),
                ("2018-2023", {2018: 9, 2023: 6}),
                ("2023", {2023: 7}),
            )
            for year, value in years.items()
        ]
        level = ended(HALF, [{"indicator": USE}], *rows)[0].iloc[0]
        change = ended(("1.1", "reduce_by", 50, "percent", 2017), [{"indicator": USE}], *rows)[0].iloc[0]
        assert (level["panel"], level["value"]) == ("2023", 7)
        assert (change["panel"], change["value"], change["base_value"]) == ("2008-2023", 5, 10)


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([{"indicator": USE, "colour": "blue"}], "measures.yaml: 1.1: published: colour"),
        ([{"measure": "mobile"}], "measures.yaml: 1.1: published: no indicator"),
        (["text"], "measures.yaml: 1.1: published: no list of lines"),
    ],
)
def test_a_wrong_item_is_named(items, said):
    with pytest.raises(DataError) as error:
        outturn.items({"1.1": {"reason": "none", "published": items}}, asked(HALF))
    assert error.value.problems == [said]


class TestCourses:
    def course(self, *rows, observed=(), until=2021, items=({"indicator": USE},), target=HALF):
        series = small.known(small.series(*rows), *observed)
        found = outturn.readings(
            asked(target), series, OBSERVATIONS, {"1.1": {"reason": "x", "published": list(items)}}
        )
        return courses.of_targets(found, series, until_year(until))

    def test_editions_the_report_the_aim_and_what_was_needed(self):
        frame = self.course(
            (USE, 2017, 30), (USE, 2018, 35), (USE, 2023, 45), (USE, 2018, 36, {"source": "old"}),
            observed=[(USE, 2020, 40), (USE, 2022, 44)],
        )  # fmt: skip
        said = [
            (r["kind"], r["source"], r["year"], r["value"])
            for r in frame.astype({"source": object}).fillna({"source": ""}).to_dict("records")
        ]
        assert said == [
            ("official", "new", 2018, 35), ("official", "old", 2018, 36), ("report", "report", 2020, 40),
            ("official", "new", 2023, 45), ("aim", "", 2023, 50), ("needed", "", 2018, 35), ("needed", "", 2023, 50),
        ]  # fmt: skip

    def test_what_tells_nothing_is_not_drawn(self):
        assert self.course((USE, 2019, 30)).empty and list(self.course().columns) == courses.COLUMNS

    def test_the_line_starts_at_the_baseline(self):
        target = ("1.1", "reduce_by", 25, "percent", 2017)
        frame = self.course((USE, 2017, 40), (USE, 2023, 35), target=target)
        assert list(frame.loc[frame["kind"] == "needed", "value"]) == [40, 30]

    def test_later_is_official_and_since(self):
        frame = self.course((USE, 2019, 30), (USE, 2021, 40), (USE, 2023, 45), observed=[(USE, 2021, 41)])
        since = courses.later(frame, 2021)
        assert list(since["year"]) == [2021, 2023] and list(since.columns) == courses.COLUMNS

    def test_of_the_report(self):
        there = {"topic": "coverage"}
        named = ("cover", "gone", "alone", "once")
        observed = [*((name, 2021, 50, there) for name in named), (USE, 2021, 60)]
        rows = [("cover", year, 90) for year in (2020, 2021)] + [("gone", year, 9) for year in (2018, 2019)]
        rows += [*((USE, year, 60) for year in (2020, 2021)), ("once", 2021, 55)]
        frame = courses.of_report(stated(*observed), small.known(small.series(*rows), *observed), until_year(2021))
        assert list(frame["kind"]) == ["official", "official", "report"] and set(frame["indicator"]) == {"cover"}
        assert set(frame["target_id"]) == set(frame["measure"]) == {""}
        assert courses.of_report(OBSERVATIONS, small.known(small.SERIES), until_year(2021)).empty


def test_the_real_courses_end_with_the_newest_edition(real):
    frame = courses.of_targets(real[0], real[2], until_year(2021))
    world = frame[(frame["target_id"] == "1.2") & (frame["source"] == "itu-key-2024-11")]
    assert (world["year"].iloc[-1], world["value"].iloc[-1]) == (2024, 67.6)
    assert frame.loc[frame["kind"] == "report", "year"].max() <= 2021 and pd.notna(frame["value"]).all()
