"""Official figures published since, in one frame, with what can be worked out of them.

Every row names its source and the cells that it comes from. `made` tells what stands in
the publication from what is worked out here: empty as published, `derived` from two
figures of one edition, `panel` a median over the same economies in every year, `count`
of economies at a price, `group` several income groups together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import permutations
from typing import Any, NamedTuple

import pandas as pd

from helpers.analyses import gaps
from helpers.selection import Selection
from helpers.tables.query import TOTAL, WORLD

TABLES = ("series", "single_figures", "prices", "economies")  # whose figures these are
REPORT = "report"  # the source of the report's own figures
PUBLISHED, DERIVED, PANEL, COUNT, GROUP = "", "derived", "panel", "count", "group"
KEY = ["geography", "sex", "age", "location", "year", "panel", "source"]
COLUMNS = ["indicator", *KEY, "unit", "value", "economies", "place", "made"]
TYPES = dict.fromkeys(COLUMNS, "string") | {"year": "Int64", "value": "Float64", "economies": "Int64"}
PERCENT, INCOME = "percent", "percent of monthly GNI per capita"
PRICE_TARGET = 2.0  # percent of monthly income: the Broadband Commission's aim for entry-level broadband
HIGH, LOW_AND_MIDDLE, LDCS = "High-income countries", "Low- and middle-income countries", "LDCs"
CLASSES = ["Low-income countries", "Lower-middle-income countries", "Upper-middle-income countries"]
BOTH = "Developed and developing countries"
USE, PHONES, USERS = gaps.INTERNET, "mobile_phone_ownership", "internet_users"
BASKETS = {"mobile_data_price": "mobile", "fixed_broadband_price": "fixed"}


Of = tuple[str, dict[str, str]]  # an indicator, and what its rows are about


class Rule(NamedTuple):
    """A figure that two figures of the same place, year and edition make."""

    indicator: str
    unit: str
    first: Of
    second: Of
    sign: str
    make: Callable[[pd.Series, pd.Series], pd.Series]
    where: dict[str, str]  # what the new row is about, where its operands differ


def _ratio(a: pd.Series, b: pd.Series) -> pd.Series:
    return gaps.ratio(a, b.where(b != 0))


def _sexes(of: str, to: str, indicator: str = USE) -> tuple[Of, Of]:
    return (indicator, {"sex": of}), (indicator, {"sex": to})


EVERYBODY = {"sex": TOTAL, "age": TOTAL}
RULES = [
    Rule("gender_parity_score", "ratio", *_sexes("F", "M"), "÷", _ratio, EVERYBODY),
    Rule("phone_parity_score", "ratio", *_sexes("F", "M", PHONES), "÷", _ratio, EVERYBODY),
    Rule("gender_gap", "percentage points", *_sexes("M", "F"), "−", pd.Series.sub, EVERYBODY),
    Rule("youth_ratio", "ratio", (USE, {"age": "Y15T24"}), (USE, {"age": "other"}), "÷", _ratio, EVERYBODY),
    Rule(
        "broadband_subscriptions", "million subscriptions",
        ("mobile_broadband_subscriptions", {}), ("fixed_broadband_subscriptions", {}), "+", pd.Series.add, {},
    ),
    Rule("people_offline", "million people", (USERS, {}), (USE, {}), ",", lambda n, share: n * (100 / share - 1), {}),
    *(
        Rule(
            f"{basket}_{name}", unit, (basket, {"geography": LOW_AND_MIDDLE}), (basket, {"geography": HIGH}),
            sign, make, {"geography": BOTH},
        )
        for basket in BASKETS
        for name, unit, sign, make in (("gap", INCOME, "−", pd.Series.sub), ("ratio", "ratio", "÷", _ratio))
    ),
]  # fmt: skip


def figures(
    series: pd.DataFrame, single: pd.DataFrame, prices: pd.DataFrame, economies: pd.DataFrame, *,
    since: int, until: int, limits: Iterable[float] = (),
) -> pd.DataFrame:  # fmt: skip
    """Every official figure, as published or worked out: columns `COLUMNS`.

    Medians over a constant panel are those of the economies with a price in every year from `since` to
    `until`; `limits` are the prices (percent of income) under which economies are counted.
    """
    stated = pd.concat([_plain(series), _plain(single)], ignore_index=True)
    stated = pd.concat([stated, _together(stated), panel(prices, economies, since, until)], ignore_index=True)
    made = [_derived(rule, stated) for rule in RULES]
    made += [_without(stated, "mobile_broadband_coverage", "population_without_coverage")]
    made += [_without(stated, USE, "share_offline")]
    made += [_counts(prices, economies, limits)]
    return pd.concat([stated, *made], ignore_index=True)[COLUMNS].astype(TYPES)


class Point(NamedTuple):
    """One figure of everybody: the columns of `COLUMNS` that tell one from another."""

    indicator: str
    geography: str
    year: int
    panel: str
    source: str
    unit: str
    value: float
    economies: float
    place: str
    made: str


class Series:
    """Official figures and the report's own by indicator and place, of everybody, and the dates of their editions."""

    def __init__(self, figures: pd.DataFrame, sources: pd.DataFrame, observations: pd.DataFrame, written: str) -> None:
        """`written` is the month of the report (2022-06), which places it among the editions of `sources`."""
        self.figures, self.written = figures, written
        self.dates = dates(sources) | {REPORT: written}
        every = newest_first(pd.concat([figures, own(observations)], ignore_index=True), self.dates)
        self.horizon = 0 if every.empty else int(every["year"].max())  # last year of any figure at hand
        everybody = every[(every[["sex", "age", "location"]] == TOTAL).all(axis=1)].sort_values("year", kind="stable")
        plain = everybody[list(Point._fields)].astype({"year": int, "value": float, "economies": float})
        self._by: dict[tuple[str, str], list[Point]] = {}
        for point in map(Point._make, plain.itertuples(index=False, name=None)):
            self._by.setdefault((point.indicator, point.geography), []).append(point)

    def of(self, indicator: str, geography: str) -> list[Point]:
        """Figures of an indicator and place in order of years, of each year the newest edition first."""
        return self._by.get((indicator, geography), [])

    def revisions(self, points: Sequence[Point], unit: str) -> list[tuple[int, float]]:
        """What later editions made of earlier ones: year and step. Medians of other economies are no revisions."""
        plain = [point for point in points if point.panel == "" and point.unit == unit and self.dates.get(point.source)]
        return [
            (new.year, new.value - old.value)
            for old, new in permutations(plain, 2)
            if old.year == new.year and self.dates[old.source] < self.dates[new.source]
        ]

    def beside(self, indicator: str, geography: str, itself: str) -> list[tuple[int, float]]:
        """A group less its proxy `geography`, in the last year of which both are published: a step an edition."""
        group = [point for point in self.of(indicator, itself) if point.source != REPORT]
        both = [(a.year, a.value - b.value) for a in group for b in self.of(indicator, geography) if a.year == b.year]
        last = max((year for year, _ in both), default=0)
        return [step for step in both if step[0] == last and geography != itself]


def read(chosen: Selection) -> Series:
    """The figures for an edition of the report, with panels from the baseline of its prices to its last deadline."""
    targets, years = chosen.table("targets"), chosen.period.years
    since = targets.loc[targets["comparator"] == "reduce_by", "baseline_year"].min()
    until = targets["deadline"].max()
    limits = targets.loc[targets["comparator"] == "at_most", "value"].dropna()
    made = figures(
        *map(chosen.published, TABLES),
        since=years[0] if pd.isna(since) else int(since),
        until=years[-1] if pd.isna(until) else int(until),
        limits=limits.astype(float),
    )
    return Series(made, chosen.published("sources"), chosen.table("observations"), chosen.edition.last_month)


def dates(sources: pd.DataFrame) -> dict[str, str]:
    """Date of each source's edition (`2024-11`); empty where it states none."""
    return dict(zip(sources["source"], sources["edition_date"].fillna(""), strict=True))


def newest_first(rows: pd.DataFrame, dated: dict[str, str]) -> pd.DataFrame:
    """Rows with a column `source`, the newest edition of all first, undated ones last; else in their order."""
    ages = pd.Series([dated.get(source, "") for source in rows["source"]], dtype="string")
    return rows.iloc[ages.sort_values(ascending=False, kind="stable").index]


def own(observations: pd.DataFrame) -> pd.DataFrame:
    """The report's dated figures in the columns of this module: section and line as place, their word as `made`."""
    rows = observations[observations["year"].notna() & (observations["breakdown"].fillna("") == "")]
    place = rows["section"].astype("string") + ", line " + rows["line"].astype("string")
    word = rows["qualifier"].where(rows["qualifier"] != "exact", PUBLISHED)
    made = rows.assign(location=TOTAL, panel="", source=REPORT, economies=float("nan"), place=place, made=word)
    return made[COLUMNS].astype(TYPES).drop_duplicates(["indicator", *KEY, "unit"])


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    rows = table[[column for column in COLUMNS if column != "made"]].assign(made=PUBLISHED)
    return rows.assign(panel=rows["panel"].fillna("")).astype(TYPES)


def _together(stated: pd.DataFrame) -> pd.DataFrame:
    """Internet use of low- and middle-income countries: users of the groups ÷ their people (users ÷ share)."""
    groups = stated[stated["geography"].isin(CLASSES)]
    users, share = (_about(groups, name, EVERYBODY | {"location": TOTAL}) for name in (USERS, USE))
    both = users.merge(share, on=KEY, suffixes=("", "_share"))
    both["people"] = both["value"] / both["value_share"]
    both["cells"] = _cell(both["place"]) + ", " + _cell(both["place_share"])
    found = both.groupby(["year", "source"], as_index=False).agg(
        groups=("geography", "nunique"), users=("value", "sum"), people=("people", "sum"), place=("cells", "; ".join)
    )
    rows = found[found["groups"] == len(CLASSES)]
    return _made(
        rows, indicator=USE, geography=LOW_AND_MIDDLE, value=rows["users"] / rows["people"], unit=PERCENT, made=GROUP
    )


def _cell(places: pd.Series) -> pd.Series:
    """The first cell of a figure that stands in several."""
    return places.str.split("; ").str[0]


def _derived(rule: Rule, stated: pd.DataFrame) -> pd.DataFrame:
    both = pair(stated, rule.first, rule.second)
    both["value"] = rule.make(both["value"], both["value_to"])
    cells = _cell(both["place"]) + f" {rule.sign} ".replace(" ,", ",") + _cell(both["place_to"])
    both["place"] = cells.where(both["place"] != both["place_to"], both["place"])  # of a column, one says it
    made = both["made"].where(both["made"] != PUBLISHED, DERIVED)
    return _made(both.assign(**rule.where), indicator=rule.indicator, unit=rule.unit, made=made)


def pair(rows: pd.DataFrame, first: Of, second: Of) -> pd.DataFrame:
    """Figures of one place, year, edition and kind side by side: the columns of the second end in `_to`."""
    fixed = {*first[1], *second[1]}
    keys = [column for column in (*KEY, "geography_kind", "made") if column in rows and column not in fixed]
    of, to = _about(rows, *first), _about(rows, *second)
    return of.merge(to, on=keys, suffixes=("", "_to"))


def _about(rows: pd.DataFrame, indicator: str, words: dict[str, str]) -> pd.DataFrame:
    rows = rows[rows["indicator"] == indicator]  # first, as it leaves few
    return rows[(rows[list(words)] == pd.Series(words)).all(axis=1)]


def _without(stated: pd.DataFrame, indicator: str, name: str) -> pd.DataFrame:
    """Who is left: 100 percent less a share."""
    rows = stated[(stated["indicator"] == indicator) & (stated["unit"] == PERCENT)]
    return _made(rows, indicator=name, value=100 - rows["value"], place="100 − " + _cell(rows["place"]), made=DERIVED)


def members(economies: pd.DataFrame) -> pd.DataFrame:
    """Which economies are in which group, as the source of the prices puts them: columns economy, source, group."""
    income, ldc = economies["income"].fillna(""), economies["ldc"].astype("boolean").fillna(False)
    groups = {
        WORLD: income.notna(),
        HIGH: income == "High income",
        LOW_AND_MIDDLE: (income != "") & (income != "High income"),
        LDCS: ldc,
    }
    found = [economies.loc[fits, ["iso3", "source"]].assign(group=name) for name, fits in groups.items()]
    return pd.concat(found, ignore_index=True).rename(columns={"iso3": "economy"})


def panel(prices: pd.DataFrame, economies: pd.DataFrame, since: int, until: int) -> pd.DataFrame:
    """Medians over the economies with a price in every year from `since` to `until`."""
    rows = prices[prices["year"].between(since, until)]
    years = rows.groupby(["basket", "source", "economy"])["year"].transform("nunique")
    rows = rows[years == until - since + 1].merge(members(economies), on=["economy", "source"])
    found = rows.groupby(["basket", "source", "group", "year"], as_index=False).agg(
        value=("value", "median"), economies=("economy", "nunique"), place=("place", _column)
    )
    return _made(
        found.rename(columns={"basket": "indicator", "group": "geography"}),
        panel=f"{since}-{until}", unit=INCOME, made=PANEL,
    )  # fmt: skip


def _counts(prices: pd.DataFrame, economies: pd.DataFrame, limits: Iterable[float]) -> pd.DataFrame:
    """How many economies have a price, pay at most a limit, or more than the price target: numbers and shares."""
    rows = prices[prices["basket"].isin(BASKETS)].merge(members(economies), on=["economy", "source"])
    rows = rows.assign(over=rows["value"] >= PRICE_TARGET)  # the aim is less than that
    within = {f"within_{limit:g}": rows["value"] <= limit for limit in limits}
    of_year = rows.assign(**within).groupby(["basket", "source", "group", "year"], as_index=False)
    shares = {name: (name, "mean") for name in within}
    found = of_year.agg(economies=("value", "size"), over=("over", "sum"), place=("place", _column), **shares)
    short = found["basket"].map(BASKETS)
    part = found["over"] / found["economies"]
    said = [
        ("economies_with_" + short + "_price_data", "economies", found["economies"]),
        ("economies_short_of_" + short + "_price_target", "economies", found["over"]),
        ("economies_short_of_" + short + "_price_target", PERCENT, 100 * part),
        ("share_of_economies_short_of_" + short + "_price_target", PERCENT, 100 * part),
        ("economies_within_" + short + "_price_target", "economies", found["economies"] - found["over"]),
        *((found["basket"] + "_" + name, PERCENT, 100 * found[name]) for name in within),
    ]
    named = found.rename(columns={"group": "geography"})
    return pd.concat([_made(named, indicator=n, unit=u, value=v, made=COUNT) for n, u, v in said], ignore_index=True)


def _column(cells: pd.Series) -> str:
    """Sheet and column that cells of one year stand in (`economies_2008-2023!V`)."""
    return "; ".join(sorted({cell.rstrip("0123456789") for cell in cells}))


def _made(rows: pd.DataFrame, **said: Any) -> pd.DataFrame:
    """Rows with the columns of this module; whom they are about is everybody unless told."""
    defaults: dict[str, Any] = {"sex": TOTAL, "age": TOTAL, "location": TOTAL, "panel": "", "economies": float("nan")}
    return rows.assign(**({k: v for k, v in defaults.items() if k not in rows.columns} | said))[COLUMNS]
