"""Progress towards the strategic targets.

Method: Eurostat's for indicators with a quantitative target (Sustainable
development in the European Union, annex on method): the observed compound annual
growth rate since the baseline ÷ the rate required to reach the target in time.
95 % and more is significant progress, 60–95 % moderate, 0–60 % insufficient,
below 0 moving away. Without a second point only the distance can be given.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from helpers import rounding
from helpers.selection import Period
from helpers.sentences import tiles as figures
from helpers.sentences.wording import QUALIFIERS, count, listing, number

CLASSES = ["significant progress", "moderate progress", "insufficient progress", "moving away"]
STATES = [*CLASSES, "distance only", "measured, no value to reach", "no data"]
CHART_LOST = "shown in the report as a chart that its text does not carry"


@dataclass(frozen=True)
class Measure:
    """The observation that measures a target, or why there is none."""

    indicator: str = ""
    geography: str = "World"
    unit: str = "percent"
    reason: str = ""
    note: str = ""


MEASURES = {
    "1.1": Measure(reason=CHART_LOST),
    "1.2": Measure("individuals_using_internet"),
    "1.3": Measure(reason="only counts of economies that miss the 2 % price target are given, no price since 2017"),
    "1.4": Measure(reason=CHART_LOST),
    "1.5": Measure(reason=CHART_LOST),
    "1.6": Measure(reason=CHART_LOST),
    "1.7": Measure(reason=CHART_LOST),
    "2.1": Measure(reason=CHART_LOST),
    "2.2": Measure(reason=CHART_LOST),
    "2.3": Measure(reason="growth of users in developing countries is given, their share of people is not"),
    "2.4": Measure("individuals_using_internet", "LDCs"),
    "2.5": Measure(reason=CHART_LOST),
    "2.6": Measure(reason="economies are counted against a 2 % price, not the 3 % of this target"),
    "2.7": Measure("mobile_broadband_coverage"),
    "2.8": Measure("gender_parity_score", unit="score", note="Internet use only; parity counts as reached from 0.98"),
    "2.9": Measure(reason=CHART_LOST),
    "2.10": Measure(reason=CHART_LOST),
    "3.1": Measure("countries_with_cirt", note="one of the capabilities that the target names"),
    "3.2": Measure("ewaste_recycled"),
    "3.3": Measure(reason=CHART_LOST),
    "3.4": Measure(reason="the report says that no measurement is available"),
    "3.5": Measure("countries_with_netp", note="preliminary, not all regions collected"),
    "4.1": Measure(
        "countries_with_innovation_policy", unit="countries", note="‘all’ taken as the Member States of the Union"
    ),
    "5.1": Measure(reason="only a perception is given: see the membership survey"),
}


def progress(
    targets: pd.DataFrame, observations: pd.DataFrame, until: int, baseline_year: int | None = None
) -> pd.DataFrame:
    """Every target with what the report measures up to the year `until`.

    `baseline_year` moves the baseline to the first figure from that year on.

    Columns: goal, target_id, label, geography, comparator, aim (value to reach),
    unit, deadline, year, value, qualifier (latest figure), base_year, base_value
    (first figure), observed, required (compound annual growth rates), ratio,
    ratio_low, ratio_high (observed ÷ required, with rounding), state (one of
    `STATES`), certain (every value that rounding allows has this class),
    distance (aim − value, in the unit), note, section, line.
    """
    rows = []
    for target in targets.itertuples():
        measure = MEASURES.get(str(target.target_id), Measure(reason="the report states nothing on it"))
        rows.append(_progress_row(target, measure, observations, until, baseline_year))
    return pd.DataFrame(rows)


def _progress_row(
    target: object, measure: Measure, observations: pd.DataFrame, until: int, baseline_year: int | None
) -> dict[str, object]:
    row: dict[str, object] = {
        name: getattr(target, name) for name in ("goal", "target_id", "label", "geography", "comparator", "deadline")
    }
    row |= {"aim": _aim(target, observations), "unit": measure.unit, "note": measure.reason or measure.note}
    row |= dict.fromkeys(
        [
            "year",
            "value",
            "base_year",
            "base_value",
            "observed",
            "required",
            "ratio",
            "ratio_low",
            "ratio_high",
            "distance",
        ]
    )
    row |= {"qualifier": "exact", "certain": None, "state": "no data", "section": target.section, "line": target.line}
    points = series(observations, measure, until, baseline_year)
    if points.empty:
        if not measure.reason:
            row["note"] = f"the report has no figure up to {until}"
        return row
    last, first = points.iloc[-1], points.iloc[0]
    row |= {"year": int(last["year"]), "value": float(last["value"]), "qualifier": last["qualifier"]}
    row |= {"section": last["section"], "line": int(last["line"])}
    aim = row["aim"]
    if aim is None:
        return row | {"state": "measured, no value to reach"} | _base(first, last)
    row |= {"state": "distance only", "distance": float(aim) - row["value"]}  # type: ignore[arg-type,operator]
    if len(points) > 1:
        rounded = measure.unit != "countries"  # a count of countries is exact
        row |= _base(first, last) | _rates(first, last, float(aim), int(row["deadline"]), rounded)  # type: ignore[call-overload]
    return row


def _base(first: pd.Series, last: pd.Series) -> dict[str, object]:
    if first["year"] == last["year"]:
        return {}
    return {"base_year": int(first["year"]), "base_value": float(first["value"])}


def _aim(target: object, observations: pd.DataFrame) -> float | None:
    """Value to reach in the measure's own unit; None where there is none."""
    if target.comparator == "equality":
        return _first(observations, "gender_parity_band", "parity from")
    if target.comparator == "all" and MEASURES[target.target_id].unit == "countries":
        return _first(observations, "member_states", "")
    return None if pd.isna(target.value) else float(target.value)


def _first(observations: pd.DataFrame, indicator: str, breakdown: str) -> float | None:
    found = observations[(observations["indicator"] == indicator) & (observations["breakdown"].fillna("") == breakdown)]
    return float(found["value"].iloc[0]) if len(found) else None


def series(observations: pd.DataFrame, measure: Measure, until: int, baseline_year: int | None = None) -> pd.DataFrame:
    """Figures of a measure in order of years, one a year, up to `until`."""
    found = observations[
        (observations["indicator"] == measure.indicator)
        & (observations["geography"] == measure.geography)
        & (observations["sex"] == "_T")
        & (observations["age"] == "_T")
        & observations["breakdown"].isna()
        & (observations["year"] <= until)
    ]
    if baseline_year is not None:
        found = found[found["year"] >= baseline_year]
    return found.drop_duplicates("year").sort_values("year")


def _rates(first: pd.Series, last: pd.Series, aim: float, deadline: int, rounded: bool) -> dict[str, object]:
    """Observed and required growth rates, their ratio, and its class."""
    base, now = float(first["value"]), float(last["value"])
    span, whole = int(last["year"] - first["year"]), deadline - int(first["year"])
    observed, required = growth(base, now, span), growth(base, aim, whole)
    if required == 0:
        return {"observed": observed, "required": required}
    corners = [
        growth(b, n, span) / growth(b, aim, whole)
        for b in (rounding.interval(base) if rounded else [base])
        for n in (rounding.interval(now) if rounded else [now])
        if growth(b, aim, whole)
    ]
    low, high = min(corners), max(corners)
    state = classify(observed / required)
    return {
        "observed": observed,
        "required": required,
        "ratio": observed / required,
        "ratio_low": low,
        "ratio_high": high,
        "state": state,
        "certain": classify(low) == classify(high),
    }


def growth(start: float, end: float, years: int) -> float:
    """Compound annual growth rate (0.05 is 5 % a year)."""
    return (end / start) ** (1 / years) - 1


def classify(ratio: float) -> str:
    """Eurostat's class of observed ÷ required growth."""
    if ratio >= 0.95:
        return CLASSES[0]
    if ratio >= 0.6:
        return CLASSES[1]
    return CLASSES[2] if ratio >= 0 else CLASSES[3]


def measured(frame: pd.DataFrame) -> pd.DataFrame:
    """Targets with a figure and a value to reach, most of the way first.

    Adds: reached (value ÷ aim), name (label with number and geography), said (value
    and aim with the report's words, and the state), at_most (the report says less).
    """
    rows = frame.dropna(subset=["value", "aim"]).copy()
    rows["reached"] = rows["value"].astype(float) / rows["aim"].astype(float)
    rows["name"] = (
        rows["target_id"] + " " + rows["label"] + rows["geography"].map(lambda g: "" if g == "World" else f" ({g})")
    )
    rows["said"] = [
        f"{QUALIFIERS[row.qualifier]}{number(row.value)} of {number(row.aim)} {_unit(row)} · {row.state}"
        for row in rows.itertuples()
    ]
    rows["at_most"] = rows["qualifier"].isin(["less_than", "up_to"])
    return rows.sort_values("reached", ascending=False, kind="stable").reset_index(drop=True)


def summary(frame: pd.DataFrame) -> pd.DataFrame:
    """How many targets are in each state: columns state, targets, ids."""
    rows = [(state, frame.loc[frame["state"] == state, "target_id"]) for state in STATES]
    return pd.DataFrame(
        [(s, len(ids), ", ".join(ids)) for s, ids in rows if len(ids)], columns=["state", "targets", "ids"]
    )


def headline(frame: pd.DataFrame, period: Period) -> list[str]:
    """Two or three sentences that answer the notebook's question."""
    total, with_data = len(frame), frame[frame["value"].notna()]
    if with_data.empty:
        return [
            f"Of the {total} targets the report measures none up to {period.label}; each is listed with the reason."
        ]
    sentences = [
        f"Of the **{total} targets** the report’s text measures {count(len(with_data), 'target')} up to {period.chosen[-1]}; "
        f"for {total - len(with_data)} it gives no figure, mostly because a chart is lost."
    ]
    rated = frame[frame["state"].isin(CLASSES)]
    if len(rated):
        said = [f"{state} for {listing(list(ids['target_id']))}" for state, ids in _states(rated)]
        sentences.append(f"A pace can be worked out for {count(len(rated), 'target')}: {'; '.join(said)}.")
    else:
        sentences.append("For none of them is there a second figure, so no pace can be worked out.")
    close = measured(frame)
    if len(close):
        top = close.iloc[0]
        value = QUALIFIERS[top["qualifier"]] + number(top["value"])
        sentences.append(f"Nearest to its goal is target {top['name']}: {value} of {number(top['aim'])} {_unit(top)}.")
    return sentences


def key_figures(frame: pd.DataFrame) -> pd.DataFrame:
    """Headline figures: targets measured, reached, fast enough, and the nearest (see `key_figures`)."""
    with_data, close, paced = frame[frame["value"].notna()], measured(frame), rated(frame)
    rows = [
        figures.row(
            "targets measured in the text", f"{len(with_data)} of {len(frame)}", f"{len(frame) - len(with_data)} without a figure",
            with_data if len(with_data) else frame,
        )
    ]  # fmt: skip
    if len(close):
        top, done = close.iloc[0], close[close["reached"] >= 1]
        rows.append(figures.row("of them reached", f"{len(done)} of {len(close)}", "with a value to reach", close))
        aim = f"{number(top['value'])} of {number(top['aim'])} {_unit(top)}"
        rows.append(
            figures.row("nearest to its goal", f"Target {top['target_id']}", f"{top['label']}: {aim}", close.head(1))
        )
    if len(paced):
        fast = int((paced["ratio"] >= 1).sum())
        rows.append(figures.row("fast enough", f"{fast} of {len(paced)}", "with a pace that can be worked out", paced))
    return figures.frame(rows)


def _states(rated: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return [(state, rows) for state in CLASSES if len(rows := rated[rated["state"] == state])]


def _unit(row: object) -> str:
    return {"percent": "%", "score": "(parity score)"}.get(row.unit, row.unit)


def reached_title(close: pd.DataFrame) -> str:
    """Finding of the bars towards targets."""
    done = close[close["reached"] >= 1]
    if len(done):
        return f"{count(len(done), 'target').capitalize()} of {len(close)} measured reached its value"
    top, last = close.iloc[0], close.iloc[-1]
    return (
        f"None of {len(close)} measured targets is reached; {top['target_id']} is nearest, {last['target_id']} farthest"
    )


def pace_title(rated: pd.DataFrame) -> str:
    """Finding of the pace chart."""
    fast = int((rated["ratio"] >= 1).sum())
    return f"{count(fast, 'target').capitalize()} of {len(rated)} with a pace moves fast enough"


def rated(frame: pd.DataFrame) -> pd.DataFrame:
    """Targets with a pace, fastest first; `name` as in `measured`."""
    rows = measured(frame)
    return rows[rows["state"].isin(CLASSES)].sort_values("ratio", ascending=False, kind="stable").reset_index(drop=True)


def notes(close: pd.DataFrame) -> list[str]:
    """Caveats of the measured targets, one line a target that has one."""
    said = [f"{row.target_id}: {row.note}." for row in close.itertuples() if row.note]
    vague = close[close["qualifier"] != "exact"]
    said += [
        f"{row.target_id}: the report says ‘{QUALIFIERS[row.qualifier].strip()}’; the bar is the most it allows."
        for row in vague.itertuples()
    ]
    return said


def paces(rows: pd.DataFrame) -> pd.DataFrame:
    """Rates of the targets with two figures, as a table for people."""
    return pd.DataFrame(
        {
            "Target": rows["name"],
            "First figure": [f"{number(r.base_value)} ({int(r.base_year)})" for r in rows.itertuples()],
            "Latest figure": [f"{number(r.value)} ({int(r.year)})" for r in rows.itertuples()],
            "Observed a year": [f"{100 * r.observed:+.1f} %" for r in rows.itertuples()],
            "Required a year": [f"{100 * r.required:+.1f} %" for r in rows.itertuples()],
            "Observed ÷ required": [
                f"{r.ratio:.2f} ({r.ratio_low:.2f} to {r.ratio_high:.2f})" for r in rows.itertuples()
            ],
            "Class": rows["state"] + rows["certain"].map({True: ", certain", False: ", not certain"}),
        }
    )


def overview(frame: pd.DataFrame) -> pd.DataFrame:
    """Every target as a row for people: aim, latest figure, state, note, source."""
    return pd.DataFrame(
        {
            "Target": frame["target_id"],
            "What": frame["label"] + frame["geography"].map(lambda g: "" if g == "World" else f" ({g})"),
            "Aim": [_aim_text(row) for row in frame.itertuples()],
            "Latest figure": [_value_text(row) for row in frame.itertuples()],
            "State": frame["state"],
            "Note": frame["note"],
            "Source": [f"{row.section}, line {row.line}" for row in frame.itertuples()],
        }
    )


SIGNS = {
    "at_least": "≥ ",
    "at_most": "≤ ",
    "increase_by": "+ ",
    "reduce_by": "− ",
    "all": "all: ",
    "equality": "parity: ",
    "qualitative": "",
}


def _aim_text(row: object) -> str:
    if row.aim is None or pd.isna(row.aim):
        return "in words only"
    mark = " %" if row.unit == "percent" else f" {row.unit}" if row.unit == "countries" else ""
    return f"{SIGNS[row.comparator]}{number(row.aim)}{mark} by {row.deadline}"


def _value_text(row: object) -> str:
    if row.value is None or pd.isna(row.value):
        return "no data"
    mark = " %" if row.unit == "percent" else f" {row.unit}" if row.unit == "countries" else ""
    return f"{QUALIFIERS[row.qualifier]}{number(row.value)}{mark} ({int(row.year)})"


def lost_charts(lost: pd.DataFrame) -> pd.DataFrame:
    """Captions of target charts that the text lacks: columns Caption, Section, Line."""
    found = lost[lost["caption"].str.match(r"Targets? \d")]
    return found.rename(columns={"caption": "Caption", "section": "Section", "line": "Line"}).reset_index(drop=True)
