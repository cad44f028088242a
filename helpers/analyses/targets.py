"""Progress towards the strategic targets.

Which figure measures which target is declared in the edition's `measures.yaml`.

Method: Eurostat's for indicators with a quantitative target (Sustainable
development in the European Union, annex on method): the observed compound annual
growth rate since the baseline ÷ the rate required to reach the target in time.
95 % and more is significant progress, 60–95 % moderate, 0–60 % insufficient,
below 0 moving away. Without a second point only the distance can be given.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, get_type_hints

import pandas as pd

from helpers import rounding
from helpers.tables import query
from helpers.tables.editions import DataError

CLASSES = ["significant progress", "moderate progress", "insufficient progress", "moving away"]
STATES = [*CLASSES, "distance only", "measured, no value to reach", "no data"]
FALLING = ("at_most", "reduce_by")  # comparators of targets that are reached from above
CHANGES = ("increase_by", "reduce_by")  # comparators of targets that count from a first figure
# why a target has no figure, no value to reach, or no pace
NOT_DECLARED, CHART_LOST, STATED, NO_FIGURE = "not declared", "chart lost", "stated", "no figure"
NO_AIM, MET_AT_START, AFTER_DEADLINE, FROM_ZERO = "no aim", "met at start", "after deadline", "from zero"
OF_TARGET = ["goal", "target_id", "label", "geography", "comparator", "deadline", "section", "line"]


class Row(NamedTuple):
    """A target with what the report measures: the columns of `progress`, where they are explained."""

    goal: str
    target_id: str
    label: str
    geography: str
    comparator: str
    deadline: int
    aim: float
    unit: str
    note: str
    year: int
    value: float
    base_year: int
    base_value: float
    observed: float
    required: float
    ratio: float
    ratio_low: float
    ratio_high: float
    distance: float
    qualifier: str
    holds: bool
    state: str
    section: str
    line: int
    reached: float
    at_most: bool
    met: bool
    asked: float
    reason: str


TYPES = {
    name: {float: "float", int: "Int64", bool: "boolean"}[kind]
    for name, kind in get_type_hints(Row).items()
    if kind is not str
}


def rows(progress: pd.DataFrame) -> list[Row]:
    """The rows of a frame with the columns of `progress`."""
    return [Row(*values) for values in progress[list(Row._fields)].itertuples(index=False, name=None)]


@dataclass(frozen=True)
class Measure:
    """The observation that measures a target, or why there is none (see `measures.yaml`)."""

    indicator: str = ""
    chart_lost: bool = False
    reason: str = ""
    geography: str = query.WORLD
    unit: str = "percent"
    aim: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    taken: str = ""
    not_taken: str = ""
    published: Sequence[Mapping[str, Any]] = ()  # see `outturn`, which reads them

    @property
    def exact(self) -> bool:
        """Whether it counts things; percentages and scores are rounded."""
        return self.unit not in ("percent", "score")


def measures(rules: Any, targets: pd.DataFrame) -> dict[str, Measure]:
    """The measures that an edition's `measures.yaml` declares, by target number.

    Raises `DataError` with a line for every entry that is wrong: an unknown target,
    not exactly one of indicator, chart_lost and reason, an unknown key, a value of the wrong kind.
    """
    if not isinstance(rules, dict):
        raise DataError(["measures.yaml: is no list of entries under target numbers"])
    known = set(targets["target_id"])
    wrong = [f"measures.yaml: {name}: {said}" for name, entry in rules.items() if (said := _wrong(name, entry, known))]
    if wrong:
        raise DataError(wrong)
    return {name: Measure(**entry) for name, entry in rules.items()}


def _wrong(name: object, entry: object, known: set[str]) -> str:
    """What is wrong with an entry of `measures.yaml`; empty where nothing is."""
    if not isinstance(name, str):
        return "is no text; put the target's number in quotes"
    if known and name not in known:  # an edition may lack the whole table
        return "is no target of the table `targets`"
    if not isinstance(entry, dict):
        return "is no list of `name: value` lines"
    words = ["indicator", "reason", "geography", "unit", "note", "taken", "not_taken"]
    kinds = {"chart_lost": bool, "aim": dict, "published": list} | dict.fromkeys(words, str)
    for key, value in entry.items():
        if key not in kinds:
            return f"unknown key {key!r}; there are {', '.join(sorted(kinds))}"
        if not isinstance(value, kinds[key]) or not value:
            return f"{key}: {value!r} is no {kinds[key].__name__}, or is empty"
    if len({"indicator", "chart_lost", "reason"} & set(entry)) != 1:
        return "must have one of indicator, chart_lost and reason"
    if "indicator" not in entry and {"geography", "unit", "aim", "note"} & set(entry):
        return "geography, unit, aim and note stand only beside an indicator"
    aim = entry.get("aim", {"indicator": ""})
    if "indicator" not in aim or not set(aim) <= {"indicator", "geography", "breakdown"}:
        return "aim: is an observation: indicator, and geography or breakdown where needed"
    return ""


def progress(
    targets: pd.DataFrame,
    observations: pd.DataFrame,
    rules: Any,
    until: int,
    baseline: int | None = None,
    picked: Collection[int] = (),
) -> pd.DataFrame:
    """Every target by its number, with what the report measures up to the year `until`: columns of `Row`.

    `rules` are the edition's `measures.yaml`; `baseline` leaves out figures before that year, `picked`
    those of other years, so that these are held against each other.

    - goal, target_id, label, geography, comparator, deadline: of the target; unit, note: of its
      measure; reason: why there is no figure, no aim or no pace (a constant of this module, or empty)
    - asked: the target's own value; aim: the value to reach, in the measure's unit
    - year, value, qualifier: latest figure; base_year, base_value: first figure, where there are two
    - observed, required: compound annual growth rates (0.05 is 5 % a year); ratio: observed ÷ required,
      ratio_low to ratio_high with rounding; state: one of `STATES`; holds: whether every value that
      rounding allows has this class
    - distance: aim − value, in the unit; reached: share of the way (value ÷ aim, or aim ÷ value
      where less is wanted); at_most: the report's word ('less than') makes that the most it can be;
      met: whether the figure says that the target is reached
    - section, line: of the latest figure, else of the target

    Raises `DataError` as `measures` does.
    """
    declared = measures(rules, targets)
    found = [
        _row(target, declared.get(target["target_id"]), observations, until, baseline, picked)
        for target in listed(targets)
    ]
    return pd.DataFrame(found, columns=list(Row._fields)).astype(TYPES)


def listed(targets: pd.DataFrame) -> list[dict[Any, Any]]:
    """Rows of the table `targets` by number, 2.10 after 2.9."""
    rows = targets.to_dict("records")
    return sorted(rows, key=lambda row: [int(part) for part in re.findall(r"\d+", row["target_id"])])


def _row(
    target: Mapping[Any, Any],
    measure: Measure | None,
    observations: pd.DataFrame,
    until: int,
    baseline: int | None,
    picked: Collection[int],
) -> dict[str, Any]:
    row = {name: target[name] for name in OF_TARGET}
    row |= {"asked": target["value"], "unit": _unit(target), "note": "", "reason": "", "qualifier": "exact"}
    row |= {"met": False, "at_most": False, "state": "no data"}
    if measure is None or not measure.indicator:
        why = NOT_DECLARED if measure is None else CHART_LOST if measure.chart_lost else STATED
        return row | {"reason": why, "note": measure.reason if measure else "", "aim": _printed_aim(target)}
    every = query.series(query.observed(observations, measure.indicator, geography=measure.geography), until=until)
    points = query.series(every[every["year"].isin(picked)] if picked else every, since=baseline)
    aim = _aim(target, measure, observations, every, points)
    row |= {"unit": measure.unit, "note": measure.note, "aim": aim}
    if points.empty:
        return row | {"reason": NO_FIGURE}
    first, last = points.iloc[0], points.iloc[-1]
    row |= {name: last[name] for name in ("year", "value", "qualifier", "section", "line")}
    if len(points) > 1:
        row |= {"base_year": first["year"], "base_value": first["value"]}
    if aim is None:
        return row | {"state": "measured, no value to reach", "reason": NO_AIM}
    row |= _distance(float(last["value"]), str(last["qualifier"]), aim, target["comparator"] in FALLING)
    if len(points) > 1:
        row |= _pace(first, last, aim, int(target["deadline"]), target["comparator"] in FALLING, measure.exact)
    return row


def _unit(target: Mapping[Any, Any]) -> str:
    """Unit in which a target asks: percent of whatever, or its own; empty for none."""
    unit = "" if pd.isna(target["unit"]) else str(target["unit"])
    return "percent" if unit.startswith("percent") else unit


def _printed_aim(target: Mapping[Any, Any]) -> float | None:
    return None if pd.isna(target["value"]) else float(target["value"])


def _aim(
    target: Mapping[Any, Any],
    measure: Measure,
    observations: pd.DataFrame,
    every: pd.DataFrame,
    points: pd.DataFrame,
) -> float | None:
    """Value to reach in the measure's own unit; None where there is none.

    An increase or reduction counts from the target's own baseline year, else from the first figure.
    """
    if measure.aim:
        where, which = measure.aim.get("geography", query.WORLD), measure.aim.get("breakdown", "")
        row = query.latest(query.observed(observations, measure.aim["indicator"], geography=where, breakdown=which))
        return None if row is None else float(row["value"])
    asked = _printed_aim(target)
    if target["comparator"] in CHANGES and asked is not None:
        named = target["baseline_year"]
        base = points.head(1) if pd.isna(named) else every[every["year"] == named]
        return changed(float(base["value"].iloc[0]), target) if len(base) else None
    return asked if _unit(target) == measure.unit else None


def changed(base: float, target: Mapping[Any, Any]) -> float:
    """A first figure increased or reduced by as many percent as a target asks."""
    share = float(target["value"]) / 100
    return base * (1 - share if target["comparator"] == "reduce_by" else 1 + share)


def _distance(value: float, word: str, aim: float, falling: bool) -> dict[str, Any]:
    """How far a figure is from the aim. A figure on the wrong side of its word ('less than 96') is not there."""
    open_words = ("over", "about") if falling else ("less_than", "up_to", "almost", "about")
    above, below = (aim, value) if falling else (value, aim)
    return {
        "state": "distance only",
        "distance": aim - value,
        "reached": above / below if below else 1.0,  # nothing left of what should fall, or nothing asked for
        "at_most": word == "over" if falling else word in ("less_than", "up_to"),
        "met": there(value, aim, falling) and word not in open_words,
    }


def there(value: float, aim: float, falling: bool) -> bool:
    """Whether a figure reaches an aim, from above where it is `falling`."""
    return value <= aim + 1e-9 if falling else value >= aim - 1e-9


def _pace(first: pd.Series, last: pd.Series, aim: float, deadline: int, falling: bool, exact: bool) -> dict[str, Any]:
    """Observed and required growth rates, their ratio and its class, or why there is none."""
    base, now = float(first["value"]), float(last["value"])
    span, whole = int(last["year"] - first["year"]), deadline - int(first["year"])
    bases, ends = ([base], [now]) if exact else (rounding.interval(base), rounding.interval(now))
    if base <= 0:
        return {"reason": FROM_ZERO}
    if whole <= 0:
        return {"reason": AFTER_DEADLINE}
    if any(there(b, aim, falling) for b in bases):  # the required rate would change its sign
        return {"reason": MET_AT_START}
    observed, required = growth(base, now, span), growth(base, aim, whole)
    corners = [growth(b, max(n, 0.0), span) / growth(b, aim, whole) for b in bases for n in ends]
    low, high = min(corners), max(corners)
    return {
        "observed": observed,
        "required": required,
        "ratio": observed / required,
        "ratio_low": low,
        "ratio_high": high,
        "state": classify(observed / required),
        "holds": classify(low) == classify(high),
    }


def growth(start: float, end: float, years: int) -> float:
    """Compound annual growth rate (0.05 is 5 % a year) of two figures, the first above zero."""
    return (end / start) ** (1 / years) - 1


def classify(ratio: float) -> str:
    """Eurostat's class of observed ÷ required growth."""
    if ratio >= 0.95:
        return CLASSES[0]
    if ratio >= 0.6:
        return CLASSES[1]
    return CLASSES[2] if ratio >= 0 else CLASSES[3]


def measured(progress: pd.DataFrame) -> pd.DataFrame:
    """Targets with a figure and a value to reach, most of the way first; columns as `progress`."""
    return _ranked(progress.dropna(subset=["value", "aim"]), "reached")


def rated(progress: pd.DataFrame) -> pd.DataFrame:
    """Targets with a pace, fastest first (of equals the nearer one); columns as `progress`."""
    return _ranked(measured(progress.dropna(subset=["ratio"])), "ratio")


def _ranked(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    return rows.sort_values(column, ascending=False, kind="stable").reset_index(drop=True)


def summary(progress: pd.DataFrame) -> pd.DataFrame:
    """How many targets are in each state, those that occur: columns state, targets, ids."""
    found = progress.groupby("state")["target_id"].agg(targets="size", ids=", ".join)
    return found.reindex([state for state in STATES if state in found.index]).rename_axis("state").reset_index()


def lost_charts(lost: pd.DataFrame) -> pd.DataFrame:
    """Charts of targets that the report's text lacks: rows of `figures_lost` whose caption names a target."""
    return lost[lost["caption"].str.match(r"Targets? \d", na=False)].reset_index(drop=True)
