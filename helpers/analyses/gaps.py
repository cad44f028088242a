"""Gender and youth gaps in Internet use, with rounding carried through.

Gender parity score: female share ÷ male share; parity between 0.98 and 1.02,
near parity from 0.95 (ITU, Facts and Figures 2021). Relative gap: (male −
female) ÷ male (GSMA, The Mobile Gender Gap Report). Youth ratio: share of those
aged 15–24 ÷ share of the rest (ITU). What the report prints and what follows from
its shares stand apart; where both are there, the printed figure counts, because it
was made from unrounded ones.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

import pandas as pd

from helpers import rounding
from helpers.rounding import Interval
from helpers.selection import Selection
from helpers.tables import query

INTERNET = "individuals_using_internet"
SCORE, GAP, RATIO = "gender_parity_score", "gender_gap", "youth_ratio"
FROM, TO = "gender_parity_class_from", "gender_parity_class_to"  # range of a class that the report gives in words
PARITY, NEAR = (0.98, 1.02), 0.95
# what a row rests on
SHARES, DERIVED, PRINTED, WORDS, INCOMPLETE = "shares", "share and gap", "printed only", "words", "incomplete"
KEY = ["geography", "year"]
Number = TypeVar("Number", float, pd.Series)
GENDER = [
    *KEY, "female", "male", "derived", "printed_score", "our_score", "score", "low", "high", "gap", "gap_low",
    "gap_high", "relative_gap", "relative_low", "relative_high", "class", "holds", "agrees", "basis", "section", "line",
]  # fmt: skip
YOUTH = [
    *KEY, "young", "other", "printed_ratio", "our_ratio", "ratio", "low", "high", "agrees", "basis",
    "section", "line",
]  # fmt: skip
PHONES = ["balance", "countries", "share", "with_data", "year", "section", "line"]


def stated(observations: pd.DataFrame) -> pd.DataFrame:
    """Every dated figure by sex or age, and every score, gap or ratio made of them."""
    asked = [INTERNET, SCORE, FROM, TO, GAP, RATIO]
    rows = query.observed(observations, asked, geography=None, sex=None, age=None, breakdown=None)
    of_all = (rows["indicator"] == INTERNET) & (rows["sex"] == query.TOTAL) & (rows["age"] == query.TOTAL)
    return rows[~of_all].dropna(subset=["year"])


def geographies(observations: pd.DataFrame) -> list[str]:
    """Geographies with any figure on gender or youth, in the report's order."""
    return list(dict.fromkeys(stated(observations)["geography"]))


def years_with_figures(observations: pd.DataFrame, places: Iterable[str]) -> list[int]:
    """Years for which the report gives a gender or youth figure of one of the `places`."""
    rows = stated(observations)
    return sorted({int(year) for year in rows.loc[rows["geography"].isin(list(places)), "year"]})


def shown(chosen: Selection, years: Iterable[int]) -> Selection:
    """The selection itself, or, where its period is none of the `years` with figures, one of all years."""
    period = chosen.period
    if not set(years) or set(period.chosen) & set(years):
        return chosen
    return replace(chosen, period=replace(period, years=tuple(sorted({*period.years, *years})), year=None, picked=()))


def within(frame: pd.DataFrame, chosen: Selection, places: Iterable[str]) -> pd.DataFrame:
    """Rows of `gender` or `youth` of the chosen years and `places`; `label` has the year where a place has several."""
    rows = frame[frame["year"].isin(chosen.period.chosen) & frame["geography"].isin(list(places))]
    several = rows["geography"].duplicated(keep=False)
    label = rows["geography"].where(~several, rows["geography"] + " " + rows["year"].astype(str))
    return rows.assign(label=label).reset_index(drop=True)


def classify(score: float) -> str:
    """ITU's class of a gender parity score."""
    if score > PARITY[1]:
        return "men behind"
    if score >= PARITY[0]:
        return "parity"
    return "near parity" if score >= NEAR else "women behind"


def gender(observations: pd.DataFrame) -> pd.DataFrame:
    """Internet use of women and men: one row a geography and year, lowest score first.

    Columns: geography, year, female, male (percent), derived (`male` where the
    report prints women’s share and the gap only, else empty), printed_score, our_score
    (from the shares), score (printed, else ours), low, high (interval that rounding
    leaves ours, else the printed score; the range of the class where it is given in words
    only), gap (percentage points), gap_low, gap_high, relative_gap, relative_low,
    relative_high, class (empty without a score), holds (rounding cannot change it), agrees
    (the printed score can come from the shares; missing where one of them is), basis
    (`SHARES`, `DERIVED`, `PRINTED`, `WORDS` or `INCOMPLETE`), section, line.
    """
    wide = _wide(
        _asked(observations, "female", INTERNET, sex="F"),
        _asked(observations, "male", INTERNET, sex="M"),
        _asked(observations, "gap", GAP),
        _asked(observations, "printed_score", SCORE),
        _asked(observations, "low", FROM),
        _asked(observations, "high", TO),
    )
    rows = pd.DataFrame([_gender_row(row) for row in wide.to_dict("records")], columns=GENDER)
    return rows.sort_values(["score", "low"]).reset_index(drop=True)


def youth(observations: pd.DataFrame) -> pd.DataFrame:
    """Internet use of people aged 15–24 and of the rest: one row a geography and year, highest ratio first.

    Columns: geography, year, young, other (percent), printed_ratio, our_ratio (from
    the shares), ratio (printed, else ours), low, high (interval that rounding leaves ours,
    else the printed ratio), agrees and basis (as in `gender`), section, line.
    """
    wide = _wide(
        _asked(observations, "young", INTERNET, age="Y15T24"),
        _asked(observations, "other", INTERNET, age="other"),
        _asked(observations, "printed_ratio", RATIO),
    )
    rows = pd.DataFrame([_youth_row(row) for row in wide.to_dict("records")], columns=YOUTH)
    return rows.sort_values("ratio", ascending=False, kind="stable").reset_index(drop=True)


def _asked(
    observations: pd.DataFrame, figure: str, indicator: str, sex: str = query.TOTAL, age: str = query.TOTAL
) -> pd.DataFrame:
    """Dated observations of one indicator in every geography, named as a `figure` of the wide table."""
    rows = query.observed(observations, indicator, geography=None, sex=sex, age=age, breakdown=None)
    return rows.dropna(subset=["year"]).assign(figure=figure)


def _wide(*asked: pd.DataFrame) -> pd.DataFrame:
    """One row a geography and year: first value of each figure, and where the report begins to state them."""
    rows = pd.concat(asked).astype({"year": int}).sort_values("line", kind="stable")
    first = rows.drop_duplicates([*KEY, "figure"]).set_index([*KEY, "figure"])["value"].astype(float)
    places = rows.drop_duplicates(KEY).set_index(KEY)[["section", "line"]]
    return places.join(first.unstack("figure")).reset_index()


def _gender_row(row: dict[Any, Any]) -> dict[str, Any]:
    """A row of the wide table with scores, gaps and class."""
    female, male, gap, printed = (row.get(name, math.nan) for name in ("female", "male", "gap", "printed_score"))
    low, high = row.get("low", math.nan), row.get("high", math.nan)
    found = row | {"derived": "", "our_score": math.nan, "basis": INCOMPLETE}
    if female >= 0 and male > 0:
        found |= _from_shares(female, male, rounding.ratio(female, male), rounding.difference(male, female), SHARES)
    elif female >= 0 and female + gap > 0:
        women, points = rounding.interval(female), rounding.interval(gap)
        # f ÷ (f + g): both ends of women's share move the men's share with it
        ends = Interval(women.low / (women.low + points.high), women.high / (women.high + points.low))
        found |= _from_shares(female, female + gap, ends, points, DERIVED) | {"derived": "male"}
    elif not math.isnan(printed):
        found |= rounding.interval(printed)._asdict() | {"basis": PRINTED}
    elif low <= high:
        found |= {"basis": WORDS, "class": classify((low + high) / 2), "holds": True}
    score = found["our_score"] if math.isnan(printed) else printed
    found |= {"score": score, "agrees": _agrees(found, printed)}
    if not math.isnan(score):
        holds = {classify(found[end]) for end in ("low", "score", "high")} == {classify(score)}
        found |= {"class": classify(score), "holds": holds}
    return {"class": "", "holds": True} | found


def ratio(first: Number, second: Number) -> Number:
    """Gender parity score, youth ratio and their like: share of the first group ÷ share of the second, above zero."""
    return first / second


def _from_shares(female: float, male: float, ends: Interval, points: Interval, basis: str) -> dict[str, Any]:
    """Our score and the gaps of two shares, with the intervals of the score and of the points."""
    return {
        "male": male, "our_score": ratio(female, male), **ends._asdict(), "basis": basis,
        "gap": round(male - female, 9), "gap_low": points.low, "gap_high": points.high,
        "relative_gap": 1 - female / male, "relative_low": 1 - ends.high, "relative_high": 1 - ends.low,
    }  # fmt: skip


def _youth_row(row: dict[Any, Any]) -> dict[str, Any]:
    """A row of the wide table with ratios and their interval."""
    young, other, printed = (row.get(name, math.nan) for name in ("young", "other", "printed_ratio"))
    found = row | {"our_ratio": math.nan, "basis": INCOMPLETE}
    if young >= 0 and other > 0:
        found |= {"our_ratio": ratio(young, other), **rounding.ratio(young, other)._asdict(), "basis": SHARES}
    elif not math.isnan(printed):
        found |= rounding.interval(printed)._asdict() | {"basis": PRINTED}
    chosen = found["our_ratio"] if math.isnan(printed) else printed
    return found | {"ratio": chosen, "agrees": _agrees(found, printed)}


def _agrees(found: dict[Any, Any], printed: float) -> bool | None:
    """Whether a printed figure can come from the shares beside it; None where either is missing."""
    if math.isnan(printed) or found["basis"] not in (SHARES, DERIVED):
        return None
    return rounding.overlap(Interval(found["low"], found["high"]), rounding.interval(printed))


def with_shares(women: pd.DataFrame) -> pd.DataFrame:
    """Rows that have both shares, widest gap in points first."""
    return women.dropna(subset=["female", "male"]).sort_values("gap", ascending=False, kind="stable")


def with_ages(young: pd.DataFrame) -> pd.DataFrame:
    """Rows that have both shares by age."""
    return young.dropna(subset=["young", "other"])


def with_interval(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of `gender` or `youth` that a chart can draw: those with a score, a ratio or the range of a class."""
    return frame.dropna(subset=["low", "high"])


def last_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the last year that they have: what can be compared between geographies."""
    return rows[rows["year"] == rows["year"].max()]


def phones(observations: pd.DataFrame) -> pd.DataFrame:
    """Countries of the world by gender balance of mobile phone ownership, in the last year with figures.

    The breakdown names the balance, behind the span of years where there is one
    (`2018-2020: more women than men`). Columns: balance, countries, share (fraction of the
    countries with data where the count is ours, missing where it is printed), with_data
    (countries with data, missing where not stated), year (missing for a span), section, line.
    """
    printed = query.observed(observations, "countries_by_phone_gender", breakdown=None)
    share = query.observed(observations, "share_of_countries_with_phone_parity", breakdown=None)
    total = query.observed(observations, "countries_with_phone_data", breakdown=None)
    totals = total.drop_duplicates("year").set_index("year")["value"]
    printed = printed.assign(balance=printed["breakdown"].str.rsplit(": ", n=1).str[-1])
    ours = share.assign(balance="gender parity", share=share["value"], value=share["value"] * share["year"].map(totals))
    rows = pd.concat([ours, printed]).dropna(subset=["value"])
    rows = rows.rename(columns={"value": "countries"}).assign(with_data=rows["year"].map(totals))
    dated = last_year(rows)
    return (dated if len(dated) else rows).drop_duplicates("balance").reindex(columns=PHONES).reset_index(drop=True)
