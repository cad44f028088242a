"""Space and terrestrial notices: levels, changes, composition, totals."""

from __future__ import annotations

import pandas as pd

from helpers.selection import Period
from helpers.sentences import tiles as figures
from helpers.sentences.wording import change, count, listing, number, percent

SHORT = {
    "Coordination and notification requests": "Coordination and notification",
    "Requests for broadcasting-satellite and associated feeder links Plans": "Broadcasting-satellite Plans",
    "Requests for fixed-satellite service Plan": "Fixed-satellite Plan",
    "Notices recorded in the MIFR/Plans": "Notices recorded",
    "Review of findings for terrestrial stations recorded in the MIFR": "Findings reviewed",
    "Notifications of coast and ship stations for recording in the ITU maritime database": "Coast and ship stations",
    "High-frequency broadcasting requirements": "HF broadcasting requirements",
    "Reports of harmful interference": "Harmful interference",
}


def notices(space: pd.DataFrame, terrestrial: pd.DataFrame) -> pd.DataFrame:
    """Both tables in one form, one row a series and year.

    Columns: table, category, measure, series (short name), year, value, note,
    partial, section, line. `partial` is true where the head of the table closes a
    year early.
    """
    up = space.assign(table="space_notices", measure="value", value=space["requests"])
    down = terrestrial.assign(table="terrestrial_notices", value=terrestrial["notices"], note=pd.NA)
    columns = ["table", "category", "measure", "year", "value", "note", "section", "line"]
    both = pd.concat([up[columns], down[columns]], ignore_index=True)
    both.insert(3, "series", [_series(row.category, row.measure) for row in both.itertuples()])
    both["partial"] = both["note"].fillna("").str.contains("until ")
    return both


def _series(category: str, measure: str) -> str:
    """Short name of a category, with its measure where it has two."""
    name = SHORT.get(category, category)
    if category.startswith("Monitoring observations"):
        name = "Monitoring"
    return name if measure == "value" else f"{name}, {measure}"


def totals(both: pd.DataFrame, printed: pd.DataFrame) -> pd.DataFrame:
    """Sum of the years beside the total that the report prints.

    Columns: table, series, ours, printed, difference (ours − printed), state
    (`agrees`, `differs`, or `ours only` where the report prints none), section,
    line.
    """
    sums = both.groupby(["table", "category", "measure", "series"], sort=False)["value"].sum(min_count=1).rename("ours")
    merged = sums.reset_index().merge(printed, on=["table", "category", "measure"], how="left")
    merged["printed"] = merged["printed_total"]
    merged["difference"] = merged["ours"] - merged["printed"]
    merged["state"] = ["ours only" if pd.isna(d) else "agrees" if d == 0 else "differs" for d in merged["difference"]]
    return merged[["table", "series", "ours", "printed", "difference", "state", "section", "line"]]


def changes(both: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Chosen year against the year before; the whole period: last against first.

    Columns: series, before, now (as printed), ratio (of a partial year: its annual
    rate, count ÷ share of the year covered), partial, note. Empty where there is no
    year before.
    """
    later, earlier = period.compared
    if earlier is None:
        return pd.DataFrame(columns=["series", "before", "now", "ratio", "partial", "note"])
    first = both[both["year"] == earlier].set_index("series")
    last = both[both["year"] == later].set_index("series")
    frame = pd.DataFrame({"before": first["value"], "now": last["value"]}).reindex(last.index)
    frame["partial"], frame["note"] = last["partial"], last["note"]
    covered = frame["partial"].map({True: period.fraction(later), False: 1.0})
    frame["ratio"] = frame["now"].astype("Float64") / covered / frame["before"]
    return frame.reset_index()


def composition(both: pd.DataFrame, table: str, period: Period) -> pd.DataFrame:
    """Share of each series in its table, chosen years together.

    Columns: series, value, share. Halves of `a/b` cells count apart.
    """
    rows = both[(both["table"] == table) & both["year"].isin(period.chosen)]
    frame = rows.groupby("series", sort=False)["value"].sum().rename("value").reset_index()
    frame["share"] = frame["value"] / frame["value"].sum()
    return frame.sort_values("value", ascending=False, kind="stable").reset_index(drop=True)


def counted_apart(space: pd.DataFrame) -> pd.DataFrame:
    """Requests of a year split by what its footnote counts apart.

    Columns: category, year, under (requests under the Resolution), rest, all.
    Empty where no footnote gives a count.
    """
    found = (
        space["note"].fillna("").str.extract(r"includes (?P<under>\d+) requests under (?P<resolution>Resolution \d+)")
    )
    rows = space.assign(under=pd.to_numeric(found["under"]), resolution=found["resolution"]).dropna(subset=["under"])
    rows = rows.assign(rest=rows["requests"] - rows["under"], all=rows["requests"])
    return rows[["category", "year", "resolution", "under", "rest", "all"]].reset_index(drop=True)


def split_years(space: pd.DataFrame) -> pd.DataFrame:
    """Years of the categories with a counted footnote: columns year, rest, under."""
    apart = counted_apart(space)
    rows = space[space["category"].isin(apart["category"])].merge(apart[["category", "year", "under"]], how="left")
    rows["under"] = rows["under"].fillna(0)
    return rows.assign(rest=rows["requests"] - rows["under"])[["year", "rest", "under"]].reset_index(drop=True)


def headline(both: pd.DataFrame, sums: pd.DataFrame, period: Period) -> list[str]:
    """Two or three sentences that answer the notebook's question."""
    rows = both[both["year"].isin(period.chosen)]
    space = rows[rows["table"] == "space_notices"]
    cut = f" (until {_close(space)} for space)" if space["partial"].any() else ""
    sentences = [
        f"In {period.label}{cut} the Bureau processed **{number(space['value'].sum())} space requests**; "
        f"{percent(space.groupby('series')['value'].sum().max() / space['value'].sum())} of them were "
        f"{space.groupby('series')['value'].sum().idxmax().lower()} requests."
    ]
    moved = changes(both, period).dropna(subset=["ratio"])
    if len(moved):
        up, down = moved.loc[moved["ratio"].idxmax()], moved.loc[moved["ratio"].idxmin()]
        base = period.before or period.years[0]
        said = [
            f"{row['series']} ({number(row['before'])} to {number(row['now'])}, {change(row['ratio'], 1)}"
            + (" at an annual rate)" if row["partial"] else ")")
            for row in (up, down)
        ]
        sentences.append(f"Against {base}, {said[0]} rose most and {said[1]} fell most.")
    else:
        sentences.append(f"{period.label} is the first year of the tables, so no change can be shown.")
    missing, wrong = sums[sums["state"] == "ours only"], sums[sums["state"] == "differs"]
    sentences.append(
        f"Of {len(sums)} totals the report prints {len(sums) - len(missing)}, and {'all of these add up' if wrong.empty else count(len(wrong), 'of them does', 'of them do') + ' not add up'}; "
        f"the missing one ({listing(list(missing['series']))}) is ours: {listing([number(v) for v in missing['ours']])}."
        if len(missing)
        else f"All {len(sums)} totals are printed."
    )
    return sentences


def key_figures(both: pd.DataFrame, sums: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Headline figures: space requests, notices recorded, interference, totals (see `key_figures`).

    `period` closes with the space table; the terrestrial one names no closing day.
    """
    whole = Period(period.years, period.year)
    printed = sums[sums["state"] != "ours only"]
    return figures.frame(
        [
            figures.counted("space requests processed", both[both["table"] == "space_notices"], "value", period),
            figures.counted(
                "terrestrial notices recorded in the MIFR", both[both["series"] == "Notices recorded, MIFR"], "value", whole
            ),
            figures.counted("reports of harmful interference", both[both["series"] == "Harmful interference"], "value", whole),
            figures.row(
                "printed totals add up", f"{(printed['state'] == 'agrees').sum()} of {len(printed)}",
                f"{count(len(sums) - len(printed), 'total')} not printed, ours instead", sums,
            ),
        ]
    )  # fmt: skip


def _close(space: pd.DataFrame) -> str:
    found = space["note"].fillna("").str.extract(r"until ([^;]+)")[0].dropna()
    return str(found.iloc[0]) if len(found) else ""


def levels_title(both: pd.DataFrame) -> str:
    """Finding of the dots on a log scale."""
    sizes = both.groupby("series")["value"].agg(["min", "max"])
    low, high = sizes["min"].min(), sizes["max"].max()
    return (
        f"From {number(low)} to {number(high)} a year: the largest count is {number(high / low, 0)} times the smallest"
    )


def changes_title(moved: pd.DataFrame, period: Period) -> str:
    """Finding of the change chart."""
    up = int((moved["ratio"] > 1).sum())
    base = period.before or period.years[0]
    return f"{count(up, 'series', 'series').capitalize()} of {len(moved)} rose against {base}"


def steadiest(both: pd.DataFrame) -> str:
    """Finding of the panels: the series that swings most and least."""
    spread = both.groupby("series")["value"].agg(lambda v: float(v.max()) / float(v.min()))
    return f"{spread.idxmax()} swings most (× {spread.max():.0f} between years), {spread.idxmin()} least (× {spread.min():.2f})"


def split_title(apart: pd.DataFrame) -> str:
    """Finding of the bars split by the footnote."""
    row = apart.iloc[0]
    return f"Without {row['resolution']} the requests of {int(row['year'])} would be {number(row['rest'])} instead of {number(row['all'])}"


def notes(both: pd.DataFrame) -> list[str]:
    """Footnotes of the tables, one line a distinct note."""
    noted = both.dropna(subset=["note"])
    grouped = noted.groupby("note", sort=False)["series"].agg(lambda names: listing(list(dict.fromkeys(names))))
    years = noted.groupby("note", sort=False)["year"].first()
    return [f"{years[note]}, {names}: {note}." for note, names in grouped.items()]


def change_notes(moved: pd.DataFrame, chosen: pd.DataFrame) -> list[str]:
    """Which ratios are annual rates, and the footnotes of the chosen years."""
    cut = list(moved.loc[moved["partial"], "series"])
    return [*([f"At an annual rate: {listing(cut)}."] if cut else []), *notes(chosen)]


def share_title(made: pd.DataFrame, what: str) -> str:
    """Finding of a composition."""
    return f"{made['series'].iloc[0]} makes up {percent(made['share'].iloc[0])} of {number(made['value'].sum())} {what}"
