"""Words and numbers for sentences that follow the data.

Direction words, number forms and lists are chosen here, so that no notebook
types a finding.
"""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterable

import pandas as pd

from helpers.period import Period, days_of
from helpers.selection import listing as listing  # one list form for selections and sentences

QUALIFIERS = {
    "exact": "",
    "over": "over ",
    "almost": "almost ",
    "about": "about ",
    "less_than": "less than ",
    "up_to": "up to ",
    "derived": "",
}
SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
ARTICLE = {"LDCs", "LLDCs", "SIDS", "Arab States", "Americas", "CIS"}


def number(value: float, decimals: int | None = None) -> str:
    """`1174` → `1,174`; decimals as given, or as few as the value needs."""
    if pd.isna(value):
        return "not reported"
    if decimals is None:
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.10g}"
    return f"{value:,.{decimals}f}"


def qualified(value: float, qualifier: str) -> str:
    """A number with the report's own word before it (`over 4,000`)."""
    return number(value) if pd.isna(value) else QUALIFIERS[qualifier] + number(value)


def percent(share: float, decimals: int = 0) -> str:
    """A share between 0 and 1 as `54 %`; a part is never said to be nothing or all (`less than 1 %`)."""
    if pd.isna(share):
        return "not reported"
    share = round(share, 12)  # the noise of a sum of shares is no part
    said, step = f"{100 * share:.{decimals}f}", 10.0**-decimals
    if share > 0 and float(said) == 0:
        return f"less than {step:g} %"
    return f"more than {100 - step:g} %" if share < 1 and float(said) == 100 else f"{said} %"


def spelled(value: int) -> str:
    """`three`; figures from ten on."""
    return SMALL[value] if value < len(SMALL) else number(value)


def count(value: int, noun: str, plural: str | None = None) -> str:
    """`3` and `group` → `three groups`; figures from ten on."""
    return f"{spelled(value)} {_form(value, noun, plural)}"


def amount(value: float, noun: str, plural: str | None = None) -> str:
    """`3` and `group` → `3 groups`, always in figures."""
    return f"{number(value)} {_form(value, noun, plural)}"


def few(value: int) -> str:
    """A number in figures, `none` for nothing."""
    return number(value) if value else "none"


def ends(low: float, high: float) -> str:
    """`3 to 8`, or `3` where both ends are the same."""
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def every(total: int, noun: str) -> str:
    """All of some, in the plural (`both targets`, `all three targets`)."""
    return f"both {noun}" if total == 2 else f"all {spelled(total)} {noun}"


def rough(value: float, tenths: bool = False) -> str:
    """Three digits, or tenths from ten on; always `tenths` where it is a difference of terms that have them."""
    return number(round(value, 1) if tenths or abs(value) >= 10 else float(f"{value:.3g}"))


def minus(text: str) -> str:
    """A text with the sign that print uses."""
    return text.replace("-", "−")


def sentence(text: str) -> str:
    """A text that begins a sentence."""
    return text[:1].upper() + text[1:]


def inside(text: str) -> str:
    """A name or sentence inside another one: its first letter small, unless it begins with an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def beside(texts: Iterable[str]) -> str:
    """Titles of several years as one: `SG15 approved most in 2019: …; SG17 approved most in 2021: …`."""
    first, *others = dict.fromkeys(text.removesuffix(".") for text in texts)
    return "; ".join([first, *map(inside, others)])


def dated(rows: pd.DataFrame, label: str) -> pd.DataFrame:
    """Rows with the year behind the texts of a column, where they have one (`SG17 Security, 2019`)."""
    return rows.assign(**{label: rows[label] + ", " + rows["year"].astype(str)}) if "year" in rows else rows


def closing_day(period: Period) -> str:
    """The day on which a table closes (`1 November`); empty where it names none."""
    return f"{period.closes.day} {period.closes:%B}" if period.closes else ""


def until(period: Period) -> str:
    """Of which years figures count: `up to 2021`, or `of 2019 and 2021` where these were picked."""
    return f"of {period.label}" if period.picked else f"up to {period.chosen[-1]}"


def of_picked(period: Period, word: str = "in") -> str:
    """` in 2019 and 2021` behind what is said of these years alone; empty where none were picked."""
    return f" {word} {period.label}" if period.picked else ""


def _form(value: float, noun: str, plural: str | None) -> str:
    return noun if value == 1 else plural or noun + "s"


def direction(now: float, before: float) -> str:
    """`rose from 5 to 8`, `fell from …`, `stayed at …`, or `not reported`."""
    if pd.isna(now) or pd.isna(before):
        return "not reported for both years"
    if now == before:
        return f"stayed at {number(now)}"
    return f"{'rose' if now > before else 'fell'} from {number(before)} to {number(now)}"


def change(now: float, before: float) -> str:
    """Relative change in words (`up 12 %`, `down 0.3 %`, `4 times as many`, `unchanged`)."""
    if pd.isna(now) or pd.isna(before):
        return "no change can be given"
    if now == before:
        return "unchanged"
    if before == 0:
        return "no change can be given"
    if now / before >= 3:
        return f"{now / before:.0f} times as many"
    moved = abs(now / before - 1) * 100
    return f"{'up' if now > before else 'down'} {moved:.{0 if moved >= 1 else 1}f} %"


def compared(now: float, before: float, what: str) -> str:
    """A count held against one before it (`12 % fewer texts than`, `as many texts as`, `4 times as many texts as`)."""
    said = change(now, before)
    if said.startswith(("up ", "down ")):
        way, size = said.split(" ", 1)
        return f"{size} {'more' if way == 'up' else 'fewer'} {what} than"
    return f"{'as many' if said == 'unchanged' else said} {what} as"


def section(name: str) -> str:
    """A section in a sentence (`section 3`, `Annex 1`)."""
    return f"section {name}" if name[:1].isdigit() else name


def source(table: pd.DataFrame) -> str:
    """Sections and lines that rows come from (`section 3, line 1417`); empty without rows."""
    places = table.groupby("section", sort=False)["line"].agg(["min", "max"])
    said = [
        f"{section(name)}, line {low}" if low == high else f"{section(name)}, lines {low}–{high}"
        for name, low, high in places.astype(int).itertuples()
    ]
    return "; ".join(said)


def the_place(name: str) -> str:
    """A geography inside a sentence (`World` → `the world`)."""
    if name == "World":
        return "the world"
    lower = name[0].lower() + name[1:] if name.endswith("countries") else name
    return f"the {lower}" if name in ARTICLE else lower


def several(places: Iterable[str]) -> bool:
    """Whether geographies take a verb in the plural (`the Americas are`, `Europe is`)."""
    names = list(places)
    return len(names) > 1 or names[0].endswith("s") or names[0] == "SIDS"


def when(period: Period) -> str:
    """The chosen years and how far they are counted.

    `2020`; `2021, to 1 November`; `2018–2021, to 1 November 2021`; `2021 (closing day unknown)`.
    """
    states = [period.coverage(year) for year in period.chosen]
    if period.closes and "partial" in states:
        return f"{period.label}, to {closing_day(period)}{'' if period.year else f' {period.closes.year}'}"
    return f"{period.label} (closing day unknown)" if "unknown" in states else period.label


def edition_date(date: str) -> str:
    """The date of a publication as precisely as it is known (`2024-11` → `November 2024`)."""
    if not date:
        return "an unknown date"
    year, *rest = date.split("-")
    month = month_name[int(rest[0])] + " " if rest else ""
    return f"{int(rest[1])} {month}{year}" if rest[1:] else month + year


def partial_note(period: Period, drawn: Iterable[int] | None = None) -> list[str]:
    """The caveat of a last year that is cut, or may be; empty where it is whole, or not among the years `drawn`."""
    last = period.years[-1]
    if drawn is not None and last not in set(drawn):
        return []
    if period.coverage(last) == "unknown":
        return [f"{last} may be partial: the table does not say on which day it closes."]
    if period.closes is None or not period.partial(last):
        return []
    days = f"{period.closes.timetuple().tm_yday} of {days_of(last)} days"
    return [f"{last} is partial: the table closes on {closing_day(period)}, {days}."]
