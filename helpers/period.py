"""The years that a page is about: one, several held against each other, or all of an edition."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from helpers.files import InputError

if TYPE_CHECKING:
    import pandas as pd

ALL, LATEST = "all", "latest"


class ParameterError(InputError):
    """A notebook parameter is not allowed; says which are."""


@dataclass(frozen=True)
class Period:
    """The years that a page is about, as one table counts them.

    `years` are all years of the edition's pages, `year` the chosen one, or None for
    the whole period and for several years, which then are the `picked` ones. `closes` is the
    day on which the table's last year is cut; `stated` is False where that year may be cut
    and the report names no day.
    """

    years: tuple[int, ...]
    year: int | None
    closes: date | None = None
    stated: bool = True
    picked: tuple[int, ...] = ()

    @property
    def name(self) -> int | str:
        """What the command line, a job and a folder call it: `2020`, `2019,2021` or `all`."""
        return self.year or ",".join(map(str, self.picked)) or ALL

    @property
    def label(self) -> str:
        """`2020`, `2019 and 2021`, or `2018–2021` for the whole period of several years."""
        first, last = self.chosen[0], self.chosen[-1]
        return listing(self.picked) if self.picked else str(first) if first == last else f"{first}–{last}"

    @property
    def chosen(self) -> tuple[int, ...]:
        """The chosen years."""
        return (self.year,) if self.year else self.shown

    @property
    def shown(self) -> tuple[int, ...]:
        """The years that a chart over the years has: all, or the several that were picked."""
        return self.picked or self.years

    @property
    def whole(self) -> bool:
        """Whether all years of the edition are chosen."""
        return not self.year and not self.picked

    @property
    def each(self) -> tuple[Period, ...]:
        """What is told apart: the picked years one by one, else the period itself."""
        return tuple(replace(self, year=year, picked=()) for year in self.picked) or (self,)

    @property
    def by(self) -> list[str]:
        """Columns that a count of the chosen years is also split by: the year where several were picked."""
        return ["year"] if self.picked else []

    def within(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows of the years that a chart over the years has; where none were picked, of every year."""
        return rows[rows["year"].isin(self.picked)] if self.picked else rows

    @property
    def before(self) -> int | None:
        """The year before the chosen one, where the edition has it."""
        return self.year - 1 if self.year and self.year - 1 in self.years else None

    @property
    def compared(self) -> tuple[int, int | None]:
        """Later and earlier year of a comparison; of several years: last and first.

        The earlier one is None where the edition has no year before.
        """
        if self.year:
            return self.year, self.before
        return self.shown[-1], self.shown[0] if len(self.shown) > 1 else None

    @property
    def marked(self) -> tuple[int, ...]:
        """Years that a chart over all years marks: the chosen one, none where it has no other."""
        return (self.year,) if self.year else ()

    def fraction(self, year: int) -> float:
        """Share of `year` that the table covers (305 of 365 days → 0.836); 1 where no day is known."""
        if self.closes is None or year != self.closes.year:
            return 1.0
        return self.closes.timetuple().tm_yday / days_of(year)

    def partial(self, year: int) -> bool:
        """Whether the table is known to cover only a part of `year`."""
        return self.fraction(year) < 1

    def coverage(self, year: int) -> str:
        """`whole`, `partial` (cut on a known day), or `unknown` (may be cut, the report names no day)."""
        if self.partial(year):
            return "partial"
        return "unknown" if not self.stated and year == self.years[-1] else "whole"


def period(year: object, years: Iterable[int], closes: date | None = None) -> Period:
    """The period that `year` stands for: a year, "all", "latest", or several years (`2019,2021`, [2019, 2021]).

    Several years in any order; all of them are the whole period. Raises `ParameterError` for any other value.
    """
    known = tuple(sorted(int(y) for y in years))
    word = year.strip().lower() if isinstance(year, str) else ""
    if word in (ALL, LATEST):
        return Period(known, None if word == ALL else known[-1], closes)
    if isinstance(year, str) and "," in year:
        year = year.split(",")
    if not isinstance(year, list | tuple):
        return Period(known, _year(year, known), closes)
    picked = tuple(sorted({_year(one, known) for one in year}))
    if len(picked) < max(2, len(year)):
        raise ParameterError(f"year: {listing(year)} are not several years, each once; {_allowed(known)}")
    return Period(known, None, closes, picked=() if picked == known else picked)


def _year(year: object, known: tuple[int, ...]) -> int:
    """One year of the edition."""
    if isinstance(year, bool) or not isinstance(year, int | str) or not re.fullmatch(r"\s*[0-9]{1,6}\s*", str(year)):
        raise ParameterError(f"year: {year!r} is no year; {_allowed(known)}")
    if int(year) not in known:
        raise ParameterError(f"year: the edition has no {int(year)}; {_allowed(known)}")
    return int(year)


def _allowed(known: tuple[int, ...]) -> str:
    return f"allowed are {', '.join(map(str, known))}, {ALL!r} or {LATEST!r}, and several years with commas between"


def listing(items: Iterable[object]) -> str:
    """`a, b and c`; `none` where there is nothing."""
    said = [str(item) for item in items]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}" if said else "none"


def days_of(year: int) -> int:
    """Days of a year, 366 in a leap year."""
    return date(year, 12, 31).timetuple().tm_yday
