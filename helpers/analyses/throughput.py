"""Throughput of Recommendations: ITU-T by study group, ITU-R by working party."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.period import Period

TYPES = ["recommendation", "amendment", "corrigendum"]
SHARINGS = ["alone", "several_rows", "joint_row"]
RATIOS = ["study_group", "before", "now", "ratio", "low", "high", "wide_low", "wide_high", "p", "p_holm", "clear"]
CONCENTRATION = ["year", "groups", "top_groups", "top_share", "hhi", "evenly_spread"]
LEVEL = 0.95


def study_groups(table: pd.DataFrame) -> list[str]:
    """Study groups in the order of the report's table."""
    return list(dict.fromkeys(table["study_group"]))


def by_group(table: pd.DataFrame, period: Period, groups: list[str]) -> pd.DataFrame:
    """Approvals of the chosen years, one row a study group (and year, where several were picked), most first.

    Columns: study_group, year (of picked ones), name, recommendation, amendment, corrigendum,
    entries, designations (distinct), coverage (of picked years). A group without a row in the table is left out.
    """
    rows = table[table["year"].isin(period.chosen) & table["study_group"].isin(groups)]
    counts = _counts(rows, ["study_group", *period.by]).reset_index()
    names = rows.groupby("study_group")["study_group_name"].first()
    counts.insert(1 + len(period.by), "name", counts["study_group"].map(names))
    sizes = counts.groupby("study_group")[["entries", "designations"]].transform("sum")
    order = sizes.sort_values(["entries", "designations"], ascending=False).index
    if period.by:
        counts["coverage"] = [period.coverage(int(year)) for year in counts["year"]]
    return counts.loc[order].reset_index(drop=True)


class Output(NamedTuple):
    """What the given groups approved in the chosen years, beside what all did.

    `groups` are those with a row, largest first, `leaders` the largest (several where they
    are equal), `lead` the entries of each leader, `everybody` the entries of all study
    groups; `share` is entries ÷ everybody, `lead_share` lead ÷ entries (NaN where none).
    """

    entries: int
    everybody: int
    share: float
    groups: tuple[str, ...]
    leaders: tuple[str, ...]
    lead: int
    lead_share: float


def output(table: pd.DataFrame, period: Period, groups: list[str]) -> Output:
    """Totals and leaders of the chosen years."""
    ranked = by_group(table, period, groups)
    entries, everybody = int(ranked["entries"].sum()), int(table["year"].isin(period.chosen).sum())
    if not entries:
        return Output(0, everybody, float("nan"), (), (), 0, float("nan"))
    lead = int(ranked["entries"].max())
    leaders = tuple(ranked.loc[ranked["entries"] == lead, "study_group"])
    return Output(entries, everybody, entries / everybody, tuple(ranked["study_group"]), leaders, lead, lead / entries)


def by_year(table: pd.DataFrame, period: Period, groups: list[str]) -> pd.DataFrame:
    """Approvals of every shown year that has a row, all given groups together.

    Columns: year, recommendation, amendment, corrigendum, entries, designations, covered
    (share of the year), annual_rate (entries ÷ covered), coverage (see `Period.coverage`;
    covered and annual_rate are missing where it is unknown).
    """
    counts = _counts(period.within(table[table["study_group"].isin(groups)]), ["year"]).reset_index()
    counts["covered"] = _covered(counts["year"], period)
    counts["annual_rate"] = counts["entries"] / counts["covered"]
    counts["coverage"] = [period.coverage(int(year)) for year in counts["year"]]
    return counts


def group_years(table: pd.DataFrame, period: Period, groups: list[str]) -> pd.DataFrame:
    """Entries per study group and shown year; a year without a row is missing. Without rows where all are.

    Columns: study_group, year, entries (as printed), annual_rate (entries ÷ share of the
    year that the table covers; missing where that is unknown), coverage.
    """
    counts = table[table["study_group"].isin(groups)].groupby(["study_group", "year"]).size()
    grid = pd.MultiIndex.from_product([groups, period.shown], names=["study_group", "year"])
    frame = counts.reindex(grid).astype("Int64").rename("entries").reset_index()
    frame["annual_rate"] = frame["entries"].astype("Float64") / _covered(frame["year"], period).astype("Float64")
    frame["coverage"] = [period.coverage(int(year)) for year in frame["year"]]
    return frame if frame["entries"].notna().any() else frame.head(0)


def variation(grid: pd.DataFrame) -> pd.DataFrame:
    """How far the whole years of a group lie apart, widest first.

    Columns: study_group, least, most (entries of a whole year), span (most − least). Groups
    with fewer than two whole years with a row are left out.
    """
    whole = grid[grid["coverage"] == "whole"].dropna(subset=["entries"])
    spans = whole.groupby("study_group", sort=False)["entries"].agg(years="size", least="min", most="max")
    spans = spans[spans["years"] > 1].drop(columns="years")
    spans["span"] = spans["most"] - spans["least"]
    return spans.sort_values("span", ascending=False, kind="stable").reset_index()


def _counts(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Entries by kind and in all, and distinct designations, one row each value of the columns `by`."""
    kinds = pd.DataFrame({kind: (rows["document_type"] == kind).astype(int) for kind in TYPES})
    counts = kinds.groupby([rows[name] for name in by]).sum()
    counts["entries"] = counts.sum(axis=1)
    counts["designations"] = rows.groupby(by)["designation"].nunique()
    return counts


def _covered(years: pd.Series, period: Period) -> pd.Series:
    """Share of each year that the table covers, missing where that is unknown."""
    shares = {year: period.fraction(year) for year in map(int, years) if period.coverage(year) != "unknown"}
    return years.astype(int).map(shares).astype(float)


class Dispersion(NamedTuple):
    """How far whole years vary: Pearson's χ², its degrees of freedom, the years, and the factor.

    `factor` is χ² ÷ degrees of freedom, never below 1: what to multiply a Poisson
    variance by. It is missing (NaN) where the table has fewer than two whole years.
    """

    chi2: float
    freedom: int
    years: tuple[int, ...]
    factor: float


def dispersion(table: pd.DataFrame, period: Period) -> Dispersion:
    """Dispersion of the counts of all study groups over the whole years, each group around its mean.

    Pearson's estimate for a log-linear model with one mean a group (McCullagh and Nelder,
    Generalized Linear Models, 1989, section 6.2.3). A group without a row in a whole year
    counts with none there, for this estimate alone: to leave such years out would leave out
    those in which a group may have varied most, and narrow every interval.
    """
    whole = [year for year in period.years if period.coverage(year) == "whole"]
    rows = table[table["year"].isin(whole)]
    counts = pd.crosstab(rows["study_group"], rows["year"])
    means = counts.mean(axis=1)
    chi2 = float(counts.sub(means, axis=0).pow(2).div(means, axis=0).to_numpy().sum())
    freedom = len(counts) * max(counts.shape[1] - 1, 0)
    years = tuple(int(year) for year in counts.columns)
    return Dispersion(chi2, freedom, years, max(1.0, chi2 / freedom) if freedom else float("nan"))


def rate_ratios(table: pd.DataFrame, period: Period, groups: list[str]) -> pd.DataFrame:
    """Rate of the chosen year ÷ rate of the year before, with exact and with widened intervals.

    Of several years the last is held against the first. The exact interval
    (`poisson_ratio`) takes counts as Poisson, with each year's covered part as exposure. Whole
    years vary more than that, so the wide one takes both counts divided by the dispersion
    factor as effective counts, as Korn and Graubard (Survey Methodology 24, 1998) do with a
    design effect. `p` belongs to the wide interval (it leaves out 1 where p < 0.05); `p_holm`
    is corrected for every study group that can be compared, not only the given ones (Holm,
    Scandinavian Journal of Statistics 6, 1979), so that a finding does not depend on which
    groups a reader picks.

    Columns: study_group, before, now (counts), ratio, low, high (exact), wide_low, wide_high,
    p, p_holm, clear (p_holm < 0.05), largest ratio first. Groups without a row in either year
    are left out; no rows where there is no year before or a year's coverage is unknown; wide
    interval and p missing, and nothing clear, where the dispersion is.
    """
    later, earlier = period.compared
    if earlier is None or "unknown" in (period.coverage(later), period.coverage(earlier)):
        return pd.DataFrame(columns=RATIOS)
    counts = pd.crosstab(table["study_group"], table["year"]).reindex(columns=[earlier, later], fill_value=0)
    counts = counts.reindex(study_groups(table))
    counts = counts[(counts > 0).all(axis=1)]
    before, now = counts[earlier].to_numpy(), counts[later].to_numpy()
    exposure, factor = period.fraction(earlier) / period.fraction(later), dispersion(table, period).factor
    low, high = poisson_ratio(now, before)
    wide_low, wide_high = poisson_ratio(now / factor, before / factor)
    p = poisson_p(now / factor, before / factor, exposure)
    values = [counts.index, before, now, now / before * exposure, low * exposure, high * exposure]
    values += [wide_low * exposure, wide_high * exposure, p, holm(p), holm(p) < 1 - LEVEL]
    frame = pd.DataFrame(dict(zip(RATIOS, values, strict=True)))
    given = frame[frame["study_group"].isin(groups)]
    return given.sort_values("ratio", ascending=False, kind="stable").reset_index(drop=True)


def poisson_ratio(now: np.ndarray, before: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Exact 95 % interval of the ratio of two Poisson means of the same exposure.

    Counts above zero, also effective ones. Given their sum the later count is binomial: the
    Clopper–Pearson interval of its share (Przyborowski and Wilenski, Biometrika 31, 1940).
    """
    from scipy.special import betaincinv

    tail = (1 - LEVEL) / 2
    low, high = betaincinv(now, before + 1, tail), betaincinv(now + 1, before, 1 - tail)
    return low / (1 - low), high / (1 - high)


def poisson_p(now: np.ndarray, before: np.ndarray, exposure: float) -> np.ndarray:
    """Two-sided p-value of equal rates, twice the smaller tail: the test that `poisson_ratio` inverts.

    `exposure` is the earlier exposure ÷ the later one.
    """
    from scipy.special import betainc

    share = 1 / (1 + exposure)  # of the later year in the sum, at equal rates
    more, fewer = betainc(now, before + 1, share), 1 - betainc(now + 1, before, share)
    return np.minimum(1, 2 * np.minimum(more, fewer))


def holm(p: np.ndarray) -> np.ndarray:
    """P-values after Holm's step-down correction, in the same order."""
    order = np.argsort(p)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(1, np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)))
    return adjusted


def concentration(table: pd.DataFrame, top: int = 3) -> pd.DataFrame:
    """How far a few of all study groups carry the output, by year.

    Columns: year, groups (with approvals), top_groups (tuple of the `top` largest; of equal
    ones the first in the report), top_share (theirs), hhi (Herfindahl–Hirschman index, sum of
    squared shares, 1/groups to 1), evenly_spread (the index if all groups had approved alike).
    """
    rows = []
    for year, of_year in table.groupby("year"):
        sizes = of_year.groupby("study_group", sort=False).size().sort_values(ascending=False, kind="stable")
        shares, leaders = sizes / sizes.sum(), tuple(sizes.index[:top])
        top_share = sizes.iloc[:top].sum() / sizes.sum()
        rows.append([year, len(shares), leaders, top_share, (shares**2).sum(), 1 / len(shares)])
    return pd.DataFrame(rows, columns=CONCENTRATION)


def itur_by_party(table: pd.DataFrame) -> pd.DataFrame:
    """ITU-R Recommendations per working party, shared ones counted for each.

    Columns: working_party, alone (named by this party's row only), several_rows (printed
    again in another party's row), joint_row (in a row that names several parties), total.
    A Recommendation in both kinds counts as joint_row.
    """
    rows = _parties(table)
    kinds = pd.DataFrame({kind: (rows["sharing"] == kind).astype(int) for kind in SHARINGS})
    counts = kinds.groupby(rows["working_party"]).sum()
    counts["total"] = counts.sum(axis=1)
    return counts.sort_values("total", ascending=False, kind="stable").reset_index()


def _parties(table: pd.DataFrame) -> pd.DataFrame:
    """One row a working party and designation, with how it is shared."""
    rows = table.assign(working_party=table["working_parties"].str.split(";")).explode("working_party")
    rows["joint"] = rows["working_parties"].str.contains(";").astype(bool)
    rows["rows"] = rows["designation"].map(table.groupby("designation")["row_label"].nunique())
    grouped = rows.groupby(["working_party", "designation"], sort=False)
    merged = grouped.agg(joint=("joint", "any"), rows=("rows", "max")).reset_index()
    kinds = [merged["joint"], merged["rows"] > 1]
    return merged.assign(sharing=np.select(kinds, ["joint_row", "several_rows"], "alone"))


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
        "new": int(table.loc[(table["revision"] == 0).fillna(False), "designation"].nunique()),
        "repaired": int(table["repaired"].sum()),
        "party_counts": len(parties),
    }


def by_series(table: pd.DataFrame, period: Period, groups: list[str]) -> pd.DataFrame:
    """Approvals of the chosen years by series and study group: the largest series first, in it the largest group.

    Columns: series (letter of the designation), year (where several were picked), study_group, entries,
    designations (distinct), series_entries and series_designations (those of the given groups
    together). A pair without a row in the table is left out.
    """
    rows = table[table["year"].isin(period.chosen) & table["study_group"].isin(groups)]
    by = ["series", *period.by]
    counts = rows.groupby([*by, "study_group"], sort=False)["designation"].agg(entries="size", designations="nunique")
    whole = rows.groupby(by)["designation"].agg(series_entries="size", series_designations="nunique")
    pairs = counts.reset_index().join(whole, on=by)
    sizes = pairs.assign(all=-pairs.groupby("series")["entries"].transform("sum"), of_group=-pairs["entries"])
    order = sizes.sort_values(["all", *by, "of_group"]).index
    return pairs.loc[order].reset_index(drop=True)
