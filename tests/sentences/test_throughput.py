"""The words of the page on standards throughput, for every branch that data or a selection can take."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from helpers.analyses import throughput
from helpers.period import Period
from helpers.selection import Selection
from helpers.sentences import throughput as words
from helpers.tables import load
from helpers.tables.editions import Edition
from tests.analyses.test_throughput import YEARS, texts

CUT = date(2021, 11, 1)
PARTIAL = "2021 is partial: the table closes on 1 November, 305 of 365 days."
SPREAD = ("The counts of 2018, 2019 and 2020 have 2.6 times the variance of Poisson counts (χ² 61 on 24 degrees of "
          "freedom): the bar allows for that, ‘low’ and ‘high’ do not.")  # fmt: skip
LEFT_OUT = "Groups without a row in one of the two years are left out."
NO_ROW = "‘No row’: the table has no line for this group and year; that is not a zero."


def asked(year, picked=(), years=YEARS, closes=CUT):
    """What a reader chose, of an edition whose table closes on a day, on none (None), or on no stated day."""
    edition = Edition("made-up", Path(), {"closes": {words.TABLE: closes} if closes else {}})
    return Selection(edition, Period(years, year), {"study_groups": tuple(picked)} if picked else {})


def made(function, itut, chosen, *more):
    """A caption from the frame that the analysis of the same name makes."""
    groups = chosen.members("study_groups", throughput.study_groups(itut))
    frame = getattr(throughput, function)(itut, chosen.of(words.TABLE), groups)
    return getattr(words, function)(frame, itut, chosen, *more)


class TestAnswer:
    @pytest.mark.parametrize(
        ("year", "picked", "said"),
        [
            (2021, [], [
                "ITU-T approved **189 texts** in 2021, to 1 November: 151 new or revised Recommendations, 24 "
                "Amendments and 14 Corrigenda. SG17 carried 26 % of them (50).",
                "Approvals slowed to 226 a year, 28 % fewer texts than in 2020 (316).",
                "No study group’s pace changed by more than chance."]),
            (2019, [], [
                "ITU-T approved **277 texts** in 2019: 242 new or revised Recommendations, 21 Amendments and "
                "14 Corrigenda. SG15 carried 17 % of them (46).",
                "That is 12 % fewer texts than in 2018 (314).",
                "SG15 (× 0.49) slowed, but among all groups compared that may be chance."]),
            (2018, [], [
                "ITU-T approved **314 texts** in 2018: 254 new or revised Recommendations, 39 Amendments and "
                "21 Corrigenda. SG15 carried 30 % of them (94).",
                "2018 is the first year of the table, so no change can be shown."]),
            (None, [], [
                "ITU-T approved **1,096 texts** in 2018–2021, to 1 November 2021: 902 new or revised Recommendations, "
                "127 Amendments and 67 Corrigenda. SG15 carried 24 % of them (263).",
                "2020 was the busiest year (316 texts)."]),
            (2021, ["SG15"], [
                "SG15 approved **39 texts** in 2021, to 1 November, 21 % of the 189 of ITU-T: 18 new or revised "
                "Recommendations, 18 Amendments and 3 Corrigenda.",
                "Approvals slowed to 47 a year, 44 % fewer texts than in 2020 (84).",
                "SG15 (× 0.56) slowed, no more than chance explains."]),
            (2021, ["SG15", "SG17"], [
                "SG15 and SG17 approved **89 texts** in 2021, to 1 November, 47 % of the 189 of ITU-T: 65 new or "
                "revised Recommendations, 19 Amendments and 5 Corrigenda. SG17 carried 56 % of them (50).",
                "Approvals slowed to 107 a year, 15 % fewer texts than in 2020 (126).",
                "SG17 (× 1.42) sped up and SG15 (× 0.56) slowed, no more than chance explains."]),
            (2020, ["SG11"], [
                "SG11 approved **22 texts** in 2020, 7 % of the 316 of ITU-T: 22 new or revised Recommendations.",
                "That is as many texts as in 2019 (22).",
                "SG11 (× 1.00) kept the rate, no more than chance explains."]),
            (2020, ["SG3", "TSAG"], [
                "SG3 and TSAG approved **4 texts** in 2020, 1 % of the 316 of ITU-T: 4 new or revised Recommendations. "
                "Only SG3 has a row.",
                "That is 43 % fewer texts than in 2019 (7).",
                "SG3 (× 1.33) sped up, no more than chance explains."]),
            (2019, ["SG3"], [
                "SG3 approved **3 texts** in 2019, 1 % of the 277 of ITU-T: 3 new or revised Recommendations.",
                "The table has no row of SG3 for 2018, so no change can be shown."]),
            (None, ["SG15"], [
                "SG15 approved **263 texts** in 2018–2021, to 1 November 2021, 24 % of the 1,096 of ITU-T: 126 new or "
                "revised Recommendations, 100 Amendments and 37 Corrigenda.",
                "2018 was the busiest year (94 texts)."]),
            (None, ["TSAG"], [
                "TSAG approved **4 texts** in 2018–2021, to 1 November 2021, less than 1 % of the 1,096 of ITU-T: 4 "
                "new or revised Recommendations.",
                "The only year with a row is 2019."]),
            (2020, ["TSAG"], ["The report lists no texts approved by TSAG in 2020."]),
        ],
    )  # fmt: skip
    def test_of_the_report(self, itut, year, picked, said):
        assert words.answer(itut, asked(year, picked)) == said

    def test_of_an_empty_table(self, itut):
        assert words.answer(itut[:0], asked(None)) == ["The report lists no texts approved by ITU-T in 2018–2021."]

    def test_one_text_of_each_kind(self):
        said = words.answer(texts(("SG1", 2018, 1, 1, 1), ("SG2", 2018, 2, 1)), asked(2018))
        assert said[0] == ("ITU-T approved **6 texts** in 2018: 3 new or revised Recommendations, 2 Amendments and "
                           "1 Corrigendum. SG1 and SG2 carried 50 % of them each (3).")  # fmt: skip

    def test_one_text_by_the_only_group(self):
        table = texts(("SG1", 2018, 1))
        assert words.answer(table, asked(2018))[0] == (
            "ITU-T approved **1 text** in 2018: 1 new or revised Recommendation. Only SG1 has a row."
        )
        assert words.answer(table, asked(2018, ["SG1"]))[0] == (
            "SG1 approved **1 text** in 2018, all that ITU-T approved: 1 new or revised Recommendation."
        )

    def test_an_unknown_closing_day(self):
        table = texts(("SG1", 2020, 9), ("SG1", 2021, 4))
        assert words.answer(table, asked(2021, closes="not stated")) == [
            "ITU-T approved **4 texts** in 2021 (closing day unknown): 4 new or revised Recommendations. "
            "Only SG1 has a row.",
            "How much of 2021 is counted is not stated, so it is not held against the 9 of 2020.",
        ]

    def test_a_gap_in_the_years(self):
        table = texts(("SG1", 2018, 9), ("SG1", 2020, 4))
        said = "The table has no row of ITU-T for 2019, so no change can be shown."
        assert words.answer(table, asked(2020, years=(2018, 2020)))[1:] == [said]

    def test_growth_and_clear_changes(self):
        table = texts(("SG1", 2018, 100), ("SG1", 2019, 100), ("SG1", 2020, 20), ("SG2", 2018, 9), ("SG2", 2019, 90),
                      ("SG3", 2018, 9), ("SG3", 2019, 95), ("SG4", 2018, 9), ("SG4", 2019, 9))  # fmt: skip
        frame = throughput.rate_ratios(table, asked(2019).of(words.TABLE), ["SG1", "SG2", "SG3"])
        assert words._shifts(frame.assign(clear=frame["ratio"] > 1), "ITU-T") == (
            "SG3 (× 10.56) and SG2 (× 10.00) sped up, more than chance explains"
        )
        down = frame.assign(ratio=[2, 0.5, 0.25], clear=[True, True, True])
        assert words._shifts(down, "ITU-T") == (
            "SG3 (× 2.00) sped up and SG2 (× 0.50) and SG1 (× 0.25) slowed, more than chance explains"
        )
        assert words.answer(table, asked(2019))[1] == "That is 131 % more texts than in 2018 (127)."

    def test_an_interval_above_one_stands_out_too(self):
        ratios = pd.DataFrame({"study_group": ["SG1", "SG2"], "ratio": [2.0, 1.5], "wide_low": [1.1, 1.0],
                               "wide_high": [3.0, 1.0], "p": [0.04, 0.5], "clear": [False, False]})  # fmt: skip
        assert words._shifts(ratios, "ITU-T") == (
            "SG1 (× 2.00) sped up, but among all groups compared that may be chance"
        )

    def test_one_whole_year_calls_nothing_clear(self):
        said = words.answer(texts(("SG1", 2020, 100), ("SG1", 2021, 1)), asked(2021))
        assert said[2] == "Whether a change is more than chance cannot be said of fewer than two whole years."

    @pytest.mark.parametrize(
        ("cells", "said"),
        [
            ([(2018, 5), (2019, 5)], "2018 and 2019 were the busiest years (5 texts each)."),
            ([(2018, 1), (2019, 1)], "2018 and 2019 were the busiest years (1 text each)."),
            # 40 in 305 days make 48 a year: more than the busiest whole year
            ([(2018, 30), (2019, 42), (2021, 40)], "2019 was the busiest whole year (42 texts)."),
            ([(2018, 42), (2019, 42), (2021, 40)], "2018 and 2019 were the busiest whole years (42 texts each)."),
            ([(2018, 30), (2021, 40)], "2021 was the busiest year (40 texts)."),
            ([(2018, 40), (2021, 40)], "2018 and 2021 were the busiest years (40 texts each)."),
        ],
    )
    def test_the_busiest_year(self, cells, said):
        assert words.answer(texts(*[("SG1", year, n) for year, n in cells]), asked(None))[1] == said

    def test_three_of_three_groups_are_no_concentration(self):
        table = texts(*[(f"SG{n}", year, n) for n in range(1, 5) for year in (2018, 2019)])
        assert words.answer(table, asked(None))[1] == ("2018 and 2019 were the busiest years (10 texts each).")
        without = table[~((table["study_group"] == "SG4") & (table["year"] == 2019))]
        assert words.answer(without, asked(None))[1] == "2018 was the busiest year (10 texts)."


class TestFigures:
    def test_of_the_report(self, itut):
        shown = words.figures(itut, asked(2021))
        assert list(shown["before"][:3]) == ["316", "255", "61"] and pd.isna(shown["before"][3])
        assert shown.drop(columns="before").to_numpy().tolist() == [
            ["ITU-T texts approved", "189 (partial)", "down 28 % at an annual rate against 316 in 2020", "1.3", 314],
            ["new or revised Recommendations", "151 (partial)", "down 29 % at an annual rate against 255 in 2020",
             "1.3", 314],
            ["Amendments and Corrigenda", "38 (partial)", "down 25 % at an annual rate against 61 in 2020", "1.3", 314],
            ["of the texts by SG17", "26 %", "50 of 189", "1.3", 455],
        ]  # fmt: skip

    def test_of_a_selection(self, itut):
        shown = words.figures(itut, asked(2020, ["SG2", "SG20"]))
        assert shown[["what", "now", "change", "line"]].to_numpy().tolist() == [
            ["texts approved by SG2 and SG20", "38", "up 100 % against 19 in 2019", 314],
            ["new or revised Recommendations", "35", "up 94 % against 18 in 2019", 314],
            ["Amendments and Corrigenda", "3", "3 times as many against 1 in 2019", 314],
            ["of the texts of ITU-T", "12 %", "38 of 316", 320],
        ]

    def test_no_amendment_is_a_zero_and_equal_leaders_are_named(self):
        shown = words.figures(texts(("SG1", 2018, 2), ("SG2", 2018, 2), ("SG3", 2018, 1)), asked(2018))
        assert shown[["what", "now", "change", "line"]].to_numpy().tolist() == [
            ["ITU-T texts approved", "5", "first year of the table", 1],
            ["new or revised Recommendations", "5", "first year of the table", 1],
            ["Amendments and Corrigenda", "0", "first year of the table", 1],
            ["of the texts by SG1 and SG2 each", "40 %", "2 of 5", 1],
        ]

    def test_one_group_has_no_share_of_itself(self):
        shown = words.figures(texts(("SG1", 2018, 2, 1)), asked(2018))
        assert list(shown["now"]) == ["3", "2", "1"]
        two = words.figures(texts(("SG1", 2018, 2), ("SG2", 2018, 6)), asked(2018))
        assert list(two["now"]) == ["8", "8", "0", "75 %"] and two["what"][3] == "of the texts by SG2"

    def test_without_texts_there_are_none(self, itut):
        assert words.figures(itut, asked(2020, ["TSAG"])).empty and words.figures(itut[:0], asked(None)).empty


class TestByGroup:
    @pytest.mark.parametrize(
        ("year", "picked", "title", "source", "notes"),
        [
            (2021, [], "SG17 approved most in 2021, to 1 November: 50 of 189 texts", "lines 323–470", ()),
            (2020, [], "SG15 approved most in 2020: 84 of 316 texts", "lines 320–467", ()),
            (2021, ["SG15"], "SG15 approved 39 of the 189 texts of ITU-T in 2021, to 1 November", "line 425", ()),
            (2021, ["SG15", "SG17"], "SG17 approved more than SG15 in 2021, to 1 November: 50 of 89 texts",
             "lines 425–455", ()),
            (2021, ["SG2", "SG9", "SG20"], "SG2, SG20 and SG9 approved 7 texts each in 2021, to 1 November",
             "lines 323–470", ()),
            (2021, ["SG2", "SG11", "SG20"],
             "Of SG2, SG11 and SG20, SG11 approved most in 2021, to 1 November: 8 of 22 texts",
             "lines 323–470", ()),
            (2021, ["SG2", "SG3", "SG20"], "Of SG2, SG3 and SG20, SG2 and SG20 approved most in 2021, to 1 November: "
             "7 of 17 texts each", "lines 323–470", ()),
            (2020, ["SG3", "TSAG"], "SG3 approved 4 of the 316 texts of ITU-T in 2020", "line 332",
             ("The table has no row of TSAG for 2020.",)),
        ],
    )  # fmt: skip
    def test_of_the_report(self, itut, year, picked, title, source, notes):
        caption = words.by_group(itut, asked(year, picked))
        assert (caption.title, caption.unit, caption.source) == (title, "texts approved", f"section 1.3, {source}")
        assert caption.notes == notes

    def test_the_only_group(self):
        for picked in ([], ["SG1"]):
            caption = words.by_group(texts(("SG1", 2018, 2), ("SG2", 2019, 1)), asked(2018, picked))
            assert caption.title == "SG1 alone approved texts in 2018: 2"

    def test_equal_leaders_of_everybody(self):
        caption = words.by_group(texts(("SG1", 2018, 2), ("SG2", 2018, 2), ("SG3", 2018, 1)), asked(2018))
        assert caption.title == "SG1 and SG2 approved most in 2018: 2 of 5 texts each"

    def test_without_texts(self, itut):
        caption = words.by_group(itut, asked(2020, ["TSAG"]))
        assert (caption.title, caption.source) == ("The report lists no texts approved by TSAG in 2020.", "")
        assert words.by_group(itut[:0], asked(2021)).title == "The report lists no texts approved by ITU-T in 2021."

    def test_the_table(self, itut):
        assert words.by_group_table(itut, asked(2021)).title == "Approvals by study group, 2021"
        assert words.by_group_table(itut, asked(None, ["SG2"])).title == "Approvals by study group, 2018–2021, SG2"
        said = "The table has no row of TSAG for 2020; that is not a zero."
        assert words.by_group_table(itut, asked(2020, ["TSAG"])).title == said

    def test_headings_name_every_column(self, itut):
        ranked = throughput.by_group(itut, Period(YEARS, 2021), ["SG2"])
        assert list(words.GROUP_HEADINGS) == [ranked.columns[0], "year", *ranked.columns[1:]]
        assert list(words.GROUP_HEADINGS.values()) == [
            "Group", "Year", "Name", "New or revised", "Amendments", "Corrigenda", "All",
            "Distinct designations"]  # fmt: skip


class TestByYear:
    def test_of_the_report(self, itut):
        caption = made("by_year", itut, asked(2021))
        assert caption.title == "Approvals slowed in 2021: 189 by 1 November, a pace of 226 a year"
        assert (caption.unit, caption.source) == ("texts approved", "section 1.3, lines 314–476")
        assert caption.notes == (PARTIAL,)

    @pytest.mark.parametrize(
        ("cells", "closes", "title"),
        [
            (
                [(2018, 5), (2019, 5), (2020, 7)],
                CUT,
                "SG1 approved between 5 (2018 and 2019) and 7 (2020) texts in a whole year",
            ),
            ([(2018, 5), (2019, 5)], CUT, "SG1 approved 5 texts in every whole year"),
            ([(2019, 1), (2021, 10)], CUT, "SG1 approved 1 text in 2019"),
            ([(2021, 10)], CUT, "SG1 has no whole year in the table"),
            ([(2020, 9), (2021, 10)], "not stated", "SG1 approved 9 texts in 2020"),
            ([(2020, 9), (2021, 10)], None, "Approvals by SG1 rose from 9 to 10 in 2021"),
        ],
    )
    def test_titles_of_one_group(self, cells, closes, title):
        table = texts(*[("SG1", year, n) for year, n in cells], ("SG2", 2019, 50))
        assert made("by_year", table, asked(2021, ["SG1"], closes=closes)).title == title

    def test_years_without_a_row(self, itut):
        caption = made("by_year", itut, asked(2020, ["TSAG"]))
        assert caption.title == "TSAG approved 4 texts in 2019" and caption.source == "section 1.3, line 476"
        assert caption.notes == ("The table has no row of TSAG for 2018, 2020 and 2021; that is not a zero.",)

    def test_without_texts(self, itut):
        assert made("by_year", itut[:0], asked(2021)).title == "The report lists no texts approved by ITU-T."


class TestGroupYears:
    RATES = ("At the pace of 2021 a whole year would bring 8 by SG2, 4 by SG3, 14 by SG5, 8 by SG9, 10 by "
             "SG11, 17 by SG12, 20 by SG13, 47 by SG15, 30 by SG16, 60 by SG17 and 8 by SG20.")  # fmt: skip

    def test_of_the_report(self, itut):
        caption = made("group_years", itut, asked(2021), True)
        assert caption.title == "SG15 varied most, between 46 and 94 texts a year"
        assert (caption.unit, caption.source) == ("texts approved", "section 1.3, lines 314–476")
        assert caption.notes == (PARTIAL, self.RATES, NO_ROW)
        assert made("group_years", itut, asked(2021), False).notes == (PARTIAL, NO_ROW)

    @pytest.mark.parametrize(
        ("picked", "title"),
        [
            (["SG15"], "SG15 approved between 46 and 94 texts a year"),
            (["SG15", "TSAG"], "SG15 approved between 46 and 94 texts a year"),
            (["SG15", "SG17"], "SG15 varied more, between 46 and 94 texts a year"),
            (["SG2", "SG17", "SG5"], "SG5 varied most, between 29 and 41 texts a year"),
            (["TSAG"], "TSAG has fewer than two whole years in the table"),
        ],
    )
    def test_of_a_selection(self, itut, picked, title):
        assert made("group_years", itut, asked(2021, picked), True).title == title

    def test_equal_groups(self):
        table = texts(("SG1", 2018, 4), ("SG1", 2019, 6), ("SG2", 2018, 9), ("SG2", 2019, 7), ("SG3", 2018, 4),
                      ("SG3", 2019, 5))  # fmt: skip
        caption = made("group_years", table, asked(2019, years=(2018, 2019), closes=None), True)
        assert caption.title == "SG1 and SG2 varied most, by 2 texts each" and caption.notes == ()

    def test_no_change(self):
        table = texts(("SG1", 2018, 4), ("SG1", 2019, 4), ("SG2", 2018, 7), ("SG2", 2019, 7))
        caption = made("group_years", table, asked(2019), True)
        assert caption.title == "SG1 and SG2 approved as many texts in every whole year"
        assert caption.notes == (NO_ROW,)  # no bar is hatched, so no note speaks of one

    def test_without_texts(self, itut):
        assert made("group_years", itut[:0], asked(2021), True).title == "The report lists no texts approved by ITU-T."


class TestRateRatios:
    @pytest.mark.parametrize(
        ("year", "picked", "title"),
        [
            (2021, [], "No study group’s pace changed by more than chance from 2020 to 2021"),
            (None, [], "SG15 (× 0.50) slowed from 2018 to 2021, but among all groups compared that may be "
                       "chance"),
            (2021, ["SG20"], "SG20 (× 0.31) slowed from 2020 to 2021, no more than chance explains"),
        ],
    )  # fmt: skip
    def test_of_the_report(self, itut, year, picked, title):
        caption = made("rate_ratios", itut, asked(year, picked))
        assert caption.title == title and caption.notes == (PARTIAL, SPREAD, *([] if picked else [LEFT_OUT]))
        assert caption.unit == "rate against the earlier year"
        assert caption.source == f"section 1.3, lines {'461–470' if picked else '314–476'}"

    @pytest.mark.parametrize(
        ("chosen", "title"),
        [
            (asked(2018), "No year before 2018 is in the table."),
            (asked(None, years=(2020,)), "No year before 2020 is in the table."),
            (asked(2020, ["TSAG"]), "The table has no row of TSAG in both 2019 and 2020, so no change can be shown."),
            (asked(2021, closes="not stated"),
             "How much of 2021 is counted is not stated, so its rate is not held against 2020."),
        ],
    )  # fmt: skip
    def test_without_a_comparison(self, itut, chosen, title):
        caption = made("rate_ratios", itut, chosen)
        assert (caption.title, caption.notes) == (title, ())

    def test_how_far_the_interval_is_widened(self):
        none = made("rate_ratios", texts(("SG1", 2020, 9), ("SG1", 2021, 9)), asked(2021))
        assert none.title == ("Whether a change is more than chance cannot be said of fewer than two whole years")
        assert none.notes[1] == (
            "Fewer than two whole years are in the table, so no interval is widened; ‘low’ and ‘high’ are exact."
        )
        even = made("rate_ratios", texts(*[("SG1", year, 9) for year in YEARS]), asked(2021))
        assert even.notes[1] == (
            "The counts of 2018, 2019 and 2020 have no more than the variance of Poisson counts (χ² 0 on 2 degrees of "
            "freedom)."
        )


class TestConcentration:
    def caption(self, itut, chosen):
        return words.concentration(throughput.concentration(itut), itut, chosen)

    def test_of_the_report(self, itut):
        caption = self.caption(itut, asked(2021))
        assert caption.title == (
            "SG15 and SG16 are among the three largest groups every year; the three carry "
            "between 47 % and 60 % of the output"
        )
        assert (caption.unit, caption.source, caption.notes) == ("", "section 1.3, lines 314–476", ())

    def test_a_selection_sees_all_groups(self, itut):
        caption = self.caption(itut, asked(2021, ["SG15"]))
        assert caption.title == (
            "SG15 and SG16 are among the three largest groups every year; the three carry "
            "between 47 % and 60 % of the output"
        )
        assert caption.notes == ("All study groups count here, also those that this page leaves out.",)

    def test_years_with_few_groups(self):
        many = [(f"SG{n}", 2018, 1) for n in range(4)]
        few = [(f"SG{n}", 2019, 1) for n in range(3)]
        assert self.caption(texts(*many), asked(2018)).title == ("The three largest groups carry 75 %")
        assert self.caption(texts(*many, *few), asked(2018)).title == ("The three largest groups carry 75 %")
        assert self.caption(texts(*few), asked(2019)).title == "No more than three study groups have a row in any year"
        assert self.caption(texts(), asked(2019)).title == "The report lists no texts approved by ITU-T."

    def test_the_table_names_the_groups(self, itut):
        table = words.concentration_table(throughput.concentration(itut))
        assert table["top_groups"].iloc[3] == "SG17, SG15 and SG16" and list(table) == list(
            words.CONCENTRATION_HEADINGS
        )
        assert words.concentration_table(throughput.concentration(itut[:0])).empty


class TestExtremes:
    @pytest.mark.parametrize(
        ("cells", "chosen", "said"),
        [
            ([("SG1", 2018, 30), ("SG1", 2019, 10), ("SG2", 2018, 5), ("SG2", 2019, 10)], asked(2019),
             "SG1 approved about a third of what it did in 2018 (10 texts after 30) and SG2 about twice what it did "
             "(10 after 5)"),
            ([("SG1", 2018, 100), ("SG1", 2019, 60), ("SG2", 2018, 10), ("SG2", 2019, 14)], asked(2019),
             "SG1 approved 60 % of what it did in 2018 (60 texts after 100) and SG2 40 % more than it did "
             "(14 after 10)"),
            ([("SG1", 2018, 3), ("SG1", 2019, 20)], asked(2019),
             "SG1 approved about 7 times what it did in 2018 (20 texts after 3)"),
            ([("SG1", 2018, 4), ("SG1", 2019, 1)], asked(2019),
             "SG1 approved about a quarter of what it did in 2018 (1 text after 4)"),
            ([("SG1", 2018, 4), ("SG1", 2019, 4)], asked(2019),
             "SG1 approved about as much as it did in 2018 (4 texts after 4)"),
            ([("SG1", 2020, 30), ("SG1", 2021, 25)], asked(2021),
             "SG1 approved about as much as it did in 2020 (25 texts after 30), at annual rates"),
        ],
    )  # fmt: skip
    def test_slowest_and_fastest(self, cells, chosen, said):
        assert words.extremes(texts(*cells), chosen).split("; ")[0].removesuffix(".") == said

    def test_chance_is_named_unless_a_change_is_clear(self):
        even = texts(*[(name, year, 400) for name in ("SG1", "SG2") for year in (2018, 2020)], ("SG1", 2019, 400),
                     ("SG2", 2019, 400))  # fmt: skip
        assert words.extremes(even, asked(2019)).endswith("; chance alone could explain that.")
        grown = texts(("SG1", 2020, 400), ("SG1", 2019, 400), ("SG1", 2018, 400), ("SG1", 2021, 900))
        assert "chance" not in words.extremes(grown, asked(2021))

    def test_nothing_to_compare(self, itut):
        assert words.extremes(itut, asked(2018)) == "" == words.extremes(itut[:0], asked(2021))


class TestItur:
    def parties(self, *rows):
        """Rows of (label, parties, designation, revision, repaired)."""
        names = ["row_label", "working_parties", "designation", "revision", "repaired"]
        frame = pd.DataFrame(rows, columns=names).assign(section="1.3", line=7)
        return frame.astype({"working_parties": "string", "revision": "Int64", "repaired": "boolean"})

    def test_of_the_report(self, itur):
        assert words.itur_answer(itur) == (
            "ITU-R lists 159 Recommendations, 29 of them new; 23 belong to more than one working party."
        )
        caption = words.itur_by_party(itur)
        assert caption.title == "23 of 159 ITU-R Recommendations belong to more than one working party"
        assert (caption.unit, caption.source) == ("Recommendations", "section 1.3, lines 558–618")
        printed = "The list prints 176 rows; counted once for every working party they make 205."
        assert caption.notes == (*load.caveats("itur_recommendations").values(), printed)

    def test_none_shared(self):
        table = self.parties(("A", "1A", "X.1-0", 0, True), ("B", "1B", "X.2-1", 1, False))
        assert words.itur_answer(table) == (
            "ITU-R lists 2 Recommendations, 1 of them new; none belongs to more than one working party."
        )
        assert words.itur_by_party(table).title == (
            "None of 2 ITU-R Recommendations belongs to more than one working party"
        )

    def test_shared_in_a_joint_row_only(self):
        table = self.parties(("A", "1A;1B", "X.1-0", 0, False), ("C", "1C", "X.2-1", 1, False))
        assert words.itur_answer(table) == (
            "ITU-R lists 2 Recommendations, 1 of them new; 1 belongs to more than one working party."
        )
        title = "1 of 2 ITU-R Recommendations belongs to more than one working party"
        assert words.itur_by_party(table).title == title

    def test_without_recommendations(self, itur):
        assert words.itur_answer(itur[:0]) == "The report lists no ITU-R Recommendations."
        assert words.itur_by_party(itur[:0]).title == "The report lists no ITU-R Recommendations."


def test_every_kind_and_sharing_has_a_label(itut):
    assert list(words.TYPE_LABELS) == throughput.TYPES == list(words.NOUNS)
    assert list(words.SHARING_LABELS) == throughput.SHARINGS
    assert list(words.SHARING_LABELS.values()) == ["Own row only", "In several rows", "In a joint row"]
    assert list(words.CONCENTRATION_HEADINGS.values()) == [
        "Year", "Groups", "Largest (up to three)", "Their share", "HHI", "HHI if even"]  # fmt: skip


class TestSeries:
    @pytest.mark.parametrize(
        ("rows", "year", "picked", "said"),
        [
            ([("X", "SG1", 7), ("X", "SG2", 3), ("Y", "SG2", 2)], None, (),
             "Series X has the most texts of ITU-T in 2018–2021, to 1 November 2021: 10 of 12, 7 of them by SG1"),
            ([("X", "SG1", 3), ("X", "SG2", 3), ("Y", "SG2", 2)], 2021, (),
             "Series X has the most texts of ITU-T in 2021, to 1 November: 6 of 8, 3 of them each by SG1 and SG2"),
            ([("X", "SG1", 3), ("Y", "SG2", 2)], 2019, (),
             "Series X has the most texts of ITU-T in 2019: 3 of 5, all by SG1"),
            ([("X", "SG1", 3), ("Y", "SG2", 2)], 2019, ("SG2",), "All 2 texts of SG2 in 2019 are in series Y"),
            ([("X", "SG1", 1)], 2019, ("SG1",), "The only text of SG1 in 2019 is in series X"),
            ([("X", "SG1", 2), ("Y", "SG1", 1)], 2019, ("SG1",), "Series X has the most texts of SG1 in 2019: 2 of 3"),
            ([("X", "SG1", 2), ("Y", "SG2", 2)], 2019, ("SG1", "SG2"),
             "Series X and Y have the most texts of SG1 and SG2 in 2019: 2 each of 4"),
        ],
    )  # fmt: skip
    def test_the_largest_is_named_with_its_group(self, rows, year, picked, said):
        chosen = asked(year, picked)
        named = [(group, chosen.of(words.TABLE).chosen[0], f"{letter}.{n}") for letter, group, many in rows
                 for n in range(many)]  # fmt: skip
        table = texts(*((group, when, 1) for group, when, _ in named)).assign(
            designation=[name for *_, name in named], series=[name[0] for *_, name in named]
        )
        assert made("by_series", table, chosen).title == said

    def test_groups_stand_in_words(self):
        itut = load.table("itut_recommendations")
        table = words.series_table(throughput.by_series(itut, Period(YEARS, None), throughput.study_groups(itut)))
        row = table.set_index("series").loc["X"]
        assert (row["entries"], row["by"]) == (117, "SG17 107, SG11 8 and SG2 2")
        nothing = throughput.by_series(itut.head(0), Period(YEARS, None), [])
        assert list(words.series_table(nothing)) == [name for name in words.SERIES_HEADINGS if name != "year"]

    def test_without_texts(self):
        itut = load.table("itut_recommendations").head(0)
        assert made("by_series", itut, asked(2019)).title == words.by_group(itut, asked(2019)).title
