"""Words on how the targets ended: verdicts, their arithmetic, and what they depend on."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.analyses import courses, official, outturn, targets
from helpers.analyses.targets import Measure, Row
from helpers.period import Period
from helpers.sentences import sources as editions
from helpers.sentences import targets as words
from helpers.sentences.caption import Caption
from helpers.sentences.wording import QUALIFIERS, listing, number, section, sentence, spelled

Readings = list[dict[Any, Any]]
NAMES = {
    "individuals_using_internet": "Internet use",
    "mobile_broadband_coverage": "3G coverage or better",
    "mobile_coverage_4g": "4G coverage or better",
    "mobile_data_price": "Mobile data, median price",
    "fixed_broadband_price": "Fixed broadband, median price",
    "economies_short_of_mobile_price_target": "Mobile data at 2 % of income or more",
    "economies_short_of_fixed_price_target": "Fixed line at 2 % of income or more",
    "economies_within_mobile_price_target": "Mobile data below 2 % of income",
    "economies_within_fixed_price_target": "Fixed line below 2 % of income",
    "internet_users": "Internet users",
    "internet_users_growth": "Growth of Internet users",
    "gender_gap": "Gender gap in Internet use",
    "mobile_coverage_4g_multiple": "4G coverage, times what it was",
    "mobile_coverage_4g_growth": "Growth of 4G coverage",
    "bandwidth_per_user": "Bandwidth per user",
    "population_without_coverage": "No broadband signal",
}
UNITS = {"percent": "%", "ratio": "", official.INCOME: "% of monthly income"}
HOW = {
    official.DERIVED: "",
    official.GROUP: "groups together",
    official.PANEL: "our median, same economies each year",
    official.COUNT: "our count of economies",
}
# of one target, of several
PHRASES = {
    outturn.MET: ("{} was met", "{} were met"),
    outturn.NOT_MET: ("{} was not met", "{} were not met"),
    outturn.DEPENDS: (
        "Whether {} was met depends on the reading or on whose figure is taken",
        "Whether {} were met depends on the reading or on whose figure is taken",
    ),
    outturn.NOT_MEASURED: (
        "{} has no official figure of the deadline or the year before",
        "{} have no official figure of the deadline or the year before",
    ),
    outturn.NOT_DUE: ("{} is not due in the figures at hand", "{} are not due in the figures at hand"),
}


def answer(ended: pd.DataFrame, progress: pd.DataFrame, horizon: int) -> list[str]:
    """How it ended: the verdicts that occur, and which targets have them."""
    if ended.empty:
        return [words.NONE]
    one, due = len(ended) == 1, listing(sorted(progress["deadline"].unique()))
    total = f"**{'only target' if one else f'{len(ended)} targets'} for {due}**"
    if set(ended["verdict"]) == {outturn.NOT_DUE}:
        return [f"How the {total} {'ends' if one else 'end'} cannot be said yet: the figures at hand go to {horizon}."]
    ids = {verdict: list(ended.loc[ended["verdict"] == verdict, "target_id"]) for verdict in outturn.VERDICTS}
    met = len(ids[outturn.MET])
    many = spelled(met) if met else "none"
    first = f"{many} of the {total} {'were' if met > 1 else 'was'} met"
    if one:
        first = f"the {total} was {'' if met else 'not '}met"
    told = [PHRASES[v][len(names) > 1].format(words.numbered(names)) for v, names in ids.items() if names]
    return [f"{sentence(said)}." for said in (f"{first} beyond doubt", *told)]


def strip(ended: pd.DataFrame, progress: pd.DataFrame) -> pd.DataFrame:
    """One mark a target: columns verdict, name, label."""
    rows = targets.rows(progress)
    return pd.DataFrame(
        {
            "verdict": ended["verdict"],
            "name": ended["target_id"],
            "label": [f"{row.label}{words.place_of(row)}" for row in rows],
        }
    )


def every(
    ended: pd.DataFrame, progress: pd.DataFrame, found: pd.DataFrame, rules: Any, sources: pd.DataFrame
) -> pd.DataFrame:
    """A row a target: aim, the report's figure, outturn, arithmetic, verdict, what it depends on, edition."""
    declared = targets.measures(rules, pd.DataFrame({"target_id": progress["target_id"]}))
    titles, lines = editions.editions(sources), []
    for row, verdict, depends in zip(targets.rows(progress), ended["verdict"], ended["depends"], strict=True):
        of = found[found["target_id"] == row.target_id]
        measure = declared.get(row.target_id, Measure())
        readings = of.to_dict("records")
        lines.append(
            {
                "Target": words.name(row),
                "Verdict": verdict,
                "Aim": words.aim(row),
                "Outturn": _outturn(readings, verdict),
                "Arithmetic": _sum(readings[0], row.comparator) if _judged(readings) else "",
                "The report’s figure": words.latest(row),
                "Depends on": _depends(readings, verdict, depends, measure, row, sources),
                "Edition": _where(readings, titles),
            }
        )
    return pd.DataFrame(lines)


def goals(ended: pd.DataFrame, progress: pd.DataFrame) -> pd.DataFrame:
    """How the table of outturns folds, a row a target: title (goal and its verdicts), opened (one is not met), id."""
    titles = {}
    for goal, rows in ended.groupby(progress["goal"], sort=False):
        ids = rows.groupby("verdict")["target_id"].agg(list)
        plural = {outturn.DEPENDS: "depend"}
        said = [
            f"{listing(ids[verdict])} {plural.get(verdict, verdict) if len(ids[verdict]) > 1 else verdict}"
            for verdict in outturn.VERDICTS
            if verdict in ids
        ]
        titles[goal] = f"{goal}: {'; '.join(said)}"
    return pd.DataFrame(
        {
            "title": progress["goal"].map(titles),
            "opened": ended["verdict"] == outturn.NOT_MET,
            "id": "target-" + progress["target_id"],
        }
    )


def choices(progress: pd.DataFrame, rules: Any) -> pd.DataFrame:
    """How a target is read: columns Target, Taken, Not taken; none where it can be read in one way only."""
    declared = targets.measures(rules, pd.DataFrame({"target_id": progress["target_id"]}))
    lines = [(words.name(row), declared.get(row.target_id, Measure())) for row in targets.rows(progress)]
    read = [(name, of.taken, of.not_taken or "–") for name, of in lines if of.taken]
    return pd.DataFrame(read, columns=["Target", "Taken", "Not taken"])


def choices_caption(chosen: pd.DataFrame) -> Caption:
    """Title of the table of readings taken."""
    return Caption(
        "What targets are taken to ask for, and what not" if len(chosen) else "No target is read in two ways."
    )


def _where(rows: Readings, titles: dict[str, str]) -> str:
    """Edition of the outturn; section and line of a figure of the report."""
    if not rows:
        return ""
    source: str = rows[0]["source"]
    return _place(rows[0]) if source == official.REPORT else titles.get(source, source)


def _place(row: dict[Any, Any]) -> str:
    """Sheet and cell, or section and line of the report."""
    return section(str(row["place"])) if row["source"] == official.REPORT else str(row["place"])


def every_caption(ended: pd.DataFrame) -> Caption:
    """Title of the table of outturns."""
    if ended.empty:
        return Caption(words.NONE)
    notes = (
        "A figure counts that is of the deadline or the year before; an older one is only the nearest thing there is.",
        "The outturn shown is the first of the readings; all of them, with sheet and cell, are in the table below.",
    )
    return Caption("How each target ended, by the official figures published since", notes=notes)


def readings(found: pd.DataFrame, progress: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Every figure that was held against an aim, as a row for people."""
    comparators = dict(zip(progress["target_id"], progress["comparator"], strict=True))
    titles = editions.editions(sources)
    rows = found.to_dict("records")
    return pd.DataFrame(
        {
            "Target": found["target_id"],
            "Measure and reading": [_reading(row) or NAMES.get(row["indicator"], "as the target says") for row in rows],
            "Edition": [titles.get(row["source"], row["source"]) for row in rows],
            "Figure": [_figure(row) for row in rows],
            "Arithmetic": [_sum(row, comparators[row["target_id"]]) for row in rows],
            "Result": [_result(row) for row in rows],
            "Place": [_place(row) for row in rows],
        }
    )


def readings_caption(found: pd.DataFrame) -> Caption:
    """Title of the table of readings."""
    if found.empty:
        return Caption("No official figure measures a target.")
    notes = (
        "ITU redefined its price baskets in the years that the note of the source names: prices before and after are "
        "not of the same allowances.",
        "ITU’s own medians are of the economies that its sheet names; ours are of all that have a price in every year.",
    )
    return Caption("Every reading and every edition of a target, held against its aim", notes=notes)


def later(rows: pd.DataFrame, progress: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """What was published later, a column a year: figures of each edition, and their first and last cell."""
    if rows.empty:
        return pd.DataFrame()
    titles = editions.editions(sources)
    shown = rows.assign(
        What=course_names(rows, progress), Edition=[_edition(row, titles) for row in rows.to_dict("records")]
    )
    shown["said"] = [number(float(f"{value:.4g}")) for value in shown["value"]]
    keys = ["What", "Edition"]
    shown = shown.drop_duplicates([*keys, "year"])
    cells = shown.groupby(keys, sort=False)["place"].agg(["first", "last"])
    wide = shown.pivot(index=keys, columns="year", values="said").reindex(cells.index).fillna("")
    wide["Cells"] = [first if first == last else f"{first} … {last}" for first, last in cells.itertuples(index=False)]
    return wide.reset_index().rename(columns=str)


def later_caption(rows: pd.DataFrame, period: Period) -> Caption:
    """Title of the table of what came later."""
    since = period.chosen[0]
    if rows.empty:
        return Caption(f"Nothing that measures a target is published about {since} or after.")
    return Caption(f"Published since: official figures of {since} and after of what the targets ask for")


def course_names(rows: pd.DataFrame, progress: pd.DataFrame) -> list[str]:
    """Name of each course: target, label and measure, or indicator and place."""
    labels = {row.target_id: words.name(row) for row in targets.rows(progress)}
    return [_course(row, labels) for row in rows.to_dict("records")]


def _course(row: dict[Any, Any], labels: dict[str, str]) -> str:
    if not row["target_id"]:
        name = NAMES.get(row["indicator"], row["indicator"].replace("_", " ").capitalize())
        unit = UNITS.get(row["unit"], row["unit"])
        return f"{name}, {row['geography']} ({unit})"
    share = ", share of countries" if "_within_" in row["indicator"] else ""
    share = share or (", ratio" if row["indicator"].endswith("price_ratio") else "")
    fourth = ", 4G" if row["indicator"].endswith("_4g") else ""
    if row["measure"]:
        return f"{row['target_id']}: {row['measure']}{share}"
    return f"{labels.get(row['target_id'], row['target_id'])}{fourth}"


def lines(rows: pd.DataFrame, progress: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Courses for the chart and its data: columns chart (name), line (edition), kind, year, value, unit, place."""
    titles = editions.editions(sources)
    return pd.DataFrame(
        {
            "chart": pd.Series(course_names(rows, progress), dtype="string"),
            "line": pd.Series([_edition(row, titles) for row in rows.to_dict("records")], dtype="string"),
            **{name: rows[name] for name in ("kind", "year", "value", "unit", "economies", "place")},
        }
    )


def courses_caption(rows: pd.DataFrame, period: Period, sources: pd.DataFrame) -> Caption:
    """Title and notes of the chart of courses."""
    if rows.empty:
        return Caption("No target has an official figure to draw.")
    note = " Dashes: the line that would have reached the aim; the bar at its end is the aim in the deadline’s year."
    title = "Course of the measured targets, and the line that would have reached the aim"
    used = editions.credits(editions.used(sources, rows))
    return Caption(title, "by year", notes=_drawn(rows, period, sources, note), credits=used)


def section_caption(rows: pd.DataFrame, period: Period, sources: pd.DataFrame) -> Caption:
    """Title of the chart of coverage, bandwidth and prices."""
    if rows.empty:
        return Caption("No official figure of coverage, bandwidth or prices is at hand.")
    title = "Coverage, bandwidth and prices: the report’s figures and what is published"
    used = editions.credits(editions.used(sources, rows))
    return Caption(title, "by year", notes=_drawn(rows, period, sources), credits=used)


def _drawn(rows: pd.DataFrame, period: Period, sources: pd.DataFrame, more: str = "") -> tuple[str, ...]:
    """How to read small charts of courses, and which editions are in them."""
    titles = editions.editions(sources)
    used = [titles.get(source, source) for source in rows["source"].dropna().unique() if source != official.REPORT]
    own = f"Diamonds: the report’s own figures, as printed, up to {period.chosen[-1]}."
    return (
        f"Each small chart has its own scale. {own}{more}",
        f"Editions: {'; '.join(used)}." if used else "No official edition has these figures.",
    )


def _edition(row: dict[Any, Any], titles: dict[str, str]) -> str:
    if pd.isna(row["source"]):
        return "aim" if row["kind"] == courses.AIM else f"needed for {_plain(float(row['place']))}"
    said = [titles.get(row["source"], row["source"]), HOW.get(row["made"], "")]
    if row["panel"] and row["made"] == official.PUBLISHED:
        said.append(f"median of the panel {row['panel']}")
    return ", ".join(filter(None, said))


def _judged(rows: Readings) -> bool:
    return bool(rows and pd.notna(rows[0]["aim"]))


def _value(value: float, unit: str) -> str:
    said = UNITS.get(unit, unit)
    return f"{_plain(value)} {said}".rstrip()


def _figure(row: dict[Any, Any]) -> str:
    word = QUALIFIERS.get(row["made"], "") if row["source"] == official.REPORT else ""
    return f"{word}{_value(row['value'], row['unit'])} ({row['year']})"


def _outturn(rows: Readings, verdict: str) -> str:
    if not rows or verdict == outturn.NOT_DUE:
        return "none"
    return _figure(rows[0]) if rows[0]["counts"] and _judged(rows) else f"none; nearest is {_figure(rows[0])}"


def _sum(row: dict[Any, Any], comparator: str) -> str:
    """The arithmetic of a reading: figure less aim, or the change since the baseline against what is asked."""
    if pd.isna(row["aim"]):
        return "no aim in this unit"
    value, aim = float(row["value"]), float(row["aim"])
    if pd.notna(row["base_value"]):
        base = float(row["base_value"])
        change, asked = 100 * (value / base - 1), 100 * (aim / base - 1)
        return (
            f"{_fine(value)} ÷ {_fine(base)} ({row['base_year']}) − 1 = {change:+.1f} %; asked {asked:+.0f} %"
        ).replace("-", "−")
    tenths = 1 if max(value, aim) >= 10 else None
    said = f"{_fine(value)} − {_fine(aim)} = {_plain(value - aim, tenths)}".replace("-", "−")
    if row["counts"] or pd.isna(row["carried"]):
        return said
    return f"{said}; at the pace of its last year {_plain(float(row['carried']))} in {row['deadline']}"


def _fine(value: float) -> str:
    """A term of an arithmetic: one digit more than is shown elsewhere, so that its result follows from it."""
    return number(float(f"{value:.4g}")) if abs(value) < 10 else _plain(value)


def _plain(value: float, decimals: int | None = None) -> str:
    """Three digits, or tenths from ten on; `decimals` where a difference is of as many as its terms."""
    few = decimals is None and abs(value) < 10
    return number(float(f"{value:.3g}") if few else round(value, 1))


def _result(row: dict[Any, Any]) -> str:
    if pd.isna(row["met"]) or not row["counts"]:
        return "too old to tell" if pd.notna(row["met"]) else "no aim in this unit"
    return outturn.MET if row["met"] else outturn.NOT_MET


def _reading(row: dict[Any, Any]) -> str:
    base = f"baseline {row['baseline']}" if row["baseline"] else ""
    return ", ".join(filter(None, [row["measure"], row["reading"], base, HOW.get(row["made"], "")]))


def _depends(rows: Readings, verdict: str, depends: str, measure: Measure, target: Row, sources: pd.DataFrame) -> str:
    """What a verdict depends on, or why there is none."""
    if verdict == outturn.NOT_DUE:
        return f"due {target.deadline}"
    if verdict == outturn.NOT_MEASURED:
        return _why(rows, measure, target)
    if verdict == outturn.DEPENDS:
        return _apart(rows, depends)
    counted = [row for row in rows if row["counts"]]
    if len({row["source"] for row in counted}) > 1:
        titles = editions.editions(sources)
        values = [(_value(row["value"], row["unit"]), row["source"]) for row in counted]
        said = listing(f"{value} in {titles.get(source, source)}" for value, source in values)
        return f"not on the edition: {said}"
    return "nothing: every reading says so" if len(counted) > 1 else "nothing"


def _why(rows: Readings, measure: Measure, target: Row) -> str:
    if not rows:
        reason = measure.reason or words.REASONS.get(target.reason, "").format(span="up to the chosen year")
        return "; ".join(filter(None, ["no official figure is at hand", reason]))
    row = rows[0]
    if pd.isna(row["aim"]):
        change = target.comparator in outturn.CHANGES
        return f"the target names no {'first figure to count from' if change else 'value to reach in this unit'}"
    return f"the last figure is of {row['year']}, {target.deadline - int(row['year'])} years before the deadline"


def _apart(rows: Readings, depends: str) -> str:
    """Which readings reach the aim and which do not, in the words that tell them apart; or how near it is."""
    first, names = rows[0], depends.split(", ")
    if not first["counts"]:
        ends = listing(f"{_plain(float(row['aim']))} ({row['reading']})" for row in rows)
        return (
            f"the reading: no figure after {first['year']} is published; at the pace of its last year it would have "
            f"come to {_plain(float(first['carried']))} by {first['deadline']}, against {ends}"
        )
    sides: dict[bool, list[str]] = {True: [], False: []}
    for row in rows:
        if pd.notna(row["met"]) and row["counts"]:
            label = ", ".join(filter(None, (_word(row, name) for name in names)))
            sides[bool(row["met"])] += [label] * (label not in sides[bool(row["met"])])
    if sides[True] and sides[False]:
        return f"the {listing(names)}: met by {'; '.join(sides[True])}; not by {'; '.join(sides[False])}"
    gap = _plain(abs(float(first["value"]) - float(first["aim"])), 1 if first["aim"] >= 10 else None)
    if names == ["proxy"]:
        return (
            f"the proxy, {first['proxy']}: {gap} from the aim, and in {first['shifted_year']} the group itself stood "
            f"{_plain(abs(float(first['shifted'])))} {'above' if first['shifted'] > 0 else 'below'} it"
        )
    side = "above" if first["value"] >= first["aim"] else "below"
    way = "down" if first["moved"] < 0 else "up"
    return (
        f"the edition: {gap} {side} the aim, and a later edition has moved a figure of this series {way} by "
        f"{_plain(abs(float(first['moved'])))} (that of {first['moved_year']})"
    )


def _word(row: dict[Any, Any], name: str) -> str:
    return (
        str(row["source"]) if name == "edition" else f"{row[name]} baseline" if name == "baseline" else str(row[name])
    )
