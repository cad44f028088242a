"""Every sentence of the page on participation, in each of its forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from helpers import selection
from helpers.analyses import participation
from helpers.period import Period
from helpers.sentences import participation as words
from helpers.sentences.caption import Caption
from helpers.tables import load
from tests.analyses.test_participation import NAMES, observations, table

YEARS = (2018, 2019, 2020, 2021)
ALL = Period(YEARS, None)
MET = ["event", "year", "physical", "remote", "unsplit", "all", "member_states", "qualifier", "section", "line"]
WON = ["event", "year", "value", "qualifier", "section", "line"]
NO_MET, NO_WON = pd.DataFrame(columns=MET), pd.DataFrame(columns=WON)
STEPS = ["step", "value", "share", "breakdown", "section", "line"]


def cut(year, day=date(2021, 7, 1)):
    """A period whose last year is cut on a day: 182 of 365 days by default."""
    return Period(YEARS, year, day)


def held(period, *rows):
    return participation.workshops(table("itut_workshops", *rows), period)


def met(*rows):
    """Conferences of event, year, physical, remote, all, qualifier."""
    made = [[e, y, p, r, None if p else a, a, None, q, "1", 7] for e, y, p, r, a, q in rows]
    return pd.DataFrame(made, columns=MET).convert_dtypes()


def won(*rows):
    """Prizes of year, value, qualifier."""
    return pd.DataFrame([["Prizes", *row, "1", 7] for row in rows], columns=WON).convert_dtypes()


def steps(*rows, breakdown="ITU-T: May 2020"):
    """Fellowships of step, value, share."""
    return pd.DataFrame([[*row, breakdown, "1", 7] for row in rows], columns=STEPS)


@pytest.fixture(scope="module")
def report():
    """Tables of the edition, with what the notebook makes of them first."""
    chosen = selection.choose("all")
    period, names = chosen.of("itut_workshops"), chosen.edition.rules("participation")
    stated = chosen.table("observations")
    shops = participation.workshops(chosen.table("itut_workshops"), period)
    return {
        "chosen": chosen, "period": period, "names": names, "stated": stated, "held": shops,
        "met": participation.conferences(stated), "won": participation.prizes(stated, names),
        "steps": participation.fellowships(stated),
    }  # fmt: skip


class TestAnswer:
    @pytest.mark.parametrize(
        ("year", "said"),
        [
            (2018, [
                "ITU-T held **53 workshops** in 2018, none of them virtual only.",
                "The report counts no participants of a world conference for 2018.",
            ]),
            (2019, [
                "ITU-T held **56 workshops** in 2019, none of them virtual only. Their number rose from 53 to "
                "56.",
                "WRC-19 drew 3,420 participants and RA-19 521.",
                "The WSIS Prizes drew 1,062 projects in 2019.",
            ]),
            (2020, [
                "ITU-T held **46 workshops** in 2020, 80 % of them virtual only. Their number fell from 56 to "
                "46.",
                "The report counts no participants of a world conference for 2020.",
                "The WSIS Prizes drew 806 projects in 2020.",
            ]),
            (2021, [
                "ITU-T held **44 workshops** in 2021, to 1 November, all of them virtual only. That is a pace "
                "of 53 a year, after 46 in 2020.",
                "The report counts no participants of a world conference for 2021.",
                "The WSIS Prizes drew 1,286 projects in 2021.",
            ]),
            (None, [
                "ITU-T held **199 workshops** in 2018–2021, to 1 November 2021, 41 % of them virtual only.",
                "WRC-19 drew 3,420 participants, RA-19 521, WTSA-20 1,281, GSS-20 over 700 and WTDC-22 2,152.",
                "The WSIS Prizes drew 1,062 projects in 2019, 806 in 2020 and 1,286 in 2021.",
            ]),
        ],
    )  # fmt: skip
    def test_of_the_report(self, report, year, said):
        period = replace(report["period"], year=year)
        assert words.answer(report["held"], report["met"], report["won"], period) == said

    @pytest.mark.parametrize(
        ("period", "rows", "said"),
        [
            (Period(YEARS, 2020), [], "The report counts no ITU-T workshops for 2020."),
            (Period(YEARS, 2020), [(2019, 3, 0)], "The report counts no ITU-T workshops for 2020."),
            (Period(YEARS, None), [], "The report counts no ITU-T workshops for 2018–2021."),
            (Period(YEARS, 2018), [(2018, 1, 1)], "ITU-T held **1 workshop** in 2018, virtual only."),
            (Period(YEARS, 2018), [(2018, 1, 0)], "ITU-T held **1 workshop** in 2018."),
            (Period(YEARS, 2018), [(2018, 0, 0)], "ITU-T held **no workshops** in 2018."),
            (
                Period(YEARS, 2019), [(2018, 3, 0), (2019, 3, 3)],
                "ITU-T held **3 workshops** in 2019, all of them virtual only. Their number stayed at 3.",
            ),
            (
                Period(YEARS, 2019), [(2019, 4, 1)],
                "ITU-T held **4 workshops** in 2019, 25 % of them virtual only.",
            ),
            (
                cut(2021), [(2020, 7, 0), (2021, 5, 0)],
                "ITU-T held **5 workshops** in 2021, to 1 July, none of them virtual only. That is a pace of "
                "10 a year, after 7 in 2020.",
            ),
            (
                Period(YEARS, 2021, stated=False), [(2020, 7, 0), (2021, 5, 0)],
                "ITU-T held **5 workshops** in 2021 (closing day unknown), none of them virtual only. It is "
                "not compared with the 7 of 2020, as the year may be cut.",
            ),
            (
                cut(None), [(2018, 7, 0), (2021, 5, 0)],
                "ITU-T held **12 workshops** in 2018–2021, to 1 July 2021 (no figure for 2019 and 2020), none "
                "of them virtual only.",
            ),
            # a year whose year before is cut, too, stands alone
            (cut(2021, date(2020, 7, 1)), [(2020, 7, 0), (2021, 2, 0)],
             "ITU-T held **2 workshops** in 2021, none of them virtual only."),
        ],
    )  # fmt: skip
    def test_of_the_workshops(self, period, rows, said):
        assert words.answer(held(period, *rows), NO_MET, NO_WON, period) == [
            said,
            f"The report counts no participants of a world conference for {period.label}.",
        ]

    def test_inexact_figures_keep_their_word_and_one_is_singular(self):
        period = Period(YEARS, 2020)
        conferences, prizes = met(("A", 2020, None, None, 5, "over")), won((2020, 1, "exact"), (2021, 2, "over"))
        said = words.answer(held(period), conferences, prizes, period)
        assert said[1:] == ["A drew over 5 participants.", "The Prizes drew 1 project in 2020."]
        later = words.answer(held(period), conferences, prizes, Period(YEARS, 2021))
        assert later[1:] == [
            "The report counts no participants of a world conference for 2021.",
            "The Prizes drew over 2 projects in 2021.",
        ]  # fmt: skip


class TestTiles:
    def test_of_the_report(self, report):
        figures = words.key_figures(
            report["held"], report["won"], report["steps"], replace(report["period"], year=2021)
        )
        assert figures[["what", "now", "change", "line"]].values.tolist() == [
            ["ITU-T workshops", "44 (partial)", "up 14 % at an annual rate against 46 in 2020", 1136],
            ["of them virtual only", "100 %", "44 of 44", 1148],
            ["submitted to the WSIS Prizes", "1,286", "projects in 2021", 1199],
            ["ITU-T fellowships used", "370", "of 643 requested, April 2018 to November 2021", 1888],
        ]

    def test_what_is_not_told_has_no_tile(self):
        period = Period(YEARS, 2020)
        figures = words.key_figures(
            held(period, (2019, 4, 1)), won((2019, 4, "exact")), steps(("Used", 3, None)), period
        )
        assert figures[["what", "now"]].values.tolist() == [["ITU-T workshops", "not reported"]]
        assert words.key_figures(held(period), NO_WON, steps(), period)["what"].tolist() == ["ITU-T workshops"]

    @pytest.mark.parametrize(
        ("second", "year", "now", "change"),
        [
            ("exact", None, "7", "projects in 2018 and 2019"),
            ("over", None, "about 7", "projects in 2018 and 2019"),
            ("over", 2019, "over 4", "projects in 2019"),
        ],
    )
    def test_the_sum_of_the_prizes(self, second, year, now, change):
        period = Period(YEARS, year)
        figures = words.key_figures(held(period), won((2018, 3, "exact"), (2019, 4, second)), steps(), period)
        assert figures.iloc[1][["what", "now", "change"]].tolist() == ["submitted to the Prizes", now, change]

    def test_fellowships_without_sector_and_span(self):
        told = steps(("Requested", 4, 1), ("Used", 3, 0.75), breakdown=pd.NA)
        figures = words.key_figures(held(Period(YEARS, 2018)), NO_WON, told, Period(YEARS, 2018))
        assert figures.iloc[1][["what", "now", "change"]].tolist() == ["fellowships used", "3", "of 4 requested"]


class TestConferences:
    def test_of_the_report(self, report):
        assert words.conferences(report["met"]) == Caption(
            "Remote participants made up 32 % of WTSA-20 and 39 % of WTDC-22",
            "participants",
            "section 1.1.1, lines 24–86; section 1.1.2, lines 105–148; section 1.1.3, line 155",
            (
                "GSS-20: the report says ‘over 700’.",
                "Reported without the manner of attending: WRC-19, RA-19 and GSS-20.",
            ),
        )

    @pytest.mark.parametrize(
        ("rows", "title", "notes"),
        [
            ([("A", 2020, 3, 1, 4, "exact")], "Remote participants made up 25 % of A", ()),
            (
                [("A", 2020, None, None, 4, "about"), ("B", 2020, None, None, 5, "exact")],
                "B drew most: 5",
                ("A: the report says ‘about 4’.", "Reported without the manner of attending: A and B."),
            ),
            (
                [("A", 2020, None, None, 4, "exact")], "A drew: 4",
                ("Reported without the manner of attending: A.",),
            ),
        ],
    )  # fmt: skip
    def test_forms(self, rows, title, notes):
        assert words.conferences(met(*rows)) == Caption(title, "participants", "section 1, line 7", notes)

    def test_none(self):
        assert words.conferences(NO_MET) == Caption("The report counts no participants of conferences.")
        assert words.conference_table(NO_MET) == Caption("There is no conference to list.")
        assert words.conference_table(met(("A", 2020, 3, 1, 4, "exact"))) == Caption("Conferences")


class TestWorkshops:
    @pytest.mark.parametrize(
        ("rows", "title"),
        [
            (
                [(2018, 5, 0), (2019, 5, 4), (2020, 4, 4)],
                "Workshops that were virtual only: none before 2019, 80 % that year, all in 2020",
            ),
            ([(2018, 5, 4), (2020, 4, 4)], "Workshops that were virtual only: 80 % in 2018, all in 2020"),
            ([(2018, 5, 4), (2020, 4, 1)], "Workshops that were virtual only: 80 % in 2018, 25 % in 2020"),
            ([(2018, 5, 4), (2020, 4, 0)], "Workshops that were virtual only: 80 % in 2018, none in 2020"),
            ([(2018, 5, 0), (2020, 4, 1)], "Workshops that were virtual only: none before 2020, 25 % that year"),
            ([(2018, 5, 4)], "Workshops that were virtual only: 80 % in 2018"),
            ([(2019, 4, 1), (2018, 5, 0)], "Workshops that were virtual only: none before 2019, 25 % that year"),
            ([(2018, 5, 4), (2019, 0, 0)], "Workshops that were virtual only: 80 % in 2018"),
            ([(2018, 5, 0), (2020, 4, 0)], "No ITU-T workshop was virtual only from 2018 to 2020"),
            ([(2018, 5, 0)], "No ITU-T workshop was virtual only in 2018"),
        ],
    )
    def test_titles(self, rows, title):
        period = Period(YEARS, None)
        assert words.workshops(held(period, *rows), period).title == title

    def test_of_the_report(self, report):
        assert words.workshops(report["held"], report["period"]) == Caption(
            "Workshops that were virtual only: none before 2020, 80 % that year, all in 2021",
            "ITU-T workshops",
            "section 1.10, lines 1136–1148",
            ("2021 is partial: the table closes on 1 November, 305 of 365 days.",),
        )

    @pytest.mark.parametrize("rows", [[], [(2018, 0, 0)]])
    def test_none(self, rows):
        period = Period(YEARS, None)
        assert words.workshops(held(period, *rows), period) == Caption("The report counts no ITU-T workshops.")


class TestYearlyEvents:
    def test_of_the_report(self, report):
        yearly = participation.forums(report["stated"], YEARS, report["names"])
        assert words.forums(yearly, report["names"], ALL) == Caption(
            "WSIS Forum drew most: over 31,000 in 2022 (in person and remote)",
            "participants",
            "section 1.11, lines 1186–1250",
            (
                "GSR is the Global Symposium for Regulators.",
                "WSIS Forum 2022: physical + remote added up.",
                "The report says ‘over’ or ‘about’ for five of the seven figures.",
            ),
        )

    @pytest.mark.parametrize(
        ("breakdown", "how"),
        [("Forum", ""), ("Forum: physical", " (in person)"), ("Forum: remote", " (remote)")],
    )
    def test_the_only_count(self, breakdown, how):
        rows = observations(("forums", "participants", breakdown, 2019, "exact", 5))
        caption = words.forums(participation.forums(rows, YEARS, NAMES), NAMES, ALL)
        assert caption == Caption(f"Forum drew: 5 in 2019{how}", "participants", "section 1, line 1")

    def test_none(self):
        none = participation.forums(observations(), YEARS, NAMES)
        assert words.forums(none, NAMES, ALL) == Caption("The report counts no participants of yearly events.")


class TestPrizes:
    @pytest.mark.parametrize(
        ("rows", "title"),
        [
            ([(2018, 9, "exact"), (2020, 3, "exact"), (2021, 4, "exact")],
             "Projects submitted rose from 3 to 4 between 2020 and 2021"),
            ([(2020, 4, "exact"), (2021, 3, "exact")], "Projects submitted fell from 4 to 3 between 2020 and 2021"),
            ([(2020, 4, "exact"), (2021, 4, "exact")], "Projects submitted stayed at 4 between 2020 and 2021"),
            ([(2020, 4, "over")], "Over 4 projects were submitted in 2020"),
            ([(2020, 1, "exact")], "1 project were submitted in 2020"),
        ],
    )  # fmt: skip
    def test_titles(self, rows, title):
        assert words.prizes(won(*rows), ALL) == Caption(title, "projects submitted", "section 1, line 7")

    def test_none(self):
        assert words.prizes(NO_WON, ALL) == Caption("The report counts no projects submitted to prizes.")


class TestOtherEvents:
    def test_of_the_report(self, report):
        other = participation.gatherings(report["stated"], report["names"])
        caption = words.gatherings(other, report["stated"], report["names"])
        assert caption.title == "Of the other events ITU Telecom World drew most: over 4,000 in 2019"
        assert caption.unit == "participants" and caption.source.startswith(
            "section 1.11, lines 1227–1253; section 1.10, line"
        )
        assert caption.notes[0] == "CyberDrills so far: 34, with 120 countries."
        assert caption.notes[1] == "The report says ‘over’ or ‘about’ for seven of the 11 figures."

    @pytest.mark.parametrize(("year", "when"), [(2019, " in 2019"), (None, "")])
    def test_the_only_event(self, year, when):
        rows = observations(("forums", "participants", "Show", year, "exact", 5))
        caption = words.gatherings(participation.gatherings(rows, NAMES), rows, NAMES)
        assert caption == Caption(f"Show drew: 5{when}", "participants", "section 1, line 1")

    @pytest.mark.parametrize(
        ("indicators", "names", "notes"),
        [
            (
                ["cyberdrills", "cyberdrill_countries"],
                {"drills": "Drills"},
                ("Drills so far: over 3, with over 3 countries.",),
            ),
            (["cyberdrills", "cyberdrill_countries"], {}, ()),
            (["cyberdrills"], {"drills": "Drills"}, ()),
            (["cyberdrill_countries"], {"drills": "Drills"}, ()),
        ],
    )
    def test_drills(self, indicators, names, notes):
        rows = observations(
            ("forums", "participants", "Show", 2019, "exact", 5),
            *[("cybersecurity", indicator, None, None, "over", 3) for indicator in indicators],
        )
        assert words.gatherings(participation.gatherings(rows, names), rows, names).notes == notes

    def test_none(self):
        none = observations()
        caption = words.gatherings(participation.gatherings(none, NAMES), none, NAMES)
        assert caption == Caption("The report counts no participants of other events.")

    def test_digital_world_side_by_side(self):
        rows = participation.digital_world(
            observations(
                ("forums", "national_pavilions", "Fair", 2021, "exact", 5),
                ("forums", "speakers", "Fair: ministers", 2021, "over", 7),
                ("forums", "speakers", "World Fair: ministers", 2019, "exact", 6),
                ("forums", "speakers", "World Fair: ministers", 2019, "exact", 8),
            ),
            NAMES,
        )
        assert words.digital_world(rows, NAMES, ALL) == Caption("Fairs", source="section 1, lines 1–4")
        shown = words.digital_world_table(rows)
        assert list(shown) == ["Measure", "2019", "2021"]
        assert shown.values.tolist() == [
            ["national pavilions", "not reported", "5"],
            ["speakers (ministers)", "6", "over 7"],
        ]
        none = rows.head(0)
        assert words.digital_world(none, {}, ALL) == Caption("The report gives no figures on digital world events.")
        assert words.digital_world_table(none).empty

    def test_training(self):
        rows = participation.training(
            observations(("skills", "people_trained", "Course", 2020, "over", 5), sex="F", geography="Africa")
        )
        assert words.training(rows) == Caption("People trained")
        assert words.training_table(rows).to_dict("records") == [
            {
                "Course or programme": "Course", "Where": "Africa", "Who": "women and girls", "Trained": "over 5",
                "Year": 2020, "Source": "1, line 1",
            }
        ]  # fmt: skip
        assert words.training(rows.head(0)) == Caption("The report counts no people trained.")
        assert words.training_table(rows.head(0)).empty
        assert words.training_table(rows.assign(sex="M"))["Who"].tolist() == ["men"]
        assert words.training_table(rows.assign(sex="_T"))["Who"].tolist() == ["all"]


class TestRadiocommunicationEvents:
    def test_of_the_report(self, report):
        events = report["chosen"].table("radiocommunication_events")
        assert words.seminars(participation.seminars(events), events, ALL) == Caption(
            "24 radiocommunication events were held from 2018 to 2021; one more was planned for 2022",
            "events",
            "section 1.10, lines 1046–1099",
            (
                "WRS-20 (2020): virtual.",
                "2nd Inter-regional Workshop on WRC-23 Preparation (2022): planned.",
                "Four workshops on satellite communications (2018): 4 events.",
                "Three ITU Satellite Webinars (2020): 3 events.",
            ),
        )

    @pytest.mark.parametrize(
        ("rows", "title"),
        [
            ([(2020, None)], "One radiocommunication event was held in 2020"),
            ([(2020, None), (2021, "virtual")], "Two radiocommunication events were held from 2020 to 2021"),
            (
                [(2020, None), (2023, "planned"), (2022, "planned"), (2022, "planned")],
                "One radiocommunication event was held in 2020; three more were planned for 2022 and 2023",
            ),
            (
                [(2022, "planned")],
                "One radiocommunication event was planned for 2022; the report lists none that was held.",
            ),
            (
                [(2022, "planned"), (2022, "planned")],
                "Two radiocommunication events were planned for 2022; the report lists none that was held.",
            ),
            ([], "The report lists no radiocommunication events."),
        ],
    )
    def test_titles(self, rows, title):
        events = table("radiocommunication_events", *[(year, "satellite", "S", note) for year, note in rows])
        assert words.seminars(participation.seminars(events), events, ALL).title == title


class TestFocusGroups:
    @pytest.mark.parametrize(
        ("ends", "title"),
        [
            ([], "The report lists no focus group at work in 2020."),
            ([None], "The one focus group at work in 2020 was still open when the report closed"),
            (["2020-05"], "The one focus group at work in 2020 was not still open when the report closed"),
            ([None, None], "Both focus groups at work in 2020 were still open when the report closed"),
            ([None] * 3, "All three focus groups at work in 2020 were still open when the report closed"),
            (["2020-05"] * 2, "Neither of the two focus groups at work in 2020 was still open when the report closed"),
            (["2020-05"] * 3, "None of the three focus groups at work in 2020 was still open when the report closed"),
            ([None, "2020-06"], "One of the two focus groups at work in 2020 was still open when the report closed"),
            (
                [None, None, "2020-06"],
                "Two of the three focus groups at work in 2020 were still open when the report closed",
            ),
        ],
    )
    def test_titles(self, ends, title):
        rows = [(f"G{i}", "g", "2020-01", end) for i, end in enumerate(ends)]
        groups = participation.focus_groups(table("focus_groups", *rows))
        caption = words.focus_groups(groups, Period(YEARS, 2020), date(2022, 6, 30))
        assert caption.title == title
        assert caption.notes == (("Hatched: still open when the report closed.",) if None in ends else ())
        assert caption.source == (f"section 1, line{f's 1–{len(ends)}' if len(ends) > 1 else ' 1'}" if ends else "")

    def test_a_group_that_begins_after_the_report(self):
        groups = participation.focus_groups(table("focus_groups", ("A", "a", "2020-12", "2021-02")))
        caption = words.focus_groups(groups, Period(YEARS, 2020), date(2020, 11, 1))
        assert caption.notes == ("Groups that began after the line are drawn from their first month.",)


class TestFellowships:
    def test_of_the_report(self, report):
        cost = participation.fellowship_cost(report["stated"])
        assert words.fellowships(report["steps"], cost) == Caption(
            "370 of 643 requests ended in a fellowship, at CHF 2,230 each",
            "fellowships",
            "Annex 1, line 1888",
            ("Fellowships of ITU-T, April 2018 to November 2021.",),
        )

    @pytest.mark.parametrize(
        ("rows", "title"),
        [
            ([("Requested", 4, 1), ("Used", 3, 0.75)], "3 of 4 requests ended in a fellowship"),
            ([("Requested", 1200, 1), ("Awarded", 3, 0.0025)], "Fellowships: 1,200 requested and 3 awarded"),
            ([("Used", 3, None)], "Fellowships: 3 used"),
        ],
    )
    def test_without_all_figures(self, rows, title):
        assert words.fellowships(steps(*rows), None) == Caption(
            title, "fellowships", "section 1, line 7", ("Fellowships of ITU-T, May 2020.",)
        )

    def test_none_and_without_a_breakdown(self):
        assert words.fellowships(steps(), None) == Caption("The report counts no fellowships.")
        assert words.fellowships(steps(("Used", 3, None), breakdown=pd.NA), None).notes == ()
        assert words.fellowships(steps(("Used", 3, None), breakdown="ITU-T"), None).notes == ("Fellowships of ITU-T.",)


class TestMembers:
    @pytest.mark.whole
    def test_of_the_report(self, report):
        kinds = participation.members(report["stated"], report["names"])
        assert words.members(kinds, report["names"], report["chosen"].edition) == Caption(
            "951 entities and 193 Member States belonged to ITU when the report closed",
            "members",
            "section 2.4, lines 1381–1385; Front matter, line 19; Annex 1, line 1683",
            ("An entity may be a member of several Sectors; Academia and SMEs are among the entities.",),
        )

    @pytest.mark.parametrize(
        ("rows", "title", "notes"),
        [
            ([("member_states", 2022, "over", 50)], "Over 50 entities belonged to ITU when the report closed", ()),
            (
                [("members", 2022, "exact", 60), ("smes_joined", 2021, "exact", 5)],
                "60 entities belonged to ITU by the latest counts in the report", ("They overlap.",),
            ),
            ([("smes_joined", None, "exact", 5)], "5 entities belonged to ITU by the latest counts in the "
                                                  "report", ()),
        ],
    )  # fmt: skip
    def test_forms(self, report, rows, title, notes):
        names = NAMES | {"members_note": "They overlap."}
        stated = observations(*[("membership", i, None, year, q, v) for i, year, q, v in rows], unit="entities")
        caption = words.members(participation.members(stated, names), names, report["chosen"].edition)
        assert (caption.title, caption.notes) == (title, notes)

    def test_none(self, report):
        kinds = participation.members(observations(), NAMES)
        assert words.members(kinds, {}, report["chosen"].edition) == Caption("The report counts no members.")


class TestSurvey:
    def caption(self, *rows, stated=None, names=None):
        survey = table("membership_survey", *rows)
        names = {"areas_of_interest": "Areas"} if names is None else names
        answers = words.survey_answers(participation.survey(survey), names)
        return words.survey(answers, survey, observations() if stated is None else stated, names)

    def test_of_the_report(self, report):
        survey = report["chosen"].table("membership_survey")
        answers = words.survey_answers(participation.survey(survey), report["names"])
        assert words.survey(answers, survey, report["stated"], report["names"]) == Caption(
            "Interest in artificial intelligence fell most, from 50 % in 2020 to 38 % in 2021",
            "percent of respondents",
            "section 2.4, lines 1371–1376; section 3, lines 1426–1430",
            (
                "Respondents could name several areas of interest.",
                "21 % of the membership answered in 2021.",
                "10 answers have a figure of one survey only: a single mark.",
                "Drawn in whole percent, as most are printed; the data have the decimals.",
                "Not drawn: two answers that only an earlier survey has.",
            ),
        )
        assert words.survey_names(survey) == ("2020", "2021")
        assert {"5G", "Satisfied or very satisfied with ITU", "Benefits from synergies with others: disagree"} <= set(
            answers["answer"]
        )

    @pytest.mark.parametrize(
        ("changes", "title"),
        [
            ({"Q": (50, 40), "P": (50, 45)}, "‘Q: b’ fell most, from 50 % in 2019 to 40 % in 2021"),
            ({"Areas": (50, 49), "P": (50, 60)}, "Interest in b fell, from 50 % in 2019 to 49 % in 2021"),
            ({"Q": (50, 50.4), "Areas": (50, 60.7)}, "Interest in b rose most, from 50 % in 2019 to 60.7 % in 2021"),
            ({"Q": (50, 51), "P": (50, 50)}, "‘Q: b’ rose, from 50 % in 2019 to 51 % in 2021"),
            ({"Q": (98, 96.3)}, "‘Q: b’ fell, from 98 % in 2019 to 96.3 % in 2021"),
            ({"Q": (50, 50), "P": (40, 40)}, "No answer changed between 2019 and 2021"),
        ],
    )
    def test_titles(self, changes, title):
        rows = [(q, "b", year, v) for q, pair in changes.items() for year, v in zip((2019, 2021), pair, strict=True)]
        assert self.caption(*rows).title == title

    def test_one_survey_only(self):
        caption = self.caption(("Q", "yes", 2021, 50))
        assert caption.title == "Survey answers of 2021: none has a figure of an earlier survey"
        assert caption.notes == ("One answer has a figure of one survey only: a single mark.",)
        assert words.survey_names(table("membership_survey", ("Q", "yes", 2021, 50))) == ("no earlier survey", "2021")

    def test_notes(self):
        rows = observations(
            ("membership", "survey_response_rate", None, 2021, "about", 20),
            ("membership", "survey_response_rate", None, 2019, "exact", 30),
        )
        caption = self.caption(("Areas", "a", 2021, 5), ("Areas", "a", 2019, 4), stated=rows)
        assert caption.notes == (
            "30 % of the membership answered in 2019.", "About 20 % of the membership answered in 2021."
        )  # fmt: skip
        assert self.caption(("Areas", "a", 2021, 5), ("Areas", "b", 2021, 5)).notes[0].startswith("Respondents could")

    def test_an_edition_that_names_no_areas(self):
        caption = self.caption(("Areas", "a", 2021, 5), ("Areas", "a", 2019, 9), names={})
        assert caption.title == "‘Areas: a’ fell, from 9 % in 2019 to 5 % in 2021" and caption.notes == ()

    def test_none(self):
        assert self.caption() == Caption("The report gives no answers of a membership survey.")
        assert words.survey_names(table("membership_survey")) == ("", "no earlier survey")


class TestFigures:
    def test_table_and_captions(self):
        rows = observations(
            ("forums", "share_held", "Show", 2020, "over", 5),
            ("skills", "courses", None, None, "exact", 1200),
            unit="units",
        )
        rows.loc[0, "geography"] = "Africa"
        assert words.figure_table(rows).astype(object).where(lambda f: f.notna(), None).values.tolist() == [
            ["forums", "share held", "Show, Africa", 2020, "over 5 units", "1, line 1"],
            ["skills", "courses", "", None, "1,200 units", "1, line 2"],
        ]
        assert list(words.figure_table(rows)) == ["Topic", "What", "Which", "Year", "Figure", "Source"]
        rows.loc[1, "qualifier"] = "derived"
        assert words.figure_table(rows)["Figure"].tolist() == ["over 5 units", "1,200 units (not printed)"]
        assert words.figures(rows, Period(YEARS, 2020)) == Caption("Figures on participation, 2020")
        assert words.figures(rows, Period(YEARS, None)) == Caption("Figures on participation, 2018–2021")
        none = rows.head(0)
        assert words.figures(none, Period(YEARS, 2020)) == Caption(
            "The report gives no figures on participation for 2020."
        )
        assert words.figure_table(none).empty
        assert words.topic(rows, "skills") == Caption("skills: 2 figures")
        assert words.topic(rows.head(1), "skills") == Caption("skills: 1 figure")
        assert words.topic(none, "skills") == Caption("The report gives no figures on skills.")


def test_an_edition_without_the_file_of_names_still_has_its_sentences():
    stated = load.table("observations")
    assert words.forums(participation.forums(stated, YEARS, {}), {}, ALL).title == (
        "The report counts no participants of yearly events."
    )
    assert (
        words.prizes(participation.prizes(stated, {}), ALL).title
        == "The report counts no projects submitted to prizes."
    )
