"""Words and numbers for sentences that follow the data.

Direction words, number forms and lists are chosen here, so that no notebook
types a finding.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.selection import Period

QUALIFIERS = {
    "exact": "",
    "over": "over ",
    "almost": "almost ",
    "about": "about ",
    "less_than": "less than ",
    "up_to": "up to ",
}
SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def number(value: float, decimals: int | None = None) -> str:
    """`1174` → `1,174`; decimals as given, or as few as the value needs."""
    if pd.isna(value):
        return "not reported"
    if decimals is None:
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.10g}"
    return f"{value:,.{decimals}f}"


def qualified(value: float, qualifier: str) -> str:
    """A number with the report's own word before it (`over 4,000`)."""
    return QUALIFIERS[qualifier] + number(value)


def percent(share: float, decimals: int = 0) -> str:
    """A share between 0 and 1 as `54 %`."""
    return "not reported" if pd.isna(share) else f"{100 * share:.{decimals}f} %"


def count(value: int, noun: str, plural: str | None = None) -> str:
    """`3` and `group` → `three groups`; figures from ten on."""
    word = SMALL[value] if value < len(SMALL) else number(value)
    return f"{word} {noun if value == 1 else plural or noun + 's'}"


def listing(items: Sequence[str]) -> str:
    """`a, b and c`."""
    items = [str(item) for item in items]
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else "none"


def direction(now: float, before: float) -> str:
    """`rose from 5 to 8`, `fell from …`, `stayed at …`, or `not reported`."""
    if pd.isna(now) or pd.isna(before):
        return "not reported for both years"
    if now == before:
        return f"stayed at {number(now)}"
    return f"{'rose' if now > before else 'fell'} from {number(before)} to {number(now)}"


def change(now: float, before: float) -> str:
    """Relative change in words (`up 12 %`, `down 3 %`, `unchanged`)."""
    if pd.isna(now) or pd.isna(before) or before == 0:
        return "no change can be given"
    if now == before:
        return "unchanged"
    if now / before >= 3:
        return f"{now / before:.0f} times as many"
    moved = abs(now / before - 1) * 100
    return (
        f"{'up' if now > before else 'down'} {moved:.0f} %"
        if moved >= 1
        else f"{'up' if now > before else 'down'} {moved:.1f} %"
    )


def section(name: str) -> str:
    """A section in a sentence (`section 3`, `Annex 1`)."""
    return f"section {name}" if name[:1].isdigit() else name


def source(table: pd.DataFrame) -> str:
    """Sections and lines that rows come from (`section 3, line 1417`)."""
    places = table.groupby("section", sort=False)["line"].agg(["min", "max"])
    said = [
        f"{section(name)}, line {low}" if low == high else f"{section(name)}, lines {low}–{high}"
        for name, low, high in places.astype(int).itertuples()
    ]
    return "; ".join(said)


ARTICLE = {"LDCs", "LLDCs", "SIDS", "Arab States", "Americas", "CIS"}


def the_place(name: str) -> str:
    """A geography inside a sentence (`World` → `the world`)."""
    if name == "World":
        return "the world"
    lower = name[0].lower() + name[1:] if name.endswith("countries") else name
    return f"the {lower}" if name in ARTICLE else lower


def partial_note(period: Period) -> list[str]:
    """The caveat of a cut last year, empty where there is none."""
    if period.closes is None:
        return []
    days = f"{period.closes.timetuple().tm_yday} of 365 days"
    return [
        f"{period.closes.year} is partial (hatched): the table closes on {period.closes.day} {period.closes:%B}, {days}."
    ]
