"""Words of the overview: the standard pages' sentences, and every branch on small tables."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from helpers import selection
from helpers.analyses import overview
from helpers.selection import Period
from helpers.sentences import overview as words
from tests.analyses.test_overview import GROUND, SPACE, TEXTS, made, observed, tables

NO_PEOPLE = "In 2018 the ITU approved **314 ITU-T texts**, processed 1,181 space requests and held 53 ITU-T workshops."


@pytest.fixture(scope="module")
def pages():
    found = {year: selection.choose(year) for year in (2018, 2019, 2020, 2021, "all")}
    return {year: (overview.tables(chosen), chosen) for year, chosen in found.items()}


def rows(frame, *columns):
    return list(frame[list(columns)].itertuples(index=False, name=None))


class TestStandardPages:
    def test_tiles_of_the_last_year(self, pages):
        assert rows(words.figures(*pages[2021]), "page", "now", "what", "change", "section", "line") == [
            ("1_standards_throughput", "189 (partial)", "ITU-T texts approved",
             "down 28 % at an annual rate against 316 in 2020", "1.3", 314),
            ("1_standards_throughput", "151 (partial)", "new or revised Recommendations",
             "down 29 % at an annual rate against 255 in 2020", "1.3", 314),
            ("2_spectrum_notices", "1,618 (partial)", "space requests processed",
             "up 68 % at an annual rate against 1,099 in 2020", "1.2", 195),
            ("2_spectrum_notices", "73,686 (closing day unknown)", "terrestrial notices recorded in the MIFR",
             "against 252,555 in 2020", "1.2", 231),
            ("2_spectrum_notices", "1,163 (closing day unknown)", "reports of harmful interference",
             "against 1,165 in 2020", "1.2", 270),
            ("5_participation", "44 (partial)", "ITU-T workshops",
             "up 14 % at an annual rate against 46 in 2020", "1.10", 1136),
            ("3_target_progress", "63 %", "of people use the Internet", "up 9 from 54 (2019)", "3", 1415),
            ("3_target_progress", "95 %", "of people covered by mobile broadband", "no earlier figure", "3", 1419),
            ("3_target_progress", "not reported", "countries with an innovation policy", "given for 2019 and 2020", "3",
             1425),
            ("4_gender_and_youth_gaps", "not reported", "gender parity score of the world",
             "given for 2018 and 2020", "3", 1417),
            ("4_gender_and_youth_gaps", "not reported", "printed youth ratio of the world",
             "given for 2020", "3", 1418),
            ("5_participation", "1,286", "projects for the WSIS Prizes", "up 480 from 806 (2020)", "1.11", 1199),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("year", "stated"),
        [
            (2018, ["not reported", "not reported", "not reported", "0.89", "not reported", "not reported"]),
            (2020, ["not reported", "not reported", "74", "0.92", "1.24", "806"]),
            ("all", ["63 % (2021)", "95 % (2021)", "74 (2020)", "0.92 (2020)", "1.24 (2020)", "1,286 (2021)"]),
        ],
    )
    def test_stated_figures(self, pages, year, stated):
        assert list(words.figures(*pages[year])["now"])[6:] == stated

    @pytest.mark.parametrize(
        ("year", "said"),
        [
            (2018, NO_PEOPLE),
            (2019, "In 2019 the ITU approved **277 ITU-T texts**, processed 1,298 space requests and held 56 ITU-T "
                   "workshops; 54 % of people were online."),
            (2021, "In 2021 (partial) the ITU approved **189 ITU-T texts**, processed 1,618 space requests and held 44 "
                   "ITU-T workshops; 63 % of people were online."),
            ("all", "In 2018–2021 (partial) the ITU approved **1,096 ITU-T texts**, processed 5,196 space requests and "
                    "held 199 ITU-T workshops; 63 % of people were online in 2021."),
        ],
    )  # fmt: skip
    def test_answer(self, pages, year, said):
        first, targets, gaps, part = words.answer(*pages[year])
        assert first == said
        assert targets.startswith("Of the **24 targets for 2023** the report’s text measures ")
        assert ("by sex or age for" in gaps) == (year in (2019, 2021))
        assert part.startswith("The report counts no participants" if year == 2018 else "The WSIS Prizes drew ")

    def test_silent(self, pages):
        assert words.silent(*pages[2021]) == [
            "16 targets of 24 have no figure up to 2021: 1.1, 1.3, 1.4, 1.5, 1.6, 1.7, 2.1, 2.2, 2.3, 2.5, 2.6, 2.9, "
            "2.10, 3.3, 3.4, 5.1.",
            "68 charts and symbols are gone, 62 % of them results in Annex 2.",
            "11 of 50 Resolutions and Decisions have no report of their own, and one has no title.",
            "ITU-R Recommendations are listed for the whole period, not by year.",
            "Money: the report gives fees, pledges and a few project sums, but no budget and no spending by Sector.",
        ]

    def test_counts(self, pages):
        small = overview.counts(*pages[2021])
        caption = words.counts(small)
        assert (
            caption.title == "MIFR notices recorded swing most between whole years (× 3.2), ITU-T texts least (× 1.1)"
        )
        assert (caption.unit, caption.source) == ("items", "sections 1.2, 1.3 and 1.10")
        assert caption.notes == (
            "Hatched: the table closes before the year ends.",
            "Dotted: the table names no closing day, so the year may be partial.",
        )
        texts = words.one_count(small[small["series"] == "ITU-T texts"])
        assert texts.title == "ITU-T texts: from 277 (2019) to 316 (2020) in whole years"
        assert texts.source == "section 1.3" and texts.notes == caption.notes[:1]

    @pytest.mark.parametrize("name", [*overview.TABLES, None])
    def test_an_empty_table_leaves_the_rest(self, pages, name):
        everything, chosen = pages[2021]
        found = {key: frame.head(0) if name in (key, None) else frame for key, frame in everything.items()}
        figures = words.figures(found, chosen)
        assert figures["now"].notna().all() and len(words.answer(found, chosen)) == 4
        assert (
            words.silent(found, chosen)[-1].startswith("Money") and words.counts(overview.counts(found, chosen)).title
        )
        gone = {"itut_recommendations": 10, None: 10}
        assert len(figures) == gone.get(name, 12)


class TestStated:
    def tile(self, *given, year=2024):
        found = tables(observations=[observed("use", *row) for row in given])
        return words._stated(
            found, {"indicator": "use", "what": "online", "unit": " %"}, Period((2022, 2023, 2024), year)
        )

    @pytest.mark.parametrize(
        ("given", "now", "before", "change"),
        [
            ([], "not reported", None, "no figure in the report"),
            ([(2022, 5)], "not reported", None, "given for 2022"),
            ([(2024, 5)], "5 %", None, "no earlier figure"),
            ([(2023, 0.89), (2024, 0.92)], "0.92 %", "0.89 (2023)", "up 0.03 from 0.89 (2023)"),
            ([(2022, 6), (2024, 5)], "5 %", "6 (2022)", "down 1 from 6 (2022)"),
            ([(2022, 1), (2023, 5), (2024, 5)], "5 %", "5 (2023)", "unchanged from 5 (2023)"),
            ([(2023, 5), (2024, 6, None, "over")], "over 6 %", "5 (2023)", "against 5 (2023)"),
            ([(2023, 5, None, "almost"), (2024, 6)], "6 %", "almost 5 (2023)", "against almost 5 (2023)"),
        ],
    )
    def test_each_case(self, given, now, before, change):
        tile = self.tile(*given)
        assert (tile.what, tile.now, tile.before, tile.change) == ("online", now, before, change)

    def test_place_and_the_whole_period(self):
        tile = self.tile((2022, 4), (2023, 5), year=None)
        assert (tile.now, tile.change, tile.section, tile.line) == ("5 % (2023)", "up 1 from 4 (2022)", "1.2", 2)


class TestDelivered:
    @pytest.mark.parametrize(
        ("given", "year", "closes", "said"),
        [
            ({}, 2024, {}, "The report counts no ITU-T texts, space requests or ITU-T workshops for 2024."),
            ({"itut_recommendations": TEXTS}, 2024, {}, "In 2024 the ITU approved **1 ITU-T text**."),
            ({"space_notices": SPACE}, 2022, {},
             "The report counts no ITU-T texts, space requests or ITU-T workshops for 2022."),
            ({"space_notices": SPACE}, 2024, {"space_notices": date(2024, 5, 5)},
             "In 2024 (partial) the ITU processed **2 space requests**."),
            ({"space_notices": SPACE}, 2023, {"space_notices": date(2024, 5, 5)},
             "In 2023 the ITU processed **12 space requests**."),
            ({"itut_recommendations": TEXTS, "space_notices": SPACE}, 2024, {"space_notices": "not stated"},
             "In 2024 (closing day unknown) the ITU approved **1 ITU-T text** and processed 2 space requests."),
            ({"itut_recommendations": TEXTS, "space_notices": SPACE}, 2024,
             {"space_notices": "not stated", "itut_recommendations": date(2024, 6, 30)},
             "In 2024 (partial) the ITU approved **1 ITU-T text** and processed 2 space requests."),
            ({"itut_workshops": [{"year": 2024, "workshops": 0, "virtual_only": 0}]}, 2024, {},
             "In 2024 the ITU held **0 ITU-T workshops**."),
            ({"observations": [observed("use", 2024, 60, None, "over"), observed("projects", 2024, 7, "Prizes")]}, 2024,
             {}, "The report counts no ITU-T texts, space requests or ITU-T workshops for 2024; over 60 % of people "
             "were online."),
            ({"observations": [observed("use", 2023, 60)], "itut_recommendations": TEXTS}, None, {},
             "In 2022–2024 the ITU approved **4 ITU-T texts**; 60 % of people were online in 2023."),
        ],
    )  # fmt: skip
    def test_each_case(self, tmp_path, given, year, closes, said):
        assert words.answer(tables(**given), made(tmp_path, year=year, **closes))[0] == said


def target(number):
    return {"target_id": number, "goal": "G", "label": "L", "comparator": "at_least", "value": 50, "unit": "percent",
            "geography": "World", "deadline": 2023}  # fmt: skip


class TestSilent:
    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({}, ["The report lists no targets."]),
            ({"targets": [target("1.1")]}, ["One target of 1 has no figure up to 2024: 1.1."]),
            ({"targets": [target("1.1"), target("1.2")]}, ["Two targets of 2 have no figure up to 2024: 1.1, 1.2."]),
            ({"figures_lost": [{"caption": "A"}]}, ["The report lists no targets.", "1 chart or symbol is gone."]),
            ({"figures_lost": [{"caption": "A"}, {"caption": "B"}]},
             ["The report lists no targets.", "2 charts and symbols are gone."]),
            ({"figures_lost": [{"caption": "A", "section": "Annex 7"}, {"caption": "B", "section": "4"}],
              "outcomes": [{"section": "Annex 7"}, {"section": "2.10"}, {"section": "2.9"}]},
             ["The report lists no targets.",
              "2 charts and symbols are gone, 50 % of them results in sections 2.9 and 2.10 and Annex 7."]),
            ({"figures_lost": [{"caption": "A", "section": "4"}], "outcomes": [{"section": "Annex 7"}]},
             ["The report lists no targets.", "1 chart or symbol is gone."]),
            ({"resolutions": [{"status": "reported", "title": "T"}]}, ["The report lists no targets."]),
            ({"resolutions": [{"status": "reported"}, {"status": "reported", "title": "T"}]},
             ["The report lists no targets.", "1 of 2 Resolutions and Decisions has no title."]),
            ({"resolutions": [{"status": "reported"}, {"status": "reported"}]},
             ["The report lists no targets.", "2 of 2 Resolutions and Decisions have no title."]),
            ({"resolutions": [{"status": "no activity", "title": "T"}, {"status": "reported", "title": "T"}]},
             ["The report lists no targets.", "1 of 2 Resolutions and Decisions has no report of its own."]),
            ({"resolutions": [{"status": "no activity"}, {"status": "cross-reference only"}]},
             ["The report lists no targets.",
              "2 of 2 Resolutions and Decisions have no report of their own, and two have no title."]),
        ],
    )  # fmt: skip
    def test_each_case(self, tmp_path, given, said):
        assert words.silent(tables(**given), made(tmp_path)) == [*said, "Nothing is said of money."]

    def test_no_gap_at_all(self, tmp_path):
        chosen = made(tmp_path, rules="")
        (chosen.edition.folder / "measures.yaml").write_text('"1.1": {indicator: use}', "utf-8")
        found = tables(targets=[target("1.1")], observations=[observed("use", 2023, 60)])
        assert words.silent(found, chosen) == ["No gap is counted in the tables of this edition."]


class TestCounts:
    @pytest.mark.parametrize(
        ("given", "title", "one"),
        [
            ({}, "The report gives none of the counts that this page shows by year.",
             "The report gives none of the counts that this page shows by year."),
            ({"itut_recommendations": TEXTS[:1]}, "No count has two whole years to compare",
             "Texts: fewer than two whole years"),
            ({"itut_recommendations": TEXTS[:3]}, "Texts swing by × 2.0 between whole years",
             "Texts: from 1 (2022) to 2 (2023) in whole years"),
            ({"itut_recommendations": TEXTS[:3], "terrestrial_notices": [GROUND[0], {**GROUND[0], "year": 2023}]},
             "Texts swing most between whole years (× 2.0), Recorded least (× 1.0)",
             "Texts: from 1 (2022) to 2 (2023) in whole years"),
        ],
    )  # fmt: skip
    def test_titles(self, tmp_path, given, title, one):
        small = overview.counts(tables(**given), made(tmp_path))
        assert words.counts(small).title == title and words.counts(small).notes == ()
        assert words.one_count(small[small["series"] == "Texts"]).title == one

    def test_a_year_that_is_not_whole_sets_no_record(self):
        frame = pd.DataFrame(
            [("A", 2021, 9, "whole"), ("A", 2022, 5, "whole"), ("A", 2023, None, "whole"), ("A", 2024, 1, "unknown")],
            columns=["series", "year", "value", "coverage"],
        ).assign(section="Annex 3", line=1)
        found = words.one_count(frame)
        assert found.title == "A: from 5 (2022) to 9 (2021) in whole years" and found.source == "Annex 3"
        assert found.notes == ("Dotted: the table names no closing day, so the year may be partial.",)
