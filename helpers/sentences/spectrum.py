"""Words of the page on space and terrestrial notices."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from helpers.analyses import spectrum
from helpers.analyses.spectrum import SPACE, TERRESTRIAL
from helpers.period import Period
from helpers.selection import Selection
from helpers.sentences import tiles, wording
from helpers.sentences.caption import Caption
from helpers.sentences.wording import change, closing_day, count, inside, listing, number, percent, sentence, when
from helpers.sentences.wording import dated as dated

ITEMS = {SPACE: "space requests", TERRESTRIAL: "terrestrial items"}
BASIS = {"partial": " at an annual rate", "unknown": ", closing day unknown"}
SHARES = {"series": "Series", "year": "Year", "value": "Items", "share": "Share of all"}
TOTALS = {
    "series": "Series", "ours": "Sum of the years", "printed": "Printed total", "difference": "Difference",
    "state": "State",
}  # fmt: skip


def answer(both: pd.DataFrame, sums: pd.DataFrame, chosen: Selection) -> list[str]:
    """Three or four sentences that answer the page's question."""
    requests = [_requests(both, one) for one in chosen.of(SPACE).each]
    return [*requests, *_moves(both, chosen), _totals(sums)]


def _requests(both: pd.DataFrame, period: Period) -> str:
    """How many space requests, and what most of them were."""
    made = spectrum.composition(both, SPACE, period)
    if made.empty:
        return f"The report gives no space requests for {period.label}."
    said = f"In {when(period)}, " if "," in when(period) else f"In {when(period)} "
    said += f"the Bureau processed **{number(made['value'].sum())} space requests**"
    if len(made) == 1 or made["value"].sum() == 0:
        return f"{said}."
    return f"{said}; {percent(made['share'].iloc[0])} of them were {_named(inside(made['series'].iloc[0]))}."


def _moves(both: pd.DataFrame, chosen: Selection) -> list[str]:
    """What rose and what fell most; a year of unknown coverage is never said to fall."""
    moved = spectrum.changes(both, chosen).dropna(subset=["ratio"])
    if moved.empty:
        return [f"{_no_pair(chosen.period)}, so no change can be shown."]
    return [f"{_most_moved(moved, chosen.period, _move)}.", *_unclosed(moved, both, chosen.period)]


def _most_moved(moved: pd.DataFrame, period: Period, said: Callable[[pd.Series, str], str]) -> str:
    """`From 2018 to 2019 … rose most and … fell most`; `said` puts a row and its verb into words."""
    unknown = moved["coverage"] == "unknown"
    up = moved[moved["ratio"] > 1].sort_values("ratio", ascending=False, kind="stable")
    down = moved[(moved["ratio"] < 1) & ~unknown].sort_values("ratio", kind="stable")
    most = {"rose": up, "fell": down}
    ends = [said(rows.iloc[0], verb + " most" * (len(rows) > 1)) for verb, rows in most.items() if len(rows)]
    none = f"no series {'is known to have ' if unknown.any() else ''}changed"
    later, earlier = period.compared
    return f"From {earlier} to {later} {' and '.join(ends) or none}"


def _move(row: pd.Series, verb: str) -> str:
    """`reviews of findings rose most (5 to 8, up 60 % at an annual rate)`."""
    said = change(row["ratio"], 1) + BASIS.get(row["coverage"], "")
    return f"{inside(row['series'])} {verb} ({number(row['before'])} to {number(row['now'])}, {said})"


def _no_pair(period: Period) -> str:
    """Why there is no change to show: no year before, or no series with a count in both."""
    later, earlier = period.compared
    if earlier is not None:
        return f"No series has counts of {earlier} and {later} to compare"
    return f"{later} is the first year of the tables" if later == period.years[0] else f"The tables have no {later - 1}"


def _unclosed(rows: pd.DataFrame, both: pd.DataFrame, period: Period) -> list[str]:
    """Which tables name no closing day, and how their last year stands; empty where the `rows` are of known years."""
    if not (rows["coverage"] == "unknown").any():
        return []
    tables = both.loc[both["coverage"] == "unknown", "table"].unique()
    names = listing(table.removesuffix("_notices") for table in tables)
    said = f"The {names} {'table names' if len(tables) == 1 else 'tables name'} no closing day for {period.years[-1]}"
    found = spectrum.standing(both, period)
    if found is None or found.high >= 1:
        return [f"{said}."]
    ends = list(dict.fromkeys(percent(ratio) for ratio in (found.low, found.high)))
    whose = f"{'its' if len(tables) == 1 else 'their'} {count(found.of, 'series', 'series')}"
    return [f"{said}; {count(found.series, 'of', 'of')} {whose} stand at {' to '.join(ends)} of {found.before}."]


def _totals(sums: pd.DataFrame) -> str:
    """Whether the printed totals add up, and which are ours."""
    if sums.empty:
        return "The report gives no notices by year, so there is no total to check."
    ours, printed = sums[sums["state"] == "ours only"], sums[sums["state"] != "ours only"]
    if printed.empty:
        return "The report prints no totals; the sums of the years are ours."
    if ours.empty:
        return f"{_adding(printed)}."
    missing = listing(ours["series"].map(inside) + " (" + ours["ours"].map(number) + ")")
    are = "is not printed and is ours" if len(ours) == 1 else "are not printed and are ours"
    return f"{_adding(printed)}; the {'total' if len(ours) == 1 else 'totals'} of {missing} {are}."


def _adding(printed: pd.DataFrame) -> str:
    """Whether the printed totals add up, with the names of those that do not."""
    wrong, left = printed[printed["state"] == "differs"], printed[printed["state"] == "incomplete"]
    every = "The one printed total" if len(printed) == 1 else f"All {len(printed)} printed totals"
    if wrong.empty and left.empty:
        return f"{every} {'adds' if len(printed) == 1 else 'add'} up"
    said = [f"the total of {listing(map(inside, wrong['series']))} does not add up"] if len(wrong) else []
    said += [f"that of {listing(map(inside, left['series']))} cannot be checked"] if len(left) else []
    rest = len(printed) - len(wrong) - len(left)
    return f"{sentence(' and '.join(said))}{f'; the other {rest} do' if rest > 1 else ''}"


def figures(both: pd.DataFrame, sums: pd.DataFrame, chosen: Selection) -> pd.DataFrame:
    """Headline figures: space requests, the edition's own series, totals (columns: see `tiles`)."""
    rows = [tiles.counted("space requests processed", both[both["table"] == SPACE], "value", chosen.of(SPACE))]
    for name, what in chosen.edition.rules("spectrum").get("tiles", {}).items():
        rows.append(tiles.counted(what, both[both["series"] == name], "value", chosen.of(TERRESTRIAL)))
    printed = sums[sums["state"] != "ours only"]
    checked = printed[printed["state"] != "incomplete"]
    agree = f"{(checked['state'] == 'agrees').sum()} of {len(checked)}" if len(checked) else "not reported"
    about = "every total printed" if len(sums) else "no notices by year"
    if len(printed) < len(sums):
        about = f"{count(len(sums) - len(printed), 'total')} not printed, ours instead"
    return tiles.frame([*rows, tiles.row("printed totals add up", agree, about, printed)])


def levels(both: pd.DataFrame, chosen: Selection, of: str = "any series") -> Caption:
    """Finding of the dots on a log scale: the largest and the smallest count; `of` names whose."""
    counts = both.dropna(subset=["value"]).sort_values("value", kind="stable")
    if counts.empty:
        return Caption("The report gives no notices by year.")
    low, high = counts.iloc[0], counts.iloc[-1]
    if low["value"] == high["value"]:
        title = f"Every count is {number(low['value'])} a year"
    elif counts["series"].nunique() == 1:
        from_or_to = "after as few as" if low["year"] < high["year"] else "and came down to"
        title = f"{high['series']} reached {number(high['value'])} in {high['year']}, "
        title += f"{from_or_to} {number(low['value'])} in {low['year']}"
    else:
        title = f"{high['series']} reached {number(high['value'])} in {high['year']}, the most of {of}; "
        title += f"{inside(low['series'])} came to {number(low['value'])} in {low['year']}, the fewest"
    return Caption(title, "items a year, log scale", wording.source(both), tuple(_footnotes(both, chosen)))


def panels(both: pd.DataFrame, chosen: Selection) -> Caption:
    """Finding of the panels: the series that swing most and least between whole years."""
    swing = spectrum.swings(both)
    if both.empty:
        return Caption("The report gives no notices by year.")
    title = swung(swing) if len(swing) else "No series has two whole years to compare"
    if chosen.period.picked and not len(swing):
        title = changes(spectrum.changes(both, chosen), both, chosen).title
    last = chosen.period.years[-1]
    looks = {
        "partial": "Hatched: {}, to the day on which the table closes.",
        "unknown": "Dotted: {}, which may be cut.",
    }
    notes = tuple(look.format(last) for state, look in looks.items() if (both["coverage"] == state).any())
    return Caption(title, "items", wording.source(both), notes)


def swung(swing: pd.Series) -> str:
    """How far one series swings between whole years, or which of several swings most and least.

    `swing` is as `analyses.spectrum.swings` gives it, most first.
    """
    most, least = _times(swing.iloc[0]), _times(swing.iloc[-1])
    if len(swing) == 1:
        return f"{swing.index[0]} swing by {most} between whole years"
    return f"{swing.index[0]} swing most from year to year ({most}), {inside(swing.index[-1])} least ({least})"


def changes(moved: pd.DataFrame, both: pd.DataFrame, chosen: Selection) -> Caption:
    """Finding of the ratios: what rose and fell most; `moved` as from `analyses.spectrum.changes`."""
    compared = moved.dropna(subset=["ratio"])
    if compared.empty:
        return Caption(f"{_no_pair(chosen.period)}.")
    title = _most_moved(
        compared, chosen.period, lambda row, verb: f"{inside(row['series'])} {verb} ({_times(row['ratio'])})"
    )
    rates, missing = compared[compared["coverage"] == "partial"], moved[moved["ratio"].isna()]
    said = (("At an annual rate", rates["series"]), ("No figure in one of the two years", missing["series"]))
    notes = (f"{what}: {listing(names)}." for what, names in said if len(names))
    unclosed = _unclosed(compared, both, chosen.period)
    return Caption(title, "level against the earlier year", wording.source(both), (*notes, *unclosed))


def change_rows(moved: pd.DataFrame) -> pd.DataFrame:
    """The rows of `moved` that have a ratio, annual rates in whole numbers."""
    rows = moved.dropna(subset=["ratio"])
    return rows.assign(rate=rows["rate"].round())


def shares(made: pd.DataFrame, table: str, both: pd.DataFrame, chosen: Selection) -> Caption:
    """Finding of a composition of `table`; `made` as from `analyses.spectrum.composition`."""
    what, rows, period = ITEMS[table], chosen.period.within(both[both["table"] == table]), chosen.of(table)
    if made.empty:
        return Caption(f"The report gives no {what} for {period.label}.")
    of_years = [(one, made[made["year"] == one.year] if period.picked else made) for one in period.each]
    said = [_most(found, what, one) + (f" in {when(one)}" if period.picked else "") for one, found in of_years]
    return Caption(wording.beside(said), what.split()[1], wording.source(rows))


def _most(made: pd.DataFrame, what: str, period: Period) -> str:
    """Which series has most of a year or the whole period."""
    total, most = f"{number(made['value'].sum())} {what}", made.sort_values("value", ascending=False, kind="stable")
    if made.empty:
        return f"The report gives no {what} for {period.label}."
    if len(made) == 1 or made["share"].isna().any():
        return f"{total} in {when(period)}"
    return f"{most['series'].iloc[0]} make up {percent(most['share'].iloc[0])} of {total}"


def footnote(both: pd.DataFrame, chosen: Selection) -> Caption:
    """Finding of the bars split by what a footnote counts apart, the largest such count."""
    apart = spectrum.counted_apart(both).sort_values("under", ascending=False, kind="stable")
    if apart.empty:
        return Caption(f"No footnote{wording.of_picked(chosen.period, 'of')} counts requests apart.")
    row, names = apart.iloc[0], [_named(inside(name)) for name in apart["series"].unique()]
    whose = "the requests" if len(names) == 1 else f"the {names[0]}"
    instead = f"{number(row['rest'])} instead of {number(row['all'])}"
    title = f"Without {row['resolution']} {whose} of {int(row['year'])} would be {instead}"
    rows = both[both["series"].isin(apart["series"])]
    notes = tuple(wording.partial_note(chosen.of(SPACE), rows["year"]))
    return Caption(title, listing(names), wording.source(rows), notes)


def totals(sums: pd.DataFrame, printed: pd.DataFrame) -> Caption:
    """Heading of the table of totals."""
    if sums.empty:
        return Caption("The report gives no notices by year, so there is no total to check.")
    return Caption("Sum of the years against the printed total", source=wording.source(printed))


def _footnotes(rows: pd.DataFrame, chosen: Selection) -> list[str]:
    """Footnotes of the rows, and the closing day of a cut year that has none; a line a year and note."""
    cut = rows["note"].isna() & (rows["coverage"] == "partial")
    days = rows["table"].map({table: f"until {closing_day(chosen.of(table))}" for table in ITEMS})
    noted = rows.assign(note=rows["note"].where(~cut, days)).dropna(subset=["note"])
    return [
        f"{year}, {listing(found['series'].unique())}: {note}."
        for (year, note), found in noted.groupby(["year", "note"], sort=False)
    ]


def _times(ratio: float) -> str:
    return f"× {ratio:.0f}" if ratio >= 10 else f"× {ratio:.2f}"


def _named(kind: str) -> str:
    """A kind of requests (`coordination` → `coordination requests`)."""
    return kind if "request" in kind else f"{kind} requests"
