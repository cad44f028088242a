"""Years held against each other: what their pages must not say, and how they are told apart.

Golden texts hold two years that are no neighbours, the later one cut, word for word; here neighbours and three
years are read, and what is told apart is worked out by hand.
"""

from __future__ import annotations

import re
from datetime import date

import pytest

from helpers import selection
from helpers.analyses import participation, spectrum, throughput
from helpers.period import Period, period
from helpers.sentences import participation as about_people
from helpers.sentences import throughput as about_texts
from helpers.sentences import tiles, wording
from helpers.site.jobs import manifest
from helpers.tables import editions, load
from tests.golden import computed

YEARS = (2018, 2019, 2020, 2021)
TWO_AND_THREE = ["2018,2019", "2018,2019,2021"]
BY_YEAR = ("1_standards_throughput", "2_spectrum_notices", "8_approvals")
OF_ALL = re.compile(r"whole period|2018–2021|the four years|(?<!deadline or )the year before")
# What is no count by year: how far whole years vary, rows of entries with their designations, series since.
APART = re.compile(r"The counts of .* degrees of freedom.*|ITU-R Recommendations are listed.*|Licence: .*")


@pytest.mark.slow
@pytest.mark.parametrize("years", TWO_AND_THREE)
@pytest.mark.parametrize("notebook", manifest(), ids=lambda notebook: notebook.name[0])
def test_a_page_tells_its_years_and_no_other(notebook, years):
    """No sentence is of all years, and no title of a count by year is of one that was not picked."""
    text = APART.sub("", computed(notebook.path, {"year": years}))
    assert not OF_ALL.search(text), [line for line in text.split("\n") if OF_ALL.search(line)]
    shown = [line for line in text.split("\n") if line.startswith(("[tile]", "[figure]"))]
    others = "|".join(f"{year}" for year in YEARS if f"{year}" not in years)
    wrong = [line for line in shown if re.search(rf"(?<![-.\d/])({others})\b", line)]
    assert notebook.name not in BY_YEAR or not wrong, wrong


def test_each_year_is_told_in_the_words_of_its_own_page():
    pair = period("2018,2021", YEARS, date(2021, 7, 1))
    assert pair.each == (Period(YEARS, 2018, date(2021, 7, 1)), Period(YEARS, 2021, date(2021, 7, 1)))
    assert [wording.when(one) for one in pair.each] == ["2018", "2021, to 1 July"]
    assert wording.when(pair) == "2018 and 2021, to 1 July 2021" and wording.when(period("2018,2019", YEARS)) == (
        "2018 and 2019"
    )
    assert period("all", YEARS).each == (period("all", YEARS),) and pair.by == ["year"] and not pair.each[0].by


def test_titles_of_several_years_become_one():
    assert wording.beside(["SG2 led in 2018", "SG5 led in 2020"]) == "SG2 led in 2018; SG5 led in 2020"
    assert wording.beside(["Series A in 2018", "The report lists none."]) == "Series A in 2018; the report lists none"
    assert wording.beside(["None was new.", "None was new."]) == "None was new"


def test_counts_are_told_apart_and_groups_stay_together():
    itut = load.table("itut_recommendations")
    pair = period("2018,2020", YEARS)
    made = throughput.by_group(itut, pair, ["SG2", "SG15"])
    assert made[["study_group", "year", "entries"]].to_numpy().tolist() == [
        ["SG15", 2018, 94], ["SG15", 2020, 84], ["SG2", 2018, 4], ["SG2", 2020, 11]]  # fmt: skip
    assert list(throughput.by_year(itut, pair, ["SG2"])["year"]) == [2018, 2020]
    assert throughput.dispersion(itut, pair) == throughput.dispersion(itut, Period(YEARS, None)), "of all whole years"


def test_shares_are_of_the_year():
    chosen = selection.choose("2019,2020")
    both = spectrum.notices(chosen.table("space_notices"), chosen.table("terrestrial_notices"), chosen)
    made = spectrum.composition(both, spectrum.SPACE, chosen.period)
    assert list(made["year"]) == [2019, 2020] * 3 and list(made["value"][:2]) == [1174, 886]
    assert made.groupby("year")["share"].sum().round(9).tolist() == [1, 1]


def test_what_was_open_between_two_picked_years_only_is_not_shown():
    groups = participation.focus_groups(load.table("focus_groups"))
    rows = groups.head(3).assign(start_year=[2018.0, 2019.0, 2020.5], end_year=[2018.5, 2020.5, float("nan")])
    shown = participation.active(rows, period("2018,2021", YEARS))
    assert list(shown["start_year"]) == [2018.0, 2020.5]
    assert len(participation.active(rows, period("all", YEARS))) == 3


def test_what_the_picked_years_lack_is_said_of_them_alone():
    pair, names = period("2018,2019", YEARS), editions.edition().rules("participation")
    none = load.table("observations").head(0)
    yearly, won = participation.forums(none, pair.shown, names), participation.prizes(none, names)
    assert about_people.forums(yearly, names, pair).title == (
        "The report counts no participants of yearly events in 2018 and 2019."
    )
    assert about_people.prizes(won, pair).title == (
        "The report counts no projects submitted to prizes in 2018 and 2019."
    )


def test_a_group_without_a_row_in_one_year_or_in_both():
    itut = load.table("itut_recommendations")
    one, none = (
        selection.choose(years).pick("study_groups", ["TSAG"], ["TSAG", "SG2"]) for years in ("2019,2021", "2018,2021")
    )
    assert about_texts.answer(itut, one)[1:] == [
        "The report lists no texts approved by TSAG in 2021.",
        "The table has no row of TSAG for 2021, so no change can be shown.",
    ]
    assert about_texts.answer(itut, none) == ["The report lists no texts approved by TSAG in 2018 and 2021."]
    assert about_texts.by_group(itut, one).title.endswith("in 2019; the report lists no texts approved by TSAG in 2021")
    assert throughput.group_years(itut, none.of("itut_recommendations"), ["TSAG"]).empty


def test_a_count_is_held_against_the_first_picked_year_and_never_against_another():
    itut = load.table("itut_recommendations").assign(entries=1)
    cut = period("2018,2019,2021", YEARS, date(2021, 11, 1))
    tile = tiles.counted("texts", itut, "entries", cut)
    assert (tile.now, tile.before) == ("189 (partial)", "314")
    assert tile.change == "down 28 % at an annual rate against 314 in 2018"
    whole = tiles.counted("texts", itut, "entries", period("2018,2019", YEARS))
    assert (whole.now, whole.change) == ("277", "down 12 % against 314 in 2018")
