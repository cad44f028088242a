"""Words on what later editions made of the report's own figures."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.period import Period
from helpers.sentences import sources as editions
from helpers.sentences.caption import Caption
from helpers.sentences.outturn import NAMES
from helpers.sentences.wording import QUALIFIERS, count, every, few, number, rough, section, sentence, until

PEOPLE = {("F", "_T"): ", women", ("M", "_T"): ", men", ("_T", "Y15T24"): ", aged 15 to 24",
          ("_T", "other"): ", other ages"}  # fmt: skip


def named(rows: pd.DataFrame) -> list[str]:
    """What each figure is about (`Individuals using internet, LDCs, women, 2020`)."""
    return [_name(row) for row in rows.to_dict("records")]


def _name(row: dict[Any, Any]) -> str:
    what = NAMES.get(row["indicator"], row["indicator"].replace("_", " ").capitalize())
    since = f" {row['breakdown']}" if row["breakdown"] else ""
    return f"{what}, {row['geography']}{PEOPLE.get((row['sex'], row['age']), '')}{since}, {row['year']}"


def newest(rows: pd.DataFrame) -> pd.DataFrame:
    """The newest edition of each figure (rows come newest first)."""
    return rows.drop_duplicates(["indicator", "geography", "sex", "age", "breakdown", "year", "unit", "value"])


def shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Percentages for the chart: label, before (the report) and now (the newest edition)."""
    plain = (rows["unit"] == "percent") & (rows["breakdown"] == "") & (rows["qualifier"] == "exact")
    found = newest(rows[plain & ~rows["indicator"].str.endswith("_growth")])
    return pd.DataFrame({"label": named(found), "before": found["value"], "now": found["later"].round(1)})


def shares_caption(rows: pd.DataFrame, period: Period, sources: pd.DataFrame) -> Caption:
    """Finding of the chart: how many figures moved by a point or more."""
    found = shares(rows)
    if found.empty:
        return Caption("There is no revision to draw.")
    moved = (found["now"] - found["before"]).abs() >= 1
    titles = editions.editions(sources)
    notes = (
        f"Later editions: {'; '.join(titles[source] for source in newest(rows)['source'].unique())}.",
        "The report rounds to whole percent: half a point is no revision.",
    )
    title = f"{_moved(int(moved.sum()), len(found))} by a point or more"
    return Caption(title, "percent", notes=notes, credits=editions.credits(editions.used(sources, newest(rows))))


def _moved(moved: int, total: int) -> str:
    if total == 1:
        return f"The one percentage that can be compared {'moved' if moved else 'did not move'}"
    if moved == total:
        return f"{sentence(every(total, 'percentages'))} moved"
    return f"{sentence(few(moved))} of {count(total, 'percentage')} moved"


def table(rows: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The report's figures beside each later edition's, for people."""
    titles = editions.editions(sources)
    said = rows.to_dict("records")
    return pd.DataFrame(
        {
            "Figure": named(rows),
            "Unit": rows["unit"],
            "The report": [_report(row) for row in said],
            "Later": [rough(row["later"]) for row in said],
            "Difference": [_signed(row["revised"]) for row in said],
            "Edition": [titles.get(row["source"], row["source"]) for row in said],
            "Where in the report": [f"{section(row['section'])}, line {row['line']}" for row in said],
            "Cells": rows["place"],
        }
    )


def table_caption(rows: pd.DataFrame, period: Period) -> Caption:
    """Title of the table of revisions."""
    if rows.empty:
        return Caption(f"No figure of the report {until(period)} has a counterpart in a later edition.")
    note = "‘Worked out’: the report gives women and the gap, not men."
    return Caption(
        f"The report’s figures {until(period)}, and what later editions say of the same",
        notes=(note,) if rows["worked_out"].any() else (),
    )


def answer(rows: pd.DataFrame, period: Period) -> list[str]:
    """How far the report's figures were revised: how many percentages, the largest step each way."""
    found = shares(rows)
    if found.empty:
        return [f"No percentage of the report {until(period)} has a counterpart in a later edition."]
    steps = (found["now"] - found["before"]).astype(float)
    close = int((steps.abs() <= 0.5).sum())
    within = f"{count(close, 'is', 'are')} within" if close else "none is within"
    said = [
        f"{count(len(found), 'percentage').capitalize()} of the report {until(period)} can be held against a later "
        f"edition; {within} half a point, which rounding alone allows."
    ]
    for way, sign in (("up", 1.0), ("down", -1.0)):
        place = int((sign * steps).argmax())
        if sign * steps.iloc[place] > 0.5:
            row = found.iloc[place]
            said.append(f"Farthest {way}: {row['label']}, from {number(row['before'])} to {number(row['now'])} %.")
    return said


def _report(row: dict[Any, Any]) -> str:
    value = f"{QUALIFIERS[row['qualifier']]}{rough(row['value'])}"
    return f"{value} (worked out)" if row["worked_out"] else value


def _signed(value: float) -> str:
    said = rough(abs(value))
    return said if said == "0" else f"{'+' if value > 0 else '−'}{said}"
