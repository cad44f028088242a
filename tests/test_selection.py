"""What the reader chose: checked before any work, and put into words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from helpers import period as periods
from helpers import selection
from helpers.period import ParameterError, listing
from helpers.selection import choose
from helpers.tables import editions

GROUPS = ["SG2", "SG15", "SG17"]


def period(year, closes=date(2021, 11, 1), stated=True, years=range(2018, 2022)):
    return replace(periods.period(year, years, closes), stated=stated)


def test_a_year_the_whole_period_and_the_last_year():
    assert (period(2020).label, period(2020).chosen, period("2020").before) == ("2020", (2020,), 2019)
    assert (period("all").label, period(" ALL ").year, period("all").chosen) == (
        "2018–2021",
        None,
        (2018, 2019, 2020, 2021),
    )
    assert period("latest").year == 2021
    assert period(2018).before is None and period("all").before is None


def test_an_edition_of_one_year_has_nothing_to_compare():
    one = period("all", years=[2018])
    assert one.label == "2018" and one.compared == (2018, None)


def test_the_years_that_are_compared_and_marked():
    assert period(2020).compared == (2020, 2019) and period(2018).compared == (2018, None)
    assert period("all").compared == (2021, 2018)
    assert period(2020).marked == (2020,) and period("all").marked == ()


@pytest.mark.parametrize("given", ["2021,2019", " 2019, 2021 ", [2019, 2021], (2021, "2019")])
def test_several_years_are_held_against_each_other_and_nothing_else(given):
    pair = period(given)
    assert pair.picked == pair.chosen == pair.shown == (2019, 2021) and pair.years == (2018, 2019, 2020, 2021)
    assert (pair.year, pair.before, pair.marked) == (None, None, ())
    assert pair.compared == (2021, 2019) and pair.coverage(2021) == "partial"
    assert (pair.label, pair.name) == ("2019 and 2021", "2019,2021")


def test_three_years_are_told_apart_and_all_of_them_are_the_whole_period():
    assert period("2018,2020,2021").label == "2018, 2020 and 2021" and period("2018,2020,2021").compared == (2021, 2018)
    assert period("2018,2019,2020,2021") == period("all") and period("all").picked == ()
    assert (period(2020).name, period("all").name) == (2020, "all")
    assert period(2020).shown == period("all").shown == (2018, 2019, 2020, 2021)


def test_a_year_that_closes_early_is_partial_by_its_days():
    cut = period(2021)
    assert cut.fraction(2021) == 305 / 365 and cut.partial(2021) and cut.coverage(2021) == "partial"
    assert cut.fraction(2020) == 1 and not cut.partial(2020) and cut.coverage(2020) == "whole"
    leap = period(2024, date(2024, 6, 30), years=[2023, 2024])
    assert leap.fraction(2024) == 182 / 366
    assert period(2021, date(2021, 12, 31)).coverage(2021) == "whole"


def test_a_last_year_without_a_stated_day_is_unknown_not_whole():
    silent = period(2021, closes=None, stated=False)
    assert silent.coverage(2021) == "unknown" and silent.coverage(2020) == "whole"
    assert silent.fraction(2021) == 1 and not silent.partial(2021)


BAD = [2017, "2107", "", "last", None, 2018.0, True, [2018], "-2018", "9" * 7, [], "2019,2019", [2019, "2019"]]
BAD += ["2017,2019", "2019,", "2019,all", "2019 2020", [2019, None], [[2019], 2020]]


@pytest.mark.parametrize("bad", BAD)
def test_bad_years_name_the_good_ones(bad):
    with pytest.raises(ParameterError, match=r"2018, 2019, 2020, 2021, 'all' or 'latest'"):
        period(bad)


@pytest.mark.parametrize(
    ("value", "members", "label"),
    [
        ([], GROUPS, "2021"),
        ("", GROUPS, "2021"),
        (GROUPS, GROUPS, "2021"),  # all is no choice
        (["SG17", "SG15"], ["SG15", "SG17"], "2021, SG15 and SG17"),
        ("SG15, SG15", ["SG15"], "2021, SG15"),
    ],
)
def test_a_pick_keeps_the_order_of_the_table_and_says_itself(value, members, label):
    chosen = choose(2021).pick("study_groups", value, GROUPS)
    assert chosen.members("study_groups", GROUPS) == members and chosen.label == label
    subject = "ITU-T" if members == GROUPS else listing(members)
    assert chosen.who("study_groups", "ITU-T") == subject


@pytest.mark.parametrize(
    ("value", "allowed", "said"),
    [
        (["SG99", "SG15"], GROUPS, "study_groups: unknown SG99; allowed are SG2, SG15, SG17"),
        (["SG15"], [], "study_groups: unknown SG15; the edition has none"),
        (15, GROUPS, "study_groups: 15 is no list of names"),
        ([15], GROUPS, r"study_groups: \[15\] is no list of names"),
    ],
)
def test_a_bad_pick_names_what_is_allowed(value, allowed, said):
    with pytest.raises(ParameterError, match=said):
        choose(2021).pick("study_groups", value, allowed)


def test_each_table_has_its_own_closing_day():
    chosen = choose("latest")
    assert chosen.of("itut_recommendations").closes == date(2021, 11, 1)
    assert chosen.of("space_notices").closes == date(2021, 11, 16)
    assert chosen.of("terrestrial_notices").coverage(2021) == "unknown"
    assert chosen.of("targets").coverage(2021) == "whole"


def test_an_unknown_edition_or_folder_is_refused(tmp_path, both):
    with pytest.raises(ParameterError, match="no edition 'next'; there are 2018-2022"):
        choose("all", "next")
    with pytest.raises(ParameterError, match="edition: 7 is no name"):
        choose("all", 7)
    with pytest.raises(ParameterError, match="data_dir: 'nowhere' is no folder"):
        choose("all", "", "nowhere")
    with pytest.raises(ParameterError, match="has no editions"):
        choose("all", "", str(tmp_path))
    names = editions.names(both)
    assert [choose("all", name, both).edition.name for name in ("", *names)] == [names[-1], *names]


def test_phrases():
    assert selection.phrases("words", []) == ()
    assert selection.phrases("words", ["quantum key", " AI ", "AI"]) == ("quantum key", "AI")
    for bad, said in ((["x", " "], "' '"), (["y" * 81], repr("y" * 80)), (3, "is no list of names")):
        with pytest.raises(ParameterError, match=f"words: .*{re.escape(said)}"):
            selection.phrases("words", bad)


def test_flags_and_baselines():
    assert selection.flag("annualise", False) is False
    with pytest.raises(ParameterError, match="annualise: 1 is neither true nor false"):
        selection.flag("annualise", 1)
    assert selection.baseline("baseline_year", 0, period(2020)) is None
    assert selection.baseline("baseline_year", 2019, period(2020)) == 2019
    for bad in (2021, 1989, True, "2019"):
        with pytest.raises(ParameterError, match="allowed are 0, or a year from 1990 to 2020"):
            selection.baseline("baseline_year", bad, period(2020))


def test_lists():
    assert [listing(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["none", "a", "a and b", "a, b and c"]
