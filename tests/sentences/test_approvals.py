"""Words of the page on the record behind the counts, exact, on a small catalogue; and true of an empty one."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from helpers import selection
from helpers.analyses import approvals, matching
from helpers.selection import Period
from helpers.sentences import approvals as words
from helpers.sentences.caption import Caption
from tests import small_catalogue
from tests.small_catalogue import record

STATE = (
    "Days and titles: a public catalogue of ITU’s records, state of 31 May 2023 (relaton-itu-2023-05 in the sources)."
)
PARTIAL = "2023 is partial: the catalogue’s state is of 31 May, 151 of 365 days."
LISTS = {"Clocks": ["clock"], "AI": ["AI"], "Health": ["health"]}


@pytest.fixture(scope="module")
def found():
    return record()


@pytest.fixture(scope="module")
def nothing():
    return approvals.read(
        small_catalogue.itut(), small_catalogue.catalogue()[:0], small_catalogue.SOURCES, selection.choose("all")
    )


def shorter(found, *printed):
    """The record as if the report listed only these."""
    itut = small_catalogue.itut()
    chosen = selection.choose(found.listed.year or "all")
    rows = itut[itut["printed"].isin(printed)]
    return approvals.read(rows, small_catalogue.catalogue(), small_catalogue.SOURCES, chosen)


class TestAnswer:
    def test_the_whole_period(self, found):
        assert words.answer(found) == [
            "The catalogue has **12 of the 16 texts** that the report lists for 2018–2021, to 1 November 2021, each "
            "with its day.",
            "It has 6 texts of that time that the report does not list: 4 new or revised Recommendations and 2 "
            "Amendments; one title speaks of an informative part.",
            "Complete, 2021 has 2 in the catalogue; the annual rate of the 2 listed up to 1 November said 2, 20 % "
            "too high.",
            "Half of the texts of a year were approved on 1 to 2 days; 1 June 2018 brought 2.",
        ]

    def test_a_year(self):
        assert words.answer(record(2020)) == [
            "The catalogue has **2 of the 4 texts** that the report lists for 2020, each with its day.",
            "It has 3 texts of that time that the report does not list: 3 new or revised Recommendations.",
            "Half of the texts of 2020 were approved on 2 of 4 days with an approval; 1 June 2020 brought 2.",
        ]

    def test_every_entry_found_and_nothing_else(self):
        made = shorter(record(2021), "D.600R Amd.1")
        assert words.answer(made)[:2] == [
            "The catalogue has **the one text** that the report lists for 2021, to 1 November, each with its day.",
            "It has no other text of that time.",
        ]

    def test_no_catalogue_and_no_list(self, nothing):
        assert words.answer(nothing) == ["The catalogue of approvals has no ITU-T texts."]
        assert words.answer(shorter(record(2020))) == ["The report lists no ITU-T texts for 2020."]
        assert words.figures(nothing).empty and words.figures(shorter(record(2020))).empty

    def test_tiles(self, found):
        assert words.figures(found)[["what", "now", "change"]].to_numpy().tolist() == [
            ["listed texts with a day in the catalogue", "12", "of 16"],
            ["catalogued texts that are not listed", "6", "approved before the table closes"],
            ["still in force", "42 %", "5 of 12"],
            ["approved on the busiest day", "2", "1 June 2018"],
        ]


class TestAgainstTheCatalogue:
    def test_balance(self, found):
        assert words.balance(found).title == (
            "In 2018–2021, to 1 November 2021 listed and catalogued differ for SG16 (+1), SG3 (+1) and SG9 (−1)"
        )
        assert words.balance(record(2018)).title == "In 2018 listed and catalogued differ for SG15 (−1)"
        same = shorter(record(2021), "D.600R Amd.1")
        assert words.balance(same).title == (
            "Listed and catalogued agree in number for every study group in 2021, to 1 November"
        )
        assert words.balance(found).notes[2] == STATE and words.balance(found).source == "section 1.3, lines 1–16"
        assert "year" in words.balance_headings(found) and "year" not in words.balance_headings(record(2018))
        assert set(words.balance_headings(found)) == set(words.balance_table(found))

    def test_entries_without_a_text(self, found):
        assert words.without(found).title == "Four entries of 2018–2021 have no text in the catalogue"
        assert words.without(record(2021)).title == "One entry of 2021 has no text in the catalogue"
        assert words.without(record(2019)) == Caption("Every entry of 2019 has its text in the catalogue.")
        assert words.without_table(found)[["printed", "why"]].to_numpy().tolist() == [
            ["G.7", "listed more often than the catalogue has texts of this number in the year"],
            ["G.8 Cor.1", "the number is catalogued, of another kind"],
            ["D.265", "the number is catalogued, of another year"],
            ["J.9", "no text of this number is catalogued"],
        ]

    def test_texts_that_are_not_listed(self, found):
        assert words.unlisted(found) == Caption(
            "6 texts of 2018–2021, to 1 November 2021 that the report does not list", notes=(STATE,)
        )
        assert words.unlisted(record(2021)).title == "The catalogue has no other text of 2021, to 1 November."
        rows = words.unlisted_table(found)
        assert rows[["kind", "remark"]].head(3).to_numpy().tolist() == [
            ["Amendment", "informative by its title"],
            ["new or revised Recommendation", "a second text of the number in the year"],
            ["Amendment", ""],
        ]
        assert rows["address"].iloc[2] == "https://www.itu.int/rec/T-REC-G.709"

    def test_radio(self, found):
        made = matching.radio(small_catalogue.itur(), small_catalogue.catalogue(), found.rules)
        assert words.radio(made).title == (
            "1 of 3 repaired hyphens confirmed, 1 refuted; 2 of 5 ITU-R designations catalogued"
        )
        assert words.radio(made[~made["repaired"]]).title == "1 of 2 ITU-R designations catalogued"
        assert words.radio(made[made["printed"] == "M.19031"]).title == (
            "1 of 1 repaired hyphen confirmed, none refuted; 1 of 1 ITU-R designation catalogued"
        )
        assert words.radio_table(made, found)[["designation", "said"]].to_numpy().tolist() == [
            ["M.1903-1", "has it"],
            ["M.585-8", "has revisions 7 and 9 of it"],
            ["P.526-15", "has it as printed"],
            ["M.2115-0", "has no Recommendation of this number"],
        ]
        none = "No ITU-R Recommendation can be looked up in the catalogue."
        assert words.radio(made[:0]) == Caption(none)
        assert words.radio_table(made[:0], found).empty


class TestTime:
    def test_months_and_days(self, found):
        assert words.by_month(found) == Caption(
            "From 2018 to 2023 most texts were approved in June", "texts approved", notes=(STATE,)
        )
        assert words.months(approvals.by_month(found))["month"].head(3).tolist() == ["Jan", "Feb", "Mar"]
        every = found._replace(record=pd.concat([found.record] * 12).assign(
            approved=[f"2020-{n % 12 + 1:02d}-01" for n in range(12 * len(found.record))]))  # fmt: skip
        assert words.by_month(every).title.endswith("November and December, and some in every month")
        assert (
            words.busiest(approvals.busiest(record(2020)), record(2020)).title == "The 4 days of 2020 with most texts"
        )
        one = approvals.busiest(record(2020), most=1)
        assert words.busiest(one, record(2020)).title == "The only day of 2020"
        assert words.busiest(one[:0], record(2020)) == Caption("The catalogue has no approval in 2020.")
        assert words.busiest_table(one)["groups"].tolist() == ["SG15"]
        assert words.busiest_table(one.assign(groups=[()]))["groups"].tolist() == ["not stated"]

    def test_courses(self, found):
        assert words.courses(found) == Caption(
            "By 1 November a year has 50 % to 100 % of its texts", "texts approved since the year began",
            notes=(STATE, PARTIAL.replace("", "")),
        )  # fmt: skip
        assert words.closing(found) == (305, "the report closes\n1 November 2021")
        whole = found._replace(listed=Period((2018, 2019), None))
        assert words.closing(whole) == (None, "") and words.courses(whole).title == "The course of each year"

    @pytest.mark.parametrize(
        ("errors", "said"),
        [
            ([-0.21, 0.16], "between 21 % too low and 16 % too high"),
            ([0.02, 0.16], "by up to 16 %"),
            ([-0.31, -0.16], "by up to 31 %"),
        ],
    )
    def test_projections(self, found, errors, said):
        rows = pd.DataFrame({"error": errors, "annual_rate": [10.4, 11.6]})
        assert words.projections(rows, found).title == f"An annual rate of 1 November misses the complete year {said}"
        assert words.rates(rows)["annual_rate"].tolist() == [10, 12]
        assert words.projections(rows[:0], found) == Caption(
            "The report’s table cuts no year on a known day, so no annual rate can be checked."
        )

    def test_by_year(self, found):
        years = approvals.by_year(found)
        assert words.by_year(years, found) == Caption("Approvals by year", "texts approved", notes=(STATE, PARTIAL))
        longer = found._replace(listed=Period((2019, 2020), None, date(2020, 5, 1)))
        assert words.by_year(years, longer).title == (
            "A year of 2019–2020 has 5 texts on average, the other whole years 4"
        )
        one = found._replace(listed=Period((2021,), None))
        assert words.by_year(years, one).title == "2021 has 2 texts, the other whole years 5"


class TestEditions:
    @pytest.mark.parametrize(
        ("year", "title"),
        [
            ("all", "69 % of the Recommendations of 2018–2021 were new, the rest revised"),
            (2021, "Every Recommendation of 2021 was new"),
        ],
    )
    def test_new_and_revised(self, year, title):
        made = record(year)
        assert words.new_and_revised(approvals.new_and_revised(made), made).title == title

    def test_only_revised_and_none(self, found):
        rows = approvals.new_and_revised(found).assign(new=0, revised=3)
        assert words.new_and_revised(rows, found).title == "Every Recommendation of 2018–2021 was revised"
        assert words.new_and_revised(rows.assign(revised=0), found).title == (
            "The catalogue has no Recommendation of 2018–2021"
        )

    def test_gathered(self, found):
        frame = approvals.gathered(found)
        assert words.gathered(frame, found) == Caption(
            "Of the editions replaced in 2018–2021 2 of 3 had no Amendment, the most had 2",
            notes=("Editions from 2018 on; of earlier ones the catalogue’s list of Amendments is not whole.",),
        )
        assert words.gathered(frame[:1], found).title == "Of the editions replaced in 2018–2021 2 of 2 had no Amendment"
        assert words.gathered(frame[:0], found) == Caption(
            "No edition that the catalogue has from its first year on was replaced in 2018–2021."
        )
        assert words.gathered_table(frame)["share"].tolist() == pytest.approx([2 / 3, 1 / 3])

    def test_in_force_and_groups(self, found):
        assert words.in_force(approvals.by_group(found), found).title == "5 of 12 texts of 2018–2021 are still in force"
        assert words.in_force(approvals.by_group(record(2018)), record(2018)).title == (
            "1 of 6 texts of 2018 is still in force"
        )
        moved = approvals.then_and_today(found)
        assert words.then_and_today(moved, found).title == "The texts of SG16 are today with SG21"
        stay = moved[moved["study_group"] != "SG16"]
        assert words.then_and_today(stay, found).title == (
            "Every text whose group is known is still with the group that the report names"
        )
        assert words.then_and_today(stay[:1], found).title == "Every text is still with the group that the report names"
        two = moved.assign(study_group=["SG15", "SG16", "SG17", "SG9"])
        assert words.then_and_today(two, found).title == (
            "The texts of SG16 are today with SG21; those of SG9 are today with SG3"
        )


class TestTopics:
    def test_declared_topics_or_given_words(self):
        chosen = selection.choose("all")
        assert list(words.lists(chosen, ()))[:2] == ["Artificial intelligence", "Quantum"]
        assert words.lists(chosen, ("quantum key",)) == {"‘quantum key’": ["quantum key"]}

    @pytest.mark.parametrize(
        ("year", "years", "groups"),
        [
            (
                "all",
                "Clocks: 2 texts of 2018–2021, the most of all topics shown",
                "Clocks in SG15: 2 texts of 2018–2021",
            ),
            (
                2018,
                "Clocks and AI: 1 text of 2018 each, the most of all topics shown",
                "Clocks in SG15: 1 text of 2018",
            ),
            (2021, "No title of 2021 has these words.", "No title of 2021 has these words."),
        ],
    )
    def test_captions(self, year, years, groups):
        made = record(year)
        hits = approvals.topics(made, LISTS)
        assert words.topic_years(approvals.topic_years(hits, LISTS, made.listed), made).title == years
        assert words.topic_groups(approvals.topic_groups(hits, made.listed), made).title == groups

    def test_one_topic_is_not_the_most(self, found):
        hits = approvals.topics(found, {"AI": ["AI"]})
        frame = approvals.topic_years(hits, {"AI": ["AI"]}, found.listed)
        assert words.topic_years(frame, found).title == "AI: 1 text of 2018–2021"
        assert words.topic_years(frame[:0], found) == Caption("The edition declares no topics.")

    def test_each_count_leads_to_its_texts(self, found):
        hits = approvals.topics(found, LISTS)
        assert words.which(hits, LISTS, found).to_numpy().tolist() == [
            ["Clocks", 2, "clock", "G.709/Y.1331 Amd.1, G.709/Y.1331"],
            ["AI", 1, "AI", "G.7"],
            ["Health", 1, "health", "H.849"],
        ]

    def test_the_list_of_entries(self, found):
        row = words.entries_table(found).set_index("printed").loc["D.264"]
        assert row[list(words.ENTRIES)[1:]].tolist() == [
            "SG3", "2020-08-05", "D.264 rec  (2020-08-05)", "Shared infrastructure", "in force",
            "https://www.itu.int/rec/T-REC-D.264",
        ]  # fmt: skip
        assert words.entries(found).title == "Every entry of 2018–2021, to 1 November 2021 with its day and title"

    def test_explored(self, found):
        assert words.explored(["SG3", "All documents"], found.record[:1]).title == "SG3, all documents: 1 text"
        assert (
            words.explored(["SG3", "Corrigenda"], found.record[:0]).title == "SG3, corrigenda: the catalogue has none."
        )


def test_without_a_catalogue_every_part_says_so(nothing):
    none = pd.DataFrame()
    said = [
        words.balance(nothing), words.without(nothing), words.unlisted(nothing), words.by_month(nothing),
        words.days(nothing), words.busiest(none, nothing), words.courses(nothing), words.by_year(none, nothing),
        words.new_and_revised(none, nothing), words.gathered(none, nothing), words.in_force(none, nothing),
        words.by_group_table(nothing), words.then_and_today(none, nothing), words.topic_years(none, nothing),
        words.topic_groups(none, nothing), words.which_caption(nothing), words.entries(nothing),
    ]  # fmt: skip
    assert set(said) == {Caption("The catalogue of approvals has no ITU-T texts.")}
    assert words.balance_table(nothing).empty and words.entries_table(nothing).empty
