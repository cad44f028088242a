"""What the page on standards throughput says: answers, tiles, captions and headings."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from helpers.analyses import throughput
from helpers.period import Period
from helpers.selection import Selection
from helpers.sentences import tiles
from helpers.sentences.caption import Caption
from helpers.sentences.wording import (
    amount,
    beside,
    closing_day,
    compared,
    direction,
    few,
    listing,
    number,
    partial_note,
    percent,
    sentence,
    source,
    when,
)
from helpers.sentences.wording import dated as dated
from helpers.tables import load

NO_ITUR = "The report lists no ITU-R Recommendations."
TABLE, EVERYBODY = "itut_recommendations", "ITU-T"
TYPE_LABELS = {"recommendation": "New or revised", "amendment": "Amendments", "corrigendum": "Corrigenda"}
SHARING_LABELS = {"alone": "Own row only", "several_rows": "In several rows", "joint_row": "In a joint row"}
NOUNS = {
    "recommendation": ("new or revised Recommendation", "new or revised Recommendations"),
    "amendment": ("Amendment", "Amendments"),
    "corrigendum": ("Corrigendum", "Corrigenda"),
}
MULTIPLES = {
    1 / 4: "a quarter of what it did",
    1 / 3: "a third of what it did",
    1 / 2: "half of what it did",
    1: "as much as it did",
    2: "twice what it did",
    3: "three times what it did",
    4: "four times what it did",
}
GROUP_HEADINGS = {
    "study_group": "Group", "year": "Year", "name": "Name", **TYPE_LABELS, "entries": "All",
    "designations": "Distinct designations",
}  # fmt: skip
CONCENTRATION_HEADINGS = {
    "year": "Year", "groups": "Groups", "top_groups": "Largest (up to three)", "top_share": "Their share",
    "hhi": "HHI", "evenly_spread": "HHI if even",
}  # fmt: skip


def answer(itut: pd.DataFrame, chosen: Selection) -> list[str]:
    """Two or three sentences that answer the notebook's question."""
    period, groups, who = _asked(itut, chosen)
    years = throughput.by_year(itut, period, groups)
    if not years["year"].isin(period.chosen).any():
        return [_none(who, period)]
    sentences = [_approved(itut, one, groups, who) for one in period.each]
    if period.whole:
        return [*sentences, _busiest(years, who)]
    shifts = _shifts(throughput.rate_ratios(itut, period, groups), who)
    return [*sentences, _against(years, period, who), *([f"{shifts}."] if shifts else [])]


def _approved(itut: pd.DataFrame, period: Period, groups: list[str], who: str) -> str:
    """How many texts of which kinds, and who carried most."""
    made, ranked = throughput.output(itut, period, groups), throughput.by_group(itut, period, groups)
    if not made.entries:
        return _none(who, period)
    kinds = [amount(n, *NOUNS[kind]) for kind in NOUNS if (n := int(ranked[kind].sum()))]
    first = f"{who} approved **{_texts(made.entries)}** in {when(period)}{_share(made, who)}: {listing(kinds)}."
    return first + _leaders(made, who)


def _asked(itut: pd.DataFrame, chosen: Selection) -> tuple[Period, list[str], str]:
    """Period, study groups and subject of the page."""
    groups = chosen.members("study_groups", throughput.study_groups(itut))
    return chosen.of(TABLE), groups, chosen.who("study_groups", EVERYBODY)


def _none(who: str, period: Period | None = None) -> str:
    return f"The report lists no texts approved by {who}{f' in {period.label}' if period else ''}."


def _texts(value: float) -> str:
    return amount(value, "text")


def _share(made: throughput.Output, who: str) -> str:
    """What chosen study groups have of everybody's texts."""
    if who == EVERYBODY:
        return ""
    if made.entries == made.everybody:
        return f", all that {EVERYBODY} approved"
    return f", {percent(made.share)} of the {number(made.everybody)} of {EVERYBODY}"


def _leaders(made: throughput.Output, who: str) -> str:
    """Who carried most; nothing for one group that is the subject already."""
    if len(made.groups) == 1:
        return "" if who == made.groups[0] else f" Only {made.groups[0]} has a row."
    share = percent(made.lead_share)
    return f" {listing(made.leaders)} carried {share} of them{_each(made)} ({number(made.lead)})."


def _each(made: throughput.Output) -> str:
    return " each" if len(made.leaders) > 1 else ""


def extremes(itut: pd.DataFrame, chosen: Selection) -> str:
    """Which study groups slowed and sped up most, as a sentence; empty where none can be compared.

    `SG20 approved about a third of what it did in 2020 (7 texts after 27) and SG17 42 % more than it did (50 after
    42).` Says so where no change is beyond chance.
    """
    period, groups, _ = _asked(itut, chosen)
    ratios, (later, earlier) = throughput.rate_ratios(itut, period, groups), period.compared
    if ratios.empty:
        return ""
    low, high = ratios.iloc[-1], ratios.iloc[0]
    said = f"{low['study_group']} approved {_multiple(low['ratio'])} in {earlier} "
    said += f"({_texts(low['now'])} after {number(low['before'])})"
    if len(ratios) > 1:
        after = f"({number(high['now'])} after {number(high['before'])})"
        said += f" and {high['study_group']} {_multiple(high['ratio'])} {after}"
    rate = ", at annual rates" if period.coverage(later) == "partial" else ""
    chance = "" if ratios["clear"].any() else "; chance alone could explain that"
    return f"{said}{rate}{chance}."


def _multiple(ratio: float) -> str:
    """A ratio in words where it is near one that has some, else in percent (`142 %` as `42 % more than it did`)."""
    for simple, said in MULTIPLES.items():
        if abs(ratio / simple - 1) < 0.12:
            return f"about {said}"
    if ratio > 3:
        return f"about {number(ratio, 0)} times what it did"
    return f"{percent(ratio - 1)} more than it did" if ratio > 1 else f"{percent(ratio)} of what it did"


def _against(years: pd.DataFrame, period: Period, who: str) -> str:
    """The chosen year against the year before, of several the last against the first; one row a year in `years`."""
    (year, before), rows = period.compared, {row["year"]: row for row in years.to_dict("records")}
    if year == period.years[0]:
        return f"{year} is the first year of the table, so no change can be shown."
    for needed in (before or year - 1, year):
        if needed not in rows:
            return f"The table has no row of {who} for {needed}, so no change can be shown."
    now, then = rows[year], rows[before]["entries"]
    if now["coverage"] == "unknown":
        return f"How much of {year} is counted is not stated, so it is not held against the {number(then)} of {before}."
    than = f"{compared(now['annual_rate'], then, 'texts')} in {before} ({number(then)})"
    if now["coverage"] == "whole":
        return f"That is {than}."
    return f"Approvals {_pace(now['annual_rate'], then)} to {number(now['annual_rate'], 0)} a year, {than}."


def _pace(rate: float, before: float) -> str:
    """What the approvals of a partial year did; the rate follows."""
    return "slowed" if rate < before else "quickened" if rate > before else "kept"


def _busiest(years: pd.DataFrame, who: str) -> str:
    """The year with most texts."""
    if len(years) == 1:
        return f"The only year with a row is {years['year'].item()}."
    busiest, most = years[years["entries"] == years["entries"].max()], years["entries"].max()
    faster = (busiest["coverage"] == "whole").all() and years["annual_rate"].max() > most  # a partial year is
    year = "whole year" if faster else "year"
    if len(busiest) == 1:
        return f"{busiest['year'].item()} was the busiest {year} ({_texts(most)})."
    return f"{listing(busiest['year'])} were the busiest {year}s ({_texts(most)} each)."


def _shifts(ratios: pd.DataFrame, who: str, span: str = "") -> str:
    """Study groups whose rate changed, with direction and size; empty where none can be compared."""
    if ratios.empty:
        return ""
    if ratios["p"].isna().all():
        return "Whether a change is more than chance cannot be said of fewer than two whole years"
    if ratios["clear"].any():
        return f"{_moves(ratios[ratios['clear']])}{span}, more than chance explains"
    alone = ratios[(ratios["wide_low"] > 1) | (ratios["wide_high"] < 1)]
    if len(alone):
        return f"{_moves(alone)}{span}, but among all groups compared that may be chance"
    if who == EVERYBODY:
        return f"No study group’s pace changed by more than chance{span}"
    return f"{_moves(ratios)}{span}, no more than chance explains"


def _moves(ratios: pd.DataFrame) -> str:
    """`SG2 (× 2.09) and SG9 (× 2.09) sped up and SG15 (× 0.50) slowed`."""
    names = ratios["study_group"] + ratios["ratio"].map(" (× {:.2f})".format)
    ways = {"sped up": ratios["ratio"] > 1, "slowed": ratios["ratio"] < 1, "kept the rate": ratios["ratio"] == 1}
    return listing(f"{listing(names[rows])} {way}" for way, rows in ways.items() if rows.any())


def itur_answer(itur: pd.DataFrame) -> str:
    """A sentence on ITU-R Recommendations and how they are shared."""
    totals = throughput.itur_totals(itur)
    if not totals["distinct"]:
        return NO_ITUR
    listed = f"ITU-R lists {amount(totals['distinct'], 'Recommendation')}"
    return f"{listed}, {number(totals['new'])} of them new; {_belong(totals)} to more than one working party."


def _belong(totals: dict[str, int], of: str = "") -> str:
    """`216 belong`, `none of 1,174 ITU-R Recommendations belongs`."""
    return f"{few(totals['shared'])}{of} {'belong' if totals['shared'] > 1 else 'belongs'}"


def figures(itut: pd.DataFrame, chosen: Selection) -> pd.DataFrame:
    """Headline figures: texts, Recommendations, supplements to them, a share (see `tiles`)."""
    period, groups, who = _asked(itut, chosen)
    if not throughput.output(itut, period, groups).entries:
        return tiles.frame([])
    rows = itut[itut["study_group"].isin(groups)]
    new = (rows["document_type"] == "recommendation").astype(int)
    texts = f"{EVERYBODY} texts approved" if who == EVERYBODY else f"texts approved by {who}"
    rows = rows.assign(texts=1, new=new, supplements=1 - new)
    counted = {texts: "texts", "new or revised Recommendations": "new", "Amendments and Corrigenda": "supplements"}
    shown = [tiles.counted(what, rows, column, period) for what, column in counted.items()]
    for one in period.each:
        shown += _share_tile(itut, one, groups, who, f", {one.label}" * bool(period.picked))
    return tiles.frame(shown)


def _share_tile(itut: pd.DataFrame, period: Period, groups: list[str], who: str, year: str) -> list[tiles.Tile]:
    """What chosen groups have of everybody's texts, or the largest group of all; none for one group alone."""
    made = throughput.output(itut, period, groups)
    if made.entries and who != EVERYBODY:
        of_all, rows = f"{number(made.entries)} of {number(made.everybody)}", _rows(itut, groups, period)
        return [tiles.row(f"of the texts of {EVERYBODY}{year}", percent(made.share), of_all, rows)]
    if len(made.groups) < 2:
        return []
    what = f"of the texts by {listing(made.leaders)}{_each(made)}{year}"
    of_all, rows = f"{number(made.lead)} of {number(made.entries)}", _rows(itut, made.leaders, period)
    return [tiles.row(what, percent(made.lead_share), of_all, rows)]


def _rows(itut: pd.DataFrame, groups: Iterable[str], period: Period) -> pd.DataFrame:
    """Rows of the chosen years."""
    return itut[itut["study_group"].isin(groups) & itut["year"].isin(period.chosen)]


def _within(itut: pd.DataFrame, chosen: Selection) -> pd.DataFrame:
    """Rows of the years that a chart over the years has."""
    period, groups, _ = _asked(itut, chosen)
    return period.within(itut[itut["study_group"].isin(groups)])


def named(rows: pd.DataFrame, itut: pd.DataFrame) -> pd.DataFrame:
    """Rows of a `study_group` with a column `group`: code and name (`SG17 Security`)."""
    names = rows["study_group"].map(itut.groupby("study_group")["study_group_name"].first()).fillna("")
    return rows.assign(group=(rows["study_group"].astype(str) + " " + names.astype(str)).str.strip())


def by_group(itut: pd.DataFrame, chosen: Selection) -> Caption:
    """The bars by study group."""
    period, groups, who = _asked(itut, chosen)
    if (rows := _rows(itut, groups, period)).empty:
        return Caption(_none(who, period))
    lacking = [(one, set(groups) - set(_rows(itut, groups, one)["study_group"])) for one in period.each]
    notes = [
        f"The table has no row of {listing(group for group in groups if group in names)} for {one.label}."
        for one, names in lacking
        if names and who != EVERYBODY
    ]
    title = beside(_carried(itut, one, groups, who) for one in period.each)
    return Caption(title, "texts approved", source(rows), tuple(notes))


def _carried(itut: pd.DataFrame, period: Period, groups: list[str], who: str) -> str:
    """Who approved most."""
    made, until = throughput.output(itut, period, groups), when(period)
    if not made.entries:
        return _none(who, period)
    of_all = f"{number(made.lead)} of {_texts(made.entries)}"
    if len(made.groups) == 1 and made.entries == made.everybody:
        return f"{made.groups[0]} alone approved texts in {until}: {number(made.entries)}"
    if len(made.groups) == 1:
        everybody = f"the {_texts(made.everybody)} of {EVERYBODY}"
        return f"{made.groups[0]} approved {number(made.entries)} of {everybody} in {until}"
    if len(made.leaders) == len(made.groups):
        return f"{listing(made.leaders)} approved {_texts(made.lead)} each in {until}"
    if len(made.groups) == 2:
        return f"{made.groups[0]} approved more than {made.groups[1]} in {until}: {of_all}"
    among = "" if who == EVERYBODY else f"Of {listing(group for group in groups if group in made.groups)}, "
    return f"{among}{listing(made.leaders)} approved most in {until}: {of_all}{_each(made)}"


def by_group_table(itut: pd.DataFrame, chosen: Selection) -> Caption:
    """The table of the bars."""
    period, groups, who = _asked(itut, chosen)
    none = f"The table has no row of {who} for {period.label}; that is not a zero."
    return Caption(none if _rows(itut, groups, period).empty else f"Approvals by study group, {chosen.label}")


def by_year(years: pd.DataFrame, itut: pd.DataFrame, chosen: Selection) -> Caption:
    """The bars by year: what the chosen year brought after the one before, or the range of the whole years."""
    period, _, who = _asked(itut, chosen)
    if years.empty:
        return Caption(_none(who, period if period.picked else None))
    missing = [year for year in period.shown if year not in set(years["year"])]
    gaps = [f"The table has no row of {who} for {listing(missing)}; that is not a zero."] if missing else []
    notes = (*partial_note(period, years["year"]), *gaps)
    return Caption(_course(years, period, who), "texts approved", source(_within(itut, chosen)), notes)


def _course(years: pd.DataFrame, period: Period, who: str) -> str:
    """`Approvals slowed in 2021: 189 by 1 November, a pace of 226 a year`."""
    rows = {row["year"]: row for row in years.to_dict("records")}
    year, whole = period.chosen[-1], years[years["coverage"] == "whole"]
    earlier = period.picked[0] if period.picked else year - 1
    now, before = rows.get(year), rows.get(earlier)
    by = "" if who == EVERYBODY else f" by {who}"
    if now and before and now["coverage"] == "partial":
        verb = _pace(now["annual_rate"], before["entries"]).replace("kept", "kept their pace")
        day = f"{number(now['entries'])} by {closing_day(period)}"
        after = f", after {number(before['entries'])} in {earlier}" if period.picked else ""
        return f"Approvals{by} {verb} in {year}: {day}, a pace of {number(now['annual_rate'], 0)} a year{after}"
    if now and before and now["coverage"] == "whole" and not period.whole:
        span = f"between {earlier} and {year}" if period.picked else f"in {year}"
        return f"Approvals{by} {direction(now['entries'], before['entries'])} {span}"
    return _whole_years(whole, who) if len(whole) else f"{who} has no whole year in the table"


def _whole_years(whole: pd.DataFrame, who: str) -> str:
    """The range of whole years."""
    least, most = whole["entries"].min(), whole["entries"].max()
    first, last = (listing(whole.loc[whole["entries"] == entries, "year"]) for entries in (least, most))
    if len(whole) == 1:
        return f"{who} approved {_texts(most)} in {first}"
    if least == most:
        return f"{who} approved {_texts(most)} in every whole year"
    return f"{who} approved between {number(least)} ({first}) and {number(most)} ({last}) texts in a whole year"


def group_years(panels: pd.DataFrame, itut: pd.DataFrame, chosen: Selection, annualise: bool) -> Caption:
    """The panels by group: who varies most; with `annualise` a note gives the annual rates of a partial year."""
    period, _, who = _asked(itut, chosen)
    rows = _within(itut, chosen)
    if rows.empty:
        return Caption(_none(who, period if period.picked else None))
    notes = partial_note(period, panels.loc[panels["entries"].notna(), "year"])
    partial = panels[(panels["coverage"] == "partial") & panels["entries"].notna()]
    if annualise and len(partial):
        rates = partial["annual_rate"].map(lambda rate: number(rate, 0)) + " by " + partial["study_group"]
        notes.append(f"At the pace of {partial['year'].iloc[0]} a whole year would bring {listing(rates)}.")
    if panels["entries"].isna().any():
        notes.append("‘No row’: the table has no line for this group and year; that is not a zero.")
    title = _varies(throughput.variation(panels), who)
    if period.picked:
        title = (extremes(itut, chosen) or _no_pair(who, period)).removesuffix(".")
    return Caption(title, "texts approved", source(rows), tuple(notes))


def _no_pair(who: str, period: Period) -> str:
    later, earlier = period.compared
    return f"The table has no row of {who} in both {earlier} and {later}, so no change can be shown."


def _varies(spans: pd.DataFrame, who: str) -> str:
    """The study groups whose whole years lie furthest apart."""
    if spans.empty:
        return f"{who} has fewer than two whole years in the table"
    widest = spans[spans["span"] == spans["span"].max()]
    name, least, most, span = widest[["study_group", "least", "most", "span"]].iloc[0]
    between = f"between {number(least)} and {_texts(most)} a year"
    if span == 0:
        return f"{listing(widest['study_group'])} approved as many texts in every whole year"
    if len(spans) == 1:
        return f"{name} approved {between}"
    if len(widest) > 1:
        return f"{listing(widest['study_group'])} varied most, by {_texts(span)} each"
    return f"{name} varied {'most' if len(spans) > 2 else 'more'}, {between}"


def rate_ratios(ratios: pd.DataFrame, itut: pd.DataFrame, chosen: Selection) -> Caption:
    """The rate ratios: who changed, in which direction, by how much, and how sure that is."""
    period, groups, who = _asked(itut, chosen)
    later, earlier = period.compared
    if earlier is None:
        return Caption(f"No year before {later} is in the table.")
    if "unknown" in (period.coverage(later), period.coverage(earlier)):
        return Caption(f"How much of {later} is counted is not stated, so its rate is not held against {earlier}.")
    if ratios.empty:
        return Caption(_no_pair(who, period))
    notes = [*partial_note(period, (later,)), _dispersion(throughput.dispersion(itut, period))]
    if len(ratios) < len(groups):
        notes.append("Groups without a row in one of the two years are left out.")
    title = _shifts(ratios, who, f" from {earlier} to {later}")
    return Caption(title, "rate against the earlier year", source(_within(itut, chosen)), tuple(notes))


def _dispersion(found: throughput.Dispersion) -> str:
    """How much the intervals were widened, and why."""
    if not found.freedom:
        return "Fewer than two whole years are in the table, so no interval is widened; ‘low’ and ‘high’ are exact."
    test = f"(χ² {number(found.chi2, 0)} on {number(found.freedom)} degrees of freedom)"
    if found.factor == 1:
        return f"The counts of {listing(found.years)} have no more than the variance of Poisson counts {test}."
    times = f"{number(found.factor, 1)} times the variance of Poisson counts {test}"
    return f"The counts of {listing(found.years)} have {times}: the bar allows for that, ‘low’ and ‘high’ do not."


def concentration(spread: pd.DataFrame, itut: pd.DataFrame, chosen: Selection) -> Caption:
    """The concentration of all study groups, also on the page of a selection."""
    period, _, who = _asked(itut, chosen)
    if spread.empty:
        return Caption(_none(EVERYBODY))
    notes = () if who == EVERYBODY else ("All study groups count here, also those that this page leaves out.",)
    many = spread[spread["groups"] > 3]
    low, high = percent(many["top_share"].min()), percent(many["top_share"].max())
    share = low if low == high else f"between {low} and {high}"
    years = "in both years" if len(spread) == 2 else "every year"
    always = [name for name in spread["top_groups"].iloc[0] if all(name in top for top in many["top_groups"])]
    named = f"{listing(always)} {'is' if len(always) == 1 else 'are'} among the three largest groups {years}; "
    every = always and len(many) == len(spread) > 1
    title = f"{named}the three carry {share} of the output" if every else f"The three largest groups carry {share}"
    few = "No more than three study groups have a row in any year"
    return Caption(title if len(many) else few, source=source(period.within(itut)), notes=notes)


def concentration_table(spread: pd.DataFrame) -> pd.DataFrame:
    """The concentration with its groups in words, the index with two decimals."""
    index = {name: [number(value, 2) for value in spread[name]] for name in ("hhi", "evenly_spread")}
    return spread.assign(top_groups=[listing(groups) for groups in spread["top_groups"]], **index)


def itur_by_party(itur: pd.DataFrame) -> Caption:
    """The bars by working party."""
    totals = throughput.itur_totals(itur)
    if not totals["distinct"]:
        return Caption(NO_ITUR)
    of = f" of {amount(totals['distinct'], 'ITU-R Recommendation')}"
    title = f"{sentence(_belong(totals, of))} to more than one working party"
    printed = f"The list prints {amount(totals['entries'], 'row')}; "
    printed += f"counted once for every working party they make {number(totals['party_counts'])}."
    return Caption(title, "Recommendations", source(itur), (*load.caveats("itur_recommendations").values(), printed))


SERIES_HEADINGS = {
    "series": "Series", "year": "Year", "entries": "Texts", "designations": "Distinct designations",
    "by": "Approved by",
}  # fmt: skip


def by_series(pairs: pd.DataFrame, itut: pd.DataFrame, chosen: Selection) -> Caption:
    """The series: the largest, what it has of all, and which study group approved most of it."""
    period, groups, who = _asked(itut, chosen)
    if pairs.empty:
        return Caption(_none(who, period))
    title = beside(_largest(throughput.by_series(itut, one, groups), one, groups, who) for one in period.each)
    note = "Every entry counts once, as printed; ‘distinct’ counts a designation once, whatever adds to it or mends it."
    return Caption(title, "texts approved", source(_rows(itut, groups, period)), (note,))


def _largest(pairs: pd.DataFrame, period: Period, groups: list[str], who: str) -> str:
    """The largest series of a year or the whole period."""
    if pairs.empty:
        return _none(who, period)
    entries, most = int(pairs["entries"].sum()), int(pairs["series_entries"].max())
    largest = pairs[pairs["series_entries"] == most]
    names, whose = list(largest["series"].unique()), f"of {who} in {when(period)}"
    by_whom = _by_whom(largest) if len(groups) > 1 else ""
    if most == entries:
        pause = "," * ("," in when(period))
        all_of = f"The only text {whose}{pause} is" if entries == 1 else f"All {_texts(entries)} {whose}{pause} are"
        return f"{all_of} in series {names[0]}{by_whom}"
    if len(names) > 1:
        return f"Series {listing(names)} have the most texts {whose}: {number(most)} each of {number(entries)}"
    return f"Series {names[0]} has the most texts {whose}: {number(most)} of {number(entries)}{by_whom}"


def _by_whom(pairs: pd.DataFrame) -> str:
    """Which study group approved most of one series (`, 107 of them by SG17`)."""
    most = pairs["entries"].max()
    leaders = pairs[pairs["entries"] == most]
    how_many = "all" if len(pairs) == 1 else f"{number(most)} of them{' each' if len(leaders) > 1 else ''}"
    return f", {how_many} by {listing(leaders['study_group'])}"


def series_table(pairs: pd.DataFrame) -> pd.DataFrame:
    """One row a series, its study groups in words (`SG17 107, SG11 8 and SG2 2`)."""
    groups = pairs["study_group"] + " " + pairs["entries"].map(number)
    whole = pairs.assign(by=groups).groupby(["series", *(["year"] if "year" in pairs else [])], sort=False)
    columns = {"entries": ("series_entries", "first"), "designations": ("series_designations", "first")}
    return whole.agg(**columns, by=("by", listing)).reset_index()
