"""The one query: which rows are asked for, in which order."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.tables.query import latest, observed, series


@pytest.fixture
def observations():
    rows = [
        ("use", "World", "_T", "_T", pd.NA, 2023, 66.0),
        ("use", "World", "_T", "_T", pd.NA, 2022, 60.0),
        ("use", "World", "F", "_T", pd.NA, 2023, 63.0),
        ("use", "Africa", "_T", "_T", pd.NA, 2023, 39.0),
        ("use", "World", "_T", "Y15T24", pd.NA, 2023, 79.0),
        ("use", "World", "_T", "_T", "rural", 2023, 50.0),
        ("use", "World", "_T", "_T", pd.NA, 2023, 67.0),
        ("use", "World", "_T", "_T", pd.NA, pd.NA, 1.0),
        ("states", "World", "_T", "_T", pd.NA, pd.NA, 193.0),
    ]
    columns = ["indicator", "geography", "sex", "age", "breakdown", "year", "value"]
    frame = pd.DataFrame(rows, columns=columns).astype({"year": "Int64", "breakdown": "string"})
    return frame.assign(qualifier="exact")


def values(rows):
    return list(rows["value"])


def test_without_more_it_asks_for_totals_of_the_world(observations):
    assert values(observed(observations, "use")) == [66, 60, 67, 1]
    assert values(observed(observations, ["use", "states"], years=None)) == [66, 60, 67, 1, 193]


def test_what_the_text_does_not_print_comes_only_where_it_is_asked_for(observations):
    observations.loc[observations["value"] == 193.0, "qualifier"] = "derived"
    assert values(observed(observations, "states")) == []
    assert values(observed(observations, "states", derived=True)) == [193]


def test_each_column_can_be_asked_for_or_left_open(observations):
    assert values(observed(observations, "use", sex="F")) == [63]
    assert values(observed(observations, "use", age="Y15T24")) == [79]
    assert values(observed(observations, "use", breakdown="rural")) == [50]
    assert values(observed(observations, "use", geography=None)) == [66, 60, 39, 67, 1]
    assert values(observed(observations, "use", sex=None, age=None, breakdown=None)) == [66, 60, 63, 79, 50, 67, 1]
    assert values(observed(observations, "use", years=[2022])) == [60]
    assert list(observed(observations, "use", years=[2022]).index) == [0]


def test_nothing_that_fits_is_no_error(observations):
    for rows in (observed(observations, "none"), observed(observations.iloc[:0], "use")):
        assert rows.empty and list(rows) == list(observations) and series(rows).empty and latest(rows) is None


def test_a_series_has_each_year_once_the_first_that_is_stated(observations):
    rows = observed(observations, "use")
    assert values(series(rows)) == [60, 66]
    assert values(series(rows, since=2023)) == [66] and values(series(rows, until=2022)) == [60]
    assert latest(rows)["value"] == 66
    assert latest(observed(observations, "states"))["value"] == 193
