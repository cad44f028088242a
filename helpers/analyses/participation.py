"""Taking part: conferences, workshops, forums, prizes, training, membership.

`names` is what the edition calls its events and members (`participation.yaml`);
a kind that it does not name has no rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from helpers.period import Period, days_of
from helpers.tables import query
from helpers.tables.editions import Edition

Names = Mapping[str, Any]
TOPICS = [
    "conferences",
    "forums",
    "prizes",
    "skills",
    "fellowships",
    "membership",
    "cybersecurity",
    "partnerships",
    "projects",
]
MANNERS = ["physical", "remote"]
PLACE = ["section", "line"]
NUMBERS = ["physical", "remote", "unsplit", "all", "member_states"]
FORUMS = ["event", "year", "value", "qualifier", "manner", *PLACE]
STEPS = {"fellowship_requests": "Requested", "fellowships_awarded": "Awarded", "fellowships_used": "Used"}


def _events(observations: pd.DataFrame, topics: list[str], indicators: Iterable[str] | None = None) -> pd.DataFrame:
    """Observations of topics with `breakdown` split into event and manner (empty where there is none)."""
    rows = observations[observations["topic"].isin(topics)]
    wanted = rows["indicator"].unique() if indicators is None else indicators
    rows = query.observed(rows, wanted, geography=None, breakdown=None)
    split = [text.partition(": ") for text in rows["breakdown"].fillna("")]
    return rows.assign(event=[parts[0] for parts in split], manner=[parts[2] for parts in split])


def _participants(rows: pd.DataFrame) -> dict[str, Any] | None:
    """Participants of one event: the total told, or else those in person and remote added up."""
    total = rows[rows["manner"] == ""].head(1)
    parts = rows[rows["manner"].isin(MANNERS)].drop_duplicates("manner").sort_values("manner")
    told = total if len(total) else parts
    if told.empty:
        return None
    vague = sorted(set(told["qualifier"]) - {"exact"})
    return {
        "value": float(told["value"].sum()),
        "qualifier": "exact" if not vague else vague[0] if len(vague) == 1 else "about",
        "manner": " + ".join(filter(None, told["manner"])),
        "section": told["section"].iloc[0],
        "line": int(told["line"].iloc[0]),
    }


def conferences(observations: pd.DataFrame) -> pd.DataFrame:
    """Participants of conferences, in person and remote where both are told.

    Columns: event, year, physical, remote, unsplit (the count where the report does not
    give both), all, member_states, qualifier, section, line.
    """
    people = _events(observations, ["conferences"], ["participants"])
    states = _events(observations, ["conferences"], ["member_states"])
    made = []
    for event, rows in people.groupby("event", sort=False):
        if (counted := _participants(rows)) is None:
            continue
        manner = rows.drop_duplicates("manner").set_index("manner")["value"].reindex(MANNERS)
        told = dict(manner) if manner.notna().all() else {"unsplit": counted["value"]}
        of_event = states[(states["event"] == event) & (states["manner"] == "")]["value"]
        about = {"event": event, "year": rows["year"].iloc[0], "all": counted["value"]}
        made.append(counted | told | about | {"member_states": of_event.iloc[0] if len(of_event) else None})
    frame = pd.DataFrame(made, columns=["event", "year", *NUMBERS, "qualifier", *PLACE])
    frame = frame.astype({"year": "Int64", **dict.fromkeys(NUMBERS, "Float64")})
    return frame.sort_values("year", kind="stable").reset_index(drop=True)


def forums(observations: pd.DataFrame, years: Iterable[int], names: Names) -> pd.DataFrame:
    """Participants of yearly events: one row an event and year, missing where not told.

    The years are `years` and any other that the report counts people for. Columns: event,
    year, value, qualifier, manner (empty where a total is told, else the parts that are
    added up), section, line.
    """
    rows = _events(observations, ["forums"], ["participants"]).dropna(subset=["year"])
    rows = rows[rows["event"].isin(list(names.get("yearly_events", {})))]
    shown = sorted({*years, *map(int, rows["year"])})
    made = []
    for event in [name for name in names.get("yearly_events", {}) if name in set(rows["event"])]:
        for year in shown:
            counted = _participants(rows[(rows["event"] == event) & (rows["year"] == year)])
            made.append({"event": event, "year": year, "manner": ""} | (counted or {}))
    return pd.DataFrame(made, columns=FORUMS).astype({"year": "Int64", "value": "Float64", "line": "Int64"})


def gatherings(observations: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Participants of the events that have no yearly series, most first.

    Columns: name (with the year, where there is one), event, year, value, qualifier, section, line.
    """
    rows = _events(observations, ["forums", "cybersecurity"], ["participants", "cyberdrill_participants"])
    rows = rows[~rows["event"].isin(list(names.get("yearly_events", {})))]
    rows = rows.drop_duplicates(["breakdown", "year", "value"]).sort_values("value", ascending=False, kind="stable")
    event = rows["breakdown"].fillna(rows["indicator"].str.replace("_", " "))
    named = [name if pd.isna(year) else f"{name}, {year}" for name, year in zip(event, rows["year"], strict=True)]
    rows = rows.assign(event=event, name=named)
    return rows[["name", "event", "year", "value", "qualifier", *PLACE]].reset_index(drop=True)


def training(observations: pd.DataFrame) -> pd.DataFrame:
    """Rows of `observations` that count people trained, each figure once, most first."""
    rows = query.observed(observations, "people_trained", geography=None, sex=None, age=None, breakdown=None)
    rows = rows.drop_duplicates(["breakdown", "geography", "sex", "age", "year", "value"])
    return rows.sort_values("value", ascending=False, kind="stable").reset_index(drop=True)


def digital_world(observations: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Dated figures of the edition's digital world events: rows of `observations` with event and manner."""
    rows = _events(observations, ["forums"]).dropna(subset=["year"])
    return rows[rows["event"].isin(names.get("digital_world", {}).get("events", []))].reset_index(drop=True)


def members(observations: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Members by kind, the latest count of each (an exact one before an inexact), most first.

    Columns: indicator, kind, year, qualifier, value, unit, section, line.
    """
    rows = observations[observations["topic"] == "membership"]
    found = []
    for indicator, kind in names.get("members", {}).items():
        counted = query.observed(rows, indicator)
        exact = counted[counted["qualifier"] == "exact"]
        row = query.latest(exact if len(exact) else counted)
        if row is not None:
            found.append({**row, "kind": kind})
    frame = pd.DataFrame(found, columns=["indicator", "kind", "year", "qualifier", "value", "unit", *PLACE])
    return frame.sort_values("value", ascending=False, kind="stable").reset_index(drop=True)


def workshops(table: pd.DataFrame, period: Period) -> pd.DataFrame:
    """ITU-T workshops of the years shown.

    Columns: year, on_site, workshops, virtual_only, virtual_share, coverage, section, line. The
    share is missing for a year without workshops.
    """
    table = period.within(table)
    frame = table[["year", "workshops", "virtual_only"]].copy()
    frame.insert(1, "on_site", frame["workshops"] - frame["virtual_only"])
    some = frame["workshops"].astype("Float64").where(frame["workshops"] > 0)
    frame["virtual_share"] = frame["virtual_only"] / some
    frame["coverage"] = [period.coverage(int(year)) for year in frame["year"]]
    return frame.join(table[PLACE])


def prizes(observations: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Projects submitted to the edition's prizes: columns event, year, value, qualifier, section, line."""
    named = "prizes" in names
    rows = query.observed(observations, "projects_submitted", breakdown=names["prizes"]) if named else observations[:0]
    return query.series(rows).rename(columns={"breakdown": "event"})[["event", "year", "value", "qualifier", *PLACE]]


def is_planned(events: pd.DataFrame) -> pd.Series:
    """Which radiocommunication events are only planned."""
    return events["note"].fillna("") == "planned"


def seminars(events: pd.DataFrame) -> pd.DataFrame:
    """Radiocommunication events held, counted by year and kind: columns kind, year, events.

    A printed line that stands for several events (its note says so) counts as many; a
    planned event is not held.
    """
    several = pd.to_numeric(events["note"].str.extract(r"^(\d+) events$")[0]).fillna(1).astype(int)
    held = events.assign(events=several)[~is_planned(events)]
    counted = held.groupby(["kind", "year"], sort=False)["events"].sum()
    return counted.reset_index().sort_values("year", kind="stable").reset_index(drop=True)


def focus_groups(table: pd.DataFrame) -> pd.DataFrame:
    """Focus groups with decimal years: adds start_year, end_year (missing: ongoing)."""
    frame = table.assign(
        start_year=[_decimal(month, 0) for month in table["start"]],
        end_year=[float("nan") if pd.isna(month) else _decimal(month, 1) for month in table["end"]],
    ).astype({"start_year": float, "end_year": "Float64"})
    return frame.sort_values(["start_year", "acronym"]).reset_index(drop=True)


def _decimal(month: str, plus: int) -> float:
    return int(month[:4]) + (int(month[5:]) - 1 + plus) / 12


def decimal_day(day: date) -> float:
    """A day as decimal year: the share of the year, 366 days in a leap year, that is over when it begins."""
    return day.year + (day.timetuple().tm_yday - 1) / days_of(day.year)


def report_closes(edition: Edition) -> date:
    """Last day of the report's period."""
    return pd.Period(edition.about["to"], freq="M").end_time.date()


def active(groups: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Focus groups that were open in the chosen years."""
    end = groups["end_year"].astype(float).fillna(float("inf"))
    there = [(groups["start_year"] < year + 1) & (end > year) for year in period.chosen]
    return groups[pd.concat(there, axis=1).any(axis=1)].reset_index(drop=True)


def fellowships(observations: pd.DataFrame) -> pd.DataFrame:
    """From request to use, as last told: columns step, value, share (of requests), breakdown, section, line.

    All steps are of one breakdown (Sector and span), so that the shares are of the same requests.
    """
    rows = _last_fellowships(observations)
    found = [query.latest(rows[rows["indicator"] == indicator]) for indicator in STEPS]
    frame = pd.DataFrame([row for row in found if row is not None], columns=[*rows.columns])
    asked = frame.loc[frame["indicator"] == "fellowship_requests", "value"]
    frame["share"] = frame["value"] / (asked.iloc[0] if len(asked) else float("nan"))
    frame["step"] = frame["indicator"].map(STEPS)
    return frame[["step", "value", "share", "breakdown", *PLACE]].reset_index(drop=True)


def fellowship_cost(observations: pd.DataFrame) -> tuple[float, str] | None:
    """Spending for each fellowship used, with its currency; None where one of the two is not told."""
    rows = _last_fellowships(observations)
    spent = query.latest(rows[rows["indicator"] == "fellowship_spending"])
    used = query.latest(rows[rows["indicator"] == "fellowships_used"])
    if spent is None or used is None or not used["value"]:
        return None
    return float(spent["value"] / used["value"]), str(spent["unit"])


def _last_fellowships(observations: pd.DataFrame) -> pd.DataFrame:
    """Fellowship figures of the breakdown that the report tells last."""
    rows = query.observed(observations, [*STEPS, "fellowship_spending"], breakdown=None)
    told = rows["breakdown"].fillna("")
    return rows[told == told.iloc[-1]] if len(rows) else rows


def survey_years(table: pd.DataFrame) -> tuple[int, ...]:
    """The last two years of the survey, or the only one."""
    return tuple(sorted({int(year) for year in table["year"]})[-2:])


def survey(table: pd.DataFrame) -> pd.DataFrame:
    """Survey answers of the last two surveys beside each other, highest first.

    Columns: question, option, before, now (percent, missing where not told), change
    (percentage points), section, line. Answers that only earlier surveys give are left out.
    """
    answer = ["question", "option"]
    frame = table.drop_duplicates(answer)[[*answer, *PLACE]]
    last, before = (*reversed(survey_years(table)), None, None)[:2]
    for column, year in (("before", before), ("now", last)):
        shares = table[table["year"].isin([year])].drop_duplicates(answer).rename(columns={"share_percent": column})
        frame = frame.merge(shares[[*answer, column]], how="left", on=answer)
    frame = frame.dropna(subset=["before", "now"], how="all")
    frame = frame.assign(change=frame["now"] - frame["before"], order=frame["now"].fillna(frame["before"]))
    frame = frame.sort_values("order", ascending=False, kind="stable").reset_index(drop=True)
    return frame[[*answer, "before", "now", "change", *PLACE]]


def figures(observations: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Every observation on taking part in the chosen years; of the whole period also those without a year."""
    rows = observations[observations["topic"].isin(TOPICS)]
    return (rows if period.whole else rows[rows["year"].isin(period.chosen)]).reset_index(drop=True)
