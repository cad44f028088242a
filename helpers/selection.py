"""What the reader chose: edition, period, groups, geographies, checked before any work.

Every notebook calls `choose` in its first cell. A value out of range raises
`ParameterError`, which names the parameter and what is allowed. The selection also
says itself in words, so that every sentence takes its subject from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from helpers.period import ParameterError, Period, listing, period
from helpers.tables import editions, load
from helpers.tables.editions import DataError, Edition

LONGEST = 80  # characters of a word that a reader gives


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

    `year` is a year of the edition, "all", "latest", or several years; `edition` a name, empty
    for the newest. Raises `ParameterError`.
    """
    if not isinstance(edition, str):
        raise ParameterError(f"edition: {edition!r} is no name of an edition")
    try:
        known = editions.edition(edition, _folder("data_dir", data_dir))
        years = known.years
    except DataError as error:
        raise ParameterError(f"edition: {error}") from None
    return Selection(known, period(year, years))


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
