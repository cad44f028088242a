"""How each target ended: official figures of its deadline against its aim.

The edition's `measures.yaml` declares which official figures (`official.figures`) tell; every
edition of them is held against the aim. Of each item the figure of the deadline year counts, or
that of the year before; an older one is only the nearest thing there is.

- met, not met: every figure that counts says so
- depends: they part, and `depends` names on what (measure, reading, baseline, proxy, edition). Or the
  figure is so near its aim that it would change sides if it were revised, upwards or downwards, as far
  as editions have revised it before (edition), or if the proxy were as far from the group that it
  stands for as when both were last published (proxy). Or all figures are too old, and carried on at
  their pace they would end on both sides of several readings (reading).
- not measured: no figure that counts; not due: no figure at hand reaches the deadline
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import combinations
from typing import Any, NamedTuple, get_type_hints

import pandas as pd

from helpers.analyses import official, targets
from helpers.analyses.official import Point
from helpers.tables import query
from helpers.tables.editions import DataError

MET, NOT_MET, DEPENDS, NOT_MEASURED, NOT_DUE = "met", "not met", "depends", "not measured", "not due"
VERDICTS = [MET, NOT_MET, DEPENDS, NOT_MEASURED, NOT_DUE]
WORDS = ["measure", "reading", "baseline", "proxy"]  # what may tell the items of a target apart
RECENT = 1  # years before the deadline in which a figure still counts


@dataclass(frozen=True)
class Item:
    """One official figure that measures a target (an item of `published` in `measures.yaml`)."""

    indicator: str
    geography: str = ""
    measure: str = ""
    reading: str = ""
    proxy: str = ""
    baseline: int | None = None
    aim: float | Mapping[str, str] | None = None


class Reading(NamedTuple):
    """A figure held against an aim: the columns of `readings`."""

    target_id: str
    deadline: int
    item: int
    measure: str
    reading: str
    baseline: str
    proxy: str
    indicator: str
    geography: str
    source: str
    panel: str
    made: str
    year: int
    value: float
    unit: str
    base_year: int
    base_value: float
    aim: float
    falling: bool
    counts: bool
    met: bool
    carried: float
    moved: float
    moved_year: int
    shifted: float
    shifted_year: int
    place: str


TYPES = {
    name: {int: "Int64", float: "Float64", bool: "boolean"}.get(kind, "string")
    for name, kind in get_type_hints(Reading).items()
}
ANSWER = ["target_id", "verdict", "depends"]


def items(rules: Any, table: pd.DataFrame) -> dict[str, list[Item]]:
    """Items of `published` by target. Raises `DataError` with a line for every one that is wrong."""
    known = {f.name: f.type for f in fields(Item)}
    found: dict[str, list[Item]] = {}
    wrong = []
    for name, measure in targets.measures(rules, table).items():
        for entry in measure.published:
            strange = sorted(set(entry) - set(known)) if isinstance(entry, dict) else ["no list of lines"]
            if strange or "indicator" not in entry:
                wrong.append(f"measures.yaml: {name}: published: {', '.join(strange) or 'no indicator'}")
            else:
                found.setdefault(name, []).append(Item(**entry))
    if wrong:
        raise DataError(wrong)
    return found


def readings(table: pd.DataFrame, series: official.Series, observations: pd.DataFrame, rules: Any) -> pd.DataFrame:
    """Every figure that is held against a target: columns of `Reading`, a row an item and edition.

    `rules` are the edition's `measures.yaml`; those without a figure have no row.

    - source, panel, made, place: where the figure comes from (see `official`); base_year, base_value: the
      baseline of an increase or reduction; aim: the value to reach in the figure's unit; falling: from above
    - counts: whether the figure is of the deadline or the year before; met: whether it reaches the aim
    - carried: an older figure, carried on to the deadline at its pace since the figure before it
    - moved, moved_year: the largest revision of this series by a later edition, in the direction of the other
      side of the aim; shifted, shifted_year: by how much the group that a proxy stands for differed from it in
      that direction, when both were last published
    """
    declared = items(rules, table)
    found = [
        row
        for target in targets.listed(table)
        for number, item in enumerate(declared.get(target["target_id"], []))
        for row in _of_item(target, number, item, series, observations)
    ]
    return pd.DataFrame(found, columns=list(Reading._fields)).astype(TYPES)


def _of_item(
    target: Mapping[Any, Any], number: int, item: Item, series: official.Series, observations: pd.DataFrame
) -> list[dict[str, Any]]:
    """The readings of an item, of each edition that has the last year at or before the deadline; newest first."""
    geography, deadline = item.geography or target["geography"], int(target["deadline"])
    until = [point for point in series.of(item.indicator, geography) if point.year <= deadline]
    if not until:
        return []
    change, falling = (
        target["comparator"] in targets.CHANGES,
        target["comparator"] in targets.FALLING and item.aim is None,
    )
    named = item.baseline or target["baseline_year"]
    since = int(named) if change and item.aim is None and pd.notna(named) else None
    latest = until[-1].year
    moved = series.revisions(series.of(item.indicator, geography), until[-1].unit)
    shifted = series.beside(item.indicator, geography, target["geography"]) if item.proxy else []
    rows = []
    for source, made in dict.fromkeys((point.source, point.made) for point in until if point.year == latest):
        points = _of_panel([point for point in until if (point.source, point.made) == (source, made)], since)
        last, base = points[-1], next((point for point in points if point.year == since), None)
        aim = _aim(target, item, observations, base, last.unit)
        row = {
            "target_id": target["target_id"], "deadline": deadline, "item": number,
            "measure": item.measure, "reading": item.reading, "baseline": str(item.baseline or ""),
            "proxy": item.proxy, "indicator": item.indicator, "geography": geography,
            "aim": aim, "falling": falling, "counts": deadline - latest <= RECENT,
            "met": None if aim is None else _met(last.value, aim, falling, target["comparator"]),
            "carried": _carried(points, deadline),
            **{name: getattr(last, name) for name in ("source", "panel", "made", "year", "value", "unit", "place")},
            **_towards(aim, last.value, moved, "moved"), **_towards(aim, last.value, shifted, "shifted"),
        }  # fmt: skip
        if base:
            row |= {"base_year": base.year, "base_value": base.value}
        rows.append((series.dates.get(source, ""), made == official.PUBLISHED, row))
    aimed = [row for row in rows if row[2]["aim"] is not None]  # a source without the baseline tells nothing
    return [row for *_, row in sorted(aimed or rows, key=lambda row: row[:2], reverse=True)]


def _of_panel(points: list[Point], since: int | None) -> list[Point]:
    """Those of the panel of most economies: it begins last, and has the last year and the baseline."""
    last = {point.panel for point in points if point.year == points[-1].year}
    there = {point.panel for point in points if point.year == since} if since is not None else last
    panel = max(last & there, default=max(last))
    return [point for point in points if point.panel == panel]


def _aim(
    target: Mapping[Any, Any], item: Item, observations: pd.DataFrame, base: Point | None, unit: str
) -> float | None:
    """Value to reach in the figure's unit: the item's own, or the target's; None where there is none."""
    if isinstance(item.aim, Mapping):
        row = query.latest(query.observed(observations, item.aim["indicator"]))
        return None if row is None else float(row["value"])
    if item.aim is not None:
        return float(item.aim)
    asked = target["value"]
    if target["comparator"] == "equality":
        band = query.observed(observations, "gender_parity_band", breakdown="parity from")
        return float(band["value"].iloc[0]) if len(band) else None
    if pd.isna(asked):
        return None
    if target["comparator"] in targets.CHANGES:
        return targets.changed(base.value, target) if base else None
    return float(asked) if unit.startswith("percent") else None


def _met(value: float, aim: float, falling: bool, comparator: str) -> bool:
    if comparator == "equality":
        return aim - 1e-9 <= value <= 1 / aim + 1e-9
    return targets.there(value, aim, falling)


def _carried(points: list[Point], deadline: int) -> float | None:
    """The last figure at the pace since the one before it, in the year of the deadline."""
    if len(points) < 2 or points[-2].value <= 0 or points[-1].year >= deadline:
        return None
    before, last = points[-2:]
    pace = targets.growth(before.value, last.value, last.year - before.year)
    return last.value * (1 + pace) ** (deadline - last.year)


def _towards(aim: float | None, value: float, steps: list[tuple[int, float]], name: str) -> dict[str, Any]:
    """The largest of some steps (year and size) from the side of the aim where a value is to the other."""
    if aim is None:
        return {}
    there = [(year, size) for year, size in steps if (size < 0 if value >= aim else size > 0)]
    year, size = max(there, key=lambda step: abs(step[1]), default=(None, None))
    return {name: size, f"{name}_year": year}


def rows(found: pd.DataFrame) -> dict[str, list[Reading]]:
    """The readings of each target that has some."""
    of: dict[str, list[Reading]] = {}
    for values in found[list(Reading._fields)].astype(object).itertuples(index=False, name=None):
        reading = Reading(*values)
        of.setdefault(reading.target_id, []).append(reading)
    return of


def verdicts(table: pd.DataFrame, found: pd.DataFrame, horizon: int) -> pd.DataFrame:
    """The verdict on every target: columns target_id, verdict (of `VERDICTS`), depends (listed by commas).

    `found` are its `readings`; `horizon` is the last year of any figure at hand.
    """
    of, listed = rows(found), targets.listed(table)
    said = [(row["target_id"], *_verdict(of.get(row["target_id"], []), row, horizon)) for row in listed]
    return pd.DataFrame(said, columns=ANSWER).astype("string")


def _verdict(readings: list[Reading], target: Mapping[Any, Any], horizon: int) -> tuple[str, str]:
    if int(target["deadline"]) > horizon:
        return NOT_DUE, ""
    judged = [row for row in readings if pd.notna(row.met)]
    counted = [row for row in judged if row.counts]
    if not counted:
        return _too_old(judged, target)
    results = {row.met for row in counted}
    if len(results) == 2:
        return DEPENDS, ", ".join(_parting(counted))
    first = counted[0]
    near = [word for word, by in (("edition", first.moved), ("proxy", first.shifted)) if _turned(first, by, target)]
    return (DEPENDS, ", ".join(near)) if near else (MET if first.met else NOT_MET, "")


def _too_old(judged: list[Reading], target: Mapping[Any, Any]) -> tuple[str, str]:
    """Old figures tell nothing, unless their pace tells the readings of a target apart."""
    carried = [row for row in judged if pd.notna(row.carried)]
    ends = {_met(row.carried, row.aim, row.falling, target["comparator"]) for row in carried}
    readings = {row.reading for row in carried}
    return (DEPENDS, "reading") if len(ends) == 2 and len(readings) > 1 else (NOT_MEASURED, "")


def _parting(counted: list[Reading]) -> list[str]:
    """In what alone two figures differ that end on both sides; where they differ in more, in all of that."""
    apart = [
        ["edition"] if a.item == b.item else [word for word in WORDS if getattr(a, word) != getattr(b, word)]
        for a, b in combinations(counted, 2)
        if a.met != b.met
    ]
    fewest = min(map(len, apart))
    alone = {word for differing in apart if len(differing) == fewest for word in differing}
    return [word for word in [*WORDS, "edition"] if word in alone]


def _turned(row: Reading, by: float, target: Mapping[Any, Any]) -> bool:
    """Whether a figure, moved by a revision or by what its proxy is off, ends on the other side of the aim."""
    return pd.notna(by) and _met(row.value + by, row.aim, row.falling, target["comparator"]) != row.met
