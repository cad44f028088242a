"""Words on how the targets ended: verdicts, their arithmetic, and what they depend on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from helpers.analyses import courses, official, outturn, targets
from helpers.analyses.outturn import Reading
from helpers.analyses.targets import Measure, Row
from helpers.period import Period
from helpers.sentences import sources as editions
from helpers.sentences import targets as words
from helpers.sentences.caption import Caption
from helpers.sentences.wording import QUALIFIERS, listing, minus, number, rough, section, sentence, spelled

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
    several = f"{many} of the {total} {'were' if met > 1 else 'was'} met"
    first = f"the {total} was {'' if met else 'not '}met" if one else several
    told = [PHRASES[v][len(names) > 1].format(words.numbered(names)) for v, names in ids.items() if names]
    return [f"{sentence(said)}." for said in (f"{first} beyond doubt", *told)]


def strip(ended: pd.DataFrame, progress: pd.DataFrame) -> pd.DataFrame:
    """One mark a target: columns verdict, name, label."""
    labels = [f"{row.label}{words.place_of(row)}" for row in targets.rows(progress)]
    return pd.DataFrame({"verdict": ended["verdict"], "name": ended["target_id"], "label": labels})


def every(
    ended: pd.DataFrame, progress: pd.DataFrame, found: pd.DataFrame, rules: Any, sources: pd.DataFrame
) -> pd.DataFrame:
    """A row a target: aim, the report's figure, outturn, arithmetic, verdict, what it depends on, edition."""
    declared, readings_of = targets.measures(rules, progress), outturn.rows(found)
    titles, lines = editions.editions(sources), []
    for row, verdict, depends in zip(targets.rows(progress), ended["verdict"], ended["depends"], strict=True):
        measure, readings = declared.get(row.target_id, Measure()), readings_of.get(row.target_id, [])
        lines.append(
            {
                "Target": words.name(row),
                "Verdict": verdict,
                "Aim": words.aim(row),
                "Outturn": _outturn(readings, verdict),
                "Arithmetic": _sum(readings[0], row.comparator) if _judged(readings) else "",
                "The report’s figure": words.latest(row),
                "Depends on": _depends(readings, verdict, depends, measure, row, titles),
                "Edition": _where(readings[0], titles) if readings else "",
            }
        )
    return pd.DataFrame(lines)


def goals(ended: pd.DataFrame, progress: pd.DataFrame) -> pd.DataFrame:
    """How the table of outturns folds, a row a target: title (goal and its verdicts), opened (one is not met), id."""
    titles, plural = {}, {outturn.DEPENDS: "depend"}
    for goal, rows in ended.groupby(progress["goal"], sort=False):
        ids = rows.groupby("verdict")["target_id"].agg(list)
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
    declared = targets.measures(rules, progress)
    lines = [(words.name(row), declared.get(row.target_id, Measure())) for row in targets.rows(progress)]
    read = [(name, of.taken, of.not_taken or "–") for name, of in lines if of.taken]
    return pd.DataFrame(read, columns=["Target", "Taken", "Not taken"])


def choices_caption(chosen: pd.DataFrame) -> Caption:
    """Title of the table of readings taken."""
    return Caption(
        "What targets are taken to ask for, and what not" if len(chosen) else "No target is read in two ways."
    )


def _where(row: Reading, titles: dict[str, str]) -> str:
    """Edition of the outturn; section and line of a figure of the report."""
    return _place(row) if row.source == official.REPORT else titles.get(row.source, row.source)


def _place(row: Reading) -> str:
    """Sheet and cell, or section and line of the report."""
    return section(row.place) if row.source == official.REPORT else row.place


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
    rows = [row for readings in outturn.rows(found).values() for row in readings]
    return pd.DataFrame(
        {
            "Target": [row.target_id for row in rows],
            "Measure and reading": [_reading(row) or NAMES.get(row.indicator, "as the target says") for row in rows],
            "Edition": [titles.get(row.source, row.source) for row in rows],
            "Figure": [_figure(row) for row in rows],
            "Arithmetic": [_sum(row, comparators[row.target_id]) for row in rows],
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
    return _drawn(title, rows, period, sources, note)


def section_caption(rows: pd.DataFrame, period: Period, sources: pd.DataFrame) -> Caption:
    """Title of the chart of coverage, bandwidth and prices."""
    if rows.empty:
        return Caption("No official figure of coverage, bandwidth or prices is at hand.")
    title = "Coverage, bandwidth and prices: the report’s figures and what is published"
    return _drawn(title, rows, period, sources)


def _drawn(title: str, rows: pd.DataFrame, period: Period, sources: pd.DataFrame, more: str = "") -> Caption:
    """Words around small charts of courses: how to read them, and which editions are in them."""
    titles = editions.editions(sources)
    used = [titles.get(source, source) for source in rows["source"].dropna().unique() if source != official.REPORT]
    own = f"Diamonds: the report’s own figures, as printed, up to {period.chosen[-1]}."
    notes = (
        f"Each small chart has its own scale. {own}{more}",
        f"Editions: {'; '.join(used)}." if used else "No official edition has these figures.",
    )
    return Caption(title, "by year", notes=notes, credits=editions.credits(editions.used(sources, rows)))


def _edition(row: dict[Any, Any], titles: dict[str, str]) -> str:
    if pd.isna(row["source"]):
        return "aim" if row["kind"] == courses.AIM else f"needed for {rough(float(row['place']))}"
    said = [titles.get(row["source"], row["source"]), HOW.get(row["made"], "")]
    if row["panel"] and row["made"] == official.PUBLISHED:
        said.append(f"median of the panel {row['panel']}")
    return ", ".join(filter(None, said))


def _judged(rows: Sequence[Reading]) -> bool:
    return bool(rows) and pd.notna(rows[0].aim)


def _value(value: float, unit: str) -> str:
    return f"{rough(value)} {UNITS.get(unit, unit)}".rstrip()


def _figure(row: Reading) -> str:
    word = QUALIFIERS.get(row.made, "") if row.source == official.REPORT else ""
    return f"{word}{_value(row.value, row.unit)} ({row.year})"


def _outturn(rows: Sequence[Reading], verdict: str) -> str:
    if not rows or verdict == outturn.NOT_DUE:
        return "none"
    return _figure(rows[0]) if rows[0].counts and _judged(rows) else f"none; nearest is {_figure(rows[0])}"


def _sum(row: Reading, comparator: str) -> str:
    """The arithmetic of a reading: figure less aim, or the change since the baseline against what is asked."""
    if pd.isna(row.aim):
        return "no aim in this unit"
    if pd.notna(row.base_value):
        change, asked = (100 * (end / row.base_value - 1) for end in (row.value, row.aim))
        made = f"{_fine(row.value)} ÷ {_fine(row.base_value)} ({row.base_year}) − 1 = {change:+.1f} %"
        return minus(f"{made}; asked {asked:+.0f} %")
    said = minus(f"{_fine(row.value)} − {_fine(row.aim)} = {rough(row.value - row.aim, max(row.value, row.aim) >= 10)}")
    if row.counts or pd.isna(row.carried):
        return said
    return f"{said}; at the pace of its last year {rough(row.carried)} in {row.deadline}"


def _fine(value: float) -> str:
    """A term of an arithmetic: one digit more than is shown elsewhere, so that its result follows from it."""
    return number(float(f"{value:.4g}")) if abs(value) < 10 else rough(value)


def _result(row: Reading) -> str:
    if pd.isna(row.met):
        return "no aim in this unit"
    return (outturn.MET if row.met else outturn.NOT_MET) if row.counts else "too old to tell"


def _reading(row: Reading) -> str:
    base = f"baseline {row.baseline}" if row.baseline else ""
    return ", ".join(filter(None, [row.measure, row.reading, base, HOW.get(row.made, "")]))


def _depends(
    rows: Sequence[Reading], verdict: str, depends: str, measure: Measure, target: Row, titles: dict[str, str]
) -> str:
    """What a verdict depends on, or why there is none."""
    if verdict == outturn.NOT_DUE:
        return f"due {target.deadline}"
    if verdict == outturn.NOT_MEASURED:
        return _why(rows, measure, target)
    if verdict == outturn.DEPENDS:
        return _apart(rows, depends.split(", "))
    counted = [row for row in rows if row.counts]
    if len({row.source for row in counted}) > 1:
        values = (f"{_value(row.value, row.unit)} in {titles.get(row.source, row.source)}" for row in counted)
        return f"not on the edition: {listing(values)}"
    return "nothing: every reading says so" if len(counted) > 1 else "nothing"


def _why(rows: Sequence[Reading], measure: Measure, target: Row) -> str:
    if not rows:
        reason = measure.reason or words.REASONS.get(target.reason, "").format(span="up to the chosen year")
        return "; ".join(filter(None, ["no official figure is at hand", reason]))
    if not _judged(rows):
        change = target.comparator in targets.CHANGES
        return f"the target names no {'first figure to count from' if change else 'value to reach in this unit'}"
    return f"the last figure is of {rows[0].year}, {target.deadline - rows[0].year} years before the deadline"


def _apart(rows: Sequence[Reading], names: list[str]) -> str:
    """Which readings reach the aim and which do not, in the words that tell them apart; or how near it is."""
    first = rows[0]
    if not first.counts:
        aims = listing(f"{rough(row.aim)} ({row.reading})" for row in rows)
        return (
            f"the reading: no figure after {first.year} is published; at the pace of its last year it would have "
            f"come to {rough(first.carried)} by {first.deadline}, against {aims}"
        )
    judged = [row for row in rows if row.counts and pd.notna(row.met)]
    met = dict.fromkeys(_label(row, names) for row in judged if row.met)
    missed = dict.fromkeys(_label(row, names) for row in judged if not row.met)
    if met and missed:
        return f"the {listing(names)}: met by {'; '.join(met)}; not by {'; '.join(missed)}"
    gap = rough(abs(first.value - first.aim), first.aim >= 10)
    if names == ["proxy"]:
        return (
            f"the proxy, {first.proxy}: {gap} from the aim, and in {first.shifted_year} the group itself stood "
            f"{rough(abs(first.shifted))} {'above' if first.shifted > 0 else 'below'} it"
        )
    side = "above" if first.value >= first.aim else "below"
    way = "down" if first.moved < 0 else "up"
    return (
        f"the edition: {gap} {side} the aim, and a later edition has moved a figure of this series {way} by "
        f"{rough(abs(first.moved))} (that of {first.moved_year})"
    )


def _label(row: Reading, names: list[str]) -> str:
    """A reading in the words that tell it from others."""
    said = row._asdict() | {"edition": row.source, "baseline": f"{row.baseline} baseline"}
    return ", ".join(filter(None, (said[name] for name in names)))
