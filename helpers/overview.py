"""The page to open first: headline figures made by the other analyses."""

from __future__ import annotations

import pandas as pd

from helpers import gaps, participation, spectrum, standards, targets
from helpers.parameters import Period
from helpers.wording import change, count, number, percent, qualified

Tables = dict[str, pd.DataFrame]


def figures(tables: Tables, period: Period, space_closes: Period) -> pd.DataFrame:
    """Headline figures of the chosen years, with the year before.

    Columns: page (notebook that explains it), what, now, before, change (in
    words), section, line (where the figure's rows begin). `before` is missing for
    the whole period and the first year. A partial year is compared by its annual
    rate.
    """
    rows = [
        *_standards(tables, period), *_spectrum(tables, space_closes), *_workshops(tables, period), *_observed(tables, period),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["page", "what", "now", "before", "change", "section", "line"])


def _row(page: str, what: str, now: str, before: str | None, moved: str, rows: pd.DataFrame) -> list[object]:
    first = rows.iloc[0]
    return [page, what, now, before, moved, first["section"], int(first["line"])]


def _counted(page: str, what: str, rows: pd.DataFrame, value: str, period: Period) -> list[object]:
    """A count by year: chosen years, the year before, change of the annual rates."""
    by_year = rows.groupby("year")[value].sum(min_count=1)
    now = by_year.reindex(list(period.chosen)).sum()
    cut = " (partial)" if any(period.partial(year) for year in period.chosen) else ""
    if period.year is None or period.before is None:
        return _row(page, what, number(now) + cut, None, "no year before", rows)
    before = by_year[period.before]
    moved = change(now / period.fraction(period.year), before) + (" at an annual rate" if cut else "")
    return _row(page, what, number(now) + cut, number(before), moved, rows)


def _standards(tables: Tables, period: Period) -> list[list[object]]:
    itut = tables["itut_recommendations"].assign(entries=1)
    new = itut[itut["document_type"] == "recommendation"]
    page = "1_standards_throughput"
    return [
        _counted(page, "ITU-T texts approved", itut, "entries", period),
        _counted(page, "of them new or revised Recommendations", new, "entries", period),
    ]


def _spectrum(tables: Tables, period: Period) -> list[list[object]]:
    both = spectrum.notices(tables["space_notices"], tables["terrestrial_notices"])
    whole = Period(period.years, period.year)  # the terrestrial table names no closing day
    page = "2_spectrum_notices"
    return [
        _counted(page, "Space requests processed", both[both["table"] == "space_notices"], "value", period),
        _counted(
            page,
            "Terrestrial notices recorded in the MIFR",
            both[both["series"] == "Notices recorded, MIFR"],
            "value",
            whole,
        ),
        _counted(
            page, "Reports of harmful interference", both[both["series"] == "Harmful interference"], "value", whole
        ),
    ]


def _workshops(tables: Tables, period: Period) -> list[list[object]]:
    return [_counted("5_participation", "ITU-T workshops", tables["itut_workshops"], "workshops", period)]


OBSERVED = [
    ("3_target_progress", "Individuals using the Internet, %", "individuals_using_internet", "World"),
    ("3_target_progress", "Population covered by mobile broadband, %", "mobile_broadband_coverage", "World"),
    ("3_target_progress", "Countries with an innovation policy", "countries_with_innovation_policy", "World"),
    ("4_gender_and_youth_gaps", "Gender parity score, world", "gender_parity_score", "World"),
    ("4_gender_and_youth_gaps", "Youth ratio, world", "youth_ratio", "World"),
    ("5_participation", "Projects submitted to the WSIS Prizes", "projects_submitted", "World"),
]


def _observed(tables: Tables, period: Period) -> list[list[object]]:
    """Stated figures: the chosen year's, or the latest of the whole period."""
    found = []
    for page, what, indicator, geography in OBSERVED:
        rows = tables["observations"]
        rows = rows[
            (rows["indicator"] == indicator)
            & (rows["geography"] == geography)
            & (rows["sex"] == "_T")
            & (rows["age"] == "_T")
        ]
        rows = rows[rows["year"].isin(period.years)].drop_duplicates("year").sort_values("year")
        if rows.empty:
            continue
        chosen = rows[rows["year"] == period.year] if period.year else rows.tail(1)
        earlier = rows[rows["year"] < (period.year or 9999)].iloc[: None if period.year else -1].tail(1)
        given = [str(year) for year in rows["year"]]
        if chosen.empty:
            found.append(_row(page, what, "not reported", None, f"given for {', '.join(given)}", rows))
            continue
        now = chosen.iloc[0]
        said = f"{qualified(now['value'], now['qualifier'])}" + (
            f" ({int(now['year'])})" if period.year is None else ""
        )
        if earlier.empty:
            found.append(_row(page, what, said, None, "no earlier figure", chosen))
            continue
        before = earlier.iloc[0]
        found.append(
            _row(
                page,
                what,
                said,
                f"{number(before['value'])} ({int(before['year'])})",
                _moved(now["value"], before["value"]),
                chosen,
            )
        )
    return found


def _moved(now: float, before: float) -> str:
    return "unchanged" if now == before else f"{'up' if now > before else 'down'} {number(round(abs(now - before), 4))}"


def readable(frame: pd.DataFrame) -> pd.DataFrame:
    """The figures as a table for people."""
    return pd.DataFrame(
        {
            "Figure": frame["what"],
            "Now": frame["now"],
            "Before": frame["before"].fillna("–"),
            "Change": frame["change"],
            "Source": [f"{s}, line {n}" for s, n in zip(frame["section"], frame["line"], strict=True)],
        }
    )


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


def headline(tables: Tables, period: Period) -> list[str]:
    """Three or four sentences: one from each analysis."""
    observations = tables["observations"]
    groups = standards.study_groups(tables["itut_recommendations"])
    progress = targets.progress(tables["targets"], observations, period.chosen[-1])
    shops = participation.workshops(tables["itut_workshops"], period)
    return [
        standards.headline(tables["itut_recommendations"], period, groups)[0],
        targets.headline(progress, period)[0],
        gaps.headline(observations, period, gaps.geographies(observations))[0],
        participation.headline(observations, shops, period)[0],
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
