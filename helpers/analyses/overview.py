"""The page to open first: headline figures made by the other analyses."""

from __future__ import annotations

import pandas as pd

from helpers.analyses import gaps, participation, spectrum, targets
from helpers.analyses import throughput as standards
from helpers.selection import Period
from helpers.sentences import tiles as key_figures
from helpers.sentences.wording import count, listing, number, percent, qualified

Tables = dict[str, pd.DataFrame]
TABLES = [
    "itut_recommendations", "space_notices", "terrestrial_notices", "printed_totals", "itut_workshops", "observations", "targets",
    "resolutions", "figures_lost",
]  # fmt: skip


def figures(tables: Tables, period: Period, space_closes: Period) -> pd.DataFrame:
    """Headline figures of the chosen years, with the year before.

    Columns: page (notebook that explains it) and those of `key_figures`. A partial
    year is compared by its annual rate.
    """
    itut = tables["itut_recommendations"]
    both = spectrum.notices(tables["space_notices"], tables["terrestrial_notices"])
    sums = spectrum.totals(both, tables["printed_totals"])
    found = [
        standards.key_figures(itut, period, standards.study_groups(itut)).head(2).assign(page="1_standards_throughput"),
        spectrum.key_figures(both, sums, space_closes).head(3).assign(page="2_spectrum_notices"),
        participation.key_figures(tables["itut_workshops"], tables["observations"], period).head(1).assign(page="5_participation"),
        _observed(tables, period),
    ]  # fmt: skip
    return pd.concat(found, ignore_index=True)[["page", *key_figures.COLUMNS]]


OBSERVED = [
    ("3_target_progress", "of people use the Internet", "individuals_using_internet", " %"),
    ("3_target_progress", "of people covered by mobile broadband", "mobile_broadband_coverage", " %"),
    ("3_target_progress", "countries with an innovation policy", "countries_with_innovation_policy", ""),
    ("4_gender_and_youth_gaps", "gender parity score of the world", "gender_parity_score", ""),
    ("4_gender_and_youth_gaps", "youth ratio of the world", "youth_ratio", ""),
    ("5_participation", "projects for the WSIS Prizes", "projects_submitted", ""),
]


def _observed(tables: Tables, period: Period) -> pd.DataFrame:
    """Stated figures: the chosen year's, or the latest of the whole period."""
    found = []
    for page, what, indicator, unit in OBSERVED:
        rows = tables["observations"]
        rows = rows[
            (rows["indicator"] == indicator)
            & (rows["geography"] == "World")
            & (rows["sex"] == "_T")
            & (rows["age"] == "_T")
        ]
        rows = rows[rows["year"].isin(period.years)].drop_duplicates("year").sort_values("year")
        if len(rows):
            found.append([page, *_stated(what, unit, rows, period)])
    return pd.DataFrame(found, columns=["page", *key_figures.COLUMNS])


def _stated(what: str, unit: str, rows: pd.DataFrame, period: Period) -> list[object]:
    """One stated figure against the last that the report gives before it."""
    chosen = rows[rows["year"] == period.year] if period.year else rows.tail(1)
    if chosen.empty:
        given = listing([str(year) for year in rows["year"]])
        return key_figures.row(what, "not reported", f"given for {given}", rows)
    now, earlier = chosen.iloc[0], rows[rows["year"] < chosen["year"].iloc[0]].tail(1)
    said = qualified(now["value"], now["qualifier"]) + unit + (f" ({int(now['year'])})" if period.year is None else "")
    if earlier.empty:
        return key_figures.row(what, said, "no earlier figure", chosen)
    before = f"{number(earlier['value'].iloc[0])} ({int(earlier['year'].iloc[0])})"
    moved = _moved(now["value"], earlier["value"].iloc[0])
    return key_figures.row(what, said, f"{moved} from {before}", chosen, before)


def _moved(now: float, before: float) -> str:
    return "unchanged" if now == before else f"{'up' if now > before else 'down'} {number(round(abs(now - before), 4))}"


def small_multiples(tables: Tables, period: Period, space_closes: Period) -> pd.DataFrame:
    """Four counts by year for the small charts: columns series, year, value, partial."""
    itut = tables["itut_recommendations"].groupby("year").size()
    both = spectrum.notices(tables["space_notices"], tables["terrestrial_notices"])
    space = both[both["table"] == "space_notices"].groupby("year")["value"].sum()
    recorded = both[both["series"] == "Notices recorded, MIFR"].groupby("year")["value"].sum()
    shops = tables["itut_workshops"].set_index("year")["workshops"]
    series = [
        ("ITU-T texts", itut, period), ("Space requests", space, space_closes),
        ("MIFR notices recorded", recorded, Period(period.years, None)), ("ITU-T workshops", shops, period),
    ]  # fmt: skip
    rows = [(name, int(y), v, p.partial(int(y))) for name, values, p in series for y, v in values.items()]
    return pd.DataFrame(rows, columns=["series", "year", "value", "partial"])


def headline(tables: Tables, period: Period, figures_: pd.DataFrame) -> list[str]:
    """One sentence of figures, then one from each analysis."""
    observations = tables["observations"]
    progress = targets.progress(tables["targets"], observations, period.chosen[-1])
    shops = participation.workshops(tables["itut_workshops"], period)
    now = figures_.set_index("what")["now"].str.replace(r" \(.*\)", "", regex=True)
    people = now["of people use the Internet"]
    online = f"; {people} of people were online" if people != "not reported" else ""
    cut = " (partial)" if period.partial(period.chosen[-1]) else ""
    return [
        f"In {period.label}{cut} the ITU approved **{now['ITU-T texts approved']} ITU-T texts**, processed "
        f"{now['space requests processed']} space requests and held {now['ITU-T workshops']} ITU-T workshops{online}.",
        targets.headline(progress, period)[0],
        gaps.headline(observations, period, gaps.geographies(observations))[0],
        participation.headline(observations, shops, period)[-1],
    ]


def silent(tables: Tables, period: Period) -> list[str]:
    """What the report does not say: one line each, counted from the tables."""
    progress = targets.progress(tables["targets"], tables["observations"], period.chosen[-1])
    nothing = progress[progress["state"] == "no data"]
    untitled = tables["resolutions"]["title"].isna().sum()
    brief = tables["resolutions"]["status"].isin(["cross-reference only", "no activity"]).sum()
    lost = tables["figures_lost"]
    return [
        f"{count(len(nothing), 'target')} of {len(progress)} have no figure up to {period.chosen[-1]}: {', '.join(nothing['target_id'])}.",
        f"{len(lost)} charts and symbols are gone, {percent((lost['section'] == 'Annex 2').mean())} of them results in Annex 2.",
        f"{number(brief)} of {len(tables['resolutions'])} Resolutions and Decisions have no report of their own, and {count(int(untitled), 'has', 'have')} no title.",
        "ITU-R Recommendations are listed for the whole period, not by year.",
        "Money: the report gives fees, pledges and a few project sums, but no budget and no spending by Sector.",
    ]


def counts_title(small: pd.DataFrame) -> str:
    """Finding of the small charts: the largest swing between whole years."""
    whole = small[~small["partial"].astype(bool)]
    swing = whole.groupby("series")["value"].agg(lambda v: float(v.max()) / float(v.min()))
    return f"{swing.idxmax()} swing most between whole years (× {swing.max():.1f}), {swing.idxmin()} least (× {swing.min():.1f})"


def span(rows: pd.DataFrame) -> str:
    """Lowest and highest value with their years."""
    low, high = rows.loc[rows["value"].idxmin()], rows.loc[rows["value"].idxmax()]
    return f"from {number(low['value'])} ({int(low['year'])}) to {number(high['value'])} ({int(high['year'])})"
