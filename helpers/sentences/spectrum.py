"""Words of the page on space and terrestrial notices."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from helpers.analyses import spectrum
from helpers.analyses.spectrum import SPACE, TERRESTRIAL
from helpers.selection import Period, Selection
from helpers.sentences import tiles, wording
from helpers.sentences.caption import Caption
from helpers.sentences.wording import change, count, listing, number, percent

ITEMS = {SPACE: "space requests", TERRESTRIAL: "terrestrial items"}
BASIS = {"partial": " at an annual rate", "unknown": ", closing day unknown"}
SHARES = {"series": "Series", "value": "Items", "share": "Share of all"}
TOTALS = {
    "series": "Series", "ours": "Sum of the years", "printed": "Printed total", "difference": "Difference",
    "state": "State",
}  # fmt: skip


def answer(both: pd.DataFrame, sums: pd.DataFrame, chosen: Selection) -> list[str]:
    """Three or four sentences that answer the page's question."""
    return [_requests(both, chosen), *_moves(both, chosen), _totals(sums)]


def _requests(both: pd.DataFrame, chosen: Selection) -> str:
    """How many space requests, and what most of them were."""
    period = chosen.of(SPACE)
    made = spectrum.composition(both, SPACE, period)
    if made.empty:
        return f"The report gives no space requests for {period.label}."
    cut = f" (until {_day(period)} for space)" if any(map(period.partial, period.chosen)) else ""
    said = f"In {period.label}{cut} the Bureau processed **{number(made['value'].sum())} space requests**"
    if len(made) == 1 or made["value"].sum() == 0:
        return f"{said}."
    return f"{said}; {percent(made['share'].iloc[0])} of them were {_named(_inside(made['series'].iloc[0]))}."


def _moves(both: pd.DataFrame, chosen: Selection) -> list[str]:
    """What rose and what fell most; a year of unknown coverage is never said to fall."""
    moved = spectrum.changes(both, chosen).dropna(subset=["ratio"])
    if moved.empty:
        return [f"{_no_pair(chosen.period)}, so no change can be shown."]
    unknown = moved["coverage"] == "unknown"
    up = moved[moved["ratio"] > 1].sort_values("ratio", ascending=False, kind="stable")
    down = moved[(moved["ratio"] < 1) & ~unknown].sort_values("ratio", kind="stable")
    said = [
        f"{_move(rows.iloc[0])} {verb}{' most' if len(rows) > 1 else ''}"
        for rows, verb in ((up, "rose"), (down, "fell"))
        if len(rows)
    ]
    none = f"no series {'is known to have ' if unknown.any() else ''}changed"
    sentences = [f"Against {chosen.period.compared[1]}, {' and '.join(said) or none}."]
    return [*sentences, *_unclosed(both, chosen.period)] if unknown.any() else sentences


def _move(row: pd.Series) -> str:
    """`X (5 to 8, up 60 % at an annual rate)`."""
    said = change(row["ratio"], 1) + BASIS.get(row["coverage"], "")
    return f"{row['series']} ({number(row['before'])} to {number(row['now'])}, {said})"


def _no_pair(period: Period) -> str:
    """Why there is no change to show: no year before, or no series with a count in both."""
    later, earlier = period.compared
    if earlier is not None:
        return f"No series has counts of {earlier} and {later} to compare"
    return f"{later} is the first year of the tables" if later == period.years[0] else f"The tables have no {later - 1}"


def _unclosed(both: pd.DataFrame, period: Period) -> list[str]:
    """Which tables name no closing day, and how their last year stands; empty where all do."""
    tables = both.loc[both["coverage"] == "unknown", "table"].unique()
    if not len(tables):
        return []
    names = listing(table.removesuffix("_notices") for table in tables)
    said = f"The {names} {'table names' if len(tables) == 1 else 'tables name'} no closing day for {period.years[-1]}"
    found = spectrum.standing(both, period)
    if found is None or found.high >= 1:
        return [f"{said}."]
    ends = list(dict.fromkeys(f"{ratio:.2f}" for ratio in (found.low, found.high)))
    whose = f"{'its' if len(tables) == 1 else 'their'} {count(found.of, 'series', 'series')}"
    return [f"{said}: {count(found.series, 'of', 'of')} {whose} stand at {' to '.join(ends)} of {found.year - 1}."]


def _totals(sums: pd.DataFrame) -> str:
    """Which totals the report prints, whether they add up, and which are ours."""
    if sums.empty:
        return "The report gives no notices by year, so there is no total to check."
    ours, printed = sums[sums["state"] == "ours only"], sums[sums["state"] != "ours only"]
    if printed.empty:
        return "The report prints no totals; the sums of the years are ours."
    if ours.empty:
        every = "The one total is" if len(sums) == 1 else f"All {len(sums)} totals are"
        return f"{every} printed, and {_adding(printed)}."
    which = "the missing one" if len(ours) == 1 else "the others"
    return (
        f"Of {len(sums)} totals the report prints {len(printed)}, and {_adding(printed)}; {which} "
        f"({listing(ours['series'])}) {'is' if len(ours) == 1 else 'are'} ours: {listing(map(number, ours['ours']))}."
    )


def _adding(printed: pd.DataFrame) -> str:
    """Whether the printed totals add up, with the names of those that do not."""
    wrong, left = printed[printed["state"] == "differs"], printed[printed["state"] == "incomplete"]
    said = []
    if len(wrong):
        said.append(f"{count(len(wrong), 'of them does', 'of them do')} not add up ({listing(wrong['series'])})")
    if len(left):
        said.append(f"{count(len(left), 'of them', 'of them')} cannot be checked ({listing(left['series'])})")
    return " and ".join(said) or ("it adds up" if len(printed) == 1 else "all of these add up")


def figures(both: pd.DataFrame, sums: pd.DataFrame, chosen: Selection) -> pd.DataFrame:
    """Headline figures: space requests, the edition's own series, totals (columns: see `tiles`)."""
    series = chosen.edition.rules("spectrum").get("tiles", {})
    printed = sums[sums["state"] != "ours only"]
    checked = printed[printed["state"] != "incomplete"]
    left = f"{count(len(sums) - len(printed), 'total')} not printed, ours instead"
    return tiles.frame(
        [
            tiles.counted("space requests processed", both[both["table"] == SPACE], "value", chosen.of(SPACE)),
            *(
                tiles.counted(what, both[both["series"] == name], "value", chosen.of(TERRESTRIAL))
                for name, what in series.items()
            ),
            tiles.row(
                "printed totals add up",
                f"{(checked['state'] == 'agrees').sum()} of {len(checked)}" if len(checked) else "not reported",
                left if len(printed) < len(sums) else "every total printed" if len(sums) else "no notices by year",
                printed,
            ),
        ]
    )


def levels(both: pd.DataFrame, chosen: Selection) -> Caption:
    """Finding of the dots on a log scale."""
    counts = both["value"].dropna()
    low, high = counts.min(), counts.max()
    if counts.empty:
        title = "The report gives no notices by year."
    elif low == high:
        title = f"Every count is {number(low)} a year"
    else:
        times = f": the largest count is {number(high / low, 0)} times the smallest" if low else ""
        title = f"From {number(low)} to {number(high)} a year{times}"
    return _caption(title, "items a year, log scale", both, chosen)


def panels(both: pd.DataFrame, chosen: Selection) -> Caption:
    """Finding of the panels: the series that swing most and least between whole years."""
    swing = spectrum.swings(both)
    if both.empty:
        title = "The report gives no notices by year."
    elif swing.empty:
        title = "No series has two whole years to compare"
    else:
        title = swung(swing, "swings", _times)
    return _caption(title, "items", both, chosen)


def swung(swing: pd.Series, verb: str, times: Callable[[float], str]) -> str:
    """How far one series swings between whole years, or which of several swings most and least.

    `swing` is as `analyses.spectrum.swings` gives it, most first; `times` says a ratio.
    """
    most, least = times(swing.iloc[0]), times(swing.iloc[-1])
    if len(swing) == 1:
        return f"{swing.index[0]} {verb} by {most} between whole years"
    return f"{swing.index[0]} {verb} most between whole years ({most}), {swing.index[-1]} least ({least})"


def changes(moved: pd.DataFrame, both: pd.DataFrame, chosen: Selection) -> Caption:
    """Finding of the ratios: how many series rose; `moved` as from `analyses.spectrum.changes`."""
    compared, base = moved.dropna(subset=["ratio"]), chosen.period.compared[1]
    up = int((compared["ratio"] > 1).sum())
    open_ones = ((compared["coverage"] == "unknown") & (compared["ratio"] <= 1)).any()
    if compared.empty:
        return Caption(f"{_no_pair(chosen.period)}.")
    if len(compared) == 1:
        title = f"Against {base}: {_move(compared.iloc[0])}"
    elif open_ones and not up:
        title = f"No series of {len(compared)} is known to have risen against {base}"
    else:
        said = f"{count(up, 'series', 'series')} of {len(compared)} rose against {base}"
        title = f"At least {said}" if open_ones else said.capitalize()
    rates = list(compared.loc[compared["coverage"] == "partial", "series"])
    left = moved[moved["ratio"].isna()]
    gone = [
        f"{name} ({number(before)} to {number(now)})"
        for name, before, now in zip(left["series"], left["before"], left["now"], strict=True)
    ]
    notes = [(rates, "At an annual rate"), (gone, "Without a ratio")]
    said_notes = tuple(f"{what}: {listing(names)}." for names, what in notes if names)
    return _caption(title, "level against the earlier year", both, chosen, said_notes, page=True)


def change_rows(moved: pd.DataFrame) -> pd.DataFrame:
    """The rows of `moved` that have a ratio, annual rates in whole numbers."""
    rows = moved.dropna(subset=["ratio"])
    return rows.assign(rate=rows["rate"].round())


def shares(made: pd.DataFrame, table: str, both: pd.DataFrame, chosen: Selection) -> Caption:
    """Finding of a composition of `table`; `made` as from `analyses.spectrum.composition`."""
    what, rows = ITEMS[table], both[both["table"] == table]
    total = f"{number(made['value'].sum())} {what}"
    if made.empty:
        return Caption(f"The report gives no {what} for {chosen.period.label}.")
    if len(made) == 1 or made["share"].isna().any():
        title = f"{total} in {chosen.period.label}"
    else:
        title = f"{made['series'].iloc[0]} makes up {percent(made['share'].iloc[0])} of {total}"
    return _caption(title, what.split()[1], rows, chosen, page=True)


def footnote(both: pd.DataFrame, chosen: Selection) -> Caption:
    """Finding of the bars split by what a footnote counts apart, the largest such count."""
    apart = spectrum.counted_apart(both).sort_values("under", ascending=False, kind="stable")
    if apart.empty:
        return Caption("No footnote counts requests apart.")
    row, names = apart.iloc[0], [_inside(name) for name in apart["series"].unique()]
    whose = "the requests" if len(names) == 1 else f"the {_named(names[0])}"
    title = (
        f"Without {row['resolution']} {whose} of {int(row['year'])} would be {number(row['rest'])} "
        f"instead of {number(row['all'])}"
    )
    rows = both[both["table"] == SPACE]
    unit = listing(names) if "request" in names[0] else f"requests for {listing(names)}"
    return _caption(title, unit, rows, chosen)


def totals(sums: pd.DataFrame, printed: pd.DataFrame) -> Caption:
    """Heading of the table of totals."""
    if sums.empty:
        return Caption("The report gives no notices by year, so there is no total to check.")
    return Caption("Sum of the years against the printed total", source=wording.source(printed))


def one_series(rows: pd.DataFrame, chosen: Selection) -> Caption:
    """Finding of one series by year."""
    if rows.empty:
        return Caption("The report gives no notices by year.")
    said = f"{rows['series'].iloc[0]}: {number(rows['value'].sum(min_count=1))} in all"
    return _caption(said, "items", rows, chosen)


def _caption(
    title: str, unit: str, rows: pd.DataFrame, chosen: Selection, notes: tuple[str, ...] = (), page: bool = False
) -> Caption:
    """A caption of `rows`, noted for all their years, or for those of the page alone."""
    noted = rows[rows["year"].isin(chosen.period.chosen)] if page else rows
    unclosed = _unclosed(rows, chosen.period) if (noted["coverage"] == "unknown").any() else []
    return Caption(title, unit, wording.source(rows), (*notes, *_footnotes(noted, chosen), *unclosed))


def _footnotes(rows: pd.DataFrame, chosen: Selection) -> list[str]:
    """Footnotes of the rows, and the closing day of a cut year that has none; a line a year and note."""
    cut = rows["note"].isna() & (rows["coverage"] == "partial")
    days = rows["table"].map({table: f"until {_day(chosen.of(table))}" for table in ITEMS})
    noted = rows.assign(note=rows["note"].where(~cut, days)).dropna(subset=["note"])
    return [
        f"{year}, {listing(found['series'].unique())}: {note}."
        for (year, note), found in noted.groupby(["year", "note"], sort=False)
    ]


def _day(period: Period) -> str:
    """The day on which a table closes (`16 November`)."""
    return f"{period.closes.day} {period.closes:%B}" if period.closes else ""


def _times(ratio: float) -> str:
    return f"× {ratio:.0f}" if ratio >= 10 else f"× {ratio:.2f}"


def _named(kind: str) -> str:
    """A kind of requests (`coordination` → `coordination requests`)."""
    return kind if "request" in kind else f"{kind} requests"


def _inside(name: str) -> str:
    """A name inside a sentence: its first letter small, unless it begins with an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
