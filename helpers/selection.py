"""What the reader chose: edition, period, groups, geographies, checked before any work.

Every notebook calls `choose` in its first cell. A value out of range raises
`ParameterError`, which names the parameter and what is allowed. The selection also
says itself in words, so that every sentence takes its subject from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from helpers.tables import editions, load
from helpers.tables.editions import DataError, Edition

ALL, LATEST = "all", "latest"
LONGEST = 80  # characters of a word that a reader gives


class ParameterError(ValueError):
    """A notebook parameter is not allowed; says which are."""


@dataclass(frozen=True)
class Period:
    """The years that a page is about, as one table counts them.

    `years` are all years of the edition's pages, `year` the chosen one, or None for
    the whole period. `closes` is the day on which the table's last year is cut;
    `stated` is False where that year may be cut and the report names no day.
    """

    years: tuple[int, ...]
    year: int | None
    closes: date | None = None
    stated: bool = True

    @property
    def label(self) -> str:
        """`2020`, or `2018–2021` for the whole period of several years."""
        first, last = self.chosen[0], self.chosen[-1]
        return str(first) if first == last else f"{first}–{last}"

    @property
    def chosen(self) -> tuple[int, ...]:
        """The chosen years."""
        return (self.year,) if self.year else self.years

    @property
    def before(self) -> int | None:
        """The year before the chosen one, where the edition has it."""
        return self.year - 1 if self.year and self.year - 1 in self.years else None

    @property
    def compared(self) -> tuple[int, int | None]:
        """Later and earlier year of a comparison; the whole period: last and first.

        The earlier one is None where the edition has no year before.
        """
        if self.year:
            return self.year, self.before
        return self.years[-1], self.years[0] if len(self.years) > 1 else None

    @property
    def marked(self) -> tuple[int, ...]:
        """Years that a chart over all years marks: the chosen one, none for the whole period."""
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


@dataclass(frozen=True)
class Selection:
    """One edition, the period of a page, and what was picked of groups or geographies.

    `picked` holds only real choices: a name of all members is not in it.
    """

    edition: Edition
    period: Period
    picked: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def table(self, name: str) -> pd.DataFrame:
        """A table of the edition, typed; without rows where the edition does not have it."""
        return load.table(name, self.edition)

    def published(self, name: str) -> pd.DataFrame:
        """A table of the official figures published since (`data/published`); without rows where there is none."""
        return load.published(name, self.edition.data_dir)

    def of(self, table: str) -> Period:
        """The period as a table counts it, with the day on which that table closes."""
        edition = self.edition
        return replace(self.period, closes=edition.closes(table), stated=not edition.close_is_unknown(table))

    def pick(self, name: str, value: object, allowed: Sequence[str]) -> Selection:
        """This selection with the members that the parameter `name` picks of `allowed`.

        An empty list, or all members, is no choice. Raises `ParameterError` for what is
        no list of names, and for an unknown member.
        """
        wanted = _names(name, value)
        unknown = [item for item in wanted if item not in allowed]
        if unknown:
            there = f"allowed are {', '.join(allowed)}" if allowed else "the edition has none"
            raise ParameterError(f"{name}: unknown {', '.join(unknown)}; {there}")
        members = tuple(item for item in allowed if item in wanted)
        if not members or len(members) == len(allowed):
            return self
        return replace(self, picked=MappingProxyType({**self.picked, name: members}))

    def members(self, name: str, allowed: Sequence[str]) -> list[str]:
        """What was picked of `allowed`; all of it where nothing was."""
        return list(self.picked.get(name, allowed))

    def who(self, name: str, everybody: str) -> str:
        """The subject of a sentence: `SG15 and SG17` where these were picked, else `everybody`."""
        return listing(self.picked[name]) if name in self.picked else everybody

    @property
    def label(self) -> str:
        """The selection in a title or citation: `2021`, or `2021, SG15 and SG17`."""
        return ", ".join([self.period.label, *map(listing, self.picked.values())])


def choose(year: object, edition: object = "", data_dir: object = "") -> Selection:
    """The selection that a notebook's parameters stand for.

    `year` is a year of the edition, "all", or "latest"; `edition` a name, empty for the
    newest. Raises `ParameterError`.
    """
    if not isinstance(edition, str):
        raise ParameterError(f"edition: {edition!r} is no name of an edition")
    try:
        known = editions.edition(edition, _folder("data_dir", data_dir))
        years = known.years
    except DataError as error:
        raise ParameterError(f"edition: {error}") from None
    return Selection(known, period(year, years))


def period(year: object, years: Iterable[int], closes: date | None = None) -> Period:
    """The period that `year` (a year, "all" or "latest") stands for.

    Raises `ParameterError` for any other value.
    """
    known = tuple(sorted(int(y) for y in years))
    word = year.strip().lower() if isinstance(year, str) else ""
    if word in (ALL, LATEST):
        return Period(known, None if word == ALL else known[-1], closes)
    allowed = f"{', '.join(map(str, known))}, {ALL!r} or {LATEST!r}"
    if isinstance(year, bool) or not isinstance(year, int | str) or not re.fullmatch(r"\s*[0-9]{1,6}\s*", str(year)):
        raise ParameterError(f"year: {year!r} is no year; allowed are {allowed}")
    if int(year) not in known:
        raise ParameterError(f"year: the edition has no {int(year)}; allowed are {allowed}")
    return Period(known, int(year), closes)


def listing(items: Iterable[object]) -> str:
    """`a, b and c`; `none` where there is nothing."""
    said = [str(item) for item in items]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}" if said else "none"


def days_of(year: int) -> int:
    """Days of a year, 366 in a leap year."""
    return date(year, 12, 31).timetuple().tm_yday


def phrases(name: str, value: object) -> tuple[str, ...]:
    """Words or phrases, each once. Raises `ParameterError` for anything else, and for an empty or endless one."""
    found = _names(name, value)
    if wrong := [phrase for phrase in found if not phrase.strip() or len(phrase) > LONGEST]:
        raise ParameterError(f"{name}: {wrong[0][:LONGEST]!r} is no word or phrase of up to {LONGEST} characters")
    return tuple(dict.fromkeys(phrase.strip() for phrase in found))


def flag(name: str, value: object) -> bool:
    """True or False. Raises `ParameterError` for anything else."""
    if not isinstance(value, bool):
        raise ParameterError(f"{name}: {value!r} is neither true nor false")
    return value


def baseline(name: str, value: object, period: Period) -> int | None:
    """First year whose figures count; 0 stands for no limit. Raises `ParameterError`."""
    last = period.chosen[-1]
    if isinstance(value, bool) or not isinstance(value, int) or (value and not 1990 <= value <= last):
        raise ParameterError(f"{name}: {value!r} is no baseline; allowed are 0, or a year from 1990 to {last}")
    return value or None


def _names(name: str, chosen: object) -> tuple[str, ...]:
    """A list of names, each once, in the order given."""
    if isinstance(chosen, str):
        chosen = [part.strip() for part in chosen.split(",") if part.strip()]
    if not isinstance(chosen, list | tuple) or not all(isinstance(item, str) for item in chosen):
        raise ParameterError(f"{name}: {chosen!r} is no list of names")
    return tuple(dict.fromkeys(chosen))


def _folder(name: str, value: object) -> Path | None:
    """A folder that exists, None where empty. Raises `ParameterError`."""
    if value in ("", None):
        return None
    try:
        if isinstance(value, str | Path) and Path(value).is_dir():
            return Path(value)
    except (OSError, ValueError):  # a name that no file system takes
        pass
    raise ParameterError(f"{name}: {str(value)[:200]!r} is no folder")
