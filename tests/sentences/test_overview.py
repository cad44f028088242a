"""Words of the overview: the standard pages' sentences, and every branch on small tables."""

from __future__ import annotations

import pytest

from helpers import selection
from helpers.analyses import gap_series, overview
from helpers.sentences import overview as words
from tests.analyses.test_overview import made, observed, tables

RED = "a gender parity score of **0.61** (ours from women’s share and the gap, 0.60–0.63 with rounding), the lowest of"
PAGES = ["3", "3", "4", "1", "1", "2", "2", "5"]


@pytest.fixture(scope="module")
def pages():
    found = {year: selection.choose(year) for year in (2018, 2019, 2020, 2021, "all")}
    return {year: (overview.tables(chosen), chosen) for year, chosen in found.items()}


class TestStandardPages:
    @pytest.mark.whole
    def test_findings_of_the_last_year(self, pages):
        found = words.findings(*pages[2021])
        assert [page[0] for page in found["page"]] == PAGES
        assert list(found["text"]) == [
            "63 % of people were online in 2021, up from 54 % in 2019; 95 % were covered by mobile broadband in 2021.",
            "None of seven measured targets was reached by 2021; 2.7, population covered by broadband, was nearest: "
            "95 of 96 %.",
            f"In the LDCs 19 % of women and 31 % of men (ours) were online in 2020, {RED} five geographies with both "
            "figures; the world as a whole had the highest, 0.92.",
            "ITU-T approved **189 texts** in 2021, to 1 November: 151 new or revised Recommendations, 24 Amendments "
            "and 14 Corrigenda. SG17 carried 26 % of them (50).",
            "SG20 approved about a third of what it did in 2020 (7 texts after 27) and SG17 42 % more than it did (50 "
            "after 42), at annual rates; chance alone could explain that.",
            "In 2021, to 16 November, the Bureau processed **1,618 space requests**; 92 % of them were coordination "
            "and notification requests.",
            "From 2020 to 2021 reviews of findings rose most (5,221 to 51,468, 10 times as many, closing day unknown) "
            "and broadcasting-satellite requests fell (186 to 63, down 61 % at an annual rate).",
            "ITU-T held **44 workshops** in 2021, to 1 November, all of them virtual only. That is a pace of 53 a "
            "year, after 46 in 2020.",
        ]

    @pytest.mark.whole
    def test_the_first_year_has_fewer_as_nothing_is_held_against_it(self, pages):
        found = words.findings(*pages[2018])
        assert [page[0] for page in found["page"]] == ["3", "4", "1", "2", "5", "6"]
        assert not found["text"].str.contains("no change can be shown|The report gives no|counts no").any()

    @pytest.mark.whole
    @pytest.mark.parametrize("year", [2019, 2020, 2021, "all"])
    def test_eight_findings_of_every_other_page(self, pages, year):
        assert len(words.findings(*pages[year])) == 8 == words.FINDINGS

    def test_silent(self, pages):
        assert words.silent(*pages[2021]) == [
            "16 of 24 targets have no figure up to 2021: 1.1, 1.3, 1.4, 1.5, 1.6, 1.7, 2.1, 2.2, 2.3, 2.5, 2.6, 2.9, "
            "2.10, 3.3, 3.4, 5.1.",
            "68 charts and symbols are gone, 62 % of them results in Annex 2.",
            "11 of 50 Resolutions and Decisions have no report of their own, and one has no title.",
            "ITU-R Recommendations are listed for the whole period, not by year.",
            "Money: the report gives fees, pledges and a few project sums, but no budget and no spending by Sector.",
        ]

    @pytest.mark.whole
    @pytest.mark.parametrize("name", [*overview.TABLES, None])
    def test_an_empty_table_leaves_the_rest(self, pages, name):
        everything, chosen = pages[2021]
        found = {key: frame.head(0) if name in (key, None) else frame for key, frame in everything.items()}
        told = words.findings(found, chosen)
        assert list(told) == ["page", "text"] and (len(told) >= 6 if name else told.empty)
        assert words.silent(found, chosen)[-1].startswith("Money")


class TestStated:
    @pytest.mark.parametrize(
        ("given", "year", "said"),
        [
            ([], 2024, ""),
            ([(2022, 5)], 2024, ""),
            ([(2024, 5)], 2024, "5 % of people were online in 2024."),
            ([(2023, 50), (2024, 60.5)], 2024, "60.5 % of people were online in 2024, up from 50 % in 2023."),
            ([(2022, 6), (2024, 5)], 2024, "5 % of people were online in 2024, down from 6 % in 2022."),
            ([(2023, 5), (2024, 5)], 2024, "5 % of people were online in 2024, unchanged from 5 % in 2023."),
            ([(2023, 5, None, "almost"), (2024, 6, None, "over")], 2024,
             "Over 6 % of people were online in 2024, up from almost 5 % in 2023."),
            ([(2022, 4), (2023, 5)], None, "5 % of people were online in 2023, up from 4 % in 2022."),
        ],
    )  # fmt: skip
    def test_each_case(self, tmp_path, given, year, said):
        found = tables(observations=[observed("use", *row) for row in given])["observations"]
        assert words._stated(found, made(tmp_path, year=year)) == said

    def test_several_figures(self, tmp_path):
        rows = [observed("use", 2024, 60), observed("projects", 2023, 7, "Prizes")]
        assert words._stated(tables(observations=rows)["observations"], made(tmp_path, year=None)) == (
            "60 % of people were online in 2024; 7 projects were submitted in 2023."
        )


class TestMoved:
    def test_one_line_a_gap(self):
        series, sources = selection.choose(2021).published("series"), selection.choose(2021).published("sources")
        course = gap_series.course(series, sources, gap_series.PHONES, ["Europe"])
        assert words.moved(course, course) == [
            "From 2021 to 2024 the gap between women and men in phone ownership in Europe narrowed: 1.4 to 0.4 "
            "percentage points."
        ] * 2  # fmt: skip
        none = gap_series.course(series.head(0), sources, gap_series.PHONES, ["Europe"])
        assert words.moved(none) == ["No official series published since has figures on these gaps for two years."]


def target(number):
    return {"target_id": number, "goal": "G", "label": "L", "comparator": "at_least", "value": 50, "unit": "percent",
            "geography": "World", "deadline": 2023}  # fmt: skip


class TestSilent:
    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({}, ["The report lists no targets."]),
            ({"targets": [target("1.1")]}, ["One of one target has no figure up to 2024: 1.1."]),
            ({"targets": [target("1.1"), target("1.2")]}, ["Two of two targets have no figure up to 2024: 1.1, 1.2."]),
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
