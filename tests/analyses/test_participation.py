"""Figures on taking part, against the report and against small tables worked out by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from helpers import selection
from helpers.analyses import participation
from helpers.period import Period
from helpers.tables import editions, load
from tests.frames import values

NAMES = {
    "yearly_events": {"Forum": "", "Meeting": "Yearly Meeting"},
    "prizes": "Prizes",
    "digital_world": {"title": "Fairs", "events": ["Fair", "World Fair"]},
    "members": {"members": "All", "member_states": "States", "smes_joined": "Small"},
}
COLUMNS = ["topic", "indicator", "breakdown", "year", "qualifier", "value"]


def observations(*rows, unit="people", geography="World", sex="_T"):
    """Rows of topic, indicator, breakdown, year, qualifier, value; lines counted from 1."""
    empty = load.table("observations").head(0)
    frame = pd.DataFrame(rows, columns=COLUMNS).assign(
        geography=geography, sex=sex, age="_T", unit=unit, section="1", line=range(1, len(rows) + 1)
    )
    return frame.reindex(columns=empty.columns).astype(empty.dtypes)


def table(name, *rows):
    """A small table of the contract, its last columns section and line filled in."""
    empty = load.table(name).head(0)
    frame = pd.DataFrame(rows, columns=list(empty.columns)[:-2])
    return frame.assign(section="1", line=range(1, len(rows) + 1)).astype(empty.dtypes)


@pytest.fixture(scope="module")
def chosen():
    return selection.choose(2021)


@pytest.fixture(scope="module")
def names(chosen):
    return chosen.edition.rules("participation")


@pytest.fixture(scope="module")
def stated():
    return load.table("observations")


class TestConferences:
    def test_of_the_report(self, stated):
        met = participation.conferences(stated)
        assert values(met, "event", "year", "physical", "remote", "unsplit", "all", "member_states") == [
            ("WRC-19", 2019, None, None, 3420, 3420, 163),
            ("RA-19", 2019, None, None, 521, 521, None),
            ("WTSA-20", 2022, 870, 411, None, 1281, 138),
            ("GSS-20", 2022, None, None, 700, 700, None),
            ("WTDC-22", 2022, 1304, 848, None, 2152, 150),
        ]
        assert list(met["qualifier"]) == ["exact", "exact", "exact", "over", "exact"]
        assert list(met["line"]) == [24, 86, 105, 148, 155] and list(met["section"])[-1] == "1.1.3"

    def test_without_a_total_the_two_manners_are_added_up(self):
        met = participation.conferences(
            observations(
                ("conferences", "participants", "A: remote", 2020, "over", 30),
                ("conferences", "participants", "A: physical", 2020, "exact", 12),
            )
        )
        found = values(met, "event", "physical", "remote", "unsplit", "all", "qualifier", "line")
        assert found == [("A", 12, 30, None, 42, "over", 2)]

    def test_one_manner_alone_is_no_split(self):
        met = participation.conferences(
            observations(
                ("conferences", "participants", "A: physical", 2020, "exact", 12),
                ("conferences", "participants", "B: physical", 2019, "exact", 7),
                ("conferences", "participants", "B", 2019, "exact", 9),
            )
        )
        found = values(met, "event", "physical", "remote", "unsplit", "all")
        assert found == [("B", None, None, 9, 9), ("A", None, None, 12, 12)]

    def test_a_count_of_some_people_is_no_count_of_all(self):
        rows = observations(
            ("conferences", "participants", "A: ministers", 2020, "exact", 12),
            ("forums", "participants", "B", 2020, "exact", 5),
            ("conferences", "delegates", "C", 2020, "exact", 5),
        )
        assert participation.conferences(rows).empty

    def test_a_figure_stated_twice_counts_once(self):
        rows = [
            ("conferences", "participants", "A: physical", 2020, "exact", 1),
            ("conferences", "participants", "A: remote", 2020, "exact", 2),
        ]
        assert participation.conferences(observations(*rows, *rows))["all"].tolist() == [3]

    def test_states_of_a_part_are_not_those_of_all(self):
        met = participation.conferences(
            observations(
                ("conferences", "participants", "A", 2020, "exact", 9),
                ("conferences", "member_states", "A: physical", 2020, "exact", 4),
                ("conferences", "member_states", "B", 2020, "exact", 5),
            )
        )
        assert values(met, "member_states") == [(None,)]


class TestYearlyEvents:
    def test_of_the_report_keep_gaps_and_later_years(self, stated, names):
        yearly = participation.forums(stated, (2018, 2019, 2020, 2021), names)
        assert values(yearly, "event", "year", "value") == [
            ("WSIS Forum", 2018, None), ("WSIS Forum", 2019, 3000), ("WSIS Forum", 2020, 15000),
            ("WSIS Forum", 2021, None), ("WSIS Forum", 2022, 31000),
            ("GSR", 2018, 600), ("GSR", 2019, 325), ("GSR", 2020, 609), ("GSR", 2021, 637), ("GSR", 2022, None),
        ]  # fmt: skip
        assert list(yearly["manner"])[3:5] == ["", "physical + remote"] and list(yearly["line"])[4] == 1186

    def test_a_total_is_not_added_to_its_parts(self):
        rows = observations(
            ("forums", "participants", "Forum: remote", 2020, "exact", 30),
            ("forums", "participants", "Forum", 2020, "about", 50),
            ("forums", "participants", "Forum: physical", 2020, "exact", 20),
            ("forums", "participants", "Other", 2020, "exact", 20),
        )
        found = values(participation.forums(rows, [2020], NAMES), "event", "value", "qualifier", "manner", "line")
        assert found == [("Forum", 50, "about", "", 2)]

    @pytest.mark.parametrize(
        ("physical", "remote", "both"),
        [("exact", "exact", "exact"), ("over", "over", "over"), ("exact", "over", "over"), ("over", "almost", "about")],
    )
    def test_the_word_before_a_sum(self, physical, remote, both):
        rows = observations(
            ("forums", "participants", "Forum: physical", 2020, physical, 1),
            ("forums", "participants", "Forum: remote", 2020, remote, 2),
        )
        assert values(participation.forums(rows, [2020], NAMES), "value", "qualifier") == [(3, both)]

    def test_an_edition_without_the_series(self, stated):
        assert participation.forums(stated, [2020], {}).empty
        assert participation.forums(stated, [2020], NAMES).empty  # named, but nowhere counted

    def test_a_count_without_a_year_is_of_no_year(self):
        assert participation.forums(
            observations(("forums", "participants", "Forum", None, "exact", 1)), [2020], NAMES
        ).empty


class TestOtherEvents:
    def test_of_the_report(self, stated, names):
        other = participation.gatherings(stated, names)
        assert other["name"].tolist()[:5] == [
            "ITU Telecom World, 2019", "Global CyberDrill, 2020", "AI for Good, 2019", "AI/ML in 5G Challenge, 2020",
            "Emerging Technology for Connectivity, 2021",
        ]  # fmt: skip
        assert other["value"].tolist() == [4000, 3000, 2300, 1300, 595, 240, 175, 150, 50, 30, 30]
        assert not other["name"].str.contains("GSR|WSIS").any()

    def test_each_once_with_its_year_or_none(self):
        rows = observations(
            ("forums", "participants", "Meeting: remote", 2020, "exact", 99),
            ("forums", "participants", "Show", 2020, "exact", 5),
            ("forums", "participants", "Show", 2020, "exact", 5),
            ("forums", "participants", "Show", 2021, "exact", 5),
            ("forums", "participants", None, None, "over", 7),
            ("cybersecurity", "cyberdrill_participants", "Drill", 2020, "exact", 8),
            ("conferences", "participants", "A", 2020, "exact", 100),
            ("forums", "countries", "Show", 2020, "exact", 100),
            ("cybersecurity", "cyberdrill_participants", None, 2019, "exact", 3),
        )
        found = values(participation.gatherings(rows, NAMES), "name", "event", "year", "value", "line")
        assert found == [
            ("Drill, 2020", "Drill", 2020, 8, 6), ("participants", "participants", None, 7, 5),
            ("Show, 2020", "Show", 2020, 5, 2), ("Show, 2021", "Show", 2021, 5, 4),
            ("cyberdrill participants, 2019", "cyberdrill participants", 2019, 3, 9),
        ]  # fmt: skip

    def test_training_counts_a_figure_once_and_any_place_and_sex(self):
        rows = observations(
            ("skills", "people_trained", "A", 2020, "exact", 5),
            ("skills", "people_trained", "B", None, "over", 9),
            ("skills", "people_trained", "A", 2020, "exact", 5),
            ("skills", "people_trained", "A", 2021, "exact", 5),
            ("skills", "staff_trained", "C", 2020, "exact", 99),
            geography="Africa",
            sex="F",
        )
        found = participation.training(rows)
        assert values(found, "breakdown", "year", "value") == [("B", None, 9), ("A", 2020, 5), ("A", 2021, 5)]

    def test_training_of_the_report(self, stated):
        trained = participation.training(stated)
        assert trained["value"].tolist() == [52000, 7000, 2000, 573, 500, 141, 125, 70, 21]

    def test_digital_world_leaves_out_other_events_and_undated_figures(self):
        rows = observations(
            ("forums", "sessions", "Fair: forum", 2020, "exact", 1),
            ("forums", "speakers", "World Fair", 2019, "over", 2),
            ("forums", "sessions", "Fair SME: classes", 2020, "exact", 3),
            ("forums", "sessions", "Fair", None, "exact", 4),
            ("projects", "sessions", "Fair", 2020, "exact", 5),
        )
        found = values(participation.digital_world(rows, NAMES), "indicator", "event", "manner", "year", "value")
        assert found == [("sessions", "Fair", "forum", 2020, 1), ("speakers", "World Fair", "", 2019, 2)]
        assert (
            participation.digital_world(rows, {}).empty
            and participation.digital_world(rows, {"digital_world": {}}).empty
        )

    def test_prizes_in_order_of_years(self, stated, names):
        won = participation.prizes(stated, names)
        assert values(won, "event", "year", "value", "line") == [
            ("WSIS Prizes", 2019, 1062, 1201), ("WSIS Prizes", 2020, 806, 1200), ("WSIS Prizes", 2021, 1286, 1199),
        ]  # fmt: skip
        assert participation.prizes(stated, {}).empty and participation.prizes(stated, NAMES).empty


class TestMembers:
    def test_of_the_report(self, stated, names):
        kinds = participation.members(stated, names)
        assert values(kinds, "indicator", "value", "year", "unit") == [
            ("members", 951, 2022, "entities"), ("member_states", 193, 2022, "Member States"),
            ("academia_members", 163, 2022, "entities"), ("smes_joined", 61, 2022, "entities"),
        ]  # fmt: skip

    def test_the_latest_exact_count_before_an_inexact_one(self):
        rows = observations(
            ("membership", "members", None, 2020, "exact", 10),
            ("membership", "members", None, 2018, "exact", 8),
            ("membership", "members", None, 2021, "over", 900),
            ("membership", "member_states", None, 2021, "over", 50),
            ("conferences", "member_states", None, 2022, "exact", 60),
            ("membership", "smes_joined", "ITU-T", 2021, "exact", 70),
        )
        found = values(participation.members(rows, NAMES), "kind", "value", "qualifier", "year", "line")
        assert found == [("States", 50, "over", 2021, 4), ("All", 10, "exact", 2020, 1)]
        assert participation.members(rows, {}).empty


class TestWorkshops:
    def test_of_the_report(self, chosen):
        held = participation.workshops(chosen.table("itut_workshops"), chosen.of("itut_workshops"))
        assert values(held, "year", "on_site", "workshops", "virtual_only", "coverage", "line") == [
            (2018, 53, 53, 0, "whole", 1136), (2019, 56, 56, 0, "whole", 1140), (2020, 9, 46, 37, "whole", 1144),
            (2021, 0, 44, 44, "partial", 1148),
        ]  # fmt: skip
        assert held["virtual_share"].tolist() == pytest.approx([0, 0, 37 / 46, 1])

    def test_no_share_of_nothing(self):
        held = participation.workshops(table("itut_workshops", (2020, 0, 0), (2021, 4, 1)), Period((2020, 2021), None))
        assert values(held, "virtual_share") == [(None,), (0.25,)]

    def test_a_closing_day_that_is_not_stated(self):
        rows = table("itut_workshops", (2020, 3, 0), (2021, 4, 1))
        held = participation.workshops(rows, Period((2020, 2021), None, stated=False))
        assert held["coverage"].tolist() == ["whole", "unknown"]


class TestRadiocommunicationEvents:
    def test_of_the_report(self, chosen):
        counted = participation.seminars(chosen.table("radiocommunication_events"))
        assert counted["events"].sum() == 24 and counted["year"].max() == 2021  # 19 lines held, + 3 + 2 of two lines

    def test_a_line_for_several_counts_them_all_and_a_planned_one_not(self):
        events = table(
            "radiocommunication_events",
            (2021, "satellite", "Four", "4 events"), (2020, "satellite", "One", "virtual"),
            (2021, "satellite", "Two", None), (2022, "satellite", "Later", "planned"),
            (2021, "world seminar", "W", None),
        )  # fmt: skip
        counted = participation.seminars(events)
        found = [("satellite", 2020, 1), ("satellite", 2021, 5), ("world seminar", 2021, 1)]
        assert values(counted, "kind", "year", "events") == found
        assert participation.is_planned(events).tolist() == [False, False, False, True, False]


class TestFocusGroups:
    def test_decimal_years_begin_and_end_with_the_month(self):
        groups = participation.focus_groups(
            table(
                "focus_groups",
                ("B", "b", "2019-07", None),
                ("C", "c", "2018-01", "2019-12"),
                ("A", "a", "2019-07", "2019-07"),
            )
        )
        found = values(groups, "acronym", "start_year", "end_year")
        assert found == [("C", 2018, 2020), ("A", 2019.5, pytest.approx(2019 + 7 / 12)), ("B", 2019.5, None)]

    @pytest.mark.parametrize(
        ("year", "at_work"),
        [(2018, "AB"), (2019, "BC"), (2020, "BCD"), (None, "ABCD")],
        ids=["2018", "2019", "2020", "all"],
    )
    def test_at_work_in_a_year(self, year, at_work):
        groups = participation.focus_groups(
            table(
                "focus_groups",
                ("A", "a", "2017-01", "2018-12"), ("B", "b", "2018-12", None), ("C", "c", "2019-01", "2020-01"),
                ("D", "d", "2020-12", None), ("E", "e", "2021-01", None), ("F", "f", "2017-01", "2017-12"),
            )
        )  # fmt: skip
        assert "".join(participation.active(groups, Period((2018, 2019, 2020), year))["acronym"]) == at_work

    def test_of_the_report(self, chosen):
        groups = participation.focus_groups(chosen.table("focus_groups"))
        assert [len(participation.active(groups, Period((2018, 2019, 2020, 2021), y))) for y in (2018, 2021, None)] == [
            7,
            9,
            14,
        ]

    @pytest.mark.parametrize(
        ("day", "decimal"),
        [(date(2021, 1, 1), 2021), (date(2021, 12, 31), 2021 + 364 / 365), (date(2020, 12, 31), 2020 + 365 / 366)],
    )
    def test_a_day_as_decimal_year(self, day, decimal):
        assert participation.decimal_day(day) == pytest.approx(decimal, abs=1e-9)

    def test_the_report_closes_with_its_last_month(self):
        assert participation.report_closes(editions.edition()) == date(2022, 6, 30)


class TestFellowships:
    def test_of_the_report(self, stated):
        steps = participation.fellowships(stated)
        assert values(steps, "step", "value", "line") == [
            ("Requested", 643, 1888), ("Awarded", 462, 1888), ("Used", 370, 1888),
        ]  # fmt: skip
        assert steps["share"].tolist() == pytest.approx([1, 462 / 643, 370 / 643])
        assert participation.fellowship_cost(stated) == (pytest.approx(825000 / 370), "CHF")

    def test_of_the_breakdown_told_last(self):
        rows = observations(
            ("fellowships", "fellowship_requests", "ITU-D: 2020", None, "exact", 900),
            ("fellowships", "fellowship_spending", "ITU-D: 2020", None, "exact", 5000),
            ("fellowships", "fellowship_requests", "ITU-T: 2020", None, "exact", 8),
            ("fellowships", "fellowships_used", "ITU-T: 2020", None, "exact", 2),
        )
        found = values(participation.fellowships(rows), "step", "value", "share", "breakdown")
        assert found == [("Requested", 8, 1, "ITU-T: 2020"), ("Used", 2, 0.25, "ITU-T: 2020")]
        assert participation.fellowship_cost(rows) is None

    def test_no_share_without_requests(self):
        rows = observations(("fellowships", "fellowships_used", None, 2020, "exact", 2))
        assert values(participation.fellowships(rows), "step", "value", "share") == [("Used", 2, None)]

    @pytest.mark.parametrize(("used", "spent"), [(0, 5), (None, 5), (5, None)])
    def test_no_cost_without_both_figures(self, used, spent):
        told = [("fellowships_used", used), ("fellowship_spending", spent)]
        rows = observations(
            *[("fellowships", name, "A", None, "exact", v) for name, v in told if v is not None], unit="CHF"
        )
        assert participation.fellowship_cost(rows) is None


class TestSurvey:
    def test_of_the_report(self, chosen):
        answers = participation.survey(chosen.table("membership_survey")).set_index("option")
        assert answers.loc["artificial intelligence", ["before", "now", "change"]].tolist() == [50, 38, -12]
        assert answers.loc["infrastructure", "change"] == 0 and answers.loc["Internet of Things", "now"] == 54
        assert len(answers) == 22 and answers["change"].notna().sum() == 12

    def test_an_answer_of_one_survey_only_is_kept(self):
        rows = table(
            "membership_survey",
            ("Q", "both", 2021, 50), ("Q", "both", 2019, 40.5), ("Q", "new", 2021, 60), ("Q", "gone", 2019, 55),
            ("Q", "older", 2017, 99), ("P", "both", 2021, 1), ("Q", "new", 2021, 61),
        )  # fmt: skip
        found = values(participation.survey(rows), "question", "option", "before", "now", "change", "line")
        assert found == [
            ("Q", "new", None, 60, None, 3), ("Q", "gone", 55, None, None, 4), ("Q", "both", 40.5, 50, 9.5, 1),
            ("P", "both", None, 1, None, 6),
        ]  # fmt: skip
        assert participation.survey_years(rows) == (2019, 2021)

    def test_one_survey_only(self):
        rows = table("membership_survey", ("Q", "a", 2021, 50))
        assert values(participation.survey(rows), "before", "now", "change") == [(None, 50, None)]
        assert participation.survey_years(rows) == (2021,)


class TestFigures:
    @pytest.mark.parametrize(("year", "lines"), [(2020, [1]), (2019, []), (None, [1, 2, 3])])
    def test_of_a_year_and_of_the_whole_period(self, year, lines):
        rows = observations(
            ("forums", "a", None, 2020, "exact", 1),
            ("projects", "b", None, None, "exact", 2),
            ("skills", "c", None, 2030, "exact", 3),
            ("internet_use", "d", None, 2020, "exact", 4),
        )
        assert participation.figures(rows, Period((2019, 2020), year))["line"].tolist() == lines


@pytest.mark.whole
@pytest.mark.parametrize("names", [NAMES, {}], ids=["named", "unnamed"])
def test_every_analysis_has_its_columns_without_rows(stated, chosen, names):
    period = chosen.of("itut_workshops")
    real = chosen.edition.rules("participation")
    for analysis, of, arguments in [
        (participation.conferences, "observations", ()),
        (participation.gatherings, "observations", "names"),
        (participation.training, "observations", ()),
        (participation.digital_world, "observations", "names"),
        (participation.members, "observations", "names"),
        (participation.prizes, "observations", "names"),
        (participation.fellowships, "observations", ()),
        (participation.figures, "observations", (period,)),
        (participation.workshops, "itut_workshops", (period,)),
        (participation.seminars, "radiocommunication_events", ()),
        (participation.focus_groups, "focus_groups", ()),
        (participation.survey, "membership_survey", ()),
    ]:
        rows = chosen.table(of)
        full = analysis(rows, *((real,) if arguments == "names" else arguments))
        none = analysis(rows.head(0), *((names,) if arguments == "names" else arguments))
        assert none.empty and list(none.columns) == list(full.columns), analysis.__name__
    none = stated.head(0)
    assert list(participation.forums(none, [2020], names)) == [
        "event",
        "year",
        "value",
        "qualifier",
        "manner",
        "section",
        "line",
    ]
    assert participation.fellowship_cost(none) is None
    assert participation.survey_years(chosen.table("membership_survey").head(0)) == ()
