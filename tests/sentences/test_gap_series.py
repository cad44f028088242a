"""Words on gaps over the years: every branch of every sentence, in full."""

from __future__ import annotations

import pytest

from helpers.analyses import gap_series
from helpers.analyses.gap_series import AGES, AREAS, ONLINE, PHONES
from helpers.sentences import gap_series as words
from helpers.sentences.caption import Caption
from helpers.tables import load
from tests.analyses.test_gap_series import course, published, sources

SERIES, SOURCES = load.published("series"), load.published("sources")
PLACES = list(dict.fromkeys(SERIES.loc[SERIES["sex"] == "F", "geography"]))
ITU = "ITU, Key ICT indicators, aggregate estimates, edition of November 2024"
MADE = "ITU, Key figures, edition of May 2030"
TENTHS = "Shares are rounded to one decimal: rounding alone can change a gap by up to 0.2 points."

WIDER = ("Africa", 2028, 20.0, 30.0), ("Africa", 2029, 30.0, 43.0)  # ratio 0.67 → 0.70, points 10 → 13
NARROWER = ("CIS", 2028, 80.0, 84.0), ("CIS", 2029, 85.0, 86.0)
SWAPPED = ("Europe", 2028, 90.0, 91.0), ("Europe", 2029, 93.0, 92.0)
STILL = ("World", 2028, 60.0, 66.0), ("World", 2029, 60.1, 66.2)
EVERY = (*WIDER, *NARROWER, *SWAPPED, *STILL)
NOTHING = course(ONLINE, places=["Africa"])


def real(gap, *places):
    return gap_series.course(SERIES, SOURCES, gap, places or PLACES)


class TestStanding:
    def test_of_the_official_series(self):
        assert words.standing(SOURCES, real(ONLINE), real(AREAS)) == [
            f"These figures are not the report’s: they come from {ITU}, and are the same on the page of every year."
        ]

    def test_places_that_no_gap_has_figures_for(self):
        online = course(ONLINE, *WIDER, places=["Africa", "Europe", "LDCs", "Developing countries"])
        areas = course(AREAS, *SWAPPED, places=["Africa", "Europe", "LDCs", "Developing countries"])
        assert words.standing(online.sources, online, areas) == [
            f"These figures are not the report’s: they come from {MADE}, and are the same on the page of every year.",
            "There are none for the LDCs and developing countries.",
        ]

    def test_two_editions(self):
        two = sources(new=1, old=(None, 1))
        older = gap_series.course(published(AREAS, *WIDER, source="old"), two, AREAS, ["Africa"])
        assert words.standing(two, course(ONLINE, *WIDER, of=two), older)[0] == (
            f"These figures are not the report’s: they come from {MADE}; ITU, Key figures, edition of an unknown date, "
            "and are the same on the page of every year."
        )

    def test_without_figures(self):
        none = "No official series published since has figures on these gaps for any geography shown."
        assert words.standing(SOURCES, NOTHING, NOTHING) == [none]


class TestLead:
    def test_of_the_official_series(self):
        assert words.lead(real(ONLINE)) == [
            "Published since (edition of November 2024): from 2019 to 2024 the gap between women and men in Internet "
            "use narrowed in five of 14 geographies, most in upper-middle-income countries (3.3 to 0.3 percentage "
            "points); widened in seven, most in the LDCs (6.6 to 12.4 percentage points); changed sides in the "
            "Americas and the SIDS."
        ]
        assert words.lead(real(ONLINE, "Arab States")) == [
            "Published since (edition of November 2024): from 2019 to 2024 the gap between women and men in Internet "
            "use in the Arab States widened: 8.0 to 10.7 percentage points."
        ]

    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            (
                EVERY,
                "narrowed in the CIS (4.0 to 1.0 percentage points); widened in Africa (10.0 to 13.0 percentage "
                "points); changed sides in Europe; did not change beyond rounding in the world.",
            ),
            (
                (*WIDER, *[("LDCs", *row[1:]) for row in WIDER]),
                "widened in both geographies, most in Africa (10.0 to 13.0 percentage points).",
            ),
            (
                [(place, *row[1:]) for place in ("CIS", "LDCs", "SIDS") for row in STILL],
                "did not change beyond rounding in all three geographies.",
            ),
            (STILL, "in the world did not change beyond rounding: 6.0 to 6.1 percentage points."),
            (
                SWAPPED,
                "in Europe changed sides: men ahead by 1.0, then women ahead by 1.0 percentage points.",
            ),
            (NARROWER, "in the CIS narrowed: 4.0 to 1.0 percentage points."),
        ],
    )
    def test_every_way_that_a_gap_can_go(self, rows, said):
        gap = "Published since (edition of May 2030): from 2028 to 2029 the gap between women and men in Internet use "
        assert words.lead(course(ONLINE, *rows)) == [gap + said]

    def test_the_widest_change_is_named_not_the_first(self):
        rows = [*WIDER, ("LDCs", 2028, 10.0, 20.0), ("LDCs", 2029, 10.0, 24.0), *NARROWER]
        assert "most in the LDCs (10.0 to 14.0 percentage points)" in words.lead(course(ONLINE, *rows))[0]

    def test_nothing_without_two_years(self):
        assert words.lead(NOTHING) == words.lead(course(ONLINE, WIDER[0])) == []


class TestTold:
    def test_of_the_official_series(self):
        assert words.told(real(ONLINE)) == [
            "Narrowed from 2019 to 2024, in percentage points: upper-middle-income countries (3.3 to 0.3); "
            "Europe (4.7 to 2.1); Asia-Pacific (5.4 to 3.4); high-income countries (2.3 to 0.7); the "
            "world (5.1 to 4.2).",
            "Widened from 2019 to 2024, in percentage points: the LDCs (6.6 to 12.4); low-income countries ("
            "7.3 to 11.0); lower-middle-income countries (8.1 to 11.6); Africa (9.2 to 12.0); the Arab "
            "States (8.0 to 10.7); the LLDCs (5.5 to 7.7); the CIS (1.2 to 1.5).",
            "Changed sides from 2019 to 2024, in percentage points: the Americas (men ahead by 0.9, then women ahead "
            "by 1.6); the SIDS (women ahead by 0.9, then men ahead by 0.2).",
            "Two stories: nearer to 1 by the gender parity score, yet wider in points: lower-middle-income countries "
            "(0.79 to 0.81; 8.1 to 11.6 points); Africa (0.69 to 0.72; 9.2 to 12.0 points).",
        ]
        assert words.told(real(PHONES))[-1] == (
            "No change beyond rounding from 2021 to 2024, in percentage points: high-income countries (men ahead by "
            "0.1, then women ahead by 0.3)."
        )
        assert words.told(real(AREAS, "Arab States")) == [
            "Widened from 2021 to 2024, in percentage points: the Arab States (31.5 to 32.8).",
            "Two stories: nearer to 1 by the urban–rural ratio, yet wider in points: the Arab States (1.68 to 1.65; "
            "31.5 to 32.8 points).",
        ]

    def test_who_was_ahead_where_it_was_not_always_the_same(self):
        turned = [("SIDS", 2028, 51.0, 50.0), ("SIDS", 2029, 52.5, 50.0)]
        equal = [("LDCs", 2028, 51.0, 50.0), ("LDCs", 2029, 50.0, 50.0)]
        assert words.told(course(ONLINE, *turned, *equal)) == [
            "Narrowed from 2028 to 2029, in percentage points: the LDCs (women ahead by 1.0, then both alike).",
            "Widened from 2028 to 2029, in percentage points: the SIDS (women ahead by 1.0, then women ahead by 2.5).",
        ]
        closed = ("CIS", 2028, 50.0, 59.0), ("CIS", 2029, 50.0, 50.0)
        assert words.told(course(ONLINE, *closed))[0].endswith("percentage points: the CIS (9.0 to 0.0).")
        assert words.told(course(AREAS, *SWAPPED))[0] == (
            "Changed sides from 2028 to 2029, in percentage points: Europe (rural people ahead by 1.0, then urban "
            "people ahead by 1.0)."
        )
        assert words.told(course(AGES, *SWAPPED))[0].endswith("(the rest ahead by 1.0, then the young ahead by 1.0).")

    def test_ratios_that_are_alike_get_a_third_decimal(self):
        rows = ("LDCs", 2028, 50.0, 60.5), ("LDCs", 2029, 60.0, 72.0)  # 0.826 → 0.833, 10.5 → 12
        assert words.told(course(ONLINE, *rows))[1] == (
            "Two stories: nearer to 1 by the gender parity score, yet wider in points: the LDCs (0.826 to 0.833; 10.5 "
            "to 12.0 points)."
        )

    def test_the_other_way_round(self):
        rows = ("CIS", 2028, 30.0, 43.0), ("CIS", 2029, 20.0, 30.0)
        assert words.told(course(PHONES, *rows)) == [
            "Narrowed from 2028 to 2029, in percentage points: the CIS (13.0 to 10.0).",
            "Two stories: farther from 1 by the gender parity score, yet narrower in points: the CIS (0.70 to 0.67; "
            "13.0 to 10.0 points).",
        ]

    def test_places_with_one_of_the_two_years(self):
        rows = [*STILL, ("LDCs", 2029, 1.0, 2.0), ("Europe", 2028, 1.0, 2.0)]
        assert words.told(course(ONLINE, *rows)) == [
            "No change beyond rounding from 2028 to 2029, in percentage points: the world (6.0 to 6.1).",
            "No figures for both years: Europe and the LDCs.",
        ]

    def test_decimals_that_are_not_stated(self):
        rows = ("LDCs", 2028, 50, 60.25), ("LDCs", 2029, 50, 62)
        assert words.told(course(ONLINE, *rows, of=sources(new=None)))[0].endswith("the LDCs (10.25 to 12).")

    def test_without_two_years(self):
        one, apart = course(ONLINE, WIDER[0], SWAPPED[0]), course(AGES, WIDER[0], SWAPPED[1])
        gap = "the gap between women and men in Internet use"
        assert words.told(one) == [f"The figures on {gap} are of 2028 only: no change can be told."]
        assert words.told(apart) == [
            "No geography shown has figures on the gap between the young and the rest in Internet use for both 2028 "
            "and 2029."
        ]
        assert words.told(NOTHING) == [f"No official series has figures on {gap} for any geography shown."]
        for of in (one, apart, NOTHING):
            assert words.table(of).empty and words.table_caption(of) == Caption("There are no two years to compare.")


class TestCaptions:
    def test_of_the_official_series(self):
        assert words.ratio_caption(real(ONLINE)) == Caption(
            "Gender parity score of Internet use, 2019 to 2024: nearer to 1 in seven of 14 geographies; farther "
            "from 1 in the LDCs and the Arab States; on the other side of 1 in the Americas and the SIDS",
            "gender parity score: share of women ÷ share of men",
            "sheets and cells in the data of the pictures",
            ("Thin line: equal shares.", TENTHS),
            ITU,
            (f"{ITU}, CC BY-NC-SA 3.0 IGO",),
        )
        assert words.points_caption(real(AREAS)) == Caption(
            "The gap between urban people and rural people in Internet use, 2021 to 2024: narrower in the "
            "Americas, the CIS and Europe; wider in 11 of 14 geographies",
            "percentage points by which urban people are ahead",
            "sheets and cells in the data of the pictures",
            ("Thin line: equal shares; below it rural people are ahead.", TENTHS),
            ITU,
            (f"{ITU}, CC BY-NC-SA 3.0 IGO",),
        )
        assert words.ratio_caption(real(AGES)).title == (
            "Youth ratio of Internet use, 2021 to 2024: nearer to 1 in 13 of 14 geographies"
        )

    def test_of_one_geography(self):
        ratio, points = words.ratio_caption(course(PHONES, *WIDER)), words.points_caption(course(PHONES, *WIDER))
        assert ratio.title == (
            "Gender parity score of phone ownership, Africa, 2028 to 2029: 0.67 to 0.70, nearer to 1"
        )
        assert points == Caption(
            "The gap between women and men in phone ownership, Africa, 2028 to 2029: 10.0 to 13.0 percentage "
            "points, wider",
            "percentage points by which men are ahead",
            "sheets and cells in the data of the pictures",
            ("Thin line: equal shares; below it women are ahead.", TENTHS),
            MADE,
            (f"{MADE}, free",),
        )

        assert words.points_caption(course(PHONES, *SWAPPED)).title == (
            "The gap between women and men in phone ownership, Europe, 2028 to 2029: men ahead by 1.0, then women "
            "ahead by 1.0 percentage points, on the other side"
        )

    def test_all_alike(self):
        both = course(ONLINE, *WIDER, *NARROWER)
        assert words.ratio_caption(both).title.endswith(": nearer to 1 in both geographies")
        assert words.points_caption(both).title.endswith(": narrower in the CIS; wider in Africa")

    def test_without_two_years(self):
        assert words.ratio_caption(course(AREAS, WIDER[0])).title == "Urban–rural ratio of Internet use, 2028"
        apart = words.points_caption(course(AREAS, WIDER[0], SWAPPED[1])).title
        assert apart == "The gap between urban people and rural people in Internet use, 2028 and 2029"
        none = words.ratio_caption(NOTHING), words.points_caption(NOTHING)
        assert none == (
            Caption("There is nothing to draw: gender parity score of Internet use."),
            Caption("There is nothing to draw: the gap between women and men in Internet use."),
        )

    @pytest.mark.parametrize(
        ("decimals", "said"),
        [
            (0, "Shares are rounded to no decimals: rounding alone can change a gap by up to 2 points."),
            (2, "Shares are rounded to two decimals: rounding alone can change a gap by up to 0.02 points."),
            (None, "The edition does not say how its shares are rounded: the last digit of each counts."),
        ],
    )
    def test_rounding_as_it_is_stated(self, decimals, said):
        assert words.ratio_caption(course(ONLINE, *WIDER, of=sources(new=decimals))).notes[1] == said


class TestTable:
    def test_first_and_last_year_with_intervals(self):
        table = words.table(course(ONLINE, *SWAPPED, *WIDER))
        assert table.to_dict("records") == [
            {"Geography": "Europe", "Gender parity score, 2028": "0.989 (0.988–0.990)",
             "Gender parity score, 2029": "1.011 (1.010–1.012)", "Gap, 2028": "1.0", "Gap, 2029": "−1.0",
             "Change": "−2.0"},
            {"Geography": "Africa", "Gender parity score, 2028": "0.667 (0.664–0.669)",
             "Gender parity score, 2029": "0.698 (0.696–0.700)", "Gap, 2028": "10.0", "Gap, 2029": "13.0",
             "Change": "+3.0"},
        ]  # fmt: skip

    def test_no_change_and_no_stated_decimals(self):
        rows = ("World", 2028, 50, 60), ("World", 2029, 51.5, 61.5)
        row = words.table(course(AREAS, *[(*r[:2], *r[:1:-1]) for r in rows], of=sources(new=None))).iloc[0]
        assert list(row)[3:] == ["10", "10", "0"]

    def test_caption(self):
        assert words.table_caption(real(AGES)) == Caption(
            "The gap between the young and the rest in Internet use, 2021 to 2024",
            "",
            "sheets and cells in the data of the pictures",
            ("Gap and change in percentage points.",),
            ITU,
            (f"{ITU}, CC BY-NC-SA 3.0 IGO",),
        )
