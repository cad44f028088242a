"""Words of the page on the record behind the counts, exact, on a small catalogue; and true of an empty one."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from helpers import selection
from helpers.analyses import approvals, matching
from helpers.period import Period
from helpers.sentences import approvals as words
from helpers.sentences.caption import Caption
from tests import small_catalogue
from tests.small_catalogue import record

STATE = "Days and titles: Relaton, Index, edition of 31 May 2023."
PARTIAL = "2023 is partial: the catalogue’s state is of 31 May, 151 of 365 days."


CREDITS = ("Relaton, Index, edition of 31 May 2023, licence not stated",)


def of_catalogue(title, unit="", *notes):
    """A caption of what is counted in the catalogue alone."""
    return Caption(title, unit, "edition of 31 May 2023", notes, "Relaton, Index", CREDITS)


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
            "It has six more that the report does not list: four Recommendations and two Amendments; one is "
            "informative by title.",
            "In the end 2021 came to 2 texts; the annual rate of the 2 listed by 1 November was 2, 20 % too high.",
            "Half of each year’s texts came on 1 to 2 days; the busiest, 1 June 2018, brought 2.",
        ]

    def test_a_year(self):
        assert words.answer(record(2020)) == [
            "The catalogue has **2 of the 4 texts** that the report lists for 2020, each with its day.",
            "It has three more that the report does not list: three Recommendations.",
            "Half of 2020’s texts came on two days; the busiest, 1 June 2020, brought 2.",
        ]

    @pytest.mark.whole
    def test_every_entry_found_and_nothing_else(self):
        made = shorter(record(2021), "D.600R Amd.1")
        assert words.answer(made)[:2] == [
            "The catalogue has **the one text** that the report lists for 2021, to 1 November, each with its day.",
            "It has no other text of that time.",
        ]

    @pytest.mark.whole
    def test_no_catalogue_and_no_list(self, nothing):
        assert words.answer(nothing) == ["The catalogue of approvals has no ITU-T texts."]
        assert words.answer(shorter(record(2020))) == ["The report lists no ITU-T texts for 2020."]
        assert words.without(shorter(record(2020))) == Caption("The report lists no ITU-T texts for 2020.")
        assert words.figures(nothing).empty and words.figures(shorter(record(2020))).empty

    def test_tiles(self, found):
        assert words.figures(found)[["what", "now", "change"]].to_numpy().tolist() == [
            ["listed texts with a day in the catalogue", "12", "of 16"],
            ["texts that are not listed", "6", "of the same days"],
            ["still in force", "42 %", "5 of 12"],
        ]


class TestAgainstTheCatalogue:
    @pytest.mark.whole
    def test_balance(self, found):
        assert words.balance(found).title == (
            "The catalogue differs from the list for SG16 (1 more), SG3 (1 more) and SG9 (1 fewer), 2018–2021, to "
            "1 November 2021"
        )
        assert words.balance(record(2018)).title == "The catalogue differs from the list for SG15 (1 fewer), 2018"
        same = shorter(record(2021), "D.600R Amd.1")
        assert words.balance(same).title == (
            "Catalogue and list have as many texts of every study group, 2021, to 1 November"
        )
        assert words.balance(found).notes[2] == STATE and words.balance(found).source == "section 1.3, lines 1–16"
        every = list(words.BALANCE.values())
        assert list(words.balance_table(found)) == every
        assert list(words.balance_table(record(2018))) == [name for name in every if name != "Year"]

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
        assert words.unlisted(found) == of_catalogue("The report leaves out 6 texts of 2018–2021, to 1 November 2021")
        assert words.unlisted(record(2021)).title == "The catalogue has no other text of 2021, to 1 November."
        rows = words.unlisted_table(found)
        assert rows[["kind", "remark"]].head(3).to_numpy().tolist() == [
            ["Amendment", "informative by its title"],
            ["Recommendation", "a second text of the number in the year"],
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
        assert words.by_month(found) == of_catalogue(
            "From 2018 to 2023 most texts were approved in June", "texts approved"
        )
        assert words.months(approvals.by_month(found))["month"].head(3).tolist() == ["Jan", "Feb", "Mar"]
        rows = approvals.bunching(found)
        assert words.days(rows, found) == of_catalogue("Half of a year’s texts come on 1 to 2 days")
        assert words.days(rows[rows["half"] == 2], found).title == "Half of a year’s texts come on 2 days"
        table = words.days_table(rows.head(2).assign(groups=[(), ("SG15", "SG21")]))
        assert table["groups"].tolist() == ["not stated", "SG15 and SG21"]

    def test_courses(self, found):
        assert words.courses(found) == of_catalogue(
            "By 1 November a year has 50 % to 100 % of its texts", "texts approved since the year began",
            PARTIAL,
        )  # fmt: skip
        assert words.closing(found) == (305, "the report closes\n1 November 2021")
        whole = found._replace(listed=Period((2018, 2019), None))
        assert words.closing(whole) == (None, "") and words.courses(whole).title == "How the texts of each year add up"

    @pytest.mark.parametrize(
        ("ratios", "said"),
        [
            ([0.79, 1.16], "lie between 21 % too low and 16 % too high"),
            ([1.02, 1.16], "are off by 16 % at most"),
            ([0.69, 0.84], "are off by 31 % at most"),
        ],
    )
    def test_projections(self, found, ratios, said):
        ends = {"low": [0.95, 1.01], "high": [0.99, 1.2], "wide_low": [0.5, 1.0], "wide_high": [1.0, 1.3]}
        rows = pd.DataFrame({"ratio": ratios, **ends})
        assert words.projections(rows, found) == of_catalogue(
            f"Annual rates of 1 November {said}", "annual rate ÷ whole year",
            "The rate is what the texts up to that day make over a whole year, as on the page of throughput.",
            "Bars: 95 % interval, widened as whole years vary more than counts of chance. It holds the whole year in 2 "
            "of 2 years, the exact Poisson interval in 0.",
        )  # fmt: skip
        assert words.projections(rows[:0], found) == Caption(
            "The report’s table cuts no year on a known day, so no annual rate can be checked."
        )

    def test_by_year(self, found):
        years = approvals.by_year(found)
        assert words.by_year(years, found) == of_catalogue("Approvals by year", "texts approved", PARTIAL)
        longer = found._replace(listed=Period((2019, 2020), None, date(2020, 5, 1)))
        assert words.by_year(years, longer).title == (
            "A year of 2019–2020 has 5 texts on average, other whole years have 4"
        )
        one = found._replace(listed=Period((2021,), None))
        assert words.by_year(years, one).title == "2021 has 2 texts, other whole years have 5"


class TestEditions:
    @pytest.mark.parametrize(
        ("year", "title"),
        [
            ("all", "9 of the 13 Recommendations of 2018–2021 were new"),
            (2021, "Every Recommendation of 2021 was new"),
        ],
    )
    def test_new_and_revised(self, year, title):
        made = record(year)
        assert words.new_and_revised(approvals.new_and_revised(made), made).title == title

    def test_only_revised_and_none(self, found):
        rows = approvals.new_and_revised(found).assign(new=0, revised=3)
        assert words.new_and_revised(rows, found).title == "Every Recommendation of 2018–2021 was revised"
        assert words.new_and_revised(rows[:0], found).title == "The catalogue has no Recommendation of 2018–2021."

    def test_the_share_of_new_texts_and_the_age_of_the_others(self, found):
        rows = approvals.new_and_revised(found)
        notes = words.new_and_revised(rows, found).notes
        low, high = (100 * end for end in approvals.share_interval(9, 13))
        assert notes[1:3] == (
            f"New: 69 %; chance alone could make it {low:.0f} % to {high:.0f} % (95 %, exact). All texts are counted, "
            "none is sampled.",
            "Median age of the edition that a revised text replaces: 0.4 to 9.0 years, by year.",
        )
        aged = rows.assign(age=[1.26, None, None, None, None])
        assert words.new_and_revised(aged, found).notes[2].endswith("replaces: 1.3 years.")
        assert words.new_and_revised(rows.assign(age=pd.NA), found).notes[2] == PARTIAL

    def test_gathered(self, found):
        frame = approvals.gathered(found)
        assert words.gathered(frame, found) == of_catalogue(
            "2 of the 3 editions replaced in 2018–2021 had no Amendment; the most had 2", "",
            "Editions from 2018 on; of earlier ones the catalogue’s list of Amendments is not whole.",
        )  # fmt: skip
        assert words.gathered(frame[:1], found).title == "2 of the 2 editions replaced in 2018–2021 had no Amendment"
        assert words.gathered(frame[:0], found) == Caption(
            "No edition that the catalogue has from 2018 on was replaced in 2018–2021."
        )

    @pytest.mark.whole
    def test_in_force_and_groups(self, found):
        assert words.in_force(approvals.by_group(found), found) == Caption(
            "5 of 12 texts of 2018–2021 are still in force", "listed texts", "section 1.3, lines 1–16", (STATE,),
            credits=CREDITS,
        )  # fmt: skip
        assert words.in_force(approvals.by_group(record(2018)), record(2018)).title == (
            "1 of 6 texts of 2018 is still in force"
        )
        moved = approvals.then_and_today(found)
        assert words.then_and_today(moved) == [
            "The texts of SG16 (3) are today with SG21.", "Of 3 texts the catalogue does not name the group.",
        ]  # fmt: skip
        stay = moved[moved["study_group"] == "SG15"]
        assert words.then_and_today(stay) == ["Every text is still with the group of the report."]
        two = moved.assign(study_group=["SG15", "SG16", "SG17", "SG9"])
        assert (
            words.then_and_today(two)[0]
            == "The texts of SG16 (3) are today with SG21; those of SG9 (2) are today with SG3."
        )
        assert words.then_and_today(moved[:0]) == []


class TestTopics:
    def test_declared_topics_or_given_words(self):
        chosen = selection.choose("all")
        assert list(words.lists(chosen, ()))[:2] == ["Artificial intelligence", "Quantum"]
        assert words.lists(chosen, ("quantum key",)) == {"‘quantum key’": ["quantum key"]}

    @pytest.mark.parametrize(
        ("year", "every", "groups"),
        [
            ("all", "Clocks: 2 texts of 2018–2021, the most", "Clocks in SG15: 2 texts of 2018–2021"),
            (2018, "Clocks and AI: 1 text of 2018 each", "Clocks in SG15: 1 text of 2018"),
            (2021, "No title of 2021 has these words.", "No title of 2021 has these words."),
        ],
    )
    def test_captions(self, year, every, groups):
        made = record(year)
        hits = approvals.topics(made, LISTS)
        assert words.topics(hits, LISTS, made).title == every
        assert words.topic_groups(approvals.topic_groups(hits, made.listed), made).title == groups

    def test_one_topic_is_not_the_most(self, found):
        one = {"AI": ["AI"]}
        assert words.topics(approvals.topics(found, one), one, found).title == "AI: 1 text of 2018–2021"
        assert words.topics(approvals.topics(found, {}), {}, found) == Caption("The edition declares no topics.")

    def test_each_count_leads_to_its_texts(self, found):
        lists = LISTS | {"None": ["quantum", "qubit"]}
        table = words.topics_table(approvals.topics(found, lists), lists, found)
        assert list(table) == ["Topic", "2018", "2019", "2020", "2021", "Words looked for", "Texts of 2018–2021"]
        assert table.to_numpy().tolist() == [
            ["Clocks", 1, 0, 1, 0, "clock", "G.709/Y.1331 Amd.1, G.709/Y.1331"],
            ["AI", 1, 0, 0, 0, "AI", "G.7"],
            ["Health", 0, 1, 0, 0, "health", "H.849"],
            ["None", 0, 0, 0, 0, "quantum, qubit", ""],
        ]
        made = record(2018)
        of_year = words.topics_table(approvals.topics(made, lists), lists, made).set_index("Topic")
        assert of_year["Texts of 2018"].tolist() == ["G.709/Y.1331 Amd.1", "G.7", "", ""] and of_year["2019"].sum() == 1
        assert words.topics_table(approvals.topics(found, {}), {}, found).empty

    def test_the_list_of_entries(self, found):
        row = words.entries_table(found).set_index("printed").loc["D.264"]
        assert row[list(words.ENTRIES)[1:]].tolist() == [
            "SG3", "2020-08-05", "D.264 rec  (2020-08-05)", "Shared infrastructure", "in force",
            "https://www.itu.int/rec/T-REC-D.264",
        ]  # fmt: skip
        assert words.entries(found).title == "Every entry of 2018–2021, to 1 November 2021, with its day and title"


def test_without_a_catalogue_every_part_says_so(nothing):
    none = pd.DataFrame()
    said = [
        words.balance(nothing), words.without(nothing), words.unlisted(nothing), words.by_month(nothing),
        words.days(none, nothing), words.courses(nothing), words.by_year(none, nothing),
        words.new_and_revised(none, nothing), words.gathered(none, nothing), words.in_force(none, nothing),
        words.topics(none, LISTS, nothing),
        words.topic_groups(none, nothing), words.entries(nothing),
    ]  # fmt: skip
    assert set(said) == {Caption("The catalogue of approvals has no ITU-T texts.")}
    assert words.balance_table(nothing).empty and words.entries_table(nothing).empty
