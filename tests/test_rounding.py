"""Rounding intervals, worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import rounding
from helpers.rounding import Interval


@pytest.mark.parametrize(
    ("value", "half"),
    [
        (54, 0.5),
        (54.0, 0.5),
        (1000, 0.5),
        (3420, 0.5),
        (0, 0.5),
        (17.4, 0.05),
        (60.82, 0.005),
        (0.904, 0.0005),
        (-1.5, 0.05),
    ],
)
def test_half_of_the_last_digit(value, half):
    assert rounding.half_digit(value) == pytest.approx(half, rel=1e-12)


@pytest.mark.parametrize(
    ("value", "decimals", "half"), [(54.0, 1, 0.05), (54.25, 1, 0.05), (54, 0, 0.5), (5, 2, 0.005)]
)
def test_decimals_that_a_source_states_count_before_the_digits(value, decimals, half):
    assert rounding.half_digit(value, decimals) == pytest.approx(half, rel=1e-12)
    assert rounding.interval(value, decimals) == pytest.approx((value - half, value + half))
    ends = (value - half) / (60 + half), (value + half) / (60 - half)
    assert rounding.ratio(value, 60, decimals) == pytest.approx(ends)
    assert rounding.difference(value, 60, decimals) == pytest.approx((value - 60 - 2 * half, value - 60 + 2 * half))


def test_only_ten_digits_count():
    assert rounding.half_digit(0.1 + 0.2) == pytest.approx(0.05, rel=1e-12)
    assert rounding.half_digit(12345678901.5) == 0.5


@pytest.mark.parametrize(
    ("value", "low", "high"), [(54, 53.5, 54.5), (17.4, 17.35, 17.45), (0, -0.5, 0.5), (1000, 999.5, 1000.5)]
)
def test_interval(value, low, high):
    found = rounding.interval(value)
    assert isinstance(found, Interval) and (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


def test_ratio_takes_opposite_ends():
    # 57 ÷ 62: 56.5 ÷ 62.5 to 57.5 ÷ 61.5
    found = rounding.ratio(57, 62)
    assert found == Interval(56.5 / 62.5, 57.5 / 61.5) and isinstance(found, Interval)


def test_difference_takes_opposite_ends():
    # 62 − 57.0: 61.5 − 57.05 to 62.5 − 56.95
    found = rounding.difference(62, 57.2)
    assert (found.low, found.high) == (pytest.approx(61.5 - 57.25), pytest.approx(62.5 - 57.15))


@pytest.mark.parametrize(
    ("first", "second", "meet"),
    [((1, 2), (2, 3), True), ((1, 2), (2.1, 3), False), ((1, 4), (2, 3), True), ((1, 1), (1, 1), True)],
)
def test_overlap_holds_where_ends_touch_and_in_either_order(first, second, meet):
    assert rounding.overlap(Interval(*first), Interval(*second)) is meet
    assert rounding.overlap(Interval(*second), Interval(*first)) is meet


@given(st.integers(1, 99), st.integers(1, 99))
def test_intervals_hold_the_figure(above, below):
    low, high = rounding.ratio(above, below)
    assert low < above / below < high
    low, high = rounding.difference(above, below)
    assert low == above - below - 1 and high == above - below + 1
