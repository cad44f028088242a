"""The record of approvals: every figure on a small catalogue, worked out by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from scipy.stats import binomtest, chi2

from helpers import selection
from helpers.analyses import approvals
from tests import small_catalogue
from tests.small_catalogue import record


@pytest.fixture(scope="module")
def found():
    return record()


@pytest.mark.whole
def test_the_record_leaves_out_annexes_supplements_and_what_is_older(found):
    assert len(found.record) == 22 - 2 - 1 - 1  # two Annexes, a Supplement's Corrigendum, the edition of 2009
    assert found.period.years == (2018, 2019, 2020, 2021, 2022, 2023) and found.period.closes == date(2023, 5, 31)
    assert found.period.coverage(2023) == "partial" and found.listed.closes == date(2021, 11, 1)


@pytest.mark.whole
@pytest.mark.parametrize("day", ["2023-05", None])
def test_a_catalogue_without_a_day_may_be_cut_any_day(day):
    sources = small_catalogue.SOURCES.assign(edition_date=day)
    made = approvals.read(small_catalogue.itut(), small_catalogue.catalogue(), sources, selection.choose("all"))
    assert made.period.closes is None and made.period.coverage(2023) == "unknown"


def test_by_year_and_month(found):
    years = approvals.by_year(found).set_index("year")
    assert years[["recommendation", "amendment", "corrigendum"]].T.to_dict("list") == {
        2018: [3, 2, 0], 2019: [4, 1, 0], 2020: [5, 0, 0], 2021: [1, 1, 0], 2023: [1, 0, 0],
    }  # fmt: skip
    assert list(approvals.by_month(found)) == ["year", "month", "texts"]
    months = approvals.by_month(found).set_index(["year", "month"])["texts"]
    assert (months[2018, 6], months[2019, 11], months[2020, 8], months[2022, 1]) == (2, 2, 2, 0)
    assert months[2023, 4] == 1 and months[2023, 5] == 0 and pd.isna(months[2023, 6]) and len(months) == 72


def test_bunching_and_the_busiest_day(found):
    rows = approvals.bunching(found).set_index("year")
    assert rows.loc[2020].tolist() == [5, 4, 2, "2020-06-01", 2, ("SG15",)]  # 2 + 1 of 5 are half
    assert rows.loc[2019].tolist() == [5, 4, 2, "2019-11-29", 2, ("SG15", "SG21")]


def test_courses(found):
    rows = approvals.courses(found)
    assert rows[rows["year"] == 2020].to_numpy().tolist() == [
        [2020, 153, 2],
        [2020, 218, 3],
        [2020, 241, 4],
        [2020, 245, 5],
    ]


def test_projections_say_what_the_closing_day_would_have_said(found):
    rows = approvals.projections(found).set_index("year")
    assert list(rows.index) == [2018, 2019, 2020, 2021]  # 2023 is not whole, 2022 has no text
    low, high = chi2.ppf(0.025, 8) / 2, chi2.ppf(0.975, 10) / 2  # of a count of 4
    scale = 365 / 305 / 5
    counts = [5, 5, 5, 2]  # of the whole years; their χ² around 4.25 on 3 degrees is below 1 each
    assert sum((n - 4.25) ** 2 / 4.25 for n in counts) / 3 < 1
    assert rows.loc[2018].tolist() == pytest.approx([4, 4 * 365 / 305, 5, 4 * scale, *[low * scale, high * scale] * 2])
    assert rows.loc[2020, ["to_date", "annual_rate", "ratio"]].tolist() == pytest.approx([5, 5 * 366 / 306, 366 / 306])
    whole = found._replace(listed=selection.choose("all").period)
    assert approvals.projections(whole).empty and list(approvals.projections(whole)) == approvals.PROJECTIONS


def test_the_wide_interval_is_that_of_the_count_divided_by_the_dispersion(found):
    busy = pd.concat([found.record, *[found.record[found.record["year"] == 2019]] * 7])
    rows = approvals.projections(found._replace(record=busy)).set_index("year")
    mean = (5 + 40 + 5 + 2) / 4
    factor = sum((n - mean) ** 2 / mean for n in (5, 40, 5, 2)) / 3
    ends = [chi2.ppf(0.025, 2 * 4 / factor) / 2 * factor, chi2.ppf(0.975, 2 * (4 / factor + 1)) / 2 * factor]
    assert rows.loc[2018, ["wide_low", "wide_high"]].tolist() == pytest.approx([end * 365 / 305 / 5 for end in ends])


@pytest.mark.parametrize(("part", "whole"), [(0, 5), (3, 8), (5, 5)])
def test_the_interval_of_a_share_is_exact(part, whole):
    ends = binomtest(part, whole).proportion_ci(method="exact")
    assert approvals.share_interval(part, whole) == pytest.approx((ends.low, ends.high))


def test_the_outcome_of_the_year_that_the_report_cuts(found):
    (row,) = approvals.outcome(found).to_dict("records")
    assert (row["year"], row["entries"], row["complete"]) == (2021, 2, 2)
    assert row["error"] == pytest.approx(365 / 305 - 1)
    assert approvals.outcome(record(2020)).empty


def test_new_revised_and_their_age(found):
    rows = approvals.editions(found).set_index(["bare", "year"])
    assert rows.loc[("G.709/Y.1331", 2018), ["before", "new"]].tolist() == ["2009-06-01", False]
    assert rows.loc[("G.709/Y.1331", 2018), "age"] == pytest.approx(3287 / 365.25)
    assert rows.loc[("G.7", 2018), "new"] and pd.isna(rows.loc[("G.7", 2018), "age"])
    years = approvals.new_and_revised(found).set_index("year")
    assert years.loc[2019, ["new", "revised"]].tolist() == [2, 2]  # second texts of H.265 and H.849
    assert years.loc[2019, "age"] == pytest.approx((153 + 156) / 2 / 365.25)
    assert years.loc[2020, ["new", "revised", "coverage"]].tolist() == [4, 1, "whole"]


@pytest.mark.whole
def test_amendments_before_the_next_edition():
    """G.709 of 2018 gathered two until 2020; that of 2009 is older than the catalogue's Amendments."""
    assert approvals.gathered(record(2020)).to_numpy().tolist() == [[2, 1]]
    assert approvals.gathered(record(2019)).to_numpy().tolist() == [[0, 2]]
    assert approvals.gathered(record()).to_numpy().tolist() == [[0, 2], [2, 1]]
    assert approvals.gathered(record(2021)).empty


def test_what_became_of_the_listed_texts(found):
    rows = approvals.by_group(found).set_index("study_group")
    assert list(rows.columns) == ["new", "revised", "age", "in_force", "withdrawn", "not_stated", "texts"]
    assert rows.loc["SG16", ["new", "revised", "in_force", "withdrawn", "texts"]].tolist() == [2, 1, 1, 2, 3]
    assert rows.loc["SG17", ["new", "not_stated", "texts"]].tolist() == [1, 3, 3]  # Annexes are no editions
    assert rows["texts"].sum() == 12


def test_groups_then_and_today(found):
    rows = approvals.then_and_today(found)
    assert rows.to_numpy().tolist() == [
        ["SG15", "SG15", 4], ["SG16", "SG21", 3], ["SG17", "not stated", 3], ["SG3", "SG3", 2],
    ]  # fmt: skip


def test_topics_by_words_in_titles(found):
    lists = {"Clocks": ["clock"], "AI": ["AI"], "Health": ["health"], "None": ["quantum key"]}
    hits = approvals.topics(found, lists)
    # the Amendment without a title takes the last one of its Recommendation; ‘AI’ is no part of ‘Maintained’
    assert hits[["topic", "printed", "about"]].to_numpy().tolist() == [
        ["Clocks", "G.709/Y.1331 Amd.1", "Transport network and its clocks"],
        ["Clocks", "G.709/Y.1331", "Transport network and its clocks"],
        ["AI", "G.7", "Fibre AI"],
        ["Health", "H.849", "Health devices"],
    ]
    groups = approvals.topic_groups(hits, record(2018).listed)
    assert groups[["topic", "study_group", "texts"]].to_numpy().tolist() == [["Clocks", "SG15", 1], ["AI", "SG15", 1]]


def test_topics_with_most_texts_first_and_groups_by_number():
    rows = [("A", "TSAG", 2018), ("B", "SG11", 2018), ("B", "SG2", 2018), ("B", "SG2", 2018), ("A", "SG2", 2021)]
    hits = pd.DataFrame(rows, columns=["topic", "study_group", "year"])
    groups = approvals.topic_groups(hits, record(2018).listed)
    assert groups.to_numpy().tolist() == [["B", "SG11", 1], ["B", "SG2", 2], ["A", "TSAG", 1]]
    assert list(groups["study_group"].cat.categories) == ["SG2", "SG11", "TSAG"]


def test_a_phrase_is_a_whole_phrase_and_its_signs_mean_nothing(found):
    assert approvals.topics(found, {"x": ["video cod"]}).empty and approvals.topics(found, {"x": ["."]}).empty
    assert len(approvals.topics(found, {"x": ["VIDEO CODING"]})) == 2


@pytest.mark.whole
def test_an_empty_catalogue_and_an_empty_list():
    empty = approvals.read(
        small_catalogue.itut(), small_catalogue.catalogue()[:0], small_catalogue.SOURCES, selection.choose("all")
    )
    frames = [approvals.by_year, approvals.by_month, approvals.bunching, approvals.outcome, approvals.courses]
    frames += [approvals.projections, approvals.new_and_revised, approvals.gathered, approvals.by_group]
    frames += [approvals.then_and_today, approvals.editions]
    for make in frames:
        assert make(empty).empty, make.__name__
    assert approvals.topics(empty, {"x": ["video"]}).empty and list(approvals.topics(empty, {})) == approvals.TOPICS
    unlisted = approvals.read(
        small_catalogue.itut()[:0], small_catalogue.catalogue(), small_catalogue.SOURCES, selection.choose("all")
    )
    assert approvals.by_group(unlisted).empty and len(unlisted.unlisted) == 16
