"""What the page on standards throughput says: answers, tiles, captions and headings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import pandas as pd

from helpers.analyses import throughput
from helpers.selection import Period, Selection
from helpers.sentences import tiles
from helpers.sentences.caption import Caption
from helpers.sentences.wording import amount, change, count, listing, number, partial_note, percent, source, when
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
GROUP_HEADINGS = {
    "study_group": "Group", "name": "Name", **TYPE_LABELS, "entries": "All", "designations": "Distinct designations",
}  # fmt: skip
CONCENTRATION_HEADINGS = {
    "year": "Year", "groups": "Groups", "top_groups": "Largest (up to three)", "top_share": "Their share",
    "hhi": "HHI", "evenly_spread": "HHI if even",
}  # fmt: skip


def answer(itut: pd.DataFrame, chosen: Selection) -> list[str]:
    """Two or three sentences that answer the notebook's question."""
    period, groups, who = _asked(itut, chosen)
    made = throughput.output(itut, period, groups)
    if not made.entries:
        return [_none(who, period)]
    ranked, years = throughput.by_group(itut, period, groups), throughput.by_year(itut, period, groups)
    kinds = [amount(n, *NOUNS[kind]) for kind in NOUNS if (n := int(ranked[kind].sum()))]
    first = f"{who} approved **{_texts(made.entries)}** in {when(period)}{_share(made, who)}: {listing(kinds)}."
    sentences = [first + _leaders(made, who)]
    if period.year is None:
        return [*sentences, _busiest(years, throughput.concentration(itut), who)]
    shifts = _shifts(throughput.rate_ratios(itut, period, groups), who)
    return [*sentences, _against(years, period, who), *([f"{shifts[0].upper()}{shifts[1:]}."] if shifts else [])]


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
    each = " each" if len(made.leaders) > 1 else ""
    return f" {listing(made.leaders)} carried {percent(made.lead_share)} of them{each} ({number(made.lead)})."


def _against(years: pd.DataFrame, period: Period, who: str) -> str:
    """The chosen year against the year before; `years` has one row each year."""
    (year, before), rows = period.compared, {row["year"]: row for row in years.to_dict("records")}
    if year == period.years[0]:
        return f"{year} is the first year of the table, so no change can be shown."
    if before not in rows:
        return f"The table has no row of {who} for {year - 1}, so no change can be shown."
    now, then = rows[year], rows[before]["entries"]
    if now["coverage"] == "unknown":
        return f"How much of {year} is counted is not stated, so it is not held against the {number(then)} of {before}."
    cut = f" (an annual rate of {number(now['annual_rate'], 0)}, as the year is partial)"
    moved = change(now["annual_rate"], then)
    return f"Against {number(then)} in {before} that is {moved}{cut if now['coverage'] == 'partial' else ''}."


def _busiest(years: pd.DataFrame, spread: pd.DataFrame, who: str) -> str:
    """The year with most texts and, where no groups were chosen, what the three largest groups carried."""
    if len(years) == 1:
        return f"The only year with a row is {years['year'].item()}."
    busiest, most = years[years["entries"] == years["entries"].max()], years["entries"].max()
    faster = (busiest["coverage"] == "whole").all() and years["annual_rate"].max() > most  # a partial year is
    year = "whole year" if faster else "year"
    if len(busiest) == 1:
        said = f"{busiest['year'].item()} was the busiest {year} ({_texts(most)})"
    else:
        said = f"{listing(busiest['year'])} were the busiest {year}s ({_texts(most)} each)"
    if who != EVERYBODY or not (spread["groups"] > 3).all():
        return f"{said}."
    low, high = percent(spread["top_share"].min()), percent(spread["top_share"].max())
    share = low if low == high else f"between {low} and {high}"
    return f"{said}; the three largest groups of each year carried {share} of its output."


def _shifts(ratios: pd.DataFrame, who: str) -> str:
    """Study groups whose rate changed, with direction and size; empty where none can be compared."""
    if ratios.empty:
        return ""
    if ratios["p"].isna().all():
        return "no change can be called clear: fewer than two whole years do not tell how far years vary"
    if ratios["clear"].any():
        return _moves(ratios[ratios["clear"]], " clearly")
    alone = ratios[(ratios["wide_low"] > 1) | (ratios["wide_high"] < 1)]
    if len(alone):
        return f"{_moves(alone)} by more than whole years vary, but among all groups compared that may be chance"
    if who == EVERYBODY:
        return "no group changed by more than chance would give"
    return f"{_moves(ratios)}, no more than chance would give"


def _moves(ratios: pd.DataFrame, how: str = "") -> str:
    """`SG2 (× 2.09) and SG9 (× 2.09) sped up and SG15 slowed (× 0.50)`."""
    said = []
    for word, rows in (
        ("sped up", ratios[ratios["ratio"] > 1]),
        ("slowed", ratios[ratios["ratio"] < 1]),
        ("kept the rate", ratios[ratios["ratio"] == 1]),
    ):
        sizes = [f"(× {ratio:.2f})" for ratio in rows["ratio"]]
        if len(rows) == 1:
            said.append(f"{rows['study_group'].item()} {word}{how} {sizes[0]}")
        elif len(rows):
            said.append(f"{listing(map(' '.join, zip(rows['study_group'], sizes, strict=True)))} {word}{how}")
    return listing(said)


def itur_answer(itur: pd.DataFrame) -> str:
    """Two sentences on ITU-R Recommendations and how they are shared."""
    totals = throughput.itur_totals(itur)
    if not totals["distinct"]:
        return NO_ITUR
    listed = f"ITU-R lists {amount(totals['distinct'], 'Recommendation')} ({number(totals['new'])} of them new)"
    if not totals["shared"]:
        said = f"{listed}, none of them shared between working parties."
    elif totals["entries"] == totals["distinct"]:
        said = f"{listed}, {number(totals['shared'])} of them shared: {_once_each(totals)}."
    else:
        printed = f"printed {amount(totals['entries'], 'time')} because {number(totals['shared'])} are shared"
        said = f"{listed}, {printed}: {_once_each(totals)}."
    if not totals["repaired"]:
        return said
    repaired = count(totals["repaired"], "designation").capitalize()
    return f"{said} {repaired} had lost the hyphen and {'was' if totals['repaired'] == 1 else 'were'} repaired."


def _once_each(totals: dict[str, int]) -> str:
    return f"counted once for every working party they make {number(totals['party_counts'])}"


def figures(itut: pd.DataFrame, chosen: Selection) -> pd.DataFrame:
    """Headline figures: texts, Recommendations, supplements to them, a share (see `tiles`)."""
    period, groups, who = _asked(itut, chosen)
    made = throughput.output(itut, period, groups)
    if not made.entries:
        return tiles.frame([])
    rows = itut[itut["study_group"].isin(groups)]
    new = (rows["document_type"] == "recommendation").astype(int)
    texts = f"{EVERYBODY} texts approved" if who == EVERYBODY else f"texts approved by {who}"
    shown = [
        tiles.counted(texts, rows.assign(entries=1), "entries", period),
        tiles.counted("new or revised Recommendations", rows.assign(entries=new), "entries", period),
        tiles.counted("Amendments and Corrigenda", rows.assign(entries=1 - new), "entries", period),
    ]
    if who != EVERYBODY:
        of_all = f"{number(made.entries)} of {number(made.everybody)}"
        shown.append(
            tiles.row(f"of the texts of {EVERYBODY}", percent(made.share), of_all, _rows(itut, groups, period))
        )
    elif len(made.groups) > 1:
        each = " each" if len(made.leaders) > 1 else ""
        of_all = f"{number(made.lead)} of {number(made.entries)}"
        of_lead = _rows(itut, list(made.leaders), period)
        what = f"of the texts by {listing(made.leaders)}{each}"
        shown.append(tiles.row(what, percent(made.lead_share), of_all, of_lead))
    return tiles.frame(shown)


def _rows(itut: pd.DataFrame, groups: Iterable[str], period: Period) -> pd.DataFrame:
    """Rows of the chosen years."""
    return itut[itut["study_group"].isin(groups) & itut["year"].isin(period.chosen)]


def named(ranked: pd.DataFrame) -> pd.DataFrame:
    """Rows of `throughput.by_group` with a column `group`: code and name (`SG17 Security`)."""
    return ranked.assign(group=(ranked["study_group"] + " " + ranked["name"].fillna("")).str.strip())


def by_group(itut: pd.DataFrame, chosen: Selection) -> Caption:
    """The bars by study group."""
    period, groups, who = _asked(itut, chosen)
    made, until = throughput.output(itut, period, groups), when(period)
    if not made.entries:
        return Caption(_none(who, period))
    of_all = f"{number(made.lead)} of {_texts(made.entries)}"
    if len(made.groups) == 1 and made.entries == made.everybody:
        title = f"{made.groups[0]} alone approved texts in {until}: {number(made.entries)}"
    elif len(made.groups) == 1:
        everybody = f"the {_texts(made.everybody)} of {EVERYBODY}"
        title = f"{made.groups[0]} approved {number(made.entries)} of {everybody} in {until}"
    elif len(made.leaders) == len(made.groups):
        title = f"{listing(made.leaders)} approved {_texts(made.lead)} each in {until}"
    elif len(made.groups) == 2:
        title = f"{made.groups[0]} approved more than {made.groups[1]} in {until}: {of_all}"
    else:
        among = "" if who == EVERYBODY else f"Of {listing(group for group in groups if group in made.groups)}, "
        each = " each" if len(made.leaders) > 1 else ""
        title = f"{among}{listing(made.leaders)} approved most in {until}: {of_all}{each}"
    missing = [group for group in groups if group not in made.groups]
    notes = [f"The table has no row of {listing(missing)} for {period.label}."] if missing and who != EVERYBODY else []
    return Caption(title, "texts approved", source(_rows(itut, groups, period)), tuple(notes))


def by_group_table(itut: pd.DataFrame, chosen: Selection) -> Caption:
    """The table of the bars."""
    period, groups, who = _asked(itut, chosen)
    none = f"The table has no row of {who} for {period.label}; that is not a zero."
    return Caption(none if _rows(itut, groups, period).empty else f"Approvals by study group, {chosen.label}")


def by_year(years: pd.DataFrame, itut: pd.DataFrame, chosen: Selection) -> Caption:
    """The bars by year: the busiest and the quietest whole year, and what is known of the last."""
    period, groups, who = _asked(itut, chosen)
    if years.empty:
        return Caption(_none(who))
    said = [_whole_years(years[years["coverage"] == "whole"])]
    for row in years[years["coverage"] != "whole"].to_dict("records"):
        rate = f"runs at {number(row['annual_rate'], 0)} a year"
        known = f"has {number(row['entries'])}, its closing day unknown"
        said.append(f"{row['year']} {rate if row['coverage'] == 'partial' else known}")
    missing = [year for year in period.years if year not in set(years["year"])]
    gaps = [f"The table has no row of {who} for {listing(missing)}; that is not a zero."] if missing else []
    rows = itut[itut["study_group"].isin(groups)]
    return Caption(
        _of(who, "; ".join(filter(None, said))), "texts approved", source(rows), (*partial_note(period), *gaps)
    )


def _whole_years(whole: pd.DataFrame) -> str:
    """The range of whole years; empty where there is none."""
    if whole.empty:
        return ""
    least, most = whole["entries"].min(), whole["entries"].max()
    first, last = (listing(whole.loc[whole["entries"] == entries, "year"]) for entries in (least, most))
    if len(whole) == 1:
        return f"{first} brings {_texts(most)}"
    if least == most:
        return f"whole years bring {_texts(most)} each"
    return f"whole years bring between {number(least)} ({first}) and {number(most)} ({last}) texts"


def _of(who: str, finding: str) -> str:
    """A title with the chosen groups before it, where some were chosen."""
    return finding[0].upper() + finding[1:] if who == EVERYBODY else f"{who}: {finding}"


def group_years(panels: pd.DataFrame, itut: pd.DataFrame, chosen: Selection, annualise: bool) -> Caption:
    """The panels by group: who varies most; with `annualise` a note gives the annual rates of a partial year."""
    period, groups, who = _asked(itut, chosen)
    rows = itut[itut["study_group"].isin(groups)]
    if rows.empty:
        return Caption(_none(who))
    notes = partial_note(period)
    partial = panels[(panels["coverage"] == "partial") & panels["entries"].notna()]
    if annualise and len(partial):
        rates = listing(f"{row.study_group} {number(cast(float, row.annual_rate), 0)}" for row in partial.itertuples())
        notes.append(f"The bars are counts as printed. At an annual rate {partial['year'].iloc[0]} makes {rates}.")
    if panels["entries"].isna().any():
        notes.append("‘No row’: the table has no line for this group and year; that is not a zero.")
    return Caption(_varies(throughput.variation(panels), who), "texts approved", source(rows), tuple(notes))


def _varies(spans: pd.DataFrame, who: str) -> str:
    """The study groups whose whole years lie furthest apart."""
    if spans.empty:
        return f"{who}: fewer than two whole years have a row"
    widest = spans[spans["span"] == spans["span"].max()]
    name, least, most, span = widest[["study_group", "least", "most", "span"]].iloc[0]
    between = f"between {number(least)} and {_texts(most)}"
    if span == 0:
        return f"{listing(widest['study_group'])}: the same number of texts in every whole year"
    if len(spans) == 1:
        return f"{name} brings {between} in a whole year"
    if len(widest) > 1:
        return f"{listing(widest['study_group'])} vary most from year to year, by {_texts(span)} each"
    return f"{name} varies {'most' if len(spans) > 2 else 'more'} from year to year: {between}"


def rate_ratios(ratios: pd.DataFrame, itut: pd.DataFrame, chosen: Selection) -> Caption:
    """The rate ratios: who changed, in which direction, by how much, and how sure that is."""
    period, groups, who = _asked(itut, chosen)
    later, earlier = period.compared
    if earlier is None:
        return Caption(f"No year before {later} is in the table.")
    if "unknown" in (period.coverage(later), period.coverage(earlier)):
        return Caption(f"How much of {later} is counted is not stated, so its rate is not held against {earlier}.")
    if ratios.empty:
        return Caption(f"The table has no row of {who} in both {earlier} and {later}, so no change can be shown.")
    notes = [
        *partial_note(period),
        _dispersion(throughput.dispersion(itut, period)),
        "Groups without a row in one of the two years are left out.",
    ]
    title = f"From {earlier} to {later} {_shifts(ratios, who)}"
    rows = itut[itut["study_group"].isin(groups)]
    return Caption(title, "rate against the earlier year", source(rows), tuple(notes))


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
    _, _, who = _asked(itut, chosen)
    if spread.empty:
        return Caption(_none(EVERYBODY))
    output = "the output" if who == EVERYBODY else f"{EVERYBODY}’s output"
    notes = () if who == EVERYBODY else ("All study groups count here, also those that this page leaves out.",)
    many = spread[spread["groups"] > 3]
    low, high = percent(many["top_share"].min()), percent(many["top_share"].max())
    share = low if low == high else f"{low} to {high}"
    each = "of each year" if len(many) == len(spread) else f"of {listing(many['year'])}"
    title = f"The three largest groups {each} carry {share} of {output}"
    few = "No more than three study groups have a row in any year"
    return Caption(title if len(many) else few, source=source(itut), notes=notes)


def concentration_table(spread: pd.DataFrame) -> pd.DataFrame:
    """The concentration with its groups in words."""
    return spread.assign(top_groups=[listing(groups) for groups in spread["top_groups"]])


def itur_by_party(itur: pd.DataFrame) -> Caption:
    """The bars by working party."""
    totals = throughput.itur_totals(itur)
    if not totals["distinct"]:
        return Caption(NO_ITUR)
    shared = f"{number(totals['shared'])} of {number(totals['distinct'])} ITU-R Recommendations"
    title = f"{shared} {'belongs' if totals['shared'] == 1 else 'belong'} to more than one working party"
    if not totals["shared"]:
        title = "No ITU-R Recommendation belongs to more than one working party"
    return Caption(title, "Recommendations", source(itur), tuple(load.caveats("itur_recommendations").values()))


def explored(menus: list[str], rows: pd.DataFrame) -> Caption:
    """The picture over the menus: what they say, and how many texts that are."""
    first, *others = menus
    what = ", ".join([first, *map(str.lower, others)])
    if rows.empty:
        return Caption(f"{what}: the table has none.")
    return Caption(f"{what}: {_texts(len(rows))}", "texts approved", source(rows))
