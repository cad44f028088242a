"""Throughput of Recommendations: ITU-T by study group, ITU-R by working party."""

from __future__ import annotations

import pandas as pd

from helpers.selection import Period
from helpers.sentences import tiles as figures
from helpers.sentences.wording import change, count, listing, number, percent

TYPES = ["recommendation", "amendment", "corrigendum"]
TYPE_LABELS = {"recommendation": "New or revised", "amendment": "Amendments", "corrigendum": "Corrigenda"}
SHARING_LABELS = {"alone": "Own row only", "several_rows": "In several rows", "joint_row": "In a joint row"}


def study_groups(table: pd.DataFrame) -> list[str]:
    """Study groups in the order of the report's table."""
    return list(dict.fromkeys(table["study_group"]))


def by_group(table: pd.DataFrame, period: Period, groups: list[str]) -> pd.DataFrame:
    """Approvals of the chosen years, one row a study group, most first.

    Columns: study_group, name, recommendation, amendment, corrigendum, entries,
    designations (distinct). A group without a row in the table is left out.
    """
    rows = table[table["year"].isin(period.chosen) & table["study_group"].isin(groups)]
    counts = rows.groupby(["study_group", "document_type"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=TYPES, fill_value=0)
    counts["entries"] = counts.sum(axis=1)
    counts["designations"] = rows.groupby("study_group")["designation"].nunique()
    names = rows.groupby("study_group")["study_group_name"].first()
    counts.insert(0, "name", names)
    return counts.sort_values(["entries", "designations"], ascending=False, kind="stable").reset_index()


def by_year(table: pd.DataFrame, period: Period, groups: list[str]) -> pd.DataFrame:
    """Approvals of every year, all chosen groups together.

    Columns: year, recommendation, amendment, corrigendum, entries, designations,
    covered (share of the year), annual_rate (entries ÷ covered), partial.
    """
    rows = table[table["study_group"].isin(groups)]
    counts = rows.groupby(["year", "document_type"]).size().unstack(fill_value=0).reindex(columns=TYPES, fill_value=0)
    counts["entries"] = counts.sum(axis=1)
    counts["designations"] = rows.groupby("year")["designation"].nunique()
    counts = counts.reset_index()
    counts["covered"] = [period.fraction(int(year)) for year in counts["year"]]
    counts["annual_rate"] = counts["entries"] / counts["covered"]
    counts["partial"] = counts["covered"] < 1
    return counts


def group_years(table: pd.DataFrame, period: Period, groups: list[str], annualise: bool = True) -> pd.DataFrame:
    """Entries per study group and year; a year without a row is missing.

    Columns: study_group, year, entries, value (entries, or entries a year where
    the year is partial and `annualise`), partial.
    """
    counts = table[table["study_group"].isin(groups)].groupby(["study_group", "year"]).size()
    grid = pd.MultiIndex.from_product([groups, period.years], names=["study_group", "year"])
    frame = counts.reindex(grid).astype("Int64").rename("entries").reset_index()
    covered = frame["year"].map(lambda year: period.fraction(int(year)) if annualise else 1.0)
    frame["value"] = frame["entries"].astype("Float64") / covered
    frame["partial"] = frame["year"].map(lambda year: period.partial(int(year)))
    return frame


def rate_ratios(table: pd.DataFrame, period: Period, groups: list[str]) -> pd.DataFrame:
    """Rate of the chosen year ÷ rate of the year before, with exact intervals.

    For the whole period the last year is held against the first. Counts are
    taken as Poisson; the 95 % interval of the ratio is the Clopper–Pearson
    interval of the share that falls in the later year, given both years' sum
    (Przyborowski and Wilenski, 1940), with each year's covered part as exposure.

    Columns: study_group, before, now (counts), ratio, low, high, clear (the
    interval leaves out 1). Groups without a row in either year are left out;
    empty where there is no year before.
    """
    columns = ["study_group", "before", "now", "ratio", "low", "high", "clear"]
    later, earlier = period.compared
    if earlier is None:
        return pd.DataFrame(columns=columns)
    exposure = period.fraction(earlier) / period.fraction(later)
    rows = []
    for group in groups:
        of_group = table[table["study_group"] == group]
        before, now = (int((of_group["year"] == year).sum()) for year in (earlier, later))
        if not before or not now:
            continue
        low, high = poisson_ratio(now, before)
        rows.append([group, before, now, now / before * exposure, low * exposure, high * exposure])
    frame = pd.DataFrame(rows, columns=columns[:-1])
    frame["clear"] = (frame["low"] > 1) | (frame["high"] < 1)
    return frame.sort_values("ratio", ascending=False, kind="stable").reset_index(drop=True)


def poisson_ratio(now: int, before: int, level: float = 0.95) -> tuple[float, float]:
    """Exact interval of the ratio of two Poisson means, same exposure.

    Both counts above zero. Conditional on the sum the later count is binomial.
    """
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    low = betaincinv(now, before + 1, tail)
    high = betaincinv(now + 1, before, 1 - tail)
    return float(low / (1 - low)), float(high / (1 - high))


def concentration(table: pd.DataFrame, groups: list[str], top: int = 3) -> pd.DataFrame:
    """How far a few groups carry the output, by year.

    Columns: year, groups (with approvals), top_groups, top_share (of the `top`
    largest), hhi (Herfindahl–Hirschman index, sum of squared shares, 1/groups
    to 1), evenly_spread (the index if all groups had approved alike).
    """
    rows = []
    for year, of_year in table[table["study_group"].isin(groups)].groupby("year"):
        shares = of_year["study_group"].value_counts(normalize=True)
        rows.append(
            [
                year,
                len(shares),
                listing(list(shares.index[:top])),
                shares.iloc[:top].sum(),
                (shares**2).sum(),
                1 / len(shares),
            ]
        )
    return pd.DataFrame(rows, columns=["year", "groups", "top_groups", "top_share", "hhi", "evenly_spread"])


def itur_by_party(table: pd.DataFrame) -> pd.DataFrame:
    """ITU-R Recommendations per working party, shared ones counted for each.

    Columns: working_party, alone (named by this party's row only), joint_row (in
    a row that names several parties), several_rows (printed again in another
    party's row), total. A Recommendation in both kinds counts as joint_row.
    """
    rows = _parties(table)
    counts = rows.groupby(["working_party", "sharing"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=["alone", "several_rows", "joint_row"], fill_value=0)
    counts["total"] = counts.sum(axis=1)
    return counts.sort_values("total", ascending=False, kind="stable").reset_index()


def _parties(table: pd.DataFrame) -> pd.DataFrame:
    """One row a working party and designation, with how it is shared."""
    rows = table.assign(working_party=table["working_parties"].str.split(";")).explode("working_party")
    rows["joint"] = rows["working_parties"].str.contains(";")
    printed = table.groupby("designation")["row_label"].nunique()
    rows["rows"] = rows["designation"].map(printed)
    merged = (
        rows.groupby(["working_party", "designation"], sort=False)
        .agg(joint=("joint", "any"), rows=("rows", "max"))
        .reset_index()
    )
    merged["sharing"] = "alone"
    merged.loc[merged["rows"] > 1, "sharing"] = "several_rows"
    merged.loc[merged["joint"], "sharing"] = "joint_row"
    return merged


def itur_totals(table: pd.DataFrame) -> dict[str, int]:
    """Counts of ITU-R Recommendations, shared ones once and each time.

    Keys: entries (printed), distinct, shared (in several rows or a joint row),
    new (revision 0), repaired, party_counts (sum over working parties).
    """
    parties = _parties(table)
    return {
        "entries": len(table),
        "distinct": int(table["designation"].nunique()),
        "shared": int(parties.loc[parties["sharing"] != "alone", "designation"].nunique()),
        "new": int(table.loc[table["revision"] == 0, "designation"].nunique()),
        "repaired": int(table["repaired"].sum()),
        "party_counts": len(parties),
    }


def headline(table: pd.DataFrame, period: Period, groups: list[str]) -> list[str]:
    """Two or three sentences that answer the notebook's question."""
    ranked, years = by_group(table, period, groups), by_year(table, period, groups)
    if ranked.empty:
        return [f"The report lists no approvals of the chosen study groups in {period.label}."]
    total, lead = int(ranked["entries"].sum()), ranked.iloc[0]
    until = _until(period)
    sentences = [
        f"ITU-T approved **{number(total)} texts** in {period.label}{until}: "
        f"{number(ranked['recommendation'].sum())} new or revised Recommendations, "
        f"{number(ranked['amendment'].sum())} Amendments and {number(ranked['corrigendum'].sum())} Corrigenda. "
        f"{lead['study_group']} carried {percent(lead['entries'] / total)} of them ({number(lead['entries'])})."
    ]
    if period.year and period.before:
        now, before = (years.loc[years["year"] == year].iloc[0] for year in (period.year, period.before))
        how = f" (an annual rate of {number(now['annual_rate'], 0)}, as the year is partial)" if now["partial"] else ""
        sentences.append(
            f"Against {number(before['entries'])} in {period.before} that is {change(now['annual_rate'], before['entries'])}{how}."
        )
        clear = rate_ratios(table, period, groups).query("clear")
        if len(clear):
            said = [f"{row.study_group} (× {row.ratio:.1f})" for row in clear.itertuples()]
            sentences.append(f"The change is larger than chance would give for {listing(said)}.")
        else:
            sentences.append("For no single study group is the change larger than chance would give.")
    elif period.year:
        sentences.append(f"{period.year} is the first year of the table, so no change can be shown.")
    else:
        most = years.loc[years["entries"].idxmax()]
        spread = concentration(table, groups)
        sentences.append(
            f"{int(most['year'])} was the busiest year ({number(most['entries'])} texts); the three largest groups of each year "
            f"carried between {percent(spread['top_share'].min())} and {percent(spread['top_share'].max())} of its output."
        )
    return sentences


def key_figures(table: pd.DataFrame, period: Period, groups: list[str]) -> pd.DataFrame:
    """Headline figures: texts, Recommendations, supplements to them, the leading group (see `key_figures`)."""
    of_groups = table[table["study_group"].isin(groups)].assign(entries=1)
    new = of_groups["document_type"] == "recommendation"
    chosen = of_groups[of_groups["year"].isin(period.chosen)]
    if chosen.empty:
        return figures.frame([])
    total, sizes = len(chosen), chosen["study_group"].value_counts()
    lead = chosen[chosen["study_group"] == sizes.index[0]]
    return figures.frame(
        [
            figures.counted("ITU-T texts approved", of_groups, "entries", period),
            figures.counted("new or revised Recommendations", of_groups[new], "entries", period),
            figures.counted("Amendments and Corrigenda", of_groups[~new], "entries", period),
            figures.row(
                f"of the texts by {sizes.index[0]}",
                percent(len(lead) / total),
                f"{number(len(lead))} of {number(total)}",
                lead,
            ),
        ]
    )


def _until(period: Period) -> str:
    if period.closes and (period.year is None or period.partial(period.year)):
        return f" (until {period.closes.day} {period.closes:%B %Y})"
    return ""


def itur_headline(table: pd.DataFrame) -> str:
    """One sentence on ITU-R Recommendations and how they are shared."""
    totals = itur_totals(table)
    return (
        f"ITU-R lists {number(totals['distinct'])} Recommendations ({number(totals['new'])} of them new), printed "
        f"{number(totals['entries'])} times because {number(totals['shared'])} are shared: counted once for every working "
        f"party they make {number(totals['party_counts'])}. {count(totals['repaired'], 'designation').capitalize()} had lost "
        "the hyphen and were repaired."
    )


def ranked_title(ranked: pd.DataFrame, period: Period) -> str:
    """Finding of the bars by study group."""
    if ranked.empty:
        return f"No approvals of the chosen groups in {period.label}"
    lead = ranked.iloc[0]
    total = number(ranked["entries"].sum())
    return f"{lead['study_group']} approved most in {period.label}: {number(lead['entries'])} of {total} texts"


def years_title(years: pd.DataFrame) -> str:
    """Finding of the bars by year: the busiest and the quietest whole year."""
    whole = years[~years["partial"]]
    most, least = whole.loc[whole["entries"].idxmax()], whole.loc[whole["entries"].idxmin()]
    text = f"Whole years bring between {number(least['entries'])} ({int(least['year'])}) and {number(most['entries'])} ({int(most['year'])}) texts"
    cut = years[years["partial"]]
    if len(cut):
        text += f"; {int(cut['year'].iloc[0])} runs at {number(cut['annual_rate'].iloc[0], 0)} a year"
    return text


def panels_title(grid: pd.DataFrame) -> str:
    """Finding of the panels by group: who varies most."""
    spans = grid.dropna(subset=["value"]).groupby("study_group")["value"].agg(["min", "max"])
    name = (spans["max"] - spans["min"]).astype(float).idxmax()
    low, high = spans.loc[name]
    return f"{name} varies most from year to year: between {number(low, 0)} and {number(high, 0)} texts"


def ratios_title(ratios: pd.DataFrame, period: Period) -> str:
    """Finding of the rate ratios."""
    clear = ratios[ratios["clear"]]
    later, earlier = period.compared
    span = f"{earlier} to {later}"
    if clear.empty:
        return f"From {span} no group changed by more than chance would give"
    return f"From {span} {count(len(clear), 'group')} of {len(ratios)} changed by more than chance would give"


def concentration_title(spread: pd.DataFrame) -> str:
    """Finding of the concentration lines."""
    low, high = spread["top_share"].min(), spread["top_share"].max()
    return f"The three largest groups of each year carry {percent(low)} to {percent(high)} of the output"


def itur_title(table: pd.DataFrame) -> str:
    """Finding of the bars by working party."""
    totals = itur_totals(table)
    return f"{number(totals['shared'])} of {number(totals['distinct'])} ITU-R Recommendations belong to more than one working party"
