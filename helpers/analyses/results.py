"""Resolutions and the results framework, and what the text cannot show."""

from __future__ import annotations

import re

import pandas as pd

from helpers.period import Period
from helpers.tables import query

SECTORS = {"R": "ITU-R", "T": "ITU-T", "D": "ITU-D", "I": "Inter-sectoral"}
REPORTED, ELSEWHERE, INACTIVE = STATUSES = ["reported", "cross-reference only", "no activity"]
COUNCIL, OTHER = "Council", "Other bodies"
PART = r"\w+ \d+(\.\d+)*"  # a part of the report, whatever it calls its parts (`Section 1.7`); documents have no space


def names(resolutions: pd.DataFrame) -> pd.Series:
    """Short names (`Res. 204`, `Dec. 5`)."""
    return resolutions["instrument"].str[:3] + ". " + resolutions["number"].astype(str)


def references(resolutions: pd.DataFrame, period: Period) -> pd.DataFrame:
    """One row a resolution and thing it refers to.

    Columns: name, target (`Section 1.7`, `C20/16`), towards (the section, `Council 2020`
    or `Other bodies`), year (of a Council document, else missing). A Council document
    prints two digits of its year; the century is that nearest to the edition's last year.
    """
    rows = resolutions.assign(name=names(resolutions), target=resolutions["refers_to"].str.split(";")).explode("target")
    rows = rows.dropna(subset=["target"])
    digits = pd.to_numeric(rows["target"].str.extract(r"^C(\d\d)/")[0]).astype("Int64")
    last = period.years[-1]
    year = last - 50 + (digits - (last - 50)) % 100
    council = (COUNCIL + " " + year.astype("string")).fillna(OTHER)
    towards = rows["target"].where(rows["target"].str.fullmatch(PART), council)
    return rows.assign(year=year, towards=towards)[["name", "target", "towards", "year"]].reset_index(drop=True)


def lean(resolutions: pd.DataFrame, period: Period) -> pd.DataFrame:
    """References grouped for the grid: columns name, towards, references; sections, then Councils, then others."""
    grouped = references(resolutions, period).groupby(["name", "towards"], sort=False).size()
    rows = grouped.rename("references").reset_index()
    places = {towards: place for place, towards in enumerate(sorted(rows["towards"].unique(), key=_place))}
    return rows.sort_values("towards", key=lambda column: column.map(places), kind="stable").reset_index(drop=True)


def leant_on(leaning: pd.DataFrame) -> pd.DataFrame:
    """How many resolutions refer to each section or Council, most first: columns towards, resolutions."""
    counts = leaning.groupby("towards", sort=False)["name"].nunique().rename("resolutions").reset_index()
    return counts.sort_values("resolutions", ascending=False, kind="stable").reset_index(drop=True)


def _place(towards: str) -> tuple[int, list[int]]:
    """Where a column of the grid stands: by kind, then by number."""
    kind = 2 if towards == OTHER else int(towards.startswith(COUNCIL))
    return kind, [int(part) for part in re.findall(r"\d+", towards)]


def statuses(resolutions: pd.DataFrame) -> pd.DataFrame:
    """How many texts have each status: columns status, texts, words."""
    grouped = resolutions.groupby("status").agg(texts=("number", "size"), words=("words", "sum"))
    return grouped.reindex([s for s in STATUSES if s in grouped.index]).reset_index()


def objectives(table: pd.DataFrame, outcomes: pd.DataFrame, lost: pd.DataFrame) -> pd.DataFrame:
    """Objectives with outcomes and lost results.

    Columns: name, sector, objective_id, label, outcomes, lost (charts gone), section, line.
    """
    under = outcomes["objective_id"].value_counts()
    gone = lost["caption"].str.extract(r"^Objective ([RTDI]\.\d+)")[0].value_counts()
    frame = table.assign(
        name=table["objective_id"] + " " + table["label"],
        sector=table["sector"].map(SECTORS),
        outcomes=table["objective_id"].map(under).fillna(0).astype(int),
        lost=table["objective_id"].map(gone).fillna(0).astype(int),
    )
    return frame[["name", "sector", "objective_id", "label", "outcomes", "lost", "section", "line"]]


def enablers(observations: pd.DataFrame) -> pd.DataFrame:
    """Enabler dashboard: column indicator, and one column a year: 1 met, 0 not met, missing where not reported."""
    asked = observations.loc[observations["topic"] == "enablers", "indicator"].unique()
    rows = query.observed(observations, asked, geography=None, breakdown=None)
    rows = rows.dropna(subset=["year"]).astype({"year": int})
    cells = rows.drop_duplicates(["indicator", "year"]).set_index(["indicator", "year"])["value"].astype(float)
    return cells.unstack("year").reindex(rows["indicator"].unique()).rename_axis(columns=None).reset_index()


def lost_by_section(lost: pd.DataFrame) -> pd.DataFrame:
    """Charts and symbols gone, by section: columns section, lost."""
    return lost.groupby("section", sort=False).size().rename("lost").reset_index()
