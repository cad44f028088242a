"""What the page on the record behind the counts says; its figures come from `analyses.approvals` and `matching`."""

from __future__ import annotations

from calendar import month_abbr, month_name

import pandas as pd

from helpers.analyses import approvals, matching
from helpers.analyses.approvals import Record
from helpers.period import Period
from helpers.selection import Selection
from helpers.sentences import sources, tiles
from helpers.sentences.caption import Caption
from helpers.sentences.wording import (
    amount,
    beside,
    closing_day,
    count,
    edition_date,
    ends,
    few,
    listing,
    number,
    of_picked,
    partial_note,
    percent,
    source,
    spelled,
    when,
)
from helpers.sentences.wording import dated as dated

NOTHING = "The catalogue of approvals has no ITU-T texts."
KIND_LABELS = {"recommendation": "Recommendations", "amendment": "Amendments", "corrigendum": "Corrigenda"}
KINDS = {"recommendation": "Recommendation", "amendment": "Amendment", "corrigendum": "Corrigendum"}
NEW_LABELS = {"new": "New", "revised": "Revised"}
BY_GROUP = {
    "study_group": "Group", "year": "Year", "texts": "Texts", "in_force": "In force",
    "withdrawn": "Withdrawn or replaced", "not_stated": "Not stated", **NEW_LABELS,
    "age": "Median age of the edition before (years)",
}  # fmt: skip
BALANCE = {
    "study_group": "Group", "year": "Year", "listed": "Listed", "found": "With a text", "without": "Without",
    "recommendation": "Not listed: Recommendations", "amendment": "Not listed: Amendments",
    "corrigendum": "Not listed: Corrigenda", "catalogued": "Catalogued", "difference": "Difference",
}  # fmt: skip
MISSING = {
    "study_group": "Group", "year": "Year", "printed": "Entry", "why": "Why it has no text",
    "others": "Catalogued instead", "candidates": "Candidates (not counted)", "line": "Line",
}  # fmt: skip
UNLISTED = {
    "approved": "Approved", "docid": "Text", "kind": "Kind", "study_group": "Group", "title": "Title",
    "remark": "Remark", "address": "Official address",
}  # fmt: skip
ENTRIES = {
    "printed": "Entry", "study_group": "Group", "approved": "Approved", "docid": "Text", "title": "Title",
    "state": "State", "address": "Official address",
}  # fmt: skip
RADIO = {
    "designation": "Designation", "printed": "Printed", "repaired": "Hyphen repaired", "said": "The catalogue",
    "approved": "Month", "title": "Title", "address": "Official address",
}  # fmt: skip
YEARS = {
    "year": "Year", "texts": "Texts", "days": "Days with an approval", "half": "Days for half of the texts",
    "busiest": "Busiest day", "most": "Its texts", "groups": "Groups responsible today",
}  # fmt: skip
GATHERED = {"year": "Year", "amendments": "Amendments", "editions": "Editions"}
REASONS = {
    matching.TAKEN: "listed more often than the catalogue has texts of this number in the year",
    matching.OTHER_YEAR: "the number is catalogued, of another year",
    matching.OTHER_KIND: "the number is catalogued, of another kind",
    matching.UNKNOWN: "no text of this number is catalogued",
}
STATES = {"Published": "in force", "Withdrawal": "withdrawn or replaced"}


def _of_years(found: Record) -> pd.DataFrame:
    return _of(found.entries, found.listed)


def _of(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Rows of the period's years; all where the years are not told apart."""
    return frame[frame["year"].isin(period.chosen)] if "year" in frame else frame


def _caption(found: Record, title: str, unit: str = "", *notes: str) -> Caption:
    """A caption of what is counted in the catalogue alone."""
    publication, _, edition = sources.named(found.sources).rpartition(", ")
    return Caption(title, unit, edition, notes, publication, sources.credits(found.sources))


def _both(found: Record, rows: pd.DataFrame, title: str, unit: str = "", *notes: str) -> Caption:
    """A caption of `rows` of the report, whose days and titles come from the catalogue."""
    notes = (*notes, f"Days and titles: {sources.named(found.sources)}.")
    return Caption(title, unit, source(rows), notes, credits=sources.credits(found.sources))


def _none(found: Record, said: str) -> Caption:
    """The sentence that stands where there is nothing to show."""
    return Caption(said if len(found.record) else NOTHING)


# The answer


def answer(found: Record) -> list[str]:
    """Two to four sentences (of each picked year): what the catalogue knows of the list, and how the texts bunch."""
    if found.listed.picked and len(found.record):
        return [" ".join(answer(one)) for one in approvals.each(found)]
    first = matched(found)
    if found.record.empty or _of_years(found).empty:
        return first
    return [*first, *filter(None, (_more(found), _whole_year(found), _bunched(found)))]


def matched(found: Record) -> list[str]:
    """One sentence (of each picked year): how much of the list the catalogue has."""
    if found.record.empty:
        return [NOTHING]
    return [_matched(one) for one in approvals.each(found)]


def _matched(found: Record) -> str:
    rows = _of_years(found)
    if rows.empty:
        return f"The report lists no ITU-T texts for {found.listed.label}."
    have, all_of = int(rows["docid"].notna().sum()), len(rows)
    every = "the one text" if all_of == 1 else f"all {number(all_of)} texts"
    texts = f"**{every}**" if have == all_of else f"**{number(have)} of the {amount(all_of, 'text')}**"
    return f"The catalogue has {texts} that the report lists for {when(found.listed)}, each with its day."


def _more(found: Record) -> str:
    """What the catalogue has beyond the list."""
    kinds = found.unlisted["document_type"].value_counts()
    if kinds.empty:
        return "It has no other text of that time."
    parts = [count(kinds[kind], noun, KIND_LABELS[kind]) for kind, noun in KINDS.items() if kind in kinds]
    informative = int(found.unlisted["informative"].sum())
    told = f"; {count(informative, 'is', 'are')} informative by title" if informative else ""
    return f"It has {spelled(len(found.unlisted))} more that the report does not list: {listing(parts)}{told}."


def _whole_year(found: Record) -> str:
    """What the year that the report cuts came to, beside the annual rate of its list; empty where it is not here."""
    for row in approvals.outcome(found).to_dict("records"):
        rate = f"the annual rate of the {number(row['entries'])} listed by {closing_day(found.listed)} was"
        rate = f"{rate} {number(row['annual_rate'], 0)}, {_off(row['error'])}"
        return f"In the end {row['year']} came to {amount(row['complete'], 'text')}; {rate}."
    return ""


def _off(error: float) -> str:
    return f"{percent(abs(error))} too {'low' if error < 0 else 'high'}" if error else "exactly right"


def _bunched(found: Record) -> str:
    rows = approvals.bunching(found._replace(record=_of(found.record, found.listed)))
    if rows.empty:
        return ""
    least, most = int(rows["half"].min()), int(rows["half"].max())
    on = count(most, "day") if least == most else f"{ends(least, most)} days"
    year = f"{rows['year'].iloc[0]}" if len(rows) == 1 else "each year"
    top = rows.iloc[int(rows["most"].argmax())]
    return f"Half of {year}’s texts came on {on}; the busiest, {edition_date(top['busiest'])}, brought {top['most']}."


def figures(found: Record) -> pd.DataFrame:
    """Headline figures (see `tiles`)."""
    several = bool(found.listed.picked)
    return tiles.frame(tile for one in approvals.each(found) for tile in _figures(one, several))


def _figures(found: Record, several: bool) -> list[tiles.Tile]:
    """Headline figures of a year, which is told where it is one of `several`, or of the whole period."""
    rows, of = _of_years(found), f" of {found.listed.label}" * several
    if found.record.empty or rows.empty:
        return []
    have, force = int(rows["docid"].notna().sum()), int(rows["status"].eq("Published").sum())
    shown = [
        tiles.row(f"listed texts{of} with a day in the catalogue", number(have), f"of {number(len(rows))}", rows),
        tiles.row(f"texts{of} that are not listed", number(len(found.unlisted)), "of the same days", rows[:0]),
    ]
    if have:
        kept = f"{number(force)} of {number(have)}"
        shown.append(tiles.row(f"{f'texts{of} ' if of else ''}still in force", percent(force / have), kept, rows[:0]))
    return shown


# The report against the catalogue


def balance(found: Record) -> Caption:
    """Listed against catalogued, by group or by group and year."""
    rows = _of_years(found)
    if rows.empty or found.record.empty:
        return Caption(answer(found)[0])
    notes = (
        "‘Catalogued’ counts the listed texts that were found, and texts of the same days that are not listed.",
        "The group of a text that is not listed is inferred from its series and from the group responsible today.",
    )
    return _both(found, rows, beside(map(_differs, approvals.each(found))), "", *notes)


def _differs(found: Record) -> str:
    """For which study groups catalogue and list differ most."""
    made = matching.balance(found.entries, found.unlisted, found.listed, ["study_group"])
    apart = made[(made["difference"] != 0) & (made["study_group"] != matching.NOT_KNOWN)]
    if apart.empty:
        return f"Catalogue and list have as many texts of every study group, {when(found.listed)}"
    widest = apart[apart["difference"].abs() == apart["difference"].abs().max()]
    steps = zip(widest["study_group"], widest["difference"], strict=True)
    by = [f"{group} ({abs(step)} {'more' if step > 0 else 'fewer'})" for group, step in steps]
    most = "" if len(widest) == len(apart) else "most "
    return f"The catalogue differs from the list {most}for {listing(by)}, {when(found.listed)}"


def balance_table(found: Record) -> pd.DataFrame:
    """`matching.balance` in words, by group, and for several years by group and year."""
    if found.record.empty:
        return pd.DataFrame()
    by = ["study_group"] if found.listed.year else ["study_group", "year"]
    made = matching.balance(found.entries, found.unlisted, found.listed, by)
    return made[[name for name in BALANCE if name in made]].rename(columns=BALANCE)


def without(found: Record) -> Caption:
    """Entries without a text."""
    rows = _of_years(found)
    lacking = rows[rows["docid"].isna()]
    if lacking.empty or found.record.empty:
        every = f"Every entry of {found.listed.label} has its text in the catalogue."
        return _none(found, every if len(rows) else answer(found)[0])
    who = count(len(lacking), "entry", "entries").capitalize()
    candidate = "a text that no entry has, of the same group and kind, and of a month in which the group approved texts"
    title = f"{who} of {found.listed.label} {'has' if len(lacking) == 1 else 'have'} no text in the catalogue"
    return Caption(title, source=source(lacking), notes=(f"A candidate is {candidate}.",))


def without_table(found: Record) -> pd.DataFrame:
    """Entries without a text, in words."""
    rows = _of_years(found)
    rows = rows[rows["docid"].isna()] if len(found.record) else rows[:0]
    return rows.assign(why=rows["reason"].map(REASONS))


def unlisted(found: Record) -> Caption:
    """Texts that the report does not list."""
    if found.unlisted.empty or found.record.empty:
        return _none(found, f"The catalogue has no other text of {when(found.listed)}.")
    said = [f"{amount(len(one.unlisted), 'text')} of {when(one.listed)}" for one in approvals.each(found)]
    return _caption(found, f"The report leaves out {listing(said)}")


def unlisted_table(found: Record) -> pd.DataFrame:
    """Texts that the report does not list, in words."""
    rows = found.unlisted
    second = rows["namesakes"].map(lambda n: "a second text of the number in the year" if n else "")
    remark = second.mask(rows["informative"], "informative by its title")
    address = matching.address(rows["designation"], "ITU-T", found.rules)
    return rows.assign(kind=rows["document_type"].map(KINDS), remark=remark, address=address)


def radio(made: pd.DataFrame) -> Caption:
    """ITU-R: repaired hyphens and what the catalogue does not have."""
    if made["docid"].isna().all():
        return Caption("No ITU-R Recommendation can be looked up in the catalogue.")
    repaired = made[made["repaired"]]
    have, refuted = int(repaired["docid"].notna().sum()), int(repaired["refuted"].sum())
    hyphens = f"{number(have)} of {amount(len(repaired), 'repaired hyphen')} confirmed, {few(refuted)} refuted; "
    found = f"{number(int(made['docid'].notna().sum()))} of {amount(len(made), 'ITU-R designation')} catalogued"
    notes = (
        "Reports have designations like those of Recommendations; only Recommendations were looked up.",
        "A month is that of the document’s address, or of publication, which can be later than the approval.",
        "The catalogue lacks some revisions between others; one that it lacks is not refuted.",
    )
    return Caption(f"{hyphens if len(repaired) else ''}{found}", source=source(made), notes=notes)


def radio_table(made: pd.DataFrame, found: Record) -> pd.DataFrame:
    """ITU-R designations that were repaired, or that the catalogue does not have."""
    rows = made[made["repaired"] | made["docid"].isna()] if made["docid"].notna().any() else made[:0]
    said = [
        "has it" if pd.notna(docid) else "has it as printed" if refuted else
        f"has revision{'s' * (' ' in others)} {others} of it" if others else "has no Recommendation of this number"
        for docid, refuted, others in zip(rows["docid"], rows["refuted"], rows["others"], strict=True)
    ]  # fmt: skip
    return rows.assign(said=said, address=matching.address(rows["designation"], "ITU-R", found.rules))


# Months, days, years


def by_month(found: Record) -> Caption:
    """The grid of months."""
    if found.record.empty:
        return Caption(NOTHING)
    years, picked = found.period.years, found.period.picked
    of_years = {f"In {year}": found.record[found.record["year"] == year] for year in picked}
    of_years = of_years or {f"From {years[0]} to {years[-1]}": found.record}
    title = beside(f"{time} most texts were approved in {_months(rows)}" for time, rows in of_years.items())
    return _caption(found, title, "texts approved")


def _months(record: pd.DataFrame) -> str:
    """The months in which most texts were approved."""
    counts = record["approved"].str[5:7].astype(int).value_counts()
    return listing(month_name[month] for month in sorted(counts[counts == counts.max()].index))


def months(frame: pd.DataFrame) -> pd.DataFrame:
    """The months with their names."""
    return frame.assign(month=[month_abbr[month] for month in frame["month"]])


def days(frame: pd.DataFrame, found: Record) -> Caption:
    """How the years bunch."""
    if frame.empty:
        return Caption(NOTHING)
    return _caption(found, f"Half of a year’s texts come on {ends(frame['half'].min(), frame['half'].max())} days")


def days_table(frame: pd.DataFrame) -> pd.DataFrame:
    """How the years bunch, in words."""
    return frame.assign(groups=[listing(groups) if groups else "not stated" for groups in frame["groups"]])


def courses(found: Record) -> Caption:
    """The cumulated lines."""
    if found.record.empty:
        return Caption(NOTHING)
    rows, day = approvals.projections(found), closing_day(found.listed)
    share = rows["to_date"] / rows["complete"]
    if rows.empty:
        title = "How the texts of each year add up"
    elif found.listed.picked:
        had = [f"{percent(part)} of the texts of {year}" for year, part in zip(rows["year"], share, strict=True)]
        title = f"By {day} {listing(had)} were approved"
    else:
        title = f"By {day} a year has {percent(share.min())} to {percent(share.max())} of its texts"
    return _caption(found, title, "texts approved since the year began", *_incomplete(found))


def closing(found: Record) -> tuple[int | None, str]:
    """Day of the year on which the report's table closes, and its label; nothing where it names none."""
    closes = found.listed.closes
    if closes is None:
        return None, ""
    return closes.timetuple().tm_yday, f"the report closes\n{closing_day(found.listed)} {closes.year}"


def _incomplete(found: Record) -> list[str]:
    return [
        note.replace("the table closes on", "the catalogue’s state is of")
        for note in partial_note(found.period, found.period.shown)
    ]


def projections(rows: pd.DataFrame, found: Record) -> Caption:
    """Annual rates against whole years."""
    if rows.empty:
        return Caption("The report’s table cuts no year on a known day, so no annual rate can be checked.")
    least, most = rows["ratio"].min() - 1, rows["ratio"].max() - 1
    wrong = f"are off by {percent(max(abs(least), abs(most)))} at most"
    wrong = f"lie between {_off(least)} and {_off(most)}" if least < 0 < most else wrong
    exact = int(((rows["low"] <= 1) & (rows["high"] >= 1)).sum())
    wide = int(((rows["wide_low"] <= 1) & (rows["wide_high"] >= 1)).sum())
    notes = (
        "The rate is what the texts up to that day make over a whole year, as on the page of throughput.",
        "Bars: 95 % interval, widened as whole years vary more than counts of chance. It holds the whole year in "
        f"{number(wide)} of {amount(len(rows), 'year')}, the exact Poisson interval in {number(exact)}.",
    )
    title = f"Annual rates of {closing_day(found.listed)} {wrong}"
    return _caption(found, title, "annual rate ÷ whole year", *notes)


def by_year(frame: pd.DataFrame, found: Record) -> Caption:
    """All years of the catalogue."""
    if frame.empty:
        return Caption(NOTHING)
    whole = frame[frame["coverage"] == "whole"]
    inside = whole["year"].isin(found.listed.years)
    title = "Approvals by year"
    if found.listed.picked:
        had = zip(frame["entries"], frame["year"], strict=True)
        title = f"The catalogue has {listing(f'{number(texts)} texts of {year}' for texts, year in had)}"
    elif inside.any() and not inside.all():
        first, last = found.listed.years[0], found.listed.years[-1]
        ours, others = (number(whole.loc[rows, "entries"].mean(), 0) for rows in (inside, ~inside))
        years = f"A year of {first}–{last} has" if last > first else f"{first} has"
        title = f"{years} {ours} texts{' on average' if last > first else ''}, other whole years have {others}"
    return _caption(found, title, "texts approved", *_incomplete(found))


# Editions


def new_and_revised(frame: pd.DataFrame, found: Record) -> Caption:
    """New against revised by year."""
    rows = _of(frame, found.listed)
    if rows.empty:
        return _none(found, f"The catalogue has no Recommendation of {found.listed.label}.")
    of_years = [(one, _of(rows, one)) for one in found.listed.each]
    notes = (
        "Revised: the catalogue has an earlier edition of the number. A text that was renumbered counts as new.",
        *(_new_share(had, of_picked(found.listed) and f", {one.label}") for one, had in of_years if len(had)),
        *_ages(rows),
        *_incomplete(found),
    )
    return _caption(found, beside(_new(had, one.label) for one, had in of_years), "Recommendations", *notes)


def _new(rows: pd.DataFrame, years: str) -> str:
    """How many Recommendations were new."""
    new, all_of = int(rows["new"].sum()), int((rows["new"] + rows["revised"]).sum())
    if not all_of:
        return f"The catalogue has no Recommendation of {years}"
    if new in (0, all_of):
        return f"Every Recommendation of {years} was {'new' if new else 'revised'}"
    return f"{number(new)} of the {amount(all_of, 'Recommendation')} of {years} were new"


def _new_share(rows: pd.DataFrame, year: str) -> str:
    new, all_of = int(rows["new"].sum()), int((rows["new"] + rows["revised"]).sum())
    low, high = approvals.share_interval(new, all_of)
    chance = f"chance alone could make it {percent(low)} to {percent(high)} (95 %, exact)"
    return f"New{year}: {percent(new / all_of)}; {chance}. All texts are counted, none is sampled."


def _ages(rows: pd.DataFrame) -> list[str]:
    known = rows["age"].dropna()
    if known.empty:
        return []
    least, most = (f"{age:.1f}" for age in (known.min(), known.max()))
    ages = f"{most} years" if least == most else f"{least} to {most} years, by year"
    return [f"Median age of the edition that a revised text replaces: {ages}."]


def gathered(frame: pd.DataFrame, found: Record) -> Caption:
    """Amendments before the next edition."""
    first, years = found.period.years[0], found.listed.label
    if frame.empty:
        return _none(found, f"No edition that the catalogue has from {first} on was replaced in {years}.")
    of_years = [(one.label, _of(frame, one)) for one in found.listed.each]
    note = f"Editions from {first} on; of earlier ones the catalogue’s list of Amendments is not whole."
    return _caption(found, beside(_replaced(rows, label) for label, rows in of_years), "", note)


def _replaced(frame: pd.DataFrame, years: str) -> str:
    """How many editions had no Amendment when they were replaced."""
    if frame.empty:
        return f"No edition was replaced in {years}"
    none, all_of = int(frame.loc[frame["amendments"] == 0, "editions"].sum()), int(frame["editions"].sum())
    most = int(frame["amendments"].max())
    title = f"{number(none)} of the {amount(all_of, 'edition')} replaced in {years} had no Amendment"
    return title + (f"; the most had {number(most)}" if most else "")


def in_force(frame: pd.DataFrame, found: Record) -> Caption:
    """What is still in force."""
    if frame.empty:
        return _none(found, f"No listed text of {found.listed.label} is catalogued.")
    said = []
    for one in found.listed.each:
        rows = _of(frame, one)
        force, all_of = int(rows["in_force"].sum()), int(rows["texts"].sum())
        texts = f"{number(force)} of {amount(all_of, 'text')} of {one.label}"
        said.append(f"{texts} {'is' if force == 1 else 'are'} still in force")
    return _both(found, _of_years(found), beside(said), "listed texts")


def then_and_today(frame: pd.DataFrame) -> list[str]:
    """Groups then and today."""
    if frame.empty:
        return []
    known = frame[frame["today"] != "not stated"]
    moved, unknown = known[known["study_group"] != known["today"]], int(frame["texts"].sum() - known["texts"].sum())
    to = []
    for today, rows in moved.groupby("today", sort=False, observed=True):
        groups = [f"{group} ({number(texts)})" for group, texts in zip(rows["study_group"], rows["texts"], strict=True)]
        to.append(f"{listing(groups)} are today with {today}")
    said = f"The texts of {'; those of '.join(to)}." if to else "Every text is still with the group of the report."
    return [said, *([f"Of {amount(unknown, 'text')} the catalogue does not name the group."] if unknown else [])]


# Topics and entries


def lists(chosen: Selection, asked: tuple[str, ...]) -> dict[str, list[str]]:
    """The edition's topics; where a reader gives words, each of them instead."""
    return {f"‘{word}’": [word] for word in asked} or dict(chosen.edition.rules("topics"))


def topics(hits: pd.DataFrame, declared: dict[str, list[str]], found: Record) -> Caption:
    """The table of topics."""
    if not declared or found.record.empty:
        return _none(found, "The edition declares no topics.")
    if _of(hits, found.listed).empty:
        return Caption(f"No title of {found.listed.label} has these words.")
    title = beside(_top_topic(hits, declared, one.listed) for one in approvals.each(found))
    notes = (
        "A text counts once for each topic whose words its title has; without a title it takes its Recommendation’s.",
        *partial_note(found.listed, found.listed.shown),
    )
    return _both(found, _of_years(found), title, "", *notes)


def _top_topic(hits: pd.DataFrame, declared: dict[str, list[str]], period: Period) -> str:
    """The topics of most texts."""
    counts = _of(hits, period)["topic"].value_counts()
    if counts.empty:
        return f"No title of {period.label} has these words"
    top = [topic for topic in declared if counts.get(topic) == counts.max()]
    title = f"{listing(top)}: {amount(int(counts.max()), 'text')} of {period.label}"
    return title + (" each" if len(top) > 1 else ", the most" if len(declared) > 1 else "")


def topics_table(hits: pd.DataFrame, declared: dict[str, list[str]], found: Record) -> pd.DataFrame:
    """Every topic, its texts by year of the report, the words looked for, and the texts of the chosen years."""
    frame = pd.DataFrame({"Topic": list(declared)})
    for year in found.listed.shown:
        frame[f"{year}"] = [int(((hits["topic"] == topic) & (hits["year"] == year)).sum()) for topic in declared]
    chosen = _of(hits, found.listed)
    texts = {topic: rows["printed"].unique() for topic, rows in chosen.groupby("topic")}
    frame["Words looked for"] = [", ".join(words) for words in declared.values()]
    frame[f"Texts of {found.listed.label}"] = [", ".join(texts.get(topic, [])) for topic in declared]
    return frame if texts else frame[:0]


def topic_groups(frame: pd.DataFrame, found: Record) -> Caption:
    """Topics by group."""
    if frame.empty:
        return _none(found, f"No title of {found.listed.label} has these words.")
    said = []
    for one in found.listed.each:
        for top in _of(frame, one).nlargest(1, "texts").to_dict("records"):
            said.append(f"{top['topic']} in {top['study_group']}: {amount(int(top['texts']), 'text')} of {one.label}")
    return _both(found, _of_years(found), beside(said), "listed texts")


def entries(found: Record) -> Caption:
    """The list of every entry with its text."""
    rows = _of_years(found)
    if rows.empty or found.record.empty:
        return Caption(answer(found)[0])
    return _both(found, rows, f"Every entry of {when(found.listed)}, with its day and title")


def entries_table(found: Record) -> pd.DataFrame:
    """Entries with their texts; the address is that of the number’s record."""
    rows = _of_years(found) if len(found.record) else found.entries[:0]
    address = matching.address(rows["designation"], "ITU-T", found.rules)
    text = rows["docid"].str.removeprefix("ITU-T ")
    return rows.assign(state=rows["status"].map(STATES), docid=text, address=address)
