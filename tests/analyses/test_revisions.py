"""The report's figures against later editions."""

from __future__ import annotations

from functools import cache

import pytest

from helpers.analyses import revisions
from tests.analyses import official_rows as small
from tests.analyses.official_rows import USE
from tests.analyses.test_targets import OBSERVATIONS, stated


def of(observed, *rows, until=2022, **more):
    frame = revisions.revisions(stated(*observed), small.known(small.series(*rows)), until)
    return [(r["indicator"], r["value"], r["later"], r["source"]) for r in frame.to_dict("records")]


@pytest.fixture(scope="module")
def real(tables, published):
    return cache(lambda until: revisions.revisions(tables["observations"], published, until))


@pytest.mark.parametrize(
    ("indicator", "geography", "sex", "year", "said", "later"),
    [
        (USE, "World", "_T", 2021, 63, 61.7), (USE, "World", "_T", 2019, 54, 52.9),
        (USE, "LDCs", "F", 2020, 19, 20.7),
        (USE, "LDCs", "M", 2020, 31, 29.5), (USE, "Arab States", "M", 2020, 68, 63.5),
        ("gender_gap", "LDCs", "_T", 2020, 12, 29.5 - 20.7),
        ("gender_parity_score", "World", "_T", 2020, 0.92, 55.9 / 61.8),
        ("mobile_broadband_coverage", "CIS", "_T", 2021, 89, 95.5),
        ("international_bandwidth", "World", "_T", 2021, 932, 970.7),
        ("internet_users_growth", "LDCs", "_T", 2021, 20, 35.903), ("internet_users", "World", "_T", 2021, 4900,
        4903.6),
        ("economies_short_of_mobile_price_target", "World", "_T", 2020, 84, 84),
    ],
)  # fmt: skip
def test_the_report(real, indicator, geography, sex, year, said, later):
    rows = real(2021)
    fits = (
        (rows["indicator"] == indicator)
        & (rows["geography"] == geography)
        & (rows["sex"] == sex)
        & (rows["year"] == year)
    )
    row = rows[fits].iloc[0]
    assert (row["value"], row["later"]) == (pytest.approx(said), pytest.approx(later, abs=1e-3))
    assert row["revised"] == pytest.approx(later - said, abs=1e-3) and row["line"] > 0 and row["place"]
    assert row["worked_out"] == (sex == "M" and geography == "LDCs")


def test_a_year_knows_only_what_was_known(real):
    assert len(real(2018)) == 0 and set(real(2019)["year"]) == {2019} and real(2021)["year"].max() == 2021


def test_only_later_editions_count():
    rows = [(USE, 2020, 50), (USE, 2020, 51, {"source": "old"}), (USE, 2020, 52, {"source": "report-time"})]
    assert of([(USE, 2020, 53)], *rows) == [(USE, 53, 50, "new")]


def test_a_figure_of_another_unit_sex_place_or_year_is_no_counterpart():
    rows = [
        (USE, 2020, 5, {"unit": "ratio"}),
        (USE, 2020, 5, {"sex": "F"}),
        (USE, 2020, 5, {"geography": "CIS"}),
        (USE, 2019, 5),
    ]
    assert of([(USE, 2020, 53)], *rows) == []


def test_growth_since_the_year_before_or_the_one_that_is_said():
    rows = [("n", year, value) for year, value in ((2018, 40), (2019, 50), (2020, 60))]
    observed = [
        ("n_growth", 2020, 10), ("n_growth", 2020, 30, {"breakdown": "since 2018"}),
        ("n_growth", 2020, 9, {"breakdown": "of half"}),
        ("n_multiple", 2020, 2, {"breakdown": "since 2018"}), ("n_added_since_2018", 2020, 19,
        {"unit": "million people"}),
        ("n_growth", 2018, 10),
    ]  # fmt: skip
    assert of(observed, *rows) == [
        ("n_growth", 10, pytest.approx(20), "new"), ("n_growth", 30, pytest.approx(50), "new"),
        ("n_multiple", 2, pytest.approx(1.5), "new"), ("n_added_since_2018", 19, 20, "new"),
    ]  # fmt: skip


def test_units_and_repetitions():
    rows = [("n", 2020, 1500, {"unit": "million people"}), ("share_offline", 2020, 30)]
    observed = [("n", 2020, 1.4, {"unit": "billion people"}), ("n", 2020, 1.4, {"unit": "billion people"}),
                ("share_offline", 2020, 0.25, {"unit": "fraction"})]  # fmt: skip
    assert of(observed, *rows) == [("n", 1400, 1500, "new"), ("share_offline", 25, 30, "new")]


@pytest.mark.whole
def test_men_are_worked_out_only_where_they_are_not_given():
    gap = ("gender_gap", 2020, 12, {"unit": "percentage points"})
    rows = [(USE, 2020, 29.5, {"sex": "M"})]
    assert of([(USE, 2020, 19, {"sex": "F"}), gap], *rows) == [(USE, 31, 29.5, "new")]
    assert of([(USE, 2020, 19, {"sex": "F"}), gap, (USE, 2020, 30, {"sex": "M"})], *rows) == [(USE, 30, 29.5, "new")]


def test_nothing_of_nothing():
    frame = revisions.revisions(OBSERVATIONS, small.known(small.SERIES), 2021)
    assert frame.empty and list(frame.columns) == revisions.COLUMNS
