"""Parameters of the notebooks: checked before any work is done.

Every notebook calls one function here in its first cell. A value out of range
raises `ParameterError`, which names the parameter and what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ALL = "all"


class ParameterError(ValueError):
    """A notebook parameter is not allowed; says which are."""


@dataclass(frozen=True)
class Period:
    """The years that a page is about.

    `years` are all years of the report's tables, `year` the chosen one, or None
    for the whole period; `closes` is the day on which the last year is cut.
    """

    years: tuple[int, ...]
    year: int | None
    closes: date | None = None

    @property
    def label(self) -> str:
        """`2020`, or `2018–2021` for the whole period."""
        return str(self.year) if self.year else f"{self.years[0]}–{self.years[-1]}"

    @property
    def chosen(self) -> tuple[int, ...]:
        """The chosen years."""
        return (self.year,) if self.year else self.years

    @property
    def before(self) -> int | None:
        """The year before the chosen one, where the tables have it."""
        return self.year - 1 if self.year and self.year - 1 in self.years else None

    @property
    def compared(self) -> tuple[int, int | None]:
        """Later and earlier year of a comparison; the whole period: last and first.

        The earlier one is None where the tables have no year before.
        """
        return (self.year, self.before) if self.year else (self.years[-1], self.years[0])

    def fraction(self, year: int) -> float:
        """Share of `year` that the table covers (305 of 365 days → 0.836)."""
        if self.closes is None or year != self.closes.year:
            return 1.0
        return self.closes.timetuple().tm_yday / date(year, 12, 31).timetuple().tm_yday

    def partial(self, year: int) -> bool:
        """Whether the table covers only a part of `year`."""
        return self.fraction(year) < 1


def period(year: object, years: Iterable[int], closes: date | None = None) -> Period:
    """The period that `year` (a year, or "all") stands for.

    Raises `ParameterError` for any other value.
    """
    known = tuple(sorted(int(y) for y in years))
    if isinstance(year, str) and year.strip().lower() == ALL:
        return Period(known, None, closes)
    allowed = f"{', '.join(map(str, known))} or {ALL!r}"
    if isinstance(year, bool) or not isinstance(year, int | str) or not re.fullmatch(r"\s*[0-9]{1,6}\s*", str(year)):
        raise ParameterError(f"year: {year!r} is no year; allowed are {allowed}")
    if int(year) not in known:
        raise ParameterError(f"year: the report has no {int(year)}; allowed are {allowed}")
    return Period(known, int(year), closes)


def members(name: str, chosen: object, allowed: Sequence[str]) -> list[str]:
    """`chosen` (a list, or a comma-separated text) in the order of `allowed`.

    Empty stands for all. Raises `ParameterError` for an unknown member.
    """
    if isinstance(chosen, str):
        chosen = [part.strip() for part in chosen.split(",") if part.strip()]
    if not isinstance(chosen, list | tuple) or not all(isinstance(item, str) for item in chosen):
        raise ParameterError(f"{name}: {chosen!r} is no list of names; allowed are {', '.join(allowed)}")
    unknown = [item for item in chosen if item not in allowed]
    if unknown:
        raise ParameterError(f"{name}: unknown {', '.join(unknown)}; allowed are {', '.join(allowed)}")
    return [item for item in allowed if item in chosen] or list(allowed)


def flag(name: str, value: object) -> bool:
    """True or False. Raises `ParameterError` for anything else."""
    if not isinstance(value, bool):
        raise ParameterError(f"{name}: {value!r} is neither true nor false")
    return value


def folder(name: str, value: object) -> Path | None:
    """A folder that exists, None where empty. Raises `ParameterError`."""
    if value in ("", None):
        return None
    try:
        if isinstance(value, str | Path) and Path(value).is_dir():
            return Path(value)
    except (OSError, ValueError):  # a name that no file system takes
        pass
    raise ParameterError(f"{name}: {str(value)[:200]!r} is no folder")


def baseline(name: str, value: object, period: Period) -> int | None:
    """First year whose figures count; 0 stands for no limit. Raises `ParameterError`."""
    if isinstance(value, bool) or not isinstance(value, int) or (value and not 1990 <= value <= period.chosen[-1]):
        raise ParameterError(
            f"{name}: {value!r} is no baseline; allowed are 0, or a year from 1990 to {period.chosen[-1]}"
        )
    return value or None
