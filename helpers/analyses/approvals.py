"""The record behind the counts: approvals of a public catalogue by day, edition and title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import pandas as pd

from helpers.analyses import matching, official, throughput
from helpers.analyses.matching import KINDS, Rules
from helpers.period import Period
from helpers.selection import Selection

BUNCHING = ["year", "texts", "days", "half", "busiest", "most", "groups"]
PROJECTIONS = ["year", "to_date", "annual_rate", "complete", "ratio", "low", "high", "wide_low", "wide_high"]
NEW = ["docid", "bare", "year", "approved", "before", "new", "age"]
TOPICS = ["topic", "study_group", "year", "printed", "docid", "about"]


class Record(NamedTuple):
    """Everything that the page is made from.

    `entries` are the report's rows with their texts, `texts` all ITU-T texts of the catalogue, `record` those of
    the kinds that the report lists since the catalogue has all of them, `unlisted` those of the chosen years that
    the report does not list, `period` the catalogue's years and last day, `listed` those of the report's table,
    `sources` the catalogue's edition.
    """

    entries: pd.DataFrame
    texts: pd.DataFrame
    record: pd.DataFrame
    unlisted: pd.DataFrame
    period: Period
    listed: Period
    rules: Rules
    sources: pd.DataFrame


def read(itut: pd.DataFrame, catalogue: pd.DataFrame, sources: pd.DataFrame, chosen: Selection) -> Record:
    """Match the edition's table to the published `approvals`, of the editions that `sources` tells."""
    rules, listed = matching.rules(chosen), chosen.of("itut_recommendations")
    texts = matching.telecom(catalogue, rules)
    made = matching.entries(itut, texts, rules)
    kinds = matching.record(texts, rules)
    changes = kinds.loc[kinds["document_type"] != KINDS[0], "year"]  # taken since the catalogue's first year only
    record = kinds[kinds["year"] >= (changes if len(changes) else kinds["year"]).min()] if len(kinds) else kinds
    used = sources[sources["source"].isin(record["source"])]
    unlisted = matching.unlisted(made, texts, rules, listed)
    return Record(made, texts, record, unlisted, _years(record, used, listed), listed, rules, used)


def of_years(found: Record, chosen: Selection) -> Record:
    """The same record for other chosen years of its edition, without another match."""
    listed = chosen.of("itut_recommendations")
    unlisted = matching.unlisted(found.entries, found.texts, found.rules, listed)
    return found._replace(listed=listed, period=replace(found.period, year=listed.year), unlisted=unlisted)


def _years(record: pd.DataFrame, sources: pd.DataFrame, listed: Period) -> Period:
    """The catalogue's years, and its last day: that of its edition; of several picked years only these are shown."""
    if record.empty:
        return replace(listed, closes=None, stated=True)
    last = max(official.dates(sources).values(), default="")
    closes = date.fromisoformat(last) if re.fullmatch(r"\d{4}-\d\d-\d\d", last) else None
    years = tuple(range(int(record["year"].min()), int(record["year"].max()) + 1))
    return Period(years, listed.year, closes, stated=closes is not None, picked=listed.picked)


def each(found: Record) -> list[Record]:
    """What is told apart (`Period.each`): the record of each picked year, else the record itself."""
    return [
        found._replace(
            listed=one, period=replace(found.period, year=one.year, picked=()),
            unlisted=found.unlisted[found.unlisted["year"].isin(one.chosen)],
        )
        for one in found.listed.each
    ]  # fmt: skip


def by_year(found: Record) -> pd.DataFrame:
    """Approvals of every year of the catalogue, with the columns of `throughput.by_year`."""
    return throughput.by_year(found.record.assign(study_group=""), found.period, [""])


def by_month(found: Record) -> pd.DataFrame:
    """Approvals by year and month: columns year, month (1 to 12), texts; missing after the catalogue's last month."""
    months = found.record["approved"].str[5:7].astype(int)
    grid = pd.MultiIndex.from_product([found.period.shown, range(1, 13)], names=["year", "month"])
    counts = found.record.groupby([found.record["year"], months.rename("month")]).size()
    frame = counts.reindex(grid, fill_value=0).astype("Int64").rename("texts").reset_index()
    if found.period.closes:
        after = (frame["year"] >= found.period.closes.year) & (frame["month"] > found.period.closes.month)
        frame.loc[after, "texts"] = pd.NA
    return frame if len(found.record) else frame[:0]


def bunching(found: Record) -> pd.DataFrame:
    """How the texts of a year bunch on days: columns `BUNCHING`.

    `days` have an approval, `half` is the smallest number of them that carries half of the texts, `busiest`
    the day with `most` texts (of equal ones the first), `groups` those that look after these today.
    """
    rows = []
    for year, of_year in found.period.within(found.record).groupby("year"):
        sizes = of_year.groupby("approved").size().sort_values(ascending=False, kind="stable")
        half = int((sizes.cumsum() < sizes.sum() / 2).sum()) + 1
        top = of_year[of_year["approved"] == sizes.index[0]]
        groups = tuple(top["study_group_today"].value_counts().index)
        rows.append([year, len(of_year), len(sizes), half, str(sizes.index[0]), len(top), groups])
    return pd.DataFrame(rows, columns=BUNCHING)


def courses(found: Record) -> pd.DataFrame:
    """The course of each year: columns year, day (of the year), texts (approved up to that day)."""
    record = found.period.within(found.record)
    days = pd.to_datetime(record["approved"]).dt.day_of_year.rename("day")
    counts = record.groupby([record["year"].astype(int), days]).size().rename("texts")
    return counts.groupby("year").cumsum().reset_index()


def projections(found: Record) -> pd.DataFrame:
    """What an annual rate from the report's closing day would have said of each whole year: columns `PROJECTIONS`.

    `to_date` texts up to that day of the year, `annual_rate` as on the page of throughput, `complete` the whole
    year, `ratio` annual_rate ÷ complete, with its exact interval as a Poisson count (Garwood, Biometrika 28,
    1936) and the one widened by the dispersion of whole years. Without rows where the report's table closes
    with its year, or names no day.
    """
    closes, rows = found.listed.closes, []
    if closes is None or not found.listed.partial(closes.year):
        return pd.DataFrame(columns=PROJECTIONS)
    factor = throughput.dispersion(found.record.assign(study_group=""), found.period).factor
    for year in map(int, found.period.within(found.record)["year"].unique()):
        if found.period.coverage(year) == "whole":
            of_year = found.record[found.record["year"] == year]
            cut = closes.replace(year=year)
            to_date = int((of_year["approved"] <= f"{cut}").sum())
            scale = 1 / Period((year,), year, cut).fraction(year)
            values = [to_date, *_poisson(to_date, 1), *_poisson(to_date, factor)]
            ratios = [value * scale / len(of_year) for value in values]
            rows.append([year, to_date, to_date * scale, len(of_year), *ratios])
    return pd.DataFrame(rows, columns=PROJECTIONS)


def _poisson(count: int, factor: float) -> tuple[float, float]:
    """Exact 95 % interval of the mean of a count; of a count ÷ factor, times the factor, where it varies more."""
    from scipy.special import gammaincinv

    tail, effective = (1 - throughput.LEVEL) / 2, count / factor
    low = gammaincinv(effective, tail) if count else 0
    return float(low * factor), float(gammaincinv(effective + 1, 1 - tail) * factor)


def share_interval(part: int, whole: int) -> tuple[float, float]:
    """Exact 95 % interval of the share of a part (Clopper and Pearson, Biometrika 26, 1934)."""
    from scipy.special import betaincinv

    tail = (1 - throughput.LEVEL) / 2
    low = betaincinv(part, whole - part + 1, tail) if part else 0
    return float(low), float(betaincinv(part + 1, whole - part, 1 - tail) if part < whole else 1)


def outcome(found: Record) -> pd.DataFrame:
    """The chosen year that the report cuts, where it is whole in the catalogue: one row, or none.

    Columns as `throughput.by_year` of the report's list, complete (texts of the whole year) and error
    (annual_rate ÷ complete − 1).
    """
    rows = throughput.by_year(found.entries, found.listed, throughput.study_groups(found.entries))
    rows = rows[(rows["coverage"] == "partial") & rows["year"].isin(found.listed.chosen)]
    rows = rows.merge(projections(found)[["year", "complete"]], on="year")
    return rows.assign(error=rows["annual_rate"] / rows["complete"] - 1)


def editions(found: Record) -> pd.DataFrame:
    """Recommendations, new or revised: columns `NEW`.

    `before` is the day of the edition before (missing for a `new` one), `age` the years from it. Editions older
    than the catalogue's first year are known, too.
    """
    every = found.texts[found.texts["document_type"] == KINDS[0]]
    before = every.groupby("bare")["approved"].shift()
    age = (pd.to_datetime(every["approved"]) - pd.to_datetime(before)).dt.days / 365.25
    frame = every.assign(before=before, new=before.isna(), age=age)
    return frame.loc[frame["docid"].isin(found.record["docid"]), NEW].reset_index(drop=True)


def new_and_revised(found: Record) -> pd.DataFrame:
    """New and revised Recommendations by year: year, new, revised, age (median years of a revised one), coverage."""
    made = found.period.within(editions(found))
    rows = made.assign(revised=~made["new"], age=made["age"].where(~made["new"])).groupby("year")
    frame = rows.agg(new=("new", "sum"), revised=("revised", "sum"), age=("age", "median")).reset_index()
    return frame.assign(coverage=[found.period.coverage(int(year)) for year in frame["year"]])


def gathered(found: Record) -> pd.DataFrame:
    """Amendments that editions had gathered when the next replaced them in the chosen years, picked ones apart.

    Columns: year (of picked ones), amendments, editions. An edition older than the catalogue's first year is
    left out, as not all of its Amendments are in it.
    """
    made = editions(found).sort_values(["bare", "approved"])
    later = made.groupby("bare")["approved"].shift(-1)
    replaced = made.assign(later=later)[later.str[:4].isin([str(year) for year in found.listed.chosen])]
    amendments = found.record.loc[found.record["document_type"] == "amendment", ["bare", "approved"]]
    pairs = replaced[["docid", "bare", "approved", "later"]].merge(amendments, on="bare", suffixes=("", "_amendment"))
    inside = pairs[(pairs["approved_amendment"] >= pairs["approved"]) & (pairs["approved_amendment"] < pairs["later"])]
    counts = replaced["docid"].map(inside["docid"].value_counts()).fillna(0).astype(int).rename("amendments")
    by = [replaced["later"].str[:4].astype(int).rename(name) for name in found.listed.by]
    return counts.groupby([*by, counts]).size().rename("editions").reset_index()


def by_group(found: Record) -> pd.DataFrame:
    """What became of the listed texts of the chosen years, by group, and by year where several were picked.

    Columns: study_group, year (of picked ones), new, revised (Recommendations), age (median years of a revised
    one), in_force, withdrawn, not_stated (of all texts), texts (listed and catalogued).
    """
    rows = found.entries[found.entries["year"].isin(found.listed.chosen) & found.entries["docid"].notna()]
    rows = rows.merge(editions(found)[["docid", "new", "age"]], on="docid", how="left")
    marks = pd.DataFrame(
        {
            "new": rows["new"].eq(True),
            "revised": rows["new"].eq(False),
            "in_force": rows["status"].eq("Published"),
            "withdrawn": rows["status"].eq("Withdrawal"),
            "not_stated": rows["status"].isna(),
            "texts": True,
        }
    )
    by = ["study_group", *found.listed.by]
    frame = marks.fillna(False).astype(int).groupby([rows[name] for name in by], sort=False).sum()
    frame.insert(2, "age", rows[rows["new"].eq(False)].groupby(by)["age"].median().round(1))
    return frame.reset_index()


def then_and_today(found: Record) -> pd.DataFrame:
    """Listed texts of the chosen years by their group in the report and the one responsible today.

    Columns: study_group, today (`not stated` where the catalogue names none), texts.
    """
    rows = found.entries[found.entries["year"].isin(found.listed.chosen) & found.entries["docid"].notna()]
    today = rows["study_group_today"].fillna("not stated").rename("today")
    return rows.groupby([rows["study_group"], today], sort=False).size().rename("texts").reset_index()


def _groups_in_order(names: pd.Series) -> list[str]:
    """Study groups by their number, others after them."""
    return sorted(names.unique(), key=lambda name: (not name[2:].isdigit(), int(name[2:]) if name[2:].isdigit() else 0))


def topics(found: Record, lists: Mapping[str, list[str]]) -> pd.DataFrame:
    """Listed texts whose title has a word of a topic's list, one row each topic and text: columns `TOPICS`.

    `about` is the title; of a text without one that of the Recommendation that it changes. Words count as a
    whole, capitals or not, with an s or without.
    """
    rows = found.entries[found.entries["docid"].notna()]
    names = found.texts[found.texts["document_type"] == KINDS[0]].drop_duplicates("bare", keep="last")
    bare = rows["docid"].map(found.texts.set_index("docid")["bare"])
    rows = rows.assign(about=rows["title"].fillna(bare.map(names.set_index("bare")["title"])))
    made = []
    for topic, listed in lists.items():
        pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})s?(?!\w)"
        hits = rows["about"].str.contains(re.compile(pattern, re.IGNORECASE)).fillna(False).astype(bool)
        made.append(rows[hits].assign(topic=topic))
    return pd.concat(made)[TOPICS].reset_index(drop=True) if made else pd.DataFrame(columns=TOPICS)


def topic_groups(hits: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Texts of each topic in the chosen years by group, most texts first.

    Columns: topic, year (of picked ones), study_group, texts.
    """
    rows = hits[hits["year"].isin(period.chosen)]
    counts = rows.groupby(["topic", *period.by, "study_group"], sort=False).size().rename("texts").reset_index()
    groups = pd.Categorical(counts["study_group"], _groups_in_order(counts["study_group"]))
    totals = -counts.groupby("topic")["texts"].transform("sum")
    order = counts.assign(total=totals, place=pd.factorize(counts["topic"])[0])
    order = order.sort_values(["total", "place", *period.by], kind="stable")
    return counts.assign(study_group=groups).loc[order.index].reset_index(drop=True)
