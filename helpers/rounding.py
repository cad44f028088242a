"""Printed figures are rounded: intervals that hold the true value.

`54` may be anything from 53.5 to 54.5. Every ratio and difference made from
printed figures carries the interval that follows from its parts.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Interval(NamedTuple):
    """Lower and upper bound, same unit as the figure."""

    low: float
    high: float


def half_digit(value: float, decimals: int | None = None) -> float:
    """Half of the last printed digit (`60.82` → 0.005, `54` → 0.5).

    `decimals` is what the source states, where it does: a table of numbers has lost the last digit
    of `54.0`.
    """
    exponent = Decimal(f"{value:.10g}").as_tuple().exponent if decimals is None else -decimals
    return 0.5 * 10.0 ** min(int(exponent), 0)


def interval(value: float, decimals: int | None = None) -> Interval:
    """Values that print as `value`."""
    half = half_digit(value, decimals)
    return Interval(value - half, value + half)


def ratio(above: float, below: float, decimals: int | None = None) -> Interval:
    """Interval of `above` ÷ `below`, both printed figures above zero."""
    top, bottom = interval(above, decimals), interval(below, decimals)
    return Interval(top.low / bottom.high, top.high / bottom.low)


def difference(above: float, below: float, decimals: int | None = None) -> Interval:
    """Interval of `above` − `below`, both printed figures."""
    top, bottom = interval(above, decimals), interval(below, decimals)
    return Interval(top.low - bottom.high, top.high - bottom.low)


def overlap(first: Interval, second: Interval) -> bool:
    """Whether one true value can lie in both intervals."""
    return first.low <= second.high and second.low <= first.high
