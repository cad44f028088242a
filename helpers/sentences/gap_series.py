"""Words on gaps over the years in the official series; their figures come from `analyses.gap_series`.

Two years are compared, the first and the last: sentences say from … to …, and no trend.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from helpers.analyses import gap_series
from helpers.analyses.gap_series import CROSSED, MOVES, NARROWED, UNSURE, WIDENED, Course
from helpers.sentences.caption import Caption
from helpers.sentences.sources import credits, edition, named, used
from helpers.sentences.wording import count, every, inside, listing, minus, number, sentence, spelled, the_place

POINTS = "percentage points"
NAMED = 3  # so many geographies are named, more are counted


class Names(NamedTuple):
    """What a gap is called: its two groups, what they are compared in, and the ratio."""

    first: str
    second: str
    of: str
    ratio: str

    @property
    def gap(self) -> str:
        """The gap inside a sentence."""
        return f"the gap between {self.first} and {self.second} in {self.of}"


NAMES = {
    gap_series.ONLINE: Names("women", "men", "Internet use", "gender parity score"),
    gap_series.PHONES: Names("women", "men", "phone ownership", "gender parity score"),
    gap_series.AGES: Names("the young", "the rest", "Internet use", "youth ratio"),
    gap_series.AREAS: Names("urban people", "rural people", "Internet use", "urban–rural ratio"),
}
RATIOS = {
    NARROWED: "nearer to 1",
    WIDENED: "farther from 1",
    CROSSED: "on the other side of 1",
    UNSURE: "no change beyond rounding",
}
GAPS = {NARROWED: "narrower", WIDENED: "wider", CROSSED: "on the other side", UNSURE: "no change beyond rounding"}
WORDS = {"ratio_moved": RATIOS, "points_moved": GAPS}
VERBS = {
    NARROWED: "narrowed",
    WIDENED: "widened",
    CROSSED: "changed sides",
    UNSURE: "did not change beyond rounding",
}


def standing(sources: pd.DataFrame, *courses: Course) -> list[str]:
    """What the published part is, and whom it has no figures for."""
    sources = used(sources, *(course.rows for course in courses))
    if sources.empty:
        return ["No official series published since has figures on these gaps for any geography shown."]
    said = [
        f"These figures are not the report’s: they come from {named(sources)}, and are the same on the page of every "
        "year."
    ]
    nowhere = [place for place in courses[0].missing if all(place in course.missing for course in courses)]
    return said + ([f"There are none for {listing(map(the_place, nowhere))}."] if nowhere else [])


def lead(course: Course) -> list[str]:
    """The finding in one sentence for the answer of the page; none without two years of figures."""
    since = listing(map(edition, course.sources.to_dict("records")))
    return [f"Published since ({since}): {said}" for said in moved(course)]


def moved(course: Course) -> list[str]:
    """What became of the gap, and where most; none without two years of figures."""
    if course.moves.empty:
        return []
    moves, gap = course.moves, f"from {_span(course.moves)} {NAMES[course.gap].gap}"
    if len(moves) == 1:
        row = moves.iloc[0]
        place, verb = the_place(row["geography"]), VERBS[row["points_moved"]]
        return [f"{gap} in {place} {verb}: {_points(row, course)} {POINTS}."]
    parts = []
    for move, rows, where in _places(moves, "points_moved"):
        place, points = the_place(rows.iloc[0]["geography"]), f"({_points(rows.iloc[0], course)} {POINTS})"
        most = f" {points}" if len(rows) == 1 else f", most in {place} {points}"
        parts.append(f"{VERBS[move]} in {where}{most if move in (NARROWED, WIDENED) else ''}")
    return [f"{gap} {'; '.join(parts)}."]


def told(course: Course) -> list[str]:
    """Every geography by what became of its gap in points, then those of which the ratio says otherwise."""
    if course.moves.empty:
        return [_unmoved(course)]
    moves, said = course.moves, []
    for move, rows, _ in _places(moves, "points_moved"):
        items = "; ".join(f"{the_place(row['geography'])} ({_points(row, course)})" for _, row in rows.iterrows())
        said.append(f"{sentence(move)} from {_span(moves)}, in {POINTS}: {items}.")
    for move, rows, _ in _places(gap_series.two_stories(moves), "ratio_moved"):
        told = [(the_place(row["geography"]), _ratios(row), _points(row, course)) for _, row in rows.iterrows()]
        items = "; ".join(f"{place} ({ratios}; {points} points)" for place, ratios, points in told)
        other = GAPS[WIDENED if move == NARROWED else NARROWED]
        said.append(f"Two stories: {RATIOS[move]} by the {NAMES[course.gap].ratio}, yet {other} in points: {items}.")
    once = [place for place in dict.fromkeys(course.rows["geography"]) if place not in set(moves["geography"])]
    return said + ([f"No figures for both years: {listing(map(the_place, once))}."] if once else [])


def _unmoved(course: Course) -> str:
    """Why no change can be told."""
    years = sorted(set(course.rows["year"]))
    if not years:
        return f"No official series has figures on {NAMES[course.gap].gap} for any geography shown."
    if len(years) == 1:
        return f"The figures on {NAMES[course.gap].gap} are of {years[0]} only: no change can be told."
    return f"No geography shown has figures on {NAMES[course.gap].gap} for both {years[0]} and {years[-1]}."


def _places(moves: pd.DataFrame, column: str) -> list[tuple[str, pd.DataFrame, str]]:
    """What became of the rows, the largest change in points first, and where: few by name, many by their number."""
    largest = moves.iloc[(-moves["change"].abs()).argsort(kind="stable")]
    found, of = [], f" of {spelled(len(moves))} geographies"
    for move in MOVES:
        rows = largest[largest[column] == move]
        where = listing(map(the_place, rows["geography"]))
        if len(rows) == len(moves) > 1:
            where = every(len(moves), "geographies")
        elif len(rows) > NAMED:
            where, of = f"{spelled(len(rows))}{of}", ""
        found += [(move, rows, where)] if len(rows) else []
    return found


def _span(moves: pd.DataFrame) -> str:
    first, last = moves.iloc[0][["year_from", "year_to"]]
    return f"{first} to {last}"


def _points(row: pd.Series, course: Course) -> str:
    """`9.2 to 12.0`; who was ahead, where not always the same: `men ahead by 0.9, then women ahead by 1.6`."""
    before, after = row["points_from"], row["points_to"]
    if min(before, after) >= 0:
        return f"{number(before, _decimals(row))} to {number(after, _decimals(row))}"
    return f"{_ahead(before, row, course)}, then {_ahead(after, row, course)}"


def _ahead(points: float, row: pd.Series, course: Course) -> str:
    if points == 0:
        return "both alike"
    ahead, behind = _sides(course)
    return f"{ahead if points > 0 else behind} ahead by {number(abs(points), _decimals(row))}"


def _sides(course: Course) -> tuple[str, str]:
    """The group that is usually ahead, and the other."""
    first, second, *_ = NAMES[course.gap]
    return (first, second) if course.gap.ahead == course.gap.first else (second, first)


def _decimals(row: pd.Series | dict[Any, Any]) -> int | None:
    """Decimals of the shares, and so of points; None where the source does not say."""
    return None if pd.isna(row["decimals_to"]) else int(row["decimals_to"])


def _ratios(row: pd.Series) -> str:
    """`0.69 to 0.72`; with a third decimal where two are alike."""
    before, after = row["ratio_from"], row["ratio_to"]
    places = 3 if f"{before:.2f}" == f"{after:.2f}" else 2
    return f"{before:.{places}f} to {after:.{places}f}"


def ratio_caption(course: Course) -> Caption:
    """Finding of the panels of ratios."""
    names = NAMES[course.gap]
    unit = f"{names.ratio}: share of {names.first} ÷ share of {names.second}"
    return _caption(course, sentence(f"{names.ratio} of {names.of}"), "ratio_moved", unit, "Thin line: equal shares.")


def points_caption(course: Course) -> Caption:
    """Finding of the panels of percentage points."""
    ahead, behind = _sides(course)
    note = f"Thin line: equal shares; below it {behind} are ahead."
    unit = f"{POINTS} by which {ahead} are ahead"
    return _caption(course, sentence(NAMES[course.gap].gap), "points_moved", unit, note)


def _caption(course: Course, what: str, column: str, unit: str, note: str) -> Caption:
    """Title of panels: what became of the figure in the column's terms."""
    moves, rows, words = course.moves, course.rows, WORDS[column]
    if rows.empty:
        return Caption(f"There is nothing to draw: {inside(what)}.")
    if moves.empty:
        title = f"{what}, {listing(sorted(set(rows['year'])))}"
    elif len(moves) == 1:
        row = moves.iloc[0]
        how = _ratios(row) if column == "ratio_moved" else f"{_points(row, course)} {POINTS}"
        title = f"{what}, {the_place(row['geography'])}, {_span(moves)}: {how}, {words[row[column]]}"
    else:
        kinds = _places(moves, column)
        found = [f"{words[move]} in {where}" for move, _, where in kinds if move != UNSURE or len(kinds) == 1]
        title = f"{what}, {_span(moves)}: {'; '.join(found)}"
    return _published(course, title, unit, note, _rounding(rows))


def _rounding(rows: pd.DataFrame) -> str:
    """From where on a change in points counts: beyond what four rounded shares can make of nothing."""
    if rows["decimals"].isna().any():
        return "The edition does not say how its shares are rounded: the last digit of each counts."
    decimals = int(rows["decimals"].min())
    least = number(2 * 10.0**-decimals, decimals)
    return (
        f"Shares are rounded to {count(decimals, 'decimal')}: rounding alone can change a gap by up to {least} points."
    )


def _published(course: Course, title: str, unit: str, *notes: str) -> Caption:
    place, of = "sheets and cells in the data of the pictures", course.sources
    return Caption(title, unit, place, notes, named(of), credits(of))


def table(course: Course) -> pd.DataFrame:
    """First and last year of every geography as a table for people, intervals in brackets."""
    rows, ratio = course.moves.to_dict("records"), sentence(NAMES[course.gap].ratio)
    columns = {"Geography": [row["geography"] for row in rows]}
    for end in ("from", "to") if rows else ():
        columns[f"{ratio}, {rows[0][f'year_{end}']}"] = [
            f"{row[f'ratio_{end}']:.3f} ({row[f'low_{end}']:.3f}–{row[f'high_{end}']:.3f})" for row in rows
        ]
    for end in ("from", "to") if rows else ():
        columns[f"Gap, {rows[0][f'year_{end}']}"] = [
            minus(number(row[f"points_{end}"], _decimals(row))) for row in rows
        ]
    columns["Change"] = ["+" * (row["change"] > 0) + minus(number(row["change"], _decimals(row))) for row in rows]
    return pd.DataFrame(columns)


def table_caption(course: Course) -> Caption:
    """Words around `table`."""
    if course.moves.empty:
        return Caption("There are no two years to compare.")
    title = sentence(f"{NAMES[course.gap].gap}, {_span(course.moves)}")
    return _published(course, title, "", "Gap and change in percentage points.")
